"""Whole readings: conversations over real data, commands, refusals, questions back."""

from datetime import date

import pytest

from analytics.catalog import CATALOG, Runner
from assistant.embedded.arguments import ACCEPTS
from tests.unit.embedded.talks import converse, step

WOMEN = {"field": "gender", "operator": "=", "values": ["Female"]}
MEN = {"field": "gender", "operator": "=", "values": ["Male"]}


def test_a_conversation_in_french(telecom):
    rate, by, women, men, why, listed, plan = converse(
        telecom, "Quel est notre taux d'attrition ?", "et par type de contrat ?", "seulement les femmes", "et les hommes ?",
        "pourquoi ?", "montre-moi la liste", "ajoute-la au plan",
    )  # fmt: skip
    assert step(rate) == ("churn_rate", {})
    assert step(by) == ("churn_rate", {"by": "Contract"})
    assert step(women) == ("churn_rate", {"by": "Contract", "segment": [WOMEN]})
    assert step(men) == ("churn_rate", {"by": "Contract", "segment": [MEN]})
    assert step(why) == ("churn_drivers", {"segment": [MEN]})
    assert step(listed) == ("at_risk", {"segment": [MEN]}) and listed.command == "show_list"
    assert plan.command == "add_to_plan"


def test_a_conversation_in_english(shop):
    basket, earlier, lyon, compared, advice = converse(
        shop, "average basket by category in 2024", "what about 2023?", "only Lyon", "compare with last year",
        "what should I do?",
    )  # fmt: skip
    year = {"start": "2023-01-01", "end": "2023-12-31"}
    assert step(basket)[1] == {
        "measure": "average_basket", "by": ["category"], "period": {"start": "2024-01-01", "end": "2024-12-31"},
    }  # fmt: skip
    assert step(earlier)[1]["period"] == year
    assert step(lyon)[1]["by"] == ["category"] and step(lyon)[1]["period"] == year
    assert "Lyon" in lyon.sentence.render("en")
    assert date.fromisoformat(step(compared)[1]["compare"]["start"]).year < shop.as_of.year
    assert step(advice)[0] == "guidance"


def test_the_reading_is_said(telecom):
    (reading,) = converse(telecom, "taux d'attrition par type de contrat chez les femmes")
    said = reading.sentence.render("fr")
    assert said.startswith("J’ai compris\u00a0: ") and "type de contrat" in said and "Female" in said


def test_what_cannot_be_honoured_is_said(telecom):
    (reading,) = converse(telecom, "segmente mes clients par trimestre en 2023")
    assert "Non pris en compte" in reading.sentence.render("fr")


def test_a_missing_column_is_said_not_ignored(telecom):
    (reading,) = converse(telecom, "taux d'attrition par pays")
    assert reading.status == "cannot_answer" and reading.steps == ()
    assert "pays" in reading.sentence.render("fr")


def test_a_customer_number_asks_for_its_story(telecom):
    (reading,) = converse(telecom, "Parle-moi du client C0042")
    assert step(reading) == ("customer_story", {"customer": "C0042"})


@pytest.mark.parametrize("question", ["Quel temps fera-t-il demain ?", "Tell me a joke", "which customers are gay"])
def test_declined(telecom, question):
    (reading,) = converse(telecom, question)
    assert reading.status == "declined" and reading.steps == ()


@pytest.mark.parametrize("question", ["Bonjour", "merci", "thanks"])
def test_small_talk_runs_nothing(telecom, question):
    (reading,) = converse(telecom, question)
    assert reading.steps == () and reading.status == "answered"


@pytest.mark.parametrize("question", ["", "?", "   ", "a" * 4000, "🙂", "'; --", "client " * 300])
def test_anything_typed_is_read(telecom, shop, question):
    for study in (telecom, shop):
        (reading,) = converse(study, question)
        assert reading.sentence.render("fr") and reading.sentence.render("en")


def test_choices_are_whole_questions_in_both_languages(telecom):
    readings = [
        converse(telecom, question)[0] for question in ("clients fidèles ?", "valeur", "les anciens", "retention")
    ]
    unsure = [reading for reading in readings if reading.status == "clarify"]
    assert unsure
    for reading in unsure:
        assert 2 <= len(reading.choices) <= 3
        assert all(choice.fr != choice.en for choice in reading.choices)


def test_arguments_are_those_the_catalogue_takes():
    for analysis in CATALOG:
        taken = frozenset(analysis.parameters.model_fields) - {"segment"}
        assert ACCEPTS.get(analysis.name, frozenset()) <= taken, analysis.name


QUESTIONS = [
    "taux d'attrition par contrat chez les femmes", "churn by month", "which customers are at risk in Alsace, top 20",
    "points de fuite par contrat", "part des clients par région", "facture mensuelle médiane par contrat",
    "combien de clients depuis plus de 2 ans ?", "segmente mes clients", "qualité des données",
]  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS)
def test_arguments_are_accepted(telecom, question):
    (reading,) = converse(telecom, question)
    name, arguments = step(reading)
    analysis = Runner(telecom)._by_name[name]
    analysis.parameters.model_validate(arguments)
