"""Files without a line of headers: what cells, and the arithmetic between columns, say by themselves."""

from __future__ import annotations

import csv
import random
import tempfile
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from analytics.datamodel.model import DataModel, LostBasis
from tests.unit.datamodel.worlds import loaded

_TODAY = date(2025, 1, 31)
_PRICES = {"Comté": 7.2, "Miel": 8.9, "Farine": 2.35, "Café": 5.6, "Savon": 4.1, "Thé": 6.5}


def _model(rows: Sequence[Sequence[object]]) -> DataModel:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.csv"
        with path.open("w", encoding="utf-8", newline="") as handle:
            csv.writer(handle, delimiter=";").writerows(rows)
        with loaded([path], today=_TODAY) as (model, _):
            return model


def _roles(model: DataModel) -> list[str]:
    return [binding.role.value for binding in sorted(model.bindings, key=lambda binding: int(binding.column[1:]))]


def _day(draw: random.Random) -> str:
    return f"{date(2023, 1, 1) + timedelta(days=draw.randrange(700)):%d/%m/%Y}"


def test_a_price_and_what_is_sold_are_told_by_the_line_they_make():
    draw = random.Random(1)
    rows = []
    for number in range(300):
        good, quantity = draw.choice(list(_PRICES)), draw.randint(1, 6)
        rows.append([f"T{number:06d}", _day(draw), f"93{draw.randrange(60):07d}", good, quantity, f"{_PRICES[good]:.2f}", f"{quantity * _PRICES[good]:.2f}"])
    assert _roles(_model(rows)) == ["order_id", "purchase_date", "customer_id", "product", "quantity", "unit_price", "amount"]


def test_of_two_sums_a_tax_apart_the_one_with_tax_was_paid():
    draw = random.Random(2)
    sums = [round(draw.uniform(50, 900), 2) for _ in range(200)]
    rows = [[f"F{number:06d}", _day(draw), f"CLI{draw.randrange(50):04d}", f"{sum_:.2f}", f"{sum_ * 1.2:.2f}"] for number, sum_ in enumerate(sums)]
    assert _roles(_model(rows)) == ["order_id", "purchase_date", "customer_id", "measure", "amount"]


def test_members_whose_state_says_who_left():
    draw = random.Random(3)
    rows = [
        [f"BX{number:05d}", f"nom{number}@exemple.fr", _day(draw), draw.choice(["19,90", "29,90"]), draw.choice(["Actif", "Actif", "Résilié"])]
        for number in range(200)
    ]
    model = _model(rows)
    assert _roles(model) == ["customer_id", "email", "signup_date", "recurring_amount", "churn_label"]
    assert (model.lost.basis, model.lost.lost_values) == (LostBasis.LABEL, ("Résilié",))


def test_each_line_s_number_is_not_the_order_s():
    """A chemist's till: a number a line, one a ticket of several lines, then who."""
    draw, rows = random.Random(12), []
    for ticket in range(130):
        who, day = f"K{draw.randrange(45):03d}", _day(draw)
        for _ in range(draw.randint(1, 4)):
            rows.append((90000 + len(rows), 4000 + ticket, day, who, draw.choice(list(_PRICES)), f"{draw.uniform(2, 40):.2f}"))
    roles = _roles(_model(rows))
    assert roles[:4] == ["line_id", "order_id", "purchase_date", "customer_id"]


@pytest.mark.parametrize(("by_line", "last"), [(False, "unit_price"), (True, "amount")])
def test_a_sum_that_does_not_grow_with_the_number_is_the_price_of_one(by_line: bool, last: str):
    """A climbing wall: entries, lessons, hire, at their full and reduced prices."""
    draw, rows = random.Random(9), []
    for number in range(260):
        good, price = draw.choice([("Entrée", 9.0), ("Cours", 31.0), ("Location", 6.0), ("Stage", 75.0)])
        one, several = price * draw.choice([1, 1, 0.8]), draw.choice([1, 1, 1, 2, 4])
        rows.append((30000 + number, _day(draw), f"G{draw.randrange(50):03d}", good, several, f"{one * (several if by_line else 1):.2f}"))
    assert _roles(_model(rows))[4:] == ["quantity", last]
