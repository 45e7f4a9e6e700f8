"""Joins between tables: which column's values stand in another table's identifier, and for what share of the rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from analytics.datamodel.guessing import Guess
from analytics.datamodel.headers import plain
from analytics.datamodel.model import ColumnProfile, Key, TableProfile
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.sql import as_text
from analytics.datamodel.values import Facts
from analytics.workspace import Database, quote

_PERSON = frozenset({Role.CUSTOMER_ID, Role.CUSTOMER_LINK, Role.ACCOUNT_ID, Role.PROSPECT_ID})
_FAMILIES: tuple[frozenset[Role], ...] = (
    _PERSON,
    frozenset({Role.ORDER_ID}),
    frozenset({Role.PRODUCT_ID}),
    frozenset({Role.STORE_ID, Role.STORE}),
    frozenset({Role.SELLER_ID, Role.SELLER}),
    frozenset({Role.SUBSCRIPTION_ID}),
    frozenset({Role.HOUSEHOLD_ID}),
    frozenset({Role.EMAIL, Role.CUSTOMER_ID}),
    frozenset({Role.EMAIL}),
    frozenset({Role.PARENT_ACCOUNT_ID, Role.ACCOUNT_ID}),
)
_HOLDERS = frozenset({
    TableKind.CUSTOMERS, TableKind.CUSTOMER_LINKS, TableKind.PROSPECTS, TableKind.PRODUCTS, TableKind.STORES,
    TableKind.SELLERS, TableKind.SUBSCRIPTIONS, TableKind.TRANSACTIONS, TableKind.INVOICES, TableKind.USERS,
})  # fmt: skip
_DONE_BY_USERS = frozenset({TableKind.USAGE, TableKind.TICKETS, TableKind.SURVEYS, TableKind.CONTACTS, TableKind.LOYALTY_MOVEMENTS})
UNNAMED = frozenset({None, Role.FREE_TEXT, Role.ROW_ID, Role.ATTRIBUTE})  # roles that do not say what is identified
_LEAST_BY_ROLE = 0.05  # columns that say they are the same thing
_LEAST_BY_VALUES = 0.8  # columns that only share their values


@dataclass(frozen=True, slots=True)
class Side:
    """A column of a table, with the role it was given (None when it has none of use)."""

    table: TableProfile
    column: ColumnProfile
    role: Role | None
    kind: TableKind

    @property
    def facts(self) -> Facts:
        """The column's facts."""
        return Facts(self.column, self.table.rows)


def sides_of(
    tables: Sequence[TableProfile], roles: Mapping[str, Mapping[str, Guess]], kinds: Mapping[str, TableKind]
) -> list[Side]:
    """Every column of every table with its role and the kind of its table."""
    return [
        Side(table, column, roles[table.table][column.column].role if column.column in roles[table.table] else None,
             kinds[table.table])
        for table in tables for column in table.columns
    ]  # fmt: skip


class Joins:
    """Counts how columns of different tables join; each pair is counted once."""

    def __init__(self, database: Database) -> None:
        """Keep the database; nothing is run yet."""
        self._database = database
        self._coverage: dict[tuple[str, str, str, str], float] = {}

    def find(self, sides: Sequence[Side]) -> tuple[Key, ...]:
        """The joins between the tables, many rows (left) to one (right), widest coverage first.

        Two columns are tried when their roles name the same thing, or when the values of one stand in another's identifier
        even though the headers say nothing.

        Args:
            sides: the columns of all tables, with their roles.
        """
        keys = []
        seen: set[tuple[str, str, str]] = set()
        for left, right, by_role in _pairs(sides):
            place = (left.table.table, left.column.column, right.table.table)
            if place in seen:
                continue
            share = self.coverage(left, right)
            if share >= (_LEAST_BY_ROLE if by_role else _LEAST_BY_VALUES):
                seen.add(place)
                keys.append(_key(left, right, share))
        return tuple(sorted(keys, key=lambda key: (-key.coverage, key.left_table, key.left_column, key.right_table)))

    def coverage(self, left: Side, right: Side) -> float:
        """Share of the filled left rows whose value exists on the right, 0..1."""
        pair = (left.table.table, left.column.column, right.table.table, right.column.column)
        if pair not in self._coverage:
            found, filled = self._database.row(
                f"SELECT COALESCE(SUM(l.n) FILTER (r.v IS NOT NULL), 0), COALESCE(SUM(l.n), 0)"
                f" FROM (SELECT {as_text(left.column)} AS v, COUNT(*) AS n FROM {quote(left.table.table)} t GROUP BY 1) l"
                f" LEFT JOIN (SELECT DISTINCT {as_text(right.column)} AS v FROM {quote(right.table.table)} t) r ON l.v = r.v"
                f" WHERE l.v IS NOT NULL"
            )
            self._coverage[pair] = float(found) / float(filled) if filled else 0.0
        return self._coverage[pair]


def _key(left: Side, right: Side, share: float) -> Key:
    role = left.role if left.role in (Role.EMAIL, Role.ORDER_ID, Role.SUBSCRIPTION_ID) else right.role
    role = Role.CUSTOMER_ID if role is Role.CUSTOMER_LINK else role
    return Key(left.table.table, left.column.column, right.table.table, right.column.column, role or Role.ROW_ID, share)


def _pairs(sides: Sequence[Side]) -> Iterator[tuple[Side, Side, bool]]:
    """Pairs worth counting: first those whose roles agree, then those whose values might."""
    holders = [side for side in sides if side.kind in _HOLDERS and _holds(side)]
    for family in _FAMILIES:
        for right in holders:
            for left in sides:
                if right.role in family and left.role in family and _may_join(left, right):
                    yield left, right, True
    for right in holders:
        named = right.role in _PERSON or right.role in (Role.ORDER_ID, Role.SUBSCRIPTION_ID)
        if not named or not right.facts.looks_code or right.column.distinct < 20:
            continue
        for left in sides:
            if left.role in UNNAMED and _same_look(left, right):
                yield left, right, False
    yield from _led_by_users(sides, holders)
    yield from _by_another_number(sides, holders)
    yield from _by_name(sides)
    yield from _of_a_ticket(sides)


def _of_a_ticket(sides: Sequence[Side]) -> Iterator[tuple[Side, Side, bool]]:
    """What was written, paid or used on a ticket or a job, by its number."""
    numbers = [
        side for side in sides
        if side.kind is TableKind.TICKETS and side.role in (Role.ROW_ID, Role.ORDER_ID) and side.facts.looks_code and side.facts.share_distinct >= 0.9
        and side.column.distinct >= 20
    ]  # fmt: skip
    for right in numbers:
        for left in sides:
            if left.kind is not TableKind.TICKETS and left.role in UNNAMED | {Role.ORDER_ID} and _same_look(left, right):
                yield left, right, False


def _by_another_number(sides: Sequence[Side], holders: Sequence[Side]) -> Iterator[tuple[Side, Side, bool]]:
    """Customers told by another of the numbers that their list gives them (the card's), as it is called there."""
    for right in holders:
        if right.kind is not TableKind.CUSTOMERS or right.role is not Role.ROW_ID or not right.facts.looks_code:
            continue
        for left in sides:
            named = plain(left.column.name) == plain(right.column.name)
            if left.role is Role.CUSTOMER_ID and left.kind is not TableKind.CUSTOMERS and named and _same_look(left, right):
                yield left, right, False


def _by_name(sides: Sequence[Side]) -> Iterator[tuple[Side, Side, bool]]:
    """Events told by the customer's name, where the list of customers numbers them and gives no name twice."""
    lists = [
        side for side in sides
        if side.kind is TableKind.CUSTOMERS and side.role in _NAMES and side.facts.share_distinct >= _NO_NAMESAKE and side.column.distinct >= 20
    ]  # fmt: skip
    for right in lists:
        for left in sides:
            named = left.role is Role.CUSTOMER_ID and left.facts.is_words and not left.facts.looks_code and left.column.distinct >= _SOME_NAMES
            if named and left.kind not in (TableKind.CUSTOMERS, TableKind.PROSPECTS) and left.table.table != right.table.table:
                yield left, right, False


_NAMES = frozenset({Role.COMPANY_NAME, Role.FULL_NAME})
_NO_NAMESAKE, _SOME_NAMES = 0.98, 10


def _led_by_users(sides: Sequence[Side], holders: Sequence[Side]) -> Iterator[tuple[Side, Side, bool]]:
    """What people inside accounts did: their own number, which their table leads from to the account."""
    for right in holders:
        if right.kind is not TableKind.USERS or right.role is not Role.ROW_ID or not right.facts.looks_code:
            continue
        for left in sides:
            named = plain(left.column.name) == plain(right.column.name) and left.table.table != right.table.table
            if left.kind in _DONE_BY_USERS and left.role is Role.CUSTOMER_ID and (named or _same_look(left, right)):
                yield left, right, False


def _holds(side: Side) -> bool:
    """Whether the column identifies the rows of its table (a repeated identifier is no right side)."""
    if side.role is Role.STORE or side.role is Role.SELLER:
        return side.kind in (TableKind.STORES, TableKind.SELLERS)
    return (
        side.column.filled > 0
        and side.facts.share_distinct >= 0.9
        or (side.role is Role.ORDER_ID and side.kind in (TableKind.TRANSACTIONS, TableKind.INVOICES))
    )


def _may_join(left: Side, right: Side) -> bool:
    if left.table.table == right.table.table:
        return False
    if left.facts.share_distinct >= 0.9 and right.kind is not TableKind.CUSTOMERS and left.role == right.role:
        # two identifiers of rows: keep the join that goes to the richer table only; a payment, a return goes to its invoice
        if right.kind is TableKind.INVOICES:
            return left.kind not in (TableKind.TRANSACTIONS, TableKind.INVOICES)
        return right.kind in (TableKind.CUSTOMER_LINKS, TableKind.TRANSACTIONS, TableKind.SUBSCRIPTIONS)
    return True


def _same_look(left: Side, right: Side) -> bool:
    """Two columns of codes of the same type and much the same length, in two tables."""
    return (
        left.table.table != right.table.table
        and left.column.type is right.column.type
        and not left.facts.is_number
        and left.column.distinct >= 20
        and left.facts.looks_code
        and abs(left.column.mean_length - right.column.mean_length) < 1.5
    )
