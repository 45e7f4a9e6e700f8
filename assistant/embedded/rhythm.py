"""« Les mensuels »: people named by how often they pay, where a column says so; a figure « mensuel » is told month by month."""

from __future__ import annotations

from assistant.embedded.columns import Columns
from assistant.embedded.text import words
from assistant.embedded.tokens import Tokens

_SEVERAL = frozenset("les des nos mes aux ces de d vos the our".split())
_FOLLOWS = frozenset("en a au aux de du des par qui ont sont sur et ou depuis dans avec sans selon y that who are have in by at and or with since for vs contre".split())


def named_by_rhythm(tokens: Tokens, place: int) -> bool:
    """« Les mensuels », « combien de trimestriels », "the annual ones": a plural with no noun beside it.

    Args:
        tokens: the question.
        place: of the word that says how often.
    """
    after = tokens.words[place + 1] if place + 1 < len(tokens) else ""
    if tokens.words[place].endswith("s") and _SEVERAL & set(tokens.before(place, 1)):
        return after in _FOLLOWS or not after.isalpha()
    return after in ("ones", "payers")


def says_people(tokens: Tokens, columns: Columns, place: int) -> bool:
    """Whether the word is a value of a column, said of those who hold it: it is no part of the name of a figure.

    Args:
        tokens: the question.
        columns: what the data can be asked about.
        place: of the word.
    """
    said = tokens.words[place].rstrip("s")
    return named_by_rhythm(tokens, place) and any([part.rstrip("s") for part in words(value)] == [said] for field in columns.fields for value in field.values)
