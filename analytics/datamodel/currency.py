"""The currency of the amounts, when a header, the cells' own signs or a column of codes tells one and only one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from analytics.datamodel.guessing import Guess
from analytics.datamodel.model import ColumnProfile, ColumnType, TableProfile
from analytics.datamodel.roles import Role
from analytics.datamodel.sql import as_number, as_text
from analytics.workspace import Database, literal, quote

CODES = (
    "EUR",
    "USD",
    "GBP",
    "CHF",
    "XPF",
    "CAD",
    "AUD",
    "JPY",
    "MAD",
    "XOF",
    "TND",
    "PLN",
    "SEK",
    "NOK",
    "DKK",
    "BRL",
    "CNY",
    "INR",
    *"XAF DZD LKR ZAR NGN KES GHS EGP SAR AED QAR PKR PHP THB IDR MYR SGD HKD NZD CZK HUF RON MXN".split(),
)
_SIGNS = {
    "€": "EUR",
    "£": "GBP",
    "euro": "EUR",
    "euros": "EUR",
    "eur": "EUR",
    "dollar": "USD",
    "dollars": "USD",
    "r$": "BRL",
}
_MONEY = frozenset({
    Role.AMOUNT, Role.UNIT_PRICE, Role.TOTAL_SPENT, Role.RECURRING_AMOUNT, Role.OUTCOME_AMOUNT, Role.MARGIN, Role.COST,
})  # fmt: skip


def code_of(text: str) -> str | None:
    """The ISO code a cell or a header names: `EUR`, `€`, « Montant (€) », `dollar_value`; a bare $ names none."""
    for word in re.split(r"[^A-Za-z€£$]+", text):
        if word.upper() in CODES:
            return word.upper()
        if word.lower() in _SIGNS:
            return _SIGNS[word.lower()]
    return next((code for sign, code in _SIGNS.items() if not sign.isalpha() and sign in text), None)


def find_currency(
    database: Database, tables: Sequence[TableProfile], roles: Mapping[str, Mapping[str, Guess]]
) -> str | None:
    """The ISO code of the amounts; None when the files name none, or several that a column of codes does not tell apart.

    Where a column of codes, or the signs of the cells, name several, it is the one most rows are in: only its amounts are
    money (see health).
    """
    told: set[str] = set()
    said: set[str] = set()
    for table in tables:
        for column in table.columns:
            guess = roles[table.table].get(column.column)
            if guess is None:
                continue
            if guess.role is Role.CURRENCY:
                brought = _brought(database, table, column, roles[table.table])
                told |= {brought} if brought is not None else _most_used(database, table, column)
            elif guess.role in _MONEY and column.currencies:
                said.add(column.currencies[0][0])
            elif guess.role in _MONEY:
                said |= {code for code in map(code_of, (column.name, *column.habit, *column.examples)) if code}
    found = told or said
    return found.pop() if len(found) == 1 else None


def _brought(database: Database, table: TableProfile, codes: ColumnProfile, roles: Mapping[str, Guess]) -> str | None:
    amounts = [column for column in table.columns if column.column in roles and roles[column.column].role is Role.AMOUNT]
    return next((code for amount in amounts if (code := converted(database, table, amount, codes)) is not None), None)


def converted(database: Database, table: TableProfile, amount: ColumnProfile, codes: ColumnProfile) -> str | None:
    """The one currency all amounts were brought to: their header names it, and another column holds what was paid in each row's own.

    That other column says the same wherever a row is in that currency, and something else wherever it is not.

    Args:
        database: holds the table.
        table: the sales.
        amount: their amounts.
        codes: the currency each was paid in.
    """
    home = code_of(amount.name)
    spelt = [value for value, _ in codes.top if code_of(value) == home]
    if home is None or not spelt:
        return None
    here = f"{as_text(codes)} IN ({', '.join(literal(value.strip()) for value in spelt)})"
    for other in table.columns:
        if other.type is not ColumnType.NUMBER or other.column == amount.column:
            continue
        both, same = f"{as_number(other)} <> 0 AND {as_number(amount)} <> 0", f"abs({as_number(other)} - {as_number(amount)}) < 0.01"
        at_home, alike, abroad, again = database.row(
            f"SELECT count(*) FILTER ({here}), count(*) FILTER ({here} AND {same}), count(*) FILTER (NOT {here}), count(*) FILTER (NOT {here} AND {same})"
            f" FROM {quote(table.table)} t WHERE {both} AND {as_text(codes)} IS NOT NULL"
        )
        if at_home and abroad and alike >= _AS_PAID * at_home and again <= (1 - _AS_PAID) * abroad:
            return home
    return None


_AS_PAID = 0.95  # of the rows: the others are slips of the pen


def _most_used(database: Database, table: TableProfile, column: ColumnProfile) -> set[str]:
    text = as_text(column)
    rows = database.rows(
        f"SELECT {text}, COUNT(*) FROM {quote(table.table)} t WHERE {text} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    counts: dict[str, int] = {}
    for value, count in rows:
        code = code_of(value)
        if code is not None:
            counts[code] = counts.get(code, 0) + count
    return {max(counts, key=lambda code: counts[code])} if counts else set()


def codes_in(column: ColumnProfile) -> set[str]:
    """The currencies a column of codes holds."""
    values = [value for value, _ in column.top] or list(column.examples)
    return {code for code in map(code_of, values) if code}
