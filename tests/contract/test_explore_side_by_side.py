"""A split with a comparison shows both periods: in the sentence, in the table, each month beside the same month of the other year."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest

from assistant.session import Session
from tests.contract.asking import found

_YEARS = {"period": {"start": "2025-01-01", "end": "2025-12-31"}, "compare": {"start": "2024-01-01", "end": "2024-12-31"}}


def _bakery() -> pd.DataFrame:
    draw, rows = random.Random(3), []
    for number in range(3000):
        day = date(2024, 1, 1) + timedelta(days=draw.randrange(731))
        rows.append({
            "ticket": f"T{number:05d}", "client": f"C{draw.randrange(200):03d}", "date_achat": day, "montant": draw.randint(3, 30) * (2 if day.year == 2025 and day.month == 5 else 1),
            "boutique": draw.choice(["Gare", "Halles", "Port"]),
        })  # fmt: skip
    return pd.DataFrame(rows)


@pytest.fixture(scope="module")
def bakery(tmp_path_factory: pytest.TempPathFactory) -> tuple[Session, pd.DataFrame]:
    frame = _bakery()
    path = Path(tmp_path_factory.mktemp("bakery")) / "achats.csv"
    frame.to_csv(path, index=False)
    session = Session()
    session.load([path])
    return session, frame


def test_each_month_stands_beside_the_same_month_of_the_other_year(bakery: tuple[Session, pd.DataFrame]) -> None:
    session, frame = bakery
    told = found(session, measure="amount", by=["month"], **_YEARS)
    month = pd.to_datetime(frame["date_achat"]).dt.to_period("M")
    sums = frame.groupby(month)["montant"].sum()
    for item in told.items:
        now, then = pd.Period(item["month"], "M"), pd.Period(item["month"], "M") - 12
        assert item["amount"] == pytest.approx(sums[now])
        assert item["before"] == pytest.approx(sums[then])
        assert item["change"] == pytest.approx(sums[now] / sums[then] - 1)
    assert told.table is not None
    assert {"before", "change"} <= {column.name for column in told.table.columns}
    assert len(told.items) == 12
    said = told.claim.render("en")
    assert "December 2025" in said
    assert "(December 2024)" in said
    assert "May 2025" in told.facts[0].render("en")
    assert "Largest rise" in told.facts[0].render("en")


def test_each_group_stands_beside_itself(bakery: tuple[Session, pd.DataFrame]) -> None:
    session, frame = bakery
    told = found(session, measure="average_basket", by=["store"], **_YEARS)
    year = pd.to_datetime(frame["date_achat"]).dt.year
    means = frame.groupby([year, "boutique"])["montant"].mean()
    for item in told.items:
        assert item["before"] == pytest.approx(means[2024, item["store"]])
        assert item["average_basket"] == pytest.approx(means[2025, item["store"]])
    first = told.items[0]
    assert f"{first['before']:.2f}" in told.claim.render("en")
    assert "overall" in told.claim.render("en")


def test_a_group_of_one_period_alone_has_no_change(bakery: tuple[Session, pd.DataFrame]) -> None:
    """Nothing is made up for what was not there."""
    session, _ = bakery
    told = found(session, measure="amount", by=["day"], period={"start": "2025-01-01", "end": "2025-01-31"}, compare={"start": "2022-01-01", "end": "2022-01-31"})
    assert all(item["before"] is None and item["change"] is None for item in told.items)


def test_without_a_comparison_the_table_has_no_column_of_it(bakery: tuple[Session, pd.DataFrame]) -> None:
    session, _ = bakery
    told = found(session, measure="amount", by=["store"])
    assert told.table is not None
    assert not {"before", "change"} & {column.name for column in told.table.columns}
