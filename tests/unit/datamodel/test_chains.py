"""Numbers that lead from file to file under a header nobody knows."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from analytics.datamodel.model import Corrections, DataModel
from analytics.datamodel.roles import Role, TableKind
from analytics.importing import import_files, open_study
from analytics.workspace import Workspace
from tests.unit.datamodel.worlds import TODAY, Files, Row, model_of, write_files


def _role(model: DataModel, file: str, header: str) -> Role | None:
    return next((binding.role for binding in model.bindings if (binding.file, binding.name) == (file, header)), None)


def _hives(number: str = "RucheNo") -> Files:
    """Beekeepers under contract, their hives, and what is billed hive by hive."""
    rng = random.Random(12)
    keepers: list[Row] = [{"id_client": f"A{n:03}", "nom client": f"Rucher {n} SARL", "ville": rng.choice(["Dax", "Pau"])} for n in range(40)]
    hives: list[Row] = [
        {number: f"R{4000 + n}", "id_client": f"A{rng.randrange(40):03}", "emplacement": rng.choice(["bois", "verger"]), "mise en place": date(2021, 4, 1) + timedelta(days=n)}
        for n in range(150)
    ]  # fmt: skip
    bills: list[Row] = [
        {"id_facture": f"F{n:05}", number: f"R{4000 + rng.randrange(150)}", "date_facture": date(2023, 1, 5) + timedelta(days=n), "montant": 30.5 + n % 40}
        for n in range(600)
    ]  # fmt: skip
    return {"clients.csv": keepers, "ruches.csv": hives, "factures.csv": bills}


@pytest.mark.parametrize("number", ["RucheNo", "gvk_id"])
def test_what_is_billed_case_by_case_is_the_clients(tmp_path: Path, number: str) -> None:
    files = _hives(number)
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files(files, tmp_path), today=TODAY)
    study = open_study(workspace)
    try:
        assert study.database.row("SELECT count(*) FROM customers")[0] == 40
        paid = dict(study.rows("SELECT c.customer_id, sum(p.amount) FROM purchases p JOIN customers c USING (customer_key) GROUP BY 1", []))
    finally:
        study.database.close()
    owner = {row[number]: row["id_client"] for row in files["ruches.csv"]}
    expected: dict[str, float] = {}
    for row in files["factures.csv"]:
        who = str(owner[row[number]])
        expected[who] = expected.get(who, 0.0) + float(str(row["montant"]))
    assert paid == pytest.approx(expected)


def test_what_the_manager_said_of_the_cases_stays() -> None:
    model = model_of(_hives(), Corrections(tables={"ruches.csv": TableKind.PRODUCTS}))
    assert next(reading.kind for reading in model.readings if reading.file == "ruches.csv") is TableKind.PRODUCTS


def test_an_unknown_header_of_the_orders_number_is_the_same_number_above_their_lines() -> None:
    rng = random.Random(13)
    orders: list[Row] = [
        {"nobdc": 20480 + n, "codecli": f"CL{rng.randrange(50):03}", "datecom": date(2023, 2, 1) + timedelta(days=n % 300), "port": rng.randrange(5, 90), "villeliv": rng.choice(["Metz", "Nancy"])}
        for n in range(300)
    ]  # fmt: skip
    lines: list[Row] = [
        {"nobdc": 20480 + n % 300, "refprod": rng.randrange(1, 60), "prixunit": rng.randrange(4, 90), "qte": rng.randrange(1, 9), "remise": rng.choice([0.0, 0.05])}
        for n in range(800)
    ]  # fmt: skip
    model = model_of({"commande.csv": orders, "detcommande.csv": lines})
    assert _role(model, "commande.csv", "nobdc") is Role.ORDER_ID
    assert _role(model, "detcommande.csv", "nobdc") is Role.ORDER_ID
