"""Rows that are exact copies of another."""

from __future__ import annotations

from analytics.datamodel.health.context import Context, HealthCode, counted, defect, share
from analytics.datamodel.model import HealthCheck, TableProfile
from analytics.datamodel.roles import Role
from analytics.workspace import quote
from vocabulary.sentence import Label, say
from vocabulary.themes import Severity

_ROW_NAMES = (Role.CUSTOMER_ID, Role.ROW_ID, Role.LINE_ID, Role.SUBSCRIPTION_ID, Role.PROSPECT_ID, Role.ORDER_ID)
_MANY = 0.005


def check(context: Context) -> list[HealthCheck]:
    """Exact copies, table by table. Where rows have no name of their own, a few may be true: said as information."""
    found = []
    for table in context.model.tables:
        if table.rows < 2 or _named_by_unique_column(context, table):
            continue
        columns = ", ".join(quote(column.column) for column in table.columns)
        distinct = int(context.database.row(f"SELECT COUNT(DISTINCT HASH({columns})) FROM {quote(table.table)}")[0])
        copies = table.rows - distinct
        if copies <= 0:
            continue
        sure = copies >= _MANY * table.rows or _has_names(context, table)
        detail = say(
            "{file} : {count} lignes sont la copie exacte d’une autre ({share}) ; si ce sont des erreurs, elles comptent deux "
            "fois.",
            "{file}: {count} rows are exact copies of another ({share}); if they are errors, they count twice.",
            file=Label(table.file), count=counted(copies, table.rows), share=share(copies, table.rows),
        )  # fmt: skip
        severity = Severity.WARNING if sure else Severity.INFO
        found.append(defect(HealthCode.DUPLICATE_ROWS, severity, copies, detail, table=table))
    return found


def _named_by_unique_column(context: Context, table: TableProfile) -> bool:
    """A column that never repeats (counted exactly) rules copies out."""
    exact = table.rows <= 100_000
    return exact and any(column.distinct == table.rows for column in table.columns)


def _has_names(context: Context, table: TableProfile) -> bool:
    """Whether an identifier is unique but for the copies."""
    return any(
        place.table is table and place.column.distinct >= 0.9 * table.rows for place in context.places(*_ROW_NAMES)
    )
