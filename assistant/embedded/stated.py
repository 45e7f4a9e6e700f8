"""What is read before the rest because it is said in full: a header after "by", two values set against each other, reasons of leaving."""

from __future__ import annotations

import re

from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import Role
from assistant.embedded.columns import Columns
from assistant.embedded.fields import Field
from assistant.embedded.filters import Filter
from assistant.embedded.groups import SUPERLATIVE, group_at
from assistant.embedded.ideas import split_headers
from assistant.embedded.mentions import Mention
from assistant.embedded.negations import NEGATIONS
from assistant.embedded.slotted import Slots
from assistant.embedded.text import words
from assistant.embedded.tokens import Tokens

_BY = re.compile(r"\b(?:par|by|per|selon|according to|en fonction (?:du|de la|de|des)|suivant|for each|pour chaque|(?:repartition|breakdown|split|distribution) (?:des?|of)(?: nos| our| the)?)\b")
_RANKED = re.compile(r"^(?:le |the |un |a |fais(?:-moi)? un |give me (?:a|the) )?(?:classement|classer?|classez|ranking|rank|trier?|sort)\b(?: (?:des|de|les|of|our|nos|the|moi|d'))*(?= )")
_LINKS = frozenset("de du des d la le les l the of a au to".split())
_VERSUS = re.compile(r"^(?:vs|versus|contre|ou|or|et|and|than|que|against)$")
_SET_AGAINST = re.compile(r"\b(?:vs|versus|contre|against|compar\w*|par rapport|plus|moins|more|less|better|mieux|entre|between|difference)\b")
REASONS = re.compile(
    r"\b(?:(?:motifs?|raisons?|causes?)\s+(?:de |d'|des |du )?(?:les |nos |leurs? |la )?(?:departs?|resiliations?|churn|attrition|desabonnements?|annulations?|perte|fin)|"
    r"(?:cancel\w*|churn|leaving|departure|exit) reasons?|reasons? (?:for|of|given for|behind) (?:the |our |their )?(?:leaving|churn\w*|cancel\w*|departures?|terminat\w*|ending|quitting|stopping|unsubscrib\w*|losses|closures?)|"
    r"terminat\w+ reasons?|(?:departs?|resiliations?|desabonnements?|departures?|cancell?ations?|churn|leavers) (?:par|by|per|selon) (?:motifs?|raisons?|causes?|reasons?)|"
    r"reasons? (?:why )?(?:people|customers|they|users|members|clients|accounts|subscribers) (?:quit\w*|leave|left|leaving|cancel\w*|churn\w*)|"
    r"(?:repartition|ventilation|classement|palmares|breakdown|distribution|split|ranking) (?:par |des? |of |by )(?:les |the |our |nos )?(?:motifs?|raisons?|causes|reasons?)(?= ?(?:$|[?.!,]|en \d|in \d))|"
    r"(?:motifs?|raisons?) (?:pour lesquell?e?s?|pour lesquels|qui font qu)\W?.{0,14}(?:part\w*|quitt\w*|resili\w*))\b"
)
_LISTED = re.compile(
    r"\b(?:repartition|principa\w*|main|top|quels|which|what are|plus|most|combien|how many|breakdown|count|by|par|nombre|parts?|share|"
    r"distribution|premiere?s?|first|classement|ranking|liste|list|frequen\w*|common)\b|^(?:les |nos |the |our |leurs? )?(?:motifs?|raisons?|causes?|cancel\w*|churn|reasons?)\b"
)
_SIDES = 2  # with more values than the two said, the others are left out
_AVERAGED = re.compile(r"\b(?:moyen\w*|median\w*|average|avg|mean|total\w*|somme|sum)\b")
_WHY = re.compile(r"^(?:et |and |mais |but |so )?(?:pourquoi|why)\b")


def stated_groups(tokens: Tokens, columns: Columns, slots: Slots) -> None:
    """« Par type d'adhésion » where a header says type_adhesion: its words are the header's, whatever else they mean.

    Args:
        tokens: the question; what is read of it is taken.
        columns: what the data can be asked about.
        slots: filled in place.
    """
    ranked = _RANKED.search(tokens.text)
    if ranked is not None and group_at(tokens, columns, slots, tokens.after(ranked.end())):
        tokens.take_span(*ranked.span())
        slots.order = slots.order or "desc"
    for match in _BY.finditer(tokens.text):
        start = tokens.after(match.end())
        found = _header_at(tokens, columns, start)
        if found is not None and found[0].name not in slots.by and len(slots.by) < 2:
            slots.by.append(found[0].name)
            tokens.take(found[1])
            following = max(found[1]) + 1
            if following < len(tokens) - 1 and tokens.words[following] in ("et", "and", "x"):
                group_at(tokens, columns, slots, following + 1)


def values_said_whole(tokens: Tokens, columns: Columns, slots: Slots) -> None:
    """"Cancelled by the instructor" where a state says « Cancelled by instructor »: its « by » splits nothing, and the other states are not meant.

    Args:
        tokens: the question; what is read of it is taken.
        columns: what the data can be asked about.
        slots: filled in place.
    """
    headers = {field.name.lower() for field in columns.fields}
    told = [
        (field, value, said) for field in columns.fields for value in (field.values if not field.derived else ())
        if len(said := words(value)) >= _BY_SOMEBODY and _BY_WORDS & set(said[1:-1])
    ]  # fmt: skip
    people = [one for one in told if one[2][-1] not in headers]  # questions are read with their customers called so
    if _done_by(tokens, columns, slots):
        return
    for found, last in ((told, ""), (people if len({tuple(said[:-1]) for _, _, said in people}) == len({value for _, value, _ in people}) else [], "|customers?|clients?")):
        for field, value, said in found:
            spelt = [_agreeing(said[0]), *(re.escape(word) for word in said[1:-1]), f"(?:{re.escape(said[-1])}{last})"]
            match = re.search(rf"\b{_ARTICLES.join(spelt)}\b", tokens.text)
            if match is not None and not NEGATIONS & set(tokens.text[: match.start()].split()[-2:]):
                slots.filters.append(Filter(field.name, "=", (value,), field.on_purchases))
                tokens.take_span(*match.span())
                return


def _done_by(tokens: Tokens, columns: Columns, slots: Slots) -> bool:
    """« Annulées par l'agence » where states say « Annulée agence », « Annulée client »: whose doing it was, which splits nothing; whether it was read."""
    for field in columns.fields:
        states = [(value, words(value)) for value in (field.values if not field.derived else ())]
        for value, said in states:
            alike = [other for _, other in states if len(other) == _DONE_AND_WHO and other[0] == said[0]] if len(said) == _DONE_AND_WHO else []
            if len(alike) < _DONE_AND_WHO:
                continue  # nothing else was done by somebody else
            match = re.search(rf"\b{_agreeing(said[0])} (?:par|by){_ARTICLES_SAID}{re.escape(said[1].rstrip('s'))}s?\b", tokens.text)
            if match is not None and not NEGATIONS & set(tokens.text[: match.start()].split()[-2:]):
                slots.filters.append(Filter(field.name, "=", (value,), field.on_purchases))
                tokens.take_span(*match.span())
                return True
    return False


_ARTICLES_SAID = r" (?:(?:the|a|an|our|their|le|la|les|un|une|des|nos|notre|l')(?: |(?<=')))+"  # « annulées par agence » is split by it
_DONE_AND_WHO = 2  # words; and states, of which one tells the other apart


def _agreeing(word: str) -> str:
    """A pattern of a word of a state; a French participle in any gender and number: « Annulé » is said « annulées »."""
    stem = re.fullmatch(r"(?P<stem>[a-z]{3,}?)e{1,2}s?", word)
    return re.escape(word) if stem is None else rf"{stem['stem']}e{{1,2}}s?"


_BY_SOMEBODY = 3  # words: what was done, « par », by whom
_BY_WORDS = frozenset(("by", "par", "per"))
_ARTICLES = r" (?:(?:the|a|an|our|their|le|la|les|un|une|nos|notre|l')(?: |(?<=')))*"


def _header_at(tokens: Tokens, columns: Columns, start: int) -> tuple[Field, list[int]] | None:
    """The field whose header of two words or more stands there word for word, small words aside."""
    for field in columns.fields:
        header = [word.rstrip("s") for word in words(split_headers(field.name))]
        if (len(header) < 2 and header != ["type"]) or field.type is ColumnType.NUMBER or field.derived:
            continue
        places, place = list[int](), start
        for part in header:
            while place < len(tokens) and tokens.words[place] in _LINKS and tokens.words[place] != part:
                place += 1
            if not tokens.free(place) or tokens.words[place].rstrip("s") != part:
                break
            places.append(place)
            place += 1
        if len(places) == len(header):
            return field, places
    return None


_PERIODIC = frozenset("mensuel mensuelle monthly trimestriel trimestrielle quarterly annuel annuelle annual yearly weekly hebdomadaire".split())


def stated_number(tokens: Tokens, columns: Columns) -> Field | None:
    """« Visites par mois » where a header says visites_par_mois, "monthly rental" where one says so: a number, not a split by month.

    Args:
        tokens: the question; what is read of it is taken.
        columns: what the data can be asked about.
    """
    for field in columns.numeric():
        header = [word.rstrip("s") for word in words(split_headers(field.name))]
        if len(header) < 2 or field.derived:
            continue
        if not (_BY_WORDS | _PERIODIC) & set(header):
            spots = [next((place for place in range(len(tokens)) if tokens.free(place) and tokens.words[place].rstrip("s") == part), -1) for part in header]
            if -1 not in spots and _AVERAGED.search(tokens.text) and max(spots) - min(spots) > len(header):
                tokens.take(spots)  # « durée moyenne des interventions en heures »
                return field
            continue
        for start in range(len(tokens) - len(header) + 1):
            places = range(start, start + len(header))
            if all(tokens.free(place) for place in places) and [tokens.words[place].rstrip("s") for place in places] == header:
                tokens.take(places)
                return field
    return None


def opposed_values(tokens: Tokens, columns: Columns, slots: Slots) -> None:
    """« Monthly vs annual billing », « sans engagement ou 24 mois »: two values of one column, side by side, are what to split by.

    Args:
        tokens: the question; what is read of it is taken.
        columns: what the data can be asked about.
        slots: filled in place.
    """
    if slots.by or not _SET_AGAINST.search(tokens.text):
        return
    for place in range(1, len(tokens) - 1):
        if not _VERSUS.match(tokens.words[place]):
            continue
        for field in (found for found in columns.fields if not found.derived):
            left = _value_at(tokens, field, place - 1, backwards=True)
            right = _value_at(tokens, field, place + 1, backwards=False)
            if left is None or right is None or left[0] == right[0]:
                continue
            used = [*left[1], place, *right[1]]
            header = {word.rstrip("s") for word in words(split_headers(field.name))}
            near = [other for other in range(max(0, min(used) - 2), min(len(tokens), max(used) + 3)) if tokens.words[other].rstrip("s") in header]
            slots.by.append(field.name)
            if len(field.values) > _SIDES:
                slots.filters.append(Filter(field.name, "in", (left[0], right[0]), field.on_purchases, min(used)))
            tokens.take([*used, *near])
            return


def opposed_flag(tokens: Tokens, columns: Columns, slots: Slots) -> None:
    """« Les abonnés … que les non-abonnés »: both sides of a yes/no column, whatever else is called so.

    Args:
        tokens: the question; what is read of it is taken.
        columns: what the data can be asked about.
        slots: filled in place.
    """
    for field in (found for found in columns.fields if found.type is ColumnType.FLAG and not found.derived and not slots.by):
        said = [place for place in range(len(tokens)) if tokens.free(place) and any(alias == (tokens.ideas[place],) for alias in field.aliases)]
        denied = [place for place in said if place and tokens.words[place - 1] in ("non", "not")]
        if denied and len(denied) < len(said):
            slots.by.append(field.name)
            tokens.take([*said, *(place - 1 for place in denied)])


def _value_at(tokens: Tokens, field: Field, place: int, *, backwards: bool) -> tuple[str, list[int]] | None:
    """The value of a column written word for word, ending or starting there."""
    for value in field.values:
        said = words(value)
        start = place - len(said) + 1 if backwards else place
        if not backwards and start < len(tokens) and tokens.words[start] in ("les", "the", "le", "la", "l"):
            start += 1
        places = list(range(start, start + len(said)))
        if said and start >= 0 and places[-1] < len(tokens) and all(map(tokens.free, places)):
            if [tokens.words[at].rstrip("s") for at in places] == [word.rstrip("s") for word in said]:
                return value, places
    return None


def asks_reasons(text: str) -> bool:
    """Whether a plain question asks for the reasons of leaving that were given, listed or counted.

    Args:
        text: the question.
    """
    return REASONS.search(text) is not None and _WHY.search(text) is None and _LISTED.search(text) is not None


def reasons_told(tokens: Tokens, columns: Columns, slots: Slots) -> bool:
    """« Répartition des motifs de départ », "main cancel reasons": who left, by the reason the files hold.

    Args:
        tokens: the question; what is read of it is taken.
        columns: what the data can be asked about.
        slots: filled in place.
    """
    field = next((found for found in columns.fields if found.role is Role.CHURN_REASON and found.type is ColumnType.CATEGORY), None)
    match = REASONS.search(tokens.text)
    if field is None or match is None or not asks_reasons(tokens.text):
        return False
    tokens.take_span(*match.span())
    tokens.take(place for place, word in enumerate(tokens.words) if QUOTED.fullmatch(word))
    if field.name not in slots.by and len(slots.by) < 2:
        slots.by.append(field.name)
    slots.filters.append(Filter("lost", "=", (True,)))
    return True


QUOTED = re.compile(r"citee?s?|invoquee?s?|evoquee?s?|avancee?s?|mentionnee?s?|donnee?s?|indiquee?s?|cited|given|mentioned|quoted|stated|reported|listed|used")  # of a reason


_MORE_THAN = re.compile(r"\b(plus|moins|more|less|fewer|better|mieux|davantage)\b.{0,24}\b(que?|than)\b")
_AGAINST = re.compile(r"\b(vs\.?|versus|contre|against|compar\w*|par rapport aux?|face aux?)\b")
EITHER = re.compile(r"\b(ou|or)\b")
_SPREAD = re.compile(r"\b(repartition|breakdown|distribution|ratio|split|proportion)\b")


def set_against_each_other(tokens: Tokens, found: list[Mention], slots: Slots) -> list[Mention]:
    """Values set against each other ("men vs women") ask for a comparison, not for a filter."""
    kept: list[Mention] = []
    opposed: dict[str, list[Mention]] = {}
    for mention in found:
        rivals = [other for other in found if other.field.name == mention.field.name and other.value != mention.value]
        between = " ".join(tokens.words)
        against = _MORE_THAN.search(between) or _AGAINST.search(between) or _SPREAD.search(between) or (EITHER.search(between) and SUPERLATIVE.search(between))
        if rivals and against and not mention.negated:
            if mention.field.name not in slots.by and len(slots.by) < 2:
                slots.by.append(mention.field.name)
            opposed.setdefault(mention.field.name, []).append(mention)
        else:
            kept.append(mention)
    for name, sides in opposed.items():
        values = tuple(dict.fromkeys(side.value for side in sides))
        if name in slots.by and len(sides[0].field.values) > len(values):
            slots.filters.append(Filter(name, "in", values, sides[0].field.on_purchases, min(sides[0].places)))
    split = set(slots.by) - {mention.field.name for mention in kept}
    return [mention for mention in kept if mention.field.name not in split]
