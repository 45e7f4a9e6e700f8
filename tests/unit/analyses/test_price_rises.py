"""A rise of what customers pay, written in a log of old and new prices: the months after it are told from the others."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.customers.derived import PRICE_RISE
from analytics.datamodel.model import TableProfile
from analytics.datamodel.price_changes import price_change
from tests.unit.analyses.test_lived_moments import again, told
from tests.unit.analyses.test_tickets_followed import causes
from tests.unit.datamodel.tables import profile_of

_FIRST, _MONTHS = pd.Timestamp("2024-03-01"), 30
_HEADS = {"fr": ("num_eleve", "date_effet", "ancienne_cotisation", "nouvelle_cotisation"), "en": ("pupil_id", "effective", "OldFee", "NewFee")}


def _school(seed: int, *, times: float, small: float = 1.0, language: str = "en") -> dict[str, pd.DataFrame]:
    """Pupils of a music school who pay by the month. Truth: for three months after a rise of a tenth or more the hazard is so many times higher."""
    rng = np.random.default_rng(seed)
    pupils, rises = [], []
    for i in range(1500):
        begun, instrument, fee = int(rng.integers(0, _MONTHS - 1)), rng.choice(["Piano", "Cello", "Drums"]), float(rng.choice([42, 55, 70]))
        since, lately, left = None, 1.0, None
        for month in range(begun, _MONTHS):
            if (month - begun) % 10 == 9:
                pct = float(rng.choice([0.03, 0.04, 0.12, 0.15]))
                day = _FIRST + pd.DateOffset(months=month) + pd.Timedelta(days=int(rng.integers(0, 5)))
                rises.append((f"P{i:05d}", day, fee, round(fee * (1 + pct), 2)))
                fee, since, lately = round(fee * (1 + pct), 2), month, times if pct >= 0.1 else small
            recent = since is not None and month - since < 3
            if month > begun and rng.random() < 0.018 * (lately if recent else 1.0):
                left = _FIRST + pd.DateOffset(months=month + 1) + pd.Timedelta(days=int(rng.integers(0, 27)))
                break
        pupils.append((f"P{i:05d}", _FIRST + pd.DateOffset(months=begun), left, instrument, fee))
    who, day, old, new = _HEADS[language]
    return {
        "pupils": pd.DataFrame(pupils, columns=[who, "contract_start", "contract_end", "instrument", "monthly_fee"]),
        "changes": pd.DataFrame(rises, columns=[who, day, old, new]),
    }


@pytest.mark.parametrize("seed", [3, again(4)])
@pytest.mark.parametrize("language", [pytest.param("en", marks=pytest.mark.slow), "fr"])
def test_a_rise_that_drives_away_is_found_with_its_size(tmp_path: Path, seed: int, language: str) -> None:
    found = causes(tmp_path, _school(seed, times=4.0, language=language))
    item = found[PRICE_RISE]
    assert item["kind"].value == "cause" and item["counted_in"] == "months"
    said = {language: item["touched"].render(language).replace("\u00a0", " ").lower() for language in ("en", "fr")}
    assert said["en"].startswith("price rise of the last three months, in %: at least ")
    assert said["fr"].startswith("hausse de prix des trois derniers mois, en % : au moins ")
    assert item["low"] > 1.5


@pytest.mark.parametrize("seed", [5, again(6)])
def test_rises_that_change_nothing_are_no_cause(tmp_path: Path, seed: int) -> None:
    assert PRICE_RISE not in causes(tmp_path, _school(seed, times=1.0))


@pytest.mark.slow
def test_asked_about_it_is_answered_for_itself(tmp_path: Path) -> None:
    (said,) = told(tmp_path, _school(3, times=4.0), (PRICE_RISE, None))
    assert said.startswith("Yes, your data say so: price rise")


@pytest.mark.parametrize(("headers", "found"), [
    (("Client", "From", "Old premium", "New premium"), True), (("Client", "Date", "Ancien loyer", "Nouveau loyer"), True),
    (("Client", "Date", "PreviousRate", "RevisedRate"), True), (("Client", "Date", "Old stock", "New stock"), False),
    (("Client", "Date", "Amount", "New amount"), False), (("Client", "Date", "Old price", "New cost"), False),
])  # fmt: skip
def test_a_log_of_prices_is_known_by_its_two_prices(headers: tuple[str, ...], found: bool) -> None:
    cells = (["C1", "C2", "C3"], ["2025-01-04", "2025-02-05", "2025-03-09"], ["40", "52", "61"], ["44", "55", "70"])
    columns = tuple(profile_of(header, f"c{place}", values, 200, 100) for place, (header, values) in enumerate(zip(headers, cells, strict=True)))
    assert (price_change(TableProfile("changes.csv", "t0", 200, 200, 0, columns), True) is not None) is found
