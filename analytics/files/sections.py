"""Where the first of several tables stacked in a file ends, so that its columns are told by its own rows alone; rows cut by another mark."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from analytics.files.layout import find_layout, is_value, trim
from analytics.files.records import Record
from analytics.files.stacked import Shape, begins_another
from analytics.files.tidy import AHEAD, shape_of, stands_apart

_GAPS = 30  # looked at
_LEAST = 10  # rows of a table of two columns: fewer are a title page


def own_records(first: Sequence[Record]) -> Sequence[Record]:
    """The first records of a file, up to the one where another table begins below a blank line.

    Args:
        first: the first records of the file.
    """
    gaps = (i for i in range(2, len(first) - 1) if stands_apart(first[i - 1], first[i]))
    for i in islice(gaps, _GAPS):
        head = first[:i]
        if _is_table(head) and begins_another([trim(r.cells) for r in first[i : i + AHEAD]], _shape(head), apart=True):
            return head
    return first


def _shape(head: Sequence[Record]) -> Shape:
    return shape_of(find_layout([record.cells for record in head]), head)


def _is_table(head: Sequence[Record]) -> bool:
    """Whether what stands above a blank line is a table, and no title page of pairs (`Period`, `January`)."""
    layout = find_layout([record.cells for record in head])
    rows = [trim(record.cells) for record in head[layout.body :]]
    rows = [row for row in rows if any(row)]
    if not layout.header or layout.width < 2 or not rows or (layout.width == 2 and len(rows) < _LEAST):
        return False
    whole = len(rows) >= 2 and all(len(row) == layout.width for row in rows)
    return whole or any(is_value(cell) for row in rows for cell in row)
