"""What is said of an order stands once, however many lines it holds: carriage, a discount; and the revenue says what no line holds.

Truth planted order by order, in a seed merchant's files and in a print shop's.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from analytics.catalog import Runner
from tests.unit.embedded.talks import study_of


class Seeds:
    """Orders with a carriage and a discount of their own, and the lines they hold."""

    def __init__(self, folder: Path, *, discounts: bool, total: bool = True) -> None:
        draw = random.Random(31)
        heads: list[list[object]] = [["order_no", "client_no", "ordered_on", "rebate", "carriage", *(["order_total"] if total else [])]]
        lines: list[list[object]] = [["order_no", "packet", "qty", "unit_price"]]
        self.goods = self.carriage = self.rebate = 0.0
        for place in range(900):
            cost = 0.0
            for _ in range(draw.randint(1, 4)):
                many, price = draw.randint(1, 3), draw.choice([2.5, 3.9, 7.0])
                lines.append([f"S{place:04d}", draw.choice(["carrot", "leek", "cosmos"]), many, price])
                cost += many * price
            rebate = round(cost * 0.15, 2) if discounts and draw.random() < 0.4 else 0.0
            carriage = draw.choice([0.0, 3.2, 4.6])
            day = date(2023, 1, 1) + timedelta(days=draw.randrange(850))
            heads.append([f"S{place:04d}", f"K{draw.randrange(220):03d}", day.isoformat(), rebate, carriage, *([round(cost - rebate + carriage, 2)] if total else [])])
            self.goods, self.carriage, self.rebate = self.goods + cost, self.carriage + carriage, self.rebate + rebate
        self.orders = 900
        self.study = study_of(folder, {"orders.csv": heads, "order_lines.csv": lines})

    def asked(self, **arguments: object) -> float:
        return Runner(self.study).run("explore", arguments).measures[0].value


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Seeds:
    return Seeds(tmp_path_factory.mktemp("seeds"), discounts=True)


def test_carriage_is_added_up_once_an_order(seeds: Seeds) -> None:
    assert seeds.asked(measure="sum", column="carriage") == pytest.approx(seeds.carriage)
    assert seeds.asked(measure="mean", column="carriage") == pytest.approx(seeds.carriage / seeds.orders)
    assert seeds.asked(measure="sum", column="rebate") == pytest.approx(seeds.rebate)
    assert Runner(seeds.study).run("explore", {"measure": "mean", "column": "carriage"}).measures[0].n == seeds.orders


def test_a_rebate_that_carriage_hides_comes_off_the_revenue(seeds: Seeds) -> None:
    found = Runner(seeds.study).run("explore", {"measure": "amount"})
    assert found.measures[0].value == pytest.approx(seeds.goods - seeds.rebate, abs=0.5)
    assert "“carriage”" in found.caveats[0].render("en") and "is not in it" in found.caveats[0].render("en")


@pytest.mark.parametrize("total", [True, False])
def test_lines_stand_and_the_carriage_is_said_apart(tmp_path: Path, total: bool) -> None:
    plain = Seeds(tmp_path, discounts=False, total=total)
    found = Runner(plain.study).run("explore", {"measure": "amount"})
    assert found.measures[0].value == pytest.approx(plain.goods, abs=0.5)
    assert any("is not in it" in caveat.render("en") for caveat in found.caveats)


def test_what_lines_say_is_added_up_over_each_order_when_brought_to_one(tmp_path: Path) -> None:
    draw = random.Random(32)
    rows: list[list[object]] = [["ticket", "client", "day", "article", "amount", "sheets", "delivery_fee"]]
    sheets = fees = 0
    for place in range(600):
        fee, who = draw.choice([0, 5, 9]), f"P{draw.randrange(150)}"
        fees += fee
        for _ in range(draw.randint(1, 3)):
            many = draw.randint(10, 400)
            rows.append([f"T{place}", who, f"2024-{1 + place % 12:02d}-{1 + place % 28:02d}",
                         draw.choice(["flyer", "poster", "card"]), round(many * 0.11 + draw.random(), 2), many, fee])
            sheets += many
    study = study_of(tmp_path, {"tickets.csv": rows})
    each = Runner(study).run("explore", {"measure": "mean", "column": "sheets", "per": "order"}).measures[0]
    assert (each.n, each.value) == (600, pytest.approx(sheets / 600))
    assert Runner(study).run("explore", {"measure": "sum", "column": "delivery_fee"}).measures[0].value == pytest.approx(fees)
    assert Runner(study).run("explore", {"measure": "sum", "column": "sheets"}).measures[0].value == pytest.approx(sheets)
    for column, total, orders in (("delivery_fee", fees, 600), ("sheets", sheets, None)):  # the file asked line by line says the same
        asked = {"table": "tickets.csv", "column": column}
        assert Runner(study).run("explore", {"measure": "sum", **asked}).measures[0].value == pytest.approx(total)
        if orders is not None:
            assert Runner(study).run("explore", {"measure": "mean", **asked}).measures[0].value == pytest.approx(total / orders)


def test_returns_without_an_amount_are_said_to_take_nothing_off(tmp_path: Path) -> None:
    sales = [["order_no", "client_no", "ordered_on", "total"], *([f"V{n}", f"C{n % 60}", f"2024-{1 + n % 12:02d}-{1 + n % 28:02d}", 30] for n in range(400))]
    back = [["return_no", "order_no", "returned_on", "reason"], *([f"B{n}", f"V{n * 7}", f"2024-{1 + n % 12:02d}-28", "too small"] for n in range(40))]
    found = Runner(study_of(tmp_path, {"sales.csv": sales, "returns.csv": back})).run("explore", {"measure": "amount"})
    assert found.measures[0].value == 12_000
    assert "“returns.csv” lists 40 returns" in found.caveats[0].render("en")


def test_of_sales_that_name_nobody_too_an_order_is_counted_once(tmp_path: Path) -> None:
    draw = random.Random(33)
    members = [["id", "member", "joined", "standing"], *([n, f"Name{n}", f"2023-0{1 + n % 9}-11", "left" if n % 4 == 0 else "active"] for n in range(1, 151))]
    till: list[list[object]] = [["receipt", "date", "article", "amount", "delivery_fee"]]
    fees = 0
    for place in range(300):
        fee = draw.choice([0, 4, 6])
        fees += fee
        till += [[f"Z{place}", f"2024-{1 + place % 12:02d}-{1 + place % 28:02d}", draw.choice(["vase", "bowl"]), round(9 + draw.random() * 30, 2), fee] for _ in range(draw.randint(1, 3))]
    study = study_of(tmp_path, {"members.csv": members, "till.csv": till})
    assert study.sells_to_nobody
    assert Runner(study).run("explore", {"measure": "sum", "column": "delivery_fee"}).measures[0].value == pytest.approx(fees)
