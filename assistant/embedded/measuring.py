"""What a question asks to measure: a statistic (how many, average, median, share ...) of a thing (orders, revenue, people)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.embedded.tokens import Tokens


def _one_of(*patterns: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(patterns) + r")(?!\w)")


_PERSON = (
    r"(?:clients?|clientes?|customers?|clientele|abonnee?s?|subscribers?|donateurs?|donatrices?|donors?|comptes?|accounts?|"
    r"acheteu(?:rs?|ses?)|buyers?|shoppers?|adherente?s?|membres?|members?|personnes?|people|gens|entreprises?|companies|societes?|"
    r"utilisateurs?|users?|assures?|policyholders?|patiente?s?|contacts?)"
)
PERSON = re.compile(rf"\b{_PERSON}\b")
_ORDER = r"(?:commandes?|orders?|achats?|purchases?|tickets?|transactions?|dons?|gifts?|donations?|passages en caisse)"
_ADJECTIVE = r"(?:\w+ ){0,2}"

# Statistics, the first found wins.
_SHARE = _one_of(
    r"(?:quelle|la|une|en|what|the) (?:part|share|proportion|fraction)", r"parts? (?:de|des|du|d')", r"shares? of", r"poids (?:de|des|du|d')", r"weights? of", r"proportions?",
    r"pourcentages?", r"percentages?", r"percent(?: of)?", r"pour ?cent(?: des)?", r"fraction (?:of|des?)",
    rf"taux (?:de |des |d'){_ORDER}(?! (?:par|per) )", rf"rates? of (?:\w+ )?{_ORDER}",
)  # fmt: skip
_SHARE = re.compile(rf"{_SHARE.pattern}|%(?= ?(?:des?|d'|of|du)\b| ?d')")  # no word begins by a sign
_MEDIAN = _one_of(r"median\w*")
_MAX = _one_of(r"max(?:imum|imal\w*)?", r"record")
_MIN = _one_of(r"(?<![0-9] )min(?:imum|imal\w*)?")  # « 30 min » are minutes
_MOST = (
    r"(?:highest|largest|biggest|greatest|oldest|longest|most expensive|plus (?:gros\w*|grand\w*|eleve\w*|haut\w*|fort\w*|cher\w*|"
    r"vieux|vieille|age\w*|long\w*|import\w*))"
)
_LEAST = (
    r"(?:lowest|smallest|youngest|shortest|cheapest|plus (?:petit\w*|bas\w*|faible\w*|jeune\w*|court\w*)|moins (?:cher\w*|eleve\w*|age\w*))"
)
_SUM = _one_of(r"total\w*", r"somme", r"sum", r"cumul\w*")
_MEAN = _one_of(r"(?:(?<=delai )|(?<=delais )|(?<=temps )|(?<=duree )|(?<=montant )|(?<=cout ))moyen(?:s|ne|nes)?", r"moyen(?:s|ne|nes)?(?! de (?:paiement|transport|contact|reglement))", r"average\w*", r"avg", r"mean", r"en moyenne", r"typical\w*", r"arpu", r"aov")
_COUNT = _one_of(
    r"combien", r"how many", r"nombres?", r"numbers?(?= of)", r"nb", r"nbre", r"num(?= of)", r"count(?= of)?", r"effectifs?",
    r"volume(?= d)",
)  # fmt: skip
STATISTICS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("share", _SHARE), ("median", _MEDIAN), ("max", _MAX), ("min", _MIN), ("mean", _MEAN), ("sum", _SUM), ("count", _COUNT),
)  # fmt: skip

# Things, the most telling first. What they are made of is taken, so that no value of the files is read in it.
_LOST_RATE = _one_of(
    r"taux d'(?:attrition|abandon)", r"taux de (?:churn|departs?|perte|resiliation|desabonnement|defection|fuite)s?", r"churn(?: rates?)?",
    r"attrition(?: rates?)?", r"cancellation rates?", r"loss rates?",
    r"parts? (?:de |des )?(?:clients |mes clients |nos clients )?(?:perdus?|partis?)",
    r"(?:share|percentage|proportion) of (?:our |the )?(?:customers? )?(?:lost|gone|who (?:have )?(?:left|churned)|churned)",
)  # fmt: skip
_REPEAT = _one_of(
    r"taux de (?:reachat|rachat|repetition|fidelisation)", r"repeat(?: purchase| customer| buyer)? (?:rates?|share|ratio)", r"repurchase rates?",
)  # fmt: skip
_BASKET = _one_of(
    rf"panie(?:r|rs)?(?: {_ADJECTIVE}d'achats?)?", r"baskets?(?: (?:size|value|amount)s?)?", r"aov",
    rf"(?:valeurs?|montants?|prix) {_ADJECTIVE}(?:des?|par|d'une?|d'un|de l'|de la|du)(?: nos| mes| les)? ?{_ORDER}", r"tickets? moyens?",
    r"(?:valeurs?|montants?) moyen(?:ne)?s? (?:d'une|des|de nos|par|de la) (?:factures?|notes?|additions?)", r"(?:average|mean) (?:invoice|bill)(?: (?:value|amount|size)s?)?",
    r"order (?:values?|amounts?|sizes?)", rf"(?:value|amount|size) (?:of|per) (?:an?|the|our|each|one)? ?{_ORDER}",
    rf"(?:spend|spending|spent|paid|revenue|depenses?|ca|montants?|prix|prices?|charges?|fees?|tarifs?) {_ADJECTIVE}(?:per|par|by) {_ORDER}", rf"{_ORDER} (?:spend|value)",
    r"(?:average|avg|mean|median|typical) (?:order|purchase|gift|donation|ticket|sale)(?: values?| amounts?| sizes?)?(?! (?:numbers?|counts?|per))",
    r"(?:dons?|commandes?|achats?) (?:moyen\w*|median\w*)", rf"depense {_ADJECTIVE}par (?:achat|commande)",
)  # fmt: skip
_EXTREME_ORDER = _one_of(
    rf"{_MOST} {_ORDER}", rf"{_ORDER} la {_MOST}", rf"{_ORDER} le {_MOST}",
    rf"{_LEAST} {_ORDER}", rf"{_ORDER} la {_LEAST}", rf"{_ORDER} le {_LEAST}",
)  # fmt: skip
_PER_ORDER = (
    r"(?:items|articles|units|unites|pieces|products|produits|bouteilles|bottles)(?: (?:sold|bought|ordered|vendue?s?|achetee?s?))? (?:per|par|in an|by|dans une?) "
    rf"(?:{_ORDER}|paniers?|baskets?|notes?|factures?)"
)
_OF_ORDER = _one_of(_PER_ORDER)
_QUANTITY = _one_of(
    r"quantites?", r"quantity", r"quantities", r"(?:articles|produits|unites|pieces) vendue?s", r"(?:items|units|pieces|products) sold", r"(?:sells?|sold) the (?:most|fewest) (?:units|pieces|items)", r"(?:most|fewest) (?:units|pieces|items)", r"(?<=by )units", r"(?<=par )(?:nombre d')?unites",
    r"(?:items|units|pieces) (?:did|do|have) we (?:sell|sold)", r"(?:d'articles|d'unites|de pieces) (?:avons-nous|a-t-on|ont ete) vendue?s?",
    r"(?:(?<=combien d')|(?<=nombre d'))unites?", r"(?:(?<=how many )|(?<=number of ))units?",
    r"volumes? (?:vendus?|sold)", r"(?:items|articles|units|pieces|products|produits) (?:bought|purchased|achetee?s?|ordered)", _PER_ORDER,
)  # fmt: skip
_UNIT_PRICE = _one_of(  # what a purchase counts is said « quantité », whatever the house calls it
    r"(?:prix|tarifs?|montants?)(?: moyens?)? (?:par|de la|de l'|d'une?|d'un|des|de|du|a la) ?(?:quantites?|unites?|pieces?)",
    r"(?:prices?|rates?|revenue|amount)(?: paid)? (?:per|of an?|of the|for an?|of|by) ?(?:quantity|units?|pieces?)",
    r"(?:ca|chiffres? d'affaires|tickets?|paniers?|depenses?|additions?|recettes?)(?: moyens?| moyennes?)? par quantites?", r"(?:spend|spending|basket|ticket|sales) per quantity",
    r"(?:quantity|unit|piece) (?:prices?|rates?)", r"prix (?:unitaires?|a l'unite)(?: moyens?)?",
)  # fmt: skip
_AMOUNT = _one_of(
    r"ca", r"chiffres? d'affaires", r"(?:de|du|gros|meilleur|bon) chiffre(?! \w+ de)", r"(?<=le )chiffre(?= (?:de|du|d'|en) ?(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|mois|trimestre|20\d\d))", r"(?<=le )chiffre(?= par (?:mois|trimestres?|semaines?|jours?|an|annees?|magasins?|boutiques?|produits?) )", r"(?<!sont )(?<!est )revenus?", r"revenues?", r"sales(?! (?:reps?|representatives?|persons?|people|agents?|managers?|teams?|staff)\b)", r"ventes?", r"turnover", r"encaiss\w*", r"recettes?", r"facturation", r"billings?",
    rf"montants? (?:total|totaux|achete\w*|depense\w*|des ventes|collecte\w*|global|vendu\w*)(?: des? {_ORDER})?", rf"montants? des {_ORDER}",
    r"total (?:spent|amount|spend|spending|sales)", rf"(?:total|somme|valeur totale) des {_ORDER}", r"amounts?(?: (?:sold|bought|spent|given|raised))?",
    r"montants?", r"collectes?", r"collectee?s?", r"(?:a-t-on|avons-nous|on a|nous avons) (?:vendu|encaisse|collecte|fait|recu|touche|gagne|leve)", r"rapport(?:e|ent|ee?s?)", r"generent?",
    r"generates?", r"(?:brings?|bring) in(?: the (?:most|least) money)?", r"the most money", r"the least money", r"(?:le plus|le moins) d'argent", r"generated?", r"earns?", r"vend(?:u|ue|us|ues|ons|on|ent|re)?", r"sells?", r"selling", r"sold",
    r"(?<=how much )money", r"did we (?:make|earn|raise|receive|collect|take|bill|invoice|charge)", r"do we make", r"we made", r"raised?(?! (?:the |our )?(?:price|fee|rate)s?)", r"takings",
)  # fmt: skip
_TRADE_MONEY = re.compile(r"\b(?:collectes?|collectee?s?|encaissements?|recettes?|facturation|raised|takings)\b")  # money in some trades only
_SPEND = _one_of(r"depens(?:e|es|ent|ons|ez|er|ees?)", r"spends?", r"spent", r"spending", r"outspends?", r"arpu")
_TENURE = _one_of(r"anciennetes?", r"tenures?")
_NEW = _one_of(
    rf"new {_PERSON} (?:did|have|had|do) we (?:win|won|gain(?:ed)?|get|got|land(?:ed)?|attract(?:ed)?|bring in|acquired?|add(?:ed)?|recruit(?:ed)?|sign(?:ed)?)",
    rf"(?:nouveaux|nouvelles|nouvel|nouveau|new) {_PERSON}", r"(?:nouvelles )?inscriptions?", r"sign-?ups?", r"(?:nouvelles )?adhesions?",
    rf"we sign(?:ed)? up(?: more| fewer| less)?(?: new)?(?: {_PERSON})?", rf"(?:a-t-on|avons-nous|on a|nous avons) (?:recrute|inscrit|gagne)(?: plus de| moins de| de| des)?(?: nouveaux| nouvelles)? {_PERSON}",
    r"(?:contracts?|subscriptions?|memberships?|contrats?|abonnements?|adhesions?) (?:which |that |qui )?(?:have |ont )?(?:started|commence\w*|debute\w*|demarre\w*)",
    r"recrues", r"newcomers", r"nouveaux venus", r"(?:nouveaux|nouvelles|nouvel|nouveau) (?:inscrite?s?|arrivante?s?|entrante?s?)", r"new (?:registrants?|joiners?|entrants?)",
)  # fmt: skip
_ARRIVED = _one_of(
    r"inscrite?s?", r"se sont inscrite?s?", r"recrutee?s?", r"joined", r"enrol?led(?! (?:in|on|for) (?!(?:the )?(?:19|20)\d\d|january|february|march|april|may|june|july|august|september|october|november|december|q[1-4]))", r"registered(?! (?:in|on|for|with|as|under|at|users?|customers?|members?)\b(?! (?:19|20)\d\d))", r"sign(?:ed)? up", r"new sign-?ups", r"recruited", r"acquired", r"acquis", r"arrivee?s?",
    r"souscri(?:t|vent|ts|tes?)", r"subscribed", r"ont signe(?: (?:un|leur) contrat)?", r"signed (?:a|their) contract", r"creee?s?", r"created", r"ouvertes?", r"opened", r"issued", r"emises?", r"delivree?s?", r"ont adhere", r"ont rejoint", r"nous ont rejoint", r"started with us", r"(?:ont |a )?ouvert (?:un |leur |son )?compte", r"opened (?:an |their )?accounts?",
)  # fmt: skip
_SPENDING = r"(?:depense|rapporte|donne|verse|paie|paye|achete|commande)"
_PER_PERSON = _one_of(rf"(?:par|per|for each|pour chaque|chaque|each|a) {_PERSON}(?! (?:managers?|executives?|execs?|owners?|directors?)\b)", r"par tete", r"per head", r"arpu",
    rf"{_SPENDING}(?:-t-(?:il|elle))? (?:une?|chaque|le) {_PERSON}", rf"(?:une?|chaque|le) {_PERSON}(?: (?:moyen\w*|type))? (?:nous )?{_SPENDING}", rf"(?:an? )?(?:average|typical) {_PERSON} (?:spend|bring|pay|give|buy|order)\w*",
)  # fmt: skip
ORDERS = _one_of(_ORDER)
_SPENT_BY_ONE = re.compile(
    rf"\bcombien (?:est-ce qu'|en moyenne |nous )*(?:(?:depense|rapporte|donne|verse)(?:-t-(?:il|elle))?(?: en moyenne)? (?:une?|chaque|le) {_PERSON}|(?:une?|chaque|le) {_PERSON}(?: (?:moyen\w*|type))? (?:nous )?(?:depense|rapporte|donne|verse))"
)
_OF_LINE = _one_of(r"(?:par|d'une|de la|une) (?:ligne|article)(?: d'achat)?", r"(?:per|of an?|an?) (?:line|item)")
_DISTINCT = _one_of(r"differente?s?", r"distincte?s?", r"different", r"distinct", r"unique")


@dataclass(slots=True)
class Asked:
    """What was found: the statistic, the thing, and whether it is counted by person."""

    statistic: str | None = None
    thing: str | None = None
    per_person: bool = False
    per_line: bool = False
    per_order: bool = False  # « articles par ticket »: an average though no word says so
    distinct: bool = False


_THINGS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("lost_rate", _LOST_RATE), ("repeat", _REPEAT), ("new", _NEW), ("unit_price", _UNIT_PRICE), ("extreme", _EXTREME_ORDER), ("basket", _BASKET),
    ("quantity", _QUANTITY),
    ("tenure", _TENURE),
)  # fmt: skip
_LATER: tuple[tuple[str, re.Pattern[str]], ...] = (("orders", ORDERS), ("spend", _SPEND), ("amount", _AMOUNT))


def asked_of(tokens: Tokens, own: frozenset[str] = frozenset()) -> Asked:
    """Read the statistic and the thing of a question, and take the words that say them (a column's own words stay free).

    Args:
        tokens: the question; what is read of it is taken.
        own: plain words that name a yes/no column of the files, or begin one of their values: « collecte » is then no sum of money.
    """
    text = _TRADE_MONEY.sub(lambda found: "#" * len(found.group()) if found.group() in own else found.group(), tokens.text)
    found = Asked(
        statistic=_statistic(text),
        per_person=_PER_PERSON.search(text) is not None,
        per_line=_OF_LINE.search(text) is not None,
        per_order=per_order(text),
        distinct=_DISTINCT.search(text) is not None,
    )
    for name, pattern in (("quantity", _OF_ORDER), *_THINGS):
        match = pattern.search(text)
        if match is not None and _free(tokens, match):
            if name == "quantity" and _MONEY_FIRST.search(text[: match.start()]):
                continue  # « CA hors billets annulés » is money, whatever is counted in a purchase
            found.thing = name
            if name == "extreme":
                found.thing, found.statistic = "basket", "min" if re.search(_LEAST, match.group()) else "max"
            elif name == "basket" and found.statistic in (None, "sum", "count") and _ADDED_UP.search(match.group()):
                found.thing = "amount"  # « montant des dons par campagne »
            tokens.take_span(*match.span())
            return found
    if found.statistic == "count" and _SPENT_BY_ONE.search(text):
        found.statistic, found.per_person = "mean", True  # « combien dépense un client ? » asks how much
        found.thing = "spend"
        tokens.take(place for place, (low, high) in enumerate(tokens.spans) if any(low < match.end() and match.start() < high for match in _SPENT_BY_ONE.finditer(text)))
        return found
    if found.statistic == "count" and _people_first(text):
        found.thing = "people"
        return found
    later = [(match.start(), name) for name, pattern in _LATER if (match := pattern.search(text)) and _free(tokens, match)]
    if later:
        found.thing = _main(found, later, text)
    if found.thing in (None, "orders") and _BROUGHT.search(text):
        found.thing = "amount"
    if found.thing == "amount" and _EACH_ORDER.search(text) and (_BROUGHT.search(text) or _EARNED.search(text)):
        found.thing = "basket"  # "how much do we make per order?"
    if found.thing is None and found.statistic == "count" and (PERSON.search(text) or _HOW_MANY_CAME.search(text)):
        found.thing = "people"
    return found


_MONEY_FIRST = _one_of(r"ca", r"chiffres? d'affaires", r"revenues?", r"turnover", r"recettes?", r"sales")
_ADDED_UP = re.compile(r"^(?:valeurs?|montants?) (?:\w+ )?des\b|^(?:value|amount) of (?:the|our)\b")


def _statistic(text: str) -> str | None:
    """The statistic a question asks for: a share first, then what is counted, unless the count is averaged."""
    found = next((name for name, pattern in STATISTICS if pattern.search(text)), None)
    return "count" if found == "sum" and _COUNT.search(text) else found


_EARNED = re.compile(r"\b(?:combien|how much)\b.{0,12}\b(?:a-t-on|avons-nous|on a|nous avons|did we|have we|we|nous a|ont)\b.{0,14}\b(?:recue?s?|encaisse\w*|touche|collecte\w*|leve|rapporte|gagne|raised?|receiv\w*|collect\w*|earn\w*|made?|take)\b")


_BROUGHT = re.compile(r"\bhow much (?:money |revenue )?(?:did|do|does|has|have) .{2,40}? (?:make|made|earn|earned|bring|brought)\b(?! (?:a|an|the|orders?|purchases?|gifts?|donations?)\b)")
_EACH_ORDER = _one_of(rf"(?:per|for each|with each|on each) {_ORDER}")
_HOW_MANY_CAME = re.compile(r"\b(?:how many|combien) (?:have |had |ont |se sont |sont )?(?:joined|signed up|registered|subscribed|adhere|souscrit|rejoint|inscrits?|stayed|remained|restee?s?|encore (?:la|clients?)|toujours (?:la|clients?))\b|\b(?:how many|combien) (?:of (?:them|those) |d'entre (?:eux|elles) )?(?:are |is |sont |est )?(?:still|encore|toujours) (?:with us|here|customers?|active|chez nous|la|clients?|actifs?)\b")


def _main(found: Asked, later: list[tuple[int, str]], text: str) -> str:
    """Which of orders, spending and revenue is measured when several are said: what is counted or averaged comes first."""
    names = [name for _, name in sorted(later)]
    if "amount" in names and _EARNED.search(text):
        return "amount"
    if found.statistic == "count" and "orders" in names:
        return "orders"
    if "amount" in names and _MONEY_OF_ORDERS.search(text):
        return "amount"  # "booking revenue by class"
    if "amount" in names and "orders" in names and found.statistic in (None, "sum"):
        return "amount" if sorted(later)[0][1] == "amount" else names[0]
    return names[0]


_MONEY_OF_ORDERS = re.compile(rf"\b{_ORDER} (?:revenues?|sales|turnover|takings)\b")


def share_said(text: str) -> str:
    """The word a plain question asks a share with."""
    match = _SHARE.search(text)
    return match.group() if match is not None else ""


def priced(text: str) -> bool:
    """Whether a plain question is about a price."""
    return _PRICE.search(text) is not None


_PRICE = _one_of("prix", "prices?")
PRICE_SOLD = re.compile(r"\b(?:prix (?:\w+ )?(?:des?|d'une?|du|de la|de l') ?[^?]{2,40}\bvendue?s?|(?:prices?) (?:\w+ )?(?:of|for) [^?]{2,40}\bsold)\b")  # « prix moyen d'une table vendue » is a price, and no spending


def _people_first(text: str) -> bool:
    """Whether what is counted is people, whatever they bought: « combien de clients ont commandé »."""
    counted = _COUNT.search(text)
    after = text[counted.end() :] if counted else ""
    person, order = PERSON.search(after), ORDERS.search(after)
    return person is not None and (order is None or person.start() < order.start())


def _free(tokens: Tokens, match: re.Match[str]) -> bool:
    low, high = match.span()
    return any(tokens.free(place) for place, (start, end) in enumerate(tokens.spans) if start < high and low < end)


def superlative_of(text: str, words: tuple[str, ...]) -> str | None:
    """Whether a plain question asks for the largest or the smallest of a thing called by one of these words: `max`, `min`."""
    named = "|".join(map(re.escape, words))
    for statistic, side in (("max", _MOST), ("min", _LEAST)):
        if re.search(rf"\b(?:{side} (?:\w+ )?(?:{named})|(?:{named})\w* (?:\w+ )?(?:la |le |les )?{side})\b", text):
            return statistic
    return None


def oldest(text: str) -> str | None:
    """« le client le plus âgé », "our youngest customer": the largest or smallest age."""
    if re.search(rf"\b(?:{_PERSON} (?:le |la |les )?plus (?:age\w*|vieux|vieille)|oldest {_PERSON}|doyen\w*)\b", text):
        return "max"
    return "min" if re.search(rf"\b(?:{_PERSON} (?:le |la |les )?plus jeune\w*|youngest {_PERSON})\b", text) else None


def per_order(text: str) -> bool:
    """Whether a plain question asks how much of what is sold an order holds."""
    return _OF_ORDER.search(text) is not None


def arrived(text: str) -> bool:
    """Whether a plain question is about who arrived."""
    return bool(_NEW.search(text) or _ARRIVED.search(text))


def people_counted(text: str) -> bool:
    """Whether a plain question asks how many people."""
    return bool(_COUNT.search(text) and PERSON.search(text))


def spoken(text: str) -> list[tuple[int, int]]:
    """The stretches of a plain question that say a statistic, a thing or a person."""
    patterns = [pattern for _, pattern in (*STATISTICS, *_THINGS, *_LATER)]
    patterns += [_PRICE, _ARRIVED, _PER_PERSON, _OF_LINE, _DISTINCT, PERSON, _EXTREME]
    return [match.span() for pattern in patterns for match in pattern.finditer(text)]


_EXTREME = _one_of(_MOST, _LEAST)
