"""Households that have several cars, each on its own row: cars are counted as rows, households by any of theirs; and one row read is said to be."""

import random
from datetime import date, timedelta

import pytest

from analytics.catalog import CATALOG, Runner
from tests.unit.embedded.talks import asked, converse, opened

NAMES = ["Ann Moss", "Bo Reed", "Cy Hart"]


def _files():
    draw = random.Random(4)
    cars, fittings, number = [["Vehicle no", "Fuel", "Customer no", "Name", "Phone", "Town"]], [["Job no", "Date", "Customer no", "Tyres", "Paid"]], 0
    for n in range(200):
        town = draw.choice(["Leeds", "York"])
        for _ in range(draw.choice([1, 1, 2, 3])):
            cars.append([f"V{number:05d}", draw.choice(["Petrol", "Diesel", "Electric"]), f"H{n:04d}", f"{draw.choice(NAMES)} {n}", f"07{n:09d}", town])
            number += 1
        for _ in range(draw.randint(1, 5)):
            fittings.append([f"J{len(fittings):05d}", (date(2024, 1, 1) + timedelta(days=draw.randrange(600))).isoformat(), f"H{n:04d}", draw.randint(1, 4), f"{draw.uniform(60, 400):.2f}"])
    return {"vehicles.csv": cars, "fittings.csv": fittings}


@pytest.fixture(scope="module")
def tyres(tmp_path_factory):
    yield from opened(tmp_path_factory, "tyres", _files())


def _said(study, question):
    return Runner(study, CATALOG).run("explore", asked(study, question))


def test_cars_are_rows_and_households_those_of_whom_any_row_says_so(tyres):
    cars = _files()["vehicles.csv"][1:]
    figures = {
        "how many diesel?": sum(fuel == "Diesel" for _, fuel, *_ in cars),
        "how many vehicles in York?": sum(town == "York" for *_, town in cars),
        "how many vehicles?": len(cars),
        "how many customers have a diesel?": len({who for _, fuel, who, *_ in cars if fuel == "Diesel"}),
        "combien de clients ?": 200,
        "how many customers in York?": len({who for _, _, who, *_, town in cars if town == "York"}),
    }
    assert {question: _said(tyres, question).measures[0].value for question in figures} == figures
    by = {row[0]: row[1] for row in _said(tyres, "vehicles by fuel").table.rows}
    assert by == {fuel: sum(held == fuel for _, held, *_ in cars) for fuel in ("Petrol", "Diesel", "Electric")}


def test_what_was_bought_is_of_the_customers_and_said_to_be(tyres):
    files = _files()
    diesel = {who for _, fuel, who, *_ in files["vehicles.csv"][1:] if fuel == "Diesel"}
    found = _said(tyres, "revenue of diesel")
    assert found.measures[0].value == pytest.approx(sum(float(paid) for *_, who, _, paid in files["fittings.csv"][1:] if who in diesel))
    assert any("not the part of that row alone" in caveat.render("en") for caveat in found.caveats)


def test_a_split_that_reads_one_row_of_each_says_so(tyres):
    assert any("reads the first of them only" in caveat.render("en") for caveat in _said(tyres, "average basket by fuel").caveats)
    assert not any("reads the first of them only" in caveat.render("en") for caveat in _said(tyres, "average basket by town").caveats)


def test_an_average_age_of_things_is_no_number_of_things(tyres):
    (reading,) = converse(tyres, "average age of vehicles")
    assert reading.status != "answered"
    assert asked(tyres, "vehicles per customer")["measure"] == "total_per_customer"


def test_the_ages_of_ponies_are_not_passed_off_as_their_owners(tmp_path_factory):
    draw, ponies, shoeings = random.Random(3), [["Pony no", "Birth date", "Customer no", "Phone", "Town"]], [["Shoeing no", "Date", "Customer no", "Paid"]]
    for n in range(120):
        for _ in range(draw.choice([1, 2, 3])):
            ponies.append([f"P{len(ponies):05d}", date(2012, 1, 1) + timedelta(days=draw.randrange(3000)), f"F{n:04d}", f"07{n:09d}", draw.choice(["Bath", "Wells"])])
        shoeings += [[f"S{len(shoeings) + k:05d}", date(2024, 1, 1) + timedelta(days=draw.randrange(600)), f"F{n:04d}", "12.50"] for k in range(3)]
    study = next(opened(tmp_path_factory, "stable", {"ponies.csv": ponies, "shoeings.csv": shoeings}))
    found = Runner(study, CATALOG).run("explore", {"measure": "mean", "column": "age"})
    assert any("“Birth date” changes between rows of one customer" in caveat.render("en") for caveat in found.caveats)
