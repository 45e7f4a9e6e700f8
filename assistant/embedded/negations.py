"""Words that deny or affirm what is said after them."""

from __future__ import annotations

import re

from assistant.embedded.tokens import Tokens

NEGATIONS = frozenset(
    "sans hors sauf except excluding without not non pas excepte excluant hormis outside no ni nor never jamais".split()
)
_OTHER_THAN = re.compile(r"\b(other than|autres? qu[e ]|but)\b")
AFFIRMATIONS = frozenset(
    "avec with having have has had avaient ayant ont prennent detenant possedant possedent possede detiennent own owns hold holds abonnes titulaires porteurs".split()
)


def denied(tokens: Tokens, place: int) -> bool:
    """Whether what is said there is denied by the words just before it."""
    near = tokens.before(place, 3)
    near = [] if _OF_A_STATE.search(" ".join(near)) else near
    return bool(NEGATIONS & set(near)) or _OTHER_THAN.search(" ".join(near)) is not None


_OF_A_STATE = re.compile(  # « non résolues à Lyon », "not paid in Leeds": the state is denied, and not where
    r"^(?:non \w+|pas (?:resolu|traite|regle|paye|clos|clotur|solde|livre|expedi|honor)\w*|not (?:yet )?(?:resolved|solved|settled|paid|closed|answered|delivered|shipped)) (?:a|au|aux|en|dans|chez|sur|pour|de|du|in|at|from|for)$"
)
LACKING = re.compile(r"^(?:sans|without|no|not|non|never|jamais|aucune?|pas)\b")
_NEVER = re.compile(
    r"\b(?:jamais|never|(?:n'ont|n'a|ne sont|n'etaient) (?:pas|rien|aucun\w*)|have not|haven't|has not|hasn't|did not|didn't|do not|don't|sans (?:avoir|jamais)|"
    r"without (?:ever )?(?:\w+ing|having))\b(?: [\w']+){0,5} ?$"
)


def never_bought(tokens: Tokens, place: int) -> bool:
    """Whether what is said there was never bought: « sans jamais faire de ski », "never ordered tea"."""
    return _NEVER.search(tokens.text[max(0, tokens.spans[place][0] - _NEAR) : tokens.spans[place][0]]) is not None


_NEAR = 44  # letters
