"""Sums of blocks among the rows: which columns hold the word that marks them (`Lyon Total`), which cells they fill where no known word does."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from analytics.files.layout import amount, is_number, is_value

_WORD = r"(?:(?:sous|sub)[ -]?total|total|totaux|totals)"
_AFTER = re.compile(rf"(?P<of>\S.{{0,80}}?)\s*[-–—:]?\s+{_WORD}", re.I)
_BEFORE = re.compile(rf"{_WORD}\s+(?:de |du |of |for )?(?P<of>\S.{{0,80}})", re.I)
_ALONE = re.compile(rf"{_WORD}\s*:?", re.I)
_LOOKED_AT = 500
_LEAST = 2
_CENT = 0.011


def marked_columns(rows: Sequence[Sequence[str]], valued: frozenset[int]) -> frozenset[int]:
    """Columns where `Lyon Total`, or `Total`, marks rows that are the sums of those above: twice at least, and no row of sums that is not.

    Args:
        rows: the first rows, trimmed.
        valued: columns of numbers or dates.
    """
    proven, doubtful = Counter[int](), Counter[int]()
    for i, row in enumerate(rows[:_LOOKED_AT]):
        for j, cell in enumerate(row):
            if j in valued or not cell or not says_sum(cell) or cell.casefold().startswith("grand"):
                continue
            (proven if _are_sums(rows, i, j, valued) else doubtful)[j] += 1
            break
    return frozenset(j for j, n in proven.items() if n >= _LEAST and not doubtful[j] > 0.2 * n)


def sum_patterns(rows: Sequence[Sequence[str]], width: int, valued: frozenset[int]) -> frozenset[Pattern]:
    """Which few cells are filled in the rows that add up those above them: twice at least to the cent, and each time.

    A sum is that of the rows since the last such row, or since an earlier one (a running total, brought forward on the next page).

    Args:
        rows: the first rows, trimmed.
        width: number of columns.
        valued: columns of numbers or dates.
    """
    looked = [(row, pattern_of(row)) for row in rows[:_LOOKED_AT]]
    usual = Counter(pattern for _, pattern in looked).most_common(1)
    few = {pattern for row, pattern in looked if may_be_sums(row, width) and pattern != usual[0][0]}
    running = {pattern: _Running([k for k in pattern if k in valued]) for pattern in few}
    for row, pattern in looked:
        if pattern in few:
            running[pattern].close(row)
        else:
            for one in running.values():
                one.add(row)
    return frozenset(pattern for pattern, one in running.items() if one.proven >= _LEAST and not one.doubtful)


class _Running:
    """The sums of some columns as the rows go by, and whether rows of few cells are the difference of two of them."""

    def __init__(self, columns: Sequence[int]) -> None:
        self._totals = dict.fromkeys(columns, 0.0)
        self._rows, self._closed = 0, [(0, dict(self._totals))]
        self.proven, self.doubtful = 0, 0

    def add(self, row: Sequence[str]) -> None:
        """Go past a row that is no sum."""
        self._rows += 1
        for k in self._totals:
            self._totals[k] += amount(row[k]) if k < len(row) else 0.0

    def close(self, row: Sequence[str]) -> None:
        """Go past a row that may be one: proven by two rows at least, doubtful when it is the sum of none."""
        spans = [
            self._rows - rows for rows, totals in self._closed for k, total in totals.items()
            if amount(row[k]) and abs(amount(row[k]) - self._totals[k] + total) < _CENT
        ]  # fmt: skip
        self.proven += bool(spans) and max(spans) >= _LEAST
        self.doubtful += not spans
        self._closed.append((self._rows, dict(self._totals)))


Pattern = tuple[int, ...]


def pattern_of(cells: Sequence[str]) -> Pattern:
    """Which cells of a row are filled."""
    return tuple(i for i, cell in enumerate(cells) if cell)


def may_be_sums(cells: Sequence[str], width: int) -> bool:
    """Whether a row has a number, a word at most, and little else."""
    filled = [cell for cell in cells if cell]
    numbers = sum(map(is_number, filled))
    return width > 2 and numbers >= 1 and len(filled) - numbers <= 1 and len(filled) <= max(2, width / 2)


def says_sum(cell: str) -> bool:
    """Whether a cell marks the sums of a block."""
    return bool(_ALONE.fullmatch(cell) or _named(cell))


def _named(cell: str) -> str:
    """The block whose sums a cell marks; nothing where it names none."""
    found = _AFTER.fullmatch(cell) or _BEFORE.fullmatch(cell)
    return found["of"].casefold() if found else ""


def _are_sums(rows: Sequence[Sequence[str]], i: int, j: int, valued: frozenset[int]) -> bool:
    """Whether row `i` adds up the rows of its block right above, which its cell `j` names, or whose first cells are its own."""
    of = _named(rows[i][j])
    block = list[Sequence[str]]()
    for row in reversed(rows[:i]):
        said = row[j] if j < len(row) else ""
        if any(says_sum(cell) for k, cell in enumerate(row) if k not in valued):
            if said and says_sum(said) and bool(_ALONE.fullmatch(said)) == (not of):
                break
            continue  # sums of a smaller block
        same = not any(rows[i][k] and k < len(row) and row[k] and row[k] != rows[i][k] for k in range(j))
        if not same or (of and said and said.casefold() != of):
            break
        block.append(row)
    sums = [k for k, cell in enumerate(rows[i]) if k != j and is_number(cell)]
    others = [cell for k, cell in enumerate(rows[i]) if k > j and cell and not is_value(cell)]
    if not block or not sums:
        return False
    named = bool(of) and any(j < len(row) and row[j].casefold() == of for row in block)
    right = sum(_adds_up(rows[i][k], [row[k] for row in block if k < len(row)]) for k in sums)
    return right >= (1 if named or not others else len(sums) + 1) or (named and not others)


def _adds_up(total: str, cells: Sequence[str]) -> bool:
    found, expected = amount(total), sum(map(amount, cells))
    return found != 0 and abs(found - expected) <= 0.005 * abs(found) + 0.011
