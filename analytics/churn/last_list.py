"""What became of customers listed before: found again in the present data, and lost or not since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.study import Study

_FATE = """
SELECT customer_id, lost FROM customers
WHERE customer_id IN (SELECT UNNEST(CAST(? AS VARCHAR[]))) AND lost IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Fate:
    """Of a list: the ids found again, and those of them that are lost."""

    found: frozenset[str]
    lost: frozenset[str]


def fate(study: Study, ids: Sequence[str]) -> Fate:
    """Look customers up in the present data.

    Args:
        study: the present data.
        ids: customers as they stood in the file they were listed from.
    """
    rows = study.rows(_FATE, [list(ids)])
    return Fate(frozenset(name for name, _ in rows), frozenset(name for name, lost in rows if lost))
