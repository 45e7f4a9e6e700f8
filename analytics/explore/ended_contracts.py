"""Contracts that end: the shares, the delays and the conditions that are told of their ends."""

from __future__ import annotations

from analytics.datamodel.roles import Role, TableKind
from analytics.explore.fields import PERIODS
from analytics.explore.parameters import ExploreParameters
from analytics.explore.records import Records, records_of
from analytics.study import Study


def ends_within(study: Study, parameters: ExploreParameters) -> bool:
    """Whether a share is of the contracts that ended in a period: among those in force when it begins, and not among those begun in it.

    Args:
        study: the data.
        parameters: the query, on a table.
    """
    return parameters.period is not None and not any(name in PERIODS for name in parameters.by) and share_of_ended(study, parameters)


def share_of_ended(study: Study, parameters: ExploreParameters) -> bool:
    """Whether a share is of the contracts that ended."""
    if parameters.measure != "share_records" or len(parameters.part) != 1 or parameters.stock:
        return False
    records, asked = records_of(study, str(parameters.table)), parameters.part[0]
    column = next((held.column for held in records.profile.columns if held.name == asked.field), None)
    return asked.operator == "is not null" and records.roles.get(str(column)) is Role.END_DATE and records.opened is not None


def until_end(study: Study, parameters: ExploreParameters) -> bool:
    """Whether a delay runs to the end of relations or contracts, which those still going on have not reached."""
    if parameters.table is None or parameters.measure != "delay" or parameters.column is None:
        return False
    records = records_of(study, parameters.table)
    column = next((held.column for held in records.profile.columns if held.name == parameters.column), None)
    return column is not None and records.roles.get(column) is Role.END_DATE


def ends_contracts(study: Study, records: Records, name: str) -> bool:
    """Whether that column holds the ends of contracts, some of which are still to come."""
    column = next((held for held in records.profile.columns if held.name == name), None)
    kinds = {reading.table: reading.kind for reading in study.model.readings}
    if column is None or records.roles.get(column.column) is not Role.END_DATE or kinds.get(records.profile.table) is not TableKind.SUBSCRIPTIONS:
        return False
    return column.high is not None and column.high > study.as_of.toordinal()
