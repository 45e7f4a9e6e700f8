"""A firm that looks after boilers for a fee a month: over a period it is what was billed that is asked; a credit note is no invoice, and gives back."""

import random
from datetime import date, timedelta

import pytest

from analytics.catalog import CATALOG, Runner
from tests.unit.embedded.talks import asked, converse, opened


def _files():
    draw = random.Random(7)
    homes, contracts = [["Client ref", "Town"]], [["Contract no", "Client ref", "Start date", "End date", "Monthly fee net"]]
    billed = [["Invoice no", "Invoice date", "Client ref", "Kind", "Net amount", "VAT", "Gross amount", "Paid on"]]
    for n in range(150):
        fee, start = draw.choice([20, 25, 40]), date(2023, 1, 1) + timedelta(days=draw.randrange(500))
        left = start + timedelta(days=draw.randint(200, 600)) if draw.random() < 0.3 else None
        homes.append([f"B{n:03d}", draw.choice(["Bath", "Wells"])])
        contracts.append([f"K{n:03d}", f"B{n:03d}", start.isoformat(), left.isoformat() if left and left < date(2024, 12, 31) else "", fee])
        day = start
        while day < min(left or date(2025, 1, 1), date(2025, 1, 1)):
            given = draw.random() < 0.05
            net = -fee if given else fee
            billed.append([f"F{len(billed):05d}", day.isoformat(), f"B{n:03d}", "Credit note" if given else "Invoice", f"{net:.2f}", f"{net * 0.2:.2f}", f"{net * 1.2:.2f}",
                           (day + timedelta(days=20)).isoformat() if draw.random() < 0.9 else ""])
            day += timedelta(days=30)
    return {"homes.csv": homes, "contracts.csv": contracts, "invoices.csv": billed}


@pytest.fixture(scope="module")
def boilers(tmp_path_factory):
    yield from opened(tmp_path_factory, "boilers", _files())


@pytest.fixture(scope="module")
def rows():
    return [(date.fromisoformat(day), who, kind, float(net), float(gross), paid) for _, day, who, kind, net, _, gross, paid in _files()["invoices.csv"][1:]]


def _said(study, question):
    return Runner(study, CATALOG).run("explore", asked(study, question))


def test_fees_over_a_period_are_what_was_billed_then(boilers, rows):
    year = [row for row in rows if row[0].year == 2024]
    assert _said(boilers, "total monthly fees in 2024").measures[0].value == pytest.approx(sum(row[3] for row in year))
    of = {who: sum(row[3] for row in year if row[1] == who) for who in {row[1] for row in year}}
    assert _said(boilers, "average monthly fee per customer in 2024").measures[0].value == pytest.approx(sum(of.values()) / len(of))
    bath = {ref for ref, town in _files()["homes.csv"][1:] if town == "Bath"}
    assert _said(boilers, "total monthly fees in 2024 in Bath").measures[0].value == pytest.approx(sum(row[3] for row in year if row[1] in bath))


def test_a_credit_note_is_no_invoice(boilers, rows):
    figures = {
        "how many invoices in 2024?": sum(row[0].year == 2024 and row[2] == "Invoice" for row in rows),
        "how many unpaid invoices?": sum(not row[5] and row[2] == "Invoice" for row in rows),
        "how many credit notes in 2024?": sum(row[0].year == 2024 and row[2] == "Credit note" for row in rows),
    }
    assert {question: _said(boilers, question).measures[0].value for question in figures} == figures
    assert any("credit notes (Credit note) are not counted" in caveat.render("en") for caveat in _said(boilers, "how many invoices in 2024?").caveats)


def test_of_what_is_given_back_the_most_is_the_furthest_below_nought(boilers, rows):
    back = {town: 0.0 for town in ("Bath", "Wells")}
    towns = {ref: town for ref, town, *_ in _files()["homes.csv"][1:]}
    for _, who, kind, _, gross, _ in rows:
        back[towns[who]] += gross if kind == "Credit note" else 0.0
    found = _said(boilers, "total credit notes by town")
    assert [row[0] for row in found.table.rows] == sorted(back, key=lambda town: back[town])
    assert f"{min(back, key=lambda town: back[town])} comes first" in found.claim.render("en")


def test_what_a_thing_is_is_no_number_of_them(boilers):
    (reading,) = converse(boilers, "c'est quoi une facture ?")
    assert not any(found.arguments.get("table") for found in reading.steps)


def test_recurring_revenue_is_said_either_way_round(boilers):
    assert asked(boilers, "chiffre d'affaires mensuel recurrent actuel") == asked(boilers, "MRR")


def test_the_days_a_risk_is_asked_over_are_said_to_be_left_out(boilers):
    (reading,) = converse(boilers, "qui risque de partir dans les 3 mois ?")
    assert reading.steps[0].analysis == "at_risk" and "dans les 3 mois" in reading.left_out.render("fr")
    (plainly,) = converse(boilers, "qui risque de partir ?")
    assert plainly.left_out is None
