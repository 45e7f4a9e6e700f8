"""A question made ready to be cut in words: headers split, shorthand spelt out, slips mended, counts of times as orders."""

from __future__ import annotations

import re
from collections.abc import Collection

from rapidfuzz.distance import OSA

from analytics.datamodel.model import ColumnType
from assistant.embedded.columns import Columns, once
from assistant.embedded.dated_headers import years_of_headers
from assistant.embedded.ideas import idea, in_lexicon, split_headers
from assistant.embedded.language import detect_language
from assistant.embedded.measuring import PERSON
from assistant.embedded.named_by_value import without_what_is_sold
from assistant.embedded.nouns import in_usual_words
from assistant.embedded.outcomes import of_one_family
from assistant.embedded.phrasal import in_plain_verbs
from assistant.embedded.ranking import of_goods
from assistant.embedded.sales_lists import orders_of_a_list
from assistant.embedded.state_words import by_their_state
from assistant.embedded.subscribers import of_subscriptions
from assistant.embedded.text import joined, plain, spelt_out, words

_ONCE = {"once": "1", "twice": "2", "thrice": "3", "again": "1", "une seule fois": "1"}
_TIMES_SAID = re.compile(
    r"\b(?P<how>(more|less|fewer) than|at least|at most|exactly|only|just|plus (de|d')|moins de|au moins|au plus|exactement|"
    r"seulement|que|qu')\s*(?P<times>once|twice|thrice|une seule fois|(?P<number>\w+) (times|fois))\b"
)
_BOUGHT = re.compile(r"\b(achet\w*|bought|buy|commande\w*|ordered|order|purchased?|donne\w*|gave|given|revenu\w*|visit\w*|came|venu\w*|rent\w*|loue\w*|book\w*|reserv\w*)\b")
_BUYING = re.compile(r"\b(achet\w*|achats?|bought|buy|commande\w*|ordered|orders?|purchase\w*)\b")
_ORDERS = "nombre de commandes"  # what nobody can be asked of without purchases, and is refused with what would tell
_OR_MORE = re.compile(r"\b(?P<number>\w+) (?:fois|times) (?P<how>ou plus|et plus|or more|ou moins|or less|or fewer)\b")
_ALONE = re.compile(r"\b(une seule|un seul|a single|one single|only one|just one) (commande|achat|order|purchase|don|gift|fois)s?\b")
_ONLY_ONCE = re.compile(r"\b(?:(?:only|just) (?:ever )?|(?<=customers )|(?<=clients )|(?<=who )|(?<=people )|(?<=customers have )|(?<=who have ))(?:bought|ordered|purchased|came|visited|rented|booked|gave|donated|stayed) (?P<times>once|twice)\b")
_ONE_TIME = re.compile(
    r"\b(?:(?:one|single)[- ](?:time|off|order|purchase|visit)|once[- ]only|one[- ]shot) (?P<who>buyers?|customers?|shoppers?|purchasers?|clients?|donors?|guests?|visitors?)\b|"
    r"\b(?P<fr>clients?|clientes?|acheteurs?|donateurs?) (?:mono-?acheteurs?|d'un seul achat|d'une seule (?:fois|commande)|occasionnels d'un jour)\b|\bmono-?acheteurs?\b"
)
_AGAIN = re.compile(r"\b(?:sont|est) (?:deja )?revenue?s?(?= ?(?:$|[?.!]|acheter|commander|chez nous|au moins))|\b(?:came|have come|has come) back(?= ?(?:$|[?.!]|for more|to us))|\b(bought|ordered|purchased) again\b|\b(ont |a )?(rachete|recommande)(nt|e)?\b")
_TWO_YEARS = re.compile(r"\b(?:19|20)\d\d\b.*\b(?:19|20)\d\d\b")  # « clients de 2024 qui ont racheté en 2025 »: then, and not how many times
_A_YEAR = re.compile(r"\b(?:(?:19|20)\d\d|(?:l'|cette |this |last |the next |next )(?:an|annee|year))\b")
_NEVER = re.compile(
    r"\b((ne |n')?(a |ont |est |sont )?jamais (encore )?(rien )?(achete|commande|donne|fait|passe|effectue|realise|venue?s?|reserve|contribue|verse)( quoi que ce soit)?( (de |d'|une? |le moindre |la moindre )?(dons?|commandes?|achats?))?|"
    r"n'(a|ont) (rien|pas|aucunement) (encore )?(achete|commande|donne|fait de dons?|passe de commandes?)( quoi que ce soit)?|"
    r"(have |has )?never (bought|ordered|purchased|given|donated|made|placed|booked|visited|come|came)( (a |an |any |one )?(gifts?|orders?|purchases?|donations?))?"
    r"( anything)?|(have not|haven't|has not) (bought|ordered)( anything)?( yet)?|sans (aucun )?achat|sans (aucune )?commande|without any orders?|"
    r"with no (orders?|purchases?))\b(?!.{0,12}\b(depuis|since|in|en|pendant)\b)"
)
_NOTHING_ELSE = re.compile(  # what follows « n'ont jamais commandé » names nothing that would have been ordered
    r"\s*(?:$|[?.!,;:)]|(?:depuis|since|cette|ce|this|last|yet|encore|et|and|mais|but|ou|or|par|by|per|avec|with|selon|parmi|among|chez nous|from us|at all|"
    r"du tout|a ce jour|so far|qui|who|that|sont|are|is|habit\w+|viv\w+|liv\w+)\b)"
)
_NOT_SINCE = re.compile(
    r"\b(?:(?:n'(?:a|ont|est|sont)|ne (?:sont|s'est|se sont)|have not|haven't|has not|hasn't|did not|didn't|not|rien|plus|pas|aucun\w*|no|sans|without|silencieux|silencieuses|"
    r"inacti\w*|silent|dormant\w*|absent\w*)\b).{0,44}?\b(?:depuis|since|for|in|over|within)\b (?:plus (?:de |d')|more than |over |au moins |at least |the (?:last|past) |the |les )?"
    r"(?P<count>\d+|un|une|a|one|deux|two|trois|three|quatre|four|cinq|five|six|neuf|nine|dix|ten|douze|twelve) (?:derniers? |dernieres? )?(?P<unit>jours?|days?|semaines?|weeks?|mois|months?|ans?|annees?|years?)\b"
)
_UNTIL_NOW = {"j": 1.0, "d": 1.0, "s": 7.0, "w": 7.0, "m": 30.4375, "a": 365.25, "y": 365.25}  # days in a unit, by its first letter
_SAID = {"un": 1, "une": 1, "a": 1, "one": 1, "deux": 2, "two": 2, "trois": 3, "three": 3, "quatre": 4, "four": 4, "cinq": 5, "five": 5, "six": 6,
         "neuf": 9, "nine": 9, "dix": 10, "ten": 10, "douze": 12, "twelve": 12}  # fmt: skip
_EMPTY = re.compile(r"\b(n'(?:a|ont)|have not|haven't|did not|didn't|not) (?:rien |pas )?(?:achete|commande|bought|buy|ordered|order)\b.{0,20}?\b(?:depuis|since|in|for|for the last|in the last) (?:plus de |more than |over |the last )?(?P<days>\d+) (?:jours|days)\b")


# What slips are mended towards: the words that say a measure, a person, a usual column; nothing else is touched.
_TARGETS = frozenset(
    """panier paniers moyen moyenne moyens mediane median combien nombre commande commandes chiffre affaires clients cliente clientes
    magasin magasins boutique boutiques region regions produit produits categorie categories canal ville villes quantite montant
    depense trimestre annee semaine femmes hommes abonnes donateurs adherents fidelite attrition depart departs parrainage
    average basket revenue revenues orders order customer customers number store stores category product products region city cities
    channel channels month months quarter quarters women female gender quantity amount churn loyalty contract tenure
    subscribers donors members contrat contrats anciennete pourcentage percentage share proportion""".split()
)


def readable(question: str, columns: Columns, known: Collection[str] = frozenset(), *, after: bool = False) -> str:
    """The plain text slots are read from.

    Args:
        question: as typed.
        columns: what the data can be asked about: its words are right as they are.
        known: plain words of ordinary questions, right as they are.
        after: the turn before counted who bought in a period: who bought again in another one did so then, however many times.
    """
    question = _set_to(question, columns)
    question = _HOW_MANY.sub("combien", question)
    question = _BY_MONTH.sub("par mois", question)
    question = _RECURRING.sub(lambda found: "ARR" if found["year"] else "MRR", question)
    question = _SHORT_NAMES.sub(lambda found: found.group() if plain(found.group()) in columns.words else "Instagram" if found["insta"] else "Facebook", question)
    question = _THAT.sub("cela", question)  # « ça » is no « CA », once its cedilla is gone
    names = {found.name for found in columns.fields}
    typed = " ".join(split_headers(word) if word.strip(".,;:?!()«»\"") in names else word for word in question.split())
    language = detect_language(typed, default="fr")
    text = joined(plain(" ".join(word if _accented(word) or plain(word) in columns.words else spelt_out(word, language) for word in typed.split())))
    text = re.sub(r"\bdepartment(?=s?\b)", "departement", text) if language == "fr" else text  # one e short
    text = years_of_headers(text, columns.fields)
    text = _LEAVERS.sub(lambda found: found.group() if found.group().rstrip("s") in columns.words else "clients perdus" if found["fr"] else "lost customers", text)
    text = _GOING_ON.sub(_this_one, text)
    text = _OF_A_NUMBER.sub(lambda found: found.group() if found['what'] not in _numbers(columns) else '', text)
    text = text if "saison" in columns.words or "season" in columns.words else _SEASON.sub(lambda found: found["year"] or found["year2"], text)
    text = _ALIGNED.sub('', text) if _COMPARED.search(text) else text
    text = _IN_UNITS.sub(_in_units, text)
    text = _KIND_OF.sub(lambda found: _kind_of(found, columns), text)
    text = _LETTER_READERS.sub("subscribed to the newsletter", text)
    text = _GRADED.sub(_graded, text)
    text = _FROM_MOST.sub("", text)
    text = _SEASONAL.sub(_by_season, text) if columns.dated else text
    text = _WHEN_THERE.sub(lambda found: "avec" if found["fr"] else "with", text)
    text = in_usual_words(in_plain_verbs(text, columns.moves), columns.orders, columns.words, columns.goods, columns.kept, columns.gone, columns.ended, columns.people, columns.begun, columns.billed_apart)
    text = by_their_state(text, columns.states, _held(columns), english=language == "en") if columns.states else text
    text = of_goods(without_what_is_sold(text, columns), columns)
    text = _of_a_flag(text, columns, known)
    if known:
        text = re.sub(r"[a-z]{5,}", lambda found: _mended(found.group(), columns.words, known), text)
    text = _SOLD_THING.sub(lambda found: found["how"] + ("commandes" if found["fr"] else "orders") if idea(found["thing"]) in columns.things else found.group(), text)
    return _counted(after=after, text=_without_thing(_BEST_TIME.sub(_best_time, _BUSY.sub(_busy, _NEVER_CAME.sub(lambda found: _none(found, columns), text))), columns.things)) if columns.sold else _unsold(text, columns)


_YES_OR_NO = re.compile(r"(?:\s*(?:==?|:| is | vaut | est égale? à )|\s+(?=(?:yes|oui|no|non)\s*(?:[?.!,;]|$)))\s*[\"'«]?\s*(?P<v>y|yes|o|oui|true|vrai|1|n|no|non|false|faux|0)\s*[\"'»]?(?![\w%])", re.IGNORECASE)


def _set_to(question: str, columns: Columns) -> str:
    """« Substituted = Y », "Sent Back: no": a yes/no column with or without, whatever letter the files write."""
    for field in columns.fields:
        at = question.lower().find(field.name.lower()) if field.type is ColumnType.FLAG else -1
        said = _YES_OR_NO.match(question, at + len(field.name)) if at >= 0 else None
        if said is not None:
            wanted = said["v"].lower() in ("y", "yes", "o", "oui", "true", "vrai", "1")
            ahead = re.sub(r"\b(?:with|avec|où|where|having|dont)\s*$", "", question[:at])
            return f"{ahead}{'with' if wanted else 'without'} {field.name} {question[said.end() :].lstrip(' :,')}"
    return question


def _of_a_flag(text: str, columns: Columns, known: Collection[str]) -> str:
    """« Substitution » where a yes/no header is « Substituted »: the header itself, when it is the only one of that family and no ordinary word is."""
    flags = [header[0] for field in columns.fields if field.type is ColumnType.FLAG and not field.derived and len(header := words(split_headers(field.name))) == 1 and len(header[0]) >= _OF_FAMILY]

    def as_headed(found: re.Match[str]) -> str:
        word = found.group()
        if word in columns.words or word in known or in_lexicon(word):
            return word
        of_it = [name for name in flags if word.rstrip("s")[:_OF_FAMILY] == name[:_OF_FAMILY] and of_one_family(word.rstrip("s"), name)]
        return of_it[0] if len(of_it) == 1 else word

    return re.sub(r"[a-z]{6,}", as_headed, text) if flags else text


_OF_FAMILY = 6  # letters two words of one family share here


def _unsold(text: str, columns: Columns) -> str:
    """Where no file tells how many times customers bought: who was not seen since is who is silent; who never bought is a measure of orders."""
    dated = columns.named("recency_days") is not None
    if not dated and any(_BUYING.search(found.group()) for pattern in (_NOT_SINCE, _NEVER) for found in pattern.finditer(text)):
        return _ORDERS
    return _NOT_SINCE.sub(_silent, text) if dated or columns.named("silent_days") is not None else text


# « À date », beside two periods: they are set side by side over the same days, which is what is done and said
_ALIGNED = re.compile(r" ?,? ?\b(?:a date|a la meme date|(?:sur|a) la meme periode|a periode (?:comparable|egale|equivalente)|(?:year )?to date|ytd|over the same (?:period|days))\b(?= ?[?.!]*$)")
_COMPARED = re.compile(r"\b(?:vs|versus|contre|compar\w+|par rapport|against)\b|\b(?:19|20)\d\d\b.*\b(?:19|20)\d\d\b")
_OF_A_NUMBER = re.compile(r"\b(?:temps|duree|niveau) (?:de l'|de |d')(?=(?P<what>[a-z]{4,}))")


def _numbers(columns: Columns) -> frozenset[str]:
    """The first words of the columns of numbers: « temps d'attente » is « Attente (min) »."""
    return frozenset(words(split_headers(found.name))[0] for found in columns.numeric() if words(split_headers(found.name)))


_KIND_OF = re.compile(r"\b(?:types?|genres?|sortes?|kinds?|sorts?) (?:de |d'|of )(?P<what>[a-z]{4,})\b")


def _kind_of(found: re.Match[str], columns: Columns) -> str:
    """« Par type de logement » where a column is « Logement »: by that one; where one is « Type de logement », as it is said."""
    headers = [[word.rstrip("s") for word in words(split_headers(field.name))] for field in columns.fields]
    what = found["what"].rstrip("s")
    typed = any(what in header and len(header) > 1 and header[0] in ("type", "genre", "sorte", "kind") for header in headers)
    return found["what"] if [what] in headers and not typed else found.group()


_GOING_ON = re.compile(
    r"\b(?:(?:le |du |au |ce )?(?P<he>mois|trimestre|semestre)|(?:l'|la |cette )?(?P<she>annee|semaine)) (?:qui est )?(?:en cours|courante?)\b|\b(?:the )?current (?P<en>month|quarter|year|week)\b"
)


def _this_one(found: re.Match[str]) -> str:
    """« Le mois en cours », "the current year": this month, this year."""
    if found["en"]:
        return f"this {found['en']}"
    return f"ce {found['he']}" if found["he"] else f"cette {found['she']}"


_SOLD_THING = re.compile(r"\b(?P<how>(?P<fr>combien|nombre|nb) (?:de |d')|(?:how many|number of) )(?P<thing>[a-z]+)\b(?= (?:vend|ont|avons|a-t|on|sold|did|do|have|were|en \d|in \d|cette|this|par|per|by)|[ ?.!]*$)")
_NEVER_CAME = re.compile(r"\b(?:(?:have |has )?never (?:visited|come|came)|(?:ne |n')?(?:sont|est|ont) jamais (?:venue?s?|passee?s?|visite))\b")


def _none(found: re.Match[str], columns: Columns) -> str:
    """« Ne sont jamais venus » where visits are no orders: none of what a column counts, if one does."""
    orders = columns.orders is not None and columns.orders.search("visites") is not None
    return found.group() if orders else "with exactly 0 visits"


# The season, the financial year of a calendar year: « saison 2023-2024 » spans two of them, and is left as it is.
_SEASON = re.compile(r"\b(?:la |l'|the )?(?:saison|exercice|season)(?: de| of)? (?P<year>(?:19|20)\d\d)\b(?![-/ ]+(?:19|20)?\d\d)|\b(?P<year2>(?:19|20)\d\d) season\b")
_BUSY = re.compile(
    r"\b(?P<en>busiest|quietest|slowest) (?P<thing>[a-z]+(?: of the week)?)\b|\b(?:which|what) (?P<which>[a-z]+(?: of the week)?) is (?:the |our )?(?P<how_en>busiest|quietest|slowest)\b|(?:\bquel(?:le)?s? (?:est|sont|a ete|fut) (?:le |la |les |notre |votre |nos |mon |ma )?)?\b(?P<fr>mois|jours?(?: de la semaine)?|annee|trimestre|saison|semaine|magasin|boutique|salle|site|agence|centre|club) (?:le |la |les )?plus (?P<how>charge|actif|frequente|rempli|calme|creux|creuse|occupe)e?s?\b(?P<of> (?:de la semaine|de l'annee)\b)?"
)


def _busy(found: re.Match[str]) -> str:
    """« Le mois le plus chargé », "busiest day": the one with the most orders."""
    busy = found["en"] or found["how_en"]
    if busy:
        return f"which {found['thing'] or found['which']} with the {'most' if busy == 'busiest' else 'fewest'} orders"
    grain = found["fr"] + (" de la semaine" if found["of"] == " de la semaine" and found["fr"].startswith("jour") else "")
    return f"quel {grain} avec le {'moins' if found['how'] in ('calme', 'creux', 'creuse') else 'plus'} de commandes"


_IN_UNITS = re.compile(
    r"(?P<ahead>[€$£] ?)?\b(?P<number>\d{1,3}(?: \d{3})+|\d{1,3}(?:,\d{3})+|\d+(?:[.,]\d+)?) ?(?P<letter>k|m|millions?|milliers?|thousands?)"
    r"(?(ahead)\b| ?(?:d'|de |of )?(?P<money>€|\$|£|euros?\b|eur\b|dollars?\b|usd\b|pounds?\b|gbp\b))"
)


def _in_units(found: re.Match[str]) -> str:
    """« 100 k€ », "1.5 million euros", "$2k": so many euros, as amounts are."""
    size = 1_000 if found["letter"][0] in "kt" or found["letter"].startswith("millier") else 1_000_000
    thousands = found["number"].count(",") > 1 or (found["ahead"] is not None and re.search(r",\d{3}$", found["number"]) is not None)  # "$1,500k", and not « 1,500 k€ »
    number = found["number"].replace(" ", "").replace(",", "" if thousands else ".")
    return f"{round(float(number) * size)} {(found['ahead'] or found['money']).strip()}"


_BEST_TIME = re.compile(
    r"^(?P<ahead>.*?)\b(?:(?P<how>meilleure?|pire|plus (?:gros|mauvais)e?|best|worst|biggest|weakest|strongest) (?P<grain>mois|trimestre|semestre|annee|semaine|jour de la semaine|month|quarter|year|week|day of the week)|"
    r"(?P<grain2>mois|trimestre|annee) (?:le |la )(?:plus fort|meilleur|plus faible|moins bon)e?)"
    r"(?: (?:de ventes?|des ventes|for sales|of sales|for revenue|in sales|en ca|de ca|en chiffre d'affaires|en termes de (?:ca|ventes|chiffre d'affaires)))?(?P<rest>.*)$"
)
_OTHER_MEASURE = re.compile(r"\b(?:clients?|customers?|commandes?|orders?|paniers?|baskets?|recru\w*|nouveaux|new|quantit\w*|articles?|items?|pour|to|for)\b")

_FOR_US = re.compile(r" \b(?:pour|chez|for|with) (?:nous|moi|us|me)\b")
_WHICH_OF = re.compile(r"(?:quel(?:le)?s?|which|what) (?!(?:est|sont|a|etait|fut|is|was|were|are|has)\b)[a-z]")  # « quel vendeur a le meilleur mois ? » names sellers


def _best_time(found: re.Match[str]) -> str:
    """« Mon meilleur mois », "our worst quarter": the one that brought in the most, or the least, where nothing else is measured."""
    rest = _FOR_US.sub("", found["rest"])
    if _OTHER_MEASURE.search(found["ahead"] + rest) or _WHICH_OF.match(found["ahead"]):
        return found.group()
    french = found["grain2"] is not None or found["how"].startswith(("meilleur", "pire", "plus"))
    lowest = (found["how"] or found.group()).startswith(("pire", "plus mauvais", "worst", "weakest")) or re.search("plus faible|moins bon", found.group()) is not None
    grain = found["grain"] or found["grain2"]
    asked = f"quel {grain} avec le {'moins' if lowest else 'plus'} de chiffre d'affaires" if french else f"which {grain} with the {'lowest' if lowest else 'highest'} revenue"
    return f"{asked}{rest}"


_GRADED = re.compile(
    r"\b(?:la |les |the )?(?P<mark>meilleure?s?|pires?|plus mauvaises?|moins bonnes?|best|worst) (?P<of>notes?|ratings?|marks?)\b|"
    r"\b(?:est |sont |etait )?(?:le |la |les )?(?P<fr>mieux|moins bien|plus mal) notee?s?\b|\b(?P<en>best|highest|top|worst|lowest)[- ](?:rated|scored|reviewed)(?: (?P<thing>[a-z]+))?\b"
)


def _graded(found: re.Match[str]) -> str:
    """« Le moins bien noté », "best-rated course": the one with the lowest or the highest average mark."""
    if found["mark"]:
        best = found["mark"].startswith(("meilleur", "best"))
        french = found["of"].startswith("note")
        return f"la note moyenne la plus {'haute' if best else 'basse'}" if french else f"the {'highest' if best else 'lowest'} average rating"
    if found["fr"]:
        return f"a la note moyenne la plus {'haute' if found['fr'] == 'mieux' else 'basse'}"
    return f"{found['thing'] or ''} with the {'lowest' if found['en'] in ('worst', 'lowest') else 'highest'} average rating".strip()


# « Du plus fréquent au moins fréquent »: groups are told from the largest to the smallest already
_FROM_MOST = re.compile(
    r",? ?(?:\b(?:du|de la|des) plus (?P<most>frequente?s?|courante?s?|repandue?s?|nombreu(?:x|ses?)|commune?s?|citee?s?) (?:au|a la|aux) moins (?P=most)|\bpar ordre (?:de frequence|d'importance|decroissant(?: de frequence)?)|"
    r"\b(?:in (?:descending )?order of (?:frequency|importance)|from (?:the )?most to (?:the )?least (?:frequent|common)|most (?:frequent|common) first))\b"
)
_SELLING = r"(?:achet\w*|command\w*|vend\w*|depens\w*|buy\w*|order\w*|purchas\w*|spend\w*|sell\w*)"
_SEASONAL = re.compile(
    rf"^(?:(?:quand|a quel moment|a quelle (?:periode|saison|epoque)|when|(?:at )?what time of (?:the )?year)\b(?: de l'annee| est-ce que?)?(?P<who>.{{0,30}}?)\b{_SELLING}\b.{{0,10}}?\b(?:le |the )?(?P<least>moins|least)?(?(least)|(?:plus|most))\b(?P<rest>.*)|"
    r"(?:(?:y a-t-il|il y a|existe-t-il|on a|avons-nous|a-t-on|is there|do we (?:have|see)|are there|quelle est|what is)(?: une?| any| a| de la| la| notre| the| our)* (?:effets? saisonniers?|saisonnalites?|seasonalit(?:y|ies)|seasonal (?:effects?|patterns?))|saisonnalite|seasonality)"
    r"(?: (?:dans|de|des|sur|a|in|of|to|on) (?:les |nos |le |la |mes |our |the |my )?(?P<of>ventes|achats|commandes|chiffre d'affaires|ca|sales|orders|purchases|revenue))?(?P<end>[ ?.!]*)|"
    r"(?:(?:les|nos|mes) (?P<fr>ventes|achats|commandes) sont(?:-(?:elles|ils))? saisonni(?:er|ere)s|(?:notre |l'|mon |la )(?:activite|commerce|metier|affaire) est(?:-(?:elle|il))? saisonni(?:er|ere)|is (?:our |the |my )(?:business|activity|trade) seasonal|(?:are|is) (?:our |the |my )?(?P<en>sales|orders|purchases|revenue) seasonal)(?P<end2>[ ?.!]*))$"
)


def _by_season(found: re.Match[str]) -> str:
    """« Quand les clients achètent-ils le plus ? », "is there any seasonality?": month by month, the highest said."""
    rest = found["rest"] or ""
    if _OTHER_GRAIN.search(rest) or _OTHER_GRAIN.search(found["who"] or ""):
        return found.group()
    counted = found["of"] or found["fr"] or found["en"] or ""
    orders = counted in ("achats", "commandes", "orders", "purchases") or (found["who"] is not None and re.search(r"achet|command|buy|order|purchas", found.group()) is not None)
    measure = "commandes" if orders else "chiffre d'affaires"
    return f"{measure} par mois" if found["who"] is None else f"quel mois avec le {'moins' if found['least'] else 'plus'} de {measure}{_IN_THE_YEAR.sub('', rest)}"


_OTHER_GRAIN = re.compile(r"\b(?:semaine|week|journee|day|jour|heure|hour|premiere?|first|clients? (?:qui|dont)|customers who)\b")
_IN_THE_YEAR = re.compile(r" ?\b(?:dans|de|au cours de|pendant|of|in|during) (?:l'annee|the year|the course of the year)(?! \d)")
_WHEN_THERE = re.compile(r"\b(?:(?P<fr>(?:quand|lorsqu'|lorsque|s'|si) ?(?:il )?y (?:a|avait|a eu))|(?:when|where|if) there (?:is|was|are|were))\b")
_LETTER_READERS = re.compile(r"\bnewsletter (?:subscribers?|readers?|abonnees?|abonnes?)\b")
_ACQUIRED = re.compile(
    r"\b(?P<verb>book\w*|reserv\w*|rent(?:ed|s)?|lou(?:e|es|ee|ent)|buy|buys|bought|order(?:ed|s)?|achet\w*|commande(?:s|nt)?|take|took|taken|pris|prennent)"
    r" (?:a |an |any |the |de |d'|une? |des |les |la |le |our |nos )?(?P<thing>[a-z]+)\b"
)


def _without_thing(text: str, things: Collection[str]) -> str:
    """« N'ont jamais réservé de salle » in room_bookings.csv: what every purchase is of restricts nothing."""
    return _ACQUIRED.sub(lambda found: found["verb"] if idea(found["thing"]) in things else found.group(), text)


def usual_words(question: str, columns: Columns) -> str:
    """The question with the house's own words for customers and orders said as usual, the rest as typed.

    Args:
        question: as typed.
        columns: what the data can be asked about.
    """
    before = plain(question)
    after = in_usual_words(in_plain_verbs(of_subscriptions(before, columns), columns.moves), columns.orders, columns.words, columns.goods, columns.kept, columns.gone, columns.ended, columns.people, columns.begun, columns.billed_apart)
    after = orders_of_a_list(_VALUE_OF.sub(lambda found: "montant " + found["de"] if found["de"] else "amount of ", after), columns)
    if after == before:
        return question
    typed, said, usual = question.split(), before.split(), after.split()
    if not len(typed) == len(said) == len(usual):
        return after
    return " ".join(word if old == new else new for word, old, new in zip(typed, said, usual, strict=True))


def people_said(question: str, columns: Columns) -> str:
    """The question with the house's own words for its customers said as usual, and nothing else: lines are asked by their own nouns.

    Args:
        question: as typed.
        columns: what the data can be asked about.
    """
    said = in_usual_words(plain(question), None, columns.words, people=columns.people)
    return question if PERSON.search(plain(question)) is not None or PERSON.search(said) is None else said


@once
def _held(columns: Columns) -> frozenset[str]:
    return frozenset(plain(value) for field in columns.fields for value in field.values)


_VALUE_OF = re.compile(  # "the value of completed orders": what they brought in, and no count of them
    r"(?<!average )(?<!mean )(?<!median )\bvalues? of (?=(?:the |our |all |my )*(?:\w+ ){0,2}(?:orders|purchases|bookings|sales)\b)|"
    r"\bvaleur (?:totale )?(?P<de>des |de nos |de mes )(?=(?:\w+ ){0,1}(?:commandes|ventes|achats)\b)"
)

# « CB » also names a card: it asks how many where a question begins, before what is counted.
_HOW_MANY = re.compile(r"\b(?:cmb|cbn|cbien)\b|(?:(?<=^et )|^)cb(?= (?:de|d['’]|on|y|en|j['’]|nous|vous|ils|sont)\b)", re.IGNORECASE)
_RECURRING = re.compile(r"\b(?:(?P<year>annual|yearly)|monthly) recurring (?:revenues?|income)\b|\b(?:revenus?|chiffre d['’]affaires|ca) (?:r[ée]currents? mensuels?|mensuels? r[ée]currents?)\b", re.IGNORECASE)
_BY_MONTH = re.compile(r"\bpar moi\b", re.IGNORECASE)
_SHORT_NAMES = re.compile(r"\b(?:(?P<insta>insta)|fb)\b", re.IGNORECASE)
_THAT = re.compile(r"\b[çÇ][aA]\b|(?<!le )(?<!du )(?<!notre )\bca (?=(?:part|marche|va|vaut|sert|coute|depend|fonctionne|se|me|nous|vous|les)\b|s')")


def _accented(word: str) -> bool:
    """A word typed with its accents is spelt as it should be: « acheté » is no shorthand."""
    return any(ord(letter) > 127 and letter.isalpha() for letter in word)


_LEAVERS = re.compile(r"\b(?:leavers|churners|(?P<fr>partants))\b")  # who left, in one word
_RIGHT = frozenset("cite cites citee citees".split())  # « les motifs les plus cités » names no cities


def _mended(word: str, own: Collection[str], known: Collection[str]) -> str:
    """A word one slip away from a word of measures (two for a long one), unless it is right as it is."""
    if word in own or word in known or word in _TARGETS or word in _RIGHT or in_lexicon(word):
        return word
    allowed = 1 if len(word) < _LONG else 2
    near = min(((OSA.distance(word, target, score_cutoff=allowed), target) for target in _TARGETS if target[0] == word[0]), default=None)
    return near[1] if near is not None and near[0] <= allowed else word


_LONG = 10


def _silent(found: re.Match[str]) -> str:
    """« Rien commandé depuis six mois »: so many days of silence."""
    said = found["count"]
    count = int(said) if said.isdigit() else _SAID[said]
    return f"avec plus de {round(count * _UNTIL_NOW[found['unit'][0]])} jours"


def _counted(text: str, *, after: bool = False) -> str:
    """« Plus de deux fois », "more than twice", "bought again", "a single order": a number of orders."""
    text = _NOT_SINCE.sub(_silent, text)
    text = _EMPTY.sub(lambda found: f"avec plus de {found['days']} jours", text)
    text = _NEVER.sub(lambda found: "with exactly 0 orders" if _NOTHING_ELSE.match(text[found.end() :]) else found.group(), text)
    text = _ONE_TIME.sub(lambda found: f"{found['who'] or found['fr'] or 'clients'} with exactly 1 orders", text)
    text = _ONLY_ONCE.sub(lambda found: f"with exactly {_ONCE[found['times']]} orders", text)
    text = text if _TWO_YEARS.search(text) or (after and _A_YEAR.search(text)) else _AGAIN.sub("more than 1 orders", text)
    text = _ALONE.sub(lambda found: "exactly 1 orders", text)
    text = _OR_MORE.sub(lambda found: f"{found['number']} {found['how']} orders", text)
    if not _BOUGHT.search(text) and not re.search(r"\b(once|twice|thrice)\b", text):
        return text
    return _TIMES_SAID.sub(lambda found: f"{'exactly' if found['how'].startswith('qu') else found['how']} {_ONCE.get(found['times'], found['number'])} orders", text)

