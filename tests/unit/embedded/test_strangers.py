"""A question about customers the files cannot tell apart is said to be one: never answered on everyone."""

import pytest

from assistant.embedded.planner import EmbeddedPlanner
from assistant.planner import Dialogue
from tests.unit.embedded.talks import converse

PLANNER = EmbeddedPlanner()


@pytest.mark.parametrize(
    ("question", "language", "said"),
    [
        ("Quel est notre taux d’attrition à Lyon ?", "fr", "Lyon"),
        ("quel est notre taux d’attrition à marseille", "fr", "marseille"),
        ("Pourquoi nos clients Premium partent-ils ?", "fr", "Premium"),
        ("What is our churn rate in Leeds?", "en", "Leeds"),
        ("Why do our iOS customers leave?", "en", "iOS"),
    ],
)
def test_a_restriction_nothing_tells_is_said(telecom, question, language, said):
    reading = PLANNER.read(question, language, Dialogue(()), telecom)
    assert reading.status == "cannot_answer" and not reading.steps
    assert said in reading.sentence.render(language)


def test_a_follow_up_is_no_excuse(telecom):
    first, second, third = converse(telecom, "Quel est notre taux d’attrition ?", "et à Lyon ?", "et en Bretagne ?")
    assert first.status == third.status == "answered"
    assert second.status == "cannot_answer" and "Lyon" in second.sentence.render("fr")
    assert third.steps[0].arguments["segment"][0]["values"] == ["Bretagne"]


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Quel est notre taux d’attrition ?", "fr"),
        ("Bonjour, pourquoi mes clients partent-ils ?", "fr"),
        ("POURQUOI MES CLIENTS PARTENT-ILS ?", "fr"),
        ("Why Do My Customers Leave?", "en"),
        ("Quel est le taux d’attrition des clients Fiber optic en Alsace ?", "fr"),
        ("When in the relationship do they leave?", "en"),
        ("À quel moment de la relation partent-ils ?", "fr"),
        ("Who is at risk of leaving in the next months?", "en"),
    ],
)
def test_an_ordinary_question_is_answered(telecom, question, language):
    assert PLANNER.read(question, language, Dialogue(()), telecom).status == "answered"
