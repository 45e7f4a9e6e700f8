"""Write columns of numbers as the lines of an exported table, in French or English habits, many lines a second.

Every column becomes an Arrow array of strings and the lines are joined by Arrow, so no Python loop runs per line.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from vocabulary.language import Language, Text

Days = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

NO_DAY = -(10**6)
_FIRST_DAY = int(np.datetime64("1899-01-01").astype(np.int64))
_LAST_DAY = int(np.datetime64("2035-12-31").astype(np.int64))


class Habits:
    """How one language writes a date, an amount, a yes and an empty cell.

    Args:
        language: "fr" (`;`, decimal comma, dd/mm/yyyy, byte-order mark, CRLF) or "en" (`,`, point, ISO dates, LF).
    """

    def __init__(self, language: Language) -> None:
        """Prepare the lookup tables of `language`."""
        self.language: Language = language
        french = language == "fr"
        self.separator = ";" if french else ","
        self.end_of_line = "\r\n" if french else "\n"
        self.mark = b"\xef\xbb\xbf" if french else b""
        self._point = "," if french else "."
        self._dates = _date_words(french)
        self._cents = pa.array([f"{self._point}{cents:02d}" for cents in range(100)])
        self._flags = self._words([Text("Oui", "Yes"), Text("Non", "No"), Text("", "")])

    def _words(self, words: Sequence[Text] | Sequence[str]) -> pa.Array:
        plain = [word if isinstance(word, str) else word.in_(self.language) for word in words]
        return pa.array([self._quoted(word) for word in plain])

    def _quoted(self, word: str) -> str:
        if any(mark in word for mark in (self.separator, '"', "\n")):
            return '"' + word.replace('"', '""') + '"'
        return word

    def dates(self, days: Days) -> pa.Array:
        """Write days since 1970-01-01, shape (n,); `NO_DAY` gives an empty cell."""
        positions = np.where(days == NO_DAY, len(self._dates) - 1, days - _FIRST_DAY)
        return self._dates.take(pa.array(positions))

    def money(self, cents: Codes) -> pa.Array:
        """Write non-negative amounts given in cents, shape (n,); a negative one gives an empty cell."""
        whole = pc.cast(pa.array(cents // 100), pa.string())
        written = pc.binary_join_element_wise(whole, self._cents.take(pa.array(cents % 100)), "")
        return pc.if_else(pa.array(cents < 0), "", written)

    def decimals(self, values: Floats) -> pa.Array:
        """Write non-negative numbers with one decimal, shape (n,); NaN gives an empty cell."""
        tenths = np.where(np.isnan(values), 0, np.round(np.nan_to_num(values) * 10)).astype(np.int64)
        parts = pc.cast(pa.array(tenths // 10), pa.string()), pc.cast(pa.array(tenths % 10), pa.string())
        return pc.if_else(pa.array(np.isnan(values)), "", pc.binary_join_element_wise(*parts, self._point))

    def integers(self, values: Codes) -> pa.Array:
        """Write non-negative whole numbers, shape (n,); a negative one gives an empty cell."""
        return pc.if_else(pa.array(values < 0), "", pc.cast(pa.array(values), pa.string()))

    def labels(self, codes: Codes, words: Sequence[Text] | Sequence[str]) -> pa.Array:
        """Write the word each code stands for, shape (n,); a code of -1 gives an empty cell."""
        table = self._words(list(words) + [""])  # type: ignore[arg-type]
        return table.take(pa.array(np.where(codes < 0, len(words), codes)))

    def flags(self, values: Flags) -> pa.Array:
        """Write yes or no, shape (n,)."""
        return self._flags.take(pa.array(np.where(values, 0, 1)))

    def identifiers(self, prefix: str, numbers: Codes, width: int) -> pa.Array:
        """Write `prefix` and the number padded with zeros, shape (n,); a negative one gives an empty cell."""
        padded = pc.utf8_lpad(pc.cast(pa.array(numbers), pa.string()), width, "0")
        return pc.if_else(pa.array(numbers < 0), "", pc.binary_join_element_wise(prefix, padded, ""))

    def joined(self, *parts: pa.Array | str) -> pa.Array:
        """Glue texts cell by cell."""
        return pc.binary_join_element_wise(*parts, "")


def _date_words(french: bool) -> pa.Array:
    days = np.arange(_FIRST_DAY, _LAST_DAY + 1).astype("datetime64[D]").astype(str)
    if french:
        days = np.array([f"{day[8:]}/{day[5:7]}/{day[:4]}" for day in days])
    return pa.array([*days.tolist(), ""])


class TableFile:
    """One exported file, written block after block.

    Args:
        folder: where it is written.
        name: file name without its ending, in both languages.
        columns: column names, in both languages.
        habits: how the language writes cells.
    """

    def __init__(self, folder: Path, name: Text, columns: Sequence[Text], habits: Habits) -> None:
        """Remember the shape; nothing is opened before `with`."""
        self.path = folder / f"{name.in_(habits.language)}.csv"
        self._names = [column.in_(habits.language) for column in columns]
        self._habits = habits
        self._stream: BinaryIO | None = None

    def __enter__(self) -> TableFile:
        """Open the file and write its header."""
        self._stream = self.path.open("wb")
        header = self._habits.separator.join(self._names) + self._habits.end_of_line
        self._stream.write(self._habits.mark + header.encode())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def write(self, cells: Sequence[pa.Array]) -> None:
        """Append one block of lines.

        Args:
            cells: one array of strings a column, in the order of the header, all of the same length.

        Raises:
            ValueError: when the number of columns is not that of the header, or the file is not open.
        """
        if len(cells) != len(self._names) or self._stream is None:
            raise ValueError(f"{self.path.name}: {len(cells)} columns for {len(self._names)} names, or file not open")
        if not len(cells[0]):
            return
        last = pc.binary_join_element_wise(cells[-1], self._habits.end_of_line, "")
        lines = pc.binary_join_element_wise(*cells[:-1], last, self._habits.separator)
        lines = pa.concat_arrays(lines.chunks) if isinstance(lines, pa.ChunkedArray) else lines
        ends = np.frombuffer(lines.buffers()[1], dtype=np.int32)
        start, stop = int(ends[lines.offset]), int(ends[lines.offset + len(lines)])
        self._stream.write(lines.buffers()[2].slice(start, stop - start))
