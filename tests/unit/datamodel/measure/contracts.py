"""A clean file of contracts: who left and who stayed, full of what looks like a leak or a contradiction and is none."""

from __future__ import annotations

from datetime import date, timedelta

from tests.unit.datamodel.measure.world import House, Table, World, house_of
from tests.unit.datamodel.worlds import Row

AS_OF = date(2025, 10, 31)


def contracts(seed: int, *, dated: bool = False) -> World:
    """A file of 130 to 320 contracts, of which a tenth to four tenths were left.

    Args:
        seed: another makes another house.
        dated: no column says who left, only the end of the contract does.
    """
    house = house_of(seed, "contracts")
    draw = house.draw
    share = draw.uniform(0.2, 0.45)
    size = draw.randrange(150, 320)
    gone = round(share * size)
    order = draw.sample(range(size), size)
    words = draw.choice([("Oui", "Non"), ("1", "0"), ("Vrai", "Faux")] if house.french else [("Yes", "No"), ("1", "0"), ("True", "False")])
    rows = [_contract(house, number, order[number] < gone, words) for number in range(size)]
    name = house.one_of(["abonnes.csv", "clients.csv"], ["customers.csv", "subscribers.csv"])
    headers = _headers(house)
    if dated:
        del headers["left"]
        headers["end"] = house.say("date_resiliation", "cancellation_date")
    world = World(house, {"people": Table(name, headers, rows)})
    _look_alikes(world)
    return world


def billed(seed: int) -> World:
    """Contracts beside the invoices of their last months: what is billed is the price, now and then with something more or less."""
    world = contracts(seed)
    bills: list[Row] = []
    for row in world["people"].rows:
        last = end_date(row)
        for month in range(world.draw.randrange(1, 6)):
            more = world.draw.choice([0.0] * 8 + [-5.0, 12.0])
            bills.append({"number": f"F{len(bills):06d}", "id": row["id"], "day": last - timedelta(days=30 * month), "paid": round(float(str(row["bill"])) + more, 2)})
    headers = {
        "number": world.house.one_of(["n_facture"], ["invoice_number"]), "id": world["people"].headers["id"],
        "day": world.house.one_of(["date_facture"], ["invoice_date"]), "paid": world.house.one_of(["montant_facture"], ["invoice_amount"]),
    }  # fmt: skip
    world.tables["bills"] = Table(world.house.one_of(["factures.csv"], ["invoices.csv"]), headers, bills)
    return world


def left(row: Row) -> bool:
    """Whether the customer of a row has left."""
    return bool(row["gone"])


def end_date(row: Row) -> date:
    """The day the customer of a row left, or the last day of the file."""
    end = row["end"]
    return end if isinstance(end, date) else AS_OF


def _contract(house: House, number: int, gone: bool, words: tuple[str, str]) -> Row:
    draw = house.draw
    start = AS_OF - timedelta(days=draw.randrange(200, 1800))
    end = start + timedelta(days=draw.randrange(60, (AS_OF - start).days)) if gone else None
    yes, no = words
    months = ((end or AS_OF) - start).days // 30
    return {
        "gone": gone, "id": f"A{number:05d}", "start": start, "end": end, "months": months,
        "contract": draw.choice(["Mensuel", "Annuel"] if house.french else ["Monthly", "Yearly"]),
        "bill": round(draw.uniform(20, 110), 2), "nps": draw.randrange(0, 11) if draw.random() < 0.7 else None,
        "rating": draw.choice([1, 2, 3, 3, 4, 4, 5, 5]) if draw.random() < 0.6 else None,
        "region": draw.choice(["Nord", "Sud", "Est"] if house.french else ["North", "South", "East"]),
        "calls": max(0, round(draw.gauss(5.5 if gone else 3.0, 2.0))),  # says much of who leaves, and is known before
        "growth_pct": draw.randrange(-60, 300), "wait_minutes": draw.randrange(0, 30), "left": yes if gone else no,
        "offer": draw.choice(["-10 %", "1 mois"]) if draw.random() < (0.5 if gone else 0.12) else None,
        "refund": round(draw.uniform(5, 40), 2) if draw.random() < (0.12 if gone else 0.05) else None,
        "contact": start + timedelta(days=draw.randrange(1, ((end or AS_OF) - start).days)) if draw.random() < 0.8 else None,
    }  # fmt: skip


def _look_alikes(world: World) -> None:
    """A survey answered just after the departure by a few, which is no leak."""
    gone = [row for row in world["people"].rows if left(row) and row["contact"]]
    for row in gone[: len(gone) // 8]:
        row["contact"] = end_date(row) + timedelta(days=5)


def _headers(house: House) -> dict[str, str]:
    one = house.one_of
    return {
        "id": one(["id_client", "n_contrat_client", "code_client"], ["customer_id", "Customer ID"]),
        "start": one(["date_debut", "date_souscription"], ["start_date", "contract_start"]),
        "months": one(["anciennete_mois"], ["tenure_months"]), "contract": one(["type_contrat"], ["contract", "Contract type"]),
        "bill": one(["facture_mensuelle", "montant_mensuel"], ["monthly_charges", "Monthly bill"]),
        "nps": one(["nps", "note_nps"], ["nps_score", "NPS"]), "rating": one(["note_satisfaction"], ["satisfaction_score"]),
        "region": one(["region"], ["region"]), "calls": one(["nb_appels_support"], ["support_calls"]),
        "growth_pct": one(["evolution_pct"], ["growth_pct"]), "wait_minutes": one(["attente_minutes"], ["wait_minutes"]),
        "offer": one(["offre_commerciale"], ["sales_offer"]), "refund": one(["geste_commercial"], ["goodwill_refund"]),
        "contact": one(["date_enquete"], ["survey_date"]),
        "left": one(["resilie", "parti", "churn"], ["churned", "Churn"]),
    }  # fmt: skip
