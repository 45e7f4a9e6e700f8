"""A file of customers with their last purchase, and no purchases: who is lost, and what goes with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.catalog import Runner
from analytics.datamodel.model import Corrections, LostBasis, QuestionAbout
from analytics.importing import import_files, open_study
from analytics.study import Study
from analytics.workspace import Workspace
from vocabulary.finding import Finding, NotApplicable

TODAY = pd.Timestamp(2025, 6, 30)


def people(seed: int, *, harm: float = 1.0, size: int = 3000) -> pd.DataFrame:
    """Customers who buy at their own pace until they leave; recruits of Instagram leave `harm` times as fast.

    `offre` is given to those who came in the last year only, `ville` to anyone.
    """
    rng = np.random.default_rng(seed)
    age = rng.integers(30, 1800, size)
    channel = rng.choice(["Instagram", "Google", "Magasin"], size, p=[0.4, 0.35, 0.25])
    life = np.minimum(age, rng.exponential(700 / np.where(channel == "Instagram", harm, 1.0)))
    again = rng.poisson(life / rng.gamma(3, 20, size))
    until = np.where(again > 0, life * rng.beta(np.maximum(again, 1), 1), 0).astype(int)  # the last of so many uniform days
    start = TODAY - pd.to_timedelta(age, unit="D")
    return pd.DataFrame({
        "N° client": np.arange(size) + 50_000, "Créé le": start.strftime("%d/%m/%Y"), "Canal d’acquisition": channel,
        "Ville": rng.choice(["Lyon", "Paris", "Nantes"], size),
        "Offre de bienvenue": np.where((age < 365) == (rng.random(size) < 0.9), "oui", "non"),
        "Nb commandes": again + 1, "Total dépensé": ((again + 1) * rng.gamma(4, 12, size)).round(2),
        "Dernière commande": (start + pd.to_timedelta(until, unit="D")).strftime("%d/%m/%Y"),
    })  # fmt: skip


@contextmanager
def opened(folder: Path, frame: pd.DataFrame, corrections: Corrections | None = None) -> Iterator[Study]:
    """Import the frame as a file and look at it."""
    path = folder / "clients.csv"
    frame.to_csv(path, index=False, sep=";")
    workspace = Workspace(folder / "workspace")
    import_files(workspace, [path], today=date(2025, 7, 1), corrections=corrections or Corrections())
    study = open_study(workspace)
    try:
        yield study
    finally:
        study.database.close()


def _silent(frame: pd.DataFrame, days: int) -> int:
    last = pd.to_datetime(frame["Dernière commande"], format="%d/%m/%Y")
    return int(((last.max() - last).dt.days > days).sum())


def test_the_silence_is_assumed_from_mean_gaps_and_asked(tmp_path: Path) -> None:
    """The rule is said to be assumed, the manager is asked for theirs, and the count is that of pandas."""
    frame = people(3)
    with opened(tmp_path, frame) as study:
        lost = study.model.lost
        assert lost.basis is LostBasis.RHYTHM
        assert lost.days is not None and 100 <= lost.days <= 250  # nine in ten own mean gaps are under a hundred days
        assert "Supposé" in lost.evidence.render("fr") and "Assumed" in lost.evidence.render("en")
        asked = study.model.question
        assert asked is not None and asked.about is QuestionAbout.LOST
        assert [answer.corrections.lost_days for answer in asked.answers] == sorted({90, 180, 365, 730, lost.days})
        rate = Runner(study).run("churn_rate")
        assert isinstance(rate, Finding)
        assert rate.measures[0].value == pytest.approx(_silent(frame, lost.days) / len(frame))


def test_the_manager_sets_the_silence(tmp_path: Path) -> None:
    """Once set it is no longer asked, and everything follows."""
    frame = people(3)
    with opened(tmp_path, frame, Corrections(lost_days=365)) as study:
        assert (study.model.lost.basis, study.model.question) == (LostBasis.DAYS, None)
        rate = Runner(study).run("churn_rate")
        assert isinstance(rate, Finding)
        assert rate.measures[0].value == pytest.approx(_silent(frame, 365) / len(frame))


@pytest.mark.parametrize("renamed", [{"Nb commandes": "Nb commandes 12 derniers mois"}, {"Nb commandes": "Pointure"}])
def test_where_no_pace_can_be_told_nobody_is_lost_and_silences_are_shown(tmp_path: Path, renamed: dict[str, str]) -> None:
    """A count over the last months is not of the whole life: no rule, one question, and what each rule would give."""
    frame = people(4, size=600)
    with opened(tmp_path, frame.rename(columns=renamed)) as study:
        assert study.model.lost.basis is LostBasis.NONE
        assert study.model.question is not None and study.model.question.about is QuestionAbout.LOST
        shown = Runner(study).run("lost_definition")
        assert isinstance(shown, Finding) and shown.table is not None
        assert [row[:2] for row in shown.table.rows] == [(days, _silent(frame, days)) for days in (90, 180, 365, 730)]
        rate = Runner(study).run("churn_rate")
        assert isinstance(rate, NotApplicable)
        assert rate.reason.render("fr") == shown.claim.render("fr")


def test_a_planted_channel_is_named_and_what_newcomers_are_given_is_not(tmp_path: Path) -> None:
    """Recruits of Instagram leave 2.3 times as fast; the welcome offer goes with being recent, the town with nothing."""
    with opened(tmp_path, people(3, harm=7 / 3)) as study:
        found = Runner(study).run("churn_drivers")
        assert isinstance(found, Finding)
        assert [item["feature"] for item in found.items] == ["Canal d’acquisition"], found.items
        assert found.items[0]["low"] <= 7 / 3 * 1.3 and found.items[0]["high"] >= 7 / 3


@pytest.mark.parametrize("seed", range(5, 9))
def test_where_nothing_acts_nothing_is_named(tmp_path: Path, seed: int) -> None:
    """The same world without the effect."""
    with opened(tmp_path, people(seed)) as study:
        found = Runner(study).run("churn_drivers")
        assert isinstance(found, Finding) and found.items == ()
