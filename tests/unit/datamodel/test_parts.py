"""An export in several files, of the same headers: each part is what the others are, whatever they share."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from analytics.datamodel.roles import TableKind
from tests.unit.datamodel.test_tools import Line, opened

HEADS = ["Pièce", "Du", "Compte", "Exploitation", "Référence", "Nombre", "PU HT", "Net HT"]
HEADS_EN = ["Docket", "Docket date", "Account", "Farm", "Part", "Qty", "Unit price", "Line total"]


def dockets(rng: random.Random, heads: list[str]) -> list[tuple[date, Line]]:
    """A workshop for farm machines: dockets of one part to three, to fifty farms, over a year and a half."""
    lines: list[tuple[date, Line]] = []
    for n in range(420):
        day, farm = date(2024, 3, 1) + timedelta(days=n * 17 // 14), rng.randrange(50)
        for _ in range(1 + n % 3):
            price, quantity = round(rng.uniform(4, 90), 2), rng.randint(1, 4)
            values = [f"D{8000 + n}", f"{day:%d/%m/%Y}", f"F{farm:03d}", f"Farm {farm}", rng.choice(["Belt", "Filter", "Blade"]), quantity, price, round(price * quantity, 2)]
            lines.append((day, dict(zip(heads, values, strict=True))))
    return lines


@pytest.mark.parametrize("heads", [HEADS, HEADS_EN])
@pytest.mark.parametrize("shared", [0, 60])
def test_two_parts_of_one_export_are_both_sales(tmp_path: Path, heads: list[str], shared: int) -> None:
    """« Lignes » in the name, and dockets of the same weeks in both: the second file holds no lines of the first one's orders."""
    lines = dockets(random.Random(8), heads)
    cut = lines[len(lines) // 2][0]
    name = "lignes_pieces" if heads is HEADS else "parts_lines"
    early, late = [line for day, line in lines if day <= cut], [line for day, line in lines if day > cut - timedelta(days=shared)]
    with opened(tmp_path, {f"{name}_1.csv": early, f"{name}_2.csv": late}) as study:
        kinds = {reading.kind for reading in study.model.readings}
        amount, farms = study.database.row("SELECT SUM(amount), COUNT(DISTINCT customer_key) FROM purchases WHERE kept")
        assert kinds == {TableKind.TRANSACTIONS}
        assert study.model.as_of == lines[-1][0]
    assert farms == len({line[heads[2]] for _, line in lines})
    assert float(amount) == pytest.approx(sum(float(str(line[heads[-1]])) for _, line in lines), abs=0.01)


def test_lines_of_orders_that_another_file_heads_stay_lines(tmp_path: Path) -> None:
    """Headers of their own on each side: one file bears the day and the customer, the other the parts."""
    lines = dockets(random.Random(9), HEADS_EN)
    heads: dict[object, Line] = {}
    for _, line in lines:
        heads.setdefault(line["Docket"], {"Docket": line["Docket"], "Docket date": line["Docket date"], "Account": line["Account"], "Farm": line["Farm"]})
    parts: list[Line] = [{key: line[key] for key in ("Docket", "Part", "Qty", "Unit price", "Line total")} for _, line in lines]
    with opened(tmp_path, {"dockets.csv": list(heads.values()), "docket_lines.csv": parts}) as study:
        kinds = {reading.file: reading.kind for reading in study.model.readings}
    assert kinds["docket_lines.csv"] is TableKind.ORDER_LINES


@pytest.mark.parametrize("farms", [80, 130])
def test_a_small_house_is_told_by_all_the_parts_of_its_export(tmp_path: Path, farms: int) -> None:
    """Two halves of the customers in two files: the house is as small as both together are."""
    lines = [line for _, line in dockets(random.Random(4), HEADS_EN)]
    for place, line in enumerate(lines):
        line["Account"] = f"F{place % (farms // 2) + (farms // 2 if place >= len(lines) // 2 else 0):03d}"
    half = len(lines) // 2
    with opened(tmp_path, {"parts_a.csv": lines[:half], "parts_b.csv": lines[half:]}) as study:
        told = [check.count for check in study.model.health if check.check == "small_file"]
    assert told == ([farms] if farms < 100 else [])
