"""Columns only known once the customer has gone: found before anything is fitted."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from analytics.statistics.arrays import Bools, Column, Features, Floats, Ints, category_codes, is_category, missing
from analytics.statistics.calibration import auc
from analytics.statistics.encoding import bins

_ALONE = 0.9  # AUC of one column from which it knows too much
_FILLED, _NOT_FILLED = 0.9, 0.1  # shares of the two outcomes
_PURE = 0.995
_FEWEST = 30
_CHANCE = 1e-6
_NO_CAUSE = 20.0


def find_leaks(
    features: Features, outcome: Bools, folds: Ints, *, activity: Collection[str] = ()
) -> tuple[str, ...]:
    """Name the columns that know the outcome: they are set aside before any model.

    A column leaks when it foretells the outcome alone with a cross-validated AUC above 0.9; when it is filled for more
    than 90 % of one outcome and less than 10 % of the other; when one of its values, or its being filled, is met by
    (nearly) only customers who left, by more of them than luck allows; when any value but the usual one is; or when it is
    filled only for those who stayed.

    Args:
        features: the columns.
        outcome: True for a departure.
        folds: fold of each customer, from `folds_of`.
        activity: names of the columns that count activity: none at all is met by leavers only, and is a warning, not a leak.
    """
    return tuple(name for name, column in features.items() if is_leak(column, outcome, folds, activity=name in activity))


def is_leak(column: Column, outcome: Bools, folds: Ints, *, activity: bool = False) -> bool:
    """Say whether one column knows the outcome: see `find_leaks`."""
    empty = missing(column)
    if _filled_by_outcome(empty, outcome):
        return True
    codes = _coded(column, empty)
    if activity and not is_category(column):
        return auc(outcome, out_of_fold_rates(codes, outcome, folds)) > _ALONE
    if _pure_level(codes, outcome) or _pure_level(_atoms(column, empty), outcome):
        return True
    if _pure_level(_usual_or_not(column, empty), outcome):
        return True
    return auc(outcome, out_of_fold_rates(codes, outcome, folds)) > _ALONE


def knows_too_much(column: Column, outcome: Bools) -> bool:
    """Whether one value of a column that is no sign of activity multiplies the odds of leaving by twenty for certain.

    No cause and no profile does that; a column filled, for most, once the customer has gone does, even with a few exceptions
    that keep it from being pure. The lower bound of the odds ratio (95 %) is what must reach twenty.

    Args:
        column: known, or believed to be known, before departures.
        outcome: True for a departure.
    """
    empty = missing(column)
    words = _coded(column, empty) if is_category(column) else _usual_or_not(column, empty)
    parted = (words, empty.astype(np.int64))  # not the far end of a number: a strong slope goes that far
    return any(_odds_floor(codes, outcome) >= _NO_CAUSE for codes in parted)


def _odds_floor(codes: Ints, outcome: Bools) -> float:
    """The highest lower bound of the odds ratio of a value against all others (Haldane's half added to each count)."""
    known = codes >= 0
    if not known.any():
        return 0.0
    n, k = np.bincount(codes[known]), np.bincount(codes[known], weights=outcome[known])
    a, b = k + 0.5, n - k + 0.5
    c, d = outcome.sum() - k + 0.5, (~outcome).sum() - (n - k) + 0.5
    floor = np.log(a * d / (b * c)) - 1.96 * np.sqrt(1 / a + 1 / b + 1 / c + 1 / d)
    return float(np.exp(np.max(floor[n >= _FEWEST], initial=-np.inf)))


def single_auc(column: Column, outcome: Bools, folds: Ints) -> float:
    """Give the cross-validated AUC of one column alone, whatever the shape of its effect."""
    return auc(outcome, out_of_fold_rates(_coded(column, missing(column)), outcome, folds))


def out_of_fold_rates(codes: Ints, outcome: Bools, folds: Ints) -> Floats:
    """Give each customer the departure rate of the same level among the other folds, shrunk by ten pseudo-customers.

    Args:
        codes: level of each customer, -1 for missing.
        outcome: True for a departure.
        folds: fold of each customer.
    """
    level = codes + 1
    size = int(level.max()) + 1
    rate = np.empty(codes.size)
    for fold in np.unique(folds):
        held, base = folds == fold, float(outcome[folds != fold].mean())
        n = np.bincount(level[~held], minlength=size)
        k = np.bincount(level[~held], weights=outcome[~held], minlength=size)
        rate[held] = ((k + 10 * base) / (n + 10))[level[held]] - base
    return rate


def _coded(column: Column, empty: Bools) -> Ints:
    if is_category(column):
        return category_codes(column)[0]
    values = column.astype(float)
    return bins(values, empty) if not empty.all() else np.full(column.size, -1, dtype=np.int64)


def _atoms(column: Column, empty: Bools) -> Ints:
    """Code the numbers met again and again (a zero, a flag): -1 for all the others."""
    codes = np.full(column.size, -1, dtype=np.int64)
    if is_category(column):
        return codes
    found, inverse, counts = np.unique(column[~empty], return_inverse=True, return_counts=True)
    frequent = np.flatnonzero(counts >= _FEWEST)[:50]
    rank = np.full(found.size, -1, dtype=np.int64)
    rank[frequent] = np.arange(frequent.size)
    codes[~empty] = rank[inverse]
    return codes


def _usual_or_not(column: Column, empty: Bools) -> Ints:
    """Code a number 0 at the value most customers have, 1 elsewhere: a refund that only leavers got is any amount but zero."""
    codes = np.full(column.size, -1, dtype=np.int64)
    if is_category(column) or empty.all():
        return codes
    found, counts = np.unique(column[~empty], return_counts=True)
    if counts.max() * 2 > column.size:
        codes[~empty] = column[~empty] != found[counts.argmax()]
    return codes


def _filled_by_outcome(empty: Bools, outcome: Bools) -> bool:
    if not empty.any() or empty.all():
        return False
    lost, kept = float(1 - empty[outcome].mean()), float(1 - empty[~outcome].mean())
    if max(lost, kept) > _FILLED and min(lost, kept) < _NOT_FILLED:
        return True
    filled = int((~empty).sum())
    departures = int(np.count_nonzero(outcome & ~empty))
    return _too_pure(departures, filled, float(outcome.mean())) or _too_pure(
        filled - departures, filled, float(1 - outcome.mean())
    )


def _pure_level(codes: Ints, outcome: Bools) -> bool:
    known = codes >= 0
    if not known.any():
        return False
    n = np.bincount(codes[known])
    k = np.bincount(codes[known], weights=outcome[known])
    base = float(outcome.mean())
    return any(_too_pure(int(departures), int(size), base) for departures, size in zip(k, n, strict=True))


def _too_pure(k: int, n: int, base: float) -> bool:
    """Whether k of n is so near to all of them that a share of `base` cannot give it by luck."""
    return n >= _FEWEST and k >= _PURE * n and 0 < base < 1 and base**n < _CHANCE
