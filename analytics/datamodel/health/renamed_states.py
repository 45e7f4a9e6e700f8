"""A state that changed its name: from one day on, what was left out as « absent » is written otherwise, and counts as sold."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from analytics.datamodel.health.context import Context, HealthCode, Place, counted, defect, left_out, rows_where
from analytics.datamodel.model import ColumnType, HealthCheck
from analytics.datamodel.roles import SALES, Role
from analytics.datamodel.sql import as_day, as_text
from analytics.datamodel.statuses import undone
from analytics.datamodel.values import DATES
from analytics.workspace import literal, quote
from vocabulary.sentence import Label, say
from vocabulary.themes import Severity

_ROWS = 8  # of the old state, and of the new word
_EXPECTED = 8.0  # rows of the old state that the days since should have held: none at all is no luck
_ALIKE = 3.0  # times as many, or as few
_PART = 0.3  # of the sales since: what nearly all became is what is sold
_MOST_STATES = 20


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    rows: int
    first: date
    last: date


def check(context: Context) -> list[HealthCheck]:
    """A word that takes up, the day after, the place of a state that undid sales, and says nothing of the kind itself."""
    found = []
    for state in context.places(Role.ORDER_STATUS, kinds=SALES):
        day = context.place(state.table, Role.PURCHASE_DATE)
        if day is None or day.column.type not in DATES or state.column.type is ColumnType.FLAG or state.column.distinct > _MOST_STATES:
            continue
        words = _words(context, state, day)
        pairs = [(old, new) for old in words if undone(old.text) and old.rows >= _ROWS for new in words if _takes_up(old, new)]
        far = {pair: apart for pair in pairs if (apart := _apart(context, day, *pair)) is not None}
        if far:
            found.append(_said(context, state, *min(far, key=lambda pair: far[pair])))
    return found


def _words(context: Context, state: Place, day: Place) -> list[_Word]:
    text, when = as_text(state.column), as_day(day.column)
    rows = context.database.rows(
        f"SELECT {text}, COUNT(*), MIN({when}), MAX({when}) FROM {quote(state.table.table)} t"
        f" WHERE {text} IS NOT NULL AND {when} <= {literal(context.today)} GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    return [_Word(*row) for row in rows]


def _takes_up(old: _Word, new: _Word) -> bool:
    return new.first >= old.last and new.rows >= _ROWS and not undone(new.text)


def _apart(context: Context, day: Place, old: _Word, new: _Word) -> float | None:
    """How far the new word is from coming as often as the old state did; None where that state may have stopped by luck, or it comes otherwise."""
    when = as_day(day.column)
    before, since = context.database.row(
        f"SELECT COUNT(*) FILTER ({when} <= {literal(old.last)}), COUNT(*) FILTER ({when} >= {literal(new.first)}) FROM {quote(day.table.table)} t"
    )
    if not before or not since or old.rows / before * since < _EXPECTED or new.rows > _PART * since:
        return None
    times = abs(math.log((new.rows / since) / (old.rows / before)))
    return times if times <= math.log(_ALIKE) else None


def _said(context: Context, state: Place, old: _Word, new: _Word) -> HealthCheck:
    detail = say(
        "« {column} » : « {old} » ne s’écrit plus après le {last}, et « {new} » commence le {first} ({count} lignes) : est-ce le même état sous "
        "un autre nom ? Les premières ne comptent pas, les secondes comptent comme des ventes.",
        "“{column}”: “{old}” is written no more after {last}, and “{new}” begins on {first} ({count} rows): is it the same state under another "
        "name? The former do not count, the latter count as sales.",
        column=Label(state.column.name), old=Label(old.text), new=Label(new.text), last=old.last, first=new.first,
        count=counted(new.rows, state.table.rows),
    )  # fmt: skip
    same = f"{as_text(state.column)} = {literal(new.text)}"
    return defect(
        HealthCode.INCONSISTENT_SPELLING, Severity.WARNING, new.rows, detail, state, lines=rows_where(state.table, same),
        remedy=left_out(state.table, same),
    )  # fmt: skip
