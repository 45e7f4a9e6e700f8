"""How one column is read: its type and the SQL that turns a cell of text into a value."""

from __future__ import annotations

from dataclasses import dataclass, field

from analytics.datamodel.model import ColumnType


@dataclass(frozen=True, slots=True)
class Reading:
    """What was decided for a column.

    Args:
        type: how it is read.
        sql: expression of the typed value, where `{x}` stands for the cell (trimmed, empty words apart).
        physical: SQL type of the loaded column.
        habit: codes of what was understood of the writing.
        nulls: words of this column that mean nothing was filled in.
        ambiguous_order: dates whose day/month order the values do not tell.
        spellings: for a yes/no column, the commonest word for yes and for no.
        trim: whether some cells have outer blanks.
    """

    type: ColumnType
    sql: str = "{x}"
    physical: str = "VARCHAR"
    habit: tuple[str, ...] = ()
    nulls: frozenset[str] = frozenset()
    ambiguous_order: bool = False
    spellings: tuple[str, str] | None = None
    trim: bool = False


@dataclass(slots=True)
class FileHabits:
    """What other columns of the same file tell about an unclear one.

    Args:
        delimiter: of the file as it came.
        decimal_comma, decimal_point: whether some column is surely written so.
        day_first, month_first: the same for dates.
    """

    delimiter: str = ","
    decimal_comma: bool = False
    decimal_point: bool = False
    day_first: bool = False
    month_first: bool = False


@dataclass(slots=True)
class Values:
    """Distinct cells of a column, trimmed, empty words apart, with their counts in the sample.

    Args:
        name: header.
        counts: cell -> count.
        nulls: empty words seen.
        padded: whether some cell had outer blanks.
    """

    name: str
    counts: dict[str, int] = field(default_factory=dict)
    nulls: set[str] = field(default_factory=set)
    padded: bool = False
