"""Where records and cells are in a block, at the speed of a vector scan: quotes are followed only where they are regular.

A quote is regular when it opens or closes a cell, or is doubled inside one. A line whose quotes are all regular is a
record; so are several lines that a quoted cell joins. Anything else is left to the line-by-line reader.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analytics.files.block import LF, Block, Bytes, Flags, NeedMore, Positions
from analytics.files.records import Record
from analytics.files.source import MAX_CELL

QUOTE = 34
_MAX_LINES = 2_000  # a quoted cell of more lines is left to the line-by-line reader
_NONE: Positions = np.empty(0, dtype=np.int64)


@dataclass(slots=True)
class Records:
    """The records of a block, blank lines included.

    Args:
        first: index of the first line of each.
        last: index of its last line.
        start: its first byte.
        end: the line feed that ends it.
        marks: line feeds and separators that stand in no quoted cell of a regular record.
        mark: index in `marks` of the line feed that ends it.
        cells: its cells, where it is regular.
        irregular: whether it must be cut by the line-by-line reader.
        known: those already cut so, by their first line.
        quotes: positions of all quotes.
    """

    first: Positions
    last: Positions
    start: Positions
    end: Positions
    marks: Positions
    mark: Positions
    cells: Positions
    irregular: Flags
    known: dict[int, Record | None]
    quotes: Positions

    def holding(self, positions: Positions) -> Positions:
        """Index of the record that holds each byte; bytes beyond the last record are left out."""
        found: Positions = np.searchsorted(self.end, positions)
        return found[found < len(self.end)]


def cut(block: Block, separator: int) -> Records:
    """Find the records of a block, up to one that may go on beyond it.

    Args:
        block: whole lines, the first of which begins a record.
        separator: byte between two cells.
    """
    quotes = np.flatnonzero(block.text == QUOTE) if b'"' in block.data else _NONE
    lines = np.arange(block.lines)
    first, last, known = lines, lines, dict[int, Record | None]()
    inside: tuple[Positions, Positions] = (_NONE, _NONE)
    if len(quotes):
        alike = _all_regular(block, quotes, separator)
        if alike is not None:
            last = alike
            first = np.concatenate((np.zeros(min(1, len(last)), dtype=np.int64), last[:-1] + 1))
            upto = len(quotes) // 2 * 2
            inside = quotes[0:upto:2], quotes[1:upto:2]
        else:
            first, last, known, inside = _line_by_line(block, quotes, separator)
    end = block.ends[last]
    start = np.concatenate((np.zeros(1, dtype=np.int64), block.ends))[first]
    start[1:] += 1
    if len(first) and first[0]:
        start[0] += 1
    marks = _outside(np.flatnonzero((block.text == separator) | (block.text == LF)), *inside)
    mark = np.searchsorted(marks, end)
    cells = mark - np.searchsorted(marks, start) + 1
    irregular = np.zeros(len(first), dtype=np.bool_)
    if known:
        irregular[np.searchsorted(first, np.fromiter(known, dtype=np.int64, count=len(known)))] = True
    return Records(first, last, start, end, marks, mark, cells, irregular, known, quotes)


def _all_regular(block: Block, quotes: Positions, separator: int) -> Positions | None:
    """The last line of each record, where all quotes of the block are regular; None where some are not."""
    so_far = np.searchsorted(quotes, block.ends)
    last = np.flatnonzero(so_far % 2 == 0)
    if not len(last) or (block.ends_file and last[-1] < block.lines - 1):
        return None
    closed = int(so_far[last[-1]])
    can_open, can_close = _can(block.text, quotes[:closed], separator)
    if not (can_open[0::2].all() and can_close[1::2].all()):
        return None
    if len(last) < block.lines:
        start = np.concatenate((np.zeros(1, dtype=np.int64), block.ends[last[:-1]] + 1))
        joined = np.diff(last, prepend=-1) > 1
        if (np.diff(last, prepend=-1) > _MAX_LINES).any() or ((block.ends[last] - start)[joined] > MAX_CELL).any():
            return None
        if block.ends[-1] - block.ends[last[-1]] > MAX_CELL or block.lines - last[-1] > _MAX_LINES:
            return None
    return last


def _can(text: Bytes, quotes: Positions, separator: int) -> tuple[Flags, Flags]:
    """For each quote, whether what stands before lets it open a cell, and what stands after lets it close one.

    A quote doubled inside a cell is said to close it, and the second one to open it again.
    """
    before, after = text[quotes - 1], text[quotes + 1]
    can_open = (before == separator) | (before == LF) | (before == QUOTE)
    if len(quotes) and quotes[0] == 0:
        can_open[0] = True
    return can_open, (after == separator) | (after == LF) | (after == QUOTE)


Cut = tuple[Positions, Positions, dict[int, "Record | None"], tuple[Positions, Positions]]


def _line_by_line(block: Block, quotes: Positions, separator: int) -> Cut:
    """Records of a block where some quotes are irregular: each line that its own quotes do not explain is looked at.

    Returns the first and the last line of each record, the records cut by the line-by-line reader, and the quoted cells of
    the others (opening and closing quotes).
    """
    upto = np.searchsorted(quotes, block.ends)
    since = np.concatenate((np.zeros(1, dtype=np.int64), upto[:-1]))
    can_open, can_close = _can(block.text, quotes, separator)
    even = np.arange(len(quotes)) % 2 == 0
    bad = [np.concatenate(([0], np.cumsum(np.where(even == (p == 0), ~can_open, ~can_close)))) for p in (0, 1)]
    wrong = np.where(since % 2 == 0, bad[0][upto] - bad[0][since], bad[1][upto] - bad[1][since])
    odd = (upto - since) % 2 == 1
    stops = np.flatnonzero(odd)
    joins, known, limit = _joined(block, np.flatnonzero(odd | (wrong > 0)), stops, (since, upto), bad)
    within = np.zeros(block.lines + 1, dtype=np.int64)
    for one, value in ((0, 1), (1, -1)):
        np.add.at(within, np.array([join[one] + 1 for join in joins], dtype=np.int64), value)
    first = np.flatnonzero(np.cumsum(within[:-1])[:limit] == 0)
    last = np.append(first[1:] - 1, limit - 1)[: len(first)]
    # the quoted cells of the regular records
    record = np.searchsorted(first, np.searchsorted(block.ends, quotes), side="right") - 1
    rank = np.arange(len(quotes)) - since[first[record]] if len(first) else np.zeros(len(quotes), dtype=np.int64)
    regular = np.ones(len(first), dtype=np.bool_)
    regular[np.searchsorted(first, np.fromiter(known, dtype=np.int64, count=len(known)))] = False
    opening = np.flatnonzero(
        (rank % 2 == 0) & (quotes < (block.start(limit) if limit else 0)) & (regular[record] if len(first) else False)
    )
    return first, last, known, (quotes[opening], quotes[np.minimum(opening + 1, len(quotes) - 1)])


def _joined(
    block: Block, lines: Positions, stops: Positions, quotes: tuple[Positions, Positions], bad: list[Positions]
) -> tuple[list[tuple[int, int]], dict[int, Record | None], int]:
    """Follow the lines that are not closed by themselves.

    Returns the first and last lines of the records that take several, those cut by the line-by-line reader, by their first
    line, and the number of lines explained.
    """
    joins, known, after = list[tuple[int, int]](), dict[int, Record | None](), 0
    since, upto = quotes
    place = np.searchsorted(stops, lines, side="right")
    stop = np.append(stops, block.lines)[place]
    begun, closed = since[lines], np.append(upto, len(bad[0]) - 1)[stop]
    start, end = np.append(block.ends, -1)[lines - 1] + 1, np.append(block.ends, 0)[stop]
    wrong = np.where(begun % 2 == 0, bad[0][closed] - bad[0][begun], bad[1][closed] - bad[1][begun])
    regular = ((upto[lines] - begun) % 2 == 1) & (stop < block.lines) & (stop - lines < _MAX_LINES)
    regular &= (end - start <= MAX_CELL) & (wrong == 0)
    for line, closes, joined in zip(lines.tolist(), stop.tolist(), regular.tolist(), strict=True):
        if line < after:
            continue
        if joined:
            joins.append((line, closes))
            after = closes + 1
            continue
        try:
            known[line], after = block.take(line)
        except NeedMore:
            return joins, known, line
        if after > line + 1:
            joins.append((line, after - 1))
    return joins, known, block.lines


def _outside(marks: Positions, opening: Positions, closing: Positions) -> Positions:
    """Those marks that stand in no quoted cell."""
    if not len(opening):
        return marks
    low, high = np.searchsorted(marks, opening), np.searchsorted(marks, closing)
    filled = high > low
    if not filled.any():
        return marks
    change = np.zeros(len(marks) + 1, dtype=np.int64)
    np.add.at(change, low[filled], 1)
    np.add.at(change, high[filled], -1)
    kept: Positions = marks[np.cumsum(change[:-1]) == 0]
    return kept
