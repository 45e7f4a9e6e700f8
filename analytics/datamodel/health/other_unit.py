"""Amounts of another size from a day on: cents after a change of till, another currency, another unit."""

from __future__ import annotations

from datetime import date, timedelta
from statistics import median

from analytics.datamodel.health.context import Context, HealthCode, Place, counted, defect, rewritten, rows_where
from analytics.datamodel.model import HealthCheck
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.sql import as_day, as_number
from analytics.workspace import literal, quote
from vocabulary.estimate import Threshold, Unit
from vocabulary.sentence import Label, Sentence, Value, say
from vocabulary.themes import Severity

_SALES = (TableKind.TRANSACTIONS, TableKind.ORDER_LINES, TableKind.INVOICES)
_RATIO = 20  # medians that far apart are no longer one unit; as between countries
_STEADY = 4  # within either period, months stay that near their own middle
_ENOUGH = 20  # rows a month, for its median to say something
_CENTS = (50.0, 200.0)  # how many times larger cents are, prices moving meanwhile
_WHOLE = 0.99


def check(context: Context) -> list[HealthCheck]:
    """A month from which amounts are twenty times what they were, or a twentieth, and stay so."""
    found = []
    for amount in context.places(Role.AMOUNT, kinds=_SALES):
        day = context.place(amount.table, Role.PURCHASE_DATE)
        if day is not None:
            found += _in(context, amount, day)
    return found


def _in(context: Context, amount: Place, day: Place) -> list[HealthCheck]:
    value, when, table = as_number(amount.column), as_day(day.column), quote(amount.table.table)
    months: list[tuple[date, float]] = context.database.rows(
        f"SELECT CAST(DATE_TRUNC('month', {when}) AS DATE), MEDIAN({value}) FROM {table} t"
        f" WHERE {value} > 0 AND {when} <= {literal(context.today)} GROUP BY 1 HAVING COUNT(*) >= {_ENOUGH} ORDER BY 1"
    )
    place = _turn([middle for _, middle in months])
    if place is None:
        return []
    change = _first_day(context, amount, day, months, place)
    later = f"{when} >= {literal(change)} AND {when} <= {literal(context.today)}"
    rows = context.count(amount.table, f"{later} AND {value} IS NOT NULL")
    times = median([middle for _, middle in months[place:]]) / median([middle for _, middle in months[:place]])
    cents = _CENTS[0] <= times <= _CENTS[1] and _turned_whole(context, amount, later)
    written = f"{value} / 100" if cents else "NULL"
    column = quote(amount.column.column)
    remedy = rewritten(amount.table, amount.column, f"CASE WHEN {later} THEN {written} ELSE t.{column} END")
    return [defect(
        HealthCode.OUTLIER_AMOUNTS, Severity.WARNING, rows, _said(amount, rows, change, times, cents=cents), amount,
        lines=rows_where(amount.table, later), remedy=remedy,
    )]  # fmt: skip


def _turn(middles: list[float]) -> int | None:
    """The first month of another size: all before it are near one another, and so are all after, far from these."""
    for place in range(1, len(middles)):
        before, after = middles[:place], middles[place:]
        steady = max(before) <= _STEADY * min(before) and max(after) <= _STEADY * min(after)
        if steady and (min(after) > _RATIO * max(before) or min(before) > _RATIO * max(after)):
            return place
    return None


def _first_day(context: Context, amount: Place, day: Place, months: list[tuple[date, float]], place: int) -> date:
    """The day of the change: a till is not changed on the first of a month only."""
    old, new = months[place - 1], months[place]
    value, when = as_number(amount.column), as_day(day.column)
    between = (old[1] * new[1]) ** 0.5
    as_before = f"{value} {'<' if new[1] > old[1] else '>'} {between!r}"
    last = context.database.row(
        f"SELECT MAX({when}) FILTER (day_before >= 0.5) FROM (SELECT *, AVG(CAST({as_before} AS INTEGER)) OVER (PARTITION BY {when})"
        f" AS day_before FROM {quote(amount.table.table)} t) t WHERE {value} > 0 AND {when} >= {literal(old[0])}"
        f" AND {when} < {literal(new[0] + timedelta(days=31))}"
    )[0]
    return last + timedelta(days=1) if last is not None else new[0]


def _turned_whole(context: Context, amount: Place, later: str) -> bool:
    """Whether amounts have no cents any more from then on, where they had."""
    value = as_number(amount.column)
    whole = f"ABS({value} - ROUND({value})) < 0.001"
    now, then = context.database.row(
        f"SELECT AVG(CAST({whole} AS INTEGER)) FILTER ({later}), AVG(CAST({whole} AS INTEGER)) FILTER (NOT ({later}))"
        f" FROM {quote(amount.table.table)} t WHERE {value} > 0"
    )
    return now is not None and then is not None and bool(now >= _WHOLE > then)


def _said(amount: Place, rows: int, change: date, times: float, *, cents: bool) -> Sentence:
    values: dict[str, Value] = {
        "column": Label(amount.column.name), "count": counted(rows, amount.table.rows), "change": change,
        "times": Threshold(round(times) if times > 1 else round(1 / times), Unit.NUMBER),
    }  # fmt: skip
    if cents:
        return say(
            "« {column} » : à partir du {change}, les montants ({count}) sont {times} fois plus grands et sans centimes : sans "
            "doute des centimes au lieu d’unités.",
            "“{column}”: from {change} on, amounts ({count}) are {times} times larger and whole: probably cents instead of units.",
            **values,
        )
    if times > 1:
        return say(
            "« {column} » : à partir du {change}, les montants ({count}) sont {times} fois plus grands : sans doute une autre "
            "unité ou une autre monnaie, additionnée comme la même.",
            "“{column}”: from {change} on, amounts ({count}) are {times} times larger: probably another unit or another currency, "
            "added as the same.",
            **values,
        )
    return say(
        "« {column} » : à partir du {change}, les montants ({count}) sont {times} fois plus petits : sans doute une autre unité "
        "ou une autre monnaie, additionnée comme la même.",
        "“{column}”: from {change} on, amounts ({count}) are {times} times smaller: probably another unit or another currency, "
        "added as the same.",
        **values,
    )
