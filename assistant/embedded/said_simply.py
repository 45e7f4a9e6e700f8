"""French turns of phrase said in the words questions are mostly put in: « combien d'argent on a encaissé », « … et par quelle provenance »."""

from __future__ import annotations

import re

_MONEY = re.compile(r"\bcombien d['’]argent (?P<who>a-t-on|avons-nous|on a|nous avons|nous ont|nous a|ont|a|est-ce)\b", re.IGNORECASE)
_CASHED = re.compile(r"(?P<who>\bnous doi\w+ )?\b(?:combien d['’]argent|l['’]argent|argent) (?:est )?(?P<how>encaiss[ée]\w*|gagn[ée]\w*|rentr[ée]\w*|per[çc]u\w*|re[çc]u\w*|collect[ée]\w*)", re.IGNORECASE)
_BY_WHICH = re.compile(r"(?P<asked>\b(?:combien|nombre|nb|total|montant|ca|chiffre d['’]affaires|panier|taux|part|moyenne?)\b.*?),? (?:et )?(?P<by>par|selon) (?:quels?|quelles?) (?P<what>[^\W\d]+)(?P<rest>(?: (?:en|depuis|sur|l['’]an)\b[^?]*)?[ ?.!]*)$", re.IGNORECASE)


def said_simply(question: str) -> str:
    """The question with those turns said plainly, whatever else it says left as typed.

    Args:
        question: as typed, in French.
    """
    question = _MONEY.sub(lambda found: f"combien {found['who']}", question)
    question = _CASHED.sub(lambda found: found.group() if found["who"] else f"montant {found['how']}", question)
    return _BY_WHICH.sub(lambda found: f"{found['asked']} {found['by']} {found['what']}{found['rest']}", question)
