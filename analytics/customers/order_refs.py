"""What an order is when rows of purchases bear no order number, or one that begins again each day (a till's).

Without a number it is the row itself, or what a customer buys in a day.

A row that says how it was paid, what became of it, or a number of its own is an order; unless the rows of one customer on
one day nearly always say the same where chance would not, as the lines of one ticket do.
"""

from __future__ import annotations

from analytics.customers.columns import Columns
from analytics.customers.routes import Route
from analytics.datamodel.model import Binding, DataModel
from analytics.datamodel.roles import Role, TableKind
from analytics.workspace import Database, quote

_OF_AN_ORDER = (Role.ORDER_STATUS, Role.PAYMENT_METHOD)
_ROWS_LOOKED_AT = 300_000
_DAYS_AT_LEAST = 20  # days of several rows needed before they are taken for the lines of one ticket
_NEARLY_ALL, _BY_CHANCE = 0.95, 0.8
_MOST = 0.5


def row_order(database: Database, columns: Columns, route: Route, day: str) -> str | None:
    """The SQL of each row's order where it is the row itself, or a number of that day; None when rows are joined by their number, or by customer and day.

    Args:
        database: where the table is.
        columns: the table of purchases, by role.
        route: how its rows find their customer.
        day: SQL of a row's day.
    """
    if columns.has(Role.ORDER_ID):
        return _numbered_by_day(database, columns, route, day)
    own = columns.binding(Role.ROW_ID)
    told = [found for role in _OF_AN_ORDER if (found := columns.binding(role)) is not None]
    numbered = own is not None and _numbers_rows(database, columns, own)
    if not numbered and (not told or _lines_of_tickets(database, columns, told, route, day)):
        return None
    return f"CONCAT('{columns.table}#', {columns.alias}.rowid)"


def _numbered_by_day(database: Database, columns: Columns, route: Route, day: str) -> str | None:
    """A number that begins again each day (the tickets of a till), with its day and shop; None where a number is an order.

    Most of those that name a customer then come back on several days, for several customers.
    """
    number = columns.text(Role.ORDER_ID)
    again, numbers = database.row(f"""
        SELECT COUNT(*) FILTER (days > 1 AND people > 1), COUNT(*) FROM (
            SELECT COUNT(DISTINCT {day}) AS days, COUNT(DISTINCT {route.customer}) AS people
            FROM {quote(columns.table)} {columns.alias} {route.joins}
            WHERE {columns.alias}.rowid < {_ROWS_LOOKED_AT} AND {number} IS NOT NULL AND {route.customer} IS NOT NULL
            GROUP BY {number})""")
    if again <= _MOST * numbers:
        return None
    return f"{number} || '/' || CAST({day} AS VARCHAR) || '/' || COALESCE({columns.text(Role.STORE, Role.STORE_ID)}, '')"


def number_tickets(database: Database) -> None:
    """Where no purchase names anyone, the number of each ticket made whole: with its day and shop where most come back on several days.

    Args:
        database: writable, `unnamed_purchases` filled; its `order_id` then tells one order each.
    """
    again, numbers = database.row("""
        SELECT COUNT(*) FILTER (days > 1), COUNT(*)
        FROM (SELECT COUNT(DISTINCT day) AS days FROM unnamed_purchases WHERE order_id IS NOT NULL GROUP BY order_id)""")
    if again > _MOST * numbers:
        database.execute("UPDATE unnamed_purchases SET order_id = CONCAT_WS('/', order_id, day, store) WHERE order_id IS NOT NULL")


def joined_by_day(model: DataModel) -> bool:
    """Whether some purchases may be joined by customer and day: a table of them bears no order number."""
    tables = (*model.of_kind(TableKind.TRANSACTIONS), *model.of_kind(TableKind.INVOICES), *model.of_kind(TableKind.ORDER_LINES))
    return any(model.find(Role.ORDER_ID, table=table.table) is None for table in tables)


def _numbers_rows(database: Database, columns: Columns, own: Binding) -> bool:
    """Whether the column gives each row a number of its own, other than its place in the file (0, 1, 2 ...)."""
    value, place = columns.as_text(own.column), columns.as_number(own.column)
    rows, kinds, low, high = database.row(
        f"SELECT COUNT(*), COUNT(DISTINCT {value}), MIN({place}), MAX({place}) FROM {quote(columns.table)} {columns.alias}"
    )
    counts = low is not None and low in (0, 1) and high - low + 1 == rows
    return bool(rows and kinds == rows and not counts)


def _lines_of_tickets(database: Database, columns: Columns, told: list[Binding], route: Route, day: str) -> bool:
    """Whether rows of one customer on one day say the same far more often than two rows drawn at random."""
    said = ", ".join(f"COALESCE({columns.as_text(found.column)}, '')" for found in told)
    rows = (
        f"SELECT {route.customer} AS who, {day} AS day, CONCAT_WS('|', {said}) AS said, {columns.alias}.rowid AS place"
        f" FROM {quote(columns.table)} {columns.alias} {route.joins} WHERE {columns.alias}.rowid < {_ROWS_LOOKED_AT}"
    )
    days, same, chance = database.row(f"""
        WITH lines AS ({rows}),
        days AS (
            SELECT ARG_MIN(said, place) = ARG_MAX(said, place) AS same FROM lines
            WHERE who IS NOT NULL AND day IS NOT NULL GROUP BY who, day HAVING COUNT(*) > 1
        ),
        drawn AS (SELECT COUNT(*) AS n FROM lines GROUP BY said)
        SELECT (SELECT COUNT(*) FROM days), (SELECT COUNT(*) FILTER (same) FROM days),
               (SELECT SUM(CAST(n AS DOUBLE) * n) / POWER(SUM(n), 2) FROM drawn)""")
    return bool(days >= _DAYS_AT_LEAST and same >= _NEARLY_ALL * days and chance is not None and chance <= _BY_CHANCE)
