"""What is named as going with departures, on planted files: the confounding that a hasty reading falls for is not."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analytics.catalog import Runner
from analytics.churn import churn_drivers
from analytics.importing import import_files, open_study
from analytics.workspace import Workspace
from vocabulary.finding import Finding

TODAY = date(2026, 10, 1)


def drivers_of(folder: Path, **tables: pd.DataFrame) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    """Import these tables as files; give the items by feature, and why each other column was set aside."""
    paths = [folder / f"{name}.csv" for name in tables]
    for path, frame in zip(paths, tables.values(), strict=True):
        frame.to_csv(path, index=False)
    workspace = Workspace(folder / "workspace")
    import_files(workspace, paths, today=TODAY)
    study = open_study(workspace)
    try:
        found = Runner(study, [churn_drivers.ANALYSIS]).run("churn_drivers")
    finally:
        study.database.close()
    assert isinstance(found, Finding), found
    return {item["feature"]: dict(item) for item in found.items}, {s.column: s.why.value for s in found.set_aside}


def test_what_newcomers_are_given_is_not_why_they_leave(tmp_path: Path) -> None:
    """A launch offer made to newcomers and a badge won with age: both go with departures, through the age alone.

    Truth: the odds of having left fall with the age reached; only `bug_signale` (odds ratio 2) acts at equal age.
    """
    rng = np.random.default_rng(22)
    n = 5000
    tenure = np.ceil(rng.exponential(25, n))
    offer, badge = rng.random(n) < np.where(tenure < 8, 0.8, 0.05), rng.random(n) < np.clip(tenure / 80, 0, 0.9)
    bug = rng.random(n) < 0.25
    gone = rng.random(n) < 1 / (1 + np.exp(-(1.6 - 1.1 * np.log1p(tenure) + np.log(2) * bug)))
    words = {True: "oui", False: "non"}
    people = pd.DataFrame({
        "client": [f"T{i}" for i in range(n)], "anciennete_mois": tenure, "offre_lancement": pd.Series(offer).map(words),
        "badge_or": pd.Series(badge).map(words), "bug_signale": pd.Series(bug).map(words), "resilie": gone,
    })  # fmt: skip
    raw = people.groupby("offre_lancement")["resilie"].mean()
    assert raw["oui"] > 1.5 * raw["non"]
    items, aside = drivers_of(tmp_path, clients=people)
    assert set(items) == {"bug_signale"}
    assert items["bug_signale"]["kind"].value == "cause"
    assert items["bug_signale"]["low"] <= 2.0 <= items["bug_signale"]["high"]
    assert aside["anciennete_mois"] == "clock"
