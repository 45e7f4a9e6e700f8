"""What the words of a status say: gone or still here, cancelled or kept, yes or no."""

from __future__ import annotations

import re

from analytics.datamodel.headers import plain

_GONE = re.compile(
    r"\b(churn(ed|er)?|lost|left|leaver|gone|exited|closed|cancel+ed|terminated|attrited|inactive|expired|ended|deleted|departed"
    r"|resilie?e?s?|parti(e|es|s)?|perdu(e|es|s)?|inactif|inactifs|inactive|ferme(e)?|cloture(e)?|expire(e)?|desabonne(e)?|radie(e)?"
    r"|demissionnaire|suspendu resilie|depart)\b"
)
_HERE = re.compile(
    r"\b(active?|actifs?|actives|current|stayed|joined|retained|existing|customer|client|loyal|fidele|open|live|renewed|renouvele|en cours"
    r"|trialing|present|abonne)\b"
)
_NEGATION = re.compile(r"\b(not|non|no|pas|never|jamais)\b")
_YES = frozenset({"oui", "yes", "true", "vrai", "y", "o", "1", "1.0", "x", "t"})
_NO = frozenset({"non", "no", "false", "faux", "n", "0", "0.0", "f"})


def means_yes(value: str) -> bool | None:
    """Whether a word says yes; None when it says neither yes nor no."""
    word = plain(value.strip())
    return True if word in _YES else (False if word in _NO else None)


def means_gone(value: str) -> bool | None:
    """Whether a status says the customer has gone; None when it does not tell."""
    word = plain(value.strip())
    denied = bool(_NEGATION.search(word))
    if _GONE.search(word):
        return not denied
    if _HERE.search(word):
        return denied
    return None
