"""Measures the reading of the labelled tables: `python -m tests.roles.score [--half tuning|test|ordinary] [--misses] [--page]`.

Each run on the test half or on the ordinary uploads adds a line to `log.jsonl`; its misses are never shown. `--page` writes `docs/roles.md`.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from analytics.datamodel.model import DataModel, LostBasis
from analytics.datamodel.roles import Role
from tests.roles.specs import HERE, Column, Labelled, labelled, ordinary
from tests.unit.datamodel.worlds import loaded

TODAY = date(2026, 11, 28)
KEY_ROLES = {"customer": Role.CUSTOMER_ID, "date": Role.PURCHASE_DATE, "amount": Role.AMOUNT, "label": Role.CHURN_LABEL}


@dataclass(frozen=True)
class Read:
    """A column as it was read: the role found, how sure, whether that is right."""

    column: Column
    role: Role | None
    confidence: float
    right: bool


@dataclass
class Outcome:
    """What was right of one labelled set, and what was not, in words."""

    table: Labelled
    columns: list[Read] = field(default_factory=list)
    kinds: list[tuple[str, bool, float]] = field(default_factory=list)
    keys: list[bool] = field(default_factory=list)
    lost: bool = True
    lost_wrong: bool = False  # somebody is called lost for a reason that is not one
    misses: list[str] = field(default_factory=list)


def measure(table: Labelled) -> Outcome:
    """Write the files, load them, detect, compare."""
    with tempfile.TemporaryDirectory() as folder:
        with loaded(table.write(Path(folder)), today=TODAY) as (model, _):
            return compare(table, model)


def compare(table: Labelled, model: DataModel) -> Outcome:
    """Compare what was understood with the labels."""
    outcome = Outcome(table)
    files = {profile.file: profile for profile in model.tables}
    bound = {(binding.table, binding.column): binding for binding in model.bindings}
    for file in table.files:
        profile = files[file.name]
        reading = next(reading for reading in model.readings if reading.table == profile.table)
        right = reading.kind in file.kinds
        outcome.kinds.append((reading.kind.value, right, reading.confidence))
        if not right:
            outcome.misses.append(f"{file.name}: kind {reading.kind} ({reading.confidence})")
        for column, loaded_column in zip(file.columns, profile.columns, strict=True):
            binding = bound.get((profile.table, loaded_column.column))
            role = binding.role if binding else None
            read = Read(column, role, binding.confidence if binding else 0.0, column.accepts(role))
            outcome.columns.append(read)
            if not read.right:
                outcome.misses.append(
                    f"{file.name}: {column.header} -> {role} ({read.confidence}), not {'/'.join(column.roles)}"
                )
    _compare_keys(outcome, model)
    _compare_lost(outcome, model)
    return outcome


def _compare_keys(outcome: Outcome, model: DataModel) -> None:
    places = {
        (profile.table, column.column): (profile.file, column.name)
        for profile in model.tables for column in profile.columns
    }  # fmt: skip
    found = {
        (*places[key.left_table, key.left_column], *places[key.right_table, key.right_column]) for key in model.keys
    }
    for key in outcome.table.keys:
        outcome.keys.append(key in found)
        if key not in found:
            outcome.misses.append(f"key {key} not in {sorted(found)}")


def _compare_lost(outcome: Outcome, model: DataModel) -> None:
    lost, asked = model.lost, any(question_of(model))
    told = f"{lost.basis} {lost.column} = {sorted(lost.lost_values)}{' asked' if asked else ''}"
    outcome.lost = False
    for right in outcome.table.lost:
        if right.basis == "label":
            same = lost.basis is LostBasis.LABEL and lost.column in _called(right.column, outcome.table)
            outcome.lost |= same and {value.lower() for value in lost.lost_values} == {v.lower() for v in right.values}
        elif right.basis == "end":
            outcome.lost |= lost.basis is LostBasis.CONTRACT_END and lost.column in _called(right.column, outcome.table)
        else:  # a silence, or nothing that tells: where nobody is called lost, or the manager is asked, nothing is wrongly said
            wanted = LostBasis.RHYTHM if right.basis == "silence" else LostBasis.NONE
            outcome.lost |= lost.basis is wanted or (asked and lost.basis is LostBasis.NONE)
    if not outcome.lost:
        outcome.lost_wrong = lost.basis in (LostBasis.LABEL, LostBasis.CONTRACT_END)
        outcome.misses.append(f"LOST {told}, not {[(o.basis, o.column, sorted(o.values)) for o in outcome.table.lost]}")


def _called(column: str, table: Labelled) -> set[str]:
    """What a labelled column is called once loaded: its header, or its place in a file without headers."""
    places = (place for file in table.files if not file.header for place, held in enumerate(file.columns, 1) if held.header == column)
    return {column, *(f"column_{place}" for place in places)}


def question_of(model: DataModel) -> tuple[object, ...]:
    """The question the model would ask the manager, if any."""
    question = getattr(model, "question", None)
    return (question,) if question is not None else ()


def figures(outcomes: Sequence[Outcome]) -> dict[str, float | int]:
    """The figures of a set of outcomes."""
    reads = [read for outcome in outcomes for read in outcome.columns]
    kinds = [kind for outcome in outcomes for kind in outcome.kinds]
    keys = [key for outcome in outcomes for key in outcome.keys]
    found: dict[str, float | int] = {"tables": len(kinds), "columns": len(reads), "roles": _share(r.right for r in reads)}
    for name, role in KEY_ROLES.items():
        there, said = [r for r in reads if r.column.roles[0] == role.value], [r for r in reads if r.role is role]
        cases = there + [r for r in said if r.column.roles[0] != role.value]
        found[name] = _share(r.right for r in cases)
        found[f"{name}_cases"] = len(cases)
        found[f"{name}_found"] = _share(r.right for r in there)
        found[f"{name}_said"] = _share(r.right for r in said)
    found["lost"] = _share(outcome.lost for outcome in outcomes)
    found["lost_wrong"] = sum(outcome.lost_wrong for outcome in outcomes)
    found["kinds"] = _share(right for _, right, _ in kinds)
    found["keys"] = _share(keys)
    found["ece"] = calibration_error([(r.confidence, r.right) for r in reads if r.role is not None])
    found["ece_kinds"] = calibration_error([(sure, right) for _, right, sure in kinds])
    return found


def _share(right: Iterable[bool]) -> float:
    told = list(right)
    return round(sum(told) / len(told), 4) if told else 1.0


def calibration_error(told: Sequence[tuple[float, bool]]) -> float:
    """Mean gap between what is said and what is right, over ten bins of confidence, weighted by their size."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for sure, right in told:
        bins[min(int(sure * 10), 9)].append((sure, right))
    gaps = [abs(sum(s for s, _ in b) - sum(r for _, r in b)) for b in bins.values()]
    return round(sum(gaps) / len(told), 4) if told else 0.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure a half, print its figures; the misses of the tuning half when asked."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--half", choices=("tuning", "test", "ordinary"), default="tuning")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--page", action="store_true", help="write docs/roles.md (with --half test)")
    given = parser.parse_args(arguments)
    test = given.half == "test"
    if given.half != "tuning" and (given.misses or given.only):
        parser.error("these are measured, never looked at")
    tables = ordinary() if given.half == "ordinary" else [table for table in labelled() if table.test is test]
    outcomes = [measure(table) for table in tables if given.only in table.name]
    found = figures(outcomes)
    if given.misses:
        for outcome in outcomes:
            for miss in outcome.misses:
                print(f"{outcome.table.name}: {miss}")
    print(json.dumps(found, indent=1))
    if given.half != "tuning":
        line = json.dumps({"when": datetime.now(UTC).isoformat(timespec="minutes"), "set": given.half, **found})
        with (HERE / "log.jsonl").open("a", encoding="utf-8") as log:
            log.write(line + "\n")
    if given.page and test:
        from tests.roles.page import write_page

        usual = [measure(table) for table in ordinary()]
        write_page([measure(table) for table in labelled() if not table.test], outcomes, usual)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
