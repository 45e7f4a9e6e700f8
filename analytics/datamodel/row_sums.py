"""The numbers of each row: those with a role, those left without one, and on what share of the rows a relation between them holds."""

from __future__ import annotations

from collections.abc import Mapping

from analytics.datamodel.guessing import Guess
from analytics.datamodel.identity import column_of
from analytics.datamodel.model import ColumnProfile, ColumnType, TableProfile
from analytics.datamodel.roles import Role
from analytics.datamodel.sql import as_number, as_text
from analytics.workspace import Database, quote

READ = 5000  # rows looked at
HOLDS = 0.98  # share of the rows where the arithmetic must hold
LEAST, OFTEN = 20, 0.05  # rows, and share of them, where it is more than an amount repeated
CENT, ROUNDED = 0.011, 0.0005  # what rounding may move: a cent, or a little of large sums
FREE = frozenset({Role.MEASURE, Role.TOTAL_SPENT, Role.COST, Role.MARGIN, Role.RECURRING_AMOUNT})  # what a number may be called while its sum is not known


def measures_of(table: TableProfile, found: Mapping[str, Guess]) -> list[ColumnProfile]:
    """The numbers of a table left without a meaning."""
    return [c for c in table.columns if c.type is ColumnType.NUMBER and c.column in found and found[c.column].role is Role.MEASURE]


def share_where(database: Database, table: TableProfile, condition: str) -> float:
    """The share of the rows that can tell where a condition holds; 0 where too few can."""
    rows, held = database.row(
        f"SELECT COUNT(held), COUNT(*) FILTER (held) FROM (SELECT {condition} AS held FROM {quote(table.table)} t LIMIT {READ})"
    )
    return held / rows if rows >= LEAST else 0.0


def number_with(table: TableProfile, found: Mapping[str, Guess], role: Role) -> ColumnProfile | None:
    """The surest column of numbers with a role, or None."""
    name = column_of(found, role)
    return next((c for c in table.columns if c.column == name and c.type is ColumnType.NUMBER), None)


def grows_with(database: Database, table: TableProfile, quantity: ColumnProfile, price: ColumnProfile, goods: str | None) -> float | None:
    """How a price goes with the quantity, goods compared with themselves: 0 of one unit, 1 of the line; None where too few rows tell."""
    same = "1" if goods is None else f"CAST(t.{quote(goods)} AS VARCHAR)"
    rows, together, spread = database.row(
        f"""SELECT COUNT(*) FILTER (ABS(q) > 0.01), SUM(q * p), SUM(q * q) FROM (
            SELECT q - AVG(q) OVER (PARTITION BY good) AS q, p - AVG(p) OVER (PARTITION BY good) AS p FROM (
                SELECT {same} AS good, LN({as_number(quantity)}) AS q, LN({as_number(price)}) AS p FROM {quote(table.table)} t
                WHERE {as_number(quantity)} > 0 AND {as_number(price)} > 0 LIMIT {READ}))"""
    )
    return together / spread if rows >= LEAST and spread else None


def priced_by(database: Database, table: TableProfile, good: ColumnProfile, price: ColumnProfile, most: float) -> bool:
    """Whether words have each their price, or nearly: not more than `most` on average."""
    goods, prices, different = database.row(
        f"SELECT COUNT(DISTINCT good), COUNT(DISTINCT (good, price)), COUNT(DISTINCT price) FROM (SELECT {as_text(good)} AS good, {as_number(price)} AS price"
        f" FROM {quote(table.table)} t LIMIT {READ}) WHERE good IS NOT NULL AND price IS NOT NULL"
    )
    return bool(different > 2 and prices <= most * goods)
