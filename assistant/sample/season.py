"""The trading calendar: purchases follow the season and the days of the week."""

from __future__ import annotations

from datetime import date

import numpy as np

from assistant.sample.writing import Days, Floats

MONTH_WEIGHTS: tuple[float, ...] = (1.20, 0.75, 0.90, 1.00, 1.05, 1.10, 1.10, 0.65, 0.95, 0.95, 1.15, 1.75)
WEEKDAY_WEIGHTS: tuple[float, ...] = (0.85, 0.90, 1.10, 0.90, 1.15, 1.80, 0.30)


def day_number(day: date) -> int:
    """Return the days since 1970-01-01."""
    return (day - date(1970, 1, 1)).days


class Calendar:
    """Turns an even clock into real days and back, so that a steady rhythm shows Christmas, sales and Saturdays.

    Args:
        first: first day, days since 1970-01-01.
        last: last day that can be returned.
    """

    def __init__(self, first: int, last: int) -> None:
        """Add up the weight of each day."""
        days = np.arange(first, last + 1).astype("datetime64[D]")
        months = days.astype("datetime64[M]").astype(np.int64) % 12
        weekdays = (np.arange(first, last + 1) + 3) % 7
        weights = np.asarray(MONTH_WEIGHTS)[months] * np.asarray(WEEKDAY_WEIGHTS)[weekdays]
        self._first = first
        self._clock = np.concatenate([[0.0], np.cumsum(weights / weights.mean())])

    def clock(self, days: Days) -> Floats:
        """Return the even time at the end of each day, shape (n,)."""
        return self._clock[np.clip(days - self._first + 1, 0, len(self._clock) - 1)]

    def day(self, clock: Floats) -> Days:
        """Return the day an even time falls in, shape (n,); one past the last day when it is later than all."""
        return self._first + np.searchsorted(self._clock, clock, side="right").astype(np.int64) - 1

    def later(self, days: Days, gaps: Floats) -> Days:
        """Return the days found `gaps` even days after `days`, at least one day later, shape (n,)."""
        return np.maximum(self.day(self.clock(days) + gaps), days + 1)

    def draw(self, generator: np.random.Generator, size: int, slow_down: float = 1.0) -> Days:
        """Draw `size` days following the season; above one, `slow_down` makes early days more likely than late ones."""
        return self.day(generator.random(size) ** slow_down * self._clock[-1] * (1 - 1e-12))


def sale_kind(days: Days) -> Days:
    """Say which sales each day falls in, shape (n,): 0 none, 1 « soldes » (winter, summer), 2 Black Friday week."""
    dated = days.astype("datetime64[D]")
    in_year = (dated - dated.astype("datetime64[Y]")).astype(np.int64)
    kinds = np.zeros(len(days), dtype=np.int64)
    kinds[((in_year >= 7) & (in_year < 35)) | ((in_year >= 175) & (in_year < 203))] = 1
    kinds[(in_year >= 325) & (in_year < 332)] = 2
    return kinds
