"""Who is still there, said by a state of the files where they hold more than two: « actifs » are no paused ones."""

from __future__ import annotations

import re

from analytics.datamodel.roles import Role
from analytics.datamodel.statuses import means_gone
from assistant.embedded.columns import Columns
from assistant.embedded.filters import Filter
from assistant.embedded.text import plain

_ACTIVE = re.compile(r"\b(?:actifs?|actives?|active)\b")


def still_here(said: str, columns: Columns, place: int) -> Filter:
    """The condition of those still there: the active state when it was said and others stand beside it, else who is not lost.

    Args:
        said: the words that say it.
        columns: what the data can be asked about.
        place: of those words.
    """
    held = active_state(columns) if _ACTIVE.search(said) else None
    return Filter("lost", "=", (False,), at=place) if held is None else Filter(held[0], "=", (held[1],), at=place)


def active_state(columns: Columns) -> tuple[str, str] | None:
    """The column and the value that say a customer is active, when that column also holds a state neither active nor gone."""
    for field in columns.fields:
        if field.role is not Role.ACCOUNT_STATUS or field.on_purchases:
            continue
        active = [value for value in field.values if _ACTIVE.fullmatch(plain(value))]
        between = [value for value in field.values if means_gone(value) is None]
        if len(active) == 1 and between:
            return field.name, active[0]
    return None
