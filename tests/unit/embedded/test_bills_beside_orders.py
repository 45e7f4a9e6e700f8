"""A caterer's orders beside its invoices and credit notes: what was ordered is one figure, what was billed of it another, what was credited a third."""

import random
from datetime import date, timedelta

import pytest

from analytics.catalog import CATALOG, Runner
from tests.unit.embedded.talks import asked, converse, is_, opened


def _files():
    draw = random.Random(23)
    hosts = [["Account", "Town"], *[[f"H{n:03d}", draw.choice(["Leeds", "York"])] for n in range(90)]]
    orders = [["Order no", "Account", "Ordered on", "Montant HT", "State"]]
    bills = [["Document no", "Kind", "Issued on", "Account", "Montant HT", "TVA", "Montant TTC", "Due date", "Paid on"]]
    for n in range(900):
        who, day, net = f"H{draw.randrange(90):03d}", date(2024, 1, 1) + timedelta(days=draw.randrange(700)), draw.randint(50, 900)
        orders.append([f"R{n:05d}", who, day.isoformat(), net, "Cancelled" if draw.random() < 0.05 else "Served"])
        if orders[-1][-1] == "Served":
            billed = day + timedelta(days=10)
            paid = (billed + timedelta(days=25)).isoformat() if draw.random() < 0.85 else ""
            bills.append([f"I{n:05d}", "Invoice", billed.isoformat(), who, net, net * 0.2, net * 1.2, (billed + timedelta(days=30)).isoformat(), paid])
            if draw.random() < 0.08:
                bills.append([f"C{n:05d}", "Credit note", billed.isoformat(), who, -net, -net * 0.2, -net * 1.2, "", ""])
    return {"hosts.csv": hosts, "orders.csv": orders, "invoices and credits.csv": bills}


@pytest.fixture(scope="module")
def caterer(tmp_path_factory):
    yield from opened(tmp_path_factory, "caterer", _files())


@pytest.fixture(scope="module")
def bills():
    return [(kind, date.fromisoformat(day), who, net, gross, paid) for _, kind, day, who, net, _, gross, _, paid in _files()["invoices and credits.csv"][1:]]


def _value(study, question):
    return Runner(study, CATALOG).run("explore", asked(study, question)).measures[0].value


def test_invoices_are_no_orders(caterer, bills):
    ordered = [row for row in _files()["orders.csv"][1:] if row[2][:4] == "2025" and row[4] == "Served"]
    assert _value(caterer, "how many orders in 2025?") == len(ordered)
    assert _value(caterer, "how many invoices in 2025?") == sum(kind == "Invoice" and day.year == 2025 for kind, day, *_ in bills)
    assert _value(caterer, "how many customers were invoiced in 2025?") == len({who for _, day, who, *_ in bills if day.year == 2025})


def test_what_was_billed_is_told_by_the_bills_and_net_of_credits(caterer, bills):
    year = [row for row in bills if row[1].year == 2025]
    assert _value(caterer, "how much did we invoice in 2025?") == pytest.approx(sum(row[4] for row in year))
    assert _value(caterer, "combien a-t-on facturé en 2025 ?") == pytest.approx(sum(row[4] for row in year))
    assert _value(caterer, "revenue in 2025 net of credit notes") == pytest.approx(sum(row[4] for row in year))
    assert _value(caterer, "revenue in 2025 before credit notes") == pytest.approx(sum(row[4] for row in year if row[0] == "Invoice"))


def test_credits_are_no_invoices_whatever_the_amount_is_told_by(caterer, bills):
    year = [row for row in bills if row[1].year == 2025]
    sold = [row[3] for row in year if row[0] == "Invoice"]
    assert _value(caterer, "facture moyenne HT en 2025") == pytest.approx(sum(sold) / len(sold))
    assert _value(caterer, "how many credit notes in 2025?") == sum(row[0] == "Credit note" for row in year)
    assert is_("Kind", "Credit note") in asked(caterer, "montant HT des notes de crédit en 2025")["purchase_filter"]


def test_no_credit_is_an_unpaid_invoice(caterer, bills):
    owed = [row[4] for row in bills if row[0] == "Invoice" and not row[5]]
    query = {"measure": "sum", "column": "Montant TTC", "table": "invoices and credits.csv", "purchase_filter": [is_("Paid on", None, "is null") | {"values": []}]}
    assert Runner(caterer, CATALOG).run("explore", query).measures[0].value == pytest.approx(sum(owed))


def test_revenue_is_of_the_orders_and_so_is_what_is_said_of_it(caterer):
    found = Runner(caterer, CATALOG).run("money_definition", {}).claim.render("en")
    assert "on the date “Ordered on”" in found
    assert "with VAT" not in found
    assert converse(caterer, "CA HT 2025")[-1].status == "answered"


def test_what_is_owed_is_told_by_the_bills(caterer, bills):
    owed = {}
    for kind, _, who, _, gross, paid in bills:
        if kind == "Invoice" and not paid:
            owed[who] = owed.get(who, 0) + gross
    assert _value(caterer, "how much are we owed?") == pytest.approx(sum(owed.values()))
    found = Runner(caterer, CATALOG).run("explore", asked(caterer, "qui nous doit le plus d'argent ?"))
    assert found.table.rows[0][0] == max(owed, key=lambda who: owed[who])


def test_a_revenue_of_orders_is_said_to_be_no_amount_billed(caterer):
    found = Runner(caterer, CATALOG).run("explore", asked(caterer, "revenue in 2025"))
    assert any("“invoices and credits.csv”" in caveat.render("en") for caveat in found.caveats)
    assert not any("asked for apart" in caveat.render("en") for caveat in Runner(caterer, CATALOG).run("explore", asked(caterer, "how much did we invoice in 2025?")).caveats)
