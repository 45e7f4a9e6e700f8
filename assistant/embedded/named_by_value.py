"""Values whose own words would pass for something else: « soin anti-âge » asks no age, « bureau fermé » no contract that is over."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import Role
from assistant.embedded.columns import Columns, once
from assistant.embedded.fields import Field
from assistant.embedded.filters import Filter
from assistant.embedded.ideas import idea
from assistant.embedded.negations import LACKING, denied
from assistant.embedded.slotted import Slots
from assistant.embedded.text import plain, words
from assistant.embedded.tokens import Tokens

_SEVERAL = 2  # words: a value of one word is read as any other


def values_holding_a_header(tokens: Tokens, columns: Columns, slots: Slots) -> None:
    """« Prix moyen d'un soin anti-âge »: a value said word for word, one word of which would else name a column of numbers.

    Args:
        tokens: the question; what is read of it is taken.
        columns: what the data can be asked about.
        slots: its filters are completed in place.
    """
    said = [word.rstrip("s") for word in tokens.words]
    for field, value, parts in _holding_a_header(columns):
        start = next((at for at in range(len(said) - len(parts) + 1) if said[at : at + len(parts)] == parts), None)
        if start is None:
            continue
        places = range(start, start + len(parts))
        if all(map(tokens.free, places)) and not denied(tokens, start):
            slots.filters.append(Filter(field.name, "=", (value,), field.on_purchases, start))
            tokens.take(places)


@once
def _holding_a_header(columns: Columns) -> tuple[tuple[Field, str, list[str]], ...]:
    """The values of several words that hold a word naming a column of numbers by itself, the longest first."""
    naming = {alias[0] for field in columns.fields if field.type is ColumnType.NUMBER for alias in field.aliases if len(alias) == 1}
    held = [
        (field, value, [part.rstrip("s") for part in said]) for field in columns.fields if not field.derived for value in field.values
        if len(said := words(value)) >= _SEVERAL and naming & {idea(part) for part in said}
    ]  # fmt: skip
    return tuple(sorted(held, key=lambda one: -len(one[2])))


def counted_where_defined(question: str, columns: Columns) -> str:
    """« C'est quoi, la vente privée ? » where that is a value of the files: how many customers, or orders, it is said of.

    Args:
        question: as typed.
        columns: what the data can be asked about.
    """
    match = _WHAT_IS.match(plain(question))
    said = [word.rstrip("s") for word in words(match["what"])] if match is not None else []
    named = [field for field in columns.fields if not field.derived for value in field.values if said and [word.rstrip("s") for word in words(value)] == said]
    if match is None or not named:
        return question
    ordered = all(field.on_purchases for field in named)
    if match["en"] is not None:
        return f"how many {'orders' if ordered else 'customers'} {match['what']}"
    return f"combien de {'commandes' if ordered else 'clients'} {match['what']}"


_WHAT_IS = re.compile(r"^(?:(?P<en>what is|what's|what are|what does)|(?:c'est quoi|qu'est[- ]ce qu(?:e|'est|e c'est(?: que)?)|que (?:veut dire|signifie)),?) (?:un |une |la |le |les |l'|des |the |a |an |our )?(?P<what>[^?]+?)(?: mean)?[ ?.!]*$")


def without_values(text: str, filters: Iterable[Filter]) -> str:
    """The plain question without the values of several words that its conditions have read: what they say is said of nothing else.

    Args:
        text: the plain question.
        filters: the conditions read.
    """
    for condition in filters:
        for value in condition.values:
            said = words(str(value))
            if len(said) >= _SEVERAL:
                text = re.sub(r"\b" + r"s?[\s-]+".join(re.escape(part.rstrip("s")) for part in said) + r"s?\b", " ", text)
    return text


_OF_A_THING = re.compile(
    r"\b(?P<of>(?:book(?:ed|s)?|reserv(?:e|ee?s?|ent)|rent(?:ed|s)?|lou(?:e|ee?s?|ent)|achet(?:e|ee?s?|ent)|bought|buys?|ordered|commandent)(?= (?:de |d'|of |un|a|the |la |le |les |des |our |nos ))|commandes?|orders?|achats?|purchases?|ventes|heures?|hours?|jours|days|journees?|nuits?|nights?|quantites?|quantity) (?:de |d'|of |an? |une? |des |nos |our )?(?:la |les |the )?(?P<thing>[a-z]{4,})\b(?P<more>(?: (?:de |d'|du |a |of )?[a-z]+)?)"
)


def without_what_is_sold(text: str, columns: Columns) -> str:
    """« Commandes de salles » where the column of what is sold is « Salle »: every purchase is of one, and none is told apart.

    Args:
        text: the plain question.
        columns: what the data can be asked about.
    """
    sold = [field for field in columns.fields if field.on_purchases and not field.derived and field.role in (Role.PRODUCT, Role.CATEGORY)]

    def bare(found: re.Match[str]) -> str:
        held = next((field for field in sold if (idea(found["thing"]),) in field.aliases), None)
        more = words(found["more"])
        if held is None or (more and any(set(map(idea, more)) & set(map(idea, words(value))) for value in held.values)):
            return found.group()
        return found["of"] + found["more"]

    return _OF_A_THING.sub(bare, text) if sold else text


def of_its_own_column(word: str, value: str, headers: Collection[tuple[str, ...]]) -> bool:
    """Whether a word of a value only repeats what its column is called: « salles » is no « Salle Rhône » where the column is « Salle ».

    Args:
        word: plain, the one word said.
        value: as it stands in the file.
        headers: the sets of ideas that name the column.
    """
    return len(words(value)) >= _SEVERAL and (idea(word),) in headers and not LACKING.match(plain(value))  # « sans mutuelle » lacks it
