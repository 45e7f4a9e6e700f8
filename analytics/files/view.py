"""The records of a block without its blank lines, as they are judged: what was told of them in bulk, then one by one."""

from __future__ import annotations

import numpy as np

from analytics.files.block import Block, Flags, Positions
from analytics.files.cutting import Records
from analytics.files.ordinary import Ordinary
from analytics.files.records import Record


class Unfit(Exception):
    """The text can only be read line by line."""


class View:
    """Records of a block, blank lines left out.

    Args:
        block: where they are.
        found: how they are cut.
        seen: what was told of them in bulk.
        last: number of the last line of the record before them; 0 where none was a row's.
        empty: whether that record has no filled cell.
    """

    def __init__(self, block: Block, found: Records, seen: Ordinary, last: int, *, empty: bool = False) -> None:
        filled = found.end > found.start
        self.block, self.blank = block, found.end[~filled]
        self.first, self.last, self.start, self.end = (
            part[filled] for part in (found.first, found.last, found.start, found.end)
        )  # fmt: skip
        self.careful: Flags = seen.careful[filled]
        self.missing: Positions = seen.missing[filled]
        self.dropped = seen.dropped
        self.gone: Flags = np.zeros(len(self.first), dtype=np.bool_)  # lines that turned out to be blank
        before = np.concatenate((np.array([last - block.before - 1], dtype=np.int64), self.last[:-1]))[
            : len(self.first)
        ]
        self.apart: Flags = self.first > before + 1  # a blank line stands above
        if not last:
            self.apart[:1] = False
        self.empty: Flags = np.zeros(len(self.first), dtype=np.bool_)  # records found to have no filled cell
        self._before, self._empty, self._known = last, empty, dict(found.known)

    def cut(self, k: int) -> Record | None:
        """Record `k` cut by the line-by-line reader; None where its line is blank.

        Raises:
            NeedMore: it may go on beyond the block.
            Unfit: the line-by-line reader does not see the same lines in it.
        """
        line = int(self.first[k])
        if line not in self._known:
            self._known[line], after = self.block.take(line)
            if after != int(self.last[k]) + 1:
                raise Unfit
        return self._known[line]

    def record(self, k: int) -> Record:
        """The same, for a record known not to be blank."""
        record = self.cut(k)
        if record is None:
            raise Unfit
        return record

    def empty_before(self, k: int) -> bool:
        """Whether the record before record `k` has no filled cell."""
        while k > 0 and self.gone[k - 1]:
            k -= 1
        return bool(self.empty[k - 1]) if k else self._empty

    def last_before(self, k: int) -> int:
        """Number of the last line of the record before record `k`; 0 where there is none."""
        while k > 0 and self.gone[k - 1]:
            k -= 1
        return self.block.before + int(self.last[k - 1]) + 1 if k else self._before
