"""A plain question cut in words, each read at most once: what one slot has taken, another leaves."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from assistant.embedded.ideas import idea

_TOKEN = re.compile(r"[a-z0-9]+(?:[.,]\d+)?|[<>=%€$£]+")


@dataclass(slots=True)
class Tokens:
    """The words of a plain question, with what has been taken of them."""

    text: str
    marked: frozenset[str] = frozenset()  # the words typed with a capital inside the sentence, or with their accents
    words: list[str] = field(init=False)
    ideas: list[str] = field(init=False)
    spans: list[tuple[int, int]] = field(init=False)
    taken: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Cut the text."""
        matches = list(_TOKEN.finditer(self.text))
        self.words = [match.group() for match in matches]
        self.ideas = [idea(word) for word in self.words]
        self.spans = [match.span() for match in matches]

    def __len__(self) -> int:
        """How many words."""
        return len(self.words)

    def free(self, place: int) -> bool:
        """Whether there is a word there that nothing has taken."""
        return 0 <= place < len(self.words) and place not in self.taken

    def take(self, places: Iterable[int]) -> None:
        """Mark words as read."""
        self.taken.update(places)

    def take_span(self, start: int, end: int) -> None:
        """Mark the words of a stretch of the text as read."""
        self.take(place for place, (low, high) in enumerate(self.spans) if low < end and start < high)

    def after(self, end: int) -> int:
        """The place of the first word that begins at a letter or later; the number of words when none does."""
        return next((place for place, span in enumerate(self.spans) if span[0] >= end), len(self))

    def before(self, place: int, count: int) -> list[str]:
        """The words just before a place, nearest last."""
        return self.words[max(0, place - count) : place]

    def at(self, match: re.Match[str]) -> int:
        """The place of the first word of a match on the text."""
        return next((place for place, (_, high) in enumerate(self.spans) if high > match.start()), 0)
