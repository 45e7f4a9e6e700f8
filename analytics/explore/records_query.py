"""The query of the lines of one file, compiled to SQL: counted, shared, averaged, or telling which customers they are of."""

from __future__ import annotations

from datetime import date
from typing import Any

from analytics.analysis import Condition
from analytics.customers.columns import Columns
from analytics.customers.routes import Routes
from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import Role
from analytics.explore.ended_contracts import ends_contracts, ends_within
from analytics.explore.fields import LATE, Field
from analytics.explore.parameters import ExploreParameters, Seen
from analytics.explore.records import (
    CLOSED,
    LINES,
    Records,
    began_sql,
    day_sql,
    end_sql,
    looked_at_in,
    record_field,
    records_of,
)
from analytics.explore.repeated_totals import counted_by_number, once, repeated, with_shares
from analytics.explore.stock import in_force, moments
from analytics.explore.undone_lines import credit_notes, taken_off, undone
from analytics.measures.dates import last_day_sql
from analytics.segment import clause
from analytics.study import Study
from analytics.workspace import quote


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
    records = looked_at_in(study, parameters)
    where, values = _looked_at(study, records, parameters, period)
    rate = period is not None and ends_within(study, parameters)
    inside, part = "TRUE", list[Any]()
    for condition in parameters.part:
        sql, wanted = (f"{end_sql(records)} BETWEEN ? AND ?", list(period)) if rate and period is not None else _held(study, records, condition)
        inside += f" AND coalesce({sql}, FALSE)"
        part += wanted
        if condition.field == LATE:  # what has not come is neither late nor on time
            where.append(f"{record_field(study, records, LATE).expression} IS NOT NULL")
    names = [f"g{place}" for place in range(len(groups))]
    heads = "".join(f"{sql} AS {name}, " for sql, name in zip(labels, names, strict=True))
    customer, join = records.of_role(Role.CUSTOMER_ID), _with_customers(study, records)
    if parameters.stock:
        first = f"(SELECT min({began_sql(records)}) FROM {records.relation} {LINES})"
        counted = moments(study, parameters.by, period, first)
        join = f"JOIN {counted} m ON {in_force(began_sql(records), end_sql(records))} {join}"
    value, relation = _value(study, records, parameters), records.relation
    if repeated(study, records, parameters):
        value, relation = once(study, records, parameters, value, labels), with_shares(study, records, str(parameters.column))
    numbers = counted_by_number(study, records, parameters)
    inner = f"  SELECT {heads}{numbers or value} AS x, {inside} AS inside\n  FROM {relation} {LINES} {join}\n  WHERE {' AND '.join(where)}"
    if parameters.measure == "total_per_customer":
        keys = ", ".join([*names, f"{LINES}.{quote(str(customer))}"])
        inner = f"  SELECT {heads}sum({value}) AS x, TRUE AS inside\n  FROM {relation} {LINES} {join}\n  WHERE {' AND '.join([*where, f'{LINES}.{quote(str(customer))} IS NOT NULL'])}\n  GROUP BY {keys}"
    grouping = f"\nGROUP BY {', '.join(names)}" if names else ""
    outer = ", ".join([*names, _aggregate(parameters) if numbers is None else _aggregate(parameters.model_copy(update={"measure": "distinct"}))])
    return f"WITH rows AS (\n{inner}\n)\nSELECT {outer}\nFROM rows{grouping}", [*part, *values]


def _with_customers(study: Study, records: Records, kind: str = "LEFT JOIN") -> str:
    """The join from a line to its customer, by the number, or the name, that the line tells them by."""
    if records.of_role(Role.CUSTOMER_ID) is None:
        return f"{kind} customers c ON FALSE"
    route = Routes(study.database, study.model).route(records.profile.table, LINES)
    return f"{kind} customers c ON FALSE" if route is None else f"{route.joins} {kind} customers c ON c.customer_id = {route.customer}"


def _looked_at(study: Study, records: Records, parameters: ExploreParameters, period: tuple[date, date] | None) -> tuple[list[str], list[Any]]:
    """The conditions on the lines, and their values."""
    where, values = ["TRUE"], list[Any]()
    who, given = study.who()
    if who != "TRUE":
        where.append(f"c.customer_key IN (SELECT customer_key FROM customers WHERE {who})")
        values += given
    if period is not None and ends_within(study, parameters):
        where.append(f"{began_sql(records)} < ? AND ({end_sql(records)} IS NULL OR {end_sql(records)} >= ?)")
        values += [period[0], period[0]]
    elif period is not None and not parameters.stock:
        where.append(f"{day_sql(records)} BETWEEN ? AND ?")
        values += period
    for condition in parameters.purchase_filter:
        sql, wanted = _held(study, records, condition)
        where.append(sql)
        values += wanted
    where += [f"NOT {undone_lines}" for _, undone_lines in undone(study, records, parameters)]
    notes = credit_notes(study, records, parameters)
    if notes is not None:
        where.append(f"NOT {notes.condition(LINES)}")
    return where, values


def days_query(study: Study, parameters: ExploreParameters, labels: list[str], period: tuple[date, date] | None) -> tuple[str, list[Any]]:
    """The SELECT of the groups, of how many of the lines looked at are dated after the reference date, their first day, and their last; and its parameters.

    A few lines dated later than all others are slips, and no last day; many are what the file tells of.

    Args:
        study: the data.
        parameters: a query on a table whose lines are dated.
        labels: the SQL of each group's value.
        period: two days, both included.
    """
    records = looked_at_in(study, parameters)
    where, values = _looked_at(study, records, parameters, period)
    day = day_sql(records)
    heads = "".join(f"{sql} AS g{place}, " for place, sql in enumerate(labels))
    grouping = f" GROUP BY {', '.join(f'g{place}' for place in range(len(labels)))}" if labels else ""
    told_in = f"{records.relation} {LINES} {_with_customers(study, records)}"
    return f"SELECT {heads}count(*) FILTER ({day} > DATE '{study.as_of}'), min({day}), {last_day_sql(day, study.as_of)} FROM {told_in} WHERE {' AND '.join(where)}{grouping}", values


def followed(study: Study, parameters: ExploreParameters, period: tuple[date, date] | None) -> list[tuple[float, bool]]:
    """The days each line of the query has lasted, and whether it has ended: those still going on up to the last day of the files.

    Args:
        study: the data.
        parameters: a delay up to an end.
        period: two days, both included.
    """
    records = records_of(study, str(parameters.table))
    where, values = _looked_at(study, records, parameters, period)
    since, until = (f"CAST({record_field(study, records, str(name)).expression} AS DATE)" for name in (parameters.since, parameters.column))
    sql = (
        f"SELECT CAST(date_diff('day', {since}, least(coalesce({until}, ?), ?)) AS DOUBLE), coalesce({until} <= ?, FALSE)"
        f" FROM {records.relation} {LINES} {_with_customers(study, records)} WHERE {' AND '.join([*where, f'{since} <= ?'])}"
    )
    days = [study.as_of] * 3
    return [(float(length), bool(ended)) for length, ended in study.rows(sql, [*days, *values, study.as_of]) if length is not None and length >= 0]


def seen_sql(study: Study, seen: Seen) -> tuple[str, tuple[Any, ...]]:
    """The condition that a line of a file names the customer `c`, or that none does, and its values.

    Args:
        study: the data.
        seen: the file, the days and the conditions of its lines.
    """
    records = records_of(study, seen.table)
    where, values = ["TRUE"], list[Any]()
    if seen.period is not None:
        where.append(f"{day_sql(records)} BETWEEN ? AND ?")
        values += [seen.period.start, seen.period.end]
    for condition in seen.filter:
        sql, wanted = _held(study, records, condition)
        where.append(sql)
        values += wanted
    lines = f"SELECT c.customer_key FROM {records.relation} {LINES} {_with_customers(study, records, 'JOIN')} WHERE {' AND '.join(where)}"
    if seen.least is None and seen.most is None:
        return f"c.customer_key {'NOT ' if seen.never else ''}IN ({lines})", tuple(values)
    bounds = [("", ">=", seen.least), ("NOT ", ">", seen.most)]
    told = [(verb, sign, bound) for verb, sign, bound in bounds if bound is not None]
    parts = [f"c.customer_key {verb}IN ({lines} GROUP BY c.customer_key HAVING count(*) {sign} {int(bound)})" for verb, sign, bound in told]
    return " AND ".join(parts), tuple(values) * len(parts)


def _held(study: Study, records: Records, condition: Condition) -> tuple[str, list[Any]]:
    field = record_field(study, records, condition.field)
    if condition.operator in ("is null", "is not null") and ends_contracts(study, records, condition.field):  # an end to come is no end yet
        reached = f"coalesce(CAST({field.expression} AS DATE) <= ?, FALSE)"
        return (f"NOT {reached}" if condition.operator == "is null" else reached), [study.as_of]
    if field.type is ColumnType.NUMBER and condition.operator in ("=", "!=", "in", "not in"):
        return clause(f"CAST({field.expression} AS DOUBLE)", condition.operator, len(condition.values)), list(condition.values)
    return clause(field.expression, condition.operator, len(condition.values)), list(condition.values)


def _monthly(study: Study, records: Records, name: str) -> str | None:
    """What a contract in force costs a month, where its price pays for more than that."""
    column = next((held.column for held in records.profile.columns if held.name == name), None)
    if column is None or records.roles.get(column) is not Role.RECURRING_AMOUNT:
        return None
    return Columns(study.database, study.model, records.profile.table, LINES).monthly(Role.RECURRING_AMOUNT)


def _value(study: Study, records: Records, parameters: ExploreParameters) -> str:
    if parameters.measure == "nps":
        score = f"{LINES}.{quote(str(records.of_role(Role.NPS)))}"
        return f"CASE WHEN {score} >= 9 THEN 100.0 WHEN {score} <= 6 THEN -100.0 WHEN {score} IS NOT NULL THEN 0.0 END"
    if parameters.measure == "delay" and parameters.column is not None:
        since, until = (record_field(study, records, str(name)).expression for name in (parameters.since, parameters.column))
        return f"CAST(date_diff('day', CAST({since} AS DATE), CAST({until} AS DATE)) AS DOUBLE)"
    if parameters.measure == "delay":
        end = f"{LINES}.{quote(str(records.of_role(*CLOSED)))}"
        return f"CAST(date_diff('day', {began_sql(records)}, CAST({end} AS DATE)) AS DOUBLE)"
    if parameters.stock and parameters.column is not None and (monthly := _monthly(study, records, parameters.column)) is not None:
        return monthly
    if parameters.column is not None:
        expression = record_field(study, records, parameters.column).expression
        back = taken_off(study, records, parameters)
        value = f"CAST({expression} AS DOUBLE)" if back is None else back.signed(f"CAST({expression} AS DOUBLE)", LINES)
        return expression if parameters.measure == "distinct" else value
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
