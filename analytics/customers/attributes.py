"""Which columns of the files describe a customer, when each is known, and what is derived from events."""

from __future__ import annotations

import re

from analytics.customers.header_timing import plain, says_departure, timing_of_words
from analytics.datamodel.attributes import Attribute, Timing
from analytics.datamodel.model import Binding, ColumnProfile, ColumnType
from analytics.datamodel.roles import ROLE_NAMES, Role
from vocabulary.language import Text
from vocabulary.themes import Theme

_R, _D, _W, _C, _O = Timing.AT_RECRUITMENT, Timing.DURING, Timing.WARNING, Timing.CLOCK, Timing.OUTCOME

ROLE_TIMING: dict[Role, Timing] = {
    Role.ACQUISITION_CHANNEL: _R, Role.GENDER: _R, Role.AGE: _R, Role.REGION: _R, Role.CITY: _R,
    Role.POSTCODE: _R, Role.COUNTRY: _R, Role.DISTANCE: _R, Role.SECTOR: _R, Role.COMPANY_SIZE: _R, Role.TRIAL: _R,
    Role.STORE: _R, Role.CATEGORY: _R,
    Role.PLAN: _D, Role.CONTRACT_TYPE: _D, Role.SEATS: _D, Role.PAYMENT_METHOD: _D, Role.DELIVERY_METHOD: _D,
    Role.COMPLAINT: _D, Role.RESOLVED: _D, Role.NPS: _D, Role.SATISFACTION: _D, Role.LOYALTY_MEMBER: _D,
    Role.CONSENT_EMAIL: _W, Role.CONSENT_SMS: _W, Role.CONSENT_PHONE: _W, Role.CONSENT_POST: _W, Role.TOPIC: _D,
    Role.SALE_CHANNEL: _D, Role.SELLER: _D, Role.RECURRING_AMOUNT: _D, Role.DISCOUNT: _D, Role.PROMO_CODE: _D,
    Role.TREATMENT_GROUP: _O, Role.CONSENT_DATE: _W, Role.OTHER_DATE: _D, Role.PRODUCT: Timing.UNKNOWN, Role.UNIT_PRICE: _D,
    Role.RECENCY: _W, Role.LAST_PURCHASE_AGE: _W, Role.FREQUENCY: _W, Role.TOTAL_SPENT: _W, Role.USAGE_COUNT: _W, Role.OPENED: _W,
    Role.CLICKED: _W, Role.LAST_PURCHASE_DATE: _W, Role.AMOUNT: _W, Role.QUANTITY: _W, Role.MARGIN: _W, Role.COST: _W,
    Role.TENURE: _C, Role.AGE_OBSERVED: _C, Role.SIGNUP_DATE: _C, Role.START_DATE: _C, Role.FIRST_PURCHASE_DATE: _C,
    Role.CHURN_LABEL: _O, Role.CHURN_REASON: _O, Role.ACCOUNT_STATUS: _O, Role.END_DATE: _O, Role.RENEWAL_DATE: _C,
    Role.OUTCOME_CONVERTED: _O, Role.OUTCOME_AMOUNT: _O, Role.SHIPPING: _D, Role.ORDER_STATUS: _D,
}  # fmt: skip

_THEMES: dict[Role, Theme] = {
    Role.ACQUISITION_CHANNEL: Theme.TARGETING, Role.TRIAL: Theme.FREE_TRIAL, Role.DISTANCE: Theme.ACCESS,
    Role.DISCOUNT: Theme.PROMOTION, Role.PROMO_CODE: Theme.PROMOTION, Role.COMPLAINT: Theme.LISTENING,
    Role.RESOLVED: Theme.LISTENING, Role.NPS: Theme.LISTENING, Role.SATISFACTION: Theme.LISTENING,
    Role.RECURRING_AMOUNT: Theme.PRICE, Role.PLAN: Theme.PRICE, Role.CONTRACT_TYPE: Theme.EXCLUSIVITY,
    Role.DELIVERY_METHOD: Theme.SERVICE, Role.GENDER: Theme.TARGETING, Role.AGE: Theme.TARGETING,
    Role.REGION: Theme.TARGETING, Role.SECTOR: Theme.TARGETING, Role.COMPANY_SIZE: Theme.TARGETING,
}  # fmt: skip

_GENERIC = frozenset({Role.ATTRIBUTE, Role.FLAG, Role.MEASURE})
# Roles whose column is better called by its own header.
_CALLED_BY_HEADER = _GENERIC | {Role.CATEGORY, Role.PRODUCT, Role.STORE, Role.TOPIC, Role.AMOUNT, Role.OTHER_DATE, Role.ACCOUNT_STATUS} | {
    Role.PROMO_CODE, Role.DISCOUNT, Role.COMPLAINT, Role.RESOLVED, Role.LOYALTY_MEMBER, Role.TRIAL, Role.USAGE_COUNT,
    Role.SHIPPING, Role.ORDER_STATUS, Role.SELLER,
}
# Roles that say too little of when their column is known: its own words decide first.
_TOLD_BY_WORDS = _GENERIC | {
    Role.OTHER_DATE, Role.CATEGORY, Role.STORE, Role.PRODUCT, Role.SALE_CHANNEL, Role.DELIVERY_METHOD, Role.PROMO_CODE,
}
_LIVED = _TOLD_BY_WORDS | {
    Role.NPS, Role.SATISFACTION, Role.TOPIC, Role.COMPLAINT, Role.RESOLVED, Role.DISCOUNT, Role.AMOUNT, Role.MARGIN, Role.COST,
}
USABLE_ROLES = frozenset(ROLE_TIMING) | _GENERIC

_IS_ACTIVE = re.compile(r"(^|_)(is_)?acti(f|ve|fs|ves)(_|$)")


def timing(role: Role, header: str) -> Timing:
    """When a column is known: by its role, else by the words of its header, else unknown."""
    words = plain(header)
    if role is Role.ACCOUNT_STATUS and _IS_ACTIVE.search(words):
        return Timing.WARNING  # an "active member" is one who shows up: activity, which may fade before the departure
    if role in _LIVED and says_departure(header):
        return Timing.OUTCOME  # an exit survey, a reason for leaving: written once the customer has gone
    if role is Role.CHURN_LABEL and timing_of_words(header) is Timing.DURING:
        return Timing.DURING  # "delivery_lost", taken for a label by its one word: what was lost is not the customer
    if role in _TOLD_BY_WORDS:
        told = timing_of_words(header)
        if told is not None:
            return told
    return ROLE_TIMING.get(role, Timing.UNKNOWN)


def usable(binding: Binding, profile: ColumnProfile) -> bool:
    """Whether a column describes customers: not an id, a name, a way to reach them, a free text or a sensitive datum."""
    if binding.role not in USABLE_ROLES or profile.type is ColumnType.EMPTY:
        return False
    return not (profile.type is ColumnType.TEXT and binding.role in _GENERIC and profile.mean_length > 40)


def from_file(binding: Binding, column: str, kind: ColumnType, *, alone: bool, taken: frozenset[str]) -> Attribute:
    """Describe a column of the files.

    Args:
        binding: the column and its role.
        column: where it goes (`a0` ... or `p0` ...).
        kind: how its values are kept.
        alone: it is the only one of its role, so that the role's name is enough to call it.
        taken: names already given; a second column of the same header is told apart by its file.
    """
    name = binding.name if binding.name not in taken else f"{binding.name} ({binding.file})"
    said = re.sub(r"[_\s]+", " ", binding.name).strip() or binding.name
    title = ROLE_NAMES[binding.role] if alone and binding.role not in _CALLED_BY_HEADER else Text(said, said)
    theme = _THEMES.get(binding.role)
    return Attribute(
        name=name, title=title, column=column, type=kind, role=binding.role,
        timing=timing(binding.role, binding.name), sources=((binding.file, binding.name),),
        theme_hint=theme.value if theme else None,
    )  # fmt: skip
