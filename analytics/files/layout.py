"""Where the table starts, whether it has a header, and what its columns are called."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_NUMBER = re.compile(r"\A[-+(]?\s?[€$£]?\s?\d[\d .,'\u00a0\u202f]*(?:[eE][-+]?\d+)?\)?-?\s?(?:[€$£%]|[A-Z]{3})?\Z")
_DATE = re.compile(r"\A\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[ T]\d{1,2}[:h]\d{2}.*)?\Z")
_EMAIL = re.compile(r"\A[^\s@]+@[^\s@]+\.[^\s@]+\Z")
_YEAR = re.compile(r"\A(?:19|20)\d\d\Z")
_INVISIBLE = re.compile("[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffd]")
_MAX_NAME = 120


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things are among the first records.

    Args:
        start: index of the first record of the table (the header, when there is one).
        header: whether that record is a header.
        width: number of columns.
        names: of the columns, cleaned, distinct, never empty.
        renamed: columns whose name was empty or already taken.
    """

    start: int
    header: bool
    width: int
    names: tuple[str, ...]
    renamed: int


def find_layout(rows: Sequence[Sequence[str]]) -> Layout:
    """Find the table among the first records of a file.

    Args:
        rows: cells of the first records, blank ones left out.
    """
    trimmed = [_trim(row) for row in rows]
    width = _usual_width(trimmed)
    start = _start(trimmed, width)
    header = _is_header(trimmed[start], trimmed[start + 1 :], width)
    if header:
        width = max(len(trimmed[start]), _body_width(trimmed[start + 1 :], len(trimmed[start])))
        names, renamed = clean_names([*trimmed[start], *[""] * (width - len(trimmed[start]))])
    else:
        names, renamed = tuple(f"column_{i + 1}" for i in range(width)), 0
    return Layout(start, header, width, names, renamed)


def clean_names(cells: Sequence[str]) -> tuple[tuple[str, ...], int]:
    """Make names visible, short, distinct (letter case apart) and never empty; return them and how many changed so."""
    names, taken, renamed = list[str](), set[str](), 0
    for i, cell in enumerate(cells):
        shown = _INVISIBLE.sub("", unicodedata.normalize("NFC", cell).replace("\r", " ").replace("\n", " "))
        name = " ".join(shown.split())[:_MAX_NAME].strip()
        base = name or f"column_{i + 1}"
        final, k = base, 2
        while final.casefold() in taken:
            final, k = f"{base}_{k}", k + 1
        renamed += final != name
        taken.add(final.casefold())
        names.append(final)
    return tuple(names), renamed


def _trim(row: Sequence[str]) -> list[str]:
    """Cells without their outer blanks, and without the empty ones at the end."""
    cells = [cell.strip(" \t\u00a0\u202f\x00\ufeff") for cell in row]
    while len(cells) > 1 and not cells[-1]:
        cells.pop()
    return cells


def _usual_width(rows: Sequence[Sequence[str]]) -> int:
    """The commonest width; of those about as common, the largest (trailing empty cells shorten a row)."""
    widths = Counter(map(len, rows))
    top = max(widths.values())
    return max(width for width, count in widths.items() if count >= max(1, 0.3 * top))


def _start(rows: Sequence[Sequence[str]], width: int) -> int:
    """First record filled like the table: what stands above is a title, a date, a comment."""
    if width == 1:
        return 0
    needed = max(2, 0.6 * width)
    for i, row in enumerate(rows):
        filled = sum(map(bool, row))
        if row[0].startswith("#") and len(row) < width:
            continue
        below = rows[i + 1] if i + 1 < len(rows) else ()
        sparse = filled >= max(2, 0.4 * width) and sum(map(bool, below)) >= needed and any(map(_is_value, below))
        if filled >= needed or sparse:  # a header with unnamed columns stands right above values
            return i
    return 0


def _is_header(first: Sequence[str], body: Sequence[Sequence[str]], width: int) -> bool:
    """Whether the first record names the columns: words over numbers, years in a row, words that never come back."""
    body = body[:500]
    if not body:
        return not any(_is_value(cell) for cell in first)
    if any(_EMAIL.match(cell) or _DATE.match(cell) for cell in first):
        return False
    words_over_values = values_over_values = years = 0
    for i, cell in enumerate(first):
        below = [row[i] for row in body if i < len(row) and row[i]]
        valued = bool(below) and sum(map(_is_value, below)) >= 0.8 * len(below)
        if _YEAR.match(cell) and not (below and sum(bool(_YEAR.match(v)) for v in below) >= 0.5 * len(below)):
            years += 1
        elif _is_value(cell):
            values_over_values += 1
        elif cell and valued:
            words_over_values += 1
    if years >= 2 and values_over_values == 0:
        return True
    if values_over_values:
        return words_over_values > values_over_values
    return bool(words_over_values) or not _comes_back(first, body)


def _comes_back(first: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Whether a cell of the first record is also a value below it."""
    return any(cell and any(i < len(row) and row[i] == cell for row in body) for i, cell in enumerate(first))


def _is_value(cell: str) -> bool:
    return bool(_NUMBER.match(cell) or _DATE.match(cell))


def _body_width(rows: Sequence[Sequence[str]], named: int) -> int:
    """Columns the rows really have: unnamed ones count where half of the rows fill them."""
    wider = Counter(len(row) for row in rows if len(row) > named)
    enough = [width for width, count in wider.items() if count > 0.5 * len(rows)]
    return max(enough, default=named)
