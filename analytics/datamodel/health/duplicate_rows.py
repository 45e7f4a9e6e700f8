"""Rows that are exact copies of another, in one file or in two whose periods overlap."""

from __future__ import annotations

from analytics.datamodel.health.context import (
    Context,
    HealthCode,
    counted,
    defect,
    left_out,
    rows_where,
    share,
    stored_columns,
)
from analytics.datamodel.model import Choice, HealthCheck, TableProfile
from analytics.datamodel.roles import SALES, Role, TableKind
from analytics.datamodel.sql import as_text
from analytics.workspace import quote
from vocabulary.sentence import Label, Listing, Sentence, say
from vocabulary.themes import Severity

_ROW_NAMES = (Role.CUSTOMER_ID, Role.ROW_ID, Role.LINE_ID, Role.SUBSCRIPTION_ID, Role.PROSPECT_ID, Role.ORDER_ID)
_NUMBERS = (Role.ROW_ID, Role.LINE_ID, Role.SUBSCRIPTION_ID, Role.PROSPECT_ID, Role.ORDER_ID)
_MANY = 0.005
_ENOUGH = 20


def check(context: Context) -> list[HealthCheck]:
    """Exact copies, table by table. Where rows have no name of their own, a few may be true: said as information."""
    found = []
    for table in context.model.tables:
        if table.rows < 2 or _named_by_unique_column(context, table):
            continue
        columns = stored_columns(table)
        distinct = int(context.database.row(f"SELECT COUNT(DISTINCT HASH({columns})) FROM {quote(table.table)}")[0])
        copies = table.rows - distinct
        if copies <= 0:
            continue
        sure = copies >= _MANY * table.rows or _has_names(context, table)
        detail = say(
            "{file} : une ligne est la copie exacte d’une autre" if copies == 1 else "{file} : {count} lignes sont la copie exacte d’une autre ({share})",
            "{file}: one row is an exact copy of another" if copies == 1 else "{file}: {count} rows are exact copies of another ({share})",
            file=Label(table.file), count=counted(copies, table.rows), share=share(copies, table.rows),
        )  # fmt: skip
        severity = Severity.WARNING if sure else Severity.INFO
        certain = _named_but_for_copies(context, table) or _pasted(context, table, columns, copies)
        place = f"ROW_NUMBER() OVER (PARTITION BY {columns} ORDER BY t.rowid)"
        once = f"SELECT t.rowid AS rowid, t.* FROM {quote(table.table)} t QUALIFY {place} = 1"
        found.append(defect(
            HealthCode.DUPLICATE_ROWS, severity, copies, _said(detail, certain, copies), table=table,
            lines=f"SELECT t.* FROM {quote(table.table)} t QUALIFY COUNT(*) OVER (PARTITION BY {columns}) > 1",
            remedy=((table.table, once),), default=Choice.APPLY if certain else Choice.IGNORE,
        ))  # fmt: skip
    return [*found, *_exported_twice(context)]


def _exported_twice(context: Context) -> list[HealthCheck]:
    """Rows that stand in an earlier file of the same columns too: two exports of which the periods overlap."""
    found = []
    sold = (*SALES, TableKind.ORDER_LINES, TableKind.RETURNS)
    tables = [table for table in context.model.tables if context.model.kind(table.table) in sold]
    for place, later in enumerate(tables):
        before = [table for table in tables[:place] if alike(context, table, later)]
        if not before:
            continue
        there = " UNION ALL ".join(f"SELECT {_written(table, later)} AS said FROM {quote(table.table)} t" for table in before)
        twice = f"{_written(later, later)} IN (SELECT said FROM ({there}))"
        copies = context.count(later, twice)
        if copies:
            detail = say(
                "{file} : une ligne se trouve déjà dans {other}" if copies == 1 else "{file} : {count} lignes ({share}) se trouvent déjà dans {other}",
                "{file}: one row already stands in {other}" if copies == 1 else "{file}: {count} rows ({share}) already stand in {other}",
                file=Label(later.file), other=Label(before[0].file) if len(before) == 1 else Listing(tuple(Label(t.file) for t in before)),
                count=counted(copies, later.rows), share=share(copies, later.rows),
            )  # fmt: skip
            certain = any(number.table is later for number in context.places(*_NUMBERS))
            found.append(defect(
                HealthCode.DUPLICATE_ROWS, Severity.WARNING, copies, _said(detail, certain, copies), table=later, lines=rows_where(later, twice),
                remedy=left_out(later, twice), default=Choice.APPLY if certain else Choice.IGNORE,
            ))  # fmt: skip
    return found


def alike(context: Context, one: TableProfile, other: TableProfile) -> bool:
    """Whether two files are of one kind and have the same columns: two exports of one thing."""
    same = context.model.kind(one.table) is context.model.kind(other.table)
    return same and len(one.columns) > 1 and {c.name for c in one.columns} == {c.name for c in other.columns}


def _written(table: TableProfile, order: TableProfile) -> str:
    """SQL: all that a row says, in the order of another file's columns."""
    return f"CONCAT_WS('|', {', '.join(_cell(table, column.name) for column in order.columns)})"


def _cell(table: TableProfile, name: str) -> str:
    return f"COALESCE({as_text(table.column(name))}, '')"


def _said(detail: Sentence, certain: bool, copies: int) -> Sentence:
    """What becomes of the copies, at the end of the sentence."""
    fr, en = _ENDINGS[certain, copies == 1]
    return say(f"{{detail}}{fr}", f"{{detail}}{en}", detail=detail)


_ENDINGS = {  # whether they are certain, whether there is but one
    (True, False): (" : ce sont des doublons, comptés une seule fois.", ": they are duplicates, counted once."),
    (True, True): (" : c’est un doublon, compté une seule fois.", ": it is a duplicate, counted once."),
    (False, False): (" ; si ce sont des erreurs, elles comptent deux fois.", "; if they are errors, they count twice."),
    (False, True): (" ; si c’est une erreur, elle compte deux fois.", "; if it is an error, it counts twice."),
}


def _named_but_for_copies(context: Context, table: TableProfile) -> bool:
    """Whether rows have a number of their own, which only the copies repeat: a copy is then no second sale.

    In a file of customers the customer's own is one: a copy is no second customer.
    """
    people = (Role.CUSTOMER_ID,) if context.model.kind(table.table) is TableKind.CUSTOMERS else ()
    numbers = (place for place in context.places(*_NUMBERS, *people) if place.table is table)
    return any(place.column.distinct >= 0.9 * table.rows for place in numbers)


def _pasted(context: Context, table: TableProfile, columns: str, copies: int) -> bool:
    """Whether the whole file stands in itself several times over: each row the same number of times."""
    if copies < table.rows / 2 - 1:
        return False
    low, high = context.database.row(
        f"SELECT MIN(n), MAX(n) FROM (SELECT COUNT(*) AS n FROM {quote(table.table)} GROUP BY {columns})"
    )
    return bool(low == high and low > 1 and table.rows / low >= _ENOUGH)


def _named_by_unique_column(context: Context, table: TableProfile) -> bool:
    """A column that never repeats (counted exactly) rules copies out."""
    exact = table.rows <= 100_000
    return exact and any(column.distinct == table.rows for column in table.columns)


def _has_names(context: Context, table: TableProfile) -> bool:
    """Whether an identifier is unique but for the copies."""
    return any(
        place.table is table and place.column.distinct >= 0.9 * table.rows for place in context.places(*_ROW_NAMES)
    )
