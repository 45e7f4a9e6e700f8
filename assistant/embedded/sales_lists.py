"""Questions about one of several lists of sales: « combien de leçons ? » where lessons and blocks of lessons stand in two files."""

from __future__ import annotations

import re

from analytics.customers.sales_lists import LIST
from assistant.embedded.columns import Columns, once

_COUNTED = (
    r"\b(?P<how>(?:(?P<fr>combien|nombre(?: moyen| total)?|nb|plus|moins|autant) (?:de |d'|des )|(?:how many|number of|count of|most|fewest|least|more|fewer|\d+) ))(?P<list>(?:{lists}))(?![\w-])"
    r"|^(?P<head>(?:{lists}))(?= (?P<by>par|by|per|pour|for|en|in)\b)"
)


def orders_of_a_list(text: str, columns: Columns) -> str:
    """The question with what is counted said: orders, of that list.

    Args:
        text: plain words.
        columns: what the data can be asked about.
    """
    counted = _pattern(columns)
    return counted.sub(_said, text) if counted is not None else text


@once
def _pattern(columns: Columns) -> re.Pattern[str] | None:
    field = columns.named(LIST)
    if field is None or not field.values:
        return None
    names = sorted({re.escape(value.removesuffix("s")) + "s?" for value in field.values}, key=len, reverse=True)
    return re.compile(_COUNTED.format(lists="|".join(names)))


def _said(found: re.Match[str]) -> str:
    if found["head"] is not None:
        return f"{'commandes de' if found['by'] in ('par', 'pour', 'en') else 'orders of'} {found['head']}"
    if found["fr"] is not None:
        return f"{found['fr']} de commandes de {found['list']}"
    return f"{found['how']}orders of {found['list']}"
