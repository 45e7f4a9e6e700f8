"""Questions of a shop whose orders, lines and customers stand in three files, and of a restaurant: what is counted, ranked, averaged."""

import random
from datetime import date, timedelta

import pytest

from tests.unit.embedded.talks import asked, converse, is_, opened


@pytest.fixture(scope="module")
def cellar(tmp_path_factory):
    draw = random.Random(2)
    people = [["Code client", "Nom", "Ville"], *([f"C{n:03d}", f"Nom{n}", draw.choice(["Lyon", "Dijon"])] for n in range(120))]
    orders, lines = [["N° commande", "Date commande", "Code client"]], [["N° commande", "Désignation", "Famille", "Qté", "PU HT", "Remise €", "Montant HT"]]
    for place in range(500):
        day = date(2024, 1, 1) + timedelta(days=draw.randrange(700))
        orders.append([place, day.isoformat(), f"C{draw.randrange(120):03d}"])
        for name, kind, price in draw.sample([("Chardonnay", "Blancs", 9.5), ("Pinot", "Rouges", 14.0), ("Crémant", "Bulles", 12.0)], draw.randint(1, 3)):
            count, less = draw.randint(1, 4), draw.choice([0, 0, 1.5])
            lines.append([place, name, kind, count, price, less, round(count * price - less, 2)])
    yield from opened(tmp_path_factory, "cellar", {"clients.csv": people, "commandes.csv": orders, "lignes_commande.csv": lines})


@pytest.fixture(scope="module")
def restaurant(tmp_path_factory):
    draw = random.Random(7)
    lines = [["N° note", "Date", "Client", "Couverts", "Total TTC"]]
    for place in range(600):
        day = date(2024, 1, 1) + timedelta(days=draw.randrange(600))
        lines.append([place, day.isoformat(), f"Client {draw.randrange(80)}", draw.randint(1, 6), draw.randint(20, 200)])
    yield from opened(tmp_path_factory, "restaurant", {"notes.csv": lines})


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Quel est le nombre total de commandes ?", {"measure": "orders"}),  # and not the lines of lignes_commande.csv
        ("Combien de commandes par client en moyenne ?", {"measure": "orders_per_customer"}),
        ("combien de lignes de commande ?", {"measure": "records", "table": "lignes_commande.csv"}),
        ("Quelle famille fait le plus de chiffre ?", {"measure": "amount", "by": ["category"]}),
        ("articles par panier", {"measure": "quantity_per_order"}),
        ("combien d'articles par commande ?", {"measure": "quantity_per_order"}),
        ("produits les plus vendus", {"measure": "amount", "by": ["product"]}),
        ("top produits", {"measure": "amount", "by": ["product"]}),
        ("top products by revenue", {"measure": "amount", "by": ["product"]}),
        ("montant moyen d'une facture", {"measure": "average_basket"}),
        ("Quel est mon meilleur mois ?", {"measure": "amount", "by": ["month"], "order": "desc"}),
        ("which was our worst quarter?", {"measure": "amount", "by": ["quarter"], "order": "asc"}),
        ("Combien de clients ont 3 commandes ou plus ?", {"measure": "customers", "segment": [{"field": "orders", "operator": ">=", "values": [3]}]}),
        ("montant total des remises", {"measure": "sum", "column": "Remise €"}),
        ("bouteilles vendues en 2025", {"measure": "quantity"}),
        ("bouteilles vendues par famille", {"measure": "quantity", "by": ["category"]}),
        ("magnums sold by month", {"measure": "quantity", "by": ["month"]}),
    ],
)  # fmt: skip
def test_what_is_counted_of_a_shop(cellar, question, wanted):
    found = asked(cellar, question)
    assert {name: found.get(name) for name in wanted} == wanted


@pytest.mark.parametrize("question", ["familles vendues", "CA des bouteilles vendues"])
def test_a_column_of_the_files_is_no_unit_and_money_is_no_quantity(cellar, question):
    assert all(step.arguments.get("measure") != "quantity" for step in converse(cellar, question)[-1].steps)


@pytest.mark.parametrize("question", ["taux de remise", "taux de remise moyen"])
def test_a_rate_of_discount_is_not_who_leaves(cellar, question):
    assert converse(cellar, question)[-1].status != "answered"


@pytest.mark.parametrize("question", ["ticket moyen par couvert", "panier moyen par couvert", "CA par couvert"])
def test_what_a_cover_brings_in(restaurant, question):
    assert asked(restaurant, question)["measure"] == "average_price"


@pytest.mark.parametrize("said", ["2 k€", "2k€", "0,002 M€", "2 000 €", "2 milliers d'euros", "2000 €", "2000 euros", "2000", "$2k", "2,000 k€"])
def test_thousands_of_euros_are_so_many_euros(restaurant, said):
    """Nor are two thousand of them a year."""
    assert asked(restaurant, f"Combien de clients ont dépensé plus de {said} ?")["segment"] == [{"field": "amount", "operator": ">", "values": [2000]}]


@pytest.mark.parametrize(("said", "amount"), [("1 500 k€", 1_500_000), ("$1,500k", 1_500_000), ("1,5 k€", 1500), ("£1.5m", 1_500_000)])
def test_thousands_of_thousands(restaurant, said, amount):
    assert asked(restaurant, f"Combien de clients ont dépensé plus de {said} ?")["segment"] == [is_("amount", amount, ">")]


@pytest.fixture(scope="module")
def counter(tmp_path_factory):
    """A shop that sells what it also cancels, to people who told how they came."""
    draw = random.Random(3)
    people = [["Code client", "Ville", "Âge", "Canal d'acquisition", "Motif de départ"]]
    people += [[f"C{n:03d}", draw.choice(["Lyon", "Dijon"]), draw.randint(12, 70), draw.choice(["Insta", "FB", "Google"]), draw.choice(["Prix", "Qualité", ""])] for n in range(150)]
    lines = [["N° commande", "Date", "Code client", "Produit", "Quantité", "Marge unitaire", "Montant", "Statut", "Vendeur"]]
    for place in range(1500):
        day = (date(2023, 1, 1) + timedelta(days=draw.randrange(1050))).isoformat()
        lines.append([
            place, day, f"C{draw.randrange(150):03d}", draw.choice(["Vin", "Savon"]), draw.randint(1, 5), draw.randint(1, 9), draw.randint(10, 900),
            draw.choice(["Livrée", "Livrée", "Annulée"]), draw.choice(["Ana", "Kim"]),
        ])  # fmt: skip
    yield from opened(tmp_path_factory, "counter", {"clients.csv": people, "commandes.csv": lines})


_THEN = {"start": "2025-01-01", "end": "2025-12-31"}


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Quelle est la marge unitaire par produit ?", {"measure": "mean", "column": "Marge unitaire"}),  # margins of one do not add up
        ("nombre de ventes par vendeur", {"measure": "amount", "by": ["Vendeur"]}),  # « vendeur » sells nothing by the piece
        ("combien de vins vendus par vendeur", {"measure": "quantity", "by": ["Vendeur"]}),
        ("how much do we make per order?", {"measure": "average_basket"}),
        ("how much did Ana make per order in 2024?", {"measure": "average_basket"}),
        ("how many wine lovers", {"measure": "customers", "purchase_filter": [is_("product", "Vin")]}),
        ("combien d'amateurs de vin", {"measure": "customers", "purchase_filter": [is_("product", "Vin")]}),
        ("clients FB", {"segment": [is_("Canal d'acquisition", "FB")]}),  # as the file writes it
        ("combien de clients par insta", {"segment": [is_("Canal d'acquisition", "Insta")]}),
        ("combien de clients mineurs", {"segment": [is_("Âge", 18, "<")]}),
        ("quelles sont les raisons majeures de départ ?", {"segment": None}),
        ("combien de clients ont annulé une commande ?", {"measure": "customers", "segment": None, "purchase_filter": [is_("Statut", "Annulée")]}),
        ("commandes par statut pour le vin", {"measure": "orders", "by": ["Statut"], "purchase_filter": [is_("product", "Vin")]}),
        ("taux de départ des clients qui n'ont rien acheté en 2025", {"measure": "lost_rate", "absent": _THEN}),
        ("combien ont payé ?", {"measure": "customers"}),  # people, and no money
    ],
)  # fmt: skip
def test_what_a_counter_is_asked(counter, question, found):
    told = asked(counter, question)
    assert {name: told.get(name) for name in found} == found


@pytest.mark.parametrize(
    "question",
    [
        "combien de commandes font les 10 % meilleurs clients ?", "taux de départ des 10 % meilleurs clients", "part des clients qui ont annulé",
        "quel vendeur a le meilleur mois ?",
    ],
)  # fmt: skip
def test_another_figure_than_the_one_asked_is_not_told(counter, question):
    assert converse(counter, question)[-1].status != "answered"


@pytest.mark.parametrize("then", ["et à Lyon ?", "et par ville ?"])
def test_who_bought_nothing_then_is_kept_in_what_follows(counter, then):
    told = asked(counter, "combien de clients de 2024 n'ont rien acheté en 2025 ?", then)
    assert (told["period"], told["absent"]) == ({"start": "2024-01-01", "end": "2024-12-31"}, _THEN)


@pytest.fixture(scope="module")
def new_told(tmp_path_factory):
    """The orders of a shop whose tool says which are of a new customer."""
    draw = random.Random(4)
    days = sorted(date(2023, 1, 1) + timedelta(days=draw.randrange(900)) for _ in range(600))
    orders = [["Référence", "Nouveau client", "Client", "Total", "Date"]]
    orders += [[f"R{place}", place % 9 == 0, f"D. Client {draw.randrange(90)}", draw.randint(9, 99), day.isoformat()] for place, day in enumerate(days)]
    yield from opened(tmp_path_factory, "new_told", {"orders.csv": orders})


@pytest.mark.parametrize("question", ["Quel est le taux de clients perdus ?", "taux de clients partis", "What is the rate of customers lost?"])
def test_a_rate_of_customers_is_no_column_that_names_customers(new_told, question):
    """« Nouveau client » is a column of yes and no: the rate of customers lost is not its share of yes."""
    assert "Nouveau client" not in str([dict(step.arguments) for step in converse(new_told, question)[-1].steps])


@pytest.fixture(scope="module")
def receipts(tmp_path_factory):
    lines = [["receipt", "member", "sold_on", "total", "shipping_fee"], *([f"R{n}", f"M{n % 40}", f"2024-{1 + n % 12:02d}-{1 + n % 27:02d}", 20 + n % 7, n % 3] for n in range(300))]
    yield from opened(tmp_path_factory, "receipts", {"receipts.csv": lines})


@pytest.mark.parametrize(("question", "measure", "per"), [
    ("average carriage per order", "mean", "order"), ("Frais de port moyens par commande", "mean", "order"), ("How much postage did we charge?", "sum", None),
    ("total des frais de livraison", "sum", None),
])  # fmt: skip
def test_carriage_is_its_own_column_and_never_the_basket(receipts, question, measure, per):
    told = asked(receipts, question)
    assert (told["measure"], told["column"], told.get("per")) == (measure, "shipping_fee", per)
