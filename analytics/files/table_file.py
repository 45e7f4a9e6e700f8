"""The file a table is written to: the text itself as long as nothing had to be changed in it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

_BLOCK = 4 << 20


class TableFile:
    """Rows kept where they are, until one must be changed: those before it are then copied, and the others follow.

    Args:
        source: the text.
        table: written when the text cannot be the table itself.
        in_place: whether the text may be the table itself.
    """

    def __init__(self, source: Path, table: Path, *, in_place: bool) -> None:
        self._source, self._table, self.in_place = source, table, in_place
        self._begin = self._kept = 0
        self._out: BinaryIO | None = None if in_place else table.open("wb")

    def __enter__(self) -> TableFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._out is not None:
            self._out.close()

    def begin(self, line: int) -> None:
        """The rows begin after so many lines of the text."""
        self._begin = self._kept = line

    def keep(self, line: int) -> None:
        """The next rows, up to so many lines of the text, stay where they are (only while `in_place`)."""
        self._kept = line

    def write(self, pieces: Sequence[bytes | memoryview]) -> None:
        """Write rows that are not, or no longer, those of the text."""
        if self._out is None:
            self._out, self.in_place = self._table.open("wb"), False
            self._copy(self._out)
        self._out.writelines(pieces)

    def _copy(self, out: BinaryIO) -> None:
        """Copy the lines kept so far, each ended by a line feed alone."""
        passed, wanted = 0, self._kept
        with self._source.open("rb") as source:
            while passed < wanted and (block := source.read(_BLOCK)):
                block += source.readline()
                here = block.count(b"\n")
                start = end = 0
                if passed < self._begin:
                    start = _after(block, min(here, self._begin - passed))
                end = len(block) if passed + here < wanted else _after(block, wanted - passed)
                out.write(block[start:end].replace(b"\r\n", b"\n"))
                passed += here


def _after(block: bytes, lines: int) -> int:
    """Length of the first lines of a block."""
    at = 0
    for _ in range(lines):
        at = block.index(b"\n", at) + 1
    return at


def offset_of(path: Path, line: int, skip: int = 0) -> int:
    """First byte of a line of a text.

    Args:
        path: the text.
        line: lines above it.
        skip: bytes of the byte-order mark: where the first line begins.
    """
    passed, offset = 0, 0
    if not line:
        return skip
    with path.open("rb") as source:
        while block := source.read(_BLOCK):
            here = block.count(b"\n")
            if passed + here >= line:
                return offset + _after(block, line - passed)
            passed, offset = passed + here, offset + len(block)
    return offset
