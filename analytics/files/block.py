"""A stretch of a file held in memory: its lines, and the records that the line-by-line reader would find in it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from analytics.files.records import Cutter, NumberedLines, Record

Positions = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]
LF = 10


class NeedMore(Exception):
    """What is asked cannot be told before more of the file is read."""


class Block:
    """Whole lines of a UTF-8 file, each ended by a line feed alone.

    Args:
        data: the bytes.
        before: lines of the file that stand before these.
        ends_file: whether the file ends with them.
        cutter: of the dialect of the file.
    """

    def __init__(self, data: bytes, before: int, *, ends_file: bool, cutter: Cutter) -> None:
        self.data, self.text, self.before, self.ends_file = data, np.frombuffer(data, dtype=np.uint8), before, ends_file
        self.ends: Positions = np.flatnonzero(self.text == LF)
        self._cutter = cutter

    @property
    def lines(self) -> int:
        """Number of lines."""
        return len(self.ends)

    def start(self, line: int) -> int:
        """First byte of a line."""
        return int(self.ends[line - 1]) + 1 if line else 0

    def take(self, line: int) -> tuple[Record | None, int]:
        """Cut one record with the line-by-line reader.

        Args:
            line: index of the line that begins it.

        Returns:
            The record, None where the line is blank; and the index of the line after it.

        Raises:
            NeedMore: the record may go on beyond these lines.
        """
        source = NumberedLines(self._from(line), self.before + line)
        taken = source.take()
        if taken is None:
            raise IndexError(line)
        record = self._cutter.record(taken, source)
        return record, source.last - self.before

    def take_some(self, line: int, most: int) -> list[Record]:
        """The next records, blank lines left out; fewer than `most` only where the file ends.

        Raises:
            NeedMore: as `take`.
        """
        found = list[Record]()
        while len(found) < most and line < self.lines:
            record, line = self.take(line)
            if record is not None:
                found.append(record)
        if len(found) < most and not self.ends_file:
            raise NeedMore
        return found

    def _from(self, line: int) -> Iterator[tuple[str, bool]]:
        start = self.start(line)
        for i in range(line, self.lines):
            end = int(self.ends[i])
            yield self.data[start:end].decode().rstrip("\r\n"), False
            start = end + 1
        if not self.ends_file:
            raise NeedMore
