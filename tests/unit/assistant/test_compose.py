"""The number check: a text may only say what a finding says, after rounding as a person would."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Reading
from assistant.compose import compose, numbers_in, unbacked
from vocabulary import formats
from vocabulary.estimate import Estimate, Unit
from vocabulary.finding import Finding
from vocabulary.sentence import say

RATE = Estimate("churn_rate", 1869 / 7043, Unit.RATIO, 7043, 0.2552, 0.2758, "Wilson")
FINDING = Finding("churn_rate", say("{rate}", "{rate}", rate=RATE), measures=(RATE,))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("26,5 % des 7 043 clients", ("26.5", "7043")),
        ("26.5% of 7,043 customers", ("26.5", "7043")),
        ("1 234 567,80 €", ("1234567.8",)),
        ("£1,234,567.80", ("1234567.8",)),
        ("0,123 et 0.500", ("0.123", "0.5")),
        ("rien", ()),
    ],
)
def test_numbers_are_read_in_both_habits(text: str, numbers: tuple[str, ...]) -> None:
    assert numbers_in(text) == numbers


@pytest.mark.parametrize("text", ["26,5 % des clients", "27 % des 7 043 clients", "entre 25,5 % et 27,6 %", "0,265"])
def test_what_a_finding_says_may_be_said(text: str) -> None:
    assert unbacked(text, [FINDING], "fr") == ()


@pytest.mark.parametrize(("text", "wrong"), [("31 % des clients", ("31",)), ("26,5 % de 9 000 clients", ("9000",))])
def test_an_invented_number_is_caught(text: str, wrong: tuple[str, ...]) -> None:
    assert unbacked(text, [FINDING], "fr") == wrong


@given(st.floats(0, 1), st.sampled_from(["fr", "en"]), st.integers(1, 10**6))
def test_our_own_writing_is_always_backed(value: float, language: str, n: int) -> None:
    estimate = Estimate("x", value, Unit.RATIO, n)
    finding = Finding("x", say("{x}", "{x}", x=estimate), measures=(estimate,))
    written = formats.number(value, Unit.RATIO, language, n=n)  # type: ignore[arg-type]
    assert unbacked(written, [finding], language) == ()  # type: ignore[arg-type]


def test_a_caution_two_findings_share_is_said_once() -> None:
    caution = say("Groupes de moins de trente cas.", "Groups of fewer than thirty cases.")
    findings = [replace(FINDING, caveats=(caution,)), replace(FINDING, caveats=(caution,))]
    assert compose(Reading("answered", (), 1.0, caution), findings, (), (), "en", None).count("thirty cases") == 1
