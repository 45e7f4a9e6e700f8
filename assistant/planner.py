"""The one thing a planner does: read a question as steps of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from analytics.study import Study
from assistant.answer import Answer, Reading
from vocabulary.language import Language


@dataclass(frozen=True, slots=True)
class Dialogue:
    """What a follow-up may inherit: the earlier turns, oldest first."""

    answers: tuple[Answer, ...] = ()


class Planner(Protocol):
    """Reads a question as steps; never writes a number, never runs an analysis."""

    def read(self, question: str, language: Language, dialogue: Dialogue, study: Study) -> Reading:
        """Read `question` in the light of the earlier turns and of the columns and values in `study`."""
        ...
