"""What ends in a period to come, asked of alarm leases: how many, which, by town, worth what."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from analytics.catalog import CATALOG, Runner
from assistant.embedded.future_periods import ahead
from tests.unit.embedded.talks import converse, opened

_draw = random.Random(31)
TODAY = date(2026, 11, 28)
LEASES = []
for _n in range(500):
    _start = date(2023, 1, 5) + timedelta(days=_draw.randrange(1380))
    _end = _start
    while _end <= TODAY and not (_end > _start and _draw.random() < 0.2):
        _end = date(_end.year + 1, _end.month, min(_end.day, 28))
    LEASES.append([f"L{_n:04d}", _draw.choice(["Brest", "Metz", "Pau"]), _draw.choice(["Base", "Plus"]), _start, _end, _draw.randrange(180, 420), "En cours" if _end > TODAY else "Résilié"])
_AS_OF = max(day for row in LEASES for day in row[3:5] if day <= TODAY)


@pytest.fixture(scope="module")
def alarms(tmp_path_factory):
    head = ["N° abonné", "Ville", "Formule", "Date de début", "Date d'échéance", "Redevance annuelle", "Statut"]
    yield from opened(tmp_path_factory, "alarms", {"contrats.csv": [head, *LEASES]})


def _value(study, question):
    reading = converse(study, question)[-1]
    assert reading.status == "answered", reading.sentence
    return Runner(study, CATALOG).run(reading.steps[0].analysis, reading.steps[0].arguments).measures[0].value


def _ending(low, high):
    return [row for row in LEASES if low <= row[4] <= high]


@pytest.mark.parametrize(("question", "low", "high"), [
    ("combien de contrats arrivent à échéance en janvier 2027 ?", date(2027, 1, 1), date(2027, 1, 31)),
    ("combien d'abonnés ont une échéance en mars 2027", date(2027, 3, 1), date(2027, 3, 31)),
    ("how many contracts are up for renewal in February 2027?", date(2027, 2, 1), date(2027, 2, 28)),
    ("renewals due in April 2027", date(2027, 4, 1), date(2027, 4, 30)),
])  # fmt: skip
def test_what_ends_then_is_counted(alarms, question, low, high):
    assert _value(alarms, question) == len(_ending(low, high)) > 0


def test_what_ends_then_is_added_up_and_narrowed(alarms):
    then = _ending(date(2027, 1, 1), date(2027, 1, 31))
    assert _value(alarms, "redevance annuelle totale des contrats qui arrivent à échéance en janvier 2027") == sum(row[5] for row in then)
    assert _value(alarms, "combien de contrats Plus arrivent à échéance en janvier 2027") == sum(row[2] == "Plus" for row in then)


def test_who_they_are_is_listed(alarms):
    reading = converse(alarms, "quels clients arrivent à échéance en janvier 2027 ?")[-1]
    assert reading.status == "answered"
    assert reading.steps[0].arguments["by"] == ["customer_id"]
    told = Runner(alarms, CATALOG).run("explore", reading.steps[0].arguments)
    assert told.table is not None
    assert told.chart is None  # a bar of one for each name would say nothing


def test_what_ended_is_no_such_question(alarms):
    reading = converse(alarms, "combien de contrats se sont terminés en 2025 ?")[-1]
    assert "between" not in str([step.arguments for step in reading.steps])


@pytest.mark.parametrize(("said", "low", "high"), [
    ("dans les 3 prochains mois", date(2026, 11, 16), date(2027, 2, 15)),
    ("over the next 90 days", date(2026, 11, 16), date(2027, 2, 13)),
    ("sous 60 jours", date(2026, 11, 16), date(2027, 1, 14)),
    ("le mois prochain", date(2026, 12, 1), date(2026, 12, 31)),
    ("that end next month", date(2026, 12, 1), date(2026, 12, 31)),
    ("next quarter", date(2027, 1, 1), date(2027, 3, 31)),
    ("l'annee prochaine", date(2027, 1, 1), date(2027, 12, 31)),
    ("d'ici la fin de l'annee", date(2026, 11, 16), date(2026, 12, 31)),
    ("by the end of march", date(2026, 11, 16), date(2027, 3, 31)),
    ("cette annee", date(2026, 1, 1), date(2026, 12, 31)),
])  # fmt: skip
def test_a_period_to_come_is_read(said, low, high):
    found = ahead(said, date(2026, 11, 15))
    assert found is not None
    assert (found.start, found.end) == (low, high)


@pytest.mark.parametrize("said", ["en 2025", "the last three months", "le mois dernier", "depuis janvier"])
def test_the_past_is_not_to_come(said):
    assert ahead(said, date(2026, 11, 15)) is None
