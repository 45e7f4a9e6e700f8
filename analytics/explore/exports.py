"""Exports of one list, a file a year or a month: a query of the lines of one looks at those of all."""

from __future__ import annotations

from analytics.customers.sales_lists import list_name
from analytics.datamodel.model import TableProfile
from analytics.study import Study
from analytics.workspace import quote


def same_list(study: Study, profile: TableProfile) -> tuple[TableProfile, ...]:
    """The tables of the files that hold the same list for other days, that one among them, in their order.

    They have the same kind, the same columns read alike, and names that differ by a year, a month or a number only: « entrées » and
    « sorties » have the same columns and are two lists.

    Args:
        study: the data.
        profile: one of them.
    """
    own = _columns(profile)
    return tuple(
        other for other in study.model.tables
        if other is profile or (
            _columns(other) == own and list_name(other) == list_name(profile) and study.model.kind(other.table) is study.model.kind(profile.table)
        )
    )  # fmt: skip


def relation(profile: TableProfile, parts: tuple[TableProfile, ...]) -> str:
    """What a query reads in place of one table: the table, or all the parts of its list one after the other.

    Args:
        profile: whose names of columns are kept.
        parts: the tables, as `same_list` gives them.
    """
    if len(parts) == 1:
        return quote(profile.table)
    selects = (
        f"SELECT {', '.join(f'{quote(part.column(held.name).column)} AS {quote(held.column)}' for held in profile.columns)} FROM {quote(part.table)}"
        for part in parts
    )
    return f"({' UNION ALL '.join(selects)})"


def _columns(profile: TableProfile) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((column.name, column.type.value) for column in profile.columns))
