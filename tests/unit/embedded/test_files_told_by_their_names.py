"""A marina: berths in force and those given up, what one bill comes to, taxes added up, and complaints that stand beside repairs asked for."""

import random
from datetime import date, timedelta

import pytest

from analytics.catalog import CATALOG, Runner
from assistant.embedded.said_simply import said_simply
from tests.unit.embedded.talks import asked, converse, opened

_draw = random.Random(47)
OWNERS = [[f"K{n:03d}", _draw.choice(["Sète", "Agde", "Mèze"]), _draw.choice(["Salon nautique", "Site", "Ami"])] for n in range(260)]
BERTHS = []
for _n in range(330):
    _begun = date(2023, 1, 5) + timedelta(days=_draw.randrange(700))
    _over = _begun + timedelta(days=_draw.randint(60, 500)) if _draw.random() < 0.4 else None
    BERTHS.append([f"B{_n:04d}", f"K{_draw.randrange(260):03d}", _draw.choice(["Mistral", "Ondine", "Albatros", "Cormoran"]), _draw.choice(["Ponton", "Bouée"]), _begun, _over if _over and _over <= date(2025, 5, 31) else ""])
BILLS = []
for _n in range(1400):
    _net = _draw.randint(60, 400)
    BILLS.append([f"F{_n:05d}", f"K{_draw.randrange(260):03d}", date(2023, 2, 1) + timedelta(days=_draw.randrange(850)), _net, round(_net * 0.2, 2), round(_net * 1.2, 2)])
REPAIRS = [[date(2023, 3, 1) + timedelta(days=_draw.randrange(820)), f"K{_draw.randrange(260):03d}", _draw.choice(["Moteur", "Voile", "Coque"]), _draw.choice(["oui", "oui", "non"])] for _ in range(600)]
COMPLAINTS = [[date(2023, 3, 1) + timedelta(days=_draw.randrange(820)), f"K{_draw.randrange(260):03d}", _draw.choice(["Bruit", "Tarif", "Propreté"]), _draw.choice(["oui", "non"])] for _ in range(210)]


@pytest.fixture(scope="module")
def marina(tmp_path_factory):
    yield from opened(tmp_path_factory, "marina", {
        "proprietaires.csv": [["N° client", "Port d'attache", "Origine"], *OWNERS],
        "emplacements.csv": [["N° contrat", "N° client", "Bateau", "Type de place", "Date de début", "Date de fin"], *BERTHS],
        "factures.csv": [["N° facture", "N° client", "Date facture", "Montant HT", "TVA", "Montant TTC"], *BILLS],
        "depannages.csv": [["Date de la demande", "N° client", "Objet", "Résolu"], *REPAIRS],
        "plaintes.csv": [["Date de la plainte", "N° client", "Sujet de la plainte", "Résolue"], *COMPLAINTS],
    })  # fmt: skip


def _value(study, *questions):
    return Runner(study, CATALOG).run("explore", asked(study, *questions)).measures[0].value


def test_one_bill_is_what_it_comes_to(marina):
    expected = sum(row[5] for row in BILLS) / len(BILLS)
    for question in ("facture moyenne", "average invoice", "quelle est la facture moyenne ?"):
        assert _value(marina, question) == pytest.approx(expected), question
    assert asked(marina, "nombre moyen de factures par client")["measure"] in ("total_per_customer", "orders_per_customer")


def test_a_tax_that_is_no_rate_is_added_up(marina):
    assert _value(marina, "TVA 2024") == pytest.approx(sum(row[4] for row in BILLS if row[2].year == 2024))
    assert _value(marina, "TVA par mois en 2023") == pytest.approx(sum(row[4] for row in BILLS if row[2].year == 2023))
    assert asked(marina, "TVA moyenne")["measure"] == "mean"


def test_those_that_ended_after_those_in_force(marina):
    over = sum(row[5] != "" for row in BERTHS)
    assert _value(marina, "combien de contrats actifs aujourd'hui ?", "et résiliés ?") == over
    by_then = sum(row[5] != "" and row[5] <= date(2024, 6, 30) for row in BERTHS)
    assert _value(marina, "combien de contrats en cours au 30 juin 2024 ?", "et résiliés ?") == by_then
    assert _value(marina, "combien de contrats actifs aujourd'hui ?") == len(BERTHS) - over


def test_now_is_of_those_in_force(marina):
    running = sum(row[5] == "" for row in BERTHS)
    assert _value(marina, "combien d'emplacements en ce moment ?") == running
    assert _value(marina, "nombre d'emplacements actuellement par type de place") == running


def test_each_line_is_of_one_and_is_not_told_apart_by_name(marina):
    assert _value(marina, "combien de bateaux en emplacement ?") == len(BERTHS)


def test_complaints_are_those_of_the_file_called_so(marina):
    assert asked(marina, "nombre de plaintes par sujet")["table"] == "plaintes.csv"
    assert _value(marina, "combien de clients ont fait une plainte ?") == len({row[1] for row in COMPLAINTS})
    assert _value(marina, "combien de clients se sont plaints ?") == len({row[1] for row in COMPLAINTS})
    assert _value(marina, "combien de clients ont eu un dépannage ?") == len({row[1] for row in REPAIRS})


def test_channels_asked_by_who_stays_are_judged_as_channels(marina):
    for reading in converse(marina, "quelle origine a les clients les plus fidèles ?", "et celle à éviter ?"):
        assert [step.analysis for step in reading.steps] == ["acquisition_quality"], reading.sentence


def test_how_old_ended_contracts_were_is_how_long_they_lasted(marina):
    lasted = [(row[5] - row[4]).days for row in BERTHS if row[5] != ""]
    assert _value(marina, "ancienneté moyenne des contrats terminés") == pytest.approx(sum(lasted) / len(lasted))


def test_a_state_that_is_denied_denies_no_place(marina):
    towns = {row[0]: row[1] for row in OWNERS}
    expected = sum(row[3] == "non" and towns[row[1]] == "Sète" for row in COMPLAINTS)
    for question in ("combien de plaintes non résolues à Sète ?", "combien de plaintes pas résolues à Sète ?"):
        assert _value(marina, question) == expected, question
    others = sum(towns[row[1]] != "Sète" for row in COMPLAINTS)
    assert _value(marina, "nombre de plaintes hors Sète") == others


@pytest.mark.parametrize("question", ["combien de clients n'ont jamais réclamé ?", "combien de clients ne se sont jamais plaints ?"])
def test_those_who_never_complained(marina, question):
    assert asked(marina, question)["segment"] == [{"field": "has_complained", "operator": "=", "values": [False]}]
    assert said_simply("combien n'ont jamais réclamé leur remise ?") == "combien n'ont jamais réclamé leur remise ?"


def test_what_kind_brings_in_most_is_revenue_by_it():
    assert said_simply("quel type de place rapporte le plus en 2024 ?") == "CA par type de place en 2024 ?"
    assert said_simply("quelle catégorie d'article rapporte le plus de points ?") == "quelle catégorie d'article rapporte le plus de points ?"
