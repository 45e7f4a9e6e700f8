"""A figure or a kind of goods that the files do not hold is named; what is no matter of the house is still out of scope."""

import random
from datetime import date, timedelta

import pytest

from tests.unit.embedded.talks import converse, opened


@pytest.fixture(scope="module")
def toys(tmp_path_factory):
    draw, lines = random.Random(2), [["Order no", "Ordered on", "Customer no", "Toy", "Amount"]]
    for place in range(300):
        day = date(2024, 1, 1) + timedelta(days=draw.randrange(600))
        lines.append([f"T{place}", day.isoformat(), f"C{draw.randrange(70):03d}", draw.choice(["Bear", "Train"]), draw.randint(5, 50)])
    yield from opened(tmp_path_factory, "toys", {"orders.csv": lines})


@pytest.mark.parametrize(
    ("question", "named"),
    [("what margin do we make?", "margin"), ("quelle marge faisons-nous ?", "margins"), ("profit by toy", "margins"), ("which colour sells best?", "colour"), ("quelle couleur se vend le mieux ?", "couleur")],
)
def test_what_is_missing_is_named(toys, question, named):
    reading = converse(toys, question)[-1]
    assert reading.status == "cannot_answer"
    assert reading.sentence is not None
    assert named in reading.sentence.render("en")


@pytest.mark.parametrize("question", ["what is the weather tomorrow?", "quelle est la capitale de l'Italie ?", "which film won the Oscar?"])
def test_what_is_no_matter_of_the_house_is_declined(toys, question):
    assert converse(toys, question)[-1].status == "declined"


def test_what_is_held_is_answered(toys):
    assert converse(toys, "which toy sells best?")[-1].status == "answered"
