"""Rows that hold several orders, as a column counts them (« CA du mois », « Nb commandes »): written out order by order."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.datamodel.headers import counts_orders
from analytics.datamodel.model import Binding, DataModel
from analytics.datamodel.roles import Role, TableKind
from analytics.workspace import quote

_MOST = 10_000  # orders in a row: beyond, the column counts something else


def orders_counted(model: DataModel, table: str) -> Binding | None:
    """The column that counts the orders of each row of a table; None where a row is an order, or a line of one."""
    many = model.find(Role.QUANTITY, table=table)
    lines = any(model.find(role, table=table) for role in (Role.ORDER_ID, Role.LINE_ID, Role.PRODUCT, Role.PRODUCT_ID, Role.UNIT_PRICE))
    return None if many is None or lines or not counts_orders(many.name) else many


def shared_amounts(model: DataModel) -> Binding | None:
    """The column that counts the orders of rows whose amounts are shared between them, in any table of purchases."""
    tables = (*model.of_kind(TableKind.TRANSACTIONS), *model.of_kind(TableKind.INVOICES))
    return next((many for table in tables if (many := orders_counted(model, table.table)) is not None), None)


def order_by_order(sql: str, numbers: Sequence[str]) -> str:
    """Each row as so many orders, which share its amount to the cent; its other figures stand once.

    A row of no order stays one where money stands on it.

    Args:
        sql: purchase lines whose `quantity` is how many orders each is, and whose `order_ref` is the row's own.
        numbers: the attributes that are figures.
    """
    part = "ROUND(s.amount * (u.i + 1) / s.many, 2) - ROUND(s.amount * u.i / s.many, 2)"
    once = "".join(f", CASE WHEN u.i = 0 THEN s.{quote(name)} END AS {quote(name)}" for name in numbers)
    replaced = f"CONCAT(s.order_ref, '/', u.i) AS order_ref, CAST({part} AS DECIMAL(18, 2)) AS amount, CAST(NULL AS DOUBLE) AS quantity{once}"
    counted = f"SELECT *, CAST(LEAST({_MOST}, GREATEST(1, COALESCE(ROUND(quantity), 1))) AS BIGINT) AS many FROM ({sql})"
    return (
        f"SELECT s.* EXCLUDE (many) REPLACE ({replaced}) FROM ({counted}) s, LATERAL (SELECT UNNEST(RANGE(s.many)) AS i) u"
        " WHERE COALESCE(s.quantity, 1) > 0 OR COALESCE(s.amount, 0) <> 0"
    )
