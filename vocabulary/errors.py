"""Errors a manager sees, in one sentence that says what to do. Anything else is a bug and stays loud."""

from __future__ import annotations

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
