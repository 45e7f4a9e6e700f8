"""A cinema club and its screenings: what follows a count of lines, by a header that is an everyday word, or as a share of them all."""

import random
from datetime import date, timedelta

import pytest

from analytics.catalog import Runner
from tests.unit.embedded.talks import asked, converse, is_, opened

_draw = random.Random(31)
MEMBERS = [["Member id", "Joined", "Town", "Student"]]
FEES = [["Receipt", "Paid on", "Member id", "Amount"]]
CALLS = [["Case no", "Opened on", "Member id", "Over", "Outcome"]]
for _n in range(150):
    _id, _day = f"C{_n:03d}", date(2023, 1, 1) + timedelta(days=_draw.randrange(300))
    MEMBERS.append([_id, _day.isoformat(), _draw.choice(["Hove", "Lewes"]), _draw.choice(["Yes", "No", "No"])])
    for _k in range(_draw.randint(1, 6)):
        FEES.append([f"P{len(FEES):05d}", (_day + timedelta(days=40 * _k)).isoformat(), _id, _draw.choice([8, 12])])
    for _k in range(_draw.randint(0, 4)):
        CALLS.append([f"K{len(CALLS):05d}", (_day + timedelta(days=35 * _k)).isoformat(), _id, _draw.choice(["Sound", "Seats", "Heating"]), _draw.choice(["Apology", "Voucher", "Nothing"])])


@pytest.fixture(scope="module")
def cinema(tmp_path_factory):
    yield from opened(tmp_path_factory, "cinema", {"members.csv": MEMBERS, "fees.csv": FEES, "complaints.csv": CALLS})


def test_a_header_that_is_an_everyday_word_splits_the_lines_before(cinema):
    held = asked(cinema, "how many complaints in 2023?", "over what?")
    assert (held["measure"], held["by"], held["table"]) == ("records", ["Over"], "complaints.csv")


def test_what_the_lines_do_not_tell_is_no_count_of_one_row(cinema):
    reading = converse(cinema, "how many complaints in 2023?", "who handled them")[-1]
    assert reading.status == "cannot_answer" and not reading.steps
    assert asked(cinema, "how many complaints in 2023?", "who handled them", "by outcome")["table"] == "complaints.csv"


@pytest.mark.parametrize("share", ["as a percentage of complaints", "what percentage is that?", "ça fait quel pourcentage ?"])
def test_a_count_of_lines_is_set_against_them_all(cinema, share):
    held = asked(cinema, "how many complaints with outcome apology?", share)
    assert (held["measure"], held["part"], held["table"]) == ("share_records", [is_("Outcome", "Apology")], "complaints.csv")
    found = Runner(cinema).run("explore", held).measures[0]
    assert found.value == pytest.approx(sum(row[4] == "Apology" for row in CALLS[1:]) / (len(CALLS) - 1))


def test_a_count_of_people_is_set_against_them_all(cinema):
    held = asked(cinema, "how many students do we have?", "what share is that?")
    assert (held["measure"], held["part"]) == ("share_customers", [is_("Student", True)])


def test_a_share_of_something_else_is_not_one_of_the_lines_counted(cinema):
    reading = converse(cinema, "how many complaints with outcome apology?", "as a percentage of revenue")[-1]
    assert not reading.steps or reading.steps[0].arguments.get("measure") != "share_records"
