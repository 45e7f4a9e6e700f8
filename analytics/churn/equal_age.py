"""Whether a gap between groups stands among customers who came at the same time: who came first has had longer to leave.

Mantel and Haenszel's test over quarters of arrival; the others' rate is standardised to the arrivals of the group.
Source: Mantel & Haenszel (1959), JNCI 22, 719-748.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from analytics.measures.groups import Grouping
from analytics.study import Study

_TOLD = 0.95  # of customers whose arrival is known, without which nothing is compared
_SHARED = 0.5  # of the group, in quarters where others came too
_Z = 1.96


@dataclass(frozen=True, slots=True)
class EqualAge:
    """A group beside the others who came in the same quarters.

    Args:
        z: of the gap, positive when the group leaves more.
        rate: of the group, in the quarters where others came too.
        others: rate the others would have, had they come when the group did.
        customers: of the group, so compared.
        compared: of the others.
    """

    z: float
    rate: float
    others: float
    customers: int
    compared: int

    def upholds(self, *, more: bool) -> bool:
        """Whether the gap stands, in the direction seen without regard to the arrival."""
        return self.z > _Z if more else self.z < -_Z


def at_equal_age(study: Study, split: Grouping, group: str | None) -> EqualAge | None:
    """Compare a group with the others by quarter of arrival; None when arrivals are not told, or never shared.

    Args:
        study: the data.
        split: how customers are grouped.
        group: the value looked at.
    """
    where, values = study.who()
    rows = study.rows(
        f"SELECT date_trunc('quarter', started) AS came, coalesce(({split.sql}) IS NOT DISTINCT FROM ?, FALSE) AS inside,"
        f" count(*) FILTER (lost) AS gone, count(lost) AS n FROM customers WHERE {where} GROUP BY 1, 2",
        [group, *values],
    )
    known, everyone = sum(row[3] for row in rows if row[0] is not None), sum(row[3] for row in rows)
    if split.cohort or not everyone or known < _TOLD * everyone:
        return None
    return _compared([row for row in rows if row[0] is not None])


def _compared(rows: list[tuple[Any, ...]]) -> EqualAge | None:
    quarters: dict[Any, dict[bool, tuple[int, int]]] = {}
    for came, inside, gone, n in rows:
        quarters.setdefault(came, {})[bool(inside)] = (gone, n)
    excess = variance = gone_inside = expected = 0.0
    own = others = 0
    for told in quarters.values():
        gone, n = told.get(True, (0, 0))
        gone_others, n_others = told.get(False, (0, 0))
        if not n or not n_others:
            continue
        total, lost = n + n_others, gone + gone_others
        excess += gone - n * lost / total
        variance += n * n_others * lost * (total - lost) / (total**2 * (total - 1))
        gone_inside += gone
        expected += n * gone_others / n_others
        own, others = own + n, others + n_others
    size = sum(row[3] for row in rows if row[1])
    if own < _SHARED * size or variance <= 0:
        return None
    return EqualAge(excess / math.sqrt(variance), gone_inside / own, expected / own, own, others)
