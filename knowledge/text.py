"""Plain words out of French and English text: folding, light stems, sentences."""

from __future__ import annotations

import re
import unicodedata

from vocabulary.language import Language

_WORD = re.compile(r"[a-z0-9]+")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-ÖØ-Þ«\"“0-9])")
_BOLD_LABEL = re.compile(r"\*\*[^*]+\*\*\s*")

# Longest first: the first ending that leaves a stem of at least four letters is cut off. Light on purpose: a stem
# only has to bring "fidèle", "fidèles", "fidélité", "fidélisation" together, not to be a word.
_ENDINGS: dict[Language, tuple[str, ...]] = {
    "fr": (
        "isations", "isation", "ements", "ations", "issent", "ement", "ation", "ition", "itions", "euses", "antes",
        "aient", "trices", "trice", "ances", "ences", "euse", "ante", "ants", "ités", "ites", "ance", "ence", "eurs",
        "eaux", "iser", "eur", "ent", "ant", "ait", "ite", "ive", "ifs", "ees", "ons", "eau", "aux", "ez", "er", "ir",
        "ee", "es", "if", "re", "e", "s", "x",
    ),
    "en": (
        "isations", "isation", "ations", "ingly", "ation", "ments", "ness", "ment", "ings", "ably", "able", "ity",
        "ies", "ing", "ers", "ed", "er", "es", "ly", "al", "e", "s", "y",
    ),
}  # fmt: skip
_MIN_STEM = 4

_STOP: dict[Language, frozenset[str]] = {
    "fr": frozenset(
        "a ai alors apres as au aussi autre aux avec avons avez car ce ceci cela celle celui ces cet cette ceux chez "
        "ci comme comment d dans de des du donc elle elles en encore entre est et etre eux fait faire faut il ils j je l "
        "la le les leur leurs lui m ma mais me mes moi mon n ne ni non nos notre nous on ont ou par pas peut plus pour "
        "pourquoi qu quand que quel quelle quelles quels qui quoi s sa sans se ses si son sont sous sur t ta te tes "
        "toi ton tous tout toute toutes tres tu un une va vers vos votre vous y c".split()
    ),
    "en": frozenset(
        "a about after all also an and any are as at be been but by can could did do does for from had has have he her "
        "his how i if in into is it its may me my no not of on or our shall she should so some than that the their "
        "them then there these they this those to us was we were what when where which who whom why will with would "
        "you your s t".split()
    ),
}


def fold(text: str) -> str:
    """Return `text` in lower case, without accents, ligatures opened (`œ` → `oe`)."""
    opened = text.casefold().replace("œ", "oe").replace("æ", "ae")
    return "".join(c for c in unicodedata.normalize("NFKD", opened) if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    """Return the folded words of `text`, in order."""
    return _WORD.findall(fold(text))


def stem(word: str, language: Language) -> str:
    """Cut one ending off a folded word, keeping at least four letters."""
    for ending in _ENDINGS[language]:
        if word.endswith(ending) and len(word) - len(ending) >= _MIN_STEM:
            return word[: -len(ending)]
    return word


def stems(text: str, language: Language) -> list[str]:
    """Return the stems of the words of `text` that carry meaning."""
    stop = _STOP[language]
    return [stem(word, language) for word in words(text) if word not in stop]


def sentences(markdown: str) -> tuple[str, ...]:
    """Return the sentences of a Markdown text, its bold labels (`**Limits.**`) left out."""
    plain = _BOLD_LABEL.sub("", markdown)
    found = (part.strip() for paragraph in plain.split("\n\n") for part in _SENTENCE_END.split(paragraph))
    return tuple(part.replace("\n", " ") for part in found if part)
