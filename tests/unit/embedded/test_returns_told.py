"""A shoe shop whose till writes what comes back below nought: revenue with returns taken off, before them, and what they come to."""

import random
from datetime import date, timedelta

import pytest

from analytics.catalog import CATALOG, Runner
from tests.unit.embedded.talks import asked, opened


def _files():
    draw = random.Random(31)
    walkers = [["Card no", "Town"], *[[f"W{n:03d}", draw.choice(["Hull", "Ely"])] for n in range(80)]]
    sales = [["Receipt", "Card no", "Sold on", "Range", "Paid"]]
    for n in range(1200):
        who, day, paid = f"W{draw.randrange(80):03d}", date(2024, 1, 1) + timedelta(days=draw.randrange(700)), draw.randint(30, 160)
        kind = draw.choice(["Boots", "Sandals"])
        sales.append([f"P{n:05d}", who, day.isoformat(), kind, paid])
        if draw.random() < 0.06:
            sales.append([f"P{n:05d}B", who, (day + timedelta(days=9)).isoformat(), kind, -paid])
    return {"walkers.csv": walkers, "sales.csv": sales}


@pytest.fixture(scope="module")
def shoes(tmp_path_factory):
    yield from opened(tmp_path_factory, "shoes", _files())


def _lines(year):
    return [(kind, paid) for _, _, day, kind, paid in _files()["sales.csv"][1:] if day.startswith(str(year))]


def _found(study, question):
    return Runner(study, CATALOG).run("explore", asked(study, question))


@pytest.mark.parametrize("question", ["revenue in 2025 net of returns", "CA 2025 net des retours", "chiffre d'affaires 2025, retours déduits", "sales in 2025 after refunds"])
def test_net_of_returns_is_the_revenue_as_it_is_told(shoes, question):
    assert _found(shoes, question).measures[0].value == pytest.approx(sum(paid for _, paid in _lines(2025)))


@pytest.mark.parametrize("question", ["revenue in 2025 before returns", "CA 2025 brut, retours non déduits", "CA 2025 sans déduire les retours", "turnover in 2025 without deducting refunds"])
def test_before_returns_leaves_out_what_came_back(shoes, question):
    assert _found(shoes, question).measures[0].value == pytest.approx(sum(paid for _, paid in _lines(2025) if paid > 0))


def test_what_returns_come_to(shoes):
    back = [(kind, paid) for kind, paid in _lines(2025) if paid < 0]
    for question in ("how much did returns cost us in 2025?", "combien nous ont coûté les retours en 2025", "total of returns in 2025"):
        assert _found(shoes, question).measures[0].value == pytest.approx(sum(paid for _, paid in back))
    found = _found(shoes, "value of returns by range in 2025")
    assert {row[0]: row[1] for row in found.table.rows} == pytest.approx({kind: sum(paid for one, paid in back if one == kind) for kind in ("Boots", "Sandals")})
