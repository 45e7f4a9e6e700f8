"""A host of web sites: contracts by how often they are paid, requests and how long they take, quotes won, the best seller."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from analytics.catalog import CATALOG, Runner
from tests.unit.embedded.talks import converse, opened

_draw = random.Random(77)
SITES = [[f"H{n:04d}", _draw.choice(["Retail", "Charity"]), date(2024, 1, 3) + timedelta(days=_draw.randrange(500))] for n in range(260)]
PLANS = [[f"S{n:04d}", row[0], _draw.choice(["Annual", "Monthly", "Monthly"]), _draw.choice([9, 19, 49]), row[2]] for n, row in enumerate(SITES)]
REQUESTS, QUOTES, BILLS = [], [], []
for _n in range(300):
    _day = date(2025, 1, 2) + timedelta(days=_n)
    REQUESTS.append([f"R{_n:04d}", f"H{_draw.randrange(260):04d}", _day, _day + timedelta(days=_draw.randrange(1, 9))])
    QUOTES.append([f"Q{_n:04d}", f"H{_draw.randrange(260):04d}", _day, _draw.randrange(100, 900), _draw.choice(["Signed", "Lost", "Pending"])])
    BILLS.append([f"B{_n:04d}", f"H{_draw.randrange(260):04d}", _day, _draw.choice(["Ann", "Bob", "Cy"]), _draw.randrange(20, 400)])


def _value(study, question):
    reading = converse(study, question)[-1]
    assert reading.status == "answered", reading.sentence
    return Runner(study, CATALOG).run(reading.steps[-1].analysis, reading.steps[-1].arguments).measures[0].value


@pytest.fixture(scope="module")
def hosting(tmp_path_factory):
    files = {
        "sites.csv": [["Account ID", "Sector", "Signed up"], *SITES],
        "subscriptions.csv": [["Subscription ID", "Account ID", "Term", "Monthly fee", "Start date"], *PLANS],
        "tickets.csv": [["Ticket ID", "Account ID", "Opened", "Resolved"], *REQUESTS],
        "quotes.csv": [["Quote ID", "Account ID", "Date", "Amount", "Outcome"], *QUOTES],
    }
    yield from opened(tmp_path_factory, "hosting", files)


@pytest.fixture(scope="module")
def garage(tmp_path_factory):
    files = {"customers.csv": [["Customer ID", "Sector", "Signed up"], *SITES], "sales.csv": [["Sale ID", "Customer ID", "Date", "Salesperson", "Total"], *BILLS], "salespeople.csv": [["Salesperson", "Hired"], ["Ann", date(2020, 1, 1)], ["Bob", date(2021, 1, 1)], ["Cy", date(2022, 1, 1)]]}
    yield from opened(tmp_path_factory, "garage", files)


def test_annual_contracts_are_no_split_by_year(hosting):
    annual = sum(row[2] == "Annual" for row in PLANS)
    assert _value(hosting, "how many annual subscriptions do we have?") == annual
    assert _value(hosting, "share of annual subscriptions") == pytest.approx(annual / len(PLANS))


def test_the_day_a_request_is_closed_is_not_that_of_a_first_answer(hosting):
    assert _value(hosting, "average resolution time") == pytest.approx(sum((row[3] - row[2]).days for row in REQUESTS) / len(REQUESTS))
    assert converse(hosting, "average first response time")[-1].status != "answered"


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    tickets = [["Ticket ID", "Account ID", "Opened", "Resolved", "Topic", "First reply (hours)"], *([*row, "Mail" if n % 3 else "DNS", WAITS[n]] for n, row in enumerate(REQUESTS))]
    yield from opened(tmp_path_factory, "desk", {"sites.csv": [["Account ID", "Sector", "Signed up"], *SITES], "tickets.csv": tickets})


WAITS = [round(_draw.uniform(0.5, 60), 1) for _ in REQUESTS]


@pytest.mark.parametrize("question", ["average first response time", "délai moyen de première réponse", "average response time"])
def test_a_first_answer_is_told_by_the_column_that_tells_it(desk, question):
    assert _value(desk, question) == pytest.approx(sum(WAITS) / len(WAITS))


def test_the_wait_of_a_month_is_a_mean_and_no_total(desk):
    asked = converse(desk, "temps de réponse moyen par mois")[-1].steps[0].arguments
    assert (asked["measure"], asked["by"]) == ("mean", ["month"])


def test_what_no_column_tells_is_said(hosting):
    reading = converse(hosting, "average first response time")[-1]
    assert reading.status == "cannot_answer"
    assert "first response time" in reading.sentence.render("en", None)


def test_a_win_rate_is_of_the_quotes_signed(hosting):
    assert _value(hosting, "win rate of quotes") == pytest.approx(sum(row[4] == "Signed" for row in QUOTES) / len(QUOTES))
    assert _value(hosting, "taux de transformation des devis") == pytest.approx(sum(row[4] == "Signed" for row in QUOTES) / len(QUOTES))


@pytest.mark.parametrize("question", ["who is our best salesperson?", "top 3 salespeople"])
def test_the_best_seller_is_known_by_what_they_bring_in(garage, question):
    reading = converse(garage, question)[-1]
    asked = [dict(step.arguments) for step in reading.steps]
    assert all(one["measure"] != "records" for one in asked), asked
