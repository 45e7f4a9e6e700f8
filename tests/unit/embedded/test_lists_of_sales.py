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
    files = {"clients.csv": owners, "Réparations 2023-2024.csv": sales(draw, "R", 900, 80, 400), "hivernages.csv": sales(draw, "H", 300, 500, 900)}
    yield from opened(tmp_path_factory, "boatyard", files)


WINTER, REPAIRS = is_("sales_list", "hivernages"), is_("sales_list", "réparations")


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
    assert parts == {{"H": "hivernages", "R": "réparations"}[letter]: float(amount) for letter, amount in sums}


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


@pytest.fixture(scope="module")
def skis(tmp_path_factory):
    """A ski shop hires skis and sells lessons."""
    draw = random.Random(5)
    hired = [[*line, draw.choice(["Alpin", "Fond"])] for line in sales(draw, "L", 500, 20, 90)]
    hired[0][-1] = "Ski"
    yield from opened(tmp_path_factory, "skis", {"locations.csv": hired, "cours.csv": sales(draw, "K", 400, 40, 60)})


HIRED = is_("sales_list", "locations")


@pytest.mark.parametrize(
    ("question", "measure", "held"),
    [
        ("Combien de clients ont loué un ski en 2024 ?", "customers", [HIRED]),
        ("Combien de clients ont loué un Alpin en 2024 ?", "customers", [is_("Ski", "Alpin"), HIRED]),
        ("Qui a loué le plus souvent ?", "orders", [HIRED]),
    ],
)
def test_what_is_done_there_is_of_that_list(skis, question, measure, held):
    arguments = asked(skis, question)
    assert (arguments["measure"], arguments["purchase_filter"]) == (measure, held)


@pytest.mark.parametrize("question", ["Qui a acheté le plus souvent ?", "Quels clients commandent le plus souvent ?", "Who ordered most often?", "Les 10 clients qui achètent le plus de fois"])
def test_who_buys_most_often_is_ranked_by_orders(skis, question):
    arguments = asked(skis, question)
    assert (arguments["measure"], arguments["by"]) == ("orders", ["customer_id"])
