"""A driver's share says of whom it is: those in touch before the departures, counted apart with pandas."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pandas as pd
import pytest

from analytics.catalog import Runner
from analytics.importing import import_files, open_study
from analytics.measures.exposure import exposure
from analytics.study import Study
from analytics.workspace import Workspace
from assistant.charts import vega_lite
from assistant.plan.recommend import recommend
from assistant.session import FULL_CATALOG
from tests.worlds.planted import TODAY, Cell, write
from vocabulary.finding import Finding
from vocabulary.formats import day

_WORLD = Cell("purchases", 3.0, 1_000, 0.3)


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    folder = tmp_path_factory.mktemp("world")
    workspace = Workspace(folder / "workspace")
    import_files(workspace, write(_WORLD, 1, folder), today=TODAY)
    return open_study(workspace)


def counted(study: Study) -> tuple[str, pd.DataFrame]:
    """The words for the date looked from, and one row for each customer then in touch: whether lost now."""
    files = Path(study.database.path).parents[1]
    lines = pd.read_csv(files / "achats.csv", sep=";", parse_dates=["date_achat"], dayfirst=True)
    people = pd.read_csv(files / "clients.csv", sep=";").set_index("id_client")
    silence, exposed = study.model.lost.days, exposure(study)
    assert silence is not None and exposed is not None and exposed.since is not None
    since, last = pd.Timestamp(exposed.since), lines.groupby("id_client")["date_achat"].max()
    before = lines[lines["date_achat"] <= since].groupby("id_client")["date_achat"].max()
    there = before[before >= since - timedelta(days=silence)].index
    return day(exposed.since, "fr"), people.loc[there].assign(gone=last[there] < pd.Timestamp(study.as_of) - timedelta(days=silence))


def test_the_claim_counts_those_in_touch_then_and_says_so(study: Study) -> None:
    found = Runner(study).run("churn_drivers")
    assert isinstance(found, Finding) and found.items
    since, there = counted(study)
    item = next(i for i in found.items if i["kind"].value != "symptom")
    concerned = there[item["feature"]] == "Oui"
    told = found.claim.render("fr").replace("\u202f", "")
    assert f"parmi les {len(there)} clients qui avaient acheté dans les {study.model.lost.days}\u00a0jours avant le {since}" in told
    rate, others = (f"{100 * there.loc[mask, 'gone'].mean():.1f}".replace(".", ",") for mask in (concerned, ~concerned))
    assert f"{rate}% des {int(concerned.sum())} concernés sont partis, contre {others}% des autres" in told
    assert f"of the {len(there)} customers who had bought in the" in found.claim.render("en").replace(",", "")


def test_the_chart_says_it_too(study: Study) -> None:
    found = Runner(study).run("churn_drivers")
    assert isinstance(found, Finding)
    _, there = counted(study)
    drawn = vega_lite(found, "fr")
    assert drawn is not None
    words = {key: " ".join(said) if isinstance(said, list) else said for key, said in drawn["title"].items() if "text" in key or "title" in key}
    assert f"départs sur {int(there['gone'].sum())}" in words["text"].replace("\u202f", "")
    assert f"parmi les {len(there)} clients" in words["subtitle"].replace("\u202f", "")


def test_the_plan_and_the_advice_say_it_too(study: Study) -> None:
    found = Runner(study).run("churn_drivers")
    assert isinstance(found, Finding)
    _, there = counted(study)
    among = f"parmi les {len(there)} clients qui avaient acheté"
    reasons = [action.reason.render("fr").replace("\u202f", "") for action in recommend([found], study) if action.reason is not None]
    assert reasons and all(among in reason for reason in reasons)
    advice = Runner(study, FULL_CATALOG).run("guidance", {"question": "que faire pour garder nos clients ?"})
    assert isinstance(advice, Finding)
    assert any(among in fact.render("fr").replace("\u202f", "") for fact in (advice.claim, *advice.facts))


def test_a_segment_is_named_with_its_own_count(study: Study) -> None:
    """A share of the customers of one region is not one of all."""
    found = Runner(study).run("churn_drivers", {"segment": [{"field": "region", "operator": "=", "values": ["Nord"]}]})
    assert isinstance(found, Finding)
    _, there = counted(study)
    told = found.claim.render("en").replace(",", "")
    assert "region = Nord" in told and f"of the {int((there['region'] == 'Nord').sum())} customers who" in told.lower()
