"""Two lists of people where one is of the other's: pupils of families, riders of households. Who pays is the customer; the others are theirs.

Read as customers both, families and pupils would be added up, and nothing known of one would be told of the other.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from analytics.datamodel.guessing import Guess
from analytics.datamodel.headers import plain, words_of
from analytics.datamodel.identity import Roles, column_of
from analytics.datamodel.keys import UNNAMED, Joins, Side
from analytics.datamodel.references import REFERENCE, Place
from analytics.datamodel.roles import SALES, Role, TableKind

_OWN = 0.95  # different values among the rows: the number of each
_FOUND, _NOT_FOUND = 0.9, 0.2  # of the rows, in the other list
_LEADING = UNNAMED | {Role.HOUSEHOLD_ID, Role.ACCOUNT_ID, Role.CUSTOMER_LINK, Role.MEASURE, Role.CATEGORY}
_ACTS = (*SALES, TableKind.SUBSCRIPTIONS)
_SURE = 0.85


def settle_members(joins: Joins, sides: Sequence[Side], roles: Roles, kinds: dict[str, TableKind], told: Collection[Place], spoken: Collection[str]) -> None:
    """Where a list of people names, under the very header of another list's own number, whose each is, and money is told by that number.

    Args:
        joins, sides, roles, kinds: what is known so far; roles and kinds are changed in place.
        told: the columns whose role the manager gave.
        spoken: the tables of which the manager said something.
    """
    lists = [side for side in sides if side.kind is TableKind.CUSTOMERS and side.role is Role.CUSTOMER_ID and side.facts.share_distinct >= _OWN]
    for own in lists:
        if own.table.table in spoken or kinds[own.table.table] is not TableKind.CUSTOMERS:
            continue
        for payer in lists:
            whose = None if payer.table.table == own.table.table else _whose(joins, own, payer, sides)
            if whose is None or not _pays(joins, own, payer, sides):
                continue
            _settle_list(own, whose, roles, kinds)
            _settle_acts(joins, own, payer, sides, roles, told)
            break


def _whose(joins: Joins, own: Side, payer: Side, sides: Sequence[Side]) -> Side | None:
    """The column of a list that says whose each is: the header of the other list's number, and its values, several rows each."""
    if not set(words_of(payer.column.name)) - REFERENCE or joins.coverage(own, payer) >= _NOT_FOUND:
        return None
    return next((
        side for side in sides
        if side.table.table == own.table.table and side.column is not own.column and side.role in _LEADING
        and plain(side.column.name) == plain(payer.column.name) and side.facts.share_distinct < _OWN and joins.coverage(side, payer) >= _FOUND
    ), None)  # fmt: skip


def _pays(joins: Joins, own: Side, payer: Side, sides: Sequence[Side]) -> bool:
    """Whether what is paid or signed for is told by the payer's number, and nothing paid by the others' alone."""
    acts: dict[str, list[Side]] = {}
    for side in sides:
        if side.kind in _ACTS and side.table.table not in (own.table.table, payer.table.table):
            acts.setdefault(side.table.table, []).append(side)
    named = {table for table, held in acts.items() if any(_same_number(joins, side, payer) for side in held)}
    alone = {table for table, held in acts.items() if table not in named and held[0].kind in SALES and any(_same_number(joins, side, own) for side in held)}
    return bool(named) and not alone


def _same_number(joins: Joins, side: Side, number: Side) -> bool:
    said = side.role in (Role.CUSTOMER_ID, Role.ACCOUNT_ID) or plain(side.column.name) == plain(number.column.name)
    return said and joins.coverage(side, number) >= _FOUND


def _settle_list(own: Side, whose: Side, roles: Roles, kinds: dict[str, TableKind]) -> None:
    table = own.table.table
    found = roles[table]
    kinds[table] = TableKind.CUSTOMER_LINKS
    found[own.column.column] = replace(found[own.column.column], role=Role.CUSTOMER_LINK)
    found[whose.column.column] = Guess(Role.CUSTOMER_ID, _SURE, 0.5, 1.0)


def _settle_acts(joins: Joins, own: Side, payer: Side, sides: Sequence[Side], roles: Roles, told: Collection[Place]) -> None:
    """What names both is the payer's, and tells for whom."""
    for side in sides:
        table, column = side.table.table, side.column.column
        if table in (own.table.table, payer.table.table) or (table, column) in told:
            continue
        if plain(side.column.name) != plain(payer.column.name) or joins.coverage(side, payer) < _FOUND:
            continue
        known = column_of(roles[table], Role.CUSTOMER_ID)
        if known is not None and known != column:
            if (table, known) in told:
                continue
            roles[table][known] = replace(roles[table][known], role=Role.CUSTOMER_LINK)
        roles[table][column] = Guess(Role.CUSTOMER_ID, _SURE, 0.5, 1.0)
