"""A garage whose jobs bear a waiting time and a tax, and a club whose members have one contract each: what is counted, ranked, shared."""

import random
from datetime import date, timedelta

import pytest

from tests.unit.embedded.talks import asked, converse, opened


@pytest.fixture(scope="module")
def garage(tmp_path_factory):
    draw = random.Random(5)
    people = [["Code client", "Nom", "Type client", "Ville"], *([f"G{n:03d}", f"Nom{n}", draw.choice(["Flotte", "Particulier"]), draw.choice(["Lyon", "Dijon"])] for n in range(150))]
    jobs = [["N° intervention", "Date", "Code client", "Mécanicien", "Immobilisation (h)", "Total TTC", "TVA"]]
    for place in range(900):
        paid = draw.randint(60, 900)
        day = date(2024, 1, 1) + timedelta(days=draw.randrange(700))
        jobs.append([place, day.isoformat(), f"G{draw.randrange(150):03d}", draw.choice(["Ali", "Zoé", "Max"]), draw.randint(1, 60), paid, round(paid / 6, 2)])
    yield from opened(tmp_path_factory, "garage", {"clients.csv": people, "interventions.csv": jobs})


@pytest.fixture(scope="module")
def club(tmp_path_factory):
    draw = random.Random(6)
    rows = [["N° membre", "Abonnement", "Début", "Fin", "Motif de départ"]]
    for n in range(400):
        begun = date(2023, 1, 1) + timedelta(days=draw.randrange(900))
        ended = begun + timedelta(days=draw.randrange(40, 900))
        gone = ended <= date(2025, 12, 31)
        rows.append([f"M{n:04d}", draw.choice(["Solo", "Duo", "Famille"]), begun.isoformat(), ended.isoformat() if gone else "", draw.choice(["Trop loin", "Blessure", "Prix"]) if gone else ""])
    yield from opened(tmp_path_factory, "club", {"membres.csv": rows})


LONG = [{"field": "Immobilisation (h)", "operator": ">", "values": [24]}]


@pytest.mark.parametrize(("question", "wanted"), [
    ("combien d'interventions avec plus de 24 heures d'immobilisation ?", {"measure": "orders", "purchase_filter": LONG}),
    ("how many jobs with more than 24 hours of immobilisation", {"measure": "orders", "purchase_filter": LONG}),
    ("part des interventions avec plus de 24 heures d'immobilisation", {"measure": "share_orders", "part": LONG}),
    ("interventions avec plus de 24 h d'immobilisation par mécanicien", {"measure": "orders", "by": ["Mécanicien"], "purchase_filter": LONG}),
    ("combien d'interventions de plus de 200 € ?", {"measure": "orders", "purchase_filter": [{"field": "order_amount", "operator": ">", "values": [200]}]}),
    ("top 10 clients", {"measure": "amount", "by": ["customer_id"], "top": 10}),  # and not how many « Type client » holds
    ("top 5 villes", {"by": ["Ville"], "top": 5}),
    ("TVA collectée en 2025", {"measure": "sum", "column": "TVA"}),
    ("TVA moyenne par intervention", {"measure": "mean", "column": "TVA"}),
])  # fmt: skip
def test_what_is_counted_of_a_garage(garage, question, wanted):
    found = asked(garage, question)
    assert {name: found.get(name) for name in wanted} == wanted


def test_a_number_of_a_unit_that_no_column_holds_is_not_the_amount(garage):
    (told,) = converse(garage, "combien d'interventions de plus de 40 minutes ?")
    assert told.status != "answered"


GONE, HERE = {"field": "lost", "operator": "=", "values": [True]}, {"field": "lost", "operator": "=", "values": [False]}
FAR = [{"field": "Motif de départ", "operator": "=", "values": ["Trop loin"]}]


@pytest.mark.parametrize(("question", "wanted"), [
    ("combien d'abonnements en cours ?", {"measure": "customers", "segment": [HERE]}),
    ("how many active memberships on 31/12/2024?", {"measure": "customers", "stock": True, "period": {"start": "2024-12-31", "end": "2024-12-31"}}),
    ("nombre d'abonnements en cours au 30 juin 2025", {"measure": "customers", "stock": True, "period": {"start": "2025-06-30", "end": "2025-06-30"}}),
    ("abonnements résiliés en 2025", {"measure": "lost_customers", "period": {"start": "2025-01-01", "end": "2025-12-31"}}),
    ("combien d'abonnements différents ?", {"measure": "distinct", "column": "Abonnement"}),
    ("part des départs pour « Trop loin »", {"measure": "share_customers", "part": FAR, "segment": [GONE]}),
    ("taux de départ pour trop loin", {"measure": "share_customers", "part": FAR, "segment": [GONE]}),
    ("share of departures for Trop loin in 2025", {"measure": "share_customers", "part": FAR, "segment": [{"field": "lost_on", "operator": "between", "values": ["2025-01-01", "2025-12-31"]}]}),
])  # fmt: skip
def test_what_is_counted_of_a_club(club, question, wanted):
    found = asked(club, question)
    assert {name: found.get(name) for name in wanted} == wanted


@pytest.mark.parametrize(("question", "start"), [
    ("départs du mois en cours", "12-01"), ("combien de nouveaux membres le trimestre en cours ?", "10-01"), ("new members in the current year", "01-01"),
])  # fmt: skip
def test_the_month_under_way_is_this_month(club, question, start):
    """Left unread, the figure would be of all time."""
    found = asked(club, question)
    assert found["period"]["start"] == f"2025-{start}"


@pytest.mark.parametrize(("question", "wanted"), [
    ("durée d'immobilisation moyenne par mécanicien", {"measure": "mean", "column": "Immobilisation (h)", "by": ["Mécanicien"]}),
    ("nombre moyen d'interventions par client", {"measure": "orders_per_customer"}),
    ("nombre moyen d'interventions par client en 2025", {"measure": "orders_per_customer", "period": {"start": "2025-01-01", "end": "2025-12-31"}}),
    ("CA 2025 comparé à 2024 à date", {"measure": "amount", "compare": {"start": "2024-01-01", "end": "2024-12-31"}}),
    ("CA 2025 vs 2024 sur la même période", {"measure": "amount", "compare": {"start": "2024-01-01", "end": "2024-12-31"}}),
    ("customers by town", {"measure": "customers", "by": ["Ville"]}),
])  # fmt: skip
def test_what_a_busy_manager_leaves_out_is_heard(garage, question, wanted):
    found = asked(garage, question)
    assert {name: found.get(name) for name in wanted} == wanted
