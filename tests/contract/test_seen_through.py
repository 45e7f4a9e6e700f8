"""Who got what they came for has not left: a school of trades, whose trainees graduate or give up, and end on a day either way."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from analytics.measures.exposure import exposure
from assistant.session import Session
from tests.contract.asking import found
from vocabulary.finding import Finding

_LAST = date(2025, 6, 30)


def _trainees() -> list[tuple[str, str, date, str, date | None]]:
    rng = random.Random(7)
    rows: list[tuple[str, str, date, str, date | None]] = []
    for n in range(400):
        begun = date(2022, 9, 1) + timedelta(days=rng.randrange(1000))
        over = begun + timedelta(days=150 + rng.randrange(300))
        state = "Abandon" if rng.random() < 0.25 else "Diplômé"
        if over > _LAST:
            rows.append((f"ST{n:04d}", rng.choice(["Soudure", "Cuisine"]), begun, "Suspendu" if rng.random() < 0.05 else "Formation", None))
        else:
            rows.append((f"ST{n:04d}", rng.choice(["Soudure", "Cuisine"]), begun, state, over))
    return rows


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Session:
    folder: Path = tmp_path_factory.mktemp("school")
    lines = ["n° stagiaire;filière;date d'inscription;statut;date de sortie"]
    lines += [f"{who};{trade};{begun:%d/%m/%Y};{state};{f'{over:%d/%m/%Y}' if over else ''}" for who, trade, begun, state, over in _trainees()]
    bills = ["n° facture;n° stagiaire;date;montant"]
    for who, _, begun, _, over in _trainees():
        day = begun
        while day <= min(over or _LAST, _LAST):
            bills.append(f"F{len(bills):05d};{who};{day:%d/%m/%Y};180,00")
            day += timedelta(days=30)
    (folder / "stagiaires.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "ventes.csv").write_text("\n".join(bills) + "\n", encoding="utf-8")
    opened = Session()
    opened.load(sorted(folder.glob("*.csv")))
    return opened


def _of(state: str) -> int:
    return sum(1 for row in _trainees() if row[3] == state)


def test_only_who_gave_up_is_lost(school: Session) -> None:
    lost = school.study.model.lost
    assert (lost.column, lost.lost_values) == ("statut", ("Abandon",))
    assert "Diplômé" in lost.evidence.render("fr")
    rate = school.runner.run("churn_rate", {})
    assert isinstance(rate, Finding)
    assert rate.measures[0].value == pytest.approx(_of("Abandon") / len(_trainees()))
    assert rate.measures[1].value == _of("Abandon")


def test_the_year_s_rate_is_of_those_who_were_still_to_finish(school: Session) -> None:
    rate = school.runner.run("churn_rate", {})
    assert isinstance(rate, Finding)
    yearly = next(measure for measure in rate.measures if measure.name == "churn_rate_12m")
    ago = date(2024, 6, 30)
    there = [row for row in _trainees() if row[2] <= ago and (row[4] is None or row[4] > ago)]
    assert yearly.n == pytest.approx(len(there), abs=3)
    assert yearly.value == pytest.approx(sum(row[3] == "Abandon" for row in there) / len(there), abs=0.02)


def test_who_graduated_is_neither_here_nor_about_to_leave(school: Session) -> None:
    here = _of("Formation") + _of("Suspendu")
    still = [{"field": "lost", "operator": "=", "values": [False]}]
    assert found(school, measure="customers", segment=still).measures[0].value == here
    whole = school.runner.run("relationship_overview", {})
    assert isinstance(whole, Finding)
    assert whole.measures[0].n == here + _of("Abandon")


def test_both_ends_agree_with_the_label(school: Session) -> None:
    assert not [check for check in school.study.model.health if str(check.check) == "label_contradiction"]


def test_who_graduated_is_followed_no_longer(school: Session) -> None:
    """Of those who could leave in the year, none had finished before it began."""
    exposed = exposure(school.study)
    assert exposed is not None and exposed.since is not None
    there = {who for who, _, begun, _, over in _trainees() if begun <= exposed.since and (over is None or over > exposed.since)}
    assert set(exposed.frame.ids) == there
