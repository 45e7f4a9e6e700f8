"""Times in a question, in both languages, read against the as-of date: days, months, quarters, years, rolling spans."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = {
    name: place
    for place, names in enumerate(
        (
            "janvier january jan janv", "fevrier february feb fev fevr", "mars march mar", "avril april apr avr", "mai may",
            "juin june jun", "juillet july jul juil", "aout august aug", "septembre september sep sept",
            "octobre october oct", "novembre november nov", "decembre december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = (
    "(?:" + "|".join(sorted((m for m in _MONTHS if len(m) > 3 or m in ("mai", "may")), key=len, reverse=True)) + r")(?![a-z])"  # "from mairie", « de Marseille » name no month
)
_ANY_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + ")"  # beside another month, a short name is one
_YEAR = r"(?:19|20)\d\d"
_ORDINALS = {
    "premier": 1, "1er": 1, "first": 1, "1st": 1, "deuxieme": 2, "second": 2, "2e": 2, "2nd": 2, "troisieme": 3,
    "third": 3, "3e": 3, "3rd": 3, "quatrieme": 4, "fourth": 4, "4e": 4, "4th": 4,
}  # fmt: skip
_COUNTS = {
    "un": 1, "une": 1, "one": 1, "deux": 2, "two": 2, "trois": 3, "three": 3, "quatre": 4, "four": 4, "six": 6,
    "douze": 12, "twelve": 12, "dix-huit": 18, "eighteen": 18,
}  # fmt: skip
_UNITS = {
    "jour": "day", "jours": "day", "day": "day", "days": "day", "semaine": "week", "semaines": "week", "week": "week",
    "weeks": "week", "mois": "month", "month": "month", "months": "month", "trimestre": "quarter",
    "trimestres": "quarter", "quarter": "quarter", "quarters": "quarter", "an": "year", "ans": "year", "annee": "year",
    "annees": "year", "year": "year", "years": "year",
}  # fmt: skip
_UNIT = "(" + "|".join(sorted(_UNITS, key=len, reverse=True)) + ")"
_COUNT = r"(\d+|" + "|".join(_COUNTS) + ")"


@dataclass(frozen=True, slots=True)
class Period:
    """Two days, both included, and where the words stood in the plain question."""

    start: date
    end: date
    span: tuple[int, int]

    def to_json(self) -> dict[str, str]:
        """As arguments of a step."""
        return {"start": self.start.isoformat(), "end": self.end.isoformat()}


def month_end(year: int, month: int) -> date:
    """Last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def shifted(day: date, months: int) -> date:
    """The same day some months earlier or later, or the month's last day."""
    place = day.year * 12 + day.month - 1 + months
    year, month = divmod(place, 12)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), month_end(year, month + 1))


def _around(day: date, unit: str, steps: int) -> tuple[date, date]:
    """The calendar unit `steps` away from the one holding `day`."""
    if unit == "day":
        return day + timedelta(days=steps), day + timedelta(days=steps)
    if unit == "week":
        monday = day - timedelta(days=day.weekday()) + timedelta(weeks=steps)
        return monday, monday + timedelta(days=6)
    if unit == "year":
        return date(day.year + steps, 1, 1), date(day.year + steps, 12, 31)
    size = 1 if unit == "month" else 3
    first = shifted(date(day.year, (day.month - 1) // size * size + 1, 1), steps * size)
    last = shifted(first, size - 1)
    return first, month_end(last.year, last.month)


def _rolling(as_of: date, count: int, unit: str) -> tuple[date, date]:
    if unit in ("day", "week"):
        return as_of - timedelta(days=count * (7 if unit == "week" else 1) - 1), as_of
    months = count * {"month": 1, "quarter": 3, "year": 12}[unit]
    return shifted(as_of, -months) + timedelta(days=1), as_of


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _COUNTS[word]


def _month_of(name: str, year: str | None, as_of: date) -> tuple[date, date]:
    month = _MONTHS[name]
    chosen = int(year) if year else as_of.year - (month > as_of.month)
    return date(chosen, month, 1), month_end(chosen, month)


def _quarter(number: int, year: str | None, as_of: date) -> tuple[date, date]:
    chosen = int(year) if year else as_of.year - (number > (as_of.month - 1) // 3 + 1)
    return date(chosen, 3 * number - 2, 1), month_end(chosen, 3 * number)


def _iso(text: str) -> date | None:
    parts = [int(part) for part in re.split(r"[-/.]", text)]
    year, month, day = parts if parts[0] > 31 else parts[::-1]
    try:
        return date(year, month, day)
    except ValueError:
        return None


_Reader = Callable[[re.Match[str], date], tuple[date, date] | None]
_DAY = r"(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.]\d{1,2}[/.]\d{4})"


def _two_days(match: re.Match[str], as_of: date) -> tuple[date, date] | None:
    first, last = _iso(match.group(1)), _iso(match.group(2))
    return None if first is None or last is None or first > last else (first, last)


def _two_months(match: re.Match[str], as_of: date) -> tuple[date, date] | None:
    year = match.group(4)
    end = _month_of(match.group(3), year, as_of)[1]
    start = _month_of(match.group(1), match.group(2) or str(end.year), as_of)[0]
    return None if start > end else (start, end)


_SUMMER = 6  # June to August


def _summer(match: re.Match[str], as_of: date) -> tuple[date, date] | None:
    """June to August of the year said, else of the last summer that has begun."""
    year = int(match.group(1) or match.group(2) or as_of.year - (as_of.month < _SUMMER))
    return date(year, _SUMMER, 1), month_end(year, _SUMMER + 2)


def _two_years(match: re.Match[str], as_of: date) -> tuple[date, date] | None:
    first, last = int(match.group(1)), int(match.group(2))
    return None if first > last else (date(first, 1, 1), date(last, 12, 31))


def _from(match: re.Match[str], as_of: date) -> tuple[date, date] | None:
    """From a day, a month or a year on."""
    day, name, year = match.group(1), match.group(2), match.group(3)
    start = _iso(day) if day else _month_of(name, year, as_of)[0] if name else date(int(year), 1, 1)
    return None if start is None or start > as_of else (start, as_of)


def _after(match: re.Match[str], as_of: date) -> tuple[date, date] | None:
    day, name, year = match.group(1), match.group(2), match.group(3)
    last = _iso(day) if day else _month_of(name, year, as_of)[1] if name else date(int(year), 12, 31)
    return None if last is None or last >= as_of else (last + timedelta(days=1), as_of)


def _before(match: re.Match[str], as_of: date) -> tuple[date, date] | None:
    day, name, year = match.group(1), match.group(2), match.group(3)
    first = _iso(day) if day else _month_of(name, year, as_of)[0] if name else date(int(year), 1, 1)
    return None if first is None else (_LONG_AGO, first - timedelta(days=1))


def _until(match: re.Match[str], as_of: date) -> tuple[date, date] | None:
    day, name, year = match.group(1), match.group(2), match.group(3)
    last = _iso(day) if day else _month_of(name, year, as_of)[1] if name else date(int(year), 12, 31)
    return None if last is None else (_LONG_AGO, last)


def _half(number: int, year: str | None, as_of: date) -> tuple[date, date]:
    chosen = int(year) if year else as_of.year - (number == 2 and as_of.month < 7)
    return date(chosen, 6 * number - 5, 1), month_end(chosen, 6 * number)


def _named_day(match: re.Match[str], as_of: date) -> tuple[date, date] | None:
    day, name, year = (match.group(group) for group in ("day", "name", "year"))
    chosen = _month_of(name, year, as_of)[0]
    try:
        found = chosen.replace(day=int(re.sub(r"\D", "", day)))
    except ValueError:
        return None
    return found, found


def _same_last_year(match: re.Match[str], as_of: date) -> tuple[date, date] | None:
    """A mark for the same days a year earlier: of what, the other period of the question says."""
    return SAME_LAST_YEAR


SAME_LAST_YEAR = (date(1, 1, 1), date(1, 1, 1))
_LONG_AGO = date(1900, 1, 1)
_WHEN = rf"(?:le |the )?(?:(\d{{4}}-\d{{1,2}}-\d{{1,2}}|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{4}})|(?:(?:le )?(?:debut|fin|mois de|end of|start of) )?({_MONTH})(?: (?:de |of )?((?:19|20)\d\d))?)"
_WHEN_YEAR = rf"(?:{_WHEN}|(?:l'annee |the year )?({_YEAR}))"


def _grouped(reader: _Reader) -> _Reader:
    """Read a `_WHEN_YEAR`: a bare year stands in a group of its own."""

    def read(match: re.Match[str], as_of: date) -> tuple[date, date] | None:
        day, name, year, bare = match.group(1), match.group(2), match.group(3), match.group(4)
        return reader(_Said(day, name, year or bare), as_of)  # type: ignore[arg-type]

    return read


@dataclass(frozen=True, slots=True)
class _Said:
    """Three groups of a match: a day, a month's name, a year."""

    day: str | None
    name: str | None
    year: str | None

    def group(self, place: int) -> str | None:
        """The group of that number."""
        return (self.day, self.name, self.year)[place - 1]


def _one_day(match: re.Match[str], as_of: date) -> tuple[date, date] | None:
    day = _iso(match.group(1))
    return None if day is None else (day, day)


_READERS: tuple[tuple[re.Pattern[str], _Reader], ...] = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        (rf"(?:entre|between|du|from|de)(?: le)? {_DAY} (?:et|and|au|to|a)(?: le)? {_DAY}", _two_days),
        (rf"(?:entre|between|de|from|d')\s?({_MONTH}) ?({_YEAR})? (?:et|and|a|to|au) ({_MONTH}) ?({_YEAR})?", _two_months),
        (rf"\b({_ANY_MONTH})\.? ?({_YEAR})? ?(?:[-–—/]|to|through|thru|a) ?({_ANY_MONTH})\.? ?({_YEAR})?(?![a-z\d])", _two_months),
        (rf"\b(?:(?:cet |l'|d')ete|(?:this |the |in )?summer)(?: (?:de |of )?({_YEAR})| derni\w+| passe)\b|\bete ({_YEAR})\b|\b(?:cet ete|(?:this|last) summer)\b", _summer),
        (rf"(?:entre|between|de|from) ({_YEAR}) (?:et|and|a|to) ({_YEAR})", _two_years),
        (r"\b(?:depuis le debut de l'annee|depuis janvier de cette annee|year to date|ytd|since the (?:start|beginning) of the year|so far this year)\b",
         lambda m, d: (date(d.year, 1, 1), d)),
        (rf"\b(?:depuis|since|a partir de|a compter de|starting|from) {_WHEN_YEAR}(?: on\b| onwards?\b)?(?! (?:a|to|au|until)\b)", _grouped(_from)),
        (rf"\b(?:apres|after) {_WHEN_YEAR}", _grouped(_after)),
        (rf"\b(?:avant|before|prior to) {_WHEN_YEAR}", _grouped(_before)),
        (rf"\b(?:jusqu'(?:a|en|au)(?: fin| la fin de)?|until|up to|till) {_WHEN_YEAR}", _grouped(_until)),
        (rf"\b(?P<day>\d{{1,2}}|1er)(?:st|nd|rd|th)?(?: of)? (?P<name>{_MONTH})(?: (?P<year>{_YEAR}))?\b", _named_day),
        (rf"\b(?P<name>{_MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>{_YEAR})\b", _named_day),
        (rf"\b(premier|1er|first|1st|second|deuxieme|2e|2nd) (?:semestre|half|semester)(?: (?:de |of )?(?:l'annee |the year )?({_YEAR}))?\b",
         lambda m, d: _half(_ORDINALS[m.group(1)], m.group(2), d)),
        (rf"\b[sh]([12])(?:[ -]({_YEAR}))\b", lambda m, d: _half(int(m.group(1)), m.group(2), d)),
        (_DAY, _one_day),
        (rf"\b[tq]([1-4])(?:[ -]?({_YEAR}))?\b", lambda m, d: _quarter(int(m.group(1)), m.group(2), d)),
        (rf"\b({'|'.join(_ORDINALS)}) (?:trimestre|quarter)(?: (?:de |of |d')?({_YEAR}))?",
         lambda m, d: _quarter(_ORDINALS[m.group(1)], m.group(2), d)),
        (rf"\b({_MONTH})(?: de| of)? (?:l'an dernier|l'annee (?:derniere|precedente|passee)|last year|the year before)",
         lambda m, d: _month_of(m.group(1), str(d.year - 1), d)),
        (rf"\b({_MONTH})(?: (?:de |of )?({_YEAR}))", lambda m, d: _month_of(m.group(1), m.group(2), d)),
        (rf"\b(?:en|in|last|de|mois de|month of|during|d'|for|pour|au mois de) ?({_MONTH})(?! \d)\b(?: dernier)?",
         lambda m, d: _month_of(m.group(1), None, d)),
        (rf"\b(?:les|des|ces|the|over the|sur les|in the)? ?{_COUNT} derni(?:ers?|eres?) {_UNIT}\b",
         lambda m, d: _rolling(d, _count(m.group(1)), _UNITS[m.group(2)])),
        (rf"\b(?:last|past|previous) {_COUNT} {_UNIT}\b", lambda m, d: _rolling(d, _count(m.group(1)), _UNITS[m.group(2)])),
        (rf"\bderni(?:ers?|eres?) {_COUNT} {_UNIT}\b", lambda m, d: _rolling(d, _count(m.group(1)), _UNITS[m.group(2)])),
        (r"\b(?:(?:la |le |a la |au |du )?meme(?:s)? (?:periode|trimestre|mois|date|semaine|epoque|semestre)s?(?: de)? (?:l'an(?:nee)? (?:dernier|derniere|passee?|precedente?|d'avant)|il y a un an|un an (?:avant|plus tot))|"
         r"(?:the )?same (?:period|quarter|month|week|time|half|weeks|months) (?:of )?(?:last|the previous|the prior|a) year(?: (?:ago|earlier|before))?)\b", _same_last_year),
        (rf"\b(?:l'|le |la |du |au |de l')?{_UNIT} (?:derni(?:er|ere)|passee?|precedente?)\b",
         lambda m, d: _around(d, _UNITS[m.group(1)], -1)),
        (rf"\b(?:last|previous) {_UNIT}\b", lambda m, d: _around(d, _UNITS[m.group(1)], -1)),
        (rf"\b(?:cette|ce|cet|this) {_UNIT}\b", lambda m, d: _clipped(_around(d, _UNITS[m.group(1)], 0), d)),
        (rf"\b(?:le |la |au |du |ce |l')?derni(?:er|ere) {_UNIT}\b", lambda m, d: _around(d, _UNITS[m.group(1)], -1)),
        (rf"\b(?:il y a )?{_COUNT} {_UNIT} ago\b|\bil y a {_COUNT} {_UNIT}\b",
         lambda m, d: _around(d, _UNITS[m.group(2) or m.group(4)], -_count(m.group(1) or m.group(3)))),
        (r"\baujourd'hui\b|\btoday\b", lambda m, d: (d, d)),
        (rf"(?<![\d#-])\b({_YEAR})\b(?![\d-])", lambda m, d: _around(date(int(m.group(1)), 1, 1), "year", 0)),
    )
)  # fmt: skip


def _clipped(period: tuple[date, date], as_of: date) -> tuple[date, date]:
    return period[0], min(period[1], as_of)


_SUM_OF = re.compile(r" ?(?:€|\$|£|(?:euros?|eur|dollars?|usd|gbp|pounds?|francs?|chf)\b)")
_SPENT = re.compile(r"(?:[€$£]|\b(?:plus de|moins de|au moins|au plus|more than|less than|fewer than|at least|at most)|\b(?:depens\w*|spen[dt]\w*|donne\w*|given?|gave) (?:plus de|moins de|au moins|au plus|more than|less than|over|under|at least|at most)) ?$")


def _is_money(text: str, match: re.Match[str]) -> bool:
    """« Plus de 2000 » is no year: a number of that size alone, beside its currency, what is spent or how much at least."""
    if re.fullmatch(_YEAR, match.group()) is None:
        return False
    return _SUM_OF.match(text, match.end()) is not None or _SPENT.search(text[: match.start()]) is not None


def find_periods(text: str, as_of: date) -> list[Period]:
    """The periods a plain question names, in the order they stand; no word is read twice."""
    found: list[Period] = []
    for pattern, reader in _READERS:
        for match in pattern.finditer(text):
            if any(match.start() < other.span[1] and other.span[0] < match.end() for other in found):
                continue
            days = reader(match, as_of)
            if days is not None and not _is_money(text, match):
                found.append(Period(*days, match.span()))
    return sorted(found, key=lambda period: period.span)


def beside(found: list[Period]) -> tuple[list[Period], Period | None]:
    """The periods named, and the one of the same days a year before when « le même trimestre l'an dernier » is said.

    Args:
        found: as read, the mark of a year before among them.
    """
    marks = [period for period in found if (period.start, period.end) == SAME_LAST_YEAR]
    named = [period for period in found if period not in marks]
    if not marks or not named:
        return named, None
    before = year_before(named[0])
    return named, Period(before.start, month_end(before.end.year, before.end.month) if named[0].end == month_end(named[0].end.year, named[0].end.month) else before.end, marks[0].span)


def year_before(period: Period, years: int = 1) -> Period:
    """The same days a year earlier, or `years` earlier."""
    return Period(shifted(period.start, -12 * years), shifted(period.end, -12 * years), period.span)
