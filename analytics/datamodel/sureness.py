"""How sure a reading is: the share of such readings that were right where they were measured."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analytics.datamodel.guessing import Guess
from analytics.datamodel.reading import GENERIC_ROLES
from analytics.datamodel.roles import DESCRIBING


def confidence(guess: Guess) -> float:
    """The share of such readings that are right, 0..1.

    Between what was measured on tables the vocabulary was tuned on and on others at first sight (`docs/roles.md`).
    """
    if guess.learned:
        return _share_right(guess.score, _PLAIN_RIGHT if guess.role in DESCRIBING else _LEARNED_RIGHT)
    if guess.role in GENERIC_ROLES and guess.header == 0.0:
        return 0.86
    return _share_right(guess.score, _RIGHT)


def _share_right(score: float, curve: Sequence[tuple[float, float]]) -> float:
    scores, shares = zip(*curve, strict=True)
    return round(float(np.interp(score, scores, shares)), 2)


# score, share right: of the rules alone, of roles weighed by what was learnt, and of columns said only to describe (on sets left out of learning)
_RIGHT = ((0.45, 0.68), (0.6, 0.76), (0.75, 0.87), (0.9, 0.95), (1.0, 0.97))
_LEARNED_RIGHT = ((0.2, 0.3), (0.36, 0.52), (0.46, 0.68), (0.55, 0.78), (0.65, 0.84), (0.75, 0.87), (0.86, 0.925), (0.93, 0.965), (1.0, 0.99))
_PLAIN_RIGHT = ((0.3, 0.5), (0.46, 0.66), (0.6, 0.71), (0.75, 0.845), (0.85, 0.92), (0.93, 0.94), (1.0, 0.985))
