"""Horses at livery: come and gone by the house's own verb, a monthly fee that no purchase multiplies, a total that no period narrows."""

import random
from datetime import date, timedelta

import pytest

from analytics.catalog import Runner
from tests.unit.embedded.talks import converse, opened

HEADS = ["Rider ID", "Yard", "Board type", "Move-In", "Move-Out", "Current Fee", "Autopay", "Stable size", "Shares", "Total Payments"]


@pytest.fixture(scope="module")
def livery(tmp_path_factory):
    draw = random.Random(21)
    riders, bills, notes = [HEADS], [["Bill #", "Rider ID", "Posted", "Type", "Amount"]], [["Case ID", "Rider name", "Created", "Subject", "Resolved"]]
    for place in range(420):
        came = date(2023, 2, 1) + timedelta(days=draw.randrange(900))
        left = came + timedelta(days=draw.randint(40, 500)) if draw.random() < 0.45 else None
        left = left if left is not None and left < date(2026, 5, 1) else None
        fee, owner = draw.choice([180, 240, 310]), f"H{place:04d}"
        day, paid = came, 0
        while day < (left or date(2026, 5, 31)):
            bills.append([len(bills), owner, day.isoformat(), "Board", fee])
            if draw.random() < 0.1:
                bills.append([len(bills), owner, day.isoformat(), "Farrier", 45])
            day, paid = day + timedelta(days=30), paid + 1
        riders.append([
            owner, draw.choice(["Hay Lane", "Brook End"]), draw.choice(["Long day board", "Half board", "Full board"]), came.isoformat(),
            left.isoformat() if left else "", fee, draw.choice(["Y", "N"]), draw.choice(["10x12", "12x12"]), draw.randint(1, 3), paid,
        ])  # fmt: skip
        if place % 2:
            notes.append([place, f"Rider Family {place}", (came + timedelta(days=9)).isoformat(), draw.choice(["Mud", "Lost rug"]), draw.choice(["yes", "no"])])
    files = {"riders.csv": [[*one, "Name" if at == 0 else f"Rider Family {at - 1}"] for at, one in enumerate(riders)], "bills.csv": bills, "complaints.csv": notes}
    yield from opened(tmp_path_factory, "livery", files)


def asked(study, *questions):
    step = converse(study, *questions)[-1].steps[0]
    return step.analysis, dict(step.arguments)


@pytest.mark.parametrize(("question", "measure"), [
    ("How many riders moved out in 2025?", "lost_customers"), ("move-outs in 2025", "lost_customers"),
    ("How many move-ins did we have in 2025?", "new_customers"), ("How many riders moved in in 2024?", "new_customers"),
])  # fmt: skip
def test_the_verb_of_the_files_says_who_left_and_who_came(livery, question, measure):
    analysis, arguments = asked(livery, question)
    assert (analysis, arguments["measure"]) == ("explore", measure)
    assert "segment" not in arguments


@pytest.mark.parametrize("question", ["How much did we bill in 2025?", "How much money did we collect in 2025?"])
def test_what_was_collected_in_a_year_is_no_monthly_fee(livery, question):
    analysis, arguments = asked(livery, question)
    assert (analysis, arguments["measure"]) == ("explore", "amount")


def test_a_kind_of_bill_is_its_own_money(livery):
    _, arguments = asked(livery, "How much did we bill in farrier in 2025?")
    assert arguments["measure"] == "amount"
    assert arguments["purchase_filter"] == [{"field": "Type", "operator": "=", "values": ["Farrier"]}]


@pytest.mark.parametrize("question", ["Average monthly fee of active riders", "What is our monthly recurring revenue?"])
def test_a_monthly_fee_is_split_by_no_month(livery, question):
    _, arguments = asked(livery, question)
    assert arguments["column"] == "Current Fee" and "by" not in arguments


def test_a_fee_is_counted_once_of_each_owner_however_many_bills(livery):
    expected = livery.database.row("SELECT sum(monthly_amount) FROM customers c WHERE customer_key IN (SELECT customer_key FROM purchases WHERE day BETWEEN '2025-01-01' AND '2025-12-31')")[0]
    column = next(one.name for one in livery.attributes if one.name == "Current Fee")
    finding = Runner(livery).run("explore", {"measure": "sum", "column": column, "period": {"start": "2025-01-01", "end": "2025-12-31"}})
    assert finding.measures[0].value == pytest.approx(float(expected))


def test_a_share_of_the_active_is_of_those_still_here(livery):
    _, arguments = asked(livery, "What share of our active riders are on autopay?")
    assert arguments["segment"] == [{"field": "lost", "operator": "=", "values": [False]}] and len(arguments["part"]) == 1
    _, arguments = asked(livery, "What share of riders on autopay are still active?")
    assert arguments["part"] == [{"field": "lost", "operator": "=", "values": [False]}] and len(arguments["segment"]) == 1


def test_a_length_is_no_kind_of_board(livery):
    analysis, arguments = asked(livery, "How long does a rider stay?")
    assert analysis == "leak_points" and "segment" not in arguments


@pytest.mark.parametrize("question", ["What is the median length of stay?", "rider lifetime", "What percentage of riders are still here after 12 months?"])
def test_how_long_they_stay_is_told_in_other_words(livery, question):
    analysis, arguments = asked(livery, question)
    assert analysis == "leak_points" and arguments["lasting"]


def test_the_season_of_leaving_and_of_trade(livery):
    assert asked(livery, "Is there a season for move-outs?") == ("churn_rate", {"period": "month"})
    assert asked(livery, "Are departures seasonal?") == ("churn_rate", {"period": "month"})
    _, arguments = asked(livery, "Is our business seasonal?")
    assert (arguments["measure"], arguments["by"]) == ("amount", ["month"])


def test_worse_this_year_is_told_by_the_trend(livery):
    assert asked(livery, "Did churn get worse this year?") == ("churn_rate", {})
    assert asked(livery, "L'attrition s'aggrave-t-elle cette année ?") == ("churn_rate", {})


def test_worse_than_the_others_sets_them_side_by_side(livery):
    reading = converse(livery, "Is Hay Lane really worse than the other yards?")[-1]
    assert {step.analysis for step in reading.steps} <= {"churn_rate", "explore"} and reading.status == "answered"
    assert any("Hay Lane" in str(step.arguments) or step.arguments.get("by") for step in reading.steps)


def test_lines_told_by_name_are_split_by_what_the_list_says(livery):
    finding = Runner(livery).run("explore", {"measure": "records", "table": "complaints.csv", "by": ["Yard"]})
    assert {row[0] for row in finding.table.rows} == {"Hay Lane", "Brook End"}


@pytest.mark.parametrize("question", ["Which riders made the most complaints?", "riders with the most complaints"])
def test_who_wrote_most_is_named_and_no_order_is_counted(livery, question):
    _, arguments = asked(livery, question)
    assert arguments["by"] == ["customer_id"]
    assert arguments.get("table") == "complaints.csv" or (arguments["measure"], arguments["column"]) == ("sum", "complaints")


def test_the_commonest_subject_splits_the_lines(livery):
    _, arguments = asked(livery, "What are the most common complaint subjects?")
    assert (arguments["measure"], arguments["by"], arguments["table"]) == ("records", ["Subject"], "complaints.csv")


@pytest.mark.parametrize("question", ["Which customers placed the most orders?", "customers with the most orders", "Quels clients ont passé le plus de commandes ?"])
def test_who_ordered_most_is_named(shop, question):
    _, arguments = asked(shop, question)
    assert (arguments["measure"], arguments["by"]) == ("orders", ["customer_id"])


@pytest.mark.parametrize("question", ["How many new customers did we win in 2023?", "How many new customers did we gain in 2023?"])
def test_customers_won_are_new(shop, question):
    _, arguments = asked(shop, question)
    assert arguments["measure"] == "new_customers"


@pytest.mark.parametrize("question", ["Are test accounts counted?", "Are there any dummy customers?", "Les comptes de test sont-ils comptés ?"])
def test_accounts_of_tests_are_a_matter_of_the_files(shop, question):
    assert asked(shop, question)[0] == "data_health"


def test_their_own_tutor_is_of_the_customers_named_not_of_those_before(livery):
    reading = converse(livery, "Top 10 riders by total paid", "How many riders lost their groom?")[-1]
    assert not any(step.arguments.get("by") == ["customer_id"] or step.arguments.get("segment") == [{"field": "lost", "operator": "=", "values": [True]}] for step in reading.steps)


def test_a_column_called_so_comes_before_one_of_that_role(tmp_path_factory):
    draw = random.Random(31)
    people = [["Member ID", "Service type", "Region"], *([f"M{n:04d}", draw.choice(["Day care", "After school"]), draw.choice(["North", "South"])] for n in range(200))]
    pays = [["id", "Member ID", "Plan", "Monthly fee", "Start date", "Status"], *(
        [f"S{n:04d}", f"M{n:04d}", draw.choice(["Bronze", "Silver"]), draw.choice([20, 35]), f"2024-0{1 + n % 9}-11", draw.choice(["active", "active", "cancelled"])] for n in range(200)
    )]  # fmt: skip
    for study in opened(tmp_path_factory, "nursery", {"members.csv": people, "subscriptions.csv": pays}):
        assert asked(study, "MRR by plan")[1]["by"] == ["Plan"]
        assert asked(study, "members by service type")[1]["by"] == ["Service type"]


@pytest.mark.parametrize("question", ["Tell me about player H0012", "Tell me about customer H0012", "Parlez-moi du joueur H0012"])
def test_one_of_them_is_known_by_the_house_s_word(livery, question):
    assert asked(livery, question) == ("customer_story", {"customer": "H0012"})


@pytest.mark.parametrize("question", ["Show riders by yard", "Show me our riders by yard", "Montre-moi les clients par Yard"])
def test_people_shown_by_something_are_counted(livery, question):
    _, arguments = asked(livery, question)
    assert (arguments["measure"], arguments["by"]) == ("customers", ["Yard"])
