"""Defects that moved a figure without a word, each beside a clean twin: said, and beside the figures they move."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from analytics.datamodel.model import Choice, HealthCheck
from analytics.importing import import_files, open_study
from analytics.workspace import Workspace
from tests.unit.analyses.test_explore_amounts import explored
from tests.unit.datamodel.worlds import TODAY, Files, Row, checks, model_of, write_files
from vocabulary.themes import Severity


def laundry(seed: int, customers: int = 120) -> Files:
    """A laundry: customers by a long number, who bring a bag now and then over three years."""
    rng = random.Random(seed)
    people = [{"n_carte": str(490000000100 + 17 * n), "nom": f"Abonné {n}", "inscrit_le": date(2023, 1, 9) + timedelta(days=rng.randrange(700))} for n in range(customers)]
    bags: list[Row] = []
    for person in people:
        day = person["inscrit_le"]
        assert isinstance(day, date)
        while day < date(2025, 10, 20):
            bags.append({"n_ticket": f"T{len(bags):05d}", "n_carte": person["n_carte"], "date_depot": day, "article": rng.choice(["chemise", "drap", "manteau"]), "montant": round(rng.uniform(6, 40), 2)})
            day += timedelta(days=rng.randrange(20, 90))
    bags.sort(key=lambda bag: str(bag["date_depot"]))
    return {"abonnes.csv": list(people), "depots.csv": bags}


def check_of(files: Files, code: str) -> HealthCheck | None:
    return next((check for check in model_of(files).health if check.check == code), None)


def imported(files: Files, folder: Path) -> Workspace:
    workspace = Workspace(folder / "w")
    import_files(workspace, write_files(files, folder), today=TODAY)
    return workspace


@pytest.mark.parametrize("share", [0.25, 0.6])
def test_the_day_a_base_was_taken_over_is_no_arrival(tmp_path: Path, share: float) -> None:
    files = laundry(3)
    rng = random.Random(1)
    first = {bag["n_carte"]: bag["date_depot"] for bag in reversed(files["depots.csv"])}
    moved = [person for person in files["abonnes.csv"] if rng.random() < share]
    for person in moved:
        person["inscrit_le"] = date(2024, 6, 3)
    check = check_of(files, "impossible_dates")
    assert check is not None and (check.count, check.column, check.default) == (len(moved), "inscrit_le", Choice.APPLY)
    new = explored(imported(files, tmp_path), measure="new_customers", period={"start": "2024-06-01", "end": "2024-06-30"}).measures[0].value
    assert new == sum(str(day).startswith("2024-06") for day in first.values())


def test_those_who_came_together_are_no_import(tmp_path: Path) -> None:
    """An opening day, a fair each year: many on a day, and nobody bought before it."""
    files = laundry(4)
    opening = min(str(person["inscrit_le"]) for person in files["abonnes.csv"])
    for person in files["abonnes.csv"][:40]:
        person["inscrit_le"] = opening
    assert check_of(files, "impossible_dates") is None


def mangle(number: object) -> str:
    return f"{float(str(number)):.2E}".replace(".", ",")


def test_numbers_written_with_a_power_of_ten_are_nobody(tmp_path: Path) -> None:
    files = laundry(5)
    for bag in files["depots.csv"][len(files["depots.csv"]) // 2 :]:
        bag["n_carte"] = mangle(bag["n_carte"])
    rows = sum("E+" in str(bag["n_carte"]) for bag in files["depots.csv"])
    found = [check for check in model_of(files).health if check.check == "unreadable_cells" and check.column == "n_carte"]
    assert [(check.count, check.severity, check.default) for check in found] == [(rows, Severity.WARNING, Choice.APPLY)]
    assert "orphans" not in checks(model_of(files))
    workspace = imported(files, tmp_path)
    buyers = len({bag["n_carte"] for bag in files["depots.csv"] if "E+" not in str(bag["n_carte"])})
    study = open_study(workspace)
    try:
        assert study.database.row("SELECT COUNT(*) FROM customers WHERE orders > 0")[0] == buyers
    finally:
        study.database.close()
    lost = explored(workspace, measure="customers", segment=[{"field": "lost", "operator": "=", "values": [True]}])
    assert any("power of ten" in caveat.render("en") for caveat in lost.caveats)


def test_codes_with_a_letter_e_are_codes() -> None:
    files = laundry(6)
    names = {person["n_carte"]: f"{place % 90 + 10}E{place // 90 + 1}" for place, person in enumerate(files["abonnes.csv"])}
    for row in [*files["abonnes.csv"], *files["depots.csv"]]:
        row["n_carte"] = names[row["n_carte"]]
    assert "unreadable_cells" not in checks(model_of(files))


@pytest.mark.parametrize("number", ["0", "00000", "000000000000"])
def test_a_till_that_writes_zeros_is_no_customer(tmp_path: Path, number: str) -> None:
    files = laundry(7)
    for bag in files["depots.csv"][::4]:
        bag["n_carte"] = number
    found = checks(model_of(files))
    assert found["rows_without_customer"] == len(files["depots.csv"][::4]) and "anonymous_id" not in found
    study = open_study(imported(files, tmp_path))
    try:
        assert study.database.row("SELECT COUNT(*) FROM customers")[0] == len(files["abonnes.csv"])
    finally:
        study.database.close()


def test_a_customer_numbered_zero_who_buys_as_others_do_is_one(tmp_path: Path) -> None:
    files = laundry(8)
    first = files["abonnes.csv"][0]["n_carte"]
    for row in [*files["abonnes.csv"], *files["depots.csv"]]:
        row["n_carte"] = "0" if row["n_carte"] == first else row["n_carte"]
    assert "rows_without_customer" not in checks(model_of(files))


def write_bags(files: Files, folder: Path, *, broken: bool, totals: bool) -> list[Path]:
    """The files, some bags with a cell too many, or a total a month."""
    paths = write_files(files, folder)
    lines = paths[1].read_text(encoding="utf-8").splitlines()
    head, rows = lines[0], lines[1:]
    if broken:
        rows = [row.replace(";chemise;", ";chemise;repassée;") if n % 5 == 0 else row for n, row in enumerate(rows)]
    if totals:
        rows = [line for n, row in enumerate(rows) for line in ([row, f"Total {n // 20};;;;999,5"] if n % 20 == 19 else [row])]
    paths[1].write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return paths


@pytest.mark.parametrize(("broken", "said"), [(True, True), (False, False)])
def test_rows_that_do_not_fit_are_said_beside_a_revenue_and_totals_are_not(tmp_path: Path, broken: bool, said: bool) -> None:
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_bags(laundry(9), tmp_path, broken=broken, totals=not broken), today=TODAY)
    study = open_study(workspace)
    try:
        check = next(check for check in study.model.health if check.check == "set_aside_rows")
    finally:
        study.database.close()
    assert check.severity is (Severity.WARNING if broken else Severity.INFO) and check.count > 10
    caveats = " ".join(caveat.render("en") for caveat in explored(workspace, measure="amount").caveats)
    assert ("set aside" in caveats) is said


def test_sales_of_a_day_that_cannot_be_are_said_with_what_they_come_to(tmp_path: Path) -> None:
    files = laundry(10)
    late = files["depots.csv"][5::40]
    for bag in late:
        bag["date_depot"] = date(1900, 1, 1)
    caveats = " ".join(caveat.render("en") for caveat in explored(imported(files, tmp_path), measure="amount").caveats)
    every = sum(float(str(bag["montant"])) for bag in files["depots.csv"])
    assert f"Revenue: {every:,.0f} counting them" in caveats


def garage(seed: int, *, renamed: bool) -> Files:
    """A garage: jobs booked, done, or given up; another tool, from a day on, has other words for both."""
    rng, jobs = random.Random(seed), list[Row]()
    for n in range(900):
        day, undone = date(2023, 2, 1) + timedelta(days=n), rng.random() < 0.08
        new = renamed and day > date(2024, 9, 1)
        state = ("Sans suite XK" if new else "Annulé") if undone else ("Véhicule rendu" if new else "Terminé")
        jobs.append({"n_or": f"OR{n:05d}", "date_or": day, "n_client": f"G{rng.randrange(140):04d}", "travaux": rng.choice(["freins", "vidange"]), "montant": round(rng.uniform(60, 500), 2), "etat": state})
    return {"ordres_reparation.csv": jobs}


@pytest.mark.parametrize("renamed", [True, False])
def test_a_state_that_takes_the_place_of_a_cancelled_one_is_said(renamed: bool) -> None:
    files = garage(12, renamed=renamed)
    rows = sum(job["etat"] == "Sans suite XK" for job in files["ordres_reparation.csv"])
    found = [check.count for check in model_of(files).health if check.check == "inconsistent_spelling"]
    assert found == ([rows] if renamed else [])


def payments(seed: int, *, write: str) -> Files:
    """What a choir's ticket desk took by card, as its payment interface, or its own till, gives it."""
    rng, rows = random.Random(seed), list[Row]()
    for n in range(400):
        paid, who = rng.choice([12, 18, 25, 40]), rng.randrange(90)
        number = f"A{who:04d}" if write == "own numbers" else f"cus_{who:04d}Qx{who * 7 % 90}"
        amount = f"{paid:.2f}" if write == "units" else paid * 100
        rows.append({"id": f"ch_{n:05d}", "customer": number, "created": date(2024, 2, 1) + timedelta(days=n), "amount_paid": amount, "status": "succeeded"})
    return {"payments.csv": rows}


@pytest.mark.parametrize(("write", "said"), [("cents", True), ("units", False), ("own numbers", False)])
def test_whole_amounts_of_a_payment_interface_may_be_cents(tmp_path: Path, write: str, said: bool) -> None:
    workspace = imported(payments(13, write=write), tmp_path)
    caveats = " ".join(caveat.render("en") for caveat in explored(workspace, measure="amount").caveats)
    assert ("if they are in cents" in caveats) is said
