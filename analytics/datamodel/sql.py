"""SQL expressions the data model uses to look at loaded columns, whatever type they were stored in."""

from __future__ import annotations

from analytics.datamodel.model import ColumnProfile, ColumnType
from analytics.workspace import quote


def as_text(column: ColumnProfile, alias: str = "t") -> str:
    """A column as text, so that 12, 12.0 and '12' are the same identifier; empty as NULL."""
    name = f"{alias}.{quote(column.column)}"
    if column.type is ColumnType.NUMBER:
        number = f"CAST({name} AS DOUBLE)"
        return (
            f"CASE WHEN {number} = FLOOR({number}) AND ABS({number}) < 1e18 THEN CAST(CAST({number} AS BIGINT) AS VARCHAR)"
            f" ELSE CAST({name} AS VARCHAR) END"
        )
    return f"NULLIF(TRIM(CAST({name} AS VARCHAR)), '')"


def as_day(column: ColumnProfile, alias: str = "t") -> str:
    """A column as a date; what cannot be read is NULL."""
    return f"TRY_CAST({alias}.{quote(column.column)} AS DATE)"


def as_number(column: ColumnProfile, alias: str = "t") -> str:
    """A column as a number; what cannot be read is NULL."""
    return f"TRY_CAST({alias}.{quote(column.column)} AS DOUBLE)"
