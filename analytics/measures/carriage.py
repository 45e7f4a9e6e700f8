"""The carriage charged on orders whose revenue is that of their lines: no line holds it, and the till does."""

from __future__ import annotations

from analytics.customers.columns import Columns
from analytics.datamodel.model import Binding, ColumnType
from analytics.datamodel.roles import Role, TableKind
from analytics.study import Study
from analytics.workspace import quote
from vocabulary.estimate import Estimate, Unit
from vocabulary.sentence import Label, Sentence, say

_HEADED = (TableKind.TRANSACTIONS, TableKind.INVOICES)
_CHARGED = """
SELECT sum(x), count(x) FILTER (x <> 0) FROM (
    SELECT max(CAST(p.{column} AS DOUBLE)) AS x FROM {lines} p WHERE p.kept AND coalesce(p.amount, 0) >= 0
    GROUP BY p.customer_key, p.order_id, CASE WHEN p.customer_key IS NULL THEN p.day END
)
"""
_LEAST = 0.5  # in the currency
_ALIKE = 0.001


def carriage_apart(study: Study) -> tuple[Sentence, ...]:
    """What was charged for carriage beside a revenue read on the lines of orders; nothing where nothing was, or where files do not tell.

    Args:
        study: the data, whole.
    """
    told = _column(study)
    if told is None or not study.sells:
        return ()
    attribute = next((found for found in study.purchase_attributes if found.role is Role.SHIPPING and (told.file, told.name) in found.sources), None)
    if attribute is None or attribute.type is not ColumnType.NUMBER:
        return ()
    charged, orders = study.database.row(_CHARGED.format(column=quote(attribute.column), lines=study.lines_sold))
    if charged is None or charged < _LEAST or _in_the_totals(study, told):
        return ()
    carriage = Estimate("carriage", float(charged), Unit.MONEY, int(orders), method="exact sum")
    return (say(
        "Les frais de port facturés (« {column} ») n’y sont pas : {carriage}.", "The carriage charged (“{column}”) is not in it: {carriage}.",
        column=Label(told.name), carriage=carriage,
    ),)  # fmt: skip


def _in_the_totals(study: Study, told: Binding) -> bool:
    """Whether the revenue comes to what the orders' own totals do: they were read instead of their lines, with the carriage they may hold."""
    head = Columns(study.database, study.model, told.table, "h")
    total = head.binding(Role.AMOUNT)
    if total is None or not head.has(Role.ORDER_ID):
        return False
    orders = f"SELECT p.order_id FROM {study.lines_sold} p WHERE p.kept"
    sold, totals = study.database.row(
        f"SELECT (SELECT sum(p.amount) FROM {study.lines_sold} p WHERE p.kept AND p.amount >= 0),"
        f" (SELECT sum({head.as_number(total.column)}) FROM {quote(told.table)} h WHERE {head.text(Role.ORDER_ID)} IN ({orders}))"
    )
    return sold is not None and totals is not None and abs(float(totals) - float(sold)) < _ALIKE * float(sold)


def _column(study: Study) -> Binding | None:
    """The column of carriage of the orders, where the revenue is read on their lines, which stand in a file of their own."""
    model = study.model
    lines = model.of_kind(TableKind.ORDER_LINES)
    priced = any(role in model.roles_of(table.table) for table in lines for role in (Role.AMOUNT, Role.UNIT_PRICE))
    carried = any(Role.SHIPPING in model.roles_of(table.table) for table in lines)
    return model.find(Role.SHIPPING, *_HEADED) if priced and not carried else None
