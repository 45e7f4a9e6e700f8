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


def _magazine(*, free: float, buying: float = 1.0) -> DataModel:
    """Readers, their payments, and who stopped: two dates on every row of the list, and the formula again.

    `free`: share of the readers who never paid; `buying`: share of those who stopped whose payments are in the files.
    """
    rng = random.Random(9)
    readers = [f"R{100 + i}" for i in range(400)]
    paying = readers[: int(len(readers) * (1 - free))]
    gone = paying[:: 4]
    formula = {reader: rng.choice(["Papier", "Numérique"]) for reader in readers}
    begun = {reader: date(2023, 1, 10) + timedelta(days=rng.randrange(300)) for reader in readers}
    roll: list[Row] = [{"reader_id": reader, "town": rng.choice(["Lyon", "Nantes"]), "signup_date": begun[reader]} for reader in readers]
    shown = [reader for reader in paying if reader not in gone[int(len(gone) * buying) :]]
    paid: list[Row] = [
        {"payment_id": f"P{n}-{reader}", "reader_id": reader, "payment_date": begun[reader] + timedelta(days=30 * n + 1), "formula": formula[reader], "amount": 9.5}
        for reader in shown for n in range(3 if reader in gone else 8)
    ]  # fmt: skip
    left: list[Row] = [
        {"reader_id": reader, "terminated_on": (day := begun[reader] + timedelta(days=95 + rng.randrange(9))), "last_issue_date": day + timedelta(days=40),
         "formula": formula[reader], "reason": rng.choice(["Price", "Time", "Moved"])}
        for reader in gone
    ]  # fmt: skip
    return model_of({"readers.csv": roll, "payments.csv": paid, "terminations.csv": left})


def test_of_two_dates_the_one_that_speaks_of_leaving_is_the_departure() -> None:
    model = _magazine(free=0.0)
    assert (model.lost.basis, model.lost.column) == (LostBasis.CONTRACT_END, "terminated_on")


def test_who_never_bought_is_no_customer_where_all_who_left_had() -> None:
    model = _magazine(free=0.5)
    assert model.lost.buyers
    assert model.lost.evidence.values["said"].values["rows"].value == 200  # type: ignore[union-attr]


def test_who_never_bought_may_be_a_customer_where_some_who_left_had_not_either() -> None:
    model = _magazine(free=0.0, buying=0.5)
    assert model.lost.basis is LostBasis.CONTRACT_END and not model.lost.buyers


def test_what_the_list_says_again_is_read_where_it_is_said_of_everyone() -> None:
    model = _magazine(free=0.0)
    told = {(binding.file, binding.name) for binding in model.bindings}
    assert ("payments.csv", "formula") in told and ("terminations.csv", "formula") not in told
