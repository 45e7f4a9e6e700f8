"""The seven states, as a manager would tell them."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest

from analytics.customers.customer_table import Rhythm
from analytics.customers.reduce import customers_at, reduce
from analytics.customers.schema import STATES
from analytics.datamodel.roles import TableKind
from analytics.measures.state import new_days, state_sql, thresholds
from analytics.workspace import Database
from tests.unit.customers.test_reduce import AS_OF, LINE_ROLES, random_lines
from tests.unit.customers.worlds import World

DAY = date(2025, 6, 30)
SHOP = Rhythm(silence=200, p90_gap=100.0, second_gap=60.0, transactional=True)
CONTRACT = Rhythm(silence=None, p90_gap=None, second_gap=None, transactional=False)
COLUMNS = {
    "gone": "BOOLEAN", "orders": "INTEGER", "purchase_days": "INTEGER", "recency_days": "INTEGER", "p90_gap": "DOUBLE",
    "first_purchase": "DATE", "came_back": "DATE", "amount_12m": "DOUBLE", "amount_prev_12m": "DOUBLE",
    "tenure_months": "DOUBLE", "monthly_amount": "DOUBLE", "amount": "DOUBLE", "last_purchase": "DATE",
}  # fmt: skip


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(tmp_path / "w.duckdb", writable=True)


def state(database: Database, rhythm: Rhythm, **facts: object) -> str | None:
    values = ", ".join(f"CAST(? AS {kind}) AS {name}" for name, kind in COLUMNS.items())
    sql = f"SELECT {state_sql(rhythm, DAY)} FROM (SELECT {values})"
    found: str | None = database.row(sql, [facts.get(name) for name in COLUMNS])[0]
    return found


OLD = date(2022, 1, 1)
HISTORIES = [
    ("silent for too long", "lost", {"gone": True, "orders": 9, "purchase_days": 9, "recency_days": 300}),
    ("one purchase last month", "new", {"orders": 1, "purchase_days": 1, "recency_days": 30}),
    ("one purchase five months ago", "drifting", {"orders": 1, "purchase_days": 1, "recency_days": 150}),
    ("came back in May after a year", "returned",
     {"orders": 3, "purchase_days": 3, "recency_days": 40, "came_back": date(2025, 5, 20)}),
    ("came back two years ago and stayed", "loyal",
     {"orders": 9, "purchase_days": 9, "recency_days": 10, "p90_gap": 60.0, "came_back": date(2023, 5, 20),
      "first_purchase": OLD, "amount_12m": 100.0, "amount_prev_12m": 100.0}),
    ("every three weeks, silent for three months", "drifting",
     {"orders": 40, "purchase_days": 40, "recency_days": 90, "p90_gap": 25.0, "first_purchase": OLD}),
    ("twice a year, silent for three months", "loyal",
     {"orders": 8, "purchase_days": 8, "recency_days": 90, "p90_gap": 190.0, "first_purchase": OLD,
      "amount_12m": 100.0, "amount_prev_12m": 100.0}),
    ("spends half as much again as last year", "growing",
     {"orders": 6, "purchase_days": 6, "recency_days": 10, "p90_gap": 90.0, "first_purchase": OLD, "amount_12m": 150.0,
      "amount_prev_12m": 100.0}),
    ("as much as last year, of which half was before they came", "loyal",
     {"orders": 6, "purchase_days": 6, "recency_days": 10, "p90_gap": 90.0, "first_purchase": date(2023, 12, 31),
      "amount_12m": 200.0, "amount_prev_12m": 100.0}),
    ("still there, half as much", "routine",
     {"orders": 9, "purchase_days": 9, "recency_days": 10, "p90_gap": 90.0, "first_purchase": OLD, "amount_12m": 50.0,
      "amount_prev_12m": 100.0}),
    ("two purchases, in rhythm", "routine",
     {"orders": 2, "purchase_days": 2, "recency_days": 60, "p90_gap": 80.0, "first_purchase": date(2025, 2, 1),
      "amount_12m": 50.0, "amount_prev_12m": 0.0}),
    ("never bought", None, {"orders": 0, "purchase_days": 0}),
]  # fmt: skip


@pytest.mark.parametrize(("story", "expected", "facts"), HISTORIES, ids=[story for story, _, _ in HISTORIES])
def test_by_purchases(database: Database, story: str, expected: str | None, facts: dict[str, object]) -> None:
    known = {"gone": False} if facts["orders"] else {}
    assert state(database, SHOP, **{**known, **facts}) == expected


@pytest.mark.parametrize(
    ("gone", "tenure", "expected"),
    [(True, 30, "lost"), (False, 3, "new"), (False, 12, "routine"), (False, 24, "loyal"), (False, None, "routine")],
)
def test_by_contract(database: Database, gone: bool, tenure: float | None, expected: str) -> None:
    assert state(database, CONTRACT, gone=gone, tenure_months=tenure, monthly_amount=30.0) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [({"orders": 0, "recency_days": 20}, None), ({"orders": 0, "amount": 40.0}, "routine"), ({"orders": 0, "gone": False}, "routine"),
     ({}, "routine"), ({"orders": 0, "monthly_amount": 9.0}, "routine"), ({"orders": 0, "last_purchase": DAY}, "routine")],
)  # fmt: skip
def test_a_count_of_no_purchase_is_no_customer_unless_something_else_tells(
    database: Database, facts: dict[str, object], expected: str | None
) -> None:
    assert state(database, CONTRACT, **facts) == expected


def test_thresholds_are_those_of_the_rules() -> None:
    assert new_days(SHOP) == 90
    assert new_days(dataclasses.replace(SHOP, second_gap=150.0)) == 150
    assert new_days(dataclasses.replace(SHOP, second_gap=400.0)) == 200
    assert thresholds(SHOP)["silence"].value == 200
    assert "silence" not in thresholds(CONTRACT)


def test_every_customer_whose_departure_is_known_has_a_state(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.add(TableKind.TRANSACTIONS, random_lines(7), LINE_ROLES)
    reduce(world.database, world.model(AS_OF), state_sql)
    rows = world.database.rows("SELECT lost, state FROM customers")
    assert all((lost is None) == (found is None) for lost, found in rows)
    assert {found for lost, found in rows if lost} == {"lost"}
    assert {found for _, found in rows} <= {*STATES, None}


def test_buckets_change_nothing(tmp_path: Path) -> None:
    """Reduced in one piece or in seven, the customers are the same."""
    world = World(tmp_path)
    world.add(TableKind.TRANSACTIONS, random_lines(3), LINE_ROLES)
    query = reduce(world.database, world.model(AS_OF), state_sql).query
    many = dataclasses.replace(query, lines=10_000_000)
    assert (query.buckets, many.buckets) == (1, 7)
    for day in (AS_OF, date(2024, 3, 3)):
        whole, parts = (customers_at(world.database, one, state_sql, day) for one in (query, many))
        assert whole.equals(parts)
    many.create(world.database, state_sql)
    assert world.database.rows("SELECT * FROM customers") == [
        tuple(row.values()) for row in customers_at(world.database, query, state_sql, AS_OF).to_pylist()
    ]
