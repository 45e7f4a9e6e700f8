"""Days: « par jour de la semaine », "on Mondays", « le week-end », "by week"."""

from __future__ import annotations

import re

from assistant.embedded.columns import Columns
from assistant.embedded.filters import Filter
from assistant.embedded.ideas import idea, ideas
from assistant.embedded.slotted import Slots
from assistant.embedded.text import words
from assistant.embedded.tokens import Tokens

_NAMES = (
    "lundi monday", "mardi tuesday", "mercredi wednesday", "jeudi thursday", "vendredi friday", "samedi saturday", "dimanche sunday",
)  # fmt: skip
_DAYS = {f"{name}{plural}": place for place, names in enumerate(_NAMES, start=1) for name in names.split() for plural in ("", "s")}
_DAY = re.compile(r"\b(" + "|".join(_DAYS) + r")\b")
_WEEKEND = re.compile(r"\bweek-?ends?\b")
_BY_WEEKDAY = re.compile(
    r"\b(?:(?:par|by|per|selon(?: le)?|chaque|each|pour chaque) (?:jours? de (?:la )?semaine|weekdays?|days? of (?:the )?week)|"
    r"(?:quel(?:s|le)?|which|what|dans quel) (?:jours?(?: de la semaine)?|days?(?: of the week)?|weekdays?))\b"
)
_AGAINST = re.compile(r"\b(?:vs|versus|contre|against|compar\w*|plus|moins|more|less|better|mieux)\b")
_BY_DAY = re.compile(r"\b(?:par|by|per|chaque|each) (?P<grain>jour|day|semaine|week)\b|\b(?P<adjective>daily|weekly|quotidien\w*|hebdomadaires?)\b")
_GRAINS = {"jour": "day", "day": "day", "daily": "day", "semaine": "week", "week": "week", "weekly": "week"}


def _is_value(word: str, columns: Columns) -> bool:
    """Whether a value of the files is said so: a weekly visit is no split by week."""
    return any(ideas(value) == (idea(word),) for field in columns.fields for value in field.values)


def _of_a_column(daily: re.Match[str], text: str, columns: Columns) -> bool:
    """« Par jour de cours » where a column is « Jour du cours »: by that one, and not day by day."""
    if daily["grain"] is None:
        return False
    said = [word for word in words(text[daily.start("grain") :]) if word not in _SMALL]
    headers = ([word for word in words(field.name) if word not in _SMALL] for field in columns.fields)
    return any(len(header) > 1 and said[: len(header)] == header for header in headers)


_SMALL = frozenset("de du des d la le les l of the a".split())


def days_of_week(tokens: Tokens, slots: Slots, columns: Columns) -> None:
    """Read days as a group or as a condition on purchases; nothing when the files hold no purchases.

    Args:
        tokens: the question; what is read of it is taken.
        slots: filled in place.
        columns: what the data can be asked about.
    """
    if not columns.dated:
        return
    grouped = _BY_WEEKDAY.search(tokens.text)
    if grouped is not None:
        slots.time = "weekday"
        tokens.take_span(*grouped.span())
    elif (daily := _BY_DAY.search(tokens.text)) is not None and not (daily["adjective"] and _is_value(daily["adjective"], columns)) and not _of_a_column(daily, tokens.text, columns):
        said = daily["grain"] or daily["adjective"]
        slots.time = _GRAINS.get(said, "day" if said.startswith("quoti") else "week")
        tokens.take_span(*daily.span())
    said_days = [match for match in _DAY.finditer(tokens.text) if not _is_value(match.group(1), columns)]  # the day of a class is a column of its own
    wanted = [_DAYS[match.group(1)] for match in said_days]
    spans = [match.span() for match in said_days]
    weekend = _WEEKEND.search(tokens.text)
    if weekend is not None:
        wanted += [6, 7]
        spans.append(weekend.span())
    if wanted:
        for span in spans:
            tokens.take_span(*span)
        at = next(place for place, (low, _) in enumerate(tokens.spans) if low >= spans[0][0])
        if len(set(wanted)) > 1 and _AGAINST.search(tokens.text) and slots.time is None:
            slots.time = "weekday"  # « samedi vs dimanche »
        slots.filters.append(Filter("weekday", "in", tuple(sorted(set(wanted))), on_purchases=True, at=at))
