"""« Les clients arrivés en 2023 », "customers who joined last year": a period that says who is looked at."""

from __future__ import annotations

import re

from assistant.embedded.columns import Columns
from assistant.embedded.filters import Filter
from assistant.embedded.slotted import Slots
from assistant.embedded.tokens import Tokens

_WHO_CAME = re.compile(
    r"\b(?:customers?|clients?|clientes?|members?|membres?|subscribers?|abonnee?s?|adherente?s?|accounts?|comptes?|donors?|donateurs?|people|"
    r"personnes?|those|ceux|celles|buyers?|acheteurs?|users?|utilisateurs?|cohorte?)\s+(?:who\s+|that\s+|qui\s+|ayant\s+|de\s+|of\s+)?(?:have\s+|had\s+|were\s+|was\s+|"
    r"ont\s+ete\s+|ont\s+|avaient\s+|sont\s+|se\s+sont\s+|s'etaient\s+|etaient\s+)?"
    r"(?:joined|signed\s+up|registered|enrolled|arrived|acquired|recruited|became\s+customers?|started|"
    r"arrivee?s?|recrutee?s?|inscrite?s?|venue?s?|entree?s?|acquise?s?|adhere|souscrit|devenue?s?\s+clients?|commence)"
    r"\s+(?:in|during|since|between|en|au\s+cours\s+de|pendant|depuis|entre|le|au|dans|the|l')?\s*(?:the\s+|l'|le\s+|la\s+)?$"
)


def recruited_then(slots: Slots, tokens: Tokens, columns: Columns) -> None:
    """The period in which customers came says who they are, not when what is measured happened.

    Args:
        slots: what was read; its period is put right in place.
        tokens: the question.
        columns: what the data can be asked about.
    """
    period = slots.period
    if period is None or slots.compare is not None or slots.measure in _ARRIVALS:
        return
    came = _WHO_CAME.search(tokens.text[: period.span[0]])
    if came is not None and columns.dated and _VISITED.search(came.group()):
        return  # « venus en 2025 mais pas en 2026 »: who bought then, and not who arrived
    if came is not None:
        slots.filters.append(Filter("started", "between", (period.start.isoformat(), period.end.isoformat()), at=-1))
        slots.period = None


_VISITED = re.compile(r"\bvenue?s?\b")
_ARRIVALS = ("new_customers",)  # a count of arrivals is dated by the arrival itself
