"""A number as it reaches a person: with its unit, its n, its interval and its method."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What a number counts. Closed: published in `docs/schema/`."""

    RATIO = "ratio"  # a share, 0..1
    POINTS = "points"  # a difference of two shares, -1..1, shown in percentage points
    CUSTOMERS = "customers"
    ORDERS = "orders"
    COUNT = "count"  # of anything else: rows, columns, tables
    MONEY = "money"  # in the file's own currency
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"
    ODDS_RATIO = "odds_ratio"
    SCORE = "score"  # an AUC, an NPS, a rank: a bare number
    P_VALUE = "p_value"
    NUMBER = "number"  # a bare number in the column's own unit


@dataclass(frozen=True, slots=True)
class Estimate:
    """The only way a number reaches a person.

    Args:
        name: what it is, in snake case, stable (`churn_rate`).
        value: the number, or None when it cannot be computed (the interval is then None too).
        unit: what it counts.
        n: the number of cases it rests on.
        low, high: the bounds of the 95 % interval, in the same unit; None for an exact count.
        method: how it was computed, in the field's words (`Wilson`, `Kaplan-Meier, Greenwood log-log`).
    """

    name: str
    value: float | None
    unit: Unit
    n: int | None = None
    low: float | None = None
    high: float | None = None
    method: str = ""

    def __post_init__(self) -> None:
        """Refuse what is no number: a NaN shown to a manager is a wrong number."""
        for number in (self.value, self.low, self.high):
            if number is not None and not math.isfinite(number):
                raise ValueError(f"{self.name}: {number} is not finite")


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number that was chosen, not measured: a limit, a horizon, a top-n. It has no interval."""

    value: float
    unit: Unit
