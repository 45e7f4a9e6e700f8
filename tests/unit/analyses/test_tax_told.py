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
