"""What a question is split by and ranked on: « par région », "which shop", "top 5 products", « ce qui se vend le mieux »."""

from __future__ import annotations

import re
from functools import lru_cache

from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import Role
from assistant.embedded.columns import Columns
from assistant.embedded.comparisons import NUMBERS
from assistant.embedded.fields import Field
from assistant.embedded.ideas import concepts, ideas, same, split_headers
from assistant.embedded.measuring import PERSON, asked_of
from assistant.embedded.metrics import FIXED
from assistant.embedded.ranking import SELLS_MOST, sold_thing
from assistant.embedded.rhythm import says_people
from assistant.embedded.slotted import Slots
from assistant.embedded.text import plain, words
from assistant.embedded.tokens import Tokens
from assistant.embedded.totals import counts_units

TIMES = {"month": "month", "quarter": "quarter", "year": "year"}
_GROUPING = re.compile(
    r"\b(par|by|per|selon|according to|en fonction (?:du|de la|de|des)|suivant|for each|pour chaque|dans chaque|in each|"
    r"chaque|each|across|broken down by|ventilee? par|split by|d'un[e]? .{3,12} a l'autre)\b"
)  # fmt: skip
_WHICH = re.compile(r"\b(quel|quelle|quels|quelles|which|what|dans quelle|in which)\b")
SUPERLATIVE = re.compile(
    r"\b(le plus|la plus|les plus|le mieux|le moins bien|most|highest|meilleur\w*|best|le moins|la moins|les moins|least|lowest|pire|worst|eleve\w*|top|biggest|largest)\b"
)
_LOWEST = re.compile(
    r"\b((?:le|les|la) moins(?! de \d| d\W)|(?<!at )least|lowest|fewest|worst|pires?|plus (bas|basse|faible|petit\w*)|smallest|bottom|flop|dernie(?:rs|res)(?= \w+ (?:par|by)))\b"
)
_LAST = re.compile(r"\b(derniers|dernieres|last|bottom)\b")
_TOP = (
    re.compile(r"\b(?:top|bottom|flop|worst|best|pires|meilleure?s?) ?(\d+)\b"),
    re.compile(r"\b(?:top|bottom|flop|worst|best|pires) (" + "|".join(NUMBERS) + r")\b"),
    re.compile(r"\b(\d+|" + "|".join(word for word in NUMBERS if word not in ("a", "un", "une", "one")) + r") (?:plus|moins|meilleur\w*|pires?|premiers?|premieres?|best|worst|top|biggest|largest|smallest|lowest|highest|most|least)\b"),
    re.compile(r"\b(?:the|les|quelles sont les|quels sont les|which|what are the|what are our|nos|our|mes|my) (\d+|" + "|".join(word for word in NUMBERS if word not in ("a", "un", "une", "one")) + r") (?=\w+ (?:qui|that|which|with|avec|par|by)\b)"),
    re.compile(r"\b(?:les|mes|nos|the|my|our|first|premiers?|give me|list|liste) (\d+|" + "|".join(NUMBERS) + r") (?:premier\w*|first|clients?|customers?|meilleur\w*|best|villes?|cities|plus|biggest|largest|produits?|products?|categories|magasins|stores|top|most|pires?|worst)"),
    re.compile(rf"\b(?:quels|quelles|which|what) (?:sont les |are the )?(\d+) (?={PERSON.pattern})"),
    re.compile(r"\b(?:les|mes|nos|the|our) (\d+|" + "|".join(word for word in NUMBERS if word not in ("a", "un", "une", "one")) + r") (?=\w+ (?:les |le )?(?:plus|moins) [a-z]+e?s\b)"),
    re.compile(r"\b(?:premiers?|first) (\d+)\b"),
    re.compile(r"\b(\d+) (?:premier\w*|first|dernier\w*|last)\b"),
)  # fmt: skip


_SHARE_OF_FIRST = re.compile(
    r"\b(?:top|meilleurs?|premiers?|first|best|biggest|largest|plus gros) ?(?P<n>\d+(?:[.,]\d+)?) ?(?:%|pour ?cent|per ?cent)(?: (?:des?|of|the|our|my|nos|mes|d'))*(?: ?(?P<who>\w+))?|"
    r"\b(?P<n2>\d+(?:[.,]\d+)?) ?(?:%|pour ?cent|per ?cent)(?: (?:des?|of|the|our|my|nos|mes))* (?:plus gros(?:ses)?|meilleure?s?|premiere?s?|top|best|biggest|largest|first)(?: (?P<who2>\w+))?"
)


def first_share(tokens: Tokens, slots: Slots) -> None:
    """« Les 10 % meilleurs clients », "the top 10% of customers": what those who buy most make of the revenue, not ten of them.

    Args:
        tokens: the question; what is read of it is taken.
        slots: filled in place.
    """
    match = _SHARE_OF_FIRST.search(tokens.text)
    share = float((match["n"] or match["n2"]).replace(",", ".")) / 100 if match is not None else 0.0
    if match is None or not 0 < share <= 1:
        return
    tokens.take_span(*match.span())
    if not PERSON.fullmatch(match["who"] or match["who2"] or "clients") or asked_of(tokens).thing not in (None, "amount", "spend", "people"):
        slots.unread.append(match.group())  # of products, or their orders, their loyalty: told by no share of the revenue
        return
    slots.top_share, slots.measure, slots.by = share, "share_amount", ["customer_id"]


def top_asked(tokens: Tokens, slots: Slots) -> None:
    """Read how many are wanted, and whether the lowest.

    Args:
        tokens: the question; what is read of it is taken.
        slots: filled in place.
    """
    for pattern in _TOP:
        match = pattern.search(tokens.text)
        if match is not None:
            said = match.group(1)
            count = int(said) if said.isdigit() else NUMBERS[said]
            taken = any(place in tokens.taken for place, (low, high) in enumerate(tokens.spans) if low < match.end(1) and match.start(1) < high)
            if 0 < count <= 1000 and not taken:
                slots.top = count
                tokens.take_span(*match.span(1))
                break
    if _LOWEST.search(tokens.text) or (slots.top is not None and slots.period is None and _LAST.search(tokens.text)):
        slots.order = "asc"


def groups(tokens: Tokens, columns: Columns, slots: Slots) -> None:
    """Read the columns and calendar periods a question is split by.

    Args:
        tokens: the question; what is read of it is taken.
        columns: what the data can be asked about.
        slots: filled in place.
    """
    for match in _GROUPING.finditer(tokens.text):
        start = tokens.after(match.end())
        if start < len(tokens) and (tokens.words[start] in ("chaque", "each") or _only_people(tokens, columns, start)):
            continue  # « par chaque professeur »: what follows is read with it; « par client » is of each, though a header says « Type client »
        if start < len(tokens) and match.group() in ("par", "by") and _is_value(tokens, columns, start):
            continue  # « payé par chèque »: of one kind
        if start < len(tokens) and tokens.words[start] in _ONE_ORDER:
            group_at(tokens, columns, slots, start + 1)  # "by booking channel"; « par commande » alone is of each, not by how many
            continue
        if not group_at(tokens, columns, slots, start) and tokens.free(start) and tokens.words[start] not in _ORDERS and not PERSON.fullmatch(tokens.words[start]):
            slots.unknown_group = slots.unknown_group or tokens.words[start]
    if slots.by or slots.time or slots.unknown_group:
        return
    if _LIVES.search(tokens.text) and (home := next((field for role in _HOMES for field in columns.fields if field.role is role and not field.on_purchases and field.values), None)):
        slots.by, slots.measure = [home.name], "customers"  # « où habitent nos clients ? »
        return
    place = _after_top(tokens) if slots.top is not None else None
    if place is not None and PERSON.fullmatch(tokens.words[place]):
        place = None  # « top 10 clients » are customers, whatever « Type client » says of them
    if place is not None and group_at(tokens, columns, slots, place):
        return
    if SUPERLATIVE.search(tokens.text):
        _superlative(tokens, columns, slots)
    if not (slots.by or slots.unknown_group or slots.time or _BEST_TIME.search(tokens.text)) and SELLS_MOST.search(tokens.text):
        sold = sold_thing(columns)
        slots.by, slots.unknown_group = ([sold.name], None) if sold is not None else ([], "produit")


_WHEN = r"(?:month|quarter|year|week|weekday|day|season|mois|trimestre|annee|semaine|jour|saison)s?"
_BEST_TIME = re.compile(rf"\b(?:which|what|quel(?:le)?s?|best[- ]selling|top[- ]selling) {_WHEN}\b|\b{_WHEN} (?:ou|where|when|in which) ")  # "which month sells best": no product is asked for


def _only_people(tokens: Tokens, columns: Columns, start: int) -> bool:
    """Whether a word for people stands there and begins no header: « par client », and not "by customer group"."""
    if not PERSON.fullmatch(tokens.words[start]):
        return False
    after = tokens.ideas[start + 1] if start + 1 < len(tokens) else None
    return not any(after in alias and tokens.ideas[start] in alias for field in columns.fields for alias in field.aliases)


_LIVES = re.compile(rf"^(?:ou|where) (?:do |are |est-ce que )?(?:\w+ ){{0,3}}?(?:{PERSON.pattern} )?(?:habit\w+|viv(?:ent|re)|resid\w+|live|located|based|situe\w*)\b")
_HOMES = (Role.CITY, Role.REGION, Role.POSTCODE, Role.COUNTRY)


def _is_value(tokens: Tokens, columns: Columns, start: int) -> bool:
    """Whether the word there is a whole value of a column, and the name of none; a year, a month is a time first (« par an » where one pays « Annuel »)."""
    if tokens.ideas[start] in TIMES:
        return False
    said = (tokens.ideas[start],)
    named = any(alias == said for field in columns.fields for alias in field.aliases)
    return not named and any(ideas(value) == said for field in columns.fields for value in field.values)


def _after_top(tokens: Tokens) -> int | None:
    """Where what a "top 5" ranks is said."""
    for pattern in _TOP:
        match = pattern.search(tokens.text)
        if match is not None:
            places = (place for place, (low, _) in enumerate(tokens.spans) if low >= match.end(1))
            return next((place for place in places if tokens.free(place) and tokens.words[place] not in _BEFORE_COLUMN), None)
    return None


def _superlative(tokens: Tokens, columns: Columns, slots: Slots) -> None:
    """« Quel magasin vend le plus » is split by shop."""
    asked = _WHICH.search(tokens.text) or re.search(
        r"\b(top|biggest|largest|les plus gros\w*|most (?:popular|common|used|frequent|booked|rented)|plus (?:populaires?|courante?s?|demandee?s?)|best|worst|meilleure?s?|pires?)\b|^(?=\w+ (?:avec|with|ayant|qui|that) )", tokens.text
    )  # fmt: skip
    if asked is not None:
        start = tokens.after(asked.end())
        while start < len(tokens) and (not tokens.free(start) or tokens.words[start] in _BEFORE_COLUMN):
            start += 1
        if _names_number(tokens, columns, start):
            return  # "the highest monthly charge" is a maximum
        if slots.top is not None and start < len(tokens) and PERSON.fullmatch(tokens.words[start]):
            return
        if not group_at(tokens, columns, slots, start) and start < len(tokens) and tokens.words[start] not in _PEOPLE:
            said = tokens.words[start]
            if said in _role_terms() or _of_whom(tokens, start):
                slots.unknown_group = slots.unknown_group or said


_WHICH_LOSES = re.compile(
    r"^(?:quel|quelle|quels|quelles|which|what) (?P<what>[a-z]+)(?: \w+){0,2}? (?:a|ont|perd|perdent|fait|font|subit|enregistre|compte|genere|has|have|had|loses?|lost|gets?|sees?|causes?|is|est) (?:\w+ )*?"
    r"(?:le plus|le moins|plus|moins|the most|most|the fewest|fewest|the least|least|highest|lowest|meilleur\w*|pire|best|worst)\b"
)
_NO_COLUMN = frozenset(
    "client customer profil profile type genre kind sort sorte segment groupe group categorie category facteur factor cause raison reason motif moment jour day mois month annee year saison season "
    "periode period etape step tranche age trimestre quarter semaine week part share taux rate chiffre figure probleme problem evenement event signe sign personne people element".split()
)  # what a question on departures may name that is the answer of an analysis, and no column of the files


def _of_whom(tokens: Tokens, start: int) -> bool:
    """« Quel technicien a le plus de résiliations ? »: something of the house that has the most, which a column would have to tell."""
    match = _WHICH_LOSES.match(tokens.text)
    return match is not None and match["what"] == tokens.words[start] and tokens.words[start].rstrip("s") not in _NO_COLUMN and not PERSON.fullmatch(tokens.words[start])


def _names_number(tokens: Tokens, columns: Columns, start: int) -> bool:
    read = _column_at(tokens, columns, start)
    field = columns.named(read[0]) if read is not None else None
    return field is not None and field.type is ColumnType.NUMBER


@lru_cache(maxsize=1)
def _role_terms() -> frozenset[str]:
    """The words a manager has for columns, in one word."""
    return frozenset(plain(term) for group in concepts()["roles"].values() for term in group)


def group_at(tokens: Tokens, columns: Columns, slots: Slots, start: int) -> bool:
    """Read the column named from there, and a second one after « et » / "and".

    Args:
        tokens: the question; what is read of it is taken.
        columns: what the data can be asked about.
        slots: filled in place.
        start: the place of its first word.
    """
    read = _column_at(tokens, columns, start) or _by_kind(tokens, columns, start)
    if read is None:
        return False
    name, used = read
    told = columns.named(name)
    ranked = slots.top is not None or _RANKED.search(tokens.text) is not None
    by_number = told is not None and told.type is ColumnType.NUMBER and (ranked if BY_WHAT.search(tokens.text) else bool(slots.by) and slots.order is not None)
    if (name in FIXED and ranked) or by_number:
        return True  # "top 3 cities by revenue", « classement des métiers par marge »: what ranks, not what groups
    if told is not None and told.type is ColumnType.NUMBER and counts_units(told):
        slots.unread.append(name)  # "fare per km": a price, told elsewhere or not at all, never a split by the number
        return True
    if name in TIMES:
        slots.time = name
    elif name not in slots.by and len(slots.by) < 2:
        slots.by.append(name)
    tokens.take(used)
    following = max(used) + 1
    if following < len(tokens) - 1 and tokens.words[following] in ("et", "and", "x"):
        return group_at(tokens, columns, slots, following + 1) or True
    return True


BY_WHAT = re.compile(rf"\b(?:top|best|worst|bottom|biggest|largest|flop|meilleure?s?|pires?|plus gros(?:ses)?|premiere?s?|\d+) {PERSON.pattern} (?:par|by|selon) ")
_RANKED = re.compile(r"^(?:quels sont |what are |give me |donne-moi )?(?:les |nos |mes |our |my |the )?(?:top|best|worst|bottom|flop|meilleure?s?|pires?|classement|palmares)\b")


def _by_kind(tokens: Tokens, columns: Columns, start: int) -> tuple[str, list[int]] | None:
    """« Par type »: the only column of the file whose header holds the word, what stands on a line before what stands on a customer."""
    if not tokens.free(start) or tokens.words[start].rstrip("s") not in _KINDS:
        return None
    said = tokens.words[start].rstrip("s")
    held = [field for field in columns.fields if field.values and not field.derived and said in [word.rstrip("s") for word in words(split_headers(field.name))]]
    own = [field for field in held if field.on_purchases] or held
    return (own[0].name, [start]) if len(own) == 1 else None


_KINDS = frozenset("type kind statu statut category categorie nature".split())


def _column_at(tokens: Tokens, columns: Columns, start: int) -> tuple[str, list[int]] | None:
    """The column the words from there name: the longest reading first."""
    for size in (4, 3, 2, 1):
        places = [place for place in range(start, start + size) if place < len(tokens)]
        if len(places) < size or any(not tokens.free(place) for place in places):
            continue
        said = [tokens.ideas[place] for place in places if tokens.words[place] not in SMALL]
        if size == 1 and said and said[0] in TIMES:
            return TIMES[said[0]], places
        field = (columns.find(said, numeric=False) or columns.find(said)) if said else None
        whole = words(split_headers(field.name)) if field is not None else []
        if len(said) == 1 and PERSON.fullmatch(tokens.words[start]) and len(whole) > 1 and start + 1 < len(tokens) and tokens.words[start + 1].rstrip("s") not in {word.rstrip("s") for word in whole}:
            continue  # "top 5 accounts by revenue" ranks accounts, not the kinds of them
        if field is not None and all_used(field, said):
            return product(field, tokens, places, columns).name, places
    return None


_BEFORE_COLUMN = frozenset("premiers premieres pires worst lowest highest plus moins grosses grandes petites sont are is est the le la les mes nos my our meilleurs meilleures meilleur meilleure pire best top plus grosses gros selling sold vendus vendues".split())
_ONE_ORDER = frozenset("order commande achat purchase don gift donation ticket transaction".split())
_PEOPLE = frozenset(
    "client clients cliente clientes customer customers abonnes abonne subscribers subscriber comptes compte accounts account"
    " donateurs donors donor acheteurs buyers buyer membres members member personnes people gens adherents".split()
)  # who is asked about, never a column to split by
_ORDERS = frozenset(
    "units unites revenue ca chiffre montant amount sales ventes nombre number count average avg mean median moyen moyenne mediane total panier basket quantite quantity volume spend depense valeur value rapport client clients customer la ligne line commande order achat purchase panier basket tete head personne person"
    " le les the mon my un une a exemple defaut phone mail sms email".split()
)  # what may follow "by" without being a column
SMALL = frozenset(
    "de du des d la le les l the of a au to type types mode tranche tranches leur leurs their my mes nos our".split()
)


def product(field: Field, tokens: Tokens, places: list[int], columns: Columns) -> Field:
    """« Par produit » is the product, « par type de produit » its category."""
    if field.role is not Role.CATEGORY or any(tokens.words[place].startswith(("type", "categ")) for place in places):
        return field
    said = {tokens.words[place].rstrip("s") for place in places}
    product = next((other for other in columns.fields if other.role is Role.PRODUCT), None)
    return product if product is not None and said & {"produit", "article", "product", "item"} else field


def all_used(field: Field, said: list[str]) -> bool:
    """Whether the words say the column and nothing else."""
    return any(all(any(same(word, part) for part in alias) for word in said) for alias in field.aliases)


_STATISTIC_WORD = re.compile(r"^(moyen\w*|median\w*|average|avg|mean|total\w*|max\w*|min\w*|highest|lowest|largest|smallest)$")
_NUMBER_ASKED = re.compile(
    r"\b(moyen\w*|median\w*|average|avg|mean|total\w*|somme|sum|nombre|nb|number|combien|how (many|much)|typical|mrr|nps|max\w*|min\w*|"
    r"highest|lowest)\b"
)


_IN_UNITS = re.compile(r"[(\[](?:j|jours?|jrs?|d|days?|h|hrs?|heures?|hours?|min|minutes?|mn|s|sem|semaines?|weeks?|mois|months?)\.?[)\]]\s*$", re.IGNORECASE)
_HOW_MANY = re.compile(r"\b(?:combien|nombre|nb|how many|number of)\b(?! (?:de |d')?(?:jours|heures|minutes|days|hours|minutes|semaines|weeks|mois|months))")
_AVERAGED = re.compile(r"\b(?:moyen\w*|median\w*|average|avg|mean|max\w*|min\w*|total\w*|cumul\w*|somme|sum)\b")


def numeric_column(tokens: Tokens, columns: Columns, but: frozenset[Role] = frozenset()) -> Field | None:
    """A number column of the files named by free words, which are then taken.

    Args:
        tokens: the question.
        columns: what the data can be asked about.
        but: columns of these roles are not meant.
    """
    usual: Field | None = None  # a figure every file holds, when no column of the file is named
    for size in (4, 3, 2, 1):
        for start in range(len(tokens) - size + 1):
            places = range(start, start + size)
            if not all(tokens.free(place) for place in places):
                continue
            if size == 1 and tokens.before(start, 1) == ["en"]:
                continue  # « les commandes en retard » are no days of delay
            if tokens.words[places[-1]] in SMALL or (size > 1 and says_people(tokens, columns, places[-1])):
                continue
            said = [tokens.ideas[place] for place in places if tokens.words[place] not in SMALL]
            bare = [
                tokens.ideas[place] for place in places
                if tokens.words[place] not in SMALL and not (size > 1 and _STATISTIC_WORD.search(tokens.words[place]))
            ]  # fmt: skip
            field = columns.find(said, numeric=True) if said else None
            if field is None or not all_used(field, said):
                said, field = bare, columns.find(bare, numeric=True) if bare else None
            if field is not None and field.role in but:
                continue
            if field is not None and field.derived and len(said) == 1 and not _NUMBER_ASKED.search(tokens.text):
                continue  # « et les autres magasins » does not ask how many shops
            if field is not None and _IN_UNITS.search(field.name) and _HOW_MANY.search(tokens.text) and not _AVERAGED.search(tokens.text):
                continue  # « combien de retards » counts none of the days of « Retard (j) »
            if field is not None and field.type is ColumnType.NUMBER and all_used(field, said):
                if field.name not in FIXED:
                    tokens.take(places)
                    return field
                usual = usual or field
    return usual
