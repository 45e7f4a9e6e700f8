"""A campsite: two places compared over a year, what a kind of pitch is, discounts that were granted, the best month for us, whence the faithful come."""

import random
from datetime import date, timedelta

import pytest

from analytics.catalog import CATALOG, Runner
from tests.unit.embedded.talks import asked, converse, is_, opened


@pytest.fixture(scope="module")
def campsite(tmp_path_factory):
    draw = random.Random(21)
    guests = [["N° vacancier", "Hébergement", "Agence", "Origine", "Inscrit le", "Tranche tarifaire"]]
    stays = [["N° séjour", "Date du séjour", "N° vacancier", "Site", "Remise €", "Montant TTC"]]
    for n in range(260):
        start = date(2022, 3, 1) + timedelta(days=draw.randrange(500))
        guests.append([f"V{n:04d}", draw.choice(["Tente", "Mobil-home", "Chalet"]), draw.choice(["Quimper", "Pornic"]), draw.choice(["Salon", "Bouche à oreille", "Annuaire"]), start.isoformat(), draw.choice("ABC")])
        for _ in range(draw.randint(1, 6)):
            start += timedelta(days=draw.randint(40, 200))
            if start < date(2025, 6, 1):
                stays.append([f"S{len(stays):05d}", start.isoformat(), f"V{n:04d}", draw.choice(["Dunes", "Estuaire", "Forêt"]), draw.choice([0, 10, 25]), draw.randint(80, 900)])
    yield from opened(tmp_path_factory, "campsite", {"vacanciers.csv": guests, "sejours.csv": stays})


YEAR = {"start": "2024-01-01", "end": "2024-12-31"}


@pytest.mark.parametrize("question", ["compare Dunes et Estuaire en 2024 sur le CA", "comparer Dunes et Estuaire pour 2024 en chiffre d'affaires"])
def test_two_places_compared_in_a_year_compare_no_years(campsite, question):
    told = asked(campsite, question)
    assert (told["measure"], told["period"], told.get("compare")) == ("amount", YEAR, None)
    assert told["by"] in (["store"], ["Site"])


def test_a_year_set_beside_another_is_still_compared(campsite):
    told = asked(campsite, "CA de Dunes et Estuaire comparé à 2023")
    assert told["compare"]["start"] == "2023-01-01"


def test_the_kind_of_a_thing_is_the_thing(campsite):
    assert asked(campsite, "répartition des clients par type d'hébergement")["by"] == ["Hébergement"]
    assert asked(campsite, "number of customers by kind of hébergement")["by"] == ["Hébergement"]


def test_a_preposition_is_no_value_of_one_letter(campsite):
    (reading,) = converse(campsite, "les vacanciers à petite tranche partent ils plus ?")
    assert not any("'A'" in str(step.arguments) for step in reading.steps)
    assert asked(campsite, "combien de clients en tranche A ?")["segment"] == [is_("Tranche tarifaire", "A")]


def test_manners_of_saying_stop_no_figure(campsite):
    assert asked(campsite, "total des remises accordées en 2024") == {"measure": "sum", "column": "Remise €", "period": YEAR}
    best = asked(campsite, "quel est le meilleur mois de l'année pour nous ?")
    assert (best["measure"], best["by"], best["order"]) == ("amount", ["month"], "desc")


def test_counts_of_how_often_they_came_leave_credits_out(tmp_path_factory):
    draw, rows = random.Random(5), [["Ticket", "Date", "Client", "Montant"]]
    for n in range(120):
        for _ in range(3):
            rows.append([f"T{len(rows):05d}", (date(2024, 1, 1) + timedelta(days=draw.randrange(300))).isoformat(), f"C{n:03d}", draw.randint(10, 90)])
        if n % 4 == 0:
            rows.append([f"T{len(rows):05d}", "2024-11-20", f"C{n:03d}", -5])
    study = next(opened(tmp_path_factory, "credits", {"ventes.csv": rows}))
    query = asked(study, "combien de clients ont acheté plus de 3 fois en 2024")
    assert query["purchase_filter"] == [is_("orders_within", 3, ">")]
    found = Runner(study, CATALOG).run("explore", query)
    assert not getattr(found, "measures", None) or found.measures[0].value == 0
    study.database.close()
