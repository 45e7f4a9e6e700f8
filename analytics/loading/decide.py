"""Which type each column of a table has, from the values seen; columns that are sure help the unclear ones."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from analytics.datamodel.model import ColumnType
from analytics.datamodel.opt_outs import says_opt_out
from analytics.loading.dates import read_dates, seen_orders
from analytics.loading.flags import read_flags
from analytics.loading.numbers import read_numbers, sure_marks
from analytics.loading.period_cells import FISCAL, are_fiscal_years, read_periods
from analytics.loading.reading import FileHabits, Reading, Values
from analytics.loading.signs import header_currency, header_size, in_cents
from analytics.loading.spelt_numbers import read_booked_amounts, read_spelt_numbers
from analytics.loading.unread import most_unread
from analytics.loading.words import BLANKS, MONEY_HEADER, NULLS, PANDAS_NULLS, THOUSANDS, UNKNOWN, UNSURE_NULLS

_SAYS_CODE = re.compile(
    r"code[ _-]?post|post[ _-]?code|postal|\bzip|_zip|\bcp\b|\bsiret|\bsiren|\bt[ée]l\b|t[ée]l[ée]phone|phone|\bean\b|gtin|\binsee"
    r"|\bt[ée]l\.|\b(?:num|n°|no|numéro)[ _.]*(?:de )?(?:mobile|portable)|\A(?:mobile|portable|gsm|fax|tva)\Z|\biban|\bbic\b|\bnaf\b",
    re.I,
)  # digits that are no quantity, even where none begins with a zero
_QUANTITY = ("decimal", "exponent", "percent", "currency:", "negative", "unit:", "out_of:", "stars", "thousands_letter", "debit_credit")
_MONEY = re.compile(MONEY_HEADER, re.I)


def gather(name: str, cells: Mapping[str, int]) -> Values:
    """Trim distinct cells and put apart those that mean nothing was filled in.

    Args:
        name: header.
        cells: distinct cells as they stand, with their counts.
    """
    values = Values(name)
    for cell, n in cells.items():
        bare = cell.strip(BLANKS)
        values.padded = values.padded or bare != cell
        if bare in NULLS:
            values.nulls.add(bare)
        else:
            values.counts[bare] = values.counts.get(bare, 0) + n
    return values


def decide(columns: Sequence[Values], delimiter: str) -> tuple[list[Reading], FileHabits]:
    """Decide how each column is read.

    Args:
        columns: values seen of each.
        delimiter: of the file as it came.
    """
    habits = FileHabits(delimiter)
    for column in columns:
        _learn(column, habits)
    return [decide_column(column, habits) for column in columns], habits


def decide_column(column: Values, habits: FileHabits) -> Reading:
    """Decide how one column is read, given what the others show."""
    if not column.counts:
        return Reading(
            ColumnType.EMPTY, "CAST(NULL AS VARCHAR)", "VARCHAR", nulls=frozenset(column.nulls), trim=column.padded
        )
    refusals = says_opt_out(column.name)  # there an "x" is a tick and a "?" no permission: nothing is empty by guess
    sure = {
        v: n for v, n in column.counts.items() if refusals or v not in UNSURE_NULLS and v.lower() not in UNKNOWN
    }
    unsure = frozenset(column.counts) - frozenset(sure)
    nulls = frozenset(column.nulls - {"?"} if refusals else column.nulls)
    flags = read_flags(column.counts) or (read_flags(sure) if sure else None)
    money = bool(_MONEY.search(column.name))
    found = flags or (
        read_periods(column.name, sure) or read_dates(column.name, sure, habits)
        or read_booked_amounts(sure, habits) or read_numbers(sure, habits, money=money, unread=most_unread(column.name, sure))
        or read_spelt_numbers(column.name, sure) if sure else None
    )  # fmt: skip
    if found is not None and found.type is ColumnType.NUMBER and _SAYS_CODE.search(column.name):
        found = found if any(code.startswith(_QUANTITY) for code in found.habit) else None
    if found is not None and found.type is ColumnType.NUMBER:
        found = _in_units(replace(found, habit=_with_currency(found.habit, column.name)), column)
    if found is not None:
        return replace(found, nulls=nulls | unsure, trim=column.padded)
    words = frozenset[str]() if refusals else _empty_words(column.counts)
    years = (FISCAL,) if are_fiscal_years(sure) else ()
    return Reading(ColumnType.TEXT, nulls=nulls | words, trim=column.padded, habit=years)


_WHOLE = re.compile(r"\s*-?\d+(?:[.,]0+)?\s*|\D*")  # or empty, whatever word says so


def _in_units(reading: Reading, column: Values) -> Reading:
    """Amounts whose header says thousands, millions or cents (« CA (k€) », `mrr_cents`), brought to the unit; not where cells say it themselves."""
    if in_cents(column.name) and all(_WHOLE.fullmatch(cell) for cell in column.counts):  # « 12,50 » under such a header is no count of cents
        return replace(reading, sql=f"round(({reading.sql}) / 100, 6)", habit=(*reading.habit, "header_cents"))
    size = header_size(column.name)
    told = {"percent", "thousands_letter"} & set(reading.habit)
    if size == 1 or told or any(mark in cell for mark in THOUSANDS for cell in column.counts):
        return reading
    return replace(reading, sql=f"round(({reading.sql}) * {size}, 6)", habit=(*reading.habit, "header_size"))


def _with_currency(habit: tuple[str, ...], header: str) -> tuple[str, ...]:
    """Add the currency that the header names: that of the cells that name none."""
    code = header_currency(header)
    return habit if code is None or f"currency:{code}" in habit else (*habit, f"currency:{code}")


def _empty_words(counts: Mapping[str, int]) -> frozenset[str]:
    """`NA` and `None` among words: empty, unless the words are few or are codes of two or three capitals."""
    found = PANDAS_NULLS & set(counts)
    others = [value for value in counts if value not in PANDAS_NULLS]
    if not found or not others:
        return frozenset()
    codes = sum(len(value) <= 3 and value.isupper() for value in others) >= 0.8 * len(others)
    return found - {"NA"} if codes else found if len(others) > 20 else found & {"NA"}


def _learn(column: Values, habits: FileHabits) -> None:
    """Note what the column surely shows of decimal marks and of the order of days and months."""
    if not column.counts:
        return
    day, month = seen_orders(column.counts)
    habits.day_first, habits.month_first = habits.day_first or day, habits.month_first or month
    sure = {value: n for value, n in column.counts.items() if value not in UNSURE_NULLS}
    comma, point = sure_marks(sure) if sure else (False, False)
    habits.decimal_comma, habits.decimal_point = habits.decimal_comma or comma, habits.decimal_point or point
