"""Lines of any table of the files, counted, shared and averaged as they stand: tickets, answers to a survey, invoices, bookings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from analytics.analysis import Condition
from analytics.datamodel.model import ColumnType, TableProfile
from analytics.datamodel.roles import Role, TableKind
from analytics.explore.fields import PERIODS, Field, Place, find_field
from analytics.explore.measures import STATISTICS
from analytics.explore.parameters import ExploreParameters
from analytics.segment import clause
from analytics.study import Study
from analytics.workspace import quote
from vocabulary.errors import UserError
from vocabulary.finding import NotApplicable
from vocabulary.language import Text
from vocabulary.sentence import Label, say

# The day a line is dated by, first found first: what is said to have happened, then when it began.
CLOCKS = (
    Role.PURCHASE_DATE, Role.EVENT_DATE, Role.START_DATE, Role.SIGNUP_DATE, Role.FIRST_PURCHASE_DATE, Role.RESOLVED_DATE, Role.OTHER_DATE,
)  # fmt: skip
CLOSED = (Role.RESOLVED_DATE, Role.DELIVERY_DATE)  # what a delay runs to
ENDED = (*CLOSED, Role.END_DATE)  # empty while it lasts
_LINES = "r"


@dataclass(frozen=True, slots=True)
class Records:
    """One loaded table: its profile, the role of each column, its day (`dated_by`, when another one is asked for), and the column that names the customer."""

    profile: TableProfile
    roles: dict[str, Role]
    dated_by: str | None = None

    @property
    def clock(self) -> str | None:
        """The column lines are dated by, None when the table has no date."""
        return self.dated_by or next((column for wanted in CLOCKS for column, role in self.roles.items() if role is wanted), None)

    def of_role(self, *wanted: Role) -> str | None:
        """The first column of one of these roles."""
        return next((column for column, role in self.roles.items() if role in wanted), None)


def called(profile: TableProfile, study: Study) -> str:
    """How a query names a table: its file, with its sheet when the file holds several."""
    several = sum(other.file == profile.file for other in study.model.tables) > 1
    return f"{profile.file} · {profile.sheet}" if several and profile.sheet else profile.file


def records_of(study: Study, name: str, dated_by: str | None = None) -> Records:
    """The table of that name.

    Args:
        study: the data.
        name: of the table.
        dated_by: the header of the date its lines are dated by; the usual one when None.

    Raises:
        UserError: there is none, or it has no such date.
    """
    for profile in study.model.tables:
        if called(profile, study) == name:
            day = next((held.column for held in profile.columns if held.name == dated_by and held.type is ColumnType.DATE), None)
            if dated_by is not None and day is None:
                break
            return Records(profile, {b.column: b.role for b in study.model.bindings if b.table == profile.table}, day)
    raise UserError(
        say("Aucun fichier ne s’appelle «\u00a0{name}\u00a0».", "No file is called “{name}”.", name=Label(name))
    )


def record_field(study: Study, records: Records, name: str) -> Field:
    """A column of the table, a calendar period of its day, or a column of the customers its lines name.

    Raises:
        UserError: there is none.
    """
    for column in records.profile.columns:
        if column.name == name:
            return Field(name, Text(name, name), f"{_LINES}.{quote(column.column)}", Place.PURCHASE, column.type)
    if name in PERIODS and records.clock is not None:
        return find_field(study, name, purchases=False, clock=_day(records))
    return find_field(study, name, purchases=False)


_ENDING = re.compile(r"\.\w{2,5}(?= [–·] |$)")


def _bare(table: str) -> str:
    """A file without its ending, and the sheet of it that is meant."""
    return _ENDING.sub("", table)


def measured_title(study: Study, parameters: ExploreParameters) -> Text | None:
    """What is counted, by the name of its file."""
    if parameters.measure == "distinct" and _names_customers(study, parameters):
        file = _bare(str(parameters.table))
        return Text(f"nombre de clients de «\u00a0{file}\u00a0»", f"number of customers in “{file}”")
    if parameters.measure == "delay" and parameters.column is not None:
        since, until = parameters.since, parameters.column
        return Text(f"délai moyen en jours, de «\u00a0{since}\u00a0» à «\u00a0{until}\u00a0»", f"mean delay in days, from “{since}” to “{until}”")
    if parameters.measure == "total_per_customer" and parameters.column is None:
        name = _bare(str(parameters.table))
        return Text(f"nombre moyen de lignes de «\u00a0{name}\u00a0» par client qui en a", f"average number of rows of “{name}” per customer who has any")
    if parameters.measure not in ("records", "share_records"):
        return None
    name = _bare(str(parameters.table))
    if parameters.measure == "records":
        return Text(f"nombre de lignes de «\u00a0{name}\u00a0»", f"number of rows of “{name}”")
    return Text(f"part des lignes de «\u00a0{name}\u00a0»", f"share of the rows of “{name}”")


def _names_customers(study: Study, parameters: ExploreParameters) -> bool:
    records = records_of(study, str(parameters.table))
    column = next((held.column for held in records.profile.columns if held.name == parameters.column), None)
    return column is not None and records.roles.get(column) is Role.CUSTOMER_ID


def cannot_count(study: Study, parameters: ExploreParameters) -> NotApplicable | None:
    """What is missing for a query of a table to be answered, or None."""
    records = records_of(study, str(parameters.table), parameters.dated_by)
    dated = parameters.period or parameters.compare or any(name in PERIODS for name in parameters.by)
    if dated and records.clock is None:
        return NotApplicable("explore", "event_date", _CANNOT, _DATE)
    if parameters.measure == "delay" and parameters.column is not None:
        held = {column.name for column in records.profile.columns if column.type is ColumnType.DATE}
        return None if {parameters.column, parameters.since} <= held else NotApplicable("explore", "two_dates", _CANNOT, _DATES)
    if parameters.measure == "delay" and (records.clock is None or records.of_role(*CLOSED) is None):
        return NotApplicable("explore", "resolved_date", _CANNOT, _END)
    if parameters.measure == "nps" and records.of_role(Role.NPS) is None:
        return NotApplicable("explore", "nps", _CANNOT, _NPS)
    if parameters.measure == "total_per_customer" and records.of_role(Role.CUSTOMER_ID) is None:
        return NotApplicable("explore", "customer_id", _CANNOT, _WHOSE)
    if parameters.measure in STATISTICS or (parameters.measure == "total_per_customer" and parameters.column is not None):
        column = next((c for c in records.profile.columns if c.name == parameters.column), None)
        if column is None or column.type is not ColumnType.NUMBER:
            return NotApplicable("explore", "number_column", _CANNOT, _NUMBER)
    return None


def records_query(
    study: Study, parameters: ExploreParameters, groups: tuple[Field, ...], labels: list[str], period: tuple[date, date] | None
) -> tuple[str, list[Any]]:
    """The SELECT and its parameters; its columns are the groups, then value, n, spread, low, high.

    Args:
        study: the data.
        parameters: the query, on a table.
        groups: what it is split by.
        labels: the SQL of each group's value.
        period: two days, both included.
    """
    records = records_of(study, str(parameters.table), parameters.dated_by)
    where, values = ["TRUE"], list[Any]()
    who, given = study.who()
    if who != "TRUE":
        where.append(f"c.customer_key IN (SELECT customer_key FROM customers WHERE {who})")
        values += given
    if period is not None:
        where.append(f"{_day(records)} BETWEEN ? AND ?")
        values += period
    for condition in parameters.purchase_filter:
        sql, wanted = _held(study, records, condition)
        where.append(sql)
        values += wanted
    inside, part = "TRUE", list[Any]()
    for condition in parameters.part:
        sql, wanted = _held(study, records, condition)
        inside += f" AND coalesce({sql}, FALSE)"
        part += wanted
    names = [f"g{place}" for place in range(len(groups))]
    heads = "".join(f"{sql} AS {name}, " for sql, name in zip(labels, names, strict=True))
    customer = records.of_role(Role.CUSTOMER_ID)
    join = f"LEFT JOIN customers c ON c.customer_id = CAST({_LINES}.{quote(customer)} AS VARCHAR)" if customer else "LEFT JOIN customers c ON FALSE"
    inner = f"  SELECT {heads}{_value(study, records, parameters)} AS x, {inside} AS inside\n  FROM {records.profile.table} {_LINES} {join}\n  WHERE {' AND '.join(where)}"
    if parameters.measure == "total_per_customer":
        keys = ", ".join([*names, f"{_LINES}.{quote(str(customer))}"])
        value = _value(study, records, parameters)
        inner = f"  SELECT {heads}sum({value}) AS x, TRUE AS inside\n  FROM {records.profile.table} {_LINES} {join}\n  WHERE {' AND '.join([*where, f'{_LINES}.{quote(str(customer))} IS NOT NULL'])}\n  GROUP BY {keys}"
    grouping = f"\nGROUP BY {', '.join(names)}" if names else ""
    outer = ", ".join([*names, _aggregate(parameters)])
    return f"WITH rows AS (\n{inner}\n)\nSELECT {outer}\nFROM rows{grouping}", [*part, *values]


def _held(study: Study, records: Records, condition: Condition) -> tuple[str, list[Any]]:
    field = record_field(study, records, condition.field)
    if condition.operator in ("is null", "is not null") and ends_contracts(study, records, condition.field):  # an end to come is no end yet
        reached = f"coalesce(CAST({field.expression} AS DATE) <= ?, FALSE)"
        return (f"NOT {reached}" if condition.operator == "is null" else reached), [study.as_of]
    if field.type is ColumnType.NUMBER and condition.operator in ("=", "!=", "in", "not in"):
        return clause(f"CAST({field.expression} AS DOUBLE)", condition.operator, len(condition.values)), list(condition.values)
    return clause(field.expression, condition.operator, len(condition.values)), list(condition.values)


def ends_contracts(study: Study, records: Records, name: str) -> bool:
    """Whether that column holds the ends of contracts, some of which are still to come."""
    column = next((held for held in records.profile.columns if held.name == name), None)
    kinds = {reading.table: reading.kind for reading in study.model.readings}
    if column is None or records.roles.get(column.column) is not Role.END_DATE or kinds.get(records.profile.table) is not TableKind.SUBSCRIPTIONS:
        return False
    return column.high is not None and column.high > study.as_of.toordinal()


def _day(records: Records) -> str:
    return f"CAST({_LINES}.{quote(str(records.clock))} AS DATE)"


def _value(study: Study, records: Records, parameters: ExploreParameters) -> str:
    if parameters.measure == "nps":
        score = f"{_LINES}.{quote(str(records.of_role(Role.NPS)))}"
        return f"CASE WHEN {score} >= 9 THEN 100.0 WHEN {score} <= 6 THEN -100.0 WHEN {score} IS NOT NULL THEN 0.0 END"
    if parameters.measure == "delay" and parameters.column is not None:
        since, until = (record_field(study, records, str(name)).expression for name in (parameters.since, parameters.column))
        return f"CAST(date_diff('day', CAST({since} AS DATE), CAST({until} AS DATE)) AS DOUBLE)"
    if parameters.measure == "delay":
        end = f"{_LINES}.{quote(str(records.of_role(*CLOSED)))}"
        return f"CAST(date_diff('day', {_day(records)}, CAST({end} AS DATE)) AS DOUBLE)"
    if parameters.column is not None:
        expression = record_field(study, records, parameters.column).expression
        return expression if parameters.measure == "distinct" else f"CAST({expression} AS DOUBLE)"
    return "1"


def _aggregate(parameters: ExploreParameters) -> str:
    """Value, n, spread, low, high."""
    nothing, measure = "NULL AS low, NULL AS high", parameters.measure
    if measure == "records":
        return f"count(*) AS value, count(*) AS n, NULL AS spread, {nothing}"
    if measure == "share_records" and parameters.part:
        return f"avg(CAST(inside AS INTEGER)) AS value, count(*) AS n, count(*) FILTER (inside) AS spread, {nothing}"
    if measure == "share_records":
        whole = "(SELECT count(*) FROM rows)"
        return f"count(*) / nullif({whole}, 0) AS value, {whole} AS n, count(*) AS spread, {nothing}"
    if measure == "distinct":
        return f"count(DISTINCT x) AS value, count(x) AS n, NULL AS spread, {nothing}"
    if measure in ("mean", "nps", "delay", "total_per_customer"):
        return f"avg(x) AS value, count(x) AS n, stddev_samp(x) AS spread, {nothing}"
    return f"{measure}(x) AS value, count(x) AS n, NULL AS spread, {nothing}"


_CANNOT = say("Ce fichier ne porte pas cette mesure.", "This file does not hold this measure.")
_DATE = say("Une colonne de date dans ce fichier.", "A date column in this file.")
_DATES = say("Deux colonnes de dates dans ce fichier.", "Two date columns in this file.")
_END = say("La date à laquelle chaque demande a été close, ou chaque commande livrée.", "The date each request was closed, or each order delivered.")
_NPS = say("Une note de recommandation de zéro à dix.", "A recommendation score from nought to ten.")
_WHOSE = say("Une colonne qui dit de quel client est chaque ligne.", "A column saying which customer each row is of.")
_NUMBER = say("Nommez une colonne de nombres de ce fichier.", "Name a column of numbers of this file.")
