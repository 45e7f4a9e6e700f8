"""Amounts of another size in one country: another currency that nothing in the file names."""

from __future__ import annotations

from analytics.datamodel.health.context import (
    Context,
    HealthCode,
    Place,
    counted,
    defect,
    profile_of,
    rewritten,
    rows_where,
)
from analytics.datamodel.model import HealthCheck
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.sql import as_number, as_text
from analytics.workspace import literal, quote
from vocabulary.sentence import Label, Listing, say
from vocabulary.themes import Severity

_SALES = (TableKind.TRANSACTIONS, TableKind.INVOICES, TableKind.SUBSCRIPTIONS, TableKind.PAYMENTS)
_RATIO = 20  # medians that far apart are no longer one currency
_ENOUGH = 20


def by_country(context: Context) -> list[HealthCheck]:
    """Countries whose median amount is twenty times, or a twentieth, that of the country of most sales.

    The country stands on the sale itself, or on its customer in another file.
    """
    found = []
    for amount in context.places(Role.AMOUNT, kinds=_SALES):
        country = _country_of(context, amount)
        if country is not None:
            found += _odd_places(context, amount, country)
    return found


def _country_of(context: Context, amount: Place) -> str | None:
    """SQL of the country of a sale (alias t), as text; None when no file says it."""
    own = context.place(amount.table, Role.COUNTRY)
    if own is not None:
        return as_text(own.column)
    tables = {table.table: table for table in context.model.tables}
    for key in context.model.keys:
        if key.left_table != amount.table.table or key.role not in (Role.CUSTOMER_ID, Role.ACCOUNT_ID):
            continue
        people = tables[key.right_table]
        theirs = context.place(people, Role.COUNTRY)
        if theirs is None or context.model.kind(people.table) is not TableKind.CUSTOMERS:
            continue
        ours = as_text(profile_of(amount.table, key.left_column))
        person = as_text(profile_of(people, key.right_column), "p")
        return f"(SELECT ANY_VALUE({as_text(theirs.column, 'p')}) FROM {quote(people.table)} p WHERE {person} = {ours})"
    return None


def _odd_places(context: Context, amount: Place, country: str) -> list[HealthCheck]:
    value = as_number(amount.column)
    rows = context.database.rows(
        f"SELECT place, MEDIAN(amount) AS middle, COUNT(*) FROM (SELECT {country} AS place, {value} AS amount FROM"
        f" {quote(amount.table.table)} t) WHERE amount > 0 AND place IS NOT NULL GROUP BY 1 HAVING COUNT(*) >= {_ENOUGH}"
        f" ORDER BY 3 DESC, 1"
    )
    if len(rows) < 2:
        return []
    usual = rows[0][1]
    odd = [(place, count) for place, middle, count in rows if max(middle / usual, usual / middle) > _RATIO]
    if not odd:
        return []
    count = counted(sum(count for _, count in odd), amount.table.rows)
    detail = say(
        "Les montants de {places} sont d’un tout autre ordre que ceux de {usual} : sans doute une autre monnaie, additionnée "
        "comme la même ({count} lignes).",
        "Amounts in {places} are of quite another size than in {usual}: probably another currency, added as the same ({count} "
        "rows).",
        places=Listing(tuple(Label(place) for place, _ in odd[:5])), usual=Label(rows[0][0]), count=count,
    )  # fmt: skip
    there = f"{country} IN ({', '.join(literal(place) for place, _ in odd)})"
    return [defect(
        HealthCode.MIXED_CURRENCIES, Severity.WARNING, sum(count for _, count in odd), detail, amount,
        lines=rows_where(amount.table, there),
        remedy=rewritten(amount.table, amount.column, f"CASE WHEN {there} THEN NULL ELSE t.{quote(amount.column.column)} END"),
    )]  # fmt: skip
