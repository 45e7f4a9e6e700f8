"""Several currencies summed as one: told by a column of codes, by the signs of the cells, or by the size of amounts."""

from __future__ import annotations

from analytics.datamodel.currency import code_of, codes_in, converted
from analytics.datamodel.health.context import (
    Context,
    HealthCode,
    Place,
    Remedy,
    counted,
    defect,
    rewritten,
    rows_where,
)
from analytics.datamodel.health.foreign_amounts import by_country
from analytics.datamodel.model import Choice, HealthCheck, sign_column
from analytics.datamodel.roles import Role
from analytics.datamodel.sql import as_text
from analytics.workspace import literal, quote
from vocabulary.sentence import Label, Listing, Sentence, say
from vocabulary.themes import Severity

_MONEY = (
    Role.AMOUNT, Role.UNIT_PRICE, Role.SHIPPING, Role.VAT, Role.COST, Role.MARGIN, Role.RECURRING_AMOUNT, Role.TOTAL_SPENT,
    Role.DISCOUNT, Role.OUTCOME_AMOUNT,
)  # fmt: skip
_MOST_CODES = 30  # a column of more values is of something else


def check(context: Context) -> list[HealthCheck]:
    """Several codes in a column of currencies, several signs in a column of amounts, else amounts of another size."""
    found = []
    for place in context.places(Role.CURRENCY):
        codes, amount = sorted(codes_in(place.column) | _unknown(place)), context.place(place.table, Role.AMOUNT)
        if len(codes) > 1 and (amount is None or converted(context.database, place.table, amount.column, place.column) is None):
            found.append(_of_codes(context, place, codes))
    coded = {check_.file for check_ in found}
    found += [_of_signs(place) for place in context.places(*_MONEY) if place.column.currencies and place.table.file not in coded]
    return found or by_country(context)


_NO_CURRENCY = frozenset("aucune aucun none null nan vide inconnue inconnu unknown autre other".split())


def _unknown(place: Place) -> set[str]:
    """Words of a column of codes that name no currency we know (« dirham », « QZX »): they are another currency than those it names."""
    values = [value.strip() for value, _ in place.column.top] or list(place.column.examples)
    if not codes_in(place.column) or len(values) > _MOST_CODES:
        return set()
    return {value for value in values if len(value) >= 2 and value.isalpha() and code_of(value) is None and value.lower() not in _NO_CURRENCY}


def _told(place: Place, codes: list[str]) -> Sentence:
    return say(
        "{count} monnaies ({codes}) dans « {column} » : on ne les additionne pas",
        "{count} currencies ({codes}) in “{column}”: they are not added together",
        count=counted(len(codes)), codes=Listing(tuple(Label(code) for code in codes)), column=Label(place.column.name),
    )  # fmt: skip


def _left_out(detail: Sentence, main: str) -> Sentence:
    return say(
        "{detail} ; seuls les montants en {main} comptent, les autres ventes restent sans montant. Gardez un fichier par "
        "monnaie, ou convertissez.",
        "{detail}; only amounts in {main} count, other sales stay without an amount. Keep one file a currency, or convert.",
        detail=detail, main=Label(main),
    )  # fmt: skip


def _of_signs(place: Place) -> HealthCheck:
    """« 12,50 € » beside « $14.00 »: each cell says its own currency, and only those of the most frequent are money."""
    codes = sorted(code for code, _ in place.column.currencies)
    main = place.column.currencies[0][0]
    foreign = f"t.{quote(sign_column(place.column.column))} <> {literal(main)}"
    emptied = f"CASE WHEN {foreign} THEN NULL ELSE t.{quote(place.column.column)} END"
    return defect(
        HealthCode.MIXED_CURRENCIES, Severity.BLOCKING, len(codes), _left_out(_told(place, codes), main), place,
        lines=rows_where(place.table, foreign), remedy=rewritten(place.table, place.column, emptied), default=Choice.APPLY,
    )  # fmt: skip


def _of_codes(context: Context, place: Place, codes: list[str]) -> HealthCheck:
    """Only the amounts of the currency most sales are in are money; the others stay purchases without an amount."""
    amount = context.place(place.table, Role.AMOUNT, Role.UNIT_PRICE)
    main = _main(context, place)
    detail = _told(place, codes)
    if amount is None or main is None:
        told = say(
            "{detail} ; choisissez-en une ou donnez les taux.", "{detail}; choose one or give the rates.", detail=detail
        )
        return defect(HealthCode.MIXED_CURRENCIES, Severity.BLOCKING, len(codes), told, place)
    word = f"COALESCE({as_text(place.column)}, {literal(main)})"
    foreign = " AND ".join(f"{word} <> {literal(value)}" for value in _spellings(place, main))
    return defect(
        HealthCode.MIXED_CURRENCIES, Severity.BLOCKING, len(codes), _left_out(detail, code_of(main) or main), place,
        lines=rows_where(place.table, foreign), remedy=_emptied(context, place, foreign), default=Choice.APPLY,
    )  # fmt: skip


def _emptied(context: Context, place: Place, foreign: str) -> Remedy:
    """Every amount of a row in another currency emptied."""
    money = [context.place(place.table, role) for role in _MONEY]
    emptied = ", ".join(
        f"CASE WHEN {foreign} THEN NULL ELSE t.{quote(one.column.column)} END AS {quote(one.column.column)}"
        for one in money if one is not None
    )  # fmt: skip
    return ((place.table.table, f"SELECT t.rowid AS rowid, t.* REPLACE ({emptied}) FROM {quote(place.table.table)} t"),)


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
