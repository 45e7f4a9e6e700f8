"""The roles of one table's columns: header and values weighed together, one role a column, one column a role where it must be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from analytics.datamodel.fits import fit
from analytics.datamodel.headers import HeaderMatch, concepts_of, header_scores, is_anonymous, says
from analytics.datamodel.labels import SURE, read_label
from analytics.datamodel.model import TableProfile
from analytics.datamodel.nameless import roles_from_values
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.values import Facts, generic_role, shown_by_values

GENERIC_ROLES = frozenset({Role.ATTRIBUTE, Role.FLAG, Role.MEASURE, Role.OTHER_DATE, Role.FREE_TEXT, Role.ROW_ID})
_ACCEPTED = 0.45
_NO_MATCH = HeaderMatch(0.0, frozenset())
_SHARED = frozenset({
    Role.ATTRIBUTE, Role.FLAG, Role.MEASURE, Role.OTHER_DATE, Role.FREE_TEXT, Role.COMMENT, Role.SENSITIVE, Role.ROW_ID,
    Role.CONSENT_DATE, Role.PHONE, Role.EMAIL, Role.CATEGORY, Role.ADDRESS, Role.SATISFACTION, Role.TOPIC,
    Role.CHURN_LABEL, Role.CHURN_REASON,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Guess:
    """A role for a column: how well it fits (0..1), what the header and the values each said of it (0..1)."""

    role: Role
    score: float
    header: float
    values: float


def guesses(facts: Facts, kind: TableKind | None) -> list[Guess]:
    """The roles a column may play, best first."""
    matches = header_scores(facts.profile.name, kind)
    shown = shown_by_values(facts)
    found = []
    for role in matches.keys() | shown.keys():
        header = matches[role].score if role in matches else 0.0
        values = fit(role, facts)
        if role is Role.CUSTOMER_ID and "id" not in matches.get(role, _NO_MATCH).pattern and (
            _counts_people(facts) or facts.counts_many
        ):
            values *= 0.3
        if role is Role.CUSTOMER_ID and kind is TableKind.CUSTOMERS and _counts_something(facts):
            values *= 0.3
        if role is Role.CHURN_LABEL:
            values *= _departure(facts)
        score = min(header * values, 1.0)
        if role in shown:
            score = 1 - (1 - score) * (1 - shown[role])
            values = max(values, shown[role])
        if score > 0.05:
            found.append(Guess(role, score, header, min(values, 1.0)))
    return sorted(found, key=lambda guess: (-guess.score, guess.role.value))


def _counts_people(facts: Facts) -> bool:
    """Few small whole numbers under a header such as "active users": a count, not an identifier."""
    profile = facts.profile
    return facts.is_number and profile.distinct < 0.05 * profile.filled and (profile.low or 0) < 100


def _counts_something(facts: Facts) -> bool:
    """Whole numbers from nought or one that come back, one row a customer: a count."""
    return facts.is_number and facts.share_distinct < 0.9 and (facts.profile.low or 0) <= 1


def _departure(facts: Facts) -> float:
    """How far header and values let a column say who left (a forecast, a departure from a mailing list do not)."""
    label = read_label(facts.profile)
    if label is None:
        return 1.0 if facts.constant else 0.3
    return 1.0 if label.confidence >= SURE else label.confidence


def read_columns(
    table: TableProfile, kind: TableKind | None, fixed: Mapping[str, Role | None] | None = None
) -> dict[str, Guess]:
    """The role of each column of a table, by internal column name; columns without any role are absent.

    Args:
        table: the loaded table.
        kind: what the table is; None while that is not known.
        fixed: roles the manager gave, by internal column name; None for "no role".
    """
    fixed = fixed or {}
    facts = {column.column: Facts(column, table.rows) for column in table.columns}
    anonymous = sum(is_anonymous(column.name) for column in table.columns)
    if anonymous * 2 > len(table.columns):
        chosen = roles_from_values(list(facts.values()), kind)
        roles = {column: Guess(role, score, 0.0, score) for column, (role, score) in chosen.items()}
    else:
        free = {column: guesses(fact, kind) for column, fact in facts.items() if column not in fixed}
        roles = _assign(free, frozenset(role for role in fixed.values() if role is not None))
        roles = _settle(table, facts, roles, kind)
    roles = {column: guess for column, guess in roles.items() if column not in fixed}
    roles.update({column: Guess(role, 1.0, 1.0, 1.0) for column, role in fixed.items() if role is not None})
    for column, fact in facts.items():
        if column in fixed:
            continue
        generic = generic_role(fact)
        if column not in roles and generic is not None:
            roles[column] = Guess(generic, 0.5, 0.0, 0.6)
    return roles


def _assign(candidates: dict[str, list[Guess]], given: frozenset[Role]) -> dict[str, Guess]:
    """Best pairs first; a role that only one column can play goes to the one that fits it best."""
    places = {column: place for place, column in enumerate(candidates)}
    pairs = sorted(
        ((guess, column) for column, found in candidates.items() for guess in found if guess.score >= _ACCEPTED),
        key=lambda pair: (-pair[0].score, places[pair[1]], pair[0].role.value),
    )
    roles: dict[str, Guess] = {}
    taken = {role for role in given if role not in _SHARED}
    for guess, column in pairs:
        if column in roles or guess.role in taken:
            continue
        # a column that lost its best role to another does not take a much poorer one
        best = candidates[column][0]
        if guess.score < 0.7 * best.score and guess.role is not best.role:
            continue
        roles[column] = guess
        if guess.role not in _SHARED:
            taken.add(guess.role)
    return roles


def _settle(
    table: TableProfile, facts: dict[str, Facts], roles: dict[str, Guess], kind: TableKind | None
) -> dict[str, Guess]:
    """Rules that look at several columns at once."""
    by_role = {guess.role: column for column, guess in roles.items()}
    _settle_price(facts, roles, by_role, kind)
    _settle_summary(table, facts, roles, by_role)
    _settle_names(table, facts, roles)
    if kind in _SELLING:
        _settle_bare_id(facts, roles)
        _settle_creation(facts, roles)
        _settle_amount(facts, roles)
    if kind is TableKind.CUSTOMERS:
        _settle_totals(roles)
    _settle_date(table, facts, roles, kind)
    return roles


def _settle_names(table: TableProfile, facts: dict[str, Facts], roles: dict[str, Guess]) -> None:
    """« Nom » beside « Prénom » is the family name; a lone name of several words is a full name."""
    found = {guess.role for guess in roles.values()}
    bare = [c.column for c in table.columns if _is_bare_name(facts[c.column])]
    if Role.FIRST_NAME in found and Role.LAST_NAME not in found and bare:
        roles[bare[0]] = Guess(Role.LAST_NAME, 0.88, 0.9, 1.0)
    elif Role.FIRST_NAME not in found and Role.FULL_NAME not in found:
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


def _settle_creation(facts: dict[str, Facts], roles: dict[str, Guess]) -> None:
    """In a list of sales, what was created is the order: its day when no better one is there, else a date among others."""
    bought = any(guess.role is Role.PURCHASE_DATE for guess in roles.values())
    for column, guess in list(roles.items()):
        if guess.role is Role.SIGNUP_DATE and not says(facts[column].profile.name, "customer"):
            roles[column] = replace(guess, role=Role.OTHER_DATE if bought else Role.PURCHASE_DATE)
            bought = True


def _settle_amount(facts: dict[str, Facts], roles: dict[str, Guess]) -> None:
    """A list of sales where no header says what was paid: the column left that speaks of money."""
    found = {guess.role for guess in roles.values()}
    if Role.AMOUNT in found or {Role.UNIT_PRICE, Role.QUANTITY} <= found:
        return
    left = [
        fact for column, fact in facts.items()
        if fact.is_number and (column not in roles or roles[column].role is Role.MEASURE) and (fact.profile.low or 0) >= 0
        and not fact.constant and not says(fact.profile.name, "percent")
    ]  # fmt: skip
    money = [fact for fact in left if any(says(fact.profile.name, concept) for concept in ("amount", "price", "total", "net", "order"))]
    if money:
        best = max(money, key=lambda fact: (not fact.profile.integer, fact.profile.distinct))
        roles[best.profile.column] = Guess(Role.AMOUNT, 0.55, 0.3, 1.0)


def _settle_totals(roles: dict[str, Guess]) -> None:
    """An amount in a file of one row a customer is a total, unless another column is."""
    total = any(guess.role is Role.TOTAL_SPENT for guess in roles.values())
    for column, guess in list(roles.items()):
        if guess.role is Role.AMOUNT:
            roles[column] = replace(guess, role=Role.MEASURE if total else Role.TOTAL_SPENT)
            total = True


def _settle_price(
    facts: dict[str, Facts], roles: dict[str, Guess], by_role: dict[Role, str], kind: TableKind | None
) -> None:
    """A price beside a quantity is the price of one; alone in a list of sales it is what was paid."""
    amount, unit = by_role.get(Role.AMOUNT), by_role.get(Role.UNIT_PRICE)
    if amount and Role.QUANTITY in by_role and not unit:
        header = facts[amount].profile.name
        if says(header, "price") and not says(header, "total") and not says(header, "amount"):
            roles[amount] = replace(roles[amount], role=Role.UNIT_PRICE)
    selling = kind in (TableKind.TRANSACTIONS, TableKind.ORDER_LINES)
    if unit and not amount and Role.QUANTITY not in by_role and selling:
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
    wanted = Role.PURCHASE_DATE if kind is TableKind.TRANSACTIONS else Role.EVENT_DATE
    if kind not in _DATED or any(guess.role is wanted for guess in roles.values()):
        return
    for column in table.columns:
        guess = roles.get(column.column)
        if facts[column.column].is_date and (guess is None or guess.role in _COULD_BE_IT):
            roles[column.column] = Guess(wanted, 0.6, 0.0, 1.0)
            return


_SELLING = (TableKind.TRANSACTIONS, TableKind.INVOICES, TableKind.PAYMENTS)
_COULD_BE_IT = frozenset({Role.OTHER_DATE, Role.SIGNUP_DATE, Role.PURCHASE_DATE, Role.EVENT_DATE, Role.START_DATE})
_DATED = frozenset({
    TableKind.TRANSACTIONS, TableKind.RETURNS, TableKind.CONTACTS, TableKind.SURVEYS, TableKind.TICKETS, TableKind.USAGE,
    TableKind.LOYALTY_MOVEMENTS, TableKind.COMPANY_EVENTS, TableKind.MARKETING_SPEND,
})  # fmt: skip
