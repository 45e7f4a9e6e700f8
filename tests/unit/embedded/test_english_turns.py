"""English as it is spoken, asked of a swimming club: people drop out, sign up, are over sixty, pay; the club earns and does well or not."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from analytics.catalog import CATALOG, Runner
from tests.unit.embedded.talks import converse, opened

_draw = random.Random(23)
_HEARD = ("Leaflet", "A neighbour", "School visit")
_POOLS = ("Eastgate", "Riverhead", "Moorside")
MEMBERS, SALES = [], []
for _n in range(420):
    _left = _n % 5 == 0
    _joined = date(2023, 1, 2) + timedelta(days=_draw.randrange(1000))
    MEMBERS.append([
        f"W{_n:04d}", "Quit" if _left else "Swimming", date(1950, 5, 1) + timedelta(days=_draw.randrange(18000)), _joined, _POOLS[_n % 3], _HEARD[_n % 3],
        _joined + timedelta(days=200) if _left else None,
    ])  # fmt: skip
    for _m in range(_draw.randrange(2, 7)):
        SALES.append([f"S{len(SALES):05d}", f"W{_n:04d}", _joined + timedelta(days=31 * _m), _draw.choice(["Lane pass", "Goggles", "Stroke clinic"]), _draw.choice(["Card", "Cash"]), _draw.randrange(1, 4), _draw.randrange(8, 60)])


@pytest.fixture(scope="module")
def club(tmp_path_factory):
    members = [["Member no", "Standing", "Date of birth", "Joined", "Pool", "How they heard of us", "Left on"], *MEMBERS]
    sales = [["Sale no", "Member no", "Date", "Product", "Paid by", "Quantity", "Amount (GBP)"], *SALES]
    yield from opened(tmp_path_factory, "club", {"members.csv": members, "sales.csv": sales})


def _steps(study, *talk):
    reading = converse(study, *talk)[-1]
    assert reading.status == "answered", reading.sentence
    return [(step.analysis, dict(step.arguments)) for step in reading.steps]


def _value(study, *talk):
    return Runner(study, CATALOG).run(*_steps(study, *talk)[-1]).measures[0].value


@pytest.mark.parametrize(("question", "wanted"), [
    ("Why do our members drop out?", "churn_drivers"),
    ("drop-out rate by pool", "churn_rate"),
    ("how is the club doing?", "relationship_overview"),
])  # fmt: skip
def test_what_is_asked_is_the_usual_question(club, question, wanted):
    assert _steps(club, question)[0][0] == wanted


@pytest.mark.parametrize(("question", "wanted"), [
    ("how many members dropped out in 2025", {"measure": "lost_customers", "period": {"start": "2025-01-01", "end": "2025-12-31"}}),
    ("how many over-60s do we have", {"measure": "customers", "segment": [{"field": "age", "operator": ">", "values": [60]}]}),
    ("top 5 spenders", {"measure": "amount", "by": ["customer_id"], "top": 5}),
    ("which members paid the least in 2024", {"measure": "amount", "by": ["customer_id"], "period": {"start": "2024-01-01", "end": "2024-12-31"}, "order": "asc"}),
    ("payment method breakdown", {"measure": "orders", "by": ["Paid by"]}),
    ("sign ups per month in 2024", {"measure": "new_customers", "by": ["month"], "period": {"start": "2024-01-01", "end": "2024-12-31"}}),
    ("joiners by pool in 2024", {"measure": "new_customers", "by": ["Pool"], "period": {"start": "2024-01-01", "end": "2024-12-31"}}),
    ("how many members enrolled in 2024", {"measure": "new_customers", "period": {"start": "2024-01-01", "end": "2024-12-31"}}),
    ("income per member", {"measure": "amount_per_customer"}),
    ("what is a member worth on average", {"measure": "amount_per_customer"}),
    ("how did members hear about us?", {"measure": "customers", "by": ["How they heard of us"]}),
    ("which product earned most", {"measure": "amount", "by": ["product"]}),
    ("best selling month", {"measure": "amount", "by": ["month"], "order": "desc"}),
])  # fmt: skip
def test_what_is_counted_is_read(club, question, wanted):
    assert _steps(club, question)[-1] == ("explore", wanted)


def test_the_members_still_swimming_are_those_their_state_says(club):
    here = sum(row[1] == "Swimming" for row in MEMBERS)
    assert _value(club, "how many members are swimming right now?") == here
    pools = Runner(club, CATALOG).run(*_steps(club, "swimming members by pool")[-1]).table
    assert pools is not None
    assert {row[0]: row[1] for row in pools.rows} == {pool: sum(row[1] == "Swimming" and row[4] == pool for row in MEMBERS) for pool in _POOLS}
    assert _value(club, "how many members have quit?") == len(MEMBERS) - here


def test_a_ranking_is_put_in_another_measure(club):
    assert _steps(club, "sales by product", "by revenue")[-1][1] == {"measure": "amount", "by": ["product"]}
    assert _steps(club, "sales by product", "in units")[-1][1] == {"measure": "quantity", "by": ["product"]}


def test_money_so_far_is_of_the_year_begun(club):
    told = sum(row[6] for row in SALES if row[2].year == 2025)
    assert _value(club, "Eastgate: money in 2025 so far") == sum(row[6] for row in SALES if row[2].year == 2025 and int(row[1][1:]) % 3 == 0)
    assert _value(club, "earnings in 2025") == told


def test_a_pair_of_goggles_is_one_of_them(club):
    bought = {row[1] for row in SALES if row[3] == "Goggles" and row[2].year == 2024}
    assert _value(club, "how many members bought goggles in 2024") == len(bought)
    assert _value(club, "how many pairs of goggles did we sell in 2024") == sum(row[5] for row in SALES if row[3] == "Goggles" and row[2].year == 2024)


@pytest.mark.parametrize("question", ["how much did new members bring in 2025?", "CA des nouveaux membres en 2025", "revenue from new members in 2025"])
def test_money_of_newcomers_is_no_count_of_them(club, question):
    came = {row[0] for row in MEMBERS if row[3].year == 2025}
    assert _value(club, question) == sum(row[6] for row in SALES if row[1] in came and row[2].year == 2025)


def test_newcomers_are_counted_where_they_are(club):
    assert _steps(club, "how many new members did the leaflet bring in 2025?")[-1][1]["measure"] == "new_customers"
    assert converse(club, "CA des nouveaux membres")[-1].status == "clarify"  # of which year's?


def test_them_are_those_the_share_counted(club):
    gone = sum(row[1] == "Quit" for row in MEMBERS if row[5] == "Leaflet")
    assert _value(club, "what share of members came through the leaflet?", "how many of them left?") == gone


def test_those_in_their_first_year_are_not_everybody(club):
    asked = _steps(club, "how many members are in their first year?")[-1][1]
    assert {condition["field"] for condition in asked["segment"]} == {"lost", "tenure_months"}


def _basket(member):
    return {row[3] for row in SALES if row[1] == member}


@pytest.mark.parametrize(("question", "wanted"), [
    ("how many members bought a lane pass and goggles?", lambda bought: {"Lane pass", "Goggles"} <= bought),
    ("how many members bought only goggles?", lambda bought: bought == {"Goggles"}),
    ("combien de membres n'ont acheté que des goggles ?", lambda bought: bought == {"Goggles"}),
    ("how many members bought goggles but not a lane pass?", lambda bought: "Goggles" in bought and "Lane pass" not in bought),
])  # fmt: skip
def test_both_and_only_are_of_all_one_bought(club, question, wanted):
    assert _value(club, question) == sum(wanted(_basket(row[0])) for row in MEMBERS)


def test_only_in_a_year_is_not_answered_beside(club):
    assert converse(club, "how many members bought only goggles in 2024?")[-1].status != "answered"


def test_a_figure_is_kept_for_some_of_them(club):
    assert _steps(club, "average order value", "for members at Eastgate")[-1][1]["measure"] == "average_basket"
