"""What a document is made of, whatever the format it is written in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from vocabulary.language import Language


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
class Grid:
    """A table of words; `numbers` are the positions of right-aligned columns."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as a Vega-Lite spec, with what it shows in words."""

    spec: dict[str, Any]
    words: str


Block = Heading | Paragraph | Bullets | Grid | Picture


@dataclass(frozen=True, slots=True)
class Document:
    """Blocks in order, in one language."""

    title: str
    language: Language
    blocks: tuple[Block, ...]
