"""Whether a number beside the lines of purchases is told of each line, or of the whole order and repeated on its lines: carriage, a discount, a delay.

Added up or averaged line by line, what is said of the order would count once for each thing that was in it.
"""

from __future__ import annotations

from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import Role, TableKind
from analytics.explore.fields import Field, Place
from analytics.study import Study

_ORDERS_AT_LEAST = 20  # orders of several lines needed before anything is concluded
_NEARLY_ALL = 0.95
_OF_THE_ORDER = frozenset({Role.SHIPPING, Role.DELIVERY_DATE, Role.PROMISED_DATE})  # nobody ships a line
_SEVERAL = """
SELECT count(*), count(*) FILTER (kinds <= 1), count(*) FILTER (amounts > 1), count(*) FILTER (amounts > 1 AND kinds = 1 AND filled = n)
FROM (
    SELECT count(*) AS n, count(DISTINCT {column}) AS kinds, count({column}) AS filled, count(DISTINCT amount) AS amounts
    FROM {lines} WHERE kept AND coalesce(amount, 0) >= 0 AND order_id IS NOT NULL GROUP BY customer_key, order_id HAVING count(*) > 1 AND kinds > 0
)
"""


def told_by_order(study: Study, field: Field) -> bool:
    """Whether a column says one thing of each order: it stands in the file of orders whose lines stand in another, or repeats itself on their lines.

    A number of the lines' own file repeats itself where nearly all orders of several lines say it once, though what their lines cost differs.

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
        study.memo[key] = headed or _repeats(study, attribute.column, attribute.role)
    return bool(study.memo[key])


def _of_lines(study: Study, sources: tuple[tuple[str, str], ...]) -> bool:
    """Whether the column stands in a file of lines; in a file of orders, each row is one."""
    lines = {table.file for table in study.model.of_kind(TableKind.ORDER_LINES)}
    return any(file in lines for file, _ in sources)


def _repeats(study: Study, column: str, role: Role | None) -> bool:
    several, same, unlike, repeated = study.database.row(_SEVERAL.format(column=column, lines=study.lines_sold))
    if several < _ORDERS_AT_LEAST:
        return False
    if role in _OF_THE_ORDER:
        return bool(same >= _NEARLY_ALL * several)
    return bool(unlike >= _ORDERS_AT_LEAST and repeated >= _NEARLY_ALL * unlike)
