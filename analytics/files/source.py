"""What a file becomes: one UTF-8 table ready to be read, and the lines that were set aside."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Literal

from vocabulary.language import Text
from vocabulary.sentence import Sentence

MAX_COLUMNS = 500
MAX_LINE = 1_000_000  # characters
MAX_CELL = 100_000  # characters
SAMPLE_ROWS = 20_000  # rows looked at before deciding how columns are read
SAMPLE_CELLS = 400_000


class Reason(StrEnum):
    """Why a line was set aside. Closed: published in `docs/schema/`."""

    TOO_MANY_CELLS = "too_many_cells"  # more filled cells than the header has columns
    TOTAL = "total"  # a total or sub-total line
    FOOTER = "footer"  # words under the table
    REPEATED_HEADER = "repeated_header"
    GROUP = "group"  # a title above rows, told in a column of its own
    COMMENT = "comment"
    EMPTY = "empty"  # separators only
    LINE_TOO_LONG = "line_too_long"
    CELL_TOO_LONG = "cell_too_long"


REASON_NAMES: dict[Reason, Text] = {
    Reason.TOO_MANY_CELLS: Text("plus de cellules que de colonnes", "more cells than columns"),
    Reason.TOTAL: Text("ligne de total", "total line"),
    Reason.FOOTER: Text("texte sous le tableau", "words under the table"),
    Reason.REPEATED_HEADER: Text("titres de colonnes répétés", "repeated column headings"),
    Reason.GROUP: Text("titre de groupe", "title of a group"),
    Reason.COMMENT: Text("commentaire", "comment"),
    Reason.EMPTY: Text("ligne sans valeur", "line without a value"),
    Reason.LINE_TOO_LONG: Text("ligne trop longue", "line too long"),
    Reason.CELL_TOO_LONG: Text("cellule trop longue", "cell too long"),
}


@dataclass(frozen=True, slots=True)
class SetAside:
    """A line kept out of the table: its number in the file (from 1), why, and its text."""

    line: int
    reason: Reason
    content: str


@dataclass(frozen=True, slots=True)
class Source:
    """One table of a file, proven or made regular: every record at `path` has exactly `len(header)` cells.

    Args:
        name: file name for display, cleaned; for a workbook with several sheets, the sheet's name is appended.
        path: UTF-8 CSV (or Parquet) that holds the rows; the file itself when it is clean.
        kind: how `path` is read.
        delimiter, quote: of the text at `path` (quotes inside quotes are doubled).
        header: names of the columns, cleaned, distinct, never empty.
        header_line: whether the first record at `path` is the header.
        rows: records at `path`, header apart.
        set_aside: number of lines set aside; they stand in `set_aside_path` (line, reason, content; CSV, no header).
        notes: what was understood or repaired.
        encoding: of the file as it came.
        file_delimiter: separator of the file as it came (`blanks` for runs of blanks).
        sheet: name of the sheet, for a workbook.
        padded: whether some cells at `path` may have outer blanks.
        sample: cells of rows taken at even distances; None when they must be drawn from `path`.
    """

    name: str
    path: Path
    kind: Literal["csv", "parquet"]
    delimiter: str
    quote: str
    header: tuple[str, ...]
    header_line: bool
    rows: int
    set_aside: int
    set_aside_path: Path | None
    notes: tuple[Sentence, ...]
    encoding: str
    file_delimiter: str
    sheet: str | None = None
    padded: bool = False
    sample: tuple[tuple[str, ...], ...] | None = None

    @property
    def rows_present(self) -> int:
        """Rows of the file: `rows + set_aside`."""
        return self.rows + self.set_aside

    def set_aside_lines(self) -> Iterator[SetAside]:
        """The lines set aside, in the order of the file."""
        if self.set_aside_path is None:
            return
        with self.set_aside_path.open(encoding="utf-8", newline="") as handle:
            for line, reason, content in csv.reader(handle):
                yield SetAside(int(line), Reason(reason), content)
