"""A figure that leaves out what changes it is no answer: a rate told as a count, a mean as a total, a « sans » that no condition says."""

import random
from datetime import date, timedelta

import pytest

from analytics.catalog import Runner
from tests.unit.embedded.talks import asked, converse, is_, opened

_draw = random.Random(8)
PATIENTS = [["Patient No", "Joined", "Cancelled on", "Cover", "Adviser", "Home Desk", "Monthly fee"]]
VISITS = [["Visit ID", "Patient No", "Desk", "Status", "Visited", "Paid"]]
CALLS = [["Call ID", "Patient No", "Called", "Subject"]]
for _n in range(400):
    _id, _began = f"P{_n:04d}", date(2023, 1, 1) + timedelta(days=_draw.randrange(700))
    _left = _began + timedelta(days=_draw.randint(40, 500)) if _draw.random() < 0.4 else None
    _left = _left if _left and _left <= date(2025, 6, 30) else None
    _home = _draw.choice(["Dover", "Hythe", "Deal"])
    PATIENTS.append([_id, _began.isoformat(), _left.isoformat() if _left else "", _draw.choice(["Basic", "Full"]), _draw.choice(["Ann", "Bob", "(none)"]), _home, _draw.choice([20, 45])])
    for _ in range(_draw.randrange(4)):
        _day = _began + timedelta(days=_draw.randrange(1, 200))
        _state = _draw.choice(["Attended"] * 8 + ["No Show", "Cancelled by clinic"])
        VISITS.append([f"V{len(VISITS):05d}", _id, _draw.choice([_home, "Dover"]), _state, _day.isoformat(), _draw.choice([0, 12.5])])
    if _draw.random() < 0.6:
        CALLS.append([f"C{len(CALLS):05d}", _id, (_began + timedelta(days=9)).isoformat(), _draw.choice(["Bill", "Booking"])])


@pytest.fixture(scope="module")
def clinic(tmp_path_factory):
    yield from opened(tmp_path_factory, "clinic", {"patients.csv": PATIENTS, "visits.csv": VISITS, "call-ins log.csv": CALLS})


SURVEY = [["Patient No", "Answered on", "NPS"], *([row[0], "2025-03-01", _draw.randrange(11)] for row in PATIENTS[1:] if _draw.random() < 0.4)]


@pytest.fixture(scope="module")
def heard(tmp_path_factory):
    yield from opened(tmp_path_factory, "heard", {"patients.csv": PATIENTS, "survey.csv": SURVEY})


@pytest.mark.parametrize("question", ["what share of patients are detractors?", "quelle part de patients détracteurs ?"])
def test_a_share_by_a_score_is_of_those_who_gave_one(heard, question):
    found = Runner(heard).run("explore", asked(heard, question)).measures[0]
    scores = [row[2] for row in SURVEY[1:]]
    assert (found.n, found.value) == (len(scores), pytest.approx(sum(score <= 6 for score in scores) / len(scores)))


def test_a_count_of_some_says_how_many_are_still_here(clinic):
    found = Runner(clinic).run("explore", asked(clinic, "how many patients on Full cover?"))
    here = sum(row[3] == "Full" and (not row[2] or row[2] > clinic.as_of.isoformat()) for row in PATIENTS[1:])
    assert found.facts[0].render("en") == f"Of whom still here on {clinic.as_of.day} {clinic.as_of:%B %Y}: {here}."


@pytest.mark.parametrize("question", ["how many patients cancelled in 2024?", "cancellations in 2024", "combien de patients ont résilié en 2024 ?"])
def test_who_cancelled_is_who_left_and_not_a_state_of_visits(clinic, question):
    arguments = asked(clinic, question)
    assert arguments["measure"] == "lost_customers" and "purchase_filter" not in arguments


def test_a_visit_cancelled_by_the_house_is_still_said_whole(clinic):
    assert asked(clinic, "how many visits were cancelled by clinic in 2024?")["purchase_filter"] == [is_("Status", "Cancelled by clinic")]


@pytest.mark.parametrize("question", ["no show rate", "no-show rate", "what is the no show rate for visits?"])
def test_a_state_said_in_two_words_has_a_rate(clinic, question):
    arguments = asked(clinic, question)
    assert (arguments["measure"], arguments["part"]) == ("share_records", [is_("Status", "No Show")])


def test_who_has_no_adviser_is_who_the_file_says_has_none(clinic):
    assert asked(clinic, "how many patients have no adviser?")["segment"] == [is_("Adviser", "(none)")]


@pytest.mark.parametrize("question", ["how many patients never climbed?", "combien de patients n'ont jamais chanté ?", "occupancy rate of visits", "how many patients haven't sung?"])
def test_what_is_denied_or_rated_and_not_read_is_no_count_of_all(clinic, question):
    assert converse(clinic, question)[0].status != "answered"


def test_a_mean_by_week_of_the_lines_of_a_file_is_no_total(clinic):
    assert converse(clinic, "average number of call-ins per week in 2024")[0].status != "answered"


def test_a_means_of_payment_is_no_mean(clinic):
    assert converse(clinic, "visites par moyen de paiement")[0].sentence.render("fr").find("moyen »") < 0


def test_a_file_whose_name_says_more_is_named_by_its_lines(clinic):
    arguments = asked(clinic, "how many call-ins in 2024?")
    assert (arguments["measure"], arguments["table"]) == ("records", "call-ins log.csv")


@pytest.mark.parametrize("question", ["patients paying more than £30", "how many patients pay over 30 €?", "combien de patients paient plus de 30 € ?"])
def test_what_is_paid_under_a_contract_is_paid_a_month(clinic, question):
    assert [held["field"] for held in asked(clinic, question)["segment"]] == ["Monthly fee"]


def test_how_long_something_took_is_no_silence(clinic):
    assert converse(clinic, "how many visits took more than 5 days?")[0].status != "answered"


def test_the_revenue_of_what_is_booked_is_money(clinic):
    assert asked(clinic, "visit revenue by desk")["measure"] == "amount"


@pytest.mark.parametrize(("question", "column"), [("active patients by desk", "Home Desk"), ("churn rate by desk", "Home Desk"), ("number of visits by desk", "Desk")])
def test_people_are_split_by_a_place_of_their_own(clinic, question, column):
    by = asked(clinic, question)["by"]
    assert by in (column, [column])


def test_a_follow_up_splits_people_by_a_place_of_their_own(clinic):
    assert converse(clinic, "how many patients joined in 2024?", "by desk")[1].steps[0].arguments["by"] == ["Home Desk"]


def test_another_letter_makes_another_word(clinic):
    assert "Booking" not in str(converse(clinic, "fees of the cooking in 2024")[0].steps)
