"""Whether a column's values can play a role, role by role."""

from __future__ import annotations

import re
from collections.abc import Callable

from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import Role
from analytics.datamodel.statuses import means_gone, means_yes
from analytics.datamodel.values import Facts

_PHONE_LIKE = re.compile(r"(?=(?:\D*\d){7})[\d\s().+-]{7,20}")  # a local number, without its prefix


def _number(facts: Facts) -> float:
    return 1.0 if facts.is_number else 0.0


def _money(facts: Facts) -> float:
    if not facts.is_number:
        return 0.0
    return 0.55 if facts.is_flag else 1.0


def _total(facts: Facts) -> float:
    """Money summed over purchases: small whole numbers are rather counts."""
    small = facts.profile.integer and (facts.profile.high or 0) <= 300
    return _money(facts) * (0.75 if small else 1.0)


def _count(facts: Facts) -> float:
    if not facts.is_number or not facts.profile.integer:
        return 0.0
    return 1.0 if (facts.profile.low or 0) >= 0 else 0.3


def _tally(facts: Facts) -> float:
    """A count that many rows share: numbers all different are references."""
    return _count(facts) * (0.3 if facts.profile.filled > 50 and facts.share_distinct > 0.9 else 1.0)


def _date(facts: Facts) -> float:
    return 1.0 if facts.is_date else 0.0


def _quantity(facts: Facts) -> float:
    """How many, or how much by weight: seldom to the cent."""
    return _number(facts) * (1.0 if facts.profile.integer else 0.7)


def _member(facts: Facts) -> float:
    """A yes or no: words that name a club or a card are no membership."""
    told = facts.is_flag or facts.share(lambda value: means_yes(value) is not None or means_gone(value) is not None) >= 0.5
    return _flag(facts) * (1.0 if told else 0.6)


def _day(facts: Facts) -> float:
    """A day of a contract or of a life: the hour is seldom told."""
    return 0.9 * _date(facts) if facts.profile.type is ColumnType.MOMENT else _date(facts)


def _identifier(facts: Facts) -> float:
    """Identifiers are codes or whole numbers with many values; a date or an amount is none."""
    if facts.is_date or facts.is_flag or facts.looks_prose or (facts.is_number and not facts.profile.integer):
        return 0.0
    if facts.looks_email:
        return 0.3
    if facts.looks_named:
        return 0.4  # people and companies are named, not numbered
    if facts.profile.distinct <= 2:
        return 0.2 if facts.profile.filled > 20 else 0.8
    if facts.is_number and _MOBILES[0] <= (facts.profile.low or 0) and (facts.profile.high or 0) < _MOBILES[1]:
        return 0.5  # telephones whose first nought a spreadsheet took away
    if facts.is_number and facts.profile.distinct < min(100, 0.02 * facts.profile.filled):
        return 0.3  # so few whole numbers count something, or code a category
    return 1.0 if facts.looks_code else 0.85


_MOBILES = (600_000_000, 800_000_000)


def _small_identifier(facts: Facts) -> float:
    """Identifiers that may have few values: stores, sellers, products, lines of an order."""
    if facts.is_number and facts.profile.integer:
        return 1.0 if facts.profile.distinct > 2 else 0.85
    return _identifier(facts)


def _row(facts: Facts) -> float:
    """The number of a row never comes back."""
    return _identifier(facts) * (1.0 if facts.share_distinct >= 0.9 else 0.4)


def _line(facts: Facts) -> float:
    """The place of a line in its order: small numbers that come back."""
    small = facts.unique or (facts.is_number and (facts.profile.high or 0) <= 500)
    return _small_identifier(facts) if small else 0.25 * _small_identifier(facts)


def _words(facts: Facts) -> float:
    if facts.is_date or facts.looks_email:
        return 0.0
    if facts.is_flag or (facts.is_words and facts.share(lambda value: means_yes(value) is not None) >= 0.5):
        return 0.3  # yes, no, no internet service: names nothing
    if facts.is_number:
        return 0.75 if facts.profile.integer and facts.profile.distinct <= 40 else 0.1
    return 1.0


def _category(facts: Facts) -> float:
    return _words(facts) * (1.0 if facts.few else 0.5)


def _flag(facts: Facts) -> float:
    if facts.is_flag:
        return 1.0
    return 0.7 if facts.is_words and facts.profile.distinct <= 3 else 0.0


def _state(facts: Facts) -> float:
    """A flag or a short list of words."""
    if facts.is_flag:
        return 1.0
    return 0.95 if facts.is_words and facts.profile.distinct <= 25 else 0.0


def _presence(facts: Facts) -> float:
    """A flag, or words that say who is here and who has gone."""
    if facts.is_words and not any(
        means_gone(value) is not None or means_yes(value) is not None for value in facts.samples
    ):
        return 0.5 * _state(facts)
    return _state(facts)


def _place(facts: Facts) -> float:
    """A region or a country: words, or whole numbers such as those of French departments."""
    if facts.is_number and facts.profile.integer and facts.profile.distinct <= 110:
        return 0.75
    if facts.share(lambda value: means_gone(value) is not None) >= 0.5:
        return 0.2  # states such as "active" are no places
    return _category(facts)


def _treatment(facts: Facts) -> float:
    return 1.0 if facts.is_flag or (facts.is_words and facts.profile.distinct <= 8) else 0.2 * _count(facts)


def _proper(facts: Facts) -> float:
    if not facts.is_words or facts.looks_email:
        return 0.0
    return 1.0 if not facts.looks_code else (0.7 if facts.hashed else 0.4)


def _full(facts: Facts) -> float:
    """A first name and a family name."""
    return _proper(facts) * (1.0 if facts.looks_named else 0.6)


def _email(facts: Facts) -> float:
    if facts.hashed:
        return 0.7
    return 1.15 if facts.looks_email else (0.4 if facts.is_words and not facts.samples else 0.0)


def _phone(facts: Facts) -> float:
    if facts.looks_phone:
        return 1.1
    if facts.hashed:
        return 0.7
    if facts.is_words and facts.share(_PHONE_LIKE.fullmatch) >= 0.8:
        return 0.9
    return 0.9 if facts.is_number and facts.profile.integer and (facts.profile.low or 0) > 10**7 else 0.0


_SCORES = 18  # eleven, and a few typed wrong


def _nps(facts: Facts) -> float:
    low, high = facts.profile.low, facts.profile.high
    if not facts.is_number or low is None or high is None or facts.profile.distinct > _SCORES:
        return 0.0
    return 1.0 if facts.profile.integer and low >= 0 and high <= 11 else 0.6


def _satisfaction(facts: Facts) -> float:
    if facts.is_words:
        return 0.8 if facts.profile.distinct <= 10 else 0.0
    low, high = facts.profile.low, facts.profile.high
    if not facts.is_number or low is None or high is None:
        return 0.0
    return 1.0 if low >= 0 and high <= 10 else (0.8 if 0 <= low and high <= 100 else 0.0)


def _age(facts: Facts) -> float:
    low, high = facts.profile.low, facts.profile.high
    if facts.is_words:
        return 0.6 if facts.profile.distinct <= 20 else 0.0
    if not facts.is_number or low is None or high is None:
        return 0.0
    if facts.profile.distinct <= 2:
        return 0.3
    return 1.0 if low >= 0 and high <= 130 else 0.75  # a few absurd ages are a defect, not another meaning


def _postcode(facts: Facts) -> float:
    if facts.is_date or facts.is_flag:
        return 0.0
    if facts.is_number:
        return 1.0 if facts.profile.integer and 10 <= (facts.profile.high or 0) <= 10**9 else 0.0
    return 1.0


def _gender(facts: Facts) -> float:
    if facts.looks_gender:
        return 1.1
    return 0.6 if (facts.is_words or facts.is_flag or _count(facts)) and facts.profile.distinct <= 6 else 0.0


def _currency(facts: Facts) -> float:
    return 1.1 if facts.looks_currency else (0.5 if facts.is_words and facts.profile.distinct <= 10 else 0.0)


def _comment(facts: Facts) -> float:
    if not facts.is_words:
        return 0.0
    if facts.looks_prose:
        return 1.1
    if facts.share(lambda value: value.count(" ") >= _SENTENCE) >= 0.5:
        return 1.0  # sentences, though few of them
    return 0.8 if facts.share_distinct > 0.1 else 0.6


_SENTENCE = 4  # spaces


def _promo(facts: Facts) -> float:
    if facts.is_flag:
        return 1.0
    return 0.9 if facts.is_words else 0.35 * _count(facts)


def _counted_flag(facts: Facts) -> float:
    return max(_flag(facts), 0.85 * _count(facts) if facts.profile.distinct <= 60 else 0.0)


def _span(facts: Facts) -> float:
    """A length of time or a distance: a number that is not negative."""
    return 1.0 if facts.is_number and (facts.profile.low or 0) >= 0 else 0.25 * _number(facts)


def _plan(facts: Facts) -> float:
    return _category(facts) if not facts.is_flag else 0.0


def _sensitive(facts: Facts) -> float:
    return 1.0 if not facts.is_date and (not facts.is_number or facts.profile.integer) else 0.0


def _attribute(facts: Facts) -> float:
    """Words or codes; numbers and flags describe in their own way."""
    return 1.0 if facts.is_words else 0.0


def _size(facts: Facts) -> float:
    return max(_count(facts), 0.9 if facts.is_words and facts.profile.distinct <= 15 else 0.0)


_IDENTIFIERS = (
    Role.CUSTOMER_ID, Role.ORDER_ID, Role.LINE_ID, Role.PRODUCT_ID, Role.STORE_ID, Role.SELLER_ID, Role.ACCOUNT_ID,
    Role.PARENT_ACCOUNT_ID, Role.HOUSEHOLD_ID, Role.PROSPECT_ID, Role.SUBSCRIPTION_ID, Role.ROW_ID, Role.CUSTOMER_LINK,
)  # fmt: skip
_DATE_ROLES = (
    Role.PURCHASE_DATE, Role.SIGNUP_DATE, Role.START_DATE, Role.END_DATE, Role.RENEWAL_DATE, Role.LAST_PURCHASE_DATE,
    Role.FIRST_PURCHASE_DATE, Role.EVENT_DATE, Role.RESOLVED_DATE, Role.DELIVERY_DATE, Role.PROMISED_DATE,
    Role.BIRTH_DATE, Role.CONSENT_DATE, Role.OTHER_DATE,
)  # fmt: skip
_MONEY_ROLES = (
    Role.AMOUNT, Role.UNIT_PRICE, Role.DISCOUNT, Role.SHIPPING, Role.VAT, Role.COST, Role.MARGIN, Role.TOTAL_SPENT,
    Role.RECURRING_AMOUNT, Role.OUTCOME_AMOUNT,
)  # fmt: skip
_CATEGORY_ROLES = (
    Role.ACQUISITION_CHANNEL, Role.SALE_CHANNEL, Role.PAYMENT_METHOD, Role.DELIVERY_METHOD, Role.CONTRACT_TYPE,
    Role.SECTOR, Role.CHURN_REASON,
)  # fmt: skip
_FLAG_ROLES = (
    Role.TRIAL, Role.RESOLVED, Role.CONSENT_EMAIL, Role.CONSENT_SMS, Role.CONSENT_PHONE, Role.CONSENT_POST,
)  # fmt: skip

_FITS: dict[Role, Callable[[Facts], float]] = {
    **dict.fromkeys(_IDENTIFIERS, _identifier),
    Role.LINE_ID: _line,
    Role.ROW_ID: _row,
    **dict.fromkeys((Role.STORE_ID, Role.SELLER_ID, Role.PRODUCT_ID), _small_identifier),
    **dict.fromkeys(_DATE_ROLES, _date),
    **dict.fromkeys((Role.START_DATE, Role.RENEWAL_DATE, Role.BIRTH_DATE), _day),
    **dict.fromkeys(_MONEY_ROLES, _money),
    **dict.fromkeys(_CATEGORY_ROLES, _category),
    **dict.fromkeys(_FLAG_ROLES, _flag),
    **dict.fromkeys((Role.CATEGORY, Role.PRODUCT, Role.STORE, Role.SELLER, Role.CITY, Role.TOPIC), _words),
    **dict.fromkeys((Role.FIRST_NAME, Role.LAST_NAME, Role.COMPANY_NAME, Role.ADDRESS), _proper),
    **dict.fromkeys((Role.OPENED, Role.CLICKED, Role.COMPLAINT, Role.OUTCOME_CONVERTED), _counted_flag),
    **dict.fromkeys((Role.RECENCY, Role.TENURE, Role.AGE_OBSERVED, Role.LAST_PURCHASE_AGE, Role.DISTANCE), _span),
    **dict.fromkeys((Role.FREQUENCY, Role.USAGE_COUNT, Role.SEATS), _tally),
    **dict.fromkeys((Role.ACCOUNT_STATUS, Role.CHURN_LABEL), _presence),
    **dict.fromkeys((Role.REGION, Role.COUNTRY), _place),
    Role.FULL_NAME: _full,
    Role.TOTAL_SPENT: _total,
    Role.LOYALTY_MEMBER: _member,
    Role.ORDER_STATUS: _state,
    Role.QUANTITY: _quantity,
    Role.TREATMENT_GROUP: _treatment,
    Role.EMAIL: _email,
    Role.PHONE: _phone,
    Role.NPS: _nps,
    Role.SATISFACTION: _satisfaction,
    Role.AGE: _age,
    Role.POSTCODE: _postcode,
    Role.GENDER: _gender,
    Role.CURRENCY: _currency,
    Role.COMMENT: _comment,
    Role.PROMO_CODE: _promo,
    Role.PLAN: _plan,
    Role.SENSITIVE: _sensitive,
    Role.COMPANY_SIZE: _size,
    Role.MEASURE: _number,
    Role.ATTRIBUTE: _attribute,
    Role.FLAG: _flag,
}


def fit(role: Role, facts: Facts) -> float:
    """How well the values can play a role, whatever the header: 0 (cannot) to about 1 (1.1: they show it by themselves)."""
    if facts.profile.type is ColumnType.EMPTY:
        return 0.0
    test = _FITS.get(role)
    return test(facts) if test else 0.0
