"""Cells merged over several rows of a sheet: what they say is said of each row, but for amounts, which sums would count several times."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Container
from dataclasses import dataclass, field
from pathlib import Path

_MERGED = re.compile(rb'<mergeCell [^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_SAYS_AMOUNT = re.compile(r"montant|total|prix|\bca\b|amount|price|sales|ventes|turnover|\bttc\b|\bht\b|pay[ée]|paid|co[ûu]t|cost|solde|balance", re.I)


@dataclass(slots=True)
class Merged:
    """The merged cells of a sheet, as its rows go by.

    Args:
        spans: for the first row of each cell merged over several, its column (from 0) and its last row.
        once: columns of amounts, left on the first row.
    """

    spans: dict[int, list[tuple[int, int]]]
    once: set[int] = field(default_factory=set)
    _held: dict[int, tuple[int, str]] = field(default_factory=dict)
    _words: dict[int, str] = field(default_factory=dict)

    def fill(self, number: int, cells: list[str], amounts: Container[int], words: Collection[int]) -> None:
        """Write into a row what the cells merged above it say, and hold what its own will say below.

        Args:
            number: of the row.
            cells: of the row; added to.
            amounts: columns of the row that hold an amount, by their format or their cents.
            words: columns of the row that hold words: the last above an amount is its name.
        """
        for column, (end, value) in self._held.items():
            if end >= number:
                cells += [""] * (column + 1 - len(cells))
                cells[column] = cells[column] or value
        self._held = {column: (end, value) for column, (end, value) in self._held.items() if end > number}
        self._words |= {column: cells[column] for column in words}
        for column, end in self.spans.get(number, ()):
            if column < len(cells) and cells[column]:
                if column in amounts or column not in words and _SAYS_AMOUNT.search(self._words.get(column, "")):
                    self.once.add(column)
                else:
                    self._held[column] = (end, cells[column])


def merged_down(path: Path, part: str) -> Merged:
    """The cells of a sheet merged over several rows of one column.

    Args:
        path: of the workbook.
        part: name of the sheet's file in it.
    """
    found, carry = dict[int, list[tuple[int, int]]](), b""
    with zipfile.ZipFile(path) as archive, archive.open(part) as stream:
        while block := stream.read(1 << 20):
            data = carry + block
            for left, top, right, bottom in _MERGED.findall(data):
                if left == right and int(bottom) > int(top):
                    found.setdefault(int(top), []).append((_column(left), int(bottom)))
            carry = data[-200:] if b"<mergeCell " in data[-200:] else b""
    return Merged(found)


def _column(letters: bytes) -> int:
    at = 0
    for letter in letters:
        at = at * 26 + letter - 64
    return at - 1
