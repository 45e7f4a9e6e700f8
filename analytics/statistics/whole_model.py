"""A free model over all columns: how well the outcome can be foretold at all, and whether that is too well."""

from __future__ import annotations

import numpy as np

from analytics.statistics.arrays import Bools, Column, Features, Floats, Ints, category_codes, is_category, missing
from analytics.statistics.calibration import auc
from analytics.statistics.leaks import single_auc
from analytics.statistics.threads import as_many_as_pay

_TOO_WELL = 0.97
_SUSPECT_ALONE = 0.75  # a column under this does not make a whole model too good by itself
_ROUNDS = 3
_SAMPLE = 10_000
_LEVELS = 60
_QUICK = 40  # trees enough to see a leak


def cross_validated_auc(features: Features, outcome: Bools, folds: Ints, trees: int) -> float:
    """Give the AUC of a free boosted model, out of fold (the first 10,000 customers as given).

    Args:
        features: the columns.
        outcome: True for a departure.
        folds: fold of each customer.
        trees: more fit closer.
    """
    from sklearn.ensemble import HistGradientBoostingClassifier

    x = _matrix(features)[:_SAMPLE]
    y, fold = outcome[:_SAMPLE], folds[:_SAMPLE]
    categorical = [is_category(column) for column in features.values()]
    scores = np.zeros(y.size)
    for held in np.unique(fold):
        train = fold != held
        if not y[train].any() or y[train].all():
            return 0.5
        model = HistGradientBoostingClassifier(
            max_iter=trees, max_leaf_nodes=15, learning_rate=0.1, min_samples_leaf=20, early_stopping=False,
            categorical_features=categorical, random_state=0,
        )  # fmt: skip
        with as_many_as_pay(y.size):
            scores[~train] = model.fit(x[train], y[train]).decision_function(x[~train])
    return auc(y, scores)


def leaks_of_the_whole(features: Features, outcome: Bools, folds: Ints) -> tuple[tuple[str, ...], float | None, bool]:
    """Look for leaks that no column shows alone: a whole model above an AUC of 0.97 is too good to be true.

    The column that says most alone is then taken out, up to three times.

    Args:
        features: the columns.
        outcome: True for a departure.
        folds: fold of each customer; five are dealt into three.

    Returns:
        The columns taken out, the AUC of what remains (None without a column), and whether it is still too good.
    """
    left = dict(features)
    out: list[str] = []
    folds = folds % 3
    for _ in range(_ROUNDS + 1):
        if not left:
            return tuple(out), None, False
        value = cross_validated_auc(left, outcome, folds, _QUICK)
        alone = {name: single_auc(column, outcome, folds) for name, column in left.items()} if value > _TOO_WELL else {}
        worst = max(alone, key=lambda name: alone[name], default=None)
        if worst is None or alone[worst] < _SUSPECT_ALONE or len(out) == _ROUNDS:
            break
        out.append(worst)
        del left[worst]
    return tuple(out), value, value > _TOO_WELL


def _matrix(features: Features) -> Floats:
    return np.column_stack([_numbers(column) for column in features.values()])


def _numbers(column: Column) -> Floats:
    if not is_category(column):
        return np.where(missing(column), np.nan, column.astype(float))
    codes = np.minimum(category_codes(column)[0], _LEVELS).astype(float)
    codes[codes < 0] = np.nan
    return codes
