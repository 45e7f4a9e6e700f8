"""Explore counts the money and the orders that the definition of money counts: returns alone are no orders, bills are a month's."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest

from analytics.catalog import Runner
from analytics.datamodel.roles import Role, TableKind
from analytics.explore.explore import ANALYSIS
from analytics.importing import import_files, open_study
from analytics.workspace import Workspace
from tests.unit.analyses.relations import finding, silence, study_of
from tests.unit.analyses.test_money_definition import asked
from tests.unit.customers.worlds import World
from tests.unit.datamodel.worlds import TODAY, Files, Row, shop, write_files
from vocabulary.finding import Finding


def explored(workspace: Workspace, **arguments: object) -> Finding:
    """The finding of one query."""
    study = open_study(workspace)
    try:
        found = Runner(study).run("explore", arguments)
        assert isinstance(found, Finding)
        return found
    finally:
        study.database.close()


def test_a_return_alone_is_no_order_and_no_basket(tmp_path: Path) -> None:
    """Returns bear numbers of their own: overall and by shop, baskets and orders are those of what was bought."""
    files = shop(seed=61)
    back = [
        {**row, "n_ticket": f"R{number}", "montant_ttc": -float(str(row["montant_ttc"]))}
        for number, row in enumerate(files["achats.csv"]) if number % 8 == 3
    ]  # fmt: skip
    bought = pd.DataFrame(files["achats.csv"])
    files["achats.csv"] = [*files["achats.csv"], *back]
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files(files, tmp_path), today=TODAY)
    whole = explored(workspace, measure="average_basket").measures[0].value
    assert whole == pytest.approx(bought["montant_ttc"].mean()) == pytest.approx(asked(workspace)[1]["average_basket"])
    assert explored(workspace, measure="orders").measures[0].value == len(bought)
    split = explored(workspace, measure="average_basket", by=["store"])
    means = bought.groupby("magasin")["montant_ttc"].mean()
    assert {item["store"]: item["average_basket"] for item in split.items} == pytest.approx(means.to_dict())


@pytest.mark.parametrize("sent_back", [True, False])
def test_a_revenue_says_what_returns_took_off_it(tmp_path: Path, sent_back: bool) -> None:
    files = shop(seed=62)
    sold = sum(float(str(row["montant_ttc"])) for row in files["achats.csv"])
    back = [{**row, "n_ticket": f"R{n}", "montant_ttc": -float(str(row["montant_ttc"]))} for n, row in enumerate(files["achats.csv"]) if sent_back and n % 9 == 2]
    files["achats.csv"] = [*files["achats.csv"], *back]
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files(files, tmp_path), today=TODAY)
    found = explored(workspace, measure="amount")
    took = [said.render("en") for said in found.caveats if "Net of returns" in said.render("en")]
    gone = -sum(float(str(row["montant_ttc"])) for row in back)
    assert found.measures[0].value == pytest.approx(sold - gone)
    assert [f"{sold:,.0f}" in said and f"{gone:,.0f}" in said for said in took] == [True] * sent_back


def _contracts() -> Files:
    draw, rows = random.Random(8), []
    for number in range(220):
        start, period = date(2023, 3, 1) + timedelta(days=draw.randrange(900)), draw.choice(["Mensuel", "Annuel", "Trimestriel"])
        ends = start + timedelta(days=draw.randrange(60, 500)) if draw.random() < 0.4 else None
        rows.append({
            "N° abonnement": f"S{number:04d}", "Client": f"C{number:04d}", "Formule": draw.choice(["Solo", "Equipe"]),
            "Périodicité": period, "Prix": draw.choice([19.0, 39.0]) * {"Mensuel": 1, "Annuel": 10, "Trimestriel": 3}[period],
            "Date de début": start, "Date de résiliation": ends,
        })  # fmt: skip
    return {"abonnements.csv": rows}


def test_the_total_of_a_price_is_that_of_a_month(tmp_path: Path) -> None:
    """Prices a month, a quarter or a year are not added as they stand."""
    files = _contracts()
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files(files, tmp_path), today=TODAY)
    present = [{"field": "lost", "operator": "=", "values": [False]}]
    found = explored(workspace, measure="sum", column="Prix", segment=present)
    study = open_study(workspace)
    as_of = study.as_of
    study.database.close()
    rows = [row for row in files["abonnements.csv"] if row["Date de début"] <= as_of]  # type: ignore[operator]
    due = {"Mensuel": 1, "Annuel": 12, "Trimestriel": 3}
    running = sum(
        float(str(row["Prix"])) / due[str(row["Périodicité"])] for row in rows
        if row["Date de résiliation"] is None or row["Date de résiliation"] > as_of  # type: ignore[operator]
    )  # fmt: skip
    assert found.measures[0].value == pytest.approx(running)
    assert "Prix (ramené à un mois)" in found.claim.render("fr") and "Prix (brought to one month)" in found.claim.render("en")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_name_from_inside_is_shown(tmp_path: Path, language: str) -> None:
    """The month's amount is called by words."""
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files(_contracts(), tmp_path), today=TODAY)
    said = explored(workspace, measure="sum", column="monthly_amount").claim.render(language)  # type: ignore[arg-type]
    assert "monthly_amount" not in said and ("montant mensuel" in said or "monthly amount" in said)


def test_who_has_no_town_is_said_when_a_town_is_left_out(tmp_path: Path) -> None:
    """« Hors Paris »: customers without a town are in neither side."""
    files = shop(seed=62)
    for number, row in enumerate(files["clients.csv"]):
        row["ville"] = ("Paris", "Lyon", "", "Lille")[number % 4]
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files(files, tmp_path), today=TODAY)
    found = explored(workspace, measure="customers", segment=[{"field": "ville", "operator": "!=", "values": ["Paris"]}])
    without = sum(not row["ville"] for row in files["clients.csv"])
    said = " ".join(caveat.render("fr") for caveat in found.caveats)
    assert f": {without} clients." in said.replace("\u00a0", " ").replace("\u202f", " ") and "Laissés de côté aussi" in said


def test_what_does_not_stand_is_said_under_the_revenue_it_is_left_out_of(tmp_path: Path) -> None:
    """A club whose direct debits are refused now and then: the revenue without them says that there are some."""
    world = World(tmp_path)
    paid = pd.DataFrame({
        "who": [f"M{n % 40}" for n in range(200)], "day": [date(2025, 1, 1) + timedelta(days=n) for n in range(200)], "fee": [30.0] * 200,
        "state": ["Refused" if n % 20 == 0 else "Paid" for n in range(200)],
    })  # fmt: skip
    world.add(TableKind.TRANSACTIONS, paid, {"who": Role.CUSTOMER_ID, "day": Role.PURCHASE_DATE, "fee": Role.AMOUNT, "state": Role.ORDER_STATUS})
    study = study_of(world, world.model(date(2025, 7, 19), silence(90)))
    told = finding(study, ANALYSIS, measure="amount")
    assert told.measures[0].value == 190 * 30.0
    assert any("lines that do not stand (Refused) are not counted; the file holds 10 of them" in caveat.render("en") for caveat in told.caveats)
    assert not any("do not stand" in caveat.render("en") for caveat in finding(study, ANALYSIS, measure="amount", by=["state"]).caveats)
    assert not any("do not stand" in caveat.render("en") for caveat in finding(study, ANALYSIS, measure="customers").caveats)


def test_a_total_of_payments_takes_off_what_was_given_back_and_leaves_out_what_was_paid_out(tmp_path: Path) -> None:
    """Berths of a harbour: fees, refunds and compensations one below the other, all above nought, told apart by the kind of payment."""
    kinds = [("Redevance", "Remboursement", "Indemnisation")[0 if n % 9 else 1 + (n // 9) % 2] for n in range(270)]
    files: Files = {
        "clients.csv": [{"id_client": f"P{n:03}", "nom": f"Skipper {n}", "ville": "Sète"} for n in range(60)],
        "contrats.csv": [{"num_contrat": 5000 + n, "id_client": f"P{n:03}", "date_debut": date(2023, 1, 1) + timedelta(days=n), "formule": "année"} for n in range(60)],
        "reglements.csv": [
            {"num_contrat": 5000 + n % 60, "date_reglement": date(2023, 3, 1) + timedelta(days=n), "montant": 200.5 + n, "type_reglement": kind}
            for n, kind in enumerate(kinds)
        ],
    }  # fmt: skip
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files(files, tmp_path), today=TODAY)
    paid = {kind: [200.5 + n for n, one in enumerate(kinds) if one == kind] for kind in set(kinds)}
    told = explored(workspace, measure="sum", column="montant", table="reglements.csv")
    assert told.measures[0].value == pytest.approx(sum(paid["Redevance"]) - sum(paid["Remboursement"]))
    said = " ".join(caveat.render("fr") for caveat in told.caveats)
    assert "ne tiennent pas (Indemnisation)" in said and "(Remboursement) est déduit du total" in said
    usual = explored(workspace, measure="mean", column="montant", table="reglements.csv").measures[0].value
    assert usual == pytest.approx(sum(paid["Redevance"]) / len(paid["Redevance"]))
    split = explored(workspace, measure="sum", column="montant", table="reglements.csv", by=["type_reglement"])
    assert {item["type_reglement"]: item["sum"] for item in split.items} == pytest.approx({kind: sum(found) for kind, found in paid.items()})


def test_of_two_states_only_the_one_that_undoes_the_sale_is_said_to_leave_it_out(tmp_path: Path) -> None:
    """A carpenter: jobs called off had been settled or chased all the same; neither is why they do not count."""
    world = World(tmp_path)
    made = pd.DataFrame({
        "who": [f"M{n % 40}" for n in range(200)], "day": [date(2025, 1, 1) + timedelta(days=n) for n in range(200)], "sum": [50.0] * 200,
        "delivery": ["Voided" if n % 10 == 0 else "Delivered" for n in range(200)], "payment": [("Settled", "Overdue", "Settled")[n % 3] for n in range(200)],
    })  # fmt: skip
    roles = {"who": Role.CUSTOMER_ID, "day": Role.PURCHASE_DATE, "sum": Role.AMOUNT, "delivery": Role.ORDER_STATUS, "payment": Role.ORDER_STATUS}
    world.add(TableKind.TRANSACTIONS, made, roles)
    study = study_of(world, world.model(date(2025, 7, 19), silence(90)))
    told = finding(study, ANALYSIS, measure="orders")
    said = " ".join(caveat.render("en") for caveat in told.caveats)
    assert told.measures[0].value == 180 and "(Voided) are not counted; the file holds 20" in said
    assert "Settled" not in said and "Overdue" not in said


def test_the_lines_left_out_are_those_of_the_file_that_says_the_state(tmp_path: Path) -> None:
    """A wine merchant's orders, one in ten void, and their bottles in another file: the orders void are counted, not their bottles."""
    draw = random.Random(17)
    heads, lines = list[Row](), list[Row]()
    for n in range(200):
        heads.append({"order_id": f"W{n:04d}", "customer_id": f"C{n % 50:03d}", "order_date": date(2025, 1, 1) + timedelta(days=n), "order_status": "Void" if n % 10 == 3 else "Shipped"})
        lines += [{"order_id": f"W{n:04d}", "bottle": draw.choice(("Red", "White", "Port")), "quantity": 1, "unit_price": 12.0, "line_total": 12.0} for _ in range(3)]
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files({"orders.csv": heads, "order_lines.csv": lines}, tmp_path), today=TODAY)
    told = explored(workspace, measure="orders")
    said = " ".join(caveat.render("en") for caveat in told.caveats)
    assert told.measures[0].value == 180 and "(Void) are not counted; the file holds 20 of them" in said
