"""The corpus and its damaged files give the same tables read line by line as read in blocks, however short the blocks."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.hostile.test_hostile import CASES
from tests.hostile.test_mutants import mutant
from tests.unit.files.irregular import LINE_BY_LINE, read

TEXTS = [case for case in CASES if case.data[:2] != b"PK"]
BLOCKS = (40, 150, 1_000, 1 << 20)


def alike(data: bytes, folder: Path, block: int) -> bool:
    """Whether a file reads the same both ways."""
    folder.mkdir()
    path = folder / "upload.bin"
    path.write_bytes(data)
    return read(path, folder / "lines", LINE_BY_LINE) == read(path, folder / "blocks", block)


@pytest.mark.parametrize("short", [pytest.param(True, marks=pytest.mark.slow), pytest.param(False, marks=pytest.mark.slow)])
def test_the_corpus(tmp_path: Path, short: bool) -> None:
    """Every text of the corpus, in blocks of two lengths; the long one is how files are read, and `test_corpus.py` knows what it should give."""
    wrong = [
        case.name for case in TEXTS
        if not alike(case.data, tmp_path / case.name, max(60, len(case.data) // 60) if short else 1 << 20)
    ]  # fmt: skip
    assert wrong == [] and len(TEXTS) > 120


def test_five_hundred_mutants(tmp_path: Path) -> None:
    """The same 500 damaged files that must be read or refused; workbooks know no blocks."""
    start = int(os.environ.get("SEED", "0")) * 10_000
    texts = {seed: data for seed in range(start, start + 500) if (data := mutant(seed))[:2] != b"PK"}
    wrong = [seed for seed, data in texts.items() if not alike(data, tmp_path / str(seed), BLOCKS[seed % len(BLOCKS)])]
    assert wrong == [] and len(texts) > 350


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_six_thousand_mutants(tmp_path: Path) -> None:
    """6,000 others."""
    texts = {seed: data for seed in range(1_000_000, 1_006_000) if (data := mutant(seed))[:2] != b"PK"}
    assert [seed for seed, data in texts.items() if not alike(data, tmp_path / str(seed), BLOCKS[seed % 4])] == []
