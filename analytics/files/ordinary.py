"""Which records of a block are surely rows, and what must be changed in their bytes; the others are judged one by one."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analytics.files.block import LF, Block, Flags, Positions
from analytics.files.cutting import QUOTE, Records
from analytics.files.source import MAX_CELL
from analytics.files.stacked import Shape, spellings

_TOTAL = re.compile(rb"(?:(?:grand|sous|sub)[ -]?)?tota(?:l|ux)", re.I)
_SPACE, _TAB, _HASH, _STAR, _DASH, _EQUALS, _BAR = 32, 9, 35, 42, 45, 61, 124
_LONG_DASH = 0x93  # last byte of an en dash
_BLANK_BYTES = b" \t\x00\x1a\xc2\xa0\xe2\x80\xaf\xef\xbb\xbf"  # bytes that blanks are made of (and a few letters hold)
_STRANGE = (b"\r", b"\x00", b"\x1a", b"\xef\xbb\xbf")  # what only the line-by-line reader cleans
_WIDE_BLANKS = (b"\xc2\xa0", b"\xe2\x80\xaf")
_STEPS = 64
_WORDS = np.frombuffer(b"totagransoussubtsub sub-", dtype=">u4").astype(np.int64)
_PAGES = np.frombuffer(b"pageseitpagi", dtype=">u4").astype(np.int64)  # page, Seite, pagina


@dataclass(slots=True)
class Ordinary:
    """What was told of the records of a block.

    Args:
        careful: records to be judged one by one.
        missing: cells that each lacks.
        dropped: first bytes, and ends, of what must go: blanks around cells, separators beyond the last column.
    """

    careful: Flags
    missing: Positions
    dropped: tuple[Positions, Positions]


def table(values: bytes) -> Flags:
    """A table of 256 flags: true at these bytes."""
    flags = np.zeros(256, dtype=np.bool_)
    flags[list(values)] = True
    return flags


class Judge:
    """Tells ordinary rows from records that must be judged one by one.

    Args:
        shape: of the table.
        separator: byte between two cells.
        has_separator: False where the table has one column and `separator` only stands for one.
    """

    def __init__(self, shape: Shape, separator: int, *, has_separator: bool) -> None:
        self._shape, self._separator, self._has_separator = shape, separator, has_separator
        self._passed = table(_BLANK_BYTES + bytes((separator, QUOTE)))
        names = {name for header in shape.headers if any(header) for name in (*spellings(next(filter(None, header))), *header) if name}
        self._headers = [self._key(name) for name in sorted(names)]
        self._headers += [(re.split("[^a-zA-Z]", title)[0].encode() or title[:1].encode(), False) for title in shape.titles if title[0] != "0"]
        firsts = bytes(key[0] for key, _ in self._headers if key)
        self._draws, self._ruled = table(b"-+=:"), table(b"-=_*~")
        self._suspect = table(
            bytes((LF, _HASH, _STAR, _DASH, _LONG_DASH)) + b"=_~tTsSgGpP" + firsts + b"-+=:" * (separator == _BAR)
        )
        self._opens_nothing = table(bytes((separator, LF, QUOTE)) + b" \t\r")  # an empty cell, or one that may be
        self._every = any(not key for key, _ in self._headers)  # a name that nothing plain begins
        self._ends = table(_BLANK_BYTES + bytes((separator, QUOTE, LF)))

    def _key(self, name: str) -> tuple[bytes, bool]:
        """The bytes that a name begins with, and whether they are the whole of it."""
        raw = name.encode()
        while raw and self._passed[raw[0]]:
            raw = raw[1:]
        plain = re.split(rb'["\n\r]', raw)[0]
        return plain, plain == raw

    def look(self, block: Block, found: Records) -> Ordinary:
        """Tell the records of a block apart.

        Args:
            block: where they are.
            found: how they are cut.
        """
        careful = found.irregular.copy()
        careful |= found.end - found.start > MAX_CELL
        for strange in _STRANGE:
            if strange in block.data:
                careful[found.holding(_places(block.data, strange))] = True
        if self._shape.formulas:
            careful[found.holding(found.quotes[block.text[found.quotes - 1] == _EQUALS])] = True
        if self._shape.width > 2 and self._shape.valued:
            careful |= found.cells == 1  # perhaps a row cut by another separator
        if self._shape.sums:
            for word in (b"ota", b"OTA"):
                careful[found.holding(_places(block.data, word))] = True
        if self._shape.patterns:
            after = np.minimum(np.concatenate((found.start - 1, found.marks)) + 1, len(block.text) - 1)
            careful[found.holding(after[self._opens_nothing[block.text[after]]])] = True
            careful |= found.cells < self._shape.width
        self._doubt(block, found, careful)
        missing = self._shape.width - found.cells
        long = np.flatnonzero((missing < 0) & ~careful)
        extra = -missing[long]
        empty = found.marks[found.mark[long] - extra] == found.end[long] - extra
        if not self._has_separator:
            empty[:] = False
        careful[long[~empty]] = True
        trailing = long[empty]
        low, high = self._blanks(block, found, careful)
        missing[careful] = 0
        return Ordinary(
            careful, np.maximum(missing, 0),
            (np.concatenate((found.end[trailing] + missing[trailing], low)), np.concatenate((found.end[trailing], high))),
        )  # fmt: skip

    def _doubt(self, block: Block, found: Records, careful: Flags) -> None:
        """Note the records that may be a total, a comment, the header again, the foot of a page, or hold nothing."""
        text, at = block.text, found.start.copy()
        going = np.flatnonzero(self._passed[text[at]])
        for _ in range(_STEPS):
            if not len(going):
                break
            at[going] += 1
            going = going[self._passed[text[at[going]]]]
        careful[going] = True
        if self._every:
            careful[:] = True
        doubted = np.flatnonzero(self._suspect[text[at]])
        where = at[doubted]
        begins = text[where]
        other_width = found.cells[doubted] != self._shape.width
        careful[doubted[(begins == LF) | (begins == _STAR) | ((begins == _HASH) & other_width)]] = True
        word = np.zeros(len(doubted), dtype=np.int64)
        for k in range(4):
            word = (word << 8) | (text[np.minimum(where + k, len(text) - 1)] | 0x20)
        for i in np.flatnonzero(np.isin(word, _WORDS)).tolist():
            if _TOTAL.match(block.data, int(where[i])):
                careful[doubted[i]] = True
        if self._separator == _BAR:
            drawn = [
                k for k in doubted[self._draws[begins]].tolist() if _is_drawn(block.data[found.start[k] : found.end[k]])
            ]
            careful[drawn] = True
        careful[doubted[self._ruled[begins] & (text[np.minimum(where + 1, len(text) - 1)] == begins)]] = True
        page = doubted[(begins == _DASH) | (begins == _LONG_DASH) | np.isin(word, _PAGES)]
        careful[page[self._alone(block, found, page, at[page])]] = True
        for key, whole in self._headers:
            same = doubted
            for k, byte in enumerate(key):
                same = same[text[np.minimum(at[same] + k, len(text) - 1)] == byte]
            if whole:
                same = same[self._ends[text[np.minimum(at[same] + len(key), len(text) - 1)]]]
            careful[same] = True

    def _alone(self, block: Block, found: Records, records: Positions, at: Positions) -> Flags:
        """Whether one cell at most of each record is filled: the one that holds byte `at`."""
        back = found.end[records] - 1
        going = np.flatnonzero(self._passed[block.text[back]])
        for _ in range(_STEPS):
            if not len(going):
                break
            back[going] -= 1
            going = going[(back[going] > at[going])]
            going = going[self._passed[block.text[back[going]]]]
        alone: Flags = np.searchsorted(found.marks, at) == np.searchsorted(found.marks, back)
        alone[going] = True
        return alone

    def _blanks(self, block: Block, found: Records, careful: Flags) -> tuple[Positions, Positions]:
        """First bytes, and ends, of the blanks around cells; records whose blanks are not all plain are noted."""
        text = block.text
        if self._separator == _TAB and len(found.quotes):
            tabs = np.flatnonzero(text == _TAB)
            careful[found.holding(tabs[~np.isin(tabs, found.marks, assume_unique=True)])] = True
        edge = (text == self._separator) | (text == LF) | (text == QUOTE)
        opens, closes = text == _SPACE, text == _SPACE
        if b"\t" in block.data and self._separator != _TAB:
            opens |= text == _TAB
            closes = opens
        wide = [mark for mark in _WIDE_BLANKS if mark in block.data]
        if wide:
            opens = opens | (text == 0xC2) | (text == 0xE2)
            closes = closes | (text == 0xA0) | (text == 0xAF)
        after = np.flatnonzero(opens[1:] & edge[:-1]) + 1
        if len(text) and opens[0]:
            after = np.concatenate((np.zeros(1, dtype=np.int64), after))
        before = np.flatnonzero(closes[:-1] & edge[1:])
        limit = int(found.end[-1]) if len(found.end) else -1
        low, high = self._stripped(block, found, careful, after[after <= limit], 1)
        last, first = self._stripped(block, found, careful, before[before <= limit], -1)
        low, high = np.concatenate((low, first + 1)), np.concatenate((high, last + 1))
        kept = ~careful[np.searchsorted(found.end, low)] if len(low) else np.zeros(0, dtype=np.bool_)
        return low[kept], high[kept]

    def _stripped(
        self, block: Block, found: Records, careful: Flags, at: Positions, step: int
    ) -> tuple[Positions, Positions]:
        """From blanks beside the edge of a cell, where plain blanks stop; records where they are of other kinds are noted."""
        text, size = block.text, len(block.text)
        beside = at - step
        quoted = (beside >= 0) & (text[beside] == QUOTE)
        beyond = beside[quoted] - step
        outer = (beyond < 0) | (text[beyond] == self._separator) | (text[beyond] == LF)
        inner = at[quoted][outer]
        careful[found.holding(inner[_is_blank(block, inner, self._separator, step)])] = True
        bare = at[~quoted]
        edges = bare - step
        outside = edges < 0
        place = np.minimum(np.searchsorted(found.marks, edges), max(0, len(found.marks) - 1))
        outside |= found.marks[place] == edges
        low = bare[outside]
        careful[found.holding(low[_is_blank(block, low, self._separator, step, plain=False)])] = True
        plain = _is_blank(block, low, self._separator, step, wide=False)
        low = low[plain]
        high = low.copy()
        going = np.arange(len(low))
        while len(going):
            high[going] += step
            going = going[(high[going] >= 0) & (high[going] < size)]
            going = going[_is_blank(block, high[going], self._separator, step, wide=False)]
        stopped = np.clip(high, 0, size - 1)
        careful[found.holding(stopped[_is_blank(block, stopped, self._separator, step, plain=False)])] = True
        return low, high


def _is_blank(
    block: Block, at: Positions, separator: int, step: int, *, plain: bool = True, wide: bool = True
) -> npt.NDArray[np.bool_]:
    """Whether a blank begins at each byte (or ends there, where `step` is -1), of the plain kinds, of the wide ones."""
    text, last = block.text, len(block.text) - 1
    found = np.zeros(len(at), dtype=np.bool_)
    if plain:
        found |= (text[at] == _SPACE) | ((text[at] == _TAB) & (separator != _TAB))
    if wide:
        for mark in _WIDE_BLANKS:
            same = np.ones(len(at), dtype=np.bool_)
            for k, byte in enumerate(mark if step > 0 else mark[::-1]):
                same &= text[np.clip(at + step * k, 0, last)] == byte
            found |= same
    return found


def _is_drawn(line: bytes) -> bool:
    """Whether a line may only draw the frame of a table."""
    return not line.strip(b"-+=|: \t\r\x0b\x0c\x1c\x1d\x1e\x1f") or not line.isascii()


def _places(data: bytes, what: bytes) -> Positions:
    """Where some bytes are."""
    found, at = list[int](), data.find(what)
    while at >= 0:
        found.append(at)
        at = data.find(what, at + 1)
    return np.array(found, dtype=np.int64)
