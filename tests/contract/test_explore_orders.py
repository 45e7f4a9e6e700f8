"""Lines of an order, days between two, first orders, sums of money columns, lines called by their file: against pandas."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest

from assistant.session import Session
from tests.contract.asking import found
from vocabulary.estimate import Unit
from vocabulary.finding import NotApplicable


def _lines() -> pd.DataFrame:
    draw, rows = random.Random(12), []
    for order in range(600):
        day, who = date(2024, 1, 1) + timedelta(days=draw.randrange(700)), f"K{draw.randrange(150):03d}"
        for product in draw.sample(["Pain", "Brioche", "Tarte"], draw.randint(1, 3)):
            rows.append({"commande": f"B{order:04d}", "client": who, "date": day, "produit": product, "montant": draw.randint(2, 20), "Port": draw.choice([0, 3])})
    return pd.DataFrame(rows)


@pytest.fixture(scope="module")
def bakery(tmp_path_factory: pytest.TempPathFactory) -> tuple[Session, pd.DataFrame]:
    frame = _lines()
    path = Path(tmp_path_factory.mktemp("bakery")) / "commandes.csv"
    frame.assign(Port=frame["Port"].map(lambda value: f"{value},00 €")).to_csv(path, index=False, sep=";")
    session = Session()
    session.load([path])
    return session, frame


def test_lines_of_an_order(bakery: tuple[Session, pd.DataFrame]) -> None:
    session, frame = bakery
    told = found(session, measure="lines_per_order").measures[0]
    assert told.value == pytest.approx(len(frame) / frame["commande"].nunique())
    assert told.n == frame["commande"].nunique()


def test_days_between_two_orders_are_those_of_all_the_gaps(bakery: tuple[Session, pd.DataFrame]) -> None:
    session, frame = bakery
    days = frame[["client", "date"]].drop_duplicates().sort_values(["client", "date"])
    gaps = pd.to_datetime(days["date"]).groupby(days["client"]).diff().dropna().dt.days
    told = found(session, measure="days_between_orders").measures[0]
    assert told.value == pytest.approx(gaps.mean())
    assert told.n == len(gaps)
    some = session.runner.run("explore", {"measure": "days_between_orders", "period": {"start": "2025-01-01", "end": "2025-12-31"}})
    assert isinstance(some, NotApplicable)


def test_first_orders(bakery: tuple[Session, pd.DataFrame]) -> None:
    session, frame = bakery
    first = frame[frame["date"] == frame.groupby("client")["date"].transform("min")]
    told = found(session, measure="average_basket", purchase_filter=[{"field": "first_order", "operator": "=", "values": [True]}]).measures[0]
    assert told.value == pytest.approx(first.groupby("commande")["montant"].sum().mean())


def test_a_column_written_with_the_sign_of_money_is_money(bakery: tuple[Session, pd.DataFrame]) -> None:
    session, frame = bakery
    told = found(session, measure="sum", column="Port").measures[0]
    assert (told.value, told.unit) == (pytest.approx(frame["Port"].sum()), Unit.MONEY)


@pytest.mark.parametrize(("file", "said"), [("payments.csv", "“payments”"), ("dons.csv", "“dons”"), ("orders.csv", "orders"), ("export.csv", "orders")])
def test_purchases_are_called_by_their_file_where_it_says_another_word(tmp_path: Path, file: str, said: str) -> None:
    path = tmp_path / file
    _lines().groupby(["commande", "client", "date"], as_index=False)["montant"].sum().to_csv(path, index=False)
    session = Session()
    session.load([path])
    assert f"umber of {said}" in found(session, measure="orders").claim.render("en")


def test_an_average_a_month_is_of_whole_months(tmp_path: Path) -> None:
    """From the middle of January to the tenth of June: the four months between are those averaged."""
    rows = [{"order": f"A{n}", "who": f"C{n % 40}", "date": date(2025, 1, 14) + timedelta(days=n % 148), "amount": 10} for n in range(148 * 4)]
    frame = pd.DataFrame(rows)
    path = tmp_path / "orders.csv"
    frame.to_csv(path, index=False)
    session = Session()
    session.load([path])
    told = found(session, measure="amount", per="month")
    day = pd.to_datetime(frame["date"])
    whole = frame[(day >= "2025-02-01") & (day < "2025-06-01")]
    assert told.measures[0].value == pytest.approx(whole["amount"].sum() / 4)
    assert any("cover whole" in said.render("en") for said in told.caveats)
    of_year = found(session, measure="amount", per="year")  # of no whole year: as it was, rather than nothing
    assert of_year.measures[0].value == pytest.approx(frame["amount"].sum())


def test_what_was_declined_is_not_collected_where_payments_stand_beside_contracts(tmp_path: Path) -> None:
    """The sum of a file of payments leaves out those that do not stand, and says so; asked by name, they are summed."""
    draw, contracts, paid = random.Random(2), [], []
    for who in range(120):
        start = date(2024, 1, 1) + timedelta(days=draw.randrange(300))
        contracts.append({"Contract": f"S{who}", "Member": f"M{who:03d}", "Started": start, "Ended": start + timedelta(days=300) if draw.random() < 0.3 else None, "Plan": draw.choice(["Solo", "Duo"])})
        paid += [{"Payment": f"P{who}-{k}", "Member": f"M{who:03d}", "Paid on": start + timedelta(days=30 * k), "Amount": draw.choice([20, 30]), "Outcome": draw.choice(["Settled"] * 9 + ["Declined"])} for k in range(8)]
    frame = pd.DataFrame(paid)
    pd.DataFrame(contracts).to_csv(tmp_path / "contracts.csv", index=False)
    frame.to_csv(tmp_path / "payments.csv", index=False)
    session = Session()
    session.load([tmp_path / "contracts.csv", tmp_path / "payments.csv"])
    told = found(session, measure="sum", column="Amount", table="payments.csv")
    assert told.measures[0].value == pytest.approx(frame[frame["Outcome"] == "Settled"]["Amount"].sum())
    assert any("do not stand (Declined)" in said.render("en") for said in told.caveats)
    declined = found(session, measure="sum", column="Amount", table="payments.csv", purchase_filter=[{"field": "Outcome", "operator": "=", "values": ["Declined"]}])
    assert declined.measures[0].value == pytest.approx(frame[frame["Outcome"] == "Declined"]["Amount"].sum())
