"""A question on one factor goes to the search for causes, which says of it first; a condition on the last order is not on any order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analytics.catalog import Runner
from analytics.churn import churn_drivers
from analytics.customers.tickets import EVERY_TICKET
from analytics.importing import import_files, open_study
from analytics.measures.moments import DELAY
from analytics.study import Study
from analytics.workspace import Workspace
from assistant.embedded.arguments import Prepared
from assistant.embedded.columns import Columns
from assistant.embedded.one_factor import of_an_unread_factor, of_one_factor
from assistant.embedded.planner import EmbeddedPlanner
from assistant.embedded.wording import understood
from assistant.planner import Dialogue
from tests.unit.analyses.test_churn_drivers import TODAY
from tests.unit.analyses.test_lived_moments import _cyclists, _parcels
from vocabulary.finding import Finding


def _study(folder: Path, **tables: pd.DataFrame) -> Study:
    paths = [folder / f"{name}.csv" for name in tables]
    for path, frame in zip(paths, tables.values(), strict=True):
        frame.to_csv(path, index=False)
    workspace = Workspace(folder / "workspace")
    import_files(workspace, paths, today=TODAY)
    return open_study(workspace)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return _study(tmp_path_factory.mktemp("shop"), orders=_parcels(11, acts=True))


@pytest.fixture(scope="module")
def bicycles(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return _study(tmp_path_factory.mktemp("bicycles"), **_cyclists(1, acts=True))


@pytest.mark.parametrize(
    ("question", "factor"),
    [
        ("is it because of the Crewe depot?", {"factor": "depot", "value": "Crewe"}),
        ("est-ce à cause de Crewe ?", {"factor": "depot", "value": "Crewe"}),
        ("does swapping items lose us customers?", None),
        ("do swapped items make customers leave?", {"factor": "Swapped"}),
        ("is it the depot?", {"factor": "depot"}),
        ("est-ce que le dépôt fait partir les clients ?", {"factor": "depot"}),
        ("est ce que Crewe fait perdre des clients", {"factor": "depot", "value": "Crewe"}),
        ("est-ce qu'on perd des clients à cause de Crewe ?", {"factor": "depot", "value": "Crewe"}),
        ("does the depot matter?", {"factor": "depot"}),
        ("le dépôt a-t-il un effet sur les départs ?", {"factor": "depot"}),
        ("le dépôt a-t-il un effet sur le panier ?", None),
        ("does the depot explain the departures?", {"factor": "depot"}),
        ("le dépôt explique-t-il les résiliations ?", {"factor": "depot"}),
        ("can you explain the churn?", None),
        ("la fermeture de Crewe nous a-t-elle fait perdre des clients ?", {"factor": "fermeture de Crewe"}),
        ("did Crewe's closure make customers leave?", {"factor": "Crewe's closure"}),
        ("le dépôt explique-t-il la baisse des ventes ?", None),
        ("do promotions make people leave?", {"factor": "promo_share"}),
        ("is revenue down because of Crewe?", None),
        ("why do customers leave?", None),
        ("are we losing customers of Crewe because of the Later payment?", None),
        ("are we losing more orders than before?", None),
        ("how many orders were sent by Crewe?", None),
    ],
)
def test_the_factor_is_read(shop: Study, question: str, factor: dict[str, Any] | None) -> None:
    step = of_one_factor(question, shop)
    assert (None if step is None else step.arguments) == factor


def test_what_a_visit_says_is_a_factor_too(bicycles: Study) -> None:
    for question in ("is it the North station?", "est-ce que c'est à cause de la station North ?"):
        step = of_one_factor(question, bicycles)
        assert step is not None and step.arguments == {"factor": "station", "value": "North"}
    more = of_one_factor("do people met with no bike left leave more?", bicycles)
    assert more is not None and more.arguments == {"factor": "Result", "value": "No bike left"}


def test_what_was_undone_is_named_without_who_undid_it(tmp_path: Path) -> None:
    tables = _cyclists(3, acts=True)
    tables["rides"]["Result"] = tables["rides"]["Result"].map({"No bike left": "Withdrawn by the operator", "Bike taken": "Bike taken"})
    step = of_one_factor("do withdrawn rides make people leave?", _study(tmp_path, **tables))
    assert step is not None and step.arguments == {"factor": "Result", "value": "Withdrawn by the operator"}


def test_a_pause_is_a_factor_named_by_its_verb_and_a_value_by_its_words(tmp_path: Path) -> None:
    """The header of a date that is given or not; a value whatever its articles and plurals."""
    tables = _cyclists(2, acts=True)
    tables["subscribers"]["Pause from"] = [day if place % 9 == 0 else None for place, day in enumerate(tables["subscribers"]["joined"] + pd.Timedelta(days=60))]
    study = _study(tmp_path, **tables)
    asked = {
        "does pausing make people leave?": {"factor": "Pause from"},
        "do the bikes taken make people leave?": {"factor": "Result", "value": "Bike taken"},
        "est-ce à cause de la pause ?": {"factor": "Pause from"},
    }
    for question, arguments in asked.items():
        step = of_one_factor(question, study)
        assert step is not None and step.arguments == arguments, question


def test_a_condition_on_the_last_order_is_not_on_any_order(shop: Study) -> None:
    planner = EmbeddedPlanner()
    read = planner.read("churn of customers whose last order was swapped", "en", Dialogue(()), shop)
    (step,) = read.steps
    assert [one["field"] for one in step.arguments["segment"]] == ["last_order: Swapped"] and "purchase_filter" not in step.arguments


@pytest.mark.parametrize(("question", "said"), [
    ("does the music make customers leave?", "music"), ("le bruit fait-il partir les clients ?", "bruit"),
    ("est-ce que l’état des routes fait fuir les clients ?", "état des routes"),
])  # fmt: skip
def test_what_no_column_speaks_of_is_said_to_be_unknown(shop: Study, question: str, said: str) -> None:
    """Answered by what stands out in general, the manager would take it for an answer about the music."""
    step = of_an_unread_factor(question, shop)
    assert step is not None and step.arguments == {"factor": said}
    found = Runner(shop, [churn_drivers.ANALYSIS]).run("churn_drivers", dict(step.arguments))
    assert isinstance(found, Finding)
    assert found.claim.render("en").startswith(f"I cannot tell: no column that can be tried speaks of “{said}”.")


@pytest.mark.parametrize("question", ["why do customers leave?", "do they leave?", "est-ce que cela fait partir les clients ?", "les clients de Crewe partent-ils plus ?"])
def test_a_question_on_no_factor_names_none(shop: Study, question: str) -> None:
    assert of_an_unread_factor(question, shop) is None


@pytest.mark.parametrize("question", ["le plan fait-il rester ?", "does the plan keep members?"])
def test_what_keeps_customers_is_told_by_who_leaves(bicycles: Study, question: str) -> None:
    """« Non, ils partent moins » would say the contrary of what was asked."""
    step = of_one_factor(question, bicycles)
    assert step is not None and (step.analysis, step.arguments) == ("churn_rate", {"by": "plan"})


def test_a_factor_that_is_no_column_is_called_in_words() -> None:
    """No code of the house is shown to the manager."""
    for factor in (EVERY_TICKET, DELAY, "promo_share"):
        said = understood(Prepared("churn_drivers", {"factor": factor}), Columns(()))
        assert all("_" not in said.render(language) for language in ("fr", "en"))


def test_a_header_said_whole_is_not_the_one_that_is_half_of_it(tmp_path: Path) -> None:
    people = pd.DataFrame({
        "Dossier": [f"D{n:03d}" for n in range(200)], "Conseiller": [f"Agent {n % 5}" for n in range(200)], "Changement de conseiller": ["oui" if n % 4 else "non" for n in range(200)],
        "Devis refusé": ["oui" if n % 3 else "non" for n in range(200)], "Entrée": ["2023-01-05"] * 200, "Sortie": ["2024-06-01" if n % 7 == 0 else "" for n in range(200)],
    })  # fmt: skip
    study = _study(tmp_path, assures=people)
    asked = {
        "le changement de conseiller fait-il partir les clients ?": {"factor": "Changement de conseiller"},
        "le conseiller fait-il partir les clients ?": {"factor": "Conseiller"},
        "est-ce que les clients à qui on a écrit partent à cause du changement de conseiller ?": {"factor": "Changement de conseiller"},
        "est ce que les devis refusés font partir les clients ?": {"factor": "Devis refusé"},
    }
    assert {question: step.arguments for question in asked if (step := of_one_factor(question, study)) is not None} == asked
    kept = of_one_factor("est ce que le devis refusé fidélise ?", study)
    assert kept is not None and (kept.analysis, kept.arguments) == ("churn_rate", {"by": "Devis refusé"})


@pytest.fixture(scope="module")
def storage(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """Boxes to let: what each pays a month, and by how much it was put up last."""
    rows = [
        {"Code client": f"G{n:03d}", "Site": "Nord" if n % 2 else "Sud", "Loyer mensuel": 60 + n % 40, "Dernière augmentation (%)": n % 9, "Entrée": f"2023-{1 + n % 12:02d}-04", "Sortie": f"2025-{1 + n % 9:02d}-28" if n % 3 == 0 else None}
        for n in range(300)
    ]  # fmt: skip
    return _study(tmp_path_factory.mktemp("storage"), clients=pd.DataFrame(rows))


@pytest.mark.parametrize(("question", "factor"), [
    ("Les hausses de loyer font-elles fuir les clients ?", "Dernière augmentation (%)"),
    ("la hausse des tarifs est-elle responsable des départs ?", "Dernière augmentation (%)"),
    ("do rent increases make customers leave?", "Dernière augmentation (%)"),
    ("le loyer fait-il partir les clients ?", "Loyer mensuel"),
    ("le site est-il la cause des départs ?", "Site"),
])  # fmt: skip
def test_a_rise_is_told_by_the_column_of_rises_and_not_by_the_price(storage: Study, question: str, factor: str) -> None:
    step = of_one_factor(question, storage)
    assert step is not None
    assert step.arguments["factor"] == factor
