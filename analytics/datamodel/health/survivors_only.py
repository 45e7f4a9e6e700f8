"""A file of present customers only: nobody in it has left."""

from __future__ import annotations

from analytics.datamodel.health.context import Context, HealthCode, defect
from analytics.datamodel.lost import lost_values
from analytics.datamodel.model import ColumnProfile, HealthCheck, LostBasis
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.statuses import means_gone, means_yes
from vocabulary.sentence import Label, say
from vocabulary.themes import Severity

_PEOPLE = (TableKind.CUSTOMERS, TableKind.SUBSCRIPTIONS)


def check(context: Context) -> list[HealthCheck]:
    """A label or a status that never says "gone", when nothing else does."""
    if context.model.lost.basis in (LostBasis.LABEL, LostBasis.CONTRACT_END):
        return []
    for place in context.places(Role.CHURN_LABEL, Role.ACCOUNT_STATUS, kinds=_PEOPLE):
        if place.column.filled and _nobody_left(place.column):
            detail = say(
                "« {column} » ne marque personne comme parti : ce fichier n’a que des clients présents, il ne peut pas dire "
                "pourquoi d’autres sont partis.",
                "“{column}” marks nobody as gone: this file only has present customers, it cannot say why others left.",
                column=Label(place.column.name),
            )
            return [defect(HealthCode.SURVIVORS_ONLY, Severity.WARNING, place.column.filled, detail, place)]
    return []


def _nobody_left(column: ColumnProfile) -> bool:
    values = [value for value, _ in column.top] or list(column.examples)
    said = [means_yes(value) if means_yes(value) is not None else means_gone(value) for value in values]
    return bool(values) and not lost_values(column) and not any(said)
