"""A table on its side: one field a line, one customer (or one purchase) a column; turned where each line holds one kind of value."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analytics.files.layout import BLANK, is_number, is_value
from analytics.files.records import Record
from analytics.files.source import MAX_COLUMNS

_MOST = 1_000_000  # characters
_FIELDS, _COLUMNS = 4, 3  # at least, the column of names counted
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


def turned(first: Sequence[Record], limit: int) -> list[Record] | None:
    """The records of a table on its side, turned, names first; None where nothing proves it is one.

    Proof: each line has the same kind of value throughout (three kinds at least, among numbers, dates, mails and words), no column
    has, and the first cells are all different words. Numbers alone by year or by shop are a table as it is.

    Args:
        first: the first records of the file.
        limit: how many records these would be in a long file.
    """
    rows = [[cell.strip(BLANK) for cell in record.cells] for record in first]
    width = max(map(len, rows), default=0)
    if not _FIELDS <= len(rows) < min(limit, MAX_COLUMNS) or width < _COLUMNS or sum(len(r.raw) for r in first) > _MOST:
        return None
    rows = [row + [""] * (width - len(row)) for row in rows]
    names = [row[0] for row in rows]
    if not all(names) or any(map(is_value, names)) or any(map(_EMAIL.fullmatch, names)) or len({name.casefold() for name in names}) < len(names):
        return None
    kinds = [{_kind(cell) for cell in row[1:] if cell} for row in rows]
    if any(len(kind) > 1 for kind in kinds) or len(set().union(*kinds)) < 3 or sum(bool(kind) for kind in kinds) < len(kinds):
        return None
    columns = [[_kind(cell) for cell in column if cell] for column in zip(*(row[1:] for row in rows), strict=True)]
    if any(len(set(column)) < 2 or len(column) < 0.5 * len(rows) for column in columns):
        return None
    table = list(zip(*rows, strict=True))
    return [Record(i + 1, list(cells), ";".join(cells)) for i, cells in enumerate(table)]


def _kind(cell: str) -> str:
    if is_number(cell):
        return "number"
    return "date" if is_value(cell) else "mail" if _EMAIL.fullmatch(cell) else "word"
