"""The level of the reading of the labelled tables (`docs/roles.md`), held: it may rise, it may not fall.

The test half was labelled by others than the tuner, before anything read it, and is never looked at; all the rest is.
"""

from __future__ import annotations

import functools
from itertools import combinations

import pytest

from tests.roles.agreement import READERS, agreement, answers
from tests.roles.score import KEY_ROLES, figures, measure
from tests.roles.specs import labelled, ordinary, waiting


@functools.cache
def _measured(test: bool):
    return figures([measure(table) for table in labelled() if table.test is test])


def test_the_set_is_large_enough():
    """At least sixty uploads kept apart, twenty-five of them in French."""
    blind = [table for table in labelled() if table.blind]
    measured = [table for table in blind if table.test]
    assert len(measured) >= 60
    assert sum(table.language == "fr" for table in measured) >= 25
    assert 0.4 < len(measured) / len(blind) < 0.6


def test_what_waits_to_be_learnt_from_is_no_table_twice():
    """Sets looked at stand once, so that moving one to the tables is all there is to do."""
    names = [table.name for table in (*waiting(), *labelled(), *ordinary())]
    assert waiting() and len(names) == len(set(names))


_HALVES = [pytest.param(False, id="tuning", marks=pytest.mark.slow), pytest.param(True, id="test", marks=pytest.mark.slow)]
_LEAST = {
    False: {"roles": 0.96, "customer": 0.95, "date": 0.93, "amount": 0.94, "label": 0.96, "lost": 0.8, "kinds": 0.98},
    True: {"roles": 0.93, "customer": 0.935, "date": 0.93, "amount": 0.9, "label": 0.92, "lost": 0.88, "kinds": 0.935, "keys": 0.945},
}


@pytest.mark.parametrize("test", _HALVES)
def test_what_is_read_right(test):
    """The aim is 98 % of the four that matter and 92 % of all: what is reached is held (`docs/roles.md`)."""
    found, least = _measured(test), _LEAST[test]
    assert {name: found[name] for name in least if found[name] < least[name]} == {}


@functools.cache
def _usual():
    return figures([measure(table) for table in ordinary()])


@pytest.mark.slow
def test_ordinary_uploads_are_read_right():
    """Usual files by writers who saw nothing else: measured, never looked at (the sets of before were looked at once measured, and this one is new)."""
    found = _usual()
    assert {name: found[name] for name, least in _USUAL.items() if found[name] < least} == {}
    assert found["lost_wrong"] == 0 and found["ece"] <= 0.05


_USUAL = {"roles": 0.92, "customer": 0.94, "date": 0.98, "amount": 0.95, "label": 0.94, "lost": 0.9, "kinds": 0.95}


@pytest.mark.parametrize("test", _HALVES)
def test_nobody_is_called_lost_for_a_reason_that_is_not_one(test):
    """No wrong label, no label upside down, no end that is no departure: but one upload of the half never looked at."""
    assert _measured(test)["lost_wrong"] <= (1 if test else 0)


def test_people_agree_on_the_four_that_matter_more_than_the_detector_does():
    """What `docs/roles.md` says of three readers: the files do tell, what is left is not a matter of taste."""
    said = [answers(path) for path in sorted(READERS.glob("*.tsv"))]
    for role in KEY_ROLES.values():
        pairs = [agreement(one, other, role.value)[0] for one, other in combinations(said, 2)]
        assert len(pairs) == 3 and min(pairs) >= 0.94, role


def test_confidence_says_the_share_that_is_right():
    """Mean gap between confidence and truth, on the half never looked at."""
    assert _measured(True)["ece"] <= 0.05
