"""A split over two periods: each group then and now, with the change; a month beside the same month of the other period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from analytics.explore.fields import WEEKDAYS, Field, Place
from analytics.explore.parameters import Period
from analytics.explore.words import SMALL_GROUP, Cell, group_label, overlap
from analytics.measures.dates import months_before
from vocabulary.estimate import Estimate, Unit
from vocabulary.finding import Column
from vocabulary.language import Text
from vocabulary.sentence import Sentence, say

_MONTHS = ("month", "quarter", "year")
_WEEK = 7  # days
Earlier = Mapping[tuple[Any, ...], Estimate]


def paired(earlier: Sequence[Cell], groups: Sequence[Field], period: Period, compare: Period) -> dict[tuple[Any, ...], Estimate]:
    """The groups of the period compared, under the names they have in the period looked at: January beside January.

    Args:
        earlier: the groups of the period compared.
        groups: what both are split by.
        period, compare: the days of each.
    """
    return {tuple(_moved(value, group, period, compare) for value, group in zip(values, groups, strict=True)): estimate for values, estimate in earlier}


def _moved(value: Any, group: Field, period: Period, compare: Period) -> Any:
    """A calendar period at its place in the other one; any other value as it is."""
    if group.place is not Place.TIME or value in WEEKDAYS or not isinstance(value, date):
        return value
    if group.name in _MONTHS:
        return months_before(value, (compare.start.year - period.start.year) * 12 + compare.start.month - period.start.month)
    days = (period.start - compare.start).days
    return value + timedelta(days=round(days / _WEEK) * _WEEK if group.name == "week" else days)


def change(now: Estimate, then: Estimate | None) -> Estimate | None:
    """How much a figure changed: in points for a share, else as a share of what it was; None where that cannot be told."""
    if then is None or now.value is None or then.value is None:
        return None
    if now.unit is Unit.RATIO:
        return Estimate("change", now.value - then.value, Unit.POINTS, now.n, method="difference")
    return Estimate("change", now.value / then.value - 1, Unit.RATIO, now.n, method="ratio") if then.value > 0 else None


def columns_of(title: Text, unit: Unit, period: Period, compare: Period) -> tuple[Column, Column]:
    """The columns of the figure then and of its change."""
    year = compare.start.year if compare.start.year == compare.end.year != period.start.year else None
    told = Text(f"{title.fr} ({year})", f"{title.en} ({year})") if year is not None else Text(f"{title.fr} (période comparée)", f"{title.en} (period compared)")
    return Column("before", told, unit), Column("change", _CHANGE, Unit.POINTS if unit is Unit.RATIO else Unit.RATIO)


_CHANGE = Text("évolution", "change")


def row_of(cell: Cell, earlier: Earlier) -> tuple[float | None, float | None]:
    """What a group was, and how much it changed."""
    then = earlier.get(cell[0])
    moved = change(cell[1], then)
    return (None if then is None else then.value, None if moved is None else moved.value)


def claim(title: Text, groups: Sequence[Field], whole: tuple[Estimate, Estimate | None], shown: Sequence[Cell], earlier: Earlier, days: tuple[Period, Period]) -> Sentence | None:
    """The headline: the first group (of a series, the last period) then and now, and the whole then and now; None where nothing compares.

    Args:
        title: what is measured, with a capital where it opens the sentence.
        groups: what it is split by.
        whole: over everyone, now and then.
        shown: the groups, in the order asked.
        earlier: those of the period compared.
        days: the period looked at, and the one compared.
    """
    (total, before), (period, compare) = whole, days
    told = [cell for cell in shown if _counts(cell[1]) and all(value is not None for value in cell[0])]
    if before is None or before.value is None or not told:
        return None
    series = len(groups) == 1 and groups[0].name in _MONTHS
    values, now = told[-1] if series else told[0]
    then = earlier.get(values)
    if then is None or then.value is None:
        return None
    template = Text(
        "{name} par {by} : {group}, {value} contre {then} du {start} au {end} ; pour l’ensemble, {total} contre {before}.",
        "{name} by {by}: {group}, {value} against {then} from {start} to {end}; overall, {total} against {before}.",
    ) if not series else Text(
        "{name} par {by} : {group}, {value} contre {then} ({other}) ; pour l’ensemble, {total} contre {before} du {start} au {end}.",
        "{name} by {by}: {group}, {value} against {then} ({other}); overall, {total} against {before} from {start} to {end}.",
    )  # fmt: skip
    return say(
        template.fr, template.en, name=title, by=groups[0].title, group=group_label(values, groups), value=now, then=then,
        total=total, before=before, start=compare.start, end=compare.end,
        **({"other": group_label((_moved(values[0], groups[0], compare, period),), groups)} if series else {}),
    )  # fmt: skip


def facts(groups: Sequence[Field], shown: Sequence[Cell], earlier: Earlier) -> tuple[Sentence, ...]:
    """The groups that grew and that shrank most, among those told by enough cases in both periods."""
    moved = [
        (found.value, cell, then, found) for cell in shown
        if (then := earlier.get(cell[0])) is not None and _counts(cell[1]) and _counts(then)
        and (found := change(cell[1], then)) is not None and found.value is not None
    ]  # fmt: skip
    if len(moved) < 2:
        return ()
    ranked = sorted(moved, key=lambda one: one[0])
    ends = [one for one in (ranked[-1], ranked[0]) if one[0]]
    return tuple(
        say(
            "{head} : {group}, {value} contre {then} ({change:abs} {more}){clear}.", "{head}: {group}, {value} against {then} ({change:abs} {more}){clear}.",
            head=_GREW if gap > 0 else _SHRANK, group=group_label(cell[0], groups), value=cell[1], then=then, change=found,
            more=_MORE if gap > 0 else _LESS, clear=_BY_CHANCE if overlap(cell[1], then) else _CLEAR,
        )
        for place, (gap, cell, then, found) in enumerate(ends) if not place or (ends[0][0] > 0) != (gap > 0)
    )  # fmt: skip


def _counts(estimate: Estimate) -> bool:
    """Whether a figure may be set beside another: a count always, an average when enough cases carry it."""
    return estimate.value is not None and (estimate.low is None or (estimate.n or 0) >= SMALL_GROUP)


_GREW, _SHRANK = Text("Plus forte hausse", "Largest rise"), Text("Plus forte baisse", "Largest fall")
_MORE, _LESS = Text("de plus", "more"), Text("de moins", "less")
_BY_CHANCE, _CLEAR = Text(", un écart qui peut être dû au hasard", ", a gap that may be chance"), Text("", "")
