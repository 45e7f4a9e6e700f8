"""A file to its tables: where each stands, its names, its rows; several under one another are read one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import Protocol

from analytics.files import notes
from analytics.files.bulk import NO_DELIMITER, TidiedInBulk, tidy_in_bulk
from analytics.files.filled_down import blocks_of, filled_down
from analytics.files.grouped import group_titles, name_of_groups, with_groups
from analytics.files.layout import Layout, find_layout
from analytics.files.passage import Place, Progress, Text
from analytics.files.records import Record
from analytics.files.refusals import refuse
from analytics.files.sections import own_records
from analytics.files.source import MAX_COLUMNS, Source
from analytics.files.tidy import Tidied, tidy
from analytics.files.turned import turned
from vocabulary.estimate import Threshold, Unit
from vocabulary.sentence import Sentence

SAMPLE_RECORDS = 2_000


class Stretch(Protocol):
    """What is left of a file, from where a table begins."""

    @property
    def first(self) -> Sequence[Record]:
        """The first records, blank ones left out."""

    def read(self, layout: Layout, place: Path) -> tuple[Tidied, Stretch | None]:
        """Write the table and what is set aside of it to a folder; what is left below it, if anything is."""

    def records(self) -> Iterator[Record]:
        """All the records, once."""


@dataclass(slots=True)
class OfRecords:
    """A stretch cut record by record.

    Args:
        every: all its records, the first ones included.
        first: the first ones.
    """

    every: Iterator[Record]
    first: Sequence[Record]

    def records(self) -> Iterator[Record]:
        """All the records, once."""
        return self.every

    def read(self, layout: Layout, place: Path) -> tuple[Tidied, Stretch | None]:
        """Write the table line by line."""
        done = tidy(self.every, layout, self.first, place / _TABLE, place / _ASIDE)
        if done.rest is None:
            return done, None
        first = list(islice(done.rest, SAMPLE_RECORDS))
        return done, OfRecords(chain(first, done.rest), first)


@dataclass(slots=True)
class OfText:
    """A stretch of a text cut block by block where it can be.

    Args:
        text: the whole text.
        place: where the stretch begins.
        first: its first records.
        progress: called with the share of the text that is done, 0..1.
        block: bytes read at a time; 0 reads line by line.
    """

    text: Text
    place: Place
    first: Sequence[Record]
    progress: Progress
    block: int

    def records(self) -> Iterator[Record]:
        """All the records, cut line by line."""
        return self.text.records(self.place, self.progress)

    def read(self, layout: Layout, place: Path) -> tuple[Tidied, Stretch | None]:
        """Write the table block by block, or line by line where the text is too irregular for that."""
        done: TidiedInBulk | None = None
        if self.block and self.text.plain:
            done = tidy_in_bulk(
                self.text,
                self.place,
                layout,
                self.first,
                place / _TABLE,
                place / _ASIDE,
                self.progress,
                block=self.block,
            )
        if done is None:
            return OfRecords(self.records(), self.first).read(layout, place)
        if done.below is None:
            return done, None
        below = list(islice(self.text.records(done.below, lambda _: None), SAMPLE_RECORDS))
        return done, replace(self, place=done.below, first=below)


_TABLE, _ASIDE, _FILLED = "table.csv", "aside.csv", "filled.csv"


def read_tables(stretch: Stretch, shown: str, folder: Path, said: list[Sentence]) -> list[Source]:
    """Write each table found in a file, from the first one on.

    Args:
        stretch: the whole file.
        shown: name of the file for display; tables below the first are numbered after it.
        folder: existing and empty: where the tables are written.
        said: what was said of the whole file.
    """
    found, left = list[Source](), stretch
    if (records := turned(stretch.first, SAMPLE_RECORDS)) is not None:
        left = OfRecords(iter(records), records)
        said = [*said, notes.turned(len(records) - 1)]
    while True:
        place = folder / f"table-{len(found)}"
        place.mkdir()
        name = shown if not found else f"{shown} – {len(found) + 1}"
        own = own_records(left.first)
        layout, grouped = find_layout([record.cells for record in own]), list[Sentence]()
        if titles := group_titles(layout, own):
            column = name_of_groups(titles, own[: layout.start])
            every, first = (with_groups(records, own, layout, column) for records in (left.records(), left.first))
            left, own = OfRecords(every, list(first)), list(with_groups(own, own, layout, column))
            layout, grouped = find_layout([record.cells for record in own if not record.heading]), [notes.groups(titles, column)]
        done, below = left.read(layout, place)
        source, blocks = _source(name, layout, done, left, place), blocks_of(layout, own)
        source = replace(source, notes=(*source.notes, *grouped))
        found.append(filled_down(source, blocks, place / _FILLED) if blocks is not None else source)
        if below is None:
            break
        left = below
    more = [notes.other_table(len(found) - 1)] if len(found) > 1 else []
    return [replace(found[0], notes=(*said, *found[0].notes, *more)), *found[1:]]


def _source(name: str, layout: Layout, done: Tidied, stretch: Stretch, place: Path) -> Source:
    said = layout_notes(layout)
    if done.padded:
        said.append(notes.padded(done.padded))
    if done.recut:
        said.append(notes.recut(done.recut))
    if done.reasons:
        said.append(notes.set_aside(done.reasons))
    source = Source(
        name=name, path=place / _TABLE, kind="csv", delimiter=",", quote='"', header=layout.names, header_line=False,
        rows=done.rows, set_aside=done.reasons.total(), set_aside_path=place / _ASIDE, notes=tuple(said), encoding="",
        file_delimiter="", sample=done.sample.cells(),
    )  # fmt: skip
    if not isinstance(done, TidiedInBulk) or not isinstance(stretch, OfText):
        return source
    source = replace(source, delimiter=stretch.text.dialect.delimiter or NO_DELIMITER)
    return replace(source, path=stretch.text.path, header_line=layout.header) if done.in_place else source


def layout_notes(layout: Layout) -> list[Sentence]:
    """What is said of where the table stands and of the names of its columns."""
    said = [notes.preamble(layout.start)] if layout.start else []
    if not layout.header:
        said.append(notes.no_header())
    if layout.renamed:
        said.append(notes.renamed(layout.renamed))
    return said


def refuse_wide(columns: int, shown: str) -> None:
    """Raise FileProblem where a table has more columns than are accepted."""
    if columns > MAX_COLUMNS:
        raise refuse(
            "too_many_columns", shown, columns=notes.count("columns", columns),
            limit=Threshold(MAX_COLUMNS, Unit.COUNT),
        )  # fmt: skip
