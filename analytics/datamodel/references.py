"""Columns that point to another file: `fk_societe`, `business_id`, « client » beside a file of clients.

A header that is another file's name, above codes or numbers that stand in that file's own number, holds that number, whatever else
it looks like. And in a sale of several lines the customer is the same on each: a code that changes from line to line is none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath

from analytics.datamodel.guessing import Guess
from analytics.datamodel.headers import concepts_of, is_anonymous, plain, words_of
from analytics.datamodel.identity import LEADING, Roles, column_of
from analytics.datamodel.keys import Joins, Side
from analytics.datamodel.kinds import is_called_too
from analytics.datamodel.model import ColumnProfile, ColumnType, Key, TableProfile
from analytics.datamodel.roles import SALES, Role, TableKind
from analytics.datamodel.sql import as_text
from analytics.datamodel.values import Facts
from analytics.workspace import Database, quote

REFERENCE = frozenset("id ids fk ref reference no num nb numero number code key uid uuid guid pk identifiant identifier".split())
_FOREIGN = "fk"
_POINTING = frozenset({None, Role.MEASURE, Role.ATTRIBUTE, Role.FREE_TEXT, Role.ROW_ID, Role.ACCOUNT_ID, Role.CUSTOMER_ID})
_POINTED = frozenset({Role.CUSTOMER_ID, Role.ROW_ID, Role.ACCOUNT_ID})
_LEAST = 0.8  # of the rows that are found in the other file
_LEAST_NAMED = 3  # letters of a shortened name (`fk_soc`)
_FEW_ORDERS, _MOST_CHANGING = 15, 0.1
_SAID = 0.65  # what a header or what was learnt says more surely than that is left as it is


Place = tuple[str, str]  # a table and a column of it


def settle_references(joins: Joins, sides: Sequence[Side], roles: Roles, told: Collection[Place]) -> None:
    """A column that bears the name of a file of customers and whose values are found in it is the customer's number there and here.

    Args:
        joins, sides, roles: what is known so far.
        told: the columns whose role the manager gave.
    """
    holders = [
        side for side in sides
        if side.kind is TableKind.CUSTOMERS and side.role in _POINTED and side.facts.looks_code and side.facts.share_distinct >= 0.95
        and not _points_elsewhere(side, sides)
    ]  # fmt: skip
    for left in sides:
        if left.kind is TableKind.CUSTOMERS or left.role not in _POINTING or (left.table.table, left.column.column) in told:
            continue
        pointed = [
            (joins.coverage(left, right), right.role is Role.CUSTOMER_ID, right)
            for right in holders if right.table.table != left.table.table and bears_name(left.column.name, right.table.file)
        ]  # fmt: skip
        share, _, right = max(pointed, key=lambda told: told[:2], default=(0.0, False, None))
        if right is not None and share >= _LEAST:
            _join(left, right, roles, told)
    _settle_namesakes(joins, sides, roles, told)
    _settle_doubtful(joins, sides, [side for side in holders if side.role is Role.CUSTOMER_ID], roles, told)


def _settle_namesakes(joins: Joins, sides: Sequence[Side], roles: Roles, told: Collection[Place]) -> None:
    """A column under the very header of the customers' own number, whose values are found in it, is that number: a site, a vessel, a machine.

    A bare « id », « N° » is each file's own.
    """
    owners = [
        side for side in sides
        if side.kind in (TableKind.CUSTOMERS, TableKind.SUBSCRIPTIONS) and side.role is Role.CUSTOMER_ID and side.facts.share_distinct >= 0.95
        and set(words_of(side.column.name)) - REFERENCE
    ]  # fmt: skip
    for right in owners:
        for left in sides:
            same = left.table.table != right.table.table and plain(left.column.name) == plain(right.column.name)
            if not same or left.role is Role.CUSTOMER_ID or left.kind in (TableKind.CUSTOMERS, TableKind.SUBSCRIPTIONS):
                continue
            if (left.table.table, left.column.column) not in told and joins.coverage(left, right) >= _LEAST:
                _join(left, right, roles, told)


def are_sites_served(table: TableProfile, kind: TableKind, tables: Sequence[TableProfile], roles: Roles) -> bool:
    """Sites under contract or sold to, in files that name no other customer, are the customers: lifts looked after, pharmacies delivered.

    Sold to is what the file is called (« pharmacies clientes »); the names in it are the sites' own.

    Args:
        table, kind: the file, and what it was taken to be.
        tables, roles: all the files, and what their columns mean so far.
    """
    number = _numbered_site(table, roles[table.table])
    if kind is not TableKind.STORES or number is None:
        return False
    sold_to = is_called_too(table, TableKind.CUSTOMERS) and number.distinct >= _FEW_BUYERS
    if not sold_to and not any(_CONTRACT.search(plain(column.name)) for column in table.columns):
        return False
    return not any(
        roles[one.table][column.column].role in (LEADING if sold_to and one is table else _NAMING) and plain(column.name) != plain(number.name)
        for one in tables for column in one.columns if column.column in roles[one.table]
    )  # fmt: skip


def settle_sites(tables: Sequence[TableProfile], roles: Roles, kinds: Mapping[str, TableKind]) -> None:
    """Customers that are sites, establishments, one row each and numbered, are known by that number; it is asked about."""
    for table in tables:
        found = roles[table.table]
        number = _numbered_site(table, found)
        if kinds[table.table] is TableKind.CUSTOMERS and number is not None and not {guess.role for guess in found.values()} & LEADING:
            found[number.column] = Guess(Role.CUSTOMER_ID, 0.5, 0.0, 1.0)


def _numbered_site(table: TableProfile, found: Mapping[str, Guess]) -> ColumnProfile | None:
    numbers = [c for c in table.columns if c.column in found and found[c.column].role is Role.STORE_ID and Facts(c, table.rows).share_distinct >= 0.95]
    return numbers[0] if numbers else None


_NAMING = LEADING | {Role.FULL_NAME, Role.COMPANY_NAME}
_CONTRACT = re.compile(r"contra(?:c)?t|abonnement|subscription|maintenance|entretien|resili|cancel")


def _settle_doubtful(joins: Joins, sides: Sequence[Side], customers: Sequence[Side], roles: Roles, told: Collection[Place]) -> None:
    """A doubtful number of order (« Fiche », « Dossier ») that stands in no file of sales, and nearly always in the customers' own number, is theirs.

    A mere count from one up stands in any other: numbers lead there by the name of the file only.
    """
    orders = [side for side in sides if side.role is Role.ORDER_ID and side.kind in SALES]
    for left in sides:
        if left.role is not Role.ORDER_ID or left.kind is TableKind.CUSTOMERS or left.kind in SALES or (left.table.table, left.column.column) in told:
            continue
        if roles[left.table.table][left.column.column].score >= _SAID or any(joins.coverage(left, order) >= _FEW_SOLD for order in orders):
            continue
        pointed = [
            (joins.coverage(left, right), right) for right in customers
            if right.table.table != left.table.table and (left.column.type is not ColumnType.NUMBER or bears_name(left.column.name, right.table.file))
        ]  # fmt: skip
        share, right = max(pointed, key=lambda found: found[0], default=(0.0, None))
        if right is not None and share >= _NEARLY_ALL:
            _join(left, right, roles, told)


_FEW_SOLD, _NEARLY_ALL = 0.2, 0.95  # of the rows found among the orders, among the customers


def settle_lookups(sides: Sequence[Side], roles: Roles, kinds: dict[str, TableKind], keys: Sequence[Key], told: Collection[str]) -> None:
    """A short file of carriers, of agencies beside that of the customers, read as customers too for having a number and a name: it only explains a code.

    Args:
        sides, roles, kinds, keys: what is known so far.
        told: the tables of which the manager said something.
    """
    led = {key.right_table for key in keys if key.role is Role.CUSTOMER_ID and kinds[key.left_table] in SALES}
    customers = {side.table.table for side in sides if side.kind is TableKind.CUSTOMERS}
    pointed = {
        right.table.table for right in sides if right.kind is TableKind.CUSTOMERS and right.role in _POINTED
        for left in sides
        if left.kind in SALES and left.role is not Role.CUSTOMER_ID and bears_name(left.column.name, right.table.file)
    }  # fmt: skip
    for table in sorted(pointed - led - set(told)):
        known = {guess.role for guess in roles[table].values()}
        rows = next(side.table.rows for side in sides if side.table.table == table)
        if led & customers and rows <= _FEW_ROWS and not known & _OF_PEOPLE:
            kinds[table] = TableKind.OTHER
            for column, guess in list(roles[table].items()):
                if guess.role in _POINTED:
                    roles[table][column] = replace(guess, role=Role.ROW_ID)


_FEW_ROWS = 60
_OF_PEOPLE = frozenset({Role.FIRST_NAME, Role.LAST_NAME, Role.EMAIL, Role.BIRTH_DATE, Role.SIGNUP_DATE, Role.LAST_PURCHASE_DATE, Role.TOTAL_SPENT})


def _join(left: Side, right: Side, roles: Roles, told: Collection[Place]) -> None:
    mine, theirs = roles[left.table.table], roles[right.table.table]
    known = column_of(mine, Role.CUSTOMER_ID)
    if known is not None and known != left.column.column:
        return
    named = column_of(theirs, Role.CUSTOMER_ID)
    if right.role is not Role.CUSTOMER_ID and {(right.table.table, named), (right.table.table, right.column.column)} & set(told):
        return
    if right.role is not Role.CUSTOMER_ID and named is not None:
        theirs[named] = replace(theirs[named], role=Role.FREE_TEXT)  # another name of the same customer, on which nothing rests
    for found, column in ((mine, left.column.column), (theirs, right.column.column)):
        found[column] = Guess(Role.CUSTOMER_ID, max(_SURE, found[column].score if column in found else 0.0), 0.5, 1.0)


_SURE = 0.85


def _points_elsewhere(side: Side, sides: Sequence[Side]) -> bool:
    """A column of a file of customers that bears another file's name (a customer's shop) is not their own number."""
    return any(
        bears_name(side.column.name, other.table.file) for other in sides
        if other.table.table != side.table.table
    ) and not bears_name(side.column.name, side.table.file)  # fmt: skip


def bears_name(header: str, file: str) -> bool:
    """Whether a header is the name of a file, but for words such as « id »: `business_id` and `raw_business.csv`, `fk_soc` and `llx_societe.csv`."""
    words = words_of(header)
    named = [_singular(word) for word in words if word not in REFERENCE]
    holding = [_singular(word) for word in words_of(PurePath(file).stem)]
    if not named:
        return False
    if _FOREIGN in words:
        return all(len(word) >= _LEAST_NAMED and any(held.startswith(word) for held in holding) for word in named)
    return all(word in holding for word in named)


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > _LEAST_NAMED and word.endswith(("s", "x")) and not word.endswith("ss") else word


def settle_lines(database: Database, tables: Sequence[TableProfile], roles: Roles, kinds: Mapping[str, TableKind]) -> dict[str, frozenset[str]]:
    """A code that changes from line to line of one sale is not the customer's: what is sold, rather.

    Returns the columns that change so, by table, among those that could be taken for the customer.
    """
    barred: dict[str, frozenset[str]] = {}
    for table in tables:
        found = roles[table.table]
        order = column_of(found, Role.ORDER_ID)
        if kinds[table.table] not in SALES or order is None:
            continue
        columns = {column.column: column for column in table.columns}
        if Facts(columns[order], table.rows).share_distinct >= 0.95:
            continue
        doubtful = [c for c in table.columns if c.column != order and _doubtful(c, found, table.rows)]
        changing = frozenset(c.column for c in doubtful if _changes_within(database, table, columns[order], c))
        barred[table.table] = changing
        for name in changing:
            guess = found.get(name)
            if guess is not None and guess.role is Role.CUSTOMER_ID and guess.score < _SAID:
                sold = column_of(found, Role.PRODUCT_ID) is None
                found[name] = replace(found[name], role=Role.PRODUCT_ID if sold else Role.FREE_TEXT)
    return barred


def settle_orders(database: Database, tables: Sequence[TableProfile], roles: Roles, kinds: Mapping[str, TableKind]) -> None:
    """Without headers, a "customer" who is never there on two days is an order; its buyer is the code that is one for the whole order."""
    for table in tables:
        found = roles[table.table]
        taken, day = column_of(found, Role.CUSTOMER_ID), column_of(found, Role.PURCHASE_DATE)
        anonymous = sum(is_anonymous(column.name) for column in table.columns)
        if kinds[table.table] not in SALES or taken is None or day is None or anonymous * 2 <= len(table.columns):
            continue
        columns = {column.column: column for column in table.columns}
        if not _constant_within(database, table, columns[taken], columns[day]):
            continue
        buyers = [
            column for column in table.columns
            if column.column not in (taken, day) and _names(column, found, table.rows) and column.distinct < columns[taken].distinct
            and _constant_within(database, table, columns[taken], column)
        ]  # fmt: skip
        if buyers:
            buyer = max(buyers, key=lambda column: column.distinct)
            found[taken], found[buyer.column] = Guess(Role.ORDER_ID, 0.5, 0.0, 1.0), Guess(Role.CUSTOMER_ID, 0.6, 0.0, 1.0)


def settle_visits(database: Database, tables: Sequence[TableProfile], roles: Roles, kinds: Mapping[str, TableKind]) -> None:
    """Where sales have no number, the one that is one customer's of one day over its rows is theirs (« N° passage »), if it says that it is one.

    Without headers, it has four figures or more.
    """
    for table in tables:
        found = roles[table.table]
        columns = {column.column: column for column in table.columns}
        who, day = column_of(found, Role.CUSTOMER_ID), column_of(found, Role.PURCHASE_DATE)
        if kinds[table.table] not in SALES or who is None or day is None or column_of(found, Role.ORDER_ID) is not None:
            continue
        numbers = [c for c in table.columns if c.column not in (who, day) and _may_number(c, found)]
        told = [c for c in numbers if all(_constant_within(database, table, c, columns[of]) for of in (who, day))]
        if len(told) == 1:
            found[told[0].column] = Guess(Role.ORDER_ID, _SAID, 0.0, 1.0)


def _may_number(column: ColumnProfile, found: Mapping[str, Guess]) -> bool:
    guess = found.get(column.column)
    if column.distinct < _MANY_SELLERS or not (guess is None or (guess.role in _COUNTING and not guess.given)):
        return False
    if column.type is ColumnType.NUMBER and not column.integer:
        return False
    if is_anonymous(column.name):
        return column.type is ColumnType.NUMBER and (column.low or 0) >= _FOUR_FIGURES
    meant = frozenset[str]().union(*concepts_of(column.name))
    return "id" in meant and not meant & (_SOMEBODY | _OF_THINGS - {"order", "invoice", "ticket"})


_COUNTING = frozenset({Role.USAGE_COUNT, Role.MEASURE, Role.ROW_ID, Role.ATTRIBUTE, Role.FREE_TEXT, Role.FREQUENCY})
_FOUR_FIGURES = 1000


def settle_numbers(database: Database, tables: Sequence[TableProfile], roles: Roles, kinds: Mapping[str, TableKind]) -> None:
    """A code that goes with each customer's name, one for one, over rows where both come back, is the customer's number (« A/C », « N° preneur »).

    Two people may bear one name; a number is one customer's. Order numbers tell a name too, but there are many more of them.
    """
    for table in tables:
        found = roles[table.table]
        columns = {column.column: column for column in table.columns}
        taken = column_of(found, Role.CUSTOMER_ID)
        if kinds[table.table] not in _REPEATING or (taken is None and column_of(found, Role.ACCOUNT_ID) is not None):
            continue
        if taken is not None and (not _is_name(columns[taken], table.rows) or found[taken].given):
            continue
        named = [c for c, guess in found.items() if guess.role in (Role.FULL_NAME, Role.COMPANY_NAME) and _is_name(columns[c], table.rows)]
        numbers = [column for column in table.columns if _is_number(column, found, table.rows)]
        pairs = [(number, name) for name in ([taken] if taken else named) for number in numbers if _one_for_one(database, table, number, columns[name])]
        if taken is not None and not pairs:  # the pupil's first name beside the family's number and whose name it is
            pairs = [(number, name) for name in named for number in numbers if _whose(database, table, number, columns[name], columns[taken])]
        if not pairs:
            continue
        number, _ = max(pairs, key=lambda pair: bool(frozenset[str]().union(*concepts_of(pair[0].name)) & _SOMEBODY))
        if taken is not None:
            found[taken] = replace(found[taken], role=Role.COMPANY_NAME if Facts(columns[taken], table.rows).looks_company else Role.FULL_NAME)
        found[number.column] = Guess(Role.CUSTOMER_ID, _SAID, 0.0, 1.0)


_REPEATING = frozenset({*SALES, TableKind.SUBSCRIPTIONS, TableKind.TICKETS, TableKind.RETURNS, TableKind.LOYALTY_MOVEMENTS})


def _is_name(column: ColumnProfile, rows: int) -> bool:
    facts = Facts(column, rows)
    return facts.is_words and not facts.looks_code and not facts.looks_email and column.distinct >= _FEW_BUYERS


def _is_number(column: ColumnProfile, found: Mapping[str, Guess], rows: int) -> bool:
    facts, guess = Facts(column, rows), found.get(column.column)
    free = guess is None or guess.role in _NUMBERING or (guess.role is Role.SELLER_ID and column.distinct >= _MANY_SELLERS and rows <= _FEW_SALES * column.distinct)
    meant = frozenset[str]().union(*concepts_of(column.name))
    return free and facts.looks_code and not facts.is_flag and column.distinct >= _FEW_BUYERS and facts.share_distinct < 0.95 and not meant & _OF_THINGS


_MANY_SELLERS, _FEW_SALES = 30, 10  # a driver who hires, rather than one who drives
_NUMBERING = frozenset({Role.ROW_ID, Role.MEASURE, Role.ATTRIBUTE, Role.FREE_TEXT, Role.CUSTOMER_LINK, Role.SUBSCRIPTION_ID, Role.CATEGORY, Role.ACCOUNT_ID, Role.PRODUCT_ID})
_OF_THINGS = frozenset("phone order invoice ticket product sku postcode sensitive document payment delivery line campaign promo amount price quantity duration score age".split())


def _one_for_one(database: Database, table: TableProfile, number: ColumnProfile, name: ColumnProfile) -> bool:
    """Whether each number has one name, over numbers that come back, and there are hardly more numbers than names."""
    numbers, names, several, mixed = database.row(
        f"SELECT COUNT(*), COUNT(DISTINCT name), COUNT(*) FILTER (rows > 1), COUNT(*) FILTER (rows > 1 AND told > 1) FROM (SELECT {as_text(number)} AS number,"
        f" ANY_VALUE({as_text(name)}) AS name, COUNT(*) AS rows, COUNT(DISTINCT {as_text(name)}) AS told FROM {quote(table.table)} t"
        f" WHERE {as_text(number)} IS NOT NULL AND {as_text(name)} IS NOT NULL GROUP BY 1)"
    )
    return bool(several >= _FEW_ORDERS and mixed <= _MOST_SLIPS * several and numbers <= _NAMESAKES * names)


_NAMESAKES = 1.25  # numbers for a name


def _whose(database: Database, table: TableProfile, number: ColumnProfile, name: ColumnProfile, taken: ColumnProfile) -> bool:
    """Whether a number is one name's, and the name taken for the customer is told by it."""
    return _one_for_one(database, table, number, name) and _constant_within(database, table, number, taken)


def _names(column: ColumnProfile, found: Mapping[str, Guess], rows: int) -> bool:
    facts, guess = Facts(column, rows), found.get(column.column)
    free = guess is None or guess.role in _NAMELESS
    return free and facts.looks_code and not facts.is_flag and column.distinct >= _FEW_BUYERS


_FEW_BUYERS = 10
_NAMELESS = frozenset({Role.ORDER_ID, Role.ROW_ID, Role.MEASURE, Role.ATTRIBUTE, Role.FREE_TEXT, Role.PRODUCT_ID})


def _constant_within(database: Database, table: TableProfile, order: ColumnProfile, column: ColumnProfile) -> bool:
    """Whether a column has one value in each order of several lines, and orders have several lines."""
    several, changing = _within(database, table, order, column)
    return several >= _FEW_ORDERS and changing <= _MOST_SLIPS * several


_MOST_SLIPS = 0.02


def _doubtful(column: ColumnProfile, found: Mapping[str, Guess], rows: int) -> bool:
    guess = found.get(column.column)
    if guess is not None and guess.role not in _COULD_BE_TAKEN:
        return False
    meant = frozenset[str]().union(*concepts_of(column.name))
    return not meant & _SOMEBODY and not is_anonymous(column.name) and not Facts(column, rows).looks_email


_SOMEBODY = frozenset({"customer", "member", "card", "loyalty", "account", "household", "name", "contact", "email", "person", "company"})
_COULD_BE_TAKEN = frozenset({Role.CUSTOMER_ID, Role.ROW_ID, Role.FREE_TEXT, Role.ATTRIBUTE})


def _changes_within(database: Database, table: TableProfile, order: ColumnProfile, column: ColumnProfile) -> bool:
    several, changing = _within(database, table, order, column)
    return several >= _FEW_ORDERS and changing > _MOST_CHANGING * several


def _within(database: Database, table: TableProfile, order: ColumnProfile, column: ColumnProfile) -> tuple[int, int]:
    """How many orders have several lines, and in how many of them the column has several values."""
    several, changing = database.row(
        f"SELECT COUNT(*), COUNT(*) FILTER (WHERE v > 1) FROM (SELECT COUNT(DISTINCT {as_text(column)}) AS v"
        f" FROM {quote(table.table)} t WHERE {as_text(order)} IS NOT NULL GROUP BY {as_text(order)} HAVING COUNT(*) > 1)"
    )
    return int(several), int(changing)
