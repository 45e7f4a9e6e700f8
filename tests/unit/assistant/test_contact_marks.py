"""Who is marked « ne pas contacter » on the page is exactly who is left out of the lists that leave."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from analytics.catalog import Runner
from analytics.importing import import_files, open_study
from analytics.study import Study
from analytics.workspace import Workspace
from assistant.plan.case import Case
from assistant.plan.lists import target_list
from assistant.plan.plan import PlannedAction
from assistant.plan.rules.churn import listen_to_the_most_exposed
from assistant.sample import write_sample
from vocabulary.finding import Finding


def at_risk(study: Study, top: int = 50) -> Finding:
    found = Runner(study).run("at_risk", {"top": top})
    assert isinstance(found, Finding), found
    return found


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop")
    write_sample(folder, kind="retail", language="fr", seed=3, customers=1200)
    return folder


def opened(folder: Path, files: list[Path]) -> Study:
    workspace = Workspace(folder / "w")
    import_files(workspace, files)
    return open_study(workspace)


def test_the_page_and_the_lists_agree(files: Path, tmp_path: Path) -> None:
    """Counted with pandas too: who said yes to none of the three channels is closed, with those who share their address."""
    study = opened(tmp_path, sorted(files.glob("*.csv")))
    found = at_risk(study)
    closed = {str(item["customer"]) for item in found.items if item["do_not_contact"]}
    people = pd.read_csv(files / "clients.csv", sep=";", encoding="utf-8-sig", dtype=str).set_index("id_client")
    said = people[["consentement_email", "consentement_sms", "consentement_telephone"]]
    never = set(people.index[(said != "Oui").all(axis=1)])
    listed = {str(item["customer"]) for item in found.items}
    assert never & listed <= closed and 0 < len(never & listed) and len(closed) < len(listed)

    listened = next(iter(listen_to_the_most_exposed(found, Case(study, {}))))
    everyone = PlannedAction(replace(listened, segment=[]))
    made = target_list(everyone, study, "fr")
    assert closed == listed - ({row[0] for row in made.rows[1:]} | set(made.held_out))

    assert found.table is not None
    place = [column.name for column in found.table.columns].index("contact")
    marked = {row[0] for row in found.table.rows if row[place] is not None}
    assert marked == closed and {row[place].fr for row in found.table.rows if row[place]} == {"ne pas contacter"}
    assert found.caveats[0].render("fr").startswith(f"{len(closed)} des clients listés ne doivent pas être contactés")


def test_nothing_is_marked_where_the_files_say_nothing_of_consent(files: Path, tmp_path: Path) -> None:
    found = at_risk(opened(tmp_path, [files / "achats.csv"]))
    assert all("do_not_contact" not in item for item in found.items)
    assert found.table is not None and all(column.name != "contact" for column in found.table.columns)


def test_nobody_is_named_by_a_table_of_groups(files: Path, tmp_path: Path) -> None:
    """The silent customers are listed beside, not on the page: they are marked there, and the page says nothing of them."""
    study = opened(tmp_path, sorted(files.glob("*.csv")))
    found = Runner(study).run("still_alive")
    assert isinstance(found, Finding) and any(item["do_not_contact"] for item in found.items)
    assert not any("listés" in caveat.render("fr") for caveat in found.caveats)
