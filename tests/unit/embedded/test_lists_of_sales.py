"""Two files of sales in one upload: a question on one of them is of that one, and the whole says what it adds up."""

import random
from datetime import date, timedelta

import pytest

from analytics.catalog import Runner
from tests.unit.embedded.talks import asked, is_, opened


def sales(draw, letter, count, low, high):
    begun = date(2023, 1, 2)
    lines = ([f"{letter}{n}", f"C{draw.randrange(150)}", str(begun + timedelta(days=draw.randrange(700))), draw.randint(low, high)] for n in range(count))
    return [["dossier", "no_client", "date", "montant"], *lines]


@pytest.fixture(scope="module")
def boatyard(tmp_path_factory):
    """A boatyard: repairs and winterings, each in its file; boat owners."""
    draw = random.Random(8)
    owners = [["no_client", "port", "date_inscription"], *([f"C{n}", draw.choice(["Vannes", "Lorient"]), "2022-12-01"] for n in range(150))]
    files = {"clients.csv": owners, "reparations.csv": sales(draw, "R", 900, 80, 400), "hivernages.csv": sales(draw, "H", 300, 500, 900)}
    yield from opened(tmp_path_factory, "boatyard", files)


WINTER, REPAIRS = is_("sales_list", "hivernages"), is_("sales_list", "reparations")


@pytest.mark.parametrize(
    ("question", "measure", "held"),
    [
        ("Combien d'hivernages en 2024 ?", "orders", WINTER),
        ("Nombre de réparations en mars 2023", "orders", REPAIRS),
        ("CA des réparations en 2023", "amount", REPAIRS),
        ("Prix moyen d'un hivernage", "average_basket", WINTER),
        ("How many hivernages per customer on average?", "orders_per_customer", WINTER),
        ("Combien de clients ont acheté un hivernage en 2024 ?", "customers", WINTER),
    ],
)
def test_one_list_is_asked_about(boatyard, question, measure, held):
    arguments = asked(boatyard, question)
    assert (arguments["measure"], arguments["purchase_filter"]) == (measure, [held])


@pytest.mark.parametrize("question", ["Chiffre d'affaires en 2023", "Combien de commandes en 2024 ?", "Panier moyen"])
def test_all_lists_are_asked_about(boatyard, question):
    assert "purchase_filter" not in asked(boatyard, question)


def test_the_whole_says_what_it_adds_up(boatyard):
    found = Runner(boatyard).run("explore", {"measure": "amount"})
    said = next(caveat for caveat in found.caveats if "files of sales" in caveat.render("en"))
    parts = {part.values["name"].value: part.values["amount"].value for part in said.values["parts"].parts}
    sums = boatyard.database.rows("SELECT order_id[1], SUM(amount) FROM purchases GROUP BY 1")
    assert parts == {{"H": "hivernages", "R": "reparations"}[letter]: float(amount) for letter, amount in sums}


def test_lists_told_apart_by_a_year_are_one(tmp_path_factory):
    draw = random.Random(9)
    tables = {"ventes_2023.csv": sales(draw, "A", 200, 10, 90), "ventes_2024.csv": sales(draw, "B", 200, 10, 90)}
    for study in opened(tmp_path_factory, "years", tables):
        assert all(attribute.name != "sales_list" for attribute in study.purchase_attributes)


@pytest.mark.parametrize("names", [("monthly_sales.csv", "daily_sales.csv"), ("ventes_clients.csv", "commandes.csv"), ("orders_final.csv", "order lines export.csv")])
def test_names_that_any_list_of_sales_may_have_tell_none_apart(tmp_path_factory, names):
    draw = random.Random(9)
    tables = {name: sales(draw, letter, 200, 10, 90) for name, letter in zip(names, "AB", strict=True)}
    for study in opened(tmp_path_factory, "plain", tables):
        assert all(attribute.name != "sales_list" for attribute in study.purchase_attributes)
