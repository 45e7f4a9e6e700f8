"""Times in a question, in both languages, read against the as-of date: days, months, quarters, years, rolling spans."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from analytics.explore.parameters import LONG_AGO
from assistant.embedded.days import READERS as OF_DAYS
from assistant.embedded.days import Bounds
from assistant.embedded.months import ANY_MONTH, MONTH, YEAR, month_end, month_of, shifted

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


def _quarter(number: int, year: str | None, as_of: date) -> tuple[date, date]:
    chosen = int(year) if year else as_of.year - (number > (as_of.month - 1) // 3 + 1)
    return date(chosen, 3 * number - 2, 1), month_end(chosen, 3 * number)


_Reader = Callable[[re.Match[str], date], Bounds | None]


def _two_months(match: re.Match[str], as_of: date) -> tuple[date, date] | None:
    year = match.group(4)
    end = month_of(match.group(3), year, as_of)[1]
    start = month_of(match.group(1), match.group(2) or str(end.year), as_of)[0]
    return None if start > end else (start, end)


_SUMMER = 6  # June to August


def _summer(match: re.Match[str], as_of: date) -> Bounds | None:
    """June to August of the year said, else of this summer or of the last one: the one before, while this one lasts or is named too."""
    said = match.group(1) or match.group(2)
    year = int(said or as_of.year - (as_of.month < _SUMMER))
    past = _LAST_ONE.search(match.group()) is not None
    if said is None and past and as_of.month >= _SUMMER and (as_of <= date(as_of.year, _SUMMER + 2, 31) or _THIS_SUMMER.search(match.string)):
        year -= 1
    return date(year, _SUMMER, 1), month_end(year, _SUMMER + 2)


_LAST_ONE, _THIS_SUMMER = re.compile(r"last|derni|passe"), re.compile(r"\b(?:cet ete|this summer)\b")


def _two_years(match: re.Match[str], as_of: date) -> tuple[date, date] | None:
    first, last = int(match.group(1)), int(match.group(2))
    return None if first > last else (date(first, 1, 1), date(last, 12, 31))


def _from(said: _Said, as_of: date) -> Bounds | None:
    """From a month or a year on."""
    start = said.last(as_of) if said.ending else said.first(as_of)
    return None if start > as_of else (start, as_of)


def _after(said: _Said, as_of: date) -> Bounds | None:
    last = said.last(as_of)
    return None if last >= as_of else (last + timedelta(days=1), as_of)


def _before(said: _Said, as_of: date) -> Bounds | None:
    return LONG_AGO, (said.last(as_of) if said.ending else said.first(as_of)) - timedelta(days=1)


def _until(said: _Said, as_of: date) -> Bounds | None:
    return LONG_AGO, said.last(as_of)


def _half(number: int, year: str | None, as_of: date) -> tuple[date, date]:
    chosen = int(year) if year else as_of.year - (number == 2 and as_of.month < 7)
    return date(chosen, 6 * number - 5, 1), month_end(chosen, 6 * number)


def _named_day(match: re.Match[str], as_of: date) -> tuple[date, date] | None:
    day, name, year = (match.group(group) for group in ("day", "name", "year"))
    chosen = month_of(name, year, as_of)[0]
    try:
        found = chosen.replace(day=int(re.sub(r"\D", "", day)))
    except ValueError:
        return None
    return found, found


def _same_last_year(match: re.Match[str], as_of: date) -> tuple[date, date] | None:
    """A mark for the same days a year earlier: of what, the other period of the question says."""
    return SAME_LAST_YEAR


SAME_LAST_YEAR = (date(1, 1, 1), date(1, 1, 1))
_WHEN = rf"(?:le |the )?(?:(?P<edge>debut|fin|mois|end|start)(?: de| of)? )?(?:(?P<name>{MONTH})(?: (?:de |of )?(?P<year>{YEAR}))?|(?:l'annee |the year )?(?P<bare>{YEAR}))"


def _grouped(reader: Callable[[_Said, date], Bounds | None]) -> _Reader:
    """Read a month or a year said after « depuis », « avant »."""
    return lambda match, as_of: reader(_Said(match["name"], match["year"] or match["bare"], match["edge"] in ("fin", "end")), as_of)


@dataclass(frozen=True, slots=True)
class _Said:
    """A month or a year, and whether it is the end of it that was said."""

    name: str | None
    year: str | None
    ending: bool

    def first(self, as_of: date) -> date:
        """The day it begins."""
        return month_of(self.name, self.year, as_of)[0] if self.name else date(int(self.year or as_of.year), 1, 1)

    def last(self, as_of: date) -> date:
        """The day it ends."""
        return month_of(self.name, self.year, as_of)[1] if self.name else date(int(self.year or as_of.year), 12, 31)


_READERS: tuple[tuple[re.Pattern[str], _Reader], ...] = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        (rf"(?:entre|between|de|from|d')\s?({MONTH}) ?({YEAR})? (?:et|and|a|to|au) ({MONTH}) ?({YEAR})?", _two_months),
        (rf"\b({ANY_MONTH})\.? ?({YEAR})? ?(?:[-–—/]|to|through|thru|a) ?({ANY_MONTH})\.? ?({YEAR})?(?![a-z\d])", _two_months),
        (rf"\b(?:(?:cet |l'|d')ete|(?:this |the |in )?summer)(?: (?:de |of )?({YEAR})| derni\w+| passe)\b|\bete ({YEAR})\b|\b(?:cet ete|(?:this|last) summer)\b", _summer),
        (rf"(?:entre|between|de|from) ({YEAR}) (?:et|and|a|to) ({YEAR})", _two_years),
        (r"\b(?:depuis le debut de l'annee|depuis janvier de cette annee|year to date|ytd|since the (?:start|beginning) of the year|so far this year)\b",
         lambda m, d: (date(d.year, 1, 1), d)),
        (rf"\b(?:depuis|since|a partir de|a compter de|starting|from) {_WHEN}(?: on\b| onwards?\b)?(?! (?:a|to|au|until)\b)", _grouped(_from)),
        (rf"\b(?:apres|after) {_WHEN}", _grouped(_after)),
        (rf"\b(?:avant|before|prior to) {_WHEN}", _grouped(_before)),
        (rf"\b(?:jusqu'(?:a|en|au)(?: la)?|until|up to|till) {_WHEN}", _grouped(_until)),
        (rf"\b(?P<day>\d{{1,2}}|1er)(?:st|nd|rd|th)?(?: of)? (?P<name>{MONTH})(?: (?P<year>{YEAR}))?\b", _named_day),
        (rf"\b(?P<name>{MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>{YEAR})\b", _named_day),
        (rf"\b(premier|1er|first|1st|second|deuxieme|2e|2nd) (?:semestre|half|semester)(?: (?:de |of )?(?:l'annee |the year )?({YEAR}))?\b",
         lambda m, d: _half(_ORDINALS[m.group(1)], m.group(2), d)),
        (rf"\b[sh]([12])(?:[ -]({YEAR}))\b", lambda m, d: _half(int(m.group(1)), m.group(2), d)),
        (rf"\b[tq]([1-4])(?:[ -]?({YEAR}))?\b", lambda m, d: _quarter(int(m.group(1)), m.group(2), d)),
        (rf"\b({'|'.join(_ORDINALS)}) (?:trimestre|quarter)(?: (?:de |of |d')?({YEAR}))?",
         lambda m, d: _quarter(_ORDINALS[m.group(1)], m.group(2), d)),
        (rf"\b({MONTH})(?: de| of)? (?:l'an dernier|l'annee (?:derniere|precedente|passee)|last year|the year before)",
         lambda m, d: month_of(m.group(1), str(d.year - 1), d)),
        (rf"\b({MONTH})(?: (?:de |of )?({YEAR}))", lambda m, d: month_of(m.group(1), m.group(2), d)),
        (rf"\b(?:en|in|last|de|mois de|month of|during|d'|for|pour|au mois de) ?({MONTH})(?! \d)\b(?: dernier)?",
         lambda m, d: month_of(m.group(1), None, d)),
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
        (rf"(?<![\d#-])\b({YEAR})\b(?![\d-])", lambda m, d: _around(date(int(m.group(1)), 1, 1), "year", 0)),
    )
)  # fmt: skip


def _clipped(period: tuple[date, date], as_of: date) -> tuple[date, date]:
    return period[0], min(period[1], as_of)


_SUM_OF = re.compile(r" ?(?:€|\$|£|(?:euros?|eur|dollars?|usd|gbp|pounds?|francs?|chf)\b)")
_SPENT = re.compile(r"(?:[€$£]|\b(?:plus de|moins de|au moins|au plus|more than|less than|fewer than|at least|at most)|\b(?:depens\w*|spen[dt]\w*|donne\w*|given?|gave) (?:plus de|moins de|au moins|au plus|more than|less than|over|under|at least|at most)) ?$")


def _is_money(text: str, match: re.Match[str]) -> bool:
    """« Plus de 2000 » is no year: a number of that size alone, beside its currency, what is spent or how much at least."""
    if re.fullmatch(YEAR, match.group()) is None:
        return False
    return _SUM_OF.match(text, match.end()) is not None or _SPENT.search(text[: match.start()]) is not None


def find_periods(text: str, as_of: date) -> list[Period]:
    """The periods a plain question names, in the order they stand; no word is read twice."""
    found: list[Period] = []
    for pattern, reader in (*OF_DAYS, *_READERS):
        for match in pattern.finditer(text):
            if any(match.start() < other.span[1] and other.span[0] < match.end() for other in found):
                continue
            days = reader(match, as_of)
            if days is not None and not _is_money(text, match):
                found.append(Period(*days, match.span()))
    return _of_the_years_said(sorted([*found, *_set_side_by_side(text, found, as_of)], key=lambda period: period.span), text, as_of)


_SET_BESIDE = (
    r"(?:vs\.?|versus|contre|par rapport (?:a|au)|compare\w* (?:a|au|avec|to|with)|against|than|que|face a|relative to)(?: (?:le|la|les|the|celui|ceux|celles|celle|that|those|mois|month|en|in|de|of|d'))*"
)
_BARE = (
    re.compile(rf"\b{_SET_BESIDE} ?(?P<name>{MONTH})(?! \d)"), re.compile(rf"\b(?P<name>{MONTH})(?= {_SET_BESIDE} ?(?:{MONTH}))"),
)  # fmt: skip
_BARE_QUARTER = re.compile(rf"\b(?:{_SET_BESIDE}|au|to the|with the|and the|et le) ?(?P<place>{'|'.join(_ORDINALS)})\b(?! [a-z])")
_QUARTER_SAID = re.compile(r"trimestre|quarter")


def _set_side_by_side(text: str, found: list[Period], as_of: date) -> list[Period]:
    """« Octobre 2026 par rapport à septembre », "October vs September", « le 3e trimestre au 2e »: a name alone, beside a comparison."""
    bare = [(match.span("name"), month_of(match["name"], None, as_of)) for pattern in _BARE for match in pattern.finditer(text)]
    if any(_QUARTER_SAID.search(text[slice(*period.span)]) for period in found):
        bare += [(match.span("place"), _quarter(_ORDINALS[match["place"]], None, as_of)) for match in _BARE_QUARTER.finditer(text)]
    taken = [period.span for period in found]
    return [Period(*days, span) for span, days in bare if not any(span[0] < other[1] and other[0] < span[1] for other in taken)]


def _of_the_years_said(found: list[Period], text: str, as_of: date) -> list[Period]:
    """The periods, a month or a quarter said without its year being near the one it is set beside."""
    unsaid = [period for period in found if _SHORT <= (period.end - period.start).days <= _LONG and _NO_YEAR.fullmatch(text[slice(*period.span)])]
    said = [period for period in found if _SHORT <= (period.end - period.start).days <= _LONG and period not in unsaid]
    if not unsaid or len(unsaid) + len(said) != 2 or not re.search(_SET_BESIDE, text):
        return found
    anchor = said[0] if said else unsaid[0]
    return [_in_year_of(anchor, period, as_of) if period in unsaid and period is not anchor else period for period in found]


_SHORT, _LONG = 27, 92  # days of a month, of a quarter
_NO_YEAR = re.compile(rf"(?:(?:en|in|de|mois de|month of|during|d'|for|pour|au mois de) ?)?(?:{MONTH}|[tq][1-4]|(?:{'|'.join(_ORDINALS)})(?: (?:trimestre|quarter))?)")


def _in_year_of(anchor: Period, period: Period, as_of: date) -> Period:
    """The same month or quarter, of the year that brings it nearest to the one it is set beside, and already begun."""
    starts = [date(anchor.start.year + step, period.start.month, 1) for step in (-1, 0, 1)]
    start = min((day for day in starts if day <= as_of), key=lambda day: abs((day - anchor.start).days))
    return Period(start, month_end(start.year, period.end.month), period.span)


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
