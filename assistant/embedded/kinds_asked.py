"""The kind of purchase a question names by its own word: « dons », "donations", where a column tells dues from donations.

The noun is then a condition first, before it is a word for any purchase: the average donation is of donations. Asked with a total, an average, a verb of
money or by something, it is their money; « combien de dons » counts them; "how many donated" counts who made one.
"""

from __future__ import annotations

import re

from analytics.datamodel.roles import Role
from assistant.embedded.columns import Columns
from assistant.embedded.fields import Field
from assistant.embedded.filters import Filter
from assistant.embedded.ideas import idea
from assistant.embedded.measuring import PERSON, Asked
from assistant.embedded.mentions import Mention
from assistant.embedded.outcomes import of_one_family
from assistant.embedded.slotted import Slots
from assistant.embedded.text import words
from assistant.embedded.tokens import Tokens

_GIVEN = re.compile(r"dons?|gifts?|donations?")  # words for any purchase of some houses, and for a kind of payment of others
_OF_A_KIND = frozenset({Role.ATTRIBUTE, Role.TOPIC, Role.CATEGORY, Role.PRODUCT})
_OF_A_PAYMENT = frozenset({Role.ATTRIBUTE, Role.TOPIC})
_DID = re.compile(r"\b(?:how many|combien|nombre de|number of)\b")
_LONG = 6  # letters of a verb that may be of the family of a kind


def kind_named(tokens: Tokens, columns: Columns, slots: Slots) -> bool:
    """Read « dons » or "donations" as the value of a column of purchases, where one holds it; whether it was.

    Args:
        tokens: the question; the noun is taken.
        columns: what the data can be asked about.
        slots: its filters are completed in place.
    """
    for place, word in enumerate(tokens.words):
        if tokens.free(place) and _GIVEN.fullmatch(word) and (held := _held(word, columns)) is not None:
            slots.filters.append(Filter(held[0].name, "=", (held[1],), on_purchases=True, at=place))
            tokens.take([place])
            return True
    return False


_SAME = {"don": "donation", "dons": "donation"}  # in the other language; a gift may be a membership that is offered


def _held(word: str, columns: Columns) -> tuple[Field, str] | None:
    """The column of purchases, and the one of its several values, that a word names."""
    for field in columns.fields:
        if field.on_purchases and not field.derived and field.role in _OF_A_KIND and len(field.values) > 1:
            told = [value for value in field.values if [_SAME.get(idea(part), idea(part)) for part in words(value)] == [_SAME.get(idea(word), idea(word))]]
            if len(told) == 1:
                return field, told[0]
    return None


def money_of_the_kind(asked: Asked, found: list[Mention], tokens: Tokens, *, named: bool) -> None:
    """Set what is measured of a kind of payment that a question names and of which it says nothing else.

    Args:
        asked: the statistic and the thing; the thing is set in place.
        found: the values of the files it names.
        tokens: the question.
        named: the kind was read by `kind_named`.
    """
    kind = named or any(mention.field.on_purchases and mention.field.role in _OF_A_PAYMENT and not mention.negated for mention in found)
    if not kind or PERSON.search(tokens.text):
        return
    if asked.thing == "orders" and asked.statistic in ("mean", "median") and _ONE_OF_THEM.search(tokens.text):
        asked.thing = "basket"  # "average dues payment"
    if asked.thing is not None:
        return
    if asked.statistic == "count":
        asked.thing = "orders"
    elif asked.statistic in ("mean", "median", "max", "min"):
        asked.thing = "basket"
    elif asked.statistic == "sum" or (asked.statistic is None and (named or _BRING.search(tokens.text))):
        asked.thing = "amount"


_ONE_OF_THEM = re.compile(r"\b(?:average|avg|mean|median|typical) (?:[a-z]+ ){1,3}(?:order|purchase|payment)\b(?! (?:numbers?|counts?|per|by)\b)")
_BRING = re.compile(r"\b(?:bring|brings|brought|worth|rapport\w*|apport\w*|valent|how much|montants?|amounts?)\b")


_BEING = frozenset("is are was were been being".split())


def who_did(tokens: Tokens, columns: Columns, slots: Slots, asked: Asked) -> None:
    """"How many donated?" where a kind of payment is "Donation": who made one.

    Args:
        tokens: the question; the verb is taken.
        columns: what the data can be asked about.
        slots: its filters are completed in place.
        asked: the statistic and the thing; people are then counted.
    """
    if asked.statistic != "count" or asked.thing not in (None, "people") or _DID.search(tokens.text) is None:
        return
    kinds = [(field, value) for field in columns.fields if field.on_purchases and not field.derived and field.role in _OF_A_PAYMENT for value in field.values if len(words(value)) == 1]
    for place, word in enumerate(tokens.words):
        if word.endswith("ed") and _BEING & set(tokens.before(place, 1)):
            continue  # "how many units are rented": it is done to a thing, and nobody did it
        if not tokens.free(place) or len(word) < _LONG or not re.search(r"(?:ed|e|es|ees?)$", word) or PERSON.fullmatch(word):
            continue
        told = [(field, value) for field, value in kinds if idea(word) != idea(words(value)[0]) and of_one_family(words(value)[0], word)]
        if len(told) == 1:
            slots.filters.append(Filter(told[0][0].name, "=", (told[0][1],), on_purchases=True, at=place))
            tokens.take([place])
            asked.thing = "people"
            return
