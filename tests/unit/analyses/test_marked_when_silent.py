"""Who has gone quiet is marked before they are lost: the mark explains nothing; and what one order says is told of when it is asked."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from tests.unit.analyses.test_churn_drivers import drivers_of
from tests.unit.analyses.test_lived_moments import told

_FIRST, _SPAN = pd.Timestamp("2022-01-03"), 1560


def _salon(seed: int, *, marked: bool = False, room: float = 1.0) -> dict[str, pd.DataFrame]:
    """A dog groomer's visits, about every ninety days.

    Truth: the tenth of visitors who came by a voucher stop after a visit three times as often, and a visit in the noisy room ends the
    relation `room` times as often. Decoy: with `marked`, half of those silent for a hundred and twenty days were put on the list "B".
    """
    rng = np.random.default_rng(seed)
    owners, visits = [], []
    for i in range(1200):
        day, voucher = int(rng.integers(0, _SPAN - 200)), rng.random() < 0.25
        begun = day
        while day < _SPAN:
            noisy = rng.random() < 0.35
            visits.append((f"V{len(visits):06d}", f"D{i:04d}", _FIRST + pd.Timedelta(days=day), "Back" if noisy else "Front", round(float(rng.normal(55, 9)), 2)))
            if rng.random() < 0.10 * (3 if voucher else 1) * (room if noisy else 1):
                break
            last, day = day, day + int(rng.gamma(9, 10)) + 5
        quiet = _SPAN - (day if day < _SPAN else last) > 120
        owners.append((f"D{i:04d}", _FIRST + pd.Timedelta(days=begun), "Voucher" if voucher else "Friend", "B" if marked and quiet and rng.random() < 0.5 else "A", rng.choice(["Lab", "Pug", "Mutt"])))
    return {
        "owners": pd.DataFrame(owners, columns=["customer_no", "joined", "how_acquired", "list", "breed"]),
        "visits": pd.DataFrame(visits, columns=["order_no", "customer_no", "ordered_on", "room", "amount"]),
    }  # fmt: skip


def test_a_mark_put_on_those_gone_quiet_is_no_cause_though_some_are_not_lost_yet(tmp_path: Path) -> None:
    items, aside = drivers_of(tmp_path, **_salon(1, marked=True))
    assert "list" not in items and aside["list"] == "leak"
    assert "how_acquired" in items


def test_what_is_known_from_the_first_is_no_such_mark(tmp_path: Path) -> None:
    items, aside = drivers_of(tmp_path, **_salon(2))
    assert "how_acquired" in items
    assert aside.get("breed") == "no_effect"


def test_what_one_order_says_is_told_of_though_no_other_column_is_searched_order_by_order(tmp_path: Path) -> None:
    """Rooms change from visit to visit: one that drives away is told with its rates, and one that does nothing as such."""
    folder = tmp_path / "nothing"
    folder.mkdir()
    (noisy,) = told(tmp_path, _salon(3, room=3.0), ("room", "Back"))
    assert "room: Back" in noisy and noisy.startswith("It goes with departures") and "orders" in noisy
    (same,) = told(folder, _salon(4), ("room", "Back"))
    assert same.startswith("No, not by your data") and "orders" in same
