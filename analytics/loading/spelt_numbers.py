"""Numbers no plain number says: 12€50, 1h30, 4/5, stars, 1.2M, debits and credits; read where the whole column is written so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping

from analytics.datamodel.model import ColumnType
from analytics.loading.numbers import read_numbers
from analytics.loading.reading import FileHabits, Reading

_BLANK = "[ \u00a0\u202f]"
_B = f"{_BLANK}?"
_EUROS = re.compile(rf"(-?\d+(?:{_BLANK}\d{{3}})*){_B}€{_B}(\d\d)?|(-?\d+(?:{_BLANK}\d{{3}})*[.,]\d\d){_B}€")
_HOURS = re.compile(rf"(\d{{1,4}}){_B}(?:h|heures?|hours?|hrs?){_B}(?:([0-5]?\d){_B}(?:m|mn|min|mins|minutes?)?)?")
_MINUTES = re.compile(rf"(\d{{1,5}}){_B}(?:m|mn|min|mins|minutes?)")
_CLOCK = re.compile(r"(\d{1,4}):([0-5]\d):([0-5]\d)")
_OUT_OF = re.compile(rf"(\d{{1,3}}(?:[.,]\d+)?){_B}(?:/|sur |out of ){_B}(5|10|20|100)")
_STARS = re.compile("[★⭐]\ufe0f?(?:[★⭐]\ufe0f?)*☆*|☆+")
_LARGE = re.compile(rf"(-?)([$€£]?)(\d+(?:[.,]\d+)?){_B}([kK]|M|Md|bn|B)?")
_BOOKED = re.compile(r"(\d[\d ]*(?:[.,]\d+)?|\d{1,3}(?:,\d{3})+\.\d+) ?(CR|DR|Cr|Dr)")
_BOOKED_AFTER = r" ?(?:CR|DR|Cr|Dr)$"
_SAYS_LASTING = re.compile(r"dur[ée]e|duration|temps|elapsed|length|d[ée]lai|attente|wait|time (?:spent|to)|temps pass[ée]|heures|hours", re.I)
_SAYS_CLOCK = re.compile(r"heure\b|horaire|\btime\b|\bhour\b", re.I)
_SAYS_SCORE = re.compile(r"note|notation|rating|score|avis|review|satisf|[ée]toile|star|grade|appr[ée]ci|qualit|nps|csat", re.I)
_SAYS_DAY = re.compile(r"date|jour|day\b|mois|month|\ble\b|\bon\b", re.I)
_SAYS_LARGE = re.compile(r"montant|\bca\b|chiffre|revenu|amount|sales|ventes|turnover|budget|valeur|value|price|prix|capital|arr\b|mrr\b|"
                         r"follow|abonn|views?\b|vues|population|impressions", re.I)  # fmt: skip


def read_spelt_numbers(name: str, values: Mapping[str, int]) -> Reading | None:
    """Decide whether the values are such numbers; None when they are not.

    Args:
        name: header: whether 1h30 lasts or is an hour, whether 4/5 is a mark, depends on it.
        values: distinct cells (trimmed, empty words apart) and their counts.
    """
    first = next(iter(values), "")
    readers: tuple[tuple[re.Pattern[str], Callable[[str, Mapping[str, int]], Reading | None]], ...] = (
        (_STARS, _stars), (_OUT_OF, _marks), (_EUROS, _euros), (_BOOKED, _booked), (_LARGE, _large),
        (_HOURS, _lasting), (_MINUTES, _lasting), (_CLOCK, _lasting),
    )  # fmt: skip
    for shape, reader in readers:
        if shape.fullmatch(first) and (found := reader(name.replace("_", " "), values)) is not None:
            return found
    return None


def _number(sql: str, *habit: str) -> Reading:
    return Reading(ColumnType.NUMBER, sql, "DOUBLE", habit)


def _double(text: str) -> str:
    return f"TRY_CAST(replace(replace(replace(replace({text}, ' ', ''), '\u00a0', ''), '\u202f', ''), ',', '.') AS DOUBLE)"


def _matched(pattern: re.Pattern[str], value: str) -> str:
    """The SQL of a value, where the whole cell is written so."""
    return f"CASE WHEN regexp_full_match({{x}}, '{pattern.pattern}') THEN {value} END"


def _stars(name: str, values: Mapping[str, int]) -> Reading | None:
    if not all(map(_STARS.fullmatch, values)):
        return None
    count = "length({x}) - length(replace(replace({x}, '★', ''), '⭐', ''))"
    return _number(_matched(_STARS, f"CAST({count} AS DOUBLE)"), "stars")


def _marks(name: str, values: Mapping[str, int]) -> Reading | None:
    found = [_OUT_OF.fullmatch(value) for value in values]
    bests = {one[2] for one in found if one}
    if None in found or len(bests) != 1:
        return None
    best, marks = int(next(iter(bests))), [one[1].replace(",", ".") for one in found if one]
    if _SAYS_DAY.search(name):  # 4/10 may be the fourth of October
        return None
    told = _SAYS_SCORE.search(name) or any("." in mark for mark in marks) or any("/" not in value for value in values)
    if not told or max(map(float, marks)) > best:
        return None
    return _number(_matched(_OUT_OF, _double("regexp_extract({x}, '^[0-9]+(?:[.,][0-9]+)?')")), f"out_of:{best}")


def _euros(name: str, values: Mapping[str, int]) -> Reading | None:
    found = [_EUROS.fullmatch(value) for value in values]
    if None in found or not any(one and one[2] for one in found):
        return None
    parts = rf"regexp_replace({{x}}, '{_B}€{_B}([0-9][0-9])$', '.\1')"
    return _number(_matched(_EUROS, _double(f"replace({parts}, '€', '')")), "decimal_euro", "currency:EUR")


def _booked(name: str, values: Mapping[str, int]) -> Reading | None:
    found = [_BOOKED.fullmatch(value) for value in values]
    if None in found or {one[2].upper() for one in found if one} != {"CR", "DR"}:
        return None
    bare = "regexp_replace(regexp_replace({x}, ' ?[CD][Rr]$', ''), ',([0-9]{3})', '\\1', 'g')"
    return _number(_matched(_BOOKED, f"CASE WHEN upper(right({{x}}, 2)) = 'DR' THEN -1 ELSE 1 END * {_double(bare)}"), "debit_credit")


def read_booked_amounts(values: Mapping[str, int], habits: FileHabits) -> Reading | None:
    """Amounts of which a few are followed by CR (or DR) and the others by nothing: the other side of the account, below nought.

    Args:
        values: distinct cells and their counts.
        habits: of the other columns of the file.
    """
    marked = {value: n for value, n in values.items() if re.search(_BOOKED_AFTER, value) and value[0] not in "-("}
    if not marked or sum(marked.values()) > 0.5 * sum(values.values()) or len({value[-2:].upper() for value in marked}) > 1:
        return None
    bare = Counter[str]()
    for value, n in values.items():
        bare[re.sub(_BOOKED_AFTER, "", value)] += n
    found = read_numbers(bare, habits, unread=0)
    if found is None:
        return None
    amount = found.sql.replace("{x}", f"regexp_replace({{x}}, '{_BOOKED_AFTER}', '')")
    return _number(f"CASE WHEN regexp_matches({{x}}, '{_BOOKED_AFTER}') THEN -({amount}) ELSE {amount} END", *found.habit, "marked_negative")


def _large(name: str, values: Mapping[str, int]) -> Reading | None:
    found = [_LARGE.fullmatch(value) for value in values]
    sizes = {(one[4] or "").upper() for one in found if one}
    several = len(sizes - {""}) > 1
    if None in found or not sizes - {""} or not (several or _SAYS_LARGE.search(name)):
        return None
    marks = {one[2] for one in found if one and one[2]}
    if len(marks) > 1:
        return None
    size = (
        "CASE WHEN {x} ILIKE '%k' THEN 1e3 WHEN {x} LIKE '%M' THEN 1e6 WHEN {x} LIKE '%Md' OR {x} LIKE '%bn' OR {x} LIKE '%B' "
        "THEN 1e9 ELSE 1 END"
    )
    number = _double("regexp_replace({x}, '[^0-9.,-]', '', 'g')")
    codes = {"€": "currency:EUR", "$": "currency:USD", "£": "currency:GBP"}
    return _number(_matched(_LARGE, f"round({number} * {size}, 6)"), "thousands_letter", *(codes[mark] for mark in marks))


def _lasting(name: str, values: Mapping[str, int]) -> Reading | None:
    """Minutes: an hour of the day is written alike, unless the header or a cell of minutes alone tells."""
    clocks = sum(bool(_CLOCK.fullmatch(value)) for value in values)
    shaped = all(_HOURS.fullmatch(value) or _MINUTES.fullmatch(value) for value in values)
    if clocks == len(values):
        told = bool(_SAYS_LASTING.search(name)) and not re.search(r"\bheure\b|\bhour\b", name, re.I)
    else:
        minutes = any(_MINUTES.fullmatch(value) for value in values)
        told = shaped and (minutes or (bool(_SAYS_LASTING.search(name)) and not _SAYS_CLOCK.search(name)))
    if not told:
        return None
    hours = f"TRY_CAST(regexp_extract({{x}}, '{_HOURS.pattern}', 1) AS DOUBLE) * 60"
    rest = f"coalesce(TRY_CAST(nullif(regexp_extract({{x}}, '{_HOURS.pattern}', 2), '') AS DOUBLE), 0)"
    clock = "+".join(f"TRY_CAST(split_part({{x}}, ':', {i}) AS DOUBLE) * {size}" for i, size in ((1, "60"), (2, "1"), (3, "(1.0/60)")))
    sql = (
        f"CASE WHEN regexp_full_match({{x}}, '{_HOURS.pattern}') THEN {hours} + {rest} WHEN regexp_full_match({{x}}, '{_MINUTES.pattern}') "
        f"THEN TRY_CAST(regexp_extract({{x}}, '^[0-9]+') AS DOUBLE) WHEN regexp_full_match({{x}}, '{_CLOCK.pattern}') THEN round({clock}, 4) END"
    )
    return _number(sql, "unit:min", "lasting")
