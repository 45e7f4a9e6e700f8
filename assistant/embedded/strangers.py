"""Words of a question that name customers these files cannot tell apart: a town, a brand, women. Said, never skipped.

An answer on all customers to a question on some of them would be a wrong number with a right look.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from assistant.embedded.ideas import concepts, idea, split_headers
from assistant.embedded.text import plain

_WORD = re.compile(r"[^\W_][\w'’-]*")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;]\s+|[«“\"(]\s*)[^\w]*$")
_PLACED = re.compile(r"\b(?:a|au|aux|in|at|chez|near|pres de)\s+(?:la |le |les |l'|the )?([a-z][a-z0-9-]+)")
_MOSTLY = 0.5  # share of capitals from which they say nothing: a title, or a message typed in capitals
# Terms of the trade, and of the tools it uses: written with capitals, they name no customers.
_TERMS = frozenset(
    "csm csms crc sdr sdrs ae kam kams adv i ai ia api arpu arr b2b b2c bi ca cac clv crm csv excel gdpr grr hr ht icp ids kpi kpis ltv mrr n nps nrr ok pc pdf "
    "powerpoint qr rfm rgpd roi saas sav seo sms sql ttc tv tva url vat word xlsx".split()
)

# Said of the answer itself, not of some customers.
_ASIDE = frozenset(
    "detail details detaille precision precisions plus more further sur sure certain serieux globalement overall ensemble total "
    "tendance trend evolution graphique graph chart tableau table liste noms names pourcentage percent percentage chiffre "
    "chiffres figure figures resultat resultats result results reste rest suite next ensuite ca that dernier derniere last "
    "precedent previous avant before apres after encore again vrai true possible simple simplement court short longue long "
    "explique explain expliquer question reponse answer merci thanks autre autres other others".split()
)
_RESTRICTS = re.compile(
    r"^(et|and|what about|how about|mais|but|only|just|seulement|uniquement|juste|same|pareil|idem|meme chose)\b"
    r".{0,8}?\b(les|la|le|l|chez|pour|en|avec|ceux|celles|the|for|in|with|those|only|seulement|uniquement)\b"
)


def strangers(question: str, unexplained: Sequence[str], known: Collection[str], *, follow_up: bool) -> tuple[str, ...]:
    """The words that restrict a question to customers no column or value tells.

    Args:
        question: as typed.
        unexplained: its plain words that no slot has read, in order.
        known: plain words of ordinary questions.
        follow_up: it leans on the turn before, so that a word of its own can only be a restriction.
    """
    names, told_apart = capitalised(question), frozenset(concepts()["told_apart"])
    placed = {match.group(1) for match in _PLACED.finditer(plain(question))}
    given = frozenset(concepts()["names"])
    restricts = follow_up and _RESTRICTS.search(plain(question)) is not None
    return tuple(
        word
        for word in dict.fromkeys(unexplained)
        if word not in _TERMS
        and not (follow_up and word in _ASIDE)
        and (
            word in names
            or idea(word) in told_apart
            or (word in placed and (word in given or word not in known))
            or (follow_up and (word in given or word not in known))
            or restricts
        )
    )


def capitalised(question: str) -> frozenset[str]:
    """The plain words written with a capital inside a sentence.

    Args:
        question: as typed.
    """
    words = list(_WORD.finditer(question))
    capitals = [match for match in words if match.group() != match.group().lower()]
    if not words or len(capitals) > _MOSTLY * len(words):
        return frozenset()
    inside = [match for match in capitals if not _SENTENCE_START.search(question[: match.start()])]
    return frozenset(part for match in inside for part in parts(match.group()))


def accented(question: str) -> frozenset[str]:
    """The plain words typed with an accent: « thé » is not "the"; « à » says nothing.

    Args:
        question: as typed.
    """
    return frozenset(part for match in _WORD.finditer(question) if len(match.group()) > 1 and plain(match.group()) != match.group().lower() for part in parts(match.group()))


def parts(word: str) -> list[str]:
    """The plain words a typed word is read as: `iOS` is read as two."""
    spellings = dict.fromkeys((plain(split_headers(word)), plain(word)))
    return list(dict.fromkeys(part for spelling in spellings for part in re.split(r"[^a-z0-9]+", spelling) if part))


def without(question: str, words: Collection[str]) -> str:
    """The question without these plain words, so that a town does not hide what is asked."""
    kept = [match for match in re.finditer(r"\S+", question) if not set(parts(match.group())) & set(words)]
    return " ".join(match.group() for match in kept)
