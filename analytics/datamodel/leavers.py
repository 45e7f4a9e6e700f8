"""A list of those who left, beside the list of all customers: its dates are filled on every row because the others are not in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath

from analytics.datamodel.guessing import Guess
from analytics.datamodel.headers import concepts_of, plain
from analytics.datamodel.identity import column_of
from analytics.datamodel.keys import Joins, Side, sides_of
from analytics.datamodel.labels import SURE, ends_the_relation
from analytics.datamodel.model import ColumnProfile, TableProfile
from analytics.datamodel.roles import DESCRIBING, Role, TableKind
from analytics.datamodel.sql import as_text
from analytics.datamodel.values import DATES
from analytics.workspace import Database, quote

_LEAVING = frozenset({"churn", "cancel", "departure", "inactive"})
_FOUND = 0.95  # of its rows are customers of the other list
_MORE = 1.1  # times as many customers there: whole lists of contracts lack a few
_LISTS = frozenset({TableKind.CUSTOMERS, TableKind.SUBSCRIPTIONS})


def customers_beside(
    database: Database, table: TableProfile, column: ColumnProfile, tables: Sequence[TableProfile], roles: Mapping[str, Mapping[str, Guess]],
    kinds: Mapping[str, TableKind],
) -> int | None:  # fmt: skip
    """How many customers the files know, where that table lists only those who left, each with the day; None where it is no such list.

    The header or the file's name must speak of leaving, or a reason for leaving stand beside it: a list of contracts that have all ended is not one
    of customers who have all left.

    Args:
        database: holds the tables.
        table, column: a table of one row a customer, and the date of its ends, all of them past.
        tables, roles, kinds: all the files, and what they are.
    """
    found = roles[table.table]
    person = column_of(found, Role.CUSTOMER_ID)
    says_left = any(speaks_of_leaving(name) for name in (column.name, PurePath(table.file).stem))
    if person is None or not (says_left or any(guess.role is Role.CHURN_REASON for guess in found.values())):
        return None
    sides = [side for side in sides_of(tables, roles, kinds) if side.role is Role.CUSTOMER_ID and side.kind in _LISTS]
    mine = next(side for side in sides if side.table.table == table.table and side.column.column == person)
    joins = Joins(database)
    return max((other.column.distinct for other in sides if _holds_more(joins, mine, other)), default=None)


def settle_leavers(
    database: Database, table: TableProfile, tables: Sequence[TableProfile], roles: Mapping[str, dict[str, Guess]], kinds: Mapping[str, TableKind]
) -> None:  # fmt: skip
    """In a list of those who left, one row each, the date on every row whose header speaks of leaving is the day they did.

    « cancelled_at » beside « access_ends_on »: what was paid for runs on for a while, and it is told by the first that they left.

    Args:
        database: holds the tables.
        table: one read as customers or contracts; its roles are changed in place.
        tables, roles, kinds: all the files, and what they are.
    """
    here = roles[table.table]
    person = column_of(here, Role.CUSTOMER_ID)
    if kinds[table.table] not in _LISTS or person is None or any(guess.given for guess in here.values() if guess.role is Role.END_DATE):
        return
    who = next(column for column in table.columns if column.column == person)
    if who.distinct < _ONCE * max(who.filled, 1):
        return
    spoken = [
        column for column in table.columns
        if column.type in DATES and column.filled >= _EVERY * table.rows and speaks_of_leaving(column.name) and ends_the_relation(column.name)
        and (guess := here.get(column.column)) is not None and not guess.given and guess.role in _DATED
    ]  # fmt: skip
    if len(spoken) != 1 or customers_beside(database, table, spoken[0], tables, roles, kinds) is None:
        return
    for column, guess in here.items():
        if guess.role is Role.END_DATE:
            here[column] = Guess(Role.OTHER_DATE, guess.score, guess.header, guess.values)
    here[spoken[0].column] = Guess(Role.END_DATE, SURE, SURE, 1.0)
    _leave_to_the_others(table, tables, roles)


def _leave_to_the_others(table: TableProfile, tables: Sequence[TableProfile], roles: Mapping[str, dict[str, Guess]]) -> None:
    """What a list of those who left says again of them is read in the files that say it of everyone: a plan told of leavers only would be one that all leave."""
    elsewhere = {
        plain(column.name) for other in tables for column in other.columns
        if other is not table and column_of(roles[other.table], Role.CUSTOMER_ID) is not None
    }  # fmt: skip
    here = roles[table.table]
    for column in table.columns:
        guess = here.get(column.column)
        if guess is not None and not guess.given and guess.role not in _OF_LEAVING and plain(column.name) in elsewhere:
            del here[column.column]


_OF_LEAVING = frozenset({Role.CUSTOMER_ID, Role.END_DATE, Role.CHURN_REASON})


_ONCE, _EVERY = 0.98, 0.98
_DATED = DESCRIBING | {Role.EVENT_DATE, Role.RESOLVED_DATE, Role.END_DATE}


def had_bought(database: Database, table: TableProfile, roles: Mapping[str, Guess], purchases: str | None) -> int | None:
    """How many people bought or left, where those listed as gone had nearly all bought: only who has can leave; None elsewhere.

    An application counts many who never paid among its users: they are not customers it keeps.

    Args:
        database: holds the tables.
        table, roles: the list of those who left.
        purchases: a SELECT of `customer` and `day`; None where nothing tells what was bought.
    """
    person = column_of(roles, Role.CUSTOMER_ID)
    if purchases is None or person is None:
        return None
    who = as_text(next(column for column in table.columns if column.column == person))
    gone, bought, people = database.row(
        f"WITH gone AS (SELECT DISTINCT {who} AS customer FROM {quote(table.table)} t), bought AS (SELECT DISTINCT customer FROM ({purchases}))"
        " SELECT (SELECT COUNT(customer) FROM gone), (SELECT COUNT(*) FROM gone JOIN bought USING (customer)),"
        " (SELECT COUNT(*) FROM (SELECT customer FROM gone UNION SELECT customer FROM bought) WHERE customer IS NOT NULL)"
    )
    return int(people) if gone and bought >= _FOUND * gone else None


def speaks_of_leaving(name: str) -> bool:
    """Whether a header, or the name of a file, speaks of customers who left.

    Args:
        name: the header or the name.
    """
    return bool(frozenset[str]().union(*concepts_of(name)) & _LEAVING)


def _holds_more(joins: Joins, mine: Side, other: Side) -> bool:
    more = other.table.table != mine.table.table and other.column.distinct >= _MORE * mine.column.distinct
    return more and joins.coverage(mine, other) >= _FOUND
