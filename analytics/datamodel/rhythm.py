"""The customers' own rhythm: after how long a silence a return becomes rare."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.workspace import Database

Floats = NDArray[np.float64]

RARE = 0.10  # a silence is a departure when fewer than one in ten such silences end in the following year
YEAR = 365
_LEAST_CUSTOMERS = 30
_LEAST_SILENCES = 30  # silences that must have lasted that long for the share to be read
_MOST_CAME_BACK = 0.80  # not before four in five of those who return have returned
_PERCENTILE = 0.95
_OBSERVABLE = 0.75  # longest gap looked for, as a share of the history, when the history is short
_HISTORY = 0.5  # share of a history under a year that the threshold may take: beyond, it is the file that ends, not relations
_SAMPLE = 60_000  # customers read
_SEASON = 400  # days: a yearly rhythm, and a month of slack
_SEASON_SHARE, _SEASON_PEAK, _SEASON_DAYS = 0.2, 3.0, 62


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The rhythm of the customers, and the silence threshold learnt from it.

    Args:
        days: silence from which a customer is called lost.
        low, high: its 95 % interval, in days.
        returns: share of the silences that reached `days` and ended within `horizon`; None when that could not be read
            and the threshold is the 95th percentile of the gaps instead (short history).
        silences: silences that reached `days`.
        horizon: days looked ahead for a return.
        usual: median gap, each customer counting once.
        customers: customers who came back at least once.
        span: days of history.
        seasonal: share of the customers who bought in one season only and may well come back in the next; 0 when there is
            no such season, or when the history is long enough to see it return.
    """

    days: int
    low: int
    high: int
    returns: float | None
    silences: int
    horizon: int
    usual: float
    customers: int
    span: int
    seasonal: float = 0.0


@dataclass(frozen=True, slots=True)
class _Silences:
    """Silences between purchase days: closed ones with their weight and the age of their beginning, and open ones."""

    closed: Floats
    count: Floats
    weight: Floats  # summed so that each customer counts once
    age: Floats
    open: Floats
    open_count: Floats
    span: int


@dataclass(frozen=True, slots=True)
class TooShort:
    """The history is so short beside the customers' gaps that a silence in it tells nothing; `span` in days."""

    span: int


def learn_rhythm(database: Database, purchases: str) -> Rhythm | TooShort | None:
    """Learn the silence threshold from purchase days; None when fewer than thirty customers ever came back.

    The threshold is the shortest silence from which fewer than one in ten silences end within the following year
    (Kaplan-Meier over all silences, those still open being censored), and not before four in five of the customers who
    return have returned. A history too short to see a year beyond it gives instead the 95th percentile of the gaps, each
    customer counting once, with the long gaps that a short history hides put back by the product-limit estimator for
    right-truncated data (Lynden-Bell 1971; Woodroofe 1985). A season seen only once keeps its customers for a year.

    Args:
        database: where the tables are.
        purchases: SELECT giving `customer` (text), `day` (date), already limited to the as-of date.
    """
    silences = _read(database, purchases)
    if silences is None or round(silences.weight.sum()) < _LEAST_CUSTOMERS:
        return None
    customers = round(float(silences.weight.sum()))
    lengths, below = _gaps(silences, longest=max(_OBSERVABLE * silences.span, 1.0))
    usual = _quantile(lengths, below, 0.5)
    horizon = YEAR if silences.span >= 2 * YEAR else max(silences.span // 2, 1)
    floor = max(_quantile(lengths, below, _MOST_CAME_BACK), 1.5 * usual)
    seasonal = _one_season(database, purchases, silences.span)
    least = float(_SEASON) if seasonal else 0.0
    found = _rare_from(silences, floor, horizon)
    if found is not None:
        days, low, high, returns, reached = found
        if days == math.ceil(floor):  # the floor decides: its own doubt is the threshold's
            half = 1.96 * math.sqrt(_MOST_CAME_BACK * (1 - _MOST_CAME_BACK) / customers)
            low, high = (max(_quantile(lengths, below, _MOST_CAME_BACK + sign * half), 1.5 * usual) for sign in (-1, 1))
    else:
        half = 1.96 * math.sqrt(_PERCENTILE * (1 - _PERCENTILE) / customers)
        low, days, high = (
            max(_quantile(lengths, below, share), 1.5 * usual)
            for share in (_PERCENTILE - half, _PERCENTILE, _PERCENTILE + half)
        )
        returns, reached = None, customers
        if not seasonal and silences.span < YEAR and days > _HISTORY * silences.span:
            return TooShort(silences.span)
    low, days, high = (math.ceil(max(value, least)) for value in (low, days, high))
    return Rhythm(days, low, high, returns, reached, horizon, usual, customers, silences.span, seasonal)


def _read(database: Database, purchases: str) -> _Silences | None:
    rows = database.rows(
        f"""WITH days AS MATERIALIZED (
            SELECT DISTINCT customer, day FROM ({purchases}) WHERE customer IS NOT NULL AND day IS NOT NULL
        ),
        bounds AS (SELECT MAX(day) AS last, MIN(day) AS first, COUNT(DISTINCT customer) AS n FROM days),
        kept AS (
            SELECT customer, day FROM days, bounds
            WHERE n <= {_SAMPLE} OR CAST('0x' || SUBSTR(MD5(customer), 1, 6) AS INTEGER) < {_SAMPLE} / n * 16777216
        ),
        silences AS (
            SELECT customer, day, LEAD(day) OVER (PARTITION BY customer ORDER BY day) - day AS gap,
                   COUNT(*) OVER (PARTITION BY customer) - 1 AS gaps
            FROM kept
        )
        SELECT gap, last - day AS age, COUNT(*), SUM(CASE WHEN gap IS NULL THEN 0 ELSE 1.0 / gaps END), last - first
        FROM silences, bounds GROUP BY ALL ORDER BY ALL"""
    )
    if not rows:
        return None
    ended = [row for row in rows if row[0] is not None]
    still = [row for row in rows if row[0] is None]

    def column(part: list[tuple[float, ...]], place: int) -> Floats:
        return np.array([row[place] for row in part], dtype=float)

    return _Silences(column(ended, 0), column(ended, 2), column(ended, 3), column(ended, 1), column(still, 1),
                     column(still, 2), int(rows[0][4]))  # fmt: skip


def _rare_from(silences: _Silences, floor: float, horizon: int) -> tuple[float, float, float, float, int] | None:
    """The first silence (not under `floor`) that ends within `horizon` in fewer than one in ten cases, and its doubt."""
    times = np.unique(np.concatenate([silences.closed, silences.open]))
    ended, open_ = np.zeros(times.size), np.zeros(times.size)
    np.add.at(ended, np.searchsorted(times, silences.closed), silences.count)
    np.add.at(open_, np.searchsorted(times, silences.open), silences.open_count)
    reached = np.cumsum((ended + open_)[::-1])[::-1]
    survival = np.cumprod(1 - ended / reached)
    starts = np.arange(math.ceil(floor), silences.span - horizon + 1, dtype=float)
    if not starts.size:
        return None
    at_risk = reached[np.minimum(np.searchsorted(times, starts, side="right"), times.size - 1)]
    now, later = _at(survival, times, starts), _at(survival, times, starts + horizon)
    chance = 1 - np.divide(later, now, out=np.ones_like(now), where=now > 0)
    doubt = 1.96 * np.sqrt(RARE * (1 - RARE) / np.maximum(at_risk, 1))
    enough = at_risk >= _LEAST_SILENCES
    rare = np.flatnonzero((chance <= RARE) & enough)
    if not rare.size:
        return None
    first = int(rare[0])
    low = np.flatnonzero((chance - doubt <= RARE) & enough)
    high = np.flatnonzero((chance + doubt <= RARE) & enough)
    return (
        float(starts[first]), float(starts[low[0]]), float(starts[high[0]] if high.size else starts[-1]),
        float(chance[first]), int(at_risk[first]),
    )  # fmt: skip


def _at(survival: NDArray[np.floating[Any]], times: Floats, when: Floats) -> Floats:
    place = np.searchsorted(times, when, side="right") - 1
    return np.where(place >= 0, survival[np.maximum(place, 0)], 1.0)


def _gaps(silences: _Silences, longest: float) -> tuple[Floats, Floats]:
    """Gaps up to `longest`, each seen only because it was no longer than its age: (lengths, P(gap <= length))."""
    kept = silences.closed <= longest
    gap, age, weight = silences.closed[kept], silences.age[kept], silences.weight[kept]
    if not gap.size:
        return np.array([longest]), np.array([1.0])
    lengths = np.unique(gap)
    ended = np.zeros(lengths.size)
    np.add.at(ended, np.searchsorted(lengths, gap), weight)
    order = np.argsort(age)  # an age below t comes with a gap below t
    younger = np.concatenate([[0.0], np.cumsum(weight[order])])[np.searchsorted(age[order], lengths, side="left")]
    at_risk = np.cumsum(ended) - younger
    step = 1 - np.divide(ended, at_risk, out=np.ones_like(ended), where=at_risk > 0)
    downwards = np.cumprod(np.concatenate([[1.0], np.clip(step[::-1], 0, 1)]))
    below: Floats = downwards[:-1][::-1]
    return lengths, below


def _quantile(lengths: Floats, below: Floats, share: float) -> float:
    place = int(np.searchsorted(below, min(share, 1.0) - 1e-12))
    return float(lengths[min(place, lengths.size - 1)])


def _one_season(database: Database, purchases: str, span: int) -> float:
    """Share of the customers all of whose purchases stand in one two-month peak, when no later such season was seen.

    Steady recruitment of one-time buyers makes no peak. The start of the file makes one that is no season, unless it
    falls on November and December: those who then bought and were not seen since may well come for Christmas only, and
    nothing in such a file can tell.
    """
    if span >= 2 * YEAR + _SEASON_DAYS or span < YEAR // 2:
        return 0.0
    rows = database.rows(
        f"""WITH lives AS (SELECT MIN(day) AS first, MAX(day) AS last FROM ({purchases}) WHERE customer IS NOT NULL
                           GROUP BY customer),
        months AS (SELECT DATE_DIFF('month', MIN(first) OVER (), first) AS month, last - first <= {_SEASON_DAYS} AS short,
                          MONTH(MIN(first) OVER ()) AS opening, DATE_DIFF('month', MIN(first) OVER (), MAX(last) OVER ()) AS whole
                   FROM lives)
        SELECT month, COUNT(*) FILTER (short), COUNT(*), MIN(opening), MIN(whole) FROM months GROUP BY 1 ORDER BY 1"""
    )
    short = np.zeros(int(rows[0][4]) + 1)  # every month of the file, those without a newcomer too
    for month, count, *_ in rows:
        short[int(month)] = count
    if short.size < 8:
        return 0.0
    pairs = short[:-1] + short[1:]
    christmas = [place for place in range(4) if (rows[0][3] - 1 + place) % 12 + 1 == 11]
    looked = [*christmas, *range(4, pairs.size)]
    peak = max(looked, key=lambda place: pairs[place])
    others = np.delete(pairs, [place for place in (peak - 1, peak, peak + 1) if 0 <= place < pairs.size])
    customers = sum(row[2] for row in rows)
    share = float(pairs[peak] / customers)
    is_season = share >= _SEASON_SHARE and pairs[peak] >= _SEASON_PEAK * max(float(np.median(others)), 1.0)
    return share if is_season else 0.0
