"""« Qui va nous quitter ? », "which members are likely to leave": those about to leave, asked for by name."""

from __future__ import annotations

import re

from assistant.embedded.measuring import PERSON

_SOON = re.compile(
    r"\b(?:about to|going to|likely to|ready to|might|may|could|will|at risk of|in danger of|on the verge of) (?:soon )?(?:leav\w+|churn\w*|quit\w*|cancel\w*|go|unsubscrib\w+|stop\w*)\b|"
    r"\b(?:sur le point de|risqu\w+ de|susceptibles? de|pret(?:e?s)? a|vont|va|menac\w+ de|pourrai(?:en)?t) (?:nous |bientot )?(?:partir|quitter|resilier|arreter|se desabonner|s'en aller|annuler)\b"
)
_WHOM = re.compile(rf"^(?:et |and |so |alors )?(?:qui|who|whom|quels?|quelles?|which|(?:la |the )?list\w*|(?:donne|montre|give|show)\w*)\b|^(?:les |nos |the |our )?(?:\w+ ){{0,3}}{PERSON.pattern}")
_HOW_MANY_SOON = re.compile(
    rf"^(?:et |and |so |alors )?(?:how many|combien d[e']) ?(?:\w+ )?{PERSON.pattern}\b.{{0,24}}?\b(?P<soon>(?:will|are going to|are likely to|might|could|may) (?:leave|churn|quit|cancel)|(?:vont|risquent de|pourraient) (?:nous )?(?:partir|quitter|resilier))\b"
)
_NEXT = re.compile(r"\b(?:in |over |within |d'ici (?:a )?|dans |pendant |au cours de )?(?:the |le |la |les |l')?(?:next (?:\w+ )?(?:months?|weeks?|quarters?|years?|days)|(?:mois|semaine|trimestre|annee|an) prochaine?|(?:\w+ )?prochaine?s (?:mois|semaines|jours)|prochain (?:mois|trimestre)|fin de l'annee)\b")


def expected_soon(text: str) -> tuple[tuple[int, int], tuple[int, int] | None] | None:
    """Where a plain question asks how many will leave, and by when it says: no count of who has left.

    Args:
        text: the question.
    """
    found = _HOW_MANY_SOON.search(text)
    if found is None:
        return None
    when = _NEXT.search(text)
    return found.span("soon"), when.span() if when is not None else None


RISK = frozenset("likely risk risque risquent danger susceptibles susceptible".split())


def leaving_soon(text: str) -> bool:
    """Whether a plain question asks who is about to leave.

    Args:
        text: the question.
    """
    return _SOON.search(text) is not None and _WHOM.search(text) is not None
