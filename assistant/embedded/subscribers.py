"""« Nos abonnés », "subscribers", where some orders are subscriptions and others are not: those who have such orders, and not every customer."""

from __future__ import annotations

import re

from assistant.embedded.columns import Columns, once
from assistant.embedded.ideas import ideas
from assistant.embedded.text import words

_SUBSCRIBERS = re.compile(r"\b(?<!mail )(?<!newsletter )(?<!sms )(?:(?P<en>subscriber)(?P<many>s)?|(?P<fr>abonnee?s?))\b(?! (?:a|to|sur) )")
_STEMS = ("subscription", "abonnement")
_FEW = 8  # values of a column that says how an order was placed


def of_subscriptions(text: str, columns: Columns) -> str:
    """The plain question, its subscribers said by the value of the files that tells them; as it stands where none does.

    Args:
        text: the plain question.
        columns: what the data can be asked about.
    """
    value = _told_by(columns)
    if value is None or columns.contracts or not columns.dated:
        return text
    return _SUBSCRIBERS.sub(lambda found: f"clients {value}" if found["fr"] else f"{value} customer{found['many'] or ''}", text)


@once
def _told_by(columns: Columns) -> str | None:
    """The only value that says subscription, of a column that has others; None where the files, their people or their plans are called so."""
    if columns.people is not None and (columns.people.search("subscribers") or columns.people.search("abonnes")):
        return None
    held = [
        (field, value) for field in columns.fields if 1 < len(field.values) <= _FEW
        for value in field.values if any(part.rstrip("s") in _STEMS for part in (*words(value), *ideas(value)))
    ]  # fmt: skip
    fields = {field.name for field, _ in held if field.on_purchases}
    said = {" ".join(words(value)) for _, value in held}
    return said.pop() if len(fields) == 1 and len(said) == 1 else None
