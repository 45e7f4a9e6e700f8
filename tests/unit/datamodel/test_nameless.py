"""Files without a line of headers: what cells, and the arithmetic between columns, say by themselves."""

from __future__ import annotations

import csv
import random
import tempfile
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

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
