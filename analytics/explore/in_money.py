"""Which columns of numbers are sums of money, and said with the currency: amounts, and taxes and discounts that are no rates."""

from __future__ import annotations

from analytics.customers.lines import discount_in_money
from analytics.datamodel.roles import Role
from analytics.study import Study

MONEY_ROLES = frozenset({"amount", "total_spent", "recurring_amount", "unit_price", "margin", "cost", "shipping"})
_MAY_BE_RATES = frozenset({Role.VAT, Role.DISCOUNT})


def in_money(study: Study, role: Role | None, header: str) -> bool:
    """Whether a column of that role holds money.

    Args:
        study: the data.
        role: of the column, if it has one.
        header: of the column.
    """
    if role is None:
        return False
    if role.value in MONEY_ROLES:
        return True
    bound = next((found for found in study.model.bindings if found.role is role and found.name == header), None)
    return role in _MAY_BE_RATES and bound is not None and discount_in_money(bound, study.model)
