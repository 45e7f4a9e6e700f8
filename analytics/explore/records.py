"""Lines of any table of the files, counted, shared and averaged as they stand: tickets, answers to a survey, invoices, bookings."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from analytics.analysis import Condition
from analytics.customers.columns import Columns
from analytics.datamodel.model import ColumnProfile, ColumnType, TableProfile
from analytics.datamodel.roles import SALES, Role, TableKind
from analytics.datamodel.statuses import are_bills, gives_back_sql, means_gone, undone_sql
from analytics.explore.fields import PERIODS, Field, Place, find_field
from analytics.explore.measures import STATISTICS
from analytics.explore.parameters import ExploreParameters, Seen
from analytics.explore.stock import MOMENT, in_force, moments
from analytics.segment import clause
from analytics.study import Study
from analytics.workspace import quote
from vocabulary.errors import UserError
from vocabulary.estimate import Estimate, Unit
from vocabulary.finding import NotApplicable
from vocabulary.language import Text
from vocabulary.sentence import Label, Listing, Sentence, say

# The day a line is dated by, first found first: what is said to have happened, then when it began.
CLOCKS = (
    Role.PURCHASE_DATE, Role.EVENT_DATE, Role.START_DATE, Role.SIGNUP_DATE, Role.FIRST_PURCHASE_DATE, Role.RESOLVED_DATE, Role.OTHER_DATE,
)  # fmt: skip
CLOSED = (Role.RESOLVED_DATE, Role.DELIVERY_DATE)  # what a delay runs to
ENDED = (*CLOSED, Role.END_DATE)  # empty while it lasts
_LINES = "r"


@dataclass(frozen=True, slots=True)
class Records:
    """One loaded table: its profile, the role of each column, its day, and the column that names the customer.

    `ended`: the column of their end, where the lines looked at are those that ended. They are then dated by it: a contract cancelled
    in a year is one that ended in it, whenever it began.
    """

    profile: TableProfile
    roles: dict[str, Role]
    ended: str | None = None

    @property
    def clock(self) -> str | None:
        """The column lines are dated by, None when the table has no date."""
        return self.ended or self.opened

    @property
    def opened(self) -> str | None:
        """The column of the day a line began or happened."""
        return next((column for wanted in CLOCKS for column, role in self.roles.items() if role is wanted), None)

    def of_role(self, *wanted: Role) -> str | None:
        """The first column of one of these roles."""
        return next((column for column, role in self.roles.items() if role in wanted), None)


def called(profile: TableProfile, study: Study) -> str:
    """How a query names a table: its file, with its sheet when the file holds several."""
    several = sum(other.file == profile.file for other in study.model.tables) > 1
    return f"{profile.file} · {profile.sheet}" if several and profile.sheet else profile.file


def records_of(study: Study, name: str) -> Records:
    """The table of that name.

    Args:
        study: the data.
        name: of the table.

    Raises:
        UserError: there is none.
    """
    for profile in study.model.tables:
        if called(profile, study) == name:
            return Records(profile, {b.column: b.role for b in study.model.bindings if b.table == profile.table})
    raise UserError(
        say("Aucun fichier ne s’appelle «\u00a0{name}\u00a0».", "No file is called “{name}”.", name=Label(name))
    )


def looked_at_in(study: Study, parameters: ExploreParameters) -> Records:
    """The table of a query, dated by the end of its lines where those that ended are looked at.

    Args:
        study: the data.
        parameters: the query, on a table.
    """
    records = records_of(study, str(parameters.table))
    end = records.of_role(*ENDED)
    headers = {column.name: column.column for column in records.profile.columns}

    def over(condition: Condition) -> bool:
        if condition.operator == "is not null":
            return headers.get(condition.field) == end
        return condition.operator in ("=", "in") and bool(condition.values) and all(means_gone(str(value)) for value in condition.values)

    told = end is not None and not parameters.stock and any(over(condition) for condition in parameters.purchase_filter)
    return replace(records, ended=end) if told else records


def ends_within(study: Study, parameters: ExploreParameters) -> bool:
    """Whether a share is of the contracts that ended in a period: among those in force when it begins, and not among those begun in it.

    Args:
        study: the data.
        parameters: the query, on a table.
    """
    return parameters.period is not None and not any(name in PERIODS for name in parameters.by) and _of_ended(study, parameters)


def _of_ended(study: Study, parameters: ExploreParameters) -> bool:
    """Whether a share is of the contracts that ended."""
    if parameters.measure != "share_records" or len(parameters.part) != 1 or parameters.stock:
        return False
    records, asked = records_of(study, str(parameters.table)), parameters.part[0]
    column = next((held.column for held in records.profile.columns if held.name == asked.field), None)
    return asked.operator == "is not null" and records.roles.get(str(column)) is Role.END_DATE and records.opened is not None


def record_field(study: Study, records: Records, name: str, *, stock: bool = False) -> Field:
    """A column of the table, a calendar period of its day (in a `stock`, of the day looked at), or a column of the customers its lines name.

    Raises:
        UserError: there is none.
    """
    for column in records.profile.columns:
        if column.name == name:
            return Field(name, Text(name, name), f"{_LINES}.{quote(column.column)}", Place.PURCHASE, column.type)
    if name in PERIODS and records.clock is not None:
        return find_field(study, name, purchases=False, clock=MOMENT if stock else _day(records))
    return find_field(study, name, purchases=False)


_ENDING = re.compile(r"\.\w{2,5}(?= [–·] |$)")


def bare(table: str) -> str:
    """A file without its ending, and the sheet of it that is meant.

    Args:
        table: as a query calls it.
    """
    return _ENDING.sub("", table)


def measured_title(study: Study, parameters: ExploreParameters) -> Text | None:
    """What is counted, by the name of its file."""
    if parameters.measure == "distinct" and _names_customers(study, parameters):
        file = bare(str(parameters.table))
        return Text(f"nombre de clients de «\u00a0{file}\u00a0»", f"number of customers in “{file}”")
    if parameters.measure == "delay" and parameters.column is not None:
        since, until = parameters.since, parameters.column
        some = Text(", de ce qui est terminé", ", of those that have ended") if until_end(study, parameters) else Text("", "")
        return Text(f"délai moyen en jours, de «\u00a0{since}\u00a0» à «\u00a0{until}\u00a0»{some.fr}", f"mean delay in days, from “{since}” to “{until}”{some.en}")
    if parameters.measure == "total_per_customer" and parameters.column is None:
        name = bare(str(parameters.table))
        return Text(f"nombre moyen de lignes de «\u00a0{name}\u00a0» par client qui en a", f"average number of rows of “{name}” per customer who has any")
    if parameters.measure not in ("records", "share_records"):
        return None
    name = bare(str(parameters.table))
    if parameters.measure == "records":
        rows = Text("", "") if names_its_lines(name) else Text("lignes de ", "rows of ")
        return Text(f"nombre de {rows.fr}«\u00a0{name}\u00a0»", f"number of {rows.en}“{name}”")
    return Text(f"part des lignes de «\u00a0{name}\u00a0»", f"share of the rows of “{name}”")


_OF_LINES = re.compile(r"[a-zà-ÿ][a-zà-ÿ_-]{2,}s")
_OF_NO_LINE = re.compile(r"(?:clients?|customers?|data|donnees|details|stats|statistiques|analytics|business|sales|ventes)s?")
_PAID = re.compile(
    r"payments?|paiements|reglements|encaissements|donations|dons|gifts|cotisations|contributions|receipts|recus|invoices|factures|bookings|reservations|rentals|locations|stays|sejours|nuits"
    r"|visits|visites|appointments|rendez_?vous|consultations|repairs|interventions|prestations|rides|courses|billets|tickets|admissions|entries|entrees|cours|lessons|sessions|seances"
)


def names_its_lines(name: str) -> bool:
    """Whether a file is called by what its lines are: « checkins », « interventions »; an export or a list of customers is not.

    Args:
        name: of the file, without its ending.
    """
    return bool(_OF_LINES.fullmatch(name.lower())) and not _OF_NO_LINE.fullmatch(name.lower())


def sold_as(study: Study) -> Text | None:
    """What purchases are called where one file holds them all and is called by another word than orders: « payments », « dons »."""
    sold = {binding.table for binding in study.model.bindings if binding.role is Role.PURCHASE_DATE}
    files = [bare(profile.file) for profile in study.model.tables if profile.table in sold]
    return Text(f"«\u00a0{files[0]}\u00a0»", f"“{files[0]}”") if len(files) == 1 and _PAID.fullmatch(files[0].lower()) else None


def _names_customers(study: Study, parameters: ExploreParameters) -> bool:
    records = records_of(study, str(parameters.table))
    column = next((held.column for held in records.profile.columns if held.name == parameters.column), None)
    return column is not None and records.roles.get(column) is Role.CUSTOMER_ID


def cannot_count(study: Study, parameters: ExploreParameters) -> NotApplicable | None:
    """What is missing for a query of a table to be answered, or None."""
    records = looked_at_in(study, parameters)
    dated = parameters.period or parameters.compare or any(name in PERIODS for name in parameters.by)
    if dated and records.clock is None:
        return NotApplicable("explore", "event_date", _CANNOT, _DATE)
    if parameters.stock and (records.opened is None or records.of_role(*ENDED) is None):
        return NotApplicable("explore", "two_dates", _CANNOT, _DATES)
    if any(name in PERIODS for name in parameters.by) and _of_ended(study, parameters):
        return NotApplicable("explore", "period", _NO_SERIES, _ONE_PERIOD)  # those begun in a year, whenever they end, are no rate of that year
    unlinked = _of_unlinked(study, parameters, records)
    if unlinked is not None:
        return unlinked
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
    records = looked_at_in(study, parameters)
    where, values = _looked_at(study, records, parameters, period)
    rate = period is not None and ends_within(study, parameters)
    inside, part = "TRUE", list[Any]()
    for condition in parameters.part:
        sql, wanted = (f"{_end(records)} BETWEEN ? AND ?", list(period)) if rate and period is not None else _held(study, records, condition)
        inside += f" AND coalesce({sql}, FALSE)"
        part += wanted
    names = [f"g{place}" for place in range(len(groups))]
    heads = "".join(f"{sql} AS {name}, " for sql, name in zip(labels, names, strict=True))
    customer, join = records.of_role(Role.CUSTOMER_ID), _with_customers(records)
    if parameters.stock:
        first = f"(SELECT min({_began(records)}) FROM {records.profile.table} {_LINES})"
        counted = moments(study, parameters.by, period, first)
        join = f"JOIN {counted} m ON {in_force(_began(records), _end(records))} {join}"
    inner = f"  SELECT {heads}{_value(study, records, parameters)} AS x, {inside} AS inside\n  FROM {records.profile.table} {_LINES} {join}\n  WHERE {' AND '.join(where)}"
    if parameters.measure == "total_per_customer":
        keys = ", ".join([*names, f"{_LINES}.{quote(str(customer))}"])
        value = _value(study, records, parameters)
        inner = f"  SELECT {heads}sum({value}) AS x, TRUE AS inside\n  FROM {records.profile.table} {_LINES} {join}\n  WHERE {' AND '.join([*where, f'{_LINES}.{quote(str(customer))} IS NOT NULL'])}\n  GROUP BY {keys}"
    grouping = f"\nGROUP BY {', '.join(names)}" if names else ""
    outer = ", ".join([*names, _aggregate(parameters)])
    return f"WITH rows AS (\n{inner}\n)\nSELECT {outer}\nFROM rows{grouping}", [*part, *values]


def _with_customers(records: Records) -> str:
    customer = records.of_role(Role.CUSTOMER_ID)
    return f"LEFT JOIN customers c ON c.customer_id = CAST({_LINES}.{quote(customer)} AS VARCHAR)" if customer else "LEFT JOIN customers c ON FALSE"


def _looked_at(study: Study, records: Records, parameters: ExploreParameters, period: tuple[date, date] | None) -> tuple[list[str], list[Any]]:
    """The conditions on the lines, and their values."""
    where, values = ["TRUE"], list[Any]()
    who, given = study.who()
    if who != "TRUE":
        where.append(f"c.customer_key IN (SELECT customer_key FROM customers WHERE {who})")
        values += given
    if period is not None and ends_within(study, parameters):
        where.append(f"{_began(records)} < ? AND ({_end(records)} IS NULL OR {_end(records)} >= ?)")
        values += [period[0], period[0]]
    elif period is not None and not parameters.stock:
        where.append(f"{_day(records)} BETWEEN ? AND ?")
        values += period
    for condition in parameters.purchase_filter:
        sql, wanted = _held(study, records, condition)
        where.append(sql)
        values += wanted
    where += [f"NOT {undone_lines}" for _, undone_lines in _undone(study, records, parameters)]
    return where, values


def _undone(study: Study, records: Records, parameters: ExploreParameters) -> list[tuple[ColumnProfile, str]]:
    """Of a sum of what was paid or billed: each column of states that the query does not name, and the lines that do not stand by it, as elsewhere in the money."""
    amount = next((column.column for column in records.profile.columns if column.name == parameters.column), None)
    if parameters.measure not in STATISTICS or records.roles.get(str(amount)) is not Role.AMOUNT or study.model.kind(records.profile.table) not in SALES:
        return []
    asked = {*parameters.by, *(condition.field for condition in (*parameters.purchase_filter, *parameters.part))}
    billed, found = are_bills(study.model.kind(records.profile.table)), list[tuple[ColumnProfile, str]]()
    for column in records.profile.columns:
        if records.roles.get(column.column) is not Role.ORDER_STATUS or column.type is ColumnType.FLAG or column.name in asked:
            continue
        text, value = f"CAST({_LINES}.{quote(column.column)} AS VARCHAR)", f"CAST({_LINES}.{quote(str(amount))} AS DOUBLE)"
        back = gives_back_sql(text)
        below, above = study.database.row(
            f"SELECT count(*) FILTER ({value} < 0), count(*) FILTER ({value} > 0) FROM {records.profile.table} {_LINES} WHERE {back}"
        )
        standing = f" AND NOT ({back} AND {value} < 0)" if below and not above else ""  # it gives back a sale that stands under its own state
        found.append((column, f"coalesce({undone_sql(text, billed=billed)}{standing}, FALSE)"))
    return found


def not_standing(study: Study, parameters: ExploreParameters) -> tuple[Sentence, ...]:
    """The states whose lines are left out of a sum of what was paid, where some are.

    Args:
        study: the data.
        parameters: a query of a table.
    """
    records, told = records_of(study, str(parameters.table)), list[Sentence]()
    for column, undone_lines in _undone(study, records, parameters):
        text = f"CAST({_LINES}.{quote(column.column)} AS VARCHAR)"
        rows = study.database.rows(f"SELECT {text}, count(*) FROM {records.profile.table} {_LINES} WHERE {undone_lines} GROUP BY 1 ORDER BY 2 DESC, 1")
        if rows:
            told.append(say(
                "« {column} » : les lignes qui ne tiennent pas ({values}) ne comptent pas dans ce montant ; il y en a {count} dans le fichier.",
                "“{column}”: lines that do not stand ({values}) are not in this amount; the file holds {count} of them.",
                column=Label(column.name), values=Listing(tuple(Label(str(value)) for value, _ in rows[:_STATES_SHOWN])),
                count=Estimate("undone_lines", sum(int(count) for _, count in rows), Unit.COUNT, method="exact"),
            ))  # fmt: skip
    return tuple(told)


_STATES_SHOWN = 5


def until_end(study: Study, parameters: ExploreParameters) -> bool:
    """Whether a delay runs to the end of relations or contracts, which those still going on have not reached."""
    if parameters.table is None or parameters.measure != "delay" or parameters.column is None:
        return False
    records = records_of(study, parameters.table)
    column = next((held.column for held in records.profile.columns if held.name == parameters.column), None)
    return column is not None and records.roles.get(column) is Role.END_DATE


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
        f" FROM {records.profile.table} {_LINES} {_with_customers(records)} WHERE {' AND '.join([*where, f'{since} <= ?'])}"
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
    customer = f"CAST({_LINES}.{quote(str(records.of_role(Role.CUSTOMER_ID)))} AS VARCHAR)"
    where, values = ["TRUE"], list[Any]()
    if seen.period is not None:
        where.append(f"{_day(records)} BETWEEN ? AND ?")
        values += [seen.period.start, seen.period.end]
    for condition in seen.filter:
        sql, wanted = _held(study, records, condition)
        where.append(sql)
        values += wanted
    lines = f"SELECT c.customer_key FROM {records.profile.table} {_LINES} JOIN customers c ON c.customer_id = {customer} WHERE {' AND '.join(where)}"
    return f"c.customer_key {'NOT ' if seen.never else ''}IN ({lines})", tuple(values)


def cannot_see(study: Study, seen: Seen) -> NotApplicable | None:
    """What a file lacks to say which customers its lines are of, or when; None when it can.

    Args:
        study: the data.
        seen: the file, the days and the conditions of its lines.
    """
    records = records_of(study, seen.table)
    if records.of_role(Role.CUSTOMER_ID) is None:
        return NotApplicable("explore", "customer_id", _CANNOT, _WHOSE)
    return NotApplicable("explore", "event_date", _CANNOT, _DATE) if seen.period is not None and records.clock is None else None


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
    return Columns(study.database, study.model, records.profile.table, _LINES).monthly(Role.RECURRING_AMOUNT)


def ends_contracts(study: Study, records: Records, name: str) -> bool:
    """Whether that column holds the ends of contracts, some of which are still to come."""
    column = next((held for held in records.profile.columns if held.name == name), None)
    kinds = {reading.table: reading.kind for reading in study.model.readings}
    if column is None or records.roles.get(column.column) is not Role.END_DATE or kinds.get(records.profile.table) is not TableKind.SUBSCRIPTIONS:
        return False
    return column.high is not None and column.high > study.as_of.toordinal()


def _day(records: Records) -> str:
    return f"CAST({_LINES}.{quote(str(records.clock))} AS DATE)"


def _began(records: Records) -> str:
    return f"CAST({_LINES}.{quote(str(records.opened))} AS DATE)"


def _end(records: Records) -> str:
    return f"CAST({_LINES}.{quote(str(records.of_role(*ENDED)))} AS DATE)"


def _of_unlinked(study: Study, parameters: ExploreParameters, records: Records) -> NotApplicable | None:
    """That the lines name no customer, where a query narrows or splits them by what customers are: none of them would be of any."""
    if records.of_role(Role.CUSTOMER_ID) is not None:
        return None
    own = {column.name for column in records.profile.columns} | {*PERIODS}
    asked = [*parameters.by, *(condition.field for condition in (*parameters.segment, *parameters.purchase_filter, *parameters.part))]
    theirs = next((name for name in asked if name not in own), None)
    if theirs is None:
        return None
    why = say(
        "«\u00a0{file}\u00a0» n’est relié à aucun fichier de clients : ses lignes ne peuvent pas être comptées par «\u00a0{column}\u00a0».",
        "“{file}” is linked to no file of customers: its rows cannot be counted by “{column}”.",
        file=Label(bare(str(parameters.table))), column=Label(theirs),
    )  # fmt: skip
    return NotApplicable("explore", "customer_id", why, _LINK)


def _value(study: Study, records: Records, parameters: ExploreParameters) -> str:
    if parameters.measure == "nps":
        score = f"{_LINES}.{quote(str(records.of_role(Role.NPS)))}"
        return f"CASE WHEN {score} >= 9 THEN 100.0 WHEN {score} <= 6 THEN -100.0 WHEN {score} IS NOT NULL THEN 0.0 END"
    if parameters.measure == "delay" and parameters.column is not None:
        since, until = (record_field(study, records, str(name)).expression for name in (parameters.since, parameters.column))
        return f"CAST(date_diff('day', CAST({since} AS DATE), CAST({until} AS DATE)) AS DOUBLE)"
    if parameters.measure == "delay":
        end = f"{_LINES}.{quote(str(records.of_role(*CLOSED)))}"
        return f"CAST(date_diff('day', {_began(records)}, CAST({end} AS DATE)) AS DOUBLE)"
    if parameters.stock and parameters.column is not None and (monthly := _monthly(study, records, parameters.column)) is not None:
        return monthly
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
_LINK = say(
    "Dites, dans la vérification des colonnes, laquelle porte l’identifiant du client dans ce fichier.",
    "Say, in the check of the columns, which one holds the customer’s id in this file.",
)
_NO_SERIES = say(
    "La part des contrats qui ont pris fin ne se compte pas de période en période : ceux qui commencent une année finissent les suivantes.",
    "The share of contracts that ended is not counted from period to period: those begun in one year end in the next ones.",
)
_ONE_PERIOD = say(
    "Nommez une période : la part des contrats en cours à son début qui y ont pris fin. Le taux de départ des clients se demande par an.",
    "Name one period: the share of the contracts in force when it begins that ended in it. The customers’ churn rate may be asked by year.",
)
_WHOSE = say("Une colonne qui dit de quel client est chaque ligne.", "A column saying which customer each row is of.")
_NUMBER = say("Nommez une colonne de nombres de ce fichier.", "Name a column of numbers of this file.")
