"""« Non » where a doubling of the risk would have been seen, « pas assez de cas » where it would not: in both languages, with the size."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.churn.could_be_seen import in_halves, no_value_stands_out, worst_of
from tests.unit.analyses.test_churn_drivers import why
from vocabulary.language import Text
from vocabulary.sentence import Label


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
    found = why(folder, {"factor": factor, "value": value}, members=_members(n))
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


def test_a_column_of_values_that_hardly_anybody_has_is_not_denied() -> None:
    said = no_value_stands_out(Label("boat"), worst_of([(Text("boat", "boat"), np.array([f"B{n}" for n in range(300)], dtype=object))], {}, np.arange(300) % 2 == 0, np.arange(300)))
    assert said.render("fr").startswith("Pas assez de cas") and said.render("en").startswith("Not enough cases")


@pytest.mark.parametrize(("n", "opening"), [(120, "Not enough cases"), (6000, "No, not by your data")])
def test_a_number_is_denied_by_its_halves_or_not_at_all(n: int, opening: str) -> None:
    """Truth: the weight of the rower changes nothing."""
    rng = np.random.default_rng(9)
    weight, gone = rng.normal(75, 9, n), rng.random(n) < 0.3
    worst = worst_of([(Text("poids", "weight"), in_halves(weight))], {}, gone, np.arange(n))
    assert worst is not None and "half" in worst[0].en
    assert no_value_stands_out(Label("weight"), worst).render("en").startswith(opening)
