"""The recipes that make columns of one file, and of two files, agree."""

from __future__ import annotations

import pytest

from tests.roles.values import cells

STATUS = ["active", "closed", "active"]


@pytest.mark.parametrize(
    ("recipe", "expected"),
    [
        ("times Qty Price", ["21.00", "0.00", "1.50"]),
        ("times Price 0.2", ["2.10", "0.40", "0.30"]),
        ("plus Qty Price", ["12.50", "2.00", "2.50"]),
        ("minus Price Qty", ["8.50", "2.00", "0.50"]),
        ("map Status active=1;closed=0", ["1", "0", "1"]),
        ("where Status=closed const 2024-01-01", ["", "2024-01-01", ""]),
        ("filled Qty sold else none", ["sold", "none", "sold"]),
    ],
)
def test_columns_agree(recipe: str, expected: list[str]) -> None:
    written = {"Qty": ["2", "", "1"], "Price": ["10.5", "2.0", "1.50"], "Status": STATUS}
    assert cells(recipe, 3, "seed", written) == expected


def test_a_comma_stays_a_comma() -> None:
    assert cells("times Qté Prix", 1, "seed", {"Qté": ["2"], "Prix": ["1,25"]}) == ["2,50"]


@pytest.mark.parametrize("recipe", ["uuid", "hash 12k"])
def test_ids_that_come_back_are_the_ids_of_the_other_file(recipe: str) -> None:
    owners = set(cells(recipe, 20, "one", {}))
    assert len(owners) == 20
    orders = cells(f"{recipe} of 20", 200, "two", {})
    assert set(orders) <= owners
    assert len(set(orders)) > 10
