"""A total that each line of a bill repeats counts once, wherever a file is asked line by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.session import Session
from tests.contract.asking import found

# A vet under care plans: three lines a bill, the bill's total on each of them, half of them taxed.
_BILLS = 60
PETS = "plan_no,client,monthly_fee,start,ended_on,state\n" + "".join(
    f"P{n},C{n:02d},{12 + n % 3},2023-01-{n % 27 + 1:02d},{'2024-05-01' if n % 4 == 0 else ''},{'Ended' if n % 4 == 0 else 'Live'}\n" for n in range(1, 41)
)


def _lines(n: int) -> list[tuple[str, int, float, float]]:
    return [("Consultation", 1, 40.0 + n % 7, 0.2 * (40 + n % 7)), ("Vaccine", 1 + n % 2, 25.0, 5.0 * (1 + n % 2)), ("Leaflet", 1, 3.0, 0.0)][: 3 if n % 5 else 1]


def _bills(own: bool) -> str:
    rows = ["client,invoice_no,invoice_date,invoice_total,item,quantity,unit_price" + (",line_net,line_vat" if own else "") + ",invoice_status"]
    for n in range(_BILLS):
        lines = _lines(n)
        total = sum(q * p + v for _, q, p, v in lines)
        for item, quantity, price, vat in lines:
            told = f",{quantity * price:.2f},{vat:.2f}" if own else ""
            rows.append(f"C{n % 40 + 1:02d},B{n:03d},2024-0{n % 6 + 1}-{n % 27 + 1:02d},{total:.2f},{item},{quantity},{price:.2f}{told},{'Void' if n % 20 == 7 else 'Paid'}")
    return "\n".join(rows) + "\n"


def _kept() -> list[int]:
    return [n for n in range(_BILLS) if n % 20 != 7]


def _opened(folder: Path, own: bool) -> Session:
    for name, text in (("care_plans.csv", PETS), ("invoices.csv", _bills(own))):
        (folder / name).write_text(text, encoding="utf-8")
    opened = Session()
    opened.load(sorted(folder.glob("*.csv")))
    return opened


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Session:
    return _opened(tmp_path_factory.mktemp("bills"), own=True)


def test_a_total_repeated_on_each_line_is_added_once(session: Session) -> None:
    whole = found(session, measure="sum", column="invoice_total", table="invoices.csv").measures[0].value
    assert whole == pytest.approx(sum(q * p + v for n in _kept() for _, q, p, v in _lines(n)))


def test_split_by_what_lines_hold_it_is_each_line_s_own(session: Session) -> None:
    """The lines' net and tax add up to the bill: what is asked of one good is what that good cost."""
    told = found(session, measure="sum", column="invoice_total", table="invoices.csv", by=["item"])
    by = {item["item"]: item["sum"] for item in told.items}
    assert by["Leaflet"] == pytest.approx(3.0 * sum(n % 5 > 0 for n in _kept()))
    assert by["Consultation"] == pytest.approx(sum(1.2 * (40 + n % 7) for n in _kept()))


def test_where_lines_do_not_add_up_the_total_is_shared(tmp_path: Path) -> None:
    session = _opened(tmp_path, own=False)
    told = found(session, measure="sum", column="invoice_total", table="invoices.csv", by=["item"])
    assert sum(float(str(item["sum"])) for item in told.items) == pytest.approx(sum(q * p + v for n in _kept() for _, q, p, v in _lines(n)))


def test_a_mean_counts_a_bill_once(session: Session) -> None:
    mean = found(session, measure="mean", column="invoice_total", table="invoices.csv").measures[0]
    assert mean.n == len(_kept())
    assert mean.value == pytest.approx(sum(q * p + v for n in _kept() for _, q, p, v in _lines(n)) / len(_kept()))


def test_what_each_line_says_stays_each_line_s(session: Session) -> None:
    assert found(session, measure="sum", column="quantity", table="invoices.csv").measures[0].value == sum(q for n in range(_BILLS) for _, q, _, _ in _lines(n))


def test_bills_are_counted_by_their_number(session: Session) -> None:
    void = [{"field": "invoice_status", "operator": "=", "values": ["Void"]}]
    assert found(session, measure="records", table="invoices.csv", purchase_filter=void).measures[0].value == _BILLS - len(_kept())
