"""BM25 against the published formula, worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from knowledge.bm25 import BM25


def test_scores_follow_the_formula() -> None:
    """Robertson & Zaragoza 2009, eq. 3.15, with the +1 inside the logarithm (Lucene): k1 = 1.2, b = 0.75.

    Two documents of 3 and 1 words (mean 2). "trial" is in the first only, twice: idf = ln(1 + 1.5/1.5) = ln 2;
    norm = 1.2 (0.25 + 0.75 x 3/2) = 1.65; score = ln 2 x 2 x 2.2 / (2 + 1.65).
    """
    index = BM25([["trial", "trial", "free"], ["price"]])
    assert index.scores(["trial"]) == pytest.approx([math.log(2) * 4.4 / 3.65, 0.0])


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    """What makes BM25 better than counting."""
    index = BM25([["card", "nps"], ["card", "price"], ["card", "trial"]])
    scores = index.scores(["card", "nps"])
    assert scores[0] > 2 * scores[1]


def test_repeating_a_word_in_the_question_changes_nothing() -> None:
    """A manager who insists asks the same thing."""
    index = BM25([["card"], ["price"]])
    np.testing.assert_array_equal(index.scores(["card", "card"]), index.scores(["card"]))


def test_empty_things() -> None:
    """No document, an empty document, an empty question, an unknown word."""
    assert BM25([]).scores(["card"]).shape == (0,)
    assert BM25([[]]).scores(["card"]).tolist() == [0.0]
    assert BM25([["card"]]).scores([]).tolist() == [0.0]
    assert BM25([["card"]]).scores(["trial"]).tolist() == [0.0]
