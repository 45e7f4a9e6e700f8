"""Learns the weights from the corpus: `python -m assistant.embedded.train` (what `make train` calls)."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.embedded import corpus
from assistant.embedded.corpus import Example
from assistant.embedded.features import VECTOR, VECTOR_SCALE, Matrix, features
from assistant.embedded.intents import WEIGHTS, neighbours, softmax
from assistant.embedded.text import Speller, spelt_out, words
from knowledge.embedding import shared_encoder

INVERSE_PENALTY = 6.0
MISSPELT = "misspelt"
FOLDS = 5
FALSE_REFUSALS = 0.08  # of good questions the model never saw


def vocabulary(examples: Sequence[Example]) -> tuple[list[str], list[str]]:
    """The plain words of the well-spelt examples, and those slips are mended towards (five letters, seen twice)."""
    counts = Counter(
        word for example in examples if example.style != MISSPELT
        for word in set(words(spelt_out(example.text, example.language)))
    )  # fmt: skip
    domain = Counter(
        word for example in examples if example.style != MISSPELT and example.intent != corpus.NONE
        for word in set(words(spelt_out(example.text, example.language)))
    )  # fmt: skip
    targets = sorted(word for word, count in domain.items() if len(word) >= 5 and count >= 2 and word.isalpha())
    return sorted(counts), targets


def fit(matrix: Matrix, intents: NDArray[np.str_]) -> tuple[list[str], Matrix, Matrix]:
    """A multinomial logistic regression with an L2 penalty: classes, weights, biases."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=INVERSE_PENALTY, max_iter=400)
    model.fit(matrix, intents)
    return list(map(str, model.classes_)), model.coef_.astype(np.float32), model.intercept_.astype(np.float32)


def names_of(intents: NDArray[np.str_]) -> list[str]:
    """The classes, sorted as the regression sorts them."""
    return sorted(set(intents.tolist()))


def places_of(intents: NDArray[np.str_], classes: Sequence[str]) -> NDArray[np.int16]:
    """Each intent as its place among the classes."""
    order = {name: place for place, name in enumerate(classes)}
    return np.array([order[intent] for intent in intents.tolist()], dtype=np.int16)


def held_out_scores(matrix: Matrix, intents: NDArray[np.str_], groups: NDArray[Any]) -> tuple[Matrix, list[int]]:
    """Scores of each example by a model that never saw its group, and the place of its right class."""
    classes = names_of(intents)
    scores = np.zeros((len(intents), len(classes)), dtype=np.float32)
    rows: list[int] = []
    for group in sorted(set(groups.tolist())):
        inside = np.flatnonzero(groups == group)
        outside = np.flatnonzero(groups != group)
        if len(set(intents[inside].tolist())) < 2:
            continue  # a style of one class says nothing of the others
        names, weights, bias = fit(matrix[outside], intents[outside])
        columns = np.array([classes.index(name) for name in names])
        scores[np.ix_(inside, columns)] = matrix[inside] @ weights.T + bias
        scores[inside] += neighbours(
            matrix[inside], matrix[outside, :VECTOR] / VECTOR_SCALE, places_of(intents[outside], classes), len(classes)
        )
        rows += inside.tolist()
    return scores[rows], [classes.index(intents[row]) for row in rows]


def calibrate(scores: Matrix, right: Sequence[int]) -> float:
    """The temperature that makes the right classes likeliest (log-loss, on a grid)."""
    places = np.arange(len(right))

    def loss(temperature: float) -> float:
        chosen = softmax(scores / temperature)[places, right]
        return float(-np.log(np.maximum(chosen, 1e-9)).mean())

    return float(min(np.arange(0.4, 2.01, 0.05), key=loss))


def refusal_bias(scores: Matrix, right: Sequence[int], none: int) -> float:
    """What is added to the score of `none`: the most that refuses no more good questions than `FALSE_REFUSALS`."""
    inside = np.array(right) != none
    for bias in np.arange(3.0, -0.01, -0.1):
        shifted = scores[inside].copy()
        shifted[:, none] += bias
        if float(np.mean(shifted.argmax(axis=1) == none)) <= FALSE_REFUSALS:
            return float(bias)
    return 0.0


def main() -> None:
    """Learn, calibrate on styles left out in turn, and write the weights beside this file."""
    examples = corpus.read()
    known, targets = vocabulary(examples)
    matrix = features([(e.text, e.language) for e in examples], shared_encoder(), Speller(known, targets))
    intents = np.array([example.intent for example in examples])
    styles = np.array([example.style for example in examples])
    scores, right = held_out_scores(matrix, intents, styles)
    none = names_of(intents).index(corpus.NONE)
    extra = refusal_bias(*held_out_scores(matrix, intents, np.arange(len(intents)) % FOLDS), none)
    scores[:, none] += extra
    temperature = calibrate(scores, right)
    top = np.argsort(-scores, axis=1)[:, :3]
    first = float(np.mean(top[:, 0] == np.array(right)))
    three = float(np.mean((top == np.array(right)[:, None]).any(axis=1)))
    names, weights, bias = fit(matrix, intents)
    bias[none] += extra
    np.savez_compressed(
        Path(__file__).with_name(WEIGHTS),
        intents=np.array(names),
        matrix=weights.astype(np.float16),
        bias=bias,
        examples=(matrix[:, :VECTOR] / VECTOR_SCALE).astype(np.float16),
        places=places_of(intents, names),
        temperature=np.array(temperature),
        known=np.array(known),
        targets=np.array(targets),
        fingerprint=np.array(corpus.fingerprint()),
    )
    sys.stdout.write(
        f"{len(examples)} examples, {len(names)} classes; a style left out: first {first:.3f}, "
        f"first three {three:.3f}; temperature {temperature:.2f}; refusal bias {extra:.1f}\n"
    )


if __name__ == "__main__":
    main()
