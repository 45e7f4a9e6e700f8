"""A customer written in two ways is one customer: addresses with other capitals, numbers with zeros in front in one file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from analytics.datamodel.model import Choice, Corrections
from analytics.importing import correct, import_files, open_study
from analytics.workspace import Workspace
from tests.unit.datamodel.worlds import TODAY, Files, shop, write_files


def read(workspace: Workspace) -> tuple[list[tuple[object, ...]], int, list[int]]:
    """Orders and town of each customer, the silence that makes one lost, and the checks on spelling."""
    study = open_study(workspace)
    try:
        town = next((a.column for a in study.attributes if a.name == "canal_acquisition"), "NULL")
        rows = study.database.rows(
            f"SELECT orders, amount, lost, {town} FROM customers ORDER BY lpad(lower(customer_id), 60, '0')"
        )
        told = [check.count for check in study.model.health if check.check == "inconsistent_spelling"]
        return rows, study.model.lost.days or 0, told
    finally:
        study.database.close()


def imported(files: Files, folder: Path) -> Workspace:
    folder.mkdir()
    workspace = Workspace(folder / "w")
    import_files(workspace, write_files(files, folder), today=TODAY)
    return workspace


def by_mail(shout: bool) -> Files:
    """Sales and customers named by their address, written in capitals now and then."""
    files = shop(seed=51)
    mails = {row["id_client"]: str(row["email"]) for row in files["clients.csv"]}
    for number, row in enumerate(files["achats.csv"]):
        mail = mails[row.pop("id_client")]
        row["email"] = mail.upper() if shout and number % 4 == 1 else mail
    for row in files["clients.csv"]:
        del row["id_client"]
    return files


@pytest.mark.parametrize("alone", [True, False])
def test_an_address_is_one_customer_whatever_its_capitals(tmp_path: Path, alone: bool) -> None:
    told, clean = by_mail(shout=True), by_mail(shout=False)
    if alone:
        del told["clients.csv"], clean["clients.csv"]
    found, expected = read(imported(told, tmp_path / "told")), read(imported(clean, tmp_path / "clean"))
    assert found[:2] == expected[:2]
    assert (len(found[2]), expected[2]) == (1, [])


@pytest.mark.parametrize(
    ("ours", "theirs"), [("{:06d}", "{}"), ("{}", "{:08d}"), ("c{:04d}", "C{:04d}"), ("{:06d}", "{:08d}"), ("CL-{}", "CL-{:05d}"), ("M{:07d}", "m{:04d}")]
)
def test_files_that_write_their_customers_otherwise_know_each_other(tmp_path: Path, ours: str, theirs: str) -> None:
    files, clean = shop(seed=52), shop(seed=52)
    for name, form in (("clients.csv", ours), ("achats.csv", theirs)):
        for row, same in zip(files[name], clean[name], strict=True):
            number = int(str(row["id_client"])[1:]) + 1
            row["id_client"], same["id_client"] = form.format(number), ours.format(number)
    workspace = imported(files, tmp_path / "told")
    found, expected = read(workspace), read(imported(clean, tmp_path / "clean"))
    assert found[:2] == expected[:2]
    assert found[2] == [len(files["achats.csv"])]
    correct(workspace, replace(Corrections(), health={"inconsistent_spelling": Choice.IGNORE}), TODAY)
    assert len(read(workspace)[0]) == 2 * len(expected[0])  # the manager says that they are not the same


@pytest.mark.parametrize("form", ["{}", "Société N° {}", "dupont {} marie"])
def test_a_customer_named_by_hand_is_one_whatever_its_capitals(tmp_path: Path, form: str) -> None:
    """« DUPONT Marie » and « Dupont Marie », in the only file there is."""
    files, clean = shop(seed=55), shop(seed=55)
    for number, (row, same) in enumerate(zip(files["achats.csv"], clean["achats.csv"], strict=True)):
        same["id_client"] = form.format(row["id_client"])
        row["id_client"] = str(same["id_client"]).upper() if number % 3 == 0 else str(same["id_client"]).lower() if number % 3 == 1 else same["id_client"]
    told = {"achats.csv": files["achats.csv"]}
    found, expected = read(imported(told, tmp_path / "told")), read(imported({"achats.csv": clean["achats.csv"]}, tmp_path / "clean"))
    assert found[:2] == expected[:2] and len(found[2]) == 1 and expected[2] == []


def test_codes_drawn_at_random_are_told_apart_by_their_capitals(tmp_path: Path) -> None:
    """0015g00000XyZAb and 0015g00000XyZaB are two customers."""
    files = shop(seed=56)
    for row in files["achats.csv"]:
        number = int(str(row["id_client"])[1:])
        row["id_client"] = f"5g0x{number // 2:04d}" + ("aBcD" if number % 2 else "AbcD")
    rows, _, told = read(imported({"achats.csv": files["achats.csv"]}, tmp_path / "told"))
    assert told == [] and len(rows) == len({row["id_client"] for row in files["achats.csv"]})


def test_two_customers_never_become_one(tmp_path: Path) -> None:
    """Where zeros in front tell two customers apart, they are left as they are."""
    files = shop(seed=53)
    for name in ("clients.csv", "achats.csv"):
        for row in files[name]:
            number = int(str(row["id_client"])[1:])
            row["id_client"] = f"{number // 2 + 1:05d}" if number % 2 else f"A{number // 2 + 1}"
    files["clients.csv"] += [{**row, "id_client": str(row["id_client"]).lower()} for row in files["clients.csv"][:20]]
    people = {str(row["id_client"]) for row in files["clients.csv"]}
    rows, _, told = read(imported(files, tmp_path / "told"))
    assert len(rows) == len(people) and told == []


def test_the_effect_says_that_two_ways_of_writing_are_one_customer(tmp_path: Path) -> None:
    """Nobody is left out: what would be counted apart is one."""
    files = shop(seed=54)
    for number, row in enumerate(files["achats.csv"]):
        row["id_client"] = f"{row['id_client']}@Mail.fr" if number % 2 else f"{row['id_client']}@mail.fr".lower()
    study = open_study(imported({"achats.csv": files["achats.csv"]}, tmp_path / "told"))
    try:
        said = [check.effect.said for check in study.model.health if check.check == "inconsistent_spelling" and check.effect is not None]
        assert said and all("si chaque écriture compte à part" in one.render("fr") and "counts apart" in one.render("en") for one in said)
    finally:
        study.database.close()
