"""A nursery that posts plants and a lift company: what only the lines of their files tell, asked as they call it."""

import random
from datetime import date, timedelta

import pytest

from analytics.catalog import Runner
from tests.unit.embedded.talks import asked, converse, is_, opened

_draw = random.Random(47)
GROWERS = [["Customer No", "Joined", "Town", "Religion", "Tasting Club 2024"]]
LINES = [["Order No", "Order Date", "Customer No", "Plant", "Qty", "Price", "Discount", "Line Amount", "Order Status", "Promised On", "Delivered On"]]
BACK = [["Return No", "Order No", "Customer No", "Plant", "Returned On", "Refund"]]
POSTED = [["Sent", "Customer No", "Letter", "Opened", "Clicked"]]
_ORDERS: dict[str, tuple[str, int | None, int]] = {}
_CLUB = 0
for _n in range(320):
    _id, _club = f"N{_n:04d}", _draw.random() < 0.3
    _CLUB += _club
    GROWERS.append([_id, (date(2023, 1, 1) + timedelta(days=_draw.randrange(400))).isoformat(), _draw.choice(["Ludlow", "Hay"]), _draw.choice(["Methodist", "Quaker"]), "Yes" if _club else "No"])
    for _ in range(_draw.randint(1, 6)):
        _ref, _day = f"R{len(_ORDERS):05d}", date(2023, 6, 1) + timedelta(days=_draw.randrange(560))
        _state = "Cancelled" if _draw.random() < 0.08 else "Delivered"
        _late = None if _state == "Cancelled" else _draw.choice([-1, 0, 0, 0, 3])
        _ORDERS[_ref] = (_state, _late, _day.year)
        for _plant in _draw.sample(["Quince", "Medlar", "Sloe", "Rowan"], _draw.choice([1, 1, 3]) if _state == "Cancelled" else _draw.choice([1, 2, 4])):
            _price, _off = _draw.choice([11.4, 18.9, 27.35]), _draw.choice([0, 0, 0.1, 0.15, 0.2])
            _qty = _draw.randint(1, 9)
            _less = round(_qty * _price * _off, 2)
            LINES.append([_ref, _day.isoformat(), _id, _plant, _qty, _price, _less, round(_qty * _price - _less, 2), _state, (_day + timedelta(days=4)).isoformat(), "" if _late is None else (_day + timedelta(days=4 + _late)).isoformat()])
            if _state == "Delivered" and _draw.random() < (0.2 if _plant == "Medlar" else 0.04):
                BACK.append([f"B{len(BACK):04d}", _ref, _id, _plant, (_day + timedelta(days=9)).isoformat(), round(_qty * _price - _less, 2)])
    for _month in range(1, 13):
        POSTED.append([date(2024, _month, 2).isoformat(), _id, f"Letter {_month}", int(_draw.random() < 0.4), int(_draw.random() < 0.1)])


@pytest.fixture(scope="module")
def nursery(tmp_path_factory):
    yield from opened(tmp_path_factory, "nursery", {"customers.csv": GROWERS, "order_lines.csv": LINES, "returns.csv": BACK, "mailings.csv": POSTED})


def value(study, question):
    return Runner(study).run("explore", asked(study, question)).measures[0].value


@pytest.mark.parametrize("question", ["What share of orders are cancelled?", "cancellation rate", "taux d'annulation des commandes"])
def test_a_rate_of_orders_counts_orders_and_not_their_lines(nursery, question):
    assert value(nursery, question) == pytest.approx(sum(state == "Cancelled" for state, _, _ in _ORDERS.values()) / len(_ORDERS))


@pytest.mark.parametrize("question", ["how many orders were delivered late in 2024?", "How many deliveries came late in 2024?", "Combien de livraisons en retard en 2024 ?"])
def test_late_orders_are_counted_once_each(nursery, question):
    assert value(nursery, question) == sum(late is not None and late > 0 and year == 2024 for _, late, year in _ORDERS.values())


def test_what_has_not_come_is_neither_late_nor_on_time(nursery):
    late, on_time = value(nursery, "what share of deliveries came late?"), value(nursery, "share of deliveries on time")
    assert late + on_time == pytest.approx(1)


@pytest.mark.parametrize("question", ["Total discounts given in 2024", "sum of discounts in 2024", "total des remises en 2024"])
def test_discounts_in_money_add_up(nursery, question):
    assert value(nursery, question) == pytest.approx(sum(row[6] for row in LINES[1:] if row[1].startswith("2024") and row[8] == "Delivered"))


@pytest.mark.parametrize("question", ["Which plant is returned the most?", "quelle plante est la plus retournée ?"])
def test_what_comes_back_most_is_told_by_the_file_of_returns(nursery, question):
    told = Runner(nursery).run("explore", asked(nursery, question))
    counts = {plant: sum(row[3] == plant for row in BACK[1:]) for plant in ("Quince", "Medlar", "Sloe", "Rowan")}
    assert {row[0]: row[1] for row in told.table.rows} == counts


@pytest.mark.parametrize("question", ["how much did returns cost us in 2024", "How much did we refund in 2024?"])
def test_what_returns_cost_is_what_was_refunded(nursery, question):
    assert value(nursery, question) == pytest.approx(sum(row[5] for row in BACK[1:] if row[4].startswith("2024")))


def test_an_open_rate_is_of_the_letters_opened(nursery):
    assert value(nursery, "What is our open rate?") == pytest.approx(sum(row[3] for row in POSTED[1:]) / (len(POSTED) - 1))


@pytest.mark.parametrize("question", ["How many customers by religion?", "do customers of the Methodist religion leave more?"])
def test_sensitive_data_is_said_to_be_left_aside(nursery, question):
    (reading,) = converse(nursery, question)
    assert reading.status in ("cannot_answer", "declined") and not reading.steps


@pytest.mark.parametrize("question", ["how many customers are in the 2024 tasting club?", "How many customers of the tasting club 2024", "how many customers with tasting club"])
def test_the_year_of_a_header_is_no_period(nursery, question):
    arguments = asked(nursery, question)
    assert arguments["segment"] == [is_("Tasting Club 2024", True)] and "period" not in arguments
    assert value(nursery, question) == _CLUB


SITES = [["Customer Ref", "Town", "Started", "Ended", "Status", "Monthly Fee", "Hand-over Visit"]]
VISITS = [["Payment No", "Customer Ref", "Paid On", "Payment Method", "Fault Kind", "Amount Paid"]]
TAKEN = [["Collection Date", "Customer Ref", "Wording", "Amount", "Payment Status", "Payment Method"]]
for _n in range(260):
    _id, _began = f"L{_n:04d}", date(2023, 1, 1) + timedelta(days=_draw.randrange(300))
    _gone = _began + timedelta(days=_draw.randint(90, 400)) if _draw.random() < 0.3 else None
    SITES.append([_id, _draw.choice(["Hull", "Leith"]), _began.isoformat(), _gone.isoformat() if _gone else "", "Ended" if _gone else "Live", 60, _draw.choice(["Yes", "No"])])
    TAKEN.append([_began.isoformat(), _id, "Commissioning", _draw.choice([150, 220]), "Paid", "Bank"])
    _at = _began + timedelta(days=20)
    while _at < (_gone or date(2024, 12, 30)):
        _outcome = "Refunded" if _draw.random() < 0.03 else "Paid"
        TAKEN.append([_at.isoformat(), _id, "Cover", 60 if _outcome == "Paid" else -60, _outcome, "Bank"])
        if _draw.random() < 0.15:
            VISITS.append([f"V{len(VISITS):05d}", _id, _at.isoformat(), _draw.choice(["Card", "Cash"]), _draw.choice(["Door fault", "Trapped person", "Inspection"]), _draw.choice([0, 45, 90])])
        _at += timedelta(days=30)


@pytest.fixture(scope="module")
def lifts(tmp_path_factory):
    yield from opened(tmp_path_factory, "lifts", {"contracts.csv": SITES, "counter_payments.csv": VISITS, "bank_collections.csv": TAKEN})


def test_what_was_collected_is_told_by_the_file_of_collections(lifts):
    assert value(lifts, "How much did we collect in 2024?") == pytest.approx(sum(row[3] for row in TAKEN[1:] if row[0].startswith("2024")))


def test_a_value_of_lines_said_in_the_plural_is_counted(lifts):
    assert value(lifts, "how many door faults in 2024?") == sum(row[4] == "Door fault" and row[2].startswith("2024") for row in VISITS[1:])


def test_the_fees_of_one_wording_are_its_amounts(lifts):
    assert value(lifts, "total commissioning fees in 2023") == sum(row[3] for row in TAKEN[1:] if row[2] == "Commissioning" and row[0].startswith("2023"))


def test_money_given_back_is_told_by_the_state_of_payments(lifts):
    assert value(lifts, "How much did we refund in 2024?") == sum(row[3] for row in TAKEN[1:] if row[4] == "Refunded" and row[0].startswith("2024"))


@pytest.mark.parametrize("question", ["churn of customers with a hand-over visit versus not", "churn by hand-over visit"])
def test_a_header_with_a_hyphen_is_said_as_it_is_written(lifts, question):
    (reading,) = converse(lifts, question)
    assert reading.status == "answered" and dict(reading.steps[0].arguments)["by"] == "Hand-over Visit"


def test_whom_to_win_back_under_a_contract_is_told_with_what_each_paid(lifts):
    (reading,) = converse(lifts, "which lost customers should sales call back first?")
    told = dict(reading.steps[-1].arguments)
    assert (told["measure"], told["column"], told["by"], told["segment"]) == ("sum", "Monthly Fee", ["customer_id"], [is_("lost", True)])


@pytest.mark.parametrize(("question", "order"), [("who pays the most per month?", None), ("quels clients paient le moins par mois ?", "asc")])
def test_who_pays_most_names_customers_and_no_month(lifts, question, order):
    arguments = asked(lifts, question)
    assert (arguments["measure"], arguments["column"], arguments["by"], arguments.get("order")) == ("sum", "Monthly Fee", ["customer_id"], order)


def test_who_only_sent_something_back_that_year_did_not_buy_then(nursery):
    bought = {row[2] for row in LINES[1:] if row[1].startswith("2024") and row[8] == "Delivered"}
    assert {row[2] for row in BACK[1:] if row[4].startswith("2024")} - bought
    assert value(nursery, "how many customers bought in 2024?") == len(bought)


@pytest.mark.parametrize("question", ["share of leavers who lost their voice", "What share of churners left for « Lost voice »?", "Quelle part des partants pour « Lost voice » ?"])
def test_leavers_are_customers_who_left(question, tmp_path_factory):
    singers = [["Singer No", "Joined", "Left", "Status", "Reason For Leaving", "Dues"]]
    for place in range(240):
        joined = date(2022, 1, 1) + timedelta(days=_draw.randrange(700))
        left = joined + timedelta(days=_draw.randint(60, 600)) if _draw.random() < 0.4 else None
        singers.append([f"S{place:03d}", joined.isoformat(), left.isoformat() if left else "", "Left" if left else "Singing", _draw.choice(["Lost voice", "New job"]) if left else "", 12])
    gone = [row for row in singers[1:] if row[2]]
    for study in opened(tmp_path_factory, "choir", {"singers.csv": singers}):
        assert value(study, question) == pytest.approx(sum(row[4] == "Lost voice" for row in gone) / len(gone))


@pytest.mark.parametrize("question", ["how many customers had a cancelled order in 2024?", "How many customers cancelled an order in 2024?", "combien de clients ont eu une commande annulée en 2024 ?"])
def test_an_order_cancelled_is_no_departure(nursery, question):
    assert value(nursery, question) == len({row[2] for row in LINES[1:] if row[8] == "Cancelled" and row[1].startswith("2024")})


def test_customers_with_a_cancelled_order_are_people(nursery):
    assert value(nursery, "customers with a cancelled order") == len({row[2] for row in LINES[1:] if row[8] == "Cancelled"})
