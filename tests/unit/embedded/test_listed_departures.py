"""A file of those who left: its lines are departures, and its name calls no one."""

import random
from datetime import date, timedelta

import pytest

from tests.unit.embedded.talks import converse, opened


@pytest.fixture(scope="module")
def boxes(tmp_path_factory):
    """A box of vegetables every fortnight: households, their deliveries (some cancelled), and who terminated."""
    rng = random.Random(3)
    homes = [f"H{100 + n}" for n in range(200)]
    begun = {home: date(2023, 1, 9) + timedelta(days=rng.randrange(200)) for home in homes}
    gone = {home: begun[home] + timedelta(days=60 + rng.randrange(600)) for home in homes[::3]}
    paid = [["order_no", "household", "order_date", "amount", "status"]]
    for home in homes:
        day = begun[home]
        while day < min(gone.get(home, date(2025, 6, 1)), date(2025, 6, 1)):
            paid.append([f"O{len(paid):05d}", home, str(day), 20 + rng.randrange(9), "cancelled" if rng.random() < 0.05 else "delivered"])
            day += timedelta(days=14)
    left = [["household", "terminated_on", "reason"], *([home, str(day), rng.choice(["Price", "Moved", "Too much"])] for home, day in gone.items())]
    roll = [["household", "town", "signup_date"], *([home, rng.choice(["Lille", "Arras"]), str(begun[home])] for home in homes)]
    yield from opened(tmp_path_factory, "boxes", {"households.csv": roll, "orders.csv": paid, "terminations.csv": left})


@pytest.mark.parametrize("question", ["How many cancellations in 2024?", "departures in 2024"])
def test_departures_of_a_period_are_counted(boxes, question):
    found = converse(boxes, question)[-1]
    assert found.status == "answered", found.sentence
    assert dict(found.steps[0].arguments)["measure"] == "lost_customers"


def test_why_they_left_is_of_those_who_left(boxes):
    found = converse(boxes, "cancellations by reason")[-1]
    assert found.status == "answered", found.sentence
    arguments = dict(found.steps[0].arguments)
    assert arguments["by"] == ["reason"] and (arguments["measure"] == "lost_customers" or arguments["segment"][0]["field"] == "lost")
