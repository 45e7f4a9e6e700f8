"""Rows taken at even distances from a table whose length is not known beforehand."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence

from analytics.files.layout import BLANK
from analytics.files.source import SAMPLE_CELLS, SAMPLE_ROWS

_FEWEST = 750  # rows, however wide the table


class Sample:
    """Every n-th row from the first one, n a power of two, doubled whenever there are too many of them.

    Args:
        width: cells a row.
        delimiter: separator of the rows kept as they are written.
    """

    def __init__(self, width: int, delimiter: str = ",") -> None:
        self.every, self._width, self._delimiter = 1, width, delimiter
        self._most = max(_FEWEST, min(SAMPLE_ROWS, SAMPLE_CELLS // width) * 3 // 2)
        self._rows = list[Sequence[str] | bytes]()

    def add(self, rows: Iterable[Sequence[str] | bytes]) -> None:
        """Keep the next rows whose number, from 0, is a multiple of `every`: cells, or a row as it is written."""
        self._rows += rows
        while len(self._rows) > self._most:
            self._rows, self.every = self._rows[::2], 2 * self.every

    def cells(self) -> tuple[tuple[str, ...], ...]:
        """The cells of the rows kept, without outer blanks."""
        written = (row.decode() for row in self._rows if isinstance(row, bytes))
        parsed = csv.reader(written, delimiter=self._delimiter)
        return tuple(self._fitted(next(parsed) if isinstance(row, bytes) else row) for row in self._rows)

    def _fitted(self, row: Sequence[str]) -> tuple[str, ...]:
        cells = [cell.strip(BLANK) for cell in row[: self._width]]
        return (*cells, *[""] * (self._width - len(cells)))
