"""The complete diagnosis of a company, beside one model fit on 50,000 customers in the same run; and a repeated question.

    python -m benchmarks.diagnosis --lines 1000000 [--record]

The floor is one gradient-boosting fit of 50,000 customers by 40 columns: what a diagnosis cannot do without.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import tempfile
import time
from datetime import date
from pathlib import Path

import numpy as np

from analytics.workspace import Workspace
from assistant.answering import answer
from assistant.planner import Dialogue
from assistant.session import Session
from benchmarks.reading import TODAY, purchases_of

QUESTIONS = ("Pourquoi mes clients partent-ils ?", "What is our churn rate?", "Qui est sur le point de partir ?")
_REPEATS = 5


def fit_seconds() -> float:
    """One fit of 50,000 customers by 40 columns, 200 trees of 15 leaves."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    rng = np.random.default_rng(0)
    columns = rng.normal(size=(50_000, 40))
    outcome = rng.random(50_000) < 1 / (1 + np.exp(-columns[:, :5].sum(axis=1)))
    begun = time.perf_counter()
    HistGradientBoostingClassifier(max_iter=200, max_leaf_nodes=15, early_stopping=False, random_state=0).fit(columns, outcome)
    return time.perf_counter() - begun


def main() -> None:
    """Measure, print, and with `--record` append to DIAGNOSIS.md."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--record", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = purchases_of(Path(folder), options.lines)
        session = Session(Workspace(Path(folder) / "workspace"))
        begun = time.perf_counter()
        session.load([path], today=TODAY)
        loaded = time.perf_counter() - begun
        begun = time.perf_counter()
        done = session.diagnosis()
        diagnosed = time.perf_counter() - begun
        fit = statistics.median(fit_seconds() for _ in range(3))
        repeated = []
        for question in QUESTIONS:
            answer(question, session, dialogue=Dialogue())
            for _ in range(_REPEATS):
                begun = time.perf_counter()
                answer(question, session, dialogue=Dialogue())
                repeated.append(time.perf_counter() - begun)
        session.close()
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    row = (
        f"| {date.today()} | {options.lines:,} | {loaded:.1f} | {diagnosed:.1f} | {fit:.2f} | {diagnosed / fit:.1f} "
        f"| {1000 * statistics.median(repeated):.0f} | {len(done.findings)} | {machine} |"
    )
    print(row)
    if options.record:
        with (Path(__file__).parent / "DIAGNOSIS.md").open("a", encoding="utf-8") as handle:
            handle.write(row + "\n")


if __name__ == "__main__":
    main()
