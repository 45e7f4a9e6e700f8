"""What the search for drivers returns."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from analytics.statistics.arrays import Bools
from analytics.statistics.intervals import Interval
from vocabulary.finding import DriverKind, SetAside


class Refusal(StrEnum):
    """Why no driver can be named at all."""

    TOO_FEW_CUSTOMERS = "too_few_customers"  # fewer than 30 lost or 30 kept, and few altogether
    TOO_FEW_EVENTS = "too_few_events"  # fewer than 10 departures (or survivors) for one factor
    ONE_OUTCOME = "one_outcome"  # everybody left, or nobody did
    LEAKING = "leaking"  # what remains still foretells the outcome too well to be true


@dataclass(frozen=True, slots=True)
class Driver:
    """A column that goes with departures once the others are accounted for.

    Args:
        feature: the column that speaks for its twins.
        columns: all the columns merged into it, `feature` first.
        kind: what the caller said it is; it turns UNCLEAR when another column bound to it does nearly as
            well in its place, or when an unclear column explains it away (both then stand in `confused_with`).
        levels: the categories at risk (None inside stands for a missing value); None for a number.
        threshold, side: for a number, at risk when `x >= threshold` ("above") or `x < threshold` ("below").
        customers: how many are at risk, that is touched.
        lost_rate, lost_rate_others: share lost among the touched and among the others, as they stand in the data.
        adjusted_effect: odds ratio, touched against others, the other drivers held equal.
        difference: average change of the probability of leaving when touched (g-computation), -1..1.
        explained_departures: departures among the touched that would not have happened at the others' risk.
        p_value: of the adjusted effect, corrected for all the columns tried (Holm).
        stability: share of half-samples in which the effect keeps its sign and stays away from none.
        confused_with: other columns so bound to it that the data can hardly tell them apart.
        reverses_in: other drivers within whose levels its effect changes sign in places.
        touched: one flag a customer, rows in the caller's order.
    """

    feature: str
    columns: tuple[str, ...]
    kind: DriverKind
    levels: tuple[str | None, ...] | None
    threshold: float | None
    side: Literal["above", "below"] | None
    customers: int
    lost_rate: Interval
    lost_rate_others: Interval
    adjusted_effect: Interval
    difference: Interval
    explained_departures: Interval
    p_value: float
    stability: float
    confused_with: tuple[str, ...]
    reverses_in: tuple[str, ...]
    touched: Bools


@dataclass(frozen=True, slots=True)
class DriverReport:
    """All that was found: drivers by explained departures, the columns set aside, or why nothing can be named.

    Args:
        drivers: causes, profiles, unclear ones and symptoms together, by `explained_departures`.
        set_aside: the columns left out, with the reason; every column is here or is a driver (a driver's twins are here
            too, as duplicates).
        refusal: set when nothing may be named; `drivers` is then empty.
        n, events: customers and departures used.
        auc: cross-validated, of a free model on the columns that precede departures; None when not computed.
    """

    drivers: tuple[Driver, ...]
    set_aside: tuple[SetAside, ...]
    refusal: Refusal | None
    n: int
    events: int
    auc: float | None
