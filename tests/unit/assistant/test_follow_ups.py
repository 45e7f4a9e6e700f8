"""Each question offered next gets an answer when it is asked: none leads to a refusal, whatever the files hold."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from analytics.catalog import Runner
from analytics.datamodel.roles import Role
from assistant.answering import answer
from assistant.embedded.columns import columns_of
from assistant.planner import Dialogue
from assistant.sample import write_sample
from assistant.session import Session
from vocabulary.finding import Finding

_BESIDE = Path(__file__).resolve().parents[3].parent / "shared" / "data"
_DATA = Path(os.environ.get("NOCES_DATA", _BESIDE))
_PUBLIC = {
    "electronics": "electronics_sales/electronic_sales.csv", "campaign": "artea/artea-next-campaign.csv",
    "summary": "cdnow/cdnow_customers_summary.csv",
}  # fmt: skip
_ASKED = {
    "fr": (
        "Quel est notre taux d’attrition ?", "À quel moment de la relation partent-ils ?", "Combien de clients avons-nous ?",
        "Quels sont nos segments ?", "Quel canal recrute les clients les plus fidèles ?", "Comment va la relation avec mes clients ?",
    ),
    "en": ("Who is about to leave?", "Why do my customers leave?", "Can I trust my data?", "Are the silent ones still customers?"),
}  # fmt: skip


@pytest.fixture(scope="module", params=[pytest.param("shops", marks=pytest.mark.slow), "subscriptions", *(pytest.param(name, marks=pytest.mark.slow) for name in _PUBLIC)])
def session(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Session:
    folder = tmp_path_factory.mktemp("files")
    if request.param in _PUBLIC:
        paths = [_DATA / _PUBLIC[request.param]]
        if not paths[0].is_file():
            pytest.skip("the real files are not on this machine (set NOCES_DATA)")
    else:
        kind = "retail" if request.param == "shops" else "saas"
        paths = list(write_sample(folder, kind=kind, language="fr", seed=4, customers=400))
    opened = Session()
    opened.load(paths)
    return opened


def test_what_is_offered_is_answered(session: Session) -> None:
    offered = 0
    for language, questions in _ASKED.items():
        for question in questions:
            first = answer(question, session, language=language, dialogue=Dialogue(()))
            for following in first.follow_ups:
                offered += 1
                asked = answer(following, session, language=language, dialogue=Dialogue((first,)))
                assert asked.status == "answered" and asked.findings, (question, following, asked.not_applicable)
                assert following != question
    assert offered >= 10


def test_an_analysis_that_says_at_little_cost_that_it_would_answer_does(session: Session) -> None:
    """Asked of a runner that has run nothing yet; the other way round, a question may only fail to be offered."""
    for analysis in (a for a in session.runner.catalog if a.would_answer is not None and a.name != "guidance"):
        if Runner(replace(session.study, memo={}), session.runner.catalog).would_answer(analysis.name, {}):
            assert isinstance(session.runner.run(analysis.name), Finding), analysis.name


def test_a_figure_is_offered_split_by_the_columns_of_the_files(session: Session) -> None:
    """After a count, the same count by a column these files hold, and not three questions of another subject."""
    first = answer("Combien de clients avons-nous ?", session, language="fr", dialogue=Dialogue(()))
    splits = [question for question in first.follow_ups if question.startswith("Et par ")]
    for split in splits:
        asked = answer(split, session, language="fr", dialogue=Dialogue((first,)))
        (step,) = asked.reading.steps
        assert step.arguments["measure"] == "customers" and step.arguments["by"]
    held = {found.role for found in columns_of(session.study).fields if not found.derived and 1 < len(found.values) <= 30}
    assert bool(splits) == bool(held & {Role.STORE, Role.PLAN, Role.ACQUISITION_CHANNEL, Role.CATEGORY, Role.GENDER, Role.REGION})
