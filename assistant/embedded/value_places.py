"""Where a value of the data is said in a question, in whole or by the word that tells it."""

from __future__ import annotations

import re

from analytics.datamodel.roles import Role
from assistant.embedded.fields import Field
from assistant.embedded.ideas import idea, ideas, in_lexicon, same
from assistant.embedded.measuring import ORDERS, PERSON
from assistant.embedded.negations import AFFIRMATIONS, LACKING, NEGATIONS
from assistant.embedded.place_codes import places_by_code
from assistant.embedded.rhythm import named_by_rhythm
from assistant.embedded.text import plain, words
from assistant.embedded.tokens import Tokens

_GONE = re.compile(r"cancel(?:s|led|ed|ling|ing|lations?|ations?)?|annul(?:e|ee|es|ees|ent|ations?)?|resili\w*|quit\w*|left|lost|churned|perdue?s?|partie?s?")
_AMBIGUOUS = frozenset("month year quarter one two yes no automatic service product contract client customer".split())
COMMON = frozenset(
    """client customer perdu lost churn promo depart total tous all autre other nouveau new actif active mois semaine
    achat commande order purchase fidele loyal same meme only just first last next best most least more less plus moins
    how what who when where which quand quoi que qui not with without and for from day jour week free gratuit product produit service""".split()
)
# Half of « Long day care », of « Full board » says any length, any size.
_ANY_SIZE = frozenset("long short high full half part whole large small great young late early fast slow good hard soft open close longue court courte grand grande petit petite haut haute plein pleine demi entier entiere".split())
_GRAMMAR = frozenset("a est sont ont son sur pas on or is are be do it am if so as the".split())
_ANNOUNCES = frozenset("l region zone secteur quartier area district value valeur".split())
# Half the name of a region says another place: « les Français » are not those of Île-de-France.
_COUNTRIES = frozenset("france germany england spain italy belgium switzerland portugal canada netherlands usa".split())
# Nor is a département half the name of a region, nor a state half the name of another: « la Loire » is not all of « Pays de la Loire ».
_PLACES_APART = frozenset(
    """ain aisne allier ardeche ardennes ariege aube aude aveyron calvados cantal charente cher correze corse creuse dordogne doubs drome essonne eure gard gers gironde herault indre isere jura landes
    loire loiret lot manche marne mayenne meuse morbihan moselle nievre oise orne rhone sarthe savoie seine somme tarn var vaucluse vendee vienne vosges yonne virginia carolina dakota mexico jersey hampshire york""".split()
)
_FRENCH_AHEAD = frozenset("du le les de des au aux un en par ou et".split())
_OPPOSED = frozenset(("vs", "versus", "contre"))
_PLACE_CUES = frozenset("en in via aux au du des par sur chez a at from of by on through".split())
_CODE_LENGTH = 3  # figures: a postcode says one thing only
_CODE = re.compile(r"[a-z]+\d+|\d+[a-z]+")  # « P1 » is short and says one thing only


def places_of(
    tokens: Tokens, field: Field, value: str, rare: dict[str, set[str]], known: frozenset[str], *, named: bool
) -> list[tuple[int, ...]]:
    """Where a question says a value: the places of the words that say it, or none.

    Args:
        tokens: the question.
        field: the column of the value.
        value: as it stands in the file.
        rare: the columns that hold each idea.
        known: the words the assistant knows.
        named: whether the question names the column.
    """
    parts = tuple(dict.fromkeys(ideas(value)))
    if field.role is Role.GENDER and len(parts) == 1 and parts[0] in ("f", "m", "h"):
        parts = ("female",) if parts[0] == "f" else ("male",)
    if not parts or all(part in COMMON for part in parts):
        return _one_of_them(tokens, value)
    if field.role is Role.COUNTRY and plain(value) in _COUNTRY_CODES:
        parts = (_COUNTRY_CODES[plain(value)],)
    weak = all(part in _AMBIGUOUS or part.isdigit() or (len(part) < 3 and not _CODE.fullmatch(part)) for part in parts)
    said = _verbatim(tokens, value) or _by_the_name_of_its_code(tokens, field, value)
    if said:
        return [said]
    if field.role is Role.POSTCODE and value.isdigit() and len(value) > _CODE_LENGTH and value in tokens.words and tokens.free(tokens.words.index(value)):
        return [(tokens.words.index(value),)]
    alone = _alone(tokens, field, value, parts, rare, known) if weak else None
    if alone is not None:
        return [(alone,)]
    if weak and not (named and _beside(tokens, field, parts)):
        return []
    if weak and len(parts) == 2 and "one" in parts and "one" not in tokens.ideas:
        parts = tuple(part for part in parts if part != "one")  # « contrat annuel »
    spelt = {idea(word): word for word in words(value)}
    papers = any(_CREDITS.search(plain(one)) for one in field.values)  # kinds of documents: « invoiced » is said of invoices, not of credit notes
    spots = [_spots(tokens, part, spelt.get(part, part), known, acts=not papers) for part in parts]
    if all(spots):
        places = tuple(sorted({spot[0] for spot in spots}))
        if places[-1] - places[0] <= len(parts) + 2 and _said_as_value(tokens, places, field):
            return [places]
        return []
    if len(parts) == 1 or ("no" in parts and not LACKING.match(plain(value))):
        return []  # half of « Non venu » says the contrary
    telling = [
        spot[0] for part, spot in zip(parts, spots, strict=True)
        if spot and len(rare[part]) == 1 and len(part) >= 4 and _surely(tokens, spot[0], part, spelt.get(part, part))
        and not (_GONE.fullmatch(tokens.words[spot[0]]) and not ORDERS.search(tokens.text))  # « ont annulé » tells who left, not « Annulé par le salon »
        and part not in _AMBIGUOUS | COMMON | NEGATIONS | AFFIRMATIONS | _COUNTRIES | _ANY_SIZE
        and not (field.role in PLACES and spelt.get(part, part) in _PLACES_APART)
        and not _SOLD.fullmatch(tokens.words[spot[0]])  # « ventes par ville » are not those of « Vente privée »
        and not PERSON.fullmatch(spelt.get(part, part))  # « soirée des membres » is none of "visits per member"
    ]  # fmt: skip
    return [tuple(telling)] if telling and _said_as_value(tokens, tuple(telling), field) else []


_SOLD = re.compile(r"(?:ventes?|sales?|recettes?|revenus?|revenues?|turnover|paniers?|baskets?|montants?|amounts?)")  # what is measured of purchases, more often than half of a value


def _surely(tokens: Tokens, place: int, part: str, spelt: str) -> bool:
    """Whether a word is that part of a value for sure: another letter in its place makes another word ("charged" is not "changed")."""
    if part.rstrip("s") == tokens.ideas[place].rstrip("s") or _agrees(tokens.words[place], spelt):
        return True
    said = tokens.words[place]
    return len(said) != len(spelt) or sorted(said) == sorted(spelt)


PLACES = (Role.REGION, Role.CITY, Role.COUNTRY, Role.STORE, Role.POSTCODE)
_COUNTRY_CODES = {
    "fr": "france", "de": "germany", "uk": "england", "gb": "england", "es": "spain", "it": "italy", "be": "belgium", "ch": "switzerland", "us": "usa", "nl": "netherlands",
    "pt": "portugal", "ca": "canada",
}  # fmt: skip
_KINDS = frozenset("service services gratuit free".split())  # everyday words that are a kind of purchase once an article announces them
_ONE = re.compile(r"\b(?:for (?:a |an )?|(?:pour|type|par) (?:un |une )?|combien de |how many |number of |nombre de )$")


def _alone(tokens: Tokens, field: Field, value: str, parts: tuple[str, ...], rare: dict[str, set[str]], known: frozenset[str]) -> int | None:
    """« Contrats auto », "annual members", « BD »: an everyday word that is a value of one word, where nothing else is called so or people are."""
    short = value.isupper() and value.isalpha() and len(value) == 2 and len(rare[parts[0]]) <= 2  # of purchases, and of the first of them
    if short and plain(value) not in known | _GRAMMAR | NEGATIONS:
        return next((at for at, word in enumerate(tokens.words) if word == plain(value) and tokens.free(at)), None)
    place = next((at for at, word in enumerate(tokens.words) if [word.rstrip("s")] == [part.rstrip("s") for part in words(value)] and len(word) > 3), None)
    if place is None or not tokens.free(place) or len(words(value)) != 1:
        return None
    beside = any(0 <= near < len(tokens) and PERSON.fullmatch(tokens.words[near]) for near in (place - 1, place + 1)) or named_by_rhythm(tokens, place)
    return place if beside or (parts == ("automatic",) and rare["automatic"] == {field.name}) else None


def _one_of_them(tokens: Tokens, value: str) -> list[tuple[int, ...]]:
    """« Average bill for a service »: a value made of one everyday word, announced as one of a kind."""
    said = words(value)
    if len(said) == 1 and said[0] in tokens.marked and value[:1].isupper():  # "on Plus": typed as the files write it
        typed: list[tuple[int, ...]] = [(place,) for place, word in enumerate(tokens.words) if word == said[0] and tokens.free(place)]
        return typed[:1]
    if len(said) != 1 or said[0] not in _KINDS:
        return []
    spots: list[tuple[int, ...]] = [(place,) for place, word in enumerate(tokens.words) if word.rstrip("s") == said[0].rstrip("s") and tokens.free(place) and _ONE.search(tokens.text[: tokens.spans[place][0]])]
    return spots[:1]


def _verbatim(tokens: Tokens, value: str) -> tuple[int, ...]:
    """Where a value of three words or more ("month-to-month"), or of two with a small one (« Carré Or ») or of two years (« 2025-2026 »), was said word for word."""
    said, last = words(value), len(tokens) - 1
    if last > 0 and said == tokens.words[last:] and said[0] in _GRAMMAR and tokens.free(last) and PERSON.fullmatch(tokens.words[last - 1]):
        return (last,)  # « combien de clients Or ? »: no grammar ends a question on people
    two = len(said) == 2 and (bool(_GRAMMAR & set(said)) or all(part.isdigit() and len(part) > _CODE_LENGTH for part in said))
    for start in range(len(tokens) - len(said) + 1) if len(said) > 2 or two else ():
        places = tuple(range(start, start + len(said)))
        if tokens.words[start : start + len(said)] == said and all(map(tokens.free, places)):
            return places
    return ()


def _by_the_name_of_its_code(tokens: Tokens, field: Field, value: str) -> tuple[int, ...]:
    """"Customers in Texas" where the files write TX."""
    name = places_by_code(field.values).get(value) if len(value) <= _CODE_LENGTH and value.isupper() else None
    said = words(name) if name is not None else []
    runs = (tuple(range(start, start + len(said))) for start in range(len(tokens) - len(said) + 1))
    return next((run for run in runs if said and [tokens.words[place] for place in run] == said and all(map(tokens.free, run))), ())


def _beside(tokens: Tokens, field: Field, parts: tuple[str, ...]) -> bool:
    """Whether a value made of everyday words (« mensuel », "yes") stands beside the name of its column."""
    named = [
        place for place in range(len(tokens))
        if tokens.free(place) and any(same(tokens.ideas[place], part) for alias in field.aliases for part in alias)
    ]  # fmt: skip
    said = [place for place in range(len(tokens)) if tokens.free(place) and tokens.ideas[place] in parts]
    return any(0 < abs(left - right) <= 3 for left in named for right in said)


_CREDITS = re.compile(r"\b(?:credits?(?: notes?)?|avoirs?|credit memos?)\b")


def _spots(tokens: Tokens, part: str, spelt: str, known: frozenset[str], *, acts: bool) -> list[int]:
    """Where an idea was said; a slip is allowed only in long words the assistant does not know. `acts`: what is done is no value written like it."""
    exact = [
        place for place in range(len(tokens))
        if tokens.free(place) and tokens.ideas[place] in (part, f"{part}s" if len(part) > 2 else part) and not _only_grammar(tokens, place)
        and not (acts and _done(tokens.words[place], spelt))
    ]  # fmt: skip
    exact = exact or [place for place in range(len(tokens)) if tokens.free(place) and tokens.words[place] not in known and _agrees(tokens.words[place], spelt)]
    if exact or len(spelt) < 6:
        return exact
    return [
        place for place in range(len(tokens))
        if tokens.free(place) and tokens.words[place] not in known and not in_lexicon(tokens.words[place]) and not (acts and _done(tokens.words[place], spelt))
        and (same(part, tokens.ideas[place]) or same(spelt, tokens.words[place]))
    ]  # fmt: skip


def _done(said: str, value: str) -> bool:
    """« rented » is done, « Rent » is paid; « invoiced » is done, « Invoice » is how one pays."""
    return (said.endswith("ed") and value in (said[:-2], said[:-1])) or (said in _MONEY_IN and value.rstrip("s") != said.rstrip("s"))


_MONEY_IN = ("facturation", "billings")


_FEMININE = (("", "e"), ("c", "che"), ("f", "ve"), ("er", "ere"), ("eux", "euse"), ("el", "elle"), ("en", "enne"), ("et", "ette"), ("ec", "eche"))
_ADJECTIVE = 4  # letters: « or » does not agree


def _agrees(said: str, value: str) -> bool:
    """Whether two plain words are one French adjective, in the masculine and in the feminine: « blanches » is « Blanc »."""
    one, other = said.rstrip("s"), value.rstrip("s")
    if min(len(one), len(other)) < _ADJECTIVE or one == other:
        return False
    return any(left.endswith(he) and left[: len(left) - len(he)] + she == right for he, she in _FEMININE for left, right in ((one, other), (other, one)))


def _only_grammar(tokens: Tokens, place: int) -> bool:
    """Whether a word is the verb or the preposition of the sentence, though a value is written like it (« l’Est », « est »)."""
    word, ahead = tokens.words[place], set(tokens.before(place, 1))
    french = word == "the" and ahead & _FRENCH_AHEAD  # « du the », its accent left out
    return word in _GRAMMAR and word not in tokens.marked and not _ANNOUNCES & ahead and not french


_BOUGHT = frozenset("commandes commande orders order".split())  # what questions are read with, whatever the house calls it


def field_words(field: Field) -> frozenset[str]:
    """The plain values of one word of a column."""
    return frozenset(said[0] for value in field.values if len(said := words(value)) == 1)


def _said_as_value(tokens: Tokens, places: tuple[int, ...], field: Field) -> bool:
    """A word that may also name a column counts as a value only after "in", « en », « chez » and the like."""
    if len(places) > 1 or tokens.ideas[places[0]] not in ("shop", "online", "card", "phone", "mail"):
        return True
    if field.on_purchases and places[0] and tokens.words[places[0] - 1] in _BOUGHT and tokens.words[places[0]] in field_words(field):
        return True  # « commandes internet », "phone orders" as the files write it
    return bool((_PLACE_CUES | _OPPOSED) & set(tokens.before(places[0], 2))) or bool(_OPPOSED & set(tokens.words[places[0] + 1 : places[0] + 2]))
