"""What a question of this folder must be answered, worked out with pandas alone: nothing of the product computes it.

A case is a conversation: turns of a question and what its answer must hold. A number stands in `measures[0]`; a mapping is
every group with its value; a list is an order of groups; `Either` is a question that can be read in two right ways;
`Declined` must be answered with no number; `None` is not looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd


@dataclass(frozen=True)
class Either:
    """Two right answers."""

    answers: tuple[Any, ...]


class Declined:
    """No number may be given: a refusal, a question back, or a word on what is missing."""


@dataclass(frozen=True)
class Turn:
    """One question and what is expected."""

    question: str
    expected: Any = None


Case = tuple[Turn, ...]


def one(question: str, expected: Any) -> Case:
    """A conversation of one turn."""
    return (Turn(question, expected),)


def talk(*turns: tuple[str, Any]) -> Case:
    """A conversation."""
    return tuple(Turn(*turn) for turn in turns)


def either(*answers: Any) -> Either:
    """Two right answers."""
    return Either(answers)


def groups(series: pd.Series) -> dict[str, float]:
    """Every group with its value."""
    return {label(name): float(value) for name, value in series.items()}


def label(name: object) -> str:
    """How a group is written: as in the file, a day as year-month-day."""
    if isinstance(name, tuple):
        return " / ".join(map(label, name))
    return name.date().isoformat() if isinstance(name, pd.Timestamp) else str(name)


def first(series: pd.Series, count: int, *, lowest: bool = False) -> list[str]:
    """The groups that come first."""
    return [label(name) for name in series.sort_values(ascending=lowest).index[:count]]


def month(days: pd.Series) -> pd.Series:
    """The first day of each day's month."""
    return days.dt.to_period("M").dt.to_timestamp()


def quarter(days: pd.Series) -> pd.Series:
    """The first day of each day's quarter."""
    return days.dt.to_period("Q").dt.to_timestamp()


def year(days: pd.Series) -> pd.Series:
    """The first day of each day's year."""
    return days.dt.to_period("Y").dt.to_timestamp()


def between(frame: pd.DataFrame, column: str, start: str, end: str) -> pd.DataFrame:
    """The rows of some days, both included."""
    return frame[(frame[column] >= pd.Timestamp(start)) & (frame[column] <= pd.Timestamp(end))]
