"""An osteopath's practice and its shelf of cushions: sales counted, absences of every kind, and whose doing a state was."""

import random
from datetime import date, timedelta

import pytest

from analytics.catalog import CATALOG, Runner
from tests.unit.embedded.talks import asked, opened

_draw = random.Random(31)
_STATES = ["Honoré", "Absent prévenu", "Absent non prévenu", "Reporté cabinet", "Reporté patient"]
PATIENTS = [[f"P{n:03d}", _draw.choice(["Dole", "Arbois"])] for n in range(150)]
VISITS = [[f"R{n:05d}", f"P{_draw.randrange(150):03d}", date(2024, 1, 8) + timedelta(days=_draw.randrange(600)), _draw.choice(["Cabinet nord", "Cabinet sud"]), _draw.choices(_STATES, [70, 9, 5, 7, 9])[0]] for n in range(1500)]
SALES = [[f"V{n:04d}", f"P{_draw.randrange(150):03d}", date(2024, 1, 8) + timedelta(days=_draw.randrange(600)), _draw.choice(["Coussin", "Huile"]), _draw.randint(9, 60), _draw.choices(["Payée", "Annulée", "En attente"], [90, 6, 4])[0]] for n in range(700)]


@pytest.fixture(scope="module")
def practice(tmp_path_factory):
    yield from opened(tmp_path_factory, "practice", {
        "patients.csv": [["N° patient", "Ville"], *PATIENTS],
        "rendez_vous.csv": [["N° rdv", "N° patient", "Date du rdv", "Cabinet", "Statut"], *VISITS],
        "ventes.csv": [["N° vente", "N° patient", "Date", "Article", "Montant", "État"], *SALES],
    })  # fmt: skip


def _value(study, question):
    return Runner(study, CATALOG).run("explore", asked(study, question)).measures[0].value


@pytest.mark.parametrize(("question", "state"), [
    ("combien de ventes annulées ?", "Annulée"), ("nombre de ventes en attente", "En attente"), ("how many cancelled sales?", "Annulée"),
])  # fmt: skip
def test_sales_of_a_state_are_counted_and_no_money(practice, question, state):
    assert asked(practice, question)["measure"] == "orders"
    assert _value(practice, question) == sum(row[5] == state for row in SALES)


def test_money_of_sales_of_a_state_stays_money(practice):
    assert asked(practice, "montant des ventes en attente")["measure"] in ("amount", "sum")


@pytest.mark.parametrize(("question", "states"), [
    ("taux d'absence", {"Absent prévenu", "Absent non prévenu"}), ("taux d'absence non prévenue", {"Absent non prévenu"}),
    ("taux d'absence prévenue", {"Absent prévenu"}), ("taux de report", {"Reporté cabinet", "Reporté patient"}),
])  # fmt: skip
def test_a_rate_is_of_the_states_its_words_say(practice, question, states):
    assert _value(practice, question) == pytest.approx(sum(row[4] in states for row in VISITS) / len(VISITS))


def test_whose_doing_it_was_splits_nothing(practice):
    arguments = asked(practice, "combien de rendez-vous reportés par le cabinet ?")
    assert not arguments.get("by")
    assert _value(practice, "combien de rendez-vous reportés par le cabinet ?") == sum(row[4] == "Reporté cabinet" for row in VISITS)


def test_a_count_of_several_files_of_sales_says_so(tmp_path_factory):
    meals = [["N°", "N° client", "Date", "Montant"], *([f"M{n}", f"K{_draw.randrange(80)}", date(2024, 3, 1) + timedelta(days=_draw.randrange(300)), _draw.randint(12, 20)] for n in range(500))]
    feasts = [["N°", "N° client", "Date", "Montant"], *([f"B{n}", f"K{_draw.randrange(80)}", date(2024, 3, 1) + timedelta(days=_draw.randrange(300)), _draw.randint(800, 2000)] for n in range(60))]
    for study in opened(tmp_path_factory, "inn", {"couverts.csv": meals, "banquets.csv": feasts}):
        def said(arguments, study=study):
            return " ".join(caveat.render("fr").replace("\u00a0", " ") for caveat in Runner(study, CATALOG).run("explore", arguments).caveats)

        assert "mêle plusieurs fichiers de ventes : « couverts » et « banquets »" in said({"measure": "orders"})
        assert "mêle plusieurs" in said({"measure": "average_basket"})
        assert "mêle plusieurs" not in said({"measure": "orders", "purchase_filter": [{"field": "sales_list", "operator": "=", "values": ["banquets"]}]})
        assert "mêle plusieurs" not in said({"measure": "customers"})
