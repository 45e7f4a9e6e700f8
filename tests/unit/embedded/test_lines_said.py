"""What a file of visits says of customers: who came or did not, values that stand there alone, its name written in two."""

import random
from datetime import date, timedelta

import pytest

from analytics.catalog import Runner
from tests.unit.embedded.talks import asked, converse, is_, opened

_draw = random.Random(15)
_LAST = date(2025, 6, 30)
READERS, FEES, SCANS = [["Reader ID", "Card", "Joined", "Closed", "Town"]], [["Fee ID", "Reader ID", "Paid On", "Amount", "Method"]], [["Scan ID", "Reader ID", "Scanned", "Desk", "Admission", "Activity"]]
_CAME: dict[str, list[tuple[date, str]]] = {}
_HERE = set()
for _n in range(300):
    _id, _began = f"L{_n:04d}", date(2023, 1, 1) + timedelta(days=_draw.randrange(600))
    _left = _began + timedelta(days=_draw.randint(60, 280)) if _draw.random() < 0.4 else None
    READERS.append([_id, _draw.choice(["Adult", "Student", "Child"]), _began.isoformat(), _left.isoformat() if _left else "", _draw.choice(["Dover", "Hythe", "Deal"])])
    _HERE |= set() if _left else {_id}
    _day, _end = _began, _left or _LAST
    while _day < _end:
        FEES.append([f"F{len(FEES):05d}", _id, _day.isoformat(), 12.5, _draw.choice(["Check", "Card", "Cash"])])
        _day += timedelta(days=30)
    _day = _began + timedelta(days=_draw.randint(0, 400))
    while _day < _end:
        _event = _draw.choice(["Readers' evening", "Chess hour", "General"])
        SCANS.append([f"S{len(SCANS):05d}", _id, _day.isoformat(), _draw.choice(["North desk", "South desk"]), _draw.choice(["Admitted", "Admitted", "Sent home"]), _event])
        _CAME.setdefault(_id, []).append((_day, _event))
        _day += timedelta(days=_draw.choice([15, 40, 160]))


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    yield from opened(tmp_path_factory, "library", {"readers.csv": READERS, "fees.csv": FEES, "check_ins.csv": SCANS})


def counted(study, arguments):
    return Runner(study).run("explore", arguments).measures[0].value


@pytest.mark.parametrize("question", ["members who haven't visited in the last 90 days", "Combien de clients ne sont pas venus depuis 90 jours ?", "how many members haven't been in for 90 days"])
def test_who_did_not_come_is_told_by_the_file_of_visits_among_who_is_still_there(library, question):
    arguments = asked(library, question)
    assert arguments["seen"]["table"] == "check_ins.csv" and arguments["seen"]["never"]
    assert arguments["segment"] == [is_("lost", False)]
    since = library.as_of - timedelta(days=89)
    assert counted(library, arguments) == sum(not any(since <= day <= library.as_of for day, _ in _CAME.get(name, [])) for name in _HERE)


@pytest.mark.parametrize("question", ["how many members have never checked in?", "members with no check-in since joining", "Combien de clients ne sont jamais venus ?"])
def test_who_never_came_has_no_line_at_all(library, question):
    arguments = asked(library, question)
    assert arguments["seen"] == {"table": "check_ins.csv", "never": True}
    assert counted(library, arguments) == 300 - len(_CAME)


def test_who_came_to_something_is_told_by_its_lines(library):
    arguments = asked(library, "How many members in Dover have come to the Chess hour in 2025?")
    assert arguments["segment"] == [is_("Town", "Dover")]
    assert arguments["seen"]["filter"] == [is_("Activity", "Chess hour")]
    dover = {row[0] for row in READERS[1:] if row[4] == "Dover"}
    assert counted(library, arguments) == sum(any(day.year == 2025 and event == "Chess hour" for day, event in _CAME.get(name, [])) for name in dover)


def test_half_a_value_that_is_a_word_for_customers_says_it_not(library):
    assert "purchase_filter" not in asked(library, "check-ins per reader per month")


@pytest.mark.parametrize("question", ["how many check-ins in 2025", "How many check ins in 2025?"])
def test_a_file_is_named_however_its_name_is_cut(library, question):
    arguments = asked(library, question)
    assert (arguments["measure"], arguments["table"]) == ("records", "check_ins.csv")


def test_people_are_counted_by_a_value_of_lines(library):
    arguments = asked(library, "how many people were sent home in 2025?")
    assert (arguments["measure"], arguments["table"], arguments["purchase_filter"]) == ("distinct", "check_ins.csv", [is_("Admission", "Sent home")])


@pytest.mark.parametrize("question", ["do North desk visitors leave more?", "churn of members who did the Chess hour", "taux de départ des clients de « Chess hour »"])
def test_what_cannot_be_told_of_those_a_line_names_is_said_with_where_it_stands(library, question):
    (reading,) = converse(library, question)
    assert reading.status == "cannot_answer"
    assert "check_ins.csv" in reading.sentence.render("en", None)


def test_who_did_not_buy_is_still_told_by_purchases(shop):
    assert asked(shop, "customers who haven't ordered in the last 90 days")["segment"] == [is_("recency_days", 90, ">")]
