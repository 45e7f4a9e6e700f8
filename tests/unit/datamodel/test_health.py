"""Health of the data: what a defect must not move, and what is no defect. How many are found is in `test_health_measured.py`."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from analytics.datamodel.model import Choice, Corrections, Money
from analytics.datamodel.roles import Role
from analytics.importing import import_files, open_study
from analytics.workspace import Workspace
from tests.unit.datamodel.defects import future_dates
from tests.unit.datamodel.worlds import TODAY, Files, Row, checks, model_of, shop, write_files


def test_future_dates_do_not_move_the_as_of_date() -> None:
    """Fifteen lines five years late made half of the customers look lost, then all of them; the date must not move."""
    clean = model_of(shop(seed=2)).as_of
    files = shop(seed=2)
    future_dates(files)
    assert model_of(files).as_of == clean


def test_strays_before_today_do_not_move_the_as_of_date() -> None:
    """A single line two years after all the others, yet before today, is set aside and told."""
    files = shop(seed=2, until=date(2023, 10, 31))
    last = max(row["date_achat"] for row in files["achats.csv"])  # type: ignore[type-var]
    files["achats.csv"][7]["date_achat"] = date(2025, 11, 30)
    model = model_of(files)
    assert model.as_of == last
    assert checks(model)["impossible_dates"] == 1


def test_dates_all_under_the_thirteenth_are_ambiguous() -> None:
    """Days and months that could be exchanged are told; first days of months are not a doubt."""
    doubtful: Files = {"achats.csv": [
        {"id_client": f"C{n % 40:03d}", "date_achat": date(2024, 1 + n % 12, 1 + (n * 7) % 12), "montant": 10.0 + n}
        for n in range(200)
    ]}  # fmt: skip
    assert checks(model_of(doubtful))["ambiguous_dates"] == 200
    monthly: Files = {"depenses.csv": [
        {"mois": date(2022 + n // 12, 1 + n % 12, 1), "canal": "Site", "depense": 100.0 + n} for n in range(36)
    ]}  # fmt: skip
    assert "ambiguous_dates" not in checks(model_of(monthly))


def test_contract_ends_and_renewals_may_lie_ahead() -> None:
    """A renewal next year is no defect."""
    rows: list[Row] = [{
        "subscription_id": f"S{n}", "customer_id": f"C{n}", "start_date": date(2024, 1, 1) + timedelta(days=n),
        "renewal_date": date(2026, 6, 1) + timedelta(days=n % 50), "mrr": 20.0 + n % 5,
        "end_date": date(2025, 2, 1) if n % 4 == 0 else None,
    } for n in range(200)]  # fmt: skip
    assert "future_dates" not in checks(model_of({"subscriptions.csv": rows}))


def test_amounts_of_another_size_in_one_country_are_another_currency() -> None:
    """Pacific francs summed as euros: eighty-two per cent of revenue was wrong (threats.md, section 5)."""
    rows: list[Row] = [{
        "id_client": f"C{n % 80}", "date_achat": date(2025, 1, 1) + timedelta(days=n % 300), "pays": "NC" if n % 12 == 0 else "FR",
        "montant": (30.0 + n % 17) * (119 if n % 12 == 0 else 1),
    } for n in range(600)]  # fmt: skip
    assert checks(model_of({"achats.csv": rows}))["mixed_currencies"] == 50


def test_a_copied_row_of_a_customer_is_no_second_customer() -> None:
    """Said once, and that it counts once; a row of the same customer that says something else is told apart."""
    files = shop(seed=3)
    people = files["clients.csv"]
    moved = {**people[20], "canal_acquisition": "Foire"}
    files["clients.csv"] = [*people, *people[:12], moved]
    found = {check.check: check for check in model_of(files).health if check.file == "clients.csv"}
    assert found["duplicate_rows"].count == 12
    assert found["duplicate_rows"].default is Choice.APPLY
    assert "comptés une seule fois" in found["duplicate_rows"].detail.render("fr")
    assert found["duplicate_customers"].count == 1


def test_two_exports_that_overlap_count_once(tmp_path: Path) -> None:
    """June stands in both files: each of its orders counts once, and the others are no rows without a match."""
    rows = shop(seed=71)["achats.csv"]
    first = [row for row in rows if str(row["date_achat"]) < "2024-07-01"]
    second = [row for row in rows if str(row["date_achat"]) >= "2024-06-01"]
    both = len(first) + len(second) - len(rows)
    assert both > 10
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files({"achats_1.csv": first, "achats_2.csv": second}, tmp_path), today=TODAY)
    study = open_study(workspace)
    try:
        total = study.database.row("SELECT SUM(amount) FROM purchases WHERE kept")[0]
        assert float(total) == pytest.approx(sum(float(str(row["montant_ttc"])) for row in rows), abs=0.01)
        found = {check.check: check for check in study.model.health}
        assert found["duplicate_rows"].count == both and "déjà dans achats_1.csv" in found["duplicate_rows"].detail.render("fr")
        assert "orphans" not in found
    finally:
        study.database.close()


def test_a_number_called_by_the_till_s_name_is_nobody(tmp_path: Path) -> None:
    """« CLI000, VENTE CAISSE » holds half of the sales: they are in the revenue, and nobody's."""
    rows = [{**row, "nom_client": f"Durand {row['id_client']}"} for row in shop(seed=72)["achats.csv"]]
    known = 0.0
    for number, row in enumerate(rows):
        if number % 2:
            row["id_client"], row["nom_client"] = "CLI000", "VENTE CAISSE"
        else:
            known += float(str(row["montant_ttc"]))
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files({"caisse.csv": rows}, tmp_path), today=TODAY)
    study = open_study(workspace)
    try:
        assert float(study.database.row("SELECT SUM(amount) FROM customers")[0]) == pytest.approx(known, abs=0.01)
        assert not study.database.row("SELECT COUNT(*) FROM customers WHERE customer_id = 'CLI000'")[0]
        assert float(study.database.row("SELECT SUM(amount) FROM unnamed_purchases")[0]) > 0
    finally:
        study.database.close()


def test_a_large_customer_whose_name_holds_a_word_of_the_till_stays_one() -> None:
    """« Caisse d’Épargne » buys half of all: the doubt may be said, nothing is taken out unasked."""
    rows = [{**row, "nom_client": f"Durand {row['id_client']}"} for row in shop(seed=72)["achats.csv"]]
    for row in rows[::2]:
        row["id_client"], row["nom_client"] = "CLI000", "Caisse d’Épargne"
    found = [check for check in model_of({"ventes.csv": rows}).health if check.check == "anonymous_id"]
    assert all(check.default is not Choice.APPLY for check in found)


@pytest.mark.parametrize("brought", [True, False])
def test_amounts_already_brought_to_one_currency_are_added(brought: bool) -> None:
    """« Montant (EUR) » beside what was paid in dollars: euros all; where both columns say the same, nothing was brought to euros."""
    rows: list[Row] = []
    for number in range(600):
        code, paid = ("EUR", "USD", "GBP")[number % 3], 20.0 + number % 37
        rate = {"EUR": 1.0, "USD": 0.92, "GBP": 1.17}[code] if brought else 1.0
        rows.append({
            "id_client": f"C{number % 80}", "date_achat": date(2025, 1, 1) + timedelta(days=number % 300), "Devise": code,
            "Montant devise": paid, "Montant (EUR)": round(paid * rate, 2),
        })  # fmt: skip
    model = model_of({"achats.csv": rows})
    assert ("mixed_currencies" not in checks(model)) is brought and model.currency == "EUR"


def test_amounts_in_a_currency_we_do_not_know_are_not_added(tmp_path: Path) -> None:
    """A column of currencies says « QZX » and « dirham » here and there: those sales stay without an amount, and it is said."""
    rows, euros = shop(seed=73)["achats.csv"], 0.0
    for number, row in enumerate(rows):
        row["devise"] = "EUR" if number % 12 else ("QZX", "dirham")[number % 24 == 0]
        euros += float(str(row["montant_ttc"])) if number % 12 else 0.0
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files({"achats.csv": rows}, tmp_path), today=TODAY)
    study = open_study(workspace)
    try:
        assert float(study.database.row("SELECT SUM(amount) FROM purchases")[0]) == pytest.approx(euros, abs=0.01)
        found = {check.check: check for check in study.model.health}
        assert "QZX" in found["mixed_currencies"].detail.render("fr")
    finally:
        study.database.close()


def test_a_column_of_refunds_is_said_on_the_page_of_the_data() -> None:
    """What is taken off the revenue stands among the checks, with its total; not where money is counted before returns."""
    rows: list[Row] = [
        {"Order ID": f"T{n}", "Customer ID": f"C{n % 90:03d}", "Order date": date(2024, 1 + n % 12, 5), "Total": 40 + n % 60,
         "Amount refunded": 30 if n % 4 == 0 else 0} for n in range(400)
    ]  # fmt: skip
    found = [c for c in model_of({"orders.csv": rows}).health if c.column == "Amount refunded"]
    assert [(check.check, check.count) for check in found] == [("negative_amounts", 100)]
    assert found[0].detail.values["total"].value == 3000  # type: ignore[union-attr]
    gross = Corrections(money=Money(returns="gross"))
    assert not [c for c in model_of({"orders.csv": rows}, corrections=gross).health if c.column == "Amount refunded"]


@pytest.mark.parametrize("header", ["Completed Time", "Completed at", "Order Completed Time", "Date de finalisation"])
def test_the_only_date_of_sales_is_their_day(header: str) -> None:
    """A time of completion is the day of the sale where no other date is told."""
    rows: list[Row] = [
        {"Order ID": f"T{n}", "Customer": f"C{n % 90:03d}", "Product": "Mug", header: date(2024, 1 + n % 12, 5), "Total": 40 + n % 60}
        for n in range(400)
    ]
    found = model_of({"ventes.csv": rows}).find(Role.PURCHASE_DATE)
    assert found is not None and found.name == header
