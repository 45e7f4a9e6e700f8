"""Before the manager has said whether a contract's end is a departure, answers work and nobody is counted as gone, nor as here."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from analytics.catalog import Runner
from analytics.datamodel.model import Corrections
from analytics.importing import import_files, open_study
from analytics.workspace import Workspace
from tests.unit.datamodel.test_contract_terms import AS_OF, a_year, contracts
from tests.unit.datamodel.worlds import write_files
from vocabulary.finding import Finding, NotApplicable


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    folder = tmp_path_factory.mktemp("terms")
    workspace = Workspace(folder / "w")
    import_files(workspace, write_files({"contrats.csv": contracts(a_year)}, folder), corrections=Corrections(as_of=AS_OF))
    study = open_study(workspace)
    yield Runner(study)
    study.database.close()


def test_the_overview_calls_nobody_lost_and_ages_do_not_stop_at_the_term(runner: Runner) -> None:
    found = runner.run("relationship_overview")
    assert isinstance(found, Finding)
    assert "lost" not in {item["state"] for item in found.items} and sum(item["customers"] for item in found.items) == 300
    oldest = runner.study.database.row("SELECT max(tenure_months) FROM customers")[0]
    assert oldest > 60


@pytest.mark.parametrize("gone", [True, False])
def test_how_many_have_left_or_are_here_is_not_nought_but_the_question(runner: Runner, gone: bool) -> None:
    """« Combien de clients avons-nous perdus ? »: not « 0 », which would be a figure."""
    wanted = {"measure": "customers", "segment": [{"field": "lost", "operator": "=", "values": [gone]}]}
    told = runner.run("explore", wanted)
    assert isinstance(told, NotApplicable) and "date_fin" in told.would_unlock.render("fr")
    assert not runner.would_answer("explore", wanted)


def test_what_would_answer_is_the_question(runner: Runner) -> None:
    told = runner.run("churn_rate")
    assert isinstance(told, NotApplicable)
    assert "a term that renews, or the customer’s departure?" in told.would_unlock.render("en")
