"""Columns filled on the first row of each block only, as reports and exports of orders write them: their values are those of the block."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from analytics.files import notes
from analytics.files.judge import judge
from analytics.files.layout import BLANK, Layout, is_number
from analytics.files.records import Record
from analytics.files.sample import Sample
from analytics.files.source import Reason, Source
from analytics.files.tidy import shape_of

_TOTAL = re.compile(r"\b(?:(?:sous|sub)[ -]?)?tota(?:l|ux)\b")
_TICKS = frozenset(("x", "oui", "yes", "o", "y", "vrai", "true", "✓", "✔", "nouveau", "nouvelle", "new", "premier", "first"))
_FULL, _BLOCKS, _RUNS = 0.98, 2, 2
_REPEATED = 0.6  # share of the rows whose next cell is found in several blocks


@dataclass(frozen=True, slots=True)
class Blocks:
    """Which columns to fill.

    Args:
        columns: their indices.
        key: column whose value says that the block goes on; None where the first column begins each block.
    """

    columns: tuple[int, ...]
    key: int | None


def blocks_of(layout: Layout, first: Sequence[Record]) -> Blocks | None:
    """The columns filled once a block, by the first rows; None where blanks may well mean that there is nothing.

    Args:
        layout: of the table.
        first: the first records of the file.
    """
    width, body = layout.width, first[layout.body :]
    if len(body) < 4 or width < 3 or not any(0.02 < _share(body, i) < 0.85 for i in range(width)):
        return None
    shape = shape_of(layout, first)
    rows, sums = list[list[str]](), set[str]()
    for record in body:
        cells = [cell.strip(BLANK) for cell in record.cells]
        reason = judge(record, cells, shape, last=False)
        if reason is None and len(cells) <= width:
            rows.append(cells + [""] * (width - len(cells)))
        elif reason is Reason.TOTAL:
            sums |= {word for cell in cells if (word := _TOTAL.sub("", cell.casefold()).strip(" :-"))}
    if len(rows) < 4:
        return None
    filled = [sum(bool(row[i]) for row in rows) / len(rows) for i in range(width)]
    return _by_position(rows, filled, sums) or _by_key(rows, filled)


def _share(body: Sequence[Record], i: int) -> float:
    """About how many of the rows fill a column."""
    return sum(i < len(record.cells) and bool(record.cells[i].strip(BLANK)) for record in body) / len(body)


def _by_position(rows: Sequence[Sequence[str]], filled: Sequence[float], sums: set[str]) -> Blocks | None:
    """The first columns of a report by groups: outer ones filled only where a group begins, inner ones there at least.

    Proof: sums named after each group, or what `_are_groups` tells.
    """
    depth = 0
    while depth < len(filled) and filled[depth] < _FULL:
        depth += 1
    rest = filled[depth:]
    if not depth or depth > 4 or len(rest) < 1 or any(share < _FULL for share in rest[:1]) or not all(rows[0][:depth]):
        return None
    if sum(share >= _FULL for share in rest) < 0.7 * len(rest) or any(filled[i] > filled[i + 1] for i in range(depth - 1)):
        return None
    if filled[0] > 0.6 or any(row[i] and not row[i + 1] for row in rows for i in range(depth - 1)):
        return None
    outer, inner = [row[0] for row in rows if row[0]], depth - 1
    if len(outer) < _BLOCKS or len(set(outer)) < len(outer):
        return None
    summed = depth == 1 and all(word.casefold() in sums for word in outer[:-1])
    if not summed and not _are_groups(rows, depth, inner):
        return None
    return Blocks(tuple(range(depth)), None)


def _are_groups(rows: Sequence[Sequence[str]], depth: int, inner: int) -> bool:
    """Whether what stands beside the groups comes back from one group to another, and never twice in one; or they are all as long."""
    block, members = -1, defaultdict[str, list[int]](list)
    sizes = Counter[int]()
    for row in rows:
        block += bool(row[inner])
        members[row[depth]].append(block)
        sizes[block] += 1
    if depth > 1:
        again = defaultdict[str, set[int]](set)
        outer = -1
        for row in rows:
            outer += bool(row[0])
            if row[1]:
                if outer in again[row[1]]:
                    return False
                again[row[1]].add(outer)
    if any(len(set(found)) < len(found) for found in members.values()):
        return False
    lengths = list(sizes.values())[:-1]  # the sample may cut the last one
    regular = len(lengths) >= 3 and len(set(lengths)) == 1 and lengths[0] >= 3
    repeated = sum(len(found) for found in members.values() if len(found) > 1)
    return (regular or repeated >= _REPEATED * len(rows)) and max(sizes.values()) >= 2


def _by_key(rows: Sequence[Sequence[str]], filled: Sequence[float]) -> Blocks | None:
    """Columns of an order, filled on its first line only: those that are no numbers, which sums would count several times."""
    for key in range(min(3, len(filled))):
        if filled[key] < 1:
            continue
        again = [i > 0 and rows[i][key] == rows[i - 1][key] for i in range(len(rows))]
        begins = [rows[i] for i in range(len(rows)) if not again[i]]
        goes_on = [rows[i] for i in range(len(rows)) if again[i]]
        long = sum(again[i] and not again[i - 1] for i in range(1, len(rows)))
        if long < _RUNS or len({row[key] for row in begins}) < len(begins):
            continue
        once = [
            i for i in range(len(filled))
            if i != key and not any(row[i] for row in goes_on) and sum(bool(row[i]) for row in begins) >= 0.95 * len(begins)
        ]  # fmt: skip
        telling = any(len({row[i] for row in begins}) >= 0.5 * len(begins) for i in once)  # a tick on first purchases is none
        words = tuple(
            i for i in once
            if not all(is_number(row[i]) for row in begins if row[i]) and not {row[i].lower() for row in begins if row[i]} <= _TICKS
        )  # fmt: skip
        if telling and words and (len(once) >= 2 or long >= 10) and any(filled[i] >= _FULL for i in range(len(filled)) if i != key):
            return Blocks(words, key)
    return None


def filled_down(source: Source, blocks: Blocks, place: Path) -> Source:
    """The same table with those columns filled; what was done is said.

    Args:
        source: as it was written.
        blocks: what to fill.
        place: CSV written.
    """
    sample, filled, rows = Sample(len(source.header)), 0, 0
    above, key = dict[int, str](), None
    with source.path.open(encoding="utf-8-sig", newline="") as handle, place.open("w", encoding="utf-8", newline="") as out:
        table, written = csv.reader(handle, delimiter=source.delimiter), csv.writer(out, lineterminator="\n")
        if source.header_line:
            next(table)
        for row in table:
            if not row:
                continue
            cells, fits = [cell.strip(BLANK) for cell in row], True
            if blocks.key is not None:
                fits, key = cells[blocks.key] == key, cells[blocks.key]
            begun = False  # an outer group that begins empties the inner ones
            for i in blocks.columns:
                if cells[i]:
                    above[i], begun = cells[i], True
                elif fits and not begun and above.get(i):
                    cells[i] = above[i]
                    filled += 1
                elif not fits:
                    above[i] = ""
            written.writerow(cells)
            if rows % sample.every == 0:
                sample.add([cells])
            rows += 1
    if rows != source.rows:
        raise AssertionError(f"{source.rows} rows written, {rows} filled")
    said = (*source.notes, notes.filled_down([source.header[i] for i in blocks.columns], filled))
    return replace(source, path=place, delimiter=",", header_line=False, notes=said, sample=sample.cells())
