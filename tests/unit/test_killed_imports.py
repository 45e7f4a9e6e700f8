"""kill -9 at random moments of an import: the workspace opens on the old data or on the new, whole, and is swept."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from analytics.datamodel.model import Corrections
from analytics.importing import Cancelled, import_files, import_in_child, open_study
from analytics.importing.study_file import ARCHIVE
from analytics.workspace import Workspace, sweep_scratch

TODAY = date(2025, 7, 1)
ROOT = Path(__file__).resolve().parents[2]
Totals = tuple[object, ...]


def purchases(path: Path, customers: int) -> Path:
    """A cp1252 French file of purchases: 24 lines a customer."""
    lines = ["N° client;Date d'achat;Montant TTC (€);Magasin"]
    for customer in range(customers):
        lines += [
            f"C{customer:05d};{1 + customer % 27:02d}/{1 + month % 12:02d}/{2023 + month // 12};{10 + customer % 7},50;Orléans"
            for month in range(24)
        ]
    path.write_text("\n".join(lines) + "\n", encoding="cp1252")
    return path


def irregular(path: Path, customers: int) -> Path:
    """The same purchases between a preamble and a total, with comments, blank, short and long lines, and the header again."""
    header, *rows = purchases(path, customers).read_text(encoding="cp1252").splitlines()
    lines = ["Exporté le 01/07/2025", "", header]
    for i, row in enumerate(rows):
        odd = {100: ["# lot", row], 300: [header, row], 500: ["", row], 700: [f"{row};;"], 900: [row, "Total;;12,50"],
               1100: [row.replace("Orléans", '"Orléans ""Centre""\n; étage"')], 1300: [row.removesuffix(";Orléans")]}  # fmt: skip
        lines += odd.get(i % 1500, [row])
    path.write_text("\n".join([*lines, "Total;;1 234,00"]) + "\n", encoding="cp1252")
    return path


def totals(workspace: Workspace) -> Totals:
    """What the workspace holds, by its own tables: lines loaded, lines said, customers, orders, money."""
    study = open_study(workspace)
    try:
        loaded = study.database.row("SELECT count(*), sum(c2) FROM t0")
        return (*loaded, study.model.tables[0].rows, *study.row("SELECT COUNT(*), SUM(orders), SUM(amount) FROM customers"))
    finally:
        study.database.close()


def start(workspace: Workspace, path: Path, scratch: Path) -> subprocess.Popen[bytes]:
    """Begin an import as the app does, in a child whose passing files go to `scratch`."""
    request = {
        "workspace": str(workspace.folder), "paths": [str(path)], "names": {}, "today": TODAY.isoformat(),
        "corrections": ARCHIVE.dump(Corrections()),
    }  # fmt: skip
    child = subprocess.Popen(
        [sys.executable, "-m", "analytics.importing"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, cwd=ROOT,
        env={**os.environ, "TMPDIR": str(scratch)}, start_new_session=True,
    )  # fmt: skip
    assert child.stdin is not None
    child.stdin.write(json.dumps(request).encode())
    child.stdin.close()
    return child


def kill_at_random(
    kills: int, folder: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[Path, int], Path] = purchases
) -> dict[str, int]:
    """Kill so many imports of one of two files, each at a moment drawn over the whole import; count what was left."""
    scratch = folder / "scratch"
    scratch.mkdir()
    files = [write(folder / "a.csv", 400), write(folder / "b.csv", 700)]
    expected = list[Totals]()
    for i, path in enumerate(files):
        apart = Workspace(folder / f"apart-{i}")
        import_files(apart, [path], today=TODAY)
        expected.append(totals(apart))
    workspace, rng = Workspace(folder / "workspace"), random.Random(int(os.environ.get("SEED", "0")))
    began = time.monotonic()
    assert start(workspace, files[0], scratch).wait() == 0
    whole, held = time.monotonic() - began, 0
    outcomes = {"old": 0, "new": 0, "leftovers": 0}
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    for _ in range(kills):
        wanted = 1 - held
        child = start(workspace, files[wanted], scratch)
        time.sleep(rng.uniform(0.1, 1.1) * whole)
        child.send_signal(signal.SIGKILL)
        child.wait()
        found = totals(workspace)
        assert found in expected, "a table neither old nor new"
        assert found == expected[held] or found == expected[wanted]
        outcomes["new" if found == expected[wanted] else "old"] += 1
        held = expected.index(found)
        outcomes["leftovers"] += bool(list(workspace.folder.glob("work-*")) or list(scratch.iterdir()))
        workspace.sweep()
        kept = workspace.data_path
        assert kept is not None and sorted(p.name for p in workspace.folder.iterdir()) == ["current", kept.name]
        assert not list(scratch.iterdir())
    return outcomes


@pytest.mark.parametrize("write", [purchases, pytest.param(irregular, marks=pytest.mark.slow)])
def test_ten_kills(write: Callable[[Path, int], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten kills: never a partial table, and some of them came while files were being written."""
    outcomes = kill_at_random(10, tmp_path, monkeypatch, write)
    assert outcomes["old"] + outcomes["new"] == 10 and outcomes["leftovers"] > 0


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("write", [purchases, irregular])
def test_a_hundred_kills(write: Callable[[Path, int], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred kills: the same, and both outcomes were seen."""
    outcomes = kill_at_random(100, tmp_path, monkeypatch, write)
    assert outcomes["old"] + outcomes["new"] == 100 and min(outcomes.values()) > 0


def test_what_a_dead_process_left_goes_and_what_a_living_one_uses_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Scratch folders carry the number of their process."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    for owner in (dead.pid, os.getpid()):
        (tmp_path / f"noces-spill-{owner}-x").mkdir()
    (tmp_path / "noces-something-else").mkdir()
    sweep_scratch()
    assert {p.name for p in tmp_path.iterdir()} == {f"noces-spill-{os.getpid()}-x", "noces-something-else"}


def test_a_data_file_nobody_points_to_is_swept(tmp_path: Path) -> None:
    """Killed between the renaming of the data file and that of its pointer."""
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, [purchases(tmp_path / "a.csv", 50)], today=TODAY)
    kept = workspace.data_path
    (workspace.folder / "data-0123.duckdb").write_bytes(b"x")
    (workspace.folder / "current-0123").write_text("data-0123.duckdb")
    workspace.sweep()
    assert kept is not None and sorted(p.name for p in workspace.folder.iterdir()) == ["current", kept.name]


@pytest.mark.parametrize("write", [purchases, irregular])
@pytest.mark.parametrize("apart", [False, True], ids=["here", "in-a-child"])
@pytest.mark.parametrize("stage", ["reading", "loading", "understanding", "reducing"])
def test_cancelled_at_any_stage_the_workspace_is_as_it_was(
    stage: str, apart: bool, write: Callable[[Path, int], Path], tmp_path: Path
) -> None:
    """The person changes their mind while each stage is under way."""
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, [purchases(tmp_path / "a.csv", 50)], today=TODAY)
    before, kept, reached = totals(workspace), workspace.data_path, list[str]()
    read = import_in_child if apart else import_files
    with pytest.raises(Cancelled):
        read(workspace, [write(tmp_path / "b.csv", 3000)], today=TODAY,
             progress=lambda name, _: reached.append(name), cancelled=lambda: stage in reached)  # fmt: skip
    assert reached[-1] == stage or apart
    assert (totals(workspace), workspace.data_path) == (before, kept)
    assert kept is not None and sorted(p.name for p in workspace.folder.iterdir()) == ["current", kept.name]
