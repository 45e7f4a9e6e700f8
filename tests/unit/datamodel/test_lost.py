"""Who counts as lost: labels, contract ends, rhythm; and what must never be taken for a departure."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from analytics.datamodel.health.context import HealthCode
from analytics.datamodel.model import Corrections, LostBasis
from analytics.datamodel.roles import Role
from analytics.datamodel.statuses import means_gone
from tests.unit.analyses.test_signs_of_life import opened
from tests.unit.datamodel.worlds import Row, model_of, shop, subscribers


def _labelled(name: str, stayed: str, gone: str) -> list[Row]:
    return [
        {"customer_id": f"C{n:04d}", "tenure_months": n % 60, name: gone if n % 4 == 0 else stayed} for n in range(200)
    ]


@pytest.mark.parametrize(
    ("header", "stayed", "gone"),
    [
        ("Churn", "No", "Yes"), ("Résilié", "Non", "Oui"), ("exited", "0", "1"), ("churn_flag", "False", "True"),
        ("Attrition_Flag", "Existing Customer", "Attrited Customer"), ("Customer Status", "Stayed", "Churned"),
        ("statut_client", "Actif", "Résilié"), ("account_status", "active", "cancelled"), ("Statut", "Client actif", "Parti"),
    ],
)  # fmt: skip
def test_labels_are_read_as_written(header: str, stayed: str, gone: str) -> None:
    """The values that mean lost are given as they stand in the file."""
    lost = model_of({"customers.csv": _labelled(header, stayed, gone)}).lost
    assert (lost.basis, lost.column, lost.lost_values) == (LostBasis.LABEL, header, (gone,))


def test_an_active_flag_means_lost_when_it_says_no() -> None:
    """The direction of the flag is read from its header."""
    lost = model_of({"customers.csv": _labelled("is_active", "Yes", "No")}).lost
    assert (lost.basis, lost.lost_values) == (LostBasis.LABEL, ("No",))


@pytest.mark.parametrize(
    ("value", "gone"),
    [("Not churned", False), ("non résilié", False), ("inactive", True), ("inactif", True), ("en cours", False),
     ("Premium", None), ("fermé", True)],
)  # fmt: skip
def test_words_of_departure(value: str, gone: bool | None) -> None:
    """Words that say gone, still here, or nothing."""
    assert means_gone(value) is gone


def test_contract_end_without_a_label() -> None:
    """Subscriptions with an end define the departure by the end."""
    rows: list[Row] = [{
        "subscription_id": f"S{n}", "customer_id": f"C{n}", "plan": "Pro" if n % 2 else "Basic",
        "start_date": date(2023, 1, 1) + timedelta(days=n), "end_date": date(2025, 2, 1) if n % 4 == 0 else None,
    } for n in range(200)]  # fmt: skip
    lost = model_of({"subscriptions.csv": rows}).lost
    assert (lost.basis, lost.column) == (LostBasis.CONTRACT_END, "end_date")


def test_an_order_status_is_no_departure() -> None:
    """Cancelled orders do not say who left."""
    files = shop(1)
    for number, row in enumerate(files["achats.csv"]):
        row["statut_commande"] = "Annulée" if number % 9 == 0 else "Livrée"
    assert model_of(files).lost.basis is LostBasis.RHYTHM


def test_a_campaign_outcome_is_no_label() -> None:
    """Buying after a coupon is an outcome, not a departure (the Artea case)."""
    rng = random.Random(1)
    rows: list[Row] = [
        {"id": 6000 + n, "trans_after": int(rng.random() < 0.13), "revenue_after": 0.0 if n % 8 else 45.5,
         "test_coupon": n % 2, "channel_acq": 1 + n % 5, "num_past_purch": n % 7} for n in range(400)
    ]  # fmt: skip
    lost = model_of({"ab_test.csv": rows}).lost
    assert lost.basis is LostBasis.NONE
    assert lost.evidence.render("fr")


def test_one_off_buyers_have_no_rhythm() -> None:
    """When nearly everyone buys once there is no rhythm to learn: the manager is asked, nothing is invented."""
    rows: list[Row] = [
        {"order_id": f"O{n}", "customer_id": f"C{n}", "order_date": date(2024, 1, 1) + timedelta(days=n % 600), "total": 20.0 + n}
        for n in range(500)
    ]  # fmt: skip
    assert model_of({"orders.csv": rows}).lost.basis is LostBasis.NONE


def test_regular_buyers_are_not_lost_for_being_late() -> None:
    """Customers who buy every thirty days, some of whom leave: the threshold is above one cycle, under four."""
    rng = random.Random(3)
    rows: list[Row] = []
    for n in range(150):
        day = date(2022, 1, 1) + timedelta(days=n % 30)
        until = day + timedelta(days=rng.randrange(200, 2500))
        while day <= min(until, date(2025, 10, 31)):
            rows.append({"order_id": f"O{len(rows)}", "customer_id": f"C{n}", "order_date": day, "total": 20.0 + n})
            day += timedelta(days=28 + rng.randrange(5))
    lost = model_of({"orders.csv": rows}).lost
    assert lost.basis is LostBasis.RHYTHM
    assert lost.days is not None and 33 <= lost.days <= 120


def _christmas(years: int, first_year: int) -> list[Row]:
    """Nobody leaves; half buy every month, half only in November and December (threats.md, section 5, seasonality)."""
    rng = random.Random(7)
    rows: list[Row] = []
    for n in range(300):
        for year in range(first_year, first_year + years):
            months = range(1, 13) if n % 2 else [rng.choice([11, 12])]
            for month in months:
                day = date(year, month, rng.randrange(1, 28))
                rows.append({"order_id": f"O{len(rows)}", "customer_id": f"C{n}", "order_date": day, "total": 30.0})
    return rows


@pytest.mark.parametrize("as_of", [date(2025, 1, 5), date(2025, 4, 30), date(2025, 10, 31)])
@pytest.mark.parametrize("first_year", [2022, 2023, 2024])
def test_christmas_buyers_are_not_lost(first_year: int, as_of: date) -> None:
    """Whatever the season of the diagnosis and with one, two or three Christmases seen, silence since Christmas is normal."""
    rows = [row for row in _christmas(2026 - first_year, first_year) if row["order_date"] <= as_of]  # type: ignore[operator]
    lost = model_of({"orders.csv": rows}, Corrections(as_of=as_of)).lost
    assert lost.basis is LostBasis.RHYTHM and lost.days is not None
    last: dict[object, date] = {}
    for row in rows:
        day = row["order_date"]
        assert isinstance(day, date)
        last[row["customer_id"]] = max(day, last.get(row["customer_id"], date.min))
    called = sum((as_of - day).days > lost.days for day in last.values()) / len(last)
    assert called <= 0.05, (lost.days, called)


def _half_at_christmas(start: date, until: date) -> list[Row]:
    """Nobody leaves; half buy about every two months, half in November and December only."""
    rng = random.Random(11)
    rows: list[Row] = []
    for n in range(300):
        if n % 2:
            day = start + timedelta(days=rng.randrange(60))
            while day <= until:
                rows.append({"order_id": f"O{len(rows)}", "customer_id": f"C{n}", "order_date": day, "total": 30.0})
                day += timedelta(days=1 + round(rng.gammavariate(2, 30)))
            continue
        for year in (2022, 2023, 2024):
            day = date(year, 11, 5) + timedelta(days=rng.randrange(48))
            if start <= day <= until:
                rows.append({"order_id": f"O{len(rows)}", "customer_id": f"C{n}", "order_date": day, "total": 30.0})
    return rows


@pytest.mark.parametrize("start", [date(2022, 10, 1), date(2023, 10, 1), date(2024, 10, 1), date(2024, 11, 1)])
@pytest.mark.parametrize("until", [date(2025, 3, 31), date(2025, 6, 30), date(2025, 10, 31)])
def test_half_buy_at_christmas_only_and_silence_since_january_is_no_departure(start: date, until: date) -> None:
    """From one Christmas to three, at the start of the file or not: at most one in twenty is called lost, or nobody is."""
    rows = _half_at_christmas(start, until)
    lost = model_of({"orders.csv": rows}, Corrections(as_of=until)).lost
    if lost.basis is LostBasis.NONE:
        assert (until - start).days < 365
        return
    assert lost.basis is LostBasis.RHYTHM and lost.days is not None
    last = {row["customer_id"]: row["order_date"] for row in rows}
    called = sum((until - day).days > lost.days for day in last.values()) / len(last)  # type: ignore[operator]
    assert called <= 0.05, (lost.days, called)


def test_a_short_history_of_frequent_buyers_still_has_a_rhythm() -> None:
    """Five months of weekly buyers tell their rhythm; two months of buyers every two months do not."""
    def orders(every: int, until: date) -> list[Row]:
        rng = random.Random(2)
        rows: list[Row] = []
        for n in range(200):
            day = date(2025, 1, 1) + timedelta(days=rng.randrange(every))
            while day <= until:
                rows.append({"order_id": f"O{len(rows)}", "customer_id": f"C{n}", "order_date": day, "total": 9.0})
                day += timedelta(days=1 + round(rng.gammavariate(2, every / 2)))
        return rows

    weekly = model_of({"orders.csv": orders(7, date(2025, 5, 31))}).lost
    assert weekly.basis is LostBasis.RHYTHM and weekly.days is not None and weekly.days < 60
    short = model_of({"orders.csv": orders(60, date(2025, 3, 10))}).lost
    assert short.basis is LostBasis.NONE


def test_a_label_beats_rhythm_and_days_beat_all() -> None:
    """The order of definitions: the manager, the label, the end, the rhythm."""
    files = {**subscribers(1), "achats.csv": shop(1)["achats.csv"]}
    assert model_of(files).lost.basis is LostBasis.LABEL
    assert model_of(files, Corrections(lost_days=60)).lost.days == 60


def test_the_sentence_holds_its_numbers_as_estimates() -> None:
    """No digit is written in the template; the threshold has its interval and its n."""
    lost = model_of(shop(4)).lost
    estimates = {estimate.name: estimate for estimate in lost.evidence.estimates()}
    silence = estimates["silence"]
    assert silence.value == lost.days and silence.n and silence.value is not None
    assert silence.low is not None and silence.high is not None
    assert silence.low <= silence.value <= silence.high


def test_terms_agreed_in_advance_do_not_move_the_as_of_date() -> None:
    """Yearly subscriptions renewed row by row, extracted on 30 June: ends go a year further, and say nothing of who left.

    Departures written when they happen are another matter: they are dates like any other.
    """
    rng = random.Random(0)
    extracted, rows = date(2025, 6, 30), []
    for n in range(300):
        start = date(2021, 1, 1) + timedelta(days=rng.randrange(1_500))
        while start <= extracted:
            end = start.replace(year=start.year + 1) if (start.month, start.day) != (2, 29) else date(start.year + 1, 2, 28)
            rows.append({"subscription_id": f"S{len(rows)}", "customer_id": f"C{n}", "start_date": start, "end_date": end})
            if rng.random() < 0.3:
                break
            start = end
    model = model_of({"subscriptions.csv": rows})
    assert model.as_of == max(row["start_date"] for row in rows)
    left = [{**row, "end_date": row["start_date"] + timedelta(days=rng.randrange(30, 700))} for row in rows]
    seen = model_of({"subscriptions.csv": left}, Corrections(as_of=None))
    assert seen.as_of > extracted


def test_a_label_among_sales_is_called_so():
    """« Lapsed », the same on each gift of a donor, is the label the definition rests on, and no yes/no among others."""
    draw = random.Random(4)
    left = {f"S{n:03d}": draw.choice(["No", "No", "Yes"]) for n in range(60)}
    rows: list[Row] = []
    for number in range(300):
        donor = f"S{draw.randrange(60):03d}"
        rows.append({"Gift Ref": f"G{number:05d}", "Gift Date": date(2022, 1, 1) + timedelta(days=draw.randrange(700)), "Supporter ID": donor,
                     "Gift Amount": draw.choice([10, 20, 50]), "Lapsed": left[donor]})  # fmt: skip
    model = model_of({"gifts.csv": rows})
    assert model.lost.column == "Lapsed"
    assert next(binding.role for binding in model.bindings if binding.name == "Lapsed") is Role.CHURN_LABEL


@pytest.mark.parametrize(("replaced", "never"), [("Switched plan", "Not proceeded"), ("Changement de formule", "Sans suite"), ("Superseded", "Never started"), ("Remplacé", "Prospect")])
def test_a_contract_replaced_or_never_begun_is_neither_here_nor_gone(replaced: str, never: str, tmp_path: Path) -> None:
    """Another contract says whether that customer stays; whoever has no contract that began is no customer to count."""
    draw, rows = random.Random(5), list[Row]()
    for customer in range(240):
        begun, over = date(2023, 1, 1) + timedelta(days=draw.randrange(600)), None
        if customer % 4 == 1:
            over = begun + timedelta(days=200)
            rows.append({"Contract": f"K{customer:04d}A", "Account": f"A{customer:04d}", "Start Date": begun, "End Date": over, "Status": replaced, "Monthly Fee": 12.5})
        start = over or begun
        state = "Cancelled" if customer % 3 == 0 else never if customer % 10 == 1 else "Active"
        end = start + timedelta(days=90) if state == "Cancelled" else None
        if not (over and state == never):
            rows.append({"Contract": f"K{customer:04d}B", "Account": f"A{customer:04d}", "Start Date": start, "End Date": end, "Status": state, "Monthly Fee": 15})
    with opened(tmp_path, {"contracts.csv": rows}) as study:
        lost = study.model.lost
        assert (lost.basis, lost.column, lost.lost_values) == (LostBasis.LABEL, "Status", ("Cancelled",))
        assert never in lost.evidence.render("en") and replaced in lost.evidence.render("fr")
        left, here, unsaid = study.database.row("SELECT COUNT(*) FILTER (lost), COUNT(*) FILTER (NOT lost), COUNT(*) FILTER (lost IS NULL) FROM customers")
        last = {str(row["Account"]): row["Status"] for row in rows}
        told = list(last.values())
        assert (left, here, unsaid) == (told.count("Cancelled"), told.count("Active"), told.count(replaced))
        assert not [check for check in study.model.health if check.check == HealthCode.LABEL_CONTRADICTION]
        (monthly,) = study.database.row("SELECT SUM(monthly_amount) FROM customers WHERE NOT lost")
        assert monthly == 15 * told.count("Active")


@pytest.mark.parametrize(("gone", "here", "tried"), [("Resigned", "Member", "Trial lapsed"), ("Résilié", "Abonné", "Essai gratuit non transformé")])
def test_who_only_tried_has_not_left(gone: str, here: str, tried: str, tmp_path: Path) -> None:
    """A trial that came to nothing has no day of leaving: it is left aside, and the others' departures stay dated."""
    draw, rows = random.Random(8), list[Row]()
    for member in range(300):
        joined = date(2023, 1, 1) + timedelta(days=draw.randrange(700))
        state = tried if member % 6 == 0 else gone if member % 4 == 1 else here
        left = joined + timedelta(days=60 + draw.randrange(200)) if state == gone else None
        rows.append({"Member No": f"M{member:04d}", "Joined": joined, "Left On": left, "Status": state, "Monthly Dues": 25})
    with opened(tmp_path, {"gym_members.csv": rows}) as study:
        lost = study.model.lost
        assert (lost.column, lost.lost_values) == ("Status", (gone,))
        assert tried in lost.evidence.render("en")
        left, undated = study.database.row("SELECT COUNT(*) FILTER (lost), COUNT(*) FILTER (lost AND lost_on IS NULL) FROM customers")
        assert (left, undated) == (sum(row["Status"] == gone for row in rows), 0)
        assert not [check for check in study.model.health if check.check == HealthCode.LABEL_CONTRADICTION]
