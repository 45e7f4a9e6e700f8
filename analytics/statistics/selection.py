"""Which columns go with the outcome once the others are held equal: a search that pays for having searched."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from analytics.statistics.arrays import Bools, Floats
from analytics.statistics.comparisons import holm
from analytics.statistics.encoding import Encoded
from analytics.statistics.logistic import Logistic, design, fit_logistic, score_p

_LEVEL = 0.05
_SUSPECT = 0.05  # marginal p-value under which a column is held equal when the named ones are checked


@dataclass(frozen=True, slots=True)
class Selection:
    """The columns kept, most telling first, each with its p-value corrected for all the columns tried.

    `shaken` holds the columns that were significant until all the suspects were held equal.
    """

    kept: tuple[Encoded, ...]
    p_values: tuple[float, ...]
    shaken: tuple[str, ...]


def block_p(fitted: Logistic, x: Floats, outcome: Bools, column: Encoded) -> float:
    """Test one column against a fitted model: the better of its straight line and its free shape, times two."""
    shape = score_p(fitted, x, outcome, column.block)
    if column.category or column.block.shape[1] == 1:
        return shape
    return min(1.0, 2 * min(shape, score_p(fitted, x, outcome, column.block[:, :1])))


def matrix(columns: Sequence[Encoded], n: int) -> Floats:
    """Set columns side by side behind an intercept."""
    return design(np.empty((n, 0)), *(c.block for c in columns))


def select(
    candidates: Sequence[Encoded], outcome: Bools, *, always: Sequence[Encoded] = (), tried: int, most: int, whole: str = "",
    parts: Collection[str] = (),
) -> Selection:
    """Search for the columns that matter, holding each other equal.

    Forward: the most telling column given those already kept, as long as its p-value stands Holm's correction for all
    the columns tried. Then backward: each must still stand it given all the others kept. Last, with every suspect
    column held equal too, each must still show at 5 %: a decoy that came in before its cause does not.

    Args:
        candidates: columns to search in.
        outcome: what happened.
        always: columns held equal throughout, not tested.
        tried: how many columns were tried in all, for the correction.
        most: how many may be kept, ten events for each.
        whole, parts: a count, and the counts that add up to it: all its parts held equal, nothing would be left of it.
    """
    marginal = _p_given(always, candidates, outcome)
    kept = _backward(_forward(candidates, outcome, always, tried, most), outcome, always, tried)
    ranked = sorted(range(len(candidates)), key=lambda i: marginal[i])
    room = max(0, most - len(kept))
    names = {c.name for c, _ in kept}
    suspects = [candidates[i] for i in ranked if marginal[i] < _SUSPECT and candidates[i].name not in names][:room]
    columns = [c for c, _ in kept]
    shaken = []
    for column in columns:
        others = [c for c in columns if c is not column]
        against = [c for c in suspects if not (column.name == whole and c.name in parts)]
        if against and _p_given([*always, *others, *against], [column], outcome)[0] > _LEVEL:
            shaken.append(column.name)
    kept = [(c, p) for c, p in kept if c.name not in shaken]
    return Selection(tuple(c for c, _ in kept), tuple(p for _, p in kept), tuple(shaken))


def goes_with(column: Encoded, held: Sequence[Encoded], outcome: Bools) -> bool:
    """Whether a column goes with the outcome at 5 %, these others held equal: only such a one can make a cause of something else."""
    return _p_given(held, [column], outcome)[0] < _SUSPECT


def _p_given(held: Sequence[Encoded], tested: Sequence[Encoded], outcome: Bools) -> list[float]:
    x = matrix(held, outcome.size)
    fitted = fit_logistic(x, outcome)
    return [block_p(fitted, x, outcome, c) for c in tested]


def _forward(
    candidates: Sequence[Encoded], outcome: Bools, always: Sequence[Encoded], tried: int, most: int
) -> list[Encoded]:
    kept: list[Encoded] = []
    left = list(candidates)
    while left and len(kept) < most:
        p_values = _p_given([*always, *kept], left, outcome)
        best = int(np.argmin(p_values))
        if p_values[best] * max(1, tried - len(kept)) > _LEVEL:
            break
        kept.append(left.pop(best))
    return kept


def _backward(
    kept: list[Encoded], outcome: Bools, always: Sequence[Encoded], tried: int
) -> list[tuple[Encoded, float]]:
    while kept:
        p_values = [_p_given([*always, *(o for o in kept if o is not c)], [c], outcome)[0] for c in kept]
        corrected = holm(np.array([*p_values, *[1.0] * max(0, tried - len(kept))]))[: len(kept)]
        worst = int(np.argmax(corrected))
        if corrected[worst] <= _LEVEL:
            return [(c, float(p)) for c, p in zip(kept, corrected, strict=True)]
        kept = [c for i, c in enumerate(kept) if i != worst]
    return []
