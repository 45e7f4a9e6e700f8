"""The currency each amount is written in, kept beside the number where one column holds several."""

from __future__ import annotations

import re

from analytics.datamodel.model import ColumnType
from analytics.loading.reading import Reading
from analytics.loading.words import CURRENCIES
from analytics.workspace import literal

_CODE = "currency:"
_HEADER = re.compile(r"€|£|(?<![A-Za-z])(?:EUR|USD|GBP|CHF|CAD|XPF|euros?)(?![A-Za-z])", re.IGNORECASE)


def header_currency(header: str) -> str | None:
    """The ISO code of the currency a header names."""
    found = _HEADER.search(header)
    if found is None:
        return None
    return CURRENCIES.get(found[0].upper()) or CURRENCIES[found[0].lower()]


_THOUSANDS = re.compile(
    r"(?<![A-Za-z])(?:[kK] ?(?:€|£|\$|(?:EUR|USD|GBP|CHF|euros?)(?![A-Za-z]))|(?:en |in )?(?:milliers|thousands)(?![A-Za-z]))|(?:€|£|\$) ?['’]?000s?(?!\d)", re.IGNORECASE
)
_MILLIONS = re.compile(r"(?<![A-Za-z])(?:M ?(?:€|£|\$|(?:EUR|USD|GBP|CHF)(?![A-Za-z]))|(?:en |in )millions(?![A-Za-z]))")


_CENTS = re.compile(r"(?:(?<![A-Za-z])(?<!per )(?<!pour )(?:[Cc]ents|[Cc]entimes|[Pp]ence|CENTS|CENTIMES|PENCE)|(?<=[a-z])(?:Cents|Centimes|Pence))(?![A-Za-z])")


def header_size(header: str) -> int:
    """How many units of money one of a column is, as its header says: « Montant (k€) » is in thousands."""
    return 1_000 if _THOUSANDS.search(header) else 1_000_000 if _MILLIONS.search(header) else 1


def in_cents(header: str) -> bool:
    """Whether a header says that its amounts are in hundredths of the unit: `mrr_cents`, « Montant (centimes) »."""
    return _CENTS.search(header) is not None


def has_signs(reading: Reading) -> bool:
    """Whether cells of this column name several currencies, or another than the header's."""
    return reading.type is ColumnType.NUMBER and len(_codes(reading)) > 1


def sign_sql(reading: Reading, cell: str) -> str:
    """The SQL of the ISO code a cell names, NULL where it names none.

    Args:
        reading: of a column whose signs are kept.
        cell: SQL of its text.
    """
    codes = _codes(reading)
    marks = sorted((mark for mark, code in CURRENCIES.items() if code in codes), key=len, reverse=True)
    cases = " ".join(f"WHEN contains({cell}, {literal(mark)}) THEN {literal(CURRENCIES[mark])}" for mark in marks)
    return f"CASE {cases} END"  # the longest first: « US$ » before « $ »


def _codes(reading: Reading) -> tuple[str, ...]:
    return tuple(habit.removeprefix(_CODE) for habit in reading.habit if habit.startswith(_CODE))
