"""Comparisons with numbers a question sets: « plus de 3 commandes », "aged 30 to 40", "spent at least 500"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import Role
from assistant.embedded.columns import Columns
from assistant.embedded.fields import Field
from assistant.embedded.filters import Filter
from assistant.embedded.headers import unit_of_time
from assistant.embedded.ideas import header_ideas, idea, same
from assistant.embedded.measuring import PERSON
from assistant.embedded.tokens import Tokens
from vocabulary.language import Text

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
_SIGN = r"(?:[€£$] ?)?"  # « over £100 »
_MORE = (
    r"(?:plus de|plus d'|more than|over|above|superieure?s? a|superior to|greater than|higher than|au-dessus de|au dela de|exceeding|"
    r"depass(?:ant|e|ent)|beyond|older than|>)"
)
_LESS = (
    r"(?:moins de|moins d'|less than|fewer than|under|below|inferieure?s? a|lower than|en dessous de|au-dessous de|younger than|<)"
)
_LEAST = r"(?:au moins|at least|minimum|a minimum of|>=|des)"
_MOST = r"(?:au plus|at most|maximum|a maximum of|up to|jusqu'a|<=)"
_EXACT = r"(?:exactement|exactly|precisement|seulement|only|just|que|=)"
_HELD = r"\b(?:have|has|had|hold|holds|own|owns|with|ont|avaient|avec|detiennent|possedent)"
_COMPARISONS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), operator)
    for pattern, operator in (
        (rf"(?:entre|between) {_NUMBER}(?: ?(?:€|euros?|\$|ans|years?))? (?:et|and) {_NUMBER}", "between"),
        (rf"(?:de|from) {_NUMBER} (?:a|to|-) {_NUMBER} (?=ans|years)", "between"),
        (rf"(?:aged|agee?s?|ages?) (?:de |from |between |entre )?{_NUMBER} (?:a|to|-|et|and) {_NUMBER}", "between"),
        (rf"{_LEAST} ?{_SIGN}{_NUMBER}", ">="),
        (rf"{_MOST} ?{_SIGN}{_NUMBER}", "<="),
        (rf"{_MORE} ?{_SIGN}{_NUMBER}", ">"),
        (rf"{_LESS} ?{_SIGN}{_NUMBER}", "<"),
        (rf"{_NUMBER} (?:\w+ )?(?:ou plus|et plus|or more|and more|and over|and above|or over|or above|or older|and older|minimum)\b", ">="),
        (rf"\b{_NUMBER}\+", ">="),
        (rf"{_NUMBER} (?:\w+ )?(?:ou moins|et moins|or less|or fewer|and under|or under|or below|or younger|maximum)\b", "<="),
        (rf"{_EXACT} {_NUMBER}(?= )", "="),
        (rf"{_HELD} (\d+|{'|'.join(word for word in ('deux', 'two', 'trois', 'three', 'quatre', 'four', 'cinq', 'five'))})(?= [a-z])", "="),
    )
)
_AGE_WORDS = re.compile(r"\b(age|ages|agee|agees|aged|old|older|younger|jeunes?|vieux)\b")
_TENURE_WORDS = re.compile(r"\b(depuis|anciennete|tenure|fidel\w*|with us|customers? for|relation)\b")
_OF_YEARS = re.compile(r"\b(clients?|abonnes?|customers?) (de|of)\b")
_BILL_WORDS = re.compile(
    r"\b(pay|paie|paient|payent|pays|paying|facture|bill|billed|mensuel\w*|monthly|per month|par mois)\b"
)


def number(text: str) -> float:
    """The number a word or figures say: « trois », 1 000, 2,5."""
    if text in NUMBERS:
        return NUMBERS[text]
    return float(text.replace(" ", "").replace(",", "."))


def _tidy(value: float) -> int | float:
    return int(value) if value.is_integer() else value


def comparisons(tokens: Tokens, columns: Columns, unread: list[str], usual: Field | None = None) -> Iterator[Filter]:
    """Filters on numbers: « plus de 3 commandes », "aged 30 to 40", "spent at least 500"; the rest goes to `unread`.

    Args:
        tokens: the question; what is read of it is taken.
        columns: what the data can be asked about.
        unread: completed with the comparisons no column answers to.
        usual: the column of the last comparison of the talk, for one that names none ("and under 30?").
    """
    yield from _of_age(tokens, columns)
    for pattern, operator in _COMPARISONS:
        for match in pattern.finditer(tokens.text):
            places = [p for p, (low, high) in enumerate(tokens.spans) if low < match.end() and match.start() < high]
            if not places or any(place in tokens.taken for place in places):
                continue
            values = [float(number(group)) for group in match.groups() if group]
            chosen = _of_orders(tokens, match, columns) or _counted(tokens, places, columns)
            if chosen is None and usual is not None:
                chosen = usual, 1.0, []
            if chosen is None and _HOLDS.match(match.group()):
                continue  # « avec deux enfants »: no column counts them, and a value may say it
            if chosen is None:
                unread.append(match.group())
                tokens.take(places)
                continue
            field, factor, used = chosen
            if field.name == "complaints":
                used = [*used, *(place for place in range(max(0, places[0] - 3), places[0]) if tokens.words[place] in _FILED)]
            verb = places[0] - 1
            if verb > 0 and tokens.free(verb) and _SUBJECT.fullmatch(tokens.words[verb - 1]) and not _CHANGES.match(tokens.words[verb]):
                used = [*used, verb]  # « les clients suivent plus de trois cours »: the verb adds nothing to the number
            tokens.take([*places, *used])
            amounts = tuple(_tidy(value * factor) for value in values)
            yield Filter(field.name, operator, amounts, field.on_purchases, places[0])


_ORDERS_INSIDE = re.compile(r"^\S+ (?P<noun>\w+s) (?:ou|et|or|and|minimum|maximum)\b")


def _of_orders(tokens: Tokens, match: re.Match[str], columns: Columns) -> tuple[Field, float, list[int]] | None:
    """« 3 commandes ou plus », "five orders or more": what is counted stands inside the comparison."""
    said, orders = _ORDERS_INSIDE.search(match.group()), columns.named("orders")
    return (orders, 1.0, []) if said is not None and orders is not None and _orders_called(said["noun"], columns) is orders else None


def _orders_called(noun: str, columns: Columns) -> Field | None:
    """The number of orders, where a noun says orders: "tickets" are those of the till, but where the files count requests and call no order so."""
    if noun not in _ORDER_NOUNS:
        return None
    said, orders = idea(noun), columns.named("orders")
    other = any(alias == (said,) for found in columns.numeric() if found is not orders for alias in found.aliases)
    ours = columns.orders is not None and columns.orders.search(noun) is not None
    return None if other and not ours else orders


_UNDER_AGE = re.compile(  # of people: « raisons majeures », « incidents mineurs » are of no age
    rf"(?:^|\b(?:{PERSON.pattern}|de|des|les|nos|sont|the|of|our|are|many) )(?P<said>(?P<under>mineure?s?|minors?|under ?age)|majeure?s?)\b"
)
_OF_AGE = 18


def _of_age(tokens: Tokens, columns: Columns) -> Iterator[Filter]:
    """« Nos élèves mineurs »: under eighteen, where ages are held and no value is called so."""
    match = _UNDER_AGE.search(tokens.text)
    age = next((found for found in columns.numeric() if found.role is Role.AGE), None)
    if match is None or age is None or re.search(r"\d", tokens.text[match.end() :]) or columns.words & {match["said"], match["said"].rstrip("s")}:
        return
    tokens.take_span(*match.span("said"))
    yield Filter(age.name, "<" if match["under"] else ">=", (_OF_AGE,), age.on_purchases, tokens.after(match.start("said")))


def _counted(tokens: Tokens, places: list[int], columns: Columns) -> tuple[Field, float, list[int]] | None:
    """What the number counts; « visites avec plus de 40 minutes d'attente », "orders over 5 kg": of a unit, it is of the column named beside, and no amount."""
    after = next((place for place in range(places[-1] + 1, places[-1] + 4) if tokens.free(place)), None)
    if after is None or tokens.words[after] not in _OF_A_COLUMN:
        return _subject(tokens, places, columns)
    tokens.take([after])
    near = _nearest(tokens, places, columns) or _in_that_unit(tokens, tokens.words[after], columns)
    return None if near is None or near[0].name == "orders" else (near[0], 1.0, near[1])


def _in_that_unit(tokens: Tokens, unit: str, columns: Columns) -> tuple[Field, list[int]] | None:
    """The one column counted in that unit that is named anywhere: "waited more than 24 hours for a first reply", of « First Reply (h) »."""
    held: list[tuple[Field, list[int]]] = []
    for found in columns.numeric():
        counted = unit_of_time(found.name)
        if counted is None or counted[1][0] != unit[0]:
            continue
        header = header_ideas(counted[0])
        told = set(header) <= set(tokens.ideas) and (len(header) > 1 or len("".join(header)) >= _TELLING)
        named = [place for place in range(len(tokens)) if told and tokens.free(place) and tokens.ideas[place] in header]
        if named:
            waited = [place for place, word in enumerate(tokens.words) if word in _WAITED and tokens.free(place)]
            held.append((found, sorted({*named, *waited})))
    return held[0] if len(held) == 1 else None


_TELLING = 6  # letters of a header of one word
_WAITED = frozenset("waited wait waits took take takes lasted attendu attendent attendus attendues attend pris".split())


def _subject(tokens: Tokens, places: list[int], columns: Columns) -> tuple[Field, float, list[int]] | None:
    """What the number counts: the column, the factor to its unit, and the words used."""
    after = [place for place in range(places[-1] + 1, places[-1] + 4) if tokens.free(place)]
    unit = tokens.words[after[0]] if after else ""
    signed = any(tokens.words[place] in _CURRENCIES for place in places)
    money = unit in _CURRENCIES or signed
    if unit.endswith("s") and (orders := _orders_called(unit, columns)) is not None:
        return orders, 1.0, after[:1]
    basket = _order_amount(tokens, places, columns)
    goods = _goods(tokens, places, columns)
    if goods is not None:
        return goods
    if basket is not None and (money or not after or unit not in _UNITS):
        return basket, 1.0, after[:1] if unit in _CURRENCIES else []
    if money:
        near = _nearest(tokens, places, columns)
        amount = near[0] if near is not None else _bill(tokens, places, columns) or columns.named("amount")
        return None if amount is None else (amount, 1.0, after[:1] if unit in _CURRENCIES else [])
    if unit in ("ans", "an", "annees", "years", "year", "yo"):
        return _years(tokens, places, columns, after)
    if unit in ("mois", "months", "month"):
        tenure = _tenure(columns)
        return None if tenure is None else (tenure, 1.0, [*after[:1], *_tenure_places(tokens, places)])
    if unit in ("jours", "days", "day", "jour"):
        took = _TOOK & set(tokens.before(places[0], 6))  # how long something took is no silence of a customer
        recency = None if took else columns.named("recency_days") or columns.named("silent_days")
        return None if recency is None else (recency, 1.0, after[:1])
    if unit in ("km", "kms", "kilometres", "kilometers", "miles", "mi"):
        far = next((found for found in columns.numeric() if found.role is Role.DISTANCE), None)
        return None if far is None else (far, 1.0, after[:1])
    bought = columns.named("orders")
    if unit in ("fois", "times") and bought is not None:
        return bought, 1.0, after[:1]
    used = next((found for found in columns.numeric() if found.role in (Role.USAGE_COUNT, Role.FREQUENCY)), None)
    if unit in ("fois", "times") and used is not None:
        paced = [place for place in range(after[0] + 1, min(len(tokens), after[0] + 3)) if tokens.words[place] in ("par", "per", "a", "mois", "month", "semaine", "week")]
        return used, 1.0, [*after[:1], *paced]
    near = _nearest(tokens, places, columns)
    if near is not None:
        return near[0], 1.0, [*near[1], *(after[:1] if unit in ("fois", "times") else [])]
    return _bare(tokens, places, columns, after)


def _bill(tokens: Tokens, places: list[int], columns: Columns) -> Field | None:
    """« Qui paient plus de 60 € », under a contract: what each pays a month."""
    bill = next((found for found in columns.numeric() if found.role is Role.RECURRING_AMOUNT), None)
    return bill if bill is not None and _BILL_WORDS.search(" ".join(tokens.before(places[0], 4))) else None


def _bare(
    tokens: Tokens, places: list[int], columns: Columns, after: list[int]
) -> tuple[Field, float, list[int]] | None:
    """A number with nothing beside it: an age after people, a bill after who pays."""
    around = " ".join(tokens.words[max(0, places[0] - 4) : places[-1] + 4])
    age = next((found for found in columns.numeric() if found.role is Role.AGE), None)
    beside = tokens.words[places[0] - 1] if places[0] else ""
    said = [float(number(word)) for place in places if (word := tokens.words[place]) in NUMBERS or word.isdigit()]
    aged = bool(PERSON.fullmatch(beside) or beside in _BEFORE_AGE or tokens.ideas[max(0, places[0] - 1)] in ("female", "male"))
    likely = aged and bool(said) and all(_YOUNGEST <= value <= _ELDEST for value in said)
    if age is not None and (_AGE_WORDS.search(around) or likely):
        return age, 1.0, []
    bill = next((found for found in columns.numeric() if found.role is Role.RECURRING_AMOUNT), None)
    if bill is not None and _BILL_WORDS.search(around):
        return bill, 1.0, [place for place in after if tokens.ideas[place] in ("per", "par", "month")]
    amount = columns.named("amount")
    if amount is not None and re.search(r"\b(depens\w*|spen[dt]\w*|donne\w*|gave|given?|gives)\b", around):
        return amount, 1.0, []
    return None


def _goods(tokens: Tokens, places: list[int], columns: Columns) -> tuple[Field, float, list[int]] | None:
    """« Une quantité de plus de 3 », "quantity over 3": the quantity of a line, where there are purchases."""
    near = [place for place in range(max(0, places[0] - 2), places[0]) if tokens.words[place].startswith("quantit")]
    if not near or not any(found.on_purchases for found in columns.fields):
        return None
    return Field("quantity", Text("quantité", "quantity"), ColumnType.NUMBER, (), (), True), 1.0, near


def _order_amount(tokens: Tokens, places: list[int], columns: Columns) -> Field | None:
    """« Commandes de plus de 200 € »: what an order amounts to, when orders are counted and not people."""
    if not any(found.on_purchases for found in columns.fields) or PERSON.search(tokens.text):
        return None
    before = [word for word in tokens.words[max(0, places[0] - 3) : places[0]] if word not in ("de", "of", "d", "a", "with", "avec", "£", "$", "€")]
    if not before or before[-1] not in _ORDER_NOUNS:
        return None
    return Field("order_amount", Text("montant de la commande", "amount of the order"), ColumnType.NUMBER, (), (), True)


_TOOK = frozenset("took take takes taking taken mis mettent mettre prend prennent pris".split())
_HOLDS = re.compile(_HELD)
_SUBJECT = re.compile(rf"{PERSON.pattern}|who|qui|that|ont|have|has|a")
_CHANGES = re.compile(r"^(?:cancel|annul|return|retourn|refus|refund|rembours|resili|open|ouvr|click|cliqu|lost|perd|left|quit)")
_FILED = frozenset("opened filed raised lodged made sent submitted ouvert depose fait envoye emis".split())
_CURRENCIES = frozenset(("€", "euro", "euros", "$", "£", "dollars", "dollar", "pounds", "eur", "usd", "gbp"))
_UNITS = frozenset("ans an annees years year yo mois months month jours jour days day fois times".split())
_OF_A_COLUMN = frozenset("minute minutes min mn heure heures hour hours hrs h seconde secondes seconds kg kilo kilos grammes tonne tonnes litre litres liters point points".split())
_ORDER_NOUNS = frozenset(
    "commandes commande orders order achats achat purchases purchase paniers panier baskets basket tickets ticket dons don gifts "
    "gift donations donation transactions".split()
)
_BEFORE_AGE = frozenset("are is were aged age agee agees ages sont est de of who qui ont".split())
_YOUNGEST, _ELDEST = 14, 110


def _years(
    tokens: Tokens, places: list[int], columns: Columns, after: list[int]
) -> tuple[Field, float, list[int]] | None:
    age = next((field for field in columns.numeric() if field.role is Role.AGE), None)
    around = " ".join(tokens.words[max(0, places[0] - 4) : places[-1] + 4])
    if age is not None and (_AGE_WORDS.search(around) or not _TENURE_WORDS.search(around)):
        said = [place for place in range(max(0, places[0] - 3), places[0]) if _AGE_WORDS.fullmatch(tokens.words[place])]
        return age, 1.0, [*after[:1], *said]
    tenure = _tenure(columns)
    numbers = [float(number(word)) for place in places if (word := tokens.words[place]) in NUMBERS or word.isdigit()]
    old = any(value >= _YOUNGEST for value in numbers)  # « clients de plus de 60 ans » is their age, which no column tells
    if tenure is None or not (_TENURE_WORDS.search(around) or (_OF_YEARS.search(around) and not old)):
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
    stop = next((place for place in range(last + 1, len(tokens)) if tokens.words[place].isdigit()), len(tokens))  # the next number has its own
    windows = [range(last + 1, min(stop, last + 1 + size)) for size in (3, 2, 1)]
    windows += [range(last + 2, min(stop, last + 4)), *(range(first - size, first) for size in (3, 2, 1))]
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
