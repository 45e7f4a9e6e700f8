"""Nothing asked is dropped in silence: half a value is no filter, a figure or a split that cannot be made is said, follow-ups keep what they lean on."""

import random
from datetime import date, timedelta

import pytest

from analytics.catalog import Runner
from assistant.embedded.periods import find_periods
from tests.unit.embedded.talks import asked, converse, is_, opened
from vocabulary.estimate import Unit


@pytest.fixture(scope="module")
def shoes(tmp_path_factory):
    """A shop of shoes that also stands at a fair of shoes; English customers beside, nothing told by a word of the trade."""
    draw = random.Random(41)
    people = [["Customer no", "Title", "Date of birth", "Town", "Found us at", "Joined on"]]
    people += [
        [f"K{n:03d}", draw.choice(["Mrs", "Mr"]), (date(1950, 1, 1) + timedelta(days=draw.randrange(18000))).isoformat(), draw.choice(["Leeds", "York", "Hull"]),
         draw.choice(["Shoe fair", "Friend", "Google"]), "2022-01-05"]
        for n in range(250)
    ]  # fmt: skip
    lines = [["Order no", "Customer no", "Ordered on", "Article", "Colour", "Delivery time (days)", "Discount (%)", "Total paid", "State"]]
    for place in range(1600):
        day = date(2022, 2, 1) + timedelta(days=draw.randrange(1000))
        lines.append([f"O{place}", f"K{draw.randrange(250):03d}", day.isoformat(), draw.choice(["Derby", "Sandal", "Boot"]), draw.choice(["Red", "White", "Green"]),
                      draw.randint(1, 9), draw.choice([0, 0, 10]), draw.randint(20, 200), draw.choice(["Delivered", "Delivered", "Cancelled"])])  # fmt: skip
    yield from opened(tmp_path_factory, "shoes", {"customers.csv": people, "orders.csv": lines})


@pytest.fixture(scope="module")
def florist(tmp_path_factory):
    draw = random.Random(42)
    people = [["Code client", "Civilité", "Ville", "Origine", "Date inscription"]]
    people += [[f"C{n:03d}", draw.choice(["Mme", "M."]), draw.choice(["Dijon", "Nancy"]), draw.choice(["Foire aux fleurs", "Bouche-à-oreille", "Site web"]), "2022-01-05"] for n in range(250)]
    lines = [["N° commande", "Code client", "Date commande", "Atelier", "Teinte", "Délai de livraison (j)", "Montant TTC", "Statut"]]
    for place in range(1600):
        day = date(2022, 2, 1) + timedelta(days=draw.randrange(1000))
        lines.append([place, f"C{draw.randrange(250):03d}", day.isoformat(), draw.choice(["Cours de bouquet", "Cours de couronne", "Vente"]), draw.choice(["Rouge", "Blanc", "Vert"]),
                      draw.randint(1, 9), draw.randint(20, 200), draw.choice(["Livrée", "Livrée", "Annulée"])])  # fmt: skip
    yield from opened(tmp_path_factory, "blooms", {"clients.csv": people, "commandes.csv": lines})


@pytest.fixture(scope="module")
def alarms(tmp_path_factory):
    """Contracts of alarms, one row a customer."""
    draw = random.Random(43)
    lines = [["Contract Ref", "Account No", "Town", "Cover", "Start Date", "End Date", "Status", "Monthly Fee", "Pay By", "Sold Via", "False Alarms (last 12m)", "Panel Age (yrs)"]]
    for place in range(600):
        start, gone = date(2022, 1, 1) + timedelta(days=draw.randrange(700)), draw.random() < 0.4
        state = draw.choice(["Cancelled", "Cancelled", "Not installed"]) if gone else "Active"
        lines.append([f"A{place}", f"N{place}", draw.choice(["Leeds", "York", "Hull"]), draw.choice(["Gold", "Silver", "Bronze"]), start.isoformat(), (start + timedelta(days=200)).isoformat() if gone else "",
                      state, draw.choice([12.5, 19.0]), draw.choice(["Card", "Direct Debit"]), draw.choice(["Phone", "Door to door", "Website"]), draw.randint(0, 4), draw.randint(0, 15)])  # fmt: skip
    yield from opened(tmp_path_factory, "alarms", {"contracts.csv": lines})


@pytest.fixture(scope="module")
def moves(tmp_path_factory):
    """Contracts of which a customer has several in turn: their payment changes from one to the next."""
    draw = random.Random(44)
    lines = [["Contract Ref", "Account No", "Town", "Start Date", "End Date", "Pay Method", "Panel Age (yrs)"]]
    for place in range(400):
        start = date(2022, 1, 1) + timedelta(days=draw.randrange(300))
        for turn in range(draw.randint(1, 3)):
            end = start + timedelta(days=150)
            gone = turn < 2 or draw.random() < 0.3
            lines.append([f"A{place}-{turn}", f"N{place}", "Leeds" if place % 2 else "York", start.isoformat(), end.isoformat() if gone else "", draw.choice(["Card", "Debit", "Cheque"]), draw.randint(0, 15)])
            start = end + timedelta(days=1)
    yield from opened(tmp_path_factory, "moves", {"contracts.csv": lines})


def red(value):
    return [is_("Colour", value)]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("revenue from red shoes in 2023", {"measure": "amount", "purchase_filter": red("Red"), "segment": None}),
        ("CA des chaussures rouges", {"measure": "amount", "purchase_filter": red("Red"), "segment": None}),
        ("how many orders of white shoes?", {"measure": "orders", "purchase_filter": red("White"), "segment": None}),
        ("panier moyen des chaussures vertes à York", {"measure": "average_basket", "purchase_filter": red("Green"), "segment": [is_("Town", "York")]}),
        ("how many customers came from the fair?", {"measure": "customers", "purchase_filter": None, "segment": [is_("Found us at", "Shoe fair")]}),
        ("how many customers came through the shoe fair?", {"measure": "customers", "segment": [is_("Found us at", "Shoe fair")]}),
    ],
)
def test_a_word_of_the_trade_is_no_value(shoes, question, found):
    told = asked(shoes, question)
    assert {name: told.get(name) for name in found} == found


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("CA des fleurs blanches en 2023", {"purchase_filter": [is_("Teinte", "Blanc")], "segment": None}),
        ("nombre de commandes de fleurs vertes", {"purchase_filter": [is_("Teinte", "Vert")], "segment": None}),
        ("revenue from white flowers", {"purchase_filter": [is_("Teinte", "Blanc")], "segment": None}),
        ("combien de clients viennent de la foire ?", {"segment": [is_("Origine", "Foire aux fleurs")]}),
        ("CA des bouquets", {"purchase_filter": [is_("product", "Cours de bouquet")]}),  # what tells one course from another
    ],
)
def test_what_completes_a_value_does_not_say_it(florist, question, found):
    told = asked(florist, question)
    assert {name: told.get(name) for name in found} == found


def test_a_word_of_the_trade_alone_is_asked_back(florist):
    assert all(converse(florist, question)[0].status != "answered" for question in ("CA des fleurs en 2023", "revenue from flowers"))


def test_what_is_looked_at_with_no_figure_is_asked_back(florist):
    reading = converse(florist, "fleurs blanches à Nancy 2023")[0]
    assert reading.status == "clarify"
    assert all("Nancy" in choice.fr and "Blanc" in choice.fr for choice in reading.choices)


@pytest.mark.parametrize("question", ["Combien de commandes ont été annulées ?", "Combien de commandes ont bien été annulées en 2023 ?", "nombre de commandes annulées"])
def test_been_is_no_summer(florist, question):
    assert asked(florist, question)["purchase_filter"] == [is_("Statut", "Annulée")]


def test_every_summer_is_asked_back(florist):
    reading = converse(florist, "CA en été")[0]
    assert reading.status == "clarify"
    assert "été" in reading.sentence.render("fr")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("ca de l'ete 2024", ("2024-06-01", "2024-08-31")),
        ("orders in summer 2023", ("2023-06-01", "2023-08-31")),
        ("last summer", ("2024-06-01", "2024-08-31")),
        ("left in april-june 2024", ("2024-04-01", "2024-06-30")),
        ("ventes avril – juin 2024", ("2024-04-01", "2024-06-30")),
        ("ca juin a aout 2024", ("2024-06-01", "2024-08-31")),
        ("sales nov 2023 to feb 2024", ("2023-11-01", "2024-02-29")),
    ],
)
def test_months_and_summers(text, days):
    (period,) = find_periods(text, date(2024, 10, 31))
    assert (period.start.isoformat(), period.end.isoformat()) == days


@pytest.mark.parametrize("question", ["Quel est le délai de livraison moyen ?", "délai moyen de livraison", "Délai de livraison moyen par teinte"])
def test_a_header_needs_no_unit(florist, question):
    told = asked(florist, question)
    assert told["column"] == "Délai de livraison (j)"
    assert Runner(florist).run("explore", told).measures[0].unit is not Unit.MONEY


def test_a_delay_is_never_said_in_money(shoes, florist):
    assert Runner(shoes).run("explore", asked(shoes, "average delivery time")).measures[0].unit is not Unit.MONEY
    found = Runner(florist).run("explore", asked(florist, "délai de livraison moyen à Nancy en 2023"))
    (mean,) = florist.database.row(
        "SELECT AVG(o.c5) FROM t1 o JOIN t0 p ON p.c0 = o.c1 WHERE p.c2 = 'Nancy' AND YEAR(CAST(o.c2 AS DATE)) = 2023 AND o.c7 = 'Livrée'"
    )
    assert found.measures[0].unit is not Unit.MONEY and found.measures[0].value == pytest.approx(mean)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Average panel age", {"measure": "mean", "column": "Panel Age (yrs)"}),
        ("What is the average panel age by town?", {"column": "Panel Age (yrs)", "by": ["Town"]}),
        ("Average false alarms", {"column": "False Alarms (last 12m)"}),
        ("How many customers have 2 or more false alarms?", {"measure": "customers", "segment": [is_("False Alarms (last 12m)", 2, ">=")]}),
        ("combien de clients ont au moins 3 false alarms ?", {"segment": [is_("False Alarms (last 12m)", 3, ">=")]}),
        ("Which town has the most Gold customers?", {"measure": "customers", "by": ["Town"], "segment": [is_("Cover", "Gold")]}),
        ("Quelle ville a le plus de clients Silver ?", {"measure": "customers", "by": ["Town"], "segment": [is_("Cover", "Silver")]}),
        ("Number of customers by sales channel", {"measure": "customers", "by": ["Sold Via"]}),
        ("Nombre de clients par canal de vente", {"by": ["Sold Via"]}),
        ("How many customers were never installed?", {"segment": [is_("Status", "Not installed")]}),
        ("value of our active contracts by town", {"measure": "sum", "column": "Monthly Fee", "by": ["Town"], "segment": [is_("lost", False)]}),
        ("valeur totale des contrats en cours", {"measure": "sum", "column": "Monthly Fee", "segment": [is_("lost", False)]}),
        ("Give me the list of lost customers in Leeds", {"by": ["customer_id"], "segment": [is_("Town", "Leeds"), is_("lost", True)]}),
        ("liste des clients perdus à York", {"by": ["customer_id"], "segment": [is_("Town", "York"), is_("lost", True)]}),
    ],
)
def test_contracts_as_their_headers_and_values_say(alarms, question, found):
    told = asked(alarms, question)
    assert {name: told.get(name) for name in found} == found


def test_contracts_never_installed_are_those_in_that_state(alarms):
    told = asked(alarms, "How many contracts were never installed?")
    assert (told["measure"], told["purchase_filter"]) == ("records", [is_("Status", "Not installed")])


def test_those_who_left_in_a_period_are_listed(alarms):
    told = asked(alarms, "list of the customers who left in 2023")
    assert (told["by"], told["segment"]) == (["customer_id"], [{"field": "lost_on", "operator": "between", "values": ["2023-01-01", "2023-12-31"]}])


def test_a_year_of_what_is_paid_by_the_month_is_not_told(alarms):
    for question in ("What is the total annual value of our active contracts?", "valeur annuelle de nos contrats"):
        reading = converse(alarms, question)[0]
        assert (reading.status, reading.steps) == ("clarify", ())


@pytest.mark.parametrize("question", ["churn rate by shoe size", "taux de départ par pointure", "attrition by hair colour"])
def test_a_rate_by_what_is_not_there_is_no_rate_of_all(alarms, question):
    assert converse(alarms, question)[0].status == "cannot_answer"


@pytest.mark.parametrize(
    ("question", "header"),
    [("churn rate by pay method", "Pay Method"), ("Average panel age", "Panel Age (yrs)"), ("What is the average panel age?", "Panel Age (yrs)"), ("taux de départ par pay method", "Pay Method")],
)
def test_a_column_of_the_files_is_never_said_to_be_missing(moves, question, header):
    reading = converse(moves, question)[0]
    told = reading.steps and header in str(dict(reading.steps[0].arguments))
    assert told or f"“{header}” is in your files" in reading.sentence.render("en")


@pytest.mark.parametrize("question", ["Quel est l'âge moyen de nos clients ?", "Âge moyen", "average age of our customers", "What is the median age?"])
def test_an_average_age_is_no_number_of_customers(shoes, question):
    (step,) = converse(shoes, question)[0].steps  # from the birth dates
    assert (step.arguments["measure"], step.arguments["column"]) == ("median" if "median" in question else "mean", "age")


@pytest.mark.parametrize(("question", "said"), [("salaire moyen", "salaire"), ("What is the median income of our customers?", "income"), ("poids moyen des clients", "poids")])
def test_a_figure_no_column_gives_is_said(shoes, question, said):
    reading = converse(shoes, question)[0]
    assert reading.status in ("cannot_answer", "declined")
    assert reading.status == "declined" or f"“{said}”" in reading.sentence.render("en")


@pytest.mark.parametrize(
    ("question", "measure", "by"),
    [
        ("Combien dépense un client en moyenne par an ?", "amount_per_customer", ["year"]),
        ("Combien dépense un client ?", "amount_per_customer", None),
        ("combien un client dépense en moyenne par an", "amount_per_customer", ["year"]),
        ("How much does a customer spend per year on average?", "amount_per_customer", ["year"]),
        ("Les femmes achètent-elles plus que les hommes ?", "amount_per_customer", ["Civilité"]),
        ("Do women spend more than men?", "amount_per_customer", ["Civilité"]),
        ("Les hommes commandent-ils plus souvent que les femmes ?", "orders_per_customer", ["Civilité"]),
        ("Y a-t-il plus de femmes que d'hommes ?", "customers", ["Civilité"]),
        ("Quand les clients achètent-ils le plus dans l'année ?", "orders", ["month"]),
        ("When do customers buy the most?", "orders", ["month"]),
        ("à quelle période de l'année vend-on le moins ?", "amount", ["month"]),
        ("Y a-t-il une saisonnalité ?", "amount", ["month"]),
        ("Is there any seasonality in our orders?", "orders", ["month"]),
    ],
)
def test_what_is_measured_is_what_was_asked(florist, question, measure, by):
    told = asked(florist, question)
    assert (told["measure"], told.get("by")) == (measure, by)


@pytest.mark.parametrize("question", ["Is there any seasonality?", "Y a-t-il une saisonnalité ?", "is churn seasonal?"])
def test_seasons_of_contracts_are_those_of_departures(alarms, question):
    assert [found.analysis for found in converse(alarms, question)[0].steps] == ["churn_rate"]


@pytest.mark.parametrize("question", ["Panier moyen avec remise et sans remise", "average basket with and without a discount", "panier moyen en promo et hors promo"])
def test_both_sides_of_a_discount(shoes, question):
    told = asked(shoes, question)
    assert (told["by"], told.get("purchase_filter")) == (["on_promo"], None)


@pytest.mark.parametrize(
    ("question", "measure", "promo"),
    [("commandes sans remise", "orders", False), ("how many orders with a discount?", "orders", True), ("average basket without discount", "average_basket", False), ("CA avec remise", "amount", True)],
)
def test_a_discount_had_or_not_is_no_mean_of_the_discounts(shoes, question, measure, promo):
    told = asked(shoes, question)
    assert (told["measure"], told["purchase_filter"]) == (measure, [is_("on_promo", promo)])
    assert asked(shoes, "average discount")["column"] == "Discount (%)"


def test_those_who_left_at_the_end_of_a_question(florist):
    assert is_("lost", True) in asked(florist, "clients de la foire partis")["segment"]


@pytest.mark.parametrize(("first", "then", "town"), [("Quels sont nos dix meilleurs clients ?", "et à Nancy ?", "Nancy"), ("our top 10 customers", "and in Dijon?", "Dijon"), ("top 5 clients en 2023", "seulement à Dijon", "Dijon")])
def test_the_best_customers_of_a_town_are_customers(florist, first, then, town):
    told = asked(florist, first, then)
    assert (told["by"], told["segment"]) == (["customer_id"], [is_("Ville", town)])
    assert told["top"] in (5, 10)


@pytest.mark.parametrize("then", ["combien sont-ils ?", "how many are they?"])
def test_those_listed_are_counted(florist, then):
    told = asked(florist, "liste des clients perdus à Nancy", then)
    assert (told["measure"], told.get("by"), told["segment"]) == ("customers", None, [is_("Ville", "Nancy"), is_("lost", True)])


@pytest.mark.parametrize("question", ["Y a-t-il plus de départs à Dijon qu'à Nancy ?", "Perd-on plus de clients à Nancy qu'à Dijon ?", "do we lose more customers in Dijon than in Nancy?"])
def test_two_towns_set_against_each_other(florist, question):
    assert converse(florist, question)[0].steps[0].arguments["by"] in ("Ville", ["Ville"])


@pytest.mark.parametrize(
    ("first", "then", "lost"),
    [("Number of customers by cover", "only active ones", False), ("nombre de clients par ville", "seulement les actifs", False), ("nombre de clients par ville", "et ceux qui sont partis ?", True)],
)
def test_only_those_still_there(alarms, first, then, lost):
    told = asked(alarms, first, then)
    assert [held for held in told["segment"] if held in (is_("lost", lost), is_("Status", "Active"))]
    assert told["by"]


@pytest.mark.parametrize("then", ["just the purple ones", "et en violet ?", "only on the moon", "seulement les fantômes"])
def test_a_follow_up_that_changes_nothing_says_so(alarms, then):
    reading = converse(alarms, "Number of customers by cover", then)[-1]
    assert (reading.status, reading.steps) == ("cannot_answer", ())


def test_no_choice_is_about_shops_where_there_are_none(alarms):
    for question in ("loyalty of Leeds and Hull people", "How is the colour doing?", "quels sites fidélisent le plus de violet ?", "value of the loyal"):
        assert not any("magasin" in choice.fr or "store" in choice.en for choice in converse(alarms, question)[0].choices)


def test_words_read_as_one_are_said_as_typed(moves):
    reading = converse(moves, "churn rate by bank transfer and direct debit")[0]
    assert "prelevement" not in (reading.sentence.render("en") if reading.sentence else "")
