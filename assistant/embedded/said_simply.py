"""French turns of phrase said in the words questions are mostly put in: « combien d'argent on a encaissé », « … et par quelle provenance »."""

from __future__ import annotations

import re

from assistant.embedded.measuring import PERSON
from assistant.embedded.text import plain

_MONEY = re.compile(r"\bcombien d['’]argent (?P<who>a-t-on|avons-nous|on a|nous avons|nous ont|nous a|ont|a|est-ce)\b", re.IGNORECASE)
_CASHED = re.compile(r"(?P<who>\bnous doi\w+ )?\b(?:combien d['’]argent|l['’]argent|argent) (?:est )?(?P<how>encaiss[ée]\w*|gagn[ée]\w*|rentr[ée]\w*|per[çc]u\w*|re[çc]u\w*|collect[ée]\w*)", re.IGNORECASE)
_BY_WHICH = re.compile(r"(?P<asked>\b(?:combien|nombre|nb|total|montant|ca|chiffre d['’]affaires|panier|taux|part|moyenne?)\b.*?),? (?:et )?(?P<by>par|selon) (?:quels?|quelles?) (?P<what>[^\W\d]+)(?P<rest>(?: (?:en|depuis|sur|l['’]an)\b[^?]*)?[ ?.!]*)$", re.IGNORECASE)

_PER_HEAD = re.compile(  # how many each has is a mean: « combien de catégories par client ? »
    r"^(?P<et>et )?combien (?P<of>de |d['’])(?P<what>[^\W\d]+)(?: diff[ée]rente?s?| distincte?s?)?(?P<each> (?:par|pour chaque) [^\W\d]+(?: en moyenne)?(?: (?:en|depuis) [^?]*)?[ ?.!]*)$", re.IGNORECASE
)
_EACH = re.compile(rf"^(?:et )?combien d.{{2,40}} (?:par|pour chaque) {PERSON.pattern}")
_WHERE_BOUGHT = re.compile(  # « dans quel rayon les clients perdus achetaient-ils ? »: what they bought, told apart by it
    r"^(?:dans|en|à|a) (?:quels?|quelles?) (?P<what>[^\W\d]+) (?:est-ce qu(?:e |['’]))?(?:(?P<who>(?:les|nos|mes) [^\W\d]+(?: [^\W\d]+){0,2}?) (?:ach[eè]t|command|d[ée]pens|r[ée]serv)\w*(?:[- ](?:t[- ])?(?:ils|elles))?|(?:ach[eè]t|command|d[ée]pens|r[ée]serv)\w* (?P<whom>(?:les|nos|mes) [^\W\d]+(?: [^\W\d]+){0,2}?))(?: le plus)?(?P<rest>(?: (?:en|depuis) [^?]*)?[ ?.!]*)$", re.IGNORECASE
)

_TO_STOP = re.compile(  # « et celui à arrêter ? », after the best: the worst of them
    r"^(?:et )?(?P<which>celui|celle|ceux|celles|lequel|laquelle|lesquels|lesquelles) (?:qu['’]il faut|qu['’]on devrait|[àa]|faut[- ]il|devrait[- ]on) (?:arr[êe]ter|abandonner|[ée]viter|couper|supprimer|l[âa]cher|quitter)[ ?.!]*$", re.IGNORECASE
)
_AGE_OF_THE_ENDED = re.compile(  # of contracts that ended, how old they were is how long they lasted
    r"\banciennet[ée](?P<mean> moyenne| m[ée]diane)? (?P<of>des|de nos|de mes) (?P<what>contrats|abonnements) (?=r[ée]sili|termin|cl[ôo]tur|arr[êe]t|[ée]chu|fini|perdu)", re.IGNORECASE
)

_NEVER_COMPLAINED = re.compile(
    r"\b(?:n['’]ont (?:encore )?(?:jamais|pas|rien) (?:rien )?r[ée]clam[ée]|ne se sont (?:encore )?(?:jamais|pas) plainte?s)(?= (?:en|depuis|cette|par)\b|[ ?.!]*$)", re.IGNORECASE
)
_BRINGS_MOST = re.compile(  # « quel type d'événement rapporte le plus ? »: what each brings in
    r"^(?:quels?|quelles?) (?P<what>(?:types?|natures?|sortes?|genres?|cat[ée]gories?|formes?) (?:de |d['’])[^\W\d]+) (?:nous )?(?:rapporte(?:nt)?|am[èe]ne(?:nt)?) le plus(?: d['’]argent| de ca)?(?P<rest>(?: (?:en|depuis) [^?]*)?[ ?.!]*)$", re.IGNORECASE
)

_CONVERSION = re.compile(r"\btaux de (?:transformation|concr[ée]tisation|closing)\b", re.IGNORECASE)
_GROWTH = re.compile(r"^(?:(?:quelle est |c['’]est quoi )?(?:notre|la|l['’]?[ée]volution de la) )?croissance(?: (?:du ca|du chiffre d['’]affaires|des ventes))?(?= *(?:\?|$))", re.IGNORECASE)


def said_simply(question: str) -> str:
    """The question with those turns said plainly, whatever else it says left as typed.

    Args:
        question: as typed, in French.
    """
    question = _MONEY.sub(lambda found: f"combien {found['who']}", question)
    question = _CASHED.sub(lambda found: found.group() if found["who"] else f"montant {found['how']}", question)
    if _EACH.search(plain(question)):
        question = _PER_HEAD.sub(lambda found: f"{found['et'] or ''}nombre moyen {found['of']}{found['what']}{found['each']}", question)
    question = _WHERE_BOUGHT.sub(lambda found: f"nombre d'achats par {found['what']} {_of(found['who'] or found['whom'])}{found['rest']}", question)
    question = _TO_STOP.sub(lambda found: f"et {_WORST[found['which'].lower()]} ?", question)
    question = _AGE_OF_THE_ENDED.sub(lambda found: f"durée{found['mean'] or ' moyenne'} {found['of']} {found['what']} ", question)
    question = _NEVER_COMPLAINED.sub("n'ont jamais fait de réclamation", question)
    question = _BRINGS_MOST.sub(lambda found: f"CA par {found['what']}{found['rest']}", question)
    question = _GROWTH.sub("CA par rapport à l'an dernier", _CONVERSION.sub("taux de conversion", question))
    return _BY_WHICH.sub(lambda found: f"{found['asked']} {found['by']} {found['what']}{found['rest']}", question)


_WORST = {
    "celui": "le pire", "lequel": "le pire", "celle": "la pire", "laquelle": "la pire", "ceux": "les pires", "lesquels": "les pires", "celles": "les pires", "lesquelles": "les pires",
}  # fmt: skip


def _of(people: str) -> str:
    """« des clients perdus » of « les clients perdus »."""
    article, rest = people.split(" ", 1)
    return f"des {rest}" if article.lower() == "les" else f"de {people}"
