"""Errors a manager sees, in one sentence that says what to do. Anything else is a bug and stays loud."""

from __future__ import annotations

import traceback
from pathlib import Path

from vocabulary.language import Language
from vocabulary.sentence import Sentence


class UserError(Exception):
    """Something the user can mend. Shown as it is; holds no personal data and no file contents."""

    def __init__(self, sentence: Sentence) -> None:
        """Keep the sentence in both languages; `str()` gives the English one."""
        self.sentence = sentence
        super().__init__(sentence.render("en"))

    def in_(self, language: Language) -> str:
        """Return the sentence in `language`."""
        return self.sentence.render(language)


class FileProblem(UserError):
    """A file that cannot be read as a table."""


class TooSlow(UserError):
    """A piece of work stopped at its time limit."""


def trail(problem: BaseException) -> str:
    """Where a programming error came from, for the log: its type and places, never its text, which may quote a file."""
    frames = traceback.extract_tb(problem.__traceback__)
    places = " > ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)
    return f"{type(problem).__name__} at {places}"
