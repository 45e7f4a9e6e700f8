"""What adds up, what is owed, states of appointments, kinds counted: asked of a school of music that bills its pupils, and of a wholesaler."""

import random
from datetime import date, timedelta

import pytest

from tests.unit.embedded.talks import asked, converse, opened


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    draw = random.Random(3)
    people = [["Code élève", "Département", "Mutuelle", "Inscrit le"], *([f"E{n:04d}", draw.choice([44, 49]), draw.choice(["Oui-Santé", "Alpha", "Aucune"]), "2022-01-01"] for n in range(200))]
    lines = [["Id séance", "Code élève", "Date séance", "Professeur", "Durée (h)", "Montant", "Présence", "Statut"]]
    for place in range(1500):
        day = date(2023, 1, 1) + timedelta(days=draw.randrange(700))
        lines.append([place, f"E{draw.randrange(200):04d}", day.isoformat(), draw.choice(["Anna", "Boris"]), draw.choice([0.5, 1, 2]), draw.randint(20, 60), draw.choice(["Piano", "Violon"]), draw.choice(["Honoré", "Honoré", "Absent", "Annulé"])])
    yield from opened(tmp_path_factory, "school", {"eleves.csv": people, "seances.csv": lines})


@pytest.fixture(scope="module")
def wholesaler(tmp_path_factory):
    draw = random.Random(5)
    people = [["Account No", "Region", "Sales rep", "Signup date"], *([f"A{n}", draw.choice(["North", "South"]), draw.choice(["Amy", "Ben"]), f"202{draw.randint(0, 2)}-0{draw.randint(1, 9)}-11"] for n in range(150))]
    lines = [["Invoice No", "Account No", "Invoice date", "Product line", "Net amount", "Status"]]
    for place in range(1200):
        day = date(2023, 1, 1) + timedelta(days=draw.randrange(700))
        lines.append([place, f"A{draw.randrange(150)}", day.isoformat(), draw.choice(["Dairy", "Frozen"]), draw.randint(40, 900), draw.choice(["Paid", "Paid", "Paid", "Unpaid", "Overdue", "Cancelled"])])
    yield from opened(tmp_path_factory, "wholesaler", {"accounts.csv": people, "invoices.csv": lines})


def is_(field, *values, operator="="):
    return {"field": field, "operator": operator, "values": list(values)}


def test_hours_add_up_by_teacher_and_by_pupil(school):
    found = asked(school, "heures données par chaque professeur")
    assert (found["measure"], found["column"], found["by"]) == ("sum", "Durée (h)", ["Professeur"])
    found = asked(school, "heures par élève en moyenne")
    assert (found["measure"], found["column"]) == ("total_per_customer", "Durée (h)")
    assert asked(school, "durée moyenne par professeur")["measure"] == "mean"


def test_the_price_of_an_hour_is_no_mean_of_hours(school):
    found = asked(school, "prix moyen de l'heure par professeur")
    assert (found["measure"], found["column"], found["by"]) == ("average_price", "Durée (h)", ["Professeur"])


def test_a_rate_of_appointments_of_one_state_is_a_share_of_all(school):
    found = asked(school, "taux de séances non honorées par professeur")
    assert (found["measure"], found["by"], found["part"]) == ("share_orders", ["Professeur"], [is_("Statut", "Honoré", operator="!=")])
    assert asked(school, "quelle part des séances est annulée ?")["part"] == [is_("Statut", "Annulé")]
    found = asked(school, "quel professeur a le plus d'absents ?")
    assert (found["measure"], found["purchase_filter"]) == ("orders", [is_("Statut", "Absent")])


def test_kinds_are_counted_and_not_people(school):
    found = asked(school, "combien de violons en 2024 ?")
    assert (found["measure"], found["purchase_filter"]) == ("orders", [is_("Présence", "Violon")])


def test_what_they_lack_and_where_they_live_in_figures(school):
    assert asked(school, "combien d'élèves n'ont pas de mutuelle ?")["segment"] == [is_("Mutuelle", "Aucune")]
    assert asked(school, "nombre d'élèves du 44")["segment"] == [is_("Département", 44)]


def test_a_rate_of_something_else_is_no_rate_of_leaving(school):
    assert converse(school, "taux d'occupation")[0].status != "answered"


@pytest.mark.parametrize("question", ["who owes us money?", "which accounts owe us the most?", "qui nous doit de l'argent ?", "who hasn't paid yet?"])
def test_those_who_owe_are_ranked_by_what_they_owe(wholesaler, question):
    found = asked(wholesaler, question)
    assert (found["measure"], found["by"], found["purchase_filter"]) == ("amount", ["customer_id"], [is_("Status", "Overdue", "Unpaid", operator="in")])


def test_what_is_owed_is_told_in_money(wholesaler):
    assert asked(wholesaler, "how much are we owed in total?")["measure"] == "amount"


def test_nobody_owes_where_no_payment_is_told(school):
    assert converse(school, "qui nous doit de l'argent ?")[0].status == "cannot_answer"


def test_a_trend_is_told_over_time(wholesaler):
    assert asked(wholesaler, "frozen sales trend")["by"] == ["quarter"]
    assert asked(wholesaler, "évolution des ventes de Dairy en 2024")["by"] == ["month"]


def test_the_same_month_of_last_year_is_moved(wholesaler):
    assert asked(wholesaler, "dairy sales in March 2024", "same month last year?")["period"]["start"] == "2023-03-01"


def test_no_follow_up_leans_on_a_question_left_unanswered(wholesaler):
    assert converse(wholesaler, "sales by weather", "and for rain?", "by quarter")[-1].status != "answered"


def test_those_who_came_then_are_those_asked_about(wholesaler):
    found = asked(wholesaler, "how many accounts signed up in 2021?", "how many of them ordered Dairy?")
    assert is_("started", "2021-01-01", "2021-12-31", operator="between") in found["segment"] and "period" not in found


def test_unpaid_bills_were_sold(wholesaler):
    told = wholesaler.database.row("SELECT count(DISTINCT order_id) FROM purchases WHERE kept")[0]
    held = wholesaler.database.row("SELECT count(*) FROM t1 WHERE c5 <> 'Cancelled'")[0]
    assert told == held


def test_a_short_question_that_says_its_subject_needs_no_turn_before_it(school):
    """After a question without an answer: « Qui relancer en premier ? » is whole, « et par ville ? » is not."""
    told = converse(school, "combien de licornes ?", "Qui relancer en premier ?")
    assert told[0].status != "answered" and told[1].steps and told[1].steps[0].analysis == "winback_targets"
    assert converse(school, "combien de licornes ?", "les plus gros ?")[-1].status != "answered"
