"""The SQL of each way of writing a date: `{x}` stands for the cell, the result is a timestamp or NULL.

The whole cell is matched by a pattern first: the database's own casts forgive years of two digits and any tail.
"""

from __future__ import annotations

import re

from analytics.loading.words import MONTHS

PIVOT = 49  # 00 to 49 are of this century, but for a birth
TIME = (
    r"(?:(?:,? |T|,? [àa] | at )\s*(?P<h>\d{1,2})(?:[:h](?P<m>\d{2}))(?::(?P<s>\d{2})(?:[.,]\d{1,9})?)?"
    r"(?: ?(?P<half>[AaPp])\.?[Mm]\.?)?(?: ?(?:Z|UTC|GMT|[+-]\d{2}:?(?:\d{2})?))?)?"
)
_TIME_SQL = re.sub(r"\(\?P<\w+>", "(?:", TIME)  # the same for the database, which knows no named groups
_PARTS = "([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]"

PLAIN_ISO = "CASE WHEN strlen({x}) = 10 AND left({x}, 1) BETWEEN '1' AND '9' THEN TRY_CAST({x} AS DATE) END"
PLAIN_MOMENT = (
    "CASE WHEN left({x}, 1) BETWEEN '1' AND '9' AND strlen({x}) >= 10 "
    "THEN try_strptime({x}, ['%Y-%m-%d %H:%M:%S', '%Y-%m-%dT%H:%M:%S', '%Y-%m-%d']) END"
)
COMPACT = (
    "CASE WHEN left({x}, 1) NOT BETWEEN '1' AND '9' THEN NULL WHEN length({x}) = 8 THEN try_strptime({x}, '%Y%m%d') "
    "WHEN length({x}) = 14 THEN try_strptime({x}, '%Y%m%d%H%M%S') "
    "WHEN regexp_full_match({x}, '[0-9]{8}T[0-9]{6}Z?') THEN try_strptime(left({x}, 15), '%Y%m%dT%H%M%S') END"
)
COMPACT_MONTH = "CASE WHEN regexp_full_match({x}, '(19|20)[0-9]{4}') THEN try_strptime({x} || '01', '%Y%m%d') END"
MONTH = (
    "CASE WHEN regexp_full_match({x}, '[1-9][0-9]{3}[-/][0-9]{1,2}') "
    "THEN try_strptime(replace({x}, '/', '-') || '-01', '%Y-%m-%d') "
    "WHEN regexp_full_match({x}, '[0-9]{1,2}[-/][1-9][0-9]{3}') "
    "THEN try_strptime('01-' || replace({x}, '/', '-'), '%d-%m-%Y') END"
)
SERIAL = (
    "CASE WHEN regexp_full_match({x}, '[2-6][0-9]{4}([.,][0-9]+)?') "
    "THEN TIMESTAMP '1899-12-30' + to_seconds(round(TRY_CAST(replace({x}, ',', '.') AS DOUBLE) * 86400)) END"
)
EPOCH = (
    "CASE WHEN length({x}) = 10 THEN epoch_ms(TRY_CAST({x} AS BIGINT) * 1000) "
    "WHEN length({x}) = 13 THEN epoch_ms(TRY_CAST({x} AS BIGINT)) END"
)


def compact_local(month_first: bool) -> str:
    """31012025, or 1022025 where a program ate the first zero."""
    order = "%m%d%Y" if month_first else "%d%m%Y"
    return f"CASE WHEN regexp_full_match({{x}}, '[0-9]{{3,4}}(19|20)[0-9]{{2}}') THEN try_strptime(lpad({{x}}, 8, '0'), '{order}') END"


def _shape(days: str) -> str:
    """Test the whole cell: the days, then a time of day or nothing (the database's own cast forgives a tail)."""
    return f"regexp_full_match({{x}}, '{days}{_TIME_SQL}')"


def iso() -> str:
    """2025-01-31, 2025/1/31, with or without a time."""
    text = "replace(replace(left({x}, 10), '/', '-'), '.', '-') || substr({x}, 11)"
    plain = "regexp_full_match({x}, '[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}') THEN TRY_CAST({x} AS TIMESTAMP)"
    return f"CASE WHEN {plain} WHEN {_shape(r'[1-9][0-9]{3}[-/.][0-9]{1,2}[-/.][0-9]{1,2}')} THEN {_clock(text)} END"


def _clock(text: str) -> str:
    """Read a text whose date part is ISO, whatever its clock looks like (14h05, 2:05 PM, T14:05Z)."""
    halves = ", ".join(f"'%Y-%m-%d {clock}'" for clock in ("%I:%M %p", "%I:%M:%S %p", "%I:%M%p", "%I:%M:%S%p"))
    joined = f"regexp_replace({text}, '(?:T|,? [àa] | at |,? +)([0-9]{{1,2}})[h:]([0-9]{{2}})', ' \\1:\\2')"
    return (
        f"CASE WHEN regexp_matches({text}, '(?i)[0-9] ?[ap]\\.?m') "
        f"THEN try_strptime(upper(replace({joined}, '.', '')), [{halves}]) "
        f"ELSE TRY_CAST(replace({joined}, ',', '.') AS TIMESTAMP) END"
    )


def local_days(month_first: bool) -> str:
    """31/01/2025, 31-01-2025, 31.01.2025."""
    order = "%m{s}%d{s}%Y" if month_first else "%d{s}%m{s}%Y"
    formats = ", ".join(f"'{order.format(s=s)}'" for s in "/-. ")
    whole = "regexp_full_match({x}, '[0-9/. -]*[1-9][0-9]{3}')"
    return f"CASE WHEN {whole} THEN try_strptime({{x}}, [{formats}]) END"


def local_times(month_first: bool) -> str:
    """31/01/2025 14:05, 1/31/2025 2:05 PM."""
    text = f"regexp_replace({{x}}, '^{_PARTS}([0-9]{{4}})', '{_swapped(month_first)}')"
    return f"CASE WHEN {_shape(_PARTS + '[1-9][0-9]{3}')} THEN {_clock(text)} END"


def two_digit_years(month_first: bool, pivot: int) -> str:
    """31/01/25, with or without a time; years up to `pivot` are of this century."""
    year = f"CASE WHEN regexp_extract({{x}}, '^{_PARTS}([0-9]{{2}})', 3) <= '{pivot:02d}' THEN '20' ELSE '19' END"
    text = f"({year} || regexp_replace({{x}}, '^{_PARTS}([0-9]{{2}})', '{_swapped(month_first)}'))"
    day, month = (4, 1) if month_first else (1, 4)
    parts = f"right({{x}}, 2) || '-' || substr({{x}}, {month}, 2) || '-' || substr({{x}}, {day}, 2)"
    century = f"CASE WHEN right({{x}}, 2) <= '{pivot:02d}' THEN '20' ELSE '19' END"
    plain = f"regexp_full_match({{x}}, '[0-9]{{2}}/[0-9]{{2}}/[0-9]{{2}}') THEN TRY_CAST({century} || {parts} AS TIMESTAMP)"
    return f"CASE WHEN {plain} WHEN {_shape(_PARTS + '[0-9]{2}')} THEN {_clock(text)} END"


def two_digit_years_first() -> str:
    """25-01-31, of this century, with or without a time."""
    text = f"('20' || regexp_replace({{x}}, '^{_PARTS}', '\\1-\\2-'))"
    return f"CASE WHEN {_shape(_PARTS + '[0-9]{1,2}')} THEN {_clock(text)} END"


def _swapped(month_first: bool) -> str:
    return "\\3-\\1-\\2" if month_first else "\\3-\\2-\\1"


def _months_map() -> str:
    return "MAP {" + ", ".join(f"'{name}': '{month:02d}'" for name, month in MONTHS.items()) + "}"


def named() -> str:
    """31 janvier 2025, Jan 31, 2025, lundi 3 mars 2025, 31-Jan-25, Jan-31-25."""
    plain = "lower(strip_accents({x}))"
    part = (
        f"regexp_extract({plain}, '(?i)^(?:[a-z]{{2,10}}\\.?,? )?(?:(\\d{{1,2}})(?:er|st|nd|rd|th|\\.)?[ -]([a-z]{{3,9}})\\.?,?[ -]"
        f"|([a-z]{{3,9}})\\.?[ -](\\d{{1,2}})(?:(?:st|nd|rd|th)?,? |-))(\\d{{4}}|\\d{{2}})({_TIME_SQL})$', "
        "['d', 'w', 'w2', 'd2', 'y', 'rest'])"
    )
    text = (
        "list_transform([" + part + "], lambda p: CASE WHEN p.y <> '' THEN "
        f"(CASE WHEN length(p.y) = 4 THEN p.y WHEN p.y <= '{PIVOT}' THEN '20' || p.y ELSE '19' || p.y END) || '-' || "
        + _months_map() + "[p.w || p.w2] || '-' || p.d || p.d2 || p.rest END)[1]"
    )  # fmt: skip
    return _clock(text)


def named_month() -> str:
    """Janv. 2025, January 2025."""
    plain = "lower(strip_accents({x}))"
    part = f"regexp_extract({plain}, '^([a-z]{{3,9}})\\.?[ -](\\d{{4}}|\\d{{2}})$', ['w', 'y'])"
    text = (
        "list_transform([" + part + "], lambda p: CASE WHEN p.y <> '' THEN "
        f"(CASE WHEN length(p.y) = 4 THEN p.y WHEN p.y <= '{PIVOT}' THEN '20' || p.y ELSE '19' || p.y END) || '-' || "
        + _months_map() + "[p.w] || '-01' END)[1]"
    )  # fmt: skip
    return f"TRY_CAST({text} AS TIMESTAMP)"
