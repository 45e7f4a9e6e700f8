"""One number under one header in several files: whose it is, and which file is which, however little each says alone."""

from __future__ import annotations

import random
from datetime import date, timedelta

from analytics.datamodel.model import Corrections, DataModel
from analytics.datamodel.roles import Role, TableKind
from tests.unit.datamodel.worlds import Files, Row, model_of

_NAMES = ("Durand", "Patel", "Smith", "Garcia", "Okafor", "Rossi")


def _kind(model: DataModel, file: str) -> TableKind:
    return next(reading.kind for reading in model.readings if reading.table == next(t.table for t in model.tables if t.file == file))


def _role(model: DataModel, file: str, name: str) -> Role | None:
    return next((binding.role for binding in model.bindings if binding.file == file and binding.name == name), None)


def _bowlers(*, digits: int = 8) -> Files:
    """A bowling alley: who has a pass of so many figures, and the games played with it."""
    draw, first = random.Random(3), 10 ** (digits - 1) * 4
    people: list[Row] = [
        {"Pass": first + 7 * n, "Surname": draw.choice(_NAMES), "Mobile": f"06 {n + 10:02d} {n % 90 + 10} 33 12", "Balance": draw.randrange(300)} for n in range(60)
    ]
    games: list[Row] = [
        {"Pass": draw.choice(people)["Pass"], "Day": date(2025, 1, 1) + timedelta(days=n), "Frames": draw.randint(3, 10)} for n in range(240)
    ]
    return {"passes.csv": people, "games.csv": games}


def test_a_number_that_a_list_of_people_and_what_they_did_share_is_the_customers() -> None:
    model = model_of(_bowlers())
    assert (_role(model, "passes.csv", "Pass"), _role(model, "games.csv", "Pass")) == (Role.CUSTOMER_ID, Role.CUSTOMER_ID)
    assert _kind(model, "passes.csv") is TableKind.CUSTOMERS
    assert any((key.left_table, key.right_table) == ("t1", "t0") and key.role is Role.CUSTOMER_ID for key in model.keys)


def test_what_the_manager_says_of_a_file_is_not_read_again() -> None:
    model = model_of(_bowlers(), Corrections(columns={"games.csv": {"Pass": Role.MEASURE}}))
    assert _role(model, "games.csv", "Pass") is Role.MEASURE


def _sailmaker() -> Files:
    """A sail loft's books: yards, work orders of each, lines of those, under headers of its own."""
    draw = random.Random(5)
    yards: list[Row] = [{"YD_REF": f"Y{100 + n}", "NAME": f"{draw.choice(_NAMES)} Marine Ltd", "OPENED": date(2021, 1, 1) + timedelta(days=9 * n)} for n in range(40)]
    heads, lines = list[Row](), list[Row]()
    for n in range(180):
        sums = [round(draw.uniform(40, 900), 2) for _ in range(draw.randint(1, 3))]
        heads.append({"WO_NUM": f"W{50000 + n}", "YD_REF": draw.choice(yards)["YD_REF"], "WO_DATE": date(2023, 1, 1) + timedelta(days=4 * n),
                      "TOT_VAL": round(sum(sums), 2), "STAT": draw.choice(("COMP", "COMP", "PART"))})  # fmt: skip
        lines += [{"WO_NUM": f"W{50000 + n}", "LINE": place + 1, "DESCR": draw.choice(("Genoa", "Spinnaker", "Repair")), "QTY": 1, "NET": value} for place, value in enumerate(sums)]
    return {"wo_head.csv": heads, "wo_lines.csv": lines, "yards.csv": yards}


def test_a_list_whose_rows_come_back_to_the_customers_of_another_is_what_they_bought() -> None:
    model = model_of(_sailmaker())
    assert _kind(model, "wo_head.csv") is TableKind.TRANSACTIONS and _kind(model, "yards.csv") is TableKind.CUSTOMERS
    assert (_role(model, "wo_head.csv", "WO_NUM"), _role(model, "wo_lines.csv", "WO_NUM")) == (Role.ORDER_ID, Role.ORDER_ID)
    assert (_role(model, "wo_head.csv", "YD_REF"), _role(model, "yards.csv", "YD_REF")) == (Role.CUSTOMER_ID, Role.CUSTOMER_ID)
    assert _role(model, "wo_head.csv", "WO_DATE") is Role.PURCHASE_DATE


def test_counts_that_two_files_share_are_nobody() -> None:
    """Scores under one header, each once in a short list, are no numbers of people."""
    draw = random.Random(8)
    people: list[Row] = [{"Rank": n + 1, "Surname": draw.choice(_NAMES), "Mobile": f"06 11 22 {n + 10} 44"} for n in range(60)]
    games: list[Row] = [{"Rank": draw.randint(1, 60), "Day": date(2025, 1, 1) + timedelta(days=n), "Frames": draw.randint(3, 10)} for n in range(240)]
    model = model_of({"league.csv": people, "games.csv": games})
    assert _role(model, "games.csv", "Rank") is not Role.CUSTOMER_ID


def test_rows_that_count_points_alone_move_a_card() -> None:
    """An ice rink's card: what each session won, what each gift took; laps skated are use."""
    draw = random.Random(9)
    people: list[Row] = [{"Member ID": f"K{n:03d}", "Surname": draw.choice(_NAMES), "Mobile": f"06 11 22 {n + 10} 44"} for n in range(60)]
    for header, kind in (("Pts", TableKind.LOYALTY_MOVEMENTS), ("Laps", TableKind.USAGE)):
        moves: list[Row] = [{"Member ID": draw.choice(people)["Member ID"], "On": date(2025, 1, 1) + timedelta(days=n), header: draw.randint(5, 90)} for n in range(240)]
        assert _kind(model_of({"members.csv": people, "rink_activity.csv": moves}), "rink_activity.csv") is kind


def test_those_who_serve_are_not_those_who_buy() -> None:
    """A market hall's stall-holders have a badge and a name, and every ticket bears one: nobody is a customer by it."""
    draw = random.Random(10)
    staff: list[Row] = [{"Seller badge": f"V{n:03d}", "First name": ("Ann", "Bob", "Eve")[n % 3], "Surname": draw.choice(_NAMES), "Hired": date(2020, 1, 1) + timedelta(days=n)} for n in range(30)]
    tickets: list[Row] = [{"Ticket": f"T{n:05d}", "Seller badge": draw.choice(staff)["Seller badge"], "Day": date(2025, 1, 1) + timedelta(days=n // 4), "Paid": f"{draw.uniform(2, 40):.2f}"} for n in range(400)]
    assert _role(model_of({"sellers.csv": staff, "tickets.csv": tickets}), "tickets.csv", "Seller badge") is not Role.CUSTOMER_ID


def test_what_is_under_contract_is_no_order_of_its_owner() -> None:
    """Lifts looked after for owners who have several: each has a number, a first day, a fee, and some have been given up."""
    draw = random.Random(11)
    owners: list[Row] = [{"OWNER_REF": f"O{200 + n}", "NAME": f"{draw.choice(_NAMES)} Estates Ltd", "TOWN": draw.choice(("Leith", "Perth"))} for n in range(40)]
    lifts: list[Row] = []
    for n in range(160):
        begun = date(2021, 1, 1) + timedelta(days=5 * n)
        over = n % 4 == 1
        lifts.append({"LIFT_NO": f"L{7000 + n}", "OWNER_REF": draw.choice(owners)["OWNER_REF"], "START_DT": begun, "MONTHLY_FEE": f"{draw.choice((55, 80, 120))}.50",
                      "STATUS": "Cancelled" if over else "Active", "END_DT": begun + timedelta(days=400) if over else ""})  # fmt: skip
    model = model_of({"lifts.csv": lifts, "owners.csv": owners})
    assert _kind(model, "lifts.csv") in (TableKind.SUBSCRIPTIONS, TableKind.CUSTOMERS) and _role(model, "lifts.csv", "LIFT_NO") is not Role.ORDER_ID


def _museum(*, asked: bool = False) -> Files:
    """A museum's till: tickets with their day and desk, and what stands on each; or, when `asked`, the tickets of a help desk beside sold lines."""
    draw = random.Random(8)
    heads, lines = list[Row](), list[Row]()
    for n in range(220):
        day = date(2024, 3, 1) + timedelta(days=n)
        heads.append({"N° ticket": 7000 + n, "Date": day, "Caisse": draw.choice(("Hall", "Jardin")), "Règlement": draw.choice(("CB", "Espèces"))} if not asked else
                     {"N° ticket": 7000 + n, "Ouvert le": day, "Objet": draw.choice(("Panne", "Facture")), "Résolu": draw.choice(("Oui", "Non")), "Client": f"C{n % 60:03d}"})  # fmt: skip
        lines += [{"N° ticket": 7000 + n, "Article": draw.choice(("Entrée", "Audioguide", "Carte postale")), "Qté": draw.randint(1, 4), "Montant TTC": round(draw.uniform(2, 30), 2)}
                  for _ in range(draw.randint(1, 3))]  # fmt: skip
    return {"lignes_tickets.csv": lines, "tickets.csv": heads}


def test_the_tickets_that_lines_of_a_till_come_back_to_are_its_sales() -> None:
    model = model_of(_museum())
    assert (_kind(model, "tickets.csv"), _kind(model, "lignes_tickets.csv")) == (TableKind.TRANSACTIONS, TableKind.ORDER_LINES)
    assert (_role(model, "tickets.csv", "N° ticket"), _role(model, "tickets.csv", "Date")) == (Role.ORDER_ID, Role.PURCHASE_DATE)


def test_requests_that_were_settled_stay_requests() -> None:
    assert _kind(model_of(_museum(asked=True)), "tickets.csv") is TableKind.TICKETS
