"""A list of customers kept in one tool, and the number the other files tell them by; events that give a name only."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from analytics.datamodel.model import Corrections
from analytics.datamodel.roles import Role, TableKind
from tests.unit.datamodel.test_references import day, role, understood

Row = Sequence[object]


def anglers(rng: random.Random) -> tuple[list[Row], list[Row]]:
    """Members of a fishing club in its address book, and the passes they buy, told by the badge of the gate."""
    badges = [f"GT-{rng.randrange(16**6):06X}" for _ in range(150)]
    book = [[4100 + n, f"Angler {n}", badge, day(n * 3), rng.choice(["Trout", "Coarse"])] for n, badge in enumerate(badges)]
    passes = [[f"P{n:05d}", rng.choice(badges), day(n % 900), rng.choice([12.0, 20.0])] for n in range(900)]
    return book, passes


BOOK = ["Contact Ref", "Name", "Gate badge", "Joined", "Water"]
PASSES = ["Pass no", "Member ID", "Date", "Paid"]


def test_the_number_that_the_other_files_use_is_the_customers(tmp_path: Path) -> None:
    book, passes = anglers(random.Random(5))
    model = understood(tmp_path, {"address_book.csv": (BOOK, book), "day_passes.csv": (PASSES, passes)})
    assert role(model, "address_book.csv", "Gate badge") is Role.CUSTOMER_ID
    assert role(model, "address_book.csv", "Contact Ref") is not Role.CUSTOMER_ID
    assert any(key.coverage == 1.0 and key.role is Role.CUSTOMER_ID for key in model.keys)


def test_a_number_of_their_own_that_the_other_files_use_stays(tmp_path: Path) -> None:
    rng = random.Random(6)
    book, passes = anglers(rng)
    passes = [[one[0], rng.randrange(4100, 4250), *one[2:]] for one in passes]
    model = understood(tmp_path, {"address_book.csv": (BOOK, book), "day_passes.csv": (PASSES, passes)})
    assert role(model, "address_book.csv", "Gate badge") is not Role.CUSTOMER_ID
    assert role(model, "address_book.csv", "Contact Ref") is Role.CUSTOMER_ID


def test_what_the_manager_calls_the_customers_number_stays(tmp_path: Path) -> None:
    book, passes = anglers(random.Random(7))
    told = Corrections(columns={"address_book.csv": {"Contact Ref": Role.CUSTOMER_ID}})
    model = understood(tmp_path, {"address_book.csv": (BOOK, book), "day_passes.csv": (PASSES, passes)}, told)
    assert role(model, "address_book.csv", "Contact Ref") is Role.CUSTOMER_ID


def test_complaints_told_by_the_name_of_the_house_find_it(tmp_path: Path) -> None:
    """The help desk knows who wrote by name only; the list numbers them, and no name is there twice."""
    rng = random.Random(8)
    houses = [[f"BK-{n:04d}", f"{rng.choice(['Old', 'New', 'Little'])} Mill Bakery {n} Ltd", day(n * 4)] for n in range(120)]
    loads = [[f"L{n:05d}", f"BK-{rng.randrange(120):04d}", day(n), 80 + n % 60] for n in range(700)]
    wrote = [[n, rng.choice(houses)[1], rng.choice(["Wet flour", "Late lorry"]), day(n * 3), rng.choice(["yes", "no"])] for n in range(260)]
    model = understood(tmp_path, {
        "bakeries.csv": (["Account code", "Company", "Since"], houses), "deliveries.csv": (["Docket", "Account code", "Date", "Amount"], loads),
        "complaints.csv": (["Case", "Organisation", "Subject", "Created", "Resolved"], wrote),
    })  # fmt: skip
    kinds = {reading.file: reading.kind for reading in model.readings}
    assert kinds["complaints.csv"] is TableKind.TICKETS
    people = next(table.table for table in model.tables if table.file == "bakeries.csv")
    cases = next(table.table for table in model.tables if table.file == "complaints.csv")
    assert any((key.left_table, key.right_table) == (cases, people) and key.coverage > 0.95 for key in model.keys)
