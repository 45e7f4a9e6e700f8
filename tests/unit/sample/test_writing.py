"""Cells are written as French and English exports write them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as some

from assistant.sample.writing import NO_DAY, Habits, TableFile
from vocabulary.language import Text

FRENCH, ENGLISH = Habits("fr"), Habits("en")


def test_dates() -> None:
    days = np.array([0, 20_726, NO_DAY])
    assert FRENCH.dates(days).to_pylist() == ["01/01/1970", "30/09/2026", ""]
    assert ENGLISH.dates(days).to_pylist() == ["1970-01-01", "2026-09-30", ""]


def test_flags_and_empty_cells() -> None:
    assert FRENCH.flags(np.array([True, False])).to_pylist() == ["Oui", "Non"]
    assert FRENCH.labels(np.array([0, -1]), [Text("Salon", "Fair")]).to_pylist() == ["Salon", ""]
    assert ENGLISH.integers(np.array([3, -1])).to_pylist() == ["3", ""]
    assert FRENCH.decimals(np.array([2.25, 41.0, np.nan])).to_pylist() == ["2,2", "41,0", ""]
    assert ENGLISH.identifiers("C", np.array([12, -1]), 4).to_pylist() == ["C0012", ""]


@given(some.lists(some.integers(0, 10**11), min_size=1, max_size=20))
def test_money_reads_back_to_the_cent(cents: list[int]) -> None:
    french = FRENCH.money(np.array(cents)).to_pylist()
    english = ENGLISH.money(np.array(cents)).to_pylist()
    assert [round(float(cell) * 100) for cell in english] == cents
    assert [cell.replace(",", ".") for cell in french] == english


def test_a_word_holding_the_separator_is_quoted(tmp_path: Path) -> None:
    words = [Text("oui ; non", 'yes, "no"')]
    with TableFile(tmp_path, Text("mots", "words"), [Text("a", "a"), Text("b", "b")], ENGLISH) as file:
        file.write([ENGLISH.labels(np.array([0]), words), ENGLISH.integers(np.array([1]))])
    assert file.path.read_bytes() == b'a,b\n"yes, ""no""",1\n'
    assert FRENCH.labels(np.array([0]), words).to_pylist() == ['"oui ; non"']


def test_blocks_follow_each_other_and_slices_are_written_whole(tmp_path: Path) -> None:
    cells = pa.array(["é", "b", "c"])
    with TableFile(tmp_path, Text("t", "t"), [Text("a", "a"), Text("b", "b")], FRENCH) as file:
        file.write([cells.slice(1), cells.slice(0, 2)])
        file.write([cells.slice(0, 0), cells.slice(0, 0)])
        file.write([cells.slice(2), cells.slice(2)])
    assert file.path.read_bytes().decode("utf-8-sig") == "a;b\r\nb;é\r\nc;b\r\nc;c\r\n"


def test_a_missing_column_is_refused(tmp_path: Path) -> None:
    file = TableFile(tmp_path, Text("t", "t"), [Text("a", "a"), Text("b", "b")], FRENCH)
    with file, pytest.raises(ValueError, match="1 columns for 2 names"):
        file.write([pa.array(["x"])])
