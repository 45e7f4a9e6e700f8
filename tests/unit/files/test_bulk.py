"""What is read block by block is exactly what is read line by line: rows, lines set aside, words said."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.unit.files.irregular import LINE_BY_LINE, export, read

BLOCKS = (61, 300, 2_000, 1 << 20)


def differing(seeds: range, folder: Path) -> tuple[list[int], int]:
    """The seeds whose file is not read alike both ways, and how many are read at all."""
    wrong, tables = list[int](), 0
    for seed in seeds:
        path = folder / f"{seed}.csv"
        path.write_bytes(export(seed))
        careful = read(path, folder / f"{seed}-lines", LINE_BY_LINE)
        fast = read(path, folder / f"{seed}-blocks", BLOCKS[seed % len(BLOCKS)])
        if fast != careful:
            wrong.append(seed)
        tables += not isinstance(careful, str)
    return wrong, tables


def test_a_thousand_irregular_files_are_read_alike_both_ways(tmp_path: Path) -> None:
    start = int(os.environ.get("SEED", "0")) * 10_000
    wrong, tables = differing(range(start, start + 1_000), tmp_path)
    assert wrong == [] and tables > 900


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_twenty_thousand_irregular_files_are_read_alike_both_ways(tmp_path: Path) -> None:
    wrong, _ = differing(range(1_000_000, 1_020_000), tmp_path)
    assert wrong == []
