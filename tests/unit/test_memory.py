"""Corrections are remembered for the next upload of the same shape, said, and forgotten when they are taken back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from analytics.datamodel.model import Choice, Corrections, Money
from analytics.datamodel.roles import Role, TableKind
from analytics.importing import correct, corrections_of, import_files, open_study
from analytics.study import Study
from analytics.workspace import Workspace
from tests.unit.datamodel.worlds import TODAY, Files, shop, write_files


@contextmanager
def study_of(workspace: Workspace) -> Iterator[Study]:
    study = open_study(workspace)
    try:
        yield study
    finally:
        study.database.close()


def load(workspace: Workspace, files: Files, folder: Path, **given: object) -> None:
    folder.mkdir(exist_ok=True)
    import_files(workspace, write_files(files, folder), today=TODAY, corrections=Corrections(**given))  # type: ignore[arg-type]


def month(seed: int, name: str) -> Files:
    """Another month's files: other names, other rows, the same headers, written with other capitals."""
    files = shop(seed)
    return {f"clients_{name}.csv": files["clients.csv"],
            f"achats_{name}.csv": [{key.upper(): value for key, value in row.items()} for row in files["achats.csv"]]}  # fmt: skip


def test_the_next_month_is_read_as_the_last_one_was_corrected(tmp_path: Path) -> None:
    """Roles, kind, lost, health and money said once hold for the next files of the same headers, whatever their names."""
    workspace = Workspace(tmp_path / "w")
    load(workspace, shop(1), tmp_path / "a")
    said = Corrections(
        tables={"clients.csv": TableKind.CUSTOMERS},
        columns={"achats.csv": {"magasin": Role.SALE_CHANNEL, "moyen_paiement": None}, "clients.csv": {"note": None}},
        lost_days=77, health={"duplicate_rows": Choice.IGNORE}, money=Money(returns="gross"),
    )  # fmt: skip
    correct(workspace, said, TODAY)
    load(workspace, month(2, "mars"), tmp_path / "b")
    with study_of(workspace) as study:
        model, kept = study.model, corrections_of(study.database)
        roles = {binding.name: binding.role for binding in model.bindings if binding.corrected}
        assert roles["MAGASIN"] is Role.SALE_CHANNEL
        assert "MOYEN_PAIEMENT" not in {binding.name for binding in model.bindings}
        assert (model.lost.days, model.money.returns) == (77, "gross")
        assert kept.health == {"duplicate_rows": Choice.IGNORE}
        notes = [note.render("fr") for table in model.tables for note in table.notes]
        assert any("MAGASIN" in note and "reprises" in note for note in notes)


def test_what_is_said_now_wins(tmp_path: Path) -> None:
    """A correction given with the new files is not covered by the old one."""
    workspace = Workspace(tmp_path / "w")
    load(workspace, shop(1), tmp_path / "a", columns={"achats.csv": {"magasin": Role.SALE_CHANNEL}}, lost_days=77)
    load(workspace, shop(2), tmp_path / "b", columns={"achats.csv": {"magasin": Role.STORE}}, lost_days=200)
    with study_of(workspace) as study:
        assert next(b.role for b in study.model.bindings if b.name == "magasin") is Role.STORE
        assert study.model.lost.days == 200


def test_a_correction_taken_back_is_forgotten(tmp_path: Path) -> None:
    """Corrected, then corrected back: the next upload is read without it."""
    workspace = Workspace(tmp_path / "w")
    load(workspace, shop(1), tmp_path / "a", columns={"achats.csv": {"magasin": Role.SALE_CHANNEL}}, lost_days=77)
    correct(workspace, Corrections(), TODAY)
    load(workspace, shop(2), tmp_path / "b")
    with study_of(workspace) as study:
        assert corrections_of(study.database) == Corrections()
        assert study.model.lost.days != 77


def test_files_of_another_shape_recall_nothing(tmp_path: Path) -> None:
    """One header more is another file: nothing is guessed from memory; nor is anything shared between workspaces."""
    workspace = Workspace(tmp_path / "w")
    load(workspace, shop(1), tmp_path / "a", columns={"achats.csv": {"magasin": Role.SALE_CHANNEL}}, lost_days=77)
    other = shop(2)
    for row in [*other["achats.csv"], *other["clients.csv"]]:
        row["societe"] = "X"
    load(workspace, other, tmp_path / "b")
    with study_of(workspace) as study:
        assert corrections_of(study.database) == Corrections()
    elsewhere = Workspace(tmp_path / "v")
    load(elsewhere, shop(3), tmp_path / "c")
    with study_of(elsewhere) as study:
        assert corrections_of(study.database) == Corrections()
        assert study.as_of <= date(2025, 10, 31)
