"""From files to a study: what is published is whole, what fails leaves the workspace as it was."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from analytics.datamodel.model import Corrections, LostBasis
from analytics.datamodel.roles import Role
from analytics.importing import Cancelled, correct, corrections_of, import_files, import_in_child, open_study, rhythm_of
from analytics.importing.study_file import ARCHIVE
from analytics.measures.state import thresholds
from analytics.workspace import Workspace
from vocabulary.errors import FileProblem, TooSlow

TODAY = date(2025, 7, 1)
ROOT = Path(__file__).resolve().parents[2]


def purchases(folder: Path, customers: int = 60, name: str = "achats.csv") -> Path:
    """A French file of purchases: a steady customer buys every month, another stopped."""
    path = folder / name
    lines = ["N° client;Date d'achat;Montant TTC (€)"]
    for customer in range(customers):
        last = 12 if customer % 3 else 6
        for month in range(1, last + 1):
            lines.append(f"C{customer:04d};{1 + customer % 27:02d}/{month:02d}/2024;{10 + customer % 7},50")
        if customer % 3:
            lines += [f"C{customer:04d};{1 + customer % 27:02d}/{month:02d}/2025;{20 + customer % 5},00" for month in range(1, 7)]
    path.write_text("\n".join(lines) + "\n", encoding="cp1252")
    return path


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "workspace")


def totals(workspace: Workspace) -> tuple[object, ...]:
    study = open_study(workspace)
    try:
        return study.row("SELECT COUNT(*), SUM(orders), SUM(amount) FROM customers")
    finally:
        study.database.close()


def test_a_study_holds_all_that_was_understood(tmp_path: Path, workspace: Workspace) -> None:
    stages: list[str] = []
    import_files(workspace, [purchases(tmp_path)], today=TODAY, progress=lambda stage, share: stages.append(stage))
    assert list(dict.fromkeys(stages)) == ["reading", "loading", "understanding", "reducing", "publishing"]
    study = open_study(workspace)
    money = sum(
        (Decimal(10 + c % 7) + Decimal("0.5")) * (12 if c % 3 else 6) + (Decimal(20 + c % 5) * 6 if c % 3 else 0)
        for c in range(60)
    )
    assert study.row("SELECT COUNT(*), SUM(orders), SUM(amount) FROM customers") == (60, 40 * 18 + 20 * 6, money)
    assert study.tables == {"customers", "purchases", "customer_months"}
    assert study.model.find(Role.AMOUNT) is not None
    assert study.model.tables[0].rows == 40 * 18 + 20 * 6
    then = study.customers_at(date(2024, 12, 31))
    assert sum(then.column("orders").to_pylist()) == 40 * 12 + 20 * 6
    assert "silence" in thresholds(rhythm_of(study.database)) or study.model.lost.days is None
    study.database.close()


def test_a_sample_is_stable_and_about_the_size_asked(tmp_path: Path, workspace: Workspace) -> None:
    import_files(workspace, [purchases(tmp_path, customers=600)], today=TODAY)
    study = open_study(workspace)
    first, again = (study.customers_at(date(2025, 1, 31), sample=200) for _ in range(2))
    everyone = study.customers_at(date(2025, 1, 31))
    assert first.equals(again)
    assert 140 <= first.num_rows <= 260  # binomial(600, 1/3): mean 200, sd 11.5
    rows = {row["customer_id"]: row for row in everyone.to_pylist()}
    assert all(rows[row["customer_id"]] == row for row in first.to_pylist())
    study.database.close()


def test_the_same_files_give_the_same_tables(tmp_path: Path) -> None:
    """Deterministic: two imports agree to the last digit, row by row."""
    path = purchases(tmp_path)
    found = []
    for name in ("one", "two"):
        workspace = Workspace(tmp_path / name)
        import_files(workspace, [path], today=TODAY)
        study = open_study(workspace)
        found.append([study.rows(f"SELECT * FROM {t} ORDER BY ALL") for t in ("customers", "customer_months", "purchases")])
        assert study.rows("SELECT * FROM customers") == found[-1][0], "customers come in the order of their key"
        study.database.close()
    assert found[0] == found[1]


def test_corrections_are_remembered_and_change_the_answer(tmp_path: Path, workspace: Workspace) -> None:
    import_files(workspace, [purchases(tmp_path)], today=TODAY)
    before = workspace.data_path
    correct(workspace, Corrections(lost_days=45, as_of=date(2025, 6, 30)), TODAY)
    assert workspace.data_path != before
    study = open_study(workspace)
    assert study.model.lost.basis is LostBasis.DAYS
    assert corrections_of(study.database).lost_days == 45
    assert study.row("SELECT COUNT(*) FILTER (lost), COUNT(*) FROM customers") == (20, 60)
    study.database.close()


def test_a_bad_file_among_several_is_named_and_nothing_changes(tmp_path: Path, workspace: Workspace) -> None:
    good = purchases(tmp_path)
    import_files(workspace, [good], today=TODAY)
    before, kept = totals(workspace), workspace.data_path
    bad = tmp_path / "photo.csv"
    bad.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    with pytest.raises(FileProblem, match=r"photo\.csv"):
        import_files(workspace, [good, bad], today=TODAY)
    assert (totals(workspace), workspace.data_path) == (before, kept)
    assert sorted(p.name for p in workspace.folder.iterdir()) == sorted(["current", kept.name if kept else ""])


def test_files_that_name_no_customer_are_read(tmp_path: Path, workspace: Workspace) -> None:
    path = tmp_path / "ventes.csv"
    path.write_text("date;montant\n" + "\n".join(f"{d:02d}/01/2025;{d},50" for d in range(1, 29)) + "\n")
    import_files(workspace, [path], today=TODAY)
    study = open_study(workspace)
    try:
        assert study.sells_to_nobody and "customers" not in study.tables
        assert study.rows("SELECT count(*), sum(amount) FROM unnamed_purchases") == [(28, 420)]
    finally:
        study.database.close()


@pytest.mark.parametrize("foot", ["", "Total;;0,00\n"])
def test_headings_alone_are_a_sentence(tmp_path: Path, workspace: Workspace, foot: str) -> None:
    """An export of a period in which nothing happened."""
    path = tmp_path / "ventes.csv"
    path.write_text(f"N° client;Date d'achat;Montant TTC\n{foot}", encoding="utf-8")
    with pytest.raises(FileProblem) as caught:
        import_files(workspace, [path], today=TODAY)
    assert "a des titres de colonnes et aucune ligne" in caught.value.in_("fr") and workspace.data_path is None


def test_a_cancelled_import_leaves_nothing(tmp_path: Path, workspace: Workspace) -> None:
    with pytest.raises(Cancelled):
        import_files(workspace, [purchases(tmp_path)], today=TODAY, cancelled=lambda: True)
    assert list(workspace.folder.iterdir()) == []


def test_names_are_those_given(tmp_path: Path, workspace: Workspace) -> None:
    path = purchases(tmp_path, name="upload-7f3a")
    import_files(workspace, [path], today=TODAY, names={path: "achats 2024.csv"})
    study = open_study(workspace)
    assert [table.file for table in study.model.tables] == ["achats 2024.csv"]
    study.database.close()


def test_two_files_of_one_name_are_told_apart(tmp_path: Path, workspace: Workspace) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    paths = [purchases(tmp_path / "a", 30), purchases(tmp_path / "b", 20)]
    import_files(workspace, paths, today=TODAY)
    study = open_study(workspace)
    assert len({table.file for table in study.model.tables}) == 2
    study.database.close()


def test_the_child_does_the_same(tmp_path: Path, workspace: Workspace) -> None:
    path, stages = purchases(tmp_path), set[str]()
    import_in_child(workspace, [path], today=TODAY, progress=lambda stage, share: stages.add(stage))
    apart = Workspace(tmp_path / "apart")
    import_files(apart, [path], today=TODAY)
    assert totals(workspace) == totals(apart)
    assert "reducing" in stages


def test_the_child_tells_what_is_wrong(tmp_path: Path, workspace: Workspace) -> None:
    empty = tmp_path / "vide.csv"
    empty.write_bytes(b"")
    with pytest.raises(FileProblem) as problem:
        import_in_child(workspace, [empty], today=TODAY)
    assert "vide.csv" in problem.value.in_("fr")


def test_the_browser_takes_no_parquet(tmp_path: Path, workspace: Workspace) -> None:
    """Whatever its name says: the sentence sends to the command line, which takes it."""
    path = tmp_path / "achats.csv"
    table = pa.table({"client_id": [f"C{i % 13:03d}" for i in range(40)], "date": [date(2025, 1, 1 + i % 28) for i in range(40)], "montant": [1.5] * 40})
    parquet.write_table(table, path)
    with pytest.raises(FileProblem, match="command line"):
        import_in_child(workspace, [path], today=TODAY)
    assert workspace.data_path is None
    import_files(workspace, [path], today=TODAY)
    assert totals(workspace)[0] == 13


def test_the_child_is_stopped_on_demand_and_at_its_limit(tmp_path: Path, workspace: Workspace) -> None:
    path = purchases(tmp_path)
    import_files(workspace, [path], today=TODAY)
    before = totals(workspace)
    with pytest.raises(TooSlow):
        import_in_child(workspace, [path], today=TODAY, limit_seconds=0.05)
    with pytest.raises(Cancelled):
        import_in_child(workspace, [path], today=TODAY, cancelled=lambda: True)
    assert totals(workspace) == before
    assert not list(workspace.folder.glob("work-*"))


def test_an_import_killed_midway_leaves_the_workspace_as_it_was(tmp_path: Path, workspace: Workspace) -> None:
    """kill -9 while the data file is being written."""
    import_files(workspace, [purchases(tmp_path)], today=TODAY)
    before, kept = totals(workspace), workspace.data_path
    big = purchases(tmp_path, customers=3000, name="gros.csv")
    request = {
        "workspace": str(workspace.folder), "paths": [str(big)], "names": {}, "today": TODAY.isoformat(),
        "corrections": ARCHIVE.dump(Corrections()),
    }  # fmt: skip
    child = subprocess.Popen(
        [sys.executable, "-m", "analytics.importing"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )  # fmt: skip
    assert child.stdin is not None and child.stdout is not None
    child.stdin.write(json.dumps(request).encode())
    child.stdin.close()
    while json.loads(child.stdout.readline()).get("stage") != "understanding":
        pass
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    assert list(workspace.folder.glob("work-*")), "it was killed while it was writing"
    assert (totals(workspace), workspace.data_path) == (before, kept)
    import_files(workspace, [big], today=TODAY)
    assert totals(workspace) != before
    assert not list(workspace.folder.glob("work-*"))


def test_the_import_never_reads_its_sources_again(tmp_path: Path, workspace: Workspace) -> None:
    path = purchases(tmp_path)
    import_files(workspace, [path], today=TODAY)
    path.unlink()
    started = time.monotonic()
    correct(workspace, Corrections(lost_days=30), TODAY)
    assert time.monotonic() - started < 120
    assert totals(workspace)[0] == 60
