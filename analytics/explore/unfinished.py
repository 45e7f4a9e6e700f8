"""Periods that are not over when the files end: compared with the same part of the other one, and said to be unfinished."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from analytics.analysis import Parameters
from analytics.explore.fields import Field, Place
from analytics.explore.parameters import ExploreParameters, Period
from analytics.explore.records import records_of
from analytics.explore.words import Cell, calendar_name
from analytics.measures.dates import months_before
from analytics.study import Study
from vocabulary.language import Text
from vocabulary.sentence import Sentence, say

_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_DAY = timedelta(days=1)
_LITTLE = 0.02  # of a period: less than two of them differ by anyway


def within_the_files(study: Study, parameters: ExploreParameters) -> tuple[ExploreParameters, tuple[Sentence, ...]]:
    """The query on the days that the files hold, and what to say of it; as it was when its periods are over.

    A period that goes on beyond the last day of the files ends with them; one compared with it is cut at the same place,
    where both are as long. A year of ten months is no smaller than the year before because two are missing.

    Args:
        study: the data, and the day they end.
        parameters: the query.
    """
    last, other = study.as_of, parameters.compare
    period = parameters.period if parameters.period is None or other is None else _as_meant(parameters.period, other, last)
    if not ends_with_the_files(study, parameters):
        return parameters, ()
    if period is not None and _open(period, last):
        cut = Period(start=period.start, end=last)
        alike = _same_part(period, other, last) if other is not None else None
        kept = {"period": cut, "compare": alike or other}
    elif period is not None and other is not None and period.end <= last and _open(other, last):
        alike = _same_part(other, period, last)
        kept = {"period": alike or period, "compare": Period(start=other.start, end=last)}
    else:
        return parameters, ()
    return parameters.model_copy(update=kept), (_said(period if _open(period, last) else other, last, other is not None, alike is not None),)


def ends_with_the_files(study: Study, parameters: Parameters) -> bool:
    """Whether nothing the query reads is dated after the last day of the files: lines that tell what is to come are left whole."""
    if not isinstance(parameters, ExploreParameters) or parameters.table is None:
        return True
    records = records_of(study, parameters.table, parameters.dated_by)
    clock = next((column for column in records.profile.columns if column.column == records.clock), None)
    return clock is not None and clock.high is not None and clock.high <= study.as_of.toordinal()


def unfinished(groups: Sequence[Field], cells: Sequence[Cell], as_of: date) -> tuple[int, date] | None:
    """The place of the calendar period among the groups, and the first day of the one that is not over when the files end."""
    place = next((place for place, group in enumerate(groups) if group.place is Place.TIME), None)
    if place is None:
        return None
    starts = {values[place] for values, _ in cells if isinstance(values[place], date)}
    late = [start for start in starts if _open(Period(start=start, end=_last_day(start, groups[place].name)), as_of)]
    return (place, late[0]) if late else None


def told(start: date, grain: str, value: Sentence | None, as_of: date) -> Sentence:
    """That a period of a series is not over, and what it comes to so far.

    Args:
        start: its first day.
        grain: month, quarter, year ...
        value: its figure as a phrase; None when several rows bear it.
        as_of: the last day of the files.
    """
    values = {"name": calendar_name(start, grain), "what": _GRAINS[grain], "end": as_of}
    if value is None:
        return say(
            "Les fichiers s’arrêtent au {end} : {what} en cours ({name}) ne se compare pas aux autres.",
            "The files stop on {end}: the {what} under way ({name}) does not compare with the others.",
            **values,
        )
    return say(
        "Les fichiers s’arrêtent au {end} : {what} en cours ({name}) en est à {value} et ne se compare pas aux autres.",
        "The files stop on {end}: the {what} under way ({name}) stands at {value} and does not compare with the others.",
        value=value, **values,
    )  # fmt: skip


_GRAINS = {
    "week": Text("la semaine", "week"), "month": Text("le mois", "month"), "quarter": Text("le trimestre", "quarter"),
    "year": Text("l’année", "year"), "day": Text("le jour", "day"),
}  # fmt: skip


def _said(period: Period | None, last: date, compared: bool, alike: bool) -> Sentence:
    assert period is not None
    if compared and alike:
        return say(
            "Les fichiers s’arrêtent au {last} : la période n’est pas finie, et l’autre est comptée sur les mêmes jours.",
            "The files stop on {last}: the period is not over, and the other is counted over the same days.",
            last=last,
        )
    if compared:
        return say(
            "Les fichiers s’arrêtent au {last} : une des deux périodes n’est pas finie, elles ne durent pas autant.",
            "The files stop on {last}: one of the two periods is not over, they are not as long.",
            last=last,
        )
    return say(
        "Les fichiers s’arrêtent au {last}, avant la fin demandée ({end}) : la période n’est pas finie.",
        "The files stop on {last}, before the end asked for ({end}): the period is not over.",
        last=last, end=period.end,
    )  # fmt: skip


def _open(period: Period, last: date) -> bool:
    """Whether enough of a period is missing to matter: a year whose last sale is of 29 December is over, a month without its Sunday too."""
    missing = (period.end - last).days
    return period.start <= last and missing > max(1, _LITTLE * ((period.end - period.start).days + 1))


def _as_meant(period: Period, other: Period, last: date) -> Period:
    """The whole year (quarter, month) where "this year" was read up to the last day of the files beside a whole one."""
    months = _months(other)
    if months is None or months not in _MONTHS.values() or period.end != last or period.start.day != 1 or (period.start.month - 1) % months:
        return period
    return Period(start=period.start, end=max(last, months_before(period.start, -months) - _DAY))


def _same_part(period: Period, other: Period, last: date) -> Period | None:
    """The days of `other` up to the place where `period` is cut; None when they are not as long, or when that is not its past."""
    if period.start.day == other.start.day and _months(period) == _months(other) is not None:
        back = (period.start.year - other.start.year) * 12 + period.start.month - other.start.month
        end = months_before(last + _DAY, back) - _DAY if (last + _DAY).day == 1 else months_before(last, back)
    elif period.end - period.start == other.end - other.start:
        end = other.start + (last - period.start)
    else:
        return None
    return Period(start=other.start, end=min(end, other.end))


def _months(period: Period) -> int | None:
    """How many whole months a period lasts; None when it is not made of whole months."""
    after = period.end + _DAY
    return (after.year - period.start.year) * 12 + after.month - period.start.month if after.day == period.start.day else None


def _last_day(start: date, grain: str) -> date:
    if grain in _MONTHS:
        return months_before(start, -_MONTHS[grain]) - _DAY
    return start + timedelta(days=6) if grain == "week" else start
