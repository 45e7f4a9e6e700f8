"""Everything a question says beside its subject: groups, filters, periods, top-n, measure, one customer."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import Role
from assistant.embedded.columns import Columns, Field, ideas, same, split_headers
from assistant.embedded.coverage import departing, unexplained
from assistant.embedded.filters import NUMBERS, Filter, Mention, comparisons, flags, mentions, value_filters
from assistant.embedded.periods import Period, find_periods, year_before
from assistant.embedded.ranking import SELLS_MOST, sold_thing
from assistant.embedded.text import plain
from assistant.embedded.tokens import Tokens

TIMES = {"month": "month", "quarter": "quarter", "year": "year"}


@dataclass(slots=True)
class Slots:
    """What was read of a question; empty where it says nothing."""

    by: list[str] = field(default_factory=list)
    time: str | None = None
    filters: list[Filter] = field(default_factory=list)
    period: Period | None = None
    compare: Period | None = None
    top: int | None = None
    order: str | None = None
    measure: str | None = None
    column: str | None = None
    customer: str | None = None
    unknown_group: str | None = None  # « par … » followed by words no column answers to
    unread: list[str] = field(default_factory=list)  # comparisons no column answers to
    statistic: str | None = None  # « la médiane », said on its own in a follow-up
    counted: bool = False  # "how many customers", "what share of customers"
    departing: bool = False  # it speaks of leaving
    unexplained: list[str] = field(default_factory=list)  # words with a meaning of their own that no slot has read

    @property
    def empty(self) -> bool:
        """Whether nothing was read."""
        return self == Slots()


_CUSTOMER = re.compile(
    r"\b(?:cliente?|customer|abonnee?|compte|account|donateur|donor|subscriber|acheteur|buyer|membre|member)"
    r"\s*(?:n°|n\u00ba|no\.?|num[eé]ro|number|id|ref\.?|#|:)*\s*([A-Za-z]{0,5}[-_#]?\d[\w-]*)",
    re.IGNORECASE,
)
_GROUPING = re.compile(
    r"\b(par|by|per|selon|according to|en fonction (?:du|de la|de|des)|suivant|for each|pour chaque|dans chaque|in each|"
    r"chaque|each|across|broken down by|ventilee? par|split by|d'un[e]? .{3,12} a l'autre)\b"
)  # fmt: skip
_WHICH = re.compile(r"\b(quel|quelle|quels|quelles|which|what|dans quelle|in which)\b")
_SUPERLATIVE = re.compile(
    r"\b(le plus|la plus|les plus|most|highest|meilleur\w*|best|le moins|least|lowest|pire|worst|eleve\w*|top|biggest|largest)\b"
)
_LOWEST = re.compile(
    r"\b(le moins|les moins|la moins|least|lowest|fewest|worst|pires?|plus (bas|basse|faible|petit\w*)|smallest)\b"
)
_TOP = (
    re.compile(r"\btop ?(\d+)\b"),
    re.compile(r"\b(?:les|mes|nos|the|my|our|first|premiers?|give me|list|liste) (\d+|" + "|".join(NUMBERS) + r") (?:premier\w*|first|clients?|customers?|meilleur\w*|best|villes?|cities|plus|biggest|largest|produits?|products?|categories|magasins|stores|top|most|pires?|worst)"),
    re.compile(r"\b(?:premiers?|first) (\d+)\b"),
    re.compile(r"\b(\d+) (?:premier\w*|first)\b"),
)  # fmt: skip
_COMPARE = re.compile(r"\b(compar\w*|vs\.?|versus|par rapport|contre|against|face a|relative to|than|que)\b")
_AGAINST = re.compile(r"\b(vs\.?|versus|contre|against|ou|or|compar\w*|par rapport aux?|face aux?)\b")
_ADJECTIVES = {
    "mensuel": "month", "mensuelle": "month", "mensuels": "month", "mensuelles": "month", "monthly": "month",
    "trimestriel": "quarter", "trimestrielle": "quarter", "quarterly": "quarter", "annuel": "year", "annuelle": "year",
    "yearly": "year", "annual": "year",
}  # fmt: skip


def read_slots(question: str, columns: Columns, as_of: date, known: frozenset[str] = frozenset()) -> Slots:
    """Read the slots of a question.

    Args:
        question: as typed.
        columns: what the data can be asked about.
        as_of: the day "last year" is said from.
        known: plain words of ordinary questions, never taken for a misspelt value.
    """
    slots = Slots()
    question = split_headers(question)
    tokens = Tokens(_times(plain(question)))
    _customer(question, tokens, slots)
    _periods(tokens, slots, as_of)
    slots.filters += comparisons(tokens, columns, slots.unread)
    _top(tokens, slots)
    _groups(tokens, columns, slots)
    counted = _numeric_column(tokens, columns)
    found = mentions(tokens, columns, known)
    found = _opposed(tokens, found, slots)
    slots.filters += value_filters(found)
    _ages(tokens, columns, slots)
    held = {found.field for found in slots.filters}
    counting = bool(_HOW_MANY.search(tokens.text) or _SHARE_OF.search(tokens.text))
    slots.filters += [found for found in flags(tokens, columns, counted=counting) if found.field not in held]
    _adjective(tokens, slots)
    _measure(tokens, columns, slots, counted)
    _gone(tokens, slots)
    bought_there(slots, columns, slots.measure)
    slots.counted, slots.departing = counting, departing(tokens.text)
    slots.unexplained = unexplained(tokens, _named(slots, columns))
    if slots.unknown_group is not None and any(slots.unknown_group in tokens.words[p] for m in found for p in m.places):
        slots.unknown_group = None
    return slots


def _times(text: str) -> str:
    """« Plus de deux fois », "more than twice": a number of orders."""
    return _TIMES_SAID.sub(lambda found: f"{found['how']} {_ONCE.get(found['times'], found['number'])} orders", text)


_ONCE = {"once": "1", "twice": "2", "thrice": "3"}
_TIMES_SAID = re.compile(
    r"\b(?P<how>(more|less|fewer) than|at least|at most|exactly|only|just|plus (de|d')|moins de|au moins|au plus|exactement|"
    r"seulement)\s*(?P<times>once|twice|thrice|(?P<number>\w+) (times|fois))\b"
)


def _customer(question: str, tokens: Tokens, slots: Slots) -> None:
    match = _CUSTOMER.search(question)
    if match is not None:
        slots.customer = match.group(1)
        tokens.take_span(*match.span())


def _periods(tokens: Tokens, slots: Slots, as_of: date) -> None:
    found = find_periods(tokens.text, as_of)
    for period in found:
        tokens.take_span(*period.span)
    compared = [
        period for period in found if _COMPARE.search(tokens.text[max(0, period.span[0] - 28) : period.span[0]])
    ]
    plain_ones = [period for period in found if period not in compared]
    if plain_ones:
        slots.period = plain_ones[0]
    if compared:
        slots.compare = compared[0]
        if slots.period is None and len(compared) > 1:
            slots.period, slots.compare = compared[0], compared[1]
    elif len(plain_ones) > 1:
        slots.compare = plain_ones[1]


def _top(tokens: Tokens, slots: Slots) -> None:
    for pattern in _TOP:
        match = pattern.search(tokens.text)
        if match is not None:
            said = match.group(1)
            count = int(said) if said.isdigit() else NUMBERS[said]
            if 0 < count <= 1000:
                slots.top = count
                tokens.take_span(*match.span(1))
                break
    if _LOWEST.search(tokens.text):
        slots.order = "asc"


def _groups(tokens: Tokens, columns: Columns, slots: Slots) -> None:
    for match in _GROUPING.finditer(tokens.text):
        start = next((place for place, span in enumerate(tokens.spans) if span[0] >= match.end()), len(tokens))
        if not _group_at(tokens, columns, slots, start) and tokens.free(start) and tokens.words[start] not in _ORDERS:
            slots.unknown_group = slots.unknown_group or tokens.words[start]
    if slots.by or slots.time or slots.unknown_group:
        return
    if _SUPERLATIVE.search(tokens.text):
        _superlative(tokens, columns, slots)
    if not (slots.by or slots.unknown_group) and SELLS_MOST.search(tokens.text):
        sold = sold_thing(columns)
        slots.by, slots.unknown_group = ([sold.name], None) if sold is not None else ([], "produit")


def _superlative(tokens: Tokens, columns: Columns, slots: Slots) -> None:
    """« Quel magasin vend le plus » is split by shop."""
    asked = _WHICH.search(tokens.text) or re.search(r"\b(top|biggest|largest|les plus gros\w*)\b", tokens.text)
    if asked is not None:
        start = next((place for place, span in enumerate(tokens.spans) if span[0] >= asked.end()), len(tokens))
        while start < len(tokens) and (not tokens.free(start) or tokens.words[start] in _BEFORE_COLUMN):
            start += 1
        if not _group_at(tokens, columns, slots, start) and start < len(tokens) and tokens.words[start] not in _PEOPLE:
            slots.unknown_group = slots.unknown_group or tokens.words[start]


def _group_at(tokens: Tokens, columns: Columns, slots: Slots, start: int) -> bool:
    """Read the column named from there, and a second one after « et » / "and"."""
    read = _column_at(tokens, columns, start)
    if read is None:
        return False
    name, used = read
    if name in _MEASURED and slots.top is not None:
        return True  # "top 3 cities by revenue": what ranks, not what groups
    if name in TIMES:
        slots.time = name
    elif name not in slots.by and len(slots.by) < 2:
        slots.by.append(name)
    tokens.take(used)
    following = max(used) + 1
    if following < len(tokens) - 1 and tokens.words[following] in ("et", "and", "x"):
        return _group_at(tokens, columns, slots, following + 1) or True
    return True


def _column_at(tokens: Tokens, columns: Columns, start: int) -> tuple[str, list[int]] | None:
    """The column the words from there name: the longest reading first."""
    for size in (4, 3, 2, 1):
        places = [place for place in range(start, start + size) if place < len(tokens)]
        if len(places) < size or any(not tokens.free(place) for place in places):
            continue
        said = [tokens.ideas[place] for place in places if tokens.words[place] not in _SMALL]
        if size == 1 and said and said[0] in TIMES:
            return TIMES[said[0]], places
        field = (columns.find(said, numeric=False) or columns.find(said)) if said else None
        if field is not None and _all_used(field, said):
            return _product(field, tokens, places, columns).name, places
    return None


_BEFORE_COLUMN = frozenset("sont are is est the les mes nos my our meilleurs meilleures meilleur best top plus grosses gros selling sold vendus vendues".split())
_PEOPLE = frozenset(
    "client clients cliente clientes customer customers abonnes abonne subscribers subscriber comptes compte accounts account"
    " donateurs donors donor acheteurs buyers buyer membres members member personnes people gens adherents".split()
)  # who is asked about, never a column to split by
_ORDERS = frozenset(
    "revenue ca chiffre montant amount sales ventes nombre number count valeur value rapport client clients customer la"
    " le les the mon my un une a exemple defaut phone mail sms email".split()
)  # what may follow "by" without being a column
_SMALL = frozenset(
    "de du des d la le les l the of a au to type types mode tranche tranches leur leurs their my mes nos our".split()
)


def _product(field: Field, tokens: Tokens, places: list[int], columns: Columns) -> Field:
    """« Par produit » is the product, « par type de produit » its category."""
    if field.role is not Role.CATEGORY or any(tokens.words[place].startswith(("type", "categ")) for place in places):
        return field
    said = {tokens.words[place].rstrip("s") for place in places}
    product = next((other for other in columns.fields if other.role is Role.PRODUCT), None)
    return product if product is not None and said & {"produit", "article", "product", "item"} else field


def _named(slots: Slots, columns: Columns) -> frozenset[str]:
    """The ideas that name the columns already read."""
    names = {*slots.by, *(found.field for found in slots.filters), slots.column}
    aliases = {part for found in columns.fields if found.name in names for alias in found.aliases for part in alias}
    values = {part for found in slots.filters for value in found.values for part in ideas(str(value))}
    return frozenset(aliases | values)


_AT_PURCHASE = {Role.STORE: "store", Role.CATEGORY: "category", Role.PRODUCT: "product"}


_AGES = re.compile(r"\b(jeunes?|young|younger)\b.*\b(vieux|ages|aines|seniors?|old|older)\b")


def _ages(tokens: Tokens, columns: Columns, slots: Slots) -> None:
    """« Les jeunes … les vieux » compares ages, when the files hold them."""
    age = next((found for found in columns.fields if found.role is Role.AGE), None)
    if age is not None and not slots.by and _AGES.search(tokens.text):
        slots.by.append(age.name)


def bought_there(slots: Slots, columns: Columns, measure: str | None) -> None:
    """Money and orders are split by the shop of the purchase, not by the shop the customer signed up in.

    Args:
        slots: what was read; its groups and filters are put right in place.
        columns: what the data can be asked about.
        measure: of the question, or of the one it follows.
    """
    if measure not in ("amount", "orders", "average_basket"):
        return
    for place, name in enumerate(slots.by):
        found = columns.named(name)
        other = columns.named(_AT_PURCHASE.get(found.role, "")) if found is not None and found.role is not None else None
        if found is not None and other is not None and not found.on_purchases and other.on_purchases:
            slots.by[place] = other.name
    for place, condition in enumerate(slots.filters):
        found = columns.named(condition.field)
        other = columns.named(_AT_PURCHASE.get(found.role, "")) if found is not None and found.role is not None else None
        if found is None or other is None or found.on_purchases or not other.on_purchases:
            continue
        if set(condition.values) <= set(other.values):
            slots.filters[place] = Filter(other.name, condition.operator, condition.values, on_purchases=True)


def _all_used(field: Field, said: list[str]) -> bool:
    """Whether the words say the column and nothing else."""
    return any(all(any(same(word, part) for part in alias) for word in said) for alias in field.aliases)


def _opposed(tokens: Tokens, found: list[Mention], slots: Slots) -> list[Mention]:
    """Values set against each other ("men vs women") ask for a comparison, not for a filter."""
    kept: list[Mention] = []
    for mention in found:
        rivals = [other for other in found if other.field.name == mention.field.name and other.value != mention.value]
        between = " ".join(tokens.words)
        if rivals and _AGAINST.search(between) and not mention.negated:
            if mention.field.name not in slots.by and len(slots.by) < 2:
                slots.by.append(mention.field.name)
        else:
            kept.append(mention)
    opposed = set(slots.by) - {mention.field.name for mention in kept}
    return [mention for mention in kept if mention.field.name not in opposed]


def _adjective(tokens: Tokens, slots: Slots) -> None:
    if slots.time is not None:
        return
    for place, word in enumerate(tokens.words):
        if word in _ADJECTIVES and tokens.free(place):
            slots.time = _ADJECTIVES[word]
            return


_MEASURES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("average_basket", r"\b(panier\w* moyen\w*|panie\w*|average (basket|order)|aov|basket|montant moyen (des|par|d.une?) (achats?|commandes?)|avera?ge order|depense moyenne par (achat|commande))\b"),
        ("lost_rate", r"\b(taux d.(attrition|depart)|taux de (churn|depart|perte)|churn|attrition|part (de|des) (clients |mes clients |nos clients )?(perdus?|partis?)|(share|percentage|proportion) of (our |the )?(customers? )?(lost|gone|who (left|churned)|churned))\b"),
        ("promo_share", r"\b(part|share|pourcentage|percentage|proportion)\b.{0,40}\b(promo\w*|remise|discount\w*)\b"),
        ("orders", r"\b(nombre|nb|number|combien|how many|count|volume|num)\b.{0,12}\b(commandes?|orders?|achats?|purchases?|tickets?|ventes|dons?|gifts?)\b|^(commandes?|orders?|achats|purchases)\b"),
        ("amount", r"\b(ca|chiffres? d.affaires|revenu\w*|revenue|sales|ventes|turnover|montant (total|achete|depense)|total (spent|amount|spend)|amount|vend\w*|sells?|selling|sold|recettes|collecte)\b"),
        ("tenure_months", r"\b(anciennete|tenure)\b"),
    )
)  # fmt: skip
_STATISTICS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("median", re.compile(r"\b(median\w*)\b")),
    ("sum", re.compile(r"\b(total\w*|somme|sum)\b")),
    ("mean", re.compile(r"\b(moyen\w*|average|avg|mean|en moyenne|typical)\b")),
)
_NUMBER_ASKED = re.compile(
    r"\b(moyen\w*|median\w*|average|avg|mean|total|somme|sum|nombre|nb|number|combien|how (many|much)|typical|mrr|nps)\b"
)
_STATISTIC_WORD = re.compile(r"^(moyen\w*|median\w*|average|avg|mean)$")
_HOW_MANY = re.compile(
    r"\b(combien (de |d')?(clients?|personnes|gens|abonnes|donateurs|comptes|acheteurs|femmes|hommes|entreprises|societes)|how many (active |current |loyal )?(customers?|people|clients|subscribers|donors|accounts|buyers|women|men|companies|shoppers)|nombre de clients|number of customers|nb clients?)\b"
)

_SHARE_OF = re.compile(
    r"\b(part|share|pourcentage|percentage|proportion|repartition|breakdown|distribution) (de|des|d'|of|our|nos|mes|my|the| )*"
    r"(clients?|customers?|base|abonnes|subscribers|donateurs|donors|clientele|comptes|accounts)\b"
)

_MEASURED = frozenset({"orders", "amount", "tenure_months", "promo_share"})  # measures of `explore` by themselves


def _measure(tokens: Tokens, columns: Columns, slots: Slots, column: Field | None) -> None:
    """What `explore` is asked to measure, and of which column."""
    lost_rate = dict(_MEASURES)["lost_rate"].search(tokens.text) is not None
    if _HOW_MANY.search(tokens.text) or (_SHARE_OF.search(tokens.text) and not lost_rate):
        slots.measure = "customers"
        return
    statistic = next((name for name, pattern in _STATISTICS if pattern.search(tokens.text)), None)
    slots.statistic = statistic
    if column is not None and column.name not in _MEASURED:
        slots.measure, slots.column = statistic or "mean", column.name
        return
    for name, pattern in _MEASURES:
        if pattern.search(tokens.text):
            slots.measure = name
            break
    if slots.measure is None and _SPEND.search(tokens.text) and columns.named("amount") is not None:
        slots.measure, slots.column = statistic or "mean", "amount"
    if slots.measure == "amount" and statistic in ("mean", "median") and columns.named("amount") is not None:
        slots.measure, slots.column = statistic, "amount"
    elif slots.measure == "orders" and statistic in ("mean", "median") and columns.named("orders") is not None:
        slots.measure, slots.column = statistic, "orders"
    elif slots.measure == "tenure_months" and statistic == "median":
        slots.measure, slots.column = "median", "tenure_months"


_SPEND = re.compile(r"\b(depens(e|ent|ons|ez|er)|spends?|spending|outspend)\b")
_GONE = re.compile(
    r"\b(sont partie?s?|ont (quitte|resilie|annule)|nous ont quittes?|perdue?s|resilie\w*|desabonne\w*|left|lost|gone|churned|cancelled|canceled)\b"
)
_STILL = re.compile(r"\b(encore (la|clients?)|toujours clients?|actifs|actives|restants?|still (here|customers|with us|active)|active)\b")


def _gone(tokens: Tokens, slots: Slots) -> None:
    """"How many customers with fibre left?" counts those who left."""
    if slots.measure != "customers" or any(found.field == "lost" for found in slots.filters):
        return
    if _GONE.search(tokens.text):
        slots.filters.append(Filter("lost", "=", (True,)))
    elif _STILL.search(tokens.text):
        slots.filters.append(Filter("lost", "=", (False,)))


def _numeric_column(tokens: Tokens, columns: Columns) -> Field | None:
    """A number column of the files named by free words, which are then taken."""
    for size in (4, 3, 2, 1):
        for start in range(len(tokens) - size + 1):
            places = range(start, start + size)
            if not all(tokens.free(place) for place in places):
                continue
            if size > 1 and _STATISTIC_WORD.search(tokens.words[places[0]]) or tokens.words[places[-1]] in _SMALL:
                continue
            said = [
                tokens.ideas[place] for place in places
                if tokens.words[place] not in _SMALL and not (size > 1 and _STATISTIC_WORD.search(tokens.words[place]))
            ]  # fmt: skip
            field = columns.find(said, numeric=True) if said else None
            if field is not None and field.derived and size == 1 and not _NUMBER_ASKED.search(tokens.text):
                continue  # « et les autres magasins » does not ask how many shops
            if field is not None and field.type is ColumnType.NUMBER and _all_used(field, said):
                if field.name not in _MEASURED:
                    tokens.take(places)
                return field
    return None


def against_last_year(slots: Slots, as_of: date) -> None:
    """Give a comparison without a period of its own the period it is compared with."""
    if slots.compare is None or slots.period is not None:
        return
    before = slots.compare
    months = (before.end.year - before.start.year) * 12 + before.end.month - before.start.month + 1
    if months >= 12:
        slots.period = Period(date(as_of.year, 1, 1), as_of, before.span)
        years = max(1, as_of.year - before.start.year)  # "compared with 2023" is the same days of that year
        slots.compare = year_before(slots.period, years)
