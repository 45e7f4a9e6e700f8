"""Places that the files write as codes, asked by their names; and what the files say nothing of, which stays so."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from analytics.catalog import CATALOG, Runner
from assistant.embedded.place_codes import places_by_code
from tests.unit.embedded.talks import converse, opened

_draw = random.Random(5)
STATES = ("OR", "TX", "NY", "FL", "IN", "ME")
BUYERS = [[f"B{n:04d}", STATES[n % 6], "NY" if n % 2 else "LA"] for n in range(240)]
SALES = [[f"T{n:05d}", f"B{_draw.randrange(240):04d}", date(2025, 1, 1) + timedelta(days=n % 400), _draw.choice(["Tent", "Stove"]), _draw.randrange(20, 90)] for n in range(1200)]


@pytest.fixture(scope="module")
def camping(tmp_path_factory):
    buyers = [["Customer ID", "State", "Team"], *BUYERS]
    sales = [["Order ID", "Customer ID", "Order date", "Product", "Total"], *SALES]
    yield from opened(tmp_path_factory, "camping", {"customers.csv": buyers, "orders.csv": sales})


@pytest.mark.parametrize(("name", "code"), [("Texas", "TX"), ("New York", "NY"), ("Oregon", "OR"), ("Indiana", "IN"), ("Maine", "ME")])
def test_a_state_is_asked_by_its_name(camping, name, code):
    reading = converse(camping, f"how many customers in {name}?")[-1]
    assert reading.status == "answered", reading.sentence
    assert Runner(camping, CATALOG).run("explore", reading.steps[0].arguments).measures[0].value == sum(row[1] == code for row in BUYERS)


def test_a_state_the_files_do_not_hold_is_not_guessed(camping):
    assert converse(camping, "how many customers in Ohio?")[-1].status != "answered"


def test_codes_of_something_else_have_no_name():
    assert places_by_code(("MA", "ME", "JE", "VE")) == {}
    assert places_by_code(("NY", "LA")) == {}
    assert places_by_code(("NSW", "VIC", "QLD"))["VIC"] == "Victoria"
