"""Text to records: the quoting rules of RFC 4180, and what people's exports do instead.

A quote opens a cell only at its start; inside, it is doubled (or escaped by a backslash, where the file does so). A
quote that never closes, or closes in the middle of a cell, is an ordinary character.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TextIO

from analytics.files.source import MAX_CELL, MAX_LINE

BLANKS = "blanks"  # runs of blanks between the cells
NOTHING = "\x00 \t\ufeff\u00a0\x1a"  # a line of these is blank (the last ends the files of old systems)
_MAX_LINES_IN_A_CELL = 2_000
_BORDER = re.compile(r"(?=.*--)(?=.*[|+])\s*+[-=+|: ]+|\s*+-{5,}\s*")
_QUOTED_OR_NOT = re.compile(r'"([^"]*)"|(\S+)')


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a text is cut into cells.

    Args:
        delimiter: one character (or the same twice), `BLANKS`, or "" for a single column.
        quote: one character, or "" when none is used.
        escape: "" for doubled quotes, or a backslash.
        wrapped: each whole line is one quoted cell that holds the real line.
        framed: each line begins and ends with the delimiter, as a drawn table does.
    """

    delimiter: str
    quote: str = '"'
    escape: str = ""
    wrapped: bool = False
    framed: bool = False


@dataclass(slots=True)
class Record:
    """One record: number of its first line (from 1), its cells, its raw text, whether a line or cell is too long, or it is the title of a group."""

    line: int
    cells: list[str]
    raw: str
    too_long: bool = False
    heading: bool = False


def lines_of(handle: TextIO) -> Iterator[tuple[str, bool]]:
    """Yield each line without its end, and whether it was longer than a line may be (it is then cut)."""
    while line := handle.readline(MAX_LINE + 2):
        if len(line) <= MAX_LINE or line[-1] in "\r\n":
            yield line.rstrip("\r\n"), False
            continue
        while (more := handle.readline(MAX_LINE)) and more[-1] not in "\r\n":
            pass
        yield line[:MAX_CELL], True


def records(lines: Iterable[tuple[str, bool]], dialect: Dialect, before: int = 0) -> Iterator[Record]:
    """Cut lines into records; blank lines are skipped.

    Args:
        lines: as `lines_of` gives them.
        dialect: how to cut.
        before: lines of the file that stand before these.
    """
    cutter, source = Cutter(dialect), NumberedLines(lines, before)
    while (taken := source.take()) is not None:
        record = cutter.record(taken, source)
        if record is not None:
            yield record


def is_border(line: str) -> bool:
    """Whether a line only draws the frame of a table (`+----+----+`, `|---|---|`, a rule of dashes)."""
    return _BORDER.fullmatch(line) is not None


Taken = tuple[int, tuple[str, bool]]


class NumberedLines:
    """Numbered lines that can be given back, for a quote that turned out not to open a cell."""

    def __init__(self, lines: Iterable[tuple[str, bool]], before: int = 0) -> None:
        self._lines, self._number, self._back = iter(lines), before, list[Taken]()

    def take(self) -> Taken | None:
        """The next line and its number; None at the end."""
        if self._back:
            return self._back.pop()
        line = next(self._lines, None)
        if line is None:
            return None
        self._number += 1
        return self._number, line

    def give_back(self, taken: list[Taken]) -> None:
        """Put lines back, to be taken again in the same order."""
        self._back.extend(reversed(taken))

    @property
    def last(self) -> int:
        """Number of the last line taken and not given back."""
        return self._number - len(self._back)


Splitter = Callable[[str, bool], "list[str] | None"]


class Cutter:
    """Cuts numbered lines into records, one at a time.

    Args:
        dialect: how to cut.
    """

    def __init__(self, dialect: Dialect) -> None:
        self._split, self._dialect = _splitter(dialect), dialect

    def record(self, taken: Taken, source: NumberedLines) -> Record | None:
        """The record that a line begins, with the lines it goes on over; None for a blank line, or one that only draws."""
        number, (line, too_long) = taken
        if too_long:
            return Record(number, [], line, too_long=True)
        if not line.strip(NOTHING) or self._dialect.delimiter == "|" and is_border(line):
            return None
        return _record(number, line, self._split, source, self._dialect)


def _record(number: int, line: str, split: Splitter, source: NumberedLines, dialect: Dialect) -> Record:
    cells = split(line, False)
    if cells is None:
        text, taken = line, list[Taken]()
        while cells is None and len(text) <= 2 * MAX_CELL and len(taken) < _MAX_LINES_IN_A_CELL:
            more = source.take()
            if more is None:
                break
            taken.append(more)
            if more[1][1]:
                break
            text += "\n" + more[1][0]
            if dialect.quote in more[1][0]:
                cells = split(text, False)
        if not cells or max(map(len, cells)) > MAX_CELL:
            source.give_back(taken)
            cells = split(line, True) or [line]
        else:
            line = text
    return Record(number, cells, line, len(line) > MAX_CELL and max(map(len, cells), default=0) > MAX_CELL)


def _splitter(dialect: Dialect) -> Splitter:
    """Make the function that cuts a text: None while a quoted cell is open, [] when it closes in mid-cell lines below.

    Its second argument says to take a quote that never closes for an ordinary character.
    """
    delimiter, quote = dialect.delimiter, dialect.quote
    if delimiter == BLANKS:
        return lambda line, _: (
            [quoted or bare for quoted, bare in _QUOTED_OR_NOT.findall(line)] if quote else line.split()
        )
    careful = _careful(dialect)
    if not quote:
        return lambda line, _: line.split(delimiter) if delimiter else [line]
    plain, blank = not dialect.escape and len(delimiter) == 1, f"{delimiter} {quote}"

    def split(line: str, literal: bool) -> list[str] | None:
        if quote not in line:
            return line.split(delimiter) if delimiter else [line]
        if plain and not literal and "\n" not in line and blank not in line and line[0] != " ":
            try:
                return next(csv.reader([line], delimiter=delimiter, quotechar=quote, strict=True))
            except (csv.Error, StopIteration):
                pass
        return careful(line, literal)

    def unframe(line: str, literal: bool) -> list[str] | None:
        return split(line.strip().removeprefix(delimiter).removesuffix(delimiter), literal)

    if not dialect.wrapped:
        return unframe if dialect.framed else split

    def unwrap(line: str, literal: bool) -> list[str] | None:
        text = line.strip()
        text = text if text.endswith(quote) else text.rstrip(";,\t")  # the empty cells that a spreadsheet puts after the first
        if len(text) > 1 and text[0] == text[-1] == quote:
            return split(text[1:-1].replace(quote * 2, quote), True)
        return split(line, literal)

    return unwrap


def _careful(dialect: Dialect) -> Splitter:
    """A cutter for lines whose quotes are not all regular."""
    quote, d = re.escape(dialect.quote), re.escape(dialect.delimiter)
    blanks = "[ ]*" if "\t" in dialect.delimiter else r"[ \t]*"
    end = rf"{blanks}(?:{d}|\Z)" if d else rf"{blanks}\Z"
    body = rf"(?:[^{quote}\\]|\\.|{quote}{quote})*" if dialect.escape else rf"[^{quote}]*(?:{quote}{quote}[^{quote}]*)*"
    regular = re.compile(rf"{blanks}{quote}({body}){quote}(?={end}){blanks}", re.S)
    closed = re.compile(rf"{blanks}{quote}{body}{quote}(?!{quote}|\Z)", re.S)
    loose = re.compile(rf"{blanks}{quote}([^\n]*?){quote}(?={end}){blanks}")
    bare = (
        re.compile(rf"[^{d}]*" if len(dialect.delimiter) == 1 else rf"(?:(?!{d}).)*", re.S)
        if d
        else re.compile(r".*", re.S)
    )
    opening = re.compile(rf"{blanks}{quote}")

    def unescape(cell: str) -> str:
        cell = cell.replace(dialect.quote * 2, dialect.quote)
        return re.sub(r"\\(.)", r"\1", cell, flags=re.S) if dialect.escape else cell

    def split(text: str, literal: bool) -> list[str] | None:
        cells, at = list[str](), 0
        while True:
            opened = opening.match(text, at) is not None
            found = regular.match(text, at) if opened else None
            if opened and found is None:
                broken = closed.match(text, at) is not None
                if not broken and not literal:
                    return None
                if "\n" in text and not literal:
                    return []
                found = loose.match(text, at)
            if found is not None:
                cells.append(unescape(found[1]))
            else:
                found = bare.match(text, at)
                assert found is not None
                cells.append(found[0])
            at = found.end()
            if at >= len(text) or not d:
                return cells
            at += len(dialect.delimiter)
            if at == len(text):
                return [*cells, ""]

    return split
