"""Several tables one under the other in a file: where the next one begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.files.layout import BLANK, is_value

_MAX_NAME = 60


@dataclass(frozen=True, slots=True)
class Shape:
    """What the rows of a table look like.

    Args:
        width: number of columns.
        headers: trimmed cells of each record that names them.
        firsts: these cells, with one of which a header begins that comes back, perhaps in another order.
        valued: columns of numbers or dates.
        keyed: whether every row begins with a filled cell.
        formulas: whether some cells are written ="...".
        lengths: filled lengths of the first rows.
        titles: lines of one cell above the table, digits as zeros: they come back at the top of each page.
        sums: columns where a word such as `Lyon Total` marks the sums of a block.
        patterns: which cells are filled in the rows that add up those above them, where no known word marks them.
    """

    width: int
    headers: Sequence[Sequence[str]]
    firsts: frozenset[str]
    valued: frozenset[int]
    keyed: bool
    formulas: bool
    lengths: frozenset[int]
    titles: frozenset[str] = frozenset()
    sums: frozenset[int] = frozenset()
    patterns: frozenset[tuple[int, ...]] = frozenset()


def spellings(name: str) -> frozenset[str]:
    """A header as it stands and in the letter cases that another program may give it."""
    return frozenset((name, name.lower(), name.upper(), name.capitalize()))


def begins_another(records: Sequence[Sequence[str]], shape: Shape, *, apart: bool) -> bool:
    """Whether a record begins another table: words where this table has numbers, and below them rows of their own.

    Args:
        records: trimmed cells of the record and of those that follow, a few.
        shape: of the table so far.
        apart: whether a blank line stands before the record.
    """
    titled = False
    if apart and len(records) > 2 and len(records[0]) == 1 and records[0][0] and shape.width > 1:
        records, titled = records[1:], True
    if len(records) < 2 or not shape.headers:
        return False
    names, below = records[0], records[1]
    if len(names) < 2 or not _are_names(names) or any(same_names(names, header) for header in shape.headers):
        return False
    ours = set(shape.headers[-1])
    if len(ours.intersection(names)) >= max(2, 0.5 * max(len(ours), len(names))):
        return True  # the same export with a column more, or less
    if not apart:
        return False
    valued = [i for i in shape.valued if i < len(names)]
    wider = len(names) > max(len(shape.headers[-1]), *shape.lengths, 0)  # than this table, though the file as a whole is as wide
    other_width = (len(names) != shape.width or wider) and len(below) == len(names)
    if not valued:
        plain = not any(letter.isdigit() for name in names for letter in name)
        return other_width and plain and len(names) not in shape.lengths
    named_values = any(is_value(cell) for cell in below[: len(names)]) or len(below) == len(names)
    return named_values and (other_width or len(valued) >= 2 or (titled and any(is_value(below[i]) for i in valued if i < len(below))))


def same_names(cells: Sequence[str], header: Sequence[str]) -> bool:
    """Whether cells are the names of the columns again, letter case apart."""
    return [cell.casefold() for cell in cells] == [cell.casefold() for cell in header]


def _are_names(cells: Sequence[str]) -> bool:
    plain = all(cell and len(cell) <= _MAX_NAME and not is_value(cell) and "@" not in cell for cell in cells)
    return plain and len({cell.casefold() for cell in cells}) == len(cells)


def recut(cells: Sequence[str], shape: Shape) -> list[str] | None:
    """A row that came in one piece, cut by another separator than the file's; None where the pieces are not those of a row."""
    if len(cells) != 1 or shape.width < 3 or not shape.valued or '"' in cells[0]:
        return None
    for mark in ";,\t|":
        if cells[0].count(mark) == shape.width - 1:
            parts = [part.strip(BLANK) for part in cells[0].split(mark)]
            values = [parts[i] for i in shape.valued if i < len(parts)]
            if any(values) and all(is_value(cell) for cell in values if cell) and sum(map(bool, parts)) > 0.5 * len(parts):
                return parts
    return None


def unglued(cells: Sequence[str], shape: Shape) -> list[str] | None:
    """A last row to which the names of a file glued below stick, no line end between them; None where that is not so."""
    for header in shape.headers:
        if len(header) == shape.width > 1 and len(cells) == 2 * shape.width - 1 and same_names(cells[shape.width :], header[1:]):
            last = cells[shape.width - 1]
            if header[0] and last.casefold().endswith(header[0].casefold()):
                return [*cells[: shape.width - 1], last[: -len(header[0])].strip(BLANK)]
    return None


def may_begin_another(cells: Sequence[str], shape: Shape, *, apart: bool) -> bool:
    """Whether a record may begin another table, by its trimmed cells alone: True where what follows must be looked at."""
    if not shape.headers:
        return False
    title = apart and len(cells) == 1 and shape.width > 1
    return title or (len(cells) > 1 and _are_names(cells))
