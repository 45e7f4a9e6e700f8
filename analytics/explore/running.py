"""What customers pay a month, told of the contracts that run: where one holds several, each of them is under its own plan."""

from __future__ import annotations

from dataclasses import replace

from analytics.analysis import Condition
from analytics.customers.columns import Columns
from analytics.datamodel.roles import Role, TableKind
from analytics.explore.fields import PERIODS, by_the_month
from analytics.explore.parameters import ExploreParameters
from analytics.explore.records import ENDED, Records, called, records_of
from analytics.segment import Segment
from analytics.study import Study

_STANDS_FOR = {"plan": (Role.PLAN, Role.CONTRACT_TYPE, Role.PRODUCT), "contract_type": (Role.CONTRACT_TYPE,)}  # columns worked out of the contract held today


def by_contract(study: Study, parameters: ExploreParameters) -> tuple[Study, ExploreParameters]:
    """The data and the query on the contracts in force, where a monthly revenue of those still here is split or narrowed by what contracts say.

    The sum of a customer's contracts is of no plan: told by the one held today, it makes the other plans smaller than they are.

    Args:
        study: the data.
        parameters: the query, of customers.
    """
    if parameters.measure != "sum" or parameters.table is not None or not _monthly(study, parameters.column) or not _here(parameters.segment):
        return study, parameters
    if parameters.period or parameters.compare or parameters.also or parameters.absent or parameters.purchase_filter or parameters.part or set(parameters.by) & set(PERIODS):
        return study, parameters
    found = _file(study)
    if found is None:
        return study, parameters
    records, price = found
    asked = parameters.segment
    names = {name: header for name in (*parameters.by, *(condition.field for condition in asked)) if (header := _header(study, records, name)) is not None}
    if not names:
        return study, parameters
    kept = Segment(tuple(condition for condition in study.segment.conditions if condition.field not in names))
    return replace(study, segment=kept), parameters.model_copy(update={
        "table": called(records.profile, study), "column": price, "stock": True, "by": tuple(names.get(name, name) for name in parameters.by),
        "segment": tuple(condition for condition in asked if condition.field not in names),
        "purchase_filter": tuple(condition.model_copy(update={"field": names[condition.field]}) for condition in asked if condition.field in names),
    })  # fmt: skip


def _monthly(study: Study, name: str | None) -> bool:
    attribute = study.attribute(name) if name is not None else None
    return name == "monthly_amount" or (attribute is not None and by_the_month(study, attribute))


def _here(conditions: tuple[Condition, ...]) -> bool:
    return any(condition.field == "lost" and condition.operator == "=" and tuple(condition.values) == (False,) for condition in conditions)


def _file(study: Study) -> tuple[Records, str] | None:
    """The one file of contracts, several a customer, and the header of what each costs."""
    tables = study.model.of_kind(TableKind.SUBSCRIPTIONS)
    if len(tables) != 1:
        return None
    records = records_of(study, called(tables[0], study))
    held = Columns(study.database, study.model, tables[0].table).binding(Role.RECURRING_AMOUNT)
    dated = records.opened is not None and records.of_role(*ENDED) is not None and records.of_role(Role.CUSTOMER_ID) is not None
    return (records, held.name) if held is not None and dated else None


def _header(study: Study, records: Records, name: str) -> str | None:
    """The column of the contracts that a field of the customers comes from."""
    roles = _STANDS_FOR.get(name)
    headers = {column.column: column.name for column in records.profile.columns}
    if roles is not None:
        column = next((found for role in roles for found, held in records.roles.items() if held is role), None)
        return headers.get(column) if column is not None else None
    attribute = study.attribute(name)
    if attribute is None or attribute.derived:
        return None
    return next((header for file, header in attribute.sources if file == records.profile.file and header in headers.values()), None)
