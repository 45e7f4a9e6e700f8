"""Files that describe customers on several rows each: the animals of an owner, the cars of a household. What a row tells is then not of the customer."""

from __future__ import annotations

from datetime import date

from analytics.analysis import Condition
from analytics.customers.derived import AGE_TODAY
from analytics.datamodel.model import ColumnProfile, ColumnType, TableProfile
from analytics.datamodel.roles import PERSONAL_ROLES, Role, TableKind
from analytics.explore.parameters import ExploreParameters
from analytics.explore.records import called
from analytics.explore.records_query import records_query
from analytics.study import Study
from analytics.workspace import quote
from vocabulary.estimate import Estimate, Unit
from vocabulary.sentence import Label, Listing, Sentence, say

_TOLD = (ColumnType.CATEGORY, ColumnType.FLAG, ColumnType.NUMBER)
_MOST = 40  # columns looked at


def changing_rows(study: Study) -> dict[str, tuple[str, int]]:
    """Headers of files of customers whose values change between the rows of one customer: the file, and how many customers it is so of.

    Each row must bear a number of its own: without one, several rows of a customer are duplicates, a defect that the check of the data tells.

    Args:
        study: the data.
    """
    key = "changing rows"
    if key not in study.memo:
        study.memo[key] = {
            header: (called(profile, study), customers)
            for profile in several_rows_each(study) for header, customers in _changing(study, profile).items()
        }  # fmt: skip
    found: dict[str, tuple[str, int]] = study.memo[key]
    return found


def several_rows_each(study: Study) -> tuple[TableProfile, ...]:
    """The files whose rows are things of a customer: files of customers, and of contracts held at once or made again each season.

    Args:
        study: the data.
    """
    contracts = (profile for profile in study.model.of_kind(TableKind.SUBSCRIPTIONS) if study.model.season_of(profile.table) is not None or _held_at_once(study, profile))
    return (*study.model.of_kind(TableKind.CUSTOMERS, TableKind.CUSTOMER_LINKS), *contracts)


def _held_at_once(study: Study, profile: TableProfile) -> bool:
    """Whether many customers have several contracts, and mostly hold them together, rather than one after the other."""
    roles = {binding.role: binding.column for binding in study.model.bindings if binding.table == profile.table}
    person, begun, end = roles.get(Role.CUSTOMER_ID), roles.get(Role.START_DATE), roles.get(Role.END_DATE)
    if person is None or begun is None:
        return False
    over = f"CAST({quote(end)} AS DATE)" if end is not None else "NULL"
    people, several, together = study.database.row(
        f"SELECT COUNT(DISTINCT who), COUNT(DISTINCT who) FILTER (before IS NOT NULL), COUNT(DISTINCT who) FILTER (at_once) FROM (SELECT who, before, begun = before OR begun + {_MONTH} < over_before AS at_once FROM ("
        f"SELECT {quote(person)} AS who, CAST({quote(begun)} AS DATE) AS begun, LAG(CAST({quote(begun)} AS DATE)) OVER w AS before,"
        f" LAG(COALESCE({over}, {'NULL' if end is None else 'DATE ' + repr(str(_FOREVER))})) OVER w AS over_before FROM {profile.table}"
        f" WINDOW w AS (PARTITION BY {quote(person)} ORDER BY CAST({quote(begun)} AS DATE))) WHERE who IS NOT NULL)"
    )
    return bool(several and several >= _MANY * people and together >= _MOSTLY * several)


_MONTH, _MANY, _MOSTLY, _FOREVER = 31, 0.2, 0.5, date(9999, 12, 31)


def _changing(study: Study, profile: TableProfile) -> dict[str, int]:
    roles = {binding.column: binding.role for binding in study.model.bindings if binding.table == profile.table}
    person = next((column for column in profile.columns if roles.get(column.column) is Role.CUSTOMER_ID), None)
    numbered = any(column is not person and _numbers(column, roles.get(column.column)) for column in profile.columns)
    if person is None or person.distinct == person.filled or not numbered:
        return {}
    told = [column for column in profile.columns if column is not person and not _numbers(column, roles.get(column.column)) and _tells(column, roles.get(column.column))]
    counted = ", ".join(f"count(DISTINCT {quote(column.column)}) > 1 AS v{place}" for place, column in enumerate(told[:_MOST]))
    if not counted:
        return {}
    sums = ", ".join(f"count(*) FILTER (v{place})" for place in range(len(told[:_MOST])))
    row = study.database.row(f"SELECT {sums} FROM (SELECT {counted} FROM {profile.table} WHERE {quote(person.column)} IS NOT NULL GROUP BY {quote(person.column)})")
    return {column.name: int(customers) for column, customers in zip(told, row, strict=False) if customers}


def _tells(column: ColumnProfile, role: Role | None) -> bool:
    """Whether a column tells something of its row: a day of birth too, which is the animal's, and not its owner's."""
    return role is Role.BIRTH_DATE or (column.type in _TOLD and role not in PERSONAL_ROLES)


def _numbers(column: ColumnProfile, role: Role | None) -> bool:
    """Whether a column numbers the rows."""
    return column.filled == column.rows == column.distinct and (role in (Role.ROW_ID, Role.CUSTOMER_LINK) or (role is not None and role.value.endswith("_id")))


_BOUGHT = frozenset({"amount", "orders", "quantity", "average_basket", "median_basket", "highest_basket", "lowest_basket", "amount_per_customer", "orders_per_customer"})
_ALL_OF_THEIRS = say(
    "C’est tout ce qu’ont acheté les clients dont une ligne au moins le dit, et non la part de cette ligne seule.",
    "This is all that was bought by the customers of whom at least one row says so, and not the part of that row alone.",
)


def one_row_read(study: Study, parameters: ExploreParameters) -> tuple[Sentence, ...]:
    """That a query by such a column reads one row of each customer.

    Args:
        study: the data.
        parameters: the query.
    """
    if parameters.table is not None:
        return ()
    held = changing_rows(study)
    if parameters.seen is not None and parameters.measure in _BOUGHT and parameters.seen.table in {file for file, _ in held.values()}:
        return (_ALL_OF_THEIRS,)
    asked = [*parameters.by, *(condition.field for condition in (*parameters.segment, *parameters.part)), *([parameters.column] if parameters.column else [])]
    born = next((binding.name for binding in study.model.bindings if binding.role is Role.BIRTH_DATE), AGE_TODAY)  # what ages are told from
    return tuple(
        say(
            "« {column} » change d’une ligne à l’autre d’un même client dans « {file} » ({customers} clients) : ce chiffre n’en lit que la première.",
            "“{column}” changes between rows of one customer in “{file}” ({customers} customers): this figure reads the first of them only.",
            column=Label(name), file=Label(held[name][0]), customers=Estimate("customers", held[name][1], Unit.COUNT, method="exact"),
        )
        for name in dict.fromkeys(born if name == AGE_TODAY else name for name in asked) if name in held
    )  # fmt: skip


def cancelled_counted(study: Study, parameters: ExploreParameters) -> tuple[Sentence, ...]:
    """That a count or a sum of enrolments takes in those that never began, where the query names no state.

    Args:
        study: the data.
        parameters: the query, on a table.
    """
    profile = next((found for found in study.model.tables if called(found, study) == parameters.table), None)
    season = study.model.season_of(profile.table) if profile is not None else None
    if profile is None or season is None or season.state is None or parameters.measure not in _TAKING_IN:
        return ()
    headers = {column.column: column.name for column in profile.columns}
    end = next((headers[binding.column] for binding in study.model.bindings if binding.table == profile.table and binding.role is Role.END_DATE), None)
    state = headers[season.state]
    if state in {*parameters.by, *(condition.field for condition in (*parameters.purchase_filter, *parameters.part))}:
        return ()
    going = [Condition(field=end, operator="is null")] if end is not None else []
    days = (parameters.period.start, parameters.period.end) if parameters.period is not None else None
    plain = parameters.model_copy(update={"measure": "records", "column": None, "by": (), "part": ()})
    counts: dict[str, int] = {}
    for value in season.undone:
        asked = (*parameters.purchase_filter, Condition(field=state, operator="=", values=[value]), *going)
        sql, given = records_query(study, plain.model_copy(update={"purchase_filter": asked}), (), [], days)
        counts[value] = int(study.rows(sql, given)[0][0] or 0)
    told = tuple(Label(value) for value, count in counts.items() if count)
    if not told:
        return ()
    return (say(
        "« {column} » : {count} lignes annulées ({values}) y sont comptées.", "“{column}”: {count} cancelled rows ({values}) are counted in it.",
        column=Label(state), values=Listing(told), count=Estimate("cancelled_rows", sum(counts.values()), Unit.COUNT, method="exact"),
    ),)  # fmt: skip


_TAKING_IN = frozenset({"records", "distinct", "sum"})
