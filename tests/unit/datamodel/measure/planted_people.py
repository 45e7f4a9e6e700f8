"""Defects of the customers' file."""

from __future__ import annotations

import re
from datetime import date, timedelta

from tests.unit.datamodel.measure.case import Mark
from tests.unit.datamodel.measure.shop import public_mailboxes
from tests.unit.datamodel.measure.world import World
from tests.unit.datamodel.worlds import TODAY, Row

_TESTS = [("Test", "TEST"), ("azerty", "Martin"), ("test2", "x"), ("XXX", "xxxx"), ("John", "Doe"), ("Paul", "TEST"), ("aaaa", "aaa")]
_TESTS_FR = [
    ("Compte", "Demo test"), ("Client", "Test"), ("Essai", "Essai 2"), ("Ne pas", "utiliser"), ("TEST", "NE PAS UTILISER"),
    ("Fiche", "à supprimer"), ("Démo", "Caisse"),
]  # fmt: skip
_TESTS_EN = [
    ("Demo", "Account"), ("Test", "User"), ("Testing", "Testing"), ("Do not", "use"), ("Dummy", "Customer"), ("To delete", "x"),
    ("Demo", "Till"),
]  # fmt: skip


def _known(row: Row) -> bool:
    return row["id"] != "C00003"


def _twins(world: World, rows: list[Row]) -> list[Row]:
    again = [{**row, "id": f"D{place:05d}"} for place, row in enumerate(rows)]
    for row in again:  # as a second clerk types it
        first, last = str(row["first"]), str(row["last"])
        row["first"], row["last"] = world.draw.choice([
            (first, last), (first.upper(), last.upper()), (first[0] + ".", last), (last, first), (first, "Delacroix"),
            (first[:2] + first[3:] if len(first) > 5 else first, last),
        ])  # fmt: skip
    world["people"].rows += again
    world.taken |= {id(row) for row in again}
    return again


def same_mailbox(world: World) -> Mark:
    """One person under two numbers with one e-mail address: from one to one customer in six."""
    rows = world.take("people", world.some("people", 1, 0.16), _known)
    for row in _twins(world, rows):
        row["email"] = str(row["email"]).upper() if world.draw.random() < 0.3 else row["email"]
        row["phone"] = None
    return Mark("people", "email", len(rows))


def same_telephone(world: World) -> Mark:
    """One person under two numbers with one telephone and another mailbox, or none."""
    rows = world.take("people", world.some("people", 1, 0.16), _known)
    for row in _twins(world, rows):
        row["phone"] = str(row["phone"]).replace(" ", world.draw.choice(["", ".", "-"]))
        row["email"] = None if world.draw.random() < 0.5 else f"new.{row['id']}@mail-2.fr".lower()
    return Mark("people", "phone", len(rows))


def same_birthday(world: World) -> Mark:
    """One person under two numbers, of the same names and the same day of birth, with another mailbox and telephone, or none."""
    rows = world.take("people", world.some("people", 1, 0.16), lambda row: _known(row) and row["born"] is not None)
    again = [{**row, "id": f"D{place:05d}"} for place, row in enumerate(rows)]
    for place, row in enumerate(again):
        row["last"] = str(row["last"]).upper() if world.draw.random() < 0.3 else row["last"]
        row["email"] = None if world.draw.random() < 0.5 else f"back.{place}@mail-4.fr"
        row["phone"] = None if world.draw.random() < 0.5 else f"07 11 22 {place // 100:02d} {place % 100:02d}"
    world["people"].rows += again
    world.taken |= {id(row) for row in again}
    return Mark("people", "id", len(rows))


def repeated_number(world: World) -> Mark:
    """Rows that take up a customer's number again, with another address."""
    rows = world.take("people", world.some("people", 1, 0.1), _known)
    world["people"].rows += [{**row, "address": "2 rue Neuve", "phone": None, "email": None} for row in rows]
    return Mark("people", "id", len(rows))


def missing_channel(world: World) -> Mark:
    """From one channel in twelve to half is empty."""
    people = world["people"].rows
    empty = sum(row["channel"] is None for row in people)
    rows = world.take("people", world.some("people", len(people) // 12, 0.4), lambda row: row["channel"] is not None)
    for row in rows:
        row["channel"] = None
    return Mark("people", "channel", len(rows) + empty)


def future_signups(world: World) -> Mark:
    """Customers who joined after today."""
    rows = world.take("people", world.some("people", 1, 0.05))
    for row in rows:
        row["joined"] = TODAY + timedelta(days=world.draw.choice([1, 40, 400]))
    return Mark("people", "joined", len(rows))


def impossible_ages(world: World) -> Mark:
    """Ages of 121 and more, or below nought."""
    rows = world.take("people", world.some("people", 1, 0.1))
    for row in rows:
        row["age"] = world.draw.choice([121, 150, 999, -1])
    return Mark("people", "age", len(rows))


def rates_above_a_hundred(world: World) -> Mark:
    """Opening rates of 101 % and more, beside a growth that may well pass a hundred."""
    rows = world.take("people", world.some("people", 1, 0.1))
    for row in rows:
        row["open_rate"] = world.draw.choice([101, 140, 500, -3])
    return Mark("people", "open_rate", len(rows))


def negative_durations(world: World) -> Mark:
    """Calls that lasted less than nothing."""
    rows = world.take("people", world.some("people", 1, 0.1))
    for row in rows:
        row["call_minutes"] = -world.draw.randrange(1, 90)
    return Mark("people", "call_minutes", len(rows))


def test_names(world: World) -> Mark:
    """Accounts called « Test », "Demo", « azerty », « ne pas utiliser », "John Doe": from one to one in twelve."""
    rows = world.take("people", world.some("people", 1, 0.08), _known)
    for row in rows:
        row["first"], row["last"] = world.draw.choice([*_TESTS, *(_TESTS_FR if world.house.french else _TESTS_EN)])
    return Mark("people", count=len(rows))


def test_mailboxes(world: World) -> Mark:
    """Accounts whose address is a test's."""
    rows = world.take("people", world.some("people", 1, 0.08), _known)
    for place, row in enumerate(rows):
        row["email"] = world.draw.choice([f"test{place}@mail-1.fr", f"sophie+test{place}@mail-1.fr", f"a{place}@yopmail.com"])
    return Mark("people", count=len(rows))


def test_numbers(world: World) -> Mark:
    """Accounts whose number says test or demonstration."""
    rows = world.take("people", world.some("people", 1, 0.08), _known)
    kind = world.draw.choice(["TEST", "DEMO", "test-"])
    numbers = {row["id"]: f"{kind}{place:02d}" for place, row in enumerate(rows)}
    for row in rows:
        row["id"] = numbers[row["id"]]
    for row in world["sales"].rows:
        row["id"] = numbers.get(row["id"], row["id"])
    return Mark("people", count=len(rows))


def staff_by_domain(world: World) -> Mark:
    """Where people write from public mailboxes, accounts of the house's own domain: five times those of any customer's firm."""
    colleagues = public_mailboxes(world)
    rows = world.take("people", 5 * colleagues + world.draw.randrange(4), _known)
    for place, row in enumerate(rows):
        row["email"] = f"vendeur{place}@maison-cavelune.fr"
    return Mark("people", count=len(rows))


def staff_by_category(world: World) -> Mark:
    """A column of segments in which some accounts are staff."""
    world["people"].headers["segment"] = "segment"
    for place, row in enumerate(world["people"].rows):
        row["segment"] = ("Premium", "Standard")[place % 2]
    rows = world.take("people", world.some("people", 1, 0.1), _known)
    word = world.house.one_of(
        ["Personnel", "Salarié", "Employés", "Interne", "Collaborateurs"], ["Staff", "Employee", "Internal", "Employees"]
    )
    for row in rows:
        row["segment"] = word
    return Mark("people", count=len(rows))


def symbolic_amounts(world: World) -> Mark:
    """Accounts whose every purchase is worth one unit of money at most: the till's tests."""
    counts: dict[object, int] = {}
    for row in world["sales"].rows:
        counts[row["id"]] = counts.get(row["id"], 0) + 1
    rows = world.take("people", 1 + world.draw.randrange(4), lambda row: counts.get(row["id"], 0) >= 3 and _known(row))
    tested = {row["id"] for row in rows}
    for row in world["sales"].rows:
        if row["id"] in tested:
            row["amount"] = world.draw.choice([1.0, 0.5, 0.01])
            world.taken.add(id(row))
    return Mark("people", count=len(rows))


def mailboxes_in_text(world: World) -> Mark:
    """Addresses written in the subject of a call: from one to one row in five."""
    rows = world.take("people", world.some("people", 1, 0.2))
    for row in rows:
        address = world.draw.choice(["jeanne.petit@orange.fr", "J.PETIT@ATELIER.COM", "jane_b+x@aol.co.uk", "j-p@mail.museum"])
        row["subject"] = world.house.say(f"rappeler à {address} avant midi", f"write to {address}, by noon")
    return Mark("people", "subject", len(rows))


def telephones_in_text(world: World) -> Mark:
    """Telephones written in the subject of a call."""
    rows = world.take("people", world.some("people", 1, 0.2))
    for row in rows:
        number = world.house.one_of(
            ["06 12 34 56 78", "06.12.34.56.78", "0612345678", "+33 6 12 34 56 78", "+33 (0)6 12 34 56 78", "+32 475 12 34 56"],
            ["07700 900123", "020 7946 0958", "+44 7700 900123", "(212) 555-0123", "212-555-0123", "+1 212 555 0123"],
        )
        row["subject"] = world.house.say(f"à joindre au {number} le soir", f"reach at {number} in the evening")
    return Mark("people", "subject", len(rows))


def constant_column(world: World) -> Mark:
    """A column that says the same everywhere."""
    world["people"].headers["origin"] = world.house.say("origine_fichier", "file_origin")
    for row in world["people"].rows:
        row["origin"] = "export"
    return Mark("people", count=1)


def empty_column(world: World) -> Mark:
    """A column without a value."""
    world["people"].headers["fax"] = "fax"
    return Mark("people", count=1)


def bank_accounts(world: World) -> Mark:
    """Bank account numbers, under their name or another."""
    world["people"].headers["iban"] = world.draw.choice(["iban", "IBAN", "ref_bancaire"])
    spaced = world.draw.random() < 0.4
    for place, row in enumerate(world["people"].rows):
        row["iban"] = " ".join(re.findall(".{1,4}", f"FR76300040000{place:012d}43")) if spaced else f"FR76300040000{place:012d}43"
    return Mark("people", "iban")


def social_security(world: World) -> Mark:
    """Social security numbers."""
    world["people"].headers["nir"] = world.draw.choice(["numero_secu", "NIR", "n_securite_sociale"])
    for place, row in enumerate(world["people"].rows):
        row["nir"] = f"1{place % 90 + 10:02d}0{place % 9 + 1}75{place:03d}{(place * 7) % 1000:03d}{place % 97:02d}"
    return Mark("people", "nir")


def beliefs(world: World) -> Mark:
    """Religion or health, by its header."""
    world["people"].headers["belief"] = world.house.one_of(["religion", "pathologie", "handicap"], ["religion", "disability", "diagnosis"])
    for row in world["people"].rows:
        row["belief"] = world.draw.choice(["A", "B", "C"])
    return Mark("people", "belief")


def day_of_takeover(world: World) -> Mark:
    """From a quarter to two thirds of the customers bear the day on which another tool took the base over."""
    days = sorted(row["day"] for row in world["sales"].rows if isinstance(row["day"], date))
    taken = days[int(world.draw.uniform(0.5, 0.8) * len(days))]
    people = world["people"].rows
    rows = world.take("people", int(world.draw.uniform(0.25, 0.66) * len(people)), lambda row: isinstance(row["joined"], date) and row["joined"] < taken)
    for row in rows:
        row["joined"] = taken
    return Mark("people", "joined", sum(row["joined"] == taken for row in people))
