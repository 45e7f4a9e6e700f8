"""The length of relations said beside a rate is the true one, and agrees with the curves of the same diagnosis."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from analytics.catalog import Runner
from analytics.datamodel.model import Effect
from analytics.importing import import_files, open_study
from analytics.workspace import Workspace
from tests.unit.datamodel.worlds import Files, Row, write_files
from vocabulary.finding import Finding

AS_OF = date(2025, 3, 31)
MEAN_LIFE = 600  # days: half of all are gone after 416


def buyers(seed: int) -> Files:
    """Customers recruited over seventeen months, who buy every two months or so for a life without memory."""
    rng, rows = random.Random(seed), list[Row]()
    for who in range(1500):
        day = date(2023, 1, 1) + timedelta(days=rng.randrange(500))
        until = min(AS_OF, day + timedelta(days=int(rng.expovariate(1 / MEAN_LIFE))))
        while day <= until:
            rows.append(
                {
                    "id_vente": len(rows),
                    "id_client": f"C{who}",
                    "date_vente": day,
                    "montant": round(rng.uniform(5, 90), 2),
                }
            )
            day += timedelta(days=1 + int(rng.expovariate(1 / 45)))
    return {"ventes.csv": rows}


def told(tmp_path: Path, files: Files) -> tuple[Effect | None, dict[str, float]]:
    """The effect of the caution on relations still going on, and the shares still there after a year and two."""
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files(files, tmp_path), today=AS_OF)
    study = open_study(workspace)
    try:
        effect = next((check.effect for check in study.model.health if check.check == "censoring"), None)
        found = Runner(study).run("leak_points")
        shares = {m.name: m.value for m in found.measures if m.value is not None} if isinstance(found, Finding) else {}
        return effect, shares
    finally:
        study.database.close()


def test_half_of_buyers_are_gone_when_it_is_said(tmp_path: Path) -> None:
    """Who is silent for less than the rule proves nothing yet: followed to the last day, they would seem to outlive all."""
    effect, shares = told(tmp_path, buyers(3))
    assert effect is not None and effect.without.value is not None
    true_median = 416 / 30.4375
    assert (
        true_median - 3 < effect.without.value < true_median + 1.5
    )  # dated at the last purchase, a little before the end
    assert (shares["retention_12m"] < 0.5) == (effect.without.value < 12)


def test_no_length_is_told_of_departures_without_a_date(tmp_path: Path) -> None:
    """A status alone says who left, not when: the curves refuse to answer, and so does the caution."""
    rng = random.Random(4)
    rows: list[Row] = [
        {"id_client": f"C{n}", "date_adhesion": date(2021, 1, 1) + timedelta(days=rng.randrange(1500)),
         "statut": "Résilié" if rng.random() < 0.35 else "Actif"}
        for n in range(900)
    ]  # fmt: skip
    effect, shares = told(tmp_path, {"abonnes.csv": rows})
    assert effect is None and not shares


@pytest.mark.parametrize("dated", [True, False])
def test_lives_that_ended_are_counted_to_their_end(tmp_path: Path, dated: bool) -> None:
    """A date of departure, or a tenure already counted: half of all last what they were drawn to last."""
    rng, rows = random.Random(5), list[Row]()
    for n in range(1500):
        joined = AS_OF - timedelta(days=rng.randrange(30, 1100))
        life = int(rng.expovariate(1 / MEAN_LIFE))
        left = joined + timedelta(days=life) if joined + timedelta(days=life) <= AS_OF else None
        row: Row = {"id_client": f"C{n}", "parti": "oui" if left else "non"}
        if dated:
            row |= {"date_adhesion": joined, "date_resiliation": left}
        else:
            row["anciennete_mois"] = round(((left or AS_OF) - joined).days / 30.4375)
        rows.append(row)
    effect, _ = told(tmp_path, {"abonnes.csv": rows})
    assert effect is not None and effect.without.value is not None
    assert abs(effect.without.value - 416 / 30.4375) < 2
