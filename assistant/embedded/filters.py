"""Filters a question sets: values found in the data, yes/no columns, comparisons with numbers; negations too."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass

from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import Role
from assistant.embedded.columns import Columns, Field, idea, ideas, in_lexicon, once, same
from assistant.embedded.measuring import PERSON
from assistant.embedded.rhythm import named_by_rhythm
from assistant.embedded.text import plain, words
from assistant.embedded.tokens import Tokens

Scalar = str | float | int | bool


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition, on customers or on purchases."""

    field: str
    operator: str
    values: tuple[Scalar, ...]
    on_purchases: bool = False
    at: int = dataclasses.field(default=-1, compare=False)  # where its words stand
    ever: bool = dataclasses.field(default=False, compare=False)  # of who ever made such a purchase, or never did

    def to_json(self) -> dict[str, object]:
        """As an argument of a step."""
        return {"field": self.field, "operator": self.operator, "values": list(self.values)}


_NEGATIONS = frozenset(
    "sans hors sauf except excluding without not non pas excepte excluant hormis outside no ni nor never jamais".split()
)
_OTHER_THAN = re.compile(r"\b(other than|autres? qu[e ]|but)\b")
_AFFIRMATIONS = frozenset(
    "avec with having have has had avaient ayant ont prennent detenant possedant possedent possede detiennent own owns hold holds abonnes titulaires porteurs".split()
)
_WITH = frozenset("a use uses using utilise utilisent en on has".split())  # right before the word only
_AMBIGUOUS = frozenset("month year quarter one two yes no automatic service product contract client customer".split())
_COMMON = frozenset(
    """client customer perdu lost churn promo depart total tous all autre other nouveau new actif active mois semaine
    achat commande order purchase fidele loyal same meme only just first last next best most least more less plus moins
    how what who when where which quand quoi que qui not with without and for from day jour week free gratuit product produit service""".split()
)
_PEOPLE = frozenset({"senior", "partner", "dependents", "membre", "member", "adherent", "subscriber"})
_GRAMMAR = frozenset("est sont ont son sur pas on or is are be do it am if so as the".split())
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
    flagged = {alias for field in columns.fields if field.type is ColumnType.FLAG for alias in field.aliases[:1] if alias[0] in _PEOPLE}
    first = bool({"premier", "premiere", "first"} & set(tokens.words))
    bought = {value for field in columns.fields if field.on_purchases for value in field.values}
    for field in columns.fields:
        if field.derived and not first and bought.issuperset(field.values):
            continue  # the first category bought is asked for by name only
        named = any(all(any(same(part, word) for word in tokens.ideas) for part in alias) for alias in field.aliases)
        for value in field.values:
            if ideas(value) in flagged:
                continue  # « les abonnés », where a yes/no column says who is one, are no fare of that name
            for places in _places(tokens, field, value, rare, known, named=named):
                sure = len(places) + (0.5 if named else 0.0) - (0.2 if field.on_purchases else 0.0)
                lack = _LACKING.match(plain(value)) is not None and len(places) < len(words(value))  # « never proceeded » is "Not proceeded"
                if lack and not (_negated(tokens, min(places)) or _AFFIRMATIONS & set(tokens.before(min(places), 3))):
                    continue  # « une mutuelle » said alone is not « Sans mutuelle »
                negated = _negated(tokens, min(places)) is not lack  # « pas de mutuelle » is « Sans mutuelle », « avec une mutuelle » is not
                found.append((sure, Mention(field, value, places, negated, field.on_purchases and not lack and _never(tokens, min(places)))))
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


_CODE_LENGTH = 3  # figures: a postcode says one thing only
_CODE = re.compile(r"[a-z]+\d+|\d+[a-z]+")  # « P1 » is short and says one thing only


def _places(
    tokens: Tokens, field: Field, value: str, rare: dict[str, set[str]], known: frozenset[str], *, named: bool
) -> list[tuple[int, ...]]:
    parts = tuple(dict.fromkeys(ideas(value)))
    if field.role is Role.GENDER and len(parts) == 1 and parts[0] in ("f", "m", "h"):
        parts = ("female",) if parts[0] == "f" else ("male",)
    if not parts or all(part in _COMMON for part in parts):
        return _one_of_them(tokens, value)
    if field.role is Role.COUNTRY and plain(value) in _COUNTRY_CODES:
        parts = (_COUNTRY_CODES[plain(value)],)
    weak = all(part in _AMBIGUOUS or part.isdigit() or (len(part) < 3 and not _CODE.fullmatch(part)) for part in parts)
    said = _verbatim(tokens, value)
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
    spots = [_spots(tokens, part, spelt.get(part, part), known) for part in parts]
    if all(spots):
        places = tuple(sorted({spot[0] for spot in spots}))
        if places[-1] - places[0] <= len(parts) + 2 and _said_as_value(tokens, places, field):
            return [places]
        return []
    if len(parts) == 1 or ("no" in parts and not _LACKING.match(plain(value))):
        return []  # half of « Non venu » says the contrary
    telling = [
        spot[0] for part, spot in zip(parts, spots, strict=True)
        if spot and len(rare[part]) == 1 and len(part) >= 4
        and part not in _AMBIGUOUS | _COMMON | _NEGATIONS | _AFFIRMATIONS | _COUNTRIES
        and not (field.role in _PLACES and spelt.get(part, part) in _PLACES_APART)
        and not PERSON.fullmatch(spelt.get(part, part))  # « soirée des membres » is none of "visits per member"
    ]  # fmt: skip
    return [tuple(telling)] if telling and _said_as_value(tokens, tuple(telling), field) else []


_LINK = re.compile(r"\b(?:de la|de l|du|des|de|d|a la|aux|au|of the|of|for)\b")
_PLACES = (Role.REGION, Role.CITY, Role.COUNTRY, Role.STORE, Role.POSTCODE)


def _complement(field: Field, value: str, part: str) -> bool:
    """Whether a word only tells what the rest of a value is of: « vins » in « Salon des vins ».

    Where other values begin alike (« Cours de yoga », « Cours de danse »), it is what tells them apart; a place is called by any of its words.
    """
    said = " ".join(words(value))
    link = _LINK.search(said)
    if link is None or not link.start() or field.role in _PLACES:
        return False
    head, after = said[: link.start()], words(said[link.end() :])
    alike = sum(" ".join(words(other)).startswith(head) for other in field.values)
    return alike == 1 and bool(after) and idea(after[0]) == part


_COUNTRY_CODES = {
    "fr": "france", "de": "germany", "uk": "england", "gb": "england", "es": "spain", "it": "italy", "be": "belgium", "ch": "switzerland", "us": "usa", "nl": "netherlands",
    "pt": "portugal", "ca": "canada",
}  # fmt: skip
_KINDS = frozenset("service services gratuit free".split())  # everyday words that are a kind of purchase once an article announces them
_ONE = re.compile(r"\b(?:for (?:a |an )?|(?:pour|type|par) (?:un |une )?|combien de |how many |number of |nombre de )$")


def _alone(tokens: Tokens, field: Field, value: str, parts: tuple[str, ...], rare: dict[str, set[str]], known: frozenset[str]) -> int | None:
    """« Contrats auto », "annual members", « BD »: an everyday word that is a value of one word, where nothing else is called so or people are."""
    short = value.isupper() and value.isalpha() and len(value) == 2 and len(rare[parts[0]]) <= 2  # of purchases, and of the first of them
    if short and plain(value) not in known | _GRAMMAR | _NEGATIONS:
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


def _beside(tokens: Tokens, field: Field, parts: tuple[str, ...]) -> bool:
    """Whether a value made of everyday words (« mensuel », "yes") stands beside the name of its column."""
    named = [
        place for place in range(len(tokens))
        if tokens.free(place) and any(same(tokens.ideas[place], part) for alias in field.aliases for part in alias)
    ]  # fmt: skip
    said = [place for place in range(len(tokens)) if tokens.free(place) and tokens.ideas[place] in parts]
    return any(0 < abs(left - right) <= 3 for left in named for right in said)


def _spots(tokens: Tokens, part: str, spelt: str, known: frozenset[str]) -> list[int]:
    """Where an idea was said; a slip is allowed only in long words the assistant does not know."""
    exact = [
        place for place in range(len(tokens))
        if tokens.free(place) and tokens.ideas[place] in (part, f"{part}s" if len(part) > 2 else part) and not _only_grammar(tokens, place)
    ]  # fmt: skip
    exact = exact or [place for place in range(len(tokens)) if tokens.free(place) and tokens.words[place] not in known and _agrees(tokens.words[place], spelt)]
    if exact or len(spelt) < 6:
        return exact
    return [
        place for place in range(len(tokens))
        if tokens.free(place) and tokens.words[place] not in known and not in_lexicon(tokens.words[place])
        and (same(part, tokens.ideas[place]) or same(spelt, tokens.words[place]))
    ]  # fmt: skip


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


def _said_as_value(tokens: Tokens, places: tuple[int, ...], field: Field) -> bool:
    """A word that may also name a column counts as a value only after "in", « en », « chez » and the like."""
    if len(places) > 1 or tokens.ideas[places[0]] not in ("shop", "online", "card", "phone", "mail"):
        return True
    return bool((_PLACE_CUES | _OPPOSED) & set(tokens.before(places[0], 2))) or bool(_OPPOSED & set(tokens.words[places[0] + 1 : places[0] + 2]))


def _negated(tokens: Tokens, place: int) -> bool:
    near = tokens.before(place, 3)
    return bool(_NEGATIONS & set(near)) or _OTHER_THAN.search(" ".join(near)) is not None


_LACKING = re.compile(r"^(?:sans|without|no|not|non|never|jamais|aucune?|pas)\b")
_NEVER = re.compile(
    r"\b(?:jamais|never|(?:n'ont|n'a|ne sont|n'etaient) (?:pas|rien|aucun\w*)|have not|haven't|has not|hasn't|did not|didn't|do not|don't|sans (?:avoir|jamais)|"
    r"without (?:ever )?(?:\w+ing|having))\b(?: [\w']+){0,5} ?$"
)


def _never(tokens: Tokens, place: int) -> bool:
    """Whether what is said there was never bought: « sans jamais faire de ski », "never ordered tea"."""
    return _NEVER.search(tokens.text[max(0, tokens.spans[place][0] - _NEAR) : tokens.spans[place][0]]) is not None


_NEAR = 44  # letters
_CONSENT = re.compile(
    r"\b(?P<no>n'acceptent pas|refus\w*|ne veulent pas|opted out of|do not accept|don't accept|unsubscribed from)?(?P<yes>accept\w*|autoris\w*|consent\w*|opted in(?: to| for)?|opt-in|agreed? to|d'accord pour|veulent bien)?"
    r" ?(?:de |d'|etre |recevoir |receive |contacte\w* |contacted |par |by |les |nos |des |to |the |our |being )*(?P<way>sms|texts?|e-?mails?|mails?|newsletters?|telephone|phone|calls?|courrier|post)\b"
)
_LETTER = re.compile(
    r"\b(?:(?P<no>non[- ]|pas |not )?(?P<yes>inscrite?s?|abonnee?s?|subscribe(?:d|rs?)|signed up|sign-ups?) (?:a |to |for )?(?:la |the |our |notre )?(?P<way>newsletter|e-?mails?))\b"
)
_WAYS = (("sms", Role.CONSENT_SMS), ("text", Role.CONSENT_SMS), ("tele", Role.CONSENT_PHONE), ("phon", Role.CONSENT_PHONE), ("call", Role.CONSENT_PHONE),
         ("courr", Role.CONSENT_POST), ("post", Role.CONSENT_POST), ("", Role.CONSENT_EMAIL))  # fmt: skip


def consents(tokens: Tokens, columns: Columns) -> list[Filter]:
    """« Acceptent les SMS », "opted out of e-mails": the consent of that channel, where the files hold it.

    Args:
        tokens: the question; what is read of it is taken.
        columns: what the data can be asked about.
    """
    for match in (*_CONSENT.finditer(tokens.text), *_LETTER.finditer(tokens.text)):
        if not (match["no"] or match["yes"]):
            continue
        role = next(found for start, found in _WAYS if match["way"].startswith(start))
        field = next((found for found in columns.fields if found.role is role), None)
        held = _yes_no(field) if field is not None else None
        if field is not None and held is not None and held[0] is not None:
            place = next((at for at, (_, high) in enumerate(tokens.spans) if high > match.start()), -1)
            tokens.take_span(*match.span())
            return [Filter(field.name, "=", (held[1] if match["no"] else held[0],), field.on_purchases, place)]
    return []


_UNPAID = re.compile(r"\b(?:impaye(?:e|s|es)?|unpaid|outstanding|(?:non|pas|not|pas encore|not yet) (?:encore |ete )?(?:paye|regle|solde|paid|settled)\w*)\b")
_PAID = re.compile(r"^(?:payee?s?|payed|paid|reglee?s?|soldee?s?|settled|acquittee?s?|encaissee?s?)$")
_NOT_PAID = re.compile(r"^(?:unpaid|impayee?s?|overdue|outstanding)$")
_PAYMENT = re.compile(r"^(?:paiement|payment|paid|paye|reglement|encaissement|settlement|settled)")
_NOT_OWED = re.compile(r"^(?:cancel|annul|refund|rembours|credit|avoir|draft|brouillon|void|quote|devis|written|irrecouv)")
_UNSETTLED = re.compile(r"^(?:im|un|non|not|part)")


def unpaid_said(text: str) -> bool:
    """Whether a plain question is about what is not paid, or late."""
    return _UNPAID.search(text) is not None or re.search(r"\b(?:en retard|late|overdue|past due)\b", text) is not None


def unpaid(tokens: Tokens, columns: Columns) -> Filter | None:
    """« Impayés », "unpaid": the states of the files that are not the one of what is paid.

    Args:
        tokens: the question; what is read of it is taken.
        columns: what the data can be asked about.
    """
    match = _UNPAID.search(tokens.text)
    held = unsettled(columns) if match is not None else None
    if match is None or held is None:
        return None
    place = next((at for at, (low, high) in enumerate(tokens.spans) if high > match.start()), -1)
    tokens.take_span(*match.span())
    return dataclasses.replace(held, at=place)


@once
def unsettled(columns: Columns) -> Filter | None:
    """The states of the files that are neither the one of what is paid nor of what is owed by nobody: cancelled, credited.

    Args:
        columns: what the data can be asked about.
    """
    for field in columns.fields:
        paid = [value for value in field.values if any(_PAID.search(word) for word in words(value)) and not _UNSETTLED.search(words(value)[0])]
        if paid and len(field.values) > 1 and field.role in (Role.ORDER_STATUS, Role.ACCOUNT_STATUS, Role.ATTRIBUTE, Role.PAYMENT_METHOD):
            owed = [value for value in field.values if value not in paid and not any(_NOT_OWED.search(word) for word in words(value))]
            return Filter(field.name, "in" if len(owed) > 1 else "=", tuple(owed), field.on_purchases) if owed else None
    for field in columns.fields:
        header = [word for word in words(field.name.replace("_", " ")) if word not in ("is", "est", "a", "ete", "has", "been", "invoice", "facture", "bill")]
        if field.type is ColumnType.FLAG and field.on_purchases and len(header) == 1 and (_PAID.search(header[0]) or _NOT_PAID.search(header[0])):
            return Filter(field.name, "=", (_NOT_PAID.search(header[0]) is not None,), on_purchases=True)
        if field.type is ColumnType.DATE and field.on_purchases and any(_PAYMENT.search(word) for word in words(field.name.replace("_", " "))):
            return Filter(field.name, "is null", (), on_purchases=True)  # no day of payment yet
    return None


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


_SOME = re.compile(r"\b(?P<no>without(?: any| a)?|with no|sans(?: aucune?)?|n'ont pas (?:de |d')|have no|no)|(?:with|avec|having|have|ayant|ont)(?: des| un| une| any| some| a)?$")


def some_counted(tokens: Tokens, columns: Columns) -> Iterator[Filter]:
    """« Avec des enfants », "members without children": a count of customers' own that is nought, or is not.

    Args:
        tokens: the question; what is read of it is taken.
        columns: what the data can be asked about.
    """
    for field in columns.numeric():
        if field.on_purchases or field.derived or field.role not in (Role.MEASURE, Role.USAGE_COUNT):
            continue
        for place in range(1, len(tokens)):
            if not tokens.free(place) or not any(len(alias) == 1 and same(alias[0], tokens.ideas[place]) for alias in field.aliases):
                continue
            before = tokens.text[: tokens.spans[place][0]].rstrip()
            match = next((found for found in _SOME.finditer(before) if found.end() == len(before)), None)
            if match is not None:
                tokens.take([place])
                yield Filter(field.name, "=" if match["no"] else ">", (0,), False, place)
                break


def flags(tokens: Tokens, columns: Columns, *, counted: bool = False, several: bool = False) -> Iterator[Filter]:
    """Filters on yes/no columns: « sans support technique », "with a partner", « les seniors ».

    Args:
        tokens: the question; what is read of it is taken.
        columns: what the data can be asked about.
        counted: it asks how many, so that naming a column is having it.
        several: only columns named by several words, sure enough to be read before anything else.
    """
    for field, yes_no in _yes_no_fields(columns):
        short = () if several else tuple((alias[0],) for alias in field.aliases if alias[0] in _PEOPLE)
        said: set[bool] = set()
        for alias in (*(alias for alias in field.aliases if len(alias) > 1 or not several), *short):
            own = not several and field.type is ColumnType.FLAG and not field.derived and alias in field.aliases[:1] and alias[0] not in _COMMON
            while (found := _flagged(tokens, alias, counted=counted or (own and field.role in _TELLING), own=own)) is not None and found[0] not in said:
                wanted, places = found
                tokens.take(places)
                said.add(wanted)
                value = yes_no[0] if wanted else yes_no[1]
                operator = "!=" if value is None else "="
                yield Filter(field.name, operator, (yes_no[1] if value is None else value,), field.on_purchases, min(places))
            if said:
                break


def _flagged(tokens: Tokens, alias: tuple[str, ...], *, counted: bool, own: bool = False) -> tuple[bool, list[int]] | None:
    """Whether a column named by `alias` (its `own` header) is wanted or not, and where it was said."""
    places = list[int]()
    for part in alias:
        place = next((p for p, said in enumerate(tokens.ideas) if same(part, said) and tokens.free(p)), None)
        if place is None:
            return None
        places.append(place)
    if max(places) - min(places) > len(alias) + 2:
        return None
    wanted = _wanted(tokens, min(places), alias)
    article = tokens.before(min(places), 1) in (["la"], ["une"], ["the"], ["our"], ["notre"]) or tokens.words[max(places) + 1 : max(places) + 2] in (["holders"], ["holder"])
    if wanted is None and counted and (len(alias) > 1 or own or (alias == ("card",) and article)):
        wanted = True  # "what share of customers stream movies"
    return None if wanted is None else (wanted, places)


@once
def _yes_no_fields(columns: Columns) -> tuple[tuple[Field, tuple[Scalar | None, Scalar]], ...]:
    return tuple((field, yes_no) for field in columns.fields if (yes_no := _yes_no(field)) is not None)


_NONE = frozenset(("aucun", "aucune", "none", "sans", "neant", "rien", "nothing", "pas", "no one"))
_TELLING = (Role.FLAG, Role.ATTRIBUTE, Role.TRIAL, Role.LOYALTY_MEMBER)


def _yes_no(field: Field) -> tuple[Scalar | None, Scalar] | None:
    """The values that mean yes and no, when the column is a yes/no one; no single yes among kinds of it ("DSL", "Fiber", "No")."""
    if field.type is ColumnType.FLAG:
        return True, False
    by_idea = {ideas(value): value for value in field.values}
    yes, no = by_idea.get(("yes",)), by_idea.get(("no",))
    if no is None and len(field.values) > 2:
        no = next((value for value in field.values if plain(value.strip()) in _NONE), None)
    if no is not None and yes is None and len(field.values) > 2 and not field.on_purchases:
        return None, no
    return None if yes is None or no is None or len(field.values) > 3 else (yes, no)


def _wanted(tokens: Tokens, place: int, alias: tuple[str, ...]) -> bool | None:
    """Whether the question wants those who have it, those who do not, or does not filter on it."""
    near = set(tokens.before(place, 3))
    if near & _NEGATIONS:
        return len(near & _NEGATIONS) > 1  # « hors clients sans internet »: those who have it
    if len(alias) > 1 and near & {"who", "qui", "that"}:
        return True
    if near & _AFFIRMATIONS or _WITH & set(tokens.before(place, 2)):
        return True
    return True if alias[0] in _PEOPLE else None
