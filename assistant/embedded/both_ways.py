"""« Avec et sans collecte », "with and without delivery", « la collecte fait-elle partir les clients ? »: both sides of a column, set side by side."""

from __future__ import annotations

import re

from analytics.datamodel.model import ColumnType
from assistant.embedded.columns import Columns
from assistant.embedded.fields import Field
from assistant.embedded.ideas import same
from assistant.embedded.slotted import Slots
from assistant.embedded.tokens import Tokens

_LINK = r"(?: ?,| ?/)? ?(?:et|ou|and|or|vs\.?|versus|contre|que|than|/) ?"
_BOTH = re.compile(rf"\b(?:avec{_LINK}sans|sans{_LINK}avec|with{_LINK}without|without{_LINK}with|with{_LINK}no)\b")
_SMALL = frozenset("la le les l de d du des une un the a an any our nos notre leur their".split())
_MAKES = re.compile(
    r"\b(?:fait|font|faisait|ferait|feraient|fait-(?:il|elle)|font-(?:ils|elles))(?:-(?:il|elle|ils|elles))? (?:(?:vraiment|plus|davantage|encore) )?(?:partir|fuir|perdre|resilier|quitter|rester|revenir)\b|"
    r"\b(?:makes?|making|cause[sd]?|driv(?:e|es|ing)|push(?:es|ing)?|keeps?) (?:our |the |my |more )?(?:customers?|people|clients?|members?|subscribers?|them) (?:to )?(?:leave|leaving|away|cancel|churn|quit|go|stay|loyal)\b|"
    r"\b(?:drive|drives|cause|causes|reduce|reduces|increase|increases) (?:customer )?(?:churn|departures|attrition)\b"
)


def both_ways(tokens: Tokens, columns: Columns, slots: Slots) -> None:
    """Split by the yes/no column that is said both ways; the one before the verb where it is asked what makes customers leave.

    Args:
        tokens: the question; what is read of it is taken.
        columns: what the data can be asked about.
        slots: filled in place.
    """
    match = _BOTH.search(tokens.text)
    if match is not None and len(slots.by) < 2:
        start = tokens.after(match.end())
        while start < len(tokens) and tokens.words[start] in _SMALL:
            start += 1
        found = _named_at(tokens, columns, start)
        if found is not None:
            _split(found, tokens, slots)
            tokens.take_span(*match.span())
            return
    makes = _MAKES.search(tokens.text)
    if makes is None or slots.by:
        return
    for start in range(len(tokens)):
        if tokens.spans[start][0] >= makes.start():
            return
        found = _named_at(tokens, columns, start, categories=True)
        if found is not None:
            slots.measure = "lost_rate"
            _split(found, tokens, slots)
            tokens.take_span(*makes.span())
            return


def all_sides(tokens: Tokens, slots: Slots) -> None:
    """« Le chèque fait-il partir les clients ? »: a value is set beside the others of its column, and not looked at alone.

    Args:
        tokens: the question.
        slots: its filters and groups are put right in place.
    """
    if _MAKES.search(tokens.text) is None:
        return
    said = [found for found in slots.filters if found.operator in ("=", "in") and not found.on_purchases and found.field not in ("lost", "lost_on")]
    if not slots.by and len(said) == 1:
        slots.by, slots.measure = [said[0].field], "lost_rate"
    slots.filters = [found for found in slots.filters if found.field not in slots.by]


def _split(found: tuple[Field, list[int]], tokens: Tokens, slots: Slots) -> None:
    if found[0].name not in slots.by:
        slots.by.append(found[0].name)
    tokens.take(found[1])


def _named_at(tokens: Tokens, columns: Columns, start: int, *, categories: bool = False) -> tuple[Field, list[int]] | None:
    """The yes/no column (or the category) whose name begins there, the longest name first."""
    wanted = (ColumnType.FLAG, ColumnType.CATEGORY) if categories else (ColumnType.FLAG,)
    aliases = sorted(((alias, field) for field in columns.fields if field.type in wanted and not field.derived for alias in field.aliases), key=lambda pair: -len(pair[0]))
    for alias, field in aliases:
        places, place = list[int](), start
        for part in alias:
            while place < len(tokens) and tokens.words[place] in _SMALL and not same(part, tokens.ideas[place]):
                place += 1
            if place >= len(tokens) or not tokens.free(place) or not same(part, tokens.ideas[place]):
                break
            places.append(place)
            place += 1
        if alias and len(places) == len(alias):
            return field, places
    return None
