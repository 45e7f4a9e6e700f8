"""Weeks, months, quarters and halves of years written in cells: read as their first day, where every cell says one of one kind."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from analytics.datamodel.model import ColumnType
from analytics.loading.date_sql import PIVOT
from analytics.loading.reading import Reading
from analytics.loading.words import MONTHS

PERIODS = ("week", "month", "quarter", "half_year")
FISCAL = "fiscal_year"
_YEAR, _SHORT = r"(?:19|20)\d\d", r"\d\d"
_NUMBER = {"week": r"0?[1-9]|[1-4]\d|5[0-3]", "quarter": "0?[1-4]", "half_year": "[12]", "month": "0[1-9]|1[0-2]"}
_LETTERS = {
    "week": r"w|wk|kw|week|semaine", "quarter": r"q|t|tr|qtr|trim\.?|trimestre|quarter", "month": "m",
    "half_year": r"h|half|semestre",
}  # fmt: skip
_S = r"s|sem\.?"  # a week or a half of a year
_SAYS_WEEK, _SAYS_HALF = re.compile(r"\bsem(?:aine)?s?\b|week|\bkw\b"), re.compile(r"semestre|half|\bh[12]\b")
_SAYS_MONTH = re.compile(r"\bmois\b|month|periode|period")
_FISCAL = re.compile(rf"(?:fy|ex(?:ercice|\.)?)[ -]?'?(?:{_YEAR}|{_SHORT})(?:[-/](?:{_YEAR}|{_SHORT}))?")
_MAY_BE = re.compile(r"(?=.*\d)[a-z]{0,12}\.?[-_/ .]{0,3}['’]?\d{1,6}[a-z]{0,4}[-_/ .]{0,3}(?:['’]|[a-z]{0,12})\.?[-_/ .]{0,3}\d{0,4}")
_WORD = "|".join(sorted(MONTHS, key=len, reverse=True))


def read_periods(name: str, values: Mapping[str, int]) -> Reading | None:
    """Decide whether the values are periods, all of one kind; None when they are not.

    Args:
        name: header: what a bare S1 or 01/24 says depends on it.
        values: distinct cells (trimmed, empty words apart) and their counts.
    """
    if not values:
        return None
    if _MAY_BE.fullmatch(_plain(next(iter(values)))) is None:
        return None
    header, cells = _plain(name.replace("_", " ")), [_plain(value) for value in values]
    for kind, pattern in _patterns(header, cells):
        if all(re.fullmatch(pattern, cell) for cell in cells):
            return Reading(ColumnType.DATE, _sql(kind, pattern), "DATE", (kind,))
    return None


def are_fiscal_years(values: Mapping[str, int]) -> bool:
    """Whether all values are years of accounts (FY24), whose first day nothing tells."""
    return bool(values) and all(_FISCAL.fullmatch(_plain(value)) for value in values)


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))


def _patterns(header: str, cells: Sequence[str]) -> list[tuple[str, str]]:
    """The ways of writing a period that may be this column's: their kind, their pattern."""
    found = [(kind, _around(_LETTERS[kind], _NUMBER[kind])) for kind in PERIODS]
    found.append(("month", rf"(?P<y>{_YEAR})[-_/ ]?(?P<n>{_WORD})\.?|(?P<n2>{_WORD})\.?[-_/ ]*'?(?P<y2>{_YEAR})|(?P<n3>{_WORD})\.?(?:[-_/ ]|[-_/ ]?')(?P<y3>{_SHORT})"))
    numbers = [int(said[1] or said[2]) for cell in cells if (said := re.match(r"(?:.*[^a-z])?s(?:em\.?)?[ -]?(\d{1,2})\b|s(?:em\.?)?(\d{1,2})(?:19|20)\d\d\Z", cell))]
    padded = any(re.search(r"s(?:em\.?)?[ -]?0\d", cell) for cell in cells)
    if _SAYS_WEEK.search(header) or (not _SAYS_HALF.search(header) and (padded or max(numbers, default=0) > 6)):
        found.append(("week", _around(_S, _NUMBER["week"])))
    elif _SAYS_HALF.search(header):
        found.append(("half_year", _around(_S, _NUMBER["half_year"])))
    if _SAYS_WEEK.search(header):
        found.append(("week", rf"(?P<y>{_YEAR})[-_/ ]?(?P<n>[0-4]\d|5[0-3])|(?P<n2>[0-4]?\d|5[0-3])[-_/ ](?P<y2>{_YEAR})"))
    elif _SAYS_MONTH.search(header):
        found.append(("month", rf"(?P<n>0[1-9]|1[0-2])[-/.](?P<y>{_SHORT})"))
        if any(cell[:2] > "12" for cell in cells):
            found.append(("month", rf"(?P<y>{_SHORT})[-/.](?P<n>0[1-9]|1[0-2])"))
    return found


def _around(letters: str, number: str) -> str:
    """2024-Q1, 2024Q1; Q1 2024, Q1-24, Q1'24; 1T2024, 1er trimestre 2024."""
    ordinal = "(?:er|ere|re|e|eme|nd|nde|st|rd|th)?"
    return (
        rf"(?P<y>{_YEAR})[-_/ .]*(?:{letters})[-_ ]?(?P<n>{number})"
        rf"|(?:{letters})[-_ ]?(?P<n2>{number})[-_/ .]*(?P<y2>{_YEAR})"
        rf"|(?:{letters})[-_ ]?(?P<n3>{number})(?:[-_/ ]|[-_/ ]?['’])(?P<y3>{_SHORT})"
        rf"|(?P<n4>{number}){ordinal}[ -]?(?:{letters})[-_/ .]*(?P<y4>{_YEAR})"
    )


def _sql(kind: str, pattern: str) -> str:
    """The SQL of the first day of the period a cell names."""
    groups = re.findall(r"\?P<(\w+)>", pattern)
    listed = ", ".join(f"'{group}'" for group in groups)
    bare = re.sub(r"\?P<\w+>", "", pattern).replace("'", "''")
    year = " || ".join(f"p.{group}" for group in groups if group[0] == "y")
    number = " || ".join(f"p.{group}" for group in groups if group[0] == "n")
    whole = f"CASE WHEN length({year}) = 4 THEN {year} WHEN {year} <= '{PIVOT}' THEN '20' || {year} ELSE '19' || {year} END"
    y = f"TRY_CAST({whole} AS INTEGER)"
    if "janvier" in pattern:
        months = ", ".join(f"'{word}': {month}" for word, month in MONTHS.items())
        n = f"MAP {{{months}}}[{number}]"
    else:
        n = f"TRY_CAST({number} AS INTEGER)"
    day = {
        "week": f"CASE WHEN isoyear(CAST(date_trunc('week', make_date({y}, 1, 4)) AS DATE) + 7 * ({n} - 1) + 3) = {y}"
                f" THEN CAST(date_trunc('week', make_date({y}, 1, 4)) AS DATE) + 7 * ({n} - 1) END",
        "month": f"make_date({y}, {n}, 1)", "quarter": f"make_date({y}, 3 * {n} - 2, 1)", "half_year": f"make_date({y}, 6 * {n} - 5, 1)",
    }[kind]  # fmt: skip
    part = f"regexp_extract(lower(strip_accents({{x}})), '^(?:{bare})$', [{listed}])"
    return f"list_transform([{part}], lambda p: CASE WHEN {year} <> '' THEN {day} END)[1]"
