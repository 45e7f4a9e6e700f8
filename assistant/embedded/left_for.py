"""« Part des départs pour le prix », "how many left because of the price": a reason of leaving said by a word of its family, and never dropped."""

from __future__ import annotations

import re

from analytics.datamodel.roles import Role
from assistant.embedded.columns import Columns
from assistant.embedded.filters import Filter
from assistant.embedded.slotted import Slots
from assistant.embedded.text import words
from assistant.embedded.tokens import Tokens

_LEFT_FOR = re.compile(
    r"\b(?:departs?|departures?|resiliations?|cancellations?|partie?s?|perdue?s?|quitte\w*|left|leavers|leaving|lost|cancelled|churned)\b.{0,24}?\b"
    r"(?P<link>pour(?: (?:cause|raison|des? raisons?)(?: d[e'])?)?|a cause (?:de|du|des|d')|en raison (?:de|du|des|d')|due to|because of|over|on account of|for reasons? of) ?(?:(?:de |du |des |la |le |les |un |une |the |a |our |our )*|l'|d')(?P<what>[a-z]{4,})\b"
)
_FAMILIES = (
    frozenset("prix tarif tarifs cout couts cher chere chers price prices pricing cost costs expensive dear fee fees cheaper".split()),
    frozenset("demenagement demenagements demenage move moved moving relocation relocated".split()),
    frozenset("concurrence concurrent concurrents competitor competitors competition rival".split()),
    frozenset("qualite quality".split()),
    frozenset("service accueil support".split()),
)


def left_for(slots: Slots, tokens: Tokens, columns: Columns) -> None:
    """The customers who gave that reason are those counted; what no reason of the files says is said to be unread.

    Args:
        slots: what was read; completed in place.
        tokens: the question.
        columns: what the data can be asked about.
    """
    match = _LEFT_FOR.search(tokens.text)
    field = next((found for found in columns.fields if found.role is Role.CHURN_REASON and found.values), None)
    if match is None or field is None or any(held.field == field.name for held in (*slots.filters, *slots.part)) or field.name in slots.by:
        return
    place = next(place for place, (start, _) in enumerate(tokens.spans) if start >= match.start("what"))
    if any(place in range(held.at, held.at + 3) for held in (*slots.filters, *slots.part) if held.at >= 0) or (slots.period is not None and slots.period.span[0] <= match.start("what") < slots.period.span[1]):
        return  # « perdus pour le magasin de Lyon »: read of something else
    family = next((family for family in _FAMILIES if match["what"] in family), frozenset({match["what"]}))
    values = tuple(value for value in field.values if family & set(words(value)))
    if not values:
        slots.unread.append(match["what"])
        return
    tokens.take_span(*match.span("link"))
    tokens.take_span(*match.span("what"))
    reason = Filter(field.name, "=" if len(values) == 1 else "in", values, at=place)
    if slots.measure in ("share_customers", "lost_rate"):
        slots.measure, slots.part = "share_customers", [reason]
        slots.filters = [*(held for held in slots.filters if held.field != "lost"), Filter("lost", "=", (True,))]
    else:
        slots.filters = [*slots.filters, reason]
