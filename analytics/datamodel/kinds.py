"""What a table is: its name, its headers, the roles of its columns and how its identifiers repeat, weighed together."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import PurePath
from typing import Any

import numpy as np

from analytics.datamodel.guessing import Guess
from analytics.datamodel.headers import CUSTOMER_WORDS, concepts_of, read_lexicon, says, words_of
from analytics.datamodel.learned.columns import Told
from analytics.datamodel.learned.tables import table_facts
from analytics.datamodel.learned.weighing import RULES_SHARE
from analytics.datamodel.learned.weights import read_weights
from analytics.datamodel.model import ColumnProfile, ColumnType, TableProfile
from analytics.datamodel.opt_outs import header_words
from analytics.datamodel.paid import paid_column, says_no_sum, sells
from analytics.datamodel.reading import facts_of, read_columns
from analytics.datamodel.roles import SALES, Role, TableKind
from analytics.datamodel.values import DATES, Facts

_NAME_WEIGHT = 2.6
_IDENTITY = (Role.CUSTOMER_ID, Role.ACCOUNT_ID, Role.EMAIL, Role.PROSPECT_ID)
_LEAST = 1.3  # below, the rules know nothing of the table
_SURE_ENOUGH = 0.5
_DESCRIBED = 0.4  # chance that rules give to a file of customers
_SHARPNESS = 1.1  # how far a point of the rules' score sets one kind before another
_FILE = "kinds.npz"
_ROWS_EACH = 1.5  # rows a customer, from which they are not descriptions with a few duplicates
_LEAST_PASTED = 100  # fewer customers could each be met twice by luck


@dataclass(frozen=True, slots=True)
class _Rule:
    names: tuple[frozenset[str], ...]
    roles: Mapping[Role, float]
    words: Mapping[str, float]
    absent: Mapping[Role, float]
    lacks: Mapping[frozenset[Role], float]
    unique_customer: float = 0.0
    repeated_customer: float = 0.0
    unique: tuple[Role, ...] = ()
    small: int | None = None
    wants: frozenset[str] = frozenset()
    dated: float = 0.0


@dataclass(frozen=True, slots=True)
class KindGuess:
    """What a table may be, how sure (the share of such readings that are right, 0..1), and what weighed most: its name, the roles found.

    `chance` is what the weighing itself gives the kind, before it is compared with what proved right.
    """

    kind: TableKind
    confidence: float
    by_name: bool
    roles: tuple[Role, ...] = field(default=())
    chance: float = 0.9


def guess_kind(table: TableProfile, fixed: Mapping[str, Role | None] | None = None) -> KindGuess:
    """What a table is.

    Args:
        table: the loaded table.
        fixed: roles already given, by internal column name.
    """
    roles, scores = _opinions(table, fixed)
    learned, ruled = read_weights(_FILE).probabilities(table_facts(table, roles, scores)), _chances(scores)
    likely = {kind: (1 - RULES_SHARE) * learned.get(kind, 0.0) + RULES_SHARE * chance for kind, chance in ruled.items()}
    best = max(likely, key=lambda kind: (likely[kind], kind.value))
    untested = not any(guess.role is Role.TREATMENT_GROUP for guess in roles.values())
    if best is TableKind.CAMPAIGNS and untested and ruled[TableKind.CUSTOMERS] >= _DESCRIBED:
        best = TableKind.CUSTOMERS  # customers described, what they answered to campaigns among the rest
    if best is TableKind.CUSTOMERS and _numbers_orders(table, roles, Role.ORDER_ID):
        best = max((kind for kind in likely if kind is not best), key=lambda kind: (likely[kind], kind.value))
    best = _told_by_words(table, roles, best)
    listed = best is TableKind.PRODUCTS or (best is TableKind.ORDER_LINES and likely[best] < _HARDLY_SAID)
    if listed and _came_back(table, roles):
        best = TableKind.TRANSACTIONS
    people = best in (TableKind.CUSTOMERS, TableKind.SUBSCRIPTIONS)
    if people and _numbers_orders(table, roles, Role.ORDER_ID, Role.ROW_ID) and _only_sold(table, roles, fixed):
        best = TableKind.TRANSACTIONS
    if best is TableKind.TRANSACTIONS and not _priced(table, roles):
        best = TableKind.TICKETS if _settles(table, fixed) else _without_money(table, likely)
    best = TableKind.LOYALTY_MOVEMENTS if best is TableKind.USAGE and _moves_points(table) else best
    told = _told_by_rows(table, roles, best) if likely[best] < _HARDLY_DOUBTED else ()
    if told:
        best = max(told, key=lambda kind: likely[kind])
        return KindGuess(best, _TOLD, by_name=False, chance=max(likely[best], _SURE_ENOUGH))
    if scores[max(scores, key=lambda kind: scores[kind])] < _LEAST and likely[best] < _SURE_ENOUGH:
        if any(_is_unique(table, roles, role) for role in (Role.CUSTOMER_ID, Role.ACCOUNT_ID, Role.HOUSEHOLD_ID)):
            return KindGuess(TableKind.CUSTOMERS, 0.55, by_name=False)  # one row each: it describes them
        if best is TableKind.CUSTOMERS and _numbers_people(table):
            return KindGuess(TableKind.CUSTOMERS, 0.55, by_name=False)
        return KindGuess(TableKind.OTHER, 0.4, by_name=False)
    if not table.rows and len(table.columns) == 1 and not any(guess.role in _rules()[best].roles for guess in roles.values()):
        return KindGuess(TableKind.OTHER, 0.4, by_name=False)  # a sheet of « Notes » that holds a sentence is no survey
    rule = _rules()[best]
    spoken = sorted({guess.role for guess in roles.values()} & rule.roles.keys(), key=lambda r: -rule.roles[r])
    chances, shares = zip(*_RIGHT, strict=True)
    sure = float(np.interp(likely[best], chances, shares))
    return KindGuess(best, sure, _name_score(rule, table) > 0.5, tuple(spoken[:3]), likely[best])


_MAY_SELL = frozenset({
    TableKind.USAGE, TableKind.COMPANY_EVENTS, TableKind.STORES, TableKind.TICKETS, TableKind.CONTACTS, TableKind.OTHER,
    TableKind.SURVEYS, TableKind.SELLERS, TableKind.CUSTOMER_LINKS,
})  # fmt: skip
_MAY_GO_ON = frozenset({
    TableKind.TRANSACTIONS, TableKind.INVOICES, TableKind.PAYMENTS, TableKind.ORDER_LINES, TableKind.MARKETING_SPEND, TableKind.COMPANY_EVENTS,
    TableKind.USAGE, TableKind.OTHER,
})  # fmt: skip
_HARDLY_DOUBTED, _HARDLY_SAID, _TOLD = 0.8, 0.3, 0.75
_RIGHT = (  # chance, share right on sets left out of learning
    (0.15, 0.25), (0.26, 0.48), (0.35, 0.7), (0.45, 0.74), (0.55, 0.86), (0.65, 0.89), (0.76, 0.91), (0.86, 0.96), (0.95, 0.985), (1.0, 0.99),
)  # fmt: skip


def _chances(scores: Mapping[TableKind, float]) -> dict[TableKind, float]:
    """The rules' scores as chances that sum to one."""
    best = max(scores.values())
    grown = {kind: math.exp(_SHARPNESS * (score - best)) for kind, score in scores.items()}
    return {kind: weight / sum(grown.values()) for kind, weight in grown.items()}


def is_called(table: TableProfile, kind: TableKind) -> bool:
    """Whether the name of the file, or of the sheet, says that kind and says it better than any other."""
    said = {other: _name_score(rule, table) for other, rule in _rules().items()}
    return said[kind] > _SAID_BY_NAME and said[kind] > max(score for other, score in said.items() if other is not kind)


def is_called_too(table: TableProfile, kind: TableKind) -> bool:
    """Whether the name of the file, or of the sheet, says that kind, and no other better: « pharmacies clientes » are both."""
    said = {other: _name_score(rule, table) for other, rule in _rules().items()}
    return said[kind] > _SAID_BY_NAME and said[kind] == max(said.values())


def kind_facts(table: TableProfile, fixed: Mapping[str, Role | None] | None = None) -> Told:
    """The facts that what was learnt of labelled tables weighs."""
    return table_facts(table, *_opinions(table, fixed))


def _opinions(table: TableProfile, fixed: Mapping[str, Role | None] | None) -> tuple[dict[str, Guess], dict[TableKind, float]]:
    """The roles its columns may have while its kind is not known, and the rules' score of each kind."""
    facts = facts_of(table)
    roles = read_columns(table, None, fixed, facts=facts)
    scores = {  # half by what its columns say of themselves, half by what they would say if it were that kind
        kind: (_score(rule, table, roles) + _score(rule, table, read_columns(table, kind, fixed, facts=facts))) / 2
        for kind, rule in _rules().items()
    }
    return roles, scores


def _score(rule: _Rule, table: TableProfile, roles: Mapping[str, Guess]) -> float:
    found: dict[Role, float] = {}
    for guess in roles.values():
        found[guess.role] = max(found.get(guess.role, 0.0), guess.score)
    score = _NAME_WEIGHT * _name_score(rule, table)
    score += sum(weight * found[role] for role, weight in rule.roles.items() if role in found)
    headers = _header_concepts(table)
    score += sum(weight for word, weight in rule.words.items() if word in headers)
    if score > 0:  # an absence confirms what something else says; by itself it says nothing
        score += sum(weight for role, weight in rule.absent.items() if role not in found)
    score -= sum(weight for any_of, weight in rule.lacks.items() if not any_of & found.keys())
    score += _customer_shape(rule, table, roles)
    if any(column.type in DATES and column.filled >= 0.95 * table.rows for column in table.columns):
        score += rule.dated
    named = [role for role in rule.unique if found.get(role)]
    if named:
        score += 0.8 if any(_is_unique(table, roles, role) for role in named) else -2.0
    if rule.wants and not rule.wants & headers and _name_score(rule, table) < 0.5:
        score -= 1.2
    if rule.small is not None and table.rows > rule.small:
        score -= 1.0
    return score


def _customer_shape(rule: _Rule, table: TableProfile, roles: Mapping[str, Guess]) -> float:
    for role in _IDENTITY:
        if any(guess.role is role for guess in roles.values()):
            return rule.unique_customer if _is_unique(table, roles, role) else rule.repeated_customer
    return 0.0


def _numbers_orders(table: TableProfile, roles: Mapping[str, Guess], *numbers: Role) -> bool:
    """Whether each row has a number of its own while customers come back row after row: it lists what they bought."""
    person = next((role for role in _IDENTITY if any(guess.role is role for guess in roles.values())), None)
    if person is None or _is_unique(table, roles, person) or not any(_is_unique(table, roles, number) for number in numbers):
        return False
    named = [c for c in table.columns if c.column in roles and roles[c.column].role is person]
    return any(_ROWS_EACH * column.distinct <= column.filled for column in named)


def _numbers_people(table: TableProfile) -> bool:
    """Whether each row has a number of its own, and names somebody."""
    numbered = any("id" in word for word in concepts_of(table.columns[0].name)) and Facts(table.columns[0], table.rows).share_distinct >= 0.95
    return numbered and any(Facts(column, table.rows).looks_named for column in table.columns)


def _told_by_rows(table: TableProfile, roles: Mapping[str, Guess], best: TableKind) -> tuple[TableKind, ...]:
    """What a table read as something else is rather, by what each of its rows holds: a sale, or a relation that has ended for some; none of the two: empty."""
    if best in _MAY_SELL and sells(table, roles, best):
        return (TableKind.TRANSACTIONS,)
    if best is TableKind.CUSTOMERS and (_numbers_sales(table, roles) or _names_come_back(table, roles)):
        return (TableKind.TRANSACTIONS,)
    if best in _MAY_GO_ON and _comes_and_goes(table, roles):
        return (TableKind.CUSTOMERS, TableKind.SUBSCRIPTIONS)
    return ()


def _moves_points(table: TableProfile) -> bool:
    """Whether all that dated rows count is points: what a card won or spent, and no use of anything."""
    dated = any(column.type in DATES and column.filled >= _MOSTLY_DATED * table.rows for column in table.columns)
    counts = [column for column in table.columns if column.type is ColumnType.NUMBER and not _numbers(column)]
    return dated and len(counts) == 1 and says(counts[0].name, "points") and not says(counts[0].name, "balance")


def _numbers(column: ColumnProfile) -> bool:
    return column.integer and column.low is not None and column.low >= _LEAST_NUMBER


_LEAST_NUMBER = 10_000  # of a card, of a row: no move of points is so large each time


def _numbers_sales(table: TableProfile, roles: Mapping[str, Guess]) -> bool:
    """Whether rows read as customers for a number of their own are fees posted one by one to families, accounts that come back: nothing describes anybody."""
    numbers = [column for column in table.columns if column.column in roles and roles[column.column].role is Role.CUSTOMER_ID]
    own = all(set(words_of(column.name)) <= _BARE and Facts(column, table.rows).unique for column in numbers)
    return own and not {guess.role for guess in roles.values()} & (_OF_PEOPLE | _GOING_ON | {Role.SIGNUP_DATE}) and sells(table, roles, TableKind.CUSTOMERS)


def _names_come_back(table: TableProfile, roles: Mapping[str, Guess]) -> bool:
    """Whether rows read as customers are jobs, orders: whom each was for stands beside its number, under a word for customers, and comes back."""
    people = [column for column in table.columns if set(words_of(column.name)) <= CUSTOMER_WORDS and words_of(column.name) and Facts(column, table.rows).looks_named]
    back = any(_ROWS_EACH * column.distinct <= column.filled and column.distinct >= _FEW_PEOPLE for column in people)
    monthly = {guess.role for guess in roles.values()} & {Role.RECURRING_AMOUNT, Role.PLAN, Role.CHURN_LABEL, Role.CHURN_REASON, Role.RENEWAL_DATE}
    dated = any(column.type in DATES and column.filled >= _MOSTLY_DATED * table.rows for column in table.columns)
    return back and dated and not monthly and paid_column(table) is not None


_FEW_PEOPLE = 10
_BARE = frozenset("id ids no num nb number ref reference code".split())


def _comes_and_goes(table: TableProfile, roles: Mapping[str, Guess]) -> bool:
    """Whether rows have an end that many have not met, somebody each, and no day of a purchase: relations, rather than what was bought.

    A job that has begun, and not ended yet, was bought all the same: the end is a departure, or something is paid each month.
    """
    known = {guess.role for guess in roles.values()}
    ends = [c for c in table.columns if c.column in roles and roles[c.column].role is Role.END_DATE and roles[c.column].score >= _SAID_END and c.type in DATES]
    ends = [c for c in ends if Role.RECURRING_AMOUNT in known or frozenset[str]().union(*concepts_of(c.name)) & _LEAVING]
    if not any(0 < column.filled <= _STILL_THERE * table.rows for column in ends) or known & _OF_A_SALE:
        return False
    people = [c for c in table.columns if (c.column in roles and roles[c.column].role in _NAMING) or Facts(c, table.rows).looks_named]
    return any(column.filled < 2 * column.distinct for column in people)


_SAID_END, _STILL_THERE = 0.6, 0.75
_LEAVING = frozenset({"churn", "cancel", "departure", "inactive"})
_NAMING = frozenset({*_IDENTITY, Role.FULL_NAME, Role.COMPANY_NAME, Role.LAST_NAME})
_OF_A_SALE = frozenset({
    Role.PURCHASE_DATE, Role.EVENT_DATE, Role.ORDER_STATUS, Role.DELIVERY_DATE, Role.PROMISED_DATE, Role.RESOLVED_DATE, Role.PAYMENT_METHOD, Role.QUANTITY,
    Role.UNIT_PRICE, Role.DISCOUNT, Role.SHIPPING, Role.VAT, Role.OPENED, Role.CLICKED,
})  # fmt: skip


def _are_people(table: TableProfile, roles: Mapping[str, Guess]) -> bool:
    """Whether a file of those who sell is too long, and says too much of each: they own an animal, a house, and are customers (« proprietaires »)."""
    return table.rows > _MANY_SELLERS and len({guess.role for guess in roles.values()} & _OF_PEOPLE) > 1


def _told_by_words(table: TableProfile, roles: Mapping[str, Guess], best: TableKind) -> TableKind:
    """People taken for sellers are customers; claims taken for sales are requests."""
    if best is TableKind.SELLERS and _are_people(table, roles):
        return TableKind.CUSTOMERS
    return TableKind.TICKETS if best in SALES and _are_claims(table) else best


def _are_claims(table: TableProfile) -> bool:
    """Whether each row is a claim that somebody made: what is paid for it is paid by the house, to its customers."""
    numbers = [column for column in table.columns if "id" in frozenset[str]().union(*concepts_of(column.name)) and Facts(column, table.rows).unique]
    named = [name for name in (PurePath(table.file).stem, table.sheet or "", *(column.name for column in table.columns)) if _CLAIM.search(header_words(name))]
    return any(_CLAIM.search(header_words(column.name)) for column in numbers) and len(named) > 1


_CLAIM = re.compile(r"(?<![a-z])(claims?|sinistres?|complaints?|reclamations?)(?![a-z])")


def _came_back(table: TableProfile, roles: Mapping[str, Guess]) -> bool:
    """Whether products are dated, and somebody comes back over them: what was done for each, not the list of what is sold."""
    dated = any(column.type in DATES and column.filled >= _MOSTLY_DATED * table.rows and column.distinct > 1 for column in table.columns)
    numbers = (*_IDENTITY, Role.ORDER_ID)
    known = any(guess.role in numbers for guess in roles.values()) and not any(_is_unique(table, roles, role) for role in numbers)
    return dated and known and not _is_unique(table, roles, Role.PRODUCT_ID)


_MANY_SELLERS, _MOSTLY_DATED = 60, 0.9
_OF_PEOPLE = frozenset({Role.FIRST_NAME, Role.LAST_NAME, Role.FULL_NAME, Role.BIRTH_DATE, Role.PHONE, Role.EMAIL, Role.ADDRESS, Role.POSTCODE})


def _settles(table: TableProfile, fixed: Mapping[str, Role | None] | None) -> bool:
    """Whether each row says if, and on which day, something was settled: work orders, cases, faults."""
    found = {guess.role for guess in read_columns(table, TableKind.TICKETS, fixed).values()}
    return {Role.RESOLVED, Role.RESOLVED_DATE} <= found


def _priced(table: TableProfile, roles: Mapping[str, Guess]) -> bool:
    """Whether some column is, or may be, a price, an amount or a quantity."""
    if paid_column(table) is not None:
        return True
    if {guess.role for guess in roles.values()} & _MONEY:
        return True
    return any(column.type is ColumnType.NUMBER and not column.integer and not says_no_sum(column) for column in table.columns)


def _without_money(table: TableProfile, likely: Mapping[TableKind, float]) -> TableKind:
    """Where nothing is a price, an amount or a quantity: what the file's name says (« answers »), else the next likeliest, unless sales are likely."""
    said = {kind: _name_score(rule, table) for kind, rule in _rules().items()}
    best = max(said, key=lambda kind: (said[kind], kind.value))
    if said[best] > _SAID_BY_NAME:
        return TableKind.TRANSACTIONS if best in SALES else best
    if likely[TableKind.TRANSACTIONS] >= _SURE_ENOUGH:
        return TableKind.TRANSACTIONS
    others = {kind: chance for kind, chance in likely.items() if kind not in SALES}
    return max(others, key=lambda kind: (others[kind], kind.value))


_SAID_BY_NAME = 0.5
_MONEY = frozenset({Role.AMOUNT, Role.RECURRING_AMOUNT, Role.UNIT_PRICE, Role.QUANTITY, Role.TOTAL_SPENT, Role.DISCOUNT, Role.VAT})


def _only_sold(table: TableProfile, roles: Mapping[str, Guess], fixed: Mapping[str, Role | None] | None) -> bool:
    """Whether nothing ends or comes back each month: enrolments paid one by one, year after year, are sales."""
    sold = {guess.role for guess in read_columns(table, TableKind.TRANSACTIONS, fixed).values()}
    return Role.PURCHASE_DATE in sold and (Role.AMOUNT in sold or paid_column(table) is not None) and not {guess.role for guess in roles.values()} & _GOING_ON


_GOING_ON = frozenset({
    Role.START_DATE, Role.END_DATE, Role.RENEWAL_DATE, Role.PLAN, Role.TRIAL, Role.SEATS, Role.ACCOUNT_STATUS, Role.CHURN_LABEL, Role.CHURN_REASON,
})  # fmt: skip


def _is_unique(table: TableProfile, roles: Mapping[str, Guess], role: Role) -> bool:
    for column in table.columns:
        if column.column in roles and roles[column.column].role is role:
            facts = Facts(column, table.rows)
            # Duplicates are a defect of a customer table, not another kind: a few, or the whole file pasted twice.
            return facts.share_distinct >= 0.9 or _pasted_whole(table, column)
    return False


def _pasted_whole(table: TableProfile, customer: ColumnProfile) -> bool:
    """Whether every customer may be there twice or thrice because the whole file is: no date of any event beside."""
    if not customer.distinct or customer.distinct < _LEAST_PASTED or table.rows not in (2 * customer.distinct, 3 * customer.distinct):
        return False
    return not any(column.type in DATES for column in table.columns)


def _name_score(rule: _Rule, table: TableProfile) -> float:
    """How well the file's or sheet's name says this kind: 0..1; the more of its words explained, the better."""
    best = 0.0
    for name in (PurePath(table.file).stem, table.sheet or ""):
        words = concepts_of(name)
        known = [word for word in words if word]
        for pattern in rule.names:
            hit = [word for word in known if word & pattern]
            if known and all(any(concept in word for word in known) for concept in pattern):
                best = max(best, min(1.0, 0.45 + 0.55 * len(hit) / len(known)) * (1 + 0.15 * (len(pattern) - 1)))
    return best


def _header_concepts(table: TableProfile) -> frozenset[str]:
    return frozenset(
        concept for column in table.columns for word in concepts_of(column.name) for concept in word
    )  # fmt: skip


@cache
def _rules() -> dict[TableKind, _Rule]:
    data: dict[str, dict[str, Any]] = read_lexicon("kinds.yaml")  # type: ignore[assignment]
    return {TableKind(kind): _rule(lines) for kind, lines in data.items()}


def _rule(lines: Mapping[str, Any]) -> _Rule:
    names: Sequence[str] = lines.get("names", ())
    return _Rule(
        names=tuple(frozenset(name.split()) for name in names),
        roles={Role(role): weight for role, weight in lines.get("roles", {}).items()},
        words=lines.get("words", {}),
        absent={Role(role): weight for role, weight in lines.get("absent", {}).items()},
        lacks={
            frozenset(Role(role) for role in roles.split("|")): weight
            for roles, weight in lines.get("lacks", {}).items()
        },
        unique_customer=lines.get("unique_customer", 0.0),
        repeated_customer=lines.get("repeated_customer", 0.0),
        unique=tuple(Role(role) for role in str(lines.get("unique", "")).split()),
        small=lines.get("small"),
        wants=frozenset(lines.get("wants", ())),
        dated=lines.get("dated", 0.0),
    )
