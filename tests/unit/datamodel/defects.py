"""Defects planted in a clean world, one function a health code."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from tests.unit.datamodel.worlds import Files


def duplicate_rows(files: Files) -> None:
    """Twenty sales are pasted twice."""
    files["achats.csv"] += [dict(row) for row in files["achats.csv"][:20]]


def duplicate_customers(files: Files) -> None:
    """Six people come back under another identifier, with the same address."""
    twins = [dict(row) for row in files["clients.csv"][:6]]
    for number, row in enumerate(twins):
        row["id_client"] = f"D{number:05d}"
    files["clients.csv"] += twins


def missing_values(files: Files) -> None:
    """One amount in ten is empty."""
    for row in files["achats.csv"][::10]:
        row["montant_ttc"] = None


def future_dates(files: Files) -> None:
    """Five sales are dated five years late."""
    for number, row in enumerate(files["achats.csv"][10:15]):
        row["date_achat"] = date(2030, 3, 2) + timedelta(days=number)


def impossible_dates(files: Files) -> None:
    """Four sales of the nineteenth century's last day but one."""
    for row in files["achats.csv"][20:24]:
        row["date_achat"] = date(1900, 1, 1)


def outlier_amounts(files: Files) -> None:
    """Three amounts in cents where the others are in euros, a thousand times over."""
    for row in files["achats.csv"][30:33]:
        row["montant_ttc"] = 250_000.0


def negative_amounts(files: Files) -> None:
    """Fifteen refunds among the sales."""
    for row in files["achats.csv"][40:55]:
        row["montant_ttc"] = -12.5


def test_accounts(files: Files) -> None:
    """Four accounts of the web agency."""
    for number, row in enumerate(files["clients.csv"][50:54]):
        row.update(prenom="Test", nom="TEST", email=f"test{number}@mail-1.fr")


def mixed_currencies(files: Files) -> None:
    """A shop in Nouméa, in Pacific francs."""
    for row in files["achats.csv"][60:90]:
        row["devise"] = "XPF"


def orphans(files: Files) -> None:
    """Twenty-five sales of customers nobody knows."""
    for number, row in enumerate(files["achats.csv"][100:125]):
        row["id_client"] = f"Z{number:05d}"


def unlabelled_personal_data(files: Files) -> None:
    """Addresses written in a note."""
    for row in files["clients.csv"][60:66]:
        row["note"] = "rappeler à jeanne.petit@orange.fr avant midi"


def unreadable_cells(files: Files) -> None:
    """A date that is a word."""
    files["achats.csv"][130]["date_achat"] = "bientôt"


def constant_columns(files: Files) -> None:
    """A column that says the same everywhere."""
    for row in files["clients.csv"]:
        row["origine_fichier"] = "export"


def sensitive_data(files: Files) -> None:
    """Bank account numbers."""
    for number, row in enumerate(files["clients.csv"]):
        row["iban"] = f"FR76300040000{number:012d}43"


def rows_without_customer(files: Files) -> None:
    """One sale in twelve without a customer."""
    for row in files["achats.csv"][5::12]:
        row["id_client"] = None


def inconsistent_spelling(files: Files) -> None:
    """PayPal and Paypal."""
    for row in files["achats.csv"][::3]:
        if row["moyen_paiement"] == "PayPal":
            row["moyen_paiement"] = "Paypal"


def out_of_range(files: Files) -> None:
    """Two ages above nine hundred."""
    for row in files["clients.csv"][70:72]:
        row["age"] = 999


SHOP_DEFECTS: dict[str, Callable[[Files], None]] = {
    defect.__name__: defect
    for defect in (
        duplicate_rows, duplicate_customers, missing_values, future_dates, impossible_dates, outlier_amounts,
        negative_amounts, test_accounts, mixed_currencies, orphans, unlabelled_personal_data, unreadable_cells,
        constant_columns, sensitive_data, rows_without_customer, inconsistent_spelling, out_of_range,
    )
}  # fmt: skip


def label_contradiction(files: Files) -> None:
    """A contract end for people said to have stayed."""
    for number, row in enumerate(files["customers.csv"]):
        ended = row["churned"] == "Yes" or number % 10 == 0
        row["contract_end_date"] = date(2025, 3, 1) + timedelta(days=number % 60) if ended else None


def leak_suspect(files: Files) -> None:
    """A refund given on leaving."""
    for row in files["customers.csv"]:
        row["closing_refund"] = 12.5 if row["churned"] == "Yes" else None


def survivors_only(files: Files) -> None:
    """The leavers were deleted before the export."""
    files["customers.csv"] = [row for row in files["customers.csv"] if row["churned"] == "No"]


def small_file(files: Files) -> None:
    """Forty customers."""
    files["customers.csv"] = files["customers.csv"][:40]


LABEL_DEFECTS: dict[str, Callable[[Files], None]] = {
    defect.__name__: defect for defect in (label_contradiction, leak_suspect, survivors_only, small_file)
}
