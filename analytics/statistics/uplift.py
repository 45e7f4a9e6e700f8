"""What a campaign changed: effects against a control group, whether the two were comparable, how many it takes."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from analytics.statistics.arrays import Bools, Floats
from analytics.statistics.intervals import Interval, newcombe, normal_quantile

_SMALL = 10


def difference_in_rates(treated_events: int, treated: int, control_events: int, control: int) -> Interval:
    """Give the effect on a share: treated minus control (Newcombe's interval).

    Raises:
        ValueError: when a group is empty.
    """
    return newcombe(treated_events, treated, control_events, control)


def difference_in_means(treated: ArrayLike, control: ArrayLike) -> Interval:
    """Give the effect on a mean (revenue, margin): treated minus control, Welch's interval; NaN are left out.

    Args:
        treated: one value a customer, zeros included.
        control: the same.

    Raises:
        ValueError: when a group is empty.
    """
    one, other = _finite(treated), _finite(control)
    difference, n = float(one.mean() - other.mean()), int(one.size + other.size)
    if min(one.size, other.size) < 2:
        return Interval(difference, None, None, n, "Welch")
    variances = float(one.var(ddof=1)) / one.size, float(other.var(ddof=1)) / other.size
    total = sum(variances)
    if total == 0:
        return Interval(difference, None, None, n, "Welch")
    degrees = total**2 / (variances[0] ** 2 / (one.size - 1) + variances[1] ** 2 / (other.size - 1))
    half = float(stats.t.ppf(0.975, degrees)) * math.sqrt(total)
    return Interval(difference, difference - half, difference + half, n, "Welch")


def adjusted_difference(outcome: ArrayLike, treated: Bools, covariates: ArrayLike) -> Interval:
    """Give the same difference with less noise, by regression on what was known before (CUPED; Lin 2013).

    Covariates are centred and crossed with the treatment, errors are robust (HC3 by leverage): the effect stays the
    average one whatever the true relation, and the interval is rarely longer than the plain one.

    Args:
        outcome: one value a customer (0/1 for a share).
        treated: who received the campaign.
        covariates: (n, k) numbers known before it (the same outcome over the period before, above all).

    Raises:
        ValueError: when a group is smaller than the covariates need.
    """
    y = np.asarray(outcome, dtype=float)
    z = np.asarray(covariates, dtype=float).reshape(y.size, -1)
    z = z - z.mean(axis=0)
    spread = z.std(axis=0)
    z = z[:, spread > 0] / spread[spread > 0]
    if min(treated.sum(), (~treated).sum()) < z.shape[1] + _SMALL:
        raise ValueError("too few customers for so many covariates")
    t = treated.astype(float)
    x = np.column_stack([np.ones(y.size), t, z, z * t[:, None]])
    inverse = np.linalg.pinv(x.T @ x)
    beta = inverse @ (x.T @ y)
    leverage = np.minimum(np.einsum("ij,jk,ik->i", x, inverse, x), 0.99)
    residual = (y - x @ beta) / (1 - leverage)
    covariance = inverse @ ((x * residual[:, None] ** 2).T @ x) @ inverse
    half = float(stats.t.ppf(0.975, y.size - x.shape[1])) * math.sqrt(float(covariance[1, 1]))
    effect = float(beta[1])
    return Interval(effect, effect - half, effect + half, int(y.size), "regression-adjusted difference")


def sample_ratio_p(treated: int, control: int, expected_share: float = 0.5) -> float:
    """Test whether the groups have the sizes the draw should give: under 0.001 the draw went wrong, read no effect.

    Args:
        treated: customers in the first group.
        control: customers in the second.
        expected_share: planned share treated, 0..1.

    Raises:
        ValueError: when nobody was drawn or the share is not inside 0..1.
    """
    n = treated + control
    if n <= 0 or not 0 < expected_share < 1:
        raise ValueError("a draw needs customers and a share")
    return float(stats.binomtest(treated, n, expected_share).pvalue)


def balance(treated: ArrayLike, control: ArrayLike) -> float:
    """Give the standardised difference of a characteristic known before: beyond 0.1 the groups were not alike."""
    one, other = _finite(treated), _finite(control)
    pooled = math.sqrt((float(one.var()) + float(other.var())) / 2)
    return float(one.mean() - other.mean()) / pooled if pooled > 0 else 0.0


def detectable_difference(treated: int, control: int, sd: float, power: float = 0.8) -> float:
    """Give the smallest true difference that such groups would show in `power` of cases (two-sided, 5 %).

    Args:
        treated: customers in the first group.
        control: customers in the second.
        sd: standard deviation of the outcome; sqrt(p(1 - p)) for a share p.
        power: 0..1.

    Raises:
        ValueError: when a group is empty.
    """
    if min(treated, control) <= 0:
        raise ValueError("a test needs two groups")
    return (normal_quantile(0.95) + float(stats.norm.ppf(power))) * sd * math.sqrt(1 / treated + 1 / control)


def control_size(base_rate: float, difference: float, *, treated: int | None = None, power: float = 0.8) -> int | None:
    """Give how many customers to hold out so that a change of a share shows in `power` of cases (two-sided, 5 %).

    Args:
        base_rate: share expected without the campaign, 0..1.
        difference: change worth seeing, not nil, either sign.
        treated: how many will be treated; None for two groups of one size.
        power: 0..1.

    Returns:
        The size of the control group; None when no control group is large enough for so few treated.

    Raises:
        ValueError: when a share would leave 0..1 or the difference is nil.
    """
    other = base_rate + difference
    if difference == 0 or not 0 <= base_rate <= 1 or not 0 <= other <= 1:
        raise ValueError("shares must stay within 0..1 and differ")
    factor = ((normal_quantile(0.95) + float(stats.norm.ppf(power))) / difference) ** 2
    spread, spread_other = base_rate * (1 - base_rate), other * (1 - other)
    if treated is None:
        return math.ceil(factor * (spread + spread_other))
    left = 1 / factor - spread_other / treated
    # A score test sees the small group's variance near the large group's rate: the larger of the two is safe.
    return None if left <= 0 else max(1, math.ceil(max(spread, spread_other) / left))


def qini_curve(score: ArrayLike, treated: Bools, outcome: ArrayLike, points: int = 20) -> Floats:
    """Give the extra outcome, per customer of the whole base, of treating only the top shares by a score.

    Args:
        score: ranks customers, highest treated first.
        treated: who was treated in the test.
        outcome: one value a customer.
        points: how many shares between none and all.

    Returns:
        (points + 1, 2): share treated, extra outcome per customer (Radcliffe 2007).
    """
    order = np.argsort(-np.asarray(score, dtype=float), kind="stable")
    t, y = treated[order].astype(float), np.asarray(outcome, dtype=float)[order]
    n_treated, n_control = np.cumsum(t), np.cumsum(1 - t)
    gain = np.cumsum(y * t) - np.cumsum(y * (1 - t)) * n_treated / np.maximum(n_control, 1)
    gain = gain / max(1.0, float(t.sum()))
    at = np.linspace(0, y.size, points + 1).astype(int)
    return np.asarray(np.column_stack([at / y.size, np.concatenate([[0.0], gain])[at]]))


def qini(score: ArrayLike, treated: Bools, outcome: ArrayLike) -> float:
    """Give the area between a score's Qini curve and random choice, in outcome per customer: nil says nothing."""
    curve = qini_curve(score, treated, outcome, 100)
    straight = curve[-1, 1] * curve[:, 0]
    return float(np.trapezoid(curve[:, 1] - straight, curve[:, 0]))


def _finite(values: ArrayLike) -> Floats:
    data = np.asarray(values, dtype=float).ravel()
    data = data[np.isfinite(data)]
    if not data.size:
        raise ValueError("an empty group cannot be compared")
    return np.asarray(data)
