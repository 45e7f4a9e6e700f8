"""Questions on relations that are no sales: tickets of several kinds, contracts, points, campaigns, users; answers checked against the rows written."""

import random
from datetime import date, timedelta

import pytest

from analytics.explore.explore import ANALYSIS
from assistant.embedded.outcomes import of_one_family
from tests.unit.analyses.relations import finding
from tests.unit.embedded.talks import converse, opened, study_of


def as_dicts(lines):
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def asked(study, question):
    (reading,) = converse(study, question)
    assert reading.status == "answered", reading.sentence
    assert reading.steps[0].analysis == "explore", reading.steps
    return dict(reading.steps[0].arguments)


def figure(study, question):
    """The first number of the answer, or one for each group."""
    found = finding(study, ANALYSIS, **asked(study, question))
    return {row[0]: row[1] for row in found.table.rows} if found.table is not None else found.measures[0].value


SUPPORT_CLIENTS = [["ClientID", "Region", "Since", "Status", "Handover skipped"]]
SUPPORT_TICKETS = [["ticket_no", "customer_ref", "opened_on", "type", "csat"]]
_draw = random.Random(11)
for _n in range(300):
    SUPPORT_CLIENTS.append([f"C{_n:04d}", _draw.choice(["North", "South"]), f"202{_draw.randint(2, 4)}-03-0{_draw.randint(1, 9)}", _draw.choice(["Active", "Active", "Churned"]), _draw.choice(["yes", "no", "no"])])
    for _ in range(_draw.choice([0, 0, 1, 2, 4])):
        SUPPORT_TICKETS.append([f"T{len(SUPPORT_TICKETS):05d}", f"C{_n:04d}", (date(2025, 1, 1) + timedelta(days=_draw.randrange(300))).isoformat(), _draw.choice(["Complaint", "Question", "Bug"]), _draw.randint(1, 5)])


@pytest.fixture(scope="module")
def support(tmp_path_factory):
    yield from opened(tmp_path_factory, "support", {"customers.csv": SUPPORT_CLIENTS, "tickets.csv": SUPPORT_TICKETS})


def test_a_complaint_is_one_kind_of_ticket(support):
    tickets = as_dicts(SUPPORT_TICKETS)
    complaints = [ticket for ticket in tickets if ticket["type"] == "Complaint"]
    people = {ticket["customer_ref"] for ticket in complaints}
    assert figure(support, "How many tickets?") == len(tickets)
    assert figure(support, "How many complaints?") == len(complaints)
    assert figure(support, "How many customers complained?") == len(people)
    assert figure(support, "complaint rate") == pytest.approx(len(people) / 300)


def test_those_with_a_ticket_and_those_without(support):
    people = {ticket["customer_ref"] for ticket in as_dicts(SUPPORT_TICKETS)}
    assert figure(support, "how many customers have no ticket?") == 300 - len(people)
    assert figure(support, "how many customers have tickets?") == len(people)


def test_a_mean_by_customer_says_of_which_customers(support):
    said = finding(support, ANALYSIS, **asked(support, "average tickets per customer")).claim
    assert "per customer who has any" in said.render("en") and "par client qui en a" in said.render("fr")


def test_the_part_of_a_share_is_said_in_words(support):
    assert "made a complaint = yes" in finding(support, ANALYSIS, **asked(support, "share of customers who complained")).claim.render("en")


def test_a_score_of_the_tickets_of_those_who_left(support):
    gone = {client["ClientID"] for client in as_dicts(SUPPORT_CLIENTS) if client["Status"] == "Churned"}
    scores = [ticket["csat"] for ticket in as_dicts(SUPPORT_TICKETS) if ticket["customer_ref"] in gone]
    assert figure(support, "average csat of churned customers") == pytest.approx(sum(scores) / len(scores))


def test_a_condition_in_other_words_is_read_or_said_to_be_unread(support):
    read = converse(support, "churn rate of customers skipping the handover")[0].steps[0]
    assert read.analysis == "churn_rate"
    assert read.arguments["segment"] == [{"field": "Handover skipped", "operator": "=", "values": [True]}]
    assert converse(support, "churn rate of customers who were upset")[0].status != "answered"


@pytest.mark.parametrize(("left", "right", "kin"), [("livres", "livraison", True), ("skipping", "skipped", True), ("internet", "interested", False), ("contrat", "contact", False)])
def test_words_of_one_family_share_a_stem_and_differ_by_an_ending(left, right, kin):
    assert of_one_family(left, right) is kin


def test_a_rate_by_a_count_is_split_by_it(support):
    read = converse(support, "churn rate by number of tickets")[0].steps[0]
    assert (read.analysis, read.arguments["by"]) == ("churn_rate", "complaints")


CONTRACT_CLIENTS = [["Numéro client", "Agence"]]
CONTRACTS = [["N° contrat", "N° client", "Énergie", "Date d'effet", "Date de fin", "Prime annuelle", "Motif"]]
for _n in range(260):
    CONTRACT_CLIENTS.append([f"K{_n:04d}", _draw.choice(["Nord", "Sud"])])
    for _kind in _draw.sample(["Gaz", "Électricité"], _draw.choice([1, 2])):
        _start = date(2022, 1, 1) + timedelta(days=_draw.randrange(900))
        _end = _draw.choice([None, None, _start + timedelta(days=200), date(2030, 6, 1)])
        CONTRACTS.append([f"P{len(CONTRACTS):05d}", f"K{_n:04d}", _kind, _start.isoformat(), _end.isoformat() if _end else "", _draw.randint(150, 900), _draw.choice(["Tarif", "Vente"]) if _end and _end.year < 2030 else ""])


@pytest.fixture(scope="module")
def contracts(tmp_path_factory):
    yield from opened(tmp_path_factory, "contracts", {"clients.csv": CONTRACT_CLIENTS, "contrats_energie.csv": CONTRACTS})


def test_contracts_that_ended_are_counted_whether_their_customer_left_or_not(contracts):
    lines = as_dicts(CONTRACTS)
    ended = [line for line in lines if line["Date de fin"] and line["Date de fin"] < "2030"]
    assert figure(contracts, "combien de contrats résiliés ?") == len(ended)
    assert figure(contracts, "combien de contrats en cours ?") == len(lines) - len(ended)
    assert figure(contracts, "nombre de résiliations par motif") == {reason: sum(line["Motif"] == reason for line in ended) for reason in ("Tarif", "Vente")}
    assert figure(contracts, "taux de résiliation des contrats") == pytest.approx(len(ended) / len(lines))
    assert figure(contracts, "part des contrats résiliés") == pytest.approx(len(ended) / len(lines))
    said = finding(contracts, ANALYSIS, **asked(contracts, "combien de contrats en cours ?")).claim.render("fr")
    assert "Date de fin vide ou à venir" in said


def test_a_column_named_like_its_file_splits_its_lines(contracts):
    kinds = [line["Énergie"] for line in as_dicts(CONTRACTS)]
    assert figure(contracts, "contrats par énergie") == {kind: kinds.count(kind) for kind in set(kinds)}
    assert figure(contracts, "total des primes annuelles") == sum(line["Prime annuelle"] for line in as_dicts(CONTRACTS))


READERS = [["Code abonné", "Offre", "Abonnement", "Date de début", "Prix annuel", "Statut"]]
for _n in range(240):
    READERS.append([f"A{_n}", _draw.choice(["Papier", "Web"]), _draw.choice(["Annuel", "Mensuel"]), f"202{_draw.randint(2, 5)}-0{_draw.randint(1, 9)}-12", _draw.choice([0, 60, 120]), _draw.choice(["Actif", "Actif", "Résilié"])])


@pytest.fixture(scope="module")
def readers(tmp_path_factory):
    yield from opened(tmp_path_factory, "readers", {"abonnes.csv": READERS})


def test_a_price_of_the_year_is_told_by_the_year(readers):
    prices = [line["Prix annuel"] for line in as_dicts(READERS)]
    assert figure(readers, "prix annuel moyen") == pytest.approx(sum(prices) / len(prices))
    assert figure(readers, "MRR") == pytest.approx(sum(line["Prix annuel"] for line in as_dicts(READERS) if line["Statut"] == "Actif") / 12)


def test_the_recurring_revenue_of_a_year_is_beside_that_of_a_month(readers):
    yearly = sum(line["Prix annuel"] for line in as_dicts(READERS) if line["Statut"] == "Actif")
    fact = finding(readers, ANALYSIS, **asked(readers, "MRR")).facts[-1].render("en")
    assert f"Over twelve months, at the same pace: {yearly:,}" in fact


def test_by_year_where_one_pays_by_the_year(readers):
    assert asked(readers, "nouveaux abonnés par an")["by"] == ["year"]


def test_those_who_pay_and_those_still_there(readers):
    lines = as_dicts(READERS)
    assert figure(readers, "combien d'abonnés payants ?") == sum(line["Prix annuel"] > 0 for line in lines)
    assert figure(readers, "part des abonnés actifs") == pytest.approx(sum(line["Statut"] == "Actif" for line in lines) / len(lines))


SENT = [["ID client", "Groupe", "A acheté dans les 30 jours", "Région"]]
for _n in range(400):
    SENT.append([f"S{_n}", _draw.choice(["Test", "Témoin"]), _draw.choice(["oui", "non", "non"]), _draw.choice(["Nord", "Sud"])])


@pytest.fixture(scope="module")
def campaign(tmp_path_factory):
    yield from opened(tmp_path_factory, "campaign", {"campagne.csv": SENT})


def test_who_bought_after_a_campaign_is_not_everyone(campaign):
    lines = as_dicts(SENT)
    bought = [line for line in lines if line["A acheté dans les 30 jours"] == "oui"]
    assert figure(campaign, "combien de clients ont acheté ?") == len(bought)
    assert figure(campaign, "combien ont acheté dans le groupe test ?") == sum(line["Groupe"] == "Test" for line in bought)
    expected = {group: sum(line["Groupe"] == group for line in bought) / sum(line["Groupe"] == group for line in lines) for group in ("Test", "Témoin")}
    assert figure(campaign, "taux d'achat par groupe") == pytest.approx(expected)


def test_a_yes_or_no_question_counts_no_lines(campaign):
    assert [step.analysis for step in converse(campaign, "La campagne a-t-elle marché ?")[0].steps] == ["campaign_effect"]


CARDS = [["N° carte", "Date d'adhésion", "Niveau"]]
MOVES = [["Id mouvement", "Carte", "Date", "Type", "Points"]]
for _n in range(200):
    CARDS.append([f"99{_n:04d}", f"2024-0{_draw.randint(1, 9)}-10", _draw.choice(["Bronze", "Argent", "Or"])])
    for _ in range(_draw.choice([1, 3, 6])):
        _kind = _draw.choice(["Gain", "Gain", "Utilisation", "Expiration"])
        MOVES.append([len(MOVES), f"99{_n:04d}", (date(2025, 1, 1) + timedelta(days=_draw.randrange(400))).isoformat(), _kind, _draw.randint(5, 90) * (1 if _kind == "Gain" else -1)])


@pytest.fixture(scope="module")
def card(tmp_path_factory):
    yield from opened(tmp_path_factory, "card", {"porteurs.csv": CARDS, "mouvements_points.csv": MOVES})


def test_points_earned_and_spent_are_told_apart(card):
    moves = as_dicts(MOVES)
    for question, kind in (("total des points gagnés", "Gain"), ("total des points utilisés", "Utilisation"), ("points expirés", "Expiration")):
        assert figure(card, question) == sum(move["Points"] for move in moves if move["Type"] == kind)


def test_a_level_called_like_a_small_word(card):
    assert figure(card, "combien de porteurs Or ?") == sum(line["Niveau"] == "Or" for line in as_dicts(CARDS))


ACCOUNTS = [["account", "plan", "mrr", "signed_up", "churned_at", "country"]]
USERS = [["user_id", "account_id", "email", "role"]]
EVENTS = [["event_id", "user_id", "event_date", "event"]]
for _n in range(150):
    ACCOUNTS.append([f"A{_n:03d}", _draw.choice(["Free", "Pro"]), _draw.choice([0, 90]), "2024-02-0" + str(_draw.randint(1, 9)), _draw.choice(["", "", "2025-05-05"]), _draw.choice(["US", "DE"])])
    for _ in range(_draw.randint(1, 4)):
        USERS.append([f"U{len(USERS):04d}", f"A{_n:03d}", f"u{len(USERS)}@co{_n}.com", _draw.choice(["admin", "member"])])
        for _ in range(_draw.randint(1, 5)):
            EVENTS.append([len(EVENTS), USERS[-1][0], (date(2025, 6, 1) + timedelta(days=_draw.randrange(100))).isoformat(), _draw.choice(["login", "export"])])


@pytest.fixture(scope="module")
def software(tmp_path_factory):
    yield from opened(tmp_path_factory, "software", {"accounts.csv": ACCOUNTS, "users.csv": USERS, "events.csv": EVENTS})


def test_users_are_the_lines_of_their_file(software):
    roles = [user["role"] for user in as_dicts(USERS)]
    assert figure(software, "How many users?") == len(roles)
    assert figure(software, "users by role") == {role: roles.count(role) for role in ("admin", "member")}


def test_one_kind_of_event_is_not_every_event(software):
    assert figure(software, "How many events?") == len(EVENTS) - 1
    assert figure(software, "how many logins?") == sum(event["event"] == "login" for event in as_dicts(EVENTS))


def test_a_country_called_the_us(software):
    here = [line for line in as_dicts(ACCOUNTS) if not line["churned_at"]]
    assert figure(software, "how many active accounts in the US") == sum(line["country"] == "US" for line in here)


SNAPSHOTS = [["snapshot_month", "customer_id", "plan", "logins", "region"]]
for _n in range(120):
    for _month in range(_draw.randint(1, 6), 9):
        SNAPSHOTS.append([f"2025-{_month:02d}-01", f"C{_n}", "Plus" if _n % 3 else "Basic", _draw.randint(0, 30), "East" if _n % 2 else "West"])


def test_customers_are_counted_once_in_a_file_of_months(tmp_path):
    study = study_of(tmp_path, {"snapshots.csv": SNAPSHOTS})
    assert figure(study, "customers by plan") == {"Basic": 40, "Plus": 80}
    assert figure(study, "how many customers in the East region?") == 60
    assert "number of customers in “snapshots”" in finding(study, ANALYSIS, **asked(study, "customers by plan")).claim.render("en").lower()
    study.database.close()


SPENT = [["Mois", "Canal", "Dépense"]]
for _month in range(1, 10):
    for _channel, _base in (("Facebook", 800), ("Salon", 2500)):
        SPENT.append([f"{_month:02d}/2025", _channel, _base + _draw.randint(0, 90)])


def test_spending_adds_up_and_its_mean_by_month_is_of_the_month(tmp_path):
    clients = [["Client", "Canal d'acquisition", "Résilié"], *([f"C{n}", "Facebook" if n % 2 else "Salon", "O" if n % 5 == 0 else "N"] for n in range(200))]
    study = study_of(tmp_path, {"clients.csv": clients, "depenses_marketing.csv": SPENT})
    lines = as_dicts(SPENT)
    assert figure(study, "dépenses par canal") == {channel: sum(line["Dépense"] for line in lines if line["Canal"] == channel) for channel in ("Facebook", "Salon")}
    assert figure(study, "dépense moyenne par mois")[date(2025, 1, 1)] == sum(line["Dépense"] for line in lines[:2])
    study.database.close()


ENROLMENTS = [["N° inscription", "Code élève", "Nom", "Prénom", "Année scolaire", "Cours", "Date d'inscription", "Montant cotisation"]]
for _n in range(200):
    _name = [_draw.choice(["Durand", "Martin", "Petit", "Moreau", "Simon", "Michel", "Leroy", "Roux"]), _draw.choice(["Inès", "Hugo", "Alice", "Karim", "Chloé", "Noah"])]
    for _year in (2023, 2024, 2025):
        if _draw.random() < 0.65:
            ENROLMENTS.append([len(ENROLMENTS), f"E{_n:03d}", *_name, f"{_year}-{_year + 1}", _draw.choice(["Piano", "Danse"]), f"{_year}-09-{_draw.randint(10, 28)}", _draw.choice([250, 320])])


def test_enrolments_year_after_year_are_sales_and_no_customers(tmp_path):
    study = study_of(tmp_path, {"inscriptions.csv": ENROLMENTS})
    lines = as_dicts(ENROLMENTS)
    years = [line["Année scolaire"] for line in lines]
    assert figure(study, "nombre d'élèves par année scolaire") == {year: years.count(year) for year in set(years)}
    assert figure(study, "Combien d'élèves en 2025-2026 ?") == years.count("2025-2026")
    assert figure(study, "Combien d'inscriptions ?") == len(lines)
    assert converse(study, "taux de réinscription en 2025-2026")[0].status != "answered"
    assert study.database.row("SELECT SUM(amount) FROM customers")[0] == sum(line["Montant cotisation"] for line in lines)
    study.database.close()


VISITS = [["appointment_id", "patient_id", "appointment_date", "practitioner", "status", "fee"]]
for _n in range(900):
    VISITS.append([_n, f"P{_draw.randrange(150)}", (date(2024, 1, 1) + timedelta(days=_draw.randrange(600))).isoformat(), _draw.choice(["Dr Lee", "Dr Roy"]), _draw.choice(["Attended", "Attended", "No-show", "Cancelled"]), 50])


def test_appointments_by_status_hold_every_status(tmp_path):
    study = study_of(tmp_path, {"appointments.csv": VISITS})
    states = [line["status"] for line in as_dicts(VISITS)]
    assert figure(study, "appointments by status") == {state: states.count(state) for state in set(states)}
    study.database.close()


ANSWERS = [["Réf. client", "Date réponse", "Note de recommandation (0-10)"], *([f"N{n}", f"2025-0{n % 9 + 1}-11", n % 11] for n in range(0, 200, 3))]


def test_a_rate_of_answers_is_no_score(tmp_path):
    clients = [["Code client", "Segment", "Situation"], *([f"N{n}", "PME" if n % 2 else "TPE", "Ancien client" if n % 4 == 0 else "Client"] for n in range(200))]
    study = study_of(tmp_path, {"clients.csv": clients, "enquete.csv": ANSWERS})
    assert figure(study, "taux de réponse à l'enquête") == pytest.approx((len(ANSWERS) - 1) / 200)
    study.database.close()
