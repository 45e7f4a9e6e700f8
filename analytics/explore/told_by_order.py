"""Whether a number beside the lines of purchases is told of each line, or of the whole order and repeated on its lines: carriage, a discount, a delay.

Added up or averaged line by line, what is said of the order would count once for each thing that was in it.
"""

from __future__ import annotations

from analytics.customers.totals import said_once
from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import TableKind
from analytics.explore.fields import Field, Place
from analytics.study import Study
from analytics.workspace import quote


def told_by_order(study: Study, field: Field) -> bool:
    """Whether a column says one thing of each order: it stands in the file of orders whose lines stand in another, or repeats itself on their lines.

    In the lines' own file, see `totals.said_once`.

    Args:
        study: the data.
        field: the column looked at.
    """
    attribute = field.attribute
    if field.place is not Place.PURCHASE or attribute is None or not study.sells or attribute.type is not ColumnType.NUMBER:
        return False
    key = f"told by order: {attribute.name}"
    if key not in study.memo:
        headed = bool(study.model.of_kind(TableKind.ORDER_LINES)) and not _of_lines(study, attribute.sources)
        study.memo[key] = headed or said_once(study.database, f"{study.lines_sold} p", "customer_key, order_id", quote(attribute.column), "amount")
    return bool(study.memo[key])


def _of_lines(study: Study, sources: tuple[tuple[str, str], ...]) -> bool:
    """Whether the column stands in a file of lines; in a file of orders, each row is one."""
    lines = {table.file for table in study.model.of_kind(TableKind.ORDER_LINES)}
    return any(file in lines for file, _ in sources)
