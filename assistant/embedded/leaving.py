"""« Qui va nous quitter ? », "which members are likely to leave": those about to leave, asked for by name."""

from __future__ import annotations

import re

from assistant.embedded.measuring import PERSON

_SOON = re.compile(
    r"\b(?:about to|going to|likely to|ready to|might|may|could|will|at risk of|in danger of|on the verge of) (?:soon )?(?:leav\w+|churn\w*|quit\w*|cancel\w*|go|unsubscrib\w+|stop\w*)\b|"
    r"\b(?:sur le point de|risqu\w+ de|susceptibles? de|pret(?:e?s)? a|vont|va|menac\w+ de|pourrai(?:en)?t) (?:nous |bientot )?(?:partir|quitter|resilier|arreter|se desabonner|s'en aller|annuler)\b"
)
_WHOM = re.compile(rf"^(?:et |and |so |alors )?(?:qui|who|whom|quels?|quelles?|which|(?:la |the )?list\w*|(?:donne|montre|give|show)\w*)\b|^(?:les |nos |the |our )?(?:\w+ ){{0,3}}{PERSON.pattern}")
RISK = frozenset("likely risk risque risquent danger susceptibles susceptible".split())


def leaving_soon(text: str) -> bool:
    """Whether a plain question asks who is about to leave.

    Args:
        text: the question.
    """
    return _SOON.search(text) is not None and _WHOM.search(text) is not None
