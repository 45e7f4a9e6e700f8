"""A garden centre, a dance school, a parking: words of a value that would pass for a column, a state, a man or a woman, a rate or a year compared."""

import random
from datetime import date, timedelta

import pytest

from tests.unit.embedded.talks import asked, converse, is_, opened


@pytest.fixture(scope="module")
def garden(tmp_path_factory):
    """Lines of a till where « Rabais » is taken off the price, beside a number called « Durée (j) » and a column called « Arbre »."""
    draw = random.Random(11)
    people = [["Code client", "Nom", "Ville", "Naissance"], *([f"J{n:03d}", f"Nom{n}", draw.choice(["Metz", "Lille"]), f"{draw.randint(1950, 2000)}-05-02"] for n in range(160))]
    lines = [["N° ticket", "Date", "Code client", "Arbre", "Qté", "PU", "Rabais", "Total", "Durée (j)", "Suivi"]]
    trees = ["Arbre fruitier", "Arbre pleureur", "Engrais longue durée", "Haie vive", "Rosier"]
    for n in range(900):
        count, price = draw.randint(1, 3), draw.choice([9.9, 14.5, 39.0])
        off = round(count * price * draw.choice([0, 0, 0.1, 0.25]), 2)
        lines.append([n, (date(2023, 1, 1) + timedelta(days=draw.randrange(1000))).isoformat(), f"J{draw.randrange(160):03d}", draw.choice(trees), count, price, off, round(count * price - off, 2), draw.randint(1, 30), draw.choice(["Livré"] * 6 + ["Annulé", "Abîmé"])])
    yield from opened(tmp_path_factory, "garden", {"clients.csv": people, "tickets.csv": lines})


YEAR = {"start": "2024-01-01", "end": "2024-12-31"}


@pytest.mark.parametrize(("question", "wanted"), [
    ("prix moyen d'un engrais longue durée", {"measure": "average_price", "purchase_filter": [is_("product", "Engrais longue durée")]}),
    ("CA des arbres fruitiers", {"measure": "amount", "purchase_filter": [is_("product", "Arbre fruitier")]}),
    ("achats d'arbres en 2024", {"measure": "orders", "period": YEAR}),
    ("rabais accordés en 2024", {"measure": "sum", "column": "Rabais", "period": YEAR}),
    ("total des rabais en 2024", {"measure": "sum", "column": "Rabais", "period": YEAR}),
    ("rabais moyen en 2024", {"measure": "mean", "column": "Rabais", "period": YEAR}),
    ("compare le CA 2024 de Metz et de Lille", {"measure": "amount", "by": ["Ville"], "period": YEAR}),
    ("compare the 2024 revenue of Metz and Lille", {"measure": "amount", "by": ["Ville"], "period": YEAR}),
])  # fmt: skip
def test_what_a_value_says_is_said_of_nothing_else(garden, question, wanted):
    found = asked(garden, question)
    assert {name: found.get(name) for name in wanted} == wanted
    assert "compare" not in found
    assert wanted.get("purchase_filter") == found.get("purchase_filter")


@pytest.mark.parametrize(("question", "wanted"), [
    ("top 3 des articles vendus", {"measure": "quantity", "by": ["product"], "top": 3}),
    ("les 3 articles les plus vendus", {"by": ["product"], "top": 3}),
    ("quel est le jour le plus chargé de la semaine ?", {"measure": "orders", "by": ["weekday"], "order": "desc"}),
    ("quel est le mois le plus calme de l'année ?", {"measure": "orders", "by": ["month"], "order": "asc"}),
    ("combien de clients ont acheté un arbre plus de 3 fois en 2024 ?", {"measure": "customers", "purchase_filter": [{"field": "orders_within", "operator": ">", "values": [3]}]}),
])  # fmt: skip
def test_a_top_is_a_list_and_a_busy_day_is_counted(garden, question, wanted):
    found = asked(garden, question)
    assert {name: found.get(name) for name in wanted} == wanted


def test_two_periods_of_nothing_are_asked_of_money_first(garden):
    (told,) = converse(garden, "deuxième semestre 2024 par rapport au deuxième semestre 2023")
    assert told.status == "clarify"
    assert "chiffre d’affaires" in told.choices[0].fr


def test_a_year_beside_another_is_still_compared(garden):
    found = asked(garden, "compare le CA 2024 à 2023")
    assert found["period"] == YEAR
    assert found["compare"] == {"start": "2023-01-01", "end": "2023-12-31"}


def test_a_rate_of_two_states_counts_both(garden):
    found = asked(garden, "part des achats annulés ou abîmés")
    (part,) = found["part"]
    assert set(part["values"]) == {"Annulé", "Abîmé"}


@pytest.fixture(scope="module")
def parking(tmp_path_factory):
    draw = random.Random(12)
    rows = [["N° contrat", "Code client", "Emplacement", "Nb badges", "Début", "Fin", "Tarif mensuel"]]
    for n in range(500):
        begun = date(2022, 1, 1) + timedelta(days=draw.randrange(1200))
        ended = begun + timedelta(days=draw.randrange(60, 1500))
        rows.append([f"K{n:04d}", f"P{draw.randrange(320):03d}", draw.choice(["Box fermé", "Box double", "Place extérieure"]), draw.randint(1, 4), begun.isoformat(), ended.isoformat() if ended <= date(2025, 12, 31) else "", draw.choice([60, 90, 120])])
    people = [["Code client", "Nom", "Commune"], *([f"P{n:03d}", f"Nom{n}", draw.choice(["Pau", "Tarbes"])] for n in range(320))]
    yield from opened(tmp_path_factory, "parking", {"clients.csv": people, "contrats.csv": rows})


def test_a_value_called_closed_is_no_contract_that_is_over(parking):
    found = asked(parking, "nombre moyen de badges des contrats box fermé")
    assert found.get("purchase_filter") == [is_("Emplacement", "Box fermé")]


def _pupils(women, name):
    draw = random.Random(13)
    rows = [["N° élève", "Civilité", "Ville", "Inscription", "Résilié"]]
    for n in range(300):
        rows.append([f"D{n:03d}", "Mme" if n < women * 300 else "M.", draw.choice(["Nice", "Antibes"]), (date(2022, 1, 1) + timedelta(days=draw.randrange(900))).isoformat(), draw.choice(["oui", "non", "non"])])
    return {name: rows}


@pytest.fixture(scope="module")
def dance(tmp_path_factory):
    """Nineteen pupils of twenty are women: « clientes » is all of them."""
    yield from opened(tmp_path_factory, "dance", _pupils(0.95, "eleves.csv"))


@pytest.fixture(scope="module")
def judo(tmp_path_factory):
    """Half of the pupils are women."""
    yield from opened(tmp_path_factory, "judo", _pupils(0.5, "eleves.csv"))


@pytest.mark.parametrize(("question", "segment"), [
    ("combien de clientes avons-nous ?", None),
    ("combien d'adhérentes à Nice ?", [is_("Ville", "Nice")]),
    ("combien de clientes avons-nous perdues ?", [is_("lost", True)]),
    ("combien de femmes ?", [is_("Civilité", "Mme")]),
])  # fmt: skip
def test_where_nearly_all_are_women_clientes_is_everyone(dance, question, segment):
    assert asked(dance, question).get("segment") == segment


def test_where_half_are_women_clientes_is_those(judo):
    assert asked(judo, "combien de clientes avons-nous ?").get("segment") == [is_("Civilité", "Mme")]


def test_one_of_them_is_still_called_by_her_number(dance):
    (told,) = converse(dance, "parle-moi de la cliente D012")
    assert dict(told.steps[0].arguments) == {"customer": "D012"}
