"""The definition of lost corrected in one place: every analysis follows, and each figure is the one pandas counts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from analytics.catalog import Runner
from analytics.datamodel.model import Corrections
from analytics.importing import correct, import_files, open_study
from analytics.workspace import Workspace
from tests.unit.datamodel.worlds import TODAY, model_of, shop, write_files
from vocabulary.finding import Finding

_FOLLOWERS = ("lost_definition", "churn_rate", "relationship_overview")


@pytest.mark.parametrize("days", [60, 200, 400])
def test_one_correction_changes_every_analysis(days: int, tmp_path: Path) -> None:
    """A number of days set once: the share lost of each analysis is the share silent for longer, counted by hand."""
    files = shop(seed=21)
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files(files, tmp_path), today=TODAY)
    correct(workspace, Corrections(lost_days=days), TODAY)
    study = open_study(workspace)
    frame = pd.DataFrame(files["achats.csv"])
    last = pd.to_datetime(frame.groupby("id_client")["date_achat"].max())
    silent = (pd.Timestamp(study.as_of) - last).dt.days > days
    runner = Runner(study)
    for name in _FOLLOWERS:
        finding = runner.run(name)
        assert isinstance(finding, Finding), name
        shares = [m.value for m in finding.measures if m.value is not None and "lost" in m.name or m.name == "churn_rate"]
        assert any(share == pytest.approx(silent.mean(), abs=1e-9) for share in shares), (name, finding.measures)
    assert study.database.row("SELECT COUNT(*) FROM customers WHERE lost")[0] == int(silent.sum())
    study.database.close()


def test_the_sensitivity_is_what_pandas_counts(tmp_path: Path) -> None:
    """Each threshold tried and its share lost, recounted from the file."""
    files = shop(seed=22)
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files(files, tmp_path), today=TODAY)
    study = open_study(workspace)
    finding = Runner(study).run("lost_definition")
    assert isinstance(finding, Finding) and finding.table is not None and len(finding.table.rows) >= 4
    last = pd.to_datetime(pd.DataFrame(files["achats.csv"]).groupby("id_client")["date_achat"].max())
    for days, lost, share, *_ in finding.table.rows:
        silent = (pd.Timestamp(study.as_of) - last).dt.days > days
        assert (lost, share) == (int(silent.sum()), pytest.approx(silent.mean())), days
    assert study.as_of <= date(2025, 10, 31)
    study.database.close()


def test_a_reference_date_after_the_last_purchase_is_said_to_lengthen_silences() -> None:
    """Two months without data are no silence of the customers; a few days after the last purchase say nothing."""
    files = shop(seed=5)
    for day, warned in ((date(2025, 12, 31), True), (date(2025, 11, 5), False)):
        evidence = model_of(files, Corrections(as_of=day)).lost.evidence
        assert ("les fichiers s’arrêtent le" in evidence.render("fr")) is warned
        assert ("the files stop on" in evidence.render("en")) is warned
