"""A decoded text to its tables: choose the dialect, refuse what is no table, read the others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from analytics.files import notes
from analytics.files.bulk import BLOCK
from analytics.files.dialect import declared, find_dialect
from analytics.files.encoding import Decoded
from analytics.files.fixed_width import column_starts, rewrite
from analytics.files.layout import Layout, find_layout, trim
from analytics.files.passage import Place, Progress, Text
from analytics.files.records import BLANKS, NOTHING, Dialect, Record, lines_of, records
from analytics.files.refusals import refuse, text_kind
from analytics.files.source import Source
from analytics.files.tables import SAMPLE_RECORDS, OfText, read_tables, refuse_wide
from vocabulary.sentence import Sentence

_POINTED, _WHOLE, _CENTS = re.compile(r"-?\d+\.\d+"), re.compile(r"-?\d{1,7}"), re.compile(r"\d{1,2}")
_COMMA = re.compile(r",(?! )")
_SAMPLE_CHARACTERS = 4_000_000
_HEAD = 1 << 20


def read_text(
    decoded: Decoded, shown: str, folder: Path, progress: Progress, *, block: int = BLOCK
) -> tuple[Source, ...]:
    """Read the tables of a decoded text.

    Args:
        decoded: as UTF-8.
        shown: name of the file for display.
        folder: private, where tables are written when the text cannot be one as it stands.
        progress: called with the share done, 0..1.
        block: bytes read at a time; 0 reads line by line.

    Raises:
        FileProblem: what the text is instead of a table.
    """
    newline = _newline(decoded.path)
    sample = _sample(decoded, newline)
    if not any(_says(line) for line in sample):
        raise refuse("empty" if sample else "line_too_long", shown)
    kind = text_kind("\n".join(sample[:50]))
    if kind is not None:
        raise refuse(kind, shown)
    separator = declared(sample[0])
    skipped = 1 if separator else 0
    if not any(_says(line) for line in sample[skipped:]):
        raise refuse("empty", shown)
    dialect = find_dialect(sample[skipped:], separator)
    guessed = separator is None and dialect.delimiter != BLANKS
    if guessed and (fixed := _of_fixed_width(decoded, sample, newline, folder)) is not None:
        cut = read_text(fixed, shown, folder, progress, block=block)
        how = notes.reading(decoded.encoding, "fixed_width")
        return tuple(replace(one, file_delimiter="blanks", notes=(how, *one.notes[1:])) for one in cut)
    spaced = _with_commas_in_words(decoded, sample, newline, folder) if guessed and dialect.delimiter == "," else None
    if spaced is not None:
        cut = read_text(spaced, shown, folder, progress, block=block)
        told = (notes.reading(decoded.encoding, ","), notes.commas_in_words(), *cut[0].notes[1:])
        return tuple(replace(one, file_delimiter=",", notes=one.notes if i else told) for i, one in enumerate(cut))
    first = list(islice(_records(sample[skipped:], dialect), SAMPLE_RECORDS))
    readable = [record for record in first if record.cells]
    if not readable:
        raise refuse("line_too_long", shown)
    refuse_wide(max(map(len, (record.cells for record in readable[:50]))), shown)
    if dialect.delimiter in ("", ",", ";", ":") and _is_prose(sample[skipped:], readable):
        raise refuse("prose", shown)
    layout = find_layout([record.cells for record in first])
    if dialect.delimiter == "," and layout.header and _are_decimals_cut([record.cells for record in first], layout):
        raise refuse("commas", shown)
    said = [notes.reading(decoded.encoding, dialect.delimiter), *_decoding_notes(decoded)]
    text = Text(decoded.path, decoded.bom, newline, dialect)
    place = Place(_after_first_line(text) if skipped else decoded.bom, skipped)
    found = read_tables(OfText(text, place, first, progress, block), shown, folder, said)
    return tuple(replace(one, encoding=decoded.encoding, file_delimiter=dialect.delimiter) for one in found)


def _of_fixed_width(decoded: Decoded, sample: list[str], newline: str, folder: Path) -> Decoded | None:
    """The text with tabs between its columns, where they are told by their width alone."""
    starts = column_starts(sample)
    if starts is None:
        return None
    with decoded.path.open(encoding="utf-8", newline=newline) as handle:
        handle.read(1 if decoded.bom else 0)
        return rewrite(decoded, starts, (line for line, _ in lines_of(handle)), folder / "columns.tsv")


def _with_commas_in_words(decoded: Decoded, sample: list[str], newline: str, folder: Path) -> Decoded | None:
    """The text with tabs between its columns, where commas followed by a blank stand inside cells (`Dupont, Jean`), unquoted.

    Proof: the rows have the cells of the header where these commas are no separators, and only there.
    """
    lines = [line for line in sample if _says(line)]
    names, rows = lines[0].count(","), lines[1:]
    if not names or len(rows) < 2 or ", " in lines[0] or any('"' in line or "\t" in line for line in lines):
        return None
    all_, bare = ([cells(line) for line in rows] for cells in (lambda line: line.count(","), lambda line: len(_COMMA.findall(line))))
    if sum(n == names for n in bare) < 0.98 * len(rows) or sum(n == names for n in all_) > 0.7 * len(rows):
        return None
    target = folder / "commas.tsv"
    with decoded.path.open(encoding="utf-8", newline=newline) as handle, target.open("w", encoding="utf-8", newline="") as out:
        handle.read(1 if decoded.bom else 0)
        for line, too_long in lines_of(handle):
            if too_long or '"' in line or "\t" in line:
                return None
            out.write(_COMMA.sub("\t", line) + "\n")
    return replace(decoded, path=target, bom=0)


def _after_first_line(text: Text) -> int:
    """First byte of the second line."""
    with text.path.open("rb") as handle:
        head = handle.read(_HEAD)
    ends = re.compile(text.newline.encode() if text.newline else rb"\r\n|\r|\n").search(head)
    return ends.end() if ends else len(head)


def _says(line: str) -> bool:
    """Whether something of a line can be seen."""
    return bool(line.strip(NOTHING).strip())


def _decoding_notes(decoded: Decoded) -> list[Sentence]:
    said = [notes.replaced(decoded.replaced)] if decoded.replaced else []
    if decoded.repaired:
        said.append(notes.repaired(decoded.repaired))
    return [*said, notes.mixed()] if decoded.mixed else said


def _newline(path: Path) -> str:
    """Line ends of the file: LF (CR LF included), or CR alone where it is the commoner."""
    with path.open("rb") as handle:
        head = handle.read(_HEAD)
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
            if len(lines) >= SAMPLE_RECORDS or characters > _SAMPLE_CHARACTERS:
                break
    return lines if lines or any_too_long else [""]


def _records(sample: list[str], dialect: Dialect) -> Iterator[Record]:
    return records(((line, False) for line in sample), dialect)


def _are_decimals_cut(rows: list[list[str]], layout: Layout) -> bool:
    """Whether commas separate columns and decimals alike: each row has cells the header lacks, and digits where one was cut."""
    named = max(len(trim(row)) for row in rows[layout.start : layout.body])
    body = [trim(row) for row in rows[layout.body :]]
    if layout.width == named or len(body) < 2 or sum(len(row) == layout.width for row in body) < 0.9 * len(body):
        return False
    whole = [row for row in body if len(row) == layout.width]
    points = any(_POINTED.fullmatch(cell) for row in whole for cell in row)
    cut = (
        all(_WHOLE.fullmatch(row[i - 1]) and _CENTS.fullmatch(row[i]) for row in whole) for i in range(1, layout.width)
    )
    return not points and any(cut)


def _is_prose(lines: list[str], first: list[Record]) -> bool:
    """Sentences rather than rows: long lines of words, hardly a digit, of uneven numbers of cells."""
    filled = [line for line in lines if line.strip()]
    words = [word for line in filled for word in line.split()]
    uneven = Counter(len(record.cells) for record in first).most_common(1)[0][1] < 0.9 * len(first)
    sentences = sum(line.rstrip()[-1] in ".!?:" for line in filled) >= 0.3 * len(filled)
    alone = all(len(record.cells) == 1 for record in first) and (len(filled[0].split()) > 4 or filled[0].rstrip()[-1] in ",.!?")
    wordy = len(words) >= 6 * len(filled) and sum(word[0].isdigit() for word in words) < 0.1 * len(words)
    return wordy and (alone or (uneven and sentences))
