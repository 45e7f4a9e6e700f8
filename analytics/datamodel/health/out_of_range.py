"""Codes that the scale does not have: an NPS of eleven, an age of nine hundred, a negative tenure."""

from __future__ import annotations

from analytics.datamodel.health.context import Context, HealthCode, counted, defect, rows_where
from analytics.datamodel.model import HealthCheck
from analytics.datamodel.roles import Role
from analytics.datamodel.sql import as_number
from vocabulary.estimate import Threshold, Unit
from vocabulary.sentence import Label, say
from vocabulary.themes import Severity

_SCALES: tuple[tuple[Role, float, float], ...] = (
    (Role.NPS, 0, 10), (Role.AGE, 0, 120), (Role.TENURE, 0, 100_000), (Role.FREQUENCY, 0, 1_000_000),
    (Role.RECENCY, 0, 100_000), (Role.DISTANCE, 0, 20_100),
)  # fmt: skip


def check(context: Context) -> list[HealthCheck]:
    """Values outside what the role can hold."""
    found = []
    for role, least, most in _SCALES:
        for place in context.places(role):
            low, high = place.column.low, place.column.high
            if low is None or high is None or (low >= least and high <= most):
                continue
            value = as_number(place.column)
            rows = context.count(place.table, f"{value} < {least} OR {value} > {most}")
            detail = say(
                "« {column} » : {count} valeurs hors de l’échelle (de {least} à {most}) ; elles faussent les moyennes.",
                "“{column}”: {count} values outside the scale ({least} to {most}); they distort averages.",
                column=Label(place.column.name), count=counted(rows, place.table.rows),
                least=Threshold(least, Unit.NUMBER), most=Threshold(most, Unit.NUMBER),
            )  # fmt: skip
            lines = rows_where(place.table, f"{value} < {least} OR {value} > {most}")
            found.append(defect(HealthCode.OUT_OF_RANGE, Severity.WARNING, rows, detail, place, lines=lines))
    return found
