"""Jobs that are opened and closed are no sales; prices kept in cents; the day of an exit survey; suspects judged one pattern at a time."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from analytics.datamodel.model import Choice
from analytics.datamodel.roles import Role, TableKind
from tests.unit.datamodel.test_references import day, role, understood

Row = Sequence[object]


def berths(rng: random.Random) -> list[Row]:
    return [[f"B{n:04d}", f"Skipper {n}", day(n * 2), rng.choice(["North", "South"])] for n in range(150)]


def test_job_sheets_are_no_sales_and_the_payments_beside_them_are(tmp_path: Path) -> None:
    """A marina lists what its boatmen were called for, opened and closed, without a price; berth fees are paid one by one."""
    rng = random.Random(11)
    jobs, paid = [], []
    for n in range(320):
        opened, done = rng.randrange(900), rng.random() < 0.7
        jobs.append([n + 1, f"B{rng.randrange(150):04d}", day(opened), rng.choice(["Pump", "Mooring", "Power"]), "Yes" if done else "No", day(opened + 4) if done else ""])
    for n in range(2600):
        paid.append([7000 + n, f"B{n % 150:04d}", day(n // 150 * 30 + n % 28), rng.choice(["Berth", "Electricity"]), round(rng.uniform(40, 320), 2)])
    model = understood(tmp_path, {
        "berth holders.csv": (["Holder ID", "Name", "Joined", "Basin"], berths(rng)),
        "Repair Orders.csv": (["RO #", "Holder ID", "Opened", "Category", "Resolved", "Closed"], jobs),
        "Payments received.csv": (["Receipt #", "Holder ID", "Posted", "Type", "Amount"], paid),
    })  # fmt: skip
    kinds = {reading.file: reading.kind for reading in model.readings}
    assert kinds["Repair Orders.csv"] is TableKind.TICKETS
    assert kinds["Payments received.csv"] is TableKind.TRANSACTIONS
    assert role(model, "Payments received.csv", "Posted") is Role.PURCHASE_DATE


def plans(rng: random.Random, times: float) -> dict[str, tuple[Row, list[Row]]]:
    """Allotments let by the month, and what their tenants were invoiced, tax on top; the price is `times` what it is."""
    price = {n: rng.choice([1499, 2299, 3750]) for n in range(90)}
    lets = [[f"A{n:03d}", f"HOLD{n:03d}", "Plot", round(price[n] * times / 100, 2) if times < 100 else price[n], day(n * 3), "active"] for n in range(90)]
    bills = [[f"I{n:05d}", f"HOLD{n % 90:03d}", day(n // 90 * 30 + 3), round(price[n % 90] * 1.2 / 100, 2)] for n in range(900)]
    return {
        "subscriptions.csv": (["id", "Customer ID", "Plan", "Amount", "Start date", "Status"], lets),
        "invoices.csv": (["id", "Customer ID", "Invoice date", "Amount Paid"], bills),
    }


@pytest.mark.parametrize(("times", "found"), [(100, True), (1, False)])
def test_a_price_in_cents_beside_bills_in_units_is_brought_back(tmp_path: Path, times: float, found: bool) -> None:
    model = understood(tmp_path, plans(random.Random(12), times))
    cents = [check for check in model.health if check.check == "outlier_amounts" and check.column == "Amount"]
    assert bool(cents) is found
    assert all(check.default is Choice.APPLY and check.remedy for check in cents)


def test_the_day_of_an_exit_survey_is_not_the_departure(tmp_path: Path) -> None:
    """The choir asks those who leave why, nine days later; the day they left is with what they pay."""
    rng, people, pays = random.Random(13), [], []
    for n in range(240):
        joined = date(2022, 1, 1) + timedelta(days=rng.randrange(600))
        left = joined + timedelta(days=rng.randrange(60, 500)) if rng.random() < 0.3 else None
        people.append([f"M{n:04d}", f"Singer {n}", joined, left + timedelta(days=9) if left else ""])
        pays.append([f"S{n:04d}", f"M{n:04d}", "Alto", 12.5, joined, left or "", "ended" if left else "running"])
    model = understood(tmp_path, {
        "choir members.csv": (["Member No", "Name", "Create Date", "Exit survey date"], people),
        "subscriptions.csv": (["id", "Member No", "Plan", "Monthly fee", "Started", "Cancelled on", "Status"], pays),
    })  # fmt: skip
    assert role(model, "subscriptions.csv", "Cancelled on") is Role.END_DATE
    assert role(model, "choir members.csv", "Exit survey date") is not Role.END_DATE


def test_suspects_are_judged_one_pattern_at_a_time(tmp_path: Path) -> None:
    """A provider of mailboxes that half the members use does not hide the trial accounts of the front desk."""
    rng = random.Random(14)
    people = [[f"C{n:04d}", f"Ann{n}", "Reed", f"ann{n}@{rng.choice(['cox.net', 'gmail.com', 'yahoo.com'])}", day(n)] for n in range(400)]
    desk = [[f"D{n:04d}", "FRONT", "TEST", f"test{n}@kiteclub.com", day(n)] for n in range(20)]
    model = understood(tmp_path, {"members.csv": (["Member ID", "First Name", "Last Name", "Email", "Joined"], [*people, *desk])})
    assert [check.count for check in model.health if check.check == "test_accounts"] == [20]


def test_numbered_demonstrations_are_told(tmp_path: Path) -> None:
    rng = random.Random(15)
    firms = [[f"F{n:04d}", f"{rng.choice(['Ridge', 'Vale', 'Dock'])} Joinery {n} Ltd", day(n)] for n in range(200)]
    shown = [[f"X{n:04d}", f"Planwise Demo {n}", day(n)] for n in range(9)]
    model = understood(tmp_path, {"clients.csv": (["Client ID", "Company name", "Created"], [*firms, *shown])})
    assert [check.count for check in model.health if check.check == "test_accounts"] == [9]
