"""Dates whose day and month could be exchanged."""

from __future__ import annotations

from dataclasses import replace

from analytics.datamodel.health.context import Context, HealthCode, defect, rows_where
from analytics.datamodel.model import ColumnProfile, HealthCheck, TableProfile
from analytics.datamodel.sql import as_day
from analytics.workspace import quote
from vocabulary.estimate import Estimate, Unit
from vocabulary.sentence import Label, say
from vocabulary.themes import Severity


def check(context: Context) -> list[HealthCheck]:
    """Every date column that no value above twelve settles, unless the files settle it elsewhere or it is monthly."""
    settled = _settled(context)
    return [
        _one(context, table, column)
        for table in context.model.tables for column in table.columns
        if column.ambiguous_order and column.filled and settled != _order(column) and not _monthly(context, table, column)
    ]  # fmt: skip


def _settled(context: Context) -> str | None:
    """The order of day and month that the certain dates of these files have, when they all have the same."""
    certain = {
        _order(column)
        for table in context.model.tables
        for column in table.columns
        if not column.ambiguous_order and column.filled
    } - {None}
    return certain.pop() if len(certain) == 1 else None


def _order(column: ColumnProfile) -> str | None:
    """Day first or month first, as loading wrote it; None for dates that leave no doubt."""
    return next((habit[:2] for habit in column.habit if habit.startswith(("dd", "mm"))), None)


def _monthly(context: Context, table: TableProfile, column: ColumnProfile) -> bool:
    """One day of the month and several months: read the other way round, a year would have one month."""
    day = as_day(column)
    days, months = context.database.row(
        f"SELECT COUNT(DISTINCT DAY({day})), COUNT(DISTINCT MONTH({day})) FROM {quote(table.table)} t"
    )
    return bool(days == 1 and months > 1)


def _one(context: Context, table: TableProfile, column: ColumnProfile) -> HealthCheck:
    day, name = as_day(column), quote(column.column)
    moved = context.count(table, f"DAY({day}) <> MONTH({day})")
    detail = say(
        "« {column} » : aucun jour ne dépasse douze ; les dates sont lues jour puis mois, ce qui peut les déplacer ({rows} "
        "dates).",
        "“{column}”: no day is above twelve; dates are read day first, which may move them ({rows} dates).",
        column=Label(column.name), rows=Estimate("dates", moved, Unit.COUNT, n=column.filled),
    ) if _order(column) != "mm" else say(
        "« {column} » : aucun jour ne dépasse douze ; les dates sont lues mois puis jour, ce qui peut les déplacer ({rows} "
        "dates).",
        "“{column}”: no day is above twelve; dates are read month first, which may move them ({rows} dates).",
        column=Label(column.name), rows=Estimate("dates", moved, Unit.COUNT, n=column.filled),
    )  # fmt: skip
    other = f"CAST(MAKE_DATE(YEAR({day}), DAY({day}), MONTH({day})) AS {_stored(context, table, column)})"
    swapped = f"SELECT t.rowid AS rowid, t.* REPLACE ({other} AS {name}) FROM {quote(table.table)} t"
    check_ = defect(
        HealthCode.AMBIGUOUS_DATES, Severity.WARNING, column.filled, detail, table=table,
        lines=rows_where(table, f"DAY({day}) <> MONTH({day})"), remedy=((table.table, swapped),),
    )  # fmt: skip
    return replace(check_, column=column.name)


def _stored(context: Context, table: TableProfile, column: ColumnProfile) -> str:
    return context.database.types(table.table)[column.column]
