"""Comparing rates that do not rest on the same mix, or not on the same season."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from analytics.statistics.arrays import Floats
from analytics.statistics.intervals import Interval, newcombe, normal_quantile

_METHOD = "direct standardisation"


@dataclass(frozen=True, slots=True)
class MixedChange:
    """A change of a rate split in two parts that add up exactly: behaviour at equal mix, and the mix itself.

    Args:
        total: second rate minus first, as they stand.
        rate_effect: the part due to the rates within strata, at the average mix.
        mix_effect: the part due to who the customers are, at the average rates.
    """

    total: Interval
    rate_effect: Interval
    mix_effect: float


def standardised_rate(successes: ArrayLike, sizes: ArrayLike, weights: ArrayLike) -> Interval:
    """Give the rate a group would show with a reference mix (Fay and Feuer 1997 in spirit, score bounds by stratum).

    Args:
        successes: the group's events, one count a stratum.
        sizes: the group's customers, one count a stratum.
        weights: customers of the reference in each stratum; strata where the group has nobody are left out, and the
            reference is reweighted over the others.

    Raises:
        ValueError: when no stratum holds both.
    """
    k, n, w = (np.asarray(v, dtype=float) for v in (successes, sizes, weights))
    used = (n > 0) & (w > 0)
    if not used.any():
        raise ValueError("no stratum to standardise on")
    k, n, w = k[used], n[used], w[used] / w[used].sum()
    rates = k / n
    value = float(w @ rates)
    low, high = _stratum_bounds(k, n)
    down = math.sqrt(float(np.sum((w * (rates - low)) ** 2)))
    up = math.sqrt(float(np.sum((w * (high - rates)) ** 2)))
    return Interval(value, max(0.0, value - down), min(1.0, value + up), int(n.sum()), _METHOD)


def mix_adjusted_difference(
    successes: ArrayLike, sizes: ArrayLike, other_successes: ArrayLike, other_sizes: ArrayLike
) -> MixedChange:
    """Split the difference of two rates, second minus first, into behaviour and mix (Kitagawa 1955).

    Args:
        successes: events of the first group (before, or the reference), one count a stratum.
        sizes: its customers.
        other_successes: events of the second group, same strata.
        other_sizes: its customers. Where a group has nobody in a stratum, its own overall rate stands in.

    Raises:
        ValueError: when a group is empty.
    """
    k1, n1, k2, n2 = (np.asarray(v, dtype=float) for v in (successes, sizes, other_successes, other_sizes))
    if not n1.sum() > 0 or not n2.sum() > 0:
        raise ValueError("an empty group cannot be compared")
    overall1, overall2 = float(k1.sum() / n1.sum()), float(k2.sum() / n2.sum())
    rate1 = np.where(n1 > 0, k1 / np.maximum(n1, 1), overall1)
    rate2 = np.where(n2 > 0, k2 / np.maximum(n2, 1), overall2)
    mix1, mix2 = n1 / n1.sum(), n2 / n2.sum()
    mix = (mix1 + mix2) / 2
    effect = float(mix @ (rate2 - rate1))
    both = (n1 > 0) & (n2 > 0)
    low1, high1 = _stratum_bounds(k1[both], n1[both])
    low2, high2 = _stratum_bounds(k2[both], n2[both])
    w, r1, r2 = mix[both], rate1[both], rate2[both]
    down = math.sqrt(float(np.sum((w * (r2 - low2)) ** 2 + (w * (high1 - r1)) ** 2)))
    up = math.sqrt(float(np.sum((w * (high2 - r2)) ** 2 + (w * (r1 - low1)) ** 2)))
    total = newcombe(float(k2.sum()), int(n2.sum()), float(k1.sum()), int(n1.sum()))
    rate_effect = Interval(effect, effect - down, effect + up, total.n, "Kitagawa")
    return MixedChange(total, rate_effect, total.value - effect)


@dataclass(frozen=True, slots=True)
class SeasonalChange:
    """A change against the same season before.

    Args:
        change: ratio now / same period before, minus 1.
        trend: the same for the last full year against the one before; None with less than two years.
        unusual: how far `change` lies from those of past periods, in standard deviations; None with fewer than four.
    """

    change: Interval
    trend: float | None
    unusual: float | None


def seasonal_change(counts: ArrayLike, season: int) -> SeasonalChange:
    """Compare the last period with the same season one cycle before, so that Christmas is set against Christmas.

    Args:
        counts: events in each period (orders, departures), oldest first, at least season + 1 of them.
        season: periods a cycle: 12 for months, 4 for quarters, 52 for weeks.

    Raises:
        ValueError: when a full cycle is missing, or nothing happened in the period compared with.
    """
    series = np.asarray(counts, dtype=float)
    if series.size <= season or series[-1 - season] <= 0:
        raise ValueError("no same season before to compare with")
    now, before = float(series[-1]), float(series[-1 - season])
    change = _ratio_of_counts(now, before)
    trend = None
    if series.size >= 2 * season and series[-2 * season : -season].sum() > 0:
        trend = float(series[-season:].sum() / series[-2 * season : -season].sum() - 1)
    past_pairs = [
        math.log(series[i] / series[i - season])
        for i in range(season, series.size - 1)
        if series[i] > 0 and series[i - season] > 0
    ]
    unusual = None
    if len(past_pairs) >= 4 and now > 0:
        spread = math.sqrt(float(np.var(past_pairs, ddof=1)) + 1 / now + 1 / before)
        unusual = (math.log(now / before) - float(np.mean(past_pairs))) / spread
    return SeasonalChange(change, trend, unusual)


def _ratio_of_counts(now: float, before: float) -> Interval:
    """Ratio of two Poisson counts minus one, by the exact conditional binomial (Clopper-Pearson on the share)."""
    total = now + before
    low = float(stats.beta.ppf(0.025, now, before + 1)) if now > 0 else 0.0
    high = float(stats.beta.ppf(0.975, now + 1, before))
    return Interval(now / before - 1, low / (1 - low) - 1, high / (1 - high) - 1, round(total), "Poisson ratio")


def _stratum_bounds(k: Floats, n: Floats) -> tuple[Floats, Floats]:
    """Wilson bounds of each stratum's rate."""
    z2 = normal_quantile(0.95) ** 2
    share = k / n
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = math.sqrt(z2) / (1 + z2 / n) * np.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return np.minimum(centre - half, share), np.maximum(centre + half, share)
