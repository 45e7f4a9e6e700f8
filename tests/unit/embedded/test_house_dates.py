"""A nursery, a vineyard's tours, a boiler firm: who came and went by the words of their headers, files a year, spells, factors said sideways."""

import random
from datetime import date, timedelta

import pytest

from analytics.catalog import Runner
from analytics.explore.explore import ANALYSIS as EXPLORE
from tests.unit.embedded.talks import asked, converse, is_, opened
from vocabulary.finding import Finding


@pytest.fixture(scope="module")
def nursery(tmp_path_factory):
    """Children, each with a file number; those gone have a date and a reason of departure; absences have a first and a last day."""
    draw = random.Random(21)
    lines = [["N° dossier", "Section", "Date d'admission", "Date de sortie", "Motif de sortie", "Référentes successives"]]
    absences, complaints = [["N° dossier", "Absent du", "au", "Cause"]], [["N° réclamation", "N° dossier", "Date", "Objet", "Résolue"]]
    for place in range(600):
        came = date(2022, 1, 1) + timedelta(days=draw.randrange(1200))
        gone = came + timedelta(days=draw.randint(40, 500)) if draw.random() < 0.6 else None
        gone = gone if gone is not None and gone < date(2025, 8, 1) else None
        reason = draw.choice(["Déménagement", "Admission en maternelle", "Tarif"]) if gone else ""
        lines.append([f"E{place:04d}", draw.choice(["Bébés", "Moyens"]), came.isoformat(), gone.isoformat() if gone else "", reason, draw.randint(1, 6)])
        for _ in range(draw.randint(0, 2)):
            first = came + timedelta(days=draw.randrange(200))
            absences.append([f"E{place:04d}", first.isoformat(), (first + timedelta(days=draw.randint(1, 9))).isoformat(), draw.choice(["Maladie", "Congé"])])
        if place % 2:
            complaints.append([f"R{place}", f"E{place:04d}", (came + timedelta(days=30)).isoformat(), draw.choice(["Facture erronée", "Repas"]), draw.choice(["oui", "non"])])
    yield from opened(tmp_path_factory, "nursery", {"enfants.csv": lines, "absences.csv": absences, "plaintes.csv": complaints})


@pytest.fixture(scope="module")
def boilers(tmp_path_factory):
    """Repairs, a file a year, the last month of the first pasted into the second; cakes sold beside by a tea room would be another list."""
    draw = random.Random(4)
    jobs = []
    for place in range(2400):
        day = date(2023, 1, 1) + timedelta(days=place * 730 // 2400)
        jobs.append([f"B{place:05d}", f"K{draw.randrange(300):04d}", day.isoformat(), draw.choice(["Panne", "Entretien", "Ramonage", "Pose"]),
                     round(draw.uniform(60, 500), 2), "Annulé" if place % 10 == 0 else "Fait", "Tarif normal" if place % 4 else "Rentrée -20 %"])  # fmt: skip
    head = ["N° bon", "N° client", "Date d'intervention", "Nature", "Montant TTC", "État", "Promotion"]
    first = [job for job in jobs if job[2] < "2024"]
    second = [job for job in jobs if job[2] >= "2023-12"]
    yield from opened(tmp_path_factory, "boilers", {"interventions 2023.csv": [head, *first], "interventions 2024.csv": [head, *second]})


YEAR = {"start": "2024-01-01", "end": "2024-12-31"}


def test_who_came_is_said_by_the_header_of_the_day_they_came(nursery):
    assert asked(nursery, "Combien d'admissions en 2024 ?") == {"measure": "new_customers", "period": YEAR}
    said = asked(nursery, "Combien d'admissions en maternelle en 2024 ?")
    assert said["measure"] == "lost_customers" and said["segment"] == [is_("Motif de sortie", "Admission en maternelle")]
    assert "segment" not in dict(converse(nursery, "Table des cohortes par trimestre d'admission")[0].steps[0].arguments)


def test_who_went_out_and_for_what_reason_in_a_year_left_in_it(nursery):
    assert asked(nursery, "Combien d'enfants sont sortis en 2024 ?") == {"measure": "lost_customers", "period": YEAR}
    assert asked(nursery, "Combien de déménagements en 2024 ?") == {"measure": "lost_customers", "segment": [is_("Motif de sortie", "Déménagement")], "period": YEAR}


def test_files_are_people_where_their_number_is_theirs(nursery):
    assert asked(nursery, "Combien de dossiers au total ?") == {"measure": "customers"}


def test_how_long_a_spell_lasts_runs_from_its_first_day_to_its_last(nursery):
    said = asked(nursery, "Quelle est la durée moyenne d'une absence ?")
    assert (said["measure"], said["since"], said["column"]) == ("delay", "Absent du", "au")


def test_a_factor_said_by_a_verb_and_the_state_it_leaves_out(nursery):
    assert asked(nursery, "Changer de référente fait-il partir les familles ?") == {"factor": "Référentes successives"}
    (reading,) = converse(nursery, "Les factures erronées non résolues font-elles partir les familles ?")
    assert dict(reading.steps[0].arguments) == {"factor": "Objet", "value": "Facture erronée"}
    assert "non résolues" in reading.sentence.render("fr") and reading.left_out is not None


def test_a_list_in_a_file_a_year_is_looked_at_whole(boilers):
    said = asked(boilers, "Taux d'annulation par année")
    found = Runner(boilers, [EXPLORE]).run("explore", said)
    assert isinstance(found, Finding)
    assert found.measures[0].n == 2400 and found.measures[0].value == pytest.approx(0.1)
    assert "« interventions 2023 » et « interventions 2024 »" in found.claim.render("fr").replace("\u00a0", " ")


def test_full_price_is_no_promotion(boilers):
    (found,) = [Runner(boilers, [EXPLORE]).run("explore", {"measure": "share_orders", "part": [is_("on_promo", True)]})]
    assert isinstance(found, Finding) and found.measures[0].value == pytest.approx(0.25, abs=0.04)


def test_orders_are_called_by_their_number(boilers):
    assert asked(boilers, "Combien de bons en mars 2024 ?")["measure"] == "orders"
    assert asked(boilers, "Quel est le montant moyen d'un bon ?") == {"measure": "average_basket"}
    assert asked(boilers, "Combien de clients ont plus de 10 bons ?")["segment"] == [is_("orders", 10, ">")]
    assert converse(boilers, "Qui sont nos bons clients ?")[0].steps[0].analysis == "segments"


def test_a_season_of_one_year_is_that_year(boilers):
    assert asked(boilers, "Chiffre d'affaires de la saison 2024") == {"measure": "amount", "period": YEAR}
    assert asked(boilers, "Revenue for the 2024 season")["period"] == YEAR


def test_who_has_spent_most_is_a_list_of_customers(boilers):
    assert asked(boilers, "Les cinq clients qui ont le plus dépensé") == {"measure": "amount", "by": ["customer_id"], "top": 5}


def test_the_slackest_month_is_looked_for_by_month(boilers):
    assert asked(boilers, "Quel est notre mois le plus creux ?") == {"measure": "orders", "by": ["month"], "order": "asc"}


def test_the_worst_of_a_rate_of_departures_is_the_highest(boilers):
    assert asked(boilers, "Part de clients perdus par nature", "lequel est le pire ?").get("order") != "asc"


def test_those_who_bought_are_set_against_those_who_never_did(boilers):
    first, second = converse(boilers, "Les clients qui achètent un ramonage partent-ils moins ?")[0].steps
    assert dict(first.arguments)["segment"] == [is_("Nature", "Ramonage")]
    assert dict(second.arguments)["segment"] == [is_("Nature", "Ramonage", "!=")]


def test_a_value_that_costs_us_customers_is_a_factor(boilers):
    assert asked(boilers, "Est-ce que le ramonage nous fait perdre des clients ?") == {"factor": "Nature", "value": "Ramonage"}
    assert asked(boilers, "Les pannes nous coûtent-elles des clients ?") == {"factor": "Nature", "value": "Panne"}


@pytest.fixture(scope="module")
def estate(tmp_path_factory):
    """Tours of a vineyard and what is sold at its cellar, two lists; and marks out of ten given after a tour."""
    draw = random.Random(8)
    tours, cellar, marks = [["N° billet", "N° visiteur", "Date de visite", "Langue", "Montant"]], [["Date", "N° visiteur", "Cépage", "Montant"]], [["Date de réponse", "N° visiteur", "Nous recommanderiez-vous (0-10)"]]
    for place in range(900):
        who, day = f"V{draw.randrange(200):04d}", date(2024, 1, 1) + timedelta(days=draw.randrange(600))
        tours.append([f"T{place:05d}", who, day.isoformat(), draw.choice(["Français", "Anglais"]), draw.choice([12, 18, 25])])
        if place % 2:
            cellar.append([day.isoformat(), who, draw.choice(["Merlot", "Syrah"]), round(draw.uniform(8, 90), 2)])
        if place % 3 == 0:
            marks.append([(day + timedelta(days=2)).isoformat(), who, draw.choice([5, 8, 9, 10])])
    yield from opened(tmp_path_factory, "estate", {"visites guidees.csv": tours, "caveau.csv": cellar, "enquete.csv": marks})


@pytest.mark.parametrize("question", ["Panier moyen au caveau", "Chiffre d'affaires du caveau en 2024"])
def test_one_of_two_lists_of_sales_is_looked_at_alone(estate, question):
    told = asked(estate, question)
    assert told["measure"] in ("average_basket", "amount") and told["purchase_filter"] == [is_("sales_list", "caveau")]
    assert "purchase_filter" not in asked(estate, question.replace(" au caveau", "").replace(" du caveau", ""))


def test_a_thing_that_no_file_names_is_asked_about(estate):
    (reading,) = converse(estate, "Combien de balades en 2024 ?")
    assert reading.status == "clarify" and "balades" in reading.sentence.render("fr") and len(reading.choices) == 2
    assert converse(estate, "Combien de planètes ?")[0].status == "declined"


def test_a_mean_mark_is_no_score_made_of_the_marks(estate):
    assert asked(estate, "Note moyenne de recommandation")["measure"] == "mean"
    assert asked(estate, "Average rating by quarter") == {"measure": "mean", "column": "Nous recommanderiez-vous (0-10)", "by": ["quarter"], "table": "enquete.csv"}
    assert asked(estate, "Quel est notre NPS ?")["measure"] == "nps"


@pytest.fixture(scope="module")
def clinic(tmp_path_factory):
    """Patients of a physiotherapist, sent by somebody or come by a fair; each has a day of admission and, for some, of departure."""
    draw = random.Random(12)
    lines = [["N° patient", "Canal d'acquisition", "Recommandé par", "Date d'admission", "Date de sortie", "Motif de sortie"]]
    for place in range(500):
        came = date(2022, 1, 1) + timedelta(days=draw.randrange(1200))
        gone = came + timedelta(days=draw.randint(40, 500)) if draw.random() < 0.6 else None
        gone = gone if gone is not None and gone < date(2025, 8, 1) else None
        lines.append([f"P{place:04d}", draw.choice(["Foire de Lyon", "Site web"]), draw.choice(["Généraliste", "Chirurgien", "Ami"]), came.isoformat(),
                      gone.isoformat() if gone else "", draw.choice(["Guéri", "Tarif"]) if gone else ""])  # fmt: skip
    yield from opened(tmp_path_factory, "clinic", {"patients.csv": lines})


def test_one_channel_is_judged_beside_the_others(clinic):
    (reading,) = converse(clinic, "La foire de Lyon nous amène-t-elle de bons patients ?")
    assert (reading.steps[0].analysis, dict(reading.steps[0].arguments)) == ("acquisition_quality", {"by": "Canal d'acquisition"})


def test_whoever_sends_customers_is_told_by_the_column_that_says_it(clinic):
    (reading,) = converse(clinic, "Qui nous recommande les patients les plus fidèles ?")
    assert (reading.steps[0].analysis, reading.steps[0].arguments["by"]) == ("churn_rate", "Recommandé par")


@pytest.mark.parametrize("question", ["Combien d'admissions et de sorties en 2024 ?", "Solde des admissions et des sorties en 2024"])
def test_who_came_and_who_left_are_both_told(nursery, question):
    (reading,) = converse(nursery, question)
    assert [step.arguments["measure"] for step in reading.steps] == ["new_customers", "lost_customers"]


def test_whether_the_activity_has_seasons_is_told_by_month(boilers):
    assert asked(boilers, "Notre activité est-elle saisonnière ?") == {"measure": "amount", "by": ["month"]}
