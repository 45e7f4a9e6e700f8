"""What an additive model is worth out of sample, what additivity costs, and which pairs would pay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analytics.statistics.additive import fit_additive
from analytics.statistics.arrays import Bools, Column, Features, Floats, Ints
from analytics.statistics.binning import learn_bins
from analytics.statistics.calibration import auc
from analytics.statistics.whole_model import cross_validated_auc

_FREE_TREES = 100
_PAIR_BINS = 12
_SAMPLE = 10_000


@dataclass(frozen=True, slots=True)
class AdditiveCheck:
    """An additive model's worth.

    Args:
        auc, auc_sd: mean and standard deviation over the folds.
        free_auc: mean over the folds of a model free to mix columns.
        cost: what additivity loses, free minus additive (negative when it gains).
        out_of_fold: log-odds of each customer by the model that has not seen it, for calibration.
    """

    auc: float
    auc_sd: float
    free_auc: float
    cost: float
    out_of_fold: Floats


def check_additive(
    features: Features, outcome: Bools, folds: Ints, *, pairs: Sequence[tuple[str, str]] = ()
) -> AdditiveCheck:
    """Judge an additive model out of sample.

    Args:
        features: the columns; hand over at most 10,000 customers (`folds.sample_of`).
        outcome: True for the event.
        folds: fold of each customer, from `folds.folds_of` with the outcome.
        pairs: columns that may act together.

    Raises:
        ValueError: when a fold holds one outcome only.
    """
    scores = np.zeros(outcome.size)
    values = []
    for fold in np.unique(folds):
        held = folds == fold
        if outcome[held].all() or not outcome[held].any():
            raise ValueError("too few of one outcome for these folds")
        train = {name: column[~held] for name, column in features.items()}
        model = fit_additive(train, outcome[~held], pairs=pairs)
        scores[held] = model.score({name: column[held] for name, column in features.items()})
        values.append(auc(outcome[held], scores[held]))
    free = cross_validated_auc(features, outcome, folds, _FREE_TREES)
    mean = float(np.mean(values))
    return AdditiveCheck(mean, float(np.std(values, ddof=1)), free, free - mean, scores)


def choose_pairs(
    features: Features, outcome: Bools, out_of_fold: Floats, count: int = 5
) -> tuple[tuple[str, str], ...]:
    """Choose the pairs of columns whose joint table best explains what the additive model misses out of fold.

    A two-way table of residuals, main effects taken out, scored by its chi-squared over degrees of freedom. Merge twins
    first (`association.merge_twins`): they would fill the list.

    Args:
        features: the columns.
        outcome: True for the event.
        out_of_fold: log-odds from `check_additive`.
        count: how many pairs to keep.
    """
    rows = slice(0, _SAMPLE)
    p = 1 / (1 + np.exp(-out_of_fold[rows]))
    residual, weight = outcome[rows] - p, p * (1 - p)
    coarse = {name: _coarse(name, column[rows]) for name, column in features.items()}
    names = list(features)
    scored = [
        (_pair_gain(coarse[one], coarse[other], residual, weight), one, other)
        for i, one in enumerate(names)
        for other in names[i + 1 :]
    ]
    scored.sort(key=lambda found: (-found[0], found[1], found[2]))
    return tuple((one, other) for gain, one, other in scored[:count] if gain > 3)


def _coarse(name: str, column: Column) -> Ints:
    bins = learn_bins(name, column)
    codes = bins.codes(column)
    if bins.size <= _PAIR_BINS:
        return codes
    return np.minimum(codes * _PAIR_BINS // bins.size, _PAIR_BINS - 1) if not bins.category else np.minimum(codes, 11)


def _pair_gain(one: Ints, other: Ints, residual: Floats, weight: Floats) -> float:
    """How far (in standard normal terms) a table's chi-squared stands above its degrees of freedom."""
    height, width = int(one.max()) + 1, int(other.max()) + 1
    if height < 2 or width < 2:
        return 0.0
    cell = one * width + other
    total = np.bincount(cell, weights=residual, minlength=height * width).reshape(height, width)
    mass = np.bincount(cell, weights=weight, minlength=height * width).reshape(height, width) + 1e-9
    total = total - mass * (total.sum(axis=1, keepdims=True) / mass.sum(axis=1, keepdims=True))
    total = total - mass * (total.sum(axis=0, keepdims=True) / mass.sum(axis=0, keepdims=True))
    chi = float((total**2 / mass)[mass > 1].sum())
    degrees = max(1, int((mass > 1).sum()) - height - width + 1)
    return (chi - degrees) / float(np.sqrt(2 * degrees))
