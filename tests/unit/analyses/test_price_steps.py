"""A price that steps up from one bill to the next, with no log of its changes: seen where it is one, and not in what is used or chosen."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd
import pytest

from analytics.customers.derived import PRICE_RISE
from tests.unit.analyses.test_churn_drivers import drivers_of
from tests.unit.analyses.test_lived_moments import again, told
from tests.unit.analyses.test_tickets_followed import causes

_FIRST, _MONTHS = pd.Timestamp("2024-03-01"), 28
Kind = Literal["rent", "premium", "used", "chosen"]


def _boxes(seed: int, *, times: float, kind: Kind = "rent") -> dict[str, pd.DataFrame]:
    """People who hire a storage box by the month. Truth: for three months after a rise of their own, at no age in particular, the hazard is so many
    times higher. `premium`: the price is revised a little each time. `used`: what is billed is what was used. `chosen`: who pays more took a larger box."""
    rng = np.random.default_rng(seed)
    people, bills = [], []
    for i in range(1400):
        begun, fee, size, since, left = int(rng.integers(0, _MONTHS - 2)), float(rng.choice([39, 59, 89])), 1, -9, None
        rises = rng.random() < 0.6
        for month in range(begun, _MONTHS):
            day = _FIRST + pd.DateOffset(months=month) + pd.Timedelta(days=int(rng.integers(1, 4)))
            if month > begun and rises and rng.random() < 0.08:
                fee, since, size = round(fee * 1.15, 2), month, size + (kind == "chosen")
            elif kind == "premium":
                fee = round(fee * (1 + rng.uniform(0, 0.004)), 2)
            bills.append((f"K{i:04d}", day, round(fee * rng.gamma(9, 1 / 9), 2) if kind == "used" else fee, f"Taille {size}"))
            if month > begun and rng.random() < 0.02 * (times if month - since < 3 else 1.0):
                left = day + pd.Timedelta(days=int(rng.integers(5, 26)))
                break
        people.append((f"K{i:04d}", _FIRST + pd.DateOffset(months=begun), left, rng.choice(["Nord", "Sud"])))
    price = {"premium": "cotisation_assurance"}.get(kind, "montant")
    return {
        "locataires": pd.DataFrame(people, columns=["num_client", "debut_contrat", "fin_contrat", "site"]),
        "factures": pd.DataFrame(bills, columns=["num_client", "date_facture", price, "formule"]),
    }


@pytest.mark.parametrize(("seed", "kind"), [(1, "rent"), again(2, "rent"), again(3, "premium")])
def test_a_step_that_drives_away_is_found_where_no_log_tells_it(tmp_path: Path, seed: int, kind: Kind) -> None:
    found = causes(tmp_path, _boxes(seed, times=5.0, kind=kind))
    assert list(found) == [PRICE_RISE]
    assert found[PRICE_RISE]["kind"].value == "cause" and found[PRICE_RISE]["low"] > 1.5
    assert found[PRICE_RISE]["source_columns"] == ["montant" if kind == "rent" else "cotisation_assurance"]


@pytest.mark.parametrize("seed", [4, again(5), again(6)])
def test_a_step_that_changes_nothing_is_no_cause(tmp_path: Path, seed: int) -> None:
    assert not causes(tmp_path, _boxes(seed, times=1.0))


@pytest.mark.parametrize("kind", ["used", pytest.param("chosen", marks=pytest.mark.slow)])
def test_what_is_used_or_chosen_is_no_price_that_rose(tmp_path: Path, kind: Kind) -> None:
    items, aside = drivers_of(tmp_path, **_boxes(7, times=5.0, kind=kind))
    assert PRICE_RISE not in items and PRICE_RISE not in aside


@pytest.mark.slow
def test_asked_about_it_is_answered_for_itself(tmp_path: Path) -> None:
    (said,) = told(tmp_path, _boxes(1, times=5.0), (PRICE_RISE, None))
    assert said.startswith("Yes, your data say so: price rise")
