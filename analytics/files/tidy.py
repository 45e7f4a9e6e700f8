"""Write a regular table from records that are not: short rows filled, lines that are no row set aside."""

from __future__ import annotations

import csv
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import chain, islice, pairwise
from pathlib import Path
from typing import Any

from analytics.files.judge import footers, judge, titles_of
from analytics.files.layout import BLANK, Layout, are_units, trim, valued_columns
from analytics.files.records import Record
from analytics.files.sample import Sample
from analytics.files.source import Reason
from analytics.files.stacked import Shape, begins_another, recut, spellings, unglued
from analytics.files.subtotals import marked_columns, sum_patterns

TAIL = 12  # records looked at for footers
AHEAD = 4  # records looked at to tell whether another table begins
_FORMULA = re.compile(r'="([^"]*)"')  # how exports keep Excel from eating the zeros of a code


@dataclass(slots=True)
class Tidied:
    """What was written.

    Args:
        rows: written to the table.
        padded: rows that were short.
        recut: rows that another separator cut.
        sample: of the rows.
        reasons: lines set aside, by reason.
        rest: records of another table that stands below, title and header included; None at the end of the file.
    """

    sample: Sample
    rows: int = 0
    padded: int = 0
    recut: int = 0
    reasons: Counter[Reason] = field(default_factory=Counter)
    rest: Iterator[Record] | None = None


def tidy(records: Iterable[Record], layout: Layout, first: Sequence[Record], table: Path, aside: Path) -> Tidied:
    """Write the records below the header to `table`, the others to `aside`, up to another table.

    Args:
        records: of the whole file, from its first one.
        layout: where the table starts, its width.
        first: the first records, from which the layout was found.
        table: CSV written: commas, doubled quotes, no header, UTF-8.
        aside: CSV written: line, reason, content.
    """
    done, shape = Tidied(Sample(layout.width)), shape_of(layout, first)
    with ExitStack() as stack:
        rows = csv.writer(stack.enter_context(table.open("w", encoding="utf-8", newline="")), lineterminator="\n")
        lines = csv.writer(stack.enter_context(aside.open("w", encoding="utf-8", newline="")), lineterminator="\n")
        tail: deque[Record] = deque()
        for record in _up_to_another(islice(records, layout.body, None), shape, done):
            tail.append(record)
            if len(tail) > TAIL:
                row = write_record(tail.popleft(), shape, rows, lines, done, last=False)
                if row is not None and (done.rows - 1) % done.sample.every == 0:
                    done.sample.add([row])
        ends = footers(list(tail), shape)
        for i, record in enumerate(tail):
            row = write_record(record, shape, rows, lines, done, last=i >= ends)
            if row is not None and (done.rows - 1) % done.sample.every == 0:
                done.sample.add([row])
    return done


def shape_of(layout: Layout, first: Sequence[Record]) -> Shape:
    """What the rows look like, by the first ones: those above the first blank line, where another table may follow."""
    body, apart = first[layout.body : layout.body + 500], 0
    for i, (record, following) in enumerate(pairwise(body), start=1):
        if stands_apart(record, following) and i >= 2:
            apart = i
            break
    rows = [trim(record.cells) for record in body]
    headers = [trim(record.cells) for record in first[layout.start : layout.body]]
    for under in (2, 1):  # survey tools name their columns again, then say where they come from
        if headers and all(are_units(row, rows[under:], layout.width) for row in rows[:under]) and len(rows) >= under:
            headers += rows[:under]
            break
    valued = frozenset(valued_columns(rows[: apart or None]))
    keys = [bool(row and row[0]) for row in rows[:-1]]
    return Shape(
        width=layout.width,
        headers=headers,
        firsts=frozenset(name for header in headers if header[0] for name in (*spellings(header[0]), *header) if name),
        valued=valued,
        lengths=frozenset(map(len, rows[: apart or None])),
        keyed=len(keys) > 1 and all(keys[:TAIL]) and sum(keys) > 0.98 * len(keys),
        titles=titles_of(first[: layout.start]),
        sums=marked_columns(rows, valued),
        patterns=sum_patterns(rows, layout.width, valued),
        formulas=any(_FORMULA.fullmatch(cell.strip(BLANK)) for record in body for cell in record.cells if cell),
    )


def stands_apart(above: Record, record: Record) -> bool:
    """Whether a blank line, or one of separators only, stands between two records."""
    return record.line > above.line + above.raw.count("\n") + 1 or is_empty(above)


def is_empty(record: Record) -> bool:
    """Whether a record has no filled cell."""
    return not record.too_long and not any(cell.strip(BLANK) for cell in record.cells)


def _up_to_another(records: Iterator[Record], shape: Shape, done: Tidied) -> Iterator[Record]:
    """Pass records on until one begins another table; keep the rest in `done`."""
    ahead: deque[Record] = deque()
    last, empty = 0, False
    while (record := ahead.popleft() if ahead else next(records, None)) is not None:
        apart = (record.line > last + 1 or empty) and last > 0
        if apart or (record.cells and record.cells[0] in shape.firsts):
            ahead.extend(islice(records, max(0, AHEAD - len(ahead))))
            if begins_another([trim(r.cells) for r in (record, *islice(ahead, AHEAD))], shape, apart=apart):
                done.rest = chain([record], ahead, records)
                return
        last, empty = record.line + record.raw.count("\n"), is_empty(record)
        yield record


def write_record(record: Record, shape: Shape, rows: Any, lines: Any, done: Tidied, *, last: bool) -> list[str] | None:
    """Write a record to the table, or set it aside; return the cells written, None when none were.

    Args:
        record: as it was cut.
        shape: of the table.
        rows: CSV writer of the table.
        lines: CSV writer of the lines set aside.
        done: what was written so far; added to.
        last: whether the record stands at the foot of the table.
    """
    width, cells = shape.width, [cell.strip(BLANK) for cell in record.cells]
    while len(cells) > width and not cells[-1]:
        cells.pop()
    cells = unglued(cells, shape) or cells
    if (parts := recut(cells, shape)) is not None:
        cells = parts
        done.recut += 1
    reason = judge(record, cells, shape, last=last)
    if reason is not None:
        lines.writerow((record.line, reason.value, _clean(record.raw)[:100_000]))
        done.reasons[reason] += 1
        return None
    if len(cells) < width:
        done.padded += 1
        cells += [""] * (width - len(cells))
    if shape.formulas:
        cells = [found[1] if (found := _FORMULA.fullmatch(cell)) else cell for cell in cells]
    if "\x00" in record.raw or "\r" in record.raw:
        cells = [_clean(cell).strip(BLANK) for cell in cells]
    rows.writerow(cells)
    done.rows += 1
    return cells


def _clean(cell: str) -> str:
    """Drop NULs; inside a cell, one kind of line end."""
    if "\x00" in cell:
        cell = cell.replace("\x00", "")
    return cell.replace("\r\n", "\n").replace("\r", " ") if "\r" in cell else cell
