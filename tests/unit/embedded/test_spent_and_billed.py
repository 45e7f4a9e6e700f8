"""A pest controller with yearly plans and a ledger of invoices: what was billed, spent, and billed month after month."""

import random
from collections import defaultdict
from datetime import date, timedelta

import pytest

from analytics.catalog import Runner
from tests.unit.embedded.talks import asked, opened

_draw = random.Random(11)
SITES = [["Client ref", "District", "Pays by"]]
PLANS = [["Plan no", "Client ref", "Start date", "End date", "Monthly fee"]]
LEDGER = [["Invoice no", "Invoice date", "Client ref", "Work", "Net", "VAT", "Total", "Status"]]
for _n in range(160):
    _ref, _began = f"S{_n:03d}", date(2023, 1, 1) + timedelta(days=_draw.randrange(400))
    _gone = _began + timedelta(days=_draw.randint(200, 500)) if _draw.random() < 0.3 else None
    SITES.append([_ref, _draw.choice(["Leith", "Morningside"]), _draw.choice(["Invoice", "Card"])])
    PLANS.append([f"P{_n:03d}", _ref, _began.isoformat(), _gone.isoformat() if _gone and _gone < date(2024, 12, 20) else "", _draw.choice([30, 45])])
    _day = _began
    while _day < date(2024, 12, 28):
        _net = _draw.choice([30, 45, 120])
        LEDGER.append([f"I{len(LEDGER):05d}", _day.isoformat(), _ref, _draw.choice(["Visit", "Call-out"]), _net, round(_net * 0.2, 2), round(_net * 1.2, 2), "Paid" if _draw.random() < 0.85 else "Overdue"])
        _day += timedelta(days=30)
OF_2024 = [row for row in LEDGER[1:] if row[1].startswith("2024")]


@pytest.fixture(scope="module")
def pests(tmp_path_factory):
    yield from opened(tmp_path_factory, "pests", {"clients.csv": SITES, "plans.csv": PLANS, "invoices.csv": LEDGER})


def _found(study, question):
    return Runner(study).run("explore", asked(study, question))


@pytest.mark.parametrize("question", ["Total invoiced in 2024?", "total billed in 2024", "How much did we invoice in 2024?", "combien a-t-on facturé en 2024 ?"])
def test_what_was_invoiced_is_no_way_to_pay_and_not_only_what_is_paid(pests, question):
    assert _found(pests, question).measures[0].value == pytest.approx(sum(row[6] for row in OF_2024))


def test_a_tax_that_was_billed_is_on_bills_paid_or_not(pests):
    assert _found(pests, "how much VAT did we bill in 2024").measures[0].value == pytest.approx(sum(row[5] for row in OF_2024))


def test_the_revenue_of_each_month_is_split_by_month(pests):
    months = defaultdict(float)
    for row in LEDGER[1:]:
        months[row[1][:7]] += row[6] if row[1] >= "2024-03" else 0
    found = _found(pests, "monthly revenue since March 2024")
    assert {str(row[0])[:7]: pytest.approx(row[1]) for row in found.table.rows} == {month: total for month, total in months.items() if total}


def test_who_spent_most_is_told_by_the_invoices_and_not_by_the_price_of_plans(pests):
    spent = defaultdict(float)
    for row in LEDGER[1:]:
        spent[row[2]] += row[6]
    best = sorted(spent.values(), reverse=True)[:5]
    assert [pytest.approx(row[1]) for row in _found(pests, "top 5 customers by spend").table.rows] == best
    assert _found(pests, "which customers spent the most?").table.rows[0][1] == pytest.approx(best[0])


def test_what_those_who_left_spent_is_theirs_alone(pests):
    gone = {row[1] for row in PLANS[1:] if row[3]}
    assert _found(pests, "total spend of lost customers").measures[0].value == pytest.approx(sum(row[6] for row in LEDGER[1:] if row[2] in gone))


@pytest.mark.parametrize(("question", "wanted"), [
    ("average basket", sum(row[6] for row in LEDGER[1:]) / (len(LEDGER) - 1)), ("panier moyen en 2024", sum(row[6] for row in OF_2024) / len(OF_2024)), ("largest basket", max(row[6] for row in LEDGER[1:])),
    ("how many orders in 2024", len(OF_2024)),
])  # fmt: skip
def test_a_basket_and_an_order_are_of_bills_where_plans_are_billed(pests, question, wanted):
    assert _found(pests, question).measures[0].value == pytest.approx(wanted)


@pytest.mark.parametrize("question", ["last purchase date", "date du dernier achat"])
def test_the_last_purchase_is_the_last_bill(pests, question):
    found = _found(pests, question)
    assert found.items[0]["last"] == date.fromisoformat(max(row[1] for row in LEDGER[1:]))
