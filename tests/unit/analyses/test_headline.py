"""The figures a caution is told with are those of the answers it stands beside."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from analytics.datamodel.roles import Role, TableKind
from analytics.measures.headline import Headlines
from tests.unit.analyses.relations import AS_OF, silence
from tests.unit.customers.worlds import World


def test_customers_of_purchases_alone_are_counted_once_each_and_only_if_they_bought(tmp_path: Path) -> None:
    """Three lines of one, one of another; a third cancelled all: two customers, not four nor five."""
    rows = [("A", 3, "ok"), ("A", 4, "ok"), ("A", 5, "ok"), ("B", 6, "ok"), ("C", 7, "cancelled")]
    lines = pd.DataFrame([{"id": who, "day": date(2025, month, 1), "amount": 10.0, "status": said} for who, month, said in rows])
    world = World(tmp_path)
    world.add(TableKind.TRANSACTIONS, lines, {
        "id": Role.CUSTOMER_ID, "day": Role.PURCHASE_DATE, "amount": Role.AMOUNT, "status": Role.ORDER_STATUS,
    })  # fmt: skip
    found = Headlines(world.database, world.model(AS_OF, silence(180))).count()
    assert found["customers"].value == found["lost_rate"].n == 2
