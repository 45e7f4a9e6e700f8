"""From one upload to the next: corrections that still make sense, what changed, and whether the list was right (D2, D6)."""

from __future__ import annotations

import csv
import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from analytics.datamodel.model import Corrections, TableProfile
from analytics.datamodel.roles import Role, TableKind
from analytics.workspace import Workspace
from assistant.memory import carried, since
from assistant.session import Session


def _profile(file, *names):
    from analytics.datamodel.model import ColumnProfile, ColumnType

    columns = tuple(ColumnProfile(name, f"c{i}", ColumnType.TEXT, 1, 1, 1) for i, name in enumerate(names))
    return TableProfile(file, "t0", 1, 1, 0, columns)


def test_corrections_follow_the_columns_into_next_months_file():
    """Another name, the same columns: the correction follows; a column gone, or a date of the old data, does not."""
    before = Corrections(
        tables={"mars.csv": TableKind.CUSTOMERS}, columns={"mars.csv": {"réf": Role.CUSTOMER_ID, "x": None}},
        lost_column="x", as_of=date(2026, 3, 31),
    )  # fmt: skip
    tables = [_profile("mars.csv", "réf", "x")]
    kept = carried(before, tables, {"avril.csv": ["réf", "x"]})
    assert kept == replace(before, tables={"avril.csv": TableKind.CUSTOMERS}, columns={"avril.csv": before.columns["mars.csv"]}, as_of=None)
    other = carried(before, tables, {"avril.csv": ["réf", "y"]})
    assert (other.tables, other.columns, other.lost_column) == ({}, {}, None)
    same_name = carried(before, tables, {"mars.csv": ["réf", "y"]})
    assert same_name.columns == {"mars.csv": {"réf": Role.CUSTOMER_ID}}


def _purchases(path, until, *, shift=""):
    """Customers of two offers, who come back every twenty days or so until they stop; nothing after `until` is written."""
    chance = random.Random(11)
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, delimiter=";")
        writer.writerow(["id_client", "date_achat", "montant", "categorie"])
        for number in range(700):
            day, offer = date(2022, 1, 1) + timedelta(days=chance.randrange(500)), chance.choice(["essai", "fond"])
            while chance.random() < (0.8 if offer == "essai" else 0.97):
                amount = chance.uniform(5, 90)  # drawn whatever the date: the later file continues the earlier one
                if day <= until:
                    writer.writerow([f"{shift}C{number:04d}", day.isoformat(), f"{amount:.2f}", offer])
                day += timedelta(days=chance.randint(5, 40))
    return path


@pytest.fixture(scope="module")
def twice(tmp_path_factory):
    folder = tmp_path_factory.mktemp("twice")
    session = Session(Workspace(folder / "w"))
    session.load([_purchases(folder / "a.csv", date(2023, 6, 30))])
    session.diagnosis()
    session.load([_purchases(folder / "b.csv", date(2024, 6, 30))])
    yield session, folder
    session.close()


def test_the_next_upload_says_what_changed_and_whether_the_list_was_right(twice):
    """Counted again by hand from the customers themselves: those listed, those of them lost."""
    session, _ = twice
    memory = session.memory
    now = session.runner.run("lost_definition")
    said = [sentence.render("fr") for sentence in since(memory, session.study, [now])]
    listed = [item["customer"] for item in memory.finding("at_risk").items]
    rows = dict(session.study.database.rows("SELECT customer_id, lost FROM customers"))
    lost = sum(bool(rows[name]) for name in listed)
    assert any(f"Des {len(listed)} clients" in text and f", {lost} sont perdus" in text for text in said)
    assert any("part de clients perdus" in text for text in said)
    assert session.memory == memory


def test_nothing_is_compared_with_files_about_others_or_no_later(twice, tmp_path):
    """The same dates again, then other people: no sentence at all."""
    session, folder = twice
    memory = session.memory
    assert since(replace(memory, as_of=session.study.as_of), session.study, []) == ()
    other = Session(Workspace(tmp_path / "w"))
    other.load([_purchases(folder / "c.csv", date(2024, 6, 30), shift="X")])
    assert since(memory, other.study, []) == ()
    other.close()


def test_a_first_upload_remembers_nothing(tmp_path):
    """And a second one, when no diagnosis was made between them, neither."""
    session = Session(Workspace(tmp_path / "w"))
    for until in (date(2023, 6, 30), date(2023, 12, 31)):
        session.load([_purchases(tmp_path / "a.csv", until)])
        assert session.memory is None
    session.close()
