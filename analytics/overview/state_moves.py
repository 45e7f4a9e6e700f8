"""Customers by state, now and at an earlier date, and who moved from one state to another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from analytics.customers.schema import STATES
from analytics.datamodel.model import LostBasis
from analytics.measures.base import COUNTED
from analytics.measures.dates import months_before
from analytics.measures.lifetime import silence_days
from analytics.measures.seen import days_seen
from analytics.study import Study

_RECENT_MONEY = "COALESCE(amount_12m, CASE WHEN lost IS NOT TRUE THEN monthly_amount END, 0)"
_SHORTEST_DAYS = 90


@dataclass(frozen=True, slots=True)
class StateCount:
    """One state.

    Args:
        customers: how many are in it.
        money: the revenue they hold (last twelve months; else present monthly bills).
        recent: how many of them that revenue can tell of: who bought in those twelve months, or have a bill.
    """

    state: str
    customers: int
    money: float
    recent: int


@dataclass(frozen=True, slots=True)
class Moves:
    """States at an earlier `day` (`then`: state -> customers) and `moved`: (state then, state now) -> customers."""

    day: date
    then: Mapping[str, int]
    moved: Mapping[tuple[str, str], int]


def count_states(study: Study) -> tuple[StateCount, ...]:
    """Count the study's customers in each state, in the order of a relation's life; empty states are left out."""
    where, values = study.who()
    rows = study.rows(
        f"SELECT state, count(*), CAST(sum({_RECENT_MONEY}) AS DOUBLE), count(*) FILTER (last_sign > ? OR monthly_amount > 0)"
        f" FROM customers WHERE ({where}) AND {COUNTED} GROUP BY 1",
        [months_before(study.as_of, 12), *values],
    )
    found = {state: StateCount(state, count, float(money or 0), recent) for state, count, money, recent in rows}
    return tuple(found[state] for state in STATES if state in found)


def read_moves(study: Study, months: int) -> Moves | None:
    """Compare today's states with those of some months before; None when the past cannot be looked at.

    Customers of the study's segment only, as the segment holds them today.
    """
    dated = days_seen(study) is not None or study.model.lost.basis is LostBasis.CONTRACT_END
    if study.reducer is None or not dated or study.model.lost.basis is LostBasis.LABEL:
        return None
    first = study.database.row("SELECT min(COALESCE(first_purchase, started)) FROM customers")[0]
    day = months_before(study.as_of, months)
    # Under a history shorter than the silence that makes a loss nobody could be lost yet: states would not compare.
    if first is None or (day - first).days < max(silence_days(study) or 0, _SHORTEST_DAYS):
        return None
    where, values = study.who()
    now = dict(study.database.rows(f"SELECT customer_id, state FROM customers WHERE {where}", values))
    earlier = study.customers_at(day).select(["customer_id", "state"])
    then: dict[str, int] = {}
    moved: dict[tuple[str, str], int] = {}
    for customer, state in zip(*(earlier.column(c).to_pylist() for c in ("customer_id", "state")), strict=True):
        today = now.get(customer)
        if state is None or today is None:
            continue
        then[state] = then.get(state, 0) + 1
        moved[state, today] = moved.get((state, today), 0) + 1
    return Moves(day, then, moved) if then else None
