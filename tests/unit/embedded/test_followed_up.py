"""What a manager types next: reasons after a figure, « et des autres », words that change nothing, periods of departures, blanks of a file."""

import random
from datetime import date, timedelta

import pytest

from analytics.catalog import Runner
from tests.unit.embedded.talks import asked, converse, is_, opened, step

YEAR = {"start": "2024-01-01", "end": "2024-12-31"}


@pytest.fixture(scope="module")
def chain(tmp_path_factory):
    draw = random.Random(31)
    people = [["N° carte", "Nom", "Email", "Connu par"]]
    people += [[f"C{n:03d}", "Martin", f"c{n}@exemple.fr" if n % 4 else "", draw.choice(["Vitrine", "Flyer", "Instagram"])] for n in range(200)]
    lines = [["N° ticket", "Date", "N° carte", "Magasin", "Rayon", "Montant TTC", "Règlement"]]
    for place in range(2400):
        day = date(2022, 1, 3) + timedelta(days=draw.randrange(1090))
        shop = draw.choice(["Annecy", "ANNECY", "Lyon", "Villeurbanne"])
        lines.append([f"T{place}", day.isoformat(), f"C{draw.randrange(200):03d}", shop, draw.choice(["Femme", "Homme"]), draw.randint(10, 90), draw.choice(["CB", "Espèces"])])
    yield from opened(tmp_path_factory, "chain", {"clients.csv": people, "ventes.csv": lines})


@pytest.fixture(scope="module")
def software(tmp_path_factory):
    draw = random.Random(32)
    lines = [["Account", "Plan", "MRR (£)", "Signed up", "Cancelled on", "Source", "Discount"]]
    for place in range(500):
        start, gone = date(2022, 1, 1) + timedelta(days=draw.randrange(1000)), draw.random() < 0.5
        end = start + timedelta(days=draw.randint(30, 500))
        lines.append([
            f"A{place:04d}", draw.choice(["Starter", "Team", "Business"]), draw.choice([29, 149]), start.isoformat(),
            end.isoformat() if gone and end < date(2025, 3, 1) else "", draw.choice(["Referral", "Ads", "Webinar"]), draw.choice(["0%", "10%", "20%"]),
        ])  # fmt: skip
    yield from opened(tmp_path_factory, "software", {"accounts.csv": lines})


@pytest.mark.parametrize(
    ("question", "measure"), [("cb de clients on a perdu ?", "customers"), ("ca par moi", "amount"), ("combien d'achats par CB", "orders")]
)
def test_a_card_and_how_many_are_told_apart(chain, question, measure):
    told = asked(chain, question)
    assert told["measure"] == measure
    assert ("purchase_filter" in told) == ("par CB" in question)


def test_two_spellings_of_one_shop_are_one_condition(chain):
    (told,) = asked(chain, "part de clients perdus à Annecy")["purchase_filter"]
    assert sorted(told["values"]) == ["ANNECY", "Annecy"]
    both = asked(chain, "combien de clients ont acheté à Annecy et Villeurbanne à la fois")["segment"]
    assert [sorted(condition["values"]) for condition in both] == [["ANNECY", "Annecy"], ["Villeurbanne"]]


@pytest.mark.parametrize("why", ["pourquoi ils partent", "why do they leave?"])
def test_why_they_leave_is_asked_whatever_was_said_before(chain, why):
    *_, reasons = converse(chain, "quel rayon rapporte le plus", why)
    assert step(reasons)[0] == "churn_drivers"


def test_why_after_the_channels_is_no_second_telling_of_them(software):
    *_, reasons = converse(software, "churn by source", "why?")
    assert step(reasons)[0] == "churn_drivers"


@pytest.mark.parametrize("others", ["et des autres ?", "and of the others?"])
def test_those_of_the_others_are_turned_round(software, others):
    first, turned = converse(software, "average MRR of lost customers", others)
    assert step(first)[1]["segment"] == [is_("lost", True)]
    assert step(turned)[1]["segment"] == [is_("lost", False)]


def test_words_that_change_nothing_are_not_answered_with_the_same_figure(chain):
    _, late, again = converse(chain, "quel rayon rapporte le plus", "late deliveries?", "montre")
    assert late.status == "cannot_answer" and "late deliveries" in late.sentence.render("en")
    assert step(again)[1]["by"] == ["category"]


def test_what_was_lost_in_a_year_is_of_those_who_left_in_it(software):
    told = asked(software, "MRR lost in 2024")
    assert told["segment"] == [is_("lost_on", YEAR["start"], "between") | {"values": [YEAR["start"], YEAR["end"]]}] and "period" not in told
    found = Runner(software).run("explore", told)
    (whole,) = software.database.row("SELECT sum(monthly_amount) FROM customers WHERE year(lost_on) = 2024")
    assert found.measures[0].value == pytest.approx(float(whole)) and not found.facts  # nobody pays it again over a year


@pytest.mark.parametrize("questions", [("which plan has the most churn in 2024",), ("churn by plan", "and in 2024?")])
def test_departures_of_a_year_by_plan_are_those_of_that_year(software, questions):
    told = asked(software, *questions)
    assert told == {"measure": "lost_rate", "by": ["Plan"], "period": YEAR}


def test_the_rate_of_a_year_by_shop_is_by_the_first_shop(chain):
    assert asked(chain, "taux d'attrition par magasin en 2023")["by"] == ["first_store"]


def test_a_mean_of_percents_is_said_in_percents(software):
    said = Runner(software).run("explore", asked(software, "average discount of Business")).claim.render("en")
    assert "%" in said and "0.1" not in said


@pytest.mark.parametrize(
    ("question", "value"), [("combien de clients sans email", 50), ("how many customers have an email address", 150), ("quelle part des clients n'ont pas d'e-mail ?", 0.25)]
)
def test_customers_without_a_contact_detail_are_counted(chain, question, value):
    found = Runner(chain).run("explore", asked(chain, question))
    assert found.measures[0].value == pytest.approx(value)
    assert asked(chain, question)["table"] == "clients.csv"


def test_another_condition_is_not_lost_among_blanks(chain):
    (reading,) = converse(chain, "combien de clients sans email ont acheté en 2024")
    assert reading.steps == ()


def test_a_split_told_beside_is_not_said_left_out(software):
    (reading,) = converse(software, "our ARR by plan")
    assert "Not taken into account" not in reading.sentence.render("en")


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    draw = random.Random(33)
    shops = [["Magasin", "Surface", "Ouverture"], *([f"M{n}", draw.randint(50, 400), "2019-04-01"] for n in range(6))]
    lines = [["N° ticket", "Date", "Client", "Magasin", "Montant TTC"]]
    for place in range(900):
        day = date(2023, 1, 3) + timedelta(days=draw.randrange(700))
        lines.append([f"T{place}", day.isoformat(), f"C{draw.randrange(150):03d}", f"M{draw.randrange(6)}", draw.randint(10, 90)])
    yield from opened(tmp_path_factory, "places", {"magasins.csv": shops, "ventes.csv": lines})


@pytest.mark.parametrize("question", ["combien de clients avons-nous ?", "chiffre d'affaires"])
def test_what_a_figure_is_split_by_is_no_line_of_a_file_of_that_name(places, question):
    before, split = asked(places, question), asked(places, question, "et par magasin ?")
    assert "table" not in split and split["by"] and split["measure"] == before["measure"]


def test_what_is_left_out_is_said_once(chain):
    reading = converse(chain, "Qui a acheté le plus souvent en 2024 ?", "Pourquoi partent-ils ?")[-1]
    assert reading.steps[0].analysis == "churn_drivers" and reading.left_out is not None
    assert reading.left_out.render("fr").count("la période") == 1


@pytest.mark.parametrize("question", ["Qui paie le plus par mois ?", "Which customers pay the most each month?"])
def test_what_each_pays_a_month_is_no_count_of_customers_by_month(chain, question):
    reading = converse(chain, question)[-1]
    assert reading.status == "clarify" and any("par client" in one.fr or "by customer" in one.en for one in reading.choices), reading
