"""« Marge par prestation » where the files hold no cost: that nothing tells it, and what would, rather than that the question is out of scope."""

from __future__ import annotations

import re

from analytics.datamodel.roles import Role
from analytics.study import Study
from assistant.answer import Reading
from assistant.embedded.text import plain
from vocabulary.sentence import say

_MARGIN = re.compile(r"\b(?:marges?|margins?|benefices?|profits?|profitability|rentabilites?)\b")
_SURE = 0.9


def no_margin(question: str, study: Study) -> Reading | None:
    """What is said of a margin the files cannot tell; None when none is asked, or when a column holds one.

    Args:
        question: as typed.
        study: the data.
    """
    if _MARGIN.search(plain(question)) is None or any(binding.role in (Role.MARGIN, Role.COST) for binding in study.model.bindings):
        return None
    return Reading("cannot_answer", (), _SURE, _NO_COST)


_NO_COST = say(
    "Vos fichiers ne portent ni coût ni marge : ajoutez le coût de ce que vous vendez, par ligne ou par article, pour avoir cette réponse.",
    "Your files hold neither costs nor margins: add what the things you sell cost you, by line or by item, to get this answer.",
)
