"""Deliveries beside invoices are no purchases; the day a thing came, beside the day it was promised."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from analytics.datamodel.roles import Role, TableKind
from tests.unit.datamodel.test_references import Row, day, role, understood

BILLS = ["Invoice no", "Invoice date", "Customer code", "Total inc VAT"]
NOTES = ["Docket", "Invoice no", "Customer code", "Promised date", "Actual delivery", "Carrier"]


def nursery(name: str, *, priced: bool = False) -> dict[str, tuple[Row, list[Row]]]:
    """A plant nursery: what it billed, and what its vans brought."""
    rng = random.Random(3)
    bills: list[Row] = []
    notes: list[Row] = []
    for n in range(1, 601):
        who = f"N{1 + n % 120:04d}"
        bills.append([f"INV{n:05d}", day(n), who, f"{rng.uniform(40, 900):.2f}"])
        price = [f"{rng.uniform(40, 900):.2f}"] if priced else []
        notes.append([f"DK{n:05d}", f"INV{n:05d}", who, day(n + 3), day(n + 3 + rng.choice([0, 0, 1, 6])), rng.choice(["own van", "courier"]), *price])
    return {"invoices.csv": (BILLS, bills), name: ([*NOTES, *(["Amount"] if priced else [])], notes)}


@pytest.mark.parametrize("name", ["deliveries.csv", "shipments.csv", "livraisons.csv"])
def test_what_vans_bring_is_not_bought_twice(tmp_path: Path, name: str) -> None:
    model = understood(tmp_path, nursery(name))
    kinds = {reading.file: reading.kind for reading in model.readings}
    assert kinds == {"invoices.csv": TableKind.INVOICES, name: TableKind.OTHER}
    assert role(model, name, "Promised date") is Role.PROMISED_DATE
    assert role(model, name, "Actual delivery") is Role.DELIVERY_DATE


@pytest.mark.parametrize(("name", "priced"), [("orders.csv", False), ("deliveries.csv", True)])
def test_orders_and_what_has_a_price_stay_sales(tmp_path: Path, name: str, priced: bool) -> None:
    model = understood(tmp_path, nursery(name, priced=priced))
    assert {reading.file: reading.kind for reading in model.readings}[name] is TableKind.TRANSACTIONS


def test_alone_deliveries_are_all_that_is_known_of_purchases(tmp_path: Path) -> None:
    files = nursery("deliveries.csv")
    model = understood(tmp_path, {"deliveries.csv": files["deliveries.csv"]})
    assert [reading.kind for reading in model.readings] == [TableKind.TRANSACTIONS]
