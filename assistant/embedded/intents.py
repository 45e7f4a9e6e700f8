"""Which analysis a question asks for: learnt weights, read back with numpy alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.embedded.features import VECTOR, VECTOR_SCALE, Matrix, features
from assistant.embedded.text import Speller
from knowledge.embedding import Encoder, shared_encoder
from vocabulary.language import Language

WEIGHTS = "weights.npz"
NEIGHBOUR_WEIGHT = 8.0  # of the likeness to an intent's closest examples, beside the regression (chosen on the dev set)
NEIGHBOURS = 3
_KEPT = 1024  # questions whose intents are kept


@dataclass(frozen=True, slots=True)
class Weights:
    """A multinomial logistic regression, the examples it compares with, and what it needs at reading time.

    Args:
        intents: the classes, in the order of the rows.
        matrix: float16, shape (intents, features).
        bias: float32, shape (intents,).
        examples: float16, shape (examples, VECTOR): sentence vectors of the corpus.
        places: int16, shape (examples,): the intent of each, as its place in `intents`.
        temperature: what the scores are divided by, so that probabilities mean what they say.
        known, targets: the words of the corpus, and those slips are mended towards.
        fingerprint: of the corpus it was learnt from.
    """

    intents: tuple[str, ...]
    matrix: NDArray[np.float16]
    bias: Matrix
    examples: NDArray[np.float16]
    places: NDArray[np.int16]
    temperature: float
    known: tuple[str, ...]
    targets: tuple[str, ...]
    fingerprint: str


def load() -> Weights:
    """Read the weights beside this file (arrays only: nothing is unpickled)."""
    with as_file(files("assistant.embedded").joinpath(WEIGHTS)) as path, np.load(path, allow_pickle=False) as stored:
        arrays: dict[str, NDArray[Any]] = {name: stored[name] for name in stored.files}
    return Weights(
        tuple(map(str, arrays["intents"])),
        arrays["matrix"],
        arrays["bias"].astype(np.float32),
        arrays["examples"],
        arrays["places"],
        float(arrays["temperature"]),
        tuple(map(str, arrays["known"])),
        tuple(map(str, arrays["targets"])),
        str(arrays["fingerprint"]),
    )


class IntentModel:
    """Ranks the intents of a question."""

    def __init__(self, weights: Weights, encoder: Encoder) -> None:
        """Keep the weights, as float32 for speed, and the sentence encoder."""
        self.weights = weights
        self.speller = Speller(weights.known, weights.targets)
        self._encoder = encoder
        self._matrix = weights.matrix.astype(np.float32)
        self._examples = weights.examples.astype(np.float32)
        self._ranked = lru_cache(maxsize=_KEPT)(self._rank)  # the questions offered next come back after every answer

    def probabilities(self, questions: Sequence[tuple[str, Language]]) -> Matrix:
        """Calibrated probabilities, shape (questions, intents)."""
        seen = features(questions, self._encoder, self.speller)
        scores = seen @ self._matrix.T + self.weights.bias
        scores += neighbours(seen, self._examples, self.weights.places, len(self.weights.intents))
        return softmax(scores / self.weights.temperature)

    def rank(self, question: str, language: Language) -> list[tuple[str, float]]:
        """Every intent with its probability, most probable first."""
        return list(self._ranked(question, language))

    def _rank(self, question: str, language: Language) -> tuple[tuple[str, float], ...]:
        row = self.probabilities([(question, language)])[0]
        order = np.argsort(-row)
        return tuple((self.weights.intents[place], float(row[place])) for place in order)


def neighbours(seen: Matrix, examples: Matrix, places: NDArray[np.int16], intents: int) -> Matrix:
    """Weighted mean cosine with the three closest examples of each intent, shape (questions, intents)."""
    cosines = (seen[:, :VECTOR] / VECTOR_SCALE) @ examples.T
    scores = np.zeros((len(seen), intents), dtype=np.float32)
    for place in range(intents):
        column = cosines[:, places == place]
        kept = min(NEIGHBOURS, column.shape[1])
        if kept:
            scores[:, place] = np.partition(column, -kept, axis=1)[:, -kept:].mean(axis=1)
    return scores * NEIGHBOUR_WEIGHT


def softmax(scores: Matrix) -> Matrix:
    """Scores to probabilities, row by row."""
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True), dtype=np.float32)


@lru_cache(maxsize=1)
def default_model() -> IntentModel:
    """The model shipped with the assistant, loaded once."""
    return IntentModel(load(), shared_encoder())
