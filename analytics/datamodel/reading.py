"""The roles of one table's columns: one role a column, one column a role where it must be."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from analytics.datamodel.assigning import SEVERAL, assign, assign_likely, fill_needed
from analytics.datamodel.guessing import Guess, guesses
from analytics.datamodel.headers import CUSTOMER_WORDS, concepts_of, is_anonymous, plain, says, words_of
from analytics.datamodel.labels import SUBSCRIBER, SURE, read_label
from analytics.datamodel.learned.weighing import PLAIN, weigh
from analytics.datamodel.model import ColumnProfile, TableProfile
from analytics.datamodel.nameless import roles_from_values
from analytics.datamodel.paid import may_be_paid, paid_column
from analytics.datamodel.roles import DESCRIBING, SALES, Role, TableKind
from analytics.datamodel.values import Facts, generic_role

GENERIC_ROLES = DESCRIBING | {Role.ROW_ID}


def read_columns(
    table: TableProfile, kind: TableKind | None, fixed: Mapping[str, Role | None] | None = None, sure: float | None = None,
    facts: Mapping[str, Facts] | None = None,
) -> dict[str, Guess]:  # fmt: skip
    """The role of each column of a table, by internal column name; columns without any role are absent.

    Args:
        table: the loaded table.
        kind: what the table is; None while that is not known.
        fixed: roles the manager gave, by internal column name; None for "no role".
        sure: how sure the kind is (0..1): what was learnt of labelled columns then weighs the rules' guesses; None while
            the kind is sought, by the rules alone.
        facts: `facts_of(table)`, given by who reads a table as one kind after another: cells are then looked at once.
    """
    fixed, plainly = fixed or {}, dict[str, float]()
    facts = facts_of(table) if facts is None else dict(facts)
    anonymous = sum(is_anonymous(column.name) for column in table.columns)
    if anonymous * 2 > len(table.columns):
        chosen = roles_from_values(list(facts.values()), kind)
        roles = {column: Guess(role, score, 0.0, score) for column, (role, score) in chosen.items()}
    else:
        free = {column: guesses(fact, kind) for column, fact in facts.items() if column not in fixed}
        names = {column: fact.profile.name for column, fact in facts.items()}
        given = frozenset(role for role in fixed.values() if role is not None)
        if kind is None or sure is None:
            roles = assign(free, names, given)
        else:
            chances = weigh(facts, free, kind, sure)
            _correct(facts, chances, kind, free)
            roles, plainly = assign_likely(chances, free, names, given)
            fill_needed(facts, roles, chances, free, kind, given)
            _settle_link(roles, kind)
        roles = _settle(table, facts, roles, kind)
    single = frozenset(role for role in fixed.values() if role is not None) - SEVERAL  # what is given is nobody else's
    roles = {column: guess for column, guess in roles.items() if column not in fixed and guess.role not in single}
    roles.update({column: Guess(role, 1.0, 1.0, 1.0) for column, role in fixed.items() if role is not None})
    for column, fact in facts.items():
        if column in fixed:
            continue
        generic = generic_role(fact)
        if column in roles or generic is None:
            continue
        if generic is Role.ROW_ID:  # a table has one number of its own: other codes only describe
            own = {Role.ROW_ID, _OWN_NUMBER.get(kind) if kind else None} & {guess.role for guess in roles.values()}
            if not says(fact.profile.name, "id") and (own or column != table.columns[0].column):
                generic = Role.MEASURE if fact.is_number else Role.FREE_TEXT
        told = plainly.get(column)
        roles[column] = Guess(generic, 0.5, 0.0, 0.6) if told is None else Guess(generic, max(told, 0.5), 0.0, 0.6, learned=True)
    return roles


def _correct(
    facts: Mapping[str, Facts], chances: Mapping[str, dict[str, float]], kind: TableKind, rules: Mapping[str, Sequence[Guess]]
) -> None:  # fmt: skip
    """What cells rule out, and what a header says whole, correct what was learnt."""
    for column, likely in chances.items():
        for role in _impossible(facts[column]):
            likely.pop(role.value, None)
        _between_two(likely, {guess.role.value: guess.header for guess in rules.get(column, ())})
        if facts[column].looks_postcode:
            likely.clear()
            likely[Role.POSTCODE.value] = _AS_WRITTEN
    _hear_customer(facts, chances, kind)
    if any(fact.is_date and not fact.coarse_date for fact in facts.values()):  # the day, rather than its week beside it
        for likely in (likely for column, likely in chances.items() if facts[column].coarse_date):
            for role in (Role.PURCHASE_DATE, Role.EVENT_DATE):
                likely.pop(role.value, None)


def _between_two(likely: dict[str, float], said: Mapping[str, float]) -> None:
    """Of two roles that are about as likely, the one that the header says (« lib_rayon »: a category, and half a product).

    Visits, categories and amounts are so even where describing is a little likelier: questions call them by what they are.
    """
    first, second = (sorted(likely, key=lambda name: -likely[name]) + [PLAIN, PLAIN])[:2]
    if second == PLAIN:
        return
    ahead = likely[first] - likely[second]
    plainly = first == PLAIN and second in _RATHER and ahead <= _NEARLY and said.get(second, 0.0) >= _PARTLY
    if plainly or (first != PLAIN and ahead <= _TIE and said.get(second, 0.0) >= _WHOLE > _PARTLY >= said.get(first, 0.0)):
        likely[first], likely[second] = likely[second], likely[first]


_RATHER = frozenset({Role.USAGE_COUNT.value, Role.CATEGORY.value, Role.AMOUNT.value})
_NEARLY = 0.2
_TIE, _WHOLE, _PARTLY = 0.1, 0.95, 0.6


def _hear_customer(facts: Mapping[str, Facts], chances: Mapping[str, dict[str, float]], kind: TableKind) -> None:
    """In a list of events, the one column called « Client » (« Account » among opportunities) is the customer's, be they few."""
    role, called = (Role.ACCOUNT_ID, _ACCOUNT) if kind is TableKind.OPPORTUNITIES else (Role.CUSTOMER_ID, CUSTOMER_WORDS)
    if kind not in _OF_CUSTOMERS:
        return
    named = [column for column in chances if called & set(words_of(facts[column].profile.name))]
    whole = [column for column in named if set(words_of(facts[column].profile.name)) <= called and _names_some(facts[column])]
    if len(named) == len(whole) == 1 and not any(likely.get(role, 0.0) >= _SURELY and column in named for column, likely in chances.items()):
        rest = chances[whole[0]]
        for name in rest:
            rest[name] *= 1 - _HEARD
        rest[role.value] = rest.get(role.value, 0.0) + _HEARD


def _names_some(facts: Facts) -> bool:
    told = facts.is_words or (facts.is_number and facts.profile.integer)
    return told and not facts.is_flag and not facts.hardly_anybody and facts.profile.distinct >= _FEW_NAMES


_ACCOUNT = frozenset("account compte".split())
_OF_CUSTOMERS = frozenset({*SALES, TableKind.RETURNS, TableKind.TICKETS, TableKind.SURVEYS, TableKind.CONTACTS, TableKind.OPPORTUNITIES})
_HEARD, _SURELY, _FEW_NAMES = 0.8, 0.9, 8


_AS_WRITTEN = 0.95
_FARTHEST, _IN_METRES = 20_040, re.compile(r"(?<![a-z])(m|met(re|er)s?)(?![a-z])")  # kilometres to the other side of the Earth


def _impossible(facts: Facts) -> frozenset[Role]:
    """Roles that the cells rule out, however the header sounds."""
    found: frozenset[Role] = frozenset()
    if facts.hardly_anybody:
        found |= {Role.CUSTOMER_ID}
    low, high = facts.profile.low, facts.profile.high
    if high is not None and high > _FARTHEST and says(facts.profile.name, "distance") and not _IN_METRES.search(_spaced(facts.profile.name)):
        found |= {Role.DISTANCE}  # read on a meter
    if facts.is_number and facts.profile.integer and low is not None and high is not None and _FIRST_YEAR <= low and high <= _LAST_YEAR:
        found |= _LENGTHS  # « Abonné depuis : 2015 » is a year, not two thousand months
    coded = any(says(facts.profile.name, word) for word in ("method", "id"))
    if facts.is_number and high is not None and (high > _MOST_CODES or not facts.profile.integer) and not coded:
        found |= {Role.PAYMENT_METHOD}  # « Règlement : 50, 55, 65 » is what was paid
    counts = facts.is_number and facts.profile.integer and high is not None and high < _TEN and facts.profile.filled >= _TEN
    if counts and not any(says(facts.profile.name, word) for word in ("amount", "price")):
        found |= {Role.AMOUNT}  # « total_of_special_requests : 0, 1, 2 »
    if facts.is_number and _TIME_TAKEN.search(_spaced(facts.profile.name)) and not any(says(facts.profile.name, word) for word in _MONEY_WORDS):
        found |= _MONEY_ROLES  # « Délai de livraison (j) » is no cost of delivery
    return found


_TIME_TAKEN = re.compile(r"(?<![a-z])(delais?|(lead|transit|delivery|shipping|handling|processing|response) ?times?|days?|jours?|hours?|heures?|durees?|durations?)(?![a-z])|[(\[](j|d|h|hrs?|jrs?)[)\]]")
_MONEY_WORDS = ("amount", "price", "fee", "cost", "total", "ttc", "ht", "payment")
_MONEY_ROLES = frozenset({
    Role.SHIPPING, Role.AMOUNT, Role.COST, Role.UNIT_PRICE, Role.DISCOUNT, Role.VAT, Role.TOTAL_SPENT, Role.RECURRING_AMOUNT, Role.MARGIN,
})  # fmt: skip


def _spaced(header: str) -> str:
    return re.sub(r"[_\-]", " ", plain(header))


_TEN, _MOST_CODES = 10, 20
_FIRST_YEAR, _LAST_YEAR = 1930, 2100
_LENGTHS = frozenset({Role.TENURE, Role.RECENCY, Role.AGE_OBSERVED, Role.LAST_PURCHASE_AGE, Role.AGE})


def _settle_link(roles: dict[str, Guess], kind: TableKind) -> None:
    """Alone in its table, what leads to the customer names the customer; a table of links that translates it says otherwise later."""
    if kind is TableKind.CUSTOMER_LINKS or any(guess.role in (Role.CUSTOMER_ID, Role.ACCOUNT_ID) for guess in roles.values()):
        return
    link = next((column for column, guess in roles.items() if guess.role is Role.CUSTOMER_LINK), None)
    if link is not None:
        roles[link] = replace(roles[link], role=Role.CUSTOMER_ID)


def guesses_of(table: TableProfile, kind: TableKind) -> tuple[dict[str, Facts], dict[str, list[Guess]]]:
    """The columns of a table, and what the rules make of each in such a table, best first."""
    facts = facts_of(table)
    return facts, {column: guesses(fact, kind) for column, fact in facts.items()}


def facts_of(table: TableProfile) -> dict[str, Facts]:
    """The columns of a table, by internal name, as the questions of roles are asked of them."""
    shared = _shared_words(table)
    return {column.column: Facts(_without(column, shared), table.rows) for column in table.columns}


def _shared_words(table: TableProfile) -> frozenset[str]:
    """Words nobody knows that stand before most headers (`property_name`, `property_city`): the software's, not the column's."""
    if len(table.columns) < _FEW_COLUMNS:
        return frozenset()
    firsts = Counter(word for column in table.columns for word in words_of(column.name)[:1])
    least = len(table.columns)
    return frozenset(
        word for word, count in firsts.items()
        if count >= max(3, (0.3 if len(word) <= _SHORT else 0.5) * least) and not any(concepts_of(word))
    )  # fmt: skip


def _without(column: ColumnProfile, words: frozenset[str]) -> ColumnProfile:
    first = re.match(r"[^\W_]+", column.name)
    if not first or plain(first[0]) not in words:
        return column
    return replace(column, name=column.name[first.end():].strip(" _-.:/") or column.name)


_FEW_COLUMNS, _SHORT = 4, 4


def _settle(
    table: TableProfile, facts: dict[str, Facts], roles: dict[str, Guess], kind: TableKind | None
) -> dict[str, Guess]:
    """Rules that look at several columns at once."""
    by_role = {guess.role: column for column, guess in roles.items()}
    _settle_price(facts, roles, by_role, kind)
    _settle_summary(table, facts, roles, by_role)
    _settle_names(table, facts, roles)
    if kind in SALES:
        _settle_bare_id(facts, roles)
        _settle_creation(facts, roles)
        _settle_own_number(facts, roles, Role.ORDER_ID)
        _settle_amount(table, facts, roles)
    if kind is TableKind.SUBSCRIPTIONS and any(guess.role is Role.CUSTOMER_ID for guess in roles.values()):
        _settle_own_number(facts, roles, Role.SUBSCRIPTION_ID)
    if kind is TableKind.CUSTOMERS:
        _settle_totals(roles)
        _settle_visit(facts, roles)
    if kind in (TableKind.CUSTOMERS, TableKind.SUBSCRIPTIONS):
        _settle_state(facts, roles)
    _settle_date(table, facts, roles, kind)
    return roles


def _settle_names(table: TableProfile, facts: dict[str, Facts], roles: dict[str, Guess]) -> None:
    """« Nom » beside « Prénom » is the family name; a lone name of several words is a full name."""
    for column, guess in list(roles.items()):
        if guess.role in (Role.FULL_NAME, Role.LAST_NAME) and facts[column].looks_company:
            if not any(other.role is Role.COMPANY_NAME for other in roles.values()):
                roles[column] = replace(guess, role=Role.COMPANY_NAME)
    found = {guess.role for guess in roles.values()}
    bare = [c.column for c in table.columns if _is_bare_name(facts[c.column])]
    if Role.FIRST_NAME in found and Role.LAST_NAME not in found and bare:
        roles[bare[0]] = Guess(Role.LAST_NAME, 0.88, 0.9, 1.0)
    for column, guess in list(roles.items()):
        if guess.role is Role.FULL_NAME and Role.LAST_NAME not in found and says(facts[column].profile.name, "name"):
            if facts[column].share(_has_space) < 0.1 and not says(facts[column].profile.name, "full"):
                roles[column] = replace(guess, role=Role.LAST_NAME)
    found = {guess.role for guess in roles.values()}
    if Role.FIRST_NAME not in found and Role.FULL_NAME not in found:
        for column, guess in list(roles.items()):
            if guess.role is Role.LAST_NAME and column in bare and facts[column].share(_has_space) >= 0.8:
                roles[column] = replace(guess, role=Role.FULL_NAME)


def _is_bare_name(facts: Facts) -> bool:
    concepts = [concept for concept in concepts_of(facts.profile.name) if concept]
    naming = bool(concepts) and all(concept & {"name", "customer", "lastname"} for concept in concepts)
    return naming and any("name" in concept for concept in concepts) and facts.is_words and not facts.looks_code


def _has_space(value: str) -> bool:
    return " " in value.strip()


def _settle_bare_id(facts: dict[str, Facts], roles: dict[str, Guess]) -> None:
    """A column called « id » in a list of sales is the customer's only when it repeats and nothing else names the customer."""
    found = {guess.role for guess in roles.values()}
    for column, guess in list(roles.items()):
        concepts = frozenset[str]().union(*concepts_of(facts[column].profile.name))
        if guess.role is not Role.CUSTOMER_ID or concepts & {"customer", "member", "card", "account", "loyalty"}:
            continue
        if "id" in concepts and Role.ORDER_ID not in found and (facts[column].unique or Role.EMAIL in found):
            roles[column] = replace(guess, role=Role.ORDER_ID)


def _settle_own_number(facts: dict[str, Facts], roles: dict[str, Guess], role: Role) -> None:
    """Where no header names the order (the contract), the number that hardly comes back is its own: under whatever word."""
    if any(guess.role is role for guess in roles.values()):
        return
    for place, (column, fact) in enumerate(facts.items()):
        concepts = frozenset[str]().union(*concepts_of(fact.profile.name))
        named = "id" in concepts or (place == 0 and not concepts)
        free = column not in roles or roles[column].role is Role.ROW_ID
        if free and named and fact.looks_code and fact.share_distinct >= 0.5 and fact.profile.distinct >= 20 and not concepts & _NOT_ITS_OWN:
            roles[column] = Guess(role, 0.5, 0.3, 1.0)
            return


_OWN_NUMBER = {
    TableKind.TRANSACTIONS: Role.ORDER_ID, TableKind.INVOICES: Role.ORDER_ID, TableKind.CUSTOMERS: Role.CUSTOMER_ID,
    TableKind.SUBSCRIPTIONS: Role.SUBSCRIPTION_ID, TableKind.PRODUCTS: Role.PRODUCT_ID, TableKind.STORES: Role.STORE_ID,
    TableKind.SELLERS: Role.SELLER_ID, TableKind.PROSPECTS: Role.PROSPECT_ID, TableKind.ORDER_LINES: Role.LINE_ID,
}  # fmt: skip
_NOT_ITS_OWN = frozenset({
    "customer", "product", "sku", "store", "seller", "phone", "postcode", "sensitive", "email", "thing", "row", "address", "payment",
    "account", "household", "delivery", "promo", "line", "campaign", "parent", "usage", "balance", "score", "distance", "size", "points",
    "duration", "year", "amount", "quantity",
})  # fmt: skip


def _settle_creation(facts: dict[str, Facts], roles: dict[str, Guess]) -> None:
    """In a list of sales, what was created is the order: its day when no better one is there, else a date among others."""
    bought = any(guess.role is Role.PURCHASE_DATE for guess in roles.values())
    for column, guess in list(roles.items()):
        if guess.role is Role.SIGNUP_DATE and not says(facts[column].profile.name, "customer"):
            roles[column] = replace(guess, role=Role.OTHER_DATE if bought else Role.PURCHASE_DATE)
            bought = True


def _settle_amount(table: TableProfile, facts: dict[str, Facts], roles: dict[str, Guess]) -> None:
    """A list of sales where no header says what was paid: the column left that speaks of money, or the only one written to the cent."""
    found = {guess.role for guess in roles.values()}
    if Role.AMOUNT in found or {Role.UNIT_PRICE, Role.QUANTITY} <= found:
        return
    left = [
        fact for column, fact in facts.items()
        if fact.is_number and (column not in roles or roles[column].role is Role.MEASURE) and (fact.profile.low or 0) >= 0
        and not fact.constant and not any(says(fact.profile.name, other) for other in ("percent", "id", "count", "balance", "score", "points"))
    ]  # fmt: skip
    money = [fact for fact in left if _speaks_of_money(fact)]
    if money:
        best = max(money, key=lambda fact: (not fact.profile.integer, fact.profile.distinct))
        roles[best.profile.column] = Guess(Role.AMOUNT, 0.55, 0.3, 1.0)
        return
    paid, cents = paid_column(table), [fact for fact in left if may_be_paid(fact.profile)]
    guess = roles.get(paid.column) if paid is not None else None
    if paid is not None and (guess is None or guess.role in _COULD_BE_PAID):
        roles[paid.column] = Guess(Role.AMOUNT, 0.6, 0.3, 1.0)
    elif len(cents) == 1:
        roles[cents[0].profile.column] = Guess(Role.AMOUNT, 0.5, 0.0, 1.0)


_COULD_BE_PAID = frozenset({Role.MEASURE, Role.RECURRING_AMOUNT, Role.TOTAL_SPENT, Role.UNIT_PRICE, Role.SHIPPING, Role.FREQUENCY})


def _speaks_of_money(facts: Facts) -> bool:
    """An amount, a price, a total; or nothing but the sale (« Vendu pour »), told to the cent."""
    if any(says(facts.profile.name, concept) for concept in ("amount", "price", "total", "net")):
        return True
    words = [word for word in concepts_of(facts.profile.name) if word]
    return not facts.profile.integer and len(words) == 1 and "order" in words[0]


def _settle_totals(roles: dict[str, Guess]) -> None:
    """An amount in a file of one row a customer is a total, unless another column is."""
    total = any(guess.role is Role.TOTAL_SPENT for guess in roles.values())
    for column, guess in list(roles.items()):
        if guess.role is Role.AMOUNT:
            roles[column] = replace(guess, role=Role.MEASURE if total else Role.TOTAL_SPENT)
            total = True


def _settle_visit(facts: dict[str, Facts], roles: dict[str, Guess]) -> None:
    """Where customers are seen when they buy (a till, a chair, a table), and nothing else is counted, the last visit is the last purchase."""
    found = {guess.role for guess in roles.values()}
    if found & _SEEN_OTHERWISE:
        return
    for column, fact in facts.items():
        guess, words = roles.get(column), words_of(fact.profile.name)
        if not fact.is_date or (guess is not None and guess.role not in _COULD_BE_IT) or not any(word in _VISIT for word in words):
            continue
        others = [concepts for concepts in concepts_of(fact.profile.name) if not concepts & {"last", "usage", "date"}]
        if says(fact.profile.name, "last") and not others:  # a visit to a web site or of a seller says more
            roles[column] = Guess(Role.LAST_PURCHASE_DATE, 0.75, 0.5, 1.0)
            return


def _settle_state(facts: dict[str, Facts], roles: dict[str, Guess]) -> None:
    """A yes/no, or a few words, that says who is here and who has gone is the label or the customer's state, if no precise role is surer."""
    known = frozenset(guess.role for guess in roles.values())
    for column, fact in facts.items():
        guess = roles.get(column)
        if guess is not None and guess.role is Role.CHURN_LABEL and fact.profile.distinct > 2 and says(fact.profile.name, "status"):
            label = read_label(fact.profile, known)
            if label is not None and label.values:  # a state among several, of which some say gone
                roles[column] = replace(guess, role=Role.ACCOUNT_STATUS)
        if fact.constant or (guess is not None and guess.role not in (*_DESCRIBES, Role.PLAN)):
            continue
        label = read_label(fact.profile, known)
        if guess is not None and guess.role is Role.PLAN and (label is None or label.confidence < SURE):
            continue
        if label is not None and label.values and label.confidence >= _TOLD:
            two = (fact.is_flag or fact.profile.distinct <= 2) and Role.CHURN_LABEL not in known
            two = two and not set(words_of(fact.profile.name)) <= CUSTOMER_WORDS | SUBSCRIBER  # « Abonné » tells two kinds of customers too
            roles[column] = Guess(Role.CHURN_LABEL if two else Role.ACCOUNT_STATUS, label.confidence, 0.5, 1.0)


_DESCRIBES, _TOLD = frozenset({Role.FLAG, Role.ATTRIBUTE}), 0.6
_SEEN_OTHERWISE = frozenset({  # a visit under a contract is no purchase
    Role.LAST_PURCHASE_DATE, Role.RECENCY, Role.USAGE_COUNT, Role.PLAN, Role.RECURRING_AMOUNT, Role.CONTRACT_TYPE, Role.SUBSCRIPTION_ID, Role.RENEWAL_DATE,
    Role.END_DATE, Role.CHURN_LABEL,
})  # fmt: skip
_VISIT = frozenset("visit visite visits visites vis passage passages venue flown appointment rdv seance".split())


def _settle_price(
    facts: dict[str, Facts], roles: dict[str, Guess], by_role: dict[Role, str], kind: TableKind | None
) -> None:
    """A price beside a quantity is the price of one; alone in a list of sales it is what was paid; hours of work paid are no goods."""
    amount, unit, quantity = (by_role.get(role) for role in (Role.AMOUNT, Role.UNIT_PRICE, Role.QUANTITY))
    if amount and quantity and says(facts[quantity].profile.name, "duration"):
        roles[quantity], quantity = replace(roles[quantity], role=Role.MEASURE), None
    if amount and quantity and not unit:
        header = facts[amount].profile.name
        if says(header, "price") and not any(says(header, whole) for whole in ("total", "amount", "ext")):
            roles[amount] = replace(roles[amount], role=Role.UNIT_PRICE)
    selling = kind in (TableKind.TRANSACTIONS, TableKind.ORDER_LINES)
    if unit and not amount and not quantity and selling:
        if not says(facts[unit].profile.name, "unit"):
            roles[unit] = replace(roles[unit], role=Role.AMOUNT)


def _settle_summary(
    table: TableProfile, facts: dict[str, Facts], roles: dict[str, Guess], by_role: dict[Role, str]
) -> None:
    """A table of frequency, recency and T (purchase-process summaries): there, recency is an age, not a silence."""
    names = {column.name.strip(): column.column for column in table.columns}
    observed = names.get("T")
    if observed is None or not facts[observed].is_number:
        return
    for header, role in (("x", Role.FREQUENCY), ("t_x", Role.LAST_PURCHASE_AGE), ("zbar", Role.MEASURE)):
        if header in names and facts[names[header]].is_number:
            roles[names[header]] = Guess(role, 0.85, 0.9, 1.0)
    high, last = facts[observed].profile.high, by_role.get(Role.RECENCY)
    if last is not None and high is not None and (facts[last].profile.high or 0) <= high:
        roles[last] = replace(roles[last], role=Role.LAST_PURCHASE_AGE)
    if any(guess.role in (Role.FREQUENCY, Role.LAST_PURCHASE_AGE) for guess in roles.values()):
        roles[observed] = Guess(Role.AGE_OBSERVED, 0.85, 0.9, 1.0)


def _settle_date(table: TableProfile, facts: dict[str, Facts], roles: dict[str, Guess], kind: TableKind | None) -> None:
    """A list of events has a date: when no header says so, it is the first date column that could be it."""
    wanted = Role.PURCHASE_DATE if kind in SALES else Role.EVENT_DATE
    if kind not in _DATED or any(guess.role is wanted for guess in roles.values()):
        return
    for column in sorted(table.columns, key=lambda column: facts[column.column].coarse_date):
        guess = roles.get(column.column)
        if facts[column.column].is_date and (guess is None or guess.role in _COULD_BE_IT):
            roles[column.column] = Guess(wanted, 0.6, 0.0, 1.0)
            return


_COULD_BE_IT = frozenset({Role.OTHER_DATE, Role.SIGNUP_DATE, Role.PURCHASE_DATE, Role.EVENT_DATE, Role.START_DATE})
_DATED = frozenset({
    TableKind.TRANSACTIONS, TableKind.INVOICES, TableKind.PAYMENTS, TableKind.RETURNS, TableKind.CONTACTS, TableKind.SURVEYS, TableKind.TICKETS, TableKind.USAGE,
    TableKind.LOYALTY_MOVEMENTS, TableKind.COMPANY_EVENTS, TableKind.MARKETING_SPEND,
})  # fmt: skip
