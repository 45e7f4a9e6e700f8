"""What stands on a day, and what ended in a period, against counts done by hand: hired bicycles, and a bakery where nobody signs anything."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from assistant.session import Session
from tests.contract.asking import found
from vocabulary.finding import Finding, NotApplicable

LAST = date(2026, 3, 31)
_draw = random.Random(41)
REASONS = ("Vol", "Trop cher", "Déménagement")


def _contracts() -> list[tuple[str, str, date, date | None, str, str, float, str]]:
    """Number, customer, first day, last day, reason, plan, monthly price, town; one customer in eight hires a second bicycle."""
    found = []
    for who in range(420):
        town = _draw.choice(["Rennes", "Vannes", "Brest"])
        for place in range(2 if who % 8 == 0 else 1):
            began = date(2022, 1, 3) + timedelta(days=_draw.randrange(1450))
            ended = began + timedelta(days=_draw.randrange(40, 900))
            over = ended <= LAST and _draw.random() < 0.75
            plan = _draw.choice(["Ville", "Cargo"]) if place == 0 else "Pliant"
            price = {"Ville": 29.0, "Cargo": 69.0, "Pliant": 39.0}[plan]
            found.append((f"V{who:04d}-{place}", f"L{who:04d}", began, ended if over else None, _draw.choice(REASONS) if over else "", plan, price, town))
    return found


CONTRACTS = _contracts()
_LINES = [
    f"{n};{who};{began:%d/%m/%Y};{f'{ended:%d/%m/%Y}' if ended else ''};{why};{plan};{price:.2f};{town}"
    for n, who, began, ended, why, plan, price, town in CONTRACTS
]


def in_force(day: date) -> list[tuple[str, str, date, date | None, str, str, float, str]]:
    return [row for row in CONTRACTS if row[2] <= day and (row[3] is None or row[3] > day)]


@pytest.fixture(scope="module")
def hire(tmp_path_factory: pytest.TempPathFactory) -> Session:
    folder: Path = tmp_path_factory.mktemp("hire")
    head = "N° contrat;Code client;Date de début;Date de fin;Motif de fin;Formule;Loyer mensuel;Ville"
    (folder / "contrats.csv").write_text("\n".join([head, *_LINES]) + "\n", encoding="utf-8")
    opened = Session()
    opened.load([folder / "contrats.csv"])
    return opened


VISITS = [(f"B{who:03d}", day, "Espèces" if _draw.random() < 0.4 else "Carte") for who in range(150)
          for start in [date(2024, 1, 2) + timedelta(days=_draw.randrange(500))]
          for day in [start + timedelta(days=7 * step) for step in range(_draw.choice([6, 20, 60, 120]))] if day <= LAST]  # fmt: skip


@pytest.fixture(scope="module")
def bakery(tmp_path_factory: pytest.TempPathFactory) -> Session:
    folder: Path = tmp_path_factory.mktemp("bakery")
    lines = ["ticket;client;date;montant;paiement", *(f"T{n};{who};{day:%Y-%m-%d};{4 + n % 7}.50;{paid}" for n, (who, day, paid) in enumerate(VISITS))]
    (folder / "ventes.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    opened = Session()
    opened.load([folder / "ventes.csv"])
    return opened


def by(finding: Finding, name: str) -> dict[object, object]:
    return {item[name]: item[finding.measures[0].name] for item in finding.items}


def span(start: date, end: date | None = None) -> dict[str, str]:
    return {"start": start.isoformat(), "end": (end or start).isoformat()}


ENDED = [{"field": "Date de fin", "operator": "is not null", "values": []}]
IN_2025 = span(date(2025, 1, 1), date(2025, 12, 31))


def test_contracts_that_ended_are_dated_by_their_end(hire: Session) -> None:
    over = [row for row in CONTRACTS if row[3] is not None and row[3].year == 2025]
    told = found(hire, measure="records", table="contrats.csv", purchase_filter=ENDED, period=IN_2025)
    assert told.measures[0].value == len(over)
    assert "d’après «\xa0Date de fin\xa0»" in told.claim.render("fr")
    reasons = found(hire, measure="records", table="contrats.csv", purchase_filter=ENDED, period=IN_2025, by=["Motif de fin"])
    assert by(reasons, "Motif de fin") == Counter(row[4] for row in over)
    years = by(found(hire, measure="records", table="contrats.csv", purchase_filter=ENDED, by=["year"]), "year")
    assert years[date(2025, 1, 1)] == len(over)
    signed = found(hire, measure="records", table="contrats.csv", period=IN_2025)
    assert signed.measures[0].value == sum(row[2].year == 2025 for row in CONTRACTS)


@pytest.mark.parametrize("day", [date(2024, 12, 31), date(2025, 6, 30)])
def test_contracts_in_force_on_a_day(hire: Session, day: date) -> None:
    told = found(hire, measure="records", table="contrats.csv", stock=True, period=span(day))
    assert told.measures[0].value == len(in_force(day))
    split = found(hire, measure="records", table="contrats.csv", stock=True, period=span(date(day.year, 1, 1), day), by=["Ville"])
    assert by(split, "Ville") == Counter(row[7] for row in in_force(day))


def test_what_stands_at_the_end_of_each_year(hire: Session) -> None:
    ends = {date(year, 1, 1): min(date(year, 12, 31), LAST) for year in range(2022, 2027)}
    told = found(hire, measure="records", table="contrats.csv", stock=True, by=["year"])
    assert by(told, "year") == {start: len(in_force(end)) for start, end in ends.items()}
    people = found(hire, measure="customers", stock=True, by=["year"])
    assert by(people, "year") == {start: len({row[1] for row in in_force(end)}) for start, end in ends.items()}
    assert "pour l’ensemble" not in people.claim.render("fr")  # no total is over them all


def test_customers_there_on_a_day(hire: Session, bakery: Session) -> None:
    day = date(2024, 12, 31)
    assert found(hire, measure="customers", stock=True, period=span(day)).measures[0].value == len({row[1] for row in in_force(day)})
    silence = bakery.study.model.lost.days
    assert silence is not None
    told = found(bakery, measure="customers", stock=True, period=span(day))
    assert told.measures[0].value == len({who for who, seen, _ in VISITS if day - timedelta(days=silence) <= seen <= day})
    assert any("présent" in caveat.render("fr") for caveat in told.caveats)  # how it is known is said
    today = found(bakery, measure="customers", stock=True).measures[0].value
    assert today == found(bakery, measure="customers", segment=[{"field": "lost", "operator": "=", "values": [False]}]).measures[0].value


def test_only_customers_are_counted_on_a_day_where_no_contract_stands(bakery: Session) -> None:
    assert isinstance(bakery.runner.run("explore", {"measure": "amount", "stock": True}), NotApplicable)


def test_a_monthly_revenue_is_told_by_the_contracts_that_run(hire: Session) -> None:
    here = [{"field": "lost", "operator": "=", "values": [False]}]
    running = in_force(LAST)
    plans = Counter[str]()
    for row in running:
        plans[row[5]] += row[6]
    told = by(found(hire, measure="sum", column="monthly_amount", by=["plan"], segment=here), "Formule")
    assert told == pytest.approx(dict(plans))
    one = found(hire, measure="sum", column="monthly_amount", segment=[*here, {"field": "plan", "operator": "=", "values": ["Pliant"]}])
    assert one.measures[0].value == pytest.approx(plans["Pliant"])
    whole = found(hire, measure="sum", column="monthly_amount", segment=here)
    assert whole.measures[0].value == pytest.approx(sum(plans.values()))


def test_a_share_of_contracts_ended_in_a_year_is_of_those_in_force_when_it_begins(hire: Session) -> None:
    present = [row for row in CONTRACTS if row[2] < date(2025, 1, 1) and (row[3] is None or row[3] >= date(2025, 1, 1))]
    told = found(hire, measure="share_records", table="contrats.csv", part=ENDED, period=IN_2025).measures[0]
    assert told.n == len(present)
    assert told.value == pytest.approx(sum(row[3] is not None and row[3].year == 2025 for row in present) / len(present))
    assert isinstance(hire.runner.run("explore", {"measure": "share_records", "table": "contrats.csv", "part": ENDED, "by": ["year"]}), NotApplicable)


def test_lines_that_name_no_customer_are_not_split_by_what_customers_are(tmp_path: Path) -> None:
    (tmp_path / "clients.csv").write_text("client_id,ville\n" + "".join(f"C{n:03d},{'Lyon' if n % 2 else 'Metz'}\n" for n in range(60)), encoding="utf-8")
    (tmp_path / "incidents.csv").write_text("incident,ouvert_le,type\n" + "".join(f"I{n:03d},2025-0{n % 9 + 1}-10,{'Fuite' if n % 3 else 'Panne'}\n" for n in range(90)), encoding="utf-8")
    session = Session()
    session.load(sorted(tmp_path.glob("*.csv")))
    query = {"measure": "records", "table": "incidents.csv"}
    assert found(session, **query).measures[0].value == 90
    lyon = [{"field": "ville", "operator": "=", "values": ["Lyon"]}]
    for told in (session.runner.run("explore", {**query, "by": ["ville"]}), session.runner.run("explore", {**query, "segment": lyon})):
        assert isinstance(told, NotApplicable) and "incidents" in told.reason.render("fr")
