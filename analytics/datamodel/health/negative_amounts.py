"""Amounts below nought, and those that should be: what a credit note gives back, written without a minus sign."""

from __future__ import annotations

from analytics.datamodel.documents import credits_of
from analytics.datamodel.health.context import Context, HealthCode, Place, counted, defect, left_out, rows_where, share
from analytics.datamodel.model import HealthCheck
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.sql import as_number
from vocabulary.sentence import Label, Listing, say
from vocabulary.themes import Severity

_SALES = (TableKind.TRANSACTIONS, TableKind.ORDER_LINES, TableKind.INVOICES, TableKind.PAYMENTS)


def check(context: Context) -> list[HealthCheck]:
    """Negative sales (returns, as information) and negative totals or bills of customers (a defect)."""
    found = _credits(context)
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


def _credits(context: Context) -> list[HealthCheck]:
    """Rows of sales that give money back under an amount above nought."""
    found = []
    for place in context.places(Role.AMOUNT, kinds=_SALES):
        given = credits_of(context.model, place.table.table)
        if given is None:
            continue
        above = f"{given.condition()} AND {as_number(place.column)} > 0"
        rows = context.count(place.table, above)
        if rows:
            values = Listing(tuple(Label(value) for value in given.values)) if given.values else Label(given.column.name)
            detail = say(
                "« {column} » : {count} lignes ({share}) rendent de l’argent ({values}) sous un montant sans signe moins ; elles "
                "sont comptées comme des retours.",
                "“{column}”: {count} rows ({share}) give money back ({values}) under an amount without a minus sign; they are "
                "counted as returns.",
                column=Label(given.column.name), values=values, count=counted(rows, place.table.rows),
                share=share(rows, place.table.rows),
            )  # fmt: skip
            found.append(defect(
                HealthCode.NEGATIVE_AMOUNTS, Severity.INFO, rows, detail, place, lines=rows_where(place.table, above),
                remedy=left_out(place.table, above),
            ))  # fmt: skip
    return found


def _below(context: Context, place: Place) -> int:
    if place.column.low is None or place.column.low >= 0:
        return 0
    return context.count(place.table, f"{as_number(place.column)} < 0")
