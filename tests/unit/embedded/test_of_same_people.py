"""A question that goes on from a count of customers and names nobody else is of those: who bought again, who left, how soon."""

import random
from datetime import date, timedelta

import pytest

from analytics.catalog import Runner
from tests.unit.embedded.talks import asked, converse, is_, opened

_draw = random.Random(16)
_LAST = date(2025, 10, 31)
SALES = [["sale_no", "buyer_email", "sold_on", "amount", "payment", "county"]]
for _n in range(1200):
    _who = _draw.randrange(220)
    SALES.append([f"V{_n:05d}", f"b{_who}@mail.example", (date(2023, 6, 1) + timedelta(days=_draw.randrange((_LAST - date(2023, 6, 1)).days + 1))).isoformat(), round(_draw.uniform(8, 90), 2), _draw.choice(["Card", "Cash"]), ["Kent", "Surrey"][_who % 2]])
OWNERS = [["Member ID", "How Recruited", "Joined", "Ended", "Town"]]
for _n in range(260):
    _began = date(2023, 1, 1) + timedelta(days=_draw.randrange(700))
    _gone = _began + timedelta(days=_draw.randint(40, 700)) if _draw.random() < 0.5 else None
    OWNERS.append([f"W{_n:04d}", _draw.choice(["Flyer", "Vet", "Friend"]), _began.isoformat(), _gone.isoformat() if _gone is not None and _gone <= _LAST else "", _draw.choice(["Bath", "Wells"])])


@pytest.fixture(scope="module")
def market(tmp_path_factory):
    yield from opened(tmp_path_factory, "market", {"sales.csv": SALES})


@pytest.fixture(scope="module")
def kennel(tmp_path_factory):
    yield from opened(tmp_path_factory, "kennel", {"members.csv": OWNERS})


def counted(study, arguments):
    return Runner(study).run("explore", arguments).measures[0].value


def _buyers(year):
    return {row[1] for row in SALES[1:] if row[2].startswith(str(year))}


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("How many customers bought in 2024?", "how many of them bought again in 2025?"),
        ("How many customers bought in 2024?", "how many came back in 2025?"),
        ("Combien de clients ont acheté en 2024 ?", "combien d'entre eux ont racheté en 2025 ?"),
        ("Combien de clients ont acheté en 2024 ?", "combien sont revenus en 2025 ?"),
    ],
)
def test_who_bought_again_is_of_those_just_counted(market, first, then):
    arguments = asked(market, first, then)
    assert (arguments["period"]["start"], arguments["also"]["start"]) == ("2024-01-01", "2025-01-01")
    assert counted(market, arguments) == len(_buyers(2024) & _buyers(2025))


def test_what_follows_builds_on_both_periods(market):
    arguments = asked(market, "How many customers bought in 2024?", "how many of them bought again in 2025?", "and paid by card?")
    assert {"period", "also"} <= arguments.keys() and arguments["purchase_filter"] == [is_("payment", "Card")]


def test_a_number_of_orders_compares_no_period(market):
    assert "compare" not in asked(market, "how many customers bought again in 2025?")


@pytest.mark.parametrize("question", ["how many left within a year?", "combien sont partis en moins d'un an ?", "how many left in their first year?", "combien sont partis dans l'année de leur inscription ?"])
def test_how_soon_they_left_is_told_from_the_day_they_came(kennel, question):
    arguments = asked(kennel, "members who came by Vet", question) if "left" in question else asked(kennel, "Combien de clients venus par Vet ?", question)
    assert arguments["segment"] == [is_("How Recruited", "Vet"), is_("lost", True), is_("tenure_months", 12.0, "<=")]
    within = [row for row in OWNERS[1:] if row[1] == "Vet" and row[3] and (date.fromisoformat(row[3]) - date.fromisoformat(row[2])).days <= 365]
    assert counted(kennel, arguments) == len(within)


@pytest.mark.parametrize("question", ["what share of Vet customers left within a year?", "taux de départ en moins d'un an"])
def test_a_rate_does_not_keep_who_left_soon_alone(kennel, question):
    (reading,) = converse(kennel, question)
    assert all("tenure_months" not in str(step.arguments) for step in reading.steps)
    assert "year" in reading.sentence.render("en", None) or "an" in reading.sentence.render("fr", None)


@pytest.mark.parametrize(("question", "lost"), [("how many left?", True), ("combien sont partis ?", True), ("how many stayed?", False), ("combien sont restés ?", False), ("how many are still with us?", False)])
def test_who_left_and_who_stayed_are_of_those_just_counted(kennel, question, lost):
    assert asked(kennel, "How many customers came by Flyer?", "how many left?", question)["segment"] == [is_("How Recruited", "Flyer"), is_("lost", lost)]


def test_those_who_came_in_a_period_are_kept_as_those(kennel):
    arguments = asked(kennel, "How many joined in 2024?", "how many left?")
    assert arguments["segment"] == [{"field": "started", "operator": "between", "values": ["2024-01-01", "2024-12-31"]}, is_("lost", True)]


@pytest.mark.parametrize("question", ["how many are still with us today?", "Combien sont encore là aujourd'hui ?"])
def test_who_is_still_here_is_counted_though_no_word_says_customers(kennel, question):
    assert asked(kennel, question) == {"measure": "customers", "segment": [is_("lost", False)]}
