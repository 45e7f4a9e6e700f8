"""Empty cells in the columns the diagnosis rests on."""

from __future__ import annotations

from analytics.datamodel.health.context import (
    Context,
    HealthCode,
    Place,
    counted,
    defect,
    left_out,
    rows_where,
    share,
)
from analytics.datamodel.labels import marks_only
from analytics.datamodel.model import HealthCheck
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.sql import as_text
from vocabulary.sentence import Label, say
from vocabulary.themes import Severity

_SALES = (TableKind.TRANSACTIONS, TableKind.ORDER_LINES, TableKind.INVOICES)
_PEOPLE = (TableKind.CUSTOMERS, TableKind.SUBSCRIPTIONS)
_NEEDED: tuple[tuple[Role, tuple[TableKind, ...], float], ...] = (
    (Role.PURCHASE_DATE, _SALES, 0.0),
    (Role.AMOUNT, _SALES, 0.005),
    (Role.CHURN_LABEL, _PEOPLE, 0.0),
    (Role.SIGNUP_DATE, (TableKind.CUSTOMERS,), 0.05),
    (Role.START_DATE, (TableKind.SUBSCRIPTIONS,), 0.0),
    (Role.ACQUISITION_CHANNEL, _PEOPLE, 0.05),
    (Role.TENURE, (TableKind.CUSTOMERS,), 0.01),
    (Role.RECURRING_AMOUNT, _PEOPLE, 0.05),
)
_GRAVE = 0.2


def check(context: Context) -> list[HealthCheck]:
    """Dates, amounts, labels and channels that are empty more often than they may be."""
    found = []
    for role, kinds, allowed in _NEEDED:
        for place in context.places(role, kinds=kinds):
            missing = place.table.rows - place.column.filled
            if missing <= allowed * place.table.rows or _says_by_its_blanks(context, place):
                continue
            detail = say(
                "« {column} » est vide sur {count} lignes ({share}) : elles ne comptent pas là où cette colonne sert.",
                "“{column}” is empty on {count} rows ({share}): they do not count where that column is used.",
                column=Label(place.column.name), count=counted(missing, place.table.rows),
                share=share(missing, place.table.rows),
            )  # fmt: skip
            severity = Severity.WARNING if missing > _GRAVE * place.table.rows else Severity.INFO
            remedy = left_out(place.table, f"{as_text(place.column)} IS NULL") if role is Role.AMOUNT else ()
            lines = rows_where(place.table, f"{as_text(place.column)} IS NULL")
            found.append(defect(
                HealthCode.MISSING_VALUES, severity, missing, detail, place, lines=lines, remedy=remedy
            ))  # fmt: skip
    return found


def _says_by_its_blanks(context: Context, place: Place) -> bool:
    """A cross for those who left, and nothing for the others: a blank says that they are here."""
    lost = context.model.lost
    return (lost.table, lost.column) == (place.table.table, place.column.name) and marks_only(place.column, lost.lost_values)
