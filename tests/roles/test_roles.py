"""The level of the reading of the labelled tables (`docs/roles.md`), held: it may rise, it may not fall.

The test half was labelled before anything read it and is never looked at; the two practice sets and the tuning half are.
"""

from __future__ import annotations

import functools

import pytest

from tests.roles.score import figures, measure
from tests.roles.specs import labelled


@functools.cache
def _measured(test: bool):
    return figures([measure(table) for table in labelled() if table.test is test])


def test_the_set_is_large_enough():
    """At least sixty tables, twenty-five of them in French, half of them kept apart."""
    own = [table for table in labelled() if not table.practice]
    assert len(own) >= 60
    assert sum(table.language == "fr" for table in own) >= 25
    assert 0.4 < sum(table.test for table in own) / len(own) < 0.6


@pytest.mark.parametrize(
    ("test", "least"),
    [
        (False, {"roles": 0.96, "customer": 0.94, "date": 0.97, "amount": 0.94, "label": 0.99, "lost": 0.98, "kinds": 0.94}),
        (True, {"roles": 0.90, "customer": 0.88, "date": 0.87, "amount": 0.85, "label": 0.92, "lost": 0.95, "kinds": 0.87, "keys": 0.9}),
    ],
    ids=["tuning", "test"],
)
def test_what_is_read_right(test, least):
    found = _measured(test)
    assert {name: found[name] for name in least if found[name] < least[name]} == {}


@pytest.mark.parametrize("test", [False, True], ids=["tuning", "test"])
def test_nobody_is_called_lost_for_a_reason_that_is_not_one(test):
    """No wrong label, no label upside down, no end date that is not a departure."""
    assert _measured(test)["lost_wrong"] == 0


def test_confidence_says_the_share_that_is_right():
    """Mean gap between confidence and truth, on the half never looked at."""
    assert _measured(True)["ece"] <= 0.05
