"""Several currencies summed as one."""

from __future__ import annotations

from analytics.datamodel.currency import code_of, codes_in
from analytics.datamodel.health.context import Context, HealthCode, Place, counted, defect, rewritten, rows_where
from analytics.datamodel.model import Choice, HealthCheck
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.sql import as_number, as_text
from analytics.workspace import literal, quote
from vocabulary.sentence import Label, Listing, Sentence, say
from vocabulary.themes import Severity

_SALES = (TableKind.TRANSACTIONS, TableKind.INVOICES, TableKind.SUBSCRIPTIONS, TableKind.PAYMENTS)
_MONEY = (
    Role.AMOUNT, Role.UNIT_PRICE, Role.SHIPPING, Role.VAT, Role.COST, Role.MARGIN, Role.RECURRING_AMOUNT, Role.TOTAL_SPENT,
)  # fmt: skip
_RATIO = 20  # medians that far apart are no longer one currency
_ENOUGH = 20


def check(context: Context) -> list[HealthCheck]:
    """Several codes in a column of currencies, or amounts of another size in one country."""
    found = []
    for place in context.places(Role.CURRENCY):
        codes = sorted(codes_in(place.column))
        if len(codes) > 1:
            detail = say(
                "{count} monnaies ({codes}) dans « {column} » : on ne les additionne pas",
                "{count} currencies ({codes}) in “{column}”: they are not added together",
                count=counted(len(codes)), codes=Listing(tuple(Label(code) for code in codes)),
                column=Label(place.column.name),
            )  # fmt: skip
            found.append(_of_codes(context, place, codes, detail))
    return found or [
        found_ for place in context.places(Role.AMOUNT, kinds=_SALES) for found_ in _by_country(context, place)
    ]


def _of_codes(context: Context, place: Place, codes: list[str], detail: Sentence) -> HealthCheck:
    """Only the amounts of the currency most sales are in are money; the others stay purchases without an amount."""
    amount = context.place(place.table, Role.AMOUNT, Role.UNIT_PRICE)
    main = _main(context, place)
    if amount is None or main is None:
        told = say(
            "{detail} ; choisissez-en une ou donnez les taux.", "{detail}; choose one or give the rates.", detail=detail
        )
        return defect(HealthCode.MIXED_CURRENCIES, Severity.BLOCKING, len(codes), told, place)
    word = f"COALESCE({as_text(place.column)}, {literal(main)})"
    foreign = " AND ".join(f"{word} <> {literal(value)}" for value in _spellings(place, main))
    told = say(
        "{detail} ; seuls les montants en {main} comptent, les autres ventes restent sans montant. Gardez un fichier par "
        "monnaie, ou convertissez.",
        "{detail}; only amounts in {main} count, other sales stay without an amount. Keep one file a currency, or convert.",
        detail=detail, main=Label(code_of(main) or main),
    )  # fmt: skip
    money = [context.place(place.table, role) for role in _MONEY]
    emptied = ", ".join(
        f"CASE WHEN {foreign} THEN NULL ELSE t.{quote(one.column.column)} END AS {quote(one.column.column)}"
        for one in money if one is not None
    )  # fmt: skip
    select = f"SELECT t.rowid AS rowid, t.* REPLACE ({emptied}) FROM {quote(place.table.table)} t"
    return defect(
        HealthCode.MIXED_CURRENCIES, Severity.BLOCKING, len(codes), told, place, lines=rows_where(place.table, foreign),
        remedy=((place.table.table, select),), default=Choice.APPLY,
    )  # fmt: skip


def _main(context: Context, place: Place) -> str | None:
    """The value of the column that most rows have."""
    text = as_text(place.column)
    rows = context.database.rows(
        f"SELECT {text}, COUNT(*) FROM {quote(place.table.table)} t WHERE {text} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    return next((value for value, _ in rows if code_of(value)), None)


def _spellings(place: Place, main: str) -> list[str]:
    """Every way the main currency is written."""
    values = [value for value, _ in place.column.top] or list(place.column.examples)
    return sorted({main, *(value for value in values if code_of(value) == code_of(main))})


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
    there = f"{as_text(country.column)} IN ({', '.join(literal(place) for place, _ in odd)})"
    return [defect(
        HealthCode.MIXED_CURRENCIES, Severity.WARNING, sum(count for _, count in odd), detail, amount,
        lines=rows_where(amount.table, there),
        remedy=rewritten(amount.table, amount.column, f"CASE WHEN {there} THEN NULL ELSE t.{quote(amount.column.column)} END"),
    )]  # fmt: skip
