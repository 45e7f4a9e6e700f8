"""A question in plain French or English gets the right number, or none: never a wrong one said with confidence.

The answers are worked out by pandas from the files themselves (`boutique.py` ... beside this file); the authors of the
reader wrote the questions and mended what they showed, so the level is flattering for questions of other writers.
"""

from collections import Counter

import pytest

from tests.understanding.answers.files import WORLDS
from tests.understanding.answers.scoring import score, score_trade
from tests.understanding.answers.trades import TRADES

_LONG = ("boutique", "online")  # half a minute between them: in `make slow`


@pytest.mark.parametrize("world", [pytest.param(world, marks=pytest.mark.slow) if world in _LONG else world for world in WORLDS])
def test_numbers_are_right(world):
    verdicts = score((world,))
    counts = Counter(verdict.outcome for verdict in verdicts)
    assert not [(verdict.question, verdict.got) for verdict in verdicts if verdict.outcome == "wrong"]
    assert counts["right"] >= 0.97 * len(verdicts)


@pytest.mark.parametrize("trade", TRADES)
def test_numbers_are_right_on_the_files_of_other_trades(trade):
    verdicts = score_trade(trade)
    assert [(verdict.question, verdict.expected, verdict.got) for verdict in verdicts if verdict.outcome != "right"] == []
