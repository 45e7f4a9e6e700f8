"""A file of present customers only: nobody in it has left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from analytics.datamodel.headers import header_scores
from analytics.datamodel.health.context import Context, HealthCode, defect
from analytics.datamodel.lost import lost_values
from analytics.datamodel.model import ColumnProfile, HealthCheck, LostBasis, TableProfile
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.statuses import means_gone, means_yes
from vocabulary.sentence import Label, say
from vocabulary.themes import Severity

_PEOPLE = (TableKind.CUSTOMERS, TableKind.SUBSCRIPTIONS)
_SAYS_LEFT = 0.8  # of the header


def check(context: Context) -> list[HealthCheck]:
    """A label or a status that never says "gone", when nothing else does."""
    if context.model.lost.basis in (LostBasis.LABEL, LostBasis.CONTRACT_END):
        return []
    told = [(place.table, place.column) for place in context.places(Role.CHURN_LABEL, Role.ACCOUNT_STATUS, kinds=_PEOPLE)]
    for table, column in (*told, *_never_varying(context)):
        if column.filled and _nobody_left(column):
            detail = say(
                "« {column} » ne marque personne comme parti : ce fichier n’a que des clients présents, il ne peut pas dire "
                "pourquoi d’autres sont partis.",
                "“{column}” marks nobody as gone: this file only has present customers, it cannot say why others left.",
                column=Label(column.name),
            )
            check_ = defect(HealthCode.SURVIVORS_ONLY, Severity.WARNING, column.filled, detail, table=table)
            return [replace(check_, column=column.name)]
    return []


def _never_varying(context: Context) -> Iterator[tuple[TableProfile, ColumnProfile]]:
    """Columns whose header says who left and which hold one value: a lone nought is read as a number, and has no role."""
    for table in context.model.of_kind(*_PEOPLE):
        for column in table.columns:
            match = header_scores(column.name, context.model.kind(table.table)).get(Role.CHURN_LABEL)
            if column.distinct == 1 and match is not None and match.score >= _SAYS_LEFT:
                yield table, column


def _nobody_left(column: ColumnProfile) -> bool:
    values = [value for value, _ in column.top] or list(column.examples)
    said = [means_yes(value) if means_yes(value) is not None else means_gone(value) for value in values]
    return bool(values) and not lost_values(column) and not any(said)
