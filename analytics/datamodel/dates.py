"""The as-of date: the latest day the files truly know, robust to dates in the future and to a handful of strays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta

from analytics.datamodel.guessing import Guess
from analytics.datamodel.model import ColumnProfile, TableProfile
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.sql import as_day
from analytics.datamodel.to_come import to_come
from analytics.workspace import Database, quote

_STRAY_ROWS = 0.002  # share of the rows that may be strays
_STRAY_GAP = 180  # days without anything before them
_STARTS = (Role.START_DATE, Role.SIGNUP_DATE)
_NEARLY_ALL = 0.95  # rows that give an end: departures are given for those who left only
_ON_THE_DAY = 0.8  # of them that fall on the anniversary of the start; chance gives one in six
EARLIEST = date(1950, 1, 1)  # no purchase file is older
_ORDER: tuple[tuple[Role, ...], ...] = (
    (Role.PURCHASE_DATE,),
    (Role.EVENT_DATE, Role.START_DATE, Role.END_DATE),
    (Role.LAST_PURCHASE_DATE, Role.SIGNUP_DATE, Role.FIRST_PURCHASE_DATE),
)
_HAPPEN = frozenset({Role.PURCHASE_DATE, Role.EVENT_DATE})  # a lesson, a stay, a visit: booked before it happens
_EVENTS = frozenset({
    TableKind.TRANSACTIONS, TableKind.INVOICES, TableKind.RETURNS, TableKind.CONTACTS, TableKind.SURVEYS,
    TableKind.TICKETS, TableKind.SUBSCRIPTIONS, TableKind.USAGE, TableKind.LOYALTY_MOVEMENTS, TableKind.CUSTOMERS,
    TableKind.CUSTOMER_LINKS, TableKind.CAMPAIGNS,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Latest:
    """The last day a date column truly reaches; `strays` counts rows after it and not after today."""

    day: date
    strays: int
    column: ColumnProfile
    table: TableProfile


def as_of(
    database: Database,
    tables: Sequence[TableProfile],
    roles: Mapping[str, Mapping[str, Guess]],
    kinds: Mapping[str, TableKind],
    today: date,
) -> tuple[date, tuple[Latest, ...]]:
    """The reference date, and the columns it was read from.

    Purchase dates decide when there are some (silence is counted from them), else dates of other events and contracts,
    else dates of customers. Dates after `today`, what is booked for later, and a handful of rows far after all others are left out, and so are ends
    written in advance: who has not renewed by then is not known. Files without any such date are looked at as of `today`.
    """
    for wanted in _ORDER:
        found = []
        for table in tables:
            if kinds[table.table] not in _EVENTS:
                continue
            for column in table.columns:
                guess = roles[table.table].get(column.column)
                if guess is not None and guess.role in wanted:
                    if guess.role is Role.END_DATE and _is_scheduled(database, table, column, roles[table.table]):
                        continue
                    booked = to_come(database, table, column, {name: one.role for name, one in roles[table.table].items()}, today) if guess.role in _HAPPEN else None
                    latest = latest_day(database, table, column, today if booked is None else booked.last)
                    found += [latest] if latest else []
        if found:
            return max(latest.day for latest in found), tuple(found)
    return today, ()


def decides(role: Role, present: Set[Role]) -> bool:
    """Whether the reference date is read from columns of that role, where files have those of the roles `present`."""
    return role in next((wanted for wanted in _ORDER if not present.isdisjoint(wanted)), ())


def _is_scheduled(
    database: Database, table: TableProfile, column: ColumnProfile, guesses: Mapping[str, Guess]
) -> bool:
    """Whether ends are terms agreed at the start (all are given, on the anniversary of the start), not observed departures."""
    starts = [c for c in table.columns if c.column in guesses and guesses[c.column].role in _STARTS]
    if not starts:
        return False
    end, start = as_day(column), as_day(starts[0])
    gap = f"abs(day({end}) - day({start}))"
    filled, on_the_day, rows = database.row(
        f"SELECT count({end}), count(*) FILTER ({gap} <= 1 OR {gap} >= 27), count(*) FROM {quote(table.table)} t"
    )
    return bool(rows and filled >= _NEARLY_ALL * rows and on_the_day >= _ON_THE_DAY * filled)


def latest_day(database: Database, table: TableProfile, column: ColumnProfile, today: date) -> Latest | None:
    """The last day of a date column that is not a stray: None when it has no readable date up to today.

    Strays are the rows after a gap of half a year (and of ten times the gaps seen elsewhere) that make less than two in a
    thousand rows.
    """
    day = as_day(column)
    counts = database.rows(
        f"SELECT {day} AS day, COUNT(*) FROM {quote(table.table)} t"
        f" WHERE {day} BETWEEN ? AND ? GROUP BY 1 ORDER BY 1 DESC",
        [EARLIEST, today],
    )
    if not counts:
        return None
    allowed = max(1, int(_STRAY_ROWS * sum(count for _, count in counts))) if len(counts) > 20 else 0
    gaps = sorted((later - earlier).days for (later, _), (earlier, _) in zip(counts, counts[1:], strict=False))
    usual = gaps[int(0.98 * (len(gaps) - 1))] if gaps else 0
    strays, last = 0, counts[0][0]
    seen = 0
    for (later, count), (earlier, _) in zip(counts, counts[1:], strict=False):
        seen += count
        if seen > allowed:
            break
        if later - earlier > timedelta(days=max(_STRAY_GAP, 10 * usual)):
            strays, last = seen, earlier
    return Latest(last, strays, column, table)
