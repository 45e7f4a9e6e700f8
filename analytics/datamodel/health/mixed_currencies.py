"""Several currencies summed as one."""

from __future__ import annotations

from analytics.datamodel.currency import codes_in
from analytics.datamodel.health.context import Context, HealthCode, Place, counted, defect
from analytics.datamodel.model import HealthCheck
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.sql import as_number, as_text
from analytics.workspace import quote
from vocabulary.sentence import Label, Listing, say
from vocabulary.themes import Severity

_SALES = (TableKind.TRANSACTIONS, TableKind.INVOICES, TableKind.SUBSCRIPTIONS, TableKind.PAYMENTS)
_RATIO = 20  # medians that far apart are no longer one currency
_ENOUGH = 20


def check(context: Context) -> list[HealthCheck]:
    """Several codes in a column of currencies, or amounts of another size in one country."""
    found = []
    for place in context.places(Role.CURRENCY):
        codes = sorted(codes_in(place.column))
        if len(codes) > 1:
            detail = say(
                "{count} monnaies ({codes}) dans « {column} » : les totaux les additionnent comme une seule ; choisissez-en une "
                "ou donnez les taux.",
                "{count} currencies ({codes}) in “{column}”: totals add them as if they were one; choose one or give the rates.",
                count=counted(len(codes)), codes=Listing(tuple(Label(code) for code in codes)),
                column=Label(place.column.name),
            )  # fmt: skip
            found.append(defect(HealthCode.MIXED_CURRENCIES, Severity.BLOCKING, len(codes), detail, place))
    return found or [
        found_ for place in context.places(Role.AMOUNT, kinds=_SALES) for found_ in _by_country(context, place)
    ]


def _by_country(context: Context, amount: Place) -> list[HealthCheck]:
    country = context.place(amount.table, Role.COUNTRY)
    if country is None:
        return []
    value = as_number(amount.column)
    rows = context.database.rows(
        f"SELECT {as_text(country.column)} AS place, MEDIAN({value}) AS middle, COUNT(*) FROM {quote(amount.table.table)} t"
        f" WHERE {value} > 0 AND place IS NOT NULL GROUP BY 1 HAVING COUNT(*) >= {_ENOUGH} ORDER BY 3 DESC, 1"
    )
    if len(rows) < 2:
        return []
    usual = rows[0][1]
    odd = [(place, count) for place, middle, count in rows if max(middle / usual, usual / middle) > _RATIO]
    if not odd:
        return []
    detail = say(
        "Les montants de {places} sont d’un tout autre ordre que ceux de {usual} : sans doute une autre monnaie, additionnée "
        "comme la même ({count} lignes).",
        "Amounts in {places} are of quite another size than in {usual}: probably another currency, added as the same ({count} "
        "rows).",
        places=Listing(tuple(Label(place) for place, _ in odd[:5])), usual=Label(rows[0][0]),
        count=counted(sum(count for _, count in odd), amount.table.rows),
    )  # fmt: skip
    return [defect(HealthCode.MIXED_CURRENCIES, Severity.WARNING, sum(count for _, count in odd), detail, amount)]
