"""Events dated after today."""

from __future__ import annotations

from datetime import date, timedelta

from analytics.datamodel.health.context import Context, HealthCode, Place, counted, defect, rows_where
from analytics.datamodel.model import HealthCheck
from analytics.datamodel.roles import Role
from analytics.datamodel.sql import as_day
from analytics.workspace import literal
from vocabulary.estimate import Estimate
from vocabulary.sentence import Label, Sentence, say
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
    return found


def _sentence(place: Place, count: Estimate, as_of: date) -> Sentence:
    if place.binding.role in _OF_NO_EVENT:
        return say(
            "« {column} » : {count} dates sont dans le futur ; elles sont écartées.",
            "“{column}”: {count} dates lie in the future; they are set aside.",
            column=Label(place.column.name), count=count,
        )  # fmt: skip
    return say(
        "« {column} » : {count} dates sont dans le futur ; elles sont écartées, et le diagnostic s’arrête au {as_of}.",
        "“{column}”: {count} dates lie in the future; they are set aside, and the diagnosis stops at {as_of}.",
        column=Label(place.column.name), count=count, as_of=as_of,
    )  # fmt: skip
