"""Real files, when they are at hand (`NOCES_REAL_DATA` names their folder): counts published by those who made them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from analytics.importing import import_files, open_study
from analytics.study import Study
from analytics.workspace import Workspace

DATA = Path(os.environ.get("NOCES_REAL_DATA", "no-such-folder"))
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the real files are not at hand")


@contextmanager
def studied(folder: Path, *names: str) -> Iterator[Study]:
    workspace = Workspace(folder / "w")
    import_files(workspace, [DATA / name for name in names], today=date(2026, 11, 1))
    study = open_study(workspace)
    try:
        yield study
    finally:
        study.database.close()


def test_cdnow(tmp_path: Path) -> None:
    """23,570 customers, 69,659 purchases (Fader & Hardie, CDNOW master data set)."""
    with studied(tmp_path, "cdnow/CDNOW_master.txt") as study:
        assert study.row("SELECT COUNT(*) FROM customers") == (23570,)
        raw = pd.read_csv(DATA / "cdnow/CDNOW_master.txt", sep=r"\s+", header=0, names=["id", "day", "n", "amount"])
        assert study.row("SELECT COUNT(*), SUM(amount) FROM purchases") == (69659, Decimal(f"{raw['amount'].sum():.2f}"))
        days = raw.drop_duplicates(["id", "day"]).groupby("id").size()
        assert study.row("SELECT SUM(purchase_days), MAX(purchase_days) FROM customers") == (days.sum(), days.max())


def test_telecom_customers_in_two_languages(tmp_path: Path) -> None:
    """7,043 customers of whom 1,869 left (IBM); the French export says the same."""
    found = []
    for name in ("telco_ibm/telco_customer_churn.csv", "derived_fr/clients_telecom_fr_utf8bom.csv"):
        with studied(tmp_path / name.split("/")[0], name) as study:
            assert study.row("SELECT COUNT(*), COUNT(*) FILTER (lost) FROM customers") == (7043, 1869)
            found.append(study.rows("SELECT customer_id, lost, state, tenure_months, monthly_amount, amount FROM customers"))
    assert found[0] == found[1]


def test_electronics(tmp_path: Path) -> None:
    """12,136 customers, 20,000 orders; cancelled orders are kept aside."""
    raw = pd.read_csv(DATA / "electronics_sales/electronic_sales.csv")
    done = raw[raw["Order Status"] == "Completed"]
    with studied(tmp_path, "electronics_sales/electronic_sales.csv") as study:
        assert study.row("SELECT COUNT(*), SUM(amount) FROM customers") == (
            12136, Decimal(str(round(done["Total Price"].sum(), 2))),
        )  # fmt: skip
        assert study.row("SELECT COUNT(*), COUNT(*) FILTER (kept) FROM purchases") == (20000, len(done))
        bought = done["Customer ID"].nunique()
        assert study.row("SELECT COUNT(*) FILTER (orders > 0), COUNT(*) FILTER (lost IS NULL) FROM customers") == (
            bought, 12136 - bought,
        )  # fmt: skip


def test_french_purchases(tmp_path: Path) -> None:
    """51,243 purchases of 18,417 customers (De Bruyn's donations, as a French export)."""
    with studied(tmp_path, "derived_fr/achats_fr_cp1252.csv") as study:
        assert study.row("SELECT COUNT(*) FROM customers") == (18417,)
        assert study.row("SELECT COUNT(*), MIN(day), MAX(day) FROM purchases") == (51243, date(2005, 1, 2), date(2015, 12, 31))


def test_marketplace_persons_not_orders(tmp_path: Path) -> None:
    """Olist: the person is customer_unique_id; items' prices without freight; cancelled orders apart."""
    folder = DATA / "olist_sample"
    orders = pd.read_csv(folder / "olist_orders_dataset.csv")
    persons = orders.merge(pd.read_csv(folder / "olist_customers_dataset.csv"), on="customer_id")
    kept = persons[~persons["order_status"].isin(["canceled", "unavailable"])]
    items = kept.merge(pd.read_csv(folder / "olist_order_items_dataset.csv"), on="order_id")
    names = [f"olist_sample/{path.name}" for path in sorted(folder.glob("*.csv"))]
    with studied(tmp_path, *names) as study:
        assert study.row("SELECT COUNT(*), SUM(orders) FROM customers") == (
            persons["customer_unique_id"].nunique(), kept["order_id"].nunique(),
        )  # fmt: skip
        priced = study.row("SELECT SUM(amount) FROM purchases WHERE kept AND product IS NOT NULL")[0]
        assert priced == Decimal(f"{items['price'].sum():.2f}")
        late = study.attribute("first_delivery_late")
        assert late is not None
        assert study.row(f"SELECT COUNT(*) FILTER ({late.column}) FROM customers")[0] > 100
