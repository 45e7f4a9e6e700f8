"""A text and places in it: where its records are read from, line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path

from analytics.files.records import BLANKS, Dialect, Record, lines_of, records

Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a text: its first byte, and the number of lines above it."""

    offset: int
    line: int


@dataclass(frozen=True, slots=True)
class Text:
    """A UTF-8 text and how it is cut.

    Args:
        path: the text.
        skip: bytes of its byte-order mark.
        newline: what ends its lines, as `open` says it.
        dialect: how its lines are cut.
    """

    path: Path
    skip: int
    newline: str
    dialect: Dialect

    def records(self, place: Place, progress: Progress) -> Iterator[Record]:
        """The records from a place on, cut line by line."""
        with self.path.open("rb") as raw:
            raw.seek(place.offset)
            handle = TextIOWrapper(raw, encoding="utf-8", newline=self.newline)
            lines = _reporting(lines_of(handle), place.offset, self.path.stat().st_size, progress)
            yield from records(lines, self.dialect, place.line)

    @property
    def plain(self) -> bool:
        """Whether its blocks can be cut by their bytes."""
        d = self.dialect
        simple = d.delimiter not in (BLANKS, " ", d.quote) and len(d.delimiter) <= 1 and d.delimiter.isascii()
        return simple and self.newline == "\n" and d.quote == '"' and not (d.escape or d.wrapped or d.framed)


def _reporting(
    lines: Iterator[tuple[str, bool]], done: int, size: int, progress: Progress
) -> Iterator[tuple[str, bool]]:
    """Pass lines on, and say now and then how far they are."""
    for i, line in enumerate(lines):
        done += len(line[0]) + 1
        if i % 10_000 == 0:
            progress(min(1.0, done / max(1, size)))
        yield line
    progress(1.0)
