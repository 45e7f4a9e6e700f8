"""French spaces: the narrow one before « ; ? ! % », the unbreakable one before a colon and inside « guillemets »."""

from __future__ import annotations

import re
import unicodedata

from vocabulary.language import Language

_NARROW = re.compile(r" (?=[;?!%](?:\W|$))")
_UNBREAKABLE = re.compile(r" (?=»|:(?:\s|$))|(?<=«) ")


def spaced(words: str, language: Language) -> str:
    """Words with the spaces their language asks for; English asks for none."""
    if language != "fr":
        return words
    return _UNBREAKABLE.sub("\u00a0", _NARROW.sub("\u202f", words))


def of(name: str) -> str:
    """« de » before a French name, elided before a vowel: « de Salle », « d’âge »."""
    return f"d’{name}" if name and unicodedata.normalize("NFD", name)[0].lower() in "aeiou" else f"de {name}"
