"""What a column of contract ends says: departures, or terms agreed in advance that may renew in silence.

An end that only those who left have is a departure. One that every row has may be the end of a term: it is read as a
departure only where something shows that a renewal is written down, and the manager is asked in any case where none is sure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from analytics.datamodel.guessing import Guess
from analytics.datamodel.identity import column_of
from analytics.datamodel.labels import SURE
from analytics.datamodel.model import ColumnProfile, TableProfile
from analytics.datamodel.roles import Role
from analytics.datamodel.sql import as_day
from analytics.datamodel.values import DATES
from analytics.workspace import Database, quote

EVERY_ROW = 0.98  # of the rows have an end: it is given for who is here as for who has left
_FAR_YEARS = 10  # « 31/12/2099 » says that there is no end
_MOSTLY = 0.9
_RENEWED = 0.05  # of the customers have a contract that follows another: renewals are rows
NEXT_DAYS = 31  # a contract that begins so long before the last one ends, or after, follows it
_TERMS, _FIXED = 3, 0.95  # nearly all last one of three numbers of months: agreed in advance, one, two or three years


class Ends(StrEnum):
    """What ends are."""

    DEPARTURES = "departures"  # given for who left only, or no end in sight for the others, or renewals are rows
    ASSUMED = "assumed"  # on every row, and lasting so unequally that they are rewritten: departures, unless told otherwise
    TERMS = "terms"  # on every row, and nothing shows that a renewal would be seen: they say nothing of who left


@dataclass(frozen=True, slots=True)
class EndReading:
    """What the ends of a column are, and how many of the rows have one in the past.

    `listed`: the table holds those who left only, among as many `rows` as there are customers in another file.
    """

    said: Ends
    ended: int
    rows: int
    listed: bool = False


def read_ends(
    database: Database, table: TableProfile, column: ColumnProfile, roles: Mapping[str, Guess], as_of: date
) -> EndReading:
    """Say what the ends of a column are.

    Args:
        database: holds the table.
        table, column: where the ends are.
        roles: the roles of the table's columns.
        as_of: later ends are not reached yet.
    """
    day = as_day(column)
    ended, filled, later, far, rows = database.row(
        f"SELECT COUNT(*) FILTER (day <= $day), COUNT(day), COUNT(*) FILTER (day > $day),"
        f" COUNT(*) FILTER (day > $day + INTERVAL {_FAR_YEARS} YEAR), COUNT(*)"
        f" FROM (SELECT {day} AS day FROM {quote(table.table)} t)",
        {"day": as_of},
    )
    if filled < EVERY_ROW * rows:
        said = Ends.DEPARTURES
    elif later and (far >= _MOSTLY * later or _renewals_are_rows(database, table, day, roles)):
        said = Ends.DEPARTURES
    elif later and _last_unequally(database, table, day, roles):
        said = Ends.ASSUMED
    else:
        said = Ends.TERMS
    return EndReading(said, int(ended), int(rows))


def _renewals_are_rows(database: Database, table: TableProfile, end: str, roles: Mapping[str, Guess]) -> bool:
    """Whether contracts of one customer follow one another: the last without a next is then a departure."""
    person = column_of(dict(roles), Role.CUSTOMER_ID)
    begin = _start(table, roles, Role.START_DATE)
    if person is None or begin is None:
        return False
    people, renewed = database.row(
        f"SELECT COUNT(DISTINCT who), COUNT(DISTINCT who) FILTER (DATE_DIFF('day', before, begin) >= -{NEXT_DAYS}) FROM ("
        f"SELECT who, begin, LAG(over) OVER (PARTITION BY who ORDER BY begin, over) AS before FROM ("
        f"SELECT {quote(person)} AS who, {begin} AS begin, {end} AS over FROM {quote(table.table)} t)) WHERE who IS NOT NULL"
    )
    return bool(people and renewed >= _RENEWED * people)


def _last_unequally(database: Database, table: TableProfile, end: str, roles: Mapping[str, Guess]) -> bool:
    """Whether relations last other times than a few agreed numbers of months."""
    begin = _start(table, roles, Role.SIGNUP_DATE) or _start(table, roles, Role.START_DATE)
    if begin is None:
        return False
    lengths = database.rows(
        f"SELECT ROUND(DATE_DIFF('day', {begin}, {end}) / 30.4375) AS months, COUNT(*) AS n FROM {quote(table.table)} t"
        " GROUP BY 1 HAVING months IS NOT NULL ORDER BY n DESC"
    )
    return bool(sum(n for _, n in lengths[:_TERMS]) < _FIXED * sum(n for _, n in lengths))


def agreed_term(database: Database, table: TableProfile, roles: Mapping[str, Guess]) -> int | None:
    """The months that each row of a file of contracts lasts, where nearly all last as many and customers follow one row by the next.

    A membership, a season ticket: a row is a term that was sold, and its price is the term's. None where one cannot tell.

    Args:
        database: holds the table.
        table: read as subscriptions.
        roles: of its columns.
    """
    begin, end, person = _start(table, roles, Role.START_DATE), _start(table, roles, Role.END_DATE), column_of(dict(roles), Role.CUSTOMER_ID)
    if begin is None or end is None or person is None:
        return None
    lengths = database.rows(
        f"SELECT ROUND((DATE_DIFF('day', {begin}, {end}) + 1) / 30.4375) AS months, COUNT(*) FROM {quote(table.table)} t GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    rows, (months, usual) = sum(n for _, n in lengths), lengths[0] if lengths else (None, 0)
    if months not in _SOLD_TERMS or usual < _FIXED * rows:
        return None
    people, renewed, pairs, follow = database.row(
        f"SELECT COUNT(DISTINCT who), COUNT(DISTINCT who) FILTER (gap IS NOT NULL), COUNT(gap), COUNT(*) FILTER (ABS(gap) <= {2 * NEXT_DAYS}) FROM ("
        f"SELECT who, DATE_DIFF('day', LAG(over) OVER (PARTITION BY who ORDER BY begin, over), begin) AS gap FROM ("
        f"SELECT {quote(person)} AS who, {begin} AS begin, {end} AS over FROM {quote(table.table)} t)) WHERE who IS NOT NULL"
    )
    return int(months) if people and renewed >= _FOLLOWED * people and follow >= _MOSTLY * pairs else None


def settle_agreed_end(database: Database, table: TableProfile, roles: dict[str, Guess]) -> None:
    """The date that stands a sold term after the start on nearly every row is when that term ends, whatever its header (« Au », "Until").

    Args:
        database: holds the table.
        table, roles: read as subscriptions; the roles are changed in place.
    """
    begin = _start(table, roles, Role.START_DATE)
    if begin is None or any(guess.role in (Role.END_DATE, Role.RENEWAL_DATE) for guess in roles.values()):
        return
    found = []
    for column in table.columns:
        guess = roles.get(column.column)
        unsaid = guess is None or (guess.role is Role.OTHER_DATE and not guess.given)
        if column.type not in DATES or not unsaid or column.filled < EVERY_ROW * table.rows:
            continue
        terms = " OR ".join(f"{as_day(column)} + {late} = CAST({begin} + INTERVAL {months} MONTH AS DATE)" for months in _SOLD_TERMS for late in (0, 1))
        rows, agreed = database.row(f"SELECT COUNT(*), COUNT(*) FILTER ({terms}) FROM {quote(table.table)} t")
        if rows >= _ROWS_AT_LEAST and agreed >= _FIXED * rows:
            found.append(column)
    if len(found) == 1:
        roles[found[0].column] = Guess(Role.END_DATE, SURE, 0.0, 1.0)


_ROWS_AT_LEAST = 20
_SOLD_TERMS = (3, 6, 12, 24)  # months
_FOLLOWED = 0.3  # of the customers have a row that follows another


def lasts_days(database: Database, table: TableProfile, roles: Mapping[str, Guess]) -> bool:
    """Whether the contracts of a table are hires of a few days, each paid once: purchases, which nobody renews or ends.

    Args:
        database: holds the table.
        table: read as subscriptions.
        roles: of its columns.
    """
    begin, end = _start(table, roles, Role.START_DATE), _start(table, roles, Role.END_DATE)
    paid = {guess.role for guess in roles.values()}
    if begin is None or end is None or not paid & _PAID or paid & _RENEWING:
        return False
    rows, told, usual, long = database.row(
        f"SELECT COUNT(*), COUNT(days), MEDIAN(days), QUANTILE_CONT(days, 0.95) FROM (SELECT DATE_DIFF('day', {begin}, {end}) AS days FROM {quote(table.table)} t)"
    )
    return bool(rows and told >= EVERY_ROW * rows and 0 <= usual <= _HIRED[0] and long <= _HIRED[1])


_PAID = frozenset({Role.AMOUNT, Role.RECURRING_AMOUNT})  # what comes back every few days does not come back
_RENEWING = frozenset({Role.RENEWAL_DATE, Role.TRIAL, Role.PLAN})
_HIRED = (14, 27)  # days: most hires, and nearly all of them, end sooner; a month is a subscription's


def _start(table: TableProfile, roles: Mapping[str, Guess], role: Role) -> str | None:
    found = column_of(dict(roles), role)
    return None if found is None else as_day(next(c for c in table.columns if c.column == found))
