"""A landlord's agency: leases, repairs, rents called and paid, each in a file of its own; a campsite whose customers came by a channel."""

import random
from datetime import date, timedelta

import pytest

from tests.unit.embedded.talks import asked, converse, is_, opened


def _day(draw, since=date(2023, 1, 1), days=1000):
    return (since + timedelta(days=draw.randrange(days))).isoformat()


@pytest.fixture(scope="module")
def agency(tmp_path_factory):
    draw = random.Random(21)
    people = [["Réf. locataire", "Nom", "Ville", "Provenance"], *([f"L{n:03d}", f"Nom{n}", draw.choice(["Brest", "Quimper"]), draw.choice(["Annonce", "Bouche à oreille", "Vitrine"])] for n in range(220))]
    leases = [["N° bail", "Réf. locataire", "Type de bien", "Début du bail", "Fin du bail", "État du bail", "Motif de sortie"]]
    for n in range(320):
        begun = date(2022, 1, 1) + timedelta(days=draw.randrange(1100))
        ended = begun + timedelta(days=draw.randrange(100, 1500))
        over = ended <= date(2025, 12, 31)
        state = draw.choice(["Résilié", "Résilié", "Renouvelé"]) if over else "Actif"
        leases.append([f"B{n:04d}", f"L{draw.randrange(220):03d}", draw.choice(["Studio", "T2", "Maison"]), begun.isoformat(), ended.isoformat() if over else "", state, draw.choice(["Mutation", "Achat", "Bruit"]) if state == "Résilié" else ""])
    repairs = [["N° réclamation", "Réf. locataire", "Ouverte le", "Sujet", "Délai de paiement (j)", "État"]]
    repairs += [[n, f"L{draw.randrange(220):03d}", _day(draw), draw.choice(["Plomberie", "Internet", "Serrurerie"]), draw.randint(3, 60), draw.choice(["Terminé", "Terminé", "Rejeté", "En attente"])] for n in range(400)]
    rents = [["N° avis", "Réf. locataire", "Date d'appel", "Loyer TTC", "dont taxe", "Honoraires", "Règlement"]]
    for n in range(2400):
        paid = draw.randint(300, 900)
        rents.append([n, f"L{draw.randrange(220):03d}", _day(draw), paid, round(paid / 11, 2), round(paid * 0.07, 2), draw.choice(["Payé"] * 9 + ["Impayé"])])
    yield from opened(tmp_path_factory, "agency", {"locataires.csv": people, "baux.csv": leases, "reclamations.csv": repairs, "loyers.csv": rents})


YEAR = {"start": "2024-01-01", "end": "2024-12-31"}
REPAIRS, RENTS = "reclamations.csv", "loyers.csv"


@pytest.mark.parametrize(("question", "wanted"), [
    ("combien de réclamations encore ouvertes ?", {"measure": "records", "table": REPAIRS, "purchase_filter": [is_("État", "En attente")]}),
    ("taux de rejet des réclamations", {"measure": "share_records", "table": REPAIRS, "part": [is_("État", "Rejeté")]}),
    ("combien de réclamations internet en 2024 ?", {"measure": "records", "table": REPAIRS, "purchase_filter": [is_("Sujet", "Internet")], "period": YEAR}),
    ("délai moyen de paiement", {"measure": "mean", "table": REPAIRS, "column": "Délai de paiement (j)"}),
    ("délai moyen de paiement par sujet", {"measure": "mean", "table": REPAIRS, "column": "Délai de paiement (j)", "by": ["Sujet"]}),
])  # fmt: skip
def test_what_is_asked_of_the_repairs(agency, question, wanted):
    found = asked(agency, question)
    assert {name: found.get(name) for name in wanted} == wanted


UNPAID, PAID = [is_("Règlement", "Impayé")], [is_("Règlement", "Payé")]
GONE = {"field": "État du bail", "operator": "=", "values": ["Résilié"]}
OVER = {"field": "Fin du bail", "operator": "is not null", "values": []}


@pytest.mark.parametrize(("question", "wanted"), [
    ("loyers encaissés en 2024", {"measure": "sum", "column": "Loyer TTC", "purchase_filter": PAID, "period": YEAR}),
    ("combien a-t-on encaissé en 2024 ?", {"measure": "sum", "column": "Loyer TTC", "purchase_filter": PAID, "period": YEAR}),
    ("loyers 2024", {"measure": "sum", "column": "Loyer TTC", "period": YEAR}),
    ("combien de loyers en 2024 ?", {"measure": "records", "period": YEAR}),
    ("combien de loyers restent impayés ?", {"measure": "records", "purchase_filter": UNPAID}),
    ("combien de locataires ont un loyer impayé ?", {"measure": "distinct", "column": "Réf. locataire", "purchase_filter": UNPAID}),
    ("combien de locataires ont au moins un impayé ?", {"measure": "distinct", "column": "Réf. locataire", "purchase_filter": UNPAID}),
    ("how many tenants have an unpaid invoice?", {"measure": "distinct", "column": "Réf. locataire", "purchase_filter": UNPAID}),
    ("total des taxes en 2024", {"measure": "sum", "column": "dont taxe", "period": YEAR}),
    ("top 5 locataires par honoraires", {"measure": "sum", "column": "Honoraires", "by": ["customer_id"], "top": 5}),
    ("les 5 locataires qui rapportent le plus d'honoraires", {"measure": "sum", "column": "Honoraires", "by": ["customer_id"], "top": 5}),
])  # fmt: skip
def test_what_is_asked_of_the_rents(agency, question, wanted):
    found = asked(agency, question)
    assert found["table"] == RENTS
    assert {name: found.get(name) for name in wanted} == wanted


@pytest.mark.parametrize(("question", "measure", "by", "conditions"), [
    ("combien de baux perdus en 2024 ?", "records", None, [OVER, GONE]),
    ("combien de baux résiliés en 2024 ?", "records", None, [GONE, OVER]),
    ("motifs de sortie, du plus fréquent au moins fréquent", "records", ["Motif de sortie"], [OVER]),
    ("motifs de sortie par ordre de fréquence", "records", ["Motif de sortie"], [OVER]),
])  # fmt: skip
def test_leases_lost_are_those_whose_state_says_so(agency, question, measure, by, conditions):
    found = asked(agency, question)
    assert (found["table"], found["measure"], found.get("by")) == ("baux.csv", measure, by)
    assert found["purchase_filter"] == conditions


def test_who_signed_came_then_and_who_is_still_there_has_not_left(agency):
    assert asked(agency, "combien de locataires ont signé en 2024 ?") == {"measure": "new_customers", "period": YEAR}
    found = asked(agency, "combien de locataires avec un studio et toujours là ?")
    assert is_("lost", False) in found["segment"]


def test_channels_are_ranked_by_whom_they_bring(agency):
    (told,) = converse(agency, "quel canal est le pire ?")
    assert [step.analysis for step in told.steps] == ["acquisition_quality"]


@pytest.fixture(scope="module")
def upholsterer(tmp_path_factory):
    draw = random.Random(22)
    people = [["Code client", "Nom", "Ville"], *([f"T{n:03d}", f"Nom{n}", draw.choice(["Albi", "Castres"])] for n in range(140))]
    orders = [["N° commande", "Date", "Code client", "Meuble", "Prise par", "Montant", "Statut"]]
    orders += [[n, _day(draw), f"T{draw.randrange(140):03d}", draw.choice(["Fauteuil", "Chaise"]), draw.choice(["Internet", "Atelier"]), draw.randint(80, 700), draw.choice(["Livrée"] * 5 + ["En attente"])] for n in range(700)]
    yield from opened(tmp_path_factory, "upholsterer", {"clients.csv": people, "commandes.csv": orders})


@pytest.mark.parametrize(("question", "conditions"), [
    ("combien de commandes encore ouvertes ?", [is_("Statut", "En attente")]),
    ("how many orders are still pending?", [is_("Statut", "En attente")]),
    ("combien de commandes internet en 2024 ?", [is_("Prise par", "Internet")]),
])  # fmt: skip
def test_orders_told_apart_by_a_state_or_by_a_word_of_the_trade(upholsterer, question, conditions):
    found = asked(upholsterer, question)
    assert found["measure"] in ("orders", "records")
    assert found["purchase_filter"] == conditions


@pytest.fixture(scope="module")
def alarms(tmp_path_factory):
    """Contracts of alarms paid by the month or by the year, and a card that some hold."""
    draw = random.Random(23)
    people = [["Code client", "Nom", "Ville", "Carte avantage"], *([f"A{n:03d}", f"Nom{n}", draw.choice(["Niort", "Saintes"]), draw.choice(["Oui", "Non"])] for n in range(200))]
    deals = [["N° contrat", "Code client", "Échéancier", "Début", "Fin", "Redevance annuelle"]]
    for n in range(330):
        begun = date(2022, 1, 1) + timedelta(days=draw.randrange(1200))
        ended = begun + timedelta(days=draw.randrange(90, 1500))
        deals.append([f"K{n:04d}", f"A{draw.randrange(200):03d}", draw.choice(["Mensuel", "Trimestriel", "Annuel"]), begun.isoformat(), ended.isoformat() if ended <= date(2025, 12, 31) else "", draw.choice([240, 360])])
    yield from opened(tmp_path_factory, "alarms", {"clients.csv": people, "contrats.csv": deals})


@pytest.mark.parametrize(("question", "told", "value"), [
    ("part des contrats mensuels", "part", "Mensuel"),
    ("part des contrats payés annuellement", "part", "Annuel"),
    ("combien de contrats trimestriels ?", "purchase_filter", "Trimestriel"),
])  # fmt: skip
def test_how_often_contracts_are_paid_is_no_split_by_month(alarms, question, told, value):
    found = asked(alarms, question)
    assert "by" not in found
    assert found[told] == [is_("Échéancier", value)]


@pytest.mark.parametrize("question", ["combien de porteurs de la carte ?", "combien de titulaires de la carte avantage ?", "combien de détentrices de la carte ?"])
def test_holders_of_a_card_are_customers_who_have_it(alarms, question):
    assert asked(alarms, question) == {"measure": "customers", "segment": [is_("Carte avantage", True)]}
