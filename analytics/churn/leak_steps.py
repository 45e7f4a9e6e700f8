"""Leak points by purchase number: of those who made their k-th purchase, how many make one more in time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from analytics.measures.lifetime import kept_at, one_minus
from analytics.statistics.intervals import Interval
from analytics.statistics.survival import kaplan_meier_counts
from analytics.study import Study

STEPS = 8
_HORIZONS = (365, 180, 90)
_ENOUGH = 30
_LEFT_SHARE = 0.02  # of those at a step, waited for up to the horizon: a curve's end on a handful is no curve
_TRUNCATED_DAYS = 31

_GAPS = """
SELECT step, grp, coalesce(following, ?) - day AS gap, count(following) AS again, count(*) - count(following) AS waiting
FROM (
  SELECT grp, day, row_number() OVER life AS step, lead(day) OVER life AS following
  FROM (
    SELECT DISTINCT customer_key, grp, day FROM purchases
    JOIN (SELECT customer_key, {group} AS grp FROM customers WHERE ({who}) AND {from_the_first}) USING (customer_key)
    WHERE kept AND COALESCE(amount, 0) >= 0
  )
  WINDOW life AS (PARTITION BY customer_key ORDER BY day)
)
WHERE step <= {steps}
GROUP BY ALL ORDER BY ALL
"""
_FROM_THE_FIRST = (
    "(started IS NULL OR started >="
    f" (SELECT min(first_purchase) FROM customers) - INTERVAL {_TRUNCATED_DAYS} DAY)"
)


@dataclass(frozen=True, slots=True)
class Step:
    """The k-th purchase: how many made it, the share who made another within the horizon (Kaplan-Meier).

    `so_far` counts those who have made another already, whenever they came.
    """

    number: int
    customers: int
    again: Interval
    so_far: int


@dataclass(frozen=True, slots=True)
class Steps:
    """Steps of everyone, steps by group, and the horizon in days. `unknown`: customers older than the purchases."""

    horizon: int
    everyone: tuple[Step, ...]
    groups: dict[str | None, tuple[Step, ...]]
    unknown: int


def read_steps(study: Study, group_sql: str | None) -> Steps | None:
    """Measure the steps over days of purchase; None when no first purchase was followed long enough."""
    where, values = study.who()
    sql = _GAPS.format(group=group_sql or "NULL", who=where, from_the_first=_FROM_THE_FIRST, steps=STEPS)
    rows = study.rows(sql, [study.as_of, *values])
    unknown = study.database.row(
        f"SELECT count(*) FROM customers WHERE ({where}) AND first_purchase IS NOT NULL AND NOT {_FROM_THE_FIRST}", values
    )[0]
    horizon = next((h for h in _HORIZONS if _step([r for r in rows if r[0] == 1], 1, h) is not None), None)
    if horizon is None:
        return None
    groups: dict[str | None, tuple[Step, ...]] = {}
    if group_sql is not None:
        names = sorted({r[1] for r in rows}, key=lambda v: (v is None, v or ""))
        groups = {name: _steps([r for r in rows if r[1] == name], horizon) for name in names}
    return Steps(horizon, _steps(rows, horizon), groups, unknown)


def _steps(rows: list[tuple[Any, ...]], horizon: int) -> tuple[Step, ...]:
    found = (_step([r for r in rows if r[0] == number], number, horizon) for number in range(1, STEPS + 1))
    return tuple(step for step in found if step is not None)


def _step(rows: list[tuple[Any, ...]], number: int, horizon: int) -> Step | None:
    """One step; None when fewer than 30 were followed up to the horizon (or had bought again), or almost nobody was waited for."""
    if not rows:
        return None
    curve = kaplan_meier_counts([r[2] for r in rows], [r[3] for r in rows], [r[4] for r in rows])
    kept = kept_at(curve, horizon)
    followed = sum(r[3] + r[4] if r[2] >= horizon else r[3] for r in rows)
    waited = sum(r[3] + r[4] for r in rows if r[2] >= horizon)
    customers = sum(r[3] + r[4] for r in rows)
    if kept is None or not waited or followed < min(_ENOUGH, customers) or waited < _LEFT_SHARE * customers:
        return None
    return Step(number, customers, one_minus(kept), sum(r[3] for r in rows))


def readable(step: Step) -> bool:
    """Whether the step rests on enough customers to be named."""
    return step.customers >= _ENOUGH
