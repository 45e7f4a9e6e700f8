"""Guarantees that were sold and never took effect: nobody left by them, and the others' ends date who did."""

import random
from datetime import date, timedelta

import pytest

from analytics.datamodel.statuses import means_gone, never_began
from tests.unit.embedded.talks import opened


@pytest.fixture(scope="module", params=["Not taken up", "Sans effet"])
def guarantees(request, tmp_path_factory):
    """Holders of one or two guarantees; some were also sold one that never began, without an end."""
    draw = random.Random(31)
    rows = [["contract_id", "holder_id", "device", "start_date", "end_date", "status", "yearly_fee"]]
    for n in range(500):
        begun = date(2022, 1, 1) + timedelta(days=draw.randrange(1200))
        ended = begun + timedelta(days=draw.randrange(90, 1500))
        over = ended <= date(2025, 12, 31)
        rows.append([f"K{n:04d}", f"H{n:04d}", draw.choice(["Phone", "Boiler"]), begun.isoformat(), ended.isoformat() if over else "", "Cancelled" if over else "Active", 60])
        if n % 5 == 0:
            rows.append([f"N{n:04d}", f"H{n:04d}", "Alarm", begun.isoformat(), "", request.param, 90])
    yield from opened(tmp_path_factory, "guarantees", {"guarantees.csv": rows})


def test_what_never_took_effect_dates_and_undates_nobody(guarantees):
    gone, dated = guarantees.database.row("SELECT count(*) FILTER (lost), count(lost_on) FROM customers")
    told = guarantees.database.row("SELECT count(*) FROM contracts WHERE ended IS NOT NULL")[0]
    assert guarantees.model.lost.lost_values in (("Cancelled",), ())
    assert gone == dated == told


@pytest.mark.parametrize("state", ["Sans effet", "Non pris d'effet", "Annulé avant effet", "NTU", "Not taken up", "Cancelled before inception"])
def test_a_contract_that_never_began_is_no_departure(state):
    assert never_began(state)
    assert means_gone(state) is None
