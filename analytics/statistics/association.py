"""How much two columns say the same thing, whatever they hold: 0 nothing, 1 everything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from analytics.statistics.arrays import Floats, Ints
from analytics.statistics.encoding import Encoded, ranks

_SAMPLE = 10_000


@dataclass(frozen=True, slots=True)
class _Seen:
    """A column as it is compared: level codes packed from nil, and ranks."""

    codes: Ints
    ranks: Floats
    category: bool


def association(first: Encoded, second: Encoded) -> float:
    """Measure how bound two columns are, on the first 10,000 customers at most.

    Two numbers: |Spearman's rho|. Two categories: Cramér's V, corrected for bias (Bergsma 2013). One of each: the
    correlation ratio of the number's ranks within the categories.

    Returns:
        0..1.
    """
    return _bound(_seen(first), _seen(second))


def rank_correlation(first: Floats, second: Floats) -> float:
    """Spearman's rho of two numbers, both known everywhere.

    Returns:
        -1..1; 0 where one of them does not vary.
    """
    if np.ptp(first) == 0 or np.ptp(second) == 0:
        return 0.0
    return float(stats.spearmanr(first, second).statistic)


def associations(columns: Sequence[Encoded]) -> dict[tuple[str, str], float]:
    """Measure every pair once; the answer holds both (a, b) and (b, a)."""
    found: dict[tuple[str, str], float] = {}
    seen = [_seen(column) for column in columns]
    for i, one in enumerate(columns):
        for j in range(i + 1, len(columns)):
            other = columns[j]
            value = _bound(seen[i], seen[j])
            found[one.name, other.name] = found[other.name, one.name] = value
    return found


def _seen(column: Encoded) -> _Seen:
    codes = np.unique(column.codes[:_SAMPLE], return_inverse=True)[1].astype(np.int64)
    return _Seen(codes, np.empty(0) if column.category else ranks(column, _SAMPLE), column.category)


def _bound(first: _Seen, second: _Seen) -> float:
    if first.category and second.category:
        return _cramer(first.codes, second.codes)
    if first.category:
        return _correlation_ratio(first.codes, second.ranks)
    if second.category:
        return _correlation_ratio(second.codes, first.ranks)
    if np.ptp(first.ranks) == 0 or np.ptp(second.ranks) == 0:
        return 0.0
    return abs(float(np.corrcoef(first.ranks, second.ranks)[0, 1]))


def merge_twins(
    names: Sequence[str], bound: Mapping[tuple[str, str], float], limit: float = 0.8
) -> dict[str, tuple[str, ...]]:
    """Group columns that say the same: each joins the first kept one it is bound to beyond `limit`.

    Args:
        names: the columns, most worth keeping first.
        bound: from `associations`.
        limit: association from which two columns count as one.

    Returns:
        For each column kept, itself and its twins.
    """
    kept: dict[str, tuple[str, ...]] = {}
    for name in names:
        closest = max(kept, key=lambda k: bound.get((k, name), 0.0), default=None)
        if closest is not None and bound.get((closest, name), 0.0) > limit:
            kept[closest] = (*kept[closest], name)
        else:
            kept[name] = (name,)
    return kept


def _cramer(one: Ints, other: Ints) -> float:
    rows, columns = int(one.max()) + 1, int(other.max()) + 1
    n = one.size
    if rows < 2 or columns < 2:
        return 0.0
    table = np.bincount(one * columns + other, minlength=rows * columns).reshape(rows, columns).astype(float)
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / n
    phi = float(((table - expected) ** 2 / expected).sum()) / n
    phi = max(0.0, phi - (rows - 1) * (columns - 1) / (n - 1))
    height, width = rows - (rows - 1) ** 2 / (n - 1), columns - (columns - 1) ** 2 / (n - 1)
    return float(np.sqrt(min(1.0, phi / max(min(height, width) - 1, 1e-9))))


def _correlation_ratio(codes: Ints, values: Floats) -> float:
    centred = values - values.mean()
    total = float(centred @ centred)
    if total == 0:
        return 0.0
    sizes = np.bincount(codes)
    sums = np.bincount(codes, weights=centred)
    return float(np.sqrt(min(1.0, float((sums**2 / sizes).sum()) / total)))
