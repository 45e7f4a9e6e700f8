"""Data that must not serve: health, religion, origin, social security or bank numbers (GDPR, article 9; IBAN, NIR)."""

from __future__ import annotations

from analytics.datamodel.health.context import Context, HealthCode, defect
from analytics.datamodel.model import HealthCheck
from analytics.datamodel.roles import Role
from vocabulary.sentence import Label, say
from vocabulary.themes import Severity


def check(context: Context) -> list[HealthCheck]:
    """Every column taken for sensitive."""
    return [
        defect(
            HealthCode.SENSITIVE_DATA, Severity.WARNING, place.column.filled,
            say(
                "« {column} » est une donnée sensible : elle est laissée de côté, et mieux vaut ne pas la charger.",
                "“{column}” is sensitive data: it is left aside, and is better not uploaded.",
                column=Label(place.column.name),
            ),
            place,
        )
        for place in context.places(Role.SENSITIVE)
    ]  # fmt: skip
