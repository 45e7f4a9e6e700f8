"""A payment written down some days before it is taken is of the day it is taken."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from analytics.datamodel.roles import Role
from tests.unit.datamodel.worlds import Files, Row, model_of


def _dues(written: str, taken: str) -> Files:
    """What a choir's bank takes from its singers each month."""
    draw = random.Random(6)
    rows: list[Row] = []
    for n in range(240):
        day = date(2024, 1, 8) + timedelta(days=3 * n)
        rows.append({"Payment id": f"PM{90000 + n}", written: day, taken: day + timedelta(days=draw.choice((3, 4, 5))), "Amount": draw.choice((12.5, 18.0, 24.0)),
                     "Customer id": f"CU{400 + n % 40}", "Status": draw.choice(("paid_out", "paid_out", "failed"))})  # fmt: skip
    return {"payments_export.csv": rows}


@pytest.mark.parametrize(("written", "taken"), [("created_at", "charge_date"), ("date_creation", "date_prelevement"), ("Entered on", "Collection date")])
def test_the_day_of_a_payment_is_the_day_it_is_taken(written: str, taken: str) -> None:
    roles = {binding.name: binding.role for binding in model_of(_dues(written, taken)).bindings}
    assert roles[taken] is Role.PURCHASE_DATE and roles.get(written) is not Role.PURCHASE_DATE


def test_an_order_is_of_the_day_it_was_made_and_not_paid() -> None:
    roles = {binding.name: binding.role for binding in model_of(_dues("Created at", "Paid at")).bindings}
    assert roles["Created at"] is Role.PURCHASE_DATE
