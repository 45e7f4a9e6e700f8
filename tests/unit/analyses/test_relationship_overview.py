"""J0: everyone in one state, revenue that adds up, moves that can be recounted."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analytics.datamodel.model import LostBasis
from analytics.measures.dates import months_before
from analytics.overview.relationship_overview import ANALYSIS
from analytics.overview.state_moves import read_moves
from analytics.study import Study
from tests.unit.analyses.relations import AS_OF, finding, labelled, refusal, shop, steady_shop
from vocabulary.finding import Finding, NotApplicable, Result
from vocabulary.sentence import say
from vocabulary.themes import Strength


@pytest.fixture(scope="module")
def bought(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return shop(tmp_path_factory.mktemp("shop"), steady_shop(1, 1500))


def test_states_and_revenue_add_up(bought: Study) -> None:
    items = finding(bought, ANALYSIS).items
    total, money = bought.database.row("SELECT count(*), CAST(sum(amount_12m) AS DOUBLE) FROM customers")
    assert sum(item["customers"] for item in items) == total
    assert sum(item["revenue"] for item in items) == pytest.approx(money)
    assert sum(item["revenue_share"] for item in items) == pytest.approx(1)


def test_moves_are_those_of_the_two_dates(bought: Study) -> None:
    moves = read_moves(bought, 12)
    assert moves is not None and moves.day == months_before(AS_OF, 12)
    then = bought.customers_at(moves.day)
    assert sum(moves.then.values()) == then.num_rows == sum(moves.moved.values())
    lost = sum(state == "lost" for state in then.column("state").to_pylist())
    assert moves.then["lost"] == lost


def test_a_history_shorter_than_the_silence_is_not_compared(tmp_path: Path) -> None:
    lines = steady_shop(2, 300)
    recent = lines[[day >= months_before(AS_OF, 6) for day in lines["day"]]]
    assert read_moves(shop(tmp_path, recent, days=365), 3) is None


def test_three_things_that_matter_come_from_the_other_analyses(bought: Study) -> None:
    def asker(name: str, arguments: dict[str, Any]) -> Result:
        if name == "leak_points":
            return Finding(name, say("fuite", "leak"), strength=Strength.STRONG)
        if name == "acquisition_quality":
            return Finding(name, say("canal", "channel"), strength=Strength.WEAK)
        return NotApplicable(name, "planned", say("x", "x"), say("x", "x"))

    facts = [fact.render("en") for fact in finding(dataclasses.replace(bought, asker=asker), ANALYSIS).facts]
    assert "leak" in facts and "channel" not in facts and len(facts) <= 3


def test_nothing_is_said_of_the_lost_when_nothing_tells(tmp_path: Path) -> None:
    people = pd.DataFrame({"id": list("ABC"), "gone": [None] * 3, "tenure": [1.0, 8.0, 50.0], "bill": [1.0, 2.0, 3.0]})
    study = labelled(tmp_path, people)
    found = finding(study, ANALYSIS)
    assert found.table is not None and len(found.table.rows) >= 1
    assert found.strength is Strength.WEAK


def test_customers_without_a_date_are_not_all_called_the_same(tmp_path: Path) -> None:
    """A bare list: no state can be told apart, and saying that all are in one would be an invention."""
    people = pd.DataFrame({"id": [f"C{n}" for n in range(200)], "gone": [n % 3 == 0 for n in range(200)],
                           "region": ["north", "south"] * 100})  # fmt: skip
    told = labelled(tmp_path / "told", people)
    assert finding(told, ANALYSIS).measures[0].value == pytest.approx(133 / 200)
    assert "nothing says who is loyal" in " ".join(c.render("en") for c in finding(told, ANALYSIS).caveats)
    lost = dataclasses.replace(told.model.lost, basis=LostBasis.NONE)
    untold = dataclasses.replace(told, model=dataclasses.replace(told.model, lost=lost))
    assert refusal(untold, ANALYSIS).missing == "tenure"


def test_nobody(tmp_path: Path) -> None:
    people = pd.DataFrame({"id": ["A"], "gone": [False], "tenure": [2.0], "bill": [2.0]})
    study = labelled(tmp_path, people)
    nobody = [{"field": "tenure_months", "operator": ">", "values": [9]}]
    assert refusal(study, ANALYSIS, segment=nobody).missing == "too_few_customers"


def test_a_years_revenue_is_not_told_of_who_drifts_after_more_than_a_year(tmp_path: Path) -> None:
    """Customers who buy every other year drift after a longer silence still: what they hold of one year's revenue is unknown.

    Where one drifts within the year, it is told.
    """
    slow, quick = [], steady_shop(1, 1500)
    for i in range(400):
        last = 400 + 700 * (i % 2)
        slow += [(f"S{i:03d}", date.fromordinal(AS_OF.toordinal() - last - 500 * k), 20.0) for k in range(2)]
        slow += [(f"F{i:03d}", date.fromordinal(AS_OF.toordinal() - 20 - 500 * k), 20.0) for k in range(3)]
    study = shop(tmp_path / "slow", pd.DataFrame(slow, columns=["id", "day", "amount"]), days=1500)
    assert study.row("SELECT count(*), count(*) FILTER (amount_12m > 0) FROM customers WHERE state = 'drifting'") == (200, 0)
    told = finding(study, ANALYSIS).claim
    assert "sont en relation avec vous\u202f; 25,0\u202f% s’éloignent." in told.render("fr").replace(" ", " ")
    assert "revenue" not in told.render("en")
    assert "of recent revenue" in finding(shop(tmp_path / "quick", quick), ANALYSIS).claim.render("en")
