"""Columns as arrays: what counts as a category, what as a number, what as missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Bools: TypeAlias = NDArray[np.bool_]
Ints: TypeAlias = NDArray[np.int64]
Column: TypeAlias = NDArray[Any]
"""One value a customer: numbers or booleans (NaN is missing), or words in an object or string array (None is missing)."""
Features: TypeAlias = Mapping[str, Column]


def is_category(column: Column) -> bool:
    """Say whether a column holds words (or yes/no) rather than quantities."""
    return column.dtype.kind in "OUSb"


def missing(column: Column) -> Bools:
    """Say which values are missing: NaN (or infinite) in numbers; None, NaN or an empty word in categories."""
    if column.dtype.kind in "OUS":
        return np.fromiter((v is None or v == "" or v != v for v in column), dtype=bool, count=column.size)
    if column.dtype.kind == "f":
        return np.asarray(~np.isfinite(column))
    return np.zeros(column.size, dtype=bool)


def category_codes(column: Column) -> tuple[Ints, tuple[str, ...]]:
    """Number the levels of a category, most frequent first (ties in alphabetical order); missing is -1.

    Returns:
        The codes, one a customer, and the levels' words.
    """
    empty = missing(column)
    codes = np.full(column.size, -1, dtype=np.int64)
    met: dict[str, int] = {}
    first_seen = [met.setdefault(str(value), len(met)) for value in column[~empty]]
    if not first_seen:
        return codes, ()
    counts = np.bincount(first_seen)
    words = list(met)
    order = sorted(range(len(words)), key=lambda i: (-counts[i], words[i]))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    codes[~empty] = rank[first_seen]
    return codes, tuple(words[i] for i in order)
