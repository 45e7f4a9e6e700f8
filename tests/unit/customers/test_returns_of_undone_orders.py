"""A file of returns beside orders whose own state already leaves them out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd

from analytics.customers.reduce import reduce
from analytics.datamodel.roles import Role, TableKind
from analytics.measures.state import state_sql
from tests.unit.customers.worlds import World


def test_what_was_given_back_of_an_order_left_out_is_not_taken_off_twice(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.add(
        TableKind.TRANSACTIONS,
        pd.DataFrame({
            "Bon": ["b1", "b2", "b3", "b4"],
            "Jardinier": ["J1", "J1", "J2", "J2"],
            "Jour": [date(2025, 1, 5), date(2025, 2, 5), date(2025, 3, 5), date(2025, 4, 5)],
            "Payé": [100.0, 40.0, 60.0, 80.0],
            "État": ["livré", "remboursé", "livré", "annulé"],
        }),
        {"Bon": Role.ORDER_ID, "Jardinier": Role.CUSTOMER_ID, "Jour": Role.PURCHASE_DATE, "Payé": Role.AMOUNT, "État": Role.ORDER_STATUS},
    )
    world.add(
        TableKind.RETURNS,
        pd.DataFrame({
            "Bon": ["b2", "b3", "b9", None],
            "Jardinier": ["J1", "J2", "J2", "J1"],
            "Le": [date(2025, 2, 20), date(2025, 3, 20), date(2025, 5, 1), date(2025, 5, 2)],
            "Rendu": [40.0, 10.0, 5.0, 7.0],
        }),
        {"Bon": Role.ORDER_ID, "Jardinier": Role.CUSTOMER_ID, "Le": Role.EVENT_DATE, "Rendu": Role.AMOUNT},
    )
    reduce(world.database, world.model(date(2025, 6, 30), None), state_sql)
    kept = world.database.rows("SELECT customer_id, amount FROM customers ORDER BY 1")
    assert kept == [("J1", Decimal("93.00")), ("J2", Decimal("45.00"))]
    off = world.database.rows("SELECT order_id, kept FROM purchases WHERE amount < 0 ORDER BY amount")
    assert [(order, counts) for order, counts in off if order in ("b2", "b3", "b9")] == [("b2", False), ("b3", True), ("b9", True)]
