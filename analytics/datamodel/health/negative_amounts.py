"""Amounts below nought."""

from __future__ import annotations

from analytics.datamodel.health.context import Context, HealthCode, Place, counted, defect, left_out, rows_where, share
from analytics.datamodel.model import HealthCheck
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.sql import as_number
from vocabulary.sentence import Label, say
from vocabulary.themes import Severity

_SALES = (TableKind.TRANSACTIONS, TableKind.ORDER_LINES, TableKind.INVOICES, TableKind.PAYMENTS)


def check(context: Context) -> list[HealthCheck]:
    """Negative sales (returns, as information) and negative totals or bills of customers (a defect)."""
    found = []
    for place in context.places(Role.AMOUNT, kinds=_SALES):
        rows = _below(context, place)
        if rows:
            detail = say(
                "« {column} » : {count} montants négatifs ({share}) ; ils sont comptés comme des retours.",
                "“{column}”: {count} negative amounts ({share}); they are counted as returns.",
                column=Label(place.column.name), count=counted(rows, place.table.rows), share=share(rows, place.table.rows),
            )  # fmt: skip
            below = f"{as_number(place.column)} < 0"
            found.append(defect(
                HealthCode.NEGATIVE_AMOUNTS, Severity.INFO, rows, detail, place, lines=rows_where(place.table, below),
                remedy=left_out(place.table, below),
            ))  # fmt: skip
    for place in context.places(Role.TOTAL_SPENT, Role.RECURRING_AMOUNT, Role.UNIT_PRICE):
        rows = _below(context, place)
        if rows:
            detail = say(
                "« {column} » : {count} valeurs négatives, qui abaissent les totaux.",
                "“{column}”: {count} negative values, which pull totals down.",
                column=Label(place.column.name), count=counted(rows, place.table.rows),
            )  # fmt: skip
            found.append(defect(HealthCode.NEGATIVE_AMOUNTS, Severity.WARNING, rows, detail, place))
    return found


def _below(context: Context, place: Place) -> int:
    if place.column.low is None or place.column.low >= 0:
        return 0
    return context.count(place.table, f"{as_number(place.column)} < 0")
