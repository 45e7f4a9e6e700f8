"""An additive model that explains itself exactly: the score is a base plus one number read in a table per column.

Boosted trees that never mix columns (`interaction_cst`), save for a few named pairs. Columns are cut into bins first,
so that the fitted trees are read out once into small tables; scoring any number of customers is then a look-up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analytics.statistics.arrays import Bools, Features, Floats, Ints
from analytics.statistics.binning import Bins, learn_bins
from analytics.statistics.threads import as_many_as_pay

_TREES, _LEAVES, _RATE = 300, 6, 0.05


@dataclass(frozen=True, slots=True)
class AdditiveModel:
    """A fitted additive model.

    Args:
        bins: how each column is cut.
        pairs: the named pairs of columns it may combine.
        base: mean log-odds over the customers it was fitted on.
        tables: contribution of each bin of each column, log-odds, mean nil over those customers.
        pair_tables: the same for each pair, one row a bin of the first column.
    """

    bins: tuple[Bins, ...]
    pairs: tuple[tuple[str, str], ...]
    base: float
    tables: tuple[Floats, ...]
    pair_tables: tuple[Floats, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Name the terms: the columns, then each pair as "first × second"."""
        return (*(b.name for b in self.bins), *(f"{one} × {other}" for one, other in self.pairs))

    def contributions(self, features: Features) -> Floats:
        """Give what each term adds to each customer's log-odds, against the average customer.

        Args:
            features: the columns it was fitted on, any number of customers.

        Returns:
            (n, terms) log-odds in the order of `names`; `base` plus a row's sum is that customer's score, exactly. A
            value never met in fitting adds nothing.
        """
        codes = {b.name: b.codes(features[b.name]) for b in self.bins}
        terms = [np.append(table, 0.0)[codes[b.name]] for b, table in zip(self.bins, self.tables, strict=True)]
        for (one, other), table in zip(self.pairs, self.pair_tables, strict=True):
            terms.append(np.pad(table, ((0, 1), (0, 1)))[codes[one], codes[other]])
        return np.column_stack(terms)

    def score(self, features: Features) -> Floats:
        """Give each customer's log-odds of the outcome."""
        return np.asarray(self.base + self.contributions(features).sum(axis=1))

    def shape(self, name: str) -> tuple[tuple[str | float | None, ...], Floats]:
        """Give the labels of a column's bins and what each adds.

        Raises:
            KeyError: when the column is not in the model.
        """
        for b, table in zip(self.bins, self.tables, strict=True):
            if b.name == name:
                return b.labels(), table
        raise KeyError(name)


def fit_additive(features: Features, outcome: Bools, *, pairs: Sequence[tuple[str, str]] = ()) -> AdditiveModel:
    """Fit an additive model.

    Args:
        features: the columns; hand over at most 50,000 customers, more add nothing but time.
        outcome: True for the event.
        pairs: columns that may act together.

    Raises:
        ValueError: when there is no column, or only one outcome.
    """
    if not features or outcome.all() or not outcome.any():
        raise ValueError("an additive model needs a column and both outcomes")
    learnt = [learn_bins(name, column) for name, column in features.items()]
    # Categories first: scikit-learn moves them there itself, but then reads `interaction_cst` by the new places.
    bins = tuple(sorted(learnt, key=lambda b: not b.category))
    codes = np.column_stack([b.codes(features[b.name]) for b in bins])
    places = {b.name: i for i, b in enumerate(bins)}
    pair_places = [(places[one], places[other]) for one, other in pairs]
    with as_many_as_pay(outcome.size):
        model = fit_trees(bins, codes, outcome, pair_places)
        return _read_out(model, bins, codes, tuple(pairs), pair_places)


def fit_trees(bins: Sequence[Bins], codes: Ints, outcome: Bools, pairs: Sequence[tuple[int, int]]) -> Any:
    """Fit the boosted trees on binned columns; missing bins are missing values to them."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    allowed: list[set[int]] = [{i} for i in range(len(bins))] + [set(pair) for pair in pairs]
    model = HistGradientBoostingClassifier(
        max_iter=_TREES, max_leaf_nodes=_LEAVES, learning_rate=_RATE, min_samples_leaf=20, early_stopping=False,
        interaction_cst=allowed, categorical_features=[b.category for b in bins], random_state=0,
    )  # fmt: skip
    return model.fit(tree_input(bins, codes), outcome)


def tree_input(bins: Sequence[Bins], codes: Ints) -> Floats:
    """Turn bins into what the trees read: missing bins, and values never met, as NaN."""
    x = codes.astype(float)
    for i, b in enumerate(bins):
        x[(codes[:, i] < 0) | (b.missing & (codes[:, i] == b.size - 1)), i] = np.nan
    return x


def _read_out(
    model: Any, bins: tuple[Bins, ...], codes: Ints, pairs: tuple[tuple[str, str], ...],
    places: Sequence[tuple[int, int]],
) -> AdditiveModel:  # fmt: skip
    """Read the trees into tables: f_j(v) = F(reference with column j at v) - F(reference), then centre."""
    reference = np.array([np.bincount(codes[:, i]).argmax() for i in range(len(bins))], dtype=np.int64)

    asked = [reference[None, :]]
    for i, b in enumerate(bins):
        rows = np.repeat(reference[None, :], b.size, axis=0)
        rows[:, i] = np.arange(b.size)
        asked.append(rows)
    for i, j in places:
        height, width = bins[i].size, bins[j].size
        rows = np.repeat(reference[None, :], height * width, axis=0)
        rows[:, i], rows[:, j] = np.repeat(np.arange(height), width), np.tile(np.arange(width), height)
        asked.append(rows)
    # One call for all the rows: each has a fixed cost that would otherwise be paid once a column.
    told = np.asarray(model.decision_function(tree_input(bins, np.concatenate(asked))), dtype=float)
    answers = np.split(told, np.cumsum([len(rows) for rows in asked])[:-1])
    start = float(answers[0][0])
    tables = [answer - start for answer in answers[1 : len(bins) + 1]]
    pair_tables = []
    for (i, j), answer in zip(places, answers[len(bins) + 1 :], strict=True):
        together = answer.reshape(bins[i].size, bins[j].size) - start
        pair_tables.append(together - tables[i][:, None] - tables[j][None, :])
    base = start
    for i, table in enumerate(tables):
        mean = float(table[codes[:, i]].mean())
        tables[i], base = table - mean, base + mean
    for k, (i, j) in enumerate(places):
        mean = float(pair_tables[k][codes[:, i], codes[:, j]].mean())
        pair_tables[k], base = pair_tables[k] - mean, base + mean
    return AdditiveModel(bins, pairs, base, tuple(tables), tuple(pair_tables))
