"""From words to ideas: what a word stands for in either language, and when two of them are one."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml
from rapidfuzz.distance import OSA

from assistant.embedded.text import joined, plain, words

_LONG = 10  # letters from which two slips are allowed: shorter, two words are too easily taken for one
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|_")


@lru_cache(maxsize=1)
def concepts() -> dict[str, Any]:
    """The bilingual lexicon of ideas, roles and fixed columns."""
    data: dict[str, Any] = yaml.safe_load(
        files("assistant.embedded").joinpath("concepts.yaml").read_text(encoding="utf-8")
    )
    return data


@lru_cache(maxsize=1)
def _ideas() -> dict[str, str]:
    return {str(word): idea for idea, terms in concepts()["words"].items() for word in terms}


def in_lexicon(word: str) -> bool:
    """Whether a plain word has an idea of its own: it is no slip of another."""
    return word in _ideas()


@lru_cache(maxsize=4096)
def idea(word: str) -> str:
    """The idea behind a plain word: its concept in either language, else the word without its plural."""
    known = _ideas().get(word)
    if known is not None:
        return known
    if len(word) > 4 and word.endswith("xes") and word[:-1] not in _ENDING_XE:
        return word[:-2]  # "boxes" is more than one "box"
    return word[:-1] if len(word) > 4 and word[-1] in "sx" else word


_ENDING_XE = frozenset("taxe fixe sexe annexe axe mixe luxe complexe connexe syntaxe".split())  # French words of one


@lru_cache(maxsize=1)
def _stop() -> frozenset[str]:
    return frozenset(concepts()["stop"])


@lru_cache(maxsize=8192)
def ideas(text: str) -> tuple[str, ...]:
    """The ideas of a text, small words left out."""
    said = words(joined(plain(text)))
    return tuple(idea(word) for word in said if word not in _stop()) or tuple(map(idea, said))


def split_headers(text: str) -> str:
    """Write headers said as they stand (MonthlyCharges) as separate words."""
    return _CAMEL.sub(" ", text)


def header_ideas(header: str) -> tuple[str, ...]:
    """The ideas of a header, which may be written PaymentMethod or payment_method."""
    return ideas(split_headers(header))


def same(left: str, right: str) -> bool:
    """Whether two ideas are one, a slip allowed in long words."""
    return left == right or _alike(left, right)


@lru_cache(maxsize=1 << 16)
def _alike(left: str, right: str) -> bool:
    if left == right or (min(len(left), len(right)) > 2 and left.rstrip("s") == right.rstrip("s")):
        return True
    if any(len(one) > SHORT_NOUN and one.endswith("ie") and other == one[:-2] + "y" for one, other in ((left, right), (right, left))):
        return True  # "counties", "county"
    if min(len(left), len(right)) < 5 or left[0] != right[0]:
        return False
    return bool(OSA.distance(left, right) <= (1 if min(len(left), len(right)) < _LONG else 2))


def overlap(alias: tuple[str, ...], heard: tuple[str, ...]) -> float:
    """0 unless the whole alias was said; more words said and an exact fit score higher."""
    if not alias:
        return 0.0
    for part in alias:
        if part not in heard and not any(_alike(part, word) for word in heard):
            return 0.0
    exact = sum(part in heard for part in alias)
    return len(alias) + 0.5 * exact - 0.2 * (len(heard) - len(alias))


SHORT_NOUN = 4  # letters
