"""An order that does not stand is left out of the rhythm of customers as it is of the figures, whatever its word."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.datamodel.statuses import undone_flag
from analytics.importing import import_files
from analytics.workspace import Workspace
from tests.unit.analyses.test_money_definition import asked
from tests.unit.datamodel.worlds import TODAY, Files, model_of, shop, write_files


def with_status(undone: str, others: str) -> tuple[Files, Files]:
    """A shop in which each purchase is followed by an order that bears a word, and the same shop without those."""
    told, clean = shop(seed=5), shop(seed=5)
    for row in clean["achats.csv"]:
        row["statut"] = others
    rows = []
    for number, row in enumerate(clean["achats.csv"]):
        rows += [row, {**row, "n_ticket": f"X{number}", "date_achat": "2025-10-30", "statut": undone}]
    told["achats.csv"] = rows
    return told, clean


@pytest.mark.parametrize("word", ["Annulée", "Échec du paiement", "Impayé", "Paiement décliné", "Abandoned", "Anulado",
    "Absent non excusé", "no_show", "Not Attending", "Brouillon", "En attente de paiement", "KO", "CXL", "CAN", "ann.", "REMB", "Erreur de paiement",
    "Payment error", "Suspected fraud", "Denied", "Timed out", "Corbeille", "Carte expirée", "requires_payment_method", "Devis"])
def test_an_order_undone_is_no_day_of_purchase(word: str) -> None:
    """Each customer has such an order on the last day: were it read, nobody would have been silent."""
    told, clean = with_status(word, "Livrée")
    assert model_of(told).lost.days == model_of(clean).lost.days


@pytest.mark.parametrize("word", [
    "Partiellement remboursée", "Remboursement partiel", "En attente de réapprovisionnement (payé)", "On backorder (paid)", "Pending check-in",
    "Sans erreur de livraison",
])  # fmt: skip
def test_an_order_sent_back_in_part_or_paid_and_awaited_is_one(word: str, tmp_path: Path) -> None:
    """It stands in the figures: it stands in the rhythm."""
    told, clean = shop(seed=5), shop(seed=5)
    for number, row in enumerate(told["achats.csv"]):
        row["statut"] = word if number % 3 == 0 else "Livrée"
    assert model_of(told).lost.days == model_of(clean).lost.days
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files(told, tmp_path), today=TODAY)
    assert asked(workspace)[1]["revenue"] == pytest.approx(sum(float(str(row["montant_ttc"])) for row in told["achats.csv"]), abs=0.01)


@pytest.mark.parametrize("header", ["Retourné", "is_returned", "Commande annulée", "refunded", "Impayé (o/n)"])
def test_a_yes_under_its_header_undoes_a_purchase(tmp_path: Path, header: str) -> None:
    """A column of its own says yes or no: the figures and the rhythm leave out the same rows."""
    told, _ = with_status("x", "y")
    for number, row in enumerate(told["achats.csv"]):
        row[header] = "oui" if number % 9 == 4 else "non"
        del row["statut"]
    stood = {**told, "achats.csv": [row for row in told["achats.csv"] if row[header] == "non"]}
    assert model_of(told).lost.days == model_of(stood).lost.days
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files(told, tmp_path), today=TODAY)
    expected = sum(float(str(row["montant_ttc"])) for row in stood["achats.csv"])
    assert asked(workspace)[1]["revenue"] == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize(
    "header", ["Client de retour", "Retour client possible", "return_customer", "Newsletter refusée", "returning"]
)
def test_a_yes_of_something_else_undoes_nothing(header: str) -> None:
    assert not undone_flag(header)


@pytest.mark.parametrize("word", ["Impayée", "Unpaid", "En attente de règlement"])
def test_an_invoice_not_paid_yet_is_a_sale(tmp_path: Path, word: str) -> None:
    """Of an order it says that nothing was bought; of an invoice, that the money is owed."""
    files = shop(seed=5)
    rows = [
        {"N° facture": row["n_ticket"], "Code client": row["id_client"], "Date facture": row["date_achat"],
         "Total TTC": row["montant_ttc"], "Statut": word if number % 4 else "Annulée" if number % 8 else "Payée"}
        for number, row in enumerate(files["achats.csv"])
    ]  # fmt: skip
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files({"factures.csv": rows}, tmp_path), today=TODAY)
    expected = sum(float(str(row["Total TTC"])) for row in rows if row["Statut"] != "Annulée")
    assert asked(workspace)[1]["revenue"] == pytest.approx(expected, abs=0.01)


def test_every_status_of_a_row_is_read(tmp_path: Path) -> None:
    """The payment and the document each have their own: a draft that is called « Non payé » is a draft."""
    files, dropped = shop(seed=6), 0.0
    for number, row in enumerate(files["achats.csv"]):
        row["Statut de paiement"] = "Non payé" if number % 3 else "Payé"
        row["Statut"] = "Annulé" if number % 10 == 4 else "Brouillon" if number % 10 == 7 else "Comptabilisé"
        dropped += float(str(row["montant_ttc"])) if number % 10 in (4, 7) else 0.0
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files(files, tmp_path), today=TODAY)
    every = sum(float(str(row["montant_ttc"])) for row in files["achats.csv"])
    assert asked(workspace)[1]["revenue"] == pytest.approx(every - dropped, abs=0.01)
    stood = {**files, "achats.csv": [row for row in files["achats.csv"] if row["Statut"] == "Comptabilisé"]}
    assert model_of(files).lost.days == model_of(stood).lost.days
