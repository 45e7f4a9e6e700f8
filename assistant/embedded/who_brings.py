"""« La foire nous amène-t-elle de bons clients ? », « qui nous adresse les plus fidèles ? »: whence customers come, and whether they stay."""

from __future__ import annotations

import re

from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import Role
from assistant.embedded.columns import Columns
from assistant.embedded.ideas import split_headers
from assistant.embedded.one_factor import begins_alike
from assistant.embedded.slotted import Slots
from assistant.embedded.text import plain, words

_BRINGS = re.compile(
    r"\b(?:amen|attir|apport|recrut|rapport|procur|donn)\w*\b.{0,24}\b(?:bons?|bonnes?|vrai\w*|meilleur\w*|fidel\w*)\b|\b(?:bring|attract|recruit|give|get)\w*\b.{0,24}\b(?:good|loyal|real|better|best|faithful)\b"
)
_WHO = re.compile(r"^(?:et |and )?(?:qui|who) (?:nous |vous |us |est-ce qui nous )?(?P<verb>[a-z]{5,})\b.*\b(?:fidel\w*|loyal\w*|rest\w*|stay\w*|faithful)\b")


def judged_as_a_channel(question: str, slots: Slots, columns: Columns) -> bool:
    """Whether one channel is asked about, and how good are those it brings.

    Args:
        question: as typed.
        slots: what was read.
        columns: what the data can be asked about.
    """
    return _BRINGS.search(plain(question)) is not None and slots.measure in (None, "customers") and _one_channel(slots, columns) is not None


def channels_ranked(question: str, slots: Slots, columns: Columns) -> bool:
    """« Quel canal est le pire ? »: the channels are ranked, and nothing says by what: by the customers they bring.

    Args:
        question: as typed.
        slots: what was read.
        columns: what the data can be asked about.
    """
    loyal = slots.measure == "lost_rate" and _MOST_LOYAL.search(plain(question)) is not None  # told by who leaves, unless what splits them is how they came
    if (slots.measure is not None and not loyal) or slots.column is not None or slots.filters or slots.unexplained or len(slots.by) != 1:
        return False
    field = columns.named(slots.by[0])
    return field is not None and field.role is Role.ACQUISITION_CHANNEL and not field.on_purchases and (loyal or _BEST_OR_WORST.search(plain(question)) is not None)


_MOST_LOYAL = re.compile(r"\b(?:plus|moins|most|least)\b.{0,4}\b(?:fideles?|infideles?|loyal|faithful)\b")
_BEST_OR_WORST = re.compile(r"\b(?:meilleure?s?|pires?|best|worst|le plus mauvais|le moins bon)\b")


def beside_the_others(name: str, slots: Slots, columns: Columns) -> None:
    """One channel alone has nothing to be judged by: it is set beside the others.

    Args:
        name: the analysis chosen.
        slots: what was read; its groups and filters are put right in place.
        columns: what the data can be asked about.
    """
    told = _one_channel(slots, columns) or _asked_of_them(columns)
    if name == "acquisition_quality" and told is not None and not slots.by:
        slots.by, slots.filters = [told], [found for found in slots.filters if found.field != told]


def _asked_of_them(columns: Columns) -> str | None:
    """The header that asks customers how they found the house, where no column is their channel outright."""
    return next((found.name for found in columns.fields if ("acquisition", "channel") in found.aliases and found.role is Role.ATTRIBUTE), None)


def _one_channel(slots: Slots, columns: Columns) -> str | None:
    for found in slots.filters:
        field = columns.named(found.field)
        if field is not None and field.role is Role.ACQUISITION_CHANNEL and not found.on_purchases and found.operator in ("=", "in"):
            return field.name
    return None


def by_who_sends(question: str, slots: Slots, columns: Columns) -> bool:
    """Split by « Adressé par » where « qui nous adresse les clients les plus fidèles ? » is asked; whether it was.

    Args:
        question: as typed.
        slots: what was read; its groups are put right in place.
        columns: what the data can be asked about.
    """
    match = _WHO.match(plain(question))
    if match is None or slots.by or slots.filters or slots.measure not in (None, "customers"):
        return False
    fields = (found for found in columns.fields if found.type is ColumnType.CATEGORY and not found.on_purchases and not found.derived and found.values)
    told = next((found for found in fields if any(begins_alike(own, match["verb"]) for own in words(split_headers(found.name)) if len(own) >= _LEAST)), None)
    if told is None:
        return False
    slots.by, slots.measure = [told.name], "lost_rate"
    slots.unexplained = [word for word in slots.unexplained if word != match["verb"] and not _FAITHFUL.match(word)]
    return True


_LEAST = 5  # letters
_FAITHFUL = re.compile(r"(?:fidel|loyal|rest|stay|faithful)\w*")
