"""A miller's invoices, calls and marks: how many of one state, what they come to, and what is asked of a number counted in hours."""

import random
from datetime import date, timedelta

import pytest

from analytics.catalog import Runner
from tests.unit.embedded.talks import asked, converse, is_, opened

_draw = random.Random(53)
BAKERS = [["Account No", "Bakery", "County", "Since", "Stage"]]
BILLS = [["Invoice No", "Account No", "Invoice Date", "Flour", "Sacks", "Net", "VAT", "Total", "State"]]
CALLS = [["Call No", "Account No", "Logged", "Answered In (h)", "Subject", "Closed", "CSAT"]]
MARKS = [["Answered On", "Account No", "Recommend 0-10"]]
for _n in range(260):
    _id, _since = f"M{_n:04d}", date(2023, 1, 1) + timedelta(days=_draw.randrange(300))
    _new = _draw.random() < 0.1
    BAKERS.append([_id, f"Bakery {_n}", _draw.choice(["Kent", "Devon", "Fife"]), _since.isoformat(), "Sampling" if _new else "Trading"])
    for _month in range(0 if _new else _draw.randint(3, 16)):
        _day, _sacks = _since + timedelta(days=30 * _month + 3), _draw.randint(1, 30)
        _net = round(_sacks * 14.35, 2)
        _state = _draw.choice(["Paid"] * 12 + ["Overdue", "Credit note"])
        _sign = -1 if _state == "Credit note" else 1
        BILLS.append([f"F{len(BILLS):05d}", _id, _day.isoformat(), _draw.choice(["Spelt", "Rye", "Strong white"]), _sacks, _sign * _net, round(_sign * _net * 0.2, 2), round(_sign * _net * 1.2, 2), _state])
        if _draw.random() < 0.4:
            CALLS.append([f"C{len(CALLS):05d}", _id, _day.isoformat(), round(_draw.uniform(1, 60), 1), _draw.choice(["Late lorry", "Damp sack", "Mould"]), (_day + timedelta(days=4)).isoformat(), _draw.choice(["", "", 3, 4, 5])])
        if _draw.random() < 0.2:
            MARKS.append([(_day + timedelta(days=2)).isoformat(), _id, _draw.randint(0, 10)])


@pytest.fixture(scope="module")
def mill(tmp_path_factory):
    yield from opened(tmp_path_factory, "mill", {"accounts.csv": BAKERS, "invoices.csv": BILLS, "calls.csv": CALLS, "marks.csv": MARKS})


def value(study, *questions):
    return Runner(study).run("explore", asked(study, *questions)).measures[0].value


def _sum(rows, column, **wanted):
    return sum(row[column] for row in rows[1:] if all(row[int(place[1:])] == said for place, said in wanted.items()))


@pytest.mark.parametrize("question", ["How many credit notes did we issue in 2023?", "How many credit notes in 2023?"])
def test_what_is_counted_of_one_state_is_the_invoices_and_not_who_had_them(mill, question):
    assert value(mill, question) == sum(row[8] == "Credit note" and row[2].startswith("2023") for row in BILLS[1:])


def test_a_state_of_customers_under_the_same_kind_of_header_still_counts_them(mill):
    assert value(mill, "how many sampling accounts?") == sum(row[4] == "Sampling" for row in BAKERS[1:])


@pytest.mark.parametrize("question", ["How much is overdue?", "quel montant est overdue ?"])
def test_how_much_is_of_one_state_is_its_amount(mill, question):
    assert value(mill, question) == pytest.approx(_sum(BILLS, 7, _8="Overdue"))


@pytest.mark.parametrize("question", ["total invoiced net in 2023", "Total net facturé en 2023"])
def test_invoiced_adds_nothing_to_a_column_of_invoices(mill, question):
    assert value(mill, question) == pytest.approx(sum(row[5] for row in BILLS[1:] if row[2].startswith("2023")))


def test_what_was_invoiced_is_added_up(mill):
    assert asked(mill, "invoiced net by year")["measure"] == "sum"


@pytest.mark.parametrize("question", ["which flour sells the most units?", "top 3 flours by units"])
def test_units_are_the_quantity_of_a_line(mill, question):
    arguments = asked(mill, question)
    assert (arguments["measure"], arguments["by"]) == ("quantity", ["Flour"])


@pytest.mark.parametrize("question", ["What is that worth?", "how much is that in pounds?", "et pour quel montant ?"])
def test_what_was_counted_is_told_in_money(mill, question):
    assert value(mill, "How many overdue invoices in 2023?", question) == pytest.approx(sum(row[7] for row in BILLS[1:] if row[8] == "Overdue" and row[2].startswith("2023")))


def test_what_customers_are_worth_is_told_of_those_of_the_turn_before(mill):
    reading = converse(mill, "how many accounts in Devon?", "what are they worth?")[-1]
    assert [dict(step.arguments).get("segment") for step in reading.steps] == [[is_("County", "Devon")]] * 2


@pytest.mark.parametrize("question", ["What share of calls waited more than 24 hours to be answered?", "what percentage of calls took over 24 hours to be answered"])
def test_hours_are_those_of_the_number_counted_in_hours(mill, question):
    assert value(mill, question) == pytest.approx(sum(row[3] > 24 for row in CALLS[1:]) / (len(CALLS) - 1))


@pytest.mark.parametrize(("question", "kept"), [("How many detractors answered in 2024?", lambda mark: mark <= 6), ("combien de promoteurs ont répondu en 2024 ?", lambda mark: mark >= 9)])
def test_those_who_answered_so_are_counted_among_the_answers(mill, question, kept):
    assert value(mill, question) == sum(kept(row[2]) and row[0].startswith("2024") for row in MARKS[1:])


def test_a_header_is_heard_in_the_plural_of_its_last_word(mill, tmp_path_factory):
    """« Deliveries » of a header « Extra Delivery »: named, and not said to be nowhere."""
    extra = [[*row, "Extra Delivery" if place == 0 else _draw.choice(["Yes", "No"])] for place, row in enumerate(BAKERS)]
    for study in opened(tmp_path_factory, "extra", {"accounts.csv": extra, "invoices.csv": BILLS}):
        (reading,) = converse(study, "do extra deliveries make customers leave?")
        assert dict(reading.steps[0].arguments) == {"factor": "Extra Delivery"}


@pytest.mark.parametrize(("header", "question"), [
    ("How did you find us", "revenue by channel"), ("How did you find us", "revenue by how they found us"), ("Where did you hear of us", "revenue by acquisition channel"),
    ("Comment avez-vous entendu parler de nous", "chiffre d'affaires par canal d'acquisition"),
])  # fmt: skip
def test_the_header_that_asks_whence_they_came_is_their_channel(header, question, tmp_path_factory):
    asking = [[*row, header if place == 0 else _draw.choice(["Trade fair", "A friend", "Leaflet"])] for place, row in enumerate(BAKERS)]
    for study in opened(tmp_path_factory, "whence", {"accounts.csv": asking, "invoices.csv": BILLS}):
        assert asked(study, question)["by"] == [header]
        (reading,) = converse(study, "Which channel brings the most loyal customers?")
        assert reading.steps[0].analysis == "acquisition_quality" and dict(reading.steps[0].arguments).get("by") in (header, None)


@pytest.mark.parametrize(("question", "kept"), [("how many calls have a CSAT?", lambda row: row[6] != ""), ("how many calls without a csat", lambda row: row[6] == ""), ("calls with no csat", lambda row: row[6] == "")])
def test_a_note_that_was_given_is_counted(mill, question, kept):
    assert value(mill, question) == sum(map(kept, CALLS[1:]))


def test_one_everyday_word_of_a_line_is_counted_where_nothing_else_was_read(mill):
    assert value(mill, "how many moulds in 2024") == sum(row[4] == "Mould" and row[2].startswith("2024") for row in CALLS[1:])


def test_what_is_counted_is_the_kind_that_is_named_and_not_whose_it_is(mill):
    counties = {row[0]: row[2] for row in BAKERS[1:]}
    assert value(mill, "how many damp sacks from Devon accounts") == sum(row[4] == "Damp sack" and counties[row[1]] == "Devon" for row in CALLS[1:])


def test_the_year_before_is_of_the_same_lines(mill):
    assert value(mill, "How many calls in 2024?", "and the year before?") == sum(row[2].startswith("2023") for row in CALLS[1:])


def test_those_with_no_line_are_some_of_the_customers_of_the_turn_before(mill):
    called = {row[1] for row in CALLS[1:]}
    assert value(mill, "how many accounts in Devon?", "which ones opened no ticket?") == sum(row[2] == "Devon" and row[0] not in called for row in BAKERS[1:])


def test_how_many_of_them_after_a_score_counts_answers(mill):
    counties = {row[0]: row[2] for row in BAKERS[1:]}
    assert value(mill, "NPS of Devon in 2024", "how many of them are detractors?") == sum(row[2] <= 6 and row[0].startswith("2024") and counties[row[1]] == "Devon" for row in MARKS[1:])


@pytest.mark.parametrize("question", ["How many accounts bought it?", "combien de clients l'ont achetee ?"])
def test_what_was_bought_is_the_thing_the_talk_was_of(mill, question):
    assert value(mill, "revenue of Spelt in 2023", question) == len({row[1] for row in BILLS[1:] if row[3] == "Spelt" and row[7] > 0})


def test_a_thing_no_turn_before_was_of_is_asked_for(mill):
    assert converse(mill, "how many accounts in Devon?", "how many customers bought it?")[-1].status == "cannot_answer"
