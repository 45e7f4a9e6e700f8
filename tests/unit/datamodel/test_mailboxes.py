"""Whose number changes at each sale is followed by their mailbox; nobody is counted twice for being listed by it elsewhere."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from analytics.datamodel.model import Corrections, DataModel
from analytics.datamodel.roles import Role, TableKind
from tests.unit.datamodel.worlds import Files, Row, model_of

_FIRST = ["Marie", "Paul", "Inès", "Louis", "Jeanne", "Hugo", "Alice", "Karim"]


def climbing(seed: int, *, mailbox: str = "courriel", people: int = 60, number: str = "num_client", one_a_sale: bool = True) -> list[Row]:
    """Sessions at a climbing wall: each pupil comes every month or so, under a number that is the booking's or their own."""
    draw = random.Random(seed)
    rows: list[Row] = []
    for person in range(people):
        day, first = date(2024, 1, 1) + timedelta(days=draw.randrange(200)), draw.choice(_FIRST)
        while day < date(2025, 10, 31):
            rows.append({
                "num_seance": f"S{len(rows):05d}", number: f"{70000 + (len(rows) if one_a_sale else person)}", "prenom": first,
                mailbox: f"{first.lower()}{person}@poste{person % 4}.fr", "date_seance": day, "mur": draw.choice(["Bloc", "Voie"]),
                "montant_ttc": round(draw.uniform(9, 40), 2),
            })  # fmt: skip
            day += timedelta(days=20 + draw.randrange(25))
    draw.shuffle(rows)
    for place, row in enumerate(rows):
        row["num_seance"] = f"S{place:05d}"
    return rows


def customer(model: DataModel, file: str) -> str:
    """The header of the column that tells customers apart in a file."""
    return next(binding.name for binding in model.bindings if binding.role is Role.CUSTOMER_ID and binding.file == file)


def said(model: DataModel) -> list[str]:
    return [check.detail.render("fr") for check in model.health if check.check == "duplicate_customers"]


def test_a_number_that_never_comes_back_gives_way_to_a_mailbox_that_does() -> None:
    rows = climbing(1)
    model = model_of({"seances.csv": rows})
    assert customer(model, "seances.csv") == "courriel"
    people = len({row["courriel"] for row in rows})
    found = next(check for check in model.health if check.check == "duplicate_customers")
    assert found.effect is not None
    assert (found.effect.kept.value, found.effect.without.value) == (len(rows), people)
    assert "num_client" in said(model)[0] and "courriel" in said(model)[0]


def test_a_number_that_comes_back_stays_the_customer_s() -> None:
    model = model_of({"seances.csv": climbing(1, one_a_sale=False)})
    assert customer(model, "seances.csv") == "num_client"
    assert not said(model)


def test_guests_numbered_anew_beside_members_are_followed_by_their_mailbox() -> None:
    """A third come as guests, under another number each time; members keep theirs."""
    rows = climbing(7, one_a_sale=False)
    for place, row in enumerate(rows):
        if str(row["courriel"]).split("@")[0][-1] in "147":
            row["num_client"] = f"G{place:06d}"
        else:
            row["num_client"] = f"M{row['num_client']}"
    model = model_of({"seances.csv": rows})
    assert customer(model, "seances.csv") == "courriel"
    guests = {row["courriel"] for row in rows if str(row["num_client"]).startswith("G")}
    assert [check.count for check in model.health if check.check == "duplicate_customers"] == [len(guests)]


def test_an_agency_s_mailbox_is_nobody_s() -> None:
    """Half of the sales bear one address: it is the one through which they came."""
    rows = climbing(2)
    for row in rows[::2]:
        row["courriel"] = "reservations@agence.fr"
    assert customer(model_of({"seances.csv": rows}), "seances.csv") == "num_client"


def test_people_who_come_once_are_as_many_as_their_mailboxes() -> None:
    """Each number and each mailbox once: nothing says that the number is the sale's."""
    rows = [{**row, "courriel": f"p{place}@poste.fr"} for place, row in enumerate(climbing(3))]
    assert customer(model_of({"seances.csv": rows}), "seances.csv") == "num_client"


def test_several_people_under_a_mailbox_are_not_one() -> None:
    """A mailbox whose first name changes each time is a club's, or a family's."""
    draw = random.Random(4)
    rows = [{**row, "prenom": draw.choice(_FIRST)} for row in climbing(4)]
    assert customer(model_of({"seances.csv": rows}), "seances.csv") == "num_client"


def test_what_the_manager_said_of_the_file_stays() -> None:
    told = Corrections(columns={"seances.csv": {"num_client": Role.CUSTOMER_ID}})
    assert customer(model_of({"seances.csv": climbing(1)}, told), "seances.csv") == "num_client"


def test_a_list_of_visits_where_each_has_a_name_is_one_of_purchases() -> None:
    """Hires of bicycles, one line each with the name, the mailbox and the telephone, under a number of contract and one of client."""
    draw = random.Random(5)
    rows: list[Row] = [
        {
            "contrat": f"LOC{place:05d}", "client": f"CLI-{place:06d}", "depart": row["date_seance"],
            "velo": draw.choice(["Ville", "Course", "Cargo"]), "montant": row["montant_ttc"], "nom": f"Durand{str(row['courriel'])[-4]}",
            "prenom": row["prenom"], "mail": row["courriel"],
        }
        for place, row in enumerate(climbing(5))
    ]  # fmt: skip
    model = model_of({"locations.csv": rows})
    assert model.kind("t0") is TableKind.TRANSACTIONS
    assert customer(model, "locations.csv") == "mail"


def test_a_list_of_people_written_twice_stays_one_of_customers() -> None:
    """The same people, each once or twice, with the day they joined and what they spent in all."""
    rows: list[Row] = []
    for person in range(300):
        one = {"prenom": _FIRST[person % 8], "nom": f"Petit{person}", "email": f"p{person}@poste.fr", "date_inscription": date(2024, 1, 1) + timedelta(days=person),
               "ca_total": 40.5 + person}  # fmt: skip
        rows += [{"id_client": f"C{len(rows) + again:05d}", **one} for again in range(1 + (person % 4 == 0))]
    assert model_of({"clients.csv": rows}).kind("t0") is TableKind.CUSTOMERS


def audience(rows: list[Row], share: float = 1.0) -> list[Row]:
    """The list of a mailing tool: addresses, first names, no number."""
    boxes = sorted({str(row["courriel"]) for row in rows})
    kept = boxes[: int(share * len(boxes))]
    return [{"Adresse e-mail": box, "Prénom": box.split("@")[0].rstrip("0123456789").title(), "Inscrit le": date(2024, 1, 5), "Statut": "abonné"} for box in kept]


def test_people_listed_by_mailbox_are_those_who_buy_under_a_number_of_their_own() -> None:
    """Sales by number and mailbox, beside a list by mailbox: one base of customers, and not two."""
    rows = climbing(6, one_a_sale=False)
    files: Files = {"seances.csv": rows, "audience.csv": audience(rows)}
    model = model_of(files)
    assert customer(model, "seances.csv") == "courriel"
    assert any(key.role in (Role.CUSTOMER_ID, Role.EMAIL) and key.coverage == 1.0 for key in model.keys)


def test_sales_that_seldom_give_the_mailbox_keep_their_number() -> None:
    rows = climbing(6, one_a_sale=False)
    listed = audience(rows)
    for place, row in enumerate(rows):
        row["courriel"] = row["courriel"] if place % 3 == 0 else None
    assert customer(model_of({"seances.csv": rows, "audience.csv": listed}), "seances.csv") == "num_client"


def test_contracts_that_number_nobody_are_their_holders_by_their_mailbox() -> None:
    """Moorings let to boats: the agreement has a number, its holder a name and an address."""
    draw, rows = random.Random(31), []
    for number in range(120):
        begun = date(2021, 1, 1) + timedelta(days=7 * number)
        left = number % 5 == 0
        rows.append({"Agreement": f"AGR{7000 + number}", "Skipper": f"{draw.choice(('Ann', 'Bob', 'Eve'))} {draw.choice(('Reed', 'Shaw'))}{number}", "E-mail": f"skipper{number % 110}@sail.org",
                     "Berth": draw.choice(("A", "B")), "Monthly fee": draw.choice((90, 140)), "Start": begun, "End": begun + timedelta(days=300) if left else ""})  # fmt: skip
    model = model_of({"agreements.csv": rows})
    assert [binding.name for binding in model.bindings if binding.role is Role.CUSTOMER_ID] == ["E-mail"]
    assert [binding.name for binding in model.bindings if binding.role is Role.SUBSCRIPTION_ID] == ["Agreement"]


@pytest.mark.parametrize("named", [False, True])
def test_customers_known_by_their_telephone_alone(named: bool) -> None:
    """A taxi firm's book: whoever rang; beside a name that comes back, the name is asked about first."""
    draw, rows = random.Random(32), []
    for number in range(300):
        who = draw.randrange(60)
        name = {"Passenger": f"{('Ann', 'Bob', 'Eve')[who % 3]} {('Reed', 'Shaw', 'Lowe', 'Finch')[who % 4]}{chr(97 + who % 26)}{chr(97 + who // 26)}"} if named else {}
        rows.append({"Ride": f"R{number:05d}", "Phone": f"07{who + 10} 555 {who + 100}", **name, "Picked up": date(2024, 1, 1) + timedelta(days=number), "Fare": round(draw.uniform(6, 60), 2)})
    model = model_of({"rides.csv": rows})
    (who_bought,) = [binding.name for binding in model.bindings if binding.role is Role.CUSTOMER_ID]
    assert who_bought == ("Passenger" if named else "Phone") and model.question is not None and model.question.column == who_bought
