"""Scores the embedded planner on a set of questions: `python -m tests.understanding.score [SET.yaml]`.

Prints aggregates only (no question, no miss). On a measured set it also appends a line to
`docs/understanding-log.jsonl`. `--misses` lists the misses of a development set; it is refused for a measured one.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from assistant.answer import Answer, Reading, Step
from assistant.embedded.planner import EmbeddedPlanner
from assistant.planner import Dialogue
from vocabulary.sentence import say

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
MEASURED = HERE / "heldout.yaml"
MEASURED_SETS = (MEASURED, HERE / "third.yaml")  # written apart, measured and never read
LOG = ROOT / "docs" / "understanding-log.jsonl"
NONE = "none"


@dataclass(frozen=True)
class Outcome:
    """One question: where its right analysis came, and whether it was refused."""

    entry: dict[str, Any]
    ranked: tuple[str, ...]

    @property
    def first(self) -> bool:
        return self.ranked[0] in self.entry["expected"]

    @property
    def three(self) -> bool:
        return any(name in self.entry["expected"] for name in self.ranked[:3])

    @property
    def refused(self) -> bool:
        return self.ranked[0] == NONE

    @property
    def out_of_scope(self) -> bool:
        return NONE in self.entry["expected"]


def ask(planner: EmbeddedPlanner, entry: dict[str, Any]) -> Outcome:
    """Rank one question after its context, each earlier question read the same way."""
    answers: tuple[Answer, ...] = ()
    for earlier in entry.get("context") or ():
        name = planner.rank(earlier, entry["lang"], Dialogue(answers), None)[0][0]
        steps = () if name == NONE else (Step(name),)
        status = "answered" if steps else "declined"
        reading = Reading(status, steps, 1.0, say("", ""))
        answers += (Answer(earlier, entry["lang"], status, reading, ""),)
    ranked = planner.rank(entry["text"], entry["lang"], Dialogue(answers), None)
    return Outcome(entry, tuple(name for name, _ in ranked))


def share(flags: Sequence[bool]) -> float | None:
    return round(sum(flags) / len(flags), 3) if flags else None


def scores(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """In-scope accuracy, out-of-scope recall, false refusals; the first two by style and by language."""
    inside = [outcome for outcome in outcomes if not outcome.out_of_scope]
    outside = [outcome for outcome in outcomes if outcome.out_of_scope]
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in inside:
        groups[outcome.entry["style"]].append(outcome)
        groups[outcome.entry["lang"]].append(outcome)
    return {
        "questions": len(outcomes),
        "top1": share([o.first for o in inside]),
        "top3": share([o.three for o in inside]),
        "out_of_scope_recall": share([o.refused for o in outside]),
        "false_refusals": share([o.refused for o in inside]),
        "groups": {
            name: {"n": len(rows), "top1": share([o.first for o in rows]), "top3": share([o.three for o in rows])}
            for name, rows in sorted(groups.items())
        },
        "out_of_scope_by_language": {
            language: share([o.refused for o in outside if o.entry["lang"] == language]) for language in ("fr", "en")
        },
    }


def commit() -> str:
    """The commit under test, with a mark when the tree differs from it."""
    run = ["git", "-C", str(ROOT), "describe", "--always", "--dirty", "--abbrev=8"]
    return subprocess.run(run, capture_output=True, text=True, check=False).stdout.strip() or "unknown"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("set", nargs="?", type=Path, default=MEASURED)
    parser.add_argument("--misses", action="store_true", help="list the misses (development sets only)")
    parser.add_argument("--no-log", action="store_true", help="do not append to the log")
    options = parser.parse_args()
    measured = options.set.resolve() in {path.resolve() for path in MEASURED_SETS}
    if measured and options.misses:
        parser.error("a measured set is measured, not read")
    content = options.set.read_bytes()
    planner = EmbeddedPlanner()
    outcomes = [ask(planner, entry) for entry in yaml.safe_load(content)]
    result = scores(outcomes)
    sys.stdout.write(json.dumps(result, indent=1, ensure_ascii=False) + "\n")
    if options.misses:
        for outcome in outcomes:
            if not outcome.first:
                sys.stdout.write(f"{outcome.entry['expected']} <- {outcome.ranked[:3]} {outcome.entry['text']}\n")
    if measured and not options.no_log:
        line = {
            "date": datetime.now(UTC).date().isoformat(),
            "commit": commit(),
            "set": options.set.stem,
            "set_sha256": hashlib.sha256(content).hexdigest(),
            "scores": result,
        }
        with LOG.open("a", encoding="utf-8") as log:
            log.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
