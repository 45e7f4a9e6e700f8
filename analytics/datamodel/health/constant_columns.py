"""Columns that say the same thing on every row."""

from __future__ import annotations

from analytics.datamodel.health.context import Context, HealthCode, counted, defect, headers
from analytics.datamodel.model import HealthCheck
from analytics.datamodel.roles import Role
from vocabulary.sentence import say
from vocabulary.themes import Severity

_EXPECTED = (Role.CURRENCY, Role.COUNTRY, Role.CHURN_LABEL)  # one currency is good news; one label is another check
_LEAST_ROWS = 20


def check(context: Context) -> list[HealthCheck]:
    """One check a table, naming its empty or constant columns."""
    found = []
    for table in context.model.tables:
        expected = {place.column.column for place in context.places(*_EXPECTED) if place.table is table}
        names = [c.name for c in table.columns if c.distinct <= 1 and c.column not in expected]
        if not names or table.rows < _LEAST_ROWS:
            continue
        detail = say(
            "{count} colonnes vides ou constantes ({names}) : elles n’expliquent rien et sont laissées de côté.",
            "{count} columns are empty or constant ({names}): they explain nothing and are left aside.",
            count=counted(len(names)), names=headers(names),
        ) if len(names) > 1 else say(
            "Une colonne vide ou constante ({names}) : elle n’explique rien et est laissée de côté.",
            "One column is empty or constant ({names}): it explains nothing and is left aside.",
            names=headers(names),
        )  # fmt: skip
        found.append(defect(HealthCode.CONSTANT_COLUMNS, Severity.INFO, len(names), detail, table=table))
    return found
