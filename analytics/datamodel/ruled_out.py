"""Roles that the cells or the header of a column rule out, however the rest of it sounds."""

from __future__ import annotations

import re

from analytics.datamodel.headers import header_scores, plain, says
from analytics.datamodel.roles import Role
from analytics.datamodel.values import Facts


def impossible(facts: Facts) -> frozenset[Role]:
    """Roles that the cells rule out, however the header sounds; and those of what a sum is told without (« Total hors remise »)."""
    found: frozenset[Role] = _left_out(facts.profile.name)
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
    if facts.is_words and facts.share(lambda value: _MOVEMENT.search(plain(value))) > 0:
        found |= {Role.PAYMENT_METHOD}  # « Prime, Remboursement »: what was paid for, or given back, and not how
    if facts.is_words and facts.share(_BAND.match) >= _MOSTLY:
        found |= _NAMES  # « 0-1 Miles, 10+ Miles » are no towns
    return found


def _left_out(header: str) -> frozenset[Role]:
    """What a sum of money is told without, before or after, is not what it is: « CA sans remise », "total before discount"."""
    spaced = _spaced(header)
    beside = _BESIDE.search(spaced)
    own = spaced[: beside.start()] if beside else ""
    if beside is None or not any(says(own, word) for word in _MONEY_WORDS):
        return frozenset()
    said, besides = header_scores(own, None), header_scores(beside[2], None)
    return frozenset(role for role in _BESIDES if role in besides and role not in said)


_BESIDE = re.compile(r"(?<![a-z])(sans|hors|avant|apres|without|before|after|excl|excluding)(?![a-z])(.+)")
_BESIDES = (Role.DISCOUNT, Role.SHIPPING, Role.PROMO_CODE)
_BAND = re.compile(r"\W*\d[\d\s.,]*(?:[a-z%€$£]{0,3}\s*(?:-|–|à|to)\s*\d|\+)", re.IGNORECASE)
_MOVEMENT = re.compile(r"(?<![a-z])(refund(s|ed)?|remboursements?|payouts?|indemnisations?|charge ?backs?)(?![a-z])")
_MOSTLY = 0.6
_NAMES = frozenset({Role.CITY, Role.REGION, Role.COUNTRY, Role.FIRST_NAME, Role.LAST_NAME, Role.FULL_NAME, Role.COMPANY_NAME})
_TIME_TAKEN = re.compile(r"(?<![a-z])(delais?|(lead|transit|delivery|shipping|handling|processing|response) ?times?|days?|jours?|hours?|heures?|durees?|durations?)(?![a-z])|[(\[](j|d|h|hrs?|jrs?)[)\]]")
_MONEY_WORDS = ("amount", "price", "fee", "cost", "total", "ttc", "ht", "payment")
_MONEY_ROLES = frozenset({
    Role.SHIPPING, Role.AMOUNT, Role.COST, Role.UNIT_PRICE, Role.DISCOUNT, Role.VAT, Role.TOTAL_SPENT, Role.RECURRING_AMOUNT, Role.MARGIN,
})  # fmt: skip
_TEN, _MOST_CODES = 10, 20
_FARTHEST, _IN_METRES = 20_040, re.compile(r"(?<![a-z])(m|met(re|er)s?)(?![a-z])")  # kilometres to the other side of the Earth
_FIRST_YEAR, _LAST_YEAR = 1930, 2100
_LENGTHS = frozenset({Role.TENURE, Role.RECENCY, Role.AGE_OBSERVED, Role.LAST_PURCHASE_AGE, Role.AGE})


def _spaced(header: str) -> str:
    return re.sub(r"[_\-]", " ", plain(header))
