"""A column as a regression sees it: indicator columns for words, a bendable line for numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import stats

from analytics.statistics.arrays import Bools, Column, Floats, Ints, category_codes, is_category, missing
from vocabulary.finding import SetAsideWhy

_FEWEST = 30  # customers for a level to stand on its own
_MOST_LEVELS = 25
_SKEWED = 1.0  # skewness beyond which a logarithm serves better
_KNOTS = (0.25, 0.5, 0.75)
_EARLY = (0.05, 0.1, 0.15)
_WORDS_SAID_ONCE = 0.9  # distinct words per customer beyond which a column names customers


@dataclass(frozen=True, slots=True)
class Encoded:
    """A column ready for use.

    Args:
        name: of the column.
        block: (n, d) columns for a regression, of order one; the first is the straight line for a number.
        category: whether it holds words.
        levels: the words that stand on their own, by code; empty for a number.
        codes: level of each customer, `len(levels)` for all rarer words, -1 for missing; bins for a number.
        values: the numbers, NaN where missing; empty for a category.
        empty: who has no value.
    """

    name: str
    block: Floats
    category: bool
    levels: tuple[str, ...]
    codes: Ints
    values: Floats
    empty: Bools


def encode(name: str, column: Column) -> Encoded | SetAsideWhy:
    """Encode a column, or say why it can explain nothing."""
    empty = missing(column)
    if column.size - int(empty.sum()) < 2 * _FEWEST:
        return SetAsideWhy.TOO_SPARSE
    return _words(name, column, empty) if is_category(column) else _numbers(name, column.astype(float), empty)


def _words(name: str, column: Column, empty: Bools) -> Encoded | SetAsideWhy:
    codes, words = category_codes(column)
    present = codes[codes >= 0]
    if len(words) < 2 and not _both(empty):
        return SetAsideWhy.CONSTANT
    counts = np.bincount(present, minlength=len(words))
    own = min(int(np.count_nonzero(counts >= _FEWEST)), _MOST_LEVELS)
    if own == 0 or counts[:own].sum() < 0.5 * present.size:
        said_once = len(words) > _WORDS_SAID_ONCE * present.size
        return SetAsideWhy.IDENTIFIER if said_once else SetAsideWhy.TOO_MANY_VALUES
    codes = np.minimum(codes, own)
    shown = [code for code in (*range(1, own + 1), -1) if np.count_nonzero(codes == code) >= _FEWEST]
    if not shown:
        return SetAsideWhy.TOO_SPARSE
    block = np.column_stack([(codes == code).astype(float) for code in shown])
    return Encoded(name, block, True, words[:own], codes, np.empty(0), empty)


def _numbers(name: str, values: Floats, empty: Bools) -> Encoded | SetAsideWhy:
    present = values[~empty]
    if np.ptp(present) == 0 and not _both(empty):
        return SetAsideWhy.CONSTANT
    if _counts_rows(present):
        return SetAsideWhy.IDENTIFIER
    low, high = np.quantile(present, [0.005, 0.995])
    if low == high:
        low, high = float(present.min()), float(present.max())
        mode = float(np.median(present))
        if min(np.count_nonzero(present != mode), np.count_nonzero(present == mode)) < _FEWEST and not _both(empty):
            return SetAsideWhy.TOO_SPARSE
    clipped = _unskewed(np.clip(present, low, high))
    centre, spread = float(clipped.mean()), float(clipped.std()) or 1.0
    line = np.zeros(values.size)
    line[~empty] = (clipped - centre) / spread
    columns = [line]
    for knot in sorted({float(k) for k in np.quantile(clipped, _KNOTS)} - {float(clipped.min()), float(clipped.max())}):
        bend = np.zeros(values.size)
        bend[~empty] = np.maximum(clipped - knot, 0.0) / spread
        columns.append(bend)
    if _both(empty):
        columns.append(empty.astype(float))
    return Encoded(name, np.column_stack(columns), False, (), bins(values, empty), values, empty)


def bent_early(encoded: Encoded) -> Encoded:
    """Let a number bend where few are, near its low end: the first weeks of a relation are unlike all the rest."""
    present = encoded.values[~encoded.empty]
    spread = float(present.std()) or 1.0
    bends = []
    for knot in np.unique(np.quantile(present, _EARLY)):
        bend = np.zeros(encoded.values.size)
        bend[~encoded.empty] = np.minimum(present - knot, 0.0) / spread
        if np.ptp(bend) > 0:
            bends.append(bend)
    return replace(encoded, block=np.column_stack([encoded.block, *bends])) if bends else encoded


def _unskewed(values: Floats) -> Floats:
    """Draw in a long right tail (money, counts) by a logarithm, so that a few lines can follow the effect."""
    centred = values - values.mean()
    spread = float(np.mean(centred**2)) ** 1.5
    if values.min() < 0 or spread == 0 or float(np.mean(centred**3)) < _SKEWED * spread:
        return values
    positive = values[values > 0]
    return np.asarray(np.log1p(values / np.median(positive)))


def bins(values: Floats, empty: Bools, most: int = 20) -> Ints:
    """Cut numbers into at most `most` bins of about equal size (-1 where missing)."""
    codes = np.full(values.size, -1, dtype=np.int64)
    edges = np.unique(np.quantile(values[~empty], np.linspace(0, 1, most + 1)[1:-1]))
    codes[~empty] = np.searchsorted(edges, values[~empty], side="right")
    return codes


def ranks(encoded: Encoded, most: int) -> Floats:
    """Give the average ranks of the first `most` numbers, missing ones in the middle."""
    values, empty = encoded.values[:most], encoded.empty[:most]
    ranked = np.zeros(values.size)
    if not empty.all():
        ranked[~empty] = stats.rankdata(values[~empty])
        ranked[empty] = ranked[~empty].mean()
    return ranked


def _both(empty: Bools) -> bool:
    """Whether enough values are missing, and enough are not, for missing to be compared with present."""
    return _FEWEST <= int(empty.sum()) <= empty.size - _FEWEST


def _counts_rows(present: Floats) -> bool:
    """Whether the numbers merely count the rows (1, 2, 3 ...): a key, not a quantity."""
    if present.size < 100 or not np.all(present == np.round(present)):
        return False
    return bool(np.ptp(present) < 1.05 * present.size) and np.unique(present).size == present.size
