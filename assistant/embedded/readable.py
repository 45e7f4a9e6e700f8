"""A question made ready to be cut in words: headers split, shorthand spelt out, slips mended, counts of times as orders."""

from __future__ import annotations

import re
from collections.abc import Collection

from rapidfuzz.distance import OSA

from assistant.embedded.columns import Columns, in_lexicon, split_headers
from assistant.embedded.language import detect_language
from assistant.embedded.text import plain, spelt_out

_ONCE = {"once": "1", "twice": "2", "thrice": "3", "again": "1", "une seule fois": "1"}
_TIMES_SAID = re.compile(
    r"\b(?P<how>(more|less|fewer) than|at least|at most|exactly|only|just|plus (de|d')|moins de|au moins|au plus|exactement|"
    r"seulement|que)\s*(?P<times>once|twice|thrice|une seule fois|(?P<number>\w+) (times|fois))\b"
)
_BOUGHT = re.compile(r"\b(achet\w*|bought|buy|commande\w*|ordered|order|purchased?|donne\w*|gave|given|revenu\w*|visit\w*|came|venu\w*)\b")
_OR_MORE = re.compile(r"\b(?P<number>\w+) (?:fois|times) (?P<how>ou plus|et plus|or more|ou moins|or less|or fewer)\b")
_ALONE = re.compile(r"\b(une seule|un seul|a single|one single|only one|just one) (commande|achat|order|purchase|don|gift|fois)s?\b")
_AGAIN = re.compile(r"\b(bought|ordered|purchased) again\b|\b(ont |a )?(rachete|recommande)(nt|e)?\b")
_NEVER = re.compile(
    r"\b(n'(a|ont) (jamais|rien|pas|aucunement) (encore )?(achete|commande|donne)( quoi que ce soit)?|(have |has )?never (bought|ordered|purchased|given)"
    r"( anything)?|(have not|haven't|has not) (bought|ordered)( anything)?( yet)?|sans (aucun )?achat|sans (aucune )?commande|without any orders?|"
    r"with no (orders?|purchases?))\b(?!.{0,12}\b(depuis|since|in|en|pendant)\b)"
)
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


def readable(question: str, columns: Columns, known: Collection[str] = frozenset()) -> str:
    """The plain text slots are read from.

    Args:
        question: as typed.
        columns: what the data can be asked about: its words are right as they are.
        known: plain words of ordinary questions, right as they are.
    """
    names = {found.name for found in columns.fields}
    typed = " ".join(split_headers(word) if word.strip(".,;:?!()«»\"") in names else word for word in question.split())
    language = detect_language(typed, default="fr")
    text = plain(" ".join(word if _accented(word) else spelt_out(word, language) for word in typed.split()))
    if known:
        text = re.sub(r"[a-z]{5,}", lambda found: _mended(found.group(), columns.words, known), text)
    return _counted(text) if columns.sold else text


def _accented(word: str) -> bool:
    """A word typed with its accents is spelt as it should be: « acheté » is no shorthand."""
    return any(ord(letter) > 127 and letter.isalpha() for letter in word)


def _mended(word: str, own: Collection[str], known: Collection[str]) -> str:
    """A word one slip away from a word of measures (two for a long one), unless it is right as it is."""
    if word in own or word in known or word in _TARGETS or in_lexicon(word):
        return word
    allowed = 1 if len(word) < _LONG else 2
    near = min(((OSA.distance(word, target, score_cutoff=allowed), target) for target in _TARGETS if target[0] == word[0]), default=None)
    return near[1] if near is not None and near[0] <= allowed else word


_LONG = 10


def _counted(text: str) -> str:
    """« Plus de deux fois », "more than twice", "bought again", "a single order": a number of orders."""
    text = _EMPTY.sub(lambda found: f"avec plus de {found['days']} jours", text)
    text = _NEVER.sub("with exactly 0 orders", text)
    text = _AGAIN.sub("more than 1 orders", text)
    text = _ALONE.sub(lambda found: "exactly 1 orders", text)
    text = _OR_MORE.sub(lambda found: f"{found['number']} {found['how']} orders", text)
    if not _BOUGHT.search(text) and not re.search(r"\b(once|twice|thrice)\b", text):
        return text
    return _TIMES_SAID.sub(lambda found: f"{found['how']} {_ONCE.get(found['times'], found['number'])} orders", text)

