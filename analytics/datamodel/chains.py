"""Numbers that lead from file to file: an order's under the header of its file, a case's that only the file of cases leads from to the client."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from analytics.datamodel.guessing import Guess
from analytics.datamodel.headers import plain, words_of
from analytics.datamodel.identity import LEADING, Roles, column_of
from analytics.datamodel.keys import UNNAMED, Joins, Side
from analytics.datamodel.references import Place
from analytics.datamodel.roles import SALES, Role, TableKind

_BARE = frozenset("id ids fk ref reference no num nb numero number code key uid uuid guid pk identifiant identifier".split())
_FOUND = 0.8  # of the rows are found in the other file
_OWN = 0.95  # different values among the rows: the number of each
_UNSAID = UNNAMED | {Role.MEASURE}
_HEADS = frozenset({TableKind.TRANSACTIONS, TableKind.INVOICES})
_NO_CASES = frozenset({*SALES, TableKind.CUSTOMERS, TableKind.CUSTOMER_LINKS, TableKind.USERS, TableKind.PRODUCTS, TableKind.STORES, TableKind.SELLERS, TableKind.SUBSCRIPTIONS})


def settle_chains(joins: Joins, sides: Sequence[Side], roles: Roles, kinds: dict[str, TableKind], told: Collection[Place], spoken: Collection[str]) -> None:
    """Name what a column leads to where another file has the very same header above its own number.

    Args:
        joins, sides, roles, kinds: what is known so far; roles and kinds are changed in place.
        told: the columns whose role the manager gave.
        spoken: the tables of which the manager said something.
    """
    _settle_orders(joins, sides, roles, told)
    _settle_cases(joins, sides, roles, kinds, told, spoken)


def _settle_orders(joins: Joins, sides: Sequence[Side], roles: Roles, told: Collection[Place]) -> None:
    """« nocom » of the lines is the order's number that « nocom » is in the file of orders, be the word unknown."""
    for right in (side for side in sides if side.role is Role.ORDER_ID and side.kind in _HEADS and side.facts.share_distinct >= _OWN):
        for left in _namesakes(right, sides, told):
            mine = roles[left.table.table]
            if left.role in _UNSAID and column_of(mine, Role.ORDER_ID) is None and joins.coverage(left, right) >= _FOUND:
                mine[left.column.column] = Guess(Role.ORDER_ID, 0.85, 0.5, 1.0)


def _settle_cases(joins: Joins, sides: Sequence[Side], roles: Roles, kinds: dict[str, TableKind], told: Collection[Place], spoken: Collection[str]) -> None:
    """What is billed by case (matter, site, vehicle) is its client's: the file of cases leads from one number to the other."""
    customers = [side for side in sides if side.kind is TableKind.CUSTOMERS and side.role is Role.CUSTOMER_ID and side.facts.share_distinct >= _OWN]
    for case in (side for side in sides if _may_be_case(side, roles)):
        table = case.table.table
        client = next((side for side in sides if side.table.table == table and side.role is Role.CUSTOMER_ID), None)
        if table in spoken or client is None or not any(joins.coverage(client, one) >= _FOUND for one in customers if one.table.table != table):
            continue
        for left in _namesakes(case, sides, told):
            if left.kind not in SALES or not _may_lead(left, sides) or joins.coverage(left, case) < _FOUND:
                continue
            if any(joins.coverage(left, one) >= _FOUND for one in customers):
                continue  # the customers' own number
            roles[left.table.table][left.column.column] = Guess(Role.CUSTOMER_ID, 0.85, 0.5, 1.0)
            roles[table][case.column.column] = Guess(Role.CUSTOMER_LINK, 0.85, 0.5, 1.0)
            kinds[table] = TableKind.CUSTOMER_LINKS
            if client.facts.share_distinct < _OWN:  # clients of several cases: the names are the cases'
                for column, guess in list(roles[table].items()):
                    if guess.role in _NAMES and (table, column) not in told:
                        roles[table][column] = replace(guess, role=Role.FREE_TEXT)


def _may_be_case(side: Side, roles: Roles) -> bool:
    """Whether a column numbers the rows of a file that is none of customers or goods, nor of sales: what is bought has a price there."""
    known = {guess.role for guess in roles[side.table.table].values()}
    if side.kind in _NO_CASES and (side.kind is not TableKind.TRANSACTIONS or known & _PRICED):
        return False
    return side.role is not Role.CUSTOMER_ID and side.facts.looks_code and side.facts.share_distinct >= _OWN


_PRICED = frozenset({Role.AMOUNT, Role.UNIT_PRICE, Role.QUANTITY, Role.RECURRING_AMOUNT, Role.TOTAL_SPENT})
_NAMES = frozenset({Role.FULL_NAME, Role.COMPANY_NAME, Role.LAST_NAME, Role.FIRST_NAME})


def _namesakes(right: Side, sides: Sequence[Side], told: Collection[Place]) -> list[Side]:
    """The columns of other files under the same header, of more than a bare « id »."""
    if not set(words_of(right.column.name)) - _BARE:
        return []
    return [
        left for left in sides
        if left.table.table != right.table.table and plain(left.column.name) == plain(right.column.name)
        and (left.table.table, left.column.column) not in told
    ]  # fmt: skip


def _may_lead(left: Side, sides: Sequence[Side]) -> bool:
    """Whether a column was taken for the customer, or nothing in its file leads to one."""
    if left.role is Role.CUSTOMER_ID:
        return True
    return left.role in _UNSAID and not any(side.role in LEADING for side in sides if side.table.table == left.table.table)
