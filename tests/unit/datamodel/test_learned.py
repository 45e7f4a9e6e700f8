"""What was learnt of labelled columns: sound as data, never learnt from what is measured, and heard where the rules know no word."""

from __future__ import annotations

from importlib.resources import files

import pytest

from analytics.datamodel.learned.weighing import PLAIN
from analytics.datamodel.learned.weights import SIZE, read_weights
from analytics.datamodel.roles import Role, TableKind
from tests.roles.learn import headers_of, list_examples, shares_headers
from tests.roles.rows import header_rows
from tests.roles.specs import labelled

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
    """A header row that shares half its headers with a measured table is left out."""
    measured = [headers_of(file) for table in labelled() if table.test for file in table.files if file.header]
    assert all(shares_headers(headers, headers) for headers in measured if len(headers) >= 4)
    left_out = [table for table in header_rows() if any(shares_headers(headers_of(table.files[0]), headers) for headers in measured)]
    assert left_out  # famous tables come back in every writer's memory
