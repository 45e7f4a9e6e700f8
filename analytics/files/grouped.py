"""Rows under titles of groups: lines of one cell that say of which shop, month or seller the rows below are; told in a column of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from analytics.files.judge import judge
from analytics.files.layout import BLANK, Layout, is_value
from analytics.files.records import Record
from analytics.files.source import Reason
from analytics.files.tidy import shape_of

_LEAST, _SURE = 2, 3  # titles: that share a word or are named by sums; of any kind
_BY = re.compile(r"\b(?:by|par|per) ([^\W\d_]{3,})", re.I)
_WHOLE = 0.95  # share of the cells of the rows that are filled


def group_titles(layout: Layout, first: Sequence[Record]) -> list[str]:
    """The titles of groups among the first rows; none where lone cells may be rows of which little is known.

    Proof: the first row is one, none follows another, they all differ, are words, and the rows between them are whole; their
    own first cell may be empty, where the titles stand in a column of their own that has no name.
    """
    if not layout.header or layout.width < 3 or len(first) - layout.body < 4 or not _is_lone(_cells(first[layout.body])):
        return []
    shape, titles, rows, sums, above = shape_of(layout, first), list[str](), list[list[str]](), "", False
    for record in first[layout.body :]:
        cells = _cells(record)
        if judge(record, cells, shape, last=False) is Reason.TOTAL:
            sums += " " + " ".join(cells).casefold()
        elif _is_lone(cells):
            if above:
                return []
            titles.append(cells[0])
        elif any(cells):
            rows.append(cells)
        above = _is_lone(cells)
    apart = not any(row[0] for row in rows) and layout.names[0] == "column_1"
    filled = sum(bool(cell) for row in rows for cell in row) + apart * len(rows)
    words = [set(re.findall(r"[^\W\d_]+", title.casefold())) for title in titles]
    enough = len(titles) >= _SURE or (len(titles) >= _LEAST and bool(set.intersection(*words) or all(title.casefold() in sums for title in titles)))
    differ = len(set(titles)) == len(titles) and not set(titles) & {row[0] for row in rows}
    whole = len(rows) >= 2 * len(titles) - 1 and filled >= _WHOLE * layout.width * len(rows) and (apart or all(row[0] for row in rows))
    return titles if enough and differ and whole and shape.valued else []


def name_of_groups(titles: Sequence[str], above: Sequence[Record]) -> str:
    """What the column of the titles is called: the word they all begin with, else what the title of the report says they are.

    Args:
        titles: of the groups.
        above: what stands above the names of the columns (`Sales by Customer`, « Ventes par client »).
    """
    firsts = {title.split()[0] for title in titles}
    if len(firsts) == 1:
        return firsts.pop().strip(":")
    said = {word.lower() for record in above for cell in record.cells for word in _BY.findall(cell)}
    return said.pop().capitalize() if len(said) == 1 else "group"


def with_groups(records: Iterable[Record], first: Sequence[Record], layout: Layout, name: str) -> Iterator[Record]:
    """The same records, each row with the title above it in one more cell; the titles are marked as such.

    Args:
        records: of the whole file.
        first: the first ones.
        layout: of the table.
        name: of the column of titles.
    """
    group, shape = "", shape_of(layout, first)
    for i, record in enumerate(records):
        cells = _cells(record)
        if i < layout.body or record.too_long or len(cells) > layout.width:
            more = name if i == layout.body - 1 else ""
            yield replace(record, cells=[*cells, *[""] * (layout.width - len(cells)), more]) if more else record
        elif _is_lone(cells):
            group = cells[0]
            yield replace(record, heading=True)
        elif judge(record, cells, shape, last=False) is None:
            yield replace(record, cells=[*cells, *[""] * (layout.width - len(cells)), group])
        else:
            yield record


def _cells(record: Record) -> list[str]:
    cells = [cell.strip(BLANK) for cell in record.cells]
    while len(cells) > 1 and not cells[-1]:
        cells.pop()
    return cells


def _is_lone(cells: Sequence[str]) -> bool:
    return len(cells) == 1 and bool(cells[0]) and not is_value(cells[0]) and re.search(r"[^\W\d_]{2}", cells[0]) is not None
