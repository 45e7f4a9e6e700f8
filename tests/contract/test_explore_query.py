"""`explore` on sold goods, against sums done by hand on twelve lines of purchases."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answering import answer
from assistant.planner import Dialogue
from assistant.session import Session
from vocabulary.finding import Finding, NotApplicable

LINES = """order_id,customer_id,order_date,product,quantity,amount,status
O1,A,2024-01-01,Tea,1,10,Completed
O1,A,2024-01-01,Cup,2,20,Completed
O2,A,2024-02-05,Tea,3,30,Completed
O3,B,2024-01-06,Tea,1,10,Completed
O4,B,2024-02-11,Cup,1,15,Completed
O5,C,2024-03-04,Pot,1,60,Completed
O6,C,2024-03-05,Tea,2,20,Cancelled
O7,,2024-03-05,Tea,2,20,Completed
O8,D,2024-03-31,Tea,1,12,Completed
"""


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Session:
    path = tmp_path_factory.mktemp("lines") / "orders.csv"
    path.write_text(LINES, encoding="utf-8")
    opened = Session()
    opened.load([path])
    return opened


def _value(session: Session, **arguments: object) -> float | None:
    result = session.runner.run("explore", arguments)
    assert isinstance(result, Finding), result
    return result.measures[0].value


def test_shares_are_of_orders_of_customers_and_of_revenue(session: Session) -> None:
    tea = [{"field": "product", "operator": "=", "values": ["Tea"]}]
    assert _value(session, measure="share_orders", part=tea) == pytest.approx(4 / 6)
    assert _value(session, measure="share_customers", part=tea) == pytest.approx(3 / 4)
    assert _value(session, measure="share_amount", part=tea) == pytest.approx(82 / 177)  # O7 too, whoever bought it
    result = session.runner.run("explore", {"measure": "share_amount", "by": ["product"]})
    assert isinstance(result, Finding)
    assert sum(item["share_amount"] for item in result.items) == pytest.approx(1)


def test_orders_are_valued_whole(session: Session) -> None:
    assert _value(session, measure="median_basket") == pytest.approx(22.5)
    assert _value(session, measure="highest_basket") == 60
    assert _value(session, measure="lowest_basket") == 10
    above = [{"field": "order_amount", "operator": ">=", "values": [30]}]
    assert _value(session, measure="orders", purchase_filter=above) == 3


def test_what_a_customer_bought_is_counted_in_the_period(session: Session) -> None:
    twice = [{"field": "orders_within", "operator": ">=", "values": [2]}]
    january = {"start": "2024-01-01", "end": "2024-01-31"}
    assert _value(session, measure="customers", purchase_filter=twice) == 2
    assert _value(session, measure="customers", purchase_filter=twice, period=january) == 0


def test_an_average_month_counts_every_month(session: Session) -> None:
    assert _value(session, measure="amount", per="month") == pytest.approx(177 / 3)


def test_cancelled_orders_are_told_when_named_only(session: Session) -> None:
    cancelled = [{"field": "status", "operator": "=", "values": ["Cancelled"]}]
    assert _value(session, measure="orders") == 7  # O7 too, whoever bought it
    assert _value(session, measure="orders", purchase_filter=cancelled) == 1


def test_the_states_left_out_by_name_are_the_only_ones_left_out(tmp_path: Path) -> None:
    """« Hors commandes annulées » leaves out cancelled orders: those sent back, or of no state, are counted, and it is said."""
    path = tmp_path / "orders.csv"
    states = ["Completed", "Completed", "Cancelled", "Returned", "", "Completed"]
    lines = [f"O{n},C{n % 3},2024-01-0{n + 1},{10 * (n + 1)},{state}" for n, state in enumerate(states)]
    path.write_text("order_id,customer_id,order_date,amount,status\n" + "\n".join(lines), encoding="utf-8")
    opened = Session()
    opened.load([path])
    told = answer("revenue excluding cancelled orders", opened).findings[0]
    assert told.measures[0].value == 180 and any("refunded" in caveat.render("en") for caveat in told.caveats)
    assert answer("total revenue", opened).findings[0].measures[0].value == 140


def test_customers_by_what_they_ever_bought_or_never_did(session: Session) -> None:
    tea = {"field": "product", "operator": "=", "values": ["Tea"]}
    cup = {"field": "product", "operator": "=", "values": ["Cup"]}
    never = {"field": "product", "operator": "!=", "values": ["Tea"]}
    assert _value(session, measure="customers", segment=[tea, cup]) == 2
    assert _value(session, measure="customers", segment=[never]) == 1  # C, whose only tea was cancelled
    assert _value(session, measure="amount", segment=[never]) == 60
    assert _value(session, measure="share_customers", part=[never]) == pytest.approx(1 / 4)
    result = session.runner.run("relationship_overview", {"segment": [never]})
    assert "no purchase with product = Tea" in (result.claim if isinstance(result, Finding) else result.explanation).render("en")


def test_a_price_is_of_what_a_purchase_counts(session: Session) -> None:
    tea = [{"field": "product", "operator": "=", "values": ["Tea"]}]
    assert _value(session, measure="average_price", purchase_filter=tea) == pytest.approx(82 / 8)  # O7 too: what was paid over what was sold


def test_the_basket_of_a_summary_is_of_its_orders(tmp_path: Path) -> None:
    """One row a customer: what was spent over the orders made, no mean of customers; its median is not known."""
    path = tmp_path / "customers.csv"
    path.write_text("customer_id,total_spent,total_orders,last_order_date\nA,100,1,2024-01-01\nB,20,2,2024-02-01\nC,0,0,\n", encoding="utf-8")
    opened = Session()
    opened.load([path])
    assert _value(opened, measure="average_basket") == 40
    assert isinstance(opened.runner.run("explore", {"measure": "median_basket"}), NotApplicable)


def test_lines_without_a_customer_are_said(session: Session) -> None:
    result = session.runner.run("explore", {"measure": "amount"})
    assert isinstance(result, Finding)
    assert "1" in result.caveats[-1].render("en")


def test_a_share_of_nothing_said_is_refused(session: Session) -> None:
    assert isinstance(session.runner.run("explore", {"measure": "share_orders"}), NotApplicable)


def test_a_column_no_analysis_can_take_is_an_answer(session: Session) -> None:
    """A follow-up that splits a rate by a column of purchases must not stop the program."""
    session.state.turns.clear()
    for question in ("What is our churn rate?", "by product"):
        told = answer(question, session)
        session.add_turn(told)
        assert told.status in ("answered", "cannot_answer")


@pytest.mark.parametrize(
    ("turns", "status", "value"),
    [
        (("revenue from tea", "and the others?"), "answered", 95.0),
        (("revenue from tea", "How many orders do we have?"), "answered", 7),
        (("revenue by hair colour",), "cannot_answer", None),
        (("customers who bought both tea and cups",), "answered", 2),
        (("revenue from unicorns",), "clarify", None),
    ],
)
def test_what_a_question_keeps(session: Session, turns: tuple[str, ...], status: str, value: float | None) -> None:
    session.state.turns.clear()
    for question in turns:
        told = answer(question, session)
        session.add_turn(told)
    assert told.status == status
    assert (told.findings[0].measures[0].value if told.findings else None) == value


def test_recurring_revenue_is_of_those_still_there(tmp_path: Path) -> None:
    """Four subscriptions, one of them ended: its fee is no part of today's recurring revenue."""
    lines = ["subscription_id,account_id,plan,mrr,start_date,end_date"]
    lines += [f"S{n},A{n},Team,{10 * n},2023-01-0{n},{'2023-06-30' if n == 4 else ''}" for n in range(1, 5)]
    path = tmp_path / "subscriptions.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    session = Session()
    session.load([path])
    told = answer("What is our total MRR?", session)
    assert told.findings[0].measures[0].value == 60


@pytest.fixture(scope="module")
def two_years(tmp_path_factory: pytest.TempPathFactory) -> Session:
    """Twenty customers of 2023: the first of them bought in 2024 too, each by one euro less than the one before; three came in 2024."""
    lines = [f"O{n},C{n:02d},2023-0{n % 9 + 1}-10,{100 - n}" for n in range(20)]
    lines += [f"P{n},C{n:02d},2024-02-10,{50 - n}" for n in range(8)] + [f"Q{n},D{n},2024-03-1{n},5" for n in range(3)]
    path = tmp_path_factory.mktemp("years") / "orders.csv"
    path.write_text("order_id,customer_id,order_date,amount\n" + "\n".join(lines), encoding="utf-8")
    opened = Session()
    opened.load([path])
    return opened


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Combien de clients de 2023 n'ont rien acheté en 2024 ?", 12),
        ("clients ayant acheté en 2023 mais pas en 2024", 12),
        ("How many customers from 2023 did not order in 2024?", 12),
        ("combien de clients n'ont pas commandé en 2024 ?", 12),
        ("how many customers bought nothing in 2023?", 3),
        ("Combien de clients de 2023 ont racheté en 2024 ?", 8),
        ("How many customers bought in 2023 and in 2024?", 8),
        ("what share of 2023 customers bought again in 2024?", 8 / 20),
        ("revenue in 2023 of customers who bought nothing in 2024", sum(100 - n for n in range(8, 20))),
    ],
)
def test_who_bought_then_and_not_later_is_no_comparison(two_years: Session, question: str, expected: float) -> None:
    """Two periods that say who is counted: they were compared with each other, or the one without a purchase was counted as one with."""
    told = answer(question, two_years, dialogue=Dialogue())
    assert told.findings and told.findings[0].measures[0].value == pytest.approx(expected), told.text


@pytest.mark.parametrize("question", ["Quelle part du CA font les 20 % meilleurs clients ?", "What share of revenue comes from the top 20% of customers?"])
def test_the_first_in_a_hundred_are_not_so_many(two_years: Session, question: str) -> None:
    """Twenty in a hundred of twenty-three customers are five of them."""
    spent = sorted((100 - n + (50 - n if n < 8 else 0) for n in range(20)), reverse=True)
    found = answer(question, two_years, dialogue=Dialogue()).findings[0]
    assert found.measures[0].value == pytest.approx(sum(spent[:5]) / (sum(spent) + 15)) and found.table is not None and len(found.table.rows) == 5


def test_orders_by_their_state_are_all_of_them(session: Session) -> None:
    """Those cancelled too, which no other figure counts, and it is said."""
    found = session.runner.run("explore", {"measure": "orders", "by": ["status"]})
    assert isinstance(found, Finding)
    assert {item["status"]: item["orders"] for item in found.items} == {"Completed": 7, "Cancelled": 1}
    assert any("no other figure counts" in caveat.render("en") for caveat in found.caveats)


def test_new_customers_dated_by_sign_up_say_how_many_by_first_purchase(tmp_path: Path) -> None:
    (tmp_path / "customers.csv").write_text("customer_id,signup_date\n" + "".join(f"C{n},2023-0{n % 9 + 1}-01\n" for n in range(30)), encoding="utf-8")
    lines = "".join(f"O{n},C{n},2024-0{n % 9 + 1}-05,10\n" for n in range(20))
    (tmp_path / "orders.csv").write_text("order_id,customer_id,order_date,amount\n" + lines, encoding="utf-8")
    opened = Session()
    opened.load([tmp_path / "customers.csv", tmp_path / "orders.csv"])
    found = answer("how many new customers in 2024?", opened).findings[0]
    assert found.measures[0].value == 0 and any("would be 20" in caveat.render("en") for caveat in found.caveats)
    big = [{"field": "order_amount", "operator": ">", "values": [50]}]  # nobody: the 20 are not of those
    year = {"start": "2024-01-01", "end": "2024-12-31"}
    some = opened.runner.run("explore", {"measure": "new_customers", "period": year, "purchase_filter": big})
    assert isinstance(some, Finding) and not any("would be" in caveat.render("en") for caveat in some.caveats)
