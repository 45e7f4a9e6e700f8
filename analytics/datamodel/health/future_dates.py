"""Events dated after today, and what is booked for later."""

from __future__ import annotations

from datetime import date, timedelta

from analytics.datamodel.health.context import Context, HealthCode, Place, counted, defect, rows_where
from analytics.datamodel.model import HealthCheck
from analytics.datamodel.roles import Role
from analytics.datamodel.sql import as_day
from analytics.datamodel.to_come import to_come
from analytics.workspace import literal
from vocabulary.estimate import Estimate
from vocabulary.sentence import Label, Listing, Sentence, say
from vocabulary.themes import Severity

_PAST = (
    Role.PURCHASE_DATE, Role.EVENT_DATE, Role.SIGNUP_DATE, Role.LAST_PURCHASE_DATE, Role.FIRST_PURCHASE_DATE,
    Role.BIRTH_DATE, Role.RESOLVED_DATE, Role.DELIVERY_DATE, Role.CONSENT_DATE,
)  # fmt: skip
_OF_NO_EVENT = (Role.BIRTH_DATE, Role.CONSENT_DATE)  # the diagnosis does not stop by them
_AHEAD = timedelta(days=366)


def check(context: Context) -> list[HealthCheck]:
    """Dates of things that have happened, after today; renewals, contract ends and promises may lie ahead.

    What was ordered lately is often not delivered yet: a delivery is odd beyond a year only.
    """
    found = []
    for place in context.places(*_PAST):
        high = place.column.high
        latest = context.today + (_AHEAD if place.binding.role is Role.DELIVERY_DATE else timedelta())
        if high is None or high <= latest.toordinal():
            continue
        rows = context.count(place.table, f"{as_day(place.column)} > {literal(latest)}")
        if not rows:
            continue
        detail = _sentence(place, counted(rows, place.table.rows), context.model.as_of)
        lines = rows_where(place.table, f"{as_day(place.column)} > {literal(latest)}")
        found.append(defect(HealthCode.FUTURE_DATES, Severity.WARNING, rows, detail, place, lines=lines))
    return found + _booked(context)


def _booked(context: Context) -> list[HealthCheck]:
    """What is booked for days after the last that happened: not counted yet."""
    found = []
    for place in context.places(Role.PURCHASE_DATE, Role.EVENT_DATE):
        roles = {binding.column: binding.role for binding in context.model.bindings if binding.table == place.table.table}
        booked = to_come(context.database, place.table, place.column, roles, context.today)
        if booked is None or booked.last > context.model.as_of:
            continue
        detail = say(
            "« {column} » : {count} lignes sont pour plus tard (« {state} » : {values}) ; elles ne comptent pas encore, et le diagnostic s’arrête au {as_of}.",
            "“{column}”: {count} rows are for later (“{state}”: {values}); they do not count yet, and the diagnosis stops at {as_of}.",
            column=Label(place.column.name), count=counted(booked.rows, place.table.rows), state=Label(booked.state.name),
            values=Listing(tuple(Label(value) for value in booked.values)), as_of=context.model.as_of,
        )  # fmt: skip
        lines = rows_where(place.table, f"{as_day(place.column)} > {literal(booked.last)}")
        found.append(defect(HealthCode.FUTURE_DATES, Severity.INFO, booked.rows, detail, place, lines=lines))
    return found


def _sentence(place: Place, count: Estimate, as_of: date) -> Sentence:
    if place.binding.role in _OF_NO_EVENT:
        return say(
            "« {column} » : {count} date(s) dans le futur, écartée(s).",
            "“{column}”: {count} date(s) in the future, set aside.",
            column=Label(place.column.name), count=count,
        )  # fmt: skip
    return say(
        "« {column} » : {count} date(s) dans le futur, écartée(s) ; le diagnostic s’arrête au {as_of}.",
        "“{column}”: {count} date(s) in the future, set aside; the diagnosis stops at {as_of}.",
        column=Label(place.column.name), count=count, as_of=as_of,
    )  # fmt: skip
