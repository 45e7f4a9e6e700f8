"""Write a regular table from records that are not: short rows filled, lines that are no row set aside."""

from __future__ import annotations

import csv
import re
from collections import Counter, deque
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analytics.files.layout import Layout
from analytics.files.records import Record
from analytics.files.source import Reason

_TAIL = 12  # records looked at for footers
_TOTAL = re.compile(
    r"\A(?:(?:grand|sous|sub)[ -]?)?(?:total|totaux|totals)\b(?:\s+(?:g[ée]n[ée]ral|g[ée]n[ée]raux|[\w ]{1,30}))?\s*:?\s*\Z",
    re.I,
)
_TAIL_TOTAL = re.compile(r"\A(?:somme|sum|moyenne|average|mean|nombre|count|ensemble)\b[\s:]*\Z", re.I)
_BLANK = " \t\u00a0\u202f\x00\ufeff"


@dataclass(slots=True)
class Tidied:
    """What was written.

    Args:
        rows: written to the table.
        padded: rows that were short.
        reasons: lines set aside, by reason.
    """

    rows: int = 0
    padded: int = 0
    reasons: Counter[Reason] = field(default_factory=Counter)


def tidy(records: Iterable[Record], layout: Layout, header: list[str], table: Path, aside: Path) -> Tidied:
    """Write the records below the header to `table`, the others to `aside`.

    Args:
        records: of the whole file, from its first one.
        layout: where the table starts, its width.
        header: raw cells of the header, trimmed (empty list without one).
        table: CSV written: commas, doubled quotes, no header, UTF-8.
        aside: CSV written: line, reason, content.
    """
    done = Tidied()
    with ExitStack() as stack:
        rows = csv.writer(stack.enter_context(table.open("w", encoding="utf-8", newline="")), lineterminator="\n")
        lines = csv.writer(stack.enter_context(aside.open("w", encoding="utf-8", newline="")), lineterminator="\n")
        tail: deque[Record] = deque()
        for i, record in enumerate(records):
            if i < layout.start + layout.header:
                continue
            tail.append(record)
            if len(tail) > _TAIL:
                _write(tail.popleft(), layout, header, rows, lines, done, last=False)
        ends = _footers(list(tail), layout.width)
        for i, record in enumerate(tail):
            _write(record, layout, header, rows, lines, done, last=i >= ends)
    return done


def _write(
    record: Record, layout: Layout, header: list[str], rows: Any, lines: Any, done: Tidied, *, last: bool
) -> None:
    cells = [cell.strip(_BLANK) for cell in record.cells]
    while len(cells) > layout.width and not cells[-1]:
        cells.pop()
    reason = _reason(record, cells, layout.width, header, last)
    if reason is not None:
        lines.writerow((record.line, reason.value, _clean(record.raw)[:100_000]))
        done.reasons[reason] += 1
        return
    if len(cells) < layout.width:
        done.padded += 1
        cells += [""] * (layout.width - len(cells))
    rows.writerow([_clean(cell) for cell in cells] if "\x00" in record.raw or "\r" in record.raw else cells)
    done.rows += 1


def _clean(cell: str) -> str:
    """Drop NULs; inside a cell, one kind of line end."""
    if "\x00" in cell:
        cell = cell.replace("\x00", "")
    return cell.replace("\r\n", "\n").replace("\r", " ") if "\r" in cell else cell


def _reason(record: Record, cells: list[str], width: int, header: list[str], last: bool) -> Reason | None:
    if record.too_long:
        return Reason.CELL_TOO_LONG if record.cells else Reason.LINE_TOO_LONG
    filled = [cell for cell in cells if cell]
    if not filled:
        return Reason.EMPTY
    if header and cells[: len(header)] == header and not any(cells[len(header) :]):
        return Reason.REPEATED_HEADER
    if width > 1 and filled[0].startswith("#") and len(record.cells) != width and cells[0]:
        return Reason.COMMENT
    if _is_total(cells, filled, width, last):
        return Reason.TOTAL
    if len(cells) > width:
        return Reason.TOO_MANY_CELLS
    return Reason.FOOTER if last else None


def _is_total(cells: list[str], filled: list[str], width: int, last: bool) -> bool:
    """A total line: its first filled cell says so, and most of its other cells are empty (or it ends the file)."""
    if width == 1 or not _TOTAL.match(filled[0]):
        return last and width > 2 and len(filled) < width and bool(_TAIL_TOTAL.match(filled[0]))
    return last or len(filled) <= max(2, width / 2) or not cells[0]


def _footers(tail: list[Record], width: int) -> int:
    """Index of the first of the last records that are no rows: totals, and lines of one filled cell."""
    at = len(tail)
    while at > 0:
        cells = [cell.strip(_BLANK) for cell in tail[at - 1].cells]
        filled = [cell for cell in cells if cell]
        lone = width > 2 and len(filled) == 1 and len(cells) < width
        total = bool(filled) and width > 1 and bool(_TOTAL.match(filled[0]) or _TAIL_TOTAL.match(filled[0]))
        if filled and not lone and not (total and len(filled) < max(width, 3)) and not (total and at == len(tail)):
            break
        at -= 1
    return at
