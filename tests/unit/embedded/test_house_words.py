"""Questions in the words of the house: guests and stays, members, requests; sideways and strategic ones; read on small invented files."""

import random
from datetime import date, timedelta

import pytest

from assistant.embedded.advice import asks_advice
from assistant.embedded.indirect import hinted
from assistant.embedded.periods import beside, find_periods
from assistant.embedded.text import plain
from tests.unit.embedded.talks import converse, is_, opened


@pytest.fixture(scope="module")
def hotel(tmp_path_factory):
    draw = random.Random(3)
    lines = [["booking_ref", "guest_id", "country", "check_in", "nights", "room_type", "channel", "breakfast", "total_amount", "cancelled"]]
    for place in range(1200):
        day = date(2024, 1, 1) + timedelta(days=draw.randrange(1000))
        lines.append([
            f"BK{place:05d}", f"G{draw.randrange(260):04d}", draw.choice(["France", "Spain"]), day.isoformat(), draw.randint(1, 7),
            draw.choice(["Standard", "Suite"]), draw.choice(["Booking.com", "Direct", "Phone"]), draw.choice(["yes", "no"]),
            round(draw.uniform(60, 900), 2), draw.choice(["yes", "no", "no"]),
        ])  # fmt: skip
    yield from opened(tmp_path_factory, "hotel", {"stays.csv": lines})


@pytest.fixture(scope="module")
def gym(tmp_path_factory):
    draw = random.Random(5)
    lines = [["id_membre", "sexe", "age", "salle", "formule", "date_inscription", "parraine", "visites_par_mois", "prix_mensuel",
              "date_resiliation", "motif_resiliation"]]  # fmt: skip
    tickets = [["id_reclamation", "id_membre", "date_reclamation", "objet", "date_reponse"]]
    for place in range(700):
        start = date(2023, 1, 1) + timedelta(days=draw.randrange(1000))
        gone = draw.random() < 0.4
        lines.append([
            place + 1, draw.choice(["F", "H"]), draw.randint(16, 75), draw.choice(["Annecy", "Grenoble"]), draw.choice(["Basique", "Premium", "Premium Duo"]),
            start.isoformat(), draw.choice(["oui", "non"]), draw.randint(0, 15), draw.choice([19.9, 29.9]),
            (start + timedelta(days=draw.randint(30, 300))).isoformat() if gone else "", draw.choice(["Prix", "Horaires"]) if gone else "",
        ])  # fmt: skip
        if place % 2:
            day = date(2025, 1, 1) + timedelta(days=draw.randrange(300))
            tickets.append([place, draw.randint(1, 700), day.isoformat(), draw.choice(["Vestiaire", "Facture"]), (day + timedelta(days=4)).isoformat() if place % 3 else ""])
    yield from opened(tmp_path_factory, "gym", {"membres.csv": lines, "reclamations.csv": tickets})


@pytest.fixture(scope="module")
def bank(tmp_path_factory):
    draw = random.Random(9)
    lines = [["CustomerNumber", "Gender", "Age", "Region", "ProductsHeld", "HasCreditCard", "ActiveMember", "annual_fee", "Exited"]]
    for place in range(500):
        lines.append([
            15000 + place, draw.choice(["Male", "Female"]), draw.randint(18, 80), draw.choice(["Wales", "London"]), draw.randint(1, 4),
            draw.choice(["Yes", "No"]), draw.choice(["Yes", "No"]), draw.choice([30, 60]), draw.choice(["Yes", "No", "No"]),
        ])  # fmt: skip
    cases = [["case_id", "CustomerNumber", "created", "severity", "stars"]]
    for place in range(300):
        day = date(2025, 1, 1) + timedelta(days=draw.randrange(300))
        cases.append([place, 15000 + draw.randrange(500), day.isoformat(), draw.choice(["P1", "P2"]), draw.randint(1, 5)])
    yield from opened(tmp_path_factory, "bank", {"bank_customers.csv": lines, "support_cases.csv": cases})


def asked(study, *questions):
    """The analysis and the arguments of the last question of a conversation."""
    step = converse(study, *questions)[-1].steps[0]
    return step.analysis, dict(step.arguments)


@pytest.mark.parametrize(
    ("question", "measure"),
    [
        ("how many bookings did we have in 2025?", "orders"),
        ("combien de séjours en 2025 ?", "orders"),
        ("average spend per stay for suites", "average_basket"),
        ("number of nights sold per month in 2026", "quantity"),
        ("average length of stay", "quantity_per_order"),
    ],
)
def test_stays_are_orders_and_nights_are_quantities(hotel, question, measure):
    assert asked(hotel, question)[1]["measure"] == measure


def test_guests_are_customers(hotel):
    assert asked(hotel, "how many guests came more than 3 times") == ("explore", {"measure": "customers", "segment": [is_("orders", 3, ">")]})


def test_a_value_that_holds_a_house_word_stays_a_value(hotel):
    found = asked(hotel, "compare direct and booking.com revenue in 2025")[1]
    assert (found["measure"], found["by"]) == ("amount", ["sale_channel"])


def test_a_rate_of_a_yes_or_no_column_is_of_its_lines(hotel):
    found = asked(hotel, "cancellation rate by channel")[1]
    assert (found["measure"], found["by"], found["part"], found["table"]) == ("share_records", ["channel"], [is_("cancelled", True)], "stays.csv")


def test_a_share_of_those_with_a_yes(hotel):
    found = asked(hotel, "what share of stays include breakfast")[1]
    assert (found["measure"], found["part"]) == ("share_orders", [is_("breakfast", True)])


def test_the_first_channel_is_asked_of_who_became_loyal(hotel):
    assert asked(hotel, "which channel brings the most loyal guests?") == ("acquisition_quality", {"by": "first_channel"})


@pytest.mark.parametrize("question", ["what share of revenue do our top 10 guests bring?", "quelle part du CA font nos 10 premiers clients ?"])
def test_what_the_largest_customers_make_of_the_whole(hotel, question):
    assert asked(hotel, question)[1] == {"measure": "share_amount", "by": ["customer_id"], "top": 10}


def test_their_share_follows_a_ranking(hotel):
    assert asked(hotel, "nos 10 plus gros clients", "quelle part du CA font-ils ?")[1] == {"measure": "share_amount", "by": ["customer_id"], "top": 10}


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("combien de clients n'ont rien réservé depuis 6 mois ?", 183),
        ("how many guests haven't come for 90 days?", 90),
        ("quels clients ne sont pas venus depuis un an ?", 365),
    ],
)
def test_silence_is_counted_in_days(hotel, question, days):
    assert asked(hotel, question)[1]["segment"] == [is_("recency_days", days, ">")]


def test_which_customers_asks_for_their_names(hotel):
    assert asked(hotel, "quels clients ne sont pas venus depuis un an ?")[1]["by"] == ["customer_id"]


def test_the_same_days_a_year_before(hotel):
    found = asked(hotel, "le CA du dernier trimestre par rapport au même trimestre l'an dernier")[1]
    assert date.fromisoformat(found["compare"]["start"]).year == date.fromisoformat(found["period"]["start"]).year - 1
    assert found["compare"]["start"][5:] == found["period"]["start"][5:]


def test_a_month_of_last_year_and_the_mark_of_a_year_before():
    (period,) = find_periods(plain("le CA d'octobre de l'an dernier"), date(2026, 10, 30))
    assert (period.start, period.end) == (date(2025, 10, 1), date(2025, 10, 31))
    named, before = beside(find_periods(plain("revenue in october compared with the same month last year"), date(2026, 11, 2)))
    assert named[0].start == date(2026, 10, 1) and before.start == date(2025, 10, 1) and before.end == date(2025, 10, 31)


def test_no_period_is_compared_with_when_values_are(hotel):
    found = asked(hotel, "suite vs standard revenue this year")[1]
    assert "compare" not in found and "period" in found and found["by"] == ["category"]


def test_per_order_is_no_split_by_number_of_orders(hotel):
    assert "by" not in asked(hotel, "average number of nights per booking")[1]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("les parrainés restent-ils plus ?", {"by": "parraine"}),
        ("combien de parrainés ?", {"measure": "customers", "segment": [is_("parraine", True)]}),
        ("principaux motifs de départ à Annecy", {"measure": "customers", "by": ["motif_resiliation"], "segment": [is_("lost", True), is_("salle", "Annecy")]}),
        ("nombre de visites par mois en moyenne selon la salle", {"measure": "mean", "column": "visites_par_mois", "by": ["salle"]}),
        ("combien de membres viennent moins de 3 fois par mois ?", {"measure": "customers", "segment": [is_("visites_par_mois", 3, "<")]}),
        ("âge moyen des membres premium", {"measure": "mean", "column": "age", "segment": [is_("formule", "Premium")]}),
        ("combien de membres avons-nous encore ?", {"measure": "customers", "segment": [is_("lost", False)]}),
        ("part des femmes à Annecy", {"measure": "share_customers", "part": [is_("sexe", "F")], "segment": [is_("salle", "Annecy")]}),
    ],
)  # fmt: skip
def test_members(gym, question, expected):
    assert asked(gym, question)[1] == expected


def test_a_number_sets_some_beside_all_the_others(gym):
    (reading,) = converse(gym, "les plus de 60 ans partent-ils moins ?")
    assert [step.arguments["segment"] for step in reading.steps] == [[is_("age", 60, ">")], [is_("age", 60, "<=")]]


def test_those_just_counted_are_kept(gym):
    assert asked(gym, "combien de membres viennent moins de 3 fois par mois ?", "taux de départ de ceux-là")[1] == {
        "segment": [is_("visites_par_mois", 3, "<")]
    }


def test_a_question_with_a_subject_of_its_own_keeps_nothing(gym):
    assert asked(gym, "combien de parrainés ?", "on perd du monde en ce moment ?") == ("churn_rate", {})


def test_that_is_no_revenue(gym):
    assert asked(gym, "est-ce que ça part plus qu'avant ?") == ("churn_rate", {})


def test_money_of_contracts_is_what_is_paid_each_month(gym):
    assert asked(gym, "chiffre mensuel encaissé par salle")[1] == {"measure": "sum", "column": "prix_mensuel", "by": ["salle"], "segment": [is_("lost", False)]}
    assert asked(gym, "combien de CA mensuel a-t-on perdu ?")[1]["segment"] == [is_("lost", True)]


@pytest.mark.parametrize(
    ("questions", "expected"),
    [
        (("combien de réclamations le mois dernier ?", "par objet ?"), {"measure": "records", "by": ["objet"]}),
        (("combien de réclamations sans réponse",), {"measure": "records", "purchase_filter": [{"field": "date_reponse", "operator": "is null", "values": []}]}),
        (("délai moyen de réponse par objet",), {"measure": "delay", "by": ["objet"]}),
        (("part des réclamations sur les factures",), {"measure": "share_records", "part": [is_("objet", "Facture")]}),
    ],
)  # fmt: skip
def test_requests_are_counted_line_by_line(gym, questions, expected):
    found = asked(gym, *questions)[1]
    assert found["table"] == "reclamations.csv"
    assert {name: found[name] for name in expected} == expected


def test_people_who_complained_are_people(gym):
    found = asked(gym, "combien de membres ont fait plus de 2 réclamations ?")[1]
    assert found == {"measure": "customers", "segment": [is_("complaints", 2, ">")]}


@pytest.mark.parametrize(
    "question",
    ["faut-il baisser nos prix ?", "faut-il se séparer des petits clients ?", "should we drop our prices to fill rooms?", "shouldn't we stop giving discounts?",
     "is it worth surveying customers more often?", "is a referral program worth it?", "devrait-on augmenter les tarifs ?"],
)  # fmt: skip
def test_strategy_is_answered_with_advice(question):
    assert asks_advice(question)


@pytest.mark.parametrize(
    "question",
    ["faut-il embaucher un avocat ?", "should I wear a coat tomorrow?", "should we invest in bitcoin?", "faut-il repeindre les murs ?", "combien de clients ?",
     "is the loyalty card worth it?"],
)  # fmt: skip
def test_what_is_no_strategy_is_left_to_the_others(question):
    assert not asks_advice(question)


def test_advice_comes_with_what_the_files_hold(gym):
    (reading,) = converse(gym, "faut-il baisser nos prix ?")
    assert [step.analysis for step in reading.steps] == ["guidance", "explore"]
    assert reading.steps[1].arguments["by"] == ["motif_resiliation"]


def test_what_is_not_built_is_answered_by_half(hotel):
    (reading,) = converse(hotel, "do new guests come back?")
    assert reading.steps[-1].arguments == {"measure": "share_customers", "part": [is_("orders", 1, ">")]}


@pytest.mark.parametrize(
    ("question", "analysis"),
    [
        ("est-ce qu'on fidélise bien ?", "churn_rate"),
        ("is it getting worse?", "churn_rate"),
        ("nos clients sont-ils en train de nous lâcher ?", "churn_rate"),
        ("are we keeping our big accounts?", "churn_rate"),
        ("qui faut-il chouchouter ?", "at_risk"),
        ("alors, tout va bien ?", "relationship_overview"),
        ("pourquoi ça part ?", None),
        ("combien de clients à Lyon ?", None),
    ],
)
def test_what_is_hinted_at(question, analysis):
    assert hinted(question) == analysis


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("how many customers have exited?", {"measure": "customers", "segment": [is_("lost", True)]}),
        ("share of customers with a credit card in Wales", {"measure": "share_customers", "part": [is_("HasCreditCard", True)], "segment": [is_("Region", "Wales")]}),
        ("do active members leave less?", {"by": "ActiveMember"}),
        ("how many women over 50 have 2 products?",
         {"measure": "customers", "segment": [is_("Age", 50, ">"), is_("ProductsHeld", 2), is_("Gender", "Female")]}),
        ("total annual fees in London", {"measure": "sum", "column": "annual_fee", "segment": [is_("Region", "London")]}),
        ("customers with no case", {"measure": "customers", "segment": [is_("has_complained", False)]}),
    ],
)  # fmt: skip
def test_words_of_headers_and_labels(bank, question, expected):
    assert asked(bank, question)[1] == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("how many P1 cases in 2025", {"measure": "records", "purchase_filter": [is_("severity", "P1")]}),
        ("average stars by severity", {"measure": "mean", "column": "stars", "by": ["severity"]}),
        ("how many 1-star cases?", {"measure": "records", "purchase_filter": [is_("stars", 1)]}),
    ],
)
def test_a_short_code_and_a_column_of_one_file(bank, question, expected):
    found = asked(bank, question)[1]
    assert found["table"] == "support_cases.csv"
    assert {name: found[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("que représentent les 50 plus gros clients dans le chiffre d'affaires ?", {"measure": "share_amount", "by": ["customer_id"], "top": 50}),
        ("combien ont réservé au moins 5 fois ?", {"measure": "customers", "segment": [is_("orders", 5, ">=")]}),
        ("combien de clients ne sont venus qu'une fois", {"measure": "customers", "segment": [is_("orders", 1)]}),
        ("how many guests only booked once?", {"measure": "customers", "segment": [is_("orders", 1)]}),
        ("our 5 best guests in Spain", {"measure": "amount", "by": ["customer_id"], "segment": [is_("country", "Spain")], "top": 5}),
        ("share of stays with breakfast in Spain", {"measure": "share_orders", "part": [is_("breakfast", True)], "purchase_filter": [is_("country", "Spain")]}),
        ("average revenue per stay for suites", {"measure": "average_basket", "purchase_filter": [is_("category", "Suite")]}),
        ("most popular room type at weekends",
         {"measure": "orders", "by": ["category"], "purchase_filter": [{"field": "weekday", "operator": "in", "values": [6, 7]}]}),
        ("quel jour de la semaine marche le mieux ?", {"measure": "amount", "by": ["weekday"], "order": "desc"}),
    ],
)
def test_turns_of_phrase(hotel, question, expected):
    assert asked(hotel, question)[1] == expected


def test_money_keeps_its_meaning_beside_loyalty(gym):
    """A card of loyalty says who is looked at, not that they leave."""
    (reading,) = converse(gym, "les parrainés paient-ils plus que le reste ?")
    assert reading.steps[0].arguments["by"] == ["parraine"] and reading.steps[0].arguments["column"] == "prix_mensuel"
