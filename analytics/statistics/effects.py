"""The size of a driver's effect, others held equal, and whether it holds in halves and within strata."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analytics.statistics.arrays import Bools, Floats, Ints
from analytics.statistics.encoding import Encoded
from analytics.statistics.folds import Keys, folds_of
from analytics.statistics.intervals import Interval, normal_quantile
from analytics.statistics.logistic import Logistic, average_effect, design, fit_logistic
from analytics.statistics.selection import matrix
from analytics.statistics.touched import Cut, find_cut

_FOLDS = 5
_HALVES = 20
_AWAY = 1.0  # z in a half: an effect of z = 2.8 on the whole keeps above it in 9 halves of 10
_FEWEST = 30


@dataclass(frozen=True, slots=True)
class Effect:
    """How a driver acts: its cut, odds ratio, average difference, and share of departures explained per customer."""

    cut: Cut
    odds_ratio: Interval
    difference: Interval
    explained_share: Interval  # mean over everyone of the departures explained, to be scaled to the whole base


def measure(column: Encoded, others: Sequence[Encoded], outcome: Bools, keys: Keys) -> Effect | None:
    """Measure a driver's effect, its cut cross-fitted so that the search for it does not flatter it.

    Args:
        column: the driver.
        others: what is held equal.
        outcome: what happened.
        keys: of the customers, for the folds.

    Returns:
        None when no cut leaves 30 customers on each side.
    """
    offset = _offset(column, others, outcome)
    cut = find_cut(column, outcome, offset, np.ones(outcome.size, dtype=bool))
    if cut is None:
        return None
    folds = folds_of(keys, _FOLDS, outcome)
    cross = np.zeros(outcome.size, dtype=bool)
    for fold in range(_FOLDS):
        part = find_cut(column, outcome, offset, folds != fold) or cut
        cross[folds == fold] = part.touches(column)[folds == fold]
    return _sized(cut, cross, column, others, outcome)


def beside(cut: Cut, column: Encoded, others: Sequence[Encoded], outcome: Bools) -> Effect:
    """Measure the effect of a cut already chosen, with other columns held equal than those it was chosen beside."""
    return _sized(cut, cut.touches(column), column, others, outcome)


def _sized(cut: Cut, inside: Bools, column: Encoded, others: Sequence[Encoded], outcome: Bools) -> Effect:
    fitted, x = _with_indicator(inside, column, others, outcome)
    touched = cut.touches(column)
    z = normal_quantile(0.95)
    log_odds, error = float(fitted.beta[1]), math.sqrt(float(fitted.covariance[1, 1]))
    n = int(outcome.size)
    ratio = Interval(math.exp(log_odds), math.exp(log_odds - z * error), math.exp(log_odds + z * error), n, "logistic")
    mean, spread = average_effect(fitted, x, 1)
    difference = Interval(mean, mean - z * spread, mean + z * spread, n, "g-computation")
    mean, spread = average_effect(fitted, x, 1, touched)
    share = float(touched.mean())
    explained = Interval(share * mean, share * (mean - z * spread), share * (mean + z * spread), n, "g-computation")
    return Effect(cut, ratio, difference, explained)


def stability(column: Encoded, others: Sequence[Encoded], outcome: Bools, seed: int) -> float:
    """Give the share of half-samples in which the effect holds.

    The cut is chosen on one half and judged on the other, twenty times: the effect must keep its sign and stay one
    standard error away from none.

    Args:
        column: the driver.
        others: what is held equal.
        outcome: what happened.
        seed: of the halves.
    """
    offset = _offset(column, others, outcome)
    rng = np.random.default_rng(seed)
    full: Floats | None = None
    held = 0
    for _ in range(_HALVES):
        first = np.zeros(outcome.size, dtype=bool)
        first[rng.permutation(outcome.size)[: outcome.size // 2]] = True
        cut = find_cut(column, outcome, offset, first)
        if cut is None:
            continue
        inside = cut.touches(column)
        x = _columns(inside, column, others)[~first]
        y = outcome[~first]
        if min(inside[~first].sum(), (~inside[~first]).sum()) < 10 or y.all() or not y.any():
            continue
        fitted = fit_logistic(x, y, full)
        full = fitted.beta
        held += bool(fitted.beta[1] / math.sqrt(float(fitted.covariance[1, 1])) > _AWAY)
    return held / _HALVES


def strata_of(column: Encoded) -> Ints:
    """Cut customers into a few strata by another column: its levels, or its thirds (-1 where missing)."""
    if column.category:
        return column.codes
    codes = np.full(column.codes.size, -1, dtype=np.int64)
    present = column.values[~column.empty]
    codes[~column.empty] = np.searchsorted(np.unique(np.quantile(present, [1 / 3, 2 / 3])), present, side="right")
    return codes


@dataclass(frozen=True, slots=True)
class Reversal:
    """What happens to a difference of rates within strata: overall z (Mantel-Haenszel), and whether a stratum reverses."""

    z: float
    somewhere: bool


def within_strata(touched: Bools, outcome: Bools, strata: Ints) -> Reversal | None:
    """Compare touched with others within strata (Mantel and Haenszel 1959; risk difference, Sato's spirit).

    Args:
        touched: who is at risk.
        outcome: what happened.
        strata: codes; strata with under 30 customers on a side are left out.

    Returns:
        None when no stratum holds enough of both.
    """
    top, variance, somewhere = 0.0, 0.0, False
    for stratum in np.unique(strata):
        inside = strata == stratum
        a, b = outcome[inside & touched], outcome[inside & ~touched]
        if min(a.size, b.size) < _FEWEST:
            continue
        difference = float(a.mean() - b.mean())
        error = float((a.sum() + 0.5) / (a.size + 1)), float((b.sum() + 0.5) / (b.size + 1))
        spread = error[0] * (1 - error[0]) / a.size + error[1] * (1 - error[1]) / b.size
        weight = a.size * b.size / (a.size + b.size)
        top += weight * difference
        variance += weight**2 * spread
        somewhere = somewhere or difference / math.sqrt(spread) < -2.6  # one stratum among several: p < 0.01
    return Reversal(top / math.sqrt(variance), somewhere) if variance > 0 else None


def _offset(column: Encoded, others: Sequence[Encoded], outcome: Bools) -> Floats:
    """Log-odds from the other drivers alone, as fitted beside this one."""
    x = matrix([*others, column], outcome.size)
    fitted = fit_logistic(x, outcome)
    width = x.shape[1] - column.block.shape[1]
    return np.asarray(x[:, :width] @ fitted.beta[:width])


def _columns(inside: Bools, column: Encoded, others: Sequence[Encoded]) -> Floats:
    blocks = [inside.astype(float)[:, None], *(o.block for o in others)]
    if not column.category and column.empty.any():
        blocks.append(column.empty.astype(float)[:, None])
    return design(*blocks)


def _with_indicator(
    inside: Bools, column: Encoded, others: Sequence[Encoded], outcome: Bools
) -> tuple[Logistic, Floats]:
    x = _columns(inside, column, others)
    return fit_logistic(x, outcome), x
