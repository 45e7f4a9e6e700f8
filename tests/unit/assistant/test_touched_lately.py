"""What acts within days concerns those it has just happened to: a plan counts those of a quarter, and nobody it touched before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analytics.catalog import CATALOG, Runner
from analytics.importing import import_files, open_study
from analytics.measures.quick import met_lately
from analytics.workspace import Workspace
from assistant.plan.case import Case
from assistant.plan.rules.churn import repair_a_cause
from tests.unit.analyses.test_churn_drivers import TODAY
from tests.unit.analyses.test_met_twice import _homes
from vocabulary.finding import Finding

_FIRST, _DAYS = pd.Timestamp("2024-09-01"), 700


def _lines(seed: int) -> dict[str, pd.DataFrame]:
    """Firms that hire a coffee machine, visited each week. Truth: in the ten days after a breakdown the hazard of ending the hire is six times higher."""
    rng = np.random.default_rng(seed)
    firms, visits = [], []
    for i in range(1100):
        begun, broken, left = int(rng.integers(0, _DAYS - 60)) if i % 3 else 0, -99, None
        for day in range(begun, _DAYS):
            if day > begun and rng.random() < 0.0007 * (6.0 if 0 < day - broken <= 10 else 1.0):
                left = day
                break
            if (day - i) % 7 == 0:
                bad = rng.random() < 0.035
                broken = day if bad else broken
                visits.append((f"C{i:04d}", _FIRST + pd.to_timedelta(day, "D"), "Panne" if bad else "RAS"))
        firms.append((f"C{i:04d}", *(None if one is None else _FIRST + pd.to_timedelta(one, "D") for one in (begun, left)), rng.choice(["Lens", "Albi"])))
    return {
        "contrats": pd.DataFrame(firms, columns=["num_client", "debut_contrat", "fin_contrat", "ville"]),
        "passages": pd.DataFrame(visits, columns=["num_client", "date_passage", "constat"]),
    }


def _opened(folder: Path, tables: dict[str, pd.DataFrame]) -> Any:
    paths = [folder / f"{name}.csv" for name in tables]
    for path, frame in zip(paths, tables.values(), strict=True):
        frame.to_csv(path, index=False)
    workspace = Workspace(folder / "plan")
    import_files(workspace, paths, today=TODAY)
    return open_study(workspace)


@pytest.mark.parametrize("seed", [1])
def test_the_plan_counts_those_of_the_last_quarter(tmp_path: Path, seed: int) -> None:
    tables = _lines(seed)
    study = _opened(tmp_path, tables)
    found = Runner(study, CATALOG).run("churn_drivers", {})
    assert isinstance(found, Finding)
    (item,) = [item for item in found.items if item["counted_in"] == "weeks"]
    (action,) = list(repair_a_cause(found, Case(study, {"churn_drivers": found})))
    visits, gone = tables["passages"], set(tables["contrats"].dropna(subset=["fin_contrat"])["num_client"])
    began = pd.Timestamp(study.as_of) - pd.Timedelta(days=90)
    lately = set(visits[(visits["constat"] == "Panne") & (visits["date_passage"] > began)]["num_client"]) - gone
    assert "trois derniers mois" in action.rule.render("fr") and item["within_days"] < 90
    assert action.count == len(lately) < 0.8 * study.database.row(f"SELECT COUNT(*) FROM customers WHERE NOT lost AND {_column(study, item)} >= 1")[0]


def _column(study: Any, item: dict[str, Any]) -> str:
    return next(f'"{attribute.column}"' for attribute in study.attributes if attribute.name == item["feature"])


def test_twice_is_the_second_time_that_has_just_happened(tmp_path: Path) -> None:
    tables = _homes(2)
    study = _opened(tmp_path, tables)
    name = next(one.name for one in study.attributes if one.name.endswith("_again") and one.of_value == "Annulé par l'agence")
    visits = tables["passages"][tables["passages"]["resultat"] == "Annulé par l'agence"].sort_values(["num_client", "date_passage"])
    as_of = pd.Timestamp(study.as_of)
    visits = visits[visits["date_passage"] <= as_of]
    second = visits["date_passage"] - visits.groupby("num_client")["date_passage"].shift() <= pd.Timedelta(days=90)
    wanted = {str(who) for who in visits[second & (visits["date_passage"] > as_of - pd.Timedelta(days=30))]["num_client"]}
    assert set(met_lately(study, name, 30)) == wanted and wanted
