"""Questions about one of several lists of sales: « combien de leçons ? » where lessons and blocks of lessons stand in two files."""

from __future__ import annotations

import re
from functools import partial

from analytics.customers.sales_lists import LIST
from assistant.embedded.columns import Columns, once
from assistant.embedded.ideas import idea, ideas
from assistant.embedded.text import plain

_COUNTED = (
    r"\b(?P<how>(?:(?P<fr>combien|nombre(?: moyen| total)?|nb|plus|moins|autant) (?:de |d'|des )|(?:how many|number of|count of|most|fewest|least|more|fewer|\d+) ))(?P<list>(?:{lists}))(?![\w-])"
    r"|^(?P<head>(?:{lists}))(?= (?P<by>par|by|per|pour|for|en|in)\b)"
)
_VERBS = {  # of what is sold in a list called so: « louer » of « locations »
    "locations?": "lou(?:ee?s?|ent|er)", "rentals?|hires?": "rented|hired", "reparations?": "repar(?:ee?s?|ent|er)", "repairs?": "repaired",
    "reservations?": "reserv(?:ee?s?|ent|er|ed)", "bookings?": "booked", "livraisons?": "fai(?:t|re) livrer|livr(?:ee?s?|ent)",
}
_OF_A_THING = r"\b(?:(?:fait|font) )?(?P<verb>{verb})\b(?P<thing> (?:une?|des|du|de la|l'|les|leurs?|(?:le|la)(?! (?:plus|moins)\b)|a|an|any|some|the|their)(?! (?:most|least)\b) ?[a-z]+\b)?"


def orders_of_a_list(text: str, columns: Columns) -> str:
    """The question with what is counted said: orders, of that list; and what was done there: bought.

    Args:
        text: plain words.
        columns: what the data can be asked about.
    """
    counted = _pattern(columns)
    if counted is None:
        return text
    text = counted.sub(_said, text)
    for verb, name in _verbs(columns):
        done, times = verb.subn(partial(_bought, columns), text)
        text = f"{done.rstrip(' ?.!')} {name}" if times else text
    return text


def _bought(columns: Columns, found: re.Match[str]) -> str:
    return f"{'bought' if found['verb'].endswith('ed') else 'achete'}{_told(found['thing'], columns)}"


def _told(thing: str | None, columns: Columns) -> str:
    """What the verb is of, where it is a value of the files; what every line of the list is of restricts nothing."""
    if thing is None or any(ideas(thing)[-1:] == ideas(value)[:1] for field in columns.fields for value in field.values):
        return thing or ""
    return "" if columns.find((idea(thing.split()[-1]),)) is not None else thing


@once
def _pattern(columns: Columns) -> re.Pattern[str] | None:
    field = columns.named(LIST)
    if field is None or not field.values:
        return None
    names = sorted({re.escape(plain(value).removesuffix("s")) + "s?" for value in field.values}, key=len, reverse=True)
    return re.compile(_COUNTED.format(lists="|".join(names)))


@once
def _verbs(columns: Columns) -> tuple[tuple[re.Pattern[str], str], ...]:
    field = columns.named(LIST)
    values = field.values if field is not None else ()
    return tuple(
        (re.compile(_OF_A_THING.format(verb=verb)), plain(value)) for noun, verb in _VERBS.items() for value in values if re.fullmatch(noun, plain(value))
    )  # fmt: skip


def _said(found: re.Match[str]) -> str:
    if found["head"] is not None:
        return f"{'commandes de' if found['by'] in ('par', 'pour', 'en') else 'orders of'} {found['head']}"
    if found["fr"] is not None:
        return f"{found['fr']} de commandes de {found['list']}"
    return f"{found['how']}orders of {found['list']}"
