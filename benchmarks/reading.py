"""How long from a file of purchases to the reduced tables, beside what DuckDB takes to read the same file into a table.

    python -m benchmarks.reading --lines 1000000 [--repeats 5] [--record]

The ratio is what counts: both are measured in the same run, on the same file, one after the other.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb

from analytics.importing import import_files, open_study
from analytics.workspace import Workspace
from assistant.sample import write_sample

LINES_A_CUSTOMER = 11.2  # purchase lines a customer of the sample company makes
TODAY = date(2026, 11, 1)


def purchases_of(folder: Path, lines: int) -> Path:
    """Write a sample company with about so many purchase lines; return the file of purchases."""
    paths = write_sample(folder, kind="retail", language="en", customers=max(1, round(lines / LINES_A_CUSTOMER)))
    return next(path for path in paths if path.stem == "purchases")


def seconds(work: Callable[[], object], repeats: int) -> tuple[float, float]:
    """Median wall time and median processor time (all threads) of some repeats, after one that warms the caches."""
    work()
    wall, processor = [], []
    for _ in range(repeats):
        begun, used = time.perf_counter(), time.process_time()
        work()
        wall.append(time.perf_counter() - begun)
        processor.append(time.process_time() - used)
    return statistics.median(wall), statistics.median(processor)


def by_duckdb(path: Path) -> None:
    """The floor: DuckDB's own reader, with its own guesses, into a table on disk."""
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(str(Path(folder) / "floor.duckdb")) as connection:
        connection.execute("CREATE TABLE t AS SELECT * FROM read_csv(?)", [str(path)])


def by_noces(path: Path) -> dict[str, float]:
    """Reading, loading, understanding and reducing; returns when each stage began, in seconds."""
    began: dict[str, float] = {}
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(Path(folder))
        import_files(
            workspace, [path], today=TODAY, progress=lambda stage, _: began.setdefault(stage, time.perf_counter() - begun)
        )
        study = open_study(workspace)
        customers, lines = study.row("SELECT COUNT(*), SUM(orders) FROM customers")
        study.database.close()
        if not customers or not lines:
            raise AssertionError("nothing was reduced")
    return began


def main() -> None:
    """Measure, print, and with `--record` append to RESULTS.md."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--record", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = purchases_of(Path(folder), options.lines)
        lines = sum(1 for _ in path.open("rb")) - 1
        stages: list[dict[str, float]] = []
        floor, floor_cpu = seconds(lambda: by_duckdb(path), options.repeats)
        ours, ours_cpu = seconds(lambda: stages.append(by_noces(path)), options.repeats)
        size = path.stat().st_size / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    began = {name: statistics.median(stage[name] for stage in stages) for name in stages[0]}
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, DuckDB {duckdb.__version__}"
    row = (
        f"| {date.today()} | {lines:,} | {size:.0f} | {floor:.2f} | {ours:.2f} | {ours / floor:.1f} "
        f"| {floor_cpu:.2f} | {ours_cpu:.2f} | {ours_cpu / floor_cpu:.1f} "
        f"| {', '.join(f'{name} {when:.1f}' for name, when in began.items())} | {peak:.0f} | {machine} |"
    )
    print(row)
    if options.record:
        with (Path(__file__).parent / "RESULTS.md").open("a", encoding="utf-8") as handle:
            handle.write(row + "\n")


if __name__ == "__main__":
    main()
