"""Dated rows, somebody who comes back and one sum: purchases, whatever the sum is called; and what looks like them."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from analytics.datamodel.model import QuestionAbout
from analytics.datamodel.roles import SALES, Role, TableKind
from tests.unit.datamodel.worlds import Row, model_of

Draw = Callable[[random.Random, int], object]
_PEOPLE = [f"{first} {last}" for first in ("Camille", "Julien", "Sophie", "Antoine", "Lucie") for last in ("Morel", "Colin", "Adam", "Vidal", "Caron", "Noël", "Guyot", "Perrin")]


def _day(draw: random.Random, _: int) -> date:
    return date(2022, 1, 1) + timedelta(days=draw.randrange(1000))


def _code(letters: str, of: int) -> Draw:
    return lambda draw, _: f"{letters}{draw.randrange(of):04d}"


def _own(letters: str) -> Draw:
    return lambda _, place: f"{letters}{place:05d}"


def _one_of(*values: object) -> Draw:
    return lambda draw, _: draw.choice(values)


def _cents(low: float, high: float) -> Draw:
    return lambda draw, _: f"{draw.uniform(low, high):.2f}"


def _person(draw: random.Random, _: int) -> str:
    return draw.choice(_PEOPLE)


def _read(file: str, columns: dict[str, Draw], rows: int = 260) -> tuple[TableKind, dict[str, Role]]:
    draw = random.Random(11)
    told: list[Row] = [{name: cell(draw, place) for name, cell in columns.items()} for place in range(rows)]
    model = model_of({file: told})
    return model.kind("t0"), {binding.name: binding.role for binding in model.bindings}


@pytest.mark.parametrize(
    ("file", "columns", "paid", "day"),
    [
        ("contributions.csv", {"Giver #": _code("G", 90), "Date": _day, "Fund": _one_of("General", "Missions"), "Gift": _one_of(20, 50, 100), "Batch": _code("B", 50)}, "Gift", "Date"),
        ("completions.csv", {"Case Ref": _own("MC"), "Client No": _code("C", 120), "Completed": _day, "Lender": _one_of("Skipton", "Halifax"), "Broker Fee": _one_of(299, 395, 495)},
         "Broker Fee", "Completed"),
        ("lesson log.csv", {"Lesson": _own("L"), "Pupil": _code("DP", 60), "Date": _day, "Hours": _one_of(1, 1.5, 2), "Received": _cents(30, 80)}, "Received", "Date"),
        ("events.csv", {"Event #": _own("E"), "Client #": _code("C", 80), "Event Date": _day, "Guests": _one_of(12, 45, 120), "Invoiced CAD": _cents(900, 5000)},
         "Invoiced CAD", "Event Date"),
        ("quittances.csv", {"Quittance": _own("Q"), "Police": _code("AU", 110), "Sociétaire": _code("S", 100), "Émise le": _day, "Prime émise": _cents(60, 700)}, "Prime émise", "Émise le"),
        ("titres_salles.csv", {"Titre": _own("T"), "Date location": _day, "Demandeur": _person, "Salle": _one_of("Foyer", "Gymnase"), "À régler": _one_of(80, 150, 280)},
         "À régler", "Date location"),
        ("inscriptions_stages.csv", {"N° inscription": _own("ST"), "Date inscription": _day, "Licencié": _code("L", 100), "Stage": _one_of("Été", "Pâques"), "Participation": _cents(50, 160)},
         "Participation", "Date inscription"),
        ("tuition_posted.csv", {"Ref": _own("T"), "Family ID": _code("F", 90), "Posted": _day, "Program": _one_of("Lower School", "After Care"), "Tuition": _cents(400, 2500)}, "Tuition", "Posted"),
        ("counter slips.csv", {"Slip": _own("S"), "Account": _code("A", 90), "Placed": _day, "Sport": _one_of("Football", "Dogs"), "Stake": _cents(2, 40)}, "Stake", "Placed"),
    ],
)  # fmt: skip
def test_what_each_row_was_paid_makes_it_a_purchase(file: str, columns: dict[str, Draw], paid: str, day: str) -> None:
    kind, roles = _read(file, columns)
    assert (kind, roles[paid], roles[day]) == (TableKind.TRANSACTIONS, Role.AMOUNT, Role.PURCHASE_DATE)


@pytest.mark.parametrize(
    ("file", "columns", "kind"),
    [
        ("conso.csv", {"Client": _code("C", 90), "Date": _day, "kWh": _cents(2, 90)}, TableKind.USAGE),
        ("appels.csv", {"Abonné": _code("A", 90), "Date": _day, "Durée (min)": _cents(0.5, 60), "Volume Go": _cents(0, 8)}, None),
        ("mouvements_points.csv", {"Carte": _code("F", 90), "Date": _day, "Type": _one_of("Gain", "Utilisation"), "Points": _one_of(10, 20, -50)}, TableKind.LOYALTY_MOVEMENTS),
        ("evenements.csv", {"Date": _day, "Événement": _one_of("Ouverture", "Foire", "Hausse des prix"), "Responsable": _person, "Budget": _cents(500, 9000)}, None),
        ("agences.csv", {"Code agence": _own("AG"), "Ville": _one_of("Lyon", "Lille"), "Bailleur": _person, "Date ouverture": _day, "Loyer": _cents(900, 4000)}, None),
        ("reclamations.csv", {"N° réclamation": _own("R"), "Client": _code("C", 90), "Date": _day, "Motif": _one_of("Retard", "Casse"), "Montant commande": _cents(9, 300)}, TableKind.TICKETS),
        ("retours_sav.csv", {"N° dossier": _own("R"), "Client": _code("C", 90), "Ouvert le": _day, "Objet": _one_of("Panne", "Casse"), "Montant remboursé": _cents(9, 300)}, None),
        ("produits.csv", {"Réf": _own("P"), "Désignation": _one_of("Table", "Chaise"), "Fournisseur": _person, "Date création": _day, "Prix TTC": _cents(5, 300)}, TableKind.PRODUCTS),
        ("annonces.csv", {"Réf annonce": _own("A"), "Ville": _one_of("Lyon", "Lille"), "Agent": _person, "Date publication": _day, "Prix": _one_of(150000, 220000)}, None),
        ("salaries.csv", {"Matricule": _own("M"), "Responsable": _person, "Embauché le": _day, "Prime": _cents(100, 900)}, None),
        ("adherents.csv", {"Ref": _own("M"), "Family ID": _code("F", 90), "Joined": _day, "Fee": _one_of(30, 45)}, TableKind.CUSTOMERS),
        ("examens.csv", {"Élève": _code("E", 90), "Date": _day, "Matière": _one_of("Maths", "Anglais"), "Note": _cents(0, 20)}, None),
    ],
)  # fmt: skip
def test_what_is_counted_planned_or_given_back_is_no_purchase(file: str, columns: dict[str, Draw], kind: TableKind | None) -> None:
    """Energy, minutes, points, budgets, rents, marks, complaints that quote an order: nobody paid for the row."""
    found, _ = _read(file, columns)
    assert found not in SALES and (kind is None or found is kind)


def test_rows_that_end_for_some_are_relations() -> None:
    """What is paid each month does not make a purchase of a pupil who has begun, and may have left."""
    columns = {
        "N° chantier": _own("CH"), "Client": lambda _, place: f"Société {place} SARL", "Démarrage": _day, "Facturation mens. HT": _cents(300, 5000),
        "Chantier perdu le": lambda draw, place: _day(draw, place) + timedelta(days=1200) if draw.random() < 0.3 else None,
    }  # fmt: skip
    kind, roles = _read("chantiers_proprete.csv", columns)
    assert kind in (TableKind.CUSTOMERS, TableKind.SUBSCRIPTIONS)
    assert roles["Démarrage"] in (Role.START_DATE, Role.SIGNUP_DATE) and roles["Chantier perdu le"] is Role.END_DATE


@pytest.mark.parametrize("columns", [
    {"N° chantier": _own("CH"), "Client": _person, "Date début": _day, "Date fin": lambda draw, place: _day(draw, place) if draw.random() < 0.6 else None, "Montant HT": _cents(500, 9000)},
    {"Commande": _own("C"), "Client": _code("C", 90), "Date": _day, "Annulée le": lambda draw, place: _day(draw, place) if draw.random() < 0.1 else None, "Total TTC": _cents(20, 900)},
])  # fmt: skip
def test_jobs_not_ended_and_orders_cancelled_were_bought(columns: dict[str, Draw]) -> None:
    assert _read("export.csv", columns)[0] is TableKind.TRANSACTIONS


def test_a_name_that_comes_back_is_the_buyer_s_where_nobody_is_numbered() -> None:
    """It is asked about: two people may bear one name."""
    draw, rows = random.Random(3), list[Row]()
    for place in range(300):
        rows.append({"Réservation": f"R{place:05d}", "Date": _day(draw, place), "Nom résa": draw.choice(_PEOPLE), "Addition": round(draw.uniform(15, 200), 2)})
    model = model_of({"additions.csv": rows})
    roles = {binding.name: binding.role for binding in model.bindings}
    assert roles["Nom résa"] is Role.CUSTOMER_ID
    assert model.question is not None and model.question.about is QuestionAbout.CUSTOMER


def test_who_the_house_buys_from_is_no_customer() -> None:
    """Names that come back, of suppliers."""
    firms = [f"{name} {form}" for name in ("Dupont", "Moreau", "Lacroix", "Berger", "Texier", "Roche", "Vasseur") for form in ("SARL", "SAS", "& Fils", "Frères")]
    columns = {"N° pièce": _own("X"), "Fournisseur": _one_of(*firms), "Date": _day, "Montant TTC": _cents(50, 900)}
    assert _read("achats.csv", columns)[1]["Fournisseur"] is not Role.CUSTOMER_ID


def test_families_with_a_code_buy_and_families_of_goods_do_not() -> None:
    base = {"Dossier": _own("D"), "Réservé le": _day, "Coût du séjour": _cents(300, 900)}
    assert _read("sejours.csv", {**base, "Famille": _code("F", 90)})[1]["Famille"] is Role.CUSTOMER_ID
    lots = {"Lot": _own("L"), "Famille": _code("FAM", 40), "Date": _day, "Qté": _one_of(1, 2, 3), "Prix": _cents(20, 900)}
    assert _read("vente_lots.csv", lots)[1]["Famille"] is not Role.CUSTOMER_ID
    assert _read("sejours.csv", {**base, "Famille": _one_of("Mer", "Montagne", "Langues")})[1]["Famille"] is not Role.CUSTOMER_ID


def test_what_is_delivered_without_another_day_was_bought_that_day() -> None:
    base = {"N° bon": _own("B"), "Livré le": _day, "Code client": _code("C", 90), "Total": _cents(60, 400)}
    assert _read("livraisons.csv", base)[1]["Livré le"] is Role.PURCHASE_DATE
    ordered = {"N° bon": _own("B"), "Commandé le": _day, "Livré le": _day, "Code client": _code("C", 90), "Total": _cents(60, 400)}
    assert _read("livraisons.csv", ordered)[1]["Livré le"] is Role.DELIVERY_DATE


@pytest.mark.parametrize(("header", "role"), [("Règlement", Role.AMOUNT), ("Mode de règlement", Role.PAYMENT_METHOD)])
def test_sums_are_no_means_of_payment(header: str, role: Role) -> None:
    """« Règlement : 50, 55, 65 » says how much, beside « Moyen »; in words, how."""
    cells = _one_of(50, 55, 65) if role is Role.AMOUNT else _one_of("CB", "Chèque")
    columns = {"Date séance": _day, "Patient": _code("P", 60), header: cells}
    assert _read("suivi_seances.csv", columns if role is Role.AMOUNT else {**columns, "Montant": _cents(40, 90)})[1][header] is role


@pytest.mark.parametrize("header", ["Tip", "Pourboire", "Pénalité (€)"])
def test_what_is_given_beside_the_sale_is_not_what_it_came_to(header: str) -> None:
    columns = {"order_id": _own("O"), "customer_id": _code("C", 90), "order_date": _day, header: _cents(0, 20)}
    assert _read("orders.csv", columns)[1][header] is not Role.AMOUNT
