"""« Les mensuels »: people named by how often they pay, where a column says so; a figure « mensuel » is told month by month."""

from __future__ import annotations

from analytics.datamodel.model import ColumnType
from assistant.embedded.columns import Columns
from assistant.embedded.filters import Filter
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


_PACES = frozenset("mensuel trimestriel semestriel annuel hebdomadaire monthly quarterly yearly annual weekly".split())
_PACED = frozenset(
    "contrats contrat contracts contract polices police abonnements abonnement subscriptions subscription adhesions memberships baux bail leases "
    "paiement payment reglement prelevement fractionnement facturation billing".split()
)
_OF_MONEY = frozenset("revenue revenues price prices fee fees amount amounts income value values cost costs bill bills rate rates".split())
_LINES = frozenset("commandes orders".split())  # what the lines of a file are called once read


def paced(tokens: Tokens, columns: Columns) -> Filter | None:
    """« Contrats mensuels », « payés mensuellement » where a column tells Mensuel from Annuel: those contracts, and no split by month.

    Args:
        tokens: the question; what is read of it is taken.
        columns: what the data can be asked about.
    """
    for place, word in enumerate(tokens.words):
        pace = _pace(word)
        before = tokens.words[place - 1] if place else ""
        after = tokens.words[place + 1] if place + 1 < len(tokens) else ""
        ahead = (after in _PACED or (after in _LINES and not columns.sold)) and (tokens.words[place + 2] if place + 2 < len(tokens) else "") not in _OF_MONEY  # "annual contracts", and not "monthly subscription revenue"
        told = word.endswith("ement") or before in _PACED or ahead or (before in _LINES and not columns.sold)
        if pace is None or not told or not tokens.free(place):
            continue
        for field in columns.fields:
            held = [value for value in field.values if _pace(" ".join(words(value))) is not None] if field.type is ColumnType.CATEGORY and not field.derived else []
            value = next((one for one in held if _pace(" ".join(words(one))) == pace), None)
            if value is not None and len(held) > 1 and (field.on_purchases or not {before, after} & _LINES or word.endswith("ement")):
                tokens.take([place])
                return Filter(field.name, "=", (value,), field.on_purchases, place)
    return None


def _pace(word: str) -> str | None:
    """How often a word says: « mensuellement », « mensuelles » and « Mensuel » say it alike."""
    bare = word.removesuffix("ement").rstrip("s")
    bare = bare.removesuffix("le") if bare.endswith("elle") else bare.removesuffix("l") if bare.endswith("ell") else bare
    return bare if bare in _PACES else None


def says_people(tokens: Tokens, columns: Columns, place: int) -> bool:
    """Whether the word is a value of a column, said of those who hold it: it is no part of the name of a figure.

    Args:
        tokens: the question.
        columns: what the data can be asked about.
        place: of the word.
    """
    said = tokens.words[place].rstrip("s")
    return named_by_rhythm(tokens, place) and any([part.rstrip("s") for part in words(value)] == [said] for field in columns.fields for value in field.values)
