"""Records to tables: where each stands, its names, its rows; several under one another are read one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path

from analytics.files import notes
from analytics.files.layout import Layout, find_layout
from analytics.files.records import Record
from analytics.files.refusals import refuse
from analytics.files.source import MAX_COLUMNS, Source
from analytics.files.tidy import tidy
from vocabulary.estimate import Threshold, Unit
from vocabulary.sentence import Sentence

SAMPLE_RECORDS = 2_000


def read_tables(every: Iterator[Record], first: list[Record], shown: str, folder: Path, said: list[Sentence]) -> list[Source]:
    """Write each table found in the records, from the first one on.

    Args:
        every: all the records, the first ones included.
        first: the first records, blank ones left out.
        shown: name of the file for display; tables below the first are numbered after it.
        folder: existing and empty: where the tables are written.
        said: what was said of the whole file.
    """
    found = list[Source]()
    rest: Iterator[Record] | None = every
    while rest is not None:
        place = folder / f"table-{len(found)}"
        place.mkdir()
        name = shown if not found else f"{shown} – {len(found) + 1}"
        source, rest = _one(rest, find_layout([record.cells for record in first]), first, name, place)
        found.append(source)
        if rest is not None:
            first = list(islice(rest, SAMPLE_RECORDS))
            rest = chain(first, rest)
    more = [notes.other_table(len(found) - 1)] if len(found) > 1 else []
    return [replace(found[0], notes=(*said, *found[0].notes, *more)), *found[1:]]


def _one(
    every: Iterator[Record], layout: Layout, first: list[Record], name: str, place: Path
) -> tuple[Source, Iterator[Record] | None]:
    table, aside = place / "table.csv", place / "aside.csv"
    done = tidy(every, layout, first, table, aside)
    said = layout_notes(layout)
    if done.padded:
        said.append(notes.padded(done.padded))
    if done.reasons:
        said.append(notes.set_aside(done.reasons))
    source = Source(
        name=name, path=table, kind="csv", delimiter=",", quote='"', header=layout.names, header_line=False,
        rows=done.rows, set_aside=done.reasons.total(), set_aside_path=aside, notes=tuple(said), encoding="",
        file_delimiter="",
    )  # fmt: skip
    return source, done.rest


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
