"""What dated events say in a column of few values, counted: each value over half a year, and what went wrong twice in a season."""

from __future__ import annotations

import re

from analytics.customers.derived import EVENT, EVENT_DAYS, EVENTS_IN_ALL, Derived, EventMark, letters
from analytics.customers.faults import house_at_fault, timing_of_bill, timing_of_log
from analytics.customers.header_timing import says_undone, timing_of_event
from analytics.customers.tickets import plainly
from analytics.datamodel.attributes import Timing
from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import Role
from analytics.workspace import literal
from vocabulary.language import Text
from vocabulary.themes import Theme

AGAIN = "_again"  # ends the codes of what was met at least twice in a season
AGAIN_DAYS = 90  # one mishap is forgiven: the second drives away while the first is remembered
_IN_ALL = {
    "usage": ("usages des six derniers mois", "uses in the last six months"),
    "act": ("actes des six derniers mois", "acts in the last six months"),
    "log": ("lignes datées des six derniers mois", "dated rows in the last six months"),
    "bill": ("factures et paiements des six derniers mois", "bills and payments of the last six months"),
}
_TIMINGS = {"log": timing_of_log, "bill": timing_of_bill}


def of_marks(marks: tuple[EventMark, ...]) -> list[Derived]:
    """How often each value of an event's column was met in half a year, and how many events there were in all: who comes more meets more.

    Args:
        marks: the columns, with the values told apart.
    """
    found = []
    for place, mark in enumerate(marks):
        for rank, value in enumerate(mark.values):
            name = f"{EVENT}{mark.kind}_{letters(place)}_{letters(rank)}"
            when = _TIMINGS.get(mark.kind, timing_of_event)(mark.header, value)
            if mark.kind == "bill" and when is Timing.OUTCOME:
                continue  # what became of the bill, as it stands today
            found.append(
                Derived(name, _title(mark, value), f"CAST(COALESCE(m.{name}, 0) AS DOUBLE)", ColumnType.NUMBER, when, Theme.SERVICE,
                        Role.ATTRIBUTE, _met(mark, value, EVENT_DAYS), sources=((mark.file, mark.header),), of_value=None if mark.flag else value)
            )  # fmt: skip
            if when in (Timing.DURING, Timing.UNKNOWN) and _went_wrong(mark, value):
                found.append(_twice(name, mark, value, when))
    for kind in dict.fromkeys(mark.kind for mark in marks if mark.values):
        name, sql = EVENTS_IN_ALL[kind], f"SUM(CASE WHEN kind = '{kind}' AND ago < {EVENT_DAYS} THEN 1 ELSE 0 END)"
        value = f"CAST(COALESCE(m.{name}, 0) AS DOUBLE)"
        found.append(Derived(name, Text(*_IN_ALL[kind]), value, ColumnType.NUMBER, Timing.WARNING, Theme.OTHER, Role.USAGE_COUNT, sql))
    return found


def _twice(name: str, mark: EventMark, value: str, when: Timing) -> Derived:
    fr, en = _said(mark, value)
    title = Text(f"« {fr} » au moins deux fois en trois mois", f"“{en}” at least twice in three months")
    absent = Text(f"« {fr} » moins de deux fois en trois mois", f"“{en}” less than twice in three months")
    return Derived(
        f"{name}{AGAIN}", title, f"COALESCE(m.{name}{AGAIN}, 0) >= 2", ColumnType.FLAG, when, Theme.SERVICE, Role.ATTRIBUTE,
        _met(mark, value, AGAIN_DAYS), absent=absent, sources=((mark.file, mark.header),), of_value=None if mark.flag else value,
    )  # fmt: skip


def _met(mark: EventMark, value: str, days: int) -> str:
    return f"SUM(CASE WHEN kind = '{mark.kind}' AND ago < {days} AND {mark.column} = {literal(value)} THEN 1 ELSE 0 END)"


def _went_wrong(mark: EventMark, value: str) -> bool:
    """Whether a value says that something went wrong or did not take place: only that is forgiven once; of a bill, all but the ordinary value does."""
    return mark.kind == "bill" or house_at_fault(mark.header, value) or says_undone(mark.header, value)


def _title(mark: EventMark, value: str) -> Text:
    fr, en = _said(mark, value)
    return Text(f"« {fr} » (nombre de fois en six mois)", f"“{en}” (times in six months)")


def _said(mark: EventMark, value: str) -> tuple[str, str]:
    header, said = plainly(re.sub(r"[_\s]+", " ", mark.header).strip()), plainly(value)
    if mark.flag:
        return (header, header) if value == "yes" else (f"{header} : non", f"{header}: no")
    return f"{header} : {said}", f"{header}: {said}"
