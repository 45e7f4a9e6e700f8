"""What counts as one order in files without order numbers, on small files whose orders are known."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.datamodel.roles import Role, TableKind
from analytics.explore.explore import ANALYSIS as EXPLORE
from analytics.money.money_definition import ANALYSIS as MONEY
from analytics.study import Study
from tests.unit.analyses.relations import AS_OF, finding, real, silence, study_of
from tests.unit.customers.worlds import World

_ROLES = {
    "id": Role.CUSTOMER_ID, "day": Role.PURCHASE_DATE, "amount": Role.AMOUNT, "order": Role.ORDER_ID, "status": Role.ORDER_STATUS,
    "payment": Role.PAYMENT_METHOD, "number": Role.ROW_ID,
}  # fmt: skip
_DAY = date(2025, 3, 3)


def bought(folder: Path, lines: pd.DataFrame) -> Study:
    folder.mkdir(parents=True, exist_ok=True)
    world = World(folder)
    world.add(TableKind.TRANSACTIONS, lines, _ROLES)
    return study_of(world, world.model(AS_OF, silence(180)))


def tickets(seed: int, customers: int, **columns: str) -> pd.DataFrame:
    """Two rows a customer on one day, and one row on another: as many customer-days as twice the customers."""
    rng = np.random.default_rng(seed)
    rows = []
    for i in range(customers):
        rows += [(f"C{i:03d}", _DAY, 10.0), (f"C{i:03d}", _DAY, 20.0), (f"C{i:03d}", _DAY + timedelta(days=40), 30.0)]
    frame = pd.DataFrame(rows, columns=["id", "day", "amount"])
    for name, how in columns.items():
        drawn = rng.choice(["card", "cash", "transfer"], len(frame))
        frame[name] = drawn if how == "row" else frame.groupby(["id", "day"])[["amount"]].transform(lambda g, rng=rng: rng.integers(3))["amount"]
        frame[name] = frame[name].map({0: "card", 1: "cash", 2: "transfer"}) if how == "ticket" else frame[name]
    return frame


def orders(study: Study) -> float | None:
    return finding(study, EXPLORE, measure="orders").measures[0].value


def test_a_payment_told_row_by_row_makes_each_row_an_order(tmp_path: Path) -> None:
    study = bought(tmp_path / "w", tickets(1, 60, payment="row"))
    assert orders(study) == 180
    basket = finding(study, EXPLORE, measure="average_basket").measures[0]
    assert (basket.value, basket.n) == (pytest.approx(20.0), 180)
    assert study.row("SELECT SUM(orders), SUM(purchase_days) FROM customers") == (180, 120)


def test_cancelled_rows_are_counted_one_by_one(tmp_path: Path) -> None:
    lines = tickets(2, 60, payment="row").assign(status=["cancelled", "done", "done"] * 60)
    study = bought(tmp_path / "w", lines)
    gone = [{"field": "status", "operator": "=", "values": ["cancelled"]}]
    assert orders(study) == 120
    assert finding(study, EXPLORE, measure="orders", purchase_filter=gone).measures[0].value == 60


def test_lines_that_all_say_the_payment_of_their_ticket_stay_joined(tmp_path: Path) -> None:
    """Three payments in equal parts agree by chance once in three: sixty days out of sixty is one ticket each."""
    study = bought(tmp_path / "w", tickets(3, 60, payment="ticket"))
    assert orders(study) == 120


def test_a_number_of_its_own_makes_each_row_an_order_and_a_count_of_rows_does_not(tmp_path: Path) -> None:
    lines = tickets(4, 40)
    numbered = lines.assign(number=[f"K{7 * i:05d}" for i in range(len(lines))])
    assert orders(bought(tmp_path / "numbered", numbered)) == 120
    assert orders(bought(tmp_path / "counted", lines.assign(number=[float(i) for i in range(len(lines))]))) == 80
    assert orders(bought(tmp_path / "shared", lines.assign(number=lines["id"]))) == 80


def test_what_is_joined_by_day_is_said_beside_orders_and_baskets_only(tmp_path: Path) -> None:
    study = bought(tmp_path / "w", tickets(5, 40))
    many = [{"field": "orders", "operator": ">", "values": [1]}]
    for found in (
        finding(study, EXPLORE, measure="orders"), finding(study, EXPLORE, measure="average_basket"),
        finding(study, EXPLORE, measure="customers", segment=many), finding(study, MONEY),
    ):  # fmt: skip
        said = [c.render("fr") for c in found.caveats]
        assert any("le même jour comptent pour une seule commande\u00a0: 120 lignes en font 80" in words for words in said), found.claim
    assert not any("order" in c.render("en") for c in finding(study, EXPLORE, measure="amount").caveats)


def test_nothing_is_said_where_orders_have_numbers_or_no_day_has_two_lines(tmp_path: Path) -> None:
    lines = tickets(6, 40)
    named = lines.assign(order=[f"O{i // 2}" for i in range(len(lines))])
    alone = lines.drop_duplicates(["id", "day"])
    for name, frame in (("named", named), ("alone", alone)):
        assert not finding(bought(tmp_path / name, frame), EXPLORE, measure="orders").caveats


def test_the_public_shop_counts_its_rows(tmp_path: Path) -> None:
    """20,000 rows, each with its status and its payment: 13,432 completed, 6,568 cancelled (pandas)."""
    study = real(tmp_path / "w", "electronics_sales", "electronic_sales.csv")
    gone = [{"field": "Order Status", "operator": "=", "values": ["Cancelled"]}]
    assert orders(study) == 13_432
    assert finding(study, EXPLORE, measure="orders", purchase_filter=gone).measures[0].value == 6_568
    basket = finding(study, EXPLORE, measure="average_basket").measures[0]
    assert (basket.value, basket.n) == (pytest.approx(3173.7355, abs=1e-3), 13_432)


def test_the_public_disc_shop_joins_by_day_and_says_so(tmp_path: Path) -> None:
    """69,659 lines on 67,591 days of a customer (pandas); the sample's second number is the customer's, not the row's."""
    found = finding(real(tmp_path / "w", "cdnow", "CDNOW_master.txt"), EXPLORE, measure="orders")
    assert found.measures[0].value == 67_591
    assert "69,659 lines make 67,591" in found.caveats[0].render("en")
    sample = real(tmp_path / "s", "cdnow", "CDNOW_sample.txt")
    assert orders(sample) == sample.row("SELECT COUNT(*) FROM (SELECT DISTINCT customer_key, day FROM purchases)")[0]
