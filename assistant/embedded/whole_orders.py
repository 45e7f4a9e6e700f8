"""A rate of orders told by the lines of a file that holds several of each: it is one of orders, and not of lines."""

from __future__ import annotations

from dataclasses import replace

from analytics.datamodel.roles import Role, TableKind
from analytics.explore.fields import PERIODS
from analytics.study import Study
from assistant.embedded.arguments import Prepared
from assistant.embedded.columns import Columns, columns_of
from assistant.embedded.record_tables import RecordTable

_LINES = (TableKind.TRANSACTIONS, TableKind.ORDER_LINES)


def of_whole_orders(step: Prepared, table: RecordTable, study: Study) -> tuple[Prepared, Columns] | None:
    """« Taux d'annulation » where each order has several lines and its state stands on all of them: the share of orders; None elsewhere.

    Args:
        step: the query on the lines.
        table: their file.
        study: the data.
    """
    columns, told = columns_of(study), step.arguments
    if told.get("measure") != "share_records" or not columns.several_lines or table.kind not in _LINES:
        return None
    states = {found.name for found in columns.fields if found.on_purchases and found.role is Role.ORDER_STATUS}
    parts = [held["field"] for held in told.get("part") or ()]
    named = {held["field"] for name in ("purchase_filter", "segment") for held in told.get(name) or ()} | set(told.get("by") or ()) - set(PERIODS)
    if not parts or not set(parts) <= states or any(columns.named(name) is None for name in named):
        return None
    return replace(step, arguments={**{name: value for name, value in told.items() if name != "table"}, "measure": "share_orders"}), columns
