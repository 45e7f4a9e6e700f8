"""A column of states is the state of the sale whatever its header; what describes a sale beside it is left as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.catalog import Runner
from analytics.datamodel.model import Corrections, DataModel
from analytics.datamodel.roles import Role
from analytics.importing import import_files, open_study
from analytics.workspace import Workspace
from tests.unit.analyses.test_money_definition import asked
from tests.unit.datamodel.worlds import TODAY, Files, model_of, shop, write_files
from vocabulary.finding import Finding


def _shop(header: str, values: tuple[str, ...], *, lower: bool = False) -> Files:
    """A seed shop whose first value is that of most rows; `lower`: the last value gives back, on rows below nought."""
    files = shop(seed=11)
    rows = []
    for number, row in enumerate(files["achats.csv"]):
        others = values[1:-1] if lower else values[1:]
        rows.append({**row, header: others[number % len(others)] if number % 7 == 3 and others else values[0]})
        if lower and number % 13 == 5:
            rows.append({**row, "n_ticket": f"B{number}", "montant_ttc": -float(str(row["montant_ttc"])), header: values[-1]})
    files["achats.csv"] = rows
    return files


def _role(model: DataModel, header: str) -> Role | None:
    return next((binding.role for binding in model.bindings if binding.name == header), None)


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("Outcome", ("Settled", "Declined")),
        ("Suite", ("Encaissé", "Rejeté", "Remboursé")),
        ("Fin", ("Livrée", "Annulée", "En cours")),
        ("Info 3", ("paid", "failed", "pending")),
    ],
)
def test_states_under_any_header_leave_out_the_sales_that_do_not_stand(tmp_path: Path, header: str, values: tuple[str, ...]) -> None:
    """They are the state of the sale: out of the revenue and of the rhythm, and the definition of money says which."""
    files = _shop(header, values)
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files(files, tmp_path), today=TODAY)
    finding, told = asked(workspace)
    stands = {"Settled", "Encaissé", "Livrée", "En cours", "paid", "pending"}
    expected = sum(float(str(row["montant_ttc"])) for row in files["achats.csv"] if row[header] in stands)
    assert told["revenue"] == pytest.approx(expected, abs=0.01)
    assert any(f"“{header}” says the state" in said.render("en") for said in finding.caveats)


def test_what_is_given_back_below_nought_is_taken_off_and_counted_by_its_state(tmp_path: Path) -> None:
    """The sale given back stands under its own state: leaving the refund out would count it as revenue."""
    files = _shop("Outcome", ("Settled", "Declined", "Refunded"), lower=True)
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files(files, tmp_path), today=TODAY)
    _, told = asked(workspace)
    rows = files["achats.csv"]
    assert told["revenue"] == pytest.approx(sum(float(str(row["montant_ttc"])) for row in rows if row["Outcome"] != "Declined"), abs=0.01)
    refunded = [{"field": "Outcome", "operator": "=", "values": ["Refunded"]}]
    study = open_study(workspace)
    counted = Runner(study).run("explore", {"measure": "orders", "purchase_filter": refunded})
    study.database.close()
    assert isinstance(counted, Finding)
    assert counted.measures[0].value == sum(row["Outcome"] == "Refunded" for row in rows)


def test_a_sale_refunded_and_its_refund_in_the_same_state_are_both_left_out(tmp_path: Path) -> None:
    """A tool turns the sale to « refunded » and adds the row below nought: they cancel each other."""
    files = _shop("Outcome", ("Settled", "Declined", "Refunded"), lower=True)
    sold = {row["n_ticket"]: row for row in files["achats.csv"]}
    for row in files["achats.csv"]:
        if row["Outcome"] == "Refunded":
            sold["T" + f"{int(str(row['n_ticket'])[1:]):06d}"]["Outcome"] = "Refunded"
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files(files, tmp_path), today=TODAY)
    expected = sum(float(str(row["montant_ttc"])) for row in files["achats.csv"] if row["Outcome"] == "Settled")
    assert asked(workspace)[1]["revenue"] == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize(
    ("values", "role"), [(("Réglé", "En attente", "Relancé"), Role.ATTRIBUTE), (("Settled", "Failed", "Pending"), Role.ORDER_STATUS), (("Visa", "Chèque", "Espèces"), Role.PAYMENT_METHOD)]
)
def test_whether_it_was_paid_is_not_how(values: tuple[str, ...], role: Role) -> None:
    """« Paiement » of what is settled or chased names no way to pay; where some failed, those sales do not stand."""
    assert _role(model_of(_shop("Paiement", values)), "Paiement") is role


@pytest.mark.parametrize(("header", "values"), [("Présence", ("Oui", "Absent")), ("Came", ("Y", "No-show"))])
def test_a_yes_beside_those_who_did_not_come_says_that_they_came(header: str, values: tuple[str, ...]) -> None:
    assert _role(model_of(_shop(header, values)), header) is Role.ORDER_STATUS


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("Fidélité", ("Oui", "Non")),
        ("Assurance proposée", ("Acceptée", "Refusée")),
        ("Gift wrap offer", ("declined", "accepted")),
        ("Follow-up call", ("completed", "declined")),
        ("Enquête", ("terminée", "refusée", "envoyée")),
        ("Humeur", ("content", "retour", "pressé")),
        ("Nature", ("Vente", "Retour")),
    ],
)
def test_what_is_no_state_of_the_sale_is_left_as_it_was(header: str, values: tuple[str, ...]) -> None:
    assert _role(model_of(_shop(header, values)), header) is not Role.ORDER_STATUS


def test_the_manager_s_word_stays() -> None:
    """What was said of a file is not settled again."""
    files = _shop("Outcome", ("Settled", "Declined"))
    told = Corrections(columns={"achats.csv": {"Outcome": Role.ATTRIBUTE}})
    assert _role(model_of(files, told), "Outcome") is Role.ATTRIBUTE
