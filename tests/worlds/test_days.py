"""What drives away within days is found under a contract, and what only goes with departures is never told as their cause.

The truth is planted by `days.py`. `SEED=` reruns other worlds.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from analytics.statistics.intervals import wilson
from tests.unit.analyses.test_churn_drivers import why
from tests.worlds.days import House, tables

SEED = int(os.environ.get("SEED", "0"))
_CALLS = {"weekly": False, "usual": "Facturation", "other": "Conseil"}
# What is planted, and how it may be told: as a cause where it plainly is the house's fault, else as linked.
PLANTED = {
    "a week": (House(times=5.0), "cause", "la semaine"),
    "a fortnight": (House(times=5.0, days=14), "cause", "la quinzaine"),
    "few departures": (House(times=5.0, hazard=0.012, n=900), "cause", "la semaine"),
    "ends with the month": (House(times=5.0, ends="month"), "cause", "jours"),
    "calls": (House(**_CALLS, hurt="Coupure", times=5.0, days=10), "cause", ""),
    "words that tell nothing": (House(hurt="Code 7", times=5.0), "unclear", "la semaine"),
}
TRAPS = {
    "nothing": House(), "nothing, calls": House(**_CALLS, hurt="Coupure"),
    "refused once notice is given": House(hurt="Refusé", often=0.015, ends="later", trap="notice"),
    "visited because of the end": House(hurt="Inspection", often=0.01, ends="month", trap="notice"),
    "complaints once notice is given": House(**_CALLS, hurt="Réclamation", often=0.02, ends="later", trap="notice"),
    "called at any time": House(**_CALLS, hurt="Appel entrant", trap="heavy"), "heavy users": House(trap="heavy"), "heavy users, calls": House(**_CALLS, hurt="Coupure", trap="heavy"),
    "unlucky and leaving": House(trap="frail"), "a town": House(trap="town"), "towns that close": House(trap="closing"),
    "a season": House(trap="season"), "newcomers": House(trap="newcomers"),
}  # fmt: skip
QUICK_TRAPS, AGAIN = ("refused once notice is given", "heavy users, calls"), ("nothing", "towns that close")


def told(house: House, seed: int, folder: Path) -> list[tuple[str, str, dict[str, Any]]]:
    """The kind and the words of what is told as anything but a warning sign, first first."""
    found = why(folder, **tables(house, seed))
    items = [dict(item) for item in found.items if item["kind"].value != "symptom"]
    return [(item["kind"].value, item["touched"].render("fr"), item) for item in items]


@pytest.mark.parametrize("name", ["a week", pytest.param("calls", marks=pytest.mark.slow)])
def test_what_drives_away_within_days_is_found(name: str, tmp_path: Path) -> None:
    house, kind, window = PLANTED[name]
    ((found, words, item),) = told(house, SEED + 1, tmp_path)
    assert found == kind and house.hurt in words and window in words
    assert item["counted_in"] == "weeks" and item["lost_rate"] > 2 * item["lost_rate_others"] and item["low"] > 2
    assert 0 < item["explained_low"] < item["explained_departures"] < item["explained_high"]
    assert item["segment"] and item["customers"] < item["cases"] * 1.01


@pytest.mark.parametrize("name", [*QUICK_TRAPS, *(pytest.param(name, marks=pytest.mark.slow) for name in AGAIN)])
def test_what_only_goes_with_departures_is_no_cause(name: str, tmp_path: Path) -> None:
    assert [words for kind, words, _ in told(TRAPS[name], SEED + 2, tmp_path) if kind == "cause"] == []


@pytest.mark.slow
def test_a_town_that_is_only_served_worse_is_not_why(tmp_path: Path) -> None:
    ((kind, words, _),) = told(House(times=5.0, trap="exposed", often=0.04), SEED + 3, tmp_path)
    assert kind == "cause" and "Déchiré" in words


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_planted_effects(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """At least nine in ten, told in one window each, and nothing else."""
    hits = wrong = 0
    for name, (house, kind, window) in PLANTED.items():
        for seed in range(10):
            folder = tmp_path / f"{name}-{seed}"
            folder.mkdir()
            found = told(house, SEED + seed, folder)
            right = [words for one, words, _ in found if one == kind and house.hurt in words and window in words]
            hits += bool(right)
            wrong += len([words for one, words, _ in found if one == "cause" and house.hurt not in words])
        with capsys.disabled():
            print(f"  {name}: {hits} so far")
    assert hits >= 0.9 * 10 * len(PLANTED), wilson(hits, 10 * len(PLANTED))
    assert wrong <= 1


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_traps(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In ten worlds of each trap, causes are named in no more than one world in twenty."""
    wrong = 0
    for name, house in TRAPS.items():
        for seed in range(10):
            folder = tmp_path / f"{name}-{seed}"
            folder.mkdir()
            wrong += bool([words for kind, words, _ in told(house, SEED + seed, folder) if kind == "cause"])
        with capsys.disabled():
            print(f"  {name}: {wrong} so far")
    assert wrong <= 0.05 * 10 * len(TRAPS), wilson(wrong, 10 * len(TRAPS))
