"""What a document is made of, whatever the format it is written in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from vocabulary.language import Language

_WIDEST = 40  # characters: a longer cell is broken over lines


@dataclass(frozen=True, slots=True)
class Heading:
    """A title; level 1 is the document's own."""

    words: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Plain words; `strong` for a headline, `quiet` for a note."""

    words: str
    strong: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of plain sentences."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fields:
    """Labels and what stands beside them, one a line: the sheet of an action."""

    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of words; `numbers` are the positions of right-aligned columns."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()

    @property
    def shares(self) -> tuple[float, ...]:
        """How much of the width each column asks, from its longest cell or longest word of its head; they sum to 1."""
        asked = [
            min(_WIDEST, max(len(cell) for cell in (*(row[i] for row in self.rows), *head.split(" "))) + 2)
            for i, head in enumerate(self.heads)
        ]
        return tuple(size / sum(asked) for size in asked)


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as a Vega-Lite spec, with what it shows in words."""

    spec: dict[str, Any]
    words: str


Block = Heading | Paragraph | Bullets | Fields | Grid | Picture


@dataclass(frozen=True, slots=True)
class Document:
    """Blocks in order, in one language."""

    title: str
    language: Language
    blocks: tuple[Block, ...]
