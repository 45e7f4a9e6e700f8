"""Which of the numbers a list of customers gives them is the one the other files tell them by.

A list kept in one tool (its own « Record ID ») often says, in another column, the number the customers have in the till or in the billing
tool. Where every other file tells customers by that one, and none by the list's own, it is the number that makes them one person.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from analytics.datamodel.guessing import Guess
from analytics.datamodel.identity import LEADING, Roles
from analytics.datamodel.keys import Joins, Side
from analytics.datamodel.roles import Role, TableKind

_TOLD_BY = (Role.CUSTOMER_ID, Role.ACCOUNT_ID)
_LISTS = (TableKind.CUSTOMERS, TableKind.PROSPECTS, TableKind.CUSTOMER_LINKS, TableKind.USERS)
_FOUND, _NOT_FOUND = 0.8, 0.05  # of the rows of another file
_FEW, _ONE_EACH, _MOSTLY = 20, 0.99, 0.5
_SURE = 0.85
_ROOM = 2.0  # possible whole numbers for one that is used: counts from one up stand in any other


def settle_shared_numbers(joins: Joins, sides: Sequence[Side], roles: Roles, told: Collection[tuple[str, str]]) -> None:
    """Give the customer's number to the column of a list of customers that the other files use, where none uses the one it was given to.

    Args:
        joins, sides, roles: what is known so far.
        told: the columns whose role the manager gave.
    """
    leading = [side for side in sides if side.role in _TOLD_BY and side.kind not in _LISTS and side.column.distinct >= _FEW]
    for own in sides:
        place = (own.table.table, own.column.column)
        if own.kind is not TableKind.CUSTOMERS or own.role is not Role.CUSTOMER_ID or place in told:
            continue
        others = [side for side in leading if side.table.table != own.table.table]
        if not others or any(joins.coverage(side, own) >= _NOT_FOUND for side in others):
            continue
        shared = [
            (sum(side.table.rows for side in others if joins.coverage(side, number) >= _FOUND), number)
            for number in sides
            if number.table.table == own.table.table and number is not own and _numbers_each(number)
            and (number.table.table, number.column.column) not in told
        ]  # fmt: skip
        rows, number = max(shared, key=lambda found: found[0], default=(0, None))
        if number is not None and rows:
            found = roles[own.table.table]
            found[own.column.column] = replace(found[own.column.column], role=Role.ROW_ID, score=_SURE)
            found[number.column.column] = Guess(Role.CUSTOMER_ID, _SURE, 0.5, 1.0)


def settle_told_by_name(joins: Joins, sides: Sequence[Side], roles: Roles, told: Collection[tuple[str, str]]) -> None:
    """Give the customer to the names of a file that has nothing else to tell them by, where they are those of the list of customers.

    Args:
        joins, sides, roles: what is known so far.
        told: the columns whose role the manager gave.
    """
    lists = [side for side in sides if side.kind is TableKind.CUSTOMERS and side.role in _NAMES and side.facts.share_distinct >= _ONE_EACH]
    for left in sides:
        if left.kind not in _TOLD_OF or left.role not in _NAMES or left.column.distinct < _FEW or (left.table.table, left.column.column) in told:
            continue
        if {guess.role for guess in roles[left.table.table].values()} & LEADING:
            continue
        if any(joins.coverage(left, right) >= _FOUND for right in lists if right.table.table != left.table.table):
            roles[left.table.table][left.column.column] = Guess(Role.CUSTOMER_ID, _SURE, 0.5, 1.0)


_NAMES = (Role.FULL_NAME, Role.COMPANY_NAME)
_TOLD_OF = (TableKind.TRANSACTIONS, TableKind.INVOICES, TableKind.PAYMENTS, TableKind.TICKETS, TableKind.CONTACTS, TableKind.SURVEYS, TableKind.USAGE, TableKind.RETURNS)


def _numbers_each(side: Side) -> bool:
    """Whether a column holds a code of each row, of a kind that does not stand in another file by mere counting."""
    facts, column = side.facts, side.column
    if not facts.looks_code or facts.looks_email or facts.share_distinct < _ONE_EACH or column.filled < _MOSTLY * side.table.rows:
        return False
    if not facts.is_number:
        return facts.is_words
    return column.integer and column.low is not None and column.high is not None and column.high - column.low > _ROOM * column.distinct
