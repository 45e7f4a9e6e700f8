"""Lacks and kinds in questions: « pas de mutuelle », what was never bought, accounts that are no type of account, counts of children."""

import random
from datetime import date, timedelta

import pytest

from tests.unit.embedded.talks import asked, converse, is_, opened


@pytest.fixture(scope="module")
def optician(tmp_path_factory):
    draw = random.Random(12)
    people = [["N° client", "Ville", "Mutuelle", "Client depuis"]]
    people += [[n, draw.choice(["Dijon", "Beaune"]), draw.choice(["Alan", "Harmonie", "Sans mutuelle"]), "2022-01-10"] for n in range(300)]
    sales = [["N° dossier", "N° client", "Date de vente", "Type d'équipement", "Montant TTC", "État du dossier"]]
    for place in range(1200):
        day = date(2022, 2, 1) + timedelta(days=draw.randrange(1100))
        sales.append([f"DV{place}", draw.randrange(300), day.isoformat(), draw.choice(["Lentilles", "Solaires", "Entretien"]), draw.randint(20, 400), draw.choice(["Livrée", "Annulée"])])
    yield from opened(tmp_path_factory, "optician", {"clients.csv": people, "ventes.csv": sales})


@pytest.fixture(scope="module")
def growers(tmp_path_factory):
    draw = random.Random(13)
    accounts = [["Account", "Trading name", "Account type", "County"]]
    accounts += [[f"AC{n:03d}", f"Ivy House {n}", draw.choice(["Florist", "Hotel"]), draw.choice(["Kent", "Essex"])] for n in range(150)]
    orders = [["Order no", "Account", "Order date", "Product line", "Stems", "Net value"]]
    for place in range(1500):
        day = date(2023, 1, 1) + timedelta(days=draw.randrange(800))
        orders.append([90000 + place, f"AC{draw.randrange(150):03d}", day.isoformat(), draw.choice(["Roses", "Orchids"]), draw.randint(5, 80), draw.randint(10, 300)])
    yield from opened(tmp_path_factory, "growers", {"accounts.csv": accounts, "orders.csv": orders})


@pytest.fixture(scope="module")
def zoo(tmp_path_factory):
    draw = random.Random(14)
    lines = [["Membership #", "Tier", "Annual dues", "Start date", "Auto-renew", "Visits last 12 months", "Children", "ZIP", "Membership status", "End date"]]
    for place in range(600):
        start, state = date(2022, 1, 1) + timedelta(days=draw.randrange(700)), draw.choice(["Active", "Active", "Lapsed", "Suspended"])
        lines.append([
            f"ZM{place:04d}", draw.choice(["Individual", "Family"]), draw.choice([69, 139]), start.isoformat(), draw.choice(["Y", "N"]), draw.randint(0, 20),
            draw.randint(0, 4), draw.choice(["92101", "92103"]), state, (start + timedelta(days=300)).isoformat() if state == "Lapsed" else "",
        ])  # fmt: skip
    yield from opened(tmp_path_factory, "zoo", {"memberships.csv": lines})


@pytest.fixture(scope="module")
def gym(tmp_path_factory):
    draw = random.Random(15)
    visits = [["N° adhérent", "Date de visite", "Club"]]
    for member in range(150):
        day, leaves = date(2024, 1, 1) + timedelta(days=draw.randrange(100)), date(2024, 3, 1) + timedelta(days=draw.randrange(500))
        while day <= min(leaves, date(2025, 6, 30)):
            visits.append([f"A{member}", day.isoformat(), "Lille"])
            day += timedelta(days=draw.randint(1, 25))
    yield from opened(tmp_path_factory, "gym", {"visites.csv": visits})


@pytest.mark.parametrize(
    ("question", "condition"),
    [
        ("combien de clients n'ont pas de mutuelle ?", is_("Mutuelle", "Sans mutuelle")),
        ("nombre de clients sans mutuelle", is_("Mutuelle", "Sans mutuelle")),
        ("combien de clients avec une mutuelle ?", is_("Mutuelle", "Sans mutuelle", "!=")),
        ("combien de clients n'ont jamais acheté de solaires ?", is_("category", "Solaires", "!=")),
        ("combien de clients n'ont jamais acheté ?", is_("orders", 0)),
    ],
)
def test_a_lack_is_read_as_it_is_said(optician, question, condition):
    found = asked(optician, question)
    assert (found["segment"], found.get("purchase_filter")) == ([condition], None)


def test_a_lack_that_is_a_value_splits_as_any_other(optician):
    assert asked(optician, "nombre de clients par mutuelle")["by"] == ["Mutuelle"]


def test_accounts_ranked_are_no_types_of_account(growers):
    found = asked(growers, "top 5 accounts by revenue")
    assert (found["by"], found["top"]) == (["customer_id"], 5)
    assert asked(growers, "revenue by account type")["by"] == ["Account type"]


@pytest.mark.parametrize(
    ("question", "measure"),
    [("how many stems did we sell to hotels?", "quantity"), ("average price per stem", "average_price"), ("which account types order the most often?", "orders")],
)
def test_a_quantity_is_called_as_its_header_says(growers, question, measure):
    assert asked(growers, question)["measure"] == measure


def test_never_ordered_keeps_what_was_not(growers):
    assert asked(growers, "accounts that never ordered orchids")["segment"] == [is_("category", "Orchids", "!=")]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("how many members with children?", {"segment": [is_("Children", 0, ">")]}),
        ("combien de membres sans enfants ?", {"segment": [is_("Children", 0)]}),
        ("churn in 92103", {"segment": [is_("ZIP", "92103")]}),
        ("average visits of families vs individuals", {"column": "Visits last 12 months", "by": ["Tier"]}),
        ("combien de membres suspendus ?", {"segment": [is_("Membership status", "Suspended")]}),
        ("total dues from active members by tier", {"measure": "sum", "column": "Annual dues", "segment": [is_("Membership status", "Active")]}),
        ("part des membres famille qui sont en renouvellement automatique", {"segment": [is_("Tier", "Family")], "part": [is_("Auto-renew", True)]}),
    ],
)
def test_conditions_in_the_words_of_a_zoo(zoo, question, found):
    told = asked(zoo, question)
    assert {name: told.get(name) for name in found} == found


def test_a_rate_of_some_is_no_rate_of_all(zoo):
    reading = converse(zoo, "did members with children leave more?")[0]
    assert reading.status != "answered" or "Children" in str(reading.steps[0].arguments)


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    draw = random.Random(15)
    pupils = [["Code élève", "Sexe", "Agence", "Date d'inscription"]]
    pupils += [[f"E{n:03d}", draw.choice(["F", "M"]), draw.choice(["Gare", "Campus"]), (date(2024, 1, 1) + timedelta(days=n)).isoformat()] for n in range(200)]
    lessons = [["N° leçon", "Code élève", "Date de la leçon", "Type", "Prix", "Moniteur", "Statut"]]
    for place in range(1500):
        who = draw.randrange(200)
        day = date(2024, 1, 2) + timedelta(days=who + draw.randrange(200))
        lessons.append([place, f"E{who:03d}", day.isoformat(), draw.choice(["Conduite", "Code"]), 48, draw.choice(["Karim", "Laure"]), draw.choice(["Effectuée", "Effectuée", "Annulée"])])
    yield from opened(tmp_path_factory, "school", {"eleves.csv": pupils, "lecons.csv": lessons})


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("how many lessons per student on average?", {"measure": "orders_per_customer"}),
        ("combien de leçons de code en mai 2024 ?", {"measure": "orders"}),
        ("which instructor has the most cancelled lessons?", {"measure": "orders", "by": ["Moniteur"], "purchase_filter": [is_("Statut", "Annulée")]}),
        ("délai moyen entre l'inscription et la première leçon", {"measure": "mean", "column": "days_to_first_purchase"}),
        ("leçons du samedi vs dimanche", {"measure": "orders", "by": ["weekday"]}),
    ],
)
def test_lessons_and_students_of_a_school(school, question, found):
    told = asked(school, question)
    assert {name: told.get(name) for name in found} == found


@pytest.fixture(scope="module")
def summary(tmp_path_factory):
    draw = random.Random(16)
    lines = [["Référence", "Société", "Ville", "Créé le", "Nb factures", "CA total HT", "Dernière facture", "Reste à payer"]]
    for n in range(300):
        lines.append([5000 + n, f"SARL Martin {n}", draw.choice(["Nantes", "Brest"]), "2023-02-01", draw.randint(1, 12), draw.randint(100, 9000), "2025-03-10", draw.choice([0, 0, 120])])
    yield from opened(tmp_path_factory, "summary", {"export_clients.csv": lines})


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("montant moyen d'une facture", {"measure": "average_basket"}),
        ("clients with more than 5 invoices", {"segment": [is_("orders", 5, ">")]}),
        ("montant total restant à payer par ville", {"measure": "sum", "column": "Reste à payer", "by": ["Ville"], "segment": None}),
    ],
)
def test_one_row_a_customer_counts_its_invoices(summary, question, found):
    told = asked(summary, question)
    assert {name: told.get(name) for name in found} == found


@pytest.mark.parametrize(
    ("question", "days"),
    [("Combien d'adhérents ne sont pas venus depuis 90 jours ?", 90), ("Combien de clients sans visite depuis plus de 60 jours ?", 60),
     ("How many members have not visited for 3 months?", 91)],
)
def test_who_was_not_seen_since_is_who_is_silent(gym, question, days):
    """Where only visits are told, days without one are counted from the last visit."""
    found = asked(gym, question)
    assert found["measure"] == "customers" and found["segment"] == [is_("silent_days", days, ">")]


@pytest.mark.parametrize(
    "question",
    ["Combien de clients n'ont jamais acheté ?", "Combien de clients n'ont rien acheté depuis un an ?", "How many customers have never bought?"],
)
def test_who_bought_nothing_cannot_be_told_without_purchases(gym, question):
    """No purchase is told: everybody would be counted; it is a measure of orders, which is refused with what would tell."""
    assert asked(gym, question)["measure"] == "orders"
