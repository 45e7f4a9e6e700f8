"""States of the lines of a file, asked as a rate or a count: « taux de retour », "no-show rate", « le plus d'annulations »."""

from __future__ import annotations

import re

from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import Role
from assistant.embedded.columns import Columns
from assistant.embedded.filters import Filter
from assistant.embedded.ideas import idea, split_headers
from assistant.embedded.measuring import ORDERS, PERSON
from assistant.embedded.text import plain, words

RATED = re.compile(r"\btaux (?:de |d')(?P<fr>[a-z]+(?:-[a-z]+)*)|\b(?P<en>no shows?|[a-z]+(?:-[a-z]+)*) rates?\b|\brates? of (?P<of>[a-z]+(?:-[a-z]+)*)")
_SHORT = 3  # letters of a state said whole
_SHARE_OF = re.compile(r"\b(?:quelle|la|en|what|the) (?:part|share|proportion)|\bparts? (?:de|des|d')|\bshares? of|pourcentages?|percentages?|\bpercent\b|%")
CANCELLED = re.compile(r"\b(annul\w*|cancel\w*)\b")
_STEM = 5  # letters two words share to be of one family: « retour », "returned"
_STATE_COUNTED = re.compile(
    r"\b(?:le plus d'|le moins d'|le plus de |le moins de |the most |most |fewest |number of |nombre d'|nombre de |combien d'|combien de |how many )"
    r"(?P<state>annulations?|cancellations?|no[- ]?shows?|retours|returns|refunds|remboursements?|impayes|echecs|failures)\b"
)


def rate_of(text: str, columns: Columns, *, of_customers: bool = False) -> Filter | None:
    """« Taux de retour », "cancellation rate": the yes of a column of the file that is of that family.

    Args:
        text: the plain question.
        columns: what the data can be asked about.
        of_customers: of a column of theirs: « taux de réussite » where each has a result.
    """
    match = RATED.search(text)
    said = match and (match["fr"] or match["en"] or match["of"])
    if not said and (cancelled := CANCELLED.search(text)) and _SHARE_OF.search(text) and not PERSON.search(text[: cancelled.start()]):
        said = "cancellation"  # « part des rendez-vous annulés », and not « part des clients qui ont annulé »
    if not said or len(said) < _SHORT or PERSON.fullmatch(said):
        return None  # « taux de clients perdus »: people are no state of a line, whatever header names them (« Nouveau client »)
    stem = said[:_STEM]
    whole = "-" in said or " " in said or len(said) < _STEM  # "no-show rate", "DNA rate": the value said, its hyphen or not
    done = f"{said}ed" if whole and said.isalpha() and len(said) > _SHORT else said  # "open rate" is of « Opened »
    here = [field for field in columns.fields if field.on_purchases is not of_customers and not field.derived]
    named_too = {word.rstrip("s") for word in words(text)}
    here.sort(key=lambda field: -len(named_too & {word.rstrip("s") for word in words(split_headers(field.name))}))  # « réussite à la conduite »
    for field in here:
        named = any(part in (said, done) if whole else part.startswith(stem) for part in words(split_headers(field.name)))
        if field.type is ColumnType.FLAG and (named or any(idea(said) in alias for alias in field.aliases[:1])):
            return Filter(field.name, "=", (True,), field.on_purchases)
        values = _said_after(text[match.end() :] if match else "", said, field.values) or tuple(value for value in field.values if _of_family(value, said, whole=whole))
        if values and field.role in (Role.ORDER_STATUS, Role.ACCOUNT_STATUS, Role.ATTRIBUTE, Role.PAYMENT_METHOD, Role.RESOLVED):
            return Filter(field.name, "in" if len(values) > 1 else "=", values, field.on_purchases)
    return None


def _said_after(rest: str, said: str, values: tuple[str, ...]) -> tuple[str, ...]:
    """« Taux d'absence non excusée » where a state says « Absent non excusé »: the one state whose other words follow, all of them; none where none does."""
    following = [part.rstrip("s").rstrip("e") for part in words(rest)]
    held = [
        (len(state), value) for value in values
        if len(state := [part.rstrip("s").rstrip("e") for part in words(value)]) > 1 and state[0].startswith(said[:_STEM]) and following[: len(state) - 1] == state[1:]
    ]  # fmt: skip
    return (max(held)[1],) if held else ()


def _of_family(value: str, said: str, *, whole: bool) -> bool:
    """Whether a state is of the family a rate is of: « Annulé par le client » and « Annulé par nous » are both of the cancellations, « Non annulé » is none."""
    held = words(value)
    if whole:
        return [part.rstrip("s") for part in held] == [part.rstrip("s") for part in words(said)]
    at = next((place for place, part in enumerate(held) if part.startswith(said[:_STEM]) or idea(part) == idea(said)), None)
    return at is not None and not (_DENIED & set(held[:at]) and not _DENIED & set(words(said)))  # « Absent non excusé » is one of the absences


_DENIED = frozenset("non not no pas never jamais sans without".split())


def rate_of_leaving(text: str) -> bool:
    """Whether a plain question asks the rate of those who leave: "cancellation rate", of no order that it names."""
    match = RATED.search(text)
    said = match and (match["fr"] or match["en"] or match["of"])
    return bool(said and _OF_LEAVING.match(said) and not ORDERS.search(text))


_OF_LEAVING = re.compile(r"retent|reten|fidel|loyal|keep|renew|renouv|surviv|survie|abandon|resil|attrit|churn|defec|lapse|desabonn|depart|perte|loss|leav|exit|turnover|rotation|erosion|fuite|stay|cancel|annul|evasion|defaill")


def other_rate(question: str) -> str | None:
    """The word of a rate that is none of leaving: « taux d'occupation », "occupancy rate".

    Args:
        question: as typed.
    """
    match = RATED.search(plain(question))
    said = match and (match["fr"] or match["en"] or match["of"])
    return said if said and not _OF_LEAVING.match(said) else None


def rate_of_customers(text: str, columns: Columns) -> tuple[Filter, tuple[int, int]] | None:
    """« Taux de réussite », "renewal rate": the state of theirs whose share is asked, and where it is said.

    None when the rate is one of leaving, which is counted otherwise, or no column holds it.

    Args:
        text: the plain question.
        columns: what the data can be asked about.
    """
    match = RATED.search(text)
    said = match and (match["fr"] or match["en"] or match["of"])
    if match is None or not said or (_OF_LEAVING.match(said) and not said.startswith(("renew", "renouv"))):
        return None
    state = rate_of(text, columns, of_customers=True)
    return None if state is None else (state, match.span())


def state_counted(text: str, columns: Columns) -> tuple[Filter, tuple[int, int]] | None:
    """« Quel produit a le plus d'annulations ? »: the state whose orders are counted, and where it is said.

    None when the files have no such state, or people are counted.

    Args:
        text: the plain question.
        columns: what the data can be asked about.
    """
    match = _STATE_COUNTED.search(text)
    if match is None or PERSON.search(text):
        return None
    state = rate_of(f"taux de {re.sub('^no ?show', 'no-show', match['state'].rstrip('s'))}", columns)
    return None if state is None else (state, match.span("state"))


_CONVERTED = re.compile(r"\b(?:taux de (?:transformation|conversion|concretisation|closing|succes)|(?:conversion|win|closing|close|success|hit) rates?)\b")
_WON = ("acceptation", "gagnes", "signes", "signed", "won", "validation", "converti", "conclus")


def rate_of_the_won(text: str, columns: Columns) -> Filter | None:
    """« Taux de transformation des devis », "win rate": of those accepted, signed or won, whichever the lines say.

    Args:
        text: the plain question.
        columns: of the file of quotes, of opportunities.
    """
    match = _CONVERTED.search(text)
    told = (rate_of(f"taux de {state}", columns) for state in _WON) if match is not None else ()
    return next((rate for rate in told if rate is not None), None)
