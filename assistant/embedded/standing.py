"""What stood on a day: « actifs au 31 décembre », "in force at the end of 2024", « abonnés actifs par an »; and who has been there since.

« Actif » beside a period or split over time is of that time, never of today: who bought then, where purchases are dated, else who was
there when it ended. « Là depuis plus de deux ans » is of today: nobody who left is.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from analytics.datamodel.roles import Role
from analytics.datamodel.statuses import means_gone
from analytics.explore.parameters import LONG_AGO
from assistant.embedded.columns import Columns
from assistant.embedded.coverage import departing
from assistant.embedded.filters import Filter
from assistant.embedded.months import shifted
from assistant.embedded.periods import Period
from assistant.embedded.slotted import Slots
from assistant.embedded.states import still_here
from assistant.embedded.text import words
from assistant.embedded.tokens import Tokens

_TO_THIS_DAY = re.compile(r"\b(?:encore|toujours|still|restants?|reste-t-il|remaining)\b")
_EDGE = re.compile(
    r"\b(?:(?:a|en|des|d'ici|at|by|as of|au|vers)(?: la| the)? )?(?:(?P<end>fin|end|close)|(?P<start>debut|start|beginning))(?: de(?: l')?| d'| of(?: the)?)?(?: annee| year)? ?(?:le |the )?$"
)
_AS_OF = re.compile(r"\b(?:as of|as at|a la date du|a date du) ?$")
_OF_THE_HOUSE = r"(?:clients?|clientes?|abonnee?s?|adherente?s?|membres?|inscrite?s?)"
_SINCE = re.compile(
    rf"\b(?:la|ici|chez nous|avec nous|fideles?|presente?s?|en relation|(?:sont|est) (?:toujours |encore )?{_OF_THE_HOUSE})(?: avec nous)? (?:\w+ )?depuis\b|"
    r"\b(?:with us|(?:loyal|faithful|here|around)(?: to us| with us)?|(?:are|is|been) (?:still )?(?:our )?(?:customers?|members?|subscribers?|clients?)(?: with us| of ours)?) for\b"
)
_THEN = re.compile(r"\b(?:etai(?:t|ent)|avai(?:t|ent)|were|was|had)\b")


def there_then(slots: Slots, tokens: Tokens, columns: Columns, still: re.Match[str]) -> None:
    """Read who is « actif » beside a period or a split over time; « encore là » stays of today.

    Args:
        slots: what was read; its period, its filters and what stands are put right in place.
        tokens: the question; what is read of it is taken.
        columns: what the data can be asked about.
        still: the words that say it.
    """
    today = slots.period is not None and re.search(r"\b(?:aujourd'hui|today)\b", tokens.text[slice(*slots.period.span)]) is not None
    if today or _TO_THIS_DAY.search(still.group()):
        slots.period = None if today else slots.period
        slots.filters.append(still_here(still.group(), columns, tokens.at(still)))
        return
    slots.filters = [found for found in slots.filters if not _state_of_today(found, columns)]
    if slots.period is not None and (day := _day(slots.period, tokens)) is not None:
        slots.period, slots.stock = day, True
    elif not columns.dated:
        slots.stock = True  # where nothing is bought, who was there when it ended
    else:
        slots.active = True  # active in 2023: who bought then


_HAD = re.compile(r"\b(?:avions|avait-on|avait|avaient|comptions|comptait|avons|a-t-on|had|have|has|were there|are there)\b")
_AT = re.compile(r"\b(?:au|a la date du|as of|as at)(?: the)? ?$")
_DID = re.compile(r"\b(?:achete\w*|commande\w*|venue?s?|depense\w*|paye\w*|reserve\w*|bought|buy|ordered|purchased|spent|paid|came|visited|booked)\b")


def had_then(slots: Slots, tokens: Tokens) -> re.Match[str] | None:
    """« Combien de clients avions-nous fin 2024 ? », « nombre d'abonnés au 31/12/2024 »: the words that ask who was there on a day.

    Args:
        slots: what was read.
        tokens: the question.
    """
    if slots.period is None or _DID.search(tokens.text):
        return None
    ahead, day = tokens.text[: slots.period.span[0]], slots.period.start == slots.period.end
    return (_AT.search(ahead) if day else None) or (_HAD.search(tokens.text) if day or _EDGE.search(ahead) else None)


def by_then(slots: Slots, tokens: Tokens) -> None:
    """« Perdus au 31 décembre 2024 »: by that day, and not on it.

    Args:
        slots: what was read; its period is put right in place.
        tokens: the question.
    """
    if slots.period is not None and slots.period.start == slots.period.end and _AT.search(tokens.text[: slots.period.span[0]]):
        slots.period = replace(slots.period, start=LONG_AGO)


def active_over_time(slots: Slots, tokens: Tokens, columns: Columns) -> None:
    """« Évolution du nombre d'abonnés »: those there at the end of each period, and not those of today by the day they came.

    Args:
        slots: what was read, a split over time set; put right in place.
        tokens: the question.
        columns: what the data can be asked about.
    """
    if slots.measure != "customers" or slots.time in (None, "weekday") or (columns.dated and not _ACTIVE.search(tokens.text)):
        return
    if any(found.field == "lost" and found.values == (True,) for found in slots.filters):
        return
    slots.filters = [found for found in slots.filters if not _state_of_today(found, columns)]
    slots.stock = not columns.dated
    slots.active = columns.dated


_ACTIVE = re.compile(r"\b(?:actifs?|actives?|active)\b")


def _day(period: Period, tokens: Tokens) -> Period | None:
    """The one day that is meant: the day said, or the end of a year said by its end; None of a period as a whole."""
    ahead = tokens.text[: period.span[0]]
    edge = _EDGE.search(ahead)
    if edge is not None:
        tokens.take_span(*edge.span())
        day = period.end if edge["end"] else period.start
        return replace(period, start=day, end=day)
    if period.start == period.end:
        said = _AS_OF.search(ahead)
        if said is not None:
            tokens.take_span(*said.span())
        return period
    return None


def _state_of_today(found: Filter, columns: Columns) -> bool:
    """Whether a condition is on a column that says who is here today: it says nothing of another day."""
    field = columns.named(found.field)
    told = field is not None and field.role is Role.ACCOUNT_STATUS and bool(found.values)
    return (found.field == "lost" and found.values == (False,)) or (told and all(means_gone(str(value)) is False for value in found.values))


_GONE_SINCE = re.compile(r"\b(?:partie?s?|perdue?s?|resilie\w*|desabonne\w*|quitte\w*|left|lost|gone|cancel+ed|churned) (?:nous )?(?:depuis|for|since|more than|over)\b")


def since_then(slots: Slots, tokens: Tokens, columns: Columns, as_of: date) -> None:
    """« Chez nous depuis plus de 3 ans », "with us for over two years": of those still here; « partis depuis plus de 2 ans » is since they left.

    Args:
        slots: what was read; its filters are completed in place.
        tokens: the question.
        columns: what the data can be asked about.
        as_of: the day it is said from.
    """
    age = next((found for found in slots.filters if found.field == "tenure_months" and found.operator in (">", ">=", "<", "<=")), None)
    if age is not None and any(found.field == "lost" and found.values == (True,) for found in slots.filters) and _GONE_SINCE.search(tokens.text):
        day = shifted(as_of, -int(float(age.values[0])))
        bounds = (LONG_AGO, day) if age.operator.startswith(">") else (day, as_of)
        left = Filter("lost_on", "between", tuple(bound.isoformat() for bound in bounds), at=age.at)
        slots.filters = [left if found is age else found for found in slots.filters if found.field != "lost"]
        return
    told = [*slots.filters, *slots.part]
    if not any(found.field == "tenure_months" for found in told) or any(found.field == "lost" or found.field in columns.fates for found in told):
        return
    if slots.measure in ("lost_rate", "lost_customers", "new_customers") or departing(tokens.text) or {"lost", *columns.fates} & set(slots.by) or not columns.leaves:
        return
    if _SINCE.search(tokens.text) and not _THEN.search(tokens.text):
        slots.filters.append(Filter("lost", "=", (False,)))


_AT_DAY = re.compile(r"\b(?:au|a la date du|as of|as at) (?:the )?(?:\d|1er|premier)")


def lines_had(text: str, slots: Slots) -> str | None:
    """The words that ask which contracts were there on a day, though none says they were in force: « combien de contrats avions-nous au … ? ».

    Args:
        text: the plain question.
        slots: what was read.
    """
    if slots.period is None or slots.measure not in ("records", None):
        return None
    day = slots.period.start == slots.period.end
    said = (_AT_DAY.search(text) if day else None) or (_HAD.search(text) if day or _EDGE_SAID.search(text) else None)
    return said.group() if said is not None else None


def ended_by(text: str, slots: Slots) -> None:
    """« Contrats résiliés au 31 décembre 2024 »: by that day.

    Args:
        text: the plain question.
        slots: what was read; its period is put right in place.
    """
    if slots.period is not None and slots.period.start == slots.period.end and _AT_DAY.search(text):
        slots.period = replace(slots.period, start=LONG_AGO)


_BEGUN = re.compile(r"\b(?:sign\w*|souscri\w*|conclu\w*|ouvert\w*|demarr\w*|commenc\w*|debut\w*|nouve\w*|vend\w*|started|begun|began|new|sold|opened|taken out)\b")
_STILL_OPEN = re.compile(r"\b(?:encore|toujours|still|non|pas|not|en attente|en cours|sans|unresolved|unsolved|unanswered|without)\b")
_EDGE_WORDS = frozenset("fin end debut start beginning date etaient etait were was".split())


def begun_said(text: str) -> bool:
    """Whether a plain question is of contracts begun in its period; « début 2025 » is a day of it."""
    return _BEGUN.search(_EDGE_SAID.sub(" ", text)) is not None


def lines_then(text: str, slots: Slots, said: str, *, contracts: bool) -> bool:
    """Whether lines « actifs », « en cours » are those of a day or of the end of each period; it is then set in the slots.

    Args:
        text: the plain question.
        slots: what was read; completed in place.
        said: the words that say they are in force.
        contracts: they are contracts; requests are so on a day only.
    """
    if slots.measure == "delay" or (slots.period is None and slots.time in (None, "weekday")):
        return False
    days = slots.period is not None and slots.period.start == slots.period.end
    if not contracts and not (days and _STILL_OPEN.search(said)):
        return False
    if contracts and begun_said(text):
        return False
    if slots.measure == "share_records" and not slots.part:
        slots.unread += [said] if days else []  # of which ones those in force that day are a part is not said
        return False
    edge = _EDGE_SAID.search(text)
    if slots.period is not None and not days and edge is not None and edge["start"]:
        slots.period = replace(slots.period, end=slots.period.start)
    slots.stock = True
    slots.filters = [found for found in slots.filters if not (found.values and all(means_gone(str(value)) is False for value in found.values))]
    slots.unexplained = [word for word in slots.unexplained if word not in {*words(said), *_EDGE_WORDS}]
    return True


_EDGE_SAID = re.compile(r"\b(?:(?P<end>fin|end)|(?P<start>debut|start|beginning))(?= (?:de |d'|of )?(?:l'annee |the year )?(?:\d|[a-z]+ \d))")
