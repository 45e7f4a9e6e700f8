"""Files that hold one number under one header: once a row here, again and again there.

Where a list of people gives each their number, and another file says the same number on many rows, the first is that of the customers,
however little its header says (« Adhésion », a card of ten figures). And of two files taken for lists of customers, the one whose
rows come back to the other's customers, each with its day, its sum and a number of its own, is what they bought. The dated file whose
number the lines of orders come back to is that of the orders, even where a till calls them tickets.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from analytics.datamodel.guessing import Guess
from analytics.datamodel.headers import plain, words_of
from analytics.datamodel.identity import LEADING
from analytics.datamodel.keys import Joins, Side
from analytics.datamodel.model import ColumnProfile, TableProfile
from analytics.datamodel.paid import in_cents, is_of_the_house
from analytics.datamodel.references import REFERENCE
from analytics.datamodel.roles import SALES, Role, TableKind
from analytics.datamodel.values import DATES, Facts

_NEARLY_ALL = 0.95  # of the rows that come back: are found among the people
_COME_BACK = 0.9  # different values among the rows
_MANY = 20  # people
_LEAST_NUMBER = 10_000  # a count, a price, a year are less
_CALLED = frozenset({Role.FIRST_NAME, Role.LAST_NAME, Role.FULL_NAME, Role.COMPANY_NAME, Role.EMAIL, Role.PHONE})
_GOES_ON = frozenset({  # of a contract, a meter, a site under it: several of one customer, and none is an order
    Role.START_DATE, Role.END_DATE, Role.RENEWAL_DATE, Role.RECURRING_AMOUNT, Role.CHURN_LABEL, Role.CHURN_REASON, Role.PLAN, Role.CONTRACT_TYPE,
    Role.SUBSCRIPTION_ID, Role.SIGNUP_DATE, Role.SEATS, Role.TRIAL,
})  # fmt: skip
_TOLD = frozenset({Role.CUSTOMER_ID, Role.ACCOUNT_ID, Role.CUSTOMER_LINK})
_LISTS = (TableKind.CUSTOMERS, TableKind.SUBSCRIPTIONS)
_OTHERS = frozenset({*SALES, TableKind.ORDER_LINES, TableKind.RETURNS, TableKind.SELLERS, TableKind.STORES, TableKind.PRODUCTS, TableKind.PROSPECTS, TableKind.USERS})
_OF_OTHERS = frozenset({Role.SELLER_ID, Role.STORE_ID, Role.PRODUCT_ID, Role.PROSPECT_ID, Role.PARENT_ACCOUNT_ID})


@dataclass
class Shared:
    """What the numbers shared between files tell: the kinds of some, the roles of those numbers by table and column."""

    kinds: dict[str, TableKind] = field(default_factory=dict)
    roles: dict[str, dict[str, Role]] = field(default_factory=dict)

    def say(self, table: str, column: str, role: Role) -> None:
        """A column of a table is that number."""
        self.roles.setdefault(table, {})[column] = role


def shared_numbers(joins: Joins, sides: Sequence[Side], roles: Mapping[str, Mapping[str, Guess]], told: Mapping[str, object]) -> Shared:
    """What the numbers that several files hold under one header tell of them, where each file alone was read otherwise.

    Args:
        joins: counts what is found where.
        sides: the columns, with what they mean in each file read alone.
        roles: what they mean.
        told: the tables that are not to be read again (a tool's, or the manager spoke of them).
    """
    found = Shared()
    lists = [side for side in sides if side.table.table not in told and _lists_people(side, roles[side.table.table])]
    for held in lists:
        for back in sides:
            if back.table.table not in told and _comes_back(back, held) and joins.coverage(back, held) >= _NEARLY_ALL:
                _tell(held, back, sides, roles, found)
    for head in sides:
        if head.table.table not in told and _may_head(head, roles[head.table.table]) and not any(side.kind in SALES for side in sides):
            for line in sides:
                if _is_line_of(line, head) and joins.coverage(line, head) >= _NEARLY_ALL:
                    found.kinds[head.table.table] = TableKind.TRANSACTIONS
                    found.say(head.table.table, head.column.column, Role.ORDER_ID)
                    found.say(line.table.table, line.column.column, Role.ORDER_ID)
    return found


_MAY_HEAD = (TableKind.TICKETS, TableKind.OTHER, TableKind.USAGE, TableKind.CONTACTS, TableKind.COMPANY_EVENTS)
_ASKED = frozenset({Role.RESOLVED, Role.RESOLVED_DATE, Role.COMPLAINT, Role.SATISFACTION, Role.NPS, Role.TOPIC})


def _may_head(side: Side, roles: Mapping[str, Guess]) -> bool:
    """A number that each row of a dated file has for itself, where nothing was asked for nor settled."""
    dated = any(column.type in DATES and column.filled >= _COME_BACK * side.table.rows for column in side.table.columns)
    whole = side.facts.unique and side.column.filled == side.table.rows and side.column.distinct >= _MANY
    return side.kind in _MAY_HEAD and whole and dated and not {guess.role for guess in roles.values()} & _ASKED


def _is_line_of(side: Side, head: Side) -> bool:
    """A column under the same header in a file of lines of orders, which has no day of its own."""
    own_day = any(column.type in DATES for column in side.table.columns)
    return side.kind is TableKind.ORDER_LINES and not own_day and not side.facts.unique and plain(side.column.name) == plain(head.column.name) and side.column.type is head.column.type


def _lists_people(side: Side, roles: Mapping[str, Guess]) -> bool:
    """A number that each of many people has, under a header that says more than « id »."""
    others = {guess.role for column, guess in roles.items() if column != side.column.column}
    if side.kind in _OTHERS or side.role in _OF_OTHERS or is_of_the_house(side.column):
        return False
    return (
        side.facts.unique and side.column.filled == side.table.rows and side.column.distinct >= _MANY and _is_number(side.column, side.table.rows)
        and bool(set(words_of(side.column.name)) - REFERENCE) and bool(others & _CALLED) and not others & (LEADING - {Role.EMAIL})
    )  # fmt: skip


def _is_number(column: ColumnProfile, rows: int) -> bool:
    facts = Facts(column, rows)
    if facts.is_words:
        return facts.looks_code and not facts.looks_email and not facts.looks_phone
    low, high = column.low or 0, column.high or 0
    return facts.is_number and column.integer and low >= _LEAST_NUMBER and len(str(int(low))) == len(str(int(high)))


def _comes_back(side: Side, held: Side) -> bool:
    return (
        side.table.table != held.table.table and side.role not in _OF_OTHERS and side.column.type is held.column.type and plain(side.column.name) == plain(held.column.name)
        and side.column.distinct >= _MANY and side.facts.share_distinct < _COME_BACK
    )  # fmt: skip


def _tell(held: Side, back: Side, sides: Sequence[Side], roles: Mapping[str, Mapping[str, Guess]], found: Shared) -> None:
    known = {guess.role for guess in roles[back.table.table].values()}
    own = _own_number(back, roles) if back.kind is TableKind.CUSTOMERS and not known & _GOES_ON else None
    if own is not None and _sells(back.table):
        found.kinds[back.table.table] = TableKind.TRANSACTIONS
        found.say(back.table.table, own.column, Role.ORDER_ID)
        for other in sides:  # the lines of those orders
            if other.kind is TableKind.ORDER_LINES and plain(other.column.name) == plain(own.name):
                found.say(other.table.table, other.column.column, Role.ORDER_ID)
    elif back.kind in _LISTS or Role.CUSTOMER_ID in {guess.role for column, guess in roles[back.table.table].items() if column != back.column.column}:
        return
    elif {held.role, back.role} <= _TOLD and held.kind in _LISTS:
        return  # each file said so alone
    if held.kind not in _LISTS:
        found.kinds[held.table.table] = TableKind.CUSTOMERS
    found.say(held.table.table, held.column.column, Role.CUSTOMER_ID)
    found.say(back.table.table, back.column.column, Role.CUSTOMER_ID)


def _own_number(back: Side, roles: Mapping[str, Mapping[str, Guess]]) -> ColumnProfile | None:
    """The code that each row of a file has for itself."""
    names = [
        column for column in back.table.columns
        if column is not back.column and column.filled == back.table.rows and Facts(column, back.table.rows).unique and Facts(column, back.table.rows).looks_code
        and roles[back.table.table].get(column.column) is not None and roles[back.table.table][column.column].role in (Role.CUSTOMER_ID, Role.ORDER_ID, Role.ROW_ID)
    ]  # fmt: skip
    return names[0] if names else None


def _sells(table: TableProfile) -> bool:
    """Whether each row has a day, and a sum to the cent."""
    dated = any(column.type in DATES and column.filled >= _COME_BACK * table.rows for column in table.columns)
    return dated and any(Facts(column, table.rows).is_number and in_cents(column) for column in table.columns)
