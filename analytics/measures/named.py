"""The names of companies: a firm is called by its name beside its code; people are not named."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.datamodel.roles import Role
from analytics.study import Study
from analytics.workspace import quote
from vocabulary.language import Text

NAME = Text("nom", "name")


def company_names(study: Study, customers: Sequence[str]) -> dict[str, str]:
    """The name of each of these customers that the files call a company; empty when they name none.

    Args:
        study: the data.
        customers: their identifiers, as they stand in the files.
    """
    for binding in study.model.bindings:
        if binding.role is not Role.COMPANY_NAME or not customers:
            continue
        key = next((other for other in study.model.bindings if other.table == binding.table and other.role is Role.CUSTOMER_ID), None)
        if key is None:
            continue
        held = f"trim(CAST({quote(key.column)} AS VARCHAR))"
        rows = study.database.rows(
            f"SELECT {held}, min(CAST({quote(binding.column)} AS VARCHAR)) FROM {binding.table}"
            f" WHERE {quote(binding.column)} IS NOT NULL AND {held} IN ({', '.join('?' * len(customers))}) GROUP BY 1",
            list(customers),
        )
        if rows:
            return {str(customer): str(name) for customer, name in rows}
    return {}
