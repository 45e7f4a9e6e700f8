"""A revenue says whether tax is in it, and what it is the other way, where the files hold both sides."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from analytics.importing import import_files
from analytics.workspace import Workspace
from tests.unit.analyses.test_explore_amounts import explored
from tests.unit.datamodel.test_tools import Line
from tests.unit.datamodel.worlds import TODAY, Files, write_files

RATES = (0.055, 0.2)


def rentals(seed: int, columns: str) -> list[Line]:
    """A kayak hire: what each party paid, before and after a tax of two rates."""
    rng, lines = random.Random(seed), list[Line]()
    for n in range(400):
        net, rate = round(rng.uniform(15, 120), 2), RATES[n % 2]
        paid = round(net * (1 + rate), 2)
        line: Line = {"n_location": f"L{n}", "date_location": f"{date(2024, 1, 5) + timedelta(days=n * 3 // 2):%Y-%m-%d}", "n_client": f"K{rng.randrange(90)}"}
        sides = {"both": {"prix_ht": net, "prix_ttc": paid}, "tax": {"montant_ht": net, "tva": round(paid - net, 2)}, "one": {"prix_ttc": paid}}
        lines.append({**line, **sides[columns]})
    return lines


def told(folder: Path, lines: list[Line], **arguments: object) -> tuple[float, str]:
    files: Files = {"locations.csv": [dict(line) for line in lines]}
    workspace = Workspace(folder / "w")
    import_files(workspace, write_files(files, folder), today=TODAY)
    found = explored(workspace, measure="amount", **arguments)
    assert found.measures[0].value is not None
    return found.measures[0].value, " ".join(caveat.render("en") for caveat in found.caveats)


def test_a_revenue_with_tax_says_it_and_what_it_is_without(tmp_path: Path) -> None:
    lines = rentals(5, "both")
    value, said = told(tmp_path, lines)
    assert value == pytest.approx(sum(float(str(line["prix_ttc"])) for line in lines), abs=0.01)
    net = sum(float(str(line["prix_ht"])) for line in lines)
    assert f"VAT included (“prix_ttc”); without VAT: {net:,.0f}" in said


def test_the_other_side_is_of_the_same_period(tmp_path: Path) -> None:
    lines = rentals(6, "both")
    _, said = told(tmp_path, lines, period={"start": "2025-01-01", "end": "2025-03-31"})
    net = sum(float(str(line["prix_ht"])) for line in lines if "2025-01-01" <= str(line["date_location"]) <= "2025-03-31")
    assert f"without VAT: {net:,.0f}" in said


def test_a_revenue_before_tax_says_it_and_what_it_is_with(tmp_path: Path) -> None:
    lines = rentals(7, "tax")
    value, said = told(tmp_path, lines)
    paid = sum(float(str(line["montant_ht"])) + float(str(line["tva"])) for line in lines)
    before = paid - sum(float(str(line["tva"])) for line in lines)
    assert f"{paid if value < paid - 1 else before:,.0f}" in said


def test_nothing_is_said_where_only_one_side_is_known(tmp_path: Path) -> None:
    _, said = told(tmp_path, rentals(8, "one"))
    assert "VAT" not in said


def test_nothing_is_said_of_a_part_of_the_sales(tmp_path: Path) -> None:
    _, said = told(tmp_path, rentals(9, "both"), per="month")
    assert "VAT" not in said


def upkeep(seed: int, fees: tuple[int, ...]) -> Files:
    """A firm that keeps lifts: contracts, and each month's bills of few fees, some void, some given back under an amount without a sign."""
    rng = random.Random(seed)
    houses = [{"Contract": f"L{n}", "Client": f"C{n:03d}", "Start": f"2023-{1 + n % 12:02d}-01", "End": f"2025-{1 + n % 9:02d}-15" if n % 5 == 0 else ""} for n in range(80)]
    bills = []
    for month in range(30):
        for n, house in enumerate(houses):
            net = fees[n % len(fees)]
            kind = "Credit note" if rng.random() < 0.03 else "Invoice"
            bills.append({
                "Bill": f"B{month:02d}{n:03d}", "Billed on": f"{date(2023, 3 + month % 10, 1 + n % 27):%Y-%m-%d}", "Client": house["Client"], "Net amount": f"{net:.2f}",
                "VAT": f"{net * 0.2:.2f}", "Gross amount": f"{net * 1.2:.2f}", "Type": kind, "State": "Void" if rng.random() < 0.05 else "Paid",
            })  # fmt: skip
    return {"lift_contracts.csv": list(houses), "lift_invoices.csv": list(bills)}


@pytest.mark.parametrize("fees", [(95, 180, 420), (63, 310, 777, 905)])
@pytest.mark.parametrize(("column", "factor"), [("Net amount", 1.0), ("VAT", 0.2), ("Gross amount", 1.2)])
def test_each_side_of_the_tax_leaves_out_what_is_void_and_takes_off_what_is_given_back(tmp_path: Path, fees: tuple[int, ...], column: str, factor: float) -> None:
    files = upkeep(11, fees)
    standing = [bill for bill in files["lift_invoices.csv"] if bill["State"] != "Void"]
    net = sum((-1 if bill["Type"] == "Credit note" else 1) * float(str(bill["Net amount"])) for bill in standing)
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files(files, tmp_path), today=TODAY)
    found = explored(workspace, measure="sum", column=column, table="lift_invoices.csv")
    assert found.measures[0].value == pytest.approx(net * factor, abs=0.5)
    said = " ".join(caveat.render("en") for caveat in found.caveats)
    assert (f"{net:,.0f}" in said) is (column == "Gross amount")
