"""« Les clients arrivés en 2023 », "who left within a year": when customers came, and how soon after it they left."""

from __future__ import annotations

import re

from assistant.embedded.columns import Columns
from assistant.embedded.comparisons import NUMBERS
from assistant.embedded.coverage import departing
from assistant.embedded.filters import Filter
from assistant.embedded.measuring import PERSON
from assistant.embedded.slotted import Slots
from assistant.embedded.tokens import Tokens

_WHO_CAME = re.compile(
    r"\b(?:customers?|clients?|clientes?|members?|membres?|subscribers?|abonnee?s?|adherente?s?|accounts?|comptes?|donors?|donateurs?|people|"
    r"personnes?|those|ceux|celles|buyers?|acheteurs?|users?|utilisateurs?|cohorte?)\s+(?:who\s+|that\s+|qui\s+|ayant\s+|de\s+|of\s+)?(?:have\s+|had\s+|were\s+|was\s+|"
    r"ont\s+ete\s+|ont\s+|avaient\s+|sont\s+|se\s+sont\s+|s'etaient\s+|etaient\s+)?"
    r"(?:joined|signed\s+up|registered|enrolled|arrived|acquired|recruited|became\s+customers?|started|"
    r"arrivee?s?|recrutee?s?|inscrite?s?|venue?s?|entree?s?|acquise?s?|adhere|souscrit|devenue?s?\s+clients?|commence)"
    r"\s+(?:in|during|since|between|en|au\s+cours\s+de|pendant|depuis|entre|le|au|dans|the|l')?\s*(?:the\s+|l'|le\s+|la\s+)?$"
)


def recruited_then(slots: Slots, tokens: Tokens, columns: Columns) -> None:
    """The period in which customers came says who they are, not when what is measured happened.

    Args:
        slots: what was read; its period is put right in place.
        tokens: the question.
        columns: what the data can be asked about.
    """
    period = slots.period
    if period is None or slots.compare is not None or slots.measure in _ARRIVALS:
        return
    came = _WHO_CAME.search(tokens.text[: period.span[0]])
    if came is not None and columns.dated and _VISITED.search(came.group()):
        return  # « venus en 2025 mais pas en 2026 »: who bought then, and not who arrived
    if came is not None:
        slots.filters.append(Filter("started", "between", (period.start.isoformat(), period.end.isoformat()), at=-1))
        slots.period = None


_VISITED = re.compile(r"\bvenue?s?\b")
_ARRIVALS = ("new_customers",)  # a count of arrivals is dated by the arrival itself


_COUNT = r"(?:\d+|" + "|".join(NUMBERS) + ")"
_UNIT = r"(?:weeks?|semaines?|months?|mois|years?|ans?|annees?)"
_OF_COMING = r"(?: (?:of|after|from|since|de|apres|depuis|qui (?:suit|suivent)|suivant)(?: (?:their|the|they|leur|la|l'|de))*(?: ?(?:joining|joined|signing up|sign-?up|arriving|arrival|registration|registering|starting|start|inscription|arrivee|adhesion|debut|premiere? (?:achat|commande)|first (?:order|purchase|payment)))?)?"
_SOON_AFTER = re.compile(
    rf"\b(?:(?:within|inside|in (?:under|less than)|before) (?:(?:the|their) first )?(?P<n>{_COUNT}) (?P<unit>{_UNIT})|(?:in|during|within) (?:the|their|his|her) first (?:(?P<n2>{_COUNT}) )?(?P<unit2>{_UNIT})|"
    rf"(?:en moins|au bout de moins|avant) (?:de |d')?(?P<n3>{_COUNT}) (?P<unit3>{_UNIT})|(?:des |dans |pendant |au cours de )?(?:la|leur|leurs|les) (?:(?P<n4>{_COUNT}) )?premiere?s? (?P<unit4>{_UNIT})|"
    rf"dans les (?P<n5>{_COUNT}) (?P<unit5>{_UNIT})(?= (?:de leur|apres|suivant|qui sui))|dans l'(?P<unit6>annee)(?= (?:de leur|suivant|qui sui)))\b{_OF_COMING}"
)
_MONTHS = {"s": 7 / 30.4375, "w": 7 / 30.4375, "m": 1.0, "a": 12.0, "y": 12.0}  # in a unit, by its first letter


def left_soon_after(slots: Slots, tokens: Tokens, columns: Columns) -> tuple[str, Filter | None] | None:
    """« Partis en moins d'un an », "left within a year of joining": so many months between coming and leaving, and the words that say it.

    Args:
        slots: what was read; completed in place.
        tokens: the question; what is read of it is taken.
        columns: what the data can be asked about.
    """
    match = _SOON_AFTER.search(tokens.text)
    if match is not None and not departing(tokens.text) and columns.named("tenure_months") is not None and _IN_FIRST.search(tokens.text[: match.end()]):
        months = _months_said(match)
        tokens.take_span(*match.span())
        slots.filters.append(Filter("lost", "=", (False,), at=-1))
        slots.filters.append(Filter("tenure_months", "<=", (months,), at=-1))
        return None
    if match is None or not departing(tokens.text):
        slots.unread += [match.group()] if match is not None and match.group() == tokens.text.strip(" ?.!") else []
        return None
    months = _months_said(match)
    place = tokens.at(match)
    tokens.take_span(*match.span())
    return match.group(), Filter("tenure_months", "<=", (months,), at=place) if columns.named("tenure_months") is not None else None


_IN_FIRST = re.compile(rf"\b{PERSON.pattern} (?:(?:who|that|qui) )?(?:(?:are|is|sont|est) )?(?:still |encore )?(?:in|within|dans|during|pendant) (?:the|their|leurs?|la|les) (?:first|premiere?s?|\w+ premiere?s?)\b")


def _months_said(match: re.Match[str]) -> float:
    groups = match.groupdict()
    unit = next(value for name, value in groups.items() if name.startswith("unit") and value)
    said = next((value for name, value in groups.items() if name.startswith("n") and value), "1")
    return round((int(said) if said.isdigit() else NUMBERS[said]) * _MONTHS[unit[0]], 2)


def of_who_left(slots: Slots, soon: tuple[str, Filter | None] | None) -> None:
    """Keep how soon they left where those who left are counted: of a rate or a cause, it would leave out who stayed longer.

    Args:
        slots: what was read; completed in place.
        soon: the words that say it, and the condition.
    """
    if soon is None:
        return
    gone = any(held.field == "lost" and held.values == (True,) for held in slots.filters)
    if soon[1] is not None and (slots.measure == "lost_customers" or (slots.measure == "customers" and gone)):
        slots.filters.append(soon[1])
    else:
        slots.unread.append(soon[0])
