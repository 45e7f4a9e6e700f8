"""From a file to its sources: refuse, decode, choose the dialect, find the table, prove it regular or make it so."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path

from analytics.files import excel, notes
from analytics.files.dialect import declared, find_dialect
from analytics.files.encoding import Decoded, decode
from analytics.files.layout import Layout, clean_names, find_layout
from analytics.files.records import BLANKS, Dialect, Record, lines_of, records
from analytics.files.refusals import binary_kind, refuse, text_kind
from analytics.files.source import MAX_COLUMNS, Source
from analytics.files.structure import Regular, prove_regular
from analytics.files.tidy import tidy
from vocabulary.estimate import Threshold, Unit
from vocabulary.sentence import Sentence

_SAMPLE_LINES = 2_000
_SAMPLE_CHARACTERS = 4_000_000
_INVISIBLE = re.compile("[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
NO_DELIMITER = "\x1f"  # stands for the separator of a file of one column
Progress = Callable[[float], None]


def display_name(name: str) -> str:
    """Clean a file name for display: no folder, no control or bidirectional character, at most 120 characters."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    return " ".join(_INVISIBLE.sub("", last).split())[:120] or "table"


def read_sources(
    path: Path, *, name: str | None = None, progress: Progress | None = None, scratch: Path, allow_parquet: bool = True
) -> tuple[Source, ...]:
    """Read a file into its tables: one for a text or Parquet file, one per filled sheet for an Excel workbook.

    Args:
        path: the file; never written to.
        name: its name for display; the path's own by default.
        progress: called with the share done, 0..1.
        scratch: an existing private folder where UTF-8 copies are written; they must live as long as the sources.
        allow_parquet: accept Parquet (command line only).

    Raises:
        FileProblem: what the file is instead of a table, and what to do.
    """
    shown = display_name(name if name is not None else path.name)
    report = progress or (lambda _: None)
    head = _head(path, shown)
    folder = _fresh(scratch)
    kind = binary_kind(head, path)
    if kind == "xlsx":
        found = _workbook(path, shown, folder)
        report(1.0)
        return found
    if kind == "parquet" and allow_parquet:
        return (_parquet(path, shown),)
    if kind is not None:
        raise refuse(kind, shown)
    decoded = decode(path, folder, lambda share: report(share * 0.4))
    if decoded is None:
        raise refuse("binary", shown)
    return (_text(decoded, shown, folder, lambda share: report(0.4 + share * 0.6)),)


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


def _text(decoded: Decoded, shown: str, folder: Path, progress: Progress) -> Source:
    newline = _newline(decoded.path)
    sample = _sample(decoded, newline)
    if not any(line.strip(" \t\x00\u00a0") for line in sample):
        raise refuse("empty" if sample else "line_too_long", shown)
    kind = text_kind("\n".join(sample[:50]))
    if kind is not None:
        raise refuse(kind, shown)
    separator = declared(sample[0])
    skipped = 1 if separator else 0
    dialect = find_dialect(sample[skipped:], separator)
    first = list(islice(_records(sample[skipped:], dialect), _SAMPLE_LINES))
    readable = [record for record in first if record.cells]
    if not readable:
        raise refuse("line_too_long", shown)
    _refuse_wide(max(map(len, (record.cells for record in readable[:50]))), shown)
    if dialect.delimiter in ("", ",", ";", ":") and _is_prose(sample[skipped:], readable):
        raise refuse("prose", shown)
    layout = find_layout([record.cells for record in first])
    said = [notes.reading(decoded.encoding, dialect.delimiter), *_decoding_notes(decoded)]
    clean = None
    if not skipped and newline == "\n" and layout.start == 0 and len(first[0].cells) == layout.width:
        clean = _in_place(decoded, dialect, layout, first[0], progress)
    if clean is not None:
        source = _proven(shown, decoded.path, dialect.delimiter or NO_DELIMITER, layout, clean, said)
    else:
        with decoded.path.open(encoding="utf-8", newline=newline) as handle:
            handle.read(1 if decoded.bom else 0)
            lines = _reporting(lines_of(handle), decoded.path.stat().st_size, progress)
            every = records(islice(lines, skipped, None), dialect)
            source = _tidied(every, layout, first, shown, folder, said)
    return _described(source, decoded.encoding, dialect.delimiter)


def _reporting(lines: Iterator[tuple[str, bool]], size: int, progress: Progress) -> Iterator[tuple[str, bool]]:
    """Pass lines on, and say now and then how far they are."""
    done = 0
    for i, line in enumerate(lines):
        done += len(line[0]) + 1
        if i % 10_000 == 0:
            progress(min(1.0, done / size))
        yield line
    progress(1.0)


def _described(source: Source, encoding: str, delimiter: str, sheet: str | None = None) -> Source:
    return replace(source, encoding=encoding, file_delimiter=delimiter, sheet=sheet)


def _proven(
    shown: str, path: Path, delimiter: str, layout: Layout, proof: Regular, said: list[Sentence]
) -> Source:  # fmt: skip
    return Source(
        name=shown, path=path, kind="csv", delimiter=delimiter, quote='"', header=layout.names,
        header_line=layout.header, rows=proof.records - layout.header, set_aside=0, set_aside_path=None,
        notes=(*said, *_layout_notes(layout)), encoding="", file_delimiter="", padded=proof.padded,
        sample=tuple(tuple(row) for row in proof.sample[layout.header :]),
    )  # fmt: skip


def _in_place(
    decoded: Decoded, dialect: Dialect, layout: Layout, first: Record, progress: Progress
) -> Regular | None:  # fmt: skip
    """Prove that a file is regular as it stands; None when it must be rewritten."""
    plain = dialect.delimiter != BLANKS and dialect.delimiter.isascii() and len(dialect.delimiter) <= 1
    if not plain or dialect.quote != '"' or dialect.escape or dialect.wrapped:
        return None
    header = first.raw.encode() if layout.header else None
    return prove_regular(
        decoded.path, decoded.bom, dialect.delimiter or NO_DELIMITER, layout.width, header, progress
    )  # fmt: skip


def _tidied(
    every: Iterator[Record], layout: Layout, first: list[Record], shown: str, folder: Path, said: list[Sentence]
) -> Source:
    table, aside = folder / "table.csv", folder / "aside.csv"
    header = _trimmed(first[layout.start].cells) if layout.header else []
    done = tidy(every, layout, header, table, aside)
    said = [*said, *_layout_notes(layout)]
    if done.padded:
        said.append(notes.padded(done.padded))
    if done.reasons:
        said.append(notes.set_aside(done.reasons))
    return Source(
        name=shown, path=table, kind="csv", delimiter=",", quote='"', header=layout.names, header_line=False,
        rows=done.rows, set_aside=done.reasons.total(), set_aside_path=aside, notes=tuple(said), encoding="",
        file_delimiter="",
    )  # fmt: skip


def _trimmed(cells: list[str]) -> list[str]:
    cells = [cell.strip(" \t\u00a0\u202f\x00\ufeff") for cell in cells]
    while len(cells) > 1 and not cells[-1]:
        cells.pop()
    return cells


def _layout_notes(layout: Layout) -> list[Sentence]:
    said = [notes.preamble(layout.start)] if layout.start else []
    if not layout.header:
        said.append(notes.no_header())
    if layout.renamed:
        said.append(notes.renamed(layout.renamed))
    return said


def _decoding_notes(decoded: Decoded) -> list[Sentence]:
    said = [notes.replaced(decoded.replaced)] if decoded.replaced else []
    return [*said, notes.mixed()] if decoded.mixed else said


def _newline(path: Path) -> str:
    """Line ends of the file: LF (CR LF included), or CR alone where it is the commoner."""
    with path.open("rb") as handle:
        head = handle.read(1 << 20)
    alone = head.count(b"\r") - head.count(b"\r\n")
    return "\n" if alone <= head.count(b"\n") else "\r" if not head.count(b"\n") else ""


def _sample(decoded: Decoded, newline: str) -> list[str]:
    """The first lines that are not too long; none where all are."""
    lines, characters, any_too_long = list[str](), 0, False
    with decoded.path.open(encoding="utf-8", newline=newline) as handle:
        handle.read(1 if decoded.bom else 0)
        for line, too_long in lines_of(handle):
            any_too_long = any_too_long or too_long
            if too_long:
                continue
            lines.append(line)
            characters += len(line)
            if len(lines) >= _SAMPLE_LINES or characters > _SAMPLE_CHARACTERS:
                break
    return lines if lines or any_too_long else [""]


def _records(sample: list[str], dialect: Dialect) -> Iterator[Record]:
    return records(((line, False) for line in sample), dialect)


def _refuse_wide(columns: int, shown: str) -> None:
    if columns > MAX_COLUMNS:
        raise refuse(
            "too_many_columns", shown, columns=notes.count("columns", columns),
            limit=Threshold(MAX_COLUMNS, Unit.COUNT),
        )  # fmt: skip


def _is_prose(lines: list[str], first: list[Record]) -> bool:
    """Sentences rather than rows: long lines of words, hardly a digit, of uneven numbers of cells."""
    filled = [line for line in lines if line.strip()]
    words = [word for line in filled for word in line.split()]
    uneven = Counter(len(record.cells) for record in first).most_common(1)[0][1] < 0.9 * len(first)
    sentences = sum(line.rstrip()[-1] in ".!?:" for line in filled) >= 0.3 * len(filled)
    alone = all(len(record.cells) == 1 for record in first) and len(filled[0].split()) > 4
    wordy = len(words) >= 6 * len(filled) and sum(word[0].isdigit() for word in words) < 0.1 * len(words)
    return wordy and (alone or (uneven and sentences))


def _workbook(path: Path, shown: str, folder: Path) -> tuple[Source, ...]:
    found = list[Source]()
    with excel.workbook(path, shown) as book:
        sheets = book.worksheets
        for i, sheet in enumerate(sheets):
            every = excel.sheet_records(sheet, shown)
            first = list(islice(every, _SAMPLE_LINES))
            if not first:
                continue
            _refuse_wide(max(len(record.cells) for record in first), shown)
            place = folder / f"sheet-{i}"
            place.mkdir()
            layout = find_layout([record.cells for record in first])
            source = _tidied(chain(first, every), layout, first, shown, place, [])
            found.append(_described(source, "xlsx", "", sheet.title))
    if not found:
        raise refuse("empty_workbook", shown)
    if len(found) == 1:
        return tuple(found)
    return tuple(_named(source, f"{shown} – {display_name(source.sheet or '')}") for source in found)


def _named(source: Source, name: str) -> Source:
    return replace(source, name=name)


def _parquet(path: Path, shown: str) -> Source:
    import pyarrow
    from pyarrow import parquet

    try:
        metadata = parquet.read_metadata(path)
        columns = metadata.schema.to_arrow_schema().names
    except (pyarrow.ArrowException, OSError) as problem:
        raise refuse("broken_parquet", shown) from problem
    _refuse_wide(len(columns), shown)
    names, renamed = clean_names(columns)
    return Source(
        name=shown, path=path, kind="parquet", delimiter="", quote="", header=names, header_line=False,
        rows=metadata.num_rows, set_aside=0, set_aside_path=None,
        notes=(notes.renamed(renamed),) if renamed else (), encoding="parquet", file_delimiter="",
    )  # fmt: skip
