"""Yes/no columns whose header bears a year: « Courrier tarif 2025 », "Price Letter 2025". The year names the column, and no period."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterable

from analytics.datamodel.model import ColumnType
from assistant.embedded.fields import Field
from assistant.embedded.ideas import idea, split_headers
from assistant.embedded.text import words

_YEAR = re.compile(r"(?:19|20)\d\d")
_LEAST = 2  # words beside the year: « Adhérent 2025 » alone is asked about by its year


def _cut(field: Field) -> tuple[tuple[str, ...], str] | None:
    """The words of such a header but its year, and the year; None of another."""
    said = words(split_headers(field.name))
    years = [part for part in said if _YEAR.fullmatch(part)]
    rest = tuple(part for part in said if part not in years)
    return (rest, years[0]) if field.type is ColumnType.FLAG and not field.derived and len(years) == 1 and len(rest) >= _LEAST else None


def said_without_year(fields: Iterable[Field]) -> tuple[Field, ...]:
    """The fields, those columns being called without their year too, where no other is called so.

    Args:
        fields: of the files.
    """
    fields = tuple(fields)
    cuts = {field.name: cut for field in fields if (cut := _cut(field)) is not None}
    alone = Counter(rest for rest, _ in cuts.values())
    taken = {alias for field in fields for alias in field.aliases}

    def called(field: Field) -> Field:
        cut = cuts.get(field.name)
        alias = tuple(idea(part) for part in cut[0]) if cut is not None and alone[cut[0]] == 1 else ()
        return dataclasses.replace(field, aliases=(*field.aliases, alias)) if alias and alias not in taken else field

    return tuple(called(field) for field in fields)


def years_of_headers(text: str, fields: Iterable[Field]) -> str:
    """The plain text without the year that is part of such a header: "the 2025 price letter", « le courrier tarif de 2025 ».

    Args:
        text: of the question.
        fields: of the files.
    """
    for field in fields:
        cut = _cut(field)
        if cut is not None and cut[1] in text:
            base = r"[ -]".join(map(re.escape, cut[0]))
            text = re.sub(rf"\b(?:{cut[1]} (?P<before>{base}s?)|(?P<after>{base}s?)(?: (?:of|de|d'|in|en|for))? ?{cut[1]})\b", lambda found: found["before"] or found["after"], text)
    return text
