"""An osteopath's practice and its shelf of cushions: sales counted, absences of every kind, and whose doing a state was."""

import random
from datetime import date, timedelta

import pytest

from analytics.catalog import CATALOG, Runner
from tests.unit.embedded.talks import asked, converse, opened

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


def _value(study, *questions):
    return Runner(study, CATALOG).run("explore", asked(study, *questions)).measures[0].value


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


def test_a_split_without_an_article_is_a_split(practice):
    assert asked(practice, "nombre de rendez-vous reportés par cabinet")["by"] == ["store"]


def test_a_count_of_several_files_of_sales_says_so(tmp_path_factory):
    meals = [["N°", "N° client", "Date", "Montant"], *([f"M{n}", f"K{_draw.randrange(80)}", date(2024, 3, 1) + timedelta(days=_draw.randrange(300)), _draw.randint(12, 20)] for n in range(500))]
    feasts = [["N°", "N° client", "Date", "Montant"], *([f"B{n}", f"K{_draw.randrange(80)}", date(2024, 3, 1) + timedelta(days=_draw.randrange(300)), _draw.randint(800, 2000)] for n in range(60))]
    for study in opened(tmp_path_factory, "inn", {"couverts.csv": meals, "banquets.csv": feasts}):
        def said(arguments, study=study):
            found = Runner(study, CATALOG).run("explore", arguments)
            return " ".join(one.render("fr").replace("\u00a0", " ") for one in (*found.facts, *found.caveats))

        assert "mêle plusieurs fichiers de ventes : « couverts » et « banquets »" in said({"measure": "orders"})
        assert "mêle plusieurs" in said({"measure": "average_basket"})
        assert "mêle plusieurs" not in said({"measure": "orders", "purchase_filter": [{"field": "sales_list", "operator": "=", "values": ["banquets"]}]})
        assert "mêle plusieurs" not in said({"measure": "customers"})


def test_a_share_is_of_the_files_that_tell_it(practice):
    cancelled = sum(row[5] == "Annulée" for row in SALES) / len(SALES)
    assert _value(practice, "combien de ventes annulées ?", "et en % ?") == pytest.approx(cancelled)
    assert asked(practice, "quelle part du chiffre est en attente ?")["measure"] == "share_amount"  # money, and no share of customers


@pytest.mark.parametrize("question", ["montant en attente de paiement", "montant en attente", "montant des ventes en attente de paiement"])
def test_what_waits_to_be_paid_is_money_of_that_state(practice, question):
    assert _value(practice, question) == sum(row[4] for row in SALES if row[5] == "En attente")


@pytest.mark.parametrize(("talk", "measure"), [
    (("combien de patients par ville ?", "et en % ?"), "share_customers"), (("chiffre d'affaires par article", "en pourcentage ?"), "share_amount"),
    (("customers by Ville", "as a percentage?"), "share_customers"),
])  # fmt: skip
def test_groups_counted_then_shared(practice, talk, measure):
    found = Runner(practice, CATALOG).run("explore", asked(practice, *talk))
    assert found.measures[0].name == measure
    assert sum(item[measure] or 0 for item in found.items) == pytest.approx(1)


def test_a_total_of_nothing_grouped_is_no_share(practice):
    assert converse(practice, "combien de patients ?", "et en % ?")[-1].steps != converse(practice, "combien de patients par ville ?", "et en % ?")[-1].steps


def test_money_by_article_is_split_where_a_column_names_what_is_sold(practice):
    for question in ("CA par article", "revenue by item"):
        arguments = asked(practice, question)
        assert (arguments["measure"], arguments["by"]) == ("amount", ["product"]), question


def test_newly_enrolled_are_new_customers(practice):
    assert asked(practice, "combien de nouveaux inscrits en mars 2024 ?")["measure"] == "new_customers"


def test_a_total_that_some_files_do_not_tell_says_so(tmp_path_factory):
    nets = [_draw.randint(10, 30) for _ in range(400)]
    meals = [["N°", "N° client", "Date", "Montant HT", "Montant TTC"], *([f"M{n}", f"K{_draw.randrange(80)}", date(2024, 3, 1) + timedelta(days=_draw.randrange(300)), net, round(net * 1.1, 2)] for n, net in enumerate(nets))]
    feasts = [["N°", "N° client", "Date", "Montant TTC"], *([f"B{n}", f"K{_draw.randrange(80)}", date(2024, 3, 1) + timedelta(days=_draw.randrange(300)), _draw.randint(800, 2000)] for n in range(60))]
    for study in opened(tmp_path_factory, "inn_net", {"couverts.csv": meals, "banquets.csv": feasts}):
        found = Runner(study, CATALOG).run("explore", asked(study, "CA HT"))
        assert found.measures[0].value == pytest.approx(sum(nets))
        assert any("n’est dit nulle part dans « banquets »" in caveat.render("fr").replace("\u00a0", " ") for caveat in found.caveats)
