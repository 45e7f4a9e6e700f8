"""How long relations last: Kaplan-Meier curves, hazards by period, log-rank test."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from analytics.statistics.arrays import Bools, Floats
from analytics.statistics.intervals import Interval, normal_quantile, wilson

_METHOD = "Kaplan-Meier, Greenwood log-log"


@dataclass(frozen=True, slots=True)
class SurvivalCurve:
    """A Kaplan-Meier curve: S(t) holds from each time of an event up to the next one.

    Args:
        times: the distinct times at which somebody left, increasing.
        survival, low, high: S just after each time, and its 95 % interval.
        at_risk: weighted number still followed just before each time.
        events: weighted number who left at each time.
        variance: of S at each time.
        n: customers.
        last: the longest time anyone was followed: nothing is known past it.
    """

    times: Floats
    survival: Floats
    low: Floats
    high: Floats
    at_risk: Floats
    events: Floats
    variance: Floats
    n: int
    last: float

    def at(self, time: float) -> Interval | None:
        """Give the share still there after `time`, or None when nobody was followed that long."""
        if time < 0 or time > self.last:
            return None
        i = int(np.searchsorted(self.times, time, side="right")) - 1
        if i < 0:
            return Interval(1.0, 1.0 if not self.times.size else wilson(self.n, self.n).low, 1.0, self.n, _METHOD)
        return Interval(float(self.survival[i]), float(self.low[i]), float(self.high[i]), self.n, _METHOD)

    def median(self) -> Interval | None:
        """Give the time by which half have left, or None when the curve stays above one half.

        Its upper bound is None when the interval of the curve never falls to one half (Brookmeyer and Crowley 1982).
        """
        value = self._first(self.survival)
        if value is None:
            return None
        return Interval(value, self._first(self.low), self._first(self.high), self.n, "Kaplan-Meier median")

    def restricted_mean(self, horizon: float) -> Interval | None:
        """Give the mean time kept out of the first `horizon`, or None when nobody was followed that long."""
        if horizon <= 0 or horizon > self.last:
            return None
        inside = self.times < horizon
        steps = np.concatenate([[0.0], self.times[inside], [horizon]])
        levels = np.concatenate([[1.0], self.survival[inside]])
        areas = np.diff(steps) * levels
        beyond = np.cumsum(areas[::-1])[::-1][1:]
        jumps = np.diff(np.concatenate([[0.0], _relative(self.variance[inside], self.survival[inside])]))
        error = math.sqrt(float(np.sum(beyond**2 * jumps)))
        mean, half = float(areas.sum()), normal_quantile(0.95) * error
        return Interval(mean, max(0.0, mean - half), min(horizon, mean + half), self.n, "restricted mean survival")

    def _first(self, level: Floats) -> float | None:
        below = np.flatnonzero(level <= 0.5 + 1e-12)
        return float(self.times[below[0]]) if below.size else None


@dataclass(frozen=True, slots=True)
class PeriodHazard:
    """The chance of leaving during [start, end) for those who reached it, with Wilson's interval."""

    start: float
    end: float
    at_risk: int
    events: int
    hazard: Interval


@dataclass(frozen=True, slots=True)
class LogRank:
    """A log-rank test: chi-squared statistic, its degrees of freedom, p-value, and the groups compared."""

    statistic: float
    degrees: int
    p_value: float
    groups: tuple[str, ...]


def kaplan_meier(
    durations: ArrayLike, events: ArrayLike, *, weights: ArrayLike | None = None, entry: ArrayLike | None = None
) -> SurvivalCurve:
    """Draw a Kaplan-Meier curve from one row a customer.

    Args:
        durations: time followed, from the start of the relation, any unit, 0 or more.
        events: True when the customer left at that time, False when still there (censored).
        weights: of each customer, for mix adjustment; the variance then follows Xie and Liu (2005).
        entry: age at which the customer came under observation (left truncation); at risk after it only.

    Raises:
        ValueError: when there is no customer, a duration is negative or missing, or lengths differ.
    """
    duration, event, weight, start = _checked(durations, events, weights, entry)
    times = np.unique(duration[event])
    by_end = np.argsort(duration, kind="stable")
    ends, end_weights = duration[by_end], weight[by_end]
    began = np.sort(start)
    start_weights = weight[np.argsort(start, kind="stable")]
    at_risk = _reached(ends, end_weights, times) - _not_begun(began, start_weights, times)
    squares = _reached(ends, end_weights**2, times) - _not_begun(began, start_weights**2, times)
    deaths = np.bincount(np.searchsorted(times, duration[event]), weights=weight[event], minlength=times.size).astype(
        float
    )
    return _curve(times, deaths, at_risk, at_risk**2 / squares, int(duration.size), float(duration.max()))


def kaplan_meier_counts(times: ArrayLike, events: ArrayLike, censored: ArrayLike) -> SurvivalCurve:
    """Draw the same curve from counts, so that the cost does not grow with customers.

    Args:
        times: distinct times, in any order.
        events: how many left at each time.
        censored: how many were last seen, still there, at each time.

    Raises:
        ValueError: when nobody is counted.
    """
    order = np.argsort(np.asarray(times, dtype=float))
    time = np.asarray(times, dtype=float)[order]
    gone, seen = np.asarray(events, dtype=float)[order], np.asarray(censored, dtype=float)[order]
    total = gone + seen
    if not total.sum() > 0:
        raise ValueError("nobody to follow")
    at_risk = np.cumsum(total[::-1])[::-1]
    left = gone > 0
    last = float(time[total > 0].max())
    return _curve(time[left], gone[left], at_risk[left], at_risk[left], int(total.sum()), last)


def period_hazards(
    durations: ArrayLike, events: ArrayLike, edges: Sequence[float], *, entry: ArrayLike | None = None
) -> tuple[PeriodHazard, ...]:
    """Give the chance of leaving in each period [edge, next edge) for those who reached it.

    It is one minus the Kaplan-Meier survival through the period, so that customers censored inside it count for the
    part they were followed; the interval is Wilson's on the number of cases that makes the same chance. Periods nobody
    reached are left out.

    Args:
        durations: as for `kaplan_meier`.
        events: as for `kaplan_meier`.
        edges: increasing bounds of the periods, one more than periods.
        entry: as for `kaplan_meier`.
    """
    duration, _, _, start = _checked(durations, events, None, entry)
    curve = kaplan_meier(durations, events, entry=entry)
    found = []
    for low, high in zip(edges[:-1], edges[1:], strict=True):
        at_risk = int(np.count_nonzero((start < max(low, 0.0)) & (duration >= low)))
        inside = (curve.times >= low) & (curve.times < high)
        if not at_risk:
            continue
        events_inside = round(float(curve.events[inside].sum()))
        hazard = 1 - float(np.prod(1 - curve.events[inside] / curve.at_risk[inside]))
        cases = max(events_inside, round(events_inside / hazard)) if events_inside else at_risk
        shown = wilson(events_inside, cases)
        interval = Interval(hazard, min(shown.low or 0.0, hazard), max(shown.high or 0.0, hazard), at_risk, "Wilson")
        found.append(PeriodHazard(low, high, at_risk, events_inside, interval))
    return tuple(found)


def log_rank(durations: ArrayLike, events: ArrayLike, groups: ArrayLike, *, entry: ArrayLike | None = None) -> LogRank:
    """Test whether groups leave at the same pace (Mantel 1966), any number of groups.

    Args:
        durations: as for `kaplan_meier`.
        events: as for `kaplan_meier`.
        groups: one label a customer.
        entry: as for `kaplan_meier`.

    Raises:
        ValueError: when there are fewer than two groups.
    """
    duration, event, _, start = _checked(durations, events, None, entry)
    names, code = np.unique(np.asarray(groups, dtype=np.str_), return_inverse=True)
    if names.size < 2:
        raise ValueError("one group cannot be compared")
    times = np.unique(duration[event])
    ones = np.ones(duration.size)
    at_risk, deaths = np.empty((names.size, times.size)), np.empty((names.size, times.size))
    for g in range(names.size):
        mine = code == g
        at_risk[g] = _reached(np.sort(duration[mine]), ones[mine], times)
        at_risk[g] -= _not_begun(np.sort(start[mine]), ones[mine], times)
        position = np.searchsorted(times, duration[mine & event])
        deaths[g] = np.bincount(position, minlength=times.size)
    all_risk, all_deaths = at_risk.sum(axis=0), deaths.sum(axis=0)
    share = at_risk / all_risk
    excess = (deaths - share * all_deaths).sum(axis=1)[1:]
    scale = all_deaths * (all_risk - all_deaths) / np.maximum(all_risk - 1, 1)
    covariance = np.diag((share * scale).sum(axis=1)) - (share * scale) @ share.T
    statistic = float(excess @ np.linalg.pinv(covariance[1:, 1:]) @ excess)
    degrees = int(names.size - 1)
    return LogRank(statistic, degrees, float(stats.chi2.sf(statistic, degrees)), tuple(str(g) for g in names))


def _curve(times: Floats, deaths: Floats, at_risk: Floats, cases: Floats, n: int, last: float) -> SurvivalCurve:
    """Assemble a curve; `cases` is the effective number at risk (equal to `at_risk` without weights)."""
    kept = 1 - deaths / at_risk
    kept[kept < 1e-12] = 0.0
    survival = np.asarray(np.cumprod(kept), dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        greenwood = np.cumsum(np.where(kept > 0, (1 - kept) / (cases * kept), np.inf))
        log_survival = np.log(survival)
        half = normal_quantile(0.95) * np.sqrt(greenwood) / np.abs(log_survival)
        low, high = survival ** np.exp(half), survival ** np.exp(-half)
    gone = survival == 0
    low[gone] = 0.0
    # At zero the log-log bound is undefined: what zero of the last ones at risk still allows, below the step before.
    high[gone] = [min(float(wilson(0, max(1, round(c))).high or 1.0), 1.0) for c in cases[gone]]
    variance = np.where(gone, 0.0, survival**2 * np.where(gone, 0.0, greenwood))
    return SurvivalCurve(times, survival, low, high, at_risk, deaths, variance, n, last)


def _reached(ends: Floats, weights: Floats, times: Floats) -> Floats:
    """Weight of those whose end (sorted) is at or after each time."""
    tail = np.concatenate([np.cumsum(weights[::-1])[::-1], [0.0]])
    return np.asarray(tail[np.searchsorted(ends, times, side="left")])


def _not_begun(starts: Floats, weights: Floats, times: Floats) -> Floats:
    """Weight of those whose observation (sorted) begins at or after each time, hence not at risk at it."""
    tail = np.concatenate([np.cumsum(weights[::-1])[::-1], [0.0]])
    return np.asarray(tail[np.searchsorted(starts, times, side="left")])


def _relative(variance: Floats, survival: Floats) -> Floats:
    """Greenwood's cumulative sum back from the variance; nil once everyone has left."""
    safe = np.where(survival > 0, survival, 1.0)
    cumulated = variance / safe**2
    return np.maximum.accumulate(cumulated) if cumulated.size else cumulated


def _checked(
    durations: ArrayLike, events: ArrayLike, weights: ArrayLike | None, entry: ArrayLike | None
) -> tuple[Floats, Bools, Floats, Floats]:
    duration, event = np.asarray(durations, dtype=float).ravel(), np.asarray(events, dtype=bool).ravel()
    weight = np.ones(duration.size) if weights is None else np.asarray(weights, dtype=float).ravel()
    start = np.zeros(duration.size) if entry is None else np.asarray(entry, dtype=float).ravel()
    start = np.where(start <= 0, -np.inf, start)  # followed from the very first day: at risk at time nil too
    if not duration.size or not duration.size == event.size == weight.size == start.size:
        raise ValueError("durations, events, weights and entries must be of one length, not nil")
    if not (duration >= 0).all() or not (weight >= 0).all():
        raise ValueError("durations and weights cannot be negative or missing")
    seen = (start < duration) & (weight > 0)
    if not seen.any():
        raise ValueError("nobody was followed for any time")
    return duration[seen], event[seen], weight[seen], start[seen]
