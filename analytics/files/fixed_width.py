"""Text in columns of fixed width, as old systems print it: cut where no line has a letter, and written with tabs."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from analytics.files.encoding import Decoded

_SEPARATORS = ";\t|"
_LEAST_LINES = 5
_APART = 2  # blanks between two columns; one is enough where many lines tell, and a word of the first begins there
_MANY = 30
_BLANK = " \u00a0"


def column_starts(lines: Sequence[str]) -> tuple[int, ...] | None:
    """Where each column begins; None when the lines are not of columns of fixed width.

    Args:
        lines: the first lines, without their ends.
    """
    filled = [line.rstrip(_BLANK) for line in lines if line.strip()]
    if len(filled) < _LEAST_LINES or any(mark in line for mark in _SEPARATORS for line in filled):
        return None
    if sum(bool(re.search(r"\S {2,}\S", line)) for line in filled) < 0.9 * len(filled):
        return None
    written = np.zeros(max(map(len, filled)), dtype=bool)
    for line in filled:
        written[: len(line)] |= np.array([letter not in _BLANK for letter in line], dtype=bool)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], written, [False]]).astype(int)))
    starts, ends = edges[::2], edges[1::2]
    named = filled[0] if len(filled) >= _MANY else ""
    kept = [int(starts[0]), *(
        int(start) for start, end in zip(starts[1:], ends[:-1], strict=True)
        if start - end >= _APART or named[start : start + 1].strip(_BLANK)
    )]  # fmt: skip
    return tuple(kept) if len(kept) >= 2 and _is_regular(filled, kept) else None


def _is_regular(lines: Sequence[str], starts: Sequence[int]) -> bool:
    """Whether most lines fill most columns: prose drawn with blanks does not."""
    cut = [_cells(line, starts) for line in lines]
    return sum(sum(map(bool, cells)) >= max(2, 0.6 * len(starts)) for cells in cut) >= 0.8 * len(cut)


def rewrite(decoded: Decoded, starts: Sequence[int], lines: Iterable[str], target: Path) -> Decoded | None:
    """Write the text with tabs between the columns; None where a line further down has letters across two columns.

    Args:
        decoded: the text.
        starts: where each column begins.
        lines: all the lines of the text, without their ends.
        target: file written.
    """
    with target.open("w", encoding="utf-8", newline="") as handle:
        rows = csv.writer(handle, delimiter="\t", lineterminator="\n")
        for line in lines:
            if any(start < len(line) and line[start - 1] not in _BLANK for start in starts[1:]):
                return None
            rows.writerow(_cells(line, starts))
    return replace(decoded, path=target, bom=0)


def _cells(line: str, starts: Sequence[int]) -> list[str]:
    return [line[start:end].strip(_BLANK) for start, end in zip(starts, [*starts[1:], None], strict=True)]
