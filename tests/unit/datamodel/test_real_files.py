"""Public files nobody prepared for us; skipped where they are not at hand (they are never shipped)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from analytics.datamodel.model import DataModel, LostBasis
from analytics.datamodel.roles import Role, TableKind
from tests.unit.datamodel.worlds import checks, loaded

_DATA = Path(__file__).parents[4] / "shared" / "data"
pytestmark = pytest.mark.skipif(not _DATA.is_dir(), reason="the public files are not at hand")


def _model(*patterns: str) -> DataModel:
    paths = sorted(path for pattern in patterns for path in _DATA.glob(pattern))
    with loaded(paths, today=date(2026, 11, 22)) as (model, _):
        return model


def _roles(model: DataModel, file: str) -> dict[str, str]:
    return {binding.name: binding.role.value for binding in model.bindings if binding.file == file}


@pytest.mark.parametrize(
    ("file", "label", "gone"),
    [
        ("telco_ibm/telco_customer_churn.csv", "Churn", "Yes"),
        ("derived_fr/clients_telecom_fr_utf8bom.csv", "Résilié", "Oui"),
    ],
)
def test_telco_in_both_languages(file: str, label: str, gone: str) -> None:
    """1,869 of 7,043 left (IBM's documentation of the sample); the French twin reads the same."""
    model = _model(file)
    assert model.lost.basis is LostBasis.LABEL
    assert (model.lost.column, model.lost.lost_values) == (label, (gone,))
    assert "1,869 rows of 7,043" in model.lost.evidence.render("en")
    found = {binding.role for binding in model.bindings}
    assert {Role.CUSTOMER_ID, Role.TENURE, Role.RECURRING_AMOUNT, Role.TOTAL_SPENT, Role.CONTRACT_TYPE} <= found
    assert model.as_of == date(2026, 11, 22)
    assert not checks(model)


def test_cdnow() -> None:
    """69,659 lines of 23,570 customers, no header in the sample; returns are rare after about a year."""
    model = _model("cdnow/CDNOW_master.txt")
    assert list(_roles(model, "CDNOW_master.txt").values()) == ["customer_id", "purchase_date", "quantity", "amount"]
    assert model.as_of == date(1998, 6, 30)
    assert model.lost.basis is LostBasis.RHYTHM and model.lost.days is not None and 250 <= model.lost.days <= 400
    assert set(checks(model)) <= {"duplicate_rows"}


def test_cdnow_without_headers() -> None:
    """Roles from values alone."""
    model = _model("cdnow/CDNOW_sample.txt")
    roles = list(_roles(model, "CDNOW_sample.txt").values())
    assert roles == ["customer_id", "row_id", "purchase_date", "quantity", "amount"]
    assert model.readings[0].kind is TableKind.TRANSACTIONS


def test_purchase_process_summaries() -> None:
    """`recency` beside `T` is the age at the last purchase, not the time since: read the other way it turns all upside down."""
    model = _model("cdnow/cdnow_customers_summary.csv")
    assert list(_roles(model, "cdnow_customers_summary.csv").values()) == [
        "customer_id", "frequency", "last_purchase_age", "age_observed"]  # fmt: skip
    model = _model("cdnow/cdnow_customers_summary_with_transactions.csv")
    assert list(_roles(model, "cdnow_customers_summary_with_transactions.csv").values())[:4] == [
        "customer_id", "frequency", "last_purchase_age", "age_observed"]  # fmt: skip


def test_transactions_of_two_columns() -> None:
    """A date and a repeated id are purchases."""
    model = _model("cdnow/example_transactions.csv")
    assert model.readings[0].kind is TableKind.TRANSACTIONS
    assert _roles(model, "example_transactions.csv") == {"date": "purchase_date", "id": "customer_id"}


def test_olist_the_person_is_the_unique_id() -> None:
    """`customer_id` is one per order; the person is `customer_unique_id`, reached through the links."""
    model = _model("olist_sample/*.csv")
    kinds = {
        reading.file.removeprefix("olist_").removesuffix("_dataset.csv"): reading.kind for reading in model.readings
    }
    assert kinds == {
        "customers": TableKind.CUSTOMER_LINKS, "order_items": TableKind.ORDER_LINES, "order_payments": TableKind.PAYMENTS,
        "order_reviews": TableKind.SURVEYS, "orders": TableKind.TRANSACTIONS, "products": TableKind.PRODUCTS,
        "sellers": TableKind.SELLERS,
    }  # fmt: skip
    assert _roles(model, "olist_customers_dataset.csv")["customer_unique_id"] == "customer_id"
    assert _roles(model, "olist_customers_dataset.csv")["customer_id"] == "customer_link"
    assert _roles(model, "olist_order_items_dataset.csv")["price"] == "amount"
    links = next(table for table in model.tables if table.file == "olist_customers_dataset.csv")
    orders = next(table for table in model.tables if table.file == "olist_orders_dataset.csv")
    key = next(k for k in model.keys if (k.left_table, k.right_table) == (orders.table, links.table))
    assert links.column("customer_id").column == key.right_column and key.coverage == 1.0
    assert model.lost.basis is LostBasis.NONE  # nearly everyone buys once


def test_artea_has_an_outcome_and_no_label() -> None:
    """The columns after the campaign are outcomes; race is sensitive."""
    model = _model("artea/*.csv")
    roles = _roles(model, "artea-a_b-experiment.csv")
    assert (roles["test_coupon"], roles["trans_after"], roles["revenue_after"]) == (
        "treatment_group", "outcome_converted", "outcome_amount")  # fmt: skip
    assert model.lost.basis is LostBasis.NONE
    assert set(checks(model)) == {"sensitive_data"}


def test_electronics() -> None:
    """Cancelled orders are no churn; PayPal is spelt in two ways."""
    model = _model("electronics_sales/*.csv")
    roles = _roles(model, "electronic_sales.csv")
    assert (roles["Total Price"], roles["Unit Price"], roles["Order Status"]) == (
        "amount",
        "unit_price",
        "order_status",
    )
    assert model.lost.basis is LostBasis.RHYTHM
    spelt = [check for check in model.health if check.check == "inconsistent_spelling"]
    assert "Payment Method" in {check.column for check in spelt}


def test_french_purchases() -> None:
    """Eighteen thousand donors over ten years: the rhythm is yearly, and three years is the usual limit (De Bruyn)."""
    model = _model("derived_fr/achats_fr_cp1252.csv")
    assert set(_roles(model, "achats_fr_cp1252.csv").values()) == {"customer_id", "amount", "purchase_date"}
    assert model.currency == "EUR"
    assert model.as_of == date(2015, 12, 31)
    assert model.lost.days is not None and 730 <= model.lost.days <= 1200
