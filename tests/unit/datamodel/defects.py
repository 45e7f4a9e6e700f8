"""Defects planted in a clean world, for tests that follow what they change; all that is measured is in `measure/`."""

from __future__ import annotations

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


def future_dates(files: Files) -> None:
    """Five sales are dated five years late."""
    for number, row in enumerate(files["achats.csv"][10:15]):
        row["date_achat"] = date(2030, 3, 2) + timedelta(days=number)


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


def unlabelled_personal_data(files: Files) -> None:
    """Addresses written in a note."""
    for row in files["clients.csv"][60:66]:
        row["note"] = "rappeler à jeanne.petit@orange.fr avant midi"


def rows_without_customer(files: Files) -> None:
    """One sale in twelve without a customer."""
    for row in files["achats.csv"][5::12]:
        row["id_client"] = None


def inconsistent_spelling(files: Files) -> None:
    """PayPal and Paypal."""
    for row in files["achats.csv"][::3]:
        if row["moyen_paiement"] == "PayPal":
            row["moyen_paiement"] = "Paypal"
