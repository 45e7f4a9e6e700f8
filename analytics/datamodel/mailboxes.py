"""Customers told apart by their mailbox: their « number » is another at each sale, or a file lists them by their addresses.

A number that never comes back beside a mailbox that does is the sale's (a booking, a guest's checkout), whatever its header: each sale
would be one more customer, who never came back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analytics.datamodel.guessing import Guess
from analytics.datamodel.identity import Roles, column_of, profile_with
from analytics.datamodel.kinds import KindGuess
from analytics.datamodel.model import ColumnProfile, Key, TableProfile
from analytics.datamodel.roles import SALES, Role, TableKind
from analytics.datamodel.sql import as_text
from analytics.datamodel.values import DATES, Facts
from analytics.workspace import Database, quote

_EACH_ONCE, _COME_BACK = 0.995, 0.9  # different values among the rows: of a number that is the sale's, of mailboxes that come back
_NEARLY_ALL = 0.9  # of the rows have a mailbox
_MANY = 10  # mailboxes that come back
_SWITCHBOARD = 0.05  # of the rows: a mailbox under more is that of an agency, not of a person
_STRANGERS = 0.1  # of the mailboxes that come back may be a family's
_REGULAR = 3  # rows of a mailbox, from which a number each time is no number of a person
_VISITS = 2  # rows a mailbox, from which a list is one of visits, and not one of people written twice
_ONE_EACH = 1.3  # numbers a mailbox, at most: that many were typed twice
_PAID = frozenset({Role.AMOUNT, Role.TOTAL_SPENT, Role.UNIT_PRICE})
_NAMES = (Role.FIRST_NAME, Role.FULL_NAME, Role.LAST_NAME)


@dataclass(frozen=True, slots=True)
class _Mailboxes:
    """Rows with a mailbox, mailboxes, those that come back, rows of the busiest, and those that come back under several names."""

    filled: int
    distinct: int
    back: int
    busiest: int
    strangers: int

    def are_people(self, rows: int) -> bool:
        """Whether mailboxes are people's, who come back."""
        return (
            self.filled >= _NEARLY_ALL * rows and self.distinct < _COME_BACK * self.filled and self.back >= _MANY
            and self.busiest <= max(_SWITCHBOARD * rows, _MANY) and self.strangers <= _STRANGERS * self.back
        )  # fmt: skip


def are_visits(database: Database, table: TableProfile, guess: KindGuess, roles: Mapping[str, Guess]) -> bool:
    """Whether a list taken for one of customers, each with a name, is one of what they bought: people come back, on other days.

    Args:
        database: holds the table.
        table, guess, roles: the file, what it was taken for, and what its columns mean.
    """
    box = profile_with(table, roles, Role.EMAIL)
    if guess.kind is not TableKind.CUSTOMERS or guess.by_name or box is None or not _PAID & {one.role for one in roles.values()}:
        return False
    person = profile_with(table, roles, Role.CUSTOMER_ID)
    days = [column for column in table.columns if column.type in DATES and column.filled >= _NEARLY_ALL * table.rows]
    if not days or (person is not None and not _is_the_sales(person, table.rows)):
        return False
    found = _mailboxes(database, table, box, roles)
    return found.are_people(table.rows) and found.filled >= _VISITS * found.distinct and any(_moves(database, table, box, day) for day in days)


def settle_mailboxes(
    database: Database, tables: Sequence[TableProfile], roles: Roles, kinds: Mapping[str, TableKind], keys: Sequence[Key]
) -> None:  # fmt: skip
    """In sales whose customer's number is the sale's own, or leads nowhere while the mailbox leads to the list of customers, the mailbox is the customer.

    Args:
        database: holds the tables.
        tables: those of which the manager said nothing.
        roles: of their columns; changed in place.
        kinds, keys: what the tables are, and how they join.
    """
    for table in tables:
        found = roles[table.table]
        number, box = profile_with(table, found, Role.CUSTOMER_ID), profile_with(table, found, Role.EMAIL)
        if kinds[table.table] not in SALES or number is None or box is None or found[number.column].given or _is_joined(table, number, keys):
            continue
        mailed = _mailboxes(database, table, box, found)
        own = mailed.are_people(table.rows) and (_is_the_sales(number, table.rows) or _is_given_anew(database, table, number, box))
        if own or (_leads_to_a_list(table, box, roles, kinds, keys) and _one_for_one(database, table, number, box)):
            numbered = own and column_of(found, Role.ORDER_ID) is None
            found[number.column] = replace(found[number.column], role=Role.ORDER_ID if numbered else Role.ROW_ID)
            found[box.column] = Guess(Role.CUSTOMER_ID, 0.75, 0.5, 1.0)


def _is_the_sales(number: ColumnProfile, rows: int) -> bool:
    return number.filled >= _NEARLY_ALL * rows and Facts(number, rows).share_distinct >= _EACH_ONCE


def _is_joined(table: TableProfile, number: ColumnProfile, keys: Sequence[Key]) -> bool:
    """Whether another file knows the number."""
    places = {(key.left_table, key.left_column) for key in keys} | {(key.right_table, key.right_column) for key in keys}
    return (table.table, number.column) in places


def _leads_to_a_list(table: TableProfile, box: ColumnProfile, roles: Roles, kinds: Mapping[str, TableKind], keys: Sequence[Key]) -> bool:
    """Whether customers are listed elsewhere by their mailboxes, where those of the sales are found."""
    return any(
        (key.left_table, key.left_column) == (table.table, box.column) and kinds[key.right_table] is TableKind.CUSTOMERS
        and column_of(roles[key.right_table], Role.CUSTOMER_ID) in (None, key.right_column)
        for key in keys
    )  # fmt: skip


def _mailboxes(database: Database, table: TableProfile, box: ColumnProfile, roles: Mapping[str, Guess]) -> _Mailboxes:
    named = profile_with(table, roles, *_NAMES)
    name = "NULL" if named is None else f"LOWER(STRIP_ACCENTS({as_text(named)}))"
    filled, distinct, back, busiest, strangers = database.row(
        "SELECT COALESCE(SUM(n), 0), COUNT(*), COUNT(*) FILTER (n > 1), COALESCE(MAX(n), 0), COUNT(*) FILTER (n > 1 AND names > 1) FROM"
        f" (SELECT COUNT(*) AS n, COUNT(DISTINCT {name}) AS names FROM {quote(table.table)} t WHERE {as_text(box)} IS NOT NULL"
        f" GROUP BY LOWER({as_text(box)}))"
    )
    return _Mailboxes(int(filled), int(distinct), int(back), int(busiest), int(strangers))


def _moves(database: Database, table: TableProfile, box: ColumnProfile, day: ColumnProfile) -> bool:
    """Whether a date changes from one row of a person to the next: a birthday, or the day they joined, does not."""
    back, moved = database.row(
        "SELECT COUNT(*) FILTER (n > 1), COUNT(*) FILTER (days > 1) FROM"
        f" (SELECT COUNT(*) AS n, COUNT(DISTINCT {as_text(day)}) AS days FROM {quote(table.table)} t"
        f" WHERE {as_text(box)} IS NOT NULL GROUP BY LOWER({as_text(box)}))"
    )
    return bool(back and moved >= _NEARLY_ALL * back)


def _is_given_anew(database: Database, table: TableProfile, number: ColumnProfile, box: ColumnProfile) -> bool:
    """Whether many of those who came several times had another number each time (guests, beside members), and each number one mailbox."""
    regulars, anew, numbers, pairs = database.row(
        f"SELECT COUNT(*) FILTER (n >= {_REGULAR}), COUNT(*) FILTER (n >= {_REGULAR} AND numbers = n),"
        f" (SELECT COUNT(DISTINCT {as_text(number)}) FROM {quote(table.table)} t WHERE {as_text(box)} IS NOT NULL), SUM(numbers)"
        f" FROM (SELECT COUNT({as_text(number)}) AS n, COUNT(DISTINCT {as_text(number)}) AS numbers FROM {quote(table.table)} t"
        f" WHERE {as_text(box)} IS NOT NULL GROUP BY LOWER({as_text(box)}))"
    )
    return bool(anew >= max(_MANY, _STRANGERS * regulars) and pairs <= _ONE_EACH * numbers)


def _one_for_one(database: Database, table: TableProfile, number: ColumnProfile, box: ColumnProfile) -> bool:
    """Whether nearly all rows have a mailbox, each number has one, and each mailbox hardly more than one number."""
    rows, mailed, numbers, boxes, pairs = database.row(
        f"SELECT COUNT(*), COUNT(box), COUNT(DISTINCT number), COUNT(DISTINCT box), COUNT(DISTINCT (number, box)) FILTER (box IS NOT NULL)"
        f" FROM (SELECT {as_text(number)} AS number, LOWER({as_text(box)}) AS box FROM {quote(table.table)} t WHERE {as_text(number)} IS NOT NULL)"
    )
    return bool(mailed >= _NEARLY_ALL * rows and pairs <= (1 + _STRANGERS) * numbers and numbers <= _ONE_EACH * boxes)

