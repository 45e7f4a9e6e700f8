"""Invoices beside orders: where files of orders stand, purchases are read from those, and the invoices bill the same sales again."""

from __future__ import annotations

from analytics.datamodel.model import DataModel, TableProfile
from analytics.datamodel.roles import Role, TableKind


def bills_beside_orders(model: DataModel) -> tuple[TableProfile, ...]:
    """The files of invoices that are no purchases, since orders tell those: asked for by name, and never added to what was ordered.

    Args:
        model: what the files mean.
    """
    return model.of_kind(TableKind.INVOICES) if _dated_orders(model) else ()


def sale_kinds(model: DataModel, kinds: tuple[TableKind, ...]) -> tuple[TableKind, ...]:
    """Of some kinds of tables, those whose rows are counted as sales: no invoices where orders are.

    Args:
        model: what the files mean.
        kinds: those that may hold sales.
    """
    return tuple(kind for kind in kinds if kind is not TableKind.INVOICES) if bills_beside_orders(model) else kinds


def _dated_orders(model: DataModel) -> bool:
    """Whether a file of orders tells the days of purchases."""
    return any(model.find(Role.PURCHASE_DATE, table=table.table) is not None for table in model.of_kind(TableKind.TRANSACTIONS))
