"""Orders of several lines exported twice into one file: the goods count once, as the money does."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.unit.datamodel.test_tools import Line, opened

HEADS = [
    "Name", "Email", "Financial Status", "Paid at", "Fulfillment Status", "Accepts Marketing", "Currency", "Subtotal", "Shipping", "Taxes", "Total",
    "Discount Code", "Discount Amount", "Created at", "Lineitem quantity", "Lineitem name", "Lineitem price", "Cancelled at", "Refunded Amount",
]


def orders(rng: random.Random) -> list[Line]:
    """Boxes of tea, of one line to three; now and then the same tin is scanned twice on two lines that are alike."""
    lines: list[Line] = []
    for n in range(260):
        items = [(rng.choice(["Assam", "Sencha", "Rooibos"]), rng.choice([1, 1, 2]), rng.choice([6.5, 8.25, 11.0])) for _ in range(1 + n % 3)]
        items += [items[-1]] if n % 10 == 2 else []
        total, month = round(sum(quantity * price for _, quantity, price in items), 2), 1 + n % 12
        for place, (item, quantity, price) in enumerate(items):
            line: Line = dict.fromkeys(HEADS, "")
            line |= {"Name": f"#T{n:04d}", "Email": f"drinker{n % 60}@example.net", "Created at": f"2025-{month:02d}-{1 + n % 27:02d} 09:10:11 +0000"}
            line |= {"Lineitem quantity": quantity, "Lineitem name": item, "Lineitem price": price}
            if place == 0:
                line |= {"Financial Status": "paid", "Paid at": line["Created at"], "Fulfillment Status": "fulfilled", "Currency": "GBP", "Subtotal": total,
                         "Shipping": 0, "Taxes": 0, "Total": total, "Discount Amount": 0, "Refunded Amount": 0}  # fmt: skip
            lines.append(line)
    return lines


@pytest.mark.parametrize("turned", [False, True])
def test_orders_pasted_twice_count_once(tmp_path: Path, turned: bool) -> None:
    once = orders(random.Random(3))
    march = [line for line in once if str(line["Created at"]).startswith("2025-03")]
    every = [*once, *march]
    quantity, money = sum(int(str(line["Lineitem quantity"])) for line in once), sum(float(str(line["Total"] or 0)) for line in once)
    with opened(tmp_path, {"orders_export.csv": every[::-1] if turned else every}) as study:
        sold, amount, placed, lines = study.database.row(
            "SELECT SUM(quantity) FILTER (kept), SUM(amount) FILTER (kept), COUNT(DISTINCT order_id) FILTER (kept), COUNT(*) FROM purchases"
        )
    assert (sold, placed, lines) == (quantity, 260, len(every))
    assert float(amount) == pytest.approx(money, abs=0.01)


def test_lines_alike_in_one_order_all_count(tmp_path: Path) -> None:
    once = orders(random.Random(4))
    with opened(tmp_path, {"orders_export.csv": once}) as study:
        assert study.database.row("SELECT SUM(quantity) FROM purchases WHERE kept")[0] == sum(int(str(line["Lineitem quantity"])) for line in once)
