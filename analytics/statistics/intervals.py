"""Numbers with their doubt: 95 % intervals for shares, means, quantiles, scores and ratios."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from analytics.statistics.arrays import Floats
from vocabulary.estimate import Estimate, Unit

_LARGE = 5_000  # above it the closed-form skewness correction replaces resampling
_SMALL = 10  # values that differ from the usual one, below which a resample says too little
_DRAWS = 2_000


@dataclass(frozen=True, slots=True)
class Interval:
    """A number and its interval.

    Args:
        value: the point estimate.
        low, high: the interval's bounds, same unit; None when that side cannot be computed.
        n: the number of cases behind it.
        method: the field's name of the method.
    """

    value: float
    low: float | None
    high: float | None
    n: int
    method: str

    def estimate(self, name: str, unit: Unit) -> Estimate:
        """Return it as an `Estimate` called `name`; its interval is dropped unless both sides are known."""
        known = self.low is not None and self.high is not None
        low, high = (self.low, self.high) if known else (None, None)
        return Estimate(name, self.value, unit, self.n, low, high, self.method)


def normal_quantile(confidence: float) -> float:
    """Return the two-sided normal quantile: 1.96 for a confidence of 0.95."""
    return float(stats.norm.ppf(0.5 + confidence / 2))


def wilson(successes: float, n: int, confidence: float = 0.95) -> Interval:
    """Give a share with its Wilson score interval (Wilson 1927).

    Args:
        successes: how many, 0..n.
        n: out of how many.
        confidence: 0..1.

    Raises:
        ValueError: when n is not positive or successes lies outside 0..n.
    """
    if n <= 0 or not 0 <= successes <= n:
        raise ValueError(f"{successes} of {n} is no share")
    z = normal_quantile(confidence)
    share = successes / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    low = 0.0 if successes == 0 else max(0.0, centre - half)
    high = 1.0 if successes == n else min(1.0, centre + half)
    return Interval(share, low, high, n, "Wilson")


def newcombe(successes: float, n: int, other_successes: float, other_n: int, confidence: float = 0.95) -> Interval:
    """Give the difference of two independent shares, first minus second (Newcombe 1998, hybrid score, method 10).

    Args:
        successes: events of the first group.
        n: its customers.
        other_successes: events of the second group.
        other_n: its customers.
        confidence: 0..1.
    """
    first, second = wilson(successes, n, confidence), wilson(other_successes, other_n, confidence)
    difference = first.value - second.value
    down = math.hypot(first.value - (first.low or 0.0), (second.high or 0.0) - second.value)
    up = math.hypot((first.high or 0.0) - first.value, second.value - (second.low or 0.0))
    return Interval(difference, max(-1.0, difference - down), min(1.0, difference + up), n + other_n, "Newcombe")


def mean_interval(values: ArrayLike, confidence: float = 0.95) -> Interval:
    """Give a mean with Student's interval; for money use `bootstrap_mean`. NaN are left out.

    Raises:
        ValueError: when there is no value.
    """
    data = _finite(values)
    mean = float(data.mean())
    if data.size < 2:
        return Interval(mean, None, None, int(data.size), "Student")
    half = float(stats.t.ppf(0.5 + confidence / 2, data.size - 1)) * float(data.std(ddof=1)) / math.sqrt(data.size)
    return Interval(mean, mean - half, mean + half, int(data.size), "Student")


def bootstrap_mean(values: ArrayLike, *, seed: int = 0, confidence: float = 0.95) -> Interval:
    """Give the mean of skewed values (money) with a studentised bootstrap interval (Hall 1988); NaN are left out.

    Above 5,000 values the second-order skewness correction takes the resampling's place: same accuracy, no cost.

    Args:
        values: any real numbers.
        seed: of the resampling.
        confidence: 0..1.

    Raises:
        ValueError: when there is no value.
    """
    data = np.sort(_finite(values))  # sorted: the answer must not depend on the order of the rows
    if data.size < _SMALL or data[0] == data[-1]:
        return mean_interval(data, confidence)
    return _ratio_interval(data, np.ones(data.size), seed, confidence)


def quantile_interval(values: ArrayLike, q: float = 0.5, confidence: float = 0.95) -> Interval:
    """Give a quantile with its distribution-free interval between two order statistics; NaN are left out.

    Args:
        values: any real numbers.
        q: 0..1, 0.5 for the median.
        confidence: 0..1.

    Raises:
        ValueError: when there is no value or q lies outside 0..1.
    """
    if not 0 < q < 1:
        raise ValueError(f"{q} is no quantile")
    data = np.sort(_finite(values))
    n = int(data.size)
    tail = 0.5 - confidence / 2
    lower = int(stats.binom.ppf(tail, n, q)) - 1
    upper = int(stats.binom.ppf(1 - tail, n, q))
    low = float(data[lower]) if lower >= 0 else None
    high = float(data[upper]) if upper < n else None
    return Interval(float(np.quantile(data, q)), low, high, n, "order statistics")


def nps_interval(promoters: int, passives: int, detractors: int, confidence: float = 0.95) -> Interval:
    """Give the net promoter score, -100..100, with its interval.

    The variance of one answer is p + d - (p - d) squared. Under 100 answers three pseudo-answers are spread
    (adjusted Wald, Rocks 2016), because the plain interval is too short there and vanishes when all agree.

    Raises:
        ValueError: when nobody answered.
    """
    n = promoters + passives + detractors
    if n <= 0 or min(promoters, passives, detractors) < 0:
        raise ValueError("no answer to score")
    score = (promoters - detractors) / n
    small = n < 100 or promoters + detractors == 0 or promoters == n or detractors == n
    added = 3.0 if small else 0.0
    up, down, total = promoters + added / 4, detractors + added / 4, n + added
    centre = (up - down) / total
    half = normal_quantile(confidence) * math.sqrt(((up + down) / total - centre**2) / total)
    low, high = min(score, max(-1.0, centre - half)), max(score, min(1.0, centre + half))
    return Interval(100 * score, 100 * low, 100 * high, n, "adjusted Wald" if small else "Wald")


def ratio_of_sums(
    numerators: ArrayLike, denominators: ArrayLike, *, seed: int = 0, confidence: float = 0.95
) -> Interval:
    """Give a ratio of two totals (basket = revenue / orders), with the interval of `bootstrap_mean`.

    Args:
        numerators: one number per independent unit (a customer).
        denominators: one each, same order.
        seed: of the resampling.
        confidence: 0..1.

    Raises:
        ValueError: when the lengths differ or the denominators sum to nothing.
    """
    top, bottom = np.asarray(numerators, dtype=float), np.asarray(denominators, dtype=float)
    if top.shape != bottom.shape or not bottom.sum() > 0:
        raise ValueError("a ratio needs pairs and a positive denominator")
    order = np.lexsort((bottom, top))
    return _ratio_interval(top[order], bottom[order], seed, confidence)


def _ratio_interval(top: Floats, bottom: Floats, seed: int, confidence: float) -> Interval:
    """Interval of a ratio of sums from its linearised residuals, resampled or (many cases) corrected in closed form."""
    n = int(top.size)
    ratio = float(top.sum() / bottom.sum())
    residuals = (top - ratio * bottom) / bottom.mean()
    if n < 2 or not residuals.any():
        return Interval(ratio, None, None, n, "linearised ratio")
    if n > _LARGE or np.count_nonzero(residuals != np.median(residuals)) < _SMALL:
        return _skewed_interval(ratio, residuals, confidence)
    error = float(residuals.std(ddof=1)) / math.sqrt(n)
    pivot = _pivots(residuals * bottom.mean(), bottom, seed)
    low_pivot, high_pivot = np.quantile(pivot, [0.5 - confidence / 2, 0.5 + confidence / 2])
    low, high = ratio - error * float(high_pivot), ratio - error * float(low_pivot)
    if top[0] >= 0 and bottom.min() >= 0:
        low = max(0.0, low)
    return Interval(ratio, min(low, ratio), max(high, ratio), n, "studentised bootstrap")


def _pivots(residuals: Floats, bottom: Floats, seed: int) -> Floats:
    """Resample a ratio's error, divided by its own standard error; sums over resamples come from one product."""
    n = int(residuals.size)
    moments = np.column_stack([residuals, bottom, residuals**2, residuals * bottom, bottom**2])
    rng = np.random.default_rng(seed)
    chunk = max(1, 1_000_000 // n)
    found = []
    for start in range(0, _DRAWS, chunk):
        size = min(chunk, _DRAWS - start)
        drawn = rng.integers(0, n, (size, n)) + np.arange(size)[:, None] * n
        counts = np.bincount(drawn.ravel(), minlength=size * n).reshape(size, n).astype(float)
        error, below, squared, crossed, below_squared = (counts @ moments).T
        with np.errstate(divide="ignore", invalid="ignore"):
            shift = error / below
            spread = np.sqrt((squared - 2 * shift * crossed + shift**2 * below_squared) * n / (n - 1))
            found.append(shift * below / spread)
    pivots = np.concatenate(found)
    return np.asarray(pivots[np.isfinite(pivots) & (np.abs(pivots) < 1e6)])  # a resample of one value has no error


def _skewed_interval(value: float, residuals: Floats, confidence: float) -> Interval:
    """Interval of a mean from its residuals, Cornish-Fisher corrected for skewness (Hall 1992, section 3.3)."""
    n = residuals.size
    spread = float(residuals.std(ddof=1))
    skew = float(np.mean(residuals**3)) / float(np.mean(residuals**2)) ** 1.5
    quantile = float(stats.t.ppf(0.5 + confidence / 2, n - 1))
    shift = skew / (6 * math.sqrt(n)) * (2 * quantile**2 + 1)
    error = spread / math.sqrt(n)
    low, high = value - error * (quantile - shift), value + error * (quantile + shift)
    return Interval(value, min(low, value), max(high, value), int(n), "skewness-corrected")


def _finite(values: ArrayLike) -> Floats:
    data = np.asarray(values, dtype=float).ravel()
    data = data[np.isfinite(data)]
    if not data.size:
        raise ValueError("no value")
    return np.asarray(data)
