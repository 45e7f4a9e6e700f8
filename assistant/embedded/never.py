"""What customers bought together, or never: « Cyrano et Cabaret à la fois », "bought tea but never cups"."""

from __future__ import annotations

import re

from assistant.embedded.filters import Filter
from assistant.embedded.measuring import PERSON, asked_of
from assistant.embedded.mentions import Mention
from assistant.embedded.slotted import Slots
from assistant.embedded.stated import EITHER
from assistant.embedded.tokens import Tokens

_ALSO = r"(?:ont|a|avaient) (?:aussi|egalement) (?:achete|commande|pris|reserve|loue)\w*|(?:have |had )?also (?:bought|buy|purchased?|ordered?|booked|rented|took|taken)"  # whoever is said to have
_BOTH = re.compile(rf"\b(both|a la fois|tous les deux|toutes les deux|as well as|{_ALSO})\b")
_SHARE_OF_PEOPLE = re.compile(rf"\b(?:parts?|shares?|proportion|percent(?:age)?|pourcentage) (?:de |des |d'|of )(?:the |our |nos |les )?{PERSON.pattern}")
_TOGETHER = re.compile(r"\b(both|a la fois|ainsi que|as well as|mais pas|but not|et pas|and not|et non)\b")


def several_bought(tokens: Tokens, found: list[Mention], slots: Slots) -> None:
    """Put right the conditions on several values bought: of customers, each is one of its own; what no condition tells is unread.

    Args:
        tokens: the question.
        found: the values said in it.
        slots: what was read; its filters are put right in place.
    """
    never = [mention for mention in found if mention.never]
    if never and slots.period is not None:
        slots.unread += [mention.value for mention in never]  # never in those days: told by no condition on customers
    none = [held for held in slots.filters if held.field == "orders" and held.operator in ("=", "<=", "<") and held.values[0] in (0, 1) and (held.operator, held.values[0]) not in (("=", 1), ("<=", 1))]
    if none and (slots.period is not None or any(held.on_purchases for held in slots.filters)):
        slots.unread += ["0"]  # no order among some orders
    found = [mention for mention in found if not mention.never]
    for name in dict.fromkeys(mention.field.name for mention in found):
        group = [mention for mention in found if mention.field.name == name]
        apart = not group[0].negated and any(mention.negated for mention in group)
        spots = {min(mention.places) for mention in group}  # « Annecy » is one value, however many ways the file spells it
        together = len(spots) > 1 and group[0].field.on_purchases and (_TOGETHER.search(tokens.text) or not EITHER.search(tokens.text))
        people = asked_of(Tokens(tokens.text)).thing == "people" or PERSON.match(tokens.text) is not None or _SHARE_OF_PEOPLE.search(tokens.text) is not None or re.search(_ALSO, tokens.text) is not None
        once_each = len(group) == len({mention.value for mention in group})
        ever = people and slots.period is None and once_each and group[0].field.on_purchases
        if ever and together and not apart and (_BOTH.search(tokens.text) or _BOUGHT_AND.search(tokens.text)):
            slots.filters = [held for held in slots.filters if held.field != name or held.ever]
            slots.filters += [_at(spot, name, group) for spot in sorted(spots)]  # each bought some day
        elif ever and apart and _BUT_NOT.search(tokens.text):
            slots.filters = [held for held in slots.filters if held.field != name or held.ever]
            slots.filters += [_at(spot, name, group) for spot in sorted(spots)]
        elif apart or (together and people):
            slots.unread.append(" + ".join(mention.value for mention in group))
        elif people and group[0].field.on_purchases and _ONLY.search(tokens.text):
            _nothing_else(slots, tokens, group)


def _nothing_else(slots: Slots, tokens: Tokens, group: list[Mention]) -> None:
    """« N'ont acheté que des lentilles »: some of those, and none of the rest; unread where the rest is too long to say, or days are named."""
    name, said = group[0].field.name, {mention.value for mention in group}
    rest = tuple(value for value in group[0].field.values if value not in said)
    only = _ONLY.search(tokens.text)
    if slots.period is not None or group[0].negated or not 0 < len(rest) <= _FEW:
        slots.unread.append(only.group() if only is not None else "only")
        return
    spot = min(group[0].places)
    slots.filters = [held for held in slots.filters if held.field != name or held.ever]
    slots.filters += [_at(spot, name, [mention for mention in group if min(mention.places) == spot]), Filter(name, "!=" if len(rest) == 1 else "not in", rest, False, spot, ever=True)]


_FEW = 24  # values that a condition may name
_BOUGHT_AND = re.compile(r"\b(?:bought|ordered|purchased|buy|achet\w*|commande\w*|pris|took|taken)\b.{2,60}\b(?:and|et)\b")
_BUT_NOT = re.compile(r"\b(?:bought|ordered|purchased|buy|achet\w*|commande\w*|pris|took|taken)\b.{2,60}\b(?:mais (?:pas|jamais)|but (?:not|no|never)|et pas|and not|et jamais|sans)\b")
_ONLY = re.compile(
    r"\b(?:(?:bought|ordered|purchased|taken|took|buy|buys) (?:only|just|nothing but|exclusively)|(?:only|just|exclusively) (?:ever )?(?:bought|ordered|purchased|took|taken|buy|buys)|"
    r"n'(?:ont|a) (?:jamais )?(?:achete|pris|commande)\w* que|(?:achet|pris|command)\w* (?:uniquement|seulement|exclusivement|rien que)|(?:uniquement|seulement|exclusivement) (?:achete|pris|commande)\w*)\b"
)


def _at(spot: int, name: str, group: list[Mention]) -> Filter:
    """The condition said at one place of the question, in each way the file spells it."""
    here = [mention for mention in group if min(mention.places) == spot]
    values = tuple(dict.fromkeys(mention.value for mention in here))
    one, several = ("!=", "not in") if here[0].negated else ("=", "in")
    return Filter(name, one if len(values) == 1 else several, values, False, spot, ever=True)
