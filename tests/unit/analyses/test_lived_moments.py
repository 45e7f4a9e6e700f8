"""What is lived at one order, one visit: found where it drives customers away, and not what only raises their exposure to it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analytics.catalog import Runner
from analytics.churn import churn_drivers
from analytics.customers.header_timing import timing_of_event
from analytics.datamodel.attributes import Timing
from analytics.explore.explore import ANALYSIS as EXPLORE
from analytics.importing import import_files, open_study
from analytics.workspace import Workspace
from tests.unit.analyses.relations import finding
from tests.unit.analyses.test_churn_drivers import TODAY, drivers_of
from vocabulary.finding import Finding


def again(*values: Any) -> Any:
    """Another draw of the same world, for `make slow`."""
    return pytest.param(*values, marks=pytest.mark.slow)


def _cyclists(seed: int, *, acts: bool, flag: bool = False) -> dict[str, pd.DataFrame]:
    """Subscribers to shared bicycles, and their attempts to take one.

    Truth: each attempt that found no bicycle in six months doubles the chance of leaving in the month, or nothing does. Decoys: the
    Daily plan tries more often, and the North station is empty more often; neither does anything by itself.
    """
    rng = np.random.default_rng(seed)
    first, span = pd.Timestamp("2024-10-01"), 24
    people, tries = [], []
    for i in range(1200):
        begun, daily, north = int(rng.integers(0, span - 1)), rng.random() < 0.4, rng.random() < 0.5
        empty: list[int] = []
        left = None
        for month in range(begun, span):
            for _ in range(rng.poisson(2.2 if daily else 1.0)):
                station = "North" if rng.random() < (0.8 if north else 0.2) else "South"
                nothing = rng.random() < (0.2 if station == "North" else 0.05)
                day = first + pd.DateOffset(months=month) + pd.Timedelta(days=int(rng.integers(1, 27)))
                tries.append((f"S{i:04d}", day, station, nothing))
                if nothing:
                    empty.append(month)
            recent = sum(month - 6 < one <= month for one in empty)
            if month > begun and rng.random() < 0.015 * (2.6 ** min(recent, 3) if acts else 2.0):
                left = first + pd.DateOffset(months=month) + pd.Timedelta(days=27)
                break
        joined = first + pd.DateOffset(months=begun)
        people.append((f"S{i:04d}", joined, left, "Daily" if daily else "Weekend", rng.choice(["Web", "Kiosk", "Friend"])))
    rides = pd.DataFrame(tries, columns=["subscriber_id", "ride_date", "station", "Result"])
    rides["Result"] = rides["Result"].map({True: "Y", False: "N"} if flag else {True: "No bike left", False: "Bike taken"})
    rides = rides.rename(columns={"Result": "No Bike Left"}) if flag else rides
    rides.insert(0, "ride_id", [f"R{n:06d}" for n in range(len(rides))])
    return {
        "subscribers": pd.DataFrame(people, columns=["subscriber_id", "joined", "cancelled_on", "plan", "how_acquired"]),
        "rides": rides,
    }  # fmt: skip


def named(items: dict[str, dict[str, Any]]) -> dict[str, tuple[str, list[str]]]:
    """What is told as anything but a warning sign: its kind, and the headers it comes from."""
    return {name: (item["kind"].value, item["source_columns"]) for name, item in items.items() if item["kind"].value != "symptom"}


@pytest.mark.parametrize(("seed", "flag"), [(1, False), again(2, True), again(3, False)])
def test_what_was_met_at_a_visit_is_found_and_not_what_exposes_to_it(tmp_path: Path, seed: int, flag: bool) -> None:
    items, _ = drivers_of(tmp_path, **_cyclists(seed, acts=True, flag=flag))
    found = named(items)
    header = "No Bike Left" if flag else "Result"
    assert list(found.values()) == [("cause", [header])]
    (item,) = [item for item in items.values() if item["kind"].value == "cause"]
    assert item["counted_in"] == "months" and item["low"] > 1.5 and item["customers"] < item["cases"]


@pytest.mark.parametrize("seed", [4, again(5)])
def test_what_was_met_at_a_visit_is_no_cause_where_nothing_is(tmp_path: Path, seed: int) -> None:
    items, _ = drivers_of(tmp_path, **_cyclists(seed, acts=False))
    assert named(items) == {}


def _parcels(seed: int, *, acts: bool) -> pd.DataFrame:
    """A pet-food shop's order lines. Truth: an order with a "Swapped" line is the last one in one case of four, another in one of ten.

    Decoys: the warehouse where lines are swapped, its slow parcels, a way to pay of newcomers, and promotions, which fall by chance.
    """
    rng = np.random.default_rng(seed)
    span, first, rows = 900, pd.Timestamp("2024-04-01"), []
    for i in range(900):
        day, north, pace = int(rng.integers(0, span - 40)), rng.random() < 0.4, rng.gamma(4, 9) + 10
        begun = day
        while day < span:
            depot = "Crewe" if rng.random() < (0.9 if north else 0.1) else "Luton"
            swapped = rng.random() < (0.3 if depot == "Crewe" else 0.06)
            promo, lines = rng.random() < 0.35, int(rng.integers(1, 4))
            hit = int(rng.integers(0, lines)) if swapped else -1
            for line in range(lines):
                price = round(float(rng.gamma(3, 8)) + 3, 2)
                rows.append({
                    "order_no": f"P{i:04d}-{day}", "ordered_on": (first + pd.Timedelta(days=day)).strftime("%d/%m/%Y"),
                    "customer_no": f"K{i:04d}", "product": rng.choice(["Kibble", "Litter", "Treats"]), "amount": price,
                    "promo_code": "SAVE10" if promo else "", "depot": depot, "delivery_days": int(rng.poisson(5 if depot == "Crewe" else 2)) + 1,
                    "paid_by": "Later" if begun > 600 and rng.random() < 0.4 else "Card", "Swapped": "Y" if line == hit else "N",
                })  # fmt: skip
            if rng.random() < (0.25 if swapped and acts else 0.1 if acts else 0.12):
                break
            day += max(2, int(rng.gamma(3, pace / 3)))
    return pd.DataFrame(rows)


@pytest.mark.parametrize("seed", [again(11), again(12), again(13)])
def test_a_flag_that_varies_between_orders_is_lived_and_judged_order_by_order(tmp_path: Path, seed: int) -> None:
    items, aside = drivers_of(tmp_path, orders=_parcels(seed, acts=True))
    assert {name: kind for name, (kind, _) in named(items).items()} == {"last_order: Swapped": "cause"}
    item = items["last_order: Swapped"]
    assert item["counted_in"] == "orders" and item["low"] < 3.0 < item["high"]  # odds of .25 against .1
    assert item["lost_rate"] > 1.8 * item["lost_rate_others"]
    assert aside["last_order: delivery_days"] == "no_effect"


@pytest.mark.parametrize("seed", [14, again(15)])
def test_no_flag_of_an_order_is_a_cause_where_none_is(tmp_path: Path, seed: int) -> None:
    """Nor the share bought on promotion, which is nothing or all for those who ordered once, and they leave more."""
    items, _ = drivers_of(tmp_path, orders=_parcels(seed, acts=False))
    assert named(items) == {}


def _cuts(seed: int, *, acts: bool) -> pd.DataFrame:
    """Visits to a hair salon. Truth: a cut by Kim makes one visit in four the last, against one in ten, or nobody does."""
    rng = np.random.default_rng(seed)
    span, first, rows = 900, pd.Timestamp("2024-04-01"), list[dict[str, Any]]()
    for i in range(900):
        day, usual = int(rng.integers(0, span - 40)), rng.choice(["Kim", "Lou", "Sam", "Ana"])
        while day < span:
            who = usual if rng.random() < 0.5 else rng.choice(["Kim", "Lou", "Sam", "Ana"])
            rows.append({
                "Visit no": f"V{len(rows):06d}", "Date": (first + pd.Timedelta(days=day)).strftime("%d/%m/%Y"), "Client no": f"K{i:04d}",
                "Service": rng.choice(["Cut", "Colour", "Blow-dry"]), "Stylist": who, "Price": round(float(rng.gamma(5, 9)) + 8, 2),
            })  # fmt: skip
            if rng.random() < (0.25 if who == "Kim" and acts else 0.1 if acts else 0.13):
                break
            day += max(5, int(rng.gamma(4, 12)))
    return pd.DataFrame(rows)


@pytest.mark.parametrize("seed", [41, again(42)])
def test_who_served_is_lived_visit_by_visit(tmp_path: Path, seed: int) -> None:
    items, _ = drivers_of(tmp_path, visits=_cuts(seed, acts=True))
    assert {name: kind for name, (kind, _) in named(items).items()} == {"last_order: Stylist": "cause"}
    item = items["last_order: Stylist"]
    assert item["counted_in"] == "orders" and item["low"] < 3.0 < item["high"]  # odds of .25 against .1


@pytest.mark.parametrize("seed", [43, again(44)])
def test_nobody_who_served_is_a_cause_where_none_is(tmp_path: Path, seed: int) -> None:
    items, _ = drivers_of(tmp_path, visits=_cuts(seed, acts=False))
    assert named(items) == {}


def test_of_who_served_only_the_one_asked_about_is_answered(tmp_path: Path) -> None:
    """Asked whether Lou is why they leave, « yes, Kim » would accuse Lou."""
    kim, lou = told(tmp_path, {"visits": _cuts(41, acts=True)}, ("Stylist", "Kim"), ("Stylist", "Lou"))
    assert kim.startswith("Yes, your data say so") and "Kim" in kim
    assert lou.startswith("No, not by your data") and "Stylist: Lou" in lou and "Kim" not in lou


def test_an_outcome_of_a_visit_is_lived_and_what_the_customer_dropped_is_not() -> None:
    lived, dropped, unsure, gone = Timing.DURING, Timing.WARNING, Timing.UNKNOWN, Timing.OUTCOME
    told = {
        ("Outcome", "Turned away"): lived, ("Turned Away", "yes"): lived, ("Motif", "Bassin fermé"): lived, ("Session type", "Yoga"): lived,
        ("Outcome", "No show"): dropped, ("Présence", "Absent"): dropped, ("Status", "Cancelled"): unsure, ("Résultat", "Annulé"): unsure,
        ("Statut", "Annulé par le salon"): lived, ("Status", "Cancelled by clinic"): lived, ("Statut", "Annulé par le client"): unsure, ("Status", "cancelled by guest"): unsure,
        ("Mouvement", "Remboursement d'heures"): Timing.WARNING, ("Entry", "Credit note"): Timing.WARNING,  # given to who leaves too
        ("Résultat", "Aucun vélo left"): lived, ("Churned", "yes"): gone,
    }  # fmt: skip
    assert {key: timing_of_event(*key) for key in told} == told


def _bouquets(seed: int, *, acts: bool) -> pd.DataFrame:
    """A florist's orders. Truth: one that comes four days late or more is the last in one case of four, another in one of ten.

    Decoy: the carrier that is late more often, which does nothing by itself.
    """
    rng = np.random.default_rng(seed)
    span, first, rows = 900, pd.Timestamp("2024-04-01"), []
    for i in range(900):
        day, pace = int(rng.integers(0, span - 40)), rng.gamma(4, 9) + 10
        while day < span:
            carrier = str(rng.choice(["Snail", "Hare"]))
            late = rng.random() < (0.35 if carrier == "Snail" else 0.08)
            placed = first + pd.Timedelta(days=day)
            come = placed + pd.Timedelta(days=int(rng.integers(4, 9)) if late else int(rng.integers(0, 4)))
            rows.append({
                "Order": f"B{i:04d}-{day}", "Ordered": placed.strftime("%d/%m/%Y"), "Delivered": come.strftime("%d/%m/%Y"), "Customer": f"F{i:04d}",
                "Bouquet": rng.choice(["Roses", "Tulips"]), "Price": round(float(rng.gamma(3, 8)) + 3, 2), "Carrier": carrier,
            })  # fmt: skip
            if rng.random() < (0.25 if late and acts else 0.1):
                break
            day += max(2, int(rng.gamma(3, pace / 3)))
    return pd.DataFrame(rows)


@pytest.mark.parametrize(("seed", "acts"), [(31, True), again(32, True), (33, False)])
def test_a_late_delivery_told_by_two_dates_is_found_and_not_the_carrier(tmp_path: Path, seed: int, acts: bool) -> None:
    items, _ = drivers_of(tmp_path, orders=_bouquets(seed, acts=acts))
    assert named(items) == ({"last_order: Delivered": ("cause", ["Delivered"])} if acts else {})


def test_late_deliveries_asked_about_are_the_cause_found(tmp_path: Path) -> None:
    (late,) = told(tmp_path, {"orders": _bouquets(31, acts=True)}, ("delivery_delay", None))
    assert late.startswith("Yes, your data say so: days from the last order to “Delivered”") and late.count("likely cause") == 1


@pytest.mark.slow
def test_one_value_of_visits_does_not_speak_for_its_column(tmp_path: Path) -> None:
    """A column asked about without a value: what is said is of the column, or of a cause among its values."""
    tables = _cyclists(1, acts=True)
    tables["rides"]["Weather"] = np.random.default_rng(7).choice(["Sun", "Rain", "Wind"], len(tables["rides"]))
    weather, rain = told(tmp_path, tables, ("Weather", None), ("Weather", "Rain"))
    assert weather.startswith("No, not by your data: no value of “Weather” stands out")
    assert "“Weather: Rain”" in rain


def told(folder: Path, tables: dict[str, pd.DataFrame], *factors: tuple[str, str | None]) -> list[str]:
    """What is said first of each factor asked about."""
    paths = [folder / f"{name}.csv" for name in tables]
    for path, frame in zip(paths, tables.values(), strict=True):
        frame.to_csv(path, index=False)
    workspace = Workspace(folder / "asked")
    import_files(workspace, paths, today=TODAY)
    study = open_study(workspace)
    try:
        found = [Runner(study, [churn_drivers.ANALYSIS]).run("churn_drivers", {"factor": factor, "value": value}) for factor, value in factors]
        said = []
        for one in found:
            assert isinstance(one, Finding), one
            said.append(one.claim.render("en"))
        return said
    finally:
        study.database.close()


@pytest.mark.slow
def test_each_factor_asked_about_is_told_first(tmp_path: Path) -> None:
    """A cause, a decoy that the cause explains, one with no gap at all, and one that is not in the files."""
    asked = (("Swapped", None), ("depot", "Crewe"), ("delivery_days", None), ("paid_by", "Later"), ("weather", None))
    cause, depot, slow, later, unknown = told(tmp_path, {"orders": _parcels(11, acts=True)}, *asked)
    assert cause.startswith("Yes, your data say so: “Swapped”") and "orders" in cause and cause.count("likely cause") == 1
    assert depot.startswith("No, not by itself") and "“Swapped”" in depot
    assert slow.startswith("No, ") and later.startswith("No, not by your data") and unknown.startswith("I cannot tell")


@pytest.mark.slow
def test_a_plan_that_only_exposes_to_the_cause_is_told_so(tmp_path: Path) -> None:
    result, plan, station = told(tmp_path, _cyclists(1, acts=True), ("Result", None), ("plan", "Daily"), ("station", "North"))
    assert result.startswith("Yes, your data say so")
    assert plan.startswith("No, not by itself") and "they meet the cause found more often" in plan
    assert station.startswith("No, not by itself")


def test_who_left_by_what_orders_say_is_of_the_last_order_and_counts_each_once(tmp_path: Path) -> None:
    """Who was ever sent both would stand in both groups, and those with more orders in each."""
    orders = _parcels(11, acts=True)
    orders.to_csv(tmp_path / "orders.csv", index=False)
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, [tmp_path / "orders.csv"], today=TODAY)
    study = open_study(workspace)
    try:
        for by in ("Swapped", "store"):
            found = finding(study, EXPLORE, measure="lost_rate", by=[by])
            assert sum(item["n"] for item in found.items) == orders["customer_no"].nunique()
            assert any("the groups do not overlap" in caveat.render("en") for caveat in found.caveats)
    finally:
        study.database.close()
    orders["day"] = pd.to_datetime(orders["ordered_on"], format="%d/%m/%Y")
    last = orders[orders["day"] == orders.groupby("customer_no")["day"].transform("max")]
    swapped = last.groupby("customer_no")["Swapped"].apply(lambda said: (said == "Y").any())
    found_n = {str(item["Swapped"]): item["n"] for item in finding(open_study(workspace), EXPLORE, measure="lost_rate", by=["Swapped"]).items}
    assert sorted(found_n.values()) == sorted([int(swapped.sum()), int((~swapped).sum())])
