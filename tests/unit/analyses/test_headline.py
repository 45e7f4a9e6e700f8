"""The figures a caution is told with are those of the answers it stands beside."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from analytics.datamodel.model import LostBasis, LostDefinition
from analytics.datamodel.roles import Role, TableKind
from analytics.measures.headline import Headlines
from tests.unit.analyses.relations import AS_OF, silence
from tests.unit.customers.worlds import World
from vocabulary.sentence import say


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


def test_of_several_contracts_one_that_goes_on_keeps_its_customer(tmp_path: Path) -> None:
    """A has ended one contract and begun another, B has ended both, C goes on: one lost of three."""
    rows = [("A", 1, 3), ("A", 4, None), ("B", 1, 2), ("B", 3, 5), ("C", 1, None)]
    contracts = pd.DataFrame([
        {"id": who, "begun": date(2025, begun, 1), "ended": None if ended is None else date(2025, ended, 1)} for who, begun, ended in rows
    ])
    world = World(tmp_path)
    world.add(TableKind.SUBSCRIPTIONS, contracts, {"id": Role.CUSTOMER_ID, "begun": Role.START_DATE, "ended": Role.END_DATE})
    told = LostDefinition(LostBasis.CONTRACT_END, say("Fin", "End"), column="ended", table="t0")
    found = Headlines(world.database, world.model(AS_OF, told)).count()
    assert (found["lost_rate"].value, found["lost_rate"].n) == (1 / 3, 3)
