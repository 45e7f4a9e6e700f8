"""Who bought in one period and nothing in another, or in both: customers told by two periods, which are not compared."""

from __future__ import annotations

import re
from datetime import date

from assistant.embedded.measuring import PERSON
from assistant.embedded.periods import Period
from assistant.embedded.slotted import Slots
from assistant.embedded.tokens import Tokens

_BUY = r"(?:re)?(?:achete\w*|commande\w*|venue?s?|depense\w*)|passe (?:de|aucune) commandes?|revenue?s?|bought|buy|ordered|order|purchased?|spent|come back|came back|returned"
_THEN = rf"(?:(?:{_BUY}|anything|nothing|rien|de nouveau|again|encore|aussi|too|also|yet|since|depuis|still|en|in|during|au cours de|pendant|sur|the year|year|l'annee|annee|the|l'|le|la|cette|this|ce|au)(?:[ ,]+|$))"
_NOTHING = re.compile(
    rf"(?:\bn'(?:ont|a|ayant|etaient|est) (?:pas|rien|plus|jamais)(?: rien)?|\b(?:mais|et|but|and|yet) (?:pas|plus|rien|not|nothing|none|no longer)|"
    rf"\b(?:did not|didn't|have not|haven't|had not|never|ne sont (?:pas|plus|jamais)|without (?:buying|ordering)|sans (?:rien )?(?:acheter|commander))|"
    rf"\b(?:bought|ordered|purchased|spent|achete\w*|commande\w*) (?:nothing|rien)) {_THEN}*$"
)
_AGAIN = re.compile(
    rf"\b(?:(?:ont|a|sont|have|has|did) )?(?:(?:aussi|egalement|encore|also|still) )?(?:rachete\w*|recommande\w*|revenue?s?|(?:bought|ordered|purchased) again|"
    rf"c[ao]me back|(?:buy|order|purchase) again|return(?:ed)?|(?:aussi|egalement|encore) (?:achete\w*|commande\w*)|(?:also|still) (?:bought|ordered|purchased)) {_THEN}*$"
)
_BOTH = re.compile(r"^ (?:et|and|ainsi qu'|puis|then)(?: (?:aussi|encore|egalement|also|again))? (?:en|in) $")
_IN_BOTH, _AND = re.compile(r"\b(?:both|a la fois)(?: (?:in|en))? $"), re.compile(r"^ (?:et|and) $")
_SINCE = re.compile(r"(?:depuis|since)\b")
_BOUGHT = re.compile(rf"\b(?:{_BUY})\b")


def bought_then(found: list[Period], tokens: Tokens, slots: Slots, *, after: bool = False) -> list[Period]:
    """The periods left once those when customers bought too, or nothing, are read: « clients de 2025 qui n'ont rien acheté en 2026 ».

    Args:
        found: the periods of the question, as they stand in it.
        tokens: the question; what is read of it is taken.
        slots: filled in place.
        after: the turn before counted who bought in a period: one alone is when they bought too.
    """
    if not 1 <= len(found) <= 2 or not (after or PERSON.search(tokens.text)):
        return found
    other, start = found[-1], found[0].span[1] if len(found) == 2 else 0
    ahead = tokens.text[start : other.span[0]]
    absent = _NOTHING.search(ahead)
    also = _AGAIN.search(ahead) if (len(found) == 2 or after) and absent is None else None
    if len(found) == 2 and also is None and _BOUGHT.search(tokens.text[: found[0].span[0]]):
        both = _IN_BOTH.search(tokens.text[: found[0].span[0]]) is not None
        also = _BOTH.search(ahead) or (_AND.search(ahead) if both else None)  # « ont acheté en 2024 et en 2025 », "in both 2024 and 2025"
    match = absent or also
    if match is None or (len(found) == 1 and _SINCE.match(tokens.text[other.span[0] :])):  # since a day until now: so many days of silence, told elsewhere
        return found
    slots.absent, slots.also = (other, None) if absent is not None else (None, other)
    tokens.take_span(start + match.start(), other.span[0])
    return [_before(found[0], other)] if len(found) == 2 else []


def _before(first: Period, other: Period) -> Period:
    """The first period, which stops with its year where it would hold the other ("customers from 2024")."""
    if not first.start <= other.start <= first.end:
        return first
    return Period(first.start, min(first.end, date(first.start.year, 12, 31)), first.span)
