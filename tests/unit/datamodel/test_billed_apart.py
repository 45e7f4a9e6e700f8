"""A marina lets berths by contract, bills them, and takes bookings of its crane: the revenue is what is billed, not the crane."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from analytics.datamodel.roles import TableKind
from tests.unit.datamodel.test_tools import Line, opened

DAY = date(2024, 1, 3)


def marina(crane: int, *, let: bool = True, name: str = "crane_bookings.csv") -> dict[str, list[Line]]:
    """Berths let by the year, bills of each quarter, bookings of a crane at about that price."""
    rng = random.Random(6)
    berths: list[Line] = [{
        "berth_contract": f"B{n:03d}", "skipper_no": f"S{n:03d}", "start_date": DAY + timedelta(days=n % 90), "end_date": DAY + timedelta(days=400 + n) if n % 4 == 0 else "",
        "yearly_fee": 1800 + 50 * (n % 7),
    } for n in range(180)]  # fmt: skip
    bills: list[Line] = [{
        "invoice_no": f"F{n:05d}", "skipper_no": f"S{n % 180:03d}", "invoice_date": DAY + timedelta(days=n % 700), "due_date": DAY + timedelta(days=30 + n % 700),
        "amount_excl_vat": 450 + n % 40, "vat": 90 + n % 8, "total": 540 + n % 48, "status": "paid",
    } for n in range(1200)]  # fmt: skip
    booked: list[Line] = [{
        "booking_no": f"C{n:05d}", "skipper_no": f"S{rng.randrange(180):03d}", "booking_date": DAY + timedelta(days=n % 700), "boat_length": 6 + n % 9, "price": crane + n % 9,
    } for n in range(900)]  # fmt: skip
    return {**({"berths.csv": berths} if let else {}), "invoices.csv": bills, name: booked}


def kinds(folder: Path, files: dict[str, list[Line]]) -> dict[str, TableKind]:
    with opened(folder, files) as study:
        return {table.file: study.model.kind(table.table) for table in study.model.tables}


def test_what_is_done_under_a_contract_is_no_revenue_beside_its_bills(tmp_path: Path) -> None:
    found = kinds(tmp_path, marina(40))
    assert (found["crane_bookings.csv"], found["invoices.csv"]) == (TableKind.USAGE, TableKind.INVOICES)


@pytest.mark.parametrize(
    "files", [marina(500), marina(40, let=False), marina(40, name="chandlery_sales.csv")], ids=["worth as much as the bills", "without contracts", "called sales"]
)
def test_what_is_sold_stays_so(tmp_path: Path, files: dict[str, list[Line]]) -> None:
    found = kinds(tmp_path, files)
    assert found[next(name for name in files if name not in ("berths.csv", "invoices.csv"))] is TableKind.TRANSACTIONS
