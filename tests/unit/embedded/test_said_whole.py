"""What a question asks for is kept, or said to be missing: a department, a yes/no column by its family, a talk that goes on, what is not built."""

import random
from datetime import date, timedelta

import pytest

from analytics.catalog import Runner
from analytics.planned import PLANNED
from tests.unit.embedded.talks import asked, converse, is_, opened

_draw = random.Random(18)
_LAST = date(2025, 9, 30)
LINES = [["Ticket No", "Bought On", "Buyer Ref", "Delivery Area", "Dept", "Cust Grp", "Line Total", "Repacked", "Pay Method", "Came From"]]
for _n in range(1600):
    _who = _draw.randrange(260)
    LINES.append([
        f"T{_n:05d}", (date(2023, 1, 1) + timedelta(days=_draw.randrange((_LAST - date(2023, 1, 1)).days + 1))).isoformat(), f"R{_who:04d}", ["North Coast", "Hill Country", "Lakeside"][_who % 3],
        _draw.choice(["Bread", "Cakes", "Coffee"]), ["Cafe", "Home"][_who % 2], round(_draw.uniform(4, 60), 2), _draw.choice(["Y", "N", "N", "N"]), _draw.choice(["Card", "Account"]), ["Market", "Leaflet", "Website"][_who % 3],
    ])  # fmt: skip
MEMBERS = [["Member ID", "Level", "Joined", "Ended", "County", "Tools on Card"]]
for _n in range(320):
    _began = date(2023, 1, 1) + timedelta(days=_draw.randrange(700))
    _gone = _began + timedelta(days=_draw.randint(40, 700)) if _draw.random() < 0.5 else None
    MEMBERS.append([f"M{_n:04d}", _draw.choice(["Basic", "Full"]), _began.isoformat(), _gone.isoformat() if _gone is not None and _gone <= _LAST else "", _draw.choice(["Kent", "Essex", "Devon"]), _draw.randint(0, 3)])
REGIONS = [["id_client", "Région", "Date d'inscription", "Actif"]]
REGIONS += [[f"C{_n:03d}", _draw.choice(["Pays de la Loire", "Bretagne", "Normandie"]), f"2024-0{_draw.randint(1, 9)}-1{_draw.randint(0, 9)}", _draw.choice(["oui", "non"])] for _n in range(200)]


@pytest.fixture(scope="module")
def bakery(tmp_path_factory):
    yield from opened(tmp_path_factory, "bakery", {"tickets.csv": LINES})


@pytest.fixture(scope="module")
def workshop(tmp_path_factory):
    yield from opened(tmp_path_factory, "workshop", {"members.csv": MEMBERS})


@pytest.fixture(scope="module")
def regions(tmp_path_factory):
    yield from opened(tmp_path_factory, "regions", {"clients.csv": REGIONS})


@pytest.mark.parametrize("question", ["revenue by department", "revenue by dept", "top 2 departments by revenue"])
def test_a_department_is_the_column_that_shortens_it_and_no_region(bakery, question):
    assert asked(bakery, question)["by"] == ["category"]


def test_a_french_departement_is_still_a_place(bakery):
    assert asked(bakery, "chiffre d'affaires par département")["by"] == ["Delivery Area"]


def test_a_short_header_is_said_in_full(bakery):
    assert asked(bakery, "number of customers by customer group")["by"] == ["Cust Grp"]


def test_no_department_is_no_region(workshop):
    (reading,) = converse(workshop, "churn rate by department")
    assert reading.status == "cannot_answer" and "department" in reading.sentence.render("en", None)


@pytest.mark.parametrize(
    ("question", "wanted"), [("orders with Repacked = Y", True), ("number of orders where Repacked is N", False), ("nombre de commandes avec Repacked : oui", True), ("how many orders had a repacking?", True), ("number of orders with Repacked yes", True)]
)
def test_a_yes_no_column_is_read_by_its_letter_or_its_family(bakery, question, wanted):
    assert asked(bakery, question)["purchase_filter"] == [is_("Repacked", wanted)]


def test_more_than_one_county_is_the_column_of_counties(workshop):
    assert asked(workshop, "top 2 counties by members") == {"measure": "customers", "by": ["County"], "top": 2}


@pytest.mark.parametrize(
    ("first", "then", "measure"),
    [("what was our revenue in 2024?", "per customer", "amount_per_customer"), ("Nombre de commandes en 2024 ?", "et par client ?", "orders_per_customer"), ("revenue by dept", "and per head?", "amount_per_customer")],
)
def test_a_total_is_divided_by_how_many_they_are(bakery, first, then, measure):
    before, after = (dict(reading.steps[0].arguments) for reading in converse(bakery, first, then))
    assert after == {**before, "measure": measure}


def test_a_condition_on_purchases_is_kept_of_who_made_them(bakery):
    arguments = asked(bakery, "who pays by Account?", "what's their churn rate?")
    assert arguments["segment"] == [is_("Pay Method", "Account")]


def test_a_period_that_a_rate_cannot_keep_is_said(bakery):
    reading = converse(bakery, "How many customers bought in 2024?", "what's their churn rate?")[-1]
    assert "the period" in reading.sentence.render("en", None)


@pytest.mark.parametrize("first", ["revenue by courier", "zorglub frumble"])
def test_their_rate_is_of_nobody_where_nobody_was_told(bakery, first):
    assert converse(bakery, first, "what's their churn rate?")[-1].status == "cannot_answer"


@pytest.mark.parametrize(("first", "then", "measure"), [("bread in Lakeside 2024", "revenue", "amount"), ("bread in Lakeside 2024", "number of customers", "customers"), ("Bread à Lakeside en 2024", "le chiffre d'affaires", "amount")])
def test_the_answer_to_a_question_back_keeps_what_was_known(bakery, first, then, measure):
    back, after = converse(bakery, first, then)
    assert back.status == "clarify"
    arguments = dict(after.steps[0].arguments)
    assert arguments["measure"] == measure and arguments["period"]["start"] == "2024-01-01"
    assert {condition["values"][0] for key in ("segment", "purchase_filter") for condition in arguments.get(key, ())} == {"Bread", "Lakeside"}


@pytest.mark.parametrize("question", ["who is likely to leave among our best customers", "Qui va partir parmi nos meilleurs clients ?", "why did our biggest customers leave?"])
def test_the_best_customers_are_said_to_be_left_out_where_departures_are_told(bakery, question):
    (reading,) = converse(bakery, question)
    assert any(word in reading.sentence.render("en", None) for word in ("best customers", "meilleurs clients", "biggest customers"))


@pytest.mark.parametrize("question", ["monthly churn rate in 2024", "taux de départ par mois en 2024"])
def test_a_rate_by_month_is_of_the_year_asked(workshop, question):
    arguments = asked(workshop, question)
    assert (arguments["measure"], arguments["by"], arguments["period"]["start"]) == ("lost_rate", ["month"], "2024-01-01")
    found = Runner(workshop).run("explore", arguments)
    assert [row[0].month for row in found.table.rows] == list(range(1, 13))
    assert all(row[0].year == 2024 for row in found.table.rows)


def test_new_and_lost_are_told_side_by_side(workshop):
    (reading,) = converse(workshop, "new vs lost members per month in 2024")
    assert [(step.arguments["measure"], step.arguments["by"]) for step in reading.steps] == [("new_customers", ["month"]), ("lost_customers", ["month"])]


@pytest.mark.parametrize("question", ["does having tools on card make them leave", "new members by month in 2024", "which members stay the longest?"])
def test_members_are_no_loyalty_programme_where_they_are_the_customers(workshop, question):
    assert all(step.analysis != "loyalty_programme" for reading in converse(workshop, question) for step in reading.steps)


@pytest.mark.parametrize("question", ["how old are our members", "Quel âge ont nos clients ?"])
def test_an_age_no_column_tells_is_no_number_of_customers(workshop, question):
    (reading,) = converse(workshop, question)
    assert (reading.status, reading.steps) == ("cannot_answer", ())


@pytest.mark.parametrize("question", ["how many members will leave next month?", "Combien de clients vont partir le mois prochain ?"])
def test_departures_to_come_are_those_expected_and_not_those_past(workshop, question):
    (reading,) = converse(workshop, question)
    assert reading.steps[0].analysis == "at_risk"
    assert any(said in reading.sentence.render("en", None) for said in ("next month", "mois prochain"))


@pytest.mark.parametrize("question", ["cost of acquisition by channel", "Coût d'acquisition par canal"])
def test_a_cost_no_file_tells_is_said_to_be_missing(bakery, question):
    (reading,) = converse(bakery, question)
    assert (reading.status, reading.steps) == ("cannot_answer", ())


@pytest.mark.parametrize("question", ["did the July 2024 price increase make people leave?", "La hausse des prix de juillet 2024 a-t-elle fait partir des clients ?"])
def test_what_touched_everybody_on_one_day_is_accused_of_nothing(bakery, question):
    (reading,) = converse(bakery, question)
    assert reading.status == "cannot_answer" and len(reading.choices) == 2
    assert "2024" in reading.sentence.render("en", None)


@pytest.mark.parametrize(("question", "wanting"), [("which courier is the slowest", "courier"), ("Quel transporteur est le plus lent ?", "transporteur"), ("gift shop sales", "gift shop")])
def test_the_column_a_question_would_need_is_named(bakery, question, wanting):
    (reading,) = converse(bakery, question)
    assert reading.status == "cannot_answer" and wanting in reading.sentence.render("en", None)


@pytest.mark.parametrize("analysis", [one.name for one in PLANNED])
def test_what_is_not_built_asks_for_no_file(bakery, analysis):
    said = Runner(bakery).run(analysis)
    assert said.missing == "planned"
    assert "Ajoutez" not in said.would_unlock.render("fr") and "Add" not in said.would_unlock.render("en")


@pytest.mark.parametrize("question", ["Combien de clients de la Loire ?", "clients de la Loire"])
def test_a_departement_is_not_half_the_name_of_a_region(regions, question):
    (reading,) = converse(regions, question)
    assert not reading.steps


def test_a_region_said_whole_is_that_region(regions):
    assert asked(regions, "Combien de clients en Pays de la Loire ?")["segment"] == [is_("Région", "Pays de la Loire")]


def test_names_are_no_number_by_customer(workshop):
    reading = converse(workshop, "list of members in Kent")[-1]
    assert reading.steps[0].arguments["by"] == ["customer_id"]
    assert "by customer" not in reading.sentence.render("en", None)
    assert "by customer" not in Runner(workshop).run("explore", dict(reading.steps[0].arguments)).claim.render("en").lower()
