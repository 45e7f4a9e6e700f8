"""Files that name no customer are read and asked all the same: a till's tickets, a list of shops, what campaigns cost."""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest

from assistant.answering import answer
from assistant.cli import main
from assistant.planner import Dialogue
from assistant.session import Session
from tests.contract.asking import found
from vocabulary.finding import Finding, NotApplicable

_draw = random.Random(97)
PRICES = {"Baguette": 1.2, "Croissant": 1.5, "Espresso": 2.1, "Quiche": 6.4}


def _lines() -> list[tuple[int, date, str, str, int, float, str]]:
    """Ticket, day, shelf, article, quantity, amount, shop; the numbers of tickets never come back."""
    found = []
    for ticket in range(1400):
        day, shop = date(2024, 2, 1) + timedelta(days=_draw.randrange(640)), _draw.choice(["Leeds", "York", "Hull"])
        for _ in range(_draw.choice([1, 1, 2, 3])):
            article, many = _draw.choice(list(PRICES)), _draw.choice([1, 1, 2, 4])
            shelf = "Hot" if article in ("Espresso", "Quiche") else "Bread"
            found.append((ticket, day, shelf, article, many, round(many * PRICES[article], 2), shop))
    return found


LINES = _lines()
TICKETS: dict[int, float] = defaultdict(float)
for _line in LINES:
    TICKETS[_line[0]] += _line[5]
HEAD = "Receipt no,Sold on,Shelf,Article,Qty,Line total,Shop"


def _write(folder: Path) -> Path:
    path = folder / "receipts.csv"
    path.write_text("\n".join([HEAD, *(f"{100 + t},{d:%Y-%m-%d},{s},{a},{q},{v:.2f},{p}" for t, d, s, a, q, v, p in LINES)]) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def till(tmp_path_factory: pytest.TempPathFactory) -> Session:
    opened = Session()
    opened.load([_write(tmp_path_factory.mktemp("till"))], today=date(2026, 2, 1))
    return opened


def told(session: Session, question: str) -> object:
    done = answer(question, session, language="en", dialogue=Dialogue())
    return done.findings[0] if done.status == "answered" else done.status


def _value(session: Session, question: str) -> object:
    finding = told(session, question)
    assert isinstance(finding, Finding), question
    return finding.measures[0].value


def test_what_was_sold_is_told(till: Session) -> None:
    of_2025 = [line for line in LINES if line[1].year == 2025]
    assert _value(till, "Revenue in 2025?") == pytest.approx(sum(line[5] for line in of_2025), abs=0.01)
    assert _value(till, "How many receipts in 2025?") == len({line[0] for line in of_2025})
    assert _value(till, "What is the average basket?") == pytest.approx(sum(TICKETS.values()) / len(TICKETS), abs=0.01)
    assert _value(till, "How many orders over 10?") == sum(amount > 10 for amount in (round(a, 2) for a in TICKETS.values()))
    assert _value(till, "Quantity of Espresso sold in York") == sum(line[4] for line in LINES if line[3] == "Espresso" and line[6] == "York")


def test_what_was_sold_is_split_and_ranked(till: Session) -> None:
    shops = Counter[str]()
    for line in LINES:
        shops[line[6]] += line[5]
    finding = told(till, "Revenue by shop")
    assert isinstance(finding, Finding)
    assert {item["store"]: item["amount"] for item in finding.items} == pytest.approx(dict(shops))
    assert any("names its customer" in caveat.render("en") for caveat in finding.caveats)
    best = told(till, "Top 2 articles in 2024")
    assert isinstance(best, Finding) and best.measures[0].name == "amount"


@pytest.mark.parametrize("question", [
    "How many customers do I have?", "Why do customers leave?", "How many customers did we lose in 2025?", "Who are my best customers?",
    "Which customers have not bought for 6 months?", "Revenue per customer", "What is the churn rate?", "How is the relationship with my customers?",
])  # fmt: skip
def test_nobody_is_counted_nor_called_lost(till: Session, question: str) -> None:
    done = answer(question, till, language="en", dialogue=Dialogue())
    assert done.status == "cannot_answer" and not done.findings
    assert "which customer" in done.text and "identifier" in done.text


def test_the_diagnosis_says_what_lacks(till: Session) -> None:
    done = till.diagnosis()
    assert {finding.analysis for finding in done.findings} >= {"data_health", "money_definition"}
    missing = {one.analysis: one.missing for one in done.not_answerable}
    assert missing["churn_rate"] == missing["relationship_overview"] == missing["churn_drivers"] == "customer_id"
    assert done.actions == ()


def test_the_column_a_manager_names_makes_customers(till: Session, tmp_path: Path) -> None:
    from analytics.datamodel.model import Corrections
    from analytics.datamodel.roles import Role

    opened = Session()
    opened.load([_write(tmp_path)], today=date(2026, 2, 1))
    assert isinstance(opened.runner.run("explore", {"measure": "customers"}), NotApplicable)
    opened.correct(Corrections(columns={"receipts.csv": {"Shop": Role.CUSTOMER_ID}}))
    assert found(opened, measure="customers").measures[0].value == 3


def test_a_till_that_begins_again_each_day_counts_each_ticket(tmp_path: Path) -> None:
    """Numbers 1 to 30 every day: thirty tickets a day, not thirty in all."""
    days = [date(2025, 3, 1) + timedelta(days=step) for step in range(40)]
    rows = [f"{number};{day:%d/%m/%Y};{2 + number % 5},50;{'Nord' if number % 2 else 'Sud'}" for day in days for number in range(1, 31) for _ in range(1 + number % 2)]
    path = tmp_path / "caisse.csv"
    path.write_text("\n".join(["N° ticket;Date;Montant TTC;Magasin", *rows]) + "\n", encoding="utf-8")
    opened = Session()
    opened.load([path], today=date(2025, 6, 1))
    assert found(opened, measure="orders").measures[0].value == 40 * 30


@pytest.mark.parametrize(("name", "rows"), [
    ("magasins.csv", ["Code magasin;Ville;Surface m2;Date d'ouverture", *(f"M{n:02d};{town};{90 + n};0{1 + n % 9}/03/2019" for n, town in enumerate(["Lille", "Brest", "Nice"] * 9))]),
    ("budget_pub.csv", ["Mois;Canal;Dépense", *(f"01/{m:02d}/2025;{c};{100 * m},00" for m in range(1, 13) for c in ("Radio", "Affichage"))]),
])  # fmt: skip
def test_a_file_without_customers_is_understood(name: str, rows: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / name
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert main(["data", str(path), "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["tables"][0]["rows"] == len(rows) - 1
    assert main(["ask", str(path), "--json", "-q", "Combien de clients avons-nous ?", "-q", "Pourquoi partent-ils ?"]) == 0
    assert [one["status"] for one in json.loads(capsys.readouterr().out)] == ["cannot_answer"] * 2
    assert main(["diagnose", str(path), "--json"]) == 0
    assert all(one["missing"] in ("customer_id", "planned", "amount") for one in json.loads(capsys.readouterr().out)["not_answerable"])


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Session:
    """The receipts of the shops, which name nobody, beside the orders of the web, which do."""
    folder = tmp_path_factory.mktemp("both")
    draw = random.Random(12)
    rows = [f"W{n:05d},U{draw.randrange(90):03d},{date(2024, 5, 1) + timedelta(days=draw.randrange(500)):%Y-%m-%d},{20 + n % 30}.00" for n in range(500)]
    (folder / "web_orders.csv").write_text("\n".join(["Order no,Customer id,Order date,Total", *rows]) + "\n", encoding="utf-8")
    opened = Session()
    opened.load([_write(folder), folder / "web_orders.csv"], today=date(2026, 2, 1), names={folder / "receipts.csv": "shops.csv"})
    return opened


def test_a_list_that_names_nobody_is_asked_by_its_name(both: Session) -> None:
    of_2025 = sum(line[5] for line in LINES if line[1].year == 2025)
    assert _value(both, "Revenue of the shops in 2025") == pytest.approx(of_2025, abs=0.01)
    tickets = {(line[0], line[1], line[6]) for line in LINES}
    assert _value(both, "average basket of the shops") == pytest.approx(sum(line[5] for line in LINES) / len(tickets), abs=0.01)


def test_orders_and_their_lines_that_name_nobody_make_sales(tmp_path: Path) -> None:
    heads = {t: (d, p) for t, d, _, _, _, _, p in LINES}
    (tmp_path / "orders.csv").write_text("\n".join(["order_id,order_date,shop", *(f"{t},{d},{p}" for t, (d, p) in heads.items())]) + "\n", encoding="utf-8")
    lines = [f"{t},{a},{q},{v:.2f}" for t, _, _, a, q, v, _ in LINES]
    (tmp_path / "order_lines.csv").write_text("\n".join(["order_id,article,qty,line_total", *lines]) + "\n", encoding="utf-8")
    opened = Session()
    opened.load([tmp_path / "orders.csv", tmp_path / "order_lines.csv"], today=date(2026, 2, 1))
    assert found(opened, measure="amount").measures[0].value == pytest.approx(sum(line[5] for line in LINES), abs=0.01)
    assert found(opened, measure="orders").measures[0].value == len(heads)


def test_what_a_defect_does_to_the_revenue_is_told_where_nobody_is(tmp_path: Path) -> None:
    """A day exported twice: so many lines counted twice, and what they add."""
    path = _write(tmp_path)
    rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*rows, *rows[1:300]]) + "\n", encoding="utf-8")
    again = sum(line[5] for line in (*LINES, *LINES[:299])) - sum(line[5] for line in set(LINES))
    opened = Session()
    opened.load([path], today=date(2026, 2, 1))
    checks = {check.check: check for check in opened.study.model.health}
    twice = next(check for name, check in checks.items() if "duplicate" in name)
    assert twice.effect is not None and twice.effect.name == "revenue"
    assert abs(float(twice.effect.kept.value or 0) - float(twice.effect.without.value or 0)) == pytest.approx(again, abs=0.01)


def test_what_stands_beside_a_mean_is_money_and_no_sum_of_the_column(tmp_path: Path) -> None:
    """A mean discount of sales some of which name nobody: what those come to is told, not their discounts added up."""
    rows = [(f"Z{n:03d}", f"P{n % 25:02d}" if n % 3 else "", date(2025, 1, 1) + timedelta(days=n), 5 * (n % 4), 40 + n % 7) for n in range(240)]
    path = tmp_path / "ventes.csv"
    path.write_text("\n".join(["N° facture;Code client;Date;Remise %;Montant TTC", *(f"{a};{b};{c:%d/%m/%Y};{d};{e},00" for a, b, c, d, e in rows)]) + "\n", encoding="utf-8")
    opened = Session()
    opened.load([path], today=date(2025, 12, 1))
    told = found(opened, measure="mean", column="Remise %")
    assert told.measures[0].value == pytest.approx(sum(row[3] for row in rows) / len(rows), abs=0.01)
    beside = {measure.name: measure.value for measure in told.measures}
    assert beside.get("amount_without_customer") == sum(row[4] for row in rows if not row[1])


def test_a_revenue_of_nobody_known_says_its_tax_too(tmp_path: Path) -> None:
    """A till that gives the tax of each line apart: the revenue without it is told beside the revenue with it."""
    nets = [20 + n % 9 for n in range(160)]
    rows = [f"{500 + n};{date(2025, 1, 1) + timedelta(days=n):%d/%m/%Y};{net},00;{net / 5:.2f};{net * 1.2:.2f}".replace(".", ",") for n, net in enumerate(nets)]
    path = tmp_path / "caisse.csv"
    path.write_text("\n".join(["N° ticket;Date;Total HT;TVA;Total TTC", *rows]) + "\n", encoding="utf-8")
    opened = Session()
    opened.load([path], today=date(2025, 8, 1))
    told = found(opened, measure="amount")
    assert told.measures[0].value == pytest.approx(sum(nets) * 1.2, abs=0.01)
    assert any("hors TVA" in caveat.render("fr") and f"{sum(nets):,}".replace(",", "\u202f") in caveat.render("fr") for caveat in told.caveats)
