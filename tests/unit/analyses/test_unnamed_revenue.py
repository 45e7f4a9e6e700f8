"""Revenue is of all that was sold, whoever bought it; what is told by customer is of those who are known. Counted with pandas."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analytics.catalog import Runner
from analytics.importing import import_files, open_study
from analytics.workspace import Workspace
from assistant.sample import write_sample
from vocabulary.finding import Finding


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> tuple[Runner, pd.DataFrame]:
    """The sample shops, and their sales and returns as one frame: `who`, `day`, `amount`, `magasin`, `categorie`."""
    folder = tmp_path_factory.mktemp("shop")
    paths = write_sample(folder, kind="retail", language="fr", seed=3, customers=800)
    workspace = Workspace(folder / "w")
    import_files(workspace, list(paths))
    study = open_study(workspace)
    sold, back = (
        pd.read_csv(folder / name, sep=";", decimal=",", encoding="utf-8-sig", dtype={"id_client": str})
        for name in ("achats.csv", "retours.csv")
    )
    alike = sold.groupby("id_ticket")[["magasin", "categorie"]].agg(lambda values: values.iloc[0] if values.nunique() == 1 and values.notna().all() else None)
    back = back.join(alike, on="id_ticket")  # what is sent back is of the shop and the category of its ticket
    lines = pd.concat([
        pd.DataFrame({
            "who": sold["id_client"], "day": pd.to_datetime(sold["date_achat"], dayfirst=True), "amount": sold["montant_ttc"],
            "magasin": sold["magasin"], "categorie": sold["categorie"],
        }),
        pd.DataFrame({
            "who": back["id_client"], "day": pd.to_datetime(back["date_retour"], dayfirst=True), "amount": -back["montant_rembourse"],
            "magasin": back["magasin"], "categorie": back["categorie"],
        }),
    ])  # fmt: skip
    lines = lines[lines["day"] <= pd.Timestamp(study.as_of)]
    assert lines.loc[lines["who"].isna(), "amount"].sum() > 0.01 * lines["amount"].sum(), "more than one in a hundred must be nobody's"
    return Runner(study), lines


def asked(runner: Runner, **arguments: Any) -> Finding:
    found = runner.run("explore", {"measure": "amount", **arguments})
    assert isinstance(found, Finding), found
    return found


def value(found: Finding, name: str = "amount") -> float:
    return next(float(m.value or 0) for m in found.measures if m.name == name)


def test_the_revenue_is_of_all_sales_and_says_what_nobody_known_bought(shop: tuple[Runner, pd.DataFrame]) -> None:
    runner, lines = shop
    found = asked(runner)
    nobody = lines.loc[lines["who"].isna(), "amount"].sum()
    assert found.measures[0].value == pytest.approx(lines["amount"].sum(), abs=0.01)
    assert value(found, "amount_without_customer") == pytest.approx(nobody, abs=0.01)
    assert f"Of which {round(nobody):,} without a known customer" in found.claim.render("en")
    assert "sans client connu." in found.claim.render("fr")
    assert not any("left out" in c.render("en") for c in found.caveats)


@pytest.mark.parametrize("by", ["magasin", "categorie", "month"])
def test_groups_of_sales_add_up_to_it(shop: tuple[Runner, pd.DataFrame], by: str) -> None:
    runner, lines = shop
    fields = {"magasin": "store", "categorie": "category", "month": "month"}
    found = asked(runner, by=[fields[by]])
    key = lines["day"].dt.date.map(lambda day: date(day.year, day.month, 1)) if by == "month" else lines[by].where(lines[by].notna(), None)
    counted = lines.groupby(key, dropna=False)["amount"].sum()
    assert found.table is not None
    told = {row[0]: float(row[1]) for row in found.table.rows}
    assert sum(told.values()) == pytest.approx(float(found.measures[0].value or 0), abs=0.01)
    for group, amount in counted.items():
        assert told[None if pd.isna(group) else group] == pytest.approx(amount, abs=0.01), group
    assert any("included in the whole" in c.render("en") for c in found.caveats)


def test_a_period_and_a_filter_of_sales_count_all_of_them(shop: tuple[Runner, pd.DataFrame]) -> None:
    runner, lines = shop
    year = lines[lines["day"].dt.year == 2025]
    found = asked(runner, period={"start": "2025-01-01", "end": "2025-12-31"})
    assert found.measures[0].value == pytest.approx(year["amount"].sum(), abs=0.01)
    assert value(found, "amount_without_customer") == pytest.approx(year.loc[year["who"].isna(), "amount"].sum(), abs=0.01)
    there = lines[lines["magasin"] == lines["magasin"].mode()[0]]
    found = asked(runner, purchase_filter=[{"field": "store", "operator": "=", "values": [lines["magasin"].mode()[0]]}])
    assert found.measures[0].value == pytest.approx(there["amount"].sum(), abs=0.01)


def test_shares_of_revenue_are_of_all_sales(shop: tuple[Runner, pd.DataFrame]) -> None:
    runner, lines = shop
    found = asked(runner, measure="share_amount", by=["store"])
    assert found.table is not None
    counted = lines.groupby(lines["magasin"].where(lines["magasin"].notna(), None), dropna=False)["amount"].sum() / lines["amount"].sum()
    for row in found.table.rows:
        assert row[1] == pytest.approx(counted[row[0]] if row[0] is not None else counted[counted.index.isna()].iloc[0], abs=1e-6)
    nobody = f"{round(lines.loc[lines['who'].isna(), 'amount'].sum()):,}"
    assert any(nobody in c.render("en") for c in found.caveats)


def test_what_is_told_by_customer_stays_on_those_known_and_says_so(shop: tuple[Runner, pd.DataFrame]) -> None:
    runner, lines = shop
    known = lines[lines["who"].notna()]
    by_channel = asked(runner, by=["channel"])
    assert by_channel.table is not None
    assert by_channel.measures[0].value == pytest.approx(known["amount"].sum(), abs=0.01)
    assert sum(float(row[1]) for row in by_channel.table.rows) == pytest.approx(known["amount"].sum(), abs=0.01)
    assert "Revenue from known customers" in by_channel.claim.render("en")
    assert any("left out" in c.render("en") for c in by_channel.caveats)
    lost = asked(runner, segment=[{"field": "lost", "operator": "=", "values": [True]}])
    gone = {row[0] for row in runner.study.database.rows("SELECT customer_id FROM customers WHERE lost")}
    assert lost.measures[0].value == pytest.approx(known[known["who"].isin(gone)]["amount"].sum(), abs=0.01)
    assert all(m.name != "amount_without_customer" for m in lost.measures)


def test_an_average_month_is_over_the_months_of_all_sales(shop: tuple[Runner, pd.DataFrame]) -> None:
    runner, lines = shop
    months = lines["day"].dt.to_period("M")
    count = (months.max() - months.min()).n + 1
    assert asked(runner, per="month").measures[0].value == pytest.approx(lines["amount"].sum() / count, abs=0.01)


def test_a_till_counts_all_its_tickets_and_what_is_on_them(tmp_path: Path) -> None:
    """Tickets, things and tips of everyone, numbers that begin again each day; what is told of an order says whose it is."""
    rows = [
        {"Date": f"{day:02d}/03/2026", "N° ticket": number, "Client": f"C{day * number * number % 17}" if number % 3 == 0 else "", "Couverts": 1 + number % 4,
         "Total TTC": f"{20 + number},00", "Pourboire": f"{number % 2},00"}
        for day in range(1, 29) for number in range(1, 16)
    ]  # fmt: skip
    sales = pd.DataFrame(rows)
    (tmp_path / "notes.csv").write_text(sales.to_csv(index=False, sep=";"), encoding="utf-8")
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, [tmp_path / "notes.csv"])
    runner = Runner(open_study(workspace))
    tickets = asked(runner, measure="orders")
    assert tickets.measures[0].value == len(sales) and value(tickets, "orders_without_customer") == (sales["Client"] == "").sum()
    assert sales[sales["Client"] != ""].duplicated(["Client", "N° ticket"]).any()  # a customer may bear one number on two days
    assert asked(runner, measure="sum", column="Pourboire").measures[0].value == sales["Pourboire"].str.replace(",", ".").astype(float).sum()
    assert asked(runner, measure="quantity").measures[0].value == sales["Couverts"].sum()
    basket = asked(runner, measure="average_basket")
    assert basket.measures[0].n == (sales["Client"] != "").sum() and "of known customers" in basket.claim.render("en")
    runner.study.database.close()
