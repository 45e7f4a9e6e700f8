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


@pytest.mark.parametrize("question", ["revenue from mairie", "customers from marseille", "avant mairie", "depuis marsan"])
def test_a_word_that_begins_like_a_month_is_none(question):
    assert find_periods(question, AS_OF) == []
