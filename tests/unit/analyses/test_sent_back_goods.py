"""Goods sent back are taken off the kind they were sold under: the line of their order says it, else the one kind they are always sold under."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from analytics.catalog import Runner
from tests.unit.analyses.test_signs_of_life import opened
from tests.unit.datamodel.worlds import Row

_KINDS = {"Bit": "Bridles", "Girth": "Saddles", "Stirrup": "Saddles", "Rug": "Rugs", "Liner": "Rugs"}


def _saddlery(*, numbered: bool) -> tuple[dict[str, list[Row]], dict[str, float]]:
    """A saddler's lines and what came back (told by the order or by the customer only), and what each kind brought in."""
    draw, lines, back, net = random.Random(21), list[Row](), list[Row](), dict.fromkeys(_KINDS.values(), 0.0)
    for order in range(600):
        day, rider = date(2023, 1, 1) + timedelta(days=draw.randrange(700)), f"R{draw.randrange(150):03d}"
        for article in draw.sample(sorted(_KINDS), draw.choice([1, 2, 3])):
            paid = float(draw.choice([15, 40, 95]))
            lines.append({"Order No": f"S{order:04d}", "Order Date": day, "Customer ID": rider, "Article": article, "Category": _KINDS[article], "Line Total": paid})
            net[_KINDS[article]] += paid
            if draw.random() < 0.15 and day < date(2024, 11, 1):
                told = {"Order No": f"S{order:04d}"} if numbered else {}
                back.append({"Return No": f"B{len(back):04d}", **told, "Customer ID": rider, "Article": article, "Returned On": day + timedelta(days=6), "Refund Amount": paid})
                net[_KINDS[article]] -= paid
    return {"order_lines.csv": lines, "returns.csv": back}, net


@pytest.mark.parametrize("numbered", [True, False])
def test_a_return_is_of_the_kind_its_goods_are_sold_under(numbered: bool, tmp_path: Path) -> None:
    files, net = _saddlery(numbered=numbered)
    with opened(tmp_path, files) as study:
        found = Runner(study).run("explore", {"measure": "amount", "by": ["category"]})
        assert {row[0]: row[1] for row in found.table.rows} == pytest.approx(net)
