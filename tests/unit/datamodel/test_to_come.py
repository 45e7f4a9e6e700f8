"""Bookings for days to come are no purchases yet: the reference day is that of the last one that happened."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from analytics.datamodel.health.context import HealthCode
from tests.unit.datamodel.test_tools import Line, opened

LAST = date(2025, 6, 30)


def rides(done: str, ahead: str, *, kept_up: bool = True) -> list[Line]:
    """A riding school: rides a day until the end of June, then those booked for July; a few cancelled all along."""
    rng = random.Random(4)
    rows: list[Line] = []
    for back in range(420, -15, -1):
        day = LAST - timedelta(days=back)
        for _ in range(4 if back >= 0 else 2):
            state = done if back >= 0 and kept_up or rng.random() < 0.4 else ahead
            state = "Annulé" if rng.random() < 0.05 else ahead if back < 0 else state
            rows.append({"n_balade": f"B{len(rows)}", "cavalier": f"K{rng.randrange(60):03d}", "date_balade": day, "montant": 30 + rng.randrange(9), "etat": state})
    return rows


@pytest.mark.parametrize(("done", "ahead"), [("Effectué", "Réservé"), ("Terminé", "À venir"), ("Completed", "Booked"), ("Attended", "Scheduled")])
def test_the_clock_stops_where_bookings_begin(tmp_path: Path, done: str, ahead: str) -> None:
    rows = rides(done, ahead)
    with opened(tmp_path, {"balades.csv": rows}) as study:
        assert study.as_of == LAST
        later = sum(1 for row in rows if row["etat"] == ahead)
        (check,) = [check for check in study.model.health if check.check == HealthCode.FUTURE_DATES]
        assert check.count == later and ahead in check.detail.render("fr")
        (last,) = study.database.row("SELECT MAX(day) FROM purchases")
        assert last == LAST


def test_states_that_nobody_keeps_up_are_no_bookings(tmp_path: Path) -> None:
    """Most of the past stays « Réservé »: what is so in July is as much a purchase."""
    with opened(tmp_path, {"balades.csv": rides("Effectué", "Réservé", kept_up=False)}) as study:
        assert study.as_of > LAST
        assert not [check for check in study.model.health if check.check == HealthCode.FUTURE_DATES]
