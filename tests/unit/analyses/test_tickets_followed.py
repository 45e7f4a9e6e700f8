"""A fault, a complaint that drives away is found month by month, or order by order; a notice to leave, or a plan that has more of both, is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analytics.customers.header_timing import names_what_went_wrong, timing_of_ticket
from analytics.customers.tickets import EVERY_TICKET
from analytics.datamodel.attributes import Timing
from tests.unit.analyses.test_churn_drivers import drivers_of
from tests.unit.analyses.test_lived_moments import again, named, told

_FIRST, _MONTHS = pd.Timestamp("2024-06-01"), 27


def _lifts(
    seed: int, *, fault: float = 1.0, unsolved: float = 1.0, worn: bool = False, notice: str | None = None, topic: bool = True
) -> dict[str, pd.DataFrame]:
    """Buildings whose lifts are maintained under contract, and the calls they made.

    Truth: for three months after a breakdown (or a call left without an answer) the monthly hazard is so many times higher. Decoys: with
    `worn`, the "Basic" contract is left more and breaks down more, and calls do nothing; with `notice`, most of those who leave wrote so,
    under that topic, a few weeks before.
    """
    rng = np.random.default_rng(seed)
    buildings, calls = [], []
    for i in range(1500):
        begun, contract, city = int(rng.integers(0, _MONTHS - 1)), rng.choice(["Basic", "Full", "Gold"], p=[0.5, 0.3, 0.2]), rng.choice(["Lyon", "Nice", "Metz"])
        hazard, rate = (0.04, 0.25) if worn and contract == "Basic" else (0.012, 0.10)
        hits: list[tuple[int, float]] = []
        left = None
        for month in range(begun, _MONTHS):
            for _ in range(rng.poisson(rate)):
                kind, solved = rng.choice(["Breakdown", "Billing", "Advice"], p=[0.4, 0.3, 0.3]), rng.random() < 0.7
                day = _FIRST + pd.DateOffset(months=month) + pd.Timedelta(days=int(rng.integers(0, 27)))
                calls.append((f"B{i:05d}", day, kind, solved, rng.choice(["High", "Low", "Medium"])))
                hits.append((month, (fault if kind == "Breakdown" else 1.0) * (1.0 if solved else unsolved)))
            times = max([times for when, times in hits if month - 3 < when <= month], default=1.0)
            if month > begun and rng.random() < hazard * times:
                left = _FIRST + pd.DateOffset(months=month + 1) + pd.Timedelta(days=int(rng.integers(0, 27)))
                if notice and rng.random() < 0.6:
                    calls.append((f"B{i:05d}", left - pd.Timedelta(days=int(rng.integers(8, 45))), notice, True, "Medium"))
                break
        buildings.append((f"B{i:05d}", _FIRST + pd.DateOffset(months=begun), left, contract, city))
    told = pd.DataFrame(calls, columns=["client_no", "called_on", "topic", "solved", "urgency"]).sort_values("called_on")
    told["solved"] = told["solved"].map({True: "yes", False: "no"})
    told.insert(0, "call_no", [f"T{n:06d}" for n in range(len(told))])
    sites = pd.DataFrame(buildings, columns=["client_no", "contract_start", "contract_end", "contract", "city"])
    return {"sites": sites, "support_tickets": told if topic else told.drop(columns=["topic", "solved"])}


def causes(folder: Path, tables: dict[str, pd.DataFrame]) -> dict[str, dict[str, Any]]:
    items, _ = drivers_of(folder, **tables)
    return {name: item for name, item in items.items() if name in named(items)}


@pytest.mark.parametrize("seed", [1, again(2)])
def test_a_fault_that_drives_away_in_its_season_is_found(tmp_path: Path, seed: int) -> None:
    (found,) = causes(tmp_path, _lifts(seed, fault=4.0)).values()
    assert found["touched"].render("en").startswith("“Breakdown” (number in three months)")
    assert found["source_columns"] == ["topic"] and found["kind"].value == "cause" and found["counted_in"] == "months"
    assert found["low"] < 4.0 < found["high"]


@pytest.mark.slow
def test_each_kind_of_ticket_asked_about_is_answered_for_itself(tmp_path: Path) -> None:
    """One kind of the column is a cause: another asked about is not, and « the incidents » are, by that kind."""
    asked = (("topic", "Breakdown"), ("topic", "Advice"), (EVERY_TICKET, None))
    breakdown, advice, every = told(tmp_path, _lifts(1, fault=4.0), *asked)
    assert breakdown.startswith("Yes, your data say so: “Breakdown”") and every.startswith("Yes, your data say so: “Breakdown”")
    assert not advice.startswith("Yes") and "“Advice”" in advice.split("Breakdown")[0]


def test_a_call_left_without_an_answer_is_found(tmp_path: Path) -> None:
    (found,) = causes(tmp_path, _lifts(5, unsolved=6.0)).values()
    assert "left unresolved (number in three months)" in found["touched"].render("en") and found["source_columns"] == ["solved"]


@pytest.mark.parametrize("seed", [4, again(5)])
def test_calls_that_do_nothing_are_not_named(tmp_path: Path, seed: int) -> None:
    assert causes(tmp_path, _lifts(seed)) == {}


@pytest.mark.parametrize("seed", [again(6), again(7)])
def test_a_contract_that_breaks_down_more_and_is_left_more_makes_no_cause_of_its_calls(tmp_path: Path, seed: int) -> None:
    assert [item["source_columns"] for item in causes(tmp_path, _lifts(seed, worn=True)).values()] == [["contract"]]


def test_a_notice_to_leave_is_no_cause(tmp_path: Path) -> None:
    assert causes(tmp_path, _lifts(8, notice="Request to terminate")) == {}


@pytest.mark.slow
def test_calls_that_do_not_say_what_was_asked_are_linked_and_no_cause(tmp_path: Path) -> None:
    assert {item["kind"].value for item in causes(tmp_path, _lifts(9, notice="Advice", topic=False)).values()} == {"unclear"}


def test_what_a_ticket_says_is_lived_or_a_departure_already_or_leaves_the_doubt() -> None:
    lived, leaving, unsure = Timing.DURING, Timing.WARNING, Timing.UNKNOWN
    topics = {
        "Panne": lived, "Facturation": lived, "Livraison en retard": lived, "Annulation de séance": lived, "Bug": lived, "Wrong item": lived,
        "Demande de résiliation": leaving, "Cancellation": leaving, "Fermeture du compte": leaving, "Préavis": leaving, "Moving house": leaving,
        "Export de données": leaving, "Downgrade": leaving, "Pause request": leaving, "Non-renouvellement": leaving, "Solde de tout compte": leaving,
        "Question": unsure, "Autre": unsure, "Account": unsure, "Demande": unsure, "General enquiry": unsure, "Contract": unsure, "Caution": unsure,
        "Report export fails": lived, "Bank transfer": lived,
    }  # fmt: skip
    assert {topic: timing_of_ticket(topic, topic=True) for topic in topics} == topics
    assert timing_of_ticket("Haute", topic=False) is unsure and timing_of_ticket("Phone", topic=False) is unsure
    assert timing_of_ticket("Breakdown", topic=False) is lived
    assert names_what_went_wrong("reclamations_2026.csv") and names_what_went_wrong("Outages.csv") and not names_what_went_wrong("support.csv")


def _bakery(seed: int, *, acts: bool) -> dict[str, pd.DataFrame]:
    """A bakery that delivers. Truth: an order complained of within two weeks is the last one in three cases of ten, another in one of ten.

    Decoy: customers also ask for the opening hours, whenever it is, those who have left too: longer, since they order no more.
    """
    rng = np.random.default_rng(seed)
    first, span = pd.Timestamp("2024-04-01"), 880
    orders: list[tuple[str, str, int, float]] = []
    letters: list[tuple[str, int, str]] = []
    for i in range(1300):
        day, pace = int(rng.integers(0, span - 40)), rng.gamma(4, 9) + 10
        letters += [(f"K{i:04d}", int(when), "Opening hours") for when in rng.integers(day, span, rng.poisson((span - day) / 300))]
        while day < span:
            orders.append((f"O{len(orders):06d}", f"K{i:04d}", day, round(float(rng.gamma(3, 15)) + 5, 2)))
            bad = rng.random() < 0.12
            if bad:
                letters.append((f"K{i:04d}", day + int(rng.integers(1, 12)), str(rng.choice(["Crushed", "Wrong item"]))))
            if rng.random() < (0.3 if bad and acts else 0.1):
                break
            day += max(2, int(rng.gamma(3, pace / 3)))
    written = pd.DataFrame([one for one in letters if one[1] < span], columns=["customer_no", "written_on", "topic"])
    written["written_on"] = first + pd.to_timedelta(written["written_on"], "D")
    written.insert(0, "ticket_no", [f"T{n:05d}" for n in range(len(written))])
    bought = pd.DataFrame(orders, columns=["order_no", "customer_no", "ordered_on", "amount"])
    bought["ordered_on"] = first + pd.to_timedelta(bought["ordered_on"], "D")
    return {"orders": bought, "support_tickets": written}


@pytest.mark.parametrize("seed", [21, again(22)])
def test_a_complaint_after_which_no_order_comes_is_found(tmp_path: Path, seed: int) -> None:
    found = causes(tmp_path, _bakery(seed, acts=True))
    assert found and all(item["kind"].value == "cause" and item["counted_in"] == "orders" for item in found.values())
    assert not any("Opening hours" in item["touched"].render("en") for item in found.values())
    first = next(iter(found.values()))
    assert "in the month after the last order" in first["touched"].render("en")
    assert first["lost_rate"] > 1.7 * first["lost_rate_others"]


@pytest.mark.parametrize("seed", [23, again(24)])
def test_letters_that_go_on_after_the_last_order_are_no_cause(tmp_path: Path, seed: int) -> None:
    assert causes(tmp_path, _bakery(seed, acts=False)) == {}
