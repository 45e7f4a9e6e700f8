"""Bookings for days to come in a list of purchases: what their state says has not happened yet is no purchase, and moves no clock."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from analytics.datamodel.headers import plain
from analytics.datamodel.model import ColumnProfile, ColumnType, TableProfile
from analytics.datamodel.roles import Role
from analytics.datamodel.sql import as_day, as_text
from analytics.datamodel.statuses import missed, stood, undone
from analytics.workspace import Database, literal, quote

_AHEAD = re.compile(  # « confirmed » and « pending » are also said of an order placed today
    r"^(?:re)?(?:booked|scheduled|planned|upcoming|reserved|to come|future|a venir|reserve|prevu|planifie|programme)e?s?\b"
)
_MOSTLY = 0.8  # of the rows in such a state: lie after the last one that happened; else the house never writes what became of them
_STATES = frozenset({Role.ORDER_STATUS, Role.ACCOUNT_STATUS, Role.ATTRIBUTE, Role.RESOLVED})


@dataclass(frozen=True, slots=True)
class ToCome:
    """The last day something happened, how many rows are booked for later, and the column and the states that say so."""

    last: date
    rows: int
    state: ColumnProfile
    values: tuple[str, ...]


def to_come(database: Database, table: TableProfile, day: ColumnProfile, roles: Mapping[str, Role], today: date) -> ToCome | None:
    """What is booked for later; None where no column of states says that some rows happened and that the last ones have not.

    Args:
        database: where the table is.
        table, day: the list of purchases and the day they are dated by.
        roles: of its columns, by internal name.
        today: nothing after it is looked at.
    """
    for state in table.columns:
        if state.type is not ColumnType.CATEGORY or roles.get(state.column, Role.ATTRIBUTE) not in _STATES:
            continue
        values = [value for value, _ in state.top]
        ahead = tuple(value for value in values if _AHEAD.match(plain(value)) and not (stood(value) or undone(value)))
        done = tuple(value for value in values if value not in ahead and not undone(value) and not missed(value))
        if not ahead or not any(stood(value) or _HAPPENED.match(plain(value)) for value in done):
            continue
        told = f"{as_day(day)} <= {literal(today)}"
        listed = [", ".join(literal(value) for value in some) for some in (done, ahead)]
        (last,) = database.row(f"SELECT MAX({as_day(day)}) FILTER ({as_text(state)} IN ({listed[0]})) FROM {quote(table.table)} t WHERE {told}")
        if last is None:
            continue
        later, rows = database.row(
            f"SELECT COUNT(*) FILTER ({as_day(day)} > {literal(last)}), COUNT(*) FROM {quote(table.table)} t WHERE {told} AND {as_text(state)} IN ({listed[1]})"
        )
        if rows and later >= _MOSTLY * rows:
            return ToCome(last, later, state, ahead)
    return None


_HAPPENED = re.compile(r"(?:attended|taken|given|fait|venue?|present|held|lived|passee?|past|showed|came|arrive|arrived|checked (?:in|out)|stayed)e?s?\b")
