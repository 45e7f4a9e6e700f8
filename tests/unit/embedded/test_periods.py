"""Times in a question; the expected days are read off a calendar."""

from datetime import date

import pytest

from assistant.embedded.periods import find_periods
from assistant.embedded.text import plain

AS_OF = date(2025, 6, 15)  # a Sunday


@pytest.mark.parametrize(
    ("question", "start", "end"),
    [
        ("panier moyen en 2024", "2024-01-01", "2024-12-31"),
        ("l'an dernier", "2024-01-01", "2024-12-31"),
        ("last year", "2024-01-01", "2024-12-31"),
        ("last quarter", "2025-01-01", "2025-03-31"),
        ("le trimestre dernier", "2025-01-01", "2025-03-31"),
        ("le mois dernier", "2025-05-01", "2025-05-31"),
        ("last month", "2025-05-01", "2025-05-31"),
        ("cette année", "2025-01-01", "2025-06-15"),
        ("les 6 derniers mois", "2024-12-16", "2025-06-15"),
        ("over the last 12 months", "2024-06-16", "2025-06-15"),
        ("les trente derniers jours", None, None),
        ("joined between 1 jan 2025 and 31 mar 2025", "2025-01-01", "2025-03-31"),
        ("orders since Feb 2025", "2025-02-01", "2025-06-15"),
        ("ventes d'oct 2024", "2024-10-01", "2024-10-31"),
        ("before 3 Dec 2024", "1900-01-01", "2024-12-02"),
        ("les 30 derniers jours", "2025-05-17", "2025-06-15"),
        ("février 2024", "2024-02-01", "2024-02-29"),
        ("en décembre dernier", "2024-12-01", "2024-12-31"),
        ("in may 2024", "2024-05-01", "2024-05-31"),
        ("in March", "2025-03-01", "2025-03-31"),
        ("T1 2024", "2024-01-01", "2024-03-31"),
        ("Q4 2023", "2023-10-01", "2023-12-31"),
        ("le premier trimestre 2024", "2024-01-01", "2024-03-31"),
        ("entre janvier et mars 2024", "2024-01-01", "2024-03-31"),
        ("between 2021 and 2023", "2021-01-01", "2023-12-31"),
        ("depuis mars 2024", "2024-03-01", "2025-06-15"),
        ("du 01/02/2024 au 15/03/2024", "2024-02-01", "2024-03-15"),
        ("la semaine dernière", "2025-06-02", "2025-06-08"),
        ("from April 1, 2025 to May 31, 2025", "2025-04-01", "2025-05-31"),
        ("between April 1 and May 31, 2025", "2025-04-01", "2025-05-31"),
        ("from April 15 to May 3", "2025-04-15", "2025-05-03"),
        ("du 5 au 12 mars 2025", "2025-03-05", "2025-03-12"),
        ("March 5-12, 2025", "2025-03-05", "2025-03-12"),
        ("du 20 décembre 2024 au 5 janvier", "2024-12-20", "2025-01-05"),
        ("from December 20 to January 5", "2024-12-20", "2025-01-05"),
        ("entre le 15 mars et le 20 avril", "2025-03-15", "2025-04-20"),
        ("depuis le 1er mars 2025", "2025-03-01", "2025-06-15"),
        ("since March 1, 2025", "2025-03-01", "2025-06-15"),
        ("à partir du 15 avril", "2025-04-15", "2025-06-15"),
        ("avant le 15 mars 2025", "1900-01-01", "2025-03-14"),
        ("before March 15, 2025", "1900-01-01", "2025-03-14"),
        ("after March 3rd 2025", "2025-03-04", "2025-06-15"),
        ("jusqu'au 15 mars 2025", "1900-01-01", "2025-03-15"),
        ("depuis fin mars", "2025-03-31", "2025-06-15"),
        ("from 4/1/2025 to 4/30/2025", "2025-04-01", "2025-04-30"),
        ("the week of April 10", "2025-04-07", "2025-04-13"),
        ("last summer", "2024-06-01", "2024-08-31"),
        ("in March 15 customers left", None, None),
        ("may customers leave?", None, None),
        ("customer 2024-AB", None, None),
    ],
)
def test_period(question, start, end):
    found = find_periods(plain(question), AS_OF)
    if start is None:
        assert found == []
    else:
        assert [(period.start.isoformat(), period.end.isoformat()) for period in found] == [(start, end)]


def test_two_periods_are_read_in_order():
    found = find_periods("ca en mars 2023 vs mars 2024", AS_OF)
    assert [period.start.year for period in found] == [2023, 2024]


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        ("CA d'avril 2025 par rapport à mars", "2025-04-01", "2025-03-01"),
        ("avril vs mars", "2025-04-01", "2025-03-01"),
        ("April vs March revenue", "2025-04-01", "2025-03-01"),
        ("janvier 2025 par rapport à décembre", "2025-01-01", "2024-12-01"),
        ("compare le 2e trimestre 2025 au 1er", "2025-04-01", "2025-01-01"),
        ("T1 2025 vs T4", "2025-01-01", "2024-10-01"),
        ("T3 vs T2 2024", "2024-07-01", "2024-04-01"),
        ("clients de janvier 2024 vs ceux de février", "2024-01-01", "2024-02-01"),
        ("churn this summer vs last summer", "2025-06-01", "2024-06-01"),
    ],
)
def test_a_name_alone_is_near_the_period_it_is_set_beside(question, first, second):
    found = find_periods(plain(question), AS_OF)
    assert [period.start.isoformat() for period in found] == [first, second]


@pytest.mark.parametrize("question", ["revenue from mairie", "customers from marseille", "avant mairie", "depuis marsan", "members with a mar", "the jan team"])
def test_a_word_that_begins_like_a_month_is_none(question):
    assert find_periods(question, AS_OF) == []
