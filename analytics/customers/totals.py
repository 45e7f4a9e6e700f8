"""Whether an amount is a line's or the whole order's, found out from the figures themselves, and how a total is shared."""

from __future__ import annotations

from analytics.customers.columns import Columns
from analytics.datamodel.roles import Role
from analytics.workspace import Database, quote

_ORDERS_AT_LEAST = 20  # orders of several lines needed before anything is concluded
_ROWS_LOOKED_AT = 300_000
_NEARLY_ALL = 0.95
_LARGER = 1.3  # an order of several lines costs clearly more than an order of one
_ALONE = 0.1  # orders of one line for each of several: where there are none, an order may be billed in equal parts
_BY_CHANCE = 0.1  # chance that two lines bear one amount, under which it is no flat price that makes them alike


def spread(total: str, weight: str, order: str, row: str) -> str:
    """Share an order's total over its lines, in proportion to a weight; the shares add up to the cent.

    Args:
        total: the order's amount, the same on each of its lines (SQL).
        weight: positive number of each line (SQL).
        order: what the lines of one order have in common (SQL).
        row: what orders them (SQL).
    """
    whole = f"SUM({weight}) OVER (PARTITION BY {order})"
    upto = f"SUM({weight}) OVER (PARTITION BY {order} ORDER BY {row})"
    return (
        f"TRY_CAST(ROUND({total} * {upto} / {whole}, 2) - ROUND({total} * ({upto} - {weight}) / {whole}, 2)"
        f" AS DECIMAL(18, 2))"
    )


def weight_of(columns: Columns) -> str:
    """What a line weighs in its order: its price, else its quantity, else one."""
    parts = [
        f"GREATEST(ABS(COALESCE({columns.number(role)}, 1)), 0.01)"
        for role in (Role.UNIT_PRICE, Role.QUANTITY)
        if columns.has(role)
    ]
    return " * ".join(parts) or "1.0"


def repeats_the_total(database: Database, columns: Columns, amount: str) -> bool:
    """Whether each line of an order repeats the order's total: summed, it would count several times.

    So it is when nearly all orders of several lines show one amount only, and either their prices differ, or they cost
    clearly more than orders of one line (a flat price a line would not), or they are of several goods, beside orders of one,
    in a file where amounts are so varied that two of them are seldom the same.
    """
    if not columns.has(Role.ORDER_ID):
        return False
    price = columns.number(Role.UNIT_PRICE)
    goods = columns.text(Role.PRODUCT_ID, Role.PRODUCT)
    orders = f"""
        SELECT COUNT(*) AS n, COUNT(DISTINCT {amount}) AS kinds, COUNT(DISTINCT {price}) AS prices,
               COUNT(DISTINCT {goods}) AS goods, CAST(MAX({amount}) AS DOUBLE) AS amount
        FROM {quote(columns.table)} {columns.alias}
        WHERE {columns.alias}.rowid < {_ROWS_LOOKED_AT} AND {columns.text(Role.ORDER_ID)} IS NOT NULL AND {amount} > 0
        GROUP BY {columns.text(Role.ORDER_ID)}"""
    several, alone, same, priced, assorted, large, small = database.row(f"""
        SELECT COUNT(*) FILTER (n > 1), COUNT(*) FILTER (n = 1), COUNT(*) FILTER (n > 1 AND kinds = 1), COUNT(*) FILTER (n > 1 AND prices > 1),
               COUNT(*) FILTER (n > 1 AND goods > 1), AVG(amount) FILTER (n > 1), AVG(amount) FILTER (n = 1)
        FROM ({orders})""")
    if several < _ORDERS_AT_LEAST or same < _NEARLY_ALL * several:
        return False
    if priced > several / 2 or (small is not None and large > _LARGER * small):
        return True
    if assorted <= several / 2 or alone < _ALONE * several:
        return False
    (alike,) = database.row(f"SELECT SUM(n * n) / (SUM(n) * SUM(n)) FROM (SELECT COUNT(*) AS n FROM ({orders}) GROUP BY amount)")
    return bool(alike < _BY_CHANCE)


def said_once(database: Database, relation: str, order: str, value: str, amount: str) -> bool:
    """Whether a number beside the lines of orders is one of the order: nearly all orders of several lines say it once, though what their lines cost differs.

    Where an amount is the order's own it tells nothing: see `repeats_the_total`.

    Args:
        database: where the lines are.
        relation: what they are read from, as it stands after FROM.
        order: SQL of what the lines of one order have in common.
        value: SQL of the number. amount: SQL of what a line costs.
    """
    unlike, once = database.row(f"""
        SELECT COUNT(*), COUNT(*) FILTER (kinds = 1 AND filled = n) FROM (
            SELECT COUNT(*) AS n, COUNT(DISTINCT {value}) AS kinds, COUNT({value}) AS filled FROM {relation}
            WHERE COALESCE({amount}, 0) >= 0 GROUP BY {order} HAVING n > 1 AND kinds > 0 AND COUNT(DISTINCT {amount}) > 1
        )""")
    return bool(unlike >= _ORDERS_AT_LEAST and once >= _NEARLY_ALL * unlike)


def header_wins(database: Database, lines: Columns, line_amount: str, heads: Columns, head_amount: str) -> bool:
    """Whether orders' own totals say better than their lines what was paid: a discount was taken off the whole order.

    Where the totals are the higher ones, the difference is shipping or tax, which no line holds: the lines stand.
    """
    order, ref = lines.text(Role.ORDER_ID), heads.text(Role.ORDER_ID)
    orders, differ, lower = database.row(f"""
        SELECT COUNT(*), COUNT(*) FILTER (ABS(h.total - l.total) > 0.01), COUNT(*) FILTER (h.total < l.total - 0.01)
        FROM (SELECT {order} AS ref, SUM({line_amount}) AS total FROM {quote(lines.table)} {lines.alias} GROUP BY 1) l
        JOIN (SELECT {ref} AS ref, MAX({head_amount}) AS total FROM {quote(heads.table)} {heads.alias} GROUP BY 1) h
          ON h.ref = l.ref
        WHERE h.total IS NOT NULL AND l.total IS NOT NULL""")
    return bool(orders and differ > (1 - _NEARLY_ALL) * orders and lower > _NEARLY_ALL * differ)
