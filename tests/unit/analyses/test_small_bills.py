"""Customers who hold one contract of an alarm company pay least and leave most: their small bill is no cause."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from tests.unit.analyses.test_churn_drivers import drivers_of


def _sites(seed: int) -> pd.DataFrame:
    """Each customer has one to four sites under alarm, all ended on the day they leave; the more sites, the fewer departures."""
    rng = np.random.default_rng(seed)
    span, first = 1095, pd.Timestamp("2026-09-30") - pd.Timedelta(days=1095)
    rows: list[dict[str, Any]] = []
    for person in range(1600):
        came, held = int(rng.integers(0, span)), int(rng.choice([1, 2, 3, 4], p=[0.5, 0.3, 0.12, 0.08]))
        left = came + max(1, int(rng.exponential(500 * held**1.6)))
        for _ in range(held):
            rows.append({
                "contract_no": f"K{len(rows):05d}", "customer_no": f"A{person:05d}", "start_date": first + pd.Timedelta(days=came),
                "end_date": first + pd.Timedelta(days=left) if left <= span else None, "status": "Ended" if left <= span else "Active",
                "monthly_fee": round(float(rng.normal(29, 3)), 2),
            })  # fmt: skip
    return pd.DataFrame(rows)


def test_who_pays_least_is_not_driven_away_by_the_price(tmp_path: Path) -> None:
    items, _aside = drivers_of(tmp_path, contracts=_sites(7))
    (bill,) = [item for item in items.values() if item["feature"] == "monthly_amount"]
    (condition,) = bill["segment"]
    assert condition["operator"] == "<"
    assert bill["kind"].value == "unclear"
    assert bill["theme"].value == "value"
