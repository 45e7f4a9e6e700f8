"""What was learnt of labelled columns: sound as data, never learnt from what is measured, and heard where the rules know no word."""

from __future__ import annotations

from importlib.resources import files

import pytest

from analytics.datamodel.learned.weighing import PLAIN
from analytics.datamodel.learned.weights import SIZE, read_weights
from analytics.datamodel.roles import Role, TableKind
from tests.roles.learn import fingerprint, headers_of, list_examples, shares_headers, unmeasured_rows
from tests.roles.rows import header_rows
from tests.roles.specs import labelled, ordinary

_CLASSES = {"columns.npz": {role.value for role in Role} | {PLAIN}, "kinds.npz": {kind.value for kind in TableKind}}


@pytest.mark.parametrize("name", _CLASSES)
def test_the_weights_are_whole_and_small(name: str) -> None:
    """Every class is a role or a kind of the closed lists; a file stays light enough to travel with the code."""
    weights = read_weights(name)
    assert set(weights.classes) <= _CLASSES[name]
    assert weights.table.shape == (SIZE, len(weights.classes))
    assert len(files("analytics.datamodel.learned").joinpath(name).read_bytes()) < 1_500_000


def test_chances_sum_to_one_whatever_is_told() -> None:
    """Facts never met leave the classes as frequent as they are."""
    for told in ({}, {"w:never met": 1.0}, {"t:number": 1.0, "c:amount": 1.0}):
        chances = read_weights("columns.npz").probabilities(told)
        assert sum(chances.values()) == pytest.approx(1.0, abs=1e-4)
        assert min(chances.values()) >= 0


def test_what_is_learnt_from_stands_in_the_closed_lists() -> None:
    """Header rows and headers alone, both languages; an unknown role or kind would raise."""
    rows = header_rows()
    assert {table.language for table in rows} == {"fr", "en"}
    assert len(rows) >= 1_000
    assert sum(1 for _ in list_examples()) >= 10_000


def test_nothing_is_learnt_from_a_measured_table() -> None:
    """No header row that is learnt from shares half its headers with a measured table; those that do are left out."""
    tables = (*(table for table in labelled() if table.test), *ordinary())
    measured = [headers_of(file) for table in tables for file in table.files if file.header]
    kept = unmeasured_rows()
    learnt = [headers_of(row.files[0]) for row in kept]
    assert not any(shares_headers(mine, headers) for mine in learnt for headers in measured)
    assert 0 < len(header_rows()) - len(kept) < 0.1 * len(header_rows())  # famous tables come back in every writer's memory


@pytest.mark.parametrize("name", _CLASSES)
def test_the_weights_are_those_of_what_is_learnt_from(name: str) -> None:
    """A word, a label or a header row changed is learnt before it is shipped."""
    assert read_weights(name).fingerprint == fingerprint(), "what roles are learnt from changed: run `make learn`"
