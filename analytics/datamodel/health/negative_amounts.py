"""Amounts below nought, and those that should be: what a credit note gives back, written without a minus sign."""

from __future__ import annotations

from analytics.datamodel.documents import credits_of, refund_column
from analytics.datamodel.health.context import (
    Context,
    HealthCode,
    Place,
    counted,
    defect,
    left_out,
    profile_of,
    rows_where,
    share,
)
from analytics.datamodel.model import HealthCheck
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.side_lines import SideLines, side_lines
from analytics.datamodel.sql import as_number
from analytics.workspace import quote
from vocabulary.estimate import Estimate, Unit
from vocabulary.sentence import Label, Listing, say
from vocabulary.themes import Severity

_SALES = (TableKind.TRANSACTIONS, TableKind.ORDER_LINES, TableKind.INVOICES, TableKind.PAYMENTS)


def check(context: Context) -> list[HealthCheck]:
    """Negative sales (returns, as information) and negative totals or bills of customers (a defect)."""
    found = [*_credits(context), *_refunded(context), *_taken_off(context)]
    for place in context.places(Role.AMOUNT, kinds=_SALES):
        rows = _below(context, place)
        if rows:
            detail = say(
                "« {column} » : {count} montant(s) négatif(s) ({share}), compté(s) comme des retours.",
                "“{column}”: {count} negative amount(s) ({share}), counted as returns.",
                column=Label(place.column.name), count=counted(rows, place.table.rows), share=share(rows, place.table.rows),
            )  # fmt: skip
            below = _below_nought(context, place)
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


def _refunded(context: Context) -> list[HealthCheck]:
    """What a column of its own says was given back of each sale; nothing where the manager counts money before returns."""
    found = []
    read = [kind for kind in _SALES if kind is not TableKind.PAYMENTS]  # payments beside subscriptions make no revenue: nothing is taken off
    for table in context.model.of_kind(*read) if context.model.money.returns != "gross" else ():
        refund = refund_column(context.model, table.table)
        if refund is None:
            continue
        given = f"ABS({as_number(profile_of(table, refund.column))})"
        rows = context.count(table, f"{given} > 0")
        if rows:
            total = context.database.row(f"SELECT SUM({given}) FROM {quote(table.table)} t")[0]
            detail = say(
                "« {column} » : {total} remboursés sur {count} lignes ({share}) ; ils sont déduits, comme des retours.",
                "“{column}”: {total} refunded on {count} rows ({share}); they are taken off, as returns.",
                column=Label(refund.name), total=Estimate("refunded", float(total), Unit.MONEY, n=rows, method="exact sum"),
                count=counted(rows, table.rows), share=share(rows, table.rows),
            )  # fmt: skip
            place = Place(table, profile_of(table, refund.column), refund)
            found.append(defect(
                HealthCode.NEGATIVE_AMOUNTS, Severity.INFO, rows, detail, place, lines=rows_where(table, f"{given} > 0"),
            ))  # fmt: skip
    return found


def _taken_off(context: Context) -> list[HealthCheck]:
    """Lines of discount among the lines of goods: they lower the goods of their order, and are nothing sent back."""
    found = []
    for place in context.places(Role.AMOUNT, kinds=_SALES):
        side = _discounts(context, place)
        if side is not None:
            detail = say(
                "« {column} » : {count} lignes ({share}) sont des remises ({values}) ; elles baissent le prix des articles de leur "
                "commande et ne sont pas des retours.",
                "“{column}”: {count} rows ({share}) are discounts ({values}); they lower the price of the goods of their order and are "
                "no returns.",
                column=Label(side.column.name), values=Listing(tuple(Label(name) for name in side.names[1])),
                count=counted(side.counts[1], place.table.rows), share=share(side.counts[1], place.table.rows),
            )  # fmt: skip
            found.append(defect(
                HealthCode.NEGATIVE_AMOUNTS, Severity.INFO, side.counts[1], detail, place, lines=rows_where(place.table, side.taken)
            ))  # fmt: skip
    return found


def _discounts(context: Context, place: Place) -> SideLines | None:
    if place.column.low is None or place.column.low >= 0:
        return None
    side = side_lines(context.database, context.model, place.table)
    return side if side is not None and side.counts[1] and side.shared else None


def _below_nought(context: Context, place: Place) -> str:
    """SQL: the rows below nought that are no discount on the goods beside them."""
    side = _discounts(context, place)
    below = f"{as_number(place.column)} < 0"
    return below if side is None else f"{below} AND NOT {side.taken}"


def _below(context: Context, place: Place) -> int:
    if place.column.low is None or place.column.low >= 0:
        return 0
    return context.count(place.table, _below_nought(context, place))
