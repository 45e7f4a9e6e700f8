"""Who an action is for: a rule, a count and the SQL that gives the list."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analytics.segment import Segment
from analytics.study import Study


@dataclass(frozen=True, slots=True)
class Target:
    """Customers who match a segment."""

    segment: tuple[Mapping[str, Any], ...]
    sql: str
    count: int


def target(study: Study, conditions: Sequence[Mapping[str, Any]], *, present: bool = True) -> Target:
    """Count the customers of a segment; `present` keeps those not lost.

    Raises:
        UserError: a condition on a column that does not exist.
    """
    rows = [*conditions, {"field": "lost", "operator": "=", "values": [False]}] if present else list(conditions)
    segment = Segment.from_json(rows)
    bought = study.purchase_attributes if "purchases" in study.tables else None
    where, given = segment.sql(study.attributes, bought)
    count = study.database.row(f"SELECT count(*) FROM customers WHERE {where}", given)[0]
    sql = f"SELECT customer_id FROM customers WHERE {segment.display_sql(study.attributes, bought)} ORDER BY customer_id"
    return Target(tuple(rows), sql, int(count))


def action_id(name: str, chosen: Target) -> str:
    """A stable name: the rule's, and a hash of whom it targets."""
    seed = json.dumps([name, [dict(row) for row in chosen.segment]], sort_keys=True, default=str)
    return f"{name}-{hashlib.sha256(seed.encode()).hexdigest()[:8]}"
