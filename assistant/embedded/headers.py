"""How a header is said: without its unit, its aside or the participle that says it was done, and with its short forms in full."""

from __future__ import annotations

import re

from assistant.embedded.ideas import SHORT_NOUN, header_ideas, idea, ideas, split_headers
from assistant.embedded.text import plain, words

_SMALL = frozenset("de du des d la le les l of the".split())
_IN_UNITS = frozenset(
    "heure hour minute min jour day mois month an year pct percent pourcent eur euro usd km kg completed done made count total number nb nombre num qty sent used "
    "annual annuel annuelle yearly last past dernier derniere monthly mensuel mensuelle current value par per ttc ht held owned bought solde balance kwh m3 ha go gb mo mb h hr hrs j jr jrs mn dont incl including".split()
)


# « Pannes sur 12 mois », « Note accueil /5 », « Mensualité TTC », « Nb pièces »: asides of a number, which nobody says to name it.
_IN_MONTHS = re.compile(r"\s*(?:/ ?\d+|\b(?:sur|on|out of|over|in|en|de|des|the|last|past|les?|derniers?)\b(?: (?:the|last|past|les|derniers?))* ?\d+(?: (?:mois|months?|ans?|years?|jours|days|points?))?|\b(?:sur|out of) \d+)\s*$", re.IGNORECASE)
_PARTICIPLES = frozenset(
    "delivered received taken given shipped booked attended completed done made sent used held owned livre livree livres livrees recu recue recus recues pris prise prises "
    "passe passee passees suivi suivie suivies effectue effectuee effectuees effectues realise realisee realisees realises consomme consommee consommees".split()
)


def without_unit(header: str) -> list[tuple[str, ...]]:
    """« Durée » for duree_heures, "courses" for courses_completed, « pannes » for « Pannes sur 12 mois »: the header without what it is counted in."""
    whole = words(split_headers(header))
    header = _IN_MONTHS.sub("", header) if len(_IN_MONTHS.sub("", header).strip()) > SHORT_NOUN else header
    said = [part for part in words(split_headers(header)) if part.rstrip("s") not in _IN_UNITS and part not in _PARTICIPLES and part not in _SMALL and not part.isdigit()]
    if said and set(whole) & _TAXES and set(said) <= _ANY_SUM:
        return []  # « Total HT » is no « total »
    done = any(part in _PARTICIPLES for part in whole)  # « box » for boxes_delivered: what was done of them is said, so that three letters tell
    told = all(len(part) > (2 if done else 3) for part in said) or (len(said) > 1 and all(len(part) > 2 for part in said))
    units = [(_SPELT[part],) for part in whole if part in _SPELT]
    units += [(idea(part),) for part in whole if done and not said and part not in _PARTICIPLES | _SMALL]  # « Heures effectuées » is said in hours
    return [*units, *([tuple(idea(part) for part in said)] if said and len(said) < len(whole) and told else [])]


_TAXES = frozenset(("ttc", "ht"))
_ANY_SUM = frozenset("total totaux montant montants mt mnt amount somme sum net brut prix price tarif ca valeur value".split())
_ASIDE = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*$")


def without_aside(header: str) -> list[tuple[str, ...]]:
    """« Boiler Age » for "Boiler Age (yrs)": what stands between brackets at the end says a unit or a span, which nobody says."""
    bare = _ASIDE.sub("", header)
    said = header_ideas(bare) if bare and bare != header else ()
    return [said] if len(said) > 1 or (said and any(len(part) > SHORT_NOUN for part in words(split_headers(bare)))) else []


def without_done(header: str) -> list[tuple[str, ...]]:
    """« Révision annuelle » for « Révision annuelle faite »: a yes/no header without the participle that says it was done.

    Args:
        header: as it stands in the file.
    """
    whole = words(split_headers(header))
    said = [part for part in whole if part not in _PARTICIPLES and part not in _DONE_WORDS and part not in _SMALL]
    return [tuple(idea(part) for part in said)] if 0 < len(said) < len([part for part in whole if part not in _SMALL]) and len(said[0]) > SHORT_NOUN else []


_DONE_WORDS = frozenset("faite fait faites faits done made ok oui non yes no signee signe signees signes envoyee envoye souscrite souscrit active activee active validee valide".split())
_SPELT = {"h": "hour", "hr": "hour", "hrs": "hour", "kg": "kg", "km": "km"}  # « Durée (h) » is said in hours


_SHORT_FORMS = {  # how a header shortens a word that a question says in full
    "qty": "quantity", "qte": "quantite", "addr": "address", "adr": "adresse", "cat": "category", "categ": "categorie", "amt": "amount", "mtt": "montant", "acct": "account", "cust": "customer", "cli": "client",
    "prod": "product", "desc": "description", "mgr": "manager", "loc": "location", "inv": "invoice", "fact": "facture", "pmt": "payment", "paiem": "paiement", "reg": "region", "grp": "group", "svc": "service", "mag": "magasin",
    "fam": "famille", "vend": "vendeur", "cde": "commande", "ref": "reference", "tel": "telephone", "mbr": "member", "adh": "adherent", "temp": "temperature", "org": "organisation", "div": "division", "subcat": "subcategory",
}  # fmt: skip


def spelt_in_full(header: str) -> list[tuple[str, ...]]:
    """« Category » for Cat, "customer group" for cust_grp: the header with its usual short forms spelt in full, when it holds any.

    Args:
        header: as in the file.
    """
    said = words(split_headers(header))
    full = [_SHORT_FORMS.get(word, word) for word in said]
    return [ideas(" ".join(full))] if full != said else []


def unit_of_time(header: str) -> tuple[str, str] | None:
    """The header without its unit, and that unit, where it counts hours, minutes or days: « First Reply (h) », « Délai de paiement (j) ».

    Args:
        header: as it stands in the file.
    """
    said = plain(header)
    found = _TIMED.search(said)
    return (said[: found.start()], found["unit"]) if found is not None else None


_TIMED = re.compile(r"[(\[ _](?P<unit>h|hrs?|hours?|heures?|min|mins|minutes?|mn|j|jours?|d|days?)[)\]]?$")
