"""Filters a question sets: values found in the data, yes/no columns, comparisons with numbers; negations too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import Role
from assistant.embedded.columns import Columns, Field, ideas, same
from assistant.embedded.text import words
from assistant.embedded.tokens import Tokens

Scalar = str | float | int | bool


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition, on customers or on purchases."""

    field: str
    operator: str
    values: tuple[Scalar, ...]
    on_purchases: bool = False

    def to_json(self) -> dict[str, object]:
        """As an argument of a step."""
        return {"field": self.field, "operator": self.operator, "values": list(self.values)}


NUMBERS = {
    "un": 1, "une": 1, "one": 1, "a": 1, "deux": 2, "two": 2, "trois": 3, "three": 3, "quatre": 4, "four": 4, "cinq": 5,
    "five": 5, "six": 6, "sept": 7, "seven": 7, "huit": 8, "eight": 8, "neuf": 9, "nine": 9, "dix": 10, "ten": 10,
    "douze": 12, "twelve": 12, "vingt": 20, "twenty": 20, "trente": 30, "thirty": 30, "cinquante": 50, "fifty": 50,
    "cent": 100, "hundred": 100, "mille": 1000, "thousand": 1000, "once": 1, "twice": 2,
}  # fmt: skip
_NUMBER = (
    r"(\d+(?:[ ]\d{3})*(?:[.,]\d+)?|"
    + "|".join(w for w in NUMBERS if w not in ("a", "un", "une", "once", "twice"))
    + "|une?|one)"
)
_MORE = r"(?:plus de|plus d'|more than|over|above|superieure?s? a|superior to|greater than|au-dessus de|exceeding|depassant|>)"
_LESS = r"(?:moins de|moins d'|less than|fewer than|under|below|inferieure?s? a|lower than|en dessous de|<)"
_LEAST = r"(?:au moins|at least|minimum|a minimum of|>=|des)"
_MOST = r"(?:au plus|at most|maximum|a maximum of|up to|jusqu'a|<=)"
_EXACT = r"(?:exactement|exactly|precisement|seulement|only|just|que|=)"
_COMPARISONS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), operator)
    for pattern, operator in (
        (rf"(?:entre|between) {_NUMBER} (?:et|and) {_NUMBER}", "between"),
        (rf"{_LEAST} ?{_NUMBER}", ">="),
        (rf"{_MOST} ?{_NUMBER}", "<="),
        (rf"{_MORE} ?{_NUMBER}", ">"),
        (rf"{_LESS} ?{_NUMBER}", "<"),
        (rf"{_NUMBER} (?:\w+ )?(?:ou plus|et plus|or more|and more|and over|and above|or over)\b", ">="),
        (rf"\b{_NUMBER}\+", ">="),
        (rf"{_NUMBER} (?:\w+ )?(?:ou moins|or less|or fewer|and under)\b", "<="),
        (rf"{_EXACT} {_NUMBER}(?= )", "="),
    )
)
_AGE_WORDS = re.compile(r"\b(age|ages|agee|agees|aged|old|older|younger|jeunes?|vieux)\b")
_TENURE_WORDS = re.compile(r"\b(depuis|anciennete|tenure|fidel\w*|with us|customers? for|relation)\b")
_OF_YEARS = re.compile(r"\b(clients?|abonnes?|customers?) (de|of)\b")
_BILL_WORDS = re.compile(
    r"\b(pay|paie|paient|payent|pays|paying|facture|bill|billed|mensuel\w*|monthly|per month|par mois)\b"
)
_NEGATIONS = frozenset("sans hors sauf except excluding without not non pas excepte no autres autre than".split())
_AFFIRMATIONS = frozenset("avec with having have has ayant ont prennent detenant possedant abonnes".split())
_AMBIGUOUS = frozenset("month year quarter one two yes no automatic service product contract client customer".split())
_COMMON = frozenset(
    """client customer perdu lost churn promo depart total tous all autre other nouveau new actif active mois semaine
    achat commande order purchase fidele loyal same meme only just first last next best most least more less plus moins
    not with without and for from day jour week free gratuit product produit service online""".split()
)
_PEOPLE = frozenset({"senior", "partner", "dependents", "membre", "member", "adherent"})
_GRAMMAR = frozenset("est sont ont son sur pas on or is are be do it am if so as".split())
_ANNOUNCES = frozenset("l region zone secteur quartier area district value valeur".split())
_PLACE_CUES = frozenset("en in via au aux du des par chez a at from of".split())


def number(text: str) -> float:
    """The number a word or figures say: « trois », 1 000, 2,5."""
    if text in NUMBERS:
        return NUMBERS[text]
    return float(text.replace(" ", "").replace(",", "."))


def _tidy(value: float) -> int | float:
    return int(value) if value.is_integer() else value


def comparisons(tokens: Tokens, columns: Columns, unread: list[str]) -> Iterator[Filter]:
    """Filters on numbers: « plus de 3 commandes », "aged 30 to 40", "spent at least 500"; the rest goes to `unread`."""
    for pattern, operator in _COMPARISONS:
        for match in pattern.finditer(tokens.text):
            places = [p for p, (low, high) in enumerate(tokens.spans) if low < match.end() and match.start() < high]
            if not places or any(place in tokens.taken for place in places):
                continue
            values = [float(number(group)) for group in match.groups() if group]
            chosen = _subject(tokens, places, columns)
            if chosen is None:
                unread.append(match.group())
                tokens.take(places)
                continue
            field, factor, used = chosen
            tokens.take([*places, *used])
            yield Filter(field.name, operator, tuple(_tidy(value * factor) for value in values), field.on_purchases)


def _subject(tokens: Tokens, places: list[int], columns: Columns) -> tuple[Field, float, list[int]] | None:
    """What the number counts: the column, the factor to its unit, and the words used."""
    after = [place for place in range(places[-1] + 1, places[-1] + 4) if tokens.free(place)]
    unit = tokens.words[after[0]] if after else ""
    if unit in ("€", "euro", "euros", "$", "£", "dollars", "pounds", "eur"):
        near = _nearest(tokens, places, columns)
        amount = near[0] if near is not None else columns.named("amount")
        return None if amount is None else (amount, 1.0, after[:1])
    if unit in ("ans", "an", "annees", "years", "year", "yo"):
        return _years(tokens, places, columns, after)
    if unit in ("mois", "months", "month"):
        tenure = _tenure(columns)
        return None if tenure is None else (tenure, 1.0, [*after[:1], *_tenure_places(tokens, places)])
    if unit in ("jours", "days", "day", "jour"):
        recency = columns.named("recency_days")
        return None if recency is None else (recency, 1.0, after[:1])
    bought = columns.named("orders")
    if unit in ("fois", "times") and bought is not None:
        return bought, 1.0, after[:1]
    near = _nearest(tokens, places, columns)
    if near is not None:
        return near[0], 1.0, near[1]
    around = " ".join(tokens.words[max(0, places[0] - 4) : places[-1] + 4])
    age = next((field for field in columns.numeric() if field.role is Role.AGE), None)
    if age is not None and _AGE_WORDS.search(around):
        return age, 1.0, []
    bill = next((field for field in columns.numeric() if field.role is Role.RECURRING_AMOUNT), None)
    if bill is not None and _BILL_WORDS.search(around):
        return bill, 1.0, [place for place in after if tokens.ideas[place] in ("per", "par", "month")]
    return None


def _years(
    tokens: Tokens, places: list[int], columns: Columns, after: list[int]
) -> tuple[Field, float, list[int]] | None:
    age = next((field for field in columns.numeric() if field.role is Role.AGE), None)
    around = " ".join(tokens.words[max(0, places[0] - 4) : places[-1] + 4])
    if age is not None and (_AGE_WORDS.search(around) or not _TENURE_WORDS.search(around)):
        return age, 1.0, after[:1]
    tenure = _tenure(columns)
    if tenure is None or not (_TENURE_WORDS.search(around) or _OF_YEARS.search(around)):
        return None
    return tenure, 12.0, [*after[:1], *_tenure_places(tokens, places)]


def _tenure_places(tokens: Tokens, places: list[int]) -> list[int]:
    """Where « ancienneté » was said, near the number."""
    near = range(max(0, places[0] - 4), min(len(tokens), places[-1] + 5))
    return [place for place in near if tokens.words[place] in ("anciennete", "tenure")]


def _tenure(columns: Columns) -> Field | None:
    return columns.named("tenure_months")


def _nearest(tokens: Tokens, places: list[int], columns: Columns) -> tuple[Field, list[int]] | None:
    """The numeric column named just after the number, else just before the comparison."""
    last, first = places[-1], places[0]
    windows = [range(last + 1, last + 1 + size) for size in (3, 2, 1)]
    windows += [range(last + 2, last + 4), *(range(first - size, first) for size in (3, 2, 1))]
    windows.append(range(first - 4, first - 1))
    for window in windows:
        free = [place for place in window if tokens.free(place)]
        if not free:
            continue
        field = columns.find((tokens.ideas[place] for place in free), numeric=True)
        if field is not None:
            used = [p for p in free if any(same(tokens.ideas[p], part) for alias in field.aliases for part in alias)]
            return field, used
    return None


@dataclass(frozen=True, slots=True)
class Mention:
    """A value of the data said in the question, and where."""

    field: Field
    value: str
    places: tuple[int, ...]
    negated: bool


def mentions(tokens: Tokens, columns: Columns, known: frozenset[str]) -> list[Mention]:
    """Values of the data said in the question; the longest reading of each word wins."""
    found: list[tuple[float, Mention]] = []
    rare = _holders(columns)
    first = bool({"premier", "premiere", "first"} & set(tokens.words))
    bought = {value for field in columns.fields if field.on_purchases for value in field.values}
    for field in columns.fields:
        if field.derived and not first and bought.issuperset(field.values):
            continue  # the first category bought is asked for by name only
        named = any(all(any(same(part, word) for word in tokens.ideas) for part in alias) for alias in field.aliases)
        for value in field.values:
            for places in _places(tokens, field, value, rare, known, named=named):
                sure = len(places) + (0.5 if named else 0.0) - (0.2 if field.on_purchases else 0.0)
                found.append((sure, Mention(field, value, places, _negated(tokens, min(places)))))
    kept: list[Mention] = []
    for _, mention in sorted(found, key=lambda pair: -pair[0]):
        if not any(set(mention.places) & set(other.places) and not _shared(mention, other) for other in kept):
            kept.append(mention)
    for mention in kept:
        tokens.take(mention.places)
    return sorted(kept, key=lambda mention: mention.places)


def _shared(left: Mention, right: Mention) -> bool:
    """Two values of one column said by the same words: « prélèvement automatique » when two payments are automatic."""
    return left.field.name == right.field.name and left.places == right.places and left.value != right.value


def _holders(columns: Columns) -> dict[str, set[str]]:
    """The columns whose values hold each idea."""
    holders: dict[str, set[str]] = {}
    for field in columns.fields:
        for value in field.values:
            for part in ideas(value):
                holders.setdefault(part, set()).add(field.name)
    return holders


def _places(
    tokens: Tokens, field: Field, value: str, rare: dict[str, set[str]], known: frozenset[str], *, named: bool
) -> list[tuple[int, ...]]:
    parts = tuple(dict.fromkeys(ideas(value)))
    if field.role is Role.GENDER and len(parts) == 1 and parts[0] in ("f", "m", "h"):
        parts = ("female",) if parts[0] == "f" else ("male",)
    if not parts or all(part in _COMMON for part in parts):
        return []
    weak = all(part in _AMBIGUOUS or part.isdigit() or len(part) < 3 for part in parts)
    said = _verbatim(tokens, value)
    if said:
        return [said]
    if weak and not (named and _beside(tokens, field, parts)):
        return []
    spots = [_spots(tokens, part, known) for part in parts]
    if all(spots):
        places = tuple(sorted({spot[0] for spot in spots}))
        if places[-1] - places[0] <= len(parts) + 2 and _said_as_value(tokens, places, field):
            return [places]
        return []
    if len(parts) == 1:
        return []
    telling = [
        spot[0] for part, spot in zip(parts, spots, strict=True)
        if spot and len(rare[part]) == 1 and len(part) >= 4 and part not in _AMBIGUOUS | _COMMON | _NEGATIONS | _AFFIRMATIONS
    ]  # fmt: skip
    return [tuple(telling)] if telling and _said_as_value(tokens, tuple(telling), field) else []


def _verbatim(tokens: Tokens, value: str) -> tuple[int, ...]:
    """Where a value of three words or more was said word for word ("month-to-month")."""
    said = words(value)
    for start in range(len(tokens) - len(said) + 1) if len(said) > 2 else ():
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


def _spots(tokens: Tokens, part: str, known: frozenset[str]) -> list[int]:
    """Where an idea was said; a slip is allowed only in long words the assistant does not know."""
    exact = [
        place for place in range(len(tokens))
        if tokens.free(place) and tokens.ideas[place] == part and not _only_grammar(tokens, place)
    ]  # fmt: skip
    if exact or len(part) < 6:
        return exact
    return [
        place for place in range(len(tokens))
        if tokens.free(place) and tokens.words[place] not in known and same(part, tokens.ideas[place])
    ]  # fmt: skip


def _only_grammar(tokens: Tokens, place: int) -> bool:
    """Whether a word is the verb or the preposition of the sentence, though a value is written like it (« l’Est », « est »)."""
    return tokens.words[place] in _GRAMMAR and not _ANNOUNCES & set(tokens.before(place, 1))


def _said_as_value(tokens: Tokens, places: tuple[int, ...], field: Field) -> bool:
    """A word that may also name a column counts as a value only after "in", « en », « chez » and the like."""
    if len(places) > 1 or tokens.ideas[places[0]] not in ("shop", "online", "card", "phone", "mail"):
        return True
    return bool(_PLACE_CUES & set(tokens.before(places[0], 2)))


def _negated(tokens: Tokens, place: int) -> bool:
    return bool(_NEGATIONS & set(tokens.before(place, 3)))


def value_filters(found: list[Mention]) -> list[Filter]:
    """One filter a column: `=`, `in`, or their negations."""
    filters: list[Filter] = []
    for name in dict.fromkeys(mention.field.name for mention in found):
        group = [mention for mention in found if mention.field.name == name]
        negated = group[0].negated
        values = tuple(dict.fromkeys(mention.value for mention in group))
        several = ("not in" if negated else "in") if len(values) > 1 else ("!=" if negated else "=")
        filters.append(Filter(name, several, values, group[0].field.on_purchases))
    return filters


def flags(tokens: Tokens, columns: Columns, *, counted: bool = False) -> Iterator[Filter]:
    """Filters on yes/no columns: « sans support technique », "with a partner", « les seniors »; `counted`: how many."""
    for field in columns.fields:
        yes_no = _yes_no(field)
        if yes_no is None:
            continue
        for alias in (*field.aliases, *((alias[0],) for alias in field.aliases if alias[0] in _PEOPLE)):
            places = [
                next((p for p in range(len(tokens)) if tokens.free(p) and same(part, tokens.ideas[p])), -1)
                for part in alias
            ]
            if -1 in places or max(places) - min(places) > len(alias) + 2:
                continue
            wanted = _wanted(tokens, min(places), alias)
            if wanted is None and counted and len(alias) > 1:
                wanted = True  # "what share of customers stream movies"
            if wanted is None:
                continue
            tokens.take(places)
            yield Filter(field.name, "=", (yes_no[0] if wanted else yes_no[1],), field.on_purchases)
            break


def _yes_no(field: Field) -> tuple[Scalar, Scalar] | None:
    """The values that mean yes and no, when the column is a yes/no one."""
    if field.type is ColumnType.FLAG:
        return True, False
    by_idea = {ideas(value): value for value in field.values}
    yes, no = by_idea.get(("yes",)), by_idea.get(("no",))
    return None if yes is None or no is None or len(field.values) > 3 else (yes, no)


def _wanted(tokens: Tokens, place: int, alias: tuple[str, ...]) -> bool | None:
    """Whether the question wants those who have it, those who do not, or does not filter on it."""
    near = set(tokens.before(place, 3))
    if near & _NEGATIONS:
        return False
    if near & _AFFIRMATIONS:
        return True
    return True if alias[0] in _PEOPLE else None
