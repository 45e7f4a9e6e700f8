"""What a house calls its customers and its orders: guests and stays, members and visits, invoices; said as customers and orders."""

from __future__ import annotations

import re
from collections.abc import Collection

# Words for one thing in both languages, the French first. A family is used only where the files use a word of it.
_ORDER_FAMILIES: tuple[tuple[str, str], ...] = (
    ("factures?", "invoices?|bills?"),
    ("reservations?|resas?", "bookings?"),
    ("sejours?|nuitees?", "stays?"),
    ("visites?|passages?|venues", "visits?"),
    ("locations?", "rentals?"),
    ("seances?|cours", "sessions?|classes|class"),
    ("trajets?|courses?|voyages?", "trips?|rides?|journeys?"),
    ("rendez-vous|rdv", "appointments?"),
    ("interventions?", "jobs?|interventions?"),
    ("ventes?", "sales"),
    ("paiements?|reglements?|encaissements?", "payments?"),
    ("passages? en caisse", "receipts?"),
    ("repas|couverts?", "meals?|covers?"),
    ("livraisons?", "deliveries|delivery"), ("expeditions?|envois?", "shipments?"),
    ("contrats?", "contracts?"),
    ("billets?|places?", "tickets?|seats?"),
    ("lecons?", "lessons?"), ("consultations?", "consultations?"), ("soins?", "treatments?"), ("missions?", "assignments?|missions?"),
    ("ateliers?", "workshops?"), ("dossiers?", "cases?"), ("prestations?", "services?"), ("devis", "quotes?"),
    ("versements?|contributions?", "contributions?|pledges?"),
    ("inscriptions?", "enrol?lments?|registrations?"), ("bons?", "work orders?|job orders?"),
)
_BROUGHT = (("livraisons?", "deliveries|delivery"), ("expeditions?|envois?", "shipments?"))
_BOOKINGS = ("reservations?|resas?", "bookings?")
_STAYS = ("sejours?", "stays?")
_GOODS_FAMILIES: tuple[tuple[str, str], ...] = (
    ("nuits?|nuitees?", "nights?"), ("heures?", "hours?"), ("places?|billets?|entrees?", "seats?|tickets?"), ("bouteilles?", "bottles?"), ("colis", "parcels?"),
    ("couverts?|personnes", "covers?|guests"), ("joueu(?:rs?|ses?)", "players?"), ("participante?s?", "participants?|attendees?"), ("litres?", "litres?|liters?"), ("licences?", "licen[cs]es?"), ("jours?", "days?"), ("palettes?", "pallets?"),
)  # fmt: skip
_STAYED = re.compile(r"\b(?:(?:duree|longueur)(?: moyenne| mediane)? (?:de |d'un |des |du )?(?:sejours?|locations?)|(?:average |median )?length of (?:a |the )?(?:stays?|rentals?)|(?:stay|rental) (?:length|duration))\b")
_NO_BON = re.compile(r" (?:client|abonn|adherent|membre|acheteur|donateur|element|resultat|moyen\b|point\b|plan\b|mois\b|marche\b|de (?:reduction|remise)|d'achat|cadeau)")  # a « bon » that is good, or a voucher
_MONEY_WORDS = ("ventes?", "sales")  # « les ventes » are money first: only their number is a number of orders
_VERBS = re.compile(r"^(stays?|visits?|covers?|rides?|jobs?|classes|class|places?|cours|courses?|venues)$")
_NOUN_BEFORE = re.compile(r"(?:\b(?:per|a|an|the|of|average|avg|mean|median|many|each|every|par|le|la|les|un|une|des|de|du|d'|combien de|nombre de|nos|our|\d+|share of|parts? de|percentage of)\s+|^)$")
_WE_BILLED = re.compile(r"\b(?P<who>(?:did|do|have|had) we|we(?: have| had)?) (?:invoice|bill|charge)(?:e?d)?\b(?! (?:for|to) (?:each|every))")
_INVOICED = re.compile(r"\b((?:a-t-on|avons-nous|on a|avons|ont|a)) facture\b")
_TOTAL_BILLED = re.compile(r"\b(?:grand )?total (?:invoiced|billed|(?P<fr>facture))\b(?! (?:hours|days|units|quantity|heures|jours))")
_PEOPLE = re.compile(
    r"\b(?:guests?|hotes?|voyageurs?|passagers?|passengers?|locataires?|tenants?|cotisante?s?|societaires?|licencie?e?s|lecteurs?|lectrices?|"
    r"readers?|spectateurs?|joueu(?:rs?|ses?)|players?|(?<!plus )(?<!moins )(?<!trop )(?<!aussi )eleves?|pupils?|beneficiaires?|beneficiaries|foyers?|households?|parents?|"
    r"sportifs?|visiteurs?|visitors?|spectators?|theatre-?goers?|skieu(?:rs?|ses?)|skiers?|coworkers?|residents?|usagers?|familles clientes|detaillants?|retailers?|revendeurs?|resellers?|"
    r"(?:(?<=les )|(?<=nos )|(?<=d'))inscrite?s?(?= (?:du|de la|des|au|a la|avec)\b)|familles(?= (?:qui|dont|ayant|avec|inscrites|abonnees)\b)|families(?= (?:who|that|with|whose)\b)|"
    r"drivers?|conducteurs?|conductrices?|riders?|regulars|habituee?s?|marchands?|merchants?|merchant|commercants?|patients?|apprenants?|learners?|convives?|"
    r"(?<=[a-z] )lovers|(?:amateurs|fans)(?= d[e']))\b"
)  # fmt: skip
# Words for people that are customers only where the customer's identifier calls them so: a pet's owner is none of a salesman's.
_PEOPLE_FAMILIES: tuple[tuple[str, str], ...] = (
    ("proprietaires?|proprios?", "owners?"), ("etudiante?s?|(?<!plus )(?<!moins )(?<!trop )(?<!aussi )eleves?|apprenante?s?", "students?|pupils?|learners?"), ("stagiaires?", "trainees?"), ("candidate?s?", "candidates?"),
    ("exposants?", "exhibitors?"), ("fiches?(?: clients?)?", "files?"), ("fournisseurs?", "suppliers?"), ("vendeu(?:rs?|ses?)", "sellers?"), ("agents?", "agents?"),
    ("dossiers?(?! (?:ouvert|resolu|non |clos|en attente|traite|de (?:reclamation|sinistre|litige)))", "dossiers?"), ("auteurs?", "authors?"), ("agriculteurs?|exploitants?", "farmers?"), ("coproprietaires?", "co-?owners?"), ("invites?", "guests?"), ("familles?", "famil(?:y|ies)"), ("bailleu(?:rs?|resses?)", "landlords?|lessors?"), ("mandants?", "principals?"), ("(?:porteurs?(?: de cartes?)?|cartes?)(?! de fidelite)", "card-?holders?|cards?"),
)  # fmt: skip
_CURRENCY = re.compile(r"\b(?P<how>combien|how much|how many) (?:d'|de |of )?(?:euros?|dollars?|pounds?|francs?)\b")
_HOLDERS = re.compile(r"\b(?:porteu(?:rs?|ses?)|titulaires?|detenteurs?|detentrices?) (?:de |d')(?=(?:la |une |notre |l')?(?:carte|abonnement|pass)\b)")
_SOME_PEOPLE = re.compile(r"\b(?P<verb>perd\w*|gagn\w*|losing|lose|lost|loses) (?:du monde|des gens|people|folks|beaucoup de monde|trop de monde)\b")
_ENGLISH = re.compile(r"\b(the|of|how|many|what|which|our|are|is|by|per|and|in|do|did|who|with|average|tell|about|show|give)\b")


_OF_A_NUMBER = re.compile(r"\b(?:adh[ée]rente?|membre|abonn[ée]e?|donateur|donatrice|acheteu(?:r|se)|member|subscriber|donor|buyer)s? (?:n°|no\.?|num[ée]ro|number|#)? ?(?=[a-z]{1,5}[-_#]?\d|\d{5,})", re.IGNORECASE)  # « l'adhérent J0004 »


def called_customer(question: str) -> str:
    """The question as typed, its words for people of the house said as a customer: "tenant T-12" is customer T-12."""
    said = re.sub(_PEOPLE.pattern, "customer", question, flags=re.IGNORECASE)
    said = _OF_A_NUMBER.sub("customer ", said)
    return re.sub(r"\b(?:customers|clients) (?=[a-z]{1,5}[-_#]?\d)", "customer ", said, flags=re.IGNORECASE)


def in_both_languages(word: str) -> tuple[str, ...]:
    """The words for what is brought, in French and in English: a file called « livraisons » holds deliveries; empty for another word.

    Args:
        word: plain, of the name of a file.
    """
    family = next((family for family in _BROUGHT if any(re.fullmatch(pattern, word) for pattern in family)), ())
    return tuple(noun for pattern in family for noun in pattern.split("|"))


def order_words(headers: Collection[str], *, seated: bool = False, files: Collection[str] = ()) -> re.Pattern[str] | None:
    """The words for an order in these files, from the names of the files of purchases and of their identifiers.

    Args:
        headers: plain words of those names.
        files: the one word that names each file of purchases: « dépôts » in depots.csv is what a house calls an order.
        seated: a purchase counts seats, nights or covers, so that an order of some is a booking, whatever the files call it.
    """
    held = [_BOOKINGS] if seated else []
    held += [_STAYS] if seated and any(re.fullmatch("nuits?|nuitees?|nights?", word) for word in headers) else []
    held += [
        family for family in _ORDER_FAMILIES
        if any(re.fullmatch(pattern, word) for pattern in family for word in headers)
    ]  # fmt: skip
    nouns = [noun for family in held for pattern in family for noun in pattern.split("|") if noun not in _MONEY_WORDS]
    nouns += [re.escape(word.removesuffix("s")) + "s?" for word in sorted(files) if word.endswith("s") and len(word) > _SHORT and word not in _NO_ORDER]
    return re.compile(r"\b(?:" + "|".join(sorted(nouns, key=len, reverse=True)) + r")(?![\w-])") if nouns else None


_SHORT = 3  # letters
_GENERIC = frozenset(
    "quantity quantite quantities quantites number nombre units unit unites unite total order ordered sold vendue vendues vendu vendus count items item article articles "
    "produit produits product products line lignes ligne lines volume pieces piece vente ventes sales achat achats achete achetee purchased bought commande commandee".split()
)


def goods_words(headers: Collection[str]) -> re.Pattern[str] | None:
    """The words for what is counted in a purchase, from the header of its quantity: nights, hours, bottles.

    Args:
        headers: plain words of that header.
    """
    held = [family for family in _GOODS_FAMILIES if any(re.fullmatch(pattern, word) for pattern in family for word in headers)]
    nouns = [noun for family in held for pattern in family for noun in pattern.split("|")]
    if not held:
        nouns = [re.escape(word.removesuffix("s")) + "s?" for word in sorted(headers) if len(word) > _SHORT and word not in _GENERIC]
    return re.compile(r"\b(?:" + "|".join(nouns) + r")\b(?! (?:derni|ago|pass))") if nouns else None


_HELD_BY_ONE = (  # where each customer has one contract, and its state is said: it is the customer who is counted
    r"(?:abonnements?|contrats?|adhesions?|contracts?|subscriptions?|memberships?)(?= (?:(?:sont |are |qui sont |which are )?(?:encore |toujours |still )?(?:en cours|en vigueur|actifs?|actives?|resilie?e?s?|souscrite?s?|signee?s?"
    r"|in force|running|active|cancell?ed|ended|started|signed)\b))",
    r"(?<=active )(?:contracts?|subscriptions?|memberships?)",
)


_IN_THE_FEMININE = "(?:clientes|cliente(?! [a-z]{0,5}[-_#]?\\d))|abonnees|adherentes|patientes|acheteuses|donatrices|inscrites?(?= (?:du|de la|des|au|a la|avec)\\b)"


def people_words(called: Collection[str], lasting: Collection[str] = (), *, one_each: bool = False, feminine: bool = False) -> re.Pattern[str] | None:
    """The words for a customer in these files, from the header of the customer's identifier.

    Args:
        called: plain words of that header.
        lasting: what the files say begins and ends with each customer: a mandate, a lease.
        one_each: each customer has one contract, told on their own row.
        feminine: « clientes » is how the house calls all of them, and not the women among them.
    """
    held = [family for family in _PEOPLE_FAMILIES if any(re.fullmatch(pattern, word) for pattern in family for word in called)]
    nouns = [pattern for family in held for pattern in family]
    known = {word for word in called if any(re.fullmatch(pattern, word) for family in (*_PEOPLE_FAMILIES, *_ORDER_FAMILIES, *_GOODS_FAMILIES) for pattern in family)}
    nouns += [re.escape(word.removesuffix("s")) + "s?" for word in sorted(called, key=lambda word: (-len(word.split()), word)) if len(word) > _WORD and word not in known and word not in _CALLED]
    nouns += [re.escape(word) + "s?" for word in sorted(lasting)]
    nouns += _HELD_BY_ONE if one_each else ()
    nouns += [_IN_THE_FEMININE] if feminine else ()
    return re.compile(r"\b(?:" + "|".join(nouns) + r")\b") if nouns else None


_WORD = 5  # letters from which the word of an identifier names its people: id_vacancier
_CALLED = frozenset(
    "client clients cliente customer customers number numero nombre reference identifiant identifier unique account accounts compte comptes loyalty fidelite e-mail mailing "
    "address adresse telephone mobile company societe entreprise raison sociale external internal interne externe member members membre membres adherent adherents abonne "
    "subscriber donor donateur contact contacts person personne shopify stripe hubspot salesforce contract contrat contrats contracts dossier dossiers matricule primary "
    "source system master global record anonymous hashed hash encoded customerid clientid userid prenom nom patient patients".split()
)


_NO_ORDER = _GENERIC | frozenset(
    "donnees exports extracts tables fichiers files clients clientes customers paniers baskets montants amounts recettes revenues depenses expenses ventes sales records details historiques "
    "rows operations mouvements movements references contacts membres members abonnes adherents donateurs donors acheteurs buyers utilisateurs users personnes comptes accounts logs datas "
    "prices rooms salles lives stores magasins boutiques shops produits services categories options campagnes campaigns departs leads prospects points mois docs news pros tous plus bons logs dons gens ".split()
)  # words of files that are money, people, goods or nothing in particular


def names_somebody(word: str) -> bool:
    """Whether the word that names a file may name those on it: a plural, and no « exports », « contacts » or « orders ».

    Args:
        word: plain.
    """
    return word.endswith("s") and len(word) > _WORD and word not in _NO_ORDER and word not in _CALLED and not any(
        re.fullmatch(pattern, word) for family in (*_ORDER_FAMILIES, *_GOODS_FAMILIES) for pattern in family
    )  # fmt: skip


_OF_IT_BEFORE = re.compile(r"\b(?:modes?|(?<!nombre )moyens?|types?|methodes?|means) (?:de |du |d'|of )?$")  # « nombre moyen de visites » counts them
_OF_IT_AFTER = re.compile(r" (?:methods?|means|modes?)\b")


_WENT_OUT = re.compile(r"\bsortis?\b|(?<=\bsont )sorties?\b|(?<=\betaient )sorties?\b")
_NAMED_DATE = r"(?P<date>\b(?:dates?|jours?|mois|annees?|trimestres?|semestres?|cohortes?|motifs?|types?|modes?|delais?|day|month|year|quarter|cohort) (?:de |d'|of (?:the )?)(?:l'|la )?)?"


def _begun(text: str, begun: Collection[str], values: Collection[str], usual: str) -> str:
    """« Combien d'entrées en 2024 ? » where a header says « Date d'entrée »: who came; neither the date itself nor a value that begins so."""
    for stem in sorted({word.rstrip("s") for word in begun}):
        longer = [re.escape(value.split(" ", 1)[1]) for value in values if " " in value and value.split()[0].rstrip("s") == stem]
        value = rf"(?! ?(?:{'|'.join(longer)}))" if longer else ""
        said = re.compile(rf"{_NAMED_DATE}\b{re.escape(stem)}s?\b(?![-']){value}")
        text = said.sub(lambda found: found.group() if found["date"] else usual, text)
    return text


_AGREES, _ROOT = re.compile(r"[a-z]{4,}e(?:e?s?)$"), re.compile(r"ee?s?$")


def _however_agreed(word: str) -> str:
    """The pattern of a past participle of French, in each gender and number: « archivée » of a header, « archivés » in a question."""
    return rf"{re.escape(_ROOT.sub('', word))}e(?:e|s|es)?" if _AGREES.search(word) else re.escape(word)


def in_usual_words(
    text: str, orders: re.Pattern[str] | None, own: Collection[str], goods: re.Pattern[str] | None = None,
    values: Collection[str] = (), gone: Collection[str] = (),
    ended: Collection[str] = (), people: re.Pattern[str] | None = None, begun: Collection[str] = (), billed_apart: bool = False,
) -> str:
    """The plain text with the house's own words for customers and orders replaced by the usual ones.

    Args:
        text: of the question.
        orders: the words for an order in these files.
        own: plain words of headers and values, which stay as they are.
        goods: the words for what a purchase counts.
        values: plain values of the files that hold such a word.
        gone: the words of the label that says who left.
        ended: the words of the date they left on.
        people: the words for a customer in these files.
        begun: the words of the date they came on.
        billed_apart: a file of invoices stands beside the orders: what was billed is not what came in.
    """
    english = _ENGLISH.search(text) is not None
    text = _SOME_PEOPLE.sub(lambda found: f"{found['verb']} {'customers' if english else 'des clients'}", text)
    text = _PEOPLE.sub(lambda found: found.group() if found.group() in own or (goods is not None and goods.fullmatch(found.group())) else "customers" if english else "clients", text).replace("d'clients", "de clients")
    if people is not None:
        text = people.sub("customers" if english else "clients", text).replace("d'clients", "de clients")
    text = _HOLDERS.sub("clients avec ", text)
    if not billed_apart:
        text = _WE_BILLED.sub(lambda found: f"{found['who']} billings", text)  # and not what was collected: some of it is not paid yet
        text = _INVOICED.sub(lambda found: f"{found.group(1)} facturation", text)
        text = _TOTAL_BILLED.sub(lambda found: "total facturation" if found["fr"] else "total billings", text)
    text = _CURRENCY.sub(lambda found: f"{found['how']} {'revenue' if english else 'de chiffre d' + chr(39) + 'affaires'}", text)
    text = _begun(text, begun, values, "sign-ups" if english else "inscriptions")
    text = _WENT_OUT.sub("partis", text) if any(word.startswith("sortie") for word in ended) else text
    for word in ended:
        text = re.sub(rf"\b{re.escape(word.rstrip('s'))}s?\b", "departures" if english else "departs", text)
    for word in gone:
        text = re.sub(rf"\b{_however_agreed(word)}\b", "left" if english else "partis", text)
        text = re.sub(rf"\b(?P<rate>taux (?:de |d'))?{re.escape(_ROOT.sub('', word))}(?:ages?|ations?)\b", lambda found: "taux de depart" if found["rate"] else "departs", text) if _AGREES.search(word) and not english else text
    if goods is not None:
        text = _STAYED.sub(lambda found: "average quantity per order" if english else "quantite moyenne par commande", text)
        text = goods.sub("quantity" if english else "quantite", text)
    if orders is None:
        return text
    kept = [(at, at + len(value)) for value in values if (at := text.find(value)) >= 0]

    def usual(found: re.Match[str]) -> str:
        said = found.group()
        if _VERBS.match(said) and not _NOUN_BEFORE.search(text[: found.start()]):
            return said
        if any(low <= found.start() and found.end() <= high for low, high in kept):
            return said  # part of a value or of a header of the files: « Booking.com », « Mode de règlement »
        if said in ("bon", "bons") and (_NO_BON.match(text[found.end() :]) or not _NOUN_BEFORE.search(text[: found.start()])):
            return said
        if _OF_IT_BEFORE.search(text[: found.start()]) or _OF_IT_AFTER.match(text[found.end():]):
            return said  # what is asked is of it: how one pays, not how many times
        many = said.endswith("s")
        return ("orders" if many else "order") if english else ("commandes" if many else "commande")

    return orders.sub(usual, text)
