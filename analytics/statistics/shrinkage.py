"""Rates of many groups, pulled towards the whole: a small group does not lead a ranking by luck."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special, stats

from analytics.statistics.arrays import Floats
from analytics.statistics.intervals import Interval

_METHOD = "beta-binomial shrinkage"
_SPREAD = 1.0  # scale of the half-Cauchy, in log-odds


@dataclass(frozen=True, slots=True)
class Shrunk:
    """Shrunk rates: the groups' common mean, how alike they are (`strength`, in pseudo-customers), one interval each."""

    mean: float
    strength: float
    intervals: tuple[Interval, ...]


def shrink_rates(successes: ArrayLike, sizes: ArrayLike, confidence: float = 0.95) -> Shrunk:
    """Shrink each group's rate towards the common mean by as much as the groups resemble each other.

    A beta-binomial model whose two hyperparameters are averaged over (uniform on the mean, half-Cauchy on the groups'
    spread; Gelman et al., Bayesian Data Analysis, 5.3 and 5.7), so that the intervals hold with few groups too.

    Args:
        successes: events, one count a group.
        sizes: customers, one count a group; a group of none gets the common mean.
        confidence: 0..1.

    Raises:
        ValueError: when nobody is counted or a count is impossible.
    """
    k, n = np.asarray(successes, dtype=float), np.asarray(sizes, dtype=float)
    if not n.sum() > 0 or (k < 0).any() or (k > n).any():
        raise ValueError("counts must lie between none and the group's size")
    means, strengths, weights = _hyperparameters(k, n)
    a = k[:, None] + (means * strengths)[None, :]
    b = (n - k)[:, None] + ((1 - means) * strengths)[None, :]
    expected = a / (a + b)
    value = expected @ weights
    variance = (a * b / ((a + b) ** 2 * (a + b + 1)) + expected**2) @ weights - value**2
    low, high = _beta_bounds(value, variance, confidence)
    intervals = (
        Interval(float(v), float(lo), float(hi), int(size), _METHOD)
        for v, lo, hi, size in zip(value, low, high, n, strict=True)
    )
    return Shrunk(float(means @ weights), float(np.exp(np.log(strengths) @ weights)), tuple(intervals))


def _hyperparameters(k: Floats, n: Floats) -> tuple[Floats, Floats, Floats]:
    """Posterior of (mean, strength) on a grid around the pooled rate: points and weights."""
    pooled_a, pooled_b = k.sum() + 0.5, (n - k).sum() + 0.5
    spread = np.linspace(-1, 1, 41) * 4
    pooled_sd = np.sqrt(1 / pooled_a + 1 / pooled_b)
    between_sd = np.std(special.logit((k + 0.5) / (n + 1))) / np.sqrt(k.size) if k.size > 1 else 0.0
    mean_grid = special.expit(np.log(pooled_a / pooled_b) + spread * float(np.hypot(pooled_sd, between_sd)))
    share = (np.arange(40) + 0.5) / 40  # share of variance between groups = 1 / (1 + strength)
    share = share**3  # finer where groups are alike, the usual case
    mean, between = (g.ravel() for g in np.meshgrid(mean_grid, share, indexing="ij"))
    strength = 1 / between - 1
    a, b = mean * strength, (1 - mean) * strength
    likelihood = np.zeros(mean.size)
    for successes, size in zip(k, n, strict=True):
        likelihood += special.betaln(a + successes, b + size - successes) - special.betaln(a, b)
    spread_of_logits = np.sqrt(between / (mean * (1 - mean)))
    prior = np.log(mean * (1 - mean)) - np.log1p((spread_of_logits / _SPREAD) ** 2)  # uniform, half-Cauchy
    prior += np.log(spread_of_logits / between) + (2 / 3) * np.log(between)  # the grid is even on the share's cube root
    weights = np.exp(likelihood + prior - (likelihood + prior).max())
    return mean, strength, weights / weights.sum()


def _beta_bounds(mean: Floats, variance: Floats, confidence: float) -> tuple[Floats, Floats]:
    """Bounds of the beta distribution of this mean and variance."""
    strength = mean * (1 - mean) / np.maximum(variance, 1e-15) - 1
    tail = 0.5 - confidence / 2
    a, b = mean * strength, (1 - mean) * strength
    return stats.beta.ppf(tail, a, b), stats.beta.ppf(1 - tail, a, b)
