"""The currency of the amounts, when a header, the cells' own signs or a column of codes tells one and only one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from analytics.datamodel.model import ColumnProfile, TableProfile
from analytics.datamodel.reading import Guess
from analytics.datamodel.roles import Role

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


def find_currency(tables: Sequence[TableProfile], roles: Mapping[str, Mapping[str, Guess]]) -> str | None:
    """The one ISO code the files name; None when they name none, or several."""
    said: set[str] = set()
    for table in tables:
        for column in table.columns:
            guess = roles[table.table].get(column.column)
            if guess is None:
                continue
            if guess.role is Role.CURRENCY:
                said |= codes_in(column)
            elif guess.role in _MONEY:
                said |= {code for code in map(code_of, (column.name, *column.habit, *column.examples)) if code}
    return said.pop() if len(said) == 1 else None


def codes_in(column: ColumnProfile) -> set[str]:
    """The currencies a column of codes holds."""
    values = [value for value, _ in column.top] or list(column.examples)
    return {code for code in map(code_of, values) if code}
