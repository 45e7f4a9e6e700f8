"""What the classifier sees of a question: its sentence vector, its words and letters, and the keyword rules it meets."""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

import numpy as np
import yaml
from numpy.typing import NDArray

from assistant.embedded.text import Speller, plain, spelt_out, words
from knowledge.embedding import Encoder
from vocabulary.language import Language

VECTOR = 512  # size of the sentence vectors
HASHED = 4096  # cells for words, and as many for letters
RULE_CAP = 5.0  # a shower of keywords weighs no more than this
RULE_SCALE = 0.15
VECTOR_SCALE = 1.5
WORD_SCALE = 0.6
LETTER_SCALE = 0.6

Matrix = NDArray[np.float32]


@lru_cache(maxsize=1)
def rules() -> tuple[tuple[str, re.Pattern[str], float], ...]:
    """The keyword rules: intent, pattern over the plain question, weight."""
    source = files("assistant.embedded").joinpath("rules.yaml").read_text(encoding="utf-8")
    return tuple(
        (intent, re.compile(pattern), float(weight))
        for intent, patterns in yaml.safe_load(source).items()
        for pattern, weight in patterns.items()
    )


@lru_cache(maxsize=1)
def rule_intents() -> tuple[str, ...]:
    """The intents that have rules, in the order of the rule features."""
    return tuple(dict.fromkeys(intent for intent, _, _ in rules()))


def rule_scores(*texts: str) -> Matrix:
    """Weight of the rules met by any spelling of the question, shape (intents,)."""
    order = {intent: place for place, intent in enumerate(rule_intents())}
    scores = np.zeros(len(order), dtype=np.float32)
    spellings = tuple(dict.fromkeys(texts))
    for intent, pattern, weight in rules():
        if any(pattern.search(text) for text in spellings):
            scores[order[intent]] += weight
    return np.minimum(scores, RULE_CAP)


def rule_hits(text: str) -> dict[str, float]:
    """Weight of the rules a plain question meets, by intent, those it meets only."""
    scores = rule_scores(text)
    return {intent: float(scores[place]) for place, intent in enumerate(rule_intents()) if scores[place]}


def _cells(grams: Sequence[str], offset: int) -> dict[int, float]:
    """Hashed counts of length one: cell -> value."""
    counts: dict[int, float] = {}
    for gram in grams:
        cell = offset + zlib.crc32(gram.encode()) % HASHED
        counts[cell] = counts.get(cell, 0.0) + 1.0
    norm = math.sqrt(sum(value * value for value in counts.values()))
    return {cell: value / norm for cell, value in counts.items()}


def hashed(text: str) -> Matrix:
    """Words and pairs of words, then letters by three to five inside words, shape (2 * HASHED,)."""
    tokens = words(text)
    pairs = [f"{left} {right}" for left, right in zip(tokens, tokens[1:], strict=False)]
    letters = [
        padded[start : start + size]
        for padded in (f" {token} " for token in tokens)
        for size in (3, 4, 5)
        for start in range(len(padded) - size + 1)
    ]
    row = np.zeros(2 * HASHED, dtype=np.float32)
    for cells, scale in ((_cells([*tokens, *pairs], 0), WORD_SCALE), (_cells(letters, HASHED), LETTER_SCALE)):
        for cell, value in cells.items():
            row[cell] = value * scale
    return row


def features(questions: Sequence[tuple[str, Language]], encoder: Encoder, speller: Speller) -> Matrix:
    """The features of questions, shape (questions, VECTOR + 2 * HASHED + rules)."""
    full = [spelt_out(text, language) for text, language in questions]
    mended = [speller.mend(text) for text in full]
    vectors = encoder.encode([_best(text, mend) for text, mend in zip(full, mended, strict=True)])
    grams = np.stack([hashed(mend) for mend in mended])
    scores = np.stack([
        rule_scores(plain(text), plain(said), mend)
        for (text, _), said, mend in zip(questions, full, mended, strict=True)
    ])  # fmt: skip
    return np.hstack([vectors * VECTOR_SCALE, grams, scores * RULE_SCALE]).astype(np.float32)


def _best(text: str, mended: str) -> str:
    """The spelling given to the encoder: as typed unless a word was mended (accents help it)."""
    return text if plain(text) == mended else mended
