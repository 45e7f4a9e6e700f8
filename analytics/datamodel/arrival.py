"""When customers came, where no header says so in words the rules know (« Engaged », « Pris en gestion », "Date of Entry")."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from analytics.datamodel.guessing import Guess
from analytics.datamodel.headers import says
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.values import Facts


def settle_arrival(facts: Mapping[str, Facts], roles: dict[str, Guess], kind: TableKind) -> None:
    """In a list of people, the only day that each of them has, over years and up to now, is the day they came.

    Args:
        facts: the columns, by internal name.
        roles: what they mean; the day is written there.
        kind: a list of customers, or of contracts.
    """
    if any(guess.role in _CAME for guess in roles.values()) or not any(guess.role in _WHO for guess in roles.values()):
        return
    newest = max((fact.profile.high for fact in facts.values() if fact.is_date and fact.profile.high is not None), default=0.0)
    found = [column for column, fact in facts.items() if _of_each(fact, newest) and (column not in roles or roles[column].role is Role.OTHER_DATE)]
    if len(found) == 1:
        roles[found[0]] = Guess(Role.SIGNUP_DATE if kind is TableKind.CUSTOMERS else Role.START_DATE, _LIKELY, 0.0, 1.0)


def _of_each(facts: Facts, newest: float) -> bool:
    """A day each row has, each its own or nearly, over a year or more; the last of them not long before the newest of the file."""
    profile = facts.profile
    if not facts.is_date or facts.coarse_date or profile.low is None or profile.high is None or any(says(profile.name, word) for word in _SOMETHING_ELSE):
        return False
    told = profile.filled >= _EACH * profile.rows and profile.distinct >= _DAYS
    return told and profile.high - profile.low >= _YEAR and profile.low >= _FIRST and profile.high >= newest - _LONG


_CAME = frozenset({Role.SIGNUP_DATE, Role.START_DATE, Role.FIRST_PURCHASE_DATE, Role.PURCHASE_DATE})
_WHO = frozenset({Role.CUSTOMER_ID, Role.ACCOUNT_ID, Role.FULL_NAME, Role.LAST_NAME, Role.COMPANY_NAME, Role.EMAIL, Role.SUBSCRIPTION_ID})
_LIKELY, _EACH, _DAYS = 0.55, 0.97, 20
_YEAR, _LONG = 365, 3 * 365
_FIRST = date(1975, 1, 1).toordinal()
_SOMETHING_ELSE = (  # what is of the last time, of the next, of something other than the relation
    "last", "next", "modified", "birth", "payment", "invoice", "due", "renewal", "end", "delivery", "consent", "sent", "contact", "usage", "event", "churn",
    "cancel", "order", "document", "review", "period", "satisfaction", "posting", "issued", "received", "call", "expense", "offer", "option", "thing", "return",
)  # fmt: skip
