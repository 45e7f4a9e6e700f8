"""Requests no analysis may serve, stopped by rules and never left to a classifier."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

import yaml

from assistant.embedded.text import plain
from vocabulary.sentence import Sentence, say

_PERSON = re.compile(
    r"\b(?:[Oo]ù habite|[Ww]here does|[Ww]here do|adresse|address|t[ée]l[ée]phone|phone|e-?mail|[Ff]acebook|salaire|salary|"
    r"num[ée]ro|number(?! of [a-z])|profil|profile)\b.*?\b(?:[Mm]adame |[Mm]onsieur |Mme |Mr\.? |Mrs\.? |Ms\.? )?"
    r"[A-ZÉ][a-zéèêëïîôç]+(?:'s)? ?(?:[A-ZÉ][a-zéèêëïîôç]+)"
)
_TITLED = re.compile(
    r"\b(?:adresse|address|t[ée]l[ée]phone|phone|e-?mail|habite|live|home)\b.*\b(?:[Mm]adame|[Mm]onsieur|Mme|Mr\.?|Mrs\.?|Ms\.?) [A-ZÉ]"
)


@lru_cache(maxsize=1)
def _stops() -> tuple[tuple[str, re.Pattern[str]], ...]:
    source = files("assistant.embedded").joinpath("refusals.yaml").read_text(encoding="utf-8")
    return tuple((kind, re.compile(pattern)) for kind, group in yaml.safe_load(source).items() for pattern in group)


def refusal(question: str) -> str | None:
    """Why a question is refused (`hostile`, `sensitive`, `private`, `rivals`), or None."""
    text = plain(question)
    kind = next((kind for kind, pattern in _stops() if pattern.search(text)), None)
    if kind is None and (_PERSON.search(question) or _TITLED.search(question)):
        return "private"
    return kind


def refusal_sentence(kind: str) -> Sentence:
    """How a refusal is said."""
    return _SENTENCES[kind]


_SENTENCES = {
    "hostile": say(
        "Je ne fais pas cela : je réponds aux questions sur la relation avec vos clients, à partir de vos fichiers.",
        "I do not do that: I answer questions about the relationship with your customers, from your files.",
    ),
    "sensitive": say(
        "Je n’analyse pas les données sensibles (santé, religion, origine, opinions, vie privée) : la loi les protège, et "
        "elles ne disent pas ce que vous pouvez améliorer.",
        "I do not analyse sensitive data (health, religion, origin, opinions, private life): the law protects them, and "
        "they do not say what you can improve.",
    ),
    "private": say(
        "Je ne livre pas les coordonnées ni les données privées d’une personne ; je peux dresser une liste de clients à "
        "contacter, qui respecte leurs consentements.",
        "I do not hand out a person’s contact details or private data; I can draw up a list of customers to contact that "
        "respects their consents.",
    ),
    "rivals": say(
        "Vos fichiers ne disent rien des données de vos concurrents ; je peux chercher les signes de leur passage chez "
        "vos clients.",
        "Your files say nothing of your competitors’ data; I can look for the traces they leave among your customers.",
    ),
}
