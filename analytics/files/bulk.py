"""Write a regular table from a large text, block by block: rows that are surely rows are copied, the others judged one by one.

What comes of a file is exactly what the line-by-line reader makes of it (`tidy.py`): the same rows, the same lines set
aside for the same reasons. A file in which nothing had to be changed is not copied at all.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from analytics.files.block import Block, NeedMore, Positions
from analytics.files.cutting import cut
from analytics.files.edits import Edit, edited
from analytics.files.judge import footers
from analytics.files.layout import Layout, trim
from analytics.files.ordinary import Judge
from analytics.files.passage import Place, Progress, Text
from analytics.files.records import Cutter, Record
from analytics.files.sample import Sample
from analytics.files.source import MAX_LINE
from analytics.files.stacked import begins_another, may_begin_another
from analytics.files.table_file import TableFile, offset_of
from analytics.files.tidy import AHEAD, TAIL, Tidied, is_empty, shape_of, write_record
from analytics.files.view import Unfit, View

BLOCK = 1 << 20  # about what the caches of a processor hold
NO_DELIMITER = "\x1f"  # stands for the separator of a table of one column


@dataclass(slots=True)
class TidiedInBulk(Tidied):
    """What was written, or left where it is.

    Args:
        in_place: whether the text itself is the table.
        below: where another table begins.
    """

    in_place: bool = False
    below: Place | None = None


def tidy_in_bulk(
    text: Text, place: Place, layout: Layout, first: Sequence[Record], table: Path, aside: Path,
    progress: Progress, *, block: int = BLOCK,
) -> TidiedInBulk | None:  # fmt: skip
    """Do what `tidy` does, block by block; None where the text can only be read line by line.

    Args:
        text: the whole text, which must be `plain`.
        place: where the records begin.
        layout: where the table starts among them, its width.
        first: the first records, from which the layout was found.
        table: CSV written, unless the text can be read where it is: the separator of the text, doubled quotes, no header.
        aside: CSV written: line, reason, content.
        progress: called with the share done, 0..1.
        block: bytes read at a time.
    """
    size = max(1, text.path.stat().st_size)
    with ExitStack() as stack:
        source = stack.enter_context(text.path.open("rb"))
        out = stack.enter_context(TableFile(text.path, table, in_place=_may_stay(text, place, layout, first)))
        lines = csv.writer(stack.enter_context(aside.open("w", encoding="utf-8", newline="")), lineterminator="\n")
        work = _Pass(text, place, layout, first, out, lines)
        source.seek(place.offset)
        reader, data = _Reader(source), b""
        try:
            while not work.finished:
                data += reader.read(max(block, len(data)))  # so that a record of many blocks is not cut too often
                if reader.ended and data and not data.endswith(b"\n"):
                    data += b"\n"
                work.may_stay(uniform=reader.uniform, returns=reader.returns)
                data = data[work.skip(data, ends_file=reader.ended) :]
                if not work.to_skip:
                    data = data[work.feed(data, ends_file=reader.ended) :]
                progress(min(1.0, source.tell() / size))
        except Unfit:
            return None
    return work.result()


def _may_stay(text: Text, place: Place, layout: Layout, first: Sequence[Record]) -> bool:
    """Whether the text itself may be the table: nothing above its header, or its rows; and a regular header."""
    if place.line or layout.start or layout.header_rows > 1 or first[0].line != 1:
        return False
    raw = first[0].raw
    if not layout.header:
        return True
    header = Block(f"{raw}\n".encode(), 0, ends_file=True, cutter=Cutter(text.dialect))
    found = cut(header, ord(text.dialect.delimiter or NO_DELIMITER))
    plain = "\n" not in raw and "\r" not in raw and "\0" not in raw and not found.irregular.any()
    return plain and found.cells.tolist() == [layout.width]


class _Reader:
    """The bytes of a text with line feeds alone, whole lines or not.

    Args:
        source: from where they are read.
    """

    def __init__(self, source: BinaryIO) -> None:
        self._source, self._held = source, b""
        self._returns: bool | None = None
        self.ended, self.uniform = False, True  # whether all lines so far end alike

    def read(self, size: int) -> bytes:
        """The next bytes, about so many; none at the end of the file."""
        more = self._source.read(size)
        self.ended = len(more) < size
        data = self._held + more
        self._held = b""
        if data.endswith(b"\r") and not self.ended:
            data, self._held = data[:-1], b"\r"
        pairs = data.count(b"\r\n") if b"\r" in data else 0
        ends = data.count(b"\n")
        if ends:
            self._returns = bool(pairs) if self._returns is None else self._returns
            self.uniform = self.uniform and pairs == (ends if self._returns else 0)
        return data.replace(b"\r\n", b"\n") if pairs else data

    @property
    def returns(self) -> bool:
        """Whether lines end with a carriage return and a line feed."""
        return bool(self._returns)


class _Pass:
    """One pass over a text, from where a table begins to where it ends."""

    def __init__(
        self, text: Text, place: Place, layout: Layout, first: Sequence[Record], out: TableFile, lines: Any
    ) -> None:
        self.finished, self.to_skip = False, layout.body
        self._uniform, self._returns = True, False
        self._text, self._cutter, self._shape = text, Cutter(text.dialect), shape_of(layout, first)
        self._delimiter = text.dialect.delimiter or NO_DELIMITER
        self._separator = ord(self._delimiter)
        self._judge = Judge(self._shape, self._separator, has_separator=bool(text.dialect.delimiter))
        self._out, self._lines, self._done, self._written = out, lines, TidiedInBulk(Sample(layout.width, self._delimiter)), list[str]()
        self._rows = csv.writer(_Sink(self._written), delimiter=self._delimiter, lineterminator="\n")
        self._before, self._last, self._empty = place.line, 0, False
        out.begin(place.line)

    def skip(self, data: bytes, *, ends_file: bool) -> int:
        """Skip what stands above the rows; return its length in bytes, 0 where more must be read."""
        if not self.to_skip:
            return 0
        block, line, to_skip = self._block(data, ends_file=ends_file), 0, self.to_skip
        try:
            while to_skip and line < block.lines:
                record, line = block.take(line)
                to_skip -= record is not None
        except NeedMore:
            return 0
        if to_skip and not ends_file:
            return 0
        self.to_skip = 0
        self._before += line
        self._out.begin(self._before)
        return block.start(line)

    def _block(self, data: bytes, *, ends_file: bool) -> Block:
        whole = data if ends_file else data[: data.rfind(b"\n") + 1]
        block = Block(whole, self._before, ends_file=ends_file, cutter=self._cutter)
        longest = int(np.diff(block.ends, prepend=-1).max()) if block.lines else 0
        if max(longest, len(data) - len(whole)) > MAX_LINE:
            raise Unfit
        return block

    def feed(self, data: bytes, *, ends_file: bool) -> int:
        """Write the rows of the next bytes; return the length of what needs not be seen again."""
        block = self._block(data, ends_file=ends_file)
        found = cut(block, self._separator)
        view = View(block, found, self._judge.look(block, found), self._last, empty=self._empty)
        stop, limit = self._look(view)
        ended = ends_file or stop is not None
        end = stop if stop is not None else limit
        there = np.flatnonzero(~view.gone[:end])
        held = max(0, len(there) - TAIL)
        if not ended:
            if not held:
                return 0
            upto = int(there[held])
            self._emit(view, upto)
            return self._pass(view, upto)
        tail = [view.record(int(k)) for k in there[held:]]
        ends = footers(tail, self._shape)
        self._emit(view, int(there[held + ends]) if ends < len(tail) else end)
        for record in tail[ends:]:
            row = write_record(record, self._shape, self._rows, self._lines, self._done, last=True)
            if row is not None:
                raise Unfit  # what stands at the foot of a table is no row
        more_below = view.gone.any() or (self._shape.width == 1 and len(view.blank)) or ends < len(tail)
        if stop is not None:
            line = self._before + int(view.first[stop])
            self._done.below = Place(offset_of(self._text.path, line, self._text.skip), line)
        if stop is not None or more_below:
            self._out.write([self._flush()])
        self.finished = True
        return 0

    def _pass(self, view: View, upto: int) -> int:
        """Go to a record of the block; return its first byte."""
        self._before += int(view.first[upto])
        return int(view.start[upto])

    def _look(self, view: View) -> tuple[int | None, int]:
        """Judge what cannot be told in bulk: the record that begins another table, and how many could be looked at."""
        doubted, at, next_one = np.flatnonzero(view.careful | view.apart).tolist(), 0, -1
        while at < len(doubted) or next_one >= 0:
            if next_one >= 0 and (at == len(doubted) or next_one <= doubted[at]):
                k = next_one
            else:
                k = doubted[at]
            at += at < len(doubted) and doubted[at] == k
            next_one = -1
            try:
                record = view.cut(k)
                if record is None:
                    view.gone[k] = True
                    next_one = k + 1 if k + 1 < len(view.first) else -1
                    continue
                if self._begins_another(view, k, record):
                    return k, k
                if is_empty(record):
                    view.empty[k] = True
                    next_one = k + 1 if k + 1 < len(view.first) else -1
            except NeedMore:
                return None, k
        return None, len(view.first)

    def _begins_another(self, view: View, k: int, record: Record) -> bool:
        last = view.last_before(k)
        apart = (record.line > last + 1 or view.empty_before(k)) and last > 0
        if not apart and not (record.cells and record.cells[0] in self._shape.firsts):
            return False
        if not may_begin_another(trim(record.cells), self._shape, apart=apart):
            return False
        ahead = view.block.take_some(int(view.last[k]) + 1, AHEAD)
        return begins_another([trim(r.cells) for r in (record, *ahead)], self._shape, apart=apart)

    def _emit(self, view: View, upto: int) -> None:
        """Write the records of the block before one, none of which is at the foot of the table."""
        there = np.flatnonzero(~view.gone[:upto])
        if not len(there):
            return
        self._last = view.block.before + int(view.last[there[-1]]) + 1
        self._empty = bool(view.empty[there[-1]])
        careful, end = view.careful[there], int(view.end[there[-1]]) + 1
        plain = there[~careful]
        short = plain[view.missing[plain] > 0]
        blank, gone = view.blank[view.blank < end], np.flatnonzero(view.gone[:upto])
        gone = gone[view.end[gone] < end]
        low = np.concatenate((view.dropped[0], blank, view.start[gone]))
        high = np.concatenate((view.dropped[1], blank + 1, view.end[gone] + 1))
        within = (high <= end) & (high > low)
        low, high = low[within], high[within]
        untouched = not (careful.any() or len(short) or len(low))
        joined = self._returns and bool((view.last[there] > view.first[there]).any())
        if self._out.in_place and untouched and self._uniform and not joined:
            self._draw(view, there, {})
            self._out.keep(self._last)
            return
        before = self._done.rows
        edits = [self._judged(view, k) for k in there[careful].tolist()]
        self._done.rows = before
        self._draw(view, there, {k: edit[2] for k, edit in zip(there[careful].tolist(), edits, strict=True)})
        for k, missing in zip(short.tolist(), view.missing[short].tolist(), strict=True):
            at = int(view.end[k])
            edits.append((at, at, self._delimiter.encode() * missing))
        self._done.padded += len(short)
        self._out.write(edited(view.block.data[:end], edits, low, high))

    def _draw(self, view: View, there: Positions, judged: Mapping[int, bytes]) -> None:
        """Count the rows among some records, those judged one by one being as they are written, and draw from them."""
        no_rows = [k for k, row in judged.items() if not row]
        rows = there[~np.isin(there, no_rows)] if no_rows else there
        sample = self._done.sample
        data, start, end = view.block.data, view.start, view.end
        chosen = rows[-self._done.rows % sample.every :: sample.every].tolist()
        sample.add([judged[k] if k in judged else data[start[k] : end[k]] for k in chosen])
        self._done.rows += len(rows)

    def _judged(self, view: View, k: int) -> Edit:
        """What stands in the table instead of a record judged by itself: its row as it must be, or nothing."""
        write_record(view.record(k), self._shape, self._rows, self._lines, self._done, last=False)
        return int(view.start[k]), int(view.end[k]) + 1, self._flush()

    def _flush(self) -> bytes:
        text = "".join(self._written).encode()
        self._written.clear()
        return text

    def may_stay(self, *, uniform: bool, returns: bool) -> None:
        """How the lines read so far end: whether all alike, whether with a carriage return and a line feed."""
        self._uniform, self._returns = uniform, returns

    def result(self) -> TidiedInBulk:
        """What was done, once the table is whole."""
        self._done.in_place = self._out.in_place
        return self._done


class _Sink:
    """Keeps what a CSV writer writes."""

    def __init__(self, written: list[str]) -> None:
        self.write = written.append
