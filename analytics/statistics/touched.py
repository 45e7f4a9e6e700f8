"""Who a driver touches: the levels, or the side of a threshold, at raised risk with the other drivers held equal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import special

from analytics.statistics.arrays import Bools, Floats, Ints
from analytics.statistics.encoding import Encoded

_FEWEST = 30
_SPARED = 2 / 3  # of what a part of the customers should hold


@dataclass(frozen=True, slots=True)
class Cut:
    """A way to part customers: level codes (-1 missing) of a category, or a side of a threshold of a number."""

    codes: tuple[int, ...] | None
    threshold: float | None
    side: Literal["above", "below"] | None

    def touches(self, column: Encoded) -> Bools:
        """Say which customers are on the side at risk; a missing number is on neither, and so is not touched."""
        if self.codes is not None:
            return np.isin(column.codes, self.codes)
        values = np.where(column.empty, np.nan, column.values)
        above = values >= self.threshold
        return np.asarray(above if self.side == "above" else ~above & ~column.empty)


def find_cut(column: Encoded, outcome: Bools, others: Floats, rows: Bools) -> Cut | None:
    """Choose the cut that best parts high risk from low, the others' log-odds held equal.

    Args:
        column: the driver.
        outcome: what happened.
        others: log-odds of each customer from the other drivers alone.
        rows: the customers to choose on (the effect is then measured on the others: cross-fitting).

    Returns:
        None when no cut leaves 30 customers on each side; on a part of the customers, two thirds of that part of 30: chance deals unequally.
    """
    known = rows if column.category else rows & ~column.empty
    share = np.count_nonzero(rows) / rows.size
    fewest = _FEWEST if share == 1.0 else _SPARED * _FEWEST * share
    if np.count_nonzero(known) < 2 * fewest:
        return None
    expected = _recentred(others[known], outcome[known])
    surprise = outcome[known] - expected
    weight = expected * (1 - expected)
    if column.category:
        return _best_levels(column.codes[known], surprise, weight, outcome[known], len(column.levels), fewest)
    return _best_threshold(column.values[known], surprise, weight, fewest)


def _best_levels(codes: Ints, surprise: Floats, weight: Floats, happened: Bools, own: int, fewest: float) -> Cut | None:
    levels = [code for code in range(-1, own) if np.count_nonzero(codes == code) >= fewest]
    # A level that is safer than the rest as it stands is never shown as a risk: held equal to a column that repeats it
    # ("no internet service" in six columns), its effect is not to be told from theirs.
    levels = [code for code in levels if happened[codes == code].mean() > happened.mean()]
    effect = {code: surprise[codes == code].sum() / weight[codes == code].sum() for code in levels}
    ordered = sorted(levels, key=lambda code: -effect[code])
    best, best_z = None, 0.0
    for size in range(1, len(ordered) + 1):
        inside = np.isin(codes, ordered[:size])
        z = _contrast(inside, surprise, weight, fewest)
        if z > best_z:
            best, best_z = Cut(tuple(sorted(ordered[:size])), None, None), z
    return best


def _best_threshold(values: Floats, surprise: Floats, weight: Floats, fewest: float) -> Cut | None:
    best, best_z = None, 0.0
    for threshold in thresholds(values):
        above = values >= threshold
        z = _contrast(above, surprise, weight, fewest)
        if abs(z) > best_z:
            best, best_z = Cut(None, threshold, "above" if z > 0 else "below"), abs(z)
    return best


def thresholds(values: Floats) -> list[float]:
    """Give the cuts worth trying: every value when there are few, else deciles written as short as they allow."""
    distinct = np.unique(values)
    if distinct.size <= 12:
        return [float(v) for v in distinct[1:]]
    edges = np.unique(np.quantile(values, np.linspace(0, 1, 21)))
    cuts = []
    for i in range(2, edges.size - 1, 2):
        cuts.append(_shortest(float(edges[i]), float(edges[i - 1]), float(edges[i + 1])))
    return sorted(set(cuts))


def _shortest(value: float, low: float, high: float) -> float:
    """Round a number to the fewest significant digits that keep it well between its neighbours."""
    low, high = value - (value - low) / 2, value + (high - value) / 2
    for digits in range(1, 7):
        rounded = float(f"{value:.{digits}g}")
        if low <= rounded <= high:
            return rounded
    return value


def _contrast(inside: Bools, surprise: Floats, weight: Floats, fewest: float) -> float:
    """Score test of one group against the others, as a signed z; 0 when a side is too small."""
    size = int(np.count_nonzero(inside))
    if min(size, inside.size - size) < fewest:
        return 0.0
    share = weight[inside].sum() / weight.sum()
    variance = weight.sum() * share * (1 - share)
    return float((surprise[inside].sum() - share * surprise.sum()) / np.sqrt(variance)) if variance > 0 else 0.0


def _recentred(log_odds: Floats, outcome: Bools) -> Floats:
    """Shift log-odds so that they foretell as many departures as there were; give the probabilities."""
    target = min(max(float(outcome.mean()), 1e-4), 1 - 1e-4)
    shift = 0.0
    for _ in range(30):
        p = special.expit(log_odds + shift)
        step = (target - p.mean()) / max(float(np.mean(p * (1 - p))), 1e-9)
        shift += float(np.clip(step, -2, 2))
        if abs(step) < 1e-9:
            break
    return np.asarray(special.expit(log_odds + shift))
