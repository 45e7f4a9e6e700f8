"""A noun that is a kind of payment of these files is a condition first; the money it brings is told, not how many orders there are."""

import random
from datetime import date, timedelta

import pytest

from tests.unit.embedded.talks import asked, opened


@pytest.fixture(scope="module")
def theatre(tmp_path_factory):
    draw = random.Random(5)
    people = [["Subscriber no", "Name", "Town"], *([f"S{n:03d}", f"Name{n}", draw.choice(["Leeds", "Bath"])] for n in range(90))]
    lines = [["Receipt", "Subscriber no", "Paid on", "Amount", "Nature", "State"]]
    for place in range(700):
        day = date(2024, 1, 1) + timedelta(days=draw.randrange(700))
        kind = draw.choice(["Season ticket", "Season ticket", "Donation", "Bar tab"])
        lines.append([f"R{place:05d}", f"S{draw.randrange(90):03d}", day.isoformat(), draw.randint(5, 300), kind, draw.choice(["Paid"] * 9 + ["Declined"])])
    yield from opened(tmp_path_factory, "theatre", {"subscribers.csv": people, "receipts.csv": lines})


@pytest.fixture(scope="module")
def charity(tmp_path_factory):
    draw = random.Random(9)
    lines = [["Reçu", "Donateur", "Date du don", "Montant", "Campagne"]]
    for place in range(500):
        day = date(2024, 1, 1) + timedelta(days=draw.randrange(600))
        lines.append([f"R{place}", f"D{draw.randrange(120):03d}", day.isoformat(), draw.randint(10, 90), draw.choice(["Noël", "Rentrée"])])
    yield from opened(tmp_path_factory, "charity", {"dons.csv": lines})


_DONATION = [{"field": "Nature", "operator": "=", "values": ["Donation"]}]


@pytest.mark.parametrize(
    ("question", "measure"),
    [
        ("average donation", "average_basket"),
        ("average donation amount by town", "average_basket"),
        ("biggest donation", "highest_basket"),
        ("total donations in 2025", "amount"),
        ("donations by town", "amount"),
        ("what do donations bring per town?", "amount"),
        ("how much in donations in 2025?", "amount"),
        ("how many donations in 2025?", "orders"),
        ("how many donated?", "customers"),
        ("how many people donated in 2025?", "customers"),
        ("montant total des dons en 2025", "amount"),
        ("don moyen", "average_basket"),
    ],
)
def test_a_kind_of_payment_is_a_condition_before_it_is_a_word_for_an_order(theatre, question, measure):
    found = asked(theatre, question)
    assert (found["measure"], found.get("purchase_filter")) == (measure, _DONATION)


def test_the_total_of_another_kind_is_money_too(theatre):
    found = asked(theatre, "total bar tab in 2025")
    assert (found["measure"], found["purchase_filter"]) == ("amount", [{"field": "Nature", "operator": "=", "values": ["Bar tab"]}])


@pytest.mark.parametrize(("question", "measure"), [("don moyen", "average_basket"), ("combien de dons en 2025 ?", "orders"), ("average donation", "average_basket")])
def test_where_all_are_donations_the_word_is_no_condition(charity, question, measure):
    found = asked(charity, question)
    assert (found["measure"], found.get("purchase_filter")) == (measure, None)
