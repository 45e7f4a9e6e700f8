"""What is asked of orders in words of their own: lines, days between two, first orders, failures, vouchers and refunds, sums with their sign."""

import random
from datetime import date, timedelta

import pytest

from tests.unit.embedded.talks import asked, converse, opened


@pytest.fixture(scope="module")
def florist(tmp_path_factory):
    """Orders of several lines, with a coupon and a refund told on each line."""
    draw, lines = random.Random(8), [["Order no", "Ordered on", "Customer no", "Bouquet", "Line amount", "Coupon off", "Refunded", "Outcome"]]
    for place in range(400):
        day, state = date(2024, 1, 1) + timedelta(days=draw.randrange(700)), draw.choice(["Delivered"] * 8 + ["Cancelled", "Declined"])
        for kind in draw.sample(["Roses", "Tulips", "Lilies"], draw.randint(1, 3)):
            price = draw.randint(10, 60)
            lines.append([f"F{place}", day.isoformat(), f"C{draw.randrange(90):03d}" if place % 2 else f"C{place % 90:03d}", kind, f"£{price}.00", f"£{draw.choice([0, 0, 2])}.00", f"£{price if draw.random() < 0.05 else 0}.00", state])
    yield from opened(tmp_path_factory, "florist", {"orders.csv": lines})


@pytest.fixture(scope="module")
def club(tmp_path_factory):
    """A club whose entries stand beside what its members pay."""
    draw = random.Random(3)
    people = [["Member", "Name", "Town"], *([f"M{n:03d}", f"Name{n}", draw.choice(["Leeds", "Bath"])] for n in range(80))]
    paid, entries = [["Payment", "Member", "Paid on", "Amount"]], [["Entry", "Member", "Entered on", "Door", "Guests"]]
    for place in range(500):
        day = date(2024, 1, 1) + timedelta(days=draw.randrange(700))
        paid.append([f"P{place}", f"M{draw.randrange(80):03d}", day.isoformat(), draw.randint(10, 40)])
        entries.append([f"E{place}", f"M{draw.randrange(80):03d}", day.isoformat(), draw.choice(["North", "South"]), draw.randint(0, 3)])
    yield from opened(tmp_path_factory, "club", {"members.csv": people, "payments.csv": paid, "walkins.csv": entries})


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("how many lines per order?", {"measure": "lines_per_order"}),
        ("combien de lignes par commande en moyenne ?", {"measure": "lines_per_order"}),
        ("average time between two orders", {"measure": "days_between_orders"}),
        ("délai moyen entre deux commandes", {"measure": "days_between_orders"}),
        ("how long between orders on average?", {"measure": "days_between_orders"}),
        ("average order value of first orders", {"measure": "average_basket", "purchase_filter": [{"field": "first_order", "operator": "=", "values": [True]}]}),
        ("panier moyen des premières commandes", {"measure": "average_basket", "purchase_filter": [{"field": "first_order", "operator": "=", "values": [True]}]}),
        ("failed orders", {"measure": "orders", "purchase_filter": [{"field": "Outcome", "operator": "=", "values": ["Declined"]}]}),
        ("how much did we refund in 2025?", {"measure": "sum", "column": "Refunded"}),
        ("combien avons-nous remboursé en 2025 ?", {"measure": "sum", "column": "Refunded"}),
        ("how much in coupons?", {"measure": "sum", "column": "Coupon off"}),
        ("what share of orders use a coupon?", {"measure": "promo_share"}),
        ("orders over £100", {"measure": "orders", "purchase_filter": [{"field": "order_amount", "operator": ">", "values": [100]}]}),
        ("refund rate by bouquet", {"measure": "share_records", "by": ["Bouquet"], "part": [{"field": "Refunded", "operator": ">", "values": [0]}]}),
    ],
)  # fmt: skip
def test_what_is_asked_of_orders(florist, question, wanted):
    found = asked(florist, question)
    assert {name: found.get(name) for name in wanted} == wanted


@pytest.mark.parametrize("question", ["how many customers bought both?", "combien de clients ont acheté les deux ?"])
def test_both_of_what_is_asked(florist, question):
    assert converse(florist, question)[-1].status == "clarify"


@pytest.mark.parametrize("question", ["how many customers bought in both 2024 and 2025?", "combien de clients ont acheté à la fois en 2024 et 2025 ?"])
def test_both_years_are_two_periods_of_the_same_customers(florist, question):
    found = asked(florist, question)
    assert (found["period"]["start"], found["also"]["start"]) == ("2024-01-01", "2025-01-01")


def test_both_of_two_named_is_read(florist):
    found = asked(florist, "how many customers bought both Roses and Tulips?")
    assert [held["values"] for held in found["segment"]] == [["Roses"], ["Tulips"]]


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("average guests per walk-in", {"measure": "mean", "column": "Guests", "table": "walkins.csv"}),
        ("guests per walk-in by door", {"measure": "mean", "column": "Guests", "table": "walkins.csv", "by": ["Door"]}),
        ("how many walk-ins in 2025?", {"measure": "records", "table": "walkins.csv"}),
    ],
)
def test_a_number_of_each_line_is_told_by_line(club, question, wanted):
    found = asked(club, question)
    assert {name: found.get(name) for name in wanted} == wanted
