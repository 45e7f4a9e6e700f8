"""Who the customer is, when several columns or several tables could say it.

The person gets the role CUSTOMER_ID. An identifier that only leads to the person (one per order, in a table that maps it
to the person) gets CUSTOMER_LINK in that table, which is then of kind CUSTOMER_LINKS; tables that hold it (orders) keep
CUSTOMER_ID on it, and a `Key` leads from them to the links, so that rows are translated: orders -> links -> person.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from analytics.datamodel.fits import fit
from analytics.datamodel.guessing import Guess
from analytics.datamodel.headers import CUSTOMER_WORDS, concepts_of, header_scores, plain, says, words_of
from analytics.datamodel.keys import UNNAMED, Joins, Side
from analytics.datamodel.model import ColumnProfile, Key, TableProfile
from analytics.datamodel.paid import FAMILY, is_of_the_house
from analytics.datamodel.roles import SALES, Role, TableKind
from analytics.datamodel.values import Facts

Roles = dict[str, dict[str, Guess]]
_IDENTITY = (Role.CUSTOMER_ID, Role.ACCOUNT_ID)
_REACHED_OTHERWISE = (Role.CUSTOMER_ID, Role.ACCOUNT_ID, Role.SUBSCRIPTION_ID, Role.PROSPECT_ID)
_WITHOUT_CUSTOMERS = frozenset({
    TableKind.PRODUCTS, TableKind.STORES, TableKind.SELLERS, TableKind.COMPANY_EVENTS, TableKind.MARKETING_SPEND,
    TableKind.PROSPECTS, TableKind.USERS, TableKind.OTHER,
})  # fmt: skip
_SALES = (TableKind.TRANSACTIONS, TableKind.INVOICES)
_EVENTS = (
    TableKind.TRANSACTIONS, TableKind.INVOICES, TableKind.SURVEYS, TableKind.TICKETS, TableKind.CONTACTS, TableKind.USAGE,
    TableKind.CAMPAIGNS, TableKind.LOYALTY_MOVEMENTS, TableKind.RETURNS,
)  # fmt: skip
LEADING = frozenset({
    Role.CUSTOMER_ID, Role.ACCOUNT_ID, Role.EMAIL, Role.CUSTOMER_LINK, Role.PROSPECT_ID, Role.SUBSCRIPTION_ID, Role.HOUSEHOLD_ID,
})  # fmt: skip
_BY_VALUES = (*_IDENTITY, Role.ORDER_ID, Role.SUBSCRIPTION_ID)


def column_of(roles: Mapping[str, Guess], role: Role) -> str | None:
    """The surest column of a table with that role, or None."""
    found = [(guess.score, column) for column, guess in roles.items() if guess.role is role]
    return max(found, default=(0.0, None), key=lambda pair: pair[0])[1]


def profile_with(table: TableProfile, roles: Mapping[str, Guess], *wanted: Role) -> ColumnProfile | None:
    """The profile of a table's surest column with the first of these roles that it has, or None."""
    names = (column_of(roles, role) for role in wanted)
    name = next((name for name in names if name is not None), None)
    return next((column for column in table.columns if column.column == name), None)


def settle_person(table: TableProfile, roles: dict[str, Guess], kind: TableKind) -> TableKind:
    """Choose between two customer identifiers of one table; returns the kind, which may become CUSTOMER_LINKS.

    The identifier that repeats is the person's, the one that never does is a reference to it (Olist: `customer_id` is
    one per order, `customer_unique_id` is the person). Two that never repeat are two names of the same thing.
    """
    first = column_of(roles, Role.CUSTOMER_ID)
    if first is None:
        return kind
    facts = {column.column: Facts(column, table.rows) for column in table.columns}
    others = [c for c in table.columns if c.column != first and _is_customer_id(c, facts[c.column], kind)]
    if any(_named_customer(c) for c in table.columns if c.column == first):
        others = [c for c in others if _named_customer(c)]  # a "user_id" beside the "customer_id" is somebody else
    if not others:
        return kind
    second = max(others, key=lambda c: (says(c.name, "unique"), facts[c.column].share_distinct < 0.995)).column
    person, reference = _person_first(facts[first], facts[second])
    if facts[person].profile.distinct == facts[reference].profile.distinct and not says(
        facts[person].profile.name, "unique"
    ):
        roles[second] = replace(roles[first], role=Role.ROW_ID)
        return kind
    roles[person] = Guess(Role.CUSTOMER_ID, 0.9, 0.9, 1.0)
    if kind is TableKind.CUSTOMERS:
        roles[reference] = Guess(Role.CUSTOMER_LINK, 0.85, 0.9, 1.0)
        return TableKind.CUSTOMER_LINKS
    roles[reference] = Guess(Role.ROW_ID, 0.8, 0.5, 1.0)
    return kind


def _named_customer(column: ColumnProfile) -> bool:
    return bool(set(words_of(column.name)) & CUSTOMER_WORDS)


def _is_customer_id(column: ColumnProfile, facts: Facts, kind: TableKind) -> bool:
    match = header_scores(column.name, kind).get(Role.CUSTOMER_ID)
    return match is not None and match.score >= 0.85 and fit(Role.CUSTOMER_ID, facts) >= 0.5 and facts.looks_code and not facts.looks_email and not facts.counts_many and not facts.hardly_anybody


def _person_first(first: Facts, second: Facts) -> tuple[str, str]:
    """Column of the person and column of the reference, of two customer identifiers."""
    swap = says(second.profile.name, "unique") or second.profile.distinct < first.profile.distinct
    pair = (second.profile.column, first.profile.column) if swap else (first.profile.column, second.profile.column)
    return pair


def settle_users(joins: Joins, sides: Sequence[Side], roles: Roles, kinds: dict[str, TableKind]) -> None:
    """People inside accounts (their own id, and an account's that repeats) are users: the account is the customer."""
    accounts = [side for side in sides if side.kind is TableKind.CUSTOMERS and side.role in _IDENTITY]
    for side in sides:
        if side.kind not in (TableKind.CUSTOMERS, TableKind.USERS) or side.role is not Role.ACCOUNT_ID:
            continue
        if side.facts.share_distinct >= 0.95 and side.kind is TableKind.CUSTOMERS:
            continue
        own = column_of(roles[side.table.table], Role.CUSTOMER_ID)
        holders = [
            other for other in accounts
            if other.table.table != side.table.table and other.facts.share_distinct >= 0.95
        ]  # fmt: skip
        if own is not None and any(joins.coverage(side, holder) >= 0.5 for holder in holders):
            kinds[side.table.table] = TableKind.USERS
            roles[side.table.table][own] = replace(roles[side.table.table][own], role=Role.ROW_ID)


def settle_emails(roles: Roles, kinds: Mapping[str, TableKind], keys: Sequence[Key]) -> None:
    """Where no identifier leads to the customer, the e-mail address does."""
    joined = {key.left_table for key in keys if key.role in (Role.EMAIL, Role.ORDER_ID, *_REACHED_OTHERWISE)}
    for table, found in roles.items():
        if kinds[table] in _WITHOUT_CUSTOMERS or table in joined:
            continue
        email = column_of(found, Role.EMAIL)
        if email is not None and not any(column_of(found, role) for role in _REACHED_OTHERWISE):
            found[email] = Guess(Role.CUSTOMER_ID, 0.75, 0.5, 1.0)


def settle_accounts(roles: Roles, kinds: Mapping[str, TableKind]) -> None:
    """Where nobody but accounts (or households) is told apart, the account is the customer."""
    for role in (Role.ACCOUNT_ID, Role.HOUSEHOLD_ID):
        if any(guess.role in _PEOPLE for found in roles.values() for guess in found.values()):
            return
        for table, found in roles.items():
            account = column_of(found, role)
            if account is not None and kinds[table] is not TableKind.OPPORTUNITIES:
                found[account] = replace(found[account], role=Role.CUSTOMER_ID)


_PEOPLE = frozenset({Role.CUSTOMER_ID, Role.CUSTOMER_LINK})


def settle_numbered(tables: Sequence[TableProfile], roles: Roles, kinds: Mapping[str, TableKind], keys: Sequence[Key]) -> None:
    """In a list of customers taken to be told apart by their names or addresses, the number of each is a surer identifier.

    That is an account's, or the code each row begins with; names come twice, and a family shares an address. Where another file
    finds its customers by the name or the address, they stay.
    """
    used = {(key.right_table, key.right_column) for key in keys} | {(key.left_table, key.left_column) for key in keys}
    for table in tables:
        found = roles[table.table]
        person = column_of(found, Role.CUSTOMER_ID)
        if kinds[table.table] not in _LISTS or person is None or found[person].given or (table.table, person) in used:
            continue
        named = next(column for column in table.columns if column.column == person)
        facts = Facts(named, table.rows)
        counted = _is_serial(named, table.rows)  # the place on the list, and whoever leaves it moves the others
        if not (counted or facts.looks_email or (facts.looks_named or facts.looks_company) and not facts.looks_code):
            continue
        number = next((c for place, c in enumerate(table.columns) if c is not named and _numbers_each(c, found, table.rows, first=place == counted)), None)
        if number is not None:
            role = Role.EMAIL if facts.looks_email else Role.COMPANY_NAME if facts.looks_company else Role.FULL_NAME
            if counted:
                del found[person]
            else:
                found[person] = replace(found[person], role=role)
            found[number.column] = Guess(Role.CUSTOMER_ID, 0.6, 0.5, 1.0)


def _is_serial(column: ColumnProfile, rows: int) -> bool:
    """« S.No », "Sl No", "#": 1, 2, 3 ... to the last row."""
    return bool(_SERIAL.fullmatch(plain(column.name).strip())) and (column.low, column.high) == (1, rows)


def settle_names(tables: Sequence[TableProfile], roles: Roles, kinds: Mapping[str, TableKind]) -> None:
    """People or companies under a bare "Name", in a list of sales, are whom one sold to, not what."""
    for table in tables:
        found = roles[table.table]
        for column in table.columns if kinds[table.table] in (*_SALES, *_LISTS) else ():
            guess, facts, words = found.get(column.column), Facts(column, table.rows), set(words_of(column.name))
            if guess is not None and guess.role is Role.ROW_ID and not guess.given and _is_serial(column, table.rows):
                del found[column.column]  # counts the lines of the list
                continue
            if guess is None or guess.given or guess.role not in (Role.PRODUCT, Role.LAST_NAME) or not words or not words <= _BARE_NAMES:
                continue
            if facts.looks_company:
                found[column.column] = replace(guess, role=Role.COMPANY_NAME)
            elif facts.looks_named and guess.role is Role.PRODUCT:
                found[column.column] = replace(guess, role=Role.FULL_NAME)


_BARE_NAMES = frozenset("name nom names noms acc account client customer compte".split())
_SERIAL = re.compile(r"(s|sl|sr|serial)[. /]*(no?|num(ber)?|#)\.?|s/n|#|n[o°]?\.? ?(d.)?ordre|n[°o]\.?|no\.")


_LISTS = (TableKind.CUSTOMERS, TableKind.SUBSCRIPTIONS, TableKind.CAMPAIGNS)
_NUMBERS = frozenset({Role.ROW_ID, Role.STORE_ID, Role.PROSPECT_ID, Role.FREE_TEXT})


def _numbers_each(column: ColumnProfile, found: Mapping[str, Guess], rows: int, *, first: bool) -> bool:
    guess, facts = found.get(column.column), Facts(column, rows)
    if guess is None or guess.given or column.filled < rows or facts.share_distinct < _EACH_ONCE or not facts.looks_code:
        return False
    return guess.role is Role.ACCOUNT_ID or (first and guess.role in _NUMBERS)


def settle_hires(table: TableProfile, roles: dict[str, Guess]) -> None:
    """A number of contract that never comes back is the number of an order, in a table of purchases where whoever bought is named and does."""
    number = column_of(roles, Role.SUBSCRIPTION_ID) or column_of(roles, Role.CUSTOMER_ID)
    facts = {column.column: Facts(column, table.rows) for column in table.columns}
    people = [column_of(roles, role) for role in (Role.FULL_NAME, Role.COMPANY_NAME, Role.EMAIL)]
    back = any(person is not None and facts[person].share_distinct < _COME_BACK for person in people)
    if number is None or not back or _named_customer(facts[number].profile) or column_of(roles, Role.ORDER_ID) is not None:
        return
    if facts[number].share_distinct >= _EACH_ONCE:
        roles[number] = replace(roles[number], role=Role.ORDER_ID)


_COME_BACK, _EACH_ONCE = 0.9, 0.995  # different values among the rows


def settle_dispensed(tables: Sequence[TableProfile], roles: Roles, kinds: Mapping[str, TableKind]) -> None:
    """A number that never comes back is nobody's who sells: that of the sale (« DispenseNo »), or of the owner among customers, where no other is."""
    for table in tables:
        found = roles[table.table]
        column = next((column for column in table.columns if _is_nobodys(column, found, kinds[table.table])), None)
        if column is None or column.filled < _LEAST_SOLD or Facts(column, table.rows).share_distinct < _EACH_ONCE:
            continue
        known, role = {guess.role for guess in found.values()}, Role.ROW_ID
        if kinds[table.table] in SALES and Role.ORDER_ID not in known:
            role = Role.ORDER_ID
        elif kinds[table.table] is TableKind.CUSTOMERS and not known & LEADING:
            role = Role.CUSTOMER_ID
        found[column.column] = replace(found[column.column], role=role)


def _is_nobodys(column: ColumnProfile, found: Mapping[str, Guess], kind: TableKind) -> bool:
    """Whether a number, were it never to come back, could not be what it is called: a seller's; in a list of sales, a shop's, or a product's that no word names."""
    guess = found.get(column.column)
    if guess is None or guess.given:
        return False
    if kind not in SALES or guess.role is Role.SELLER_ID:
        return guess.role is Role.SELLER_ID and kind is not TableKind.SELLERS
    meant = frozenset[str]().union(*concepts_of(column.name))
    return guess.role is Role.STORE_ID or (guess.role is Role.PRODUCT_ID and "id" in meant and not meant & {"product", "sku", "thing"})


_LEAST_SOLD = 30


def settle_contracts(roles: Roles, kinds: Mapping[str, TableKind]) -> None:
    """Where nothing at all tells customers apart but contracts are numbered, their holder's address does, else a contract stands for its holder."""
    if any(column_of(found, role) for found in roles.values() for role in (*_IDENTITY, Role.CUSTOMER_LINK)):
        return
    for table, found in roles.items():
        contract = column_of(found, Role.SUBSCRIPTION_ID)
        if contract is not None and kinds[table] not in _WITHOUT_CUSTOMERS:
            found[column_of(found, Role.EMAIL) or contract] = Guess(Role.CUSTOMER_ID, 0.6, 0.5, 1.0)


def settle_nameless(
    tables: Sequence[TableProfile], roles: Roles, kinds: Mapping[str, TableKind], keys: Sequence[Key], changing: Mapping[str, Collection[str]]
) -> None:  # fmt: skip
    """Where nothing leads to the customer, the one column of references left without a meaning may; it is asked about.

    It repeats in a list of events, and does not in a list of customers.

    Args:
        tables, roles, kinds, keys: what is known so far.
        changing: columns that change from line to line of one sale, by table: the customer does not.
    """
    joined = {key.left_table for key in keys}
    for table in tables:
        found, kind = roles[table.table], kinds[table.table]
        known = {guess.role for guess in found.values()}
        if kind not in (*_EVENTS, TableKind.CUSTOMERS, TableKind.SUBSCRIPTIONS) or table.table in joined or known & LEADING:
            continue
        one_each = None if kind is TableKind.SUBSCRIPTIONS else kind is TableKind.CUSTOMERS
        columns = [c for c in table.columns if c.column not in changing.get(table.table, ())]
        left = [c for c in columns if _unnamed_reference(c, found, table.rows, one_each)]
        left = left or [
            c for place, c in enumerate(columns)
            if (place == 0 or says(c.name, "id")) and _other_reference(c, found, table.rows, one_each)
        ]  # fmt: skip
        if not left and kind in SALES:  # pubs, establishments that are sold to: many, and each but a few times
            left = [c for c in columns if c.column in found and found[c.column].role in (Role.STORE, Role.STORE_ID)
                    and c.distinct >= _MANY_SHOPS and table.rows <= _FEW_SALES * c.distinct]  # fmt: skip
        if not left and kind in SALES:  # a house that numbers nobody, and names who bought
            left = [c for c in columns if _names_buyer(c, found, table.rows)][:1] or [c for c in columns if _numbers_families(c, found, table.rows)]
        if not left and kind in (*_SALES, TableKind.CUSTOMERS):  # known at the counter by their telephone alone
            left = [c for c in columns if _is_telephone(c, found, table.rows, one_each=bool(one_each))][:1]
        left.sort(key=lambda column: not says(column.name, "customer"))  # a name, rather than a code of nobody knows what
        if left:
            found[left[0].column] = Guess(Role.CUSTOMER_ID, 0.5, 0.0, 1.0)


_MANY_SHOPS, _FEW_SALES = 20, 15  # of a house of one's own, there are fewer, or they sell more than so many times each


def _names_buyer(column: ColumnProfile, found: Mapping[str, Guess], rows: int) -> bool:
    """Whether a column holds the names of those who bought, who come back; two of them may bear one name: it is asked about."""
    guess, facts = found.get(column.column), Facts(column, rows)
    named = guess is not None and guess.role in (Role.COMPANY_NAME, Role.FULL_NAME)
    return named and _names_somebody(facts) and not is_of_the_house(column) and column.distinct >= _MANY_SHOPS and facts.share_distinct < _COME_BACK


def _is_telephone(column: ColumnProfile, found: Mapping[str, Guess], rows: int, *, one_each: bool) -> bool:
    """Whether a column holds the telephones of those who bought, who come back, or of each of a list of people."""
    guess, facts = found.get(column.column), Facts(column, rows)
    if guess is None or guess.role is not Role.PHONE or column.filled < _NEARLY_ALL_REACHED * rows or column.distinct < _MANY_SHOPS or is_of_the_house(column):
        return False
    return facts.share_distinct >= _NEARLY_ALL_REACHED if one_each else facts.share_distinct < _COME_BACK


_NEARLY_ALL_REACHED = 0.95


def _numbers_families(column: ColumnProfile, found: Mapping[str, Guess], rows: int) -> bool:
    """Whether a family is a household that buys: a code, of many; families of goods are fewer, and words."""
    guess, facts = found.get(column.column), Facts(column, rows)
    told = guess is not None and guess.role is Role.CATEGORY and set(words_of(column.name)) & FAMILY
    if {other.role for other in found.values()} & _OF_GOODS:
        return False
    return bool(told) and facts.is_words and facts.looks_code and column.distinct >= _MANY_SHOPS and rows <= _FEW_SALES * column.distinct


_OF_GOODS = frozenset({Role.QUANTITY, Role.UNIT_PRICE, Role.PRODUCT_ID, Role.PRODUCT, Role.DISCOUNT, Role.COST, Role.MARGIN})


def _unnamed_reference(column: ColumnProfile, found: Mapping[str, Guess], rows: int, one_row_each: bool | None) -> bool:
    guess, facts = found.get(column.column), Facts(column, rows)
    if guess is not None and guess.role not in (Role.ROW_ID, Role.FREE_TEXT, Role.ATTRIBUTE, Role.FULL_NAME, Role.COMPANY_NAME):
        return False
    meant = frozenset[str]().union(*concepts_of(column.name)) - {"id", "count", "customer"}
    if meant <= _NAMING and _names_somebody(facts) and says(column.name, "customer"):
        return (one_row_each is None or one_row_each is (facts.share_distinct >= 0.9)) and column.distinct >= 10
    if meant or not facts.is_words or not facts.looks_code or facts.looks_email or column.distinct < 10:
        return False
    return facts.share_distinct >= 0.9 if one_row_each else 0.01 < facts.share_distinct < 0.9


def _other_reference(column: ColumnProfile, found: Mapping[str, Guess], rows: int, one_row_each: bool | None) -> bool:
    """Codes under a header of unknown words, which names no other thing (a product, a shop, a line)."""
    guess, facts = found.get(column.column), Facts(column, rows)
    if guess is not None and guess.role not in _LITTLE_SAID or column.distinct < 10 or not facts.looks_code or facts.looks_email:
        return False
    if frozenset[str]().union(*concepts_of(column.name)) & _OTHER_THINGS:
        return False
    if one_row_each:
        return facts.share_distinct >= 0.95 and (facts.is_words or guess is None or guess.role is Role.ROW_ID)
    return facts.is_words and 0.01 < facts.share_distinct < 0.95


_NAMING = frozenset({"name", "full", "invoice", "partner", "company"})


def _names_somebody(facts: Facts) -> bool:
    return facts.is_words and not facts.looks_code and (facts.looks_named or facts.looks_company)


_LITTLE_SAID = frozenset({Role.ROW_ID, Role.FREE_TEXT, Role.ATTRIBUTE})
_OTHER_THINGS = frozenset({
    "product", "sku", "store", "seller", "order", "invoice", "ticket", "line", "row", "phone", "postcode", "sensitive", "email", "document",
    "campaign", "event", "thing", "return", "payment", "delivery", "address", "promo", "region", "city", "category", "opportunity",
})  # fmt: skip


def settle_keys(roles: Roles, keys: Sequence[Key]) -> None:
    """A column whose values stand in another table's identifier names the same thing, whatever its header."""
    for key in keys:
        found = roles[key.left_table]
        guess = found.get(key.left_column)
        same = _IDENTITY if key.role in _IDENTITY else (key.role,)
        if key.role in _BY_VALUES and (guess is None or guess.role in UNNAMED):
            if not any(column_of(found, role) for role in same):
                found[key.left_column] = Guess(key.role, 0.4 + 0.5 * key.coverage, 0.0, 1.0)
