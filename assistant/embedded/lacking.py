"""What a question asks of a house that its files do not hold, named: the margin, a colour that sells best; never only « beyond what I do »."""

from __future__ import annotations

import re

from analytics.datamodel.roles import Role
from analytics.study import Study
from assistant.answer import Reading
from assistant.embedded import wording
from assistant.embedded.absent import as_typed, no_column
from assistant.embedded.columns import Columns
from assistant.embedded.ideas import idea, same
from assistant.embedded.measuring import ORDERS, PERSON
from assistant.embedded.text import plain

_MARGIN = re.compile(r"\b(?P<said>(?:gross |net )?(?:margins?|profits?|profitability)|marges?(?: brutes?| nettes?)?|benefices?|rentabilite)\b")
_OURS = re.compile(r"\b(?:we|our|us|my|i|nous|notre|nos|on|mon|ma|mes|faisons|degageons|by|par|per|each|chaque|which|quel\w*)\b")
_SELLS_BEST = re.compile(
    r"^(?:(?:et|and|so|donc) )?(?:quel(?:le)?s?|which|what) (?P<what>[a-z]{3,})(?: (?:do|does|did|de produits?))? (?:sells?|sold|sell|brings?|earns?|makes?|se vend\w*|vend\w*|rapporte\w*|marche\w*|works?|performs?)\b"
)
_SURE = 0.9


def what_is_lacking(question: str, columns: Columns, study: Study) -> Reading | None:
    """What is said of a figure, or of a kind of goods, that no column tells; None when it is not what is asked.

    Args:
        question: as typed.
        columns: what the data can be asked about.
        study: the data.
    """
    text = plain(question)
    margin = _MARGIN.search(text)
    if margin is not None and _OURS.search(text) and not any(field.role is Role.MARGIN for field in columns.fields):
        return Reading("cannot_answer", (), _SURE, wording.no_such_figure(" ".join(as_typed(margin["said"].split(), question)), columns))
    best = _SELLS_BEST.match(text)
    if best is None or not columns.sold or PERSON.fullmatch(best["what"]) or ORDERS.fullmatch(best["what"]):
        return None
    said = idea(best["what"])
    held = any(len(alias) == 1 and same(alias[0], said) for field in columns.fields for alias in field.aliases)
    return None if held else Reading("cannot_answer", (), _SURE, no_column(best["what"], question, columns, study))
