"""Where few leave in a year, all departures of the file are searched, at equal time since the beginning and at equal age reached."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.unit.analyses.test_churn_drivers import drivers_of
from tests.unit.analyses.test_lived_moments import again, named


def _sites(seed: int, times: float) -> pd.DataFrame:
    """Sites guarded under contract, about thirty-five of which leave in a year. Truth: a start that slipped and no named supervisor make the
    hazard so many times higher. Decoys: training, given more often where the start slipped; the tariff of the first two years.
    """
    rng = np.random.default_rng(seed)
    first, span, rows = pd.Timestamp("2021-09-01"), 1850, []
    for i in range(400):
        begun, slipped, alone = int(rng.integers(0, span - 60)), rng.random() < 0.3, rng.random() < 0.3
        trained = slipped if rng.random() < 0.6 else rng.random() < 0.3
        stays = rng.exponential(365 / 0.08) / ((times if slipped else 1) * (times if alone else 1))
        left = first + pd.Timedelta(days=int(begun + stays)) if begun + stays < span else pd.NaT
        rows.append((
            f"S{i:04d}", first + pd.Timedelta(days=begun), left, "yes" if slipped else "no", "yes" if alone else "no", "yes" if trained else "no",
            "Old" if begun < 730 else "New", rng.choice(["Office", "Depot", "Shop"]),
        ))  # fmt: skip
    return pd.DataFrame(rows, columns=["site_no", "contract_start", "contract_end", "start_delayed", "no_named_supervisor", "training_given", "tariff", "kind"])


@pytest.mark.parametrize("seed", [1, again(2), again(3), again(4)])
def test_causes_are_found_in_all_departures(tmp_path: Path, seed: int) -> None:
    items, _ = drivers_of(tmp_path, sites=_sites(seed, 3.0))
    assert set(named(items)) == {"start_delayed", "no_named_supervisor"}


@pytest.mark.parametrize("seed", [5, again(6), again(7), again(8)])
def test_nothing_is_named_where_nothing_is(tmp_path: Path, seed: int) -> None:
    items, _ = drivers_of(tmp_path, sites=_sites(seed, 1.0))
    assert named(items) == {}
