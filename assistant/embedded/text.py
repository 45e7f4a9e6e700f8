"""A question made plain before it is read: case, accents, apostrophes, texting shorthand, slips of the finger."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from functools import lru_cache
from importlib.resources import files

import yaml
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from vocabulary.language import Language

_WORD = re.compile(r"[a-z0-9]+")
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "´": "'", "‘": "'", "\u00a0": " ", "\u202f": " "})


_KEPT = 200  # letters of a text whose plain form is kept: questions, headers and values, which are read again and again


def plain(text: str) -> str:
    """Lower case, no accent, straight apostrophes, single spaces; punctuation kept."""
    return _plain(text) if len(text) <= _KEPT else _made_plain(text)


def _made_plain(text: str) -> str:
    straight = text.translate(_APOSTROPHES).lower()
    if not straight.isascii():
        spelt = straight.replace("œ", "oe").replace("æ", "ae")
        straight = "".join(c for c in unicodedata.normalize("NFKD", spelt) if not unicodedata.combining(c))
    return " ".join(straight.split())


_plain = lru_cache(maxsize=1 << 14)(_made_plain)


_SEVERAL_WORDS = (
    (re.compile(r"\b(?:united kingdom|royaume[- ]uni|great britain|grande[- ]bretagne)\b"), "uk"),
    (re.compile(r"\b(?:united states(?: of america)?|etats[- ]unis(?: d'amerique)?|the u\.?s(?:\.?a)?\.?)(?!\w)"), "usa"),
    (re.compile(r"\bpays[- ]bas\b"), "netherlands"),
    (re.compile(r"\b(?:direct debits?|prelevements? automatiques?)\b"), "prelevement"),
    (re.compile(r"\bcontact lens(?:es)?\b"), "lenses"),
    (re.compile(r"\b(?:(?:private |supplementary )?health insurance|complementaires? sante)\b"), "mutuelle"),
    (re.compile(r"\btown halls?\b"), "mairie"),
    (re.compile(r"\b(?:word[- ]of[- ]mouth|bouche[- ]a[- ]oreilles?)\b"), "wordofmouth"),
)


def joined(text: str) -> str:
    """A plain text with what both languages say in several words said in one: « Royaume-Uni », "United States", "word of mouth"."""
    for pattern, name in _SEVERAL_WORDS:
        text = pattern.sub(name, text)
    return text


def several_words(name: str, question: str) -> str | None:
    """The words of a question that are read as that one: "direct debit".

    Args:
        name: the word they are read as.
        question: as typed.
    """
    said = plain(question)
    return next((match.group() for pattern, one in _SEVERAL_WORDS if one == name and (match := pattern.search(said)) is not None), None)


_ELIDED = re.compile(r"\b(?P<cut>[dlnjs]|qu|quelqu|lorsqu|puisqu|jusqu) (?=[aeiouyhàâäéèêëîïôöùûüœ])", re.IGNORECASE)
_TODAY = re.compile(r"\baujourd hui\b", re.IGNORECASE)
_INVERTED = re.compile(r"\b(?P<verb>a|va|y a) t (?P<who>il|elle|on|ils|elles)\b", re.IGNORECASE)
_ASKING = re.compile(r"\b(?P<is>est|qu'est) ce (?P<that>qu)", re.IGNORECASE)


def elided(question: str) -> str:
    """A French question typed without its apostrophes and hyphens given them: « chiffre d affaires », « combien y a t il d abonnés ».

    Args:
        question: as typed.
    """
    cut = _ELIDED.sub(lambda found: f"{found['cut']}'", _INVERTED.sub(lambda found: f"{found['verb']}-t-{found['who']}", question))
    return _ASKING.sub(lambda found: f"{found['is']}-ce {found['that']}", _TODAY.sub("aujourd'hui", cut))


_CONTRACTED = re.compile(r"\b(have|has|had|do|does|did|is|are|was|were|could|would|should)n?t\b(?<=nt)", re.IGNORECASE)


def contracted(question: str) -> str:
    """An English question typed without the apostrophe of its negations given them: "havent" is "haven't".

    Args:
        question: as typed.
    """
    return _CONTRACTED.sub(lambda found: f"{found[0][:-1]}'{found[0][-1]}", question)


def words(text: str) -> list[str]:
    """The words of a text, plain."""
    return list(_words(text)) if len(text) <= _KEPT else _WORD.findall(plain(text))


@lru_cache(maxsize=1 << 14)
def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(plain(text)))


@lru_cache(maxsize=1)
def _shorthand() -> dict[str, dict[str, str]]:
    source = files("assistant.embedded").joinpath("shorthand.yaml").read_text(encoding="utf-8")
    table: dict[str, dict[str, str]] = yaml.safe_load(source)
    return table


def spelt_out(text: str, language: Language) -> str:
    """Write texting shorthand in full: « pk ils partent » becomes « pourquoi ils partent »."""
    table = _shorthand()[language]
    return " ".join(_expand(token, table) for token in text.translate(_APOSTROPHES).split())


def _expand(token: str, table: Mapping[str, str]) -> str:
    core = token.strip('.,;:?!()«»"')
    full = table.get(plain(core))
    return token if full is None or not core else token.replace(core, full)


class Speller:
    """Mends words one or two slips away from a word the assistant knows; leaves everything else alone."""

    def __init__(self, known: Collection[str], targets: Collection[str]) -> None:
        """Keep the words that are right as they are, and those worth mending towards (both plain)."""
        self._known = frozenset(known)
        self._targets: dict[str, list[str]] = {}
        for word in sorted(targets):
            self._targets.setdefault(word[0], []).append(word)

    def mend(self, text: str) -> str:
        """Return the plain text with slips mended."""
        return _WORD.sub(lambda match: self._word(match.group()), plain(text))

    def _word(self, word: str) -> str:
        if len(word) < 5 or word in self._known or any(c.isdigit() for c in word):
            return word
        allowed = 1 if len(word) < 7 else 2
        near = process.extractOne(
            word, self._targets.get(word[0], ()), scorer=OSA.distance, score_cutoff=allowed
        )  # fmt: skip
        return word if near is None else str(near[0])


def close(left: str, right: str) -> float:
    """How alike two plain texts are, 0..100, slips of the finger allowed."""
    return float(fuzz.ratio(left, right))
