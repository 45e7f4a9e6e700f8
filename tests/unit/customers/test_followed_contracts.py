"""Yearly contracts in a file of their own, one row a year: the last one says who has left."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from analytics.customers.reduce import reduce
from analytics.datamodel.ends import settle_agreed_end
from analytics.datamodel.guessing import Guess
from analytics.datamodel.model import LostBasis, LostDefinition
from analytics.datamodel.roles import Role, TableKind
from analytics.measures.state import state_sql
from tests.unit.customers.worlds import TOLD, World

_ROLES = {
    "Police": Role.SUBSCRIPTION_ID, "Assuré": Role.CUSTOMER_ID, "Du": Role.START_DATE, "Au": Role.END_DATE,
    "Prime": Role.RECURRING_AMOUNT, "Situation": Role.ACCOUNT_STATUS,
}  # fmt: skip


def policies() -> pd.DataFrame:
    """A renewed twice then left, B renewed and here, C with two policies side by side of which one is dropped."""
    rows = [
        ("p1", "A", date(2022, 3, 1), "Reconduite"), ("p2", "A", date(2023, 3, 1), "Reconduite"), ("p3", "A", date(2024, 3, 1), "Non reconduite"),
        ("p4", "B", date(2023, 5, 1), "Reconduite"), ("p5", "B", date(2025, 5, 1), "En cours"),
        ("p6", "C", date(2024, 9, 1), "En cours"), ("p7", "C", date(2024, 10, 1), "Non reconduite"),
    ]  # fmt: skip
    return pd.DataFrame({
        "Police": [row[0] for row in rows], "Assuré": [row[1] for row in rows], "Du": [row[2] for row in rows],
        "Au": [row[2].replace(year=row[2].year + 1) - timedelta(days=1) for row in rows], "Prime": [240.0] * len(rows),
        "Situation": [row[3] for row in rows],
    })  # fmt: skip


def test_the_last_of_contracts_that_follow_one_another_says_who_has_left(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.add(TableKind.SUBSCRIPTIONS, policies(), _ROLES)
    lost = LostDefinition(LostBasis.LABEL, TOLD, column="Situation", table="t0", lost_values=("Non reconduite",))
    reduce(world.database, world.model(date(2025, 6, 30), lost), state_sql)
    assert world.database.rows("SELECT customer_id, lost FROM customers ORDER BY 1") == [("A", True), ("B", False), ("C", False)]


def test_a_date_a_year_after_the_start_on_every_row_is_the_end_of_the_term(tmp_path: Path) -> None:
    world = World(tmp_path)
    begun = [date(2022 + i % 3, 1 + i % 12, 1) for i in range(40)]
    world.add(
        TableKind.SUBSCRIPTIONS,
        pd.DataFrame({
            "Licence": [f"l{i}" for i in range(40)], "Joueur": [f"j{i}" for i in range(40)], "Du": begun,
            "Au": [day.replace(year=day.year + 1) - timedelta(days=1) for day in begun],
            "Vu le": [day + timedelta(days=7 * (i % 5)) for i, day in enumerate(begun)],
        }),
        {"Licence": Role.SUBSCRIPTION_ID, "Joueur": Role.CUSTOMER_ID, "Du": Role.START_DATE, "Au": Role.OTHER_DATE, "Vu le": Role.OTHER_DATE},
    )  # fmt: skip
    table = world.tables[0]
    roles = {binding.column: Guess(binding.role, 0.9, 0.0, 0.9) for binding in world.bindings}
    settle_agreed_end(world.database, table, roles)
    told = {column.name: roles[column.column].role for column in table.columns}
    assert told["Au"] is Role.END_DATE and told["Vu le"] is Role.OTHER_DATE
