"""Prove that a UTF-8 file is a regular table, at the speed of a vector scan, so that it can be read where it is."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from analytics.files.source import MAX_CELL, SAMPLE_CELLS, SAMPLE_ROWS

_BLOCK = 4 << 20
_QUOTE, _LF, _CR, _HASH = 34, 10, 13, 35
_TOTAL_LINE = re.compile(rb"""[\s";,\t|]*(?:(?:sous|grand|sub)[ -]?)?tota(?:l|ux)""", re.I)
_TOTAL_STARTS = np.frombuffer(b"TtSsGg", dtype=np.uint8)
_TOTAL_SECONDS = np.frombuffer(b"OoUuRr", dtype=np.uint8)
Positions = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]


def _marks(*values: int) -> npt.NDArray[np.bool_]:
    table = np.zeros(256, dtype=np.bool_)
    table[list(values)] = True
    return table


_BLANK_STARTS = _marks(32, 9, 0xC2, 0xE2)  # space, tab, first bytes of the no-break spaces in UTF-8
_BLANK_ENDS = _marks(32, 9, 0xA0, 0xAF)


@dataclass(slots=True)
class Regular:
    """A file proven regular.

    Args:
        records: header included.
        sample: cells of records taken at even distances, header included.
        padded: whether some cell may have outer blanks.
    """

    records: int
    sample: list[list[str]]
    padded: bool


@dataclass(slots=True)
class _Scan:
    """What is looked for, and what must stay the same from block to block."""

    separator: int
    width: int
    header: bytes | None
    every: int
    records: int = 0
    crlf: bool | None = None
    padded: bool = False
    ends_oddly: bool = False  # the last record lacks its first cell, or has only one: sums, or words under the table
    sample: list[bytes] = field(default_factory=list)


def prove_regular(
    path: Path, skip: int, delimiter: str, width: int, header: bytes | None, progress: Callable[[float], None]
) -> Regular | None:
    """Prove that every record is regular, or return None when anything in the file needs a closer look.

    Regular: every record has `width` cells; every quote opens or closes a cell, or is doubled inside one; one kind of
    line end; no NUL, no blank or empty record, none beyond 100,000 bytes; no total, comment or second header line; the last record
    begins with a filled cell, and has others.

    Args:
        path: UTF-8 file.
        skip: bytes of the byte-order mark.
        delimiter: one ASCII character.
        width: cells a record.
        header: raw first line, which must not come back; None without a header.
        progress: called with the share done, 0..1.
    """
    size = max(1, path.stat().st_size)
    carry, done = b"", skip
    with path.open("rb") as handle:
        handle.seek(skip)
        scan = _Scan(ord(delimiter), width, header, _distance(handle.read(1 << 16), size, width))
        handle.seek(skip)
        while block := handle.read(_BLOCK):
            done += len(block)
            data = carry + block
            if done >= size and not data.endswith((b"\n", b"\r")):
                data += b"\r\n" if b"\r\n" in data else b"\n"
            used = _check(data, scan)
            if used is None:
                return None
            carry = data[used:]
            if len(carry) > 2 * MAX_CELL:
                return None
            progress(done / size)
    if carry.strip(b"\r\n") or b"\r" in carry.replace(b"\r\n", b"") or (carry and width == 1) or scan.ends_oddly:
        return None
    lines = (line.decode() for line in scan.sample)
    return Regular(scan.records, list(csv.reader(lines, delimiter=delimiter)), scan.padded)


def _distance(head: bytes, size: int, width: int) -> int:
    """Records between two of the sample, from the length of the first ones."""
    records = size / max(1, len(head)) * max(1, head.count(b"\n"))
    return max(1, int(records / min(SAMPLE_ROWS, max(500, SAMPLE_CELLS // width))))


def _check(data: bytes, scan: _Scan) -> int | None:
    """Check the whole records at the start of `data`; return their length in bytes, or None when one is irregular."""
    if b"\x00" in data:
        return None
    text = np.frombuffer(data, dtype=np.uint8)
    ends, cells = np.flatnonzero(text == _LF), np.flatnonzero(text == scan.separator)
    quotes = np.flatnonzero(text == _QUOTE) if b'"' in data else np.empty(0, dtype=np.int64)
    ends = _outside(ends, quotes)
    if not len(ends):
        return 0
    used = int(ends[-1]) + 1
    quotes = quotes[: np.searchsorted(quotes, used)]
    if not _quotes_are_regular(text, quotes, scan.separator):
        return None
    cells = _outside(cells[: np.searchsorted(cells, used)], quotes)
    if not _line_ends_are_regular(data[:used], text, ends, scan):
        return None
    filled = _regular_records(data, ends, cells, scan)
    if not filled:
        return filled
    ends = ends[:filled]
    starts = np.concatenate((np.zeros(1, dtype=np.int64), ends[:-1] + 1))
    if _suspicious(data, text, starts, scan):
        return None
    last = data[int(starts[-1]) : int(ends[-1])].rstrip(b"\r").split(bytes([scan.separator]))
    scan.ends_oddly = scan.width > 2 and (not last[0] or sum(map(bool, last)) == 1)
    scan.padded = scan.padded or _has_blanks(text, starts, ends, cells, quotes, scan)
    first = -scan.records % scan.every
    scan.sample += [data[starts[i] : ends[i] + 1] for i in range(first, filled, scan.every)]
    scan.records += filled
    return int(ends[-1]) + 1


def _outside(positions: Positions, quotes: Positions) -> Positions:
    """Those positions that are not between an opening quote and its closing one (quotes alternate)."""
    if not len(quotes) or not len(positions):
        return positions
    if len(quotes) < len(positions):
        closed = len(quotes) // 2 * 2
        inside = np.searchsorted(positions, quotes[1:closed:2]) - np.searchsorted(positions, quotes[0:closed:2])
        if not inside.any() and (closed == len(quotes) or quotes[-1] > positions[-1]):
            return positions
    kept: Positions = positions[np.searchsorted(quotes, positions) % 2 == 0]
    return kept


def _regular_records(data: bytes, ends: Positions, cells: Positions, scan: _Scan) -> int | None:
    """How many records are regular: all, or all but blank lines that end the file; None otherwise."""
    counts = np.diff(np.searchsorted(cells, ends), prepend=0)
    lengths = np.diff(ends, prepend=-1) - (2 if scan.crlf else 1)
    if not len(np.flatnonzero(lengths > 0)):
        return None
    filled = int(np.flatnonzero(lengths > 0)[-1]) + 1
    if filled < len(ends) and (scan.width == 1 or data[int(ends[filled - 1]) + 1 :].strip(b"\r\n")):
        return None
    counts, lengths = counts[:filled], lengths[:filled]
    if (counts != scan.width - 1).any() or (lengths <= scan.width - 1).any() or int(lengths.max()) > MAX_CELL:
        return None
    return filled


def _quotes_are_regular(text: Bytes, quotes: Positions, separator: int) -> bool:
    """Every quote of even rank opens a cell or follows a quote; of odd rank, it closes one or precedes a quote."""
    if len(quotes) % 2:
        return False
    opening, closing = quotes[0::2], quotes[1::2]
    before, after = text[opening[opening > 0] - 1], text[closing + 1]
    opens = (before == separator) | (before == _LF) | (before == _QUOTE)
    closes = (after == separator) | (after == _LF) | (after == _CR) | (after == _QUOTE)
    return bool(opens.all() and closes.all())


def _line_ends_are_regular(data: bytes, text: Bytes, ends: Positions, scan: _Scan) -> bool:
    """All records end with LF, or all with CR LF; a CR stands nowhere else but before a LF."""
    returns = data.count(b"\r")
    if returns and returns != data.count(b"\r\n"):
        return False
    before = text[np.maximum(ends - 1, 0)] == _CR
    if scan.crlf is None:
        scan.crlf = bool(before[0])
    return bool(before.all() if scan.crlf else not before.any())


def _suspicious(data: bytes, text: Bytes, starts: Positions, scan: _Scan) -> bool:
    """Whether a total line, a comment or the header again may be among the records."""
    if scan.header and data.count(scan.header) > (1 if scan.records == 0 else 0):
        return True
    first = text[starts]
    if (first == _HASH).any():
        return True
    bare = starts
    for _ in range(2):  # past a quote, then past one more blank or quote
        bare = np.where(text[bare] == _QUOTE, bare + 1, bare)
    begins = np.isin(text[bare], _TOTAL_STARTS) & np.isin(text[np.minimum(bare + 1, len(text) - 1)], _TOTAL_SECONDS)
    empty_first = (first == scan.separator) | (first == 32)
    return any(_TOTAL_LINE.match(data, int(start)) for start in _few(starts, begins | empty_first))


def _few(starts: Positions, chosen: npt.NDArray[np.bool_]) -> Sequence[int]:
    found: list[int] = starts[chosen].tolist()
    return found


def _has_blanks(
    text: Bytes, starts: Positions, ends: Positions, cells: Positions, quotes: Positions, scan: _Scan
) -> bool:
    """Whether a cell may begin or end with a blank (in bytes: a few letters of UTF-8 look the same, and cost a trim)."""
    last = np.maximum(ends - (2 if scan.crlf else 1), 0)
    around = [(starts, last), (cells + 1, np.maximum(cells - 1, 0))]
    if len(quotes):
        around.append((quotes[0::2] + 1, np.maximum(quotes[1::2] - 1, 0)))
    return any(_BLANK_STARTS[text[b]].any() or _BLANK_ENDS[text[e]].any() for b, e in around)
