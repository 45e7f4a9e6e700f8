"""What a manager asks most is answered at once, on real files; what is out of scope is told so; follow-ups keep their turn."""

import os
from pathlib import Path

import pytest
import yaml

from assistant.answer import Answer
from assistant.planner import Dialogue
from assistant.session import Session
from tests.understanding.score import HERE, ROOT

FILES = Path(os.environ.get("NOCES_DATA", ROOT.parent / "shared" / "data")) / "electronics_sales"
EVERYDAY = yaml.safe_load((HERE / "everyday.yaml").read_text(encoding="utf-8"))
OUT_OF_SCOPE = yaml.safe_load((HERE / "out_of_scope.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def session():
    paths = sorted(FILES.glob("*.csv"))
    if not paths:
        pytest.skip("real files are absent")
    opened = Session()
    opened.load(paths)
    return opened


def _read(session, *turns):
    answers, reading = (), None
    for turn in turns:
        reading = session.planner.read(turn, "fr", Dialogue(answers), session.study)
        answers += (Answer(turn, "fr", reading.status, reading, ""),)
    return reading


@pytest.mark.parametrize(("question", "expected"), EVERYDAY)
def test_everyday_questions_are_answered(session, question, expected):
    reading = _read(session, question)
    if "magasin" in question:  # these files have no shop: said rather than skipped
        assert reading.status == "cannot_answer"
        return
    assert reading.status == "answered"
    assert reading.steps[0].analysis in expected


@pytest.mark.parametrize("question", OUT_OF_SCOPE)
def test_out_of_scope_is_told(session, question):
    assert _read(session, question).status in ("declined", "cannot_answer")


def test_who_spends_most_names_customers(session):
    for question in ("Qui dépense le plus ?", "Who are my top 10 customers?"):
        step = _read(session, question).steps[0]
        assert (step.arguments["measure"], step.arguments["by"]) == ("amount", ["customer_id"])


def test_what_sells_best_is_split_by_product(session):
    assert _read(session, "Qu'est-ce qui se vend le mieux ?").steps[0].arguments["by"] == ["product"]


def test_a_year_compared_with_is_the_one_said(session):
    step = _read(session, "Chiffre d'affaires comparé à 2023").steps[0]
    assert step.arguments["compare"]["start"] == "2023-01-01"


@pytest.mark.parametrize(
    ("turns", "analysis"),
    [
        (("Quel est le panier moyen ?", "et les femmes ?"), "explore"),
        (("Quel est le taux de départ ?", "plus de détails"), "churn_rate"),
        (("What is our churn rate?", "why?"), "churn_drivers"),
        (("Qui risque de partir ?", "montre-moi la liste"), "at_risk"),
        (("Revenue in 2024", "same for 2023"), "explore"),
    ],
)
def test_follow_ups_refine(session, turns, analysis):
    reading = _read(session, *turns)
    assert reading.status == "answered"
    assert reading.steps[0].analysis == analysis


@pytest.mark.parametrize("said", ["et à Marseille ?", "et les licornes ?", "only platinum"])
def test_a_follow_up_on_what_the_files_do_not_hold_is_told(session, said):
    assert _read(session, "Quel est le panier moyen ?", said).status == "cannot_answer"


def test_a_day_of_the_week_is_one_of_the_purchases(session):
    step = _read(session, "Quel est le panier moyen ?", "et le samedi ?").steps[0]
    assert step.arguments["purchase_filter"] == [{"field": "weekday", "operator": "in", "values": [6]}]
