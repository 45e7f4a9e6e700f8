"""Comparing groups: tests, corrections for many comparisons, and rankings that admit ties."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from analytics.statistics.arrays import Floats
from analytics.statistics.intervals import Interval

_PERMUTATIONS = 4_999
_RISK = 0.05  # of the intervals compared


def benjamini_hochberg(p_values: ArrayLike) -> Floats:
    """Adjust p-values for the false discovery rate (Benjamini and Hochberg 1995), in the order given."""
    p = np.asarray(p_values, dtype=float)
    if not p.size:
        return p
    order = np.argsort(p)
    scaled = p[order] * p.size / np.arange(1, p.size + 1)
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum(1.0, np.minimum.accumulate(scaled[::-1])[::-1])
    return adjusted


def holm(p_values: ArrayLike) -> Floats:
    """Adjust p-values so that naming even one false effect is rare (Holm 1979), in the order given."""
    p = np.asarray(p_values, dtype=float)
    if not p.size:
        return p
    order = np.argsort(p)
    scaled = p[order] * (p.size - np.arange(p.size))
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum(1.0, np.maximum.accumulate(scaled))
    return adjusted


def two_proportions_p(successes: int, n: int, other_successes: int, other_n: int) -> float:
    """Test whether two shares differ, two-sided: Fisher's exact test when small, else the score test.

    Args:
        successes: events of the first group.
        n: its customers.
        other_successes: events of the second group.
        other_n: its customers.

    Raises:
        ValueError: when a group is empty.
    """
    if n <= 0 or other_n <= 0:
        raise ValueError("an empty group cannot be compared")
    pooled = (successes + other_successes) / (n + other_n)
    if min(n, other_n) * min(pooled, 1 - pooled) < 10:
        table = [[successes, n - successes], [other_successes, other_n - other_successes]]
        return float(stats.fisher_exact(table).pvalue)
    z = (successes / n - other_successes / other_n) / math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / other_n))
    return float(2 * stats.norm.sf(abs(z)))


def permutation_p(values: ArrayLike, in_group: ArrayLike, *, seed: int = 0) -> float:
    """Test a difference of means by shuffling who is in the group, two-sided; honest even for ten against ten.

    Args:
        values: one number a customer; NaN are left out.
        in_group: True for the first group, same length.
        seed: of the shuffles.

    Raises:
        ValueError: when a group is empty.
    """
    data, member = np.asarray(values, dtype=float), np.asarray(in_group, dtype=bool)
    kept = np.isfinite(data)
    data, member = data[kept], member[kept]
    size = int(member.sum())
    if size == 0 or size == data.size:
        raise ValueError("an empty group cannot be compared")
    order = np.lexsort((member, data))
    data, member = data[order] - data.mean(), member[order]
    observed = abs(data[member].sum())
    rng = np.random.default_rng(seed)
    shuffled = np.abs([rng.permutation(data)[:size].sum() for _ in range(_PERMUTATIONS)])
    as_large = int(np.count_nonzero(shuffled >= observed * (1 - 1e-12)))
    return (1 + as_large) / (1 + _PERMUTATIONS)


def separated(first: Interval, second: Interval, pairs: int = 1) -> bool:
    """Say whether two independent estimates truly differ: the interval of their difference leaves out zero.

    The bounds are combined by squares (Zou and Donner 2008), which is less timid than asking that intervals not touch.
    An estimate without an interval is separated from nothing. Of two picked as the furthest apart, `pairs` is how many pairs they were
    picked from: the bounds are widened as Bonferroni would.
    """
    upper, lower = (first, second) if first.value >= second.value else (second, first)
    if upper.low is None or lower.high is None:
        return False
    wider = float(stats.norm.isf(_RISK / 2 / pairs) / stats.norm.isf(_RISK / 2))
    return upper.value - lower.value > wider * math.hypot(upper.value - upper.low, lower.high - lower.value)


def tiers(estimates: Sequence[Interval]) -> tuple[int, ...]:
    """Rank estimates, highest first, where those that are not separated from their tier's leader share its rank.

    Returns:
        One tier an estimate, 1 for the leader's, in the order given.
    """
    order = sorted(range(len(estimates)), key=lambda i: -estimates[i].value)
    ranks = [0] * len(estimates)
    tier, leader = 0, -1
    for i in order:
        if leader < 0 or separated(estimates[leader], estimates[i]):
            tier, leader = tier + 1, i
        ranks[i] = tier
    return tuple(ranks)
