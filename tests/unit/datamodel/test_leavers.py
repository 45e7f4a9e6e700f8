"""A list of those who left, beside that of all: its dates are on every row because the others are not in it."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from analytics.datamodel.model import DataModel, LostBasis, QuestionAbout
from tests.unit.datamodel.worlds import Row, model_of


def _choir(people: int, gone: int, header: str, *, reason: bool, file: str = "sorties.csv", strangers: bool = False) -> DataModel:
    rng = random.Random(4)
    singers = [f"CH-{1000 + i}" for i in range(people)]
    joined = {singer: date(2022, 1, 5) + timedelta(days=rng.randrange(900)) for singer in singers}
    roll: list[Row] = [
        {"n° adhérent": singer, "pupitre": rng.choice(["alto", "basse", "soprano"]), "date d'inscription": joined[singer]} for singer in singers
    ]
    left: list[Row] = [
        {"n° adhérent": ("X" if strangers else "") + singer, header: joined[singer] + timedelta(days=rng.randrange(40, 500))}
        | ({"motif de départ": rng.choice(["déménagement", "horaires", "prix"])} if reason else {})
        for singer in rng.sample(singers, gone)
    ]
    return model_of({"choristes.csv": roll, file: left})


@pytest.mark.parametrize("header, reason, file", [
    ("date de résiliation", False, "sorties.csv"), ("date de fin", True, "sorties.csv"), ("date de fin", False, "Départs 2024.csv"),
])  # fmt: skip
def test_who_is_in_a_list_of_departures_is_lost(header: str, reason: bool, file: str) -> None:
    model = _choir(240, 60, header, reason=reason, file=file)
    assert (model.lost.basis, model.lost.column, model.question) == (LostBasis.CONTRACT_END, header, None)
    said = model.lost.evidence.values
    assert (said["ended"].value, said["rows"].value) == (60, 240)  # type: ignore[union-attr]


@pytest.mark.parametrize("gone, header, reason, strangers", [
    (60, "date de fin", False, False),  # contracts that have ended, of some only: nothing says that they left
    (240, "date de résiliation", False, False),  # everyone is in the list
    (60, "date de résiliation", False, True),  # others than those of the roll
])  # fmt: skip
def test_ends_on_every_row_are_asked_about_where_the_list_is_not_of_those_who_left(gone: int, header: str, reason: bool, strangers: bool) -> None:
    model = _choir(240, gone, header, reason=reason, strangers=strangers)
    assert model.lost.basis is LostBasis.NONE
    assert model.question is not None and model.question.about is QuestionAbout.LOST
