"""Columns cut once into a few whole-number bins, so that an additive model is a set of small tables."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analytics.statistics.arrays import Column, Floats, Ints, category_codes, is_category, missing

_BINS = 128  # of a number
_LEVELS = 60  # of a category; rarer words share one more
_FEWEST = 5  # customers for a level to have its own bin


@dataclass(frozen=True, slots=True)
class Bins:
    """How one column is cut.

    Args:
        name: of the column.
        edges: for a number, increasing: bin i holds edges[i-1] <= x < edges[i].
        centres: for a number, the mean of each bin.
        levels: for a category, the words with their own bin; empty for a number.
        others: whether a bin stands for all rarer words.
        missing: whether a bin stands for missing values (always the last).
    """

    name: str
    edges: Floats
    centres: Floats
    levels: tuple[str, ...]
    category: bool
    others: bool
    missing: bool

    @property
    def size(self) -> int:
        """Number of bins, that of missing values included."""
        known = len(self.levels) + int(self.others) if self.category else self.centres.size
        return int(known) + int(self.missing)

    def codes(self, column: Column) -> Ints:
        """Give the bin of each value; -1 for what the model never met (a new word, a first missing value)."""
        empty = missing(column)
        codes = np.full(column.size, self.size - 1 if self.missing else -1, dtype=np.int64)
        if not self.category:
            codes[~empty] = np.searchsorted(self.edges, column[~empty].astype(float), side="right")
            return codes
        position = {word: i for i, word in enumerate(self.levels)}
        rare = len(self.levels) if self.others else -1
        codes[~empty] = [position.get(str(value), rare) for value in column[~empty]]
        return codes

    def labels(self) -> tuple[str | float | None, ...]:
        """Name the bins: a word or the mean number; "…" for rarer words, None for missing."""
        known: list[str | float | None] = list(self.levels) if self.category else [float(c) for c in self.centres]
        if self.category and self.others:
            known.append("…")
        return (*known, None) if self.missing else tuple(known)


def learn_bins(name: str, column: Column) -> Bins:
    """Learn how to cut a column: quantile bins for a number, one bin a frequent word for a category."""
    empty = missing(column)
    nothing = np.empty(0)
    if is_category(column):
        codes, words = category_codes(column)
        counts = np.bincount(codes[codes >= 0], minlength=len(words))
        own = min(_LEVELS, max(1, int(np.count_nonzero(counts >= _FEWEST)))) if words else 0
        return Bins(name, nothing, nothing, words[:own], True, len(words) > own, bool(empty.any()))
    values = column[~empty].astype(float)
    if not values.size:
        return Bins(name, nothing, nothing, (), False, False, bool(empty.any()))
    distinct = np.unique(values)
    if distinct.size <= _BINS:
        edges = (distinct[1:] + distinct[:-1]) / 2
    else:
        edges = np.unique(np.quantile(values, np.linspace(0, 1, _BINS + 1)[1:-1]))
        edges = edges[edges > distinct[0]]
    bin_of = np.searchsorted(edges, values, side="right")
    sizes = np.bincount(bin_of, minlength=edges.size + 1)
    centres = np.bincount(bin_of, weights=values, minlength=edges.size + 1) / np.maximum(sizes, 1)
    return Bins(name, edges, centres, (), False, False, bool(empty.any()))
