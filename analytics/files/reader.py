"""From a file to its sources: refuse, decode, and read as a text, a workbook or Parquet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path

from analytics.files import excel, notes
from analytics.files.bulk import BLOCK
from analytics.files.encoding import Decoded, decode
from analytics.files.json_rows import json_records
from analytics.files.layout import clean_names
from analytics.files.passage import Progress
from analytics.files.records import Record
from analytics.files.refusals import binary_kind, refuse, text_kind
from analytics.files.source import MAX_COLUMNS, Source
from analytics.files.tables import SAMPLE_RECORDS, OfRecords, read_tables, refuse_wide
from analytics.files.text import read_text
from vocabulary.sentence import Sentence

_INVISIBLE = re.compile("[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def display_name(name: str) -> str:
    """Clean a file name for display: no folder, no control or bidirectional character, at most 120 characters."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    return " ".join(_INVISIBLE.sub("", last).split())[:120] or "table"


def read_sources(
    path: Path,
    *,
    name: str | None = None,
    progress: Progress | None = None,
    scratch: Path,
    allow_parquet: bool = True,
    block: int = BLOCK,
) -> tuple[Source, ...]:
    """Read a file into its tables: one for a text or Parquet file, one per filled sheet for an Excel workbook.

    Args:
        path: the file; never written to.
        name: its name for display; the path's own by default.
        progress: called with the share done, 0..1.
        scratch: an existing private folder where UTF-8 copies are written; they must live as long as the sources.
        allow_parquet: accept Parquet (command line only).
        block: bytes of a text read at a time; 0 reads it line by line, slowly, with the same result.

    Raises:
        FileProblem: what the file is instead of a table, and what to do.
    """
    shown = display_name(name if name is not None else path.name)
    report = _forward(progress) if progress is not None else (lambda _: None)
    head = _head(path, shown)
    folder = _fresh(scratch)
    kind = binary_kind(head, path)
    if kind == "xlsx":
        found = _workbook(path, shown, folder, report)
        report(1.0)
        return found
    if kind == "parquet" and allow_parquet:
        return (_parquet(path, shown),)
    if kind is not None:
        raise refuse(kind, shown)
    decoded = decode(path, folder, lambda share: report(share * 0.4))
    if decoded is None:
        raise refuse("binary", shown)
    rows = _json(decoded, shown, folder)
    if rows is not None:
        report(1.0)
        return rows
    return read_text(decoded, shown, folder, lambda share: report(0.4 + share * 0.6), block=block)


def _json(decoded: Decoded, shown: str, folder: Path) -> tuple[Source, ...] | None:
    """The table of an array of flat objects; None of any other text."""
    with decoded.path.open(encoding="utf-8", newline="") as handle:
        handle.seek(decoded.bom)
        if text_kind(handle.read(1 << 12)) != "json":
            return None
        handle.seek(decoded.bom)
        every = json_records(handle)
    first = list(islice(every, SAMPLE_RECORDS)) if every is not None else []
    if every is None or not first:
        return None
    refuse_wide(len(first[0].cells), shown)
    found = read_tables(OfRecords(chain(first, every), first), shown, folder, [])
    return tuple(replace(source, encoding="json") for source in found)


def _forward(progress: Progress) -> Progress:
    """The same, told a share that never goes back: a text given up block by block is read again line by line."""
    furthest = 0.0

    def told(share: float) -> None:
        nonlocal furthest
        furthest = max(furthest, share)
        progress(furthest)

    return told


def _head(path: Path, shown: str) -> bytes:
    try:
        with path.open("rb") as handle:
            head = handle.read(1 << 16)
    except OSError as problem:
        raise refuse("missing", shown) from problem
    if not head:
        raise refuse("empty", shown)
    return head


def _fresh(scratch: Path) -> Path:
    """A new numbered folder, so that several files share one scratch folder."""
    folder = scratch / f"source-{sum(1 for _ in scratch.iterdir())}"
    folder.mkdir(mode=0o700)
    return folder


def _workbook(path: Path, shown: str, folder: Path, progress: Progress) -> tuple[Source, ...]:
    found = list[Source]()
    path = excel.readable(path, shown, folder)
    with excel.workbook(path, shown) as book:
        sheets, hidden = excel.sheets_of(book)
        said: list[Sentence] = [notes.hidden_sheets(hidden)] if hidden else []
        for i, sheet in enumerate(sheets):
            merged = excel.merged_cells(sheet, path, shown)
            every = _reporting(excel.sheet_records(book, sheet, merged, shown), i, len(sheets), progress)
            first = list(islice(every, SAMPLE_RECORDS))
            if not first:
                continue
            refuse_wide(max(len(record.cells) for record in first), shown)
            place = folder / f"sheet-{i}"
            place.mkdir()
            below = read_tables(OfRecords(chain(first, every), first), shown, place, said)
            if _has_empty_column(first) and excel.formulas_without_results(path, sheet.title, MAX_COLUMNS):
                below[0] = replace(below[0], notes=(*below[0].notes, notes.unsaved_formulas()))
            if once := [below[0].header[i] for i in sorted(merged.once) if i < len(below[0].header)]:
                below[0] = replace(below[0], notes=(*below[0].notes, notes.merged_amounts(once)))
            found += [replace(source, encoding="xlsx", sheet=sheet.title) for source in below]
            said = []
    if not found:
        raise refuse("empty_workbook", shown)
    if len(found) == 1:
        return tuple(found)
    return tuple(
        replace(source, name=f"{shown} – {display_name(source.sheet or '')}{source.name.removeprefix(shown)}")
        for source in found
    )


def _reporting(every: Iterator[Record], i: int, sheets: int, progress: Progress) -> Iterator[Record]:
    """Pass the records of a sheet on, and say now and then that it goes on (how many there will be is not known)."""
    for n, record in enumerate(every):
        if n % 1_000 == 0:
            progress((i + n / (n + 20_000)) / sheets)
        yield record


def _has_empty_column(first: list[Record]) -> bool:
    """Whether nothing stands under one of the first filled cells (the header, as a rule)."""
    widest = max(first[:20], key=lambda record: len(record.cells))
    below = [record.cells for record in first if record.line > widest.line]
    return bool(below) and any(not any(i < len(row) and row[i] for row in below) for i in range(len(widest.cells)))


def _parquet(path: Path, shown: str) -> Source:
    import pyarrow
    from pyarrow import parquet

    try:
        metadata = parquet.read_metadata(path)
        columns = metadata.schema.to_arrow_schema().names
    except (pyarrow.ArrowException, OSError) as problem:
        raise refuse("broken_parquet", shown) from problem
    refuse_wide(len(columns), shown)
    names, renamed = clean_names(columns)
    return Source(
        name=shown, path=path, kind="parquet", delimiter="", quote="", header=names, header_line=False,
        rows=metadata.num_rows, set_aside=0, set_aside_path=None,
        notes=(notes.renamed(renamed),) if renamed else (), encoding="parquet", file_delimiter="",
    )  # fmt: skip
