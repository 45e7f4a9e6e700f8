"""A file called « abonnements » whose rows are the payments of subscriptions, month after month: what was paid, and not contracts."""

from __future__ import annotations

from collections.abc import Mapping

from analytics.datamodel.guessing import Guess
from analytics.datamodel.headers import concepts_of
from analytics.datamodel.identity import profile_with
from analytics.datamodel.model import TableProfile
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.values import DATES

_PAID = frozenset({Role.AMOUNT, Role.RECURRING_AMOUNT})
_OF_A_CONTRACT = frozenset({  # a row that has one of these tells of a contract
    Role.START_DATE, Role.END_DATE, Role.RENEWAL_DATE, Role.SIGNUP_DATE, Role.SUBSCRIPTION_ID, Role.TRIAL, Role.CHURN_LABEL, Role.CHURN_REASON,
})  # fmt: skip
_PAYING = frozenset({"payment", "invoice"})
_EACH = 1.5  # rows a customer, at least
_FILLED = 0.95


def are_instalments(table: TableProfile, kind: TableKind, roles: Mapping[str, Guess]) -> bool:
    """Whether rows read as contracts are what was paid for them: customers come back, and the only date is that of a payment.

    Args:
        table, kind: the file, and what it was taken to be.
        roles: of its columns.
    """
    known = {guess.role for guess in roles.values()}
    person = profile_with(table, roles, Role.CUSTOMER_ID, Role.ACCOUNT_ID, Role.EMAIL)
    if kind is not TableKind.SUBSCRIPTIONS or person is None or not known & _PAID or known & _OF_A_CONTRACT:
        return False
    days = [column for column in table.columns if column.type in DATES]
    paid = len(days) == 1 and bool(frozenset[str]().union(*concepts_of(days[0].name)) & _PAYING) and days[0].filled >= _FILLED * table.rows
    return paid and days[0].distinct > 1 and person.filled >= _EACH * person.distinct
