"""A list of those who left, beside the list of all customers: its dates are filled on every row because the others are not in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath

from analytics.datamodel.guessing import Guess
from analytics.datamodel.headers import concepts_of
from analytics.datamodel.identity import column_of
from analytics.datamodel.keys import Joins, Side, sides_of
from analytics.datamodel.model import ColumnProfile, TableProfile
from analytics.datamodel.roles import Role, TableKind
from analytics.workspace import Database

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
    says_left = any(_speaks_of_leaving(name) for name in (column.name, PurePath(table.file).stem))
    if person is None or not (says_left or any(guess.role is Role.CHURN_REASON for guess in found.values())):
        return None
    sides = [side for side in sides_of(tables, roles, kinds) if side.role is Role.CUSTOMER_ID and side.kind in _LISTS]
    mine = next(side for side in sides if side.table.table == table.table and side.column.column == person)
    joins = Joins(database)
    return max((other.column.distinct for other in sides if _holds_more(joins, mine, other)), default=None)


def _speaks_of_leaving(name: str) -> bool:
    return bool(frozenset[str]().union(*concepts_of(name)) & _LEAVING)


def _holds_more(joins: Joins, mine: Side, other: Side) -> bool:
    more = other.table.table != mine.table.table and other.column.distinct >= _MORE * mine.column.distinct
    return more and joins.coverage(mine, other) >= _FOUND
