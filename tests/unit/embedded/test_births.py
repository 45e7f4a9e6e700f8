"""Dates of birth: ages are worked out from them, and never taken for how long a customer has been one."""

from datetime import date

import pytest

from analytics.explore.explore import ANALYSIS
from analytics.measures.exposure import today_frame
from tests.unit.analyses.relations import finding
from tests.unit.embedded.talks import converse, opened

LAST = date(2026, 10, 29)
BORN = [date(1940 + n % 66, n % 12 + 1, n % 28 + 1) for n in range(240)]
PEOPLE = [["id_client", "ville", "date_naissance"], *([f"C{n:04d}", ("Paris", "Lyon", "Lille")[n % 3], born.strftime("%d/%m/%Y")] for n, born in enumerate(BORN))]
SALES = [["no_ticket", "id_client", "date", "montant"]]
for _n in range(240):
    for _k in range(1 + _n % 4):
        SALES.append([f"V{len(SALES):05d}", f"C{_n:04d}", date(2025 + (_n + _k) % 2, (_n + _k) % 10 + 1, 5).strftime("%d/%m/%Y"), 20 + _n % 7])
SALES.append(["V99999", "C0000", LAST.strftime("%d/%m/%Y"), 20])


def age(born):
    return LAST.year - born.year - ((LAST.month, LAST.day) < (born.month, born.day))


AGES = [age(born) for born in BORN]


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    yield from opened(tmp_path_factory, "births", {"clients.csv": PEOPLE, "ventes.csv": SALES})


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    yield from opened(tmp_path_factory, "no births", {"clients.csv": [row[:2] for row in PEOPLE], "ventes.csv": SALES})


@pytest.fixture(scope="module")
def yearly(tmp_path_factory):
    people = [["id_client", "Birth Year"], *([row[0], born.year] for row, born in zip(PEOPLE[1:], BORN, strict=True))]
    yield from opened(tmp_path_factory, "birth years", {"clients.csv": people, "ventes.csv": SALES})


def figure(study, question):
    (reading,) = converse(study, question)
    assert reading.status == "answered", reading.sentence
    found = finding(study, ANALYSIS, **dict(reading.steps[0].arguments))
    return {row[0]: row[1] for row in found.table.rows} if found.table is not None else found.measures[0].value


def test_ages_are_worked_out(shop):
    assert figure(shop, "Âge moyen des clients ?") == pytest.approx(sum(AGES) / len(AGES))
    assert figure(shop, "average age of customers in Lyon") == pytest.approx(sum(AGES[1::3]) / len(AGES[1::3]))


def test_a_number_of_years_is_an_age(shop):
    assert figure(shop, "Combien de clients de plus de 60 ans ?") == sum(one > 60 for one in AGES)
    assert figure(shop, "How many customers over 60?") == sum(one > 60 for one in AGES)
    assert figure(shop, "Combien de clients de 30 à 40 ans à Lyon ?") == sum(30 <= one <= 40 for one in AGES[1::3])


def test_groups_are_of_ten_years(shop):
    groups = figure(shop, "Répartition des clients par tranche d'âge")
    assert sum(groups.values()) == len(AGES)
    assert groups["40 – 49"] == sum(40 <= one < 50 for one in AGES)


def test_no_age_is_no_length_of_a_relation(bare):
    (reading,) = converse(bare, "Combien de clients de plus de 60 ans ?")
    assert reading.status != "answered"


def test_the_age_of_today_is_no_candidate_cause(shop):
    reading = converse(shop, "Pourquoi partent-ils ?")[-1]
    assert reading.steps[0].analysis == "churn_drivers"
    frame = today_frame(shop)
    assert "age_band" in frame.features and "age" not in frame.features
    assert "tenure_months" in frame.features


def test_a_year_of_birth_gives_an_age_to_a_year(yearly):
    ages = [LAST.year - born.year for born in BORN]  # the last day of the files is after the middle of the year
    assert figure(yearly, "average age of customers") == pytest.approx(sum(ages) / len(ages))
    assert figure(yearly, "How many customers over 60?") == sum(one > 60 for one in ages)
