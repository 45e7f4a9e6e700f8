"""How late the lines of a file were: print jobs promised for a day, bills due on one; what is asked of them, and the figures."""

import random
from datetime import date, timedelta

import pytest

from analytics.catalog import CATALOG, Runner
from tests.unit.embedded.talks import asked, converse, opened

LATE = [{"field": "days_late", "operator": ">", "values": [0]}]


def _files():
    draw = random.Random(8)
    bills = [["Invoice no", "Invoice date", "Customer code", "Total inc VAT", "Due date", "Paid on"]]
    jobs = [["Docket", "Invoice no", "Customer code", "Promised date", "Actual delivery", "Van"]]
    for n in range(600):
        day, who = date(2024, 1, 1) + timedelta(days=n), f"P{n % 90:03d}"
        paid = day + timedelta(days=30 + draw.choice([-5, 0, 3, 12]))
        bills.append([f"I{n:05d}", day, who, f"{draw.uniform(20, 400):.2f}", day + timedelta(days=30), paid if paid <= date(2025, 8, 22) else ""])
        jobs.append([f"D{n:05d}", f"I{n:05d}", who, day + timedelta(days=4), day + timedelta(days=4 + draw.choice([-1, 0, 0, 2, 9])), draw.choice(["Red", "Blue"])])
    return {"invoices.csv": bills, "deliveries.csv": jobs}


@pytest.fixture(scope="module")
def printers(tmp_path_factory):
    yield from opened(tmp_path_factory, "printers", _files())


@pytest.mark.parametrize(("question", "wanted"), [
    ("retard moyen des livraisons", {"measure": "mean", "column": "days_late", "table": "deliveries.csv"}),
    ("average delivery delay by van", {"measure": "mean", "column": "days_late", "by": ["Van"], "table": "deliveries.csv"}),
    ("part des livraisons en retard", {"measure": "share_records", "part": LATE, "table": "deliveries.csv"}),
    ("late deliveries by month", {"measure": "records", "by": ["month"], "purchase_filter": LATE, "table": "deliveries.csv"}),
    ("combien de livraisons en retard de plus de 5 jours ?", {"measure": "records", "purchase_filter": [{"field": "days_late", "operator": ">", "values": [5]}], "table": "deliveries.csv"}),
    ("how many customers had a late delivery?", {"measure": "distinct", "column": "Customer code", "table": "deliveries.csv"}),
    ("invoices paid late", {"measure": "records", "purchase_filter": LATE, "table": "invoices.csv"}),
    ("taux de retard par van", {"measure": "share_records", "by": ["Van"], "part": LATE, "table": "deliveries.csv"}),
    ("average time between the promised date and the actual delivery", {"measure": "delay", "since": "Promised date", "column": "Actual delivery", "table": "deliveries.csv"}),
    ("montant des factures impayées", {"measure": "sum", "column": "Total inc VAT", "purchase_filter": [{"field": "Paid on", "operator": "is null", "values": []}], "table": "invoices.csv"}),
    ("taux de factures impayées", {"measure": "share_records", "part": [{"field": "Paid on", "operator": "is null", "values": []}], "table": "invoices.csv"}),
])  # fmt: skip
def test_what_is_asked_of_late_lines(printers, question, wanted):
    found = asked(printers, question)
    assert {name: found.get(name) for name in wanted} == wanted


@pytest.mark.parametrize(("question", "wanted"), [
    ("qui paie en retard ?", {"by": ["customer_id"], "table": "invoices.csv", "purchase_filter": LATE}),
    ("which customers pay late?", {"by": ["customer_id"], "table": "invoices.csv", "purchase_filter": LATE}),
    ("late deliveries by customer", {"by": ["customer_id"], "table": "deliveries.csv", "purchase_filter": LATE}),
    ("top 5 clients livrés en retard", {"by": ["customer_id"], "top": 5, "table": "deliveries.csv"}),
    ("les livraisons sont-elles en retard ?", {"measure": "share_records", "part": LATE, "table": "deliveries.csv"}),
])  # fmt: skip
def test_who_and_whether_are_told(printers, question, wanted):
    found = asked(printers, question)
    assert {name: found.get(name) for name in wanted} == wanted


@pytest.mark.parametrize("question", ["montant des factures en retard", "late invoices", "revenue of late deliveries", "is it late?"])
def test_bills_still_due_and_money_are_no_count_of_what_came_late(printers, question):
    """A bill that is late is not paid yet: the days from due to paid say nothing of it."""
    (reading,) = converse(printers, question)
    assert not any(LATE == step.arguments.get("purchase_filter") for step in reading.steps)


def test_a_follow_up_keeps_to_the_late_ones(printers):
    found = asked(printers, "part des livraisons en retard", "et par van ?")
    assert (found["part"], found["by"], found["table"]) == (LATE, ["Van"], "deliveries.csv")


def test_the_figures_are_those_of_the_files(printers):
    files = _files()
    late = [(real - promised).days for *_, promised, real, _ in files["deliveries.csv"][1:]]
    paid = [(paid - due).days for *_, due, paid in files["invoices.csv"][1:] if paid]

    def figure(question):
        return Runner(printers, CATALOG).run("explore", asked(printers, question)).measures[0].value

    assert figure("retard moyen des livraisons") == pytest.approx(sum(late) / len(late))
    assert figure("part des livraisons en retard") == pytest.approx(sum(days > 0 for days in late) / len(late))
    assert figure("combien de livraisons en retard de plus de 5 jours ?") == sum(days > 5 for days in late)
    assert figure("invoices paid late") == sum(days > 0 for days in paid)
    assert figure("montant des factures impayées") == pytest.approx(sum(float(row[3]) for row in files["invoices.csv"][1:] if not row[5]))
    assert figure("combien de livraisons en 2024 ?") == sum(row[4].year == 2024 for row in files["deliveries.csv"][1:])


def test_why_they_leave_is_no_count_of_late_lines(printers):
    (reading,) = converse(printers, "pourquoi les clients livrés en retard partent-ils ?")
    assert all(step.arguments.get("table") is None for step in reading.steps)


@pytest.fixture(scope="module")
def launderers(tmp_path_factory):
    draw = random.Random(9)
    people = [["Code client", "Nom", "Ville", "Client depuis", "Parti le"], *([f"B{n:03d}", f"Nom{n}", draw.choice(["Nantes", "Brest"]), date(2023, 1, 1) + timedelta(days=n), ""] for n in range(120))]
    bags = [["N° sac", "Code client", "Rendu le", "État"], *([f"S{n:05d}", f"B{n % 120:03d}", date(2024, 1, 1) + timedelta(days=n), draw.choice(["propre", "propre", "abîmé", "taché"])] for n in range(500))]
    calls = [["Date", "Code client", "Sujet", "Délai réponse (h)", "Résolu"], *([date(2024, 1, 1) + timedelta(days=2 * n), f"B{n % 120:03d}", draw.choice(["Tache", "Facture"]), draw.randint(1, 40), draw.choice(["oui", "non"])] for n in range(200))]
    yield from opened(tmp_path_factory, "launderers", {"clients.csv": people, "rendus.csv": bags, "SAV.csv": calls})


@pytest.mark.parametrize(("question", "wanted"), [
    ("combien de sacs abîmés ?", {"measure": "records", "table": "rendus.csv", "purchase_filter": [{"field": "État", "operator": "=", "values": ["abîmé"]}]}),
    ("combien de sacs en 2024 ?", {"measure": "records", "table": "rendus.csv", "period": {"start": "2024-01-01", "end": "2024-12-31"}}),
    ("délai moyen de réponse du SAV", {"measure": "mean", "column": "Délai réponse (h)", "table": "SAV.csv"}),
    ("combien de tickets SAV non résolus ?", {"measure": "records", "table": "SAV.csv", "purchase_filter": [{"field": "Résolu", "operator": "=", "values": [False]}]}),
])  # fmt: skip
def test_lines_are_called_by_the_header_that_numbers_them(launderers, question, wanted):
    found = asked(launderers, question)
    assert {name: found.get(name) for name in wanted} == wanted
