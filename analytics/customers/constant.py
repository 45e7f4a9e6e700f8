"""Columns of purchases that do not change from one purchase of a customer to the next: they describe the customer.

An export of invoices is often the only file: the office rented, the profession, the plan stand on every line. What is the same
on every line of each customer is no more of the purchase than a name would be.
"""

from __future__ import annotations

from dataclasses import replace

from analytics.customers.attributes import timing
from analytics.datamodel.attributes import Attribute, Timing
from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import Role
from analytics.workspace import Database, quote

_COMPARED = 50  # customers with two purchases or more that say it, for sameness to tell anything
_SAME = 0.97  # of them, those whose purchases all say the same: a few have moved
_MOST_VALUES = 30
_ALMOST_ALL = 0.98  # of lines: a column that says one thing of everybody tells nobody apart
_AFTER_THE_DAY = 11  # where what follows « 2025-01-31 » begins
_TYPES = (ColumnType.CATEGORY, ColumnType.FLAG)
_OF_THE_ORDER = frozenset({Role.ORDER_STATUS, Role.DELIVERY_METHOD, Role.PROMO_CODE, Role.CURRENCY})


def constant(database: Database, bought: tuple[Attribute, ...]) -> tuple[tuple[Attribute, str], ...]:
    """Attributes of customers (their column still that of `purchases`), each with its aggregate over their lines: what was told last.

    Lines of another file (goods sold at the desk, beside stays) say nothing of it, and take nothing away.

    Args:
        database: holds `purchases`.
        bought: columns of `purchases`, with the headers they come from.
    """
    found = []
    for attribute in bought:
        if attribute.type not in _TYPES or attribute.role in _OF_THE_ORDER or not _is_constant(database, attribute):
            continue
        header = attribute.sources[0][1] if attribute.sources else attribute.name
        told = timing(attribute.role, header) if attribute.role is not None else Timing.UNKNOWN
        column = quote(attribute.column)
        word = column if attribute.type is ColumnType.CATEGORY else f"CASE WHEN {column} THEN '1' WHEN NOT {column} THEN '0' END"
        told_last = f"SUBSTR(MAX(CAST(day AS VARCHAR) || {word}), {_AFTER_THE_DAY})"
        sql = told_last if attribute.type is ColumnType.CATEGORY else f"{told_last} = '1'"
        found.append((replace(attribute, timing=told), sql))
    return tuple(found)


def _is_constant(database: Database, attribute: Attribute) -> bool:
    column = quote(attribute.column)
    compared, same, values, largest = database.row(f"""
        WITH told AS (SELECT customer_key, day, CAST({column} AS VARCHAR) AS said FROM purchases WHERE kept AND {column} IS NOT NULL),
        each AS (SELECT customer_key, COUNT(DISTINCT said) = 1 AS same FROM told GROUP BY 1 HAVING COUNT(DISTINCT day) > 1),
        counts AS (SELECT said, COUNT(*) AS n FROM told GROUP BY 1)
        SELECT (SELECT COUNT(*) FROM each), (SELECT COUNT(*) FROM each WHERE same), (SELECT COUNT(*) FROM counts), (SELECT MAX(n) / SUM(n) FROM counts)""")
    told_apart = 1 < values <= _MOST_VALUES and largest is not None and largest < _ALMOST_ALL
    return bool(told_apart and compared >= _COMPARED and same >= _SAME * compared)
