"""The day of a first or of a last one, and the days the files cover: asked in both languages, checked on what was written in the files."""

from datetime import date

import pytest

from analytics.catalog import Runner
from assistant.embedded.planner import EmbeddedPlanner
from assistant.planner import Dialogue
from tests.unit.embedded.talks import study_of

LESSONS = [
    ["booking", "rider", "booked_on", "price", "horse", "yard", "state"],
    ["B1", "R-07", "2023-02-11", 45, "Comet", "North", "done"],
    ["B2", "R-08", "2023-03-02", 45, "Willow", "South", "done"],
    ["B3", "R-07", "2023-05-19", 50, "Willow", "North", "done"],
    ["B4", "R-09", "2024-01-08", 50, "Comet", "South", "done"],
    ["B5", "R-08", "2024-06-30", 50, "Comet", "South", "done"],
    ["B6", "R-10", "2024-07-21", 50, "Willow", "North", "cancelled"],
]
FALLS = [["incident", "rider", "reported_on", "subject"], ["I1", "R-07", "2023-06-02", "fall"], ["I2", "R-08", "2024-05-05", "tack broken"]]


@pytest.fixture(scope="module")
def stable(tmp_path_factory):
    study = study_of(tmp_path_factory.mktemp("stable"), {"lessons.csv": LESSONS, "incidents.csv": FALLS})
    yield study
    study.database.close()


def answered(study, question, language, *before):
    planner, dialogue = EmbeddedPlanner(), Dialogue(tuple(before))
    reading = planner.read(question, language, dialogue, study)
    assert reading.status == "answered", (question, reading)
    return Runner(study).run(reading.steps[0].analysis, reading.steps[0].arguments)


@pytest.mark.parametrize(("question", "language", "first", "last"), [
    ("When was the first purchase?", "en", date(2023, 2, 11), date(2024, 6, 30)),
    ("What is the date of the latest order?", "en", date(2023, 2, 11), date(2024, 6, 30)),
    ("last order date", "en", date(2023, 2, 11), date(2024, 6, 30)),
    ("De quand date la dernière commande ?", "fr", date(2023, 2, 11), date(2024, 6, 30)),
    ("À quelle date a eu lieu le tout premier achat ?", "fr", date(2023, 2, 11), date(2024, 6, 30)),
    ("When was the last order in the South yard?", "en", date(2023, 3, 2), date(2024, 6, 30)),
    ("Quand avons-nous vendu Willow pour la dernière fois ?", "fr", date(2023, 3, 2), date(2023, 5, 19)),
    ("When did customer r-07 last buy?", "en", date(2023, 2, 11), date(2023, 5, 19)),
    ("Quand le client R-07 a-t-il réservé pour la dernière fois ?", "fr", date(2023, 2, 11), date(2023, 5, 19)),
    ("quand est venue la cliente R-08 pour la première fois", "fr", date(2023, 3, 2), date(2024, 6, 30)),
    ("Date de la première et de la dernière commande du client R-07", "fr", date(2023, 2, 11), date(2023, 5, 19)),
    ("Date de la première commande de 2024", "fr", date(2024, 1, 8), date(2024, 6, 30)),
    ("When was the last incident?", "en", date(2023, 6, 2), date(2024, 5, 5)),
])  # fmt: skip
def test_the_day_of_a_first_and_of_a_last_one(stable, question, language, first, last):
    found = answered(stable, question, language)
    assert (found.items[0]["first"], found.items[0]["last"]) == (first, last)


def test_each_group_has_its_own_days(stable):
    found = answered(stable, "When was the last order by yard?", "en")
    assert {row["yard"]: (row["first"], row["last"]) for row in found.items} == {
        "North": (date(2023, 2, 11), date(2023, 5, 19)), "South": (date(2023, 3, 2), date(2024, 6, 30)),
    }  # fmt: skip


@pytest.mark.parametrize(("question", "language"), [
    ("What period do the files cover?", "en"), ("How far back does my data go?", "en"),
    ("Quelle période couvrent mes fichiers ?", "fr"), ("Jusqu'à quand vont les données ?", "fr"), ("periode couverte", "fr"),
])  # fmt: skip
def test_the_days_the_files_cover(stable, question, language):
    found = answered(stable, question, language)
    told = {row["file"]: (row["first"], row["last"], row["n"]) for row in found.items}
    assert told == {"lessons.csv": (date(2023, 2, 11), date(2024, 7, 21), 6), "incidents.csv": (date(2023, 6, 2), date(2024, 5, 5), 2)}


@pytest.mark.parametrize(("question", "language"), [
    ("How many orders last year?", "en"), ("Combien de commandes le mois dernier ?", "fr"), ("Quel est le chiffre d'affaires du dernier trimestre ?", "fr"),
    ("When do customers usually leave?", "en"), ("What is the average basket of the first order?", "en"), ("Clients dont la dernière commande est de 2023", "fr"),
])  # fmt: skip
def test_other_questions_are_asked_for_no_day(stable, question, language):
    reading = EmbeddedPlanner().read(question, language, Dialogue(()), stable)
    assert not any("edge" in step.arguments or "days" in step.arguments for step in reading.steps)


@pytest.mark.parametrize(("question", "language", "value"), [
    ("Combien a dépensé le client R-08 ?", "fr", 95), ("How much did customer R-07 spend?", "en", 95), ("How many orders has customer R-07 placed?", "en", 2),
])  # fmt: skip
def test_a_figure_of_one_customer(stable, question, language, value):
    assert answered(stable, question, language).measures[0].value == value


def test_nobody_of_that_number_is_given_no_figure(stable):
    reading = EmbeddedPlanner().read("How much did customer R-99 spend?", "en", Dialogue(()), stable)
    assert all(step.analysis != "explore" for step in reading.steps)


@pytest.fixture(scope="module")
def pottery(tmp_path_factory):
    """A workshop that knows its members, and sells at a till that asks nobody's name."""
    members = [["id", "member", "joined", "standing"], *([n, f"Name{n}", f"20{22 + n % 3}-0{1 + n % 9}-11", "left" if n % 4 == 0 else "active"] for n in range(1, 201))]
    till = [["id", "date", "amount", "craft"], *([n, f"2024-{1 + n % 12:02d}-{1 + n % 28:02d}", 10 + n % 5, "glaze" if n % 3 else "clay"] for n in range(1, 601))]
    study = study_of(tmp_path_factory.mktemp("pottery"), {"members.csv": members, "till.csv": till})
    yield study
    study.database.close()


SOLD = [(10 + n % 5, "glaze" if n % 3 else "clay") for n in range(1, 601)]


@pytest.mark.parametrize(("question", "language", "value"), [
    ("What is the revenue?", "en", sum(paid for paid, _ in SOLD)), ("Quel est le chiffre d'affaires de clay ?", "fr", sum(paid for paid, craft in SOLD if craft == "clay")),
    ("How many orders did we have?", "en", 600), ("Quel est le panier moyen ?", "fr", sum(paid for paid, _ in SOLD) / 600),
])  # fmt: skip
def test_what_was_sold_to_nobody_known_is_told(pottery, question, language, value):
    found = answered(pottery, question, language)
    assert found.measures[0].value == pytest.approx(value)
    assert any("names its customer" in caveat.render("en") for caveat in found.caveats)


def test_nothing_is_told_of_each_customer_by_sales_that_name_none(pottery):
    assert answered(pottery, "Average spend per customer?", "en").missing == "purchase_date"
    assert answered(pottery, "How many customers do we have?", "en").measures[0].value == 200
    assert "none of these sales names its customer" in Runner(pottery).run("money_definition").claim.render("en")


@pytest.mark.parametrize(("question", "language"), [
    ("Did the January 2024 price increase cost us customers?", "en"), ("La hausse de tarif de mars 2024 a-t-elle fait partir des clients ?", "fr"),
    ("Is the yard closure of summer 2023 the cause of departures?", "en"), ("est ce que le déménagement en juin 2024 nous a fait perdre des clients", "fr"),
])  # fmt: skip
def test_of_a_change_that_everybody_lived_nothing_is_said_but_that(stable, question, language):
    reading = EmbeddedPlanner().read(question, language, Dialogue(()), stable)
    assert reading.status == "cannot_answer" and "touches everybody on one day" in reading.sentence.render("en") and len(reading.choices) == 2


@pytest.mark.parametrize(("question", "language"), [("How many customers did we lose in March 2024?", "en"), ("Le taux de départ a-t-il augmenté en 2024 ?", "fr")])
def test_departures_of_a_period_are_no_change(stable, question, language):
    reading = EmbeddedPlanner().read(question, language, Dialogue(()), stable)
    assert "touches everybody" not in reading.sentence.render("en")


@pytest.fixture(scope="module")
def choir(tmp_path_factory):
    """Members who joined and left until June, and fees due until the autumn after; one was typed in a year that is far."""
    members = [["member_no", "voice", "joined_on", "left_on"], *([f"V{n:03d}", "alto" if n % 2 else "bass", f"2023-{1 + n % 12:02d}-05", f"2025-0{1 + n % 6}-17" if n % 3 == 0 else ""] for n in range(240))]
    fees = [["fee_no", "member_no", "due_on", "sum_due"], *([f"F{n}", f"V{n % 240:03d}", f"2025-{1 + n % 11:02d}-12", 30] for n in range(900)), ["F900", "V001", "2087-01-12", 30]]
    study = study_of(tmp_path_factory.mktemp("choir"), {"members.csv": members, "fees.csv": fees})
    yield study
    study.database.close()


def test_lines_after_the_day_customers_are_looked_at_are_told_and_slips_are_not(choir):
    found = answered(choir, "When was the last fee?", "en")
    assert (found.items[0]["first"], found.items[0]["last"]) == (date(2025, 1, 12), date(2025, 11, 12))
    covered = {row["file"]: row["last"] for row in answered(choir, "What period do the files cover?", "en").items}
    assert covered["fees.csv"] == date(2025, 11, 12)


@pytest.fixture(scope="module")
def allotments(tmp_path_factory):
    """Plots let by the year; the rise of a January was put to some of them only, which a column says."""
    plots = [["tenant_no", "site", "began_on", "ended_on", "Rise applied", "Rent list"],
             *([f"T{n:03d}", ("Hill", "Brook")[n % 2], f"2022-{1 + n % 12:02d}-03", f"2024-{1 + n % 12:02d}-20" if n % 3 == 0 else "", ("yes", "no")[n % 4 > 0], ("A", "B", "C", "D")[n % 4]] for n in range(300))]  # fmt: skip
    study = study_of(tmp_path_factory.mktemp("allotments"), {"plots.csv": plots})
    yield study
    study.database.close()


@pytest.mark.parametrize("question", ["Did the rise applied in January 2024 make tenants leave?", "is it because of the rise applied?"])
def test_a_column_that_says_who_lived_it_answers(allotments, question):
    reading = EmbeddedPlanner().read(question, "en", Dialogue(()), allotments)
    assert [(step.analysis, step.arguments["factor"]) for step in reading.steps] == [("churn_drivers", "Rise applied")]


@pytest.mark.parametrize(("question", "language"), [
    ("What caused the increase in departures in 2024?", "en"), ("Pourquoi cette hausse des départs en 2024 ?", "fr"), ("How did churn change in 2024?", "en"),
])  # fmt: skip
def test_a_change_of_departures_themselves_is_no_event(allotments, question, language):
    reading = EmbeddedPlanner().read(question, language, Dialogue(()), allotments)
    assert "touches everybody" not in reading.sentence.render("en")


def test_the_lines_of_one_customer_are_those_of_that_one(choir):
    found = answered(choir, "When were the first and last fee of member V002?", "en")
    assert (found.items[0]["first"], found.items[0]["last"]) == (date(2025, 1, 12), date(2025, 10, 12))
