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

from analytics.files.layout import BLANK, Layout, amount, is_number, trim, valued_columns
from analytics.files.records import Record
from analytics.files.source import Reason
from analytics.files.stacked import Shape, begins_another

_TAIL = 12  # records looked at for footers
_AHEAD = 4  # records looked at to tell whether another table begins
_TOTAL = re.compile(
    r"\A(?:(?:grand|sous|sub)[ -]?)?(?:total|totaux|totals)\b(?:\s+(?:g[ée]n[ée]ral|g[ée]n[ée]raux|[\w ]{1,30}))?\s*:?\s*\Z",
    re.I,
)
_TAIL_TOTAL = re.compile(r"\A(?:somme|sum|moyenne|average|mean|nombre|count|ensemble)\b[\s:]*\Z", re.I)
_PAGE = re.compile(r"\A[-– ]*page\s*:?\s*\d+(?:\s*(?:/|sur|of|de)\s*\d+)?[-– ]*\Z", re.I)
_FOOT = re.compile(
    r"\A\W*(?:total|totaux|nombre|nb\b|nbre|number|count|source|page\b|export|extrait|g[ée]n[ée]r|generated|imprim|print|[ée]dit[ée]|"
    r"l[ée]gende|legend|note\b|nota|©|fin\b|end\b|\d+ (?:lignes?|rows?|enregistrements?|records?|r[ée]sultats?|results?))", re.I,
)  # fmt: skip
_SUSPECT = frozenset(["", *"tTgGsS#pP-–"])  # how no ordinary row begins, or a total, a comment, the foot of a page
_FORMULA = re.compile(r'="([^"]*)"')  # how exports keep Excel from eating the zeros of a code


@dataclass(slots=True)
class Tidied:
    """What was written.

    Args:
        rows: written to the table.
        padded: rows that were short.
        reasons: lines set aside, by reason.
        rest: records of another table that stands below, title and header included; None at the end of the file.
    """

    rows: int = 0
    padded: int = 0
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
    done, shape = Tidied(), _shape(layout, first)
    with ExitStack() as stack:
        rows = csv.writer(stack.enter_context(table.open("w", encoding="utf-8", newline="")), lineterminator="\n")
        lines = csv.writer(stack.enter_context(aside.open("w", encoding="utf-8", newline="")), lineterminator="\n")
        tail: deque[Record] = deque()
        for record in _up_to_another(islice(records, layout.body, None), shape, done):
            tail.append(record)
            if len(tail) > _TAIL:
                _write(tail.popleft(), shape, rows, lines, done, last=False)
        ends = _footers(list(tail), shape)
        for i, record in enumerate(tail):
            _write(record, shape, rows, lines, done, last=i >= ends)
    return done


def _shape(layout: Layout, first: Sequence[Record]) -> Shape:
    """What the rows look like, by the first ones: those above the first blank line, where another table may follow."""
    body, apart = first[layout.body : layout.body + 500], 0
    for i, (record, following) in enumerate(pairwise(body), start=1):
        if following.line > record.line + record.raw.count("\n") + 1 and i >= 2:
            apart = i
            break
    rows = [trim(record.cells) for record in body]
    headers = [trim(record.cells) for record in first[layout.start : layout.body]]
    keys = [bool(row and row[0]) for row in rows[:-1]]
    return Shape(
        width=layout.width,
        headers=headers,
        firsts=frozenset(header[0] for header in headers if header[0]),
        valued=frozenset(valued_columns(rows[: apart or None])),
        lengths=frozenset(map(len, rows[: apart or None])),
        keyed=len(keys) > 1 and all(keys[:_TAIL]) and sum(keys) > 0.98 * len(keys),
        formulas=any(_FORMULA.fullmatch(cell.strip(BLANK)) for record in body for cell in record.cells if cell),
    )


def _up_to_another(records: Iterator[Record], shape: Shape, done: Tidied) -> Iterator[Record]:
    """Pass records on until one begins another table; keep the rest in `done`."""
    ahead: deque[Record] = deque()
    last = 0
    while (record := ahead.popleft() if ahead else next(records, None)) is not None:
        apart = record.line > last + 1 and last > 0
        if apart or (record.cells and record.cells[0] in shape.firsts):
            ahead.extend(islice(records, max(0, _AHEAD - len(ahead))))
            if begins_another([trim(r.cells) for r in (record, *islice(ahead, _AHEAD))], shape, apart=apart):
                done.rest = chain([record], ahead, records)
                return
        last = record.line + record.raw.count("\n")
        yield record


def _write(record: Record, shape: Shape, rows: Any, lines: Any, done: Tidied, *, last: bool) -> None:
    width, cells = shape.width, [cell.strip(BLANK) for cell in record.cells]
    while len(cells) > width and not cells[-1]:
        cells.pop()
    plain = not last and len(cells) == width and cells[0][:1] not in _SUSPECT and cells[0] not in shape.firsts
    reason = None if plain and not record.too_long else _reason(record, cells, shape, last)
    if reason is not None:
        lines.writerow((record.line, reason.value, _clean(record.raw)[:100_000]))
        done.reasons[reason] += 1
        return
    if len(cells) < width:
        done.padded += 1
        cells += [""] * (width - len(cells))
    if shape.formulas:
        cells = [found[1] if (found := _FORMULA.fullmatch(cell)) else cell for cell in cells]
    rows.writerow([_clean(cell) for cell in cells] if "\x00" in record.raw or "\r" in record.raw else cells)
    done.rows += 1


def _clean(cell: str) -> str:
    """Drop NULs; inside a cell, one kind of line end."""
    if "\x00" in cell:
        cell = cell.replace("\x00", "")
    return cell.replace("\r\n", "\n").replace("\r", " ") if "\r" in cell else cell


def _reason(record: Record, cells: list[str], shape: Shape, last: bool) -> Reason | None:
    if record.too_long:
        return Reason.CELL_TOO_LONG if record.cells else Reason.LINE_TOO_LONG
    width, filled = shape.width, [cell for cell in cells if cell]
    if not filled:
        return Reason.EMPTY
    if any(cells[: len(header)] == header and not any(cells[len(header) :]) for header in shape.headers):
        return Reason.REPEATED_HEADER
    if width > 1 and filled[0].startswith("#") and len(record.cells) != width and cells[0]:
        return Reason.COMMENT
    if _is_total(cells, filled, shape, last):
        return Reason.TOTAL
    if len(cells) > width:
        return Reason.TOO_MANY_CELLS
    page = width > 1 and len(filled) == 1 and bool(_PAGE.match(filled[0]))
    return Reason.FOOTER if last or page else None


def _is_total(cells: list[str], filled: list[str], shape: Shape, last: bool) -> bool:
    """A total line: its first filled cell says so, and most of its other cells are empty (or it ends the file)."""
    width = shape.width
    if width > 2 and last and not cells[0] and shape.keyed and all(map(is_number, filled)):
        return True  # sums under a table whose rows all begin with something
    if width == 1 or not _TOTAL.match(filled[0]):
        return last and width > 2 and len(filled) < width and bool(_TAIL_TOTAL.match(filled[0]))
    if _is_whole(filled, width):
        return False
    return last or len(filled) <= max(2, width / 2) or not cells[0]


def _are_sums(cells: list[str], above: list[Record]) -> bool:
    """Whether a line has no first cell, only numbers, and as much in one column at least as the last rows together."""
    if cells[0] or len(above) < 2 or not all(is_number(cell) for cell in cells if cell):
        return False
    columns = [i for i, cell in enumerate(cells) if cell]
    return any(amount(cells[i]) >= 0.99 * sum(amount(r.cells[i]) for r in above if i < len(r.cells)) > 0 for i in columns)


def _is_whole(filled: list[str], width: int) -> bool:
    """Whether a line that begins like a total is a row: a customer may well be called Total."""
    return len(filled) == width and not all(map(is_number, filled[1:]))


def _footers(tail: list[Record], shape: Shape) -> int:
    """Index of the first of the last records that are no rows: totals, and lines of one filled cell."""
    at, width = len(tail), shape.width
    while at > 0:
        cells = [cell.strip(BLANK) for cell in tail[at - 1].cells]
        filled = [cell for cell in cells if cell]
        lone = width > 2 and len(filled) == 1 and (len(cells) < width or bool(_FOOT.match(filled[0])))
        says = bool(filled) and width > 1 and bool(_TOTAL.match(filled[0]) or _TAIL_TOTAL.match(filled[0]))
        total = says and not _is_whole(filled, width)
        sums = at == len(tail) and width > 2 and shape.keyed and _are_sums(cells, tail[:-1])
        if filled and not lone and not sums and not (total and len(filled) < max(width, 3)) and not (total and at == len(tail)):
            break
        at -= 1
    return at
