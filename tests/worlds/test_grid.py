"""Planted causes are found, decoys and leaks are not named, and silence is kept where there is nothing to say.

The truth is planted by `planted.py`; rates are told with Wilson intervals. `SEED=` reruns other worlds.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from analytics.catalog import Runner
from analytics.churn import churn_drivers
from analytics.importing import import_files, open_study
from analytics.statistics.intervals import wilson
from analytics.workspace import Workspace
from tests.worlds.planted import CAUSES, DECOYS, GRID, LEAK, SYMPTOM, TODAY, Cell, write
from vocabulary.finding import Finding

SEED = int(os.environ.get("SEED", "0"))
POWERED = [cell for cell in GRID if cell.power >= 0.8]
QUICK = [Cell("labelled", 3.0, 1_000, 0.3), Cell("purchases", 3.0, 1_000, 0.3)]
NULL = Cell("labelled", 1.0, 1_000, 0.3)


def drivers_of(cell: Cell, seed: int, folder: Path) -> list[dict[str, Any]]:
    """What `churn_drivers` names in a world, through the real files."""
    workspace = Workspace(folder / "workspace")
    import_files(workspace, write(cell, seed, folder), today=TODAY)
    study = open_study(workspace)
    try:
        found = Runner(study, [churn_drivers.ANALYSIS]).run("churn_drivers")
    finally:
        study.database.close()
    assert isinstance(found, Finding), found
    return [dict(item) for item in found.items]


def named(items: list[dict[str, Any]]) -> list[str]:
    """The features named as anything but a warning sign, first first."""
    return [item["feature"] for item in items if item["kind"].value != "symptom"]


def check(cell: Cell, seed: int, folder: Path) -> tuple[int, int]:
    """Planted causes among the first three, decoys named; leaks and symptoms are checked at once."""
    items = drivers_of(cell, seed, folder)
    names = named(items)
    assert LEAK not in [item["feature"] for item in items], "a leak was named"
    assert SYMPTOM not in names, "a symptom was told as a cause"
    return len(set(names[:3]) & set(CAUSES)), len(set(names) & set(DECOYS))


@pytest.mark.parametrize("cell", QUICK, ids=str)
def test_causes_are_found(cell: Cell, tmp_path: Path) -> None:
    found, decoys = check(cell, SEED, tmp_path)
    assert found == len(CAUSES)
    assert decoys == 0


def test_nothing_is_named_where_nothing_is(tmp_path: Path) -> None:
    assert named(drivers_of(NULL, SEED, tmp_path)) == []


@pytest.mark.slow
def test_the_grid(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where power is at least .8: at least 90 % of the planted causes in the first three, at most 5 % of decoys named."""
    assert len(GRID) >= 24
    found = decoys = 0
    for position, cell in enumerate(GRID):
        folder = tmp_path / str(position)
        folder.mkdir()
        hits, wrong = check(cell, SEED, folder)
        with capsys.disabled():
            print(f"  {cell} power {cell.power:.2f}: {hits} of 3 causes, {wrong} of 3 decoys")
        decoys += wrong
        if cell.power >= 0.8:
            found += hits
    with capsys.disabled():
        print("  causes", wilson(found, 3 * len(POWERED)), "decoys", wilson(decoys, 3 * len(GRID)))
    assert found / (3 * len(POWERED)) >= 0.9
    assert decoys / (3 * len(GRID)) <= 0.05


@pytest.mark.slow
def test_null_worlds(tmp_path: Path) -> None:
    """In 100 worlds where nothing explains departures, at most 8 name anything."""
    speaking = 0
    for seed in range(100):
        folder = tmp_path / str(seed)
        folder.mkdir()
        cell = replace(NULL, n=1_000 if seed % 2 else 3_000, rate=0.1 if seed % 4 < 2 else 0.3)
        speaking += bool(named(drivers_of(cell, SEED + seed, folder)))
    assert speaking <= 8, wilson(speaking, 100)
