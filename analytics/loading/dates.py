"""Dates as people write them; the order of day and month is decided from every value of the column."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from analytics.datamodel.model import ColumnType
from analytics.loading import date_sql
from analytics.loading.numbers import MAX_FAILED
from analytics.loading.reading import FileHabits, Reading
from analytics.loading.words import MONTHS

_TIME = date_sql.TIME
_ISO = re.compile(rf"(?P<y>\d{{4}})(?P<sep>[-/.])(?P<a>\d{{1,2}})(?P=sep)(?P<b>\d{{1,2}}){_TIME}")
_LOCAL = re.compile(rf"(?P<a>\d{{1,2}})(?P<sep>[-/. ])(?P<b>\d{{1,2}})(?P=sep)(?P<y>\d{{4}}|\d{{2}}){_TIME}")
_COMPACT = re.compile(r"(?P<y>(?:19|20)\d{2})(?P<a>\d{2})(?P<b>\d{2})(?:T?(?P<h>\d{2})(?P<m>\d{2})(?P<s>\d{2})Z?)?")
_COMPACT_MONTH = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])")
_MONTH = re.compile(r"(?:(?P<y>\d{4})[-/](?P<a>\d{1,2})|(?P<a2>\d{1,2})[-/](?P<y2>\d{4}))")
_WORD = r"[A-Za-zéûôäÉÛÄ]{3,9}"
_NAMED = re.compile(
    rf"(?:[A-Za-zéûôäÉÛÄ]{{2,10}}\.?,? )?(?:(?P<d>\d{{1,2}})(?:er|st|nd|rd|th|\.)?[ -](?P<w>{_WORD})\.?,?[ -]|(?P<w2>{_WORD})\.?[ -](?P<d2>\d{{1,2}})"
    rf"(?:(?:st|nd|rd|th)?,? |-))(?P<y>\d{{4}}|\d{{2}}){_TIME}"
)
_NAMED_MONTH = re.compile(rf"(?P<w>{_WORD})\.?[ -](?P<y>\d{{4}}|\d{{2}})")
_DAYS = "lun|mar|mer|jeu|ven|sam|dim|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|mon|tue|wed|thu|fri|sat|sun|monday|tuesday|wednesday|" \
        "thursday|friday|saturday|sunday"  # fmt: skip
_WEEKDAY = re.compile(rf"^(?:{_DAYS})[.,]* +| *\((?:{_DAYS})\.?\)$| +(?:{_DAYS})\.?$")
_WEEK = {word: i for words in ("lun mar mer jeu ven sam dim", "mon tue wed thu fri sat sun") for i, word in enumerate(words.split())}
_COMPACT_LOCAL = re.compile(r"(?P<a>\d{1,2})(?P<b>\d{2})(?P<y>(?:19|20)\d{2})")  # 31012025, its first zero eaten or not
_DETOURS = (  # what stands around a date or inside it and says nothing, in the order it is taken out, by us and by the database
    ("[\u00a0\u202f]", " "), ("^(?:'|[Ll]e |[Oo]n )", ""), (r"^([\d/.-]{8,10}) +[-–|] *(\d{1,2}[:h])", r"\1 \2"),
    (r"^(\d{1,2}[:h]\d{2}(?::\d{2})?) +(\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4})$", r"\2 \1"),
    (" +([/-]) *|([/-]) +", r"\1\2"), (r"(\d{1,2})h(\d{2})(?:m|min|mn)(\d{2})s?$", r"\1:\2:\3"), (r"(\d{1,2}h\d{2})(?:m|min|mn)$", r"\1"),
    (r" (\d{1,2}) ?h$", r" \1h00"), (r" GMT[+-]\d{4}(?: \(.*\))?$", ""),
    (r"^[A-Za-z]{3} ([A-Za-z]{3}) +(\d{1,2}) (\d{2}:\d{2}:\d{2}) (?:[A-Z]{3,4} )?(\d{4})$", r"\2 \1 \4 \3"),
)  # fmt: skip
_COMPILED = {pattern: re.compile(pattern) for pattern, _ in _DETOURS}
_LIKELY = re.compile(r"\d ?[/.-] ?\d{1,2} ?[/.-] ?\d|(?:19|20)\d\d(?:$|.*[:h])|:\d\d .*(?:19|20)\d\d")
_LOOKED_AT = 200  # values in which a detour is looked for
_SERIAL = re.compile(r"(?P<n>[2-6]\d{4})(?:[.,]\d+)?")
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")
_SAYS_DATE = re.compile(r"date|jour\b|day\b|\bdt\b|_dt\b|_at\b|\bon\b|heure|time|naiss|birth|début|debut|\bfin\b|start|"
                        r"\bend\b|créé|cree le|created|updated|signup|inscri|achat le|\ble\b|échéance|echeance", re.I)  # fmt: skip
_DIGIT = re.compile(r"\d")
_FEW_WORDS = 3
_SAYS_MONTH = re.compile(r"mois|month|période|periode|period", re.I)
_SAYS_BIRTH = re.compile(r"naiss|birth|dob\b|né\(e\)|\bnée?\b", re.I)
_SAYS_ID = re.compile(r"\bid\b|_id|ident|num|n°|code|ref|réf|sku", re.I)


@dataclass(slots=True)
class _Seen:
    """What the values showed."""

    total: int = 0
    read: int = 0
    iso: int = 0
    local: int = 0
    compact: int = 0
    compact_local: int = 0
    named: int = 0
    months: int = 0
    compact_months: int = 0
    named_months: int = 0
    serial: int = 0
    epoch: int = 0
    two_digits: int = 0
    timed: bool = False
    half_day: bool = False
    first_over: int = 0  # first part beyond twelve: it is the day
    second_over: int = 0
    plain_iso: int = 0  # exactly 2026-03-04
    plain_moment: int = 0  # exactly 2026-03-04 14:05:00


def read_dates(name: str, values: Mapping[str, int], habits: FileHabits) -> Reading | None:
    """Decide whether the values are dates, and how they are written; None when they are not.

    Args:
        name: header: Excel's serial numbers and clock counts are dates only where it says so.
        values: distinct cells (trimmed, empty words apart) and their counts.
        habits: of the other columns of the file.
    """
    return _straightened(name, values, habits) or _without_weekday(name, values, habits) or _read(name, values, habits)


def _read(name: str, values: Mapping[str, int], habits: FileHabits) -> Reading | None:
    seen = _look(name, values)
    if not seen.total or seen.total - seen.read > (MAX_FAILED + share_of_words(values)) * seen.total:
        return None
    if seen.plain_iso == len(values):
        return Reading(ColumnType.DATE, date_sql.PLAIN_ISO, "DATE", ("iso",))
    if seen.plain_iso + seen.plain_moment == len(values):
        return Reading(ColumnType.MOMENT, date_sql.PLAIN_MOMENT, "TIMESTAMP", ("iso",))
    forms, codes = list[str](), list[str]()
    if seen.iso:
        forms.append(date_sql.iso())
        codes.append("iso")
    month_first, unsure = _order(seen, values, habits)
    if seen.local:
        if seen.two_digits == seen.local and _is_year_first(values):
            forms.append(date_sql.two_digit_years_first())
            codes.append("iso")
            month_first, unsure, seen.two_digits, seen.local = False, False, 0, 0
        pivot = date.today().year % 100 if _SAYS_BIRTH.search(name) else date_sql.PIVOT
        if seen.local > seen.two_digits:
            forms.append(date_sql.local_times(month_first) if seen.timed else date_sql.local_days(month_first))
        if seen.two_digits:
            forms.append(date_sql.two_digit_years(month_first, pivot))
        if seen.local:
            codes.append("mm/dd/yyyy" if month_first else "dd/mm/yyyy")
    for count, sql, code in (
        (seen.compact_local, date_sql.compact_local(month_first), "mm/dd/yyyy" if month_first else "dd/mm/yyyy"), (seen.compact, date_sql.COMPACT, "yyyymmdd"), (seen.named, date_sql.named(), "month_names"),
        (seen.months, date_sql.MONTH, "month"), (seen.compact_months, date_sql.COMPACT_MONTH, "month"), (seen.named_months, date_sql.named_month(), "month"),
        (seen.serial, date_sql.SERIAL, "excel_serial"), (seen.epoch, date_sql.EPOCH, "epoch"),
    ):  # fmt: skip
        if count:
            forms.append(sql)
            codes.append(code)
    codes += ["two_digit_year"] if seen.two_digits else []
    sql = forms[0] if len(forms) == 1 else f"coalesce({', '.join(forms)})"
    kind = ColumnType.MOMENT if seen.timed or seen.epoch else ColumnType.DATE
    return Reading(kind, f"CAST({sql} AS TIMESTAMP)", "TIMESTAMP", tuple(dict.fromkeys(codes)), ambiguous_order=unsure)


def _straightened(name: str, values: Mapping[str, int], habits: FileHabits) -> Reading | None:
    """The reading of dates written with a detour: le 31/01/2025, 31 / 01 / 2025, '31/01/2025, 31/01/2025 - 14h05m, what programs print."""
    straight, used = _straight(values)
    found = _without_weekday(name, straight, habits) or _read(name, straight, habits) if used else None
    if found is None:
        return None
    text = "{x}"
    for pattern, instead in used:
        quoted = pattern.replace("'", "''")
        text = f"regexp_replace({text}, '{quoted}', '{instead}', 'g')"
    return replace(found, sql=found.sql.replace("{x}", text))


def _straight(values: Mapping[str, int]) -> tuple[Mapping[str, int], list[tuple[str, str]]]:
    """The values without their detours, and those that were found in the first ones."""
    first, used = [value for value in islice(values, _LOOKED_AT) if _LIKELY.search(value)], list[tuple[str, str]]()
    for pattern, instead in _DETOURS:
        taken_out = _COMPILED[pattern].sub
        after = [taken_out(instead, value) for value in first]
        used += [(pattern, instead)] if after != first else []
        first = after
    straight = Counter[str]()
    for value, n in values.items() if used else ():
        bare = value
        for pattern, instead in used:
            bare = _COMPILED[pattern].sub(instead, bare)
        straight[bare or value] += n
    return (straight if used else values), used


def _without_weekday(name: str, values: Mapping[str, int], habits: FileHabits) -> Reading | None:
    """The reading of days written after or before the name of their day (lundi 06/01/2025), all of them."""
    if _WEEKDAY.search(next(iter(values), "").lower()) is None:
        return None
    bare = {_WEEKDAY.sub("", value.lower()): n for value, n in values.items() if _WEEKDAY.search(value.lower())}
    if len(bare) < len(values) or not all(value and value[0].isdigit() and not value[-1].isalpha() for value in bare):
        return None
    day_first, month_first = _orders_of_weekdays(values)
    if day_first != month_first:
        habits = replace(habits, day_first=day_first, month_first=month_first)
    found = read_dates(name, bare, habits)
    text = f"regexp_replace(lower({{x}}), '{_WEEKDAY.pattern}', '')"
    return replace(found, sql=found.sql.replace("{x}", text)) if found is not None else None


def _orders_of_weekdays(values: Mapping[str, int]) -> tuple[bool, bool]:
    """Whether the names of the days are right where the day stands first, and where the month does."""
    right = [True, True]
    for value in values:
        said, parts = _WEEKDAY.search(value.lower()), _LOCAL.search(value)
        if said is None or parts is None:
            return False, False
        weekday, a, b = _WEEK[re.sub("[^a-z]", "", said[0])[:3]], int(parts["a"]), int(parts["b"])
        year = int(parts["y"]) + (2000 if len(parts["y"]) == 2 else 0)
        for i, (day, month) in enumerate(((a, b), (b, a))):
            try:
                right[i] = right[i] and date(year, month, day).weekday() == weekday
            except ValueError:
                right[i] = False
    return right[0], right[1]


def order_evidence(values: Mapping[str, int]) -> tuple[int, int]:
    """How many values have a first part that can only be a day, and how many a second part that can only be one."""
    seen = _look("", _straight(values)[0])
    return seen.first_over, seen.second_over


def _look(name: str, values: Mapping[str, int]) -> _Seen:
    seen = _Seen(total=sum(values.values()))
    says_date = bool(_SAYS_DATE.search(name.replace("_", " ")) or _SAYS_DATE.search(name))
    says_month = bool(_SAYS_MONTH.search(name))
    for value, n in values.items():
        seen.read += n * _look_at(value, seen, says_date, says_month)
    if seen.compact and not says_date and (_SAYS_ID.search(name) or seen.read < seen.total):
        seen.read = 0
    return seen


def _look_at(value: str, seen: _Seen, says_date: bool, says_month: bool) -> bool:
    if found := _ISO.fullmatch(value):
        if not _possible(int(found["b"]), int(found["a"]), int(found["y"])):
            return False
        seen.iso += 1
        seen.plain_iso += len(value) == 10 and found["sep"] == "-"
        seen.plain_moment += len(value) == 19 and found["sep"] == "-" and found["s"] is not None
        _note_time(found, seen)
        return True
    if found := _LOCAL.fullmatch(value):
        return _look_at_local(found, seen)
    if value[0].isdigit() and (found := _COMPACT.fullmatch(value)) and _possible(int(found["b"]), int(found["a"]), int(found["y"])):
        seen.compact += 1
        seen.timed = seen.timed or found["h"] is not None
        return True
    if says_date and value.isdigit() and (found := _COMPACT_LOCAL.fullmatch(value)):
        return _look_at_compact_local(int(found["a"]), int(found["b"]), seen)
    if (says_month or says_date) and _COMPACT_MONTH.fullmatch(value):
        seen.compact_months += 1
        return True
    if says_date and _SERIAL.fullmatch(value):
        seen.serial += 1
        seen.timed = seen.timed or not value.isdigit()
        return True
    if says_date and _EPOCH.fullmatch(value):
        seen.epoch += 1
        return True
    if found := _MONTH.fullmatch(value):
        seen.months += 1
        return 1 <= int(found["a"] or found["a2"]) <= 12
    return _look_at_words(value, seen)


def _look_at_local(found: re.Match[str], seen: _Seen) -> bool:
    first, second = int(found["a"]), int(found["b"])
    if not (_possible(first, second, 2000) or _possible(second, first, 2000)):
        return False
    seen.local += 1
    seen.first_over += first > 12
    seen.second_over += second > 12
    seen.two_digits += len(found["y"]) == 2
    _note_time(found, seen)
    return True


def _look_at_compact_local(first: int, second: int, seen: _Seen) -> bool:
    if not (_possible(first, second, 2000) or _possible(second, first, 2000)):
        return False
    seen.compact_local += 1
    seen.first_over += first > 12
    seen.second_over += second > 12
    return True


def _look_at_words(value: str, seen: _Seen) -> bool:
    if found := _NAMED.fullmatch(value):
        if _month(found["w"] or found["w2"]) is None or not 1 <= int(found["d"] or found["d2"]) <= 31:
            return False
        seen.named += 1
        seen.two_digits += len(found["y"]) == 2
        _note_time(found, seen)
        return True
    if (found := _NAMED_MONTH.fullmatch(value)) and _month(found["w"]) is not None:
        seen.named_months += 1
        return True
    return False


def _note_time(found: re.Match[str], seen: _Seen) -> None:
    if found["h"] is not None:
        seen.timed = True
        seen.half_day = seen.half_day or found["half"] is not None


def _possible(day: int, month: int, year: int) -> bool:
    return 1 <= day <= 31 and 1 <= month <= 12 and 1000 <= year <= 9999


def _month(word: str) -> int | None:
    plain = word.lower().translate(str.maketrans("éûôèàä", "euoeaa"))
    return MONTHS.get(plain)


def _order(seen: _Seen, values: Collection[str], habits: FileHabits) -> tuple[bool, bool]:
    """Whether the month comes first, and whether the values leave a doubt; neither where none has its day and month in digits."""
    if not seen.local and not seen.compact_local:
        return False, False
    if seen.first_over or seen.second_over:
        return seen.second_over > seen.first_over, False
    if habits.day_first != habits.month_first:
        return habits.month_first, False
    if seen.half_day:
        return True, True
    parts = [found for value in values if (found := _LOCAL.fullmatch(value))]
    firsts, seconds = {int(p["a"]) for p in parts}, {int(p["b"]) for p in parts}
    monthly = len(seconds) == 1 and len(firsts) >= 3  # 01/01, 02/01, 03/01: the part that never moves is the day
    return monthly and seconds == {1}, True


def _is_year_first(values: Collection[str]) -> bool:
    """Whether 24-03-15 begins with its year: read otherwise, years to come follow days that hardly change.

    A first part that is never a year to come, a second that is a month, a third that moves at least twice as much: often a year
    to come, or far more years than the days are.
    """
    parts = [found for value in values if (found := _LOCAL.fullmatch(value))]
    first, second, third = ([int(part[name]) for part in parts] for name in ("a", "b", "y"))
    year = date.today().year % 100
    likely = max(first) <= year + 1 and max(second) <= 12 and 1 <= min(third) and max(third) <= 31
    later, moves = sum(year + 1 < day for day in third), (len(set(first)), len(set(third)))
    return likely and moves[1] >= 2 * moves[0] and (later >= 0.05 * len(third) or (moves[0] <= 3 and moves[1] >= 10))


def dated(reading: Reading, has_times: bool) -> Reading:
    """The reading once all values are known: a date where no cell has a time of day, else a moment."""
    if reading.type not in (ColumnType.DATE, ColumnType.MOMENT):
        return reading
    if has_times:
        return replace(reading, type=ColumnType.MOMENT)
    if reading.physical == "DATE":
        return reading
    return replace(reading, type=ColumnType.DATE, sql=f"CAST({reading.sql} AS DATE)", physical="DATE")


def share_of_words(counts: Mapping[str, int]) -> float:
    """The share of cells that hold one of a few words in the place of a date (`jamais`, `en cours`); none where they are half or more."""
    words, total = {value: n for value, n in counts.items() if not _DIGIT.search(value)}, sum(counts.values())
    few = len({word.casefold() for word in words}) <= _FEW_WORDS and sum(words.values()) < 0.5 * total
    return sum(words.values()) / max(1, total) if few else 0.0


def share_impossible(counts: Mapping[str, int]) -> float:
    """The share of cells that are days no calendar has (31/02/2025), whichever part is the month: mistakes of writing, but dates."""
    return sum(n for value, n in counts.items() if _is_impossible(value)) / max(1, sum(counts.values()))


def _is_impossible(value: str) -> bool:
    found = _ISO.fullmatch(value) or _LOCAL.fullmatch(value)
    if found is None:
        return False
    a, b, year = int(found["a"]), int(found["b"]), int(found["y"])
    orders = ((b, a),) if len(found["y"]) == 4 and value.startswith(found["y"]) else ((a, b), (b, a))
    return all(not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(2000 + year if year < 100 else year, month)[1] for day, month in orders)


def seen_orders(counts: Mapping[str, int]) -> tuple[bool, bool]:
    """Whether some value surely has its day first, and whether some surely has its month first."""
    first, second = order_evidence(counts)
    return first > second, second > first
