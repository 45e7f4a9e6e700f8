"""What is forgiven once and not twice under a contract, and what goes wrong with a payment: found for what it is, and nothing where nothing acts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.customers.event_marks import AGAIN
from analytics.customers.faults import house_at_fault, timing_of_bill
from analytics.customers.header_timing import timing_of_event
from analytics.datamodel.attributes import Timing
from analytics.statistics.risk_sets import Happenings
from tests.unit.analyses.test_lived_moments import again, told
from tests.unit.analyses.test_tickets_followed import causes

_FIRST, _MONTHS = pd.Timestamp("2024-02-01"), 28


def _homes(seed: int, *, once: float = 1.0, twice: float = 1.0, unpaid: float = 1.0) -> dict[str, pd.DataFrame]:
    """Homes that a firm cleans each week. Truth: for two months after the first missed visit, after a second one within two months, or after a
    debit refused, the hazard of ending the contract is so many times higher. Decoy: whom the key is left with."""
    rng = np.random.default_rng(seed)
    homes, visits, debits = [], [], []
    for i in range(1500):
        begun, left, key = int(rng.integers(0, _MONTHS - 2)), None, rng.choice(["Gardien", "Voisin", "Boîte"])
        missed: list[int] = []
        refused = -9
        for month in range(begun, _MONTHS):
            day = _FIRST + pd.DateOffset(months=month)
            lately = sum(one >= month - 2 for one in missed)
            risk = 0.02 * (twice if lately >= 2 else once if lately == 1 else 1.0) * (unpaid if month - refused <= 2 else 1.0)
            if month > begun and rng.random() < risk:
                left = day + pd.Timedelta(days=int(rng.integers(0, 27)))
            for week in range(4):
                when, drawn = day + pd.Timedelta(days=7 * week + 1), rng.random()
                if left is None or when < left:
                    missed += [month] if drawn < 0.08 else []
                    visits.append((i, when, "Annulé par l'agence" if drawn < 0.08 else "Reporté" if drawn < 0.12 else "Fait"))
            if left is None or day + pd.Timedelta(days=4) < left:
                bad = rng.random() < 0.06
                refused = month if bad else refused
                debits.append((i, day + pd.Timedelta(days=4), 89.0, "Rejeté" if bad else "Payé"))
            if left is not None:
                break
        homes.append((i, _FIRST + pd.DateOffset(months=begun), left, key))
    return {
        "foyers": pd.DataFrame(homes, columns=["num_client", "debut_contrat", "fin_contrat", "cle_chez"]),
        "passages": pd.DataFrame(visits, columns=["num_client", "date_passage", "resultat"]),
        "prelevements": pd.DataFrame(debits, columns=["num_client", "date_prelevement", "montant", "statut"]),
    }


@pytest.mark.parametrize("seed", [2, again(3)])
def test_what_is_forgiven_once_is_found_the_second_time(tmp_path: Path, seed: int) -> None:
    found = causes(tmp_path, _homes(seed, twice=4.0))
    (item,) = found.values()
    assert item["feature"].endswith(AGAIN) and item["source_columns"] == ["resultat"] and item["low"] > 1.5
    said = {language: item["touched"].render(language).replace("\u00a0", " ") for language in ("fr", "en")}
    assert said["fr"].startswith("« resultat : Annulé par l'agence » au moins deux fois en trois mois")
    assert said["en"].startswith("“resultat: Annulé par l'agence” at least twice in three months")


@pytest.mark.slow
def test_asked_about_it_the_one_who_did_it_goes_without_saying(tmp_path: Path) -> None:
    (said,) = told(tmp_path, _homes(2, twice=4.0), ("resultat", "Annulé par l'agence"))
    assert said.startswith("Yes, your data say so")


@pytest.mark.parametrize("seed", [again(4), again(5)])
def test_a_refused_debit_goes_with_departures_and_nobody_says_which_came_first(tmp_path: Path, seed: int) -> None:
    found = causes(tmp_path, _homes(seed, unpaid=4.0))
    (item,) = found.values()
    assert item["source_columns"] == ["statut"] and item["kind"].value == "unclear" and item["low"] > 1.5


@pytest.mark.parametrize("seed", [6, again(7), again(8), again(9)])
def test_where_nothing_acts_nothing_is_named(tmp_path: Path, seed: int) -> None:
    assert not causes(tmp_path, _homes(seed))


@pytest.mark.parametrize(("value", "when"), [
    ("Failed", Timing.UNKNOWN), ("prélèvement rejeté", Timing.UNKNOWN), ("Overcharged", Timing.DURING),
    ("Unpaid", Timing.OUTCOME), ("en attente", Timing.OUTCOME), ("Refunded", Timing.OUTCOME),
])  # fmt: skip
def test_what_becomes_of_a_bill_is_not_known_on_its_day(value: str, when: Timing) -> None:
    assert timing_of_bill("status", value) is when


@pytest.mark.parametrize(("value", "theirs"), [
    ("technicien absent", False), ("coach no-show", False), ("client absent", True), ("absent", True), ("no show", True),
])  # fmt: skip
def test_who_was_not_there_is_told_apart(value: str, theirs: bool) -> None:
    assert (timing_of_event("issue", value) is Timing.WARNING) is theirs
    assert house_at_fault("issue", value) is not theirs


def test_the_second_time_is_on_another_day_of_the_same_customer() -> None:
    met = Happenings(np.array([0, 0, 0, 1, 1, 2]), np.array([5, 5, 40, 5, 200, 41])).again(90)
    assert list(zip(met.who.tolist(), met.day.tolist(), strict=True)) == [(0, 40)]
