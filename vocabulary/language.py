"""The two languages, and a sentence written once in each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in French and in English, beside the code that says them.

    A template: `{name}` placeholders are filled by `Sentence`. It holds no digit, so that every number shown to a
    person comes from an `Estimate`, a date, a label or a `Threshold` (a contract test enforces it).
    """

    fr: str
    en: str

    def in_(self, language: Language) -> str:
        """Return the words in `language`, placeholders untouched."""
        return self.fr if language == "fr" else self.en
