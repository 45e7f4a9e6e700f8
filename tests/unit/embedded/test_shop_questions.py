"""Questions of a shop whose orders, lines and customers stand in three files, and of a restaurant: what is counted, ranked, averaged."""

import random
from datetime import date, timedelta

import pytest

from tests.unit.embedded.talks import converse, study_of


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
    study = study_of(tmp_path_factory.mktemp("cellar"), {"clients.csv": people, "commandes.csv": orders, "lignes_commande.csv": lines})
    yield study
    study.database.close()


@pytest.fixture(scope="module")
def restaurant(tmp_path_factory):
    draw = random.Random(7)
    lines = [["N° note", "Date", "Client", "Couverts", "Total TTC"]]
    for place in range(600):
        day = date(2024, 1, 1) + timedelta(days=draw.randrange(600))
        lines.append([place, day.isoformat(), f"Client {draw.randrange(80)}", draw.randint(1, 6), draw.randint(20, 200)])
    study = study_of(tmp_path_factory.mktemp("restaurant"), {"notes.csv": lines})
    yield study
    study.database.close()


def asked(study, question):
    found = converse(study, question)[-1]
    assert found.status == "answered", found.sentence
    return dict(found.steps[0].arguments)


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
    ],
)  # fmt: skip
def test_what_is_counted_of_a_shop(cellar, question, wanted):
    found = asked(cellar, question)
    assert {name: found.get(name) for name in wanted} == wanted


@pytest.mark.parametrize("question", ["taux de remise", "taux de remise moyen"])
def test_a_rate_of_discount_is_not_who_leaves(cellar, question):
    assert converse(cellar, question)[-1].status != "answered"


@pytest.mark.parametrize("question", ["ticket moyen par couvert", "panier moyen par couvert", "CA par couvert"])
def test_what_a_cover_brings_in(restaurant, question):
    assert asked(restaurant, question)["measure"] == "average_price"


@pytest.mark.parametrize("said", ["2 k€", "2k€", "0,002 M€", "2 000 €", "2 milliers d'euros", "2000 €", "2000 euros", "2000"])
def test_thousands_of_euros_are_so_many_euros(restaurant, said):
    """Nor are two thousand of them a year."""
    assert asked(restaurant, f"Combien de clients ont dépensé plus de {said} ?")["segment"] == [{"field": "amount", "operator": ">", "values": [2000]}]
