"""Questions on the files of other trades: a theatre and its seats, a cleaning firm and its contracts, a surgery and its owners."""

import random
from datetime import date, timedelta

import pytest

from tests.unit.embedded.talks import converse, is_, opened


@pytest.fixture(scope="module")
def theatre(tmp_path_factory):
    draw = random.Random(4)
    people = [["N° spectateur", "Ville", "Abonné"], *([1000 + n, draw.choice(["Rennes", "Brest"]), draw.choice(["Oui", "Non"])] for n in range(300))]
    lines = [["N° commande", "N° spectateur", "Date d'achat", "Date de représentation", "Spectacle", "Catégorie de place", "Tarif", "Nb de places",
              "Montant", "Canal de vente", "État du billet"]]  # fmt: skip
    for place in range(1500):
        day = date(2023, 1, 1) + timedelta(days=draw.randrange(800))
        lines.append([
            place + 1, 1000 + draw.randrange(300), day.isoformat(), (day + timedelta(days=30)).isoformat(), draw.choice(["Cyrano", "Cabaret", "Oncle Vania"]),
            draw.choice(["Carré Or", "1re catégorie"]), draw.choice(["Plein", "Réduit", "Abonné"]), draw.randint(1, 4), draw.choice([22, 34, 48]),
            draw.choice(["Guichet", "Internet"]), draw.choice(["Émis", "Émis", "Émis", "Annulé"]),
        ])  # fmt: skip
    yield from opened(tmp_path_factory, "theatre", {"spectateurs.csv": people, "billetterie.csv": lines})


@pytest.fixture(scope="module")
def cleaning(tmp_path_factory):
    draw = random.Random(6)
    clients = [["Code client", "Raison sociale", "Secteur d'activité", "Ville", "Effectif"]]
    contracts = [["Code client", "N° contrat", "Prestation", "Fréquence de passage", "Date de début", "Date de fin", "Montant mensuel HT", "Motif de résiliation"]]
    bills = [["N° facture", "Code client", "Date facture", "Montant HT", "Échéance", "Date de règlement", "Statut"]]
    for place in range(240):
        code, start = f"CLI-{place:04d}", date(2022, 1, 1) + timedelta(days=draw.randrange(600))
        gone = draw.random() < 0.3
        clients.append([code, f"Garage {place}", draw.choice(["Santé", "Bureaux"]), draw.choice(["Lyon", "Annecy"]), draw.randint(3, 300)])
        contracts.append([
            code, f"CT{place:05d}", draw.choice(["Nettoyage courant", "Vitrerie"]), draw.choice(["Hebdomadaire", "Mensuel"]), start.isoformat(),
            (start + timedelta(days=400)).isoformat() if gone else "", draw.randint(150, 900), draw.choice(["Prix", "Qualité"]) if gone else "",
        ])  # fmt: skip
        for month in range(1, 6):
            day = date(2025, month, 28)
            paid = draw.random() < 0.9
            bills.append([
                f"FA{place:04d}{month}", code, day.isoformat(), draw.randint(150, 900), (day + timedelta(days=30)).isoformat(),
                (day + timedelta(days=draw.randint(10, 60))).isoformat() if paid else "", "Payée" if paid else "En retard",
            ])  # fmt: skip
    yield from opened(tmp_path_factory, "cleaning", {"Clients.csv": clients, "Contrats.csv": contracts, "Factures.csv": bills})


@pytest.fixture(scope="module")
def rooms(tmp_path_factory):
    draw = random.Random(8)
    lines = [["Booking ref", "Owner ID", "Country", "Booked on", "Arrival", "Room type", "Level", "Price", "Booking status", "Booked via"]]
    for place in range(900):
        day = date(2024, 1, 1) + timedelta(days=draw.randrange(600))
        lines.append([
            f"BK{place:05d}", f"O{draw.randrange(250):04d}", draw.choice(["United Kingdom", "Netherlands"]), day.isoformat(),
            (day + timedelta(days=draw.randint(1, 60))).isoformat(), draw.choice(["Suite", "Twin"]), draw.choice(["Beginner", "Advanced"]),
            draw.randint(60, 300), draw.choice(["Confirmed", "Confirmed", "Cancelled", "No-show"]), draw.choice(["Website", "Phone"]),
        ])  # fmt: skip
    yield from opened(tmp_path_factory, "rooms", {"room_bookings.csv": lines})


def asked(study, *questions):
    """The analysis and the arguments of the last question of a conversation."""
    step = converse(study, *questions)[-1].steps[0]
    return step.analysis, dict(step.arguments)


@pytest.mark.parametrize(
    ("question", "measure"),
    [
        ("CA hors billets annulés en 2024", "amount"),
        ("recette par spectacle", "amount"),
        ("prix moyen d'une place plein tarif", "average_price"),
        ("average price per seat", "average_price"),
        ("nombre de places vendues pour Cyrano", "quantity"),
    ],
)
def test_money_said_is_money_whatever_is_counted(theatre, question, measure):
    assert asked(theatre, question)[1]["measure"] == measure


@pytest.mark.parametrize(
    ("question", "segment"),
    [
        ("combien de spectateurs n'ont jamais vu Cyrano ?", [is_("product", "Cyrano", "!=")]),
        ("how many spectators saw both Cyrano and Cabaret?", [is_("product", "Cyrano"), is_("product", "Cabaret")]),
        ("CA des spectateurs qui n'ont jamais pris de Carré Or", [is_("category", "Carré Or", "!=")]),
    ],
)
def test_what_was_never_bought_is_of_customers(theatre, question, segment):
    assert asked(theatre, question)[1]["segment"] == segment


def test_never_within_a_period_is_asked_back(theatre):
    assert converse(theatre, "combien de spectateurs n'ont jamais vu Cyrano en 2024 ?")[0].status == "clarify"


def test_an_analysis_of_customers_keeps_what_they_bought(theatre):
    name, arguments = asked(theatre, "which Carré Or customers are about to leave?")
    assert (name, arguments["segment"]) == ("at_risk", [is_("category", "Carré Or")])
    assert "Not taken into account" not in converse(theatre, "which Carré Or customers are about to leave?")[0].sentence.render("en")


def test_both_sides_of_a_yes_or_no_column_are_a_split(theatre):
    found = asked(theatre, "les abonnés reviennent-ils plus souvent que les non-abonnés ?")[1]
    assert (found["measure"], found["by"]) == ("orders_per_customer", ["Abonné"])


@pytest.mark.parametrize(
    ("question", "key", "wanted"),
    [
        ("share of revenue from subscribers", "part", True), ("combien d'abonnés à Rennes ?", "segment", True),
        ("nombre de spectateurs non abonnés", "segment", False), ("quels abonnés vont nous quitter ?", "segment", True),
    ],
)  # fmt: skip
def test_people_named_by_a_yes_or_no_column(theatre, question, key, wanted):
    assert is_("Abonné", wanted) in asked(theatre, question)[1][key]


@pytest.mark.parametrize("question", ["which Carré Or buyers are likely to leave?", "qui risque de partir parmi ceux qui ont pris du Carré Or ?"])
def test_who_is_about_to_leave_is_the_list_of_risks(theatre, question):
    assert asked(theatre, question)[0] == "at_risk"


def test_a_share_of_nothing_that_was_read_is_no_count(theatre):
    assert converse(theatre, "share of revenue from unicorns")[0].status in ("clarify", "cannot_answer")


def test_a_value_that_holds_a_small_word_is_read_whole(theatre):
    found = asked(theatre, "which spectators bought Carré Or at least 3 times?")[1]
    assert found["purchase_filter"] == [is_("orders_within", 3, ">="), is_("category", "Carré Or")] and "order" not in found


@pytest.mark.parametrize(
    ("question", "since", "until"),
    [
        ("délai moyen de paiement", "Date facture", "Date de règlement"),
        ("délai entre l'échéance et le règlement par ville", "Échéance", "Date de règlement"),
        ("average contract length", "Date de début", "Date de fin"),
        ("durée moyenne des contrats par secteur", "Date de début", "Date de fin"),
    ],
)
def test_days_between_two_dates_of_a_file(cleaning, question, since, until):
    found = asked(cleaning, question)[1]
    assert (found["measure"], found["since"], found["column"]) == ("delay", since, until)


def test_what_follows_the_second_date_is_a_condition(rooms):
    found = asked(rooms, "average time between booking and arrival for twin rooms")[1]
    assert (found["since"], found["column"], found["purchase_filter"]) == ("Booked on", "Arrival", [is_("Room type", "Twin")])


def test_the_first_order_is_no_day_of_an_order(rooms):
    assert asked(rooms, "délai entre la première réservation et l'arrivée")[1].get("measure") != "delay"


def test_what_was_invoiced_is_revenue_where_nothing_is_sold_by_the_piece(cleaning):
    found = asked(cleaning, "top 5 clients par CA")[1]
    assert (found["table"], found["measure"], found["column"], found["by"], found["top"]) == ("Factures.csv", "sum", "Montant HT", ["customer_id"], 5)
    found = asked(cleaning, "montant des factures en retard par ville")[1]
    assert (found["by"], found["purchase_filter"]) == (["Ville"], [is_("Statut", "En retard")])


def test_those_who_owe_are_named(cleaning):
    found = asked(cleaning, "which customers have unpaid invoices?")[1]
    assert (found["by"], found["purchase_filter"]) == (["customer_id"], [is_("Statut", "En retard")])


def test_a_weekly_visit_is_no_split_by_week(cleaning):
    found = asked(cleaning, "how many weekly cleaning contracts in Lyon?")[1]
    assert "by" not in found and is_("Fréquence de passage", "Hebdomadaire") in found["purchase_filter"]


@pytest.mark.parametrize("question", ["clients de plus de 100 salariés", "customers with over 100 employees"])
def test_employees_are_the_size_of_a_company(cleaning, question):
    assert asked(cleaning, question)[1]["segment"] == [is_("Effectif", 100, ">")]


def test_reasons_of_termination_are_those_of_the_files(cleaning):
    assert asked(cleaning, "main reasons for termination")[1]["by"] == ["Motif de résiliation"]


def test_a_rate_keeps_its_split_or_asks_back(rooms):
    found = asked(rooms, "cancellation rate by booking channel")[1]
    assert (found["part"], found["by"]) == ([is_("Booking status", "Cancelled")], ["Booked via"])
    assert converse(rooms, "cancellation rate by lunar phase")[0].status == "clarify"
    assert asked(rooms, "no-show rate")[1]["part"] == [is_("Booking status", "No-show")]


@pytest.mark.parametrize(
    ("question", "arguments"),
    [
        ("how many owners from the UK?", {"measure": "customers", "segment": [is_("Country", "United Kingdom")]}),
        ("combien de propriétaires n'ont jamais réservé de chambre ?", {"measure": "customers", "segment": [is_("orders", 0)]}),
        ("which 10 owners book the most?", {"measure": "orders", "by": ["customer_id"], "top": 10}),
        ("share of one-time buyers", {"measure": "share_customers", "part": [is_("orders", 1)]}),
    ],
)
def test_words_of_other_houses(rooms, question, arguments):
    found = asked(rooms, question)[1]
    assert {name: found.get(name) for name in arguments} == arguments


def test_a_figure_of_words_not_read_is_not_another_analysis(rooms):
    assert converse(rooms, "part des licornes dans les réservations")[0].status in ("clarify", "cannot_answer", "declined")


def test_a_follow_up_leans_on_no_question_left_unanswered(rooms):
    first, then = converse(rooms, "how many owners have a unicorn?", "and by level?")
    assert first.status != "answered" and then.status == "cannot_answer" and not then.steps


@pytest.fixture(scope="module")
def boxes(tmp_path_factory):
    draw = random.Random(2)
    lines = [["N° abonné", "Âge", "Formule", "Prix mensuel", "Date d'abonnement", "Statut", "Date de résiliation", "Motif", "Nb de box reçues", "Note satisfaction"]]
    for place in range(500):
        start, state = date(2023, 1, 1) + timedelta(days=draw.randrange(600)), draw.choice(["Actif", "Actif", "Résilié", "En pause"])
        gone = state == "Résilié"
        lines.append([
            3000 + place, draw.randint(19, 70), draw.choice(["Découverte", "Prestige"]), draw.choice([19.9, 44.9]), start.isoformat(), state,
            (start + timedelta(days=200)).isoformat() if gone else "", draw.choice(["Trop cher", "Lassitude"]) if gone else "", draw.randint(1, 24), draw.randint(1, 5),
        ])  # fmt: skip
    yield from opened(tmp_path_factory, "boxes", {"abonnes.csv": lines})


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("combien d'abonnés actifs ?", {"measure": "customers", "segment": [is_("Statut", "Actif")]}),
        ("average satisfaction of cancelled vs active", {"measure": "mean", "by": ["Statut"]}),
        ("nombre moyen de box reçues par formule", {"measure": "mean", "column": "Nb de box reçues", "by": ["Formule"]}),
        ("prix mensuel moyen des contrats Prestige", {"measure": "mean", "column": "Prix mensuel", "segment": [is_("Formule", "Prestige")]}),
        ("did we sign up more people in 2024 than in 2023?", {"measure": "new_customers"}),
    ],
)
def test_paused_ones_are_neither_active_nor_gone(boxes, question, found):
    told = asked(boxes, question)[1]
    assert {name: told.get(name) for name in found} == found


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("quel spectacle a le plus d'annulations ?", {"measure": "orders", "by": ["product"], "purchase_filter": [is_("État du billet", "Annulé")]}),
        ("average number of seats per booking", {"measure": "quantity_per_order"}),
        ("average price for Cyrano", {"measure": "average_price", "purchase_filter": [is_("product", "Cyrano")]}),
    ],
)
def test_states_bookings_and_prices(theatre, question, found):
    told = asked(theatre, question)[1]
    assert {name: told.get(name) for name in found} == found
