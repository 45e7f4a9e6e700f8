"""Dates that cannot be: before any customer file, far after all others, or in the wrong order."""

from __future__ import annotations

from datetime import timedelta

from analytics.datamodel.dates import EARLIEST, latest_day
from analytics.datamodel.health.context import Context, HealthCode, Place, counted, defect, rows_where
from analytics.datamodel.model import ColumnType, HealthCheck
from analytics.datamodel.roles import Role
from analytics.datamodel.sql import as_day
from analytics.workspace import literal, quote
from vocabulary.sentence import Label, say
from vocabulary.themes import Severity

_LIVED = (
    Role.PURCHASE_DATE, Role.EVENT_DATE, Role.SIGNUP_DATE, Role.START_DATE, Role.END_DATE, Role.LAST_PURCHASE_DATE,
    Role.FIRST_PURCHASE_DATE, Role.DELIVERY_DATE, Role.RESOLVED_DATE,
)  # fmt: skip
_ORDERED = (
    (Role.START_DATE, Role.END_DATE),
    (Role.SIGNUP_DATE, Role.END_DATE),
    (Role.PURCHASE_DATE, Role.DELIVERY_DATE),
    (Role.EVENT_DATE, Role.RESOLVED_DATE),
    (Role.FIRST_PURCHASE_DATE, Role.LAST_PURCHASE_DATE),
)


def check(context: Context) -> list[HealthCheck]:
    """Too early, too late beside all others, or an end before its start."""
    return [*_too_early(context), *_by_default(context), *_strays(context), *_wrong_order(context)]


def _too_early(context: Context) -> list[HealthCheck]:
    found = []
    for place in context.places(*_LIVED, Role.BIRTH_DATE):
        first = EARLIEST.replace(year=1905) if place.binding.role is Role.BIRTH_DATE else EARLIEST
        if place.column.low is None or place.column.low >= first.toordinal():
            continue
        rows = context.count(place.table, f"{as_day(place.column)} < {literal(first)}")
        if rows:
            detail = say(
                "« {column} » : {count} date(s) trop ancienne(s) pour être vraie(s) (avant le {first}), écartée(s).",
                "“{column}”: {count} date(s) too old to be true (before {first}), set aside.",
                column=Label(place.column.name), count=counted(rows, place.table.rows), first=first,
            )  # fmt: skip
            lines = rows_where(place.table, f"{as_day(place.column)} < {literal(first)}")
            found.append(defect(HealthCode.IMPOSSIBLE_DATES, Severity.WARNING, rows, detail, place, lines=lines))
    return found


def _by_default(context: Context) -> list[HealthCheck]:
    """One day repeated, years before all others: 1 January 1970, or whatever a tool writes where it knows no date."""
    found = []
    for place in context.places(*_BEGUN):
        day = as_day(place.column)
        rows = context.database.rows(
            f"SELECT {day}, COUNT(*) FROM {quote(place.table.table)} t WHERE {day} >= {literal(EARLIEST)} GROUP BY 1 ORDER BY 1 LIMIT 2"
        )
        if len(rows) < 2:
            continue
        (first, count), (following, _) = rows
        if count < _REPEATED or count > _NOT_MOST * place.table.rows or following - first < _YEARS_APART:
            continue
        detail = say(
            "« {column} » : {count} lignes portent le {first}, des années avant toutes les autres : sans doute une date par défaut ; "
            "tout ce qui part de cette date (ancienneté, premiers achats, cohortes) y est faux.",
            "“{column}”: {count} rows bear {first}, years before all the others: probably a default date; whatever starts from that "
            "date (age of the relation, first purchases, cohorts) is wrong there.",
            column=Label(place.column.name), count=counted(count, place.table.rows), first=first,
        )  # fmt: skip
        lines = rows_where(place.table, f"{day} = {literal(first)}")
        found.append(defect(HealthCode.IMPOSSIBLE_DATES, Severity.WARNING, count, detail, place, lines=lines))
    return found


_BEGUN = (Role.PURCHASE_DATE, Role.SIGNUP_DATE, Role.START_DATE, Role.FIRST_PURCHASE_DATE)
_YEARS_APART = timedelta(days=5 * 365)
_REPEATED, _NOT_MOST = 3, 0.5  # rows of that one day; never most of them


def _strays(context: Context) -> list[HealthCheck]:
    found = []
    for place in context.places(Role.PURCHASE_DATE):
        latest = latest_day(context.database, place.table, place.column, context.today)
        if latest is None or not latest.strays:
            continue
        detail = say(
            "« {column} » : {count} dates se détachent loin après toutes les autres ; elles sont écartées, et le diagnostic "
            "s’arrête au {as_of}.",
            "“{column}”: {count} dates stand far after all the others; they are set aside, and the diagnosis stops at {as_of}.",
            column=Label(place.column.name), count=counted(latest.strays, place.table.rows), as_of=latest.day,
        )  # fmt: skip
        lines = rows_where(place.table, f"{as_day(place.column)} > {literal(latest.day)}")
        found.append(defect(HealthCode.IMPOSSIBLE_DATES, Severity.WARNING, latest.strays, detail, place, lines=lines))
    return found


def _wrong_order(context: Context) -> list[HealthCheck]:
    found = []
    for table in context.model.tables:
        for before, after in _ORDERED:
            first, second = context.place(table, before), context.place(table, after)
            if first and second and _both_dates(first, second):
                rows = context.count(table, f"{as_day(second.column)} < {as_day(first.column)}")
                found += [_order_defect(first, second, rows)] if rows else []
    return found


def _both_dates(first: Place, second: Place) -> bool:
    return all(place.column.type in (ColumnType.DATE, ColumnType.MOMENT) for place in (first, second))


def _order_defect(first: Place, second: Place, rows: int) -> HealthCheck:
    detail = say(
        "« {after} » avant « {before} » sur {count} ligne(s) : les durées y sont fausses.",
        "“{after}” before “{before}” on {count} row(s): durations are wrong there.",
        count=counted(rows, first.table.rows), before=Label(first.column.name), after=Label(second.column.name),
    )  # fmt: skip
    lines = rows_where(first.table, f"{as_day(second.column)} < {as_day(first.column)}")
    return defect(HealthCode.IMPOSSIBLE_DATES, Severity.WARNING, rows, detail, second, lines=lines)
