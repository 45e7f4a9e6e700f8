"""A laundry that brings linen back: one day early or late changes nothing, a week late makes customers leave; a split in halves would see little of it."""

import random
from datetime import date, timedelta

import pytest

from analytics.catalog import CATALOG, Runner
from tests.unit.embedded.talks import converse, opened


def _files(harm):
    draw = random.Random(3)
    homes = [["Home no", "Town"], *[[f"N{n:04d}", draw.choice(["Bath", "Deal"])] for n in range(500)]]
    orders = [["Order no", "Home no", "Ordered on", "Promised for", "Delivered on", "Amount"]]
    for home, _ in homes[1:]:
        day = date(2024, 1, 1) + timedelta(days=draw.randrange(300))
        while day < date(2025, 12, 1):
            late = draw.randint(6, 12) if draw.random() < 0.12 else draw.randint(-1, 1)
            orders.append([f"L{len(orders):05d}", home, day, day + timedelta(days=4), day + timedelta(days=4 + late), draw.randint(10, 60)])
            if draw.random() < (harm if late > 1 else 0.02):
                break
            day += timedelta(days=draw.randint(10, 25))
    return {"homes.csv": homes, "orders.csv": orders}


def _told(study, question):
    (only,) = converse(study, question)[-1].steps
    return Runner(study, CATALOG).run(only.analysis, dict(only.arguments)).claim.render("en")


@pytest.fixture(scope="module")
def harmed(tmp_path_factory):
    yield from opened(tmp_path_factory, "harmed", _files(0.12))


@pytest.fixture(scope="module")
def unharmed(tmp_path_factory):
    yield from opened(tmp_path_factory, "unharmed", _files(0.02))


def test_what_only_the_worst_delays_do_is_not_denied(harmed):
    for question in ("do late deliveries make customers leave?", "les retards de livraison font-ils partir les clients ?"):
        told = _told(harmed, question)
        assert not told.startswith("No,"), told
        assert "late deliver" in told.lower() or "delivered on" in told.lower()


def test_lateness_that_does_nothing_is_denied_or_doubted(unharmed):
    told = _told(unharmed, "do late deliveries make customers leave?")
    assert told.startswith(("No,", "Not enough", "I cannot")), told
    assert "highest fifth" not in told
