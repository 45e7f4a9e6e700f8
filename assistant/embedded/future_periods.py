"""Periods that have not come yet: « dans les 3 prochains mois », "next quarter", « d'ici la fin de l'année »."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from assistant.embedded.comparisons import NUMBERS
from assistant.embedded.months import MONTHS
from assistant.embedded.periods import Period

_UNITS = {"jour": "day", "day": "day", "semaine": "week", "week": "week", "mois": "month", "month": "month", "trimestre": "quarter", "quarter": "quarter", "an": "year", "annee": "year", "year": "year"}
_UNIT = r"(?P<unit>jours?|days?|semaines?|weeks?|mois|months?|trimestres?|quarters?|ans?|annees?|years?)"
_COUNT = r"(?P<count>\d+|[a-z]+)"
_NEXT_FEW = re.compile(
    rf"\b(?:dans|d'ici|sous|au cours de|over|in|within|during|for)? ?(?:les |des |the )?(?:(?:prochaine?s?|next|coming|following) {_COUNT} {_UNIT}|{_COUNT.replace('count', 'count2')} (?:prochaine?s?|next|coming) {_UNIT.replace('unit', 'unit2')})\b"
)
_WITHIN = re.compile(rf"\b(?:dans(?: les)?|d'ici|sous|within|in) {_COUNT} {_UNIT}\b")
_NEXT_ONE = re.compile(r"\b(?:(?:le |l'|la )?(?P<fr>mois|trimestre|annee|semaine) (?:prochaine?|suivante?|qui vient)|(?:the )?(?:next|coming) (?P<en>month|quarter|year|week))\b")
_BY_THE_END = re.compile(
    r"\b(?:d'ici|avant|by|before|until) (?:a )?(?:la |the )?(?:fin|end)(?: (?:de |du |d'|of )?(?:(?P<year>l'annee|the year|this year|cette annee|annee)|(?P<this>mois|the month|this month|ce mois|du mois)|(?P<month>[a-z]+)(?: (?P<of>20\d\d))?))\b"
)
_THIS = re.compile(r"\b(?:ce (?P<fr>mois|trimestre)(?:-ci)?|cette (?P<fr2>annee)|this (?P<en>month|quarter|year))\b")


def ahead(text: str, as_of: date) -> Period | None:
    """The period to come that a question names, from the day after the files end; None where it names none.

    Args:
        text: plain, of the question.
        as_of: the last day the files tell of.
    """
    tomorrow = as_of + timedelta(days=1)
    found = _NEXT_FEW.search(text) or _WITHIN.search(text)
    if found is not None:
        groups = found.groupdict()
        said, unit = groups.get("count") or groups.get("count2"), groups.get("unit") or groups.get("unit2") or ""
        count = int(said) if said and said.isdigit() else NUMBERS.get(said or "", 0)
        if count:  # "ends next month" says no number
            return Period(tomorrow, _after(as_of, count, _kind(unit)), found.span())
    if (found := _NEXT_ONE.search(text)) is not None:
        start, end = _calendar(_kind(found["fr"] or found["en"]), as_of, 1)
        return Period(start, end, found.span())
    if (found := _BY_THE_END.search(text)) is not None:
        return _until(found, as_of, tomorrow)
    if (found := _THIS.search(text)) is not None:
        start, end = _calendar(_kind(found["fr"] or found["fr2"] or found["en"]), as_of, 0)
        return Period(start, end, found.span())
    return None


def _until(found: re.Match[str], as_of: date, tomorrow: date) -> Period | None:
    if found["year"]:
        return Period(tomorrow, date(as_of.year, 12, 31), found.span())
    month = as_of.month if found["this"] else MONTHS.get(found["month"])
    if month is None:
        return None
    year = int(found["of"]) if found["of"] else as_of.year + (month < as_of.month)
    return Period(tomorrow, date(year, month, calendar.monthrange(year, month)[1]), found.span())


def _kind(unit: str) -> str:
    return _UNITS[unit if unit in _UNITS else unit.rstrip("s")]


def _after(day: date, count: int, unit: str) -> date:
    if unit in ("day", "week"):
        return day + timedelta(days=count * (7 if unit == "week" else 1))
    months = day.year * 12 + day.month - 1 + count * {"month": 1, "quarter": 3, "year": 12}[unit]
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _calendar(unit: str, day: date, later: int) -> tuple[date, date]:
    """The first and the last day of this calendar period, or of the next."""
    if unit == "week":
        monday = day - timedelta(days=day.weekday()) + timedelta(days=7 * later)
        return monday, monday + timedelta(days=6)
    long = {"month": 1, "quarter": 3, "year": 12}[unit]
    first = (day.year * 12 + day.month - 1) // long * long + later * long
    (year, month), (until, last) = divmod(first, 12), divmod(first + long - 1, 12)
    return date(year, month + 1, 1), date(until, last + 1, calendar.monthrange(until, last + 1)[1])
