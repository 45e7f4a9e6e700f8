"""A column that says today who is here and who has gone: counted by, never kept where departures are explained."""

import random
from datetime import date, timedelta

import pytest

from tests.unit.embedded.talks import converse, opened

_draw = random.Random(8)
MEMBERS = [["N° adhérent", "Salle", "Formule", "Date d'inscription", "Date de résiliation", "Situation", "Cotisation mensuelle"]]
for _n in range(400):
    _began = date(2022, 9, 1) + timedelta(days=_draw.randrange(1000))
    _state = _draw.choices(["Actif", "Résilié", "Suspendu"], [5, 4, 1])[0]
    _ended = (_began + timedelta(days=_draw.randint(60, 400))).strftime("%d/%m/%Y") if _state == "Résilié" else ""
    MEMBERS.append([f"A{_n:05d}", _draw.choice(["Rennes", "Nantes", "Brest"]), _draw.choice(["Annuel", "Mensuel"]), _began.strftime("%d/%m/%Y"), _ended, _state, _draw.choice([29, 39, 49])])


@pytest.fixture(scope="module")
def gym(tmp_path_factory):
    yield from opened(tmp_path_factory, "gym", {"adherents.csv": MEMBERS})


def fields(reading):
    return {condition["field"] for condition in reading.steps[0].arguments.get("segment", ())}


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("Combien d'adhérents actifs ?", "Pourquoi partent-ils ?"),
        ("Combien d'adhérents actifs ?", "Quel est leur taux de départ ?"),
        ("Combien de résiliés ?", "pourquoi sont-ils partis ?"),
        ("How many active members?", "Why do they leave?"),
        ("How many active members?", "Which of them are at risk?"),
        ("Cotisation moyenne des actifs ?", "pourquoi partent-ils ?"),
    ],
)
def test_what_departures_are_told_of_keeps_no_state_of_today(gym, first, then):
    reading = converse(gym, first, then)[-1]
    assert reading.steps[0].analysis in ("churn_drivers", "churn_rate", "at_risk")
    assert "Situation" not in fields(reading) and "lost" not in fields(reading)


def test_another_condition_is_kept(gym):
    reading = converse(gym, "Combien d'adhérents actifs à Nantes ?", "Pourquoi partent-ils ?")[-1]
    assert fields(reading) == {"Salle"}


def test_a_state_of_neither_fate_is_said_to_be_left_out(gym):
    (reading,) = converse(gym, "Taux de départ des suspendus ?")
    assert fields(reading) == set()
    assert "Suspendu" in str(reading.sentence)


def test_a_header_of_states_is_no_word_for_leaving(gym):
    (reading,) = converse(gym, "Combien d'adhérents par situation ?")
    assert dict(reading.steps[0].arguments) == {"measure": "customers", "by": ["Situation"]}


def test_a_rate_by_the_column_that_says_who_left_is_how_many_are_in_each_state(gym):
    (reading,) = converse(gym, "Taux de départ par situation")
    assert dict(reading.steps[0].arguments) == {"measure": "customers", "by": ["Situation"]}


@pytest.mark.parametrize("question", ["Taux de départ des mensuels en 2025", "Combien de mensuels ?", "Cotisation moyenne des mensuels"])
def test_people_are_named_by_how_often_they_pay(gym, question):
    (reading,) = converse(gym, question)
    assert fields(reading) == {"Formule"}
    assert "month" not in reading.steps[0].arguments.get("by", ())


def test_departures_of_each_month_are_no_people(gym):
    (reading,) = converse(gym, "nombre de départs mensuels")
    assert reading.steps[0].arguments["by"] == ["month"]
