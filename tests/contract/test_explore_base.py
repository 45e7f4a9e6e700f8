"""Customers counted by any query: who bought and who stands in a file of customers; who only cancelled is none, unless asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from analytics.explore.explore import ANALYSIS
from analytics.study import Study
from tests.unit.analyses.relations import finding
from tests.unit.analyses.test_segments import half_cancelled


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return half_cancelled(Path(tmp_path_factory.mktemp("half")))


def _condition(field: str, operator: str, *values: Any) -> dict[str, Any]:
    return {"field": field, "operator": operator, "values": list(values)}


@pytest.mark.parametrize(
    ("segment", "customers"),
    [([], 50), ([_condition("orders", "=", 0)], 30), ([_condition("orders", "<", 1)], 30), ([_condition("orders", "<", 2)], 24),
     ([_condition("amount", "<", 10_000)], 50), ([_condition("last_purchase", "is null")], 30)],
)  # fmt: skip
def test_how_many_customers(study: Study, segment: list[dict[str, Any]], customers: int) -> None:
    assert finding(study, ANALYSIS, measure="customers", segment=segment).measures[0].value == customers


def test_an_average_a_customer_is_over_all_customers(study: Study) -> None:
    spent = study.database.row("SELECT CAST(sum(amount) AS DOUBLE) FROM customers")[0]
    assert finding(study, ANALYSIS, measure="amount_per_customer").measures[0].value == pytest.approx(spent / 50)


def test_the_share_who_never_bought_is_of_everybody_in_the_files(study: Study) -> None:
    never = finding(study, ANALYSIS, measure="share_customers", part=[_condition("orders", "=", 0)])
    assert never.measures[0].value == pytest.approx(30 / 70)


def test_who_has_bought_nothing_is_said_apart(study: Study) -> None:
    caveats = finding(study, ANALYSIS, measure="customers").caveats
    assert [c.render("en")[:24] for c in caveats[:2]] == ["Of whom 10 have bought n", "Not counted: 20 identifi"]
