"""A parcel depot: hours a column counts are no days between two dates, what came is no promise, and a year that is not over is set beside the same days."""

import random
from datetime import date, timedelta

import pytest

from analytics.catalog import CATALOG, Runner
from tests.unit.embedded.talks import asked, opened


def _files():
    draw = random.Random(5)
    senders = [["Sender no", "Town"], *[[f"S{n:03d}", draw.choice(["Lens", "Arras"])] for n in range(70)]]
    orders = [["Order no", "Sender no", "Ordered on", "Delivery promised", "Delivered on", "Amount"]]
    for n in range(700):
        day = date(2024, 1, 1) + timedelta(days=draw.randrange(620))
        orders.append([f"E{n:05d}", f"S{draw.randrange(70):03d}", day, day + timedelta(days=3), day + timedelta(days=draw.randint(2, 12)), draw.randint(10, 90)])
    claims = [["Claim no", "Sender no", "Opened on", "Closed on", "Motive", "First answer time (h)"]]
    for n in range(300):
        day = date(2024, 1, 1) + timedelta(days=draw.randrange(620))
        claims.append([f"L{n:04d}", f"S{draw.randrange(70):03d}", day, day + timedelta(days=draw.randint(0, 9)), draw.choice(["Lost", "Crushed"]), draw.randint(1, 70)])
    return {"senders.csv": senders, "orders.csv": orders, "claims.csv": claims}


@pytest.fixture(scope="module")
def depot(tmp_path_factory):
    yield from opened(tmp_path_factory, "depot", _files())


def _value(study, question):
    return Runner(study, CATALOG).run("explore", asked(study, question)).measures[0].value


def test_hours_a_column_counts_are_told_and_no_days_between_dates(depot):
    hours = [row[5] for row in _files()["claims.csv"][1:]]
    days = [(row[3] - row[2]).days for row in _files()["claims.csv"][1:]]
    for question in ("average first answer time of claims", "mean 1st answer time", "average answer time of claims"):
        assert _value(depot, question) == pytest.approx(sum(hours) / len(hours)), question
    assert _value(depot, "average time to close claims") == pytest.approx(sum(days) / len(days))


def test_delivery_is_the_day_it_came_unless_the_promise_is_said(depot):
    came = [(row[4] - row[2]).days for row in _files()["orders.csv"][1:]]
    assert _value(depot, "average delivery time") == pytest.approx(sum(came) / len(came))
    assert _value(depot, "délai moyen entre la commande et la livraison") == pytest.approx(sum(came) / len(came))
    assert _value(depot, "average time between the order and the promised delivery") == pytest.approx(3)


def test_the_same_period_of_a_year_not_over_is_the_same_days(depot):
    as_of = depot.as_of
    then = asked(depot, f"revenue in {as_of.year}", "and over the same period last year?")["period"]
    assert then == {"start": f"{as_of.year - 1}-01-01", "end": as_of.replace(year=as_of.year - 1).isoformat()}
    then = asked(depot, f"combien de réclamations en {as_of.year}", "et sur la même période l'an dernier ?")["period"]
    assert then == {"start": f"{as_of.year - 1}-01-01", "end": as_of.replace(year=as_of.year - 1).isoformat()}
    whole = asked(depot, f"revenue in {as_of.year}", "et l'année d'avant ?")["period"]
    assert whole == {"start": f"{as_of.year - 1}-01-01", "end": f"{as_of.year - 1}-12-31"}


def test_late_is_beyond_the_promise_said_or_not(depot):
    late = [row[4] > row[3] for row in _files()["orders.csv"][1:]]
    for question in ("share of orders delivered late compared to the promised date", "part des commandes livrées en retard par rapport à la date promise"):
        assert _value(depot, question) == pytest.approx(sum(late) / len(late)), question
    assert asked(depot, "retards de livraison par mois") == asked(depot, "late deliveries by month")
