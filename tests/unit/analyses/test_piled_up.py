"""Counts without a date in a vet's file: those that pile up with time are lower of who left because they left; the others still tell."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.unit.analyses.test_churn_drivers import drivers_of, why


def _owners(seed: int) -> pd.DataFrame:
    """Owners come over three years; who has no second pet leaves twice as fast. Postponed visits come at the same pace to all, as long as they stay."""
    rng = np.random.default_rng(seed)
    n, span = 2600, 1095
    joined = rng.integers(0, span, n)
    pets = rng.choice([0, 1, 2], n, p=[0.5, 0.3, 0.2])
    left = joined + np.maximum(1, rng.exponential(1 / (0.0009 * np.where(pets == 0, 2.2, 1.0))))
    gone = left <= span
    stayed = np.minimum(left, span) - joined
    day = pd.Timestamp("2026-09-30") - pd.Timedelta(days=span)
    return pd.DataFrame({
        "ClientNo": np.arange(40_001, 40_001 + n), "JoinDate": day + pd.to_timedelta(joined, "D"),
        "CancelDate": (day + pd.to_timedelta(np.floor(left), "D")).where(gone),
        "TimesRescheduled": rng.poisson(stayed / 90.0), "OtherPets": pets,
    })  # fmt: skip


@pytest.mark.parametrize("seed", [3, 4])
def test_what_piles_up_with_time_is_no_reason_to_leave_when_there_is_little_of_it(tmp_path: Path, seed: int) -> None:
    items, aside = drivers_of(tmp_path, owners=_owners(seed))
    assert set(items) == {"OtherPets"}
    assert aside["TimesRescheduled"] == "undated"


def test_asked_about_it_nothing_is_said_of_what_is_known_today_only(tmp_path: Path) -> None:
    found = why(tmp_path, {"factor": "TimesRescheduled"}, owners=_owners(3))
    assert found.claim.render("en").startswith("I cannot tell: “TimesRescheduled” is not tried, it is only known as of today.")
