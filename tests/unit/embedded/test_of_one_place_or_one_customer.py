"""A chain of bakeries: money of one shop counts no shops, a code a customer is known by is that customer, what was also bought is bought by the same people."""

import random
from datetime import date, timedelta

import pytest

from analytics.catalog import CATALOG, Runner
from tests.unit.embedded.talks import asked, opened


def _files():
    draw = random.Random(17)
    eaters = [["Code", "Statut", "Age"]]
    eaters += [[f"BK{n:04d}", draw.choice(["Résilié", "En cours", "En cours"]), draw.randint(20, 80)] for n in range(120)]
    sold = [["Receipt", "Code", "Day", "Shop", "Range", "Amount"]]
    for n in range(1500):
        day = date(2024, 1, 1) + timedelta(days=draw.randrange(700))
        sold.append([f"R{n:05d}", f"BK{draw.randrange(120):04d}", day, draw.choice(["Quayside", "Market"]), draw.choice(["Bread", "Cakes", "Coffee"]), draw.randint(3, 40)])
    return {"eaters.csv": eaters, "sales.csv": sold, "shops.csv": [["Shop", "Floor m2"], ["Quayside", 80], ["Market", 120]]}


@pytest.fixture(scope="module")
def bakery(tmp_path_factory):
    yield from opened(tmp_path_factory, "bakery", _files())


@pytest.fixture(scope="module")
def sales():
    return _files()["sales.csv"][1:]


def _value(study, question):
    return Runner(study, CATALOG).run("explore", asked(study, question)).measures[0].value


def test_money_of_a_shop_counts_no_shops(bakery, sales):
    here = [row for row in sales if row[3] == "Quayside"]
    for question in ("total revenue of the Quayside shop", "CA total de la boutique Quayside"):
        assert _value(bakery, question) == pytest.approx(sum(row[5] for row in here)), question
    then = [row[5] for row in here if row[2].year == 2025]
    for question in ("revenue in 2025 of the Quayside shop", "CA 2025 de la boutique Quayside"):
        assert _value(bakery, question) == pytest.approx(sum(then)), question


def test_a_code_the_files_know_a_customer_by_needs_no_word(bakery, sales):
    own = [row for row in sales if row[1] == "BK0042"]
    assert _value(bakery, "revenue of BK0042") == pytest.approx(sum(row[5] for row in own))
    assert _value(bakery, "combien de commandes pour BK0042 ?") == len(own)
    found = asked(bakery, "dernier achat du client BK0042")
    assert found["edge"] == "last"
    assert f"{max(row[2] for row in own).day} " in Runner(bakery, CATALOG).run("explore", found).claim.render("fr")


def test_what_was_also_bought_is_bought_by_the_same_people(bakery, sales):
    bought = {kind: {row[1] for row in sales if row[4] == kind} for kind in ("Bread", "Cakes")}
    for question in ("how many bread buyers also bought cakes?", "combien d'acheteurs de bread ont aussi acheté des cakes ?"):
        assert _value(bakery, question) == len(bought["Bread"] & bought["Cakes"]), question


def test_the_gone_beside_the_others_are_not_the_gone_alone(bakery):
    for question in ("âge moyen des résiliés vs actifs", "panier moyen des résiliés et des actifs"):
        found = asked(bakery, question)
        assert found["by"] in (["lost"], ["Statut"]) and len(Runner(bakery, CATALOG).run("explore", found).table.rows) == 2, question
