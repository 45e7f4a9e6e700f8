"""Columns taken for sensitive data: named in a question, they are said to be left aside, and no value that shares a word with them answers for them."""

from __future__ import annotations

from analytics.datamodel.roles import Role
from analytics.study import Study
from assistant.answer import Reading
from assistant.embedded import wording
from assistant.embedded.ideas import split_headers
from assistant.embedded.sureness import CERTAIN
from assistant.embedded.text import words


def of_left_aside(question: str, study: Study) -> Reading | None:
    """« Clients par type de peau » where « Type de peau » was taken for sensitive data: said, with what to do if it is none.

    Args:
        question: as typed.
        study: the data.
    """
    said = f" {' '.join(words(question))} "
    held = [binding.name for binding in study.model.bindings if binding.role is Role.SENSITIVE]
    if not held:
        return None
    told = {" ".join(words(split_headers(binding.name))) for binding in study.model.bindings if binding.role is not Role.SENSITIVE}
    for header in held:
        spelt = " ".join(words(split_headers(header)))
        if spelt and spelt not in told and any(f" {spelt}{end} " in said for end in ("", "s")):
            return Reading("cannot_answer", (), CERTAIN, wording.left_aside(header))
    return None
