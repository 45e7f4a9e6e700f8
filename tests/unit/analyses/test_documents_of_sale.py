"""Credit notes and refunds written among the sales without a minus sign are taken off, not added."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pandas as pd
import pytest

from analytics.catalog import Runner
from analytics.datamodel.model import Corrections
from analytics.importing import import_files, open_study
from analytics.workspace import Workspace
from tests.unit.analyses.test_money_definition import asked
from tests.unit.datamodel.worlds import TODAY, Files, shop, write_files
from vocabulary.finding import Finding


def with_types(header: str, sale: str, back: str) -> tuple[Files, pd.DataFrame]:
    """A shop in which one row in ten gives back what the one before took, under an amount above nought."""
    files = shop(seed=41)
    rows = []
    for number, row in enumerate(files["achats.csv"]):
        rows.append({**row, header: sale})
        if number % 10 == 3:
            rows.append({**row, "n_ticket": f"A{number}", header: back})
    files["achats.csv"] = rows
    return files, pd.DataFrame(rows)


def net(sales: pd.DataFrame, header: str, back: str) -> float:
    given = sales[header] == back
    return float(sales.loc[~given, "montant_ttc"].sum() - sales.loc[given, "montant_ttc"].sum())


@pytest.mark.parametrize(
    ("header", "sale", "back"),
    [
        ("Type", "Facture", "Avoir"),
        ("Type de pièce", "Facture client", "Avoir client"),
        ("Nature", "Vente", "Retour"),
        ("Document type", "Invoice", "Credit note"),
        ("Transaction type", "charge", "refund"),
        ("Doc", "FAC", "AVO"),
        ("Avoir", "non", "oui"),
    ],
)
def test_a_credit_note_lowers_the_revenue(tmp_path: Path, header: str, sale: str, back: str) -> None:
    """Revenue is net of them, they are no orders, and the page of the data says how many there are."""
    files, sales = with_types(header, sale, back)
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files(files, tmp_path), today=TODAY)
    _, told = asked(workspace)
    credits = sales[sales[header] == back]
    bought = sales[sales[header] != back]
    assert told["revenue"] == pytest.approx(net(sales, header, back), abs=0.01)
    assert told["returned"] == pytest.approx(-credits["montant_ttc"].sum(), abs=0.01)
    assert told["average_basket"] == pytest.approx(bought["montant_ttc"].sum() / len(bought), abs=0.01)
    study = open_study(workspace)
    try:
        assert study.database.row("SELECT SUM(orders) FROM customers")[0] == len(bought)
        said = [check for check in study.model.health if check.check == "negative_amounts"]
        assert [check.count for check in said] == [len(credits)]
        assert said[0].effect is not None and said[0].effect.kept.value == pytest.approx(told["revenue"], abs=0.01)
    finally:
        study.database.close()


def test_credits_already_below_nought_are_not_turned_over(tmp_path: Path) -> None:
    files, sales = with_types("Type", "Facture", "Avoir")
    for row in files["achats.csv"]:
        if row["Type"] == "Avoir":
            row["montant_ttc"] = -float(str(row["montant_ttc"]))
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files(files, tmp_path), today=TODAY)
    assert asked(workspace)[1]["revenue"] == pytest.approx(net(sales, "Type", "Avoir"), abs=0.01)


def summed(workspace: Workspace, column: str) -> float:
    """The total of a column of purchases."""
    study = open_study(workspace)
    try:
        found = Runner(study).run("explore", {"measure": "sum", "column": column})
        assert isinstance(found, Finding), found
        return float(found.measures[0].value or 0)
    finally:
        study.database.close()


def test_what_a_credit_note_says_of_money_is_given_back_too(tmp_path: Path) -> None:
    """The total before tax beside the one with it; a rate stays as it is."""
    files, _ = with_types("Type", "Facture", "Avoir")
    for row in files["achats.csv"]:
        row["Total HT"], row["Taux HT"] = round(float(str(row["montant_ttc"])) / 1.2, 2), 20
    sales = pd.DataFrame(files["achats.csv"])
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files(files, tmp_path), today=TODAY)
    signed = sales["Total HT"].where(sales["Type"] != "Avoir", -sales["Total HT"])
    assert summed(workspace, "Total HT") == pytest.approx(signed.sum(), abs=0.01)
    assert summed(workspace, "Taux HT") == 20 * len(sales)


def test_the_type_of_a_document_holds_for_its_lines(tmp_path: Path) -> None:
    """Two files: documents with their type, and their lines with the amounts."""
    files, _ = with_types("Type", "Facture", "Avoir")
    heads = [{k: row[k] for k in ("n_ticket", "id_client", "date_achat", "Type")} for row in files["achats.csv"]]
    lines = [
        {"n_ticket": row["n_ticket"], "article": f"P{place}", "montant_ttc": round(float(str(row["montant_ttc"])) / 2, 2), "Total HT": 10 * place}
        for row in files["achats.csv"] for place in (1, 2)
    ]  # fmt: skip
    halves = {"clients.csv": files["clients.csv"], "factures.csv": heads, "lignes.csv": lines}
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files(halves, tmp_path), today=TODAY)
    of_type = {str(row["n_ticket"]): row["Type"] for row in heads}
    expected = sum(
        -row["montant_ttc"] if of_type[str(row["n_ticket"])] == "Avoir" else row["montant_ttc"] for row in lines
    )  # type: ignore[operator,misc]
    assert asked(workspace)[1]["revenue"] == pytest.approx(expected, abs=0.01)
    assert summed(workspace, "Total HT") == 30 * sum(1 if kind != "Avoir" else -1 for kind in of_type.values())


@pytest.mark.parametrize(
    ("header", "sale", "other"),
    [
        ("Sens", "Aller", "Retour"),
        ("Formule", "Aller simple", "Retour"),
        ("Reglement", "CB", "Avoir"),
        ("Titre", "Single", "Return"),
    ],
)
def test_a_return_ticket_is_a_sale(tmp_path: Path, header: str, sale: str, other: str) -> None:
    """Nothing in the column speaks of a sale: the word alone takes no money away."""
    files, sales = with_types(header, sale, other)
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files(files, tmp_path), today=TODAY)
    assert asked(workspace)[1]["revenue"] == pytest.approx(sales["montant_ttc"].sum(), abs=0.01)


def test_the_manager_takes_the_column_out(tmp_path: Path) -> None:
    """Where the column is said to mean nothing, amounts count as they are written."""
    files, sales = with_types("Type", "Facture", "Avoir")
    workspace = Workspace(tmp_path / "w")
    out = Corrections(columns={"achats.csv": {"Type": None}})
    import_files(workspace, write_files(files, tmp_path), corrections=out, today=TODAY)
    assert asked(workspace)[1]["revenue"] == pytest.approx(sales["montant_ttc"].sum(), abs=0.01)


@pytest.mark.parametrize("header", ["Montant remboursé", "refunded_amount", "Total refunds"])
def test_what_was_refunded_of_an_order_is_taken_off(tmp_path: Path, header: str) -> None:
    """A column of its own beside the amount: part of the returns, but for orders that do not stand at all."""
    files = shop(seed=44)
    for number, row in enumerate(files["achats.csv"]):
        row[header] = round(float(str(row["montant_ttc"])) / 2, 2) if number % 9 == 2 else 0.0
        row["statut"] = "Annulée" if number % 18 == 2 else "Livrée"
        row["quantite"] = 2
    sales = pd.DataFrame(files["achats.csv"])
    kept = sales[sales["statut"] == "Livrée"]
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files(files, tmp_path), today=TODAY)
    _, told = asked(workspace)
    assert told["revenue"] == pytest.approx(kept["montant_ttc"].sum() - kept[header].sum(), abs=0.01)
    assert told["returned"] == pytest.approx(-kept[header].sum(), abs=0.01)
    assert told["revenue_gross_of_returns"] == pytest.approx(kept["montant_ttc"].sum(), abs=0.01)
    assert told["average_basket"] == pytest.approx(kept["montant_ttc"].mean(), abs=0.01)
    study = open_study(workspace)
    try:
        orders, quantity = study.database.row(
            "SELECT (SELECT SUM(orders) FROM customers), SUM(quantity) FROM purchases WHERE kept"
        )
        assert (orders, quantity) == (len(kept), 2 * len(kept))
    finally:
        study.database.close()
    assert summed(workspace, header) == pytest.approx(kept[header].sum(), abs=0.01)  # once, not on the line given back too


@pytest.mark.parametrize("header", ["Frais remboursés", "Nombre de remboursements", "refund_rate"])
def test_other_figures_about_refunds_are_no_money_given_back(tmp_path: Path, header: str) -> None:
    files = shop(seed=44)
    for number, row in enumerate(files["achats.csv"]):
        row[header] = 1.5 if number % 9 == 2 else 0.0
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files(files, tmp_path), today=TODAY)
    assert asked(workspace)[1]["revenue"] == pytest.approx(
        pd.DataFrame(files["achats.csv"])["montant_ttc"].sum(), abs=0.01
    )


@pytest.mark.parametrize(
    ("header", "quote", "slip", "bill", "back"),
    [
        ("Type document", "Devis", "Bon de livraison", "Facture", "Avoir"),
        ("doc_type", "Quote", "Delivery note", "Invoice", "Credit note"),
        ("Pièce", "DEV", "BL", "FAC", "AVO"),
    ],
)
def test_a_quote_is_no_sale(tmp_path: Path, header: str, quote: str, slip: str, bill: str, back: str) -> None:
    """The same sale stands in the list as a quote, a delivery note and an invoice: it counts once, and this is said."""
    files = shop(seed=45)
    rows = []
    for number, row in enumerate(files["achats.csv"]):
        rows += [
            {**row, "n_ticket": f"D{number}", header: quote},
            {**row, "n_ticket": f"L{number}", header: slip},
            {**row, header: bill},
        ]
        if number % 10 == 3:
            rows.append({**row, "n_ticket": f"A{number}", header: back})
    bills, sales = len(files["achats.csv"]), pd.DataFrame(rows)
    clean = {**files, "achats.csv": [row for row in rows if row[header] == bill]}
    files["achats.csv"] = rows
    (tmp_path / "clean").mkdir()
    for name, some in (("w", files), ("clean/w", clean)):
        import_files(Workspace(tmp_path / name), write_files(some, (tmp_path / name).parent), today=TODAY)
    finding, told = asked(Workspace(tmp_path / "w"))
    money = sales.groupby(header)["montant_ttc"].sum()
    assert told["revenue"] == pytest.approx(money[bill] - money[back], abs=0.01)
    assert told["average_basket"] == pytest.approx(money[bill] / bills, abs=0.01)
    caveats = " ".join(caveat.render("fr") for caveat in finding.caveats)
    assert "ne sont pas encore des ventes" in caveats and f"({slip} et {quote})" in caveats
    study, other = open_study(Workspace(tmp_path / "w")), open_study(Workspace(tmp_path / "clean/w"))
    try:
        assert study.model.lost.days == other.model.lost.days
        lost = "SELECT customer_id, orders, last_purchase, lost FROM customers ORDER BY 1"
        assert study.database.rows(lost) == other.database.rows(lost)
    finally:
        study.database.close()
        other.database.close()


def test_quotes_alone_are_what_there_is(tmp_path: Path) -> None:
    """Without an invoice beside them nothing says that they are not the sales of this house."""
    files, sales = with_types("Type", "Devis", "Commande")
    import_files(Workspace(tmp_path / "w"), write_files(files, tmp_path), today=TODAY)
    assert asked(Workspace(tmp_path / "w"))[1]["revenue"] == pytest.approx(sales["montant_ttc"].sum(), abs=0.01)


@pytest.mark.parametrize(
    ("header", "sale", "back", "out"),
    [
        ("Type de transaction", "Vente", "Remboursement", "Versement"),
        ("Type", "Payment", "Refund", "Payout"),
        ("type", "charge", "refund", "Service fee"),
        ("Type de règlement", "Redevance", "Remboursement", "Indemnisation"),
        ("payment_kind", "Dues", "Refund", "Prize payout"),
    ],
)
def test_what_is_paid_out_to_the_house_is_nothing_sold(tmp_path: Path, header: str, sale: str, back: str, out: str) -> None:
    """A statement of a terminal or a payment service: payouts and fees are no returns of nobody's."""
    files, _ = with_types(header, sale, back)
    rows = []
    for number, row in enumerate(files["achats.csv"]):
        rows.append(row)
        if number % 30 == 7:
            rows.append({**row, "n_ticket": f"V{number}", "id_client": "", header: out, "montant_ttc": -900.0})
    workspace = Workspace(tmp_path / "w")
    sales = pd.DataFrame(files["achats.csv"])
    import_files(workspace, write_files({**files, "achats.csv": rows}, tmp_path), today=TODAY)
    finding, told = asked(workspace)
    assert told["revenue"] == pytest.approx(net(sales, header, back), abs=0.01)
    assert f"({out})" in " ".join(caveat.render("fr") for caveat in finding.caveats)


def test_a_transfer_is_a_way_to_pay(tmp_path: Path) -> None:
    """« Virement » beside « Paiement CB » is how a customer paid, and « Versement » beside « Don » what one gave."""
    for folder, values in (("a", ("Paiement CB", "Virement")), ("b", ("Don", "Versement"))):
        files = shop(seed=46)
        for number, row in enumerate(files["achats.csv"]):
            row["Type"] = values[number % 3 == 0]
        (tmp_path / folder).mkdir()
        workspace = Workspace(tmp_path / folder / "w")
        import_files(workspace, write_files(files, tmp_path / folder), today=TODAY)
        assert asked(workspace)[1]["revenue"] == pytest.approx(pd.DataFrame(files["achats.csv"])["montant_ttc"].sum(), abs=0.01)


@pytest.mark.parametrize(("header", "debit", "credit"), [("Sens", "D", "C"), ("Débit/Crédit", "Débit", "Crédit"), ("Dr/Cr", "Dr", "Cr")])
def test_the_few_on_the_other_side_of_an_account_are_given_back(tmp_path: Path, header: str, debit: str, credit: str) -> None:
    """Amounts without a sign, the side in a column of its own."""
    files, sales = with_types(header, debit, credit)
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files(files, tmp_path), today=TODAY)
    told = asked(workspace)[1]
    assert told["revenue"] == pytest.approx(net(sales, header, credit), abs=0.01)
    assert told["average_basket"] == pytest.approx(sales[sales[header] == debit]["montant_ttc"].mean(), abs=0.01)


@pytest.mark.parametrize("columns", [1, 2])
def test_payments_of_an_account_are_no_sales(tmp_path: Path, columns: int) -> None:
    """Each invoice at the debit is paid at the credit a month later: what was billed counts once, and in two columns it is asked about."""
    files, rows = shop(seed=47), []
    for row in files["achats.csv"]:
        base = {"Date": row["date_achat"], "Compte": row["id_client"]}
        later = {**base, "Date": row["date_achat"] + timedelta(days=3)}  # type: ignore[operator]
        if columns == 1:
            rows.append({**base, "Pièce": f"F{len(rows)}", "Montant": row["montant_ttc"], "Sens": "D"})
            rows.append({**later, "Pièce": f"R{len(rows)}", "Montant": row["montant_ttc"], "Sens": "C"})
        else:
            rows.append({**base, "Pièce": f"F{len(rows)}", "Débit": row["montant_ttc"], "Crédit": None})
            rows.append({**later, "Pièce": f"R{len(rows)}", "Débit": None, "Crédit": row["montant_ttc"]})
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files({"ecritures.csv": rows}, tmp_path), today=TODAY)
    finding, told = asked(workspace)
    assert told["revenue"] == pytest.approx(sum(float(str(row["montant_ttc"])) for row in files["achats.csv"]), abs=0.01)
    assert "prises pour ses règlements" in " ".join(caveat.render("fr") for caveat in finding.caveats)
    study = open_study(workspace)
    try:
        assert study.database.row("SELECT SUM(orders) FROM customers")[0] == len(files["achats.csv"])
        if columns == 2:
            assert study.model.question is not None and "Débit" in study.model.question.words.render("fr")
    finally:
        study.database.close()


def test_a_credit_note_refunded_is_taken_off(tmp_path: Path) -> None:
    """Of an invoice « Remboursé » undoes the sale; of the credit note it says that the money went back; a cancelled note gives nothing."""
    files, sales = with_types("Type", "Facture", "Avoir")
    for number, row in enumerate(files["achats.csv"]):
        row["Statut"] = ("Remboursé" if number % 3 else "Annulé") if row["Type"] == "Avoir" else "Payée"
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files(files, tmp_path), today=TODAY)
    expected = sum(
        -float(str(row["montant_ttc"])) if row["Type"] == "Avoir" else float(str(row["montant_ttc"]))
        for row in files["achats.csv"] if row["Statut"] != "Annulé"
    )  # fmt: skip
    assert asked(workspace)[1]["revenue"] == pytest.approx(expected, abs=0.01)


def test_what_columns_of_their_own_take_off_is_said(tmp_path: Path) -> None:
    """How many rows a column of refunds lowers, and how many a yes undoes."""
    files = shop(seed=48)
    for number, row in enumerate(files["achats.csv"]):
        row["Montant remboursé"], row["Retournée"] = 2.0 if number % 9 == 2 else 0.0, "oui" if number % 11 == 3 else "non"
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files(files, tmp_path), today=TODAY)
    said = " ".join(caveat.render("en") for caveat in asked(workspace)[0].caveats)
    refunded = sum(row["Montant remboursé"] == 2.0 for row in files["achats.csv"])
    undone = sum(row["Retournée"] == "oui" for row in files["achats.csv"])
    assert f"“Montant remboursé”: what was refunded on {refunded} rows" in said and f"“Retournée”: {undone} rows" in said
