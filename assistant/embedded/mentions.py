"""Values of the data said in a question, and the conditions they set."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import Role
from assistant.embedded.columns import Columns, once
from assistant.embedded.fields import Field
from assistant.embedded.filters import Filter
from assistant.embedded.ideas import idea, ideas, same
from assistant.embedded.named_by_value import of_its_own_column
from assistant.embedded.negations import AFFIRMATIONS, LACKING, denied, never_bought
from assistant.embedded.text import plain, words
from assistant.embedded.tokens import Tokens
from assistant.embedded.value_places import PLACES, places_of
from assistant.embedded.yes_no import PEOPLE


@dataclass(frozen=True, slots=True)
class Mention:
    """A value of the data said in the question, and where."""

    field: Field
    value: str
    places: tuple[int, ...]
    negated: bool
    never: bool = False  # « n'ont jamais acheté de thé »: of customers, not of their other purchases


def mentions(tokens: Tokens, columns: Columns, known: frozenset[str]) -> list[Mention]:
    """Values of the data said in the question; the longest reading of each word wins."""
    found: list[tuple[float, Mention]] = []
    rare = _holders(columns)
    flagged = {alias for field in columns.fields if field.type is ColumnType.FLAG for alias in field.aliases[:1] if alias[0] in PEOPLE}
    first = bool({"premier", "premiere", "first"} & set(tokens.words))
    bought = {value for field in columns.fields if field.on_purchases for value in field.values}
    begun = {word.rstrip("s") for word in columns.begun}
    for field in columns.fields:
        if field.derived and not field.on_purchases and not first and bought.issuperset(field.values):
            continue  # the first category bought is asked for by name only
        named = any(all(any(same(part, word) for word in tokens.ideas) for part in alias) for alias in field.aliases)
        for value in field.values:
            if ideas(value) in flagged:
                continue  # « les abonnés », where a yes/no column says who is one, are no fare of that name
            for places in places_of(tokens, field, value, rare, known, named=named):
                if len(places) == 1 and of_its_own_column(tokens.words[places[0]], value, field.aliases):
                    continue
                if len(places) == 1 < len(words(value)) and tokens.words[places[0]].rstrip("s") in begun:
                    continue  # « par trimestre d'entrée » where customers have a « Date d'entrée » is no « Entrée en maison de retraite »
                sure = len(places) + (0.5 if named else 0.0) - (0.2 if field.on_purchases else 0.0)
                lack = LACKING.match(plain(value)) is not None and len(places) < len(words(value))  # « never proceeded » is "Not proceeded"
                if lack and not (denied(tokens, min(places)) or AFFIRMATIONS & set(tokens.before(min(places), 3))):
                    continue  # « une mutuelle » said alone is not « Sans mutuelle »
                negated = denied(tokens, min(places)) is not lack  # « pas de mutuelle » is « Sans mutuelle », « avec une mutuelle » is not
                found.append((sure, Mention(field, value, places, negated, field.on_purchases and not lack and never_bought(tokens, min(places)))))
    found = _without_trade(found, tokens)
    whole = {(mention.field.name, place) for sure, mention in found if _whole(mention) for place in mention.places}
    found = [(sure, mention) for sure, mention in found if _whole(mention) or not any((mention.field.name, place) in whole for place in mention.places)]
    kept: list[Mention] = []
    for _, mention in sorted(found, key=lambda pair: -pair[0]):
        if not any(set(mention.places) & set(other.places) and not _shared(mention, other) for other in kept):
            kept.append(mention)
    for mention in kept:
        tokens.take(mention.places)
    return sorted(kept, key=lambda mention: mention.places)


def _without_trade(found: list[tuple[float, Mention]], tokens: Tokens) -> list[tuple[float, Mention]]:
    """The mentions, but for half of a value that does not say it.

    « Vins rouges », "red wines": what is sold, and its colour; « Salon des vins » of customers was not said, though it holds the word. The noun is
    then read: the files say it of the trade, and no purchase is told apart by it. Said without a colour it is no filter either, and stays unread.
    """
    goods = {place for _, mention in found if mention.field.on_purchases and _whole(mention) for place in mention.places}
    halves = {
        place for _, mention in found if not (mention.field.on_purchases or _whole(mention)) for place in mention.places
        if goods & {place - 1, place + 1} and tokens.words[place] not in tokens.marked and not _LED & set(tokens.before(place, 1))
    }  # fmt: skip
    tokens.take(halves - goods)
    kept = [(sure, mention) for sure, mention in found if mention.field.on_purchases or _whole(mention) or not halves & set(mention.places)]
    return [(sure, mention) for sure, mention in kept if _whole(mention) or not all(_complement(mention.field, mention.value, tokens.ideas[place]) for place in mention.places)]


_LED = frozenset("par via from through by depuis".split())  # before what one came by


def _whole(mention: Mention) -> bool:
    """Whether all the words of the value were said: « Fibre » is not « Pack Mobile + Fibre »."""
    return len(mention.places) >= len(dict.fromkeys(ideas(mention.value)))


def _shared(left: Mention, right: Mention) -> bool:
    """Two values of one column said by the same words: « prélèvement automatique » when two payments are automatic."""
    return left.field.name == right.field.name and left.places == right.places and left.value != right.value


@once
def _holders(columns: Columns) -> dict[str, set[str]]:
    """The columns whose values hold each idea."""
    holders: dict[str, set[str]] = {}
    for field in columns.fields:
        for value in field.values:
            for part in ideas(value):
                holders.setdefault(part, set()).add(field.name)
    return holders


_LINK = re.compile(r"\b(?:de la|de l|du|des|de|d|a la|aux|au|of the|of|for)\b")


def _complement(field: Field, value: str, part: str) -> bool:
    """Whether a word only tells what the rest of a value is of: « vins » in « Salon des vins ».

    Where other values begin alike (« Cours de yoga », « Cours de danse »), it is what tells them apart; a place is called by any of its words.
    """
    said = " ".join(words(value))
    link = _LINK.search(said)
    if link is None or not link.start() or field.role in PLACES:
        return False
    head, after = said[: link.start()], words(said[link.end() :])
    alike = sum(" ".join(words(other)).startswith(head) for other in field.values)
    return alike == 1 and bool(after) and idea(after[0]) == part


def coded(tokens: Tokens, columns: Columns) -> Iterator[Filter]:
    """« Les clients du 44 »: a place written as a number.

    Args:
        tokens: the question; what is read of it is taken.
        columns: what the data can be asked about.
    """
    field = next((found for found in columns.numeric() if found.role in (Role.REGION, Role.POSTCODE)), None)
    match = _CODED.search(tokens.text) if field is not None else None
    if field is None or match is None:
        return
    place = next((at for at, (low, _) in enumerate(tokens.spans) if low == match.start("code")), -1)
    if not tokens.free(place):
        return
    tokens.take_span(*match.span())
    yield Filter(field.name, "=", (int(match["code"]),), field.on_purchases, place)


_CODED = re.compile(r"\b(?:(?:du|dans le|en|le|au) (?:departement |code postal |secteur )?|(?:in|from) (?:the |department |area |postcode |zip )?|(?:departement|code postal|postcode|zip|department) )(?P<code>\d{2,5})\b(?! ?(?:/|-|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|january|february|march|april|may|june|july|august|%|€|premiers|clients|customers|jours|days))")


def value_filters(found: list[Mention]) -> list[Filter]:
    """One filter a column: `=`, `in`, or their negations."""
    filters: list[Filter] = []
    for name in dict.fromkeys(mention.field.name for mention in found):
        never = [mention for mention in found if mention.field.name == name and mention.never]
        if never:
            values = tuple(dict.fromkeys(mention.value for mention in never))
            filters.append(Filter(name, "!=" if len(values) == 1 else "not in", values, False, min(never[0].places), ever=True))
        group = [mention for mention in found if mention.field.name == name and not mention.never]
        if not group:
            continue
        negated = group[0].negated
        values = tuple(dict.fromkeys(mention.value for mention in group))
        several = ("not in" if negated else "in") if len(values) > 1 else ("!=" if negated else "=")
        filters.append(Filter(name, several, values, group[0].field.on_purchases, min(group[0].places)))
    return filters
