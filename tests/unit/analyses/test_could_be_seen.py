"""« Non » where a doubling of the risk would have been seen, « pas assez de cas » where it would not: in both languages, with the size."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.catalog import Runner
from analytics.churn import churn_drivers
from analytics.importing import import_files, open_study
from analytics.workspace import Workspace
from tests.unit.analyses.test_churn_drivers import TODAY
from vocabulary.finding import Finding


def _members(n: int) -> pd.DataFrame:
    """Members of a rowing club. Truth: a locker, had by one in eight, and the landing stage they row from change nothing to who leaves."""
    rng = np.random.default_rng(4)
    joined = pd.Timestamp("2024-01-05") + pd.to_timedelta(rng.integers(0, 500, n), "D")
    stays = np.round(rng.exponential(900, n)) + 20
    left = [day + pd.Timedelta(days=one) for day, one in zip(joined, stays, strict=True)]
    return pd.DataFrame({
        "member_no": [f"M{i:05d}" for i in range(n)], "joined_on": joined, "left_on": [day if day < pd.Timestamp("2026-09-25") else None for day in left],
        "locker": np.where(rng.random(n) < 0.125, "yes", "no"), "landing_stage": rng.choice(["North", "Mill", "Ferry"], n, p=[0.45, 0.45, 0.1]),
    })  # fmt: skip


def _said(folder: Path, n: int, factor: str, value: str | None = None) -> tuple[str, str]:
    _members(n).to_csv(folder / "members.csv", index=False)
    workspace = Workspace(folder / "w")
    import_files(workspace, [folder / "members.csv"], today=TODAY)
    study = open_study(workspace)
    try:
        found = Runner(study, [churn_drivers.ANALYSIS]).run("churn_drivers", {"factor": factor, "value": value})
    finally:
        study.database.close()
    assert isinstance(found, Finding), found
    return found.claim.render("fr"), found.claim.render("en")


@pytest.mark.parametrize(("factor", "value"), [("locker", None), ("landing_stage", "Ferry"), ("landing_stage", None)])
def test_few_cases_do_not_say_no(tmp_path: Path, factor: str, value: str | None) -> None:
    french, english = _said(tmp_path, 320, factor, value)
    assert french.startswith("Pas assez de cas pour le dire :".replace(" :", "\u00a0:")) and "fois la cote n’est pas exclu" in french
    assert english.startswith("Not enough cases to tell:") and "times higher are not excluded" in english


@pytest.mark.parametrize(("factor", "value"), [("locker", None), ("landing_stage", "Ferry"), ("landing_stage", None)])
def test_many_cases_do(tmp_path: Path, factor: str, value: str | None) -> None:
    french, english = _said(tmp_path, 6000, factor, value)
    assert french.startswith("Non, pas d’après vos données") and english.startswith("No, not by your data")
