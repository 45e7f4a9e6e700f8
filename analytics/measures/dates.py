"""Calendar arithmetic the analyses share."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from analytics.datamodel.roles import Role

# The day a line is dated by, first found first: what is said to have happened, then when it began.
CLOCKS = (
    Role.PURCHASE_DATE, Role.EVENT_DATE, Role.START_DATE, Role.SIGNUP_DATE, Role.FIRST_PURCHASE_DATE, Role.RESOLVED_DATE, Role.OTHER_DATE,
)  # fmt: skip


def months_before(day: date, months: int) -> date:
    """The same day some months earlier; the last day of the month where there is no such day."""
    index = day.year * 12 + day.month - 1 - months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


_YEAR = timedelta(days=366)
_SLIPS = 0.005  # of the dated rows: as few as that, later than all others, were mistyped


def last_day_sql(day: str, as_of: date) -> str:
    """SQL of the last day that rows tell of: beyond the reference date, or beyond a year after it, where they are more than slips.

    Args:
        day: SQL of a row's day, aggregated over.
        as_of: the reference date.
    """
    beyond = (as_of, as_of + _YEAR)
    few, none = (f"count(*) FILTER ({day} > DATE '{limit}') <= {_SLIPS} * count({day})" for limit in beyond)
    until, far = (f"max({day}) FILTER ({day} <= DATE '{limit}')" for limit in beyond)
    return f"CASE WHEN {few} THEN {until} WHEN {none} THEN {far} ELSE max({day}) END"
