"""Asks the questions of this folder and says which answers are right, which are wrong, which were honestly not given."""

from __future__ import annotations

import importlib
import math
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.answer import Answer
from assistant.answering import answer
from assistant.session import Session
from tests.understanding.answers.files import WORLDS, write
from tests.understanding.answers.key import Case, Declined, Either
from tests.understanding.answers.trades import FRENCH, TRADES
from vocabulary.language import Text

_CLOSE = 2e-3
_MORE = {"boutique": ("hurried",), "online": ("webshop",)}  # other files of questions on the same world


@dataclass(frozen=True)
class Verdict:
    """One turn: `right`, `wrong`, or `silent` (a number was due and none was given)."""

    world: str
    question: str
    outcome: str
    expected: Any
    got: str


def _same(value: Any, expected: float) -> bool:
    numeric = isinstance(value, int | float) and not isinstance(value, bool) and not math.isnan(value)
    return numeric and math.isclose(float(value), float(expected), rel_tol=_CLOSE, abs_tol=1e-9)


_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


def _label(value: Any) -> str:
    if isinstance(value, Text):
        return str(_DAYS.index(value.fr) + 1) if value.fr in _DAYS else value.fr
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _rows(found: Answer) -> tuple[list[tuple[Any, ...]], list[str]]:
    finding = found.findings[0]
    if finding.table is None:
        return [], []
    names = [column.name for column in finding.table.columns]
    if finding.analysis == "churn_rate":  # group, customers, lost, rate: the rate is what was asked
        place = names.index("churn_rate")
        return [(row[0], row[place]) for row in finding.table.rows], names
    return [tuple(row) for row in finding.table.rows], names


def _groups_hold(found: Answer, expected: Mapping[str, float]) -> bool:
    rows, _ = _rows(found)
    width = next(iter(expected), "").count(" / ") + 1
    held = {" / ".join(map(_label, row[:width])): row[width] for row in rows}
    held = {name: value for name, value in held.items() if value not in (0, None) or name in expected}
    held.pop("None", None)
    flipped = {" / ".join(reversed(name.split(" / "))): value for name, value in held.items()}
    return any(set(each) == set(expected) and all(_same(each[name], expected[name]) for name in expected) for each in (held, flipped))


def holds(found: Answer, expected: Any) -> bool:
    """Whether an answer holds what is expected of it."""
    if isinstance(expected, Either):
        return any(holds(found, each) for each in expected.answers)
    if expected is None:
        return True
    if isinstance(expected, Declined):
        return not found.findings
    if not found.findings:
        return False
    if isinstance(expected, Mapping):
        return _groups_hold(found, expected)
    if isinstance(expected, list):
        return [_label(row[0]) for row in _rows(found)[0]][: len(expected)] == expected
    measures = found.findings[0].measures
    return bool(measures) and _same(measures[0].value, float(expected))


def got(found: Answer) -> str:
    """What was answered, in one line."""
    steps = [(step.analysis, dict(step.arguments)) for step in found.reading.steps]
    if not found.findings:
        return f"{found.status}: {found.text[:140]!r} {steps}"
    finding = found.findings[0]
    rows = _rows(found)[0][:3]
    return f"{finding.measures[0].value if finding.measures else None} {rows} {steps}"


def ask(session: Session, world: str, case: Case) -> Iterator[Verdict]:
    """Ask a conversation, one verdict a turn."""
    session.state.turns.clear()
    for turn in case:
        found = answer(turn.question, session)
        session.add_turn(found)
        outcome = "right" if holds(found, turn.expected) else "wrong" if found.findings else "silent"
        yield Verdict(world, turn.question, outcome, turn.expected, got(found))


def score(worlds: tuple[str, ...] = tuple(WORLDS)) -> list[Verdict]:
    """Every verdict of every world."""
    verdicts = []
    for world in worlds:
        with tempfile.TemporaryDirectory() as folder:
            frames, paths = write(world, Path(folder))
            session = Session()
            session.load(paths)
            for name in (world, *_MORE.get(world, ())):
                cases = importlib.import_module(f"tests.understanding.answers.{name}").cases(frames)
                verdicts += [verdict for case in cases for verdict in ask(session, world, case)]
    return verdicts


def score_trade(trade: str) -> list[Verdict]:
    """Every verdict of the files of one trade."""
    frames, cases = TRADES[trade]()
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for name, frame in frames.items():
            path = Path(folder) / f"{name}.csv"
            if trade in FRENCH:
                frame.to_csv(path, index=False, sep=";", decimal=",", date_format="%d/%m/%Y")
            else:
                frame.to_csv(path, index=False, date_format="%Y-%m-%d")
            paths.append(path)
        session = Session()
        session.load(paths)
        return [verdict for case in cases for verdict in ask(session, trade, case)]


if __name__ == "__main__":
    asked = sys.argv[1:] or [*WORLDS, *TRADES]
    told = [verdict for name in asked for verdict in (score((name,)) if name in WORLDS else score_trade(name))]
    for verdict in told:
        if verdict.outcome != "right":
            sys.stdout.write(f"{verdict.outcome.upper()} [{verdict.world}] {verdict.question}\n   want {str(verdict.expected)[:200]}\n   got  {verdict.got[:300]}\n")
    sys.stdout.write(f"{dict(Counter(v.outcome for v in told))}\n")
