"""The lines a check is about, as they were read, whatever was decided of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from analytics.datamodel.health.remedies import as_read
from analytics.datamodel.model import HealthCheck, sign_column
from analytics.study import Study

MOST = 500


@dataclass(frozen=True, slots=True)
class Lines:
    """Rows under the headers of the file (or names of the reduced table); `truncated` when there were more."""

    headers: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    truncated: bool


def lines_of(study: Study, check: HealthCheck, most: int = MOST) -> Lines:
    """The rows a check counts.

    Args:
        study: the open data.
        check: one of `study.model.health`.
        most: how many rows at most.

    Raises:
        LookupError: the check is about no row in particular.
    """
    if check.lines is None:
        raise LookupError(f"{check.check} is about no row in particular")
    table = study.database.arrow(
        f"SELECT * FROM ({as_read(study.database, check.lines, study.model.tables)}) LIMIT {most + 1}"
    )
    names = {
        column.column: column.name
        for profile in study.model.tables if profile.file == check.file for column in profile.columns
    }  # fmt: skip
    names |= {
        sign_column(column.column): f"{column.name} ({', '.join(code for code, _ in column.currencies)})"
        for profile in study.model.tables if profile.file == check.file for column in profile.columns if column.currencies
    }  # fmt: skip
    rows = tuple(zip(*(column.to_pylist() for column in table.columns), strict=True))
    return Lines(tuple(names.get(name, name) for name in table.column_names), rows[:most], len(rows) > most)
