"""Requests counted by customer: more than so many, none at all, some in a year; and customers ranked on a number that is named."""

import random
from datetime import date, timedelta

import pytest

from analytics.catalog import Runner
from tests.unit.embedded.talks import asked, is_, opened

_draw = random.Random(31)
OFFICES, BILLS, CALLS = [["Client No", "Town", "Machines"]], [["Invoice", "Client No", "Invoice Date", "Net", "Total"]], [["Ticket", "Client No", "Logged", "Closed", "Subject"]]
_CALLED: dict[str, list[tuple[int, str]]] = {}
_BILLED: dict[str, float] = {}
for _n in range(240):
    _id, _machines = f"P{_n:04d}", _draw.randint(1, 9)
    OFFICES.append([_id, _draw.choice(["Truro", "Penryn", "Bude"]), _machines])
    for _month in range(_draw.randint(14, 30)):
        _net = round(_machines * 31.5 * (1 if _draw.random() < 0.9 else 1.4), 2)
        _day = date(2023, 1, 1) + timedelta(days=30 * _month + _draw.randrange(5))
        BILLS.append([f"B{len(BILLS):05d}", _id, _day.isoformat(), _net, round(_net * 1.2, 2)])
        _BILLED[_id] = _BILLED.get(_id, 0.0) + _net
    for _ in range(_draw.choice([0, 0, 1, 3, 6, 12])):
        _day = date(2023, 1, 1) + timedelta(days=_draw.randrange(870))
        _subject = _draw.choice(["Toner", "Paper jam", "Scanner"])
        _closed = (_day + timedelta(days=_draw.randint(1, 9))).isoformat() if _draw.random() < 0.9 else ""
        CALLS.append([f"T{len(CALLS):05d}", _id, _day.isoformat(), _closed, _subject])
        _CALLED.setdefault(_id, []).append((_day.year, _subject))


@pytest.fixture(scope="module")
def copiers(tmp_path_factory):
    yield from opened(tmp_path_factory, "copiers", {"clients.csv": OFFICES, "invoices.csv": BILLS, "tickets.csv": CALLS})


def counted(study, question):
    return Runner(study).run("explore", asked(study, question)).measures[0].value


@pytest.mark.parametrize("question", ["How many clients have logged more than 5 tickets?", "Combien de clients ont ouvert plus de 5 tickets ?"])
def test_tickets_are_those_of_the_file_and_no_orders(copiers, question):
    assert counted(copiers, question) == sum(len(lines) > 5 for lines in _CALLED.values())


@pytest.mark.parametrize("question", ["How many clients never logged a ticket?", "how many clients did not raise any ticket", "Combien de clients n'ont jamais ouvert de ticket ?", "How many clients have no ticket?"])
def test_who_has_none_is_not_who_has_one(copiers, question):
    assert counted(copiers, question) == 240 - len(_CALLED)


@pytest.mark.parametrize("question", ["how many clients opened a ticket in 2024", "how many clients complained in 2024?", "Combien de clients se sont plaints en 2024 ?"])
def test_who_had_one_in_a_year_is_told_by_the_lines_of_that_year(copiers, question):
    assert counted(copiers, question) == sum(any(year == 2024 for year, _ in lines) for lines in _CALLED.values())


@pytest.mark.parametrize("question", ["how many tickets have never been closed", "Combien de tickets n'ont jamais été clos ?"])
def test_what_never_befell_a_line_is_what_has_not(copiers, question):
    assert counted(copiers, question) == sum(row[3] == "" for row in CALLS[1:])


@pytest.mark.parametrize(("question", "field"), [("Top 4 clients by net revenue", "Net"), ("top 4 clients by machines", "Machines")])
def test_customers_are_ranked_on_the_number_that_is_named(copiers, question, field):
    arguments = asked(copiers, question)
    assert (arguments["by"], arguments["column"], arguments["top"]) == (["customer_id"], field, 4)


def test_a_number_still_splits_what_is_not_ranked(copiers):
    assert asked(copiers, "number of clients by machines")["by"] == ["Machines"]


def test_the_tickets_of_a_till_are_orders(shop):
    assert asked(shop, "customers with more than 3 tickets")["segment"] == [is_("orders", 3, ">")]
