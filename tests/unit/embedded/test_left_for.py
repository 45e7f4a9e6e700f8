"""Reasons of leaving asked by a word of their family, money of those who left, and who came back, of a tennis club."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from analytics.catalog import CATALOG, Runner
from tests.unit.embedded.talks import converse, opened

_draw = random.Random(41)
REASONS = ("Trop cher", "Déménagement", "Blessure", "Club concurrent")
PLAYERS, FEES = [], []
for _n in range(360):
    _joined = date(2022, 9, 1) + timedelta(days=_draw.randrange(600))
    _left = _joined + timedelta(days=330 + _draw.randrange(500)) if _n % 3 == 0 else None
    PLAYERS.append([f"J{_n:04d}", ("Sud", "Nord")[_n % 2], _joined, "Résilié" if _left else "En cours", _left, REASONS[_n // 3 % 4] if _left else None])
    _day = _joined
    while _day < min(_left or date(2026, 6, 30), date(2026, 6, 30)):
        FEES.append([f"P{len(FEES):06d}", f"J{_n:04d}", _day, _draw.choice([28, 35, 42])])
        _day += timedelta(days=30)


@pytest.fixture(scope="module")
def tennis(tmp_path_factory):
    players = [["N° adhérent", "Site", "Adhérent depuis", "Situation", "Résilié le", "Motif de départ"], *PLAYERS]
    fees = [["N° prélèvement", "N° adhérent", "Prélevé le", "Montant"], *FEES]
    yield from opened(tmp_path_factory, "tennis", {"adherents.csv": players, "prelevements.csv": fees})


def _last(study, *talk):
    return converse(study, *talk)[-1]


def _value(study, *talk):
    reading = _last(study, *talk)
    assert reading.status == "answered", reading.sentence
    return Runner(study, CATALOG).run(reading.steps[-1].analysis, reading.steps[-1].arguments).measures[0].value


def _gone(year=None, reason=None):
    return [row for row in PLAYERS if row[4] and (year is None or row[4].year == year) and (reason is None or row[5] == reason)]


@pytest.mark.parametrize("question", ["combien d'adhérents sont partis à cause du prix ?", "how many left because of the price?", "combien nous ont quittés pour le tarif"])
def test_a_reason_is_known_by_its_family(tennis, question):
    assert _value(tennis, question) == len(_gone(reason="Trop cher"))


def test_the_share_of_a_reason_is_among_those_who_left(tennis):
    assert _value(tennis, "part des départs pour le prix") == pytest.approx(len(_gone(reason="Trop cher")) / len(_gone()))
    assert _value(tennis, "combien ont résilié pour un déménagement en 2024 ?") == len(_gone(2024, "Déménagement"))


@pytest.mark.parametrize("question", ["part des départs pour les horaires", "how many left because of the showers?"])
def test_a_reason_the_files_do_not_hold_is_said(tennis, question):
    assert _last(tennis, question).status != "answered"


def test_reasons_of_a_year_are_of_those_who_left_then(tennis):
    reading = _last(tennis, "motifs de départ", "en 2024 ?")
    assert reading.steps[0].arguments["measure"] == "lost_customers"
    assert "segment" not in reading.steps[0].arguments


@pytest.mark.parametrize("question", ["combien a-t-on perdu de CA avec les adhérents partis en 2024 ?", "CA perdu avec les adhérents partis en 2024", "how much revenue did we lose with members who left in 2024?"])
def test_money_of_those_who_left_is_not_of_everybody(tennis, question):
    left = {row[0] for row in _gone(2024)}
    assert _value(tennis, question) == sum(row[3] for row in FEES if row[1] in left)


@pytest.mark.parametrize("question", ["combien sont revenus après avoir résilié ?", "how many came back after leaving?", "how much money did we lose in 2024?"])
def test_what_no_file_tells_is_not_answered_beside(tennis, question):
    assert _last(tennis, question).status != "answered"


def test_today_is_of_those_still_here(tennis):
    assert _value(tennis, "combien d'adhérents aujourd'hui ?") == len(PLAYERS) - len(_gone())


def test_the_last_of_a_kind_has_a_day(tennis):
    assert _last(tennis, "dernier prélèvement ?").steps[0].arguments == {"measure": "orders", "edge": "last"}


@pytest.mark.parametrize("question", ["croissance", "are we growing?"])
def test_growth_is_this_year_beside_the_last(tennis, question):
    asked = _last(tennis, question).steps[0].arguments
    assert asked["measure"] == "amount"
    assert asked["compare"]


def test_the_first_and_the_last_of_one_customer_are_days(tennis):
    asked = _last(tennis, "premier prélèvement et dernier prélèvement de l'adhérent J0004").steps[0].arguments
    assert asked["edge"] == "both"
    assert asked["segment"] == [{"field": "customer_id", "operator": "=", "values": ["J0004"]}]
