"""Which column plays which role: one role a column, one column a role where it must be."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from analytics.datamodel.guessing import Guess
from analytics.datamodel.headers import concepts_of, is_anonymous, says, words_of
from analytics.datamodel.learned.weighing import PLAIN
from analytics.datamodel.roles import SALES, Role, TableKind
from analytics.datamodel.values import Facts

_ACCEPTED = 0.45
_SHARED = frozenset({
    Role.ATTRIBUTE, Role.FLAG, Role.MEASURE, Role.OTHER_DATE, Role.FREE_TEXT, Role.COMMENT, Role.SENSITIVE, Role.ROW_ID,
    Role.CONSENT_DATE, Role.PHONE, Role.EMAIL, Role.CATEGORY, Role.ADDRESS, Role.SATISFACTION, Role.TOPIC,
    Role.CHURN_LABEL, Role.CHURN_REASON,
})  # fmt: skip
SEVERAL = _SHARED | {  # two columns may well say it, once each says so clearly: two towns, two counts of orders
    Role.CITY, Role.POSTCODE, Role.REGION, Role.COUNTRY, Role.STORE, Role.SELLER, Role.PRODUCT, Role.COMPANY_NAME, Role.FULL_NAME,
    Role.FIRST_NAME, Role.LAST_NAME, Role.SALE_CHANNEL, Role.ACQUISITION_CHANNEL, Role.PAYMENT_METHOD, Role.DELIVERY_METHOD, Role.PLAN,
    Role.CONTRACT_TYPE, Role.ORDER_STATUS, Role.ACCOUNT_STATUS, Role.USAGE_COUNT, Role.RECENCY, Role.FREQUENCY, Role.TENURE,
    Role.TOTAL_SPENT, Role.RECURRING_AMOUNT, Role.DISCOUNT, Role.PROMO_CODE, Role.SHIPPING, Role.VAT, Role.COST, Role.MARGIN,
    Role.CURRENCY, Role.NPS, Role.COMPLAINT, Role.RESOLVED, Role.OPENED, Role.CLICKED, Role.SECTOR, Role.COMPANY_SIZE,
    Role.PROMISED_DATE, Role.CUSTOMER_LINK, Role.AGE, Role.GENDER, Role.PRODUCT_ID, Role.STORE_ID, Role.UNIT_PRICE,
}


def assign(
    candidates: dict[str, list[Guess]], names: Mapping[str, str], given: frozenset[Role]
) -> dict[str, Guess]:
    """Best pairs first; a role that only one column can play goes to the one that fits it best."""
    places = {column: place for place, column in enumerate(candidates)}
    pairs = sorted(
        ((guess, column) for column, found in candidates.items() for guess in found if guess.score >= _ACCEPTED),
        key=lambda pair: (-round(pair[0].score + _whole(pair[0].role, names[pair[1]]), 2), _second(pair[0].role, names[pair[1]]), places[pair[1]], pair[0].role.value),
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


def assign_likely(
    chances: Mapping[str, Mapping[str, float]], rules: Mapping[str, Sequence[Guess]], names: Mapping[str, str], given: frozenset[Role]
) -> tuple[dict[str, Guess], dict[str, float]]:
    """The likeliest pair of a column and a role first; what a role already given leaves goes to the column's other roles.

    Returns the roles, and how likely the columns without one only describe.
    """
    taken = {role.value for role in given if role not in SEVERAL}
    left, roles, plainly = list(chances), dict[str, Guess](), dict[str, float]()
    while left:
        likely = [(*_likeliest(chances[column], taken, names[column]), column) for column in left]
        _, chance, name, column = max(likely, key=lambda told: told[0])
        left.remove(column)
        if name == PLAIN:
            plainly[column] = chance
            continue
        role = Role(name)
        ruled = next((guess for guess in rules[column] if guess.role is role), None)
        header = ruled.header if ruled else (0.0 if is_anonymous(names[column]) else _RESEMBLES)
        if role is Role.END_DATE and header < _SAID and chance < _LIKELY_END:
            plainly[column] = 1.0 - chance  # one date among others: an end calls people lost
            continue
        roles[column] = Guess(role, min(chance, 1.0), header, ruled.values if ruled else 1.0, learned=True)
        if role not in SEVERAL:
            taken.add(name)
    return roles, plainly


_SAID, _LIKELY_END = 0.3, 0.85  # a header the rules know; or else a likely end
_RESEMBLES = 0.2  # a header the rules do not know, like others that are known


def _likeliest(chances: Mapping[str, float], taken: Collection[str], header: str) -> tuple[float, float, str]:
    """What a column most likely is, once some roles are taken: how that ranks among the columns, how likely it is, and its name."""
    free = 1.0 - sum(chances[name] for name in taken if name in chances)
    if free < _HARDLY_FREE:
        return 0.5, 0.5, PLAIN
    return max(
        (chance / free + (_before(Role(name), header) if name != PLAIN else 0.0), chance / free, name)
        for name, chance in chances.items() if name not in taken and (chance >= _WORTH or name == PLAIN)
    )  # fmt: skip


def _before(role: Role, header: str) -> float:
    """What sets one of two columns that fit a role as well before the other."""
    if role is Role.AMOUNT:
        return 0.5 * _whole(role, header)
    return 0.1 * (2 - _second(role, header)) if role in (Role.CUSTOMER_ID, Role.ORDER_ID, Role.EVENT_DATE) else 0.0


_HARDLY_FREE = 0.02
_WORTH = 0.12


def fill_needed(
    facts: Mapping[str, Facts], roles: dict[str, Guess], chances: Mapping[str, Mapping[str, float]],
    rules: Mapping[str, Sequence[Guess]], kind: TableKind, given: frozenset[Role],
) -> None:  # fmt: skip
    """What such a table hardly goes without goes to the column most likely to be it, if that is not too unlikely."""
    for role in _NEEDED.get(kind, ()):
        if role in given or any(guess.role is role for guess in roles.values()):
            continue
        free = [
            (_chance(role, {} if facts[column].constant else chances[column], rules[column]), column)
            for column in chances if column not in roles
        ]  # fmt: skip
        chance, best = max(free, key=lambda told: told[0], default=(0.0, ""))
        if chance >= _LIKELY_ENOUGH:
            roles[best] = Guess(role, max(0.5, chance), _RESEMBLES, 1.0, learned=True)
    if kind in SALES and Role.AMOUNT in {guess.role for guess in roles.values()}:
        _fill_quantity(facts, roles, chances)


def _fill_quantity(facts: Mapping[str, Facts], roles: dict[str, Guess], chances: Mapping[str, Mapping[str, float]]) -> None:
    """Whole numbers beside what was paid are how many, where nothing else is and they may well be (« Stems »): the amount does not rest on it."""
    if any(guess.role in (Role.QUANTITY, Role.UNIT_PRICE) for guess in roles.values()):
        return
    whole = [c for c in chances if c not in roles and facts[c].is_number and facts[c].profile.integer and (facts[c].profile.low or 0) >= 0]
    best = max(whole, key=lambda column: chances[column].get(Role.QUANTITY, 0.0), default=None)
    if best is not None and (chance := chances[best].get(Role.QUANTITY, 0.0)) >= _MAY_WELL_BE:
        roles[best] = Guess(Role.QUANTITY, max(0.5, chance), _RESEMBLES, 1.0, learned=True)


def _chance(role: Role, chances: Mapping[str, float], rules: Sequence[Guess]) -> float:
    ruled = next((guess.score for guess in rules if guess.role is role and guess.score >= _CLEARLY), 0.0)
    return max(chances.get(role, 0.0), 0.5 * ruled)


_CLEARLY = 0.6  # what rules alone would have held
_LIKELY_ENOUGH, _MAY_WELL_BE = 0.2, 0.35
_NEEDED: Mapping[TableKind, tuple[Role, ...]] = {  # customers, days and numbers of their own are filled in `reading.py` and `identity.py`
    **dict.fromkeys((*SALES, TableKind.RETURNS), (Role.AMOUNT,)),
    TableKind.OPPORTUNITIES: (Role.AMOUNT, Role.EVENT_DATE),
    TableKind.CAMPAIGNS: (Role.TREATMENT_GROUP, Role.OUTCOME_CONVERTED, Role.OUTCOME_AMOUNT, Role.COST),
    TableKind.USAGE: (Role.USAGE_COUNT,),
}


def _whole(role: Role, header: str) -> float:
    """What was paid in the end is rather the amount than what it is made of, though both headers speak of an amount."""
    if role is not Role.AMOUNT:
        return 0.0
    words = frozenset[str]().union(*concepts_of(header))
    if words & {"ht", "subtotal", "deposit", "balance", "due", "promised", "gross"}:
        return 0.0
    if {"net", "ttc"} <= words:
        return 0.25
    return 0.2 if "ttc" in words or {"payment", "total"} <= words else (0.12 if "total" in words else 0.0)


def _second(role: Role, header: str) -> int:
    """Which of two columns that fit a role as well has it: the lower."""
    if role is Role.CUSTOMER_ID:  # the number the house gives its customers, rather than the software's own
        return 0 if set(words_of(header)) & {"client", "customer", "adherent", "member", "membre"} else 1
    if role is Role.EVENT_DATE:  # an answer, rather than the message it answers
        return 0 if says(header, "answer") else (2 if says(header, "sent") else 1)
    if role is Role.OUTCOME_CONVERTED:
        return 1 if words_of(header)[0].startswith("conver") else 2
    if role is Role.CITY:  # a town, rather than a place of any kind
        return 2 if set(words_of(header)) & {"ville", "city", "town", "commune", "localite"} else 3
    if role is Role.ORDER_ID:
        return 1 if set(words_of(header)) & {"order", "commande", "facture", "invoice"} else 2
    return 2
