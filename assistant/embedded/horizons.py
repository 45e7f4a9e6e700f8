"""« Valeur d'un client sur 2 ans », « taux de rétention des clients 2023 », "by signup year": the span of a figure, and the year its customers came in."""

from __future__ import annotations

import re
from datetime import date

from assistant.embedded.filters import Filter
from assistant.embedded.measuring import PERSON
from assistant.embedded.slotted import Slots
from assistant.embedded.tokens import Tokens

_WORTH = re.compile(r"\b(?:valeurs?|vaut|valent|rapporte\w*|ltv|clv|values?|worth|brings?)\b")
_SPAN = re.compile(
    r"\b(?:sur|en|pendant|au bout de|apres|over|in|within|during|after) (?:the first |les? (?:premiere?s? )?)?(?:\d+|un|une|deux|trois|quatre|cinq|dix|a|one|two|three|four|five|ten) (?:premiere?s? )?(?:ans?|annees?|mois|years?|months?)\b"
)
_KEPT = re.compile(r"\b(?:retention|fidelisation|attrition|churn|departs?|departures?|survie|survival|loss|perte|resiliation)\b")
_OF_YEAR = re.compile(
    rf"\b{PERSON.pattern} (?:de |d'|from |of )?(?P<fr>(?:19|20)\d\d)\b|\b(?P<en>(?:19|20)\d\d)(?:'s)? (?:{PERSON.pattern}|cohort|intake)\b|\b(?:cohorte?|promotion|generation|intake) (?:de |d'|of )?(?P<co>(?:19|20)\d\d)\b"
)


def horizon_unread(slots: Slots, tokens: Tokens) -> None:
    """A value over so many years is not the one told, of all the files hold: the span is said to be left out.

    Args:
        slots: completed in place.
        tokens: the question.
    """
    ahead = _AHEAD.search(tokens.text)
    if ahead is not None and _AT_RISK.search(tokens.text) and slots.period is None and slots.measure in (None, "customers", "lost_customers"):
        slots.unread.append(ahead.group())  # who may leave is told over the days that the files allow, and said so
        return
    span = _SPAN.search(tokens.text)
    if span is None or not _WORTH.search(tokens.text) or slots.period is not None or slots.filters or slots.measure not in (None, "amount_per_customer", "amount"):
        return
    slots.unread.append(span.group())


_AHEAD = re.compile(r"\b(?:dans|d'ici|sous|in|within|over) (?:les |the next |the coming |next )?(?:\d+|un|deux|trois|six|one|two|three|the next) (?:prochains? |prochaines? |next )?(?:jours?|semaines?|mois|days?|weeks?|months?)\b")
_AT_RISK = re.compile(r"\b(?:risqu\w*|sur le point de|vont|va|pourrai\w*|likely to|about to|going to|will|might|at risk)\b.{0,20}\b(?:part\w*|quitt\w*|resili\w*|leav\w*|cancel\w*|churn\w*)\b")


def came_that_year(slots: Slots, tokens: Tokens) -> None:
    """« Taux de rétention des clients 2023 »: of those who came in that year, and not the rate of another one.

    Args:
        slots: its period is turned into who is looked at.
        tokens: the question.
    """
    match = _OF_YEAR.search(tokens.text)
    if match is None or not _KEPT.search(tokens.text) or slots.compare is not None or slots.measure not in (None, "lost_rate"):
        return
    year = int(match["fr"] or match["en"] or match["co"])
    whole = slots.period is not None and slots.period.start == date(year, 1, 1) and (slots.period.end.year == year or " from " in match.group())
    if not whole:
        return
    slots.filters.append(Filter("started", "between", (date(year, 1, 1).isoformat(), date(year, 12, 31).isoformat()), at=-1))
    slots.period, slots.measure = None, slots.measure or "lost_rate"


def by_year_of_arrival(slots: Slots, tokens: Tokens) -> None:
    """« Taux d'attrition par année d'inscription », "retention by signup year": split by the year customers came in, and not told of all of them.

    Args:
        slots: completed in place.
        tokens: the question, whose words so read are taken.
    """
    match = _BY_ARRIVAL.search(tokens.text) if _KEPT.search(tokens.text) else None
    which = _WHICH_KEPT.search(tokens.text)
    match = match or which
    measures = (None, "lost_rate", "customers", "new_customers", "lost_customers") if which else (None, "lost_rate")
    if match is None or slots.compare is not None or slots.measure not in measures:
        return
    slots.by, slots.time, slots.measure = [_ARRIVAL], None, "lost_rate"
    slots.order, slots.top = None, None  # every year is shown, and which kept best is told
    said = {word for word in match.group().split()}
    slots.unread = [words for words in slots.unread if not set(words.split()) & said]
    tokens.take_span(*match.span())


_ARRIVAL = "started"  # the first day of each relation, by year
_CAME_IN = (
    r"(?:inscription|adhesion|arrivee|recrutement|souscription|abonnement|acquisition|debut(?: de (?:la )?relation)?|entree|sign-?up|sign up|joining|registration"
    r"|enrol?ment|recruitment|start|entry|subscription)"
)
_BY_ARRIVAL = re.compile(
    rf"\b(?:par|selon|suivant|pour chaque|by|per|for each|according to) (?:(?:l'|the |their )?(?:annee|an|year|millesime)s? (?:d'|de |of (?:the )?|des )?{_CAME_IN}"
    rf"|(?:the |their )?(?:year of )?{_CAME_IN}(?:'s)? (?:year|cohort)s?|(?:the )?year (?:they|customers|clients|members) (?:joined|signed up|came|started|registered|enrolled|subscribed)"
    r")\b"
)
_STAYED = r"(?:kept|keeps?|retain\w*|gard\w+|fidel\w+|loyal\w*|rest\w+|stay\w*|part\w*|leav\w+|left|los[te]s?|perd\w*|churn\w*|resili\w+)"
_WHICH_KEPT = re.compile(  # « quelle année a perdu le plus de clients ? » is asked of the year they left in
    rf"\b(?:quel(?:le)?s? (?:annees?|millesimes?) (?:d'|de |of )?{_CAME_IN}s?|quel(?:le)?s? (?:cohortes?|promotions?|generations?)(?: (?:d'|de )(?:clients?|recrues?|{_CAME_IN}))?"
    rf"|which (?:{_CAME_IN} (?:years?|cohorts?)|(?:years?|cohorts?) of {_CAME_IN}|cohorts?|intakes?|year's (?:recruits|sign-?ups|joiners|customers)))\b.{{0,40}}\b{_STAYED}\b(?:.{{0,24}}\b(?:mieux|plus|moins|best|worst|most|least|better|longest)\b)?"
    rf"|\b(?:quelle annee|which year) (?:a (?:le )?(?:mieux|moins bien|plus mal) garde|(?:kept|retained)) (?:ses|its|our|the) (?:new )?(?:clients|recrues|customers|recruits|members|adherents|abonnes)(?: (?:the )?(?:best|worst|longest))?"
)
