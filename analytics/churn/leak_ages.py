"""Leak points by the age of the relation: the months in which customers leave more than in the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analytics.measures.lifetime import DAYS_A_MONTH, Lifetime
from analytics.statistics.arrays import Bools, Floats
from analytics.statistics.comparisons import holm, two_proportions_p
from analytics.statistics.intervals import Interval, wilson
from analytics.statistics.survival import SurvivalCurve, kaplan_meier, period_hazards
from analytics.study import Study

HORIZONS = (12, 24, 48, 72)
_EDGES = (1, 2, 3, 4, 7, 13, 25, 37, 49, 61, 85, 121)
_EVENTS, _RISK, _RAISED, _NEIGHBOURS = 10, 0.05, 1.25, 3
_UNSEEN = 7.0  # departures expected and not recorded before which observation began: a chance under one in a thousand


@dataclass(frozen=True, slots=True)
class AgeBand:
    """Departures among those in months `first`..`last` of their relation (the first month is 1), as a monthly rate."""

    first: int
    last: int
    months_followed: int
    lost: int
    hazard: Interval
    raised: bool

    @property
    def word(self) -> str:
        """The months covered, as shown."""
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


@dataclass(frozen=True, slots=True)
class Ages:
    """Durations of the study's customers: months followed, whether they left, age when first observed, group."""

    months: Floats
    left: Bools
    entry: Floats
    group: tuple[str | None, ...]
    counted_from_one: bool  # a tenure column says 1 during the first month

    def curve(self, mask: Bools | None = None) -> SurvivalCurve | None:
        """Kaplan-Meier curve of all, or of those in `mask`; None when nobody was followed."""
        chosen = np.ones(self.months.size, dtype=bool) if mask is None else mask
        if not (self.entry[chosen] < np.maximum(self.months[chosen], 1e-9)).any():
            return None
        return kaplan_meier(self.months[chosen], self.left[chosen], entry=self.entry[chosen])


def read_ages(study: Study, life: Lifetime, group_sql: str = "NULL", without: str = "FALSE") -> Ages | None:
    """Read durations; None when no customer has one.

    Args:
        study: the data.
        life: how durations are told.
        group_sql: the group of each, an expression over `customers`.
        without: a condition over `customers`; those who meet it are left out.
    """
    where, values = study.who()
    rows: list[tuple[Any, ...]] = study.rows(
        f"SELECT {life.months} AS months, {life.left} AS lost, {group_sql} AS grp, started, count(*) AS customers"
        f" FROM customers WHERE ({where}) AND {life.known} AND ({without}) IS NOT TRUE GROUP BY ALL ORDER BY ALL",
        values,
    )
    if not rows:
        return None
    counts = np.array([row[4] for row in rows])
    months = np.repeat(np.array([float(row[0]) for row in rows]), counts)
    left = np.repeat(np.array([bool(row[1]) for row in rows]), counts)
    groups = tuple(str(row[2]) if row[2] is not None else None for row in rows for _ in range(row[4]))
    whole = bool((months == np.round(months)).all()) and not life.dated
    entry = np.repeat(_entries(study, life, rows), counts)
    return Ages(months, left, entry, groups, whole)


def _entries(study: Study, life: Lifetime, rows: list[tuple[Any, ...]]) -> Floats:
    """Age at which each was first observed: positive when departures before some date were plainly not recorded."""
    nothing = np.zeros(len(rows))
    if not life.dated or any(row[3] is None for row in rows):
        return nothing
    first = study.database.row("SELECT min(lost_on) FROM customers WHERE lost")[0]
    if first is None:
        return nothing
    before = np.array([max(0.0, (first - row[3]).days / DAYS_A_MONTH) for row in rows])
    months, counts = np.array([float(row[0]) for row in rows]), np.array([row[4] for row in rows])
    followed_after = float((np.maximum(months - before, 0) * counts).sum())
    left = sum(row[4] for row in rows if row[1])
    if not followed_after or left / followed_after * float((before * counts).sum()) < _UNSEEN:
        return nothing
    return before


def age_bands(ages: Ages) -> tuple[AgeBand, ...]:
    """Monthly departure rate in each band of age, those truly above the rest flagged."""
    monthly = _monthly(ages)
    if not monthly:
        return ()
    found = []
    for first, following in zip(_EDGES, (*_EDGES[1:], 10_000), strict=True):
        inside = [(k, n) for month, k, n in monthly if first <= month < following]
        if inside:
            last = min(following - 1, max(month for month, _, _ in monthly))
            found.append((first, last, sum(k for k, _ in inside), sum(n for _, n in inside)))
    total, followed = sum(k for _, _, k, _ in found), sum(n for _, _, _, n in found)
    p_values = holm([two_proportions_p(k, n, total - k, followed - n) if followed > n else 1.0 for _, _, k, n in found])
    bands = []
    for (first, last, k, n), p in zip(found, p_values, strict=True):
        raised = bool(p < _RISK and k >= _EVENTS and k / n > _RAISED * total / followed)
        bands.append(AgeBand(first, last, n, k, wilson(k, n), raised))
    return tuple(bands)


def moment(bands: Sequence[AgeBand]) -> AgeBand | None:
    """The age at which customers leave most: the highest band, with those beside it whose rate is not surely lower.

    Each band is told from the rest of the relation, never from its neighbours: where the risk is the same for two years and
    falls afterwards, one month of the two years is the highest by chance alone.
    """
    raised = [band for band in bands if band.raised]
    if not raised:
        return None
    found = max(raised, key=lambda band: band.hazard.value)
    mean = sum(band.lost for band in bands) / sum(band.months_followed for band in bands)
    low = high = bands.index(found)
    while True:
        sides = [place for place in (low - 1, high + 1) if 0 <= place < len(bands) and bands[place].hazard.value > mean]
        alike = [place for place in sides if _not_surely_lower(bands[place], found)]
        if not alike:
            return found
        nearest = max(alike, key=lambda place: bands[place].hazard.value)
        low, high = min(low, nearest), max(high, nearest)
        run = bands[low : high + 1]
        lost, followed = sum(band.lost for band in run), sum(band.months_followed for band in run)
        found = AgeBand(run[0].first, run[-1].last, followed, lost, wilson(lost, followed), True)


def _not_surely_lower(band: AgeBand, found: AgeBand) -> bool:
    return two_proportions_p(found.lost, found.months_followed, band.lost, band.months_followed) > _SURELY


_SURELY = 0.01  # several neighbours are tried, one after the other


def spikes(ages: Ages) -> tuple[AgeBand, ...]:
    """Single months (an end of commitment, a renewal) that lose more than the months around them, largest first."""
    monthly = {month: (k, n) for month, k, n in _monthly(ages)}
    tried = []
    for month, (k, n) in monthly.items():
        around = [monthly[m] for m in range(month - _NEIGHBOURS, month + _NEIGHBOURS + 1) if m != month and m in monthly]
        others, followed = sum(a for a, _ in around), sum(b for _, b in around)
        if month > _NEIGHBOURS and len(around) == 2 * _NEIGHBOURS and k >= _EVENTS and followed:
            tried.append((month, k, n, others, followed))
    if not tried:
        return ()
    p_values = holm([two_proportions_p(k, n, others, followed) for _, k, n, others, followed in tried])
    found = [
        (k - n * others / followed, AgeBand(month, month, n, k, wilson(k, n), True))
        for (month, k, n, others, followed), p in zip(tried, p_values, strict=True)
        if p < _RISK and k / n > 1.5 * others / followed
    ]
    return tuple(band for _, band in sorted(found, key=lambda row: -row[0]))


def _monthly(ages: Ages) -> list[tuple[int, int, int]]:
    """(month of the relation, departures, customers followed through it), the first month being 1."""
    longest = int(np.ceil(ages.months.max())) + 1
    offset = 0 if ages.counted_from_one else 1
    periods = period_hazards(ages.months, ages.left, range(0, longest + 1), entry=ages.entry)
    found: dict[int, tuple[int, int]] = {}
    for period in periods:
        month = max(1, int(period.start) + offset)
        hazard = period.hazard.value
        cases = round(period.events / hazard) if hazard > 0 else period.at_risk
        lost, followed = found.get(month, (0, 0))
        found[month] = (lost + period.events, max(followed, cases) if followed else max(cases, period.events))
    return [(month, lost, followed) for month, (lost, followed) in sorted(found.items())]


def group_masks(ages: Ages) -> list[tuple[str | None, Bools]]:
    """The groups present and who is in each, in alphabetical order, the unknown last."""
    names: Sequence[str | None] = sorted({g for g in ages.group if g is not None})
    column = np.array([g if g is not None else "" for g in ages.group], dtype=object)
    empty = np.array([g is None for g in ages.group], dtype=bool)
    masks: list[tuple[str | None, Bools]] = [(name, (column == name) & ~empty) for name in names]
    return [*masks, (None, empty)] if empty.any() else masks
