"""Questions typed in a hurry, in one language on files in the other: apostrophes left out, « actuellement », prices by the year, values set against each other."""

import random
from datetime import date, timedelta

import pytest

from analytics.explore.fields import column_title
from assistant.embedded.ideas import idea
from assistant.embedded.text import elided, joined
from tests.unit.embedded.talks import asked, converse, is_, opened


@pytest.fixture(scope="module")
def pool(tmp_path_factory):
    draw = random.Random(21)
    people = [["N° adhérent", "Formule", "Quartier", "Date adhésion", "Date fin", "Tarif annuel"]]
    for place in range(400):
        start, gone = date(2022, 9, 1) + timedelta(days=draw.randrange(700)), draw.random() < 0.5
        kind = draw.choice(["Nage libre", "Aquagym", "Famille"])
        people.append([
            10_000 + place, kind, draw.choice(["Centre", "Gare"]), start.isoformat(), (start + timedelta(days=200)).isoformat() if gone else "",
            {"Nage libre": 220, "Aquagym": 390, "Famille": 540}[kind],
        ])  # fmt: skip
    visits = [["N° adhérent", "Date passage", "Créneau"]]
    visits += [[10_000 + draw.randrange(400), (date(2024, 1, 1) + timedelta(days=draw.randrange(400))).isoformat(), draw.choice(["Matin", "Soir"])] for _ in range(2000)]
    yield from opened(tmp_path_factory, "pool", {"adherents.csv": people, "passages.csv": visits})


@pytest.fixture(scope="module")
def pets(tmp_path_factory):
    draw = random.Random(22)
    lines = [["subscriber_id", "pet", "plan", "monthly_price", "signup_date", "status", "cancel_date", "cancel_reason", "boxes_delivered", "country"]]
    for place in range(500):
        start, gone = date(2022, 6, 1) + timedelta(days=draw.randrange(900)), draw.random() < 0.4
        lines.append([
            f"S{place:05d}", draw.choice(["Dog", "Cat", "Rabbit"]), draw.choice(["Basic", "Plus", "Vet"]), draw.choice([24.9, 39.9]), start.isoformat(),
            "cancelled" if gone else "active", (start + timedelta(days=150)).isoformat() if gone else "",
            draw.choice(["Too expensive", "Pet died", "Moved"]) if gone else "", draw.randint(1, 36), draw.choice(["FR", "BE"]),
        ])  # fmt: skip
    yield from opened(tmp_path_factory, "pets", {"subscribers.csv": lines})


@pytest.fixture(scope="module")
def florist(tmp_path_factory):
    draw = random.Random(23)
    people = [["Code client", "Type de client"], *([f"FL{n:03d}", draw.choice(["Particulier", "Entreprise", "Restaurant"])] for n in range(250))]
    lines = [["N° commande", "Code client", "Date", "Occasion", "Livraison", "Carte fidélité", "Quantité", "Montant TTC"]]
    for place in range(1500):
        day = date(2022, 1, 1) + timedelta(days=draw.randrange(1200))
        who = draw.randrange(250)
        lines.append([place, f"FL{who:03d}", day.isoformat(), draw.choice(["Mariage", "Deuil", "Fête des mères"]), draw.choice(["Oui", "Non"]), "Oui" if who % 2 else "Non", draw.randint(1, 4), draw.randint(10, 90)])
    yield from opened(tmp_path_factory, "florist", {"clients.csv": people, "commandes.csv": lines})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("part des vis dans le chiffre d affaires", "part des vis dans le chiffre d'affaires"),
        ("combien y a t il d abonnés", "combien y a-t-il d'abonnés"),
        ("est ce qu on perd du monde", "est-ce qu'on perd du monde"),
        ("combien de clients", "combien de clients"),
    ],
)
def test_apostrophes_and_hyphens_left_out(typed, meant):
    assert elided(typed) == meant


def test_more_than_one_box_is_a_box():
    assert (idea("boxes"), idea("taxes")) == ("box", "taxe")


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("combien on a d adhérents en aquagym actuellement", {"measure": "customers", "segment": [is_("Formule", "Aquagym"), is_("lost", False)]}),
        ("how many members do we have today?", {"measure": "customers", "segment": [is_("lost", False)], "period": None}),
        ("tarif annuel moyen par formule", {"measure": "mean", "column": "Tarif annuel", "by": ["Formule"]}),
        ("MRR", {"measure": "sum", "column": "monthly_amount", "segment": [is_("lost", False)]}),
        ("how much do families pay per month?", {"measure": "mean", "column": "monthly_amount", "by": None, "segment": [is_("Formule", "Famille")]}),
        ("combien paient les familles", {"measure": "mean", "column": "Tarif annuel"}),
        ("quel créneau est le plus fréquenté ?", {"measure": "records", "by": ["Créneau"], "table": "passages.csv"}),
    ],
)
def test_members_of_now_and_what_they_pay(pool, question, found):
    told = asked(pool, question)
    assert {name: told.get(name) for name in found} == found


def test_a_price_by_the_year_is_told_by_the_year(pool):
    assert column_title(pool, "Tarif annuel").fr == "Tarif annuel"


def test_families_set_beside_the_others_are_a_rate(pool):
    assert [step.analysis for step in converse(pool, "est ce que les familles partent plus que les autres ?")[0].steps] == ["churn_rate", "churn_rate"]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("what percent of Belgian subscribers are on Plus", {"measure": "share_customers", "segment": [is_("country", "BE")], "part": [is_("plan", "Plus")]}),
        ("combien d abonnés ont arrêté parce que trop cher", {"measure": "customers", "segment": [is_("cancel_reason", "Too expensive"), is_("lost", True)]}),
        ("nombre moyen de box par abonné Vet", {"measure": "mean", "column": "boxes_delivered", "segment": [is_("plan", "Vet")]}),
        ("cancellations per month", {"measure": "lost_customers", "by": ["month"]}),
    ],
)
def test_subscribers_asked_about_in_the_other_language(pets, question, found):
    told = asked(pets, question)
    assert {name: told.get(name) for name in found} == found


def test_two_of_three_values_leave_the_third_out(pets, florist):
    told = converse(pets, "est-ce que les chats restent plus longtemps que les chiens ?")[0].steps[0]
    assert (told.analysis, told.arguments["by"], told.arguments["segment"]) == ("leak_points", "pet", [{"field": "pet", "operator": "in", "values": ["Cat", "Dog"]}])
    assert converse(pets, "do cats stay longer than dogs?")[0].steps[0].analysis == "leak_points"
    assert converse(pets, "les chiens partent-ils plus que les chats ?")[0].steps[0].analysis == "churn_rate"
    told = asked(florist, "CA restaurants vs entreprises")
    assert (told["by"], told["segment"]) == (["Type de client"], [{"field": "Type de client", "operator": "in", "values": ["Restaurant", "Entreprise"]}])


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("How much did weddings bring in last year?", {"measure": "amount", "purchase_filter": [is_("Occasion", "Mariage")]}),
        ("panier moyen quand y a livraison", {"measure": "average_basket", "purchase_filter": [is_("Livraison", True)]}),
        ("average basket of card holders vs others", {"measure": "average_basket", "by": ["Carte fidélité"]}),
        ("how many units for funerals", {"measure": "quantity", "purchase_filter": [is_("Occasion", "Deuil")]}),
    ],
)
def test_purchases_asked_about_in_the_other_language(florist, question, found):
    told = asked(florist, question)
    assert {name: told.get(name) for name in found} == found


@pytest.mark.parametrize("question", ["clients who haven't ordered since January 2024", "clients qui n'ont rien commandé depuis janvier 2024"])
def test_silent_since_a_day(florist, question):
    (held,) = asked(florist, question)["segment"]
    assert (held["field"], held["operator"], held["values"]) == ("recency_days", ">", [(florist.as_of - date(2024, 1, 1)).days])
    assert "period" not in asked(florist, question)


@pytest.fixture(scope="module")
def driving(tmp_path_factory):
    draw = random.Random(24)
    lines = [["N° dossier élève", "Âge", "Agence", "Type de permis", "Date inscription", "Heures effectuées", "Résultat code", "Résultat conduite", "Montant payé", "Comment connu"]]
    for place in range(400):
        day = date(2022, 1, 1) + timedelta(days=draw.randrange(900))
        lines.append([
            f"E{place}", draw.randint(16, 40), draw.choice(["Bron", "Lyon 3"]), draw.choice(["B", "AAC", "Moto"]), day.isoformat(), draw.randint(5, 60),
            draw.choice(["Réussi", "Échoué"]), draw.choice(["Réussi", "Échoué", "En attente"]), draw.randint(700, 2200), draw.choice(["Google", "Instagram"]),
        ])  # fmt: skip
    yield from opened(tmp_path_factory, "driving", {"eleves.csv": lines})


@pytest.fixture(scope="module")
def passes(tmp_path_factory):
    draw = random.Random(25)
    lines = [["member_no", "pass_type", "age_band", "bought_on", "renewed", "price_paid", "visits"]]
    for place in range(500):
        day = date(2022, 1, 1) + timedelta(days=draw.randrange(900))
        lines.append([f"M{place:04d}", draw.choice(["Solo", "Family"]), draw.choice(["18-25", "26-40", "60+"]), day.isoformat(), draw.choice(["Yes", "No"]), draw.choice([45, 95]), draw.randint(0, 9)])
    yield from opened(tmp_path_factory, "passes", {"passes.csv": lines})


@pytest.fixture(scope="module")
def landlords(tmp_path_factory):
    draw = random.Random(26)
    people = [["Réf bailleur", "Négociateur", "Début de mandat", "Fin de mandat"]]
    for place in range(250):
        start = date(2020, 1, 1) + timedelta(days=draw.randrange(1200))
        people.append([f"B{place:03d}", draw.choice(["Hugo", "Clara"]), start.isoformat(), (start + timedelta(days=300)).isoformat() if draw.random() < 0.4 else ""])
    calls = [["N° incident", "Réf bailleur", "Ouvert le", "Clos le", "Nature"]]
    for place in range(500):
        day = date(2024, 1, 1) + timedelta(days=draw.randrange(300))
        calls.append([place, f"B{draw.randrange(250):03d}", day.isoformat(), (day + timedelta(days=draw.randint(1, 30))).isoformat(), draw.choice(["Travaux", "Sinistre"])])
    yield from opened(tmp_path_factory, "landlords", {"bailleurs.csv": people, "incidents.csv": calls})


@pytest.fixture(scope="module")
def trade(tmp_path_factory):
    draw = random.Random(27)
    accounts = [["Compte", "Métier", "Club"], *([f"40{n:03d}", draw.choice(["Plombier", "Menuisier"]), draw.choice(["Oui", "Non"])] for n in range(200))]
    lines = [["Facture", "Compte", "Date facture", "Famille", "Vendu en", "CA HT", "Marge €"]]
    for place in range(1500):
        day = date(2023, 1, 1) + timedelta(days=draw.randrange(800))
        lines.append([10_000 + place, f"40{draw.randrange(200):03d}", day.isoformat(), draw.choice(["Visserie", "Outillage"]), draw.choice(["Agence", "Shop", "Online"]), draw.randint(20, 400), draw.randint(5, 90)])
    yield from opened(tmp_path_factory, "trade", {"comptes.csv": accounts, "factures.csv": lines})


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("taux de réussite à la conduite par agence", {"measure": "share_customers", "part": [is_("Résultat conduite", "Réussi")], "by": ["Agence"]}),
        ("how many hours on average for the motorbike licence", {"measure": "mean", "column": "Heures effectuées", "segment": [is_("Type de permis", "Moto")]}),
        ("qui vient par insta ?", {"by": ["customer_id"], "segment": [is_("Comment connu", "Instagram")]}),
        ("which branch makes the most money", {"by": ["Agence"], "order": None}),
        ("nb d'élèves mineurs", {"measure": "customers", "segment": [is_("Âge", 18, "<")]}),
    ],
)
def test_pupils_results_and_ages(driving, question, found):
    told = asked(driving, question)
    assert {name: told.get(name) for name in found} == found


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("how many passes did we sell in 2024?", {"measure": "orders"}),
        ("combien de pass famille vendus en 2023", {"measure": "orders", "purchase_filter": [is_("category", "Family")]}),
        ("taux de renouvellement par type de pass", {"measure": "share_records", "part": [is_("renewed", True)], "by": ["pass_type"]}),
        ("average number of visits for renewed vs not renewed", {"measure": "mean", "column": "visits", "by": ["renewed"]}),
    ],
)
def test_passes_are_sold_and_visits_are_counted_by_a_column(passes, question, found):
    told = asked(passes, question)
    assert {name: told.get(name) for name in found} == found


def test_never_visited_is_not_never_bought(passes):
    assert converse(passes, "how many holders never visited?")[0].status != "answered"


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Quel négociateur perd le plus de mandats ?", {"by": ["Négociateur"]}),
        ("délai moyen pour clore un incident travaux", {"measure": "delay", "purchase_filter": [is_("Nature", "Travaux")]}),
        ("combien de bailleurs avons-nous aujourd hui", {"measure": "customers", "segment": [is_("lost", False)]}),
        ("how many landlords left in 2023?", {"measure": "lost_customers"}),
    ],
)
def test_mandates_are_those_who_gave_them(landlords, question, found):
    told = asked(landlords, question)
    assert {name: told.get(name) for name in found} == found


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("classement des métiers par marge", {"measure": "sum", "column": "Marge €", "by": ["Métier"], "order": "desc"}),
        ("marge par famille", {"measure": "sum", "column": "Marge €"}),
        ("average invoice for plumbers", {"measure": "average_basket", "segment": [is_("Métier", "Plombier")]}),
        ("panier moyen en ligne vs boutique", {"by": ["Vendu en"], "purchase_filter": [{"field": "Vendu en", "operator": "in", "values": ["Online", "Shop"]}]}),
        ("do club members spend more per order?", {"measure": "average_basket", "by": ["Club"]}),
    ],
)
def test_margins_rankings_and_two_places(trade, question, found):
    told = asked(trade, question)
    assert {name: told.get(name) for name in found} == found


@pytest.fixture(scope="module")
def rooms(tmp_path_factory):
    draw = random.Random(28)
    people = [["id_membre", "site", "prix_mois", "date_entree", "date_sortie", "cause_sortie", "parrain"]]
    for place in range(300):
        start, gone = date(2022, 1, 1) + timedelta(days=draw.randrange(600)), draw.random() < 0.4
        people.append([
            place, draw.choice(["Vaise", "Confluence"]), draw.choice([110, 220]), start.isoformat(), (start + timedelta(days=250)).isoformat() if gone else "",
            draw.choice(["Trop bruyant", "Prix"]) if gone else "", draw.choice(["oui", "non"]),
        ])  # fmt: skip
    lines = [["id_resa", "id_membre", "date_resa", "salle", "duree_h"]]
    lines += [[n, draw.randrange(300), (date(2023, 1, 1) + timedelta(days=draw.randrange(600))).isoformat(), draw.choice(["Phare", "Atelier"]), draw.choice([1, 2])] for n in range(1500)]
    yield from opened(tmp_path_factory, "rooms", {"membres.csv": people, "reservations_salles.csv": lines})


@pytest.fixture(scope="module")
def dentist(tmp_path_factory):
    draw = random.Random(29)
    people = [["Patient No", "Plan", "Dentist"], *([30_000 + n, draw.choice(["NHS", "Private"]), draw.choice(["Dr Shah", "Dr Lee"])] for n in range(250))]
    lines = [["Appt ID", "Patient No", "Appt date", "Treatment", "Outcome", "Fee", "rating"]]
    for place in range(1500):
        state, day = draw.choice(["Attended", "Attended", "DNA", "Cancelled"]), date(2023, 1, 1) + timedelta(days=draw.randrange(700))
        lines.append([place, 30_000 + draw.randrange(250), day.isoformat(), draw.choice(["Crown", "Whitening"]), state, draw.randint(30, 600) if state == "Attended" else 0, draw.randint(1, 5)])
    yield from opened(tmp_path_factory, "dentist", {"patients.csv": people, "appointments.csv": lines})


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("How many people left because it was too noisy?", {"measure": "customers", "segment": [is_("cause_sortie", "Trop bruyant"), is_("lost", True)]}),
        ("quelle salle est la plus réservée", {"measure": "orders", "by": ["salle"]}),
        ("room bookings per month in 2024", {"measure": "orders", "by": ["month"]}),
        ("departures by reason in 2024", {"measure": "lost_customers", "by": ["cause_sortie"], "segment": None}),
    ],
)
def test_rooms_and_reasons_of_a_year(rooms, question, found):
    told = asked(rooms, question)
    assert {name: told.get(name) for name in found} == found


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("DNA rate by dentist", {"measure": "share_records", "part": [is_("Outcome", "DNA")], "by": ["Dentist"]}),
        ("part des rendez-vous annulés", {"measure": "share_records", "part": [is_("Outcome", "Cancelled")]}),
        ("fees from whitening last year", {"measure": "sum", "column": "Fee"}),
        ("how much did the whitening treatment make in 2024", {"measure": "amount", "purchase_filter": [is_("product", "Whitening")]}),
        ("which is the best-rated treatment", {"measure": "mean", "column": "rating", "by": ["product"]}),
        ("quel treatment est le moins bien noté", {"measure": "mean", "column": "rating", "by": ["product"], "order": "asc"}),
    ],
)
def test_states_fees_and_marks_of_appointments(dentist, question, found):
    told = asked(dentist, question)
    assert {name: told.get(name) for name in found} == found


@pytest.mark.parametrize("question", ["quel fauteuil est le moins bien noté", "share of rentals at the beach"])
def test_what_the_files_do_not_hold_stops_a_ranking_and_a_share(dentist, question):
    assert converse(dentist, question)[0].status != "answered"


def test_words_of_several_words_in_both_languages():
    assert joined("word of mouth") == joined("bouche-a-oreille") and joined("direct debits") == joined("prelevement automatique")


@pytest.fixture(scope="module")
def optician(tmp_path_factory):
    draw = random.Random(30)
    people = [["Num_client", "Sexe", "Age", "Commune", "Mutuelle"]]
    people += [[n, draw.choice(["Femme", "Homme"]), draw.randint(6, 90), draw.choice(["Tours", "Amboise"]), draw.choice(["MGEN", "Alan", "Aucune"])] for n in range(250)]
    lines = [["Num_vente", "Num_client", "Date_vente", "Type", "Montant", "Reste à charge"]]
    for place in range(1500):
        day, paid = date(2022, 1, 1) + timedelta(days=draw.randrange(1100)), draw.randint(20, 400)
        lines.append([place, draw.randrange(250), day.isoformat(), draw.choice(["Lunettes", "Lentilles", "Solaires"]), paid, paid // 3])
    yield from opened(tmp_path_factory, "optician", {"clients.csv": people, "ventes.csv": lines})


@pytest.fixture(scope="module")
def classes(tmp_path_factory):
    draw = random.Random(31)
    lines = [["Member ID", "Class", "Day", "Start date", "Monthly fee", "Payment", "Status", "Leave date", "type_client", "Coach"]]
    for place in range(300):
        start, gone = date(2022, 9, 1) + timedelta(days=draw.randrange(700)), draw.random() < 0.3
        lines.append([
            f"GY{place:03d}", draw.choice(["Acro", "Parkour"]), draw.choice(["Monday", "Wednesday"]), start.isoformat(), draw.choice([32, 45]), draw.choice(["Direct debit", "Card"]),
            "Left" if gone else "Active", (start + timedelta(days=150)).isoformat() if gone else "", draw.choice(["Mairie", "Famille"]), draw.choice(["Ana", "Kim"]),
        ])  # fmt: skip
    yield from opened(tmp_path_factory, "classes", {"gym_members.csv": lines})


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("combien de paires de lunettes vendues en 2024", {"measure": "orders", "purchase_filter": [is_("category", "Lunettes")]}),
        ("how much did contact lenses bring in over the last 12 months?", {"measure": "amount", "purchase_filter": [is_("category", "Lentilles")]}),
        ("reste à charge moyen par mutuelle", {"measure": "mean", "column": "Reste à charge", "by": ["Mutuelle"]}),
        ("customers without health insurance", {"measure": "customers", "segment": [is_("Mutuelle", "Aucune")]}),
        ("average sale for women vs men", {"measure": "average_basket", "by": ["Sexe"]}),
        ("où habitent nos clients ?", {"measure": "customers", "by": ["Commune"]}),
        ("which day of the week is busiest", {"measure": "orders", "by": ["weekday"]}),
        (
            "what share of customers bought both glasses and lenses",
            {"measure": "share_customers", "part": [is_("category", "Lunettes"), is_("category", "Lentilles")]},
        ),
    ],
)
def test_glasses_and_lenses(optician, question, found):
    told = asked(optician, question)
    assert {name: told.get(name) for name in found} == found


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("active members per class", {"measure": "customers", "by": ["Class"], "segment": [is_("lost", False)]}),
        ("cotisation moyenne par cours", {"measure": "mean", "column": "Monthly fee", "by": ["Class"]}),
        ("part des familles qui paient en prélèvement", {"measure": "share_customers", "part": [is_("Payment", "Direct debit")]}),
        ("les inscrits du mercredi", {"measure": "customers", "segment": [is_("Day", "Wednesday")]}),
        ("how many joined in September 2023?", {"measure": "new_customers"}),
        ("les 10 plus gros comptes", {"measure": "sum", "column": "Monthly fee", "by": ["customer_id"], "top": 10}),
        ("how many customers from town halls", {"measure": "customers", "segment": [is_("type_client", "Mairie")], "period": None}),
        ("best 5 clients of Ana", {"by": ["customer_id"], "top": 5, "segment": [is_("Coach", "Ana"), is_("lost", False)]}),
    ],
)
def test_classes_days_and_biggest_accounts(classes, question, found):
    told = asked(classes, question)
    assert {name: told.get(name) for name in found} == found


def test_a_mean_of_words_not_read_is_no_rate_of_leaving(optician):
    assert converse(optician, "reste fixe moyen par mutuelle")[0].status != "answered"


@pytest.fixture(scope="module")
def games(tmp_path_factory):
    draw = random.Random(32)
    lines = [["ref_resa", "family_id", "date_jeu", "salle", "nb_joueurs", "prix_total", "reussi"]]
    for place in range(1500):
        day = date(2022, 5, 1) + timedelta(days=draw.randrange(1000))
        lines.append([f"R{place}", f"F{draw.randrange(300)}", day.isoformat(), draw.choice(["Prison", "Pharaon"]), draw.randint(2, 6), draw.choice([44, 66, 100]), draw.choice(["Oui", "Non"])])
    yield from opened(tmp_path_factory, "games", {"jeux.csv": lines})


@pytest.fixture(scope="module")
def sailing(tmp_path_factory):
    draw = random.Random(33)
    people = [["N° adhérent", "Catégorie", "Bénévole"], *([n, draw.choice(["Jeune", "Adulte"]), draw.choice(["Oui", "Non"])] for n in range(250))]
    dues = [["N° reçu", "N° adhérent", "Date paiement", "Montant cotisation", "Moyen"]]
    dues += [[n, draw.randrange(250), (date(2021, 1, 1) + timedelta(days=draw.randrange(1400))).isoformat(), draw.choice([120, 210]), draw.choice(["CB", "Chèque"])] for n in range(1000)]
    yield from opened(tmp_path_factory, "sailing", {"adherents.csv": people, "cotisations.csv": dues})


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("combien de joueurs en 2024", {"measure": "quantity"}),
        ("average number of players per booking", {"measure": "quantity_per_order"}),
        ("success rate by room", {"measure": "share_records", "part": [is_("reussi", True)], "by": ["salle"]}),
        ("resas par mois depuis janvier 2024", {"measure": "orders", "by": ["month"]}),
        ("combien de familles en 2024", {"measure": "customers"}),
        ("how many families came more than twice?", {"measure": "customers", "segment": [is_("orders", 2, ">")]}),
        ("le chiffre de décembre 2023", {"measure": "amount"}),
    ],
)
def test_players_are_counted_and_families_are_customers(games, question, found):
    told = asked(games, question)
    assert {name: told.get(name) for name in found} == found


def test_a_period_of_nothing_named_counts_nobody(games):
    assert converse(games, "le bilan chiffré de décembre 2023")[0].status != "answered"


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("cotisations par catégorie en 2023", {"measure": "amount", "by": ["Catégorie"]}),
        ("cotisation moyenne des jeunes", {"measure": "average_basket"}),
        ("how many volunteers do we have?", {"measure": "customers", "segment": [is_("Bénévole", True)]}),
    ],
)
def test_dues_are_what_their_header_calls_them(sailing, question, found):
    told = asked(sailing, question)
    assert {name: told.get(name) for name in found} == found


TEAS = [["N° commande", "Code client", "Ville", "Date", "Produit", "Montant TTC"]]
for _place in range(240):
    TEAS.append([_place + 1, f"C{_place % 40:03d}", ["Lyon", "Lille"][_place % 2], (date(2023, 1, 1) + timedelta(days=3 * _place)).isoformat(),
                 ["Thé", "Café", "Bougie"][_place % 3], [12, 80, 450, 1800, 2600][_place % 5]])  # fmt: skip


@pytest.fixture(scope="module")
def teas(tmp_path_factory):
    yield from opened(tmp_path_factory, "teas", {"ventes.csv": TEAS})


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("customers from the city of Lyon", {"measure": "customers", "segment": [is_("Ville", "Lyon")]}),
        ("revenue of the year 2024", {"measure": "amount", "period": {"start": "2024-01-01", "end": "2024-12-31"}}),
        ("sales of Thé", {"measure": "amount", "purchase_filter": [is_("product", "Thé")]}),
        ("ca du the", {"measure": "amount", "purchase_filter": [is_("product", "Thé")]}),
        ("combien de commandes de plus de 2000 ?", {"measure": "orders", "purchase_filter": [is_("order_amount", 2000, ">")]}),
    ],
)
def test_an_article_is_no_tea_and_two_thousand_is_no_year(teas, question, expected):
    assert asked(teas, question) == expected


def test_the_amount_of_an_order_is_called_so(teas):
    (reading,) = converse(teas, "combien de commandes de plus de 2000 ?")
    assert "montant de la commande\u00a0: plus de 2" in reading.sentence.render("fr")
