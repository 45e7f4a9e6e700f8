"""How many threads a model of boosted trees is fitted with."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any

from threadpoolctl import threadpool_limits

_FEW = 10_000


def as_many_as_pay(rows: int) -> AbstractContextManager[Any]:
    """Limit scikit-learn to one thread up to 10,000 rows: on so few, threads wait for each other longer than they work.

    The model is the same to the bit.

    Args:
        rows: of the table that is learnt from.
    """
    return threadpool_limits(1, "openmp") if rows <= _FEW else nullcontext()
