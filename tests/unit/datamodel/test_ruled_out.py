"""What the cells, or a word of the header, rule out, however the rest of the header sounds."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from analytics.datamodel.model import ColumnProfile, ColumnType, DataModel
from analytics.datamodel.reading import _correct
from analytics.datamodel.roles import SALES, Role, TableKind
from analytics.datamodel.values import Facts
from tests.unit.datamodel.worlds import Row, model_of


def _role(model: DataModel, file: str, header: str) -> Role | None:
    return next((binding.role for binding in model.bindings if (binding.file, binding.name) == (file, header)), None)


def _kind(model: DataModel, file: str) -> TableKind:
    return next(reading.kind for reading in model.readings if reading.file == file)


def _bouquets(rows: int = 160, **more: object) -> list[Row]:
    rng = random.Random(5)
    return [
        {"n_commande": 7000 + n, "id_client": f"F{rng.randrange(40):03}", "date_commande": date(2024, 1, 3) + timedelta(days=n)}
        | {header: value(rng, n) for header, value in more.items()} for n in range(rows)  # type: ignore[operator]
    ]  # fmt: skip


@pytest.mark.parametrize("header", ["Total avant remise", "montant_sans_remise", "Total hors frais de port", "amount_excl_discount", "price without shipping"])
def test_what_a_sum_is_told_without_is_not_what_it_is(header: str) -> None:
    rows = _bouquets(**{header: lambda rng, n: round(20 + rng.random() * 90, 2), "Total TTC": lambda rng, n: round(15 + rng.random() * 80, 2)})
    model = model_of({"commandes.csv": rows})
    assert _role(model, "commandes.csv", header) not in (Role.DISCOUNT, Role.SHIPPING, Role.PROMO_CODE)
    assert _role(model, "commandes.csv", "Total TTC") is Role.AMOUNT


@pytest.mark.parametrize("header", ["Remise hors taxe", "discount before tax"])
def test_a_discount_told_without_tax_is_one(header: str) -> None:
    rows = _bouquets(**{header: lambda rng, n: round(rng.random() * 5, 2), "Total TTC": lambda rng, n: round(15 + rng.random() * 80, 2)})
    assert _role(model_of({"commandes.csv": rows}), "commandes.csv", header) is Role.DISCOUNT


def test_bands_of_numbers_are_no_towns() -> None:
    rng = random.Random(6)
    bands = ["0-5 km", "5-10 km", "10-20 km", "20+ km"]
    rows: list[Row] = [{"id_client": f"F{n:03}", "commune distance": rng.choice(bands), "ville": rng.choice(["Lille", "Roubaix", "Lens"])} for n in range(120)]
    model = model_of({"clients.csv": rows})
    assert _role(model, "clients.csv", "commune distance") is not Role.CITY
    assert _role(model, "clients.csv", "ville") is Role.CITY


@pytest.mark.parametrize("begin, end", [("start_date", "end_date"), ("date_debut", "date_fin")])
def test_a_hire_is_bought_when_it_begins(begin: str, end: str) -> None:
    rng, rows = random.Random(7), list[Row]()
    for n in range(300):
        day = date(2024, 1, 1) + timedelta(days=rng.randrange(700))
        rows.append({
            "booking_id": n + 1, "customer_id": rng.randrange(4000, 4250), "city": rng.choice(["Turku", "Espoo"]), "boat": rng.choice(["canoe", "kayak", "dinghy"]),
            begin: day, end: day + timedelta(days=rng.randrange(20, 300)), "total_price": round(50 + 400 * rng.random(), 2), "channel": rng.choice(["web", "harbour"]),
        })  # fmt: skip
    model = model_of({"bookings.csv": rows})
    assert _role(model, "bookings.csv", begin) in (Role.PURCHASE_DATE, Role.START_DATE)
    assert _role(model, "bookings.csv", end) is not Role.PURCHASE_DATE


def _column(name: str, kind: ColumnType, distinct: int, rows: int = 45) -> Facts:
    return Facts(ColumnProfile(name=name, column=name, type=kind, rows=rows, filled=rows, distinct=distinct, integer=kind is ColumnType.NUMBER), rows)


def test_what_was_learnt_never_makes_an_end_the_day_of_a_hire() -> None:
    facts = {"start": _column("start date", ColumnType.DATE, 40), "end": _column("end date", ColumnType.DATE, 41)}
    chances = {column: {Role.PURCHASE_DATE.value: 0.7, "plain": 0.2} for column in facts}
    _correct(facts, chances, TableKind.TRANSACTIONS, {})
    assert Role.PURCHASE_DATE.value in chances["start"] and Role.PURCHASE_DATE.value not in chances["end"]


def test_the_number_of_few_customers_beside_their_names_is_theirs() -> None:
    """Nine owners of pets, forty-five visits: what was learnt takes so few values for a plain number."""
    facts = {"Patient": _column("Patient", ColumnType.CATEGORY, 9), "PatientID": _column("PatientID", ColumnType.NUMBER, 9), "Vet": _column("Vet", ColumnType.CATEGORY, 3)}
    chances = {column: {"plain": 0.5, Role.CUSTOMER_ID.value: 0.3} for column in facts}
    _correct(facts, chances, TableKind.TRANSACTIONS, {})
    assert max(chances["PatientID"], key=lambda role: chances["PatientID"][role]) == Role.CUSTOMER_ID.value
    assert max(chances["Patient"], key=lambda role: chances["Patient"][role]) == "plain"


@pytest.mark.parametrize("header, rows", [("id_magasin", 200), ("id_boutique", 60)])
def test_a_number_of_each_sale_is_no_shops(header: str, rows: int) -> None:
    sold = [{header: 900 + n} | {key: value for key, value in row.items() if key != "n_commande"} for n, row in enumerate(_bouquets(rows, montant=lambda rng, n: 12.5 + n))]
    assert _role(model_of({"ventes.csv": sold}), "ventes.csv", header) is Role.ORDER_ID


def test_a_bare_number_of_each_row_of_a_short_list_of_sales_is_the_sales() -> None:
    rng = random.Random(3)
    rows: list[Row] = [
        {"id": f"b{n + 1:03}", "customer_name": rng.choice(["Sara Holt", "Ole Dahl", "Mia Berg", "Jon Lie"]), "dive": rng.choice(["Wreck", "Reef", "Night"]),
         "date": date(2025, 1, 20) + timedelta(days=n), "people": rng.randrange(1, 5), "price_per_person": 15900, "total": 15900 * (n + 1),
         "status": rng.choice(["confirmed", "completed", "cancelled"]), "created": f"2025-01-{n + 1:02}T10:00:00Z", "notes": "Regular"}
        for n in range(14)
    ]  # fmt: skip
    assert _role(model_of({"bookings.csv": rows}), "bookings.csv", "id") is Role.ORDER_ID


@pytest.mark.parametrize("file, prefix, paid", [("sinistres.csv", "sinistre", "montant_regle"), ("reclamations.csv", "reclamation", "montant_rembourse"), ("claims.csv", "claim", "amount_paid")])
def test_what_is_paid_on_claims_is_no_sale(file: str, prefix: str, paid: str) -> None:
    """Bicycles insured by a club: what it pays for a theft is paid to its members."""
    rng = random.Random(9)
    people: list[Row] = [{"id_client": f"V{n:03}", "nom": f"Cycliste {n}", "ville": rng.choice(["Nantes", "Rezé"])} for n in range(150)]
    policies: list[Row] = [{"num_contrat": 30000 + n, "id_client": f"V{n % 150:03}", "date_debut": date(2023, 1, 1) + timedelta(days=n), "prime_annuelle": 60.5 + n % 9} for n in range(180)]
    fees: list[Row] = [{"id_paiement": n, "num_contrat": 30000 + n % 180, "date_paiement": date(2023, 2, 1) + timedelta(days=n), "montant": 60.5 + n % 9, "mode": rng.choice(["carte", "chèque"])} for n in range(300)]
    claims: list[Row] = [
        {f"id_{prefix}": 700 + n, "num_contrat": 30000 + rng.randrange(180), f"date_{prefix}": date(2023, 3, 1) + timedelta(days=n), "cause": rng.choice(["vol", "chute"]), paid: round(rng.random() * 900, 2), "devise": "EUR"}
        for n in range(120)
    ]  # fmt: skip
    model = model_of({"clients.csv": people, "contrats.csv": policies, "paiements.csv": fees, file: claims})
    assert _kind(model, file) not in SALES
    assert _role(model, file, f"date_{prefix}") is not Role.PURCHASE_DATE
