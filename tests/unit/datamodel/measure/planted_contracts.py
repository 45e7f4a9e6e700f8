"""Defects of a file that says who left."""

from __future__ import annotations

from datetime import timedelta

from tests.unit.datamodel.measure.case import Mark
from tests.unit.datamodel.measure.contracts import AS_OF, end_date, left
from tests.unit.datamodel.measure.world import World
from tests.unit.datamodel.worlds import TODAY, Row


def _gone(world: World) -> list[Row]:
    return [row for row in world["people"].rows if left(row)]


def _stayed(world: World) -> list[Row]:
    return [row for row in world["people"].rows if not left(row)]


def _add(world: World, key: str, french: str, english: str) -> Mark:
    world["people"].headers[key] = world.house.say(french, english)
    return Mark("people", key)


def leak_filled_for_leavers(world: World) -> Mark:
    """A refund given on leaving: for all who left but one in twenty, and for a few of the others."""
    for row in world["people"].rows:
        told = world.draw.random() < (0.95 if left(row) else 0.04)
        row["closing"] = round(world.draw.uniform(5, 90), 2) if told else None
    return _add(world, "closing", "solde_de_cloture", "closing_balance")


def leak_among_leavers_only(world: World) -> Mark:
    """A code of closure written for a third to all of the leavers, and for nobody else."""
    told = {id(row) for row in world.draw.sample(_gone(world), max(25, round(world.draw.uniform(0.35, 1) * len(_gone(world)))))}
    for row in world["people"].rows:
        row["desk"] = f"K{world.draw.randrange(3)}" if id(row) in told else None
    return _add(world, "desk", "suivi_guichet", "desk_follow_up")


def leak_among_stayers_only(world: World) -> Mark:
    """A next appointment, written for four to nine in ten of those who stayed and for nobody who left."""
    share = world.draw.uniform(0.4, 0.9)
    for row in world["people"].rows:
        row["visit"] = f"V{world.draw.randrange(9)}" if not left(row) and world.draw.random() < share else None
    return _add(world, "visit", "creneau_prochain", "next_slot")


def leak_by_a_number(world: World) -> Mark:
    """A number that alone sorts leavers from the others."""
    for row in world["people"].rows:
        row["exit_score"] = world.draw.randrange(5, 13) if left(row) else world.draw.randrange(0, 6)
    return _add(world, "exit_score", "points_dossier", "case_points")


def leak_by_a_category(world: World) -> Mark:
    """A category that only those who left have."""
    for row in world["people"].rows:
        word = "Z9" if left(row) and world.draw.random() < 0.96 else world.draw.choice(["A1", "B2", "C3"])
        row["queue"] = word
    return _add(world, "queue", "file_traitement", "work_queue")


def leak_after_departure(world: World) -> Mark:
    """A date that lies after the departure: the day the account was settled. Others have one too, for another reason."""
    if "end" not in world["people"].headers:
        _add(world, "end", "date_fin_contrat", "contract_end_date")
    share = world.draw.uniform(0.65, 0.9)
    for row in world["people"].rows:
        day = end_date(row) + timedelta(days=world.draw.randrange(3, 60))
        before = AS_OF - timedelta(days=world.draw.randrange(5, 400))
        told = world.draw.random() < (share if left(row) else 0.5)
        row["settled"] = (min(day, AS_OF) if left(row) else before) if told else None
        if left(row) and row["settled"] == end_date(row):
            row["settled"] = end_date(row) + timedelta(days=1)
    return _add(world, "settled", "date_courrier", "letter_date")


def end_against_label(world: World) -> Mark:
    """A contract ended for people said to have stayed, or a departure without an end: from one in fifty to one in four."""
    wrong = {id(row) for row in world.take("people", world.some("people", max(1, len(world["people"].rows) // 50), 0.25))}
    for row in world["people"].rows:
        ended = left(row) != (id(row) in wrong)
        row["term"] = (end_date(row) if left(row) else AS_OF - timedelta(days=world.draw.randrange(1, 300))) if ended else None
        if not ended and world.draw.random() < 0.3:
            row["term"] = TODAY + timedelta(days=world.draw.randrange(30, 400))  # to come: no departure
    _add(world, "term", "date_fin_contrat", "contract_end_date")
    return Mark("people", "term", len(wrong))


def status_against_label(world: World) -> Mark:
    """A second column that says who left, and says it otherwise of one in fifty to one in four."""
    wrong = {id(row) for row in world.take("people", world.some("people", max(1, len(world["people"].rows) // 50), 0.25))}
    gone, here = world.house.say("Résilié", "Cancelled"), world.house.say("Actif", "Active")
    for row in world["people"].rows:
        row["status"] = gone if left(row) != (id(row) in wrong) else here
    _add(world, "status", "statut_client", "customer_status")
    return Mark("people", count=len(wrong))


def only_survivors(world: World) -> Mark:
    """Those who left were deleted before the export."""
    world["people"].rows = _stayed(world)
    return Mark("people", "left")


def only_active(world: World) -> Mark:
    """The same, where a status says who is here."""
    world["people"].rows = _stayed(world)
    del world["people"].headers["left"]
    _add(world, "status", "statut_client", "customer_status")
    for row in world["people"].rows:
        row["status"] = world.house.say("Actif", "Active")
    return Mark("people", "status")


def too_small(world: World) -> Mark:
    """From twenty-five customers to ninety-nine."""
    count = world.draw.randrange(25, 100)
    world["people"].rows = world["people"].rows[:count]
    return Mark(count=count)


def missing_labels(world: World) -> Mark:
    """From one label to one in six is empty."""
    rows = world.take("people", world.some("people", 1, 0.16))
    for row in rows:
        row["left"] = None
    return Mark("people", "left", len(rows))


def negative_bills(world: World) -> Mark:
    """Monthly bills below nought."""
    rows = world.take("people", world.some("people", 1, 0.1))
    for row in rows:
        row["bill"] = -float(str(row["bill"]))
    return Mark("people", "bill", len(rows))


def scores_above_ten(world: World) -> Mark:
    """Recommendation scores of eleven and more."""
    rows = world.take("people", world.some("people", 1, 0.08))
    for row in rows:
        row["nps"] = world.draw.choice([11, 12, 70, 99, -1])
    return Mark("people", "nps", len(rows))


def ratings_off_the_scale(world: World) -> Mark:
    """Ratings of six and more, where people rate from one to five."""
    rows = world.take("people", 1 + world.draw.randrange(2), lambda row: row["rating"] is not None)
    for row in rows:
        row["rating"] = world.draw.choice([6, 9, 44])
    return Mark("people", "rating", len(rows))


def negative_waits(world: World) -> Mark:
    """People who waited less than nothing."""
    rows = world.take("people", world.some("people", 1, 0.1))
    for row in rows:
        row["wait_minutes"] = -world.draw.randrange(1, 60)
    return Mark("people", "wait_minutes", len(rows))


def negative_tenures(world: World) -> Mark:
    """Relations that last less than nothing."""
    rows = world.take("people", world.some("people", 1, 0.08))
    for row in rows:
        row["months"] = -world.draw.randrange(1, 30)
    return Mark("people", "months", len(rows))


def ends_before_starts(world: World) -> Mark:
    """Contracts that end before they start: from one to one in ten."""
    _add(world, "end", "date_fin_contrat", "contract_end_date")
    rows = world.take("people", world.some("people", 1, 0.06), lambda row: left(row))
    for row in rows:
        row["end"] = row["start"] - timedelta(days=world.draw.randrange(1, 400))  # type: ignore[operator]
    return Mark("people", "end", len(rows))


def prices_in_cents(world: World) -> Mark:
    """The price of each contract in cents, beside bills in units."""
    for row in world["people"].rows:
        row["bill"] = round(100 * float(str(row["bill"])))
    return Mark("people", "bill")


def bills_in_cents(world: World) -> Mark:
    """The bills in cents, beside the prices in units."""
    for row in world["bills"].rows:
        row["paid"] = round(100 * float(str(row["paid"])))
    return Mark("bills", "paid")
