"""The label says one thing, another column says the contrary."""

from __future__ import annotations

from dataclasses import replace

from analytics.datamodel.departures import lost_condition
from analytics.datamodel.health.context import Context, HealthCode, Place, counted, defect, profile_of, rows_where
from analytics.datamodel.labels import finished_values, unsaid_values
from analytics.datamodel.lost import lost_values
from analytics.datamodel.model import ColumnProfile, Effect, HealthCheck, LostBasis
from analytics.datamodel.roles import Role
from analytics.datamodel.sql import as_day
from analytics.datamodel.values import Facts
from analytics.statistics.intervals import wilson
from analytics.workspace import literal
from vocabulary.estimate import Unit
from vocabulary.sentence import Label, say
from vocabulary.themes import Severity

_FEW = 0.001
_ONE_ROW_EACH = 0.99  # numbers of customers among the rows


def check(context: Context) -> list[HealthCheck]:
    """The label of the definition of lost, against a contract end or a second label on the same row."""
    lost = context.model.lost
    if lost.basis is not LostBasis.LABEL or lost.table is None or lost.column is None:
        return []
    table = next(t for t in context.model.tables if t.table == lost.table)
    label = table.column(lost.column)
    said, unsaid = lost_condition(label, lost.lost_values), (*unsaid_values(label, lost.lost_values), *finished_values(label, lost.lost_values))
    told = f"NOT ({lost_condition(label, unsaid)})" if unsaid else "TRUE"  # a contract replaced has ended, and nobody left
    found = []
    for place in context.places(Role.END_DATE, Role.CHURN_LABEL, Role.ACCOUNT_STATUS):
        if place.table is not table or place.column is label:
            continue
        other = _other_condition(context, place)
        if other is None:
            continue
        against = f"({said}) <> ({other}) AND {told}"
        rows = context.count(table, against)
        if rows > _FEW * table.rows and rows:
            check = _defect(label, place, rows, against)
            found.append(replace(check, effect=_effect(context, label, place, said, other)))
    return found


def _effect(context: Context, label: ColumnProfile, place: Place, said: str, other: str) -> Effect | None:
    """The share lost as each of the two says it, where a row is a customer; None where customers have several."""
    table, person = place.table, context.place(place.table, Role.CUSTOMER_ID, Role.ACCOUNT_ID)
    if person is None or Facts(person.column, table.rows).share_distinct < _ONE_ROW_EACH:
        return None
    counts = (context.count(table, said), context.count(table, other))
    kept, without = (wilson(gone, table.rows).estimate("lost_rate", Unit.RATIO) for gone in counts)
    return Effect("lost_rate", kept, without, say(
        "Part des clients perdus : {kept} selon « {label} », {without} selon « {column} ».",
        "Share of customers lost: {kept} by “{label}”, {without} by “{column}”.",
        kept=kept, without=without, label=Label(label.name), column=Label(place.column.name),
    ))  # fmt: skip


def _other_condition(context: Context, place: Place) -> str | None:
    column = profile_of(place.table, place.column.column)
    if place.binding.role is Role.END_DATE:
        return f"COALESCE({as_day(column)} <= {literal(context.model.as_of)}, FALSE)"
    values = lost_values(column)
    return lost_condition(column, values) if values else None


def _defect(label: ColumnProfile, place: Place, rows: int, against: str) -> HealthCheck:
    detail = say(
        "« {label} » et « {column} » se contredisent sur {count} lignes : le taux de départ dépend de celle que l’on croit.",
        "“{label}” and “{column}” contradict each other on {count} rows: the share lost depends on which one is believed.",
        label=Label(label.name), column=Label(place.column.name), count=counted(rows, place.table.rows),
    )  # fmt: skip
    return defect(
        HealthCode.LABEL_CONTRADICTION, Severity.WARNING, rows, detail, place, lines=rows_where(place.table, against)
    )
