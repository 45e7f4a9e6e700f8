"""Days said in a question, and what two of them bound: « du 5 au 12 mars », "from July 1 to September 30, 2026", « avant le 15 juillet »."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from analytics.explore.parameters import LONG_AGO
from assistant.embedded.months import MONTH, MONTHS, YEAR

Bounds = tuple[date, date]
Reader = Callable[[re.Match[str], date], "Bounds | None"]

_NUMBER = r"(?:[0-3]?\d(?:er|st|nd|rd|th)?)(?![\d/.])"
_OF_YEAR = rf"(?:,? (?:de |of )?{YEAR}\b)"
_FIGURES = r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.]\d{1,2}[/.]\d{4}"
_DAY = rf"(?:{_FIGURES}|{_NUMBER}(?: of)? {MONTH}{_OF_YEAR}?|{MONTH} {_NUMBER}{_OF_YEAR}?)"
_THE = r"(?: le| the| on)?"
_LAST_MONTH_DAY_FIRST = 12


def _in_figures(text: str, whole: str) -> date | None:
    """2026-07-01, 01/07/2026; the month comes first where a date of the question can only be read so."""
    parts = [int(part) for part in re.split(r"[-/.]", text)]
    if parts[0] > 31:
        year, month, day = parts
    else:
        day, month, year = parts
        if any(int(second) > _LAST_MONTH_DAY_FIRST for second in re.findall(r"\b\d{1,2}[/.](\d{1,2})[/.]\d{4}", whole)):
            day, month = month, day
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day(text: str, whole: str, as_of: date, near: date | None = None) -> date | None:
    """A day as it is said; without a year, the last one that has come, or the one nearest to another."""
    text = text.strip()
    if re.fullmatch(_FIGURES, text):
        return _in_figures(text, whole)
    name, number, said = re.search(MONTH, text), re.search(_NUMBER, re.sub(rf"{YEAR}\b", "", text)), re.search(rf"\b{YEAR}\b", text)
    if name is None or number is None:
        return None
    day = int(re.sub(r"\D", "", number.group()))
    if said is not None:
        return _whole(int(said.group()), MONTHS[name.group()], day)
    around = as_of if near is None else near
    days = [found for step in (-1, 0, 1) if (found := _whole(around.year + step, MONTHS[name.group()], day)) is not None]
    if near is None:
        days = [found for found in days if found <= as_of] or days
    return min(days, key=lambda found: abs((found - around).days), default=None)


def _whole(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _dated(text: str) -> bool:
    return re.search(rf"\b{YEAR}\b", text) is not None


def _two(match: re.Match[str], as_of: date) -> Bounds | None:
    """Both days; the one without a year is of the other's."""
    first, last, whole = match["first"], match["last"], match.string
    if _dated(first) and not _dated(last):
        start = _day(first, whole, as_of)
        end = _day(last, whole, as_of, start)
        end = _whole(end.year + 1, end.month, end.day) if start is not None and end is not None and end < start else end
    else:
        end = _day(last, whole, as_of)
        start = _day(first, whole, as_of, end) if not _dated(first) else _day(first, whole, as_of)
        start = _whole(start.year - 1, start.month, start.day) if start is not None and end is not None and start > end and not _dated(first) else start
    return None if start is None or end is None or start > end else (start, end)


def _within_a_month(match: re.Match[str], as_of: date) -> Bounds | None:
    """« Du 5 au 12 mars », "March 5 to 12, 2026"."""
    number = int(re.sub(r"\D", "", match["first"]))
    if match["last"] is None:  # "March 5 to 12"
        end = _day(f"{match['name']} {match['until']}{' ' + match['year'] if match['year'] else ''}", match.string, as_of)
    else:
        end = _day(match["last"], match.string, as_of)
    start = None if end is None else _whole(end.year, end.month, number)
    return None if start is None or end is None or start > end else (start, end)


def _since(match: re.Match[str], as_of: date) -> Bounds | None:
    start = _day(match["day"], match.string, as_of)
    return None if start is None or start > as_of else (start, as_of)


def _after(match: re.Match[str], as_of: date) -> Bounds | None:
    last = _day(match["day"], match.string, as_of)
    return None if last is None or last >= as_of else (last + timedelta(days=1), as_of)


def _before(match: re.Match[str], as_of: date) -> Bounds | None:
    first = _day(match["day"], match.string, as_of)
    return None if first is None else (LONG_AGO, first - timedelta(days=1))


def _until(match: re.Match[str], as_of: date) -> Bounds | None:
    last = _day(match["day"], match.string, as_of)
    return None if last is None else (LONG_AGO, last)


def _week(match: re.Match[str], as_of: date) -> Bounds | None:
    day = _day(match["day"], match.string, as_of)
    return None if day is None else (day - timedelta(days=day.weekday()), day + timedelta(days=6 - day.weekday()))


def _single(match: re.Match[str], as_of: date) -> Bounds | None:
    day = _day(match["day"], match.string, as_of)
    return None if day is None else (day, day)


READERS: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        (rf"\b(?:entre|between|du|de|from){_THE} (?P<first>{_DAY}),? (?:et|and|au|a|to|jusqu'au|until|till|through|thru|-|–|—){_THE} ?(?P<last>{_DAY})", _two),
        (rf"(?P<first>{_DAY}) ?(?:au|to|jusqu'au|until|through|thru|-|–|—){_THE} ?(?P<last>{_DAY})", _two),
        (rf"\b(?:du|entre le|from|between)(?: the)? (?P<first>{_NUMBER}) (?:au|et le|to|and|-)(?: the)? (?P<last>{_DAY})(?P<name>)(?P<until>)(?P<year>)", _within_a_month),
        (rf"\b(?P<name>{MONTH}) (?P<first>{_NUMBER}) ?(?:to|-|–|through)(?: the)? ?(?P<until>{_NUMBER})(?:,? (?P<year>{YEAR}))?(?P<last>(?!))?", _within_a_month),
        (rf"\b(?:depuis|since|a partir|a compter|starting|from|des)(?: du| de| on)?{_THE} (?P<day>{_DAY})(?: on\b| onwards?\b)?", _since),
        (rf"\b(?:apres|after){_THE} (?P<day>{_DAY})", _after),
        (rf"\b(?:avant|before|prior to){_THE} (?P<day>{_DAY})", _before),
        (rf"\b(?:jusqu'au|jusqu'a|until|up to|till){_THE} (?P<day>{_DAY})", _until),
        (rf"\b(?:week of|week commencing|semaine du)(?: the)? (?P<day>{_DAY})", _week),
        (rf"(?P<day>{_FIGURES})", _single),
    )
)  # fmt: skip
