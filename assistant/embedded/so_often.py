"""« Plus de 10 réservations », "booked at least twice", « n'ont jamais réservé »: how often a file of lines names a customer, and what its verb is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from assistant.embedded.comparisons import NUMBERS
from assistant.embedded.ideas import split_headers
from assistant.embedded.record_tables import RecordTable
from assistant.embedded.text import plain, words

_NUMBER = r"(?P<count>\d+|" + "|".join(word for word in NUMBERS if word not in ("a", "once", "twice")) + ")"
_MORE, _LESS = r"(?:plus d(?:e |')|more than |over |au-dela de )", r"(?:moins d(?:e |')|fewer than |less than |under )"
_LEAST, _MOST, _EXACT = r"(?:au moins |at least |minimum )", r"(?:au plus |at most |maximum )", r"(?:exactement |exactly |only |seulement )"
_SO_MANY = rf"(?:(?P<how>{_MORE}|{_LESS}|{_LEAST}|{_MOST}|{_EXACT}))?{_NUMBER}(?P<upward> (?:ou|et) plus| or more|\+)?"
_UPWARD = r"(?: [a-z]+)?(?: (?:ou|et) plus| or more)\b"
_HAVING = r"(?:avec|ayant|with|having|qui ont|ont|who have|who had|that have|have|has|had)(?: (?:eu|fait|passe|ouvert|pris|recu|depose|made|had|opened|placed|taken|received|raised|filed))?"
_TWICE = {"once": 1, "twice": 2}
_ENDING = re.compile(r"(?:ations?|ings?|ions?|es?|s)$")
_OTHERWISE = {"reserv": "book", "book": "reserv"}  # one act in two languages: a French file is asked about in English too
_ROOT = 4  # letters under which a root would be found in too many verbs
_VERB = r"(?P<verb>[a-z]{4,})"
_NEVER = re.compile(rf"(?:(?:qui )?n'(?:ont|a|avaient) (?:encore |pas encore )?jamais|(?:who |that )?(?:have |has |had )?never|(?:who |that )?(?:haven't|hasn't|have not|has not|did not|didn't|don't|do not)(?: ever| yet)?) {_VERB}\b")
_EVER = re.compile(rf"(?:(?:qui )?(?:ont|a|avaient)(?: deja)?|(?:who|that)(?: have| has| had)?(?: ever| already)?|(?:have|has)(?: ever| already)?) {_VERB}\b(?! (?:plus|moins|the most|most|least|le plus|le moins)\b)")
_MOST_OFTEN = re.compile(rf"^(?:et |and )?(?:qui|who|quels? \w+|which \w+) {_VERB}\b(?: chez nous| here)? (?P<end>le plus|le moins|the most|the least|most|least)(?: souvent| de fois| often)?$")


@dataclass(frozen=True, slots=True)
class SoOften:
    """What is said of the lines that name a customer: none (`never`), at least so many, at most; where it is said."""

    never: bool
    span: tuple[int, int]
    least: int | None = None
    most: int | None = None

    def arguments(self) -> dict[str, Any]:
        """As a query is given it."""
        told: dict[str, Any] = {"never": self.never}
        return {**told, **{name: value for name, value in (("least", self.least), ("most", self.most)) if value is not None}}


def bought_so_often(text: str) -> tuple[str, SoOften] | None:
    """« Ont pris du carburant plus de deux fois »: of what a file of bills says was bought, where the bills are no orders.

    Args:
        text: the question, plain.

    Returns:
        The question with what was bought after how often, and how often.
    """
    said = _THEN_TIMES.sub(lambda found: f"{found['verb']} {found['times']} {found['what'].strip()}", _twice_as_a_number(text))
    times = re.search(rf"\b(?:(?:qui )?(?:ont|a)|who|that|(?:who |that )?(?:have|has|had))? ?{_BUY} {_SO_MANY} (?:fois|times)\b(?P<after>{_UPWARD})?", said)
    return None if times is None else (said, _of(times, _count(times), _without_after(times)))


_BUY = r"(?:bought|ordered|purchased|taken|took|used|hired|rented|had|achete\w*|commande\w*|pris\w*|loue\w*|utilise\w*|eu)"
_WITH_TIMES = {"once": "1 times", "twice": "2 times"}
_THEN_TIMES = re.compile(rf"\b(?P<verb>{_BUY}) (?P<what>(?:[\w&'-]+ ){{1,4}}?)(?P<times>(?:{_MORE}|{_LESS}|{_LEAST}|{_MOST}|{_EXACT})?(?:\d+|[a-z]+) (?:times|fois)(?: (?:ou|et) plus| or more)?)")


def _twice_as_a_number(text: str) -> str:
    return re.sub(r"\b(?:once|twice)\b", lambda found: _WITH_TIMES[found.group()], text)


def so_often(text: str, table: RecordTable) -> SoOften | None:
    """How often lines of this file are said to name a customer; None when nothing of it is said.

    Args:
        text: the question, plain.
        table: a file whose lines name customers and are no purchases.
    """
    noun = table.noun.pattern if table.noun is not None else "(?!)"
    counted = re.search(rf"\b{_HAVING} {_SO_MANY} (?:{noun})\b(?P<after>{_UPWARD})?", text)
    if counted is not None:
        return _of(counted, _count(counted), _without_after(counted))
    times = re.search(rf"\b(?:(?:qui )?(?:ont|a)|who|that|(?:who |that )?(?:have|has|had))? ?{_VERB} (?:(?:{_SO_MANY} (?:fois|times))|(?P<twice>once|twice))\b(?P<after>{_UPWARD})?", text)
    if times is not None and does(times["verb"], table):
        return _of(times, _TWICE[times["twice"]] if times["twice"] else _count(times), _without_after(times))
    never = _NEVER.search(text)
    if never is not None and does(never["verb"], table):
        return SoOften(True, never.span())
    ever = next((found for found in _EVER.finditer(text) if does(found["verb"], table)), None)
    return None if ever is None else SoOften(False, ever.span())


def most_often_in(text: str, table: RecordTable) -> str | None:
    """« Qui réserve le plus ? »: the order to rank customers in by their lines; None when the question is another."""
    found = _MOST_OFTEN.match(text)
    if found is None or not does(found["verb"], table):
        noun = table.noun.pattern if table.noun is not None else "(?!)"
        found = re.match(rf"(?:et |and )?(?:qui|who|quels? \w+|which \w+) (?:a|ont|has|have|had|made) (?P<end>le plus|le moins|the most|the fewest|most|fewest) (?:de |d')?(?:{noun})$", text)
    if found is None:
        return None
    return "asc" if found["end"] in ("le moins", "the least", "least", "the fewest", "fewest") else "desc"


def does(verb: str, table: RecordTable) -> bool:
    """Whether a verb is what the name of a file says is done: « réservé » of « reservations.csv »."""
    roots = {_ENDING.sub("", plain(part)) for part in words(split_headers(table.name.rsplit(".", 1)[0]))}
    roots |= {_OTHERWISE[root] for root in roots if root in _OTHERWISE}
    return any(len(root) >= _ROOT and verb.startswith(root) for root in roots)


def _without_after(found: re.Match[str]) -> tuple[int, int]:
    """Where it is said, but for « annulées ou plus »: what stands before « ou plus » is still to be read."""
    return found.start(), found.end() if found["after"] is None else found.start("after")


def _count(found: re.Match[str]) -> int:
    return NUMBERS.get(found["count"]) or int(found["count"])


def _of(found: re.Match[str], count: int, span: tuple[int, int]) -> SoOften:
    how, upward = found["how"] or "", bool(found["upward"] or found["after"])
    if re.fullmatch(_MORE, how):
        return SoOften(False, span, least=count + 1)
    if re.fullmatch(_LESS, how):
        return SoOften(False, span, most=count - 1)
    if upward or re.fullmatch(_LEAST, how):
        return SoOften(False, span, least=count)
    if re.fullmatch(_MOST, how):
        return SoOften(False, span, most=count)
    if found["count"] in _ARTICLES:
        return SoOften(False, span)  # « ont une réservation »: some
    return SoOften(False, span, least=count, most=count)


_ARTICLES = frozenset(("un", "une", "one"))
