"""The reduction equals an independent computation with pandas, on random bases."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.customers.reduce import Reduction, customers_at, reduce
from analytics.datamodel.model import LostDefinition
from analytics.datamodel.roles import Role, TableKind
from analytics.measures.state import state_sql
from tests.unit.customers.worlds import World

AS_OF = date(2025, 6, 30)
LINE_ROLES = {
    "client": Role.CUSTOMER_ID, "ticket": Role.ORDER_ID, "jour": Role.PURCHASE_DATE, "montant": Role.AMOUNT,
    "statut": Role.ORDER_STATUS, "remise": Role.DISCOUNT, "rayon": Role.CATEGORY, "boutique": Role.STORE,
}  # fmt: skip


def random_lines(seed: int, n: int = 400) -> pd.DataFrame:
    """Random tickets of one to three lines, some cancelled, some sent back, some after the as-of date."""
    rng = np.random.default_rng(seed)
    rows = []
    for ticket in range(n):
        client = f"C{rng.integers(0, 60):03d}"
        day = date(2022, 1, 1) + timedelta(days=int(rng.integers(0, 1400)))
        status = str(rng.choice(["Livrée", "Terminée", "Annulée", "Refusée", "cancelled"], p=[0.5, 0.3, 0.1, 0.05, 0.05]))
        for _ in range(int(rng.integers(1, 4))):
            sign = -1 if rng.random() < 0.05 else 1
            rows.append((
                client, f"T{ticket:05d}", day, sign * round(float(rng.gamma(2, 20)), 2), status,
                float(rng.choice([0.0, 5.5])), str(rng.choice(["Jardin", "Cuisine", "Linge"])),
                str(rng.choice(["Lyon", "Paris"])),
            ))  # fmt: skip
    return pd.DataFrame(rows, columns=list(LINE_ROLES))


def by_pandas(lines: pd.DataFrame, day: date) -> pd.DataFrame:
    """The same customers, computed apart."""
    seen = lines[lines["jour"] <= day]
    kept = seen[~seen["statut"].isin(["Annulée", "Refusée", "cancelled"])]
    bought = kept[kept["montant"] >= 0]
    orders = bought.groupby(["client", "ticket"]).agg(day=("jour", "min"), promo=("remise", lambda r: (r > 0).any()))
    orders = orders.reset_index()
    by = orders.groupby("client")
    year, two = ((pd.Timestamp(day) - pd.DateOffset(years=n)).date() for n in (1, 2))
    table = pd.DataFrame(index=sorted(seen["client"].unique()))
    table["orders"] = by.size()
    table["purchase_days"] = by["day"].nunique()
    table["first_purchase"], table["last_purchase"] = by["day"].min(), by["day"].max()
    table["promo_share"] = by["promo"].mean()
    cents = (kept["montant"] * 100).round().astype(int)
    table["amount"] = cents.groupby(kept["client"]).sum()
    table["amount_12m"] = cents[kept["jour"] > year].groupby(kept["client"]).sum()
    table["amount_prev_12m"] = cents[(kept["jour"] > two) & (kept["jour"] <= year)].groupby(kept["client"]).sum()
    table["categories"] = kept.groupby("client")["rayon"].nunique()
    gaps = {
        client: np.diff(np.sort(pd.to_datetime(group["day"].drop_duplicates()).to_numpy())).astype("timedelta64[D]").astype(int)
        for client, group in by
    }
    table["median_gap"] = pd.Series({c: np.median(g) for c, g in gaps.items() if len(g)}, dtype=float)
    table["p90_gap"] = pd.Series({c: np.percentile(g, 90) for c, g in gaps.items() if len(g)}, dtype=float)
    counts = ["orders", "purchase_days", "amount", "amount_12m", "amount_prev_12m"]
    table[counts] = table[counts].fillna(0).astype(int)
    return table


def check_equal(rows: pd.DataFrame, expected: pd.DataFrame, day: date) -> None:
    rows = rows.set_index("customer_id")
    assert list(rows.index) == list(expected.index)
    assert list(rows["customer_key"]) == sorted(rows["customer_key"])
    for name in ("orders", "purchase_days"):
        assert rows[name].tolist() == expected[name].tolist(), name
    for name in ("amount", "amount_12m", "amount_prev_12m"):
        assert [int(Decimal(v) * 100) for v in rows[name]] == expected[name].tolist(), name
    for name in ("first_purchase", "last_purchase"):
        assert pd.to_datetime(rows[name]).tolist() == pd.to_datetime(expected[name]).tolist(), name
    for name in ("promo_share", "median_gap", "p90_gap"):
        np.testing.assert_allclose(rows[name].astype(float), expected[name].astype(float), atol=1e-9, err_msg=name)
    np.testing.assert_allclose(rows["categories"].fillna(0).astype(float), expected["categories"].fillna(0))
    silent = pd.to_datetime(pd.Series([day] * len(rows), index=rows.index)) - pd.to_datetime(expected["last_purchase"])
    np.testing.assert_allclose(rows["recency_days"].astype(float), silent.dt.days.astype(float))


def reduced(world: World, lost: LostDefinition | None = None, as_of: date = AS_OF) -> Reduction:
    return reduce(world.database, world.model(as_of, lost), state_sql)


def frame(world: World, table: str = "customers") -> pd.DataFrame:
    names, rows = world.database.columns(f"SELECT * FROM {table}")
    return pd.DataFrame(rows, columns=names)


@pytest.mark.parametrize("seed", range(4))
def test_transactions_alone_equal_pandas(tmp_path: Path, seed: int) -> None:
    world, lines = World(tmp_path), random_lines(seed)
    world.add(TableKind.TRANSACTIONS, lines, LINE_ROLES)
    reduction = reduced(world)
    check_equal(frame(world), by_pandas(lines, AS_OF), AS_OF)
    months = frame(world, "customer_months")
    total = world.database.row("SELECT SUM(amount), SUM(orders) FROM customers")
    assert (months["amount"].sum(), months["orders"].sum()) == total
    assert reduction.tables == {"customers", "purchases", "customer_months"}


@pytest.mark.parametrize("seed", range(4))
def test_an_earlier_date_equals_pandas_and_never_sees_the_future(tmp_path: Path, seed: int) -> None:
    """The as-of discipline: with the future deleted from the files, the same customers come out, to the last digit."""
    day, lines = date(2024, 2, 29), random_lines(seed)
    (tmp_path / "all").mkdir()
    (tmp_path / "past").mkdir()
    world = World(tmp_path / "all")
    world.add(TableKind.TRANSACTIONS, lines, LINE_ROLES)
    reduction = reduced(world)
    then = customers_at(world.database, reduction.query, state_sql, day)
    check_equal(then.to_pandas(), by_pandas(lines, day), day)
    past = World(tmp_path / "past")
    past.add(TableKind.TRANSACTIONS, lines[lines["jour"] <= day].reset_index(drop=True), LINE_ROLES)
    reduced(past, as_of=day)
    left, right = then.to_pandas(), frame(past)
    for name in set(then.column_names) - {"customer_key", "lost", "lost_on"}:
        assert _plain(left[name]) == _plain(right[name]), name
    assert then.column("lost").null_count == then.num_rows


def _plain(values: pd.Series) -> list[object]:
    """Values as text, whatever the type they travelled in."""
    if values.dtype == object and isinstance(next((v for v in values if not pd.isna(v)), None), date):
        return [None if pd.isna(v) else str(v)[:10] for v in values]
    return [None if pd.isna(v) else float(v) if isinstance(v, int | float | Decimal) else str(v) for v in values]
