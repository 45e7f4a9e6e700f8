"""How long a large French export takes to become a table, beside DuckDB's own reading of its regular UTF-8 equivalent.

    python -m benchmarks.french [--lines 10000000] [--repeats 3] [--kind plain ...] [--folder DIR] [--record]

Every kind of irregular export of `benchmarks/exports.py` is read, or those asked for. Each reading is a process of its own,
one after the other in the same run, so that its peak memory is its own; of the repeats, each side's shortest counts, since
whatever else the machine does only ever adds. DuckDB guesses and reads; Noces tells the encoding, sets aside what is no
row, decides every column's type on all its values, and profiles it. The target is a ratio of at most 3, a peak under 2 GB,
and progress that moves at least every second or so.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import duckdb

from benchmarks.exports import KINDS, write_files


def read(how: str, path: Path) -> None:
    """Read one file into a table on disk, and print what was seen as JSON."""
    moved, shares = list[float](), [0.0]

    def progress(share: float) -> None:
        if share != shares[-1]:
            moved.append(time.perf_counter())
            shares.append(share)

    with tempfile.TemporaryDirectory() as folder:
        from analytics.files import read_sources
        from analytics.loading import load
        from analytics.workspace import Database

        begun, used = time.perf_counter(), time.process_time()
        moved.append(begun)
        if how == "duckdb":
            with duckdb.connect(str(Path(folder) / "floor.duckdb")) as connection:
                connection.execute("CREATE TABLE t AS SELECT * FROM read_csv(?)", [str(path)])
                (rows,) = connection.execute("SELECT count(*) FROM t").fetchone() or (0,)
            aside, prepared = 0, begun
        else:
            sources = read_sources(path, scratch=Path(folder), progress=progress)
            prepared = time.perf_counter()
            database = Database(Path(folder) / "ours.duckdb", writable=True)
            (profile,) = load(database, sources, progress=progress)
            database.close()
            rows, aside = profile.rows, profile.set_aside
        ended = time.perf_counter()
    still = max(after - before for before, after in zip(moved, [*moved[1:], ended], strict=True))
    print(json.dumps({
        "wall": ended - begun, "processor": time.process_time() - used, "prepared": prepared - begun, "rows": rows,
        "aside": aside, "still": still,
    }))  # fmt: skip


def measured(how: str, path: Path) -> dict[str, float]:
    """Read in a process of its own; what it printed, and its peak memory in MB."""
    child = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.french", "--read", how, str(path)], stdout=subprocess.PIPE
    )
    if child.stdout is None:
        raise RuntimeError("the child has no output")
    said = child.stdout.read()
    child.stdout.close()
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        raise RuntimeError(f"the reading by {how} failed")
    return {**json.loads(said), "peak": usage.ru_maxrss / 1024}


def compared(kind: str, lines: int, repeats: int, folder: Path) -> str:
    """Read one kind of export so many times on each side; the row that says what it took."""
    export, regular = write_files(folder, lines, kind)
    runs = [(measured("duckdb", regular), measured("noces", export)) for _ in range(repeats)]
    floor, ours = (min((run[i] for run in runs), key=lambda one: one["wall"]) for i in (0, 1))
    machine = (
        f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, DuckDB {duckdb.__version__}"
    )
    return (
        f"| {date.today()} | {kind} | {lines:,} | {export.stat().st_size / 1e6:.0f} | {floor['wall']:.1f} "
        f"| {ours['wall']:.1f} | {ours['wall'] / floor['wall']:.1f} | {ours['processor'] / floor['processor']:.1f} "
        f"| {ours['prepared']:.1f} | {ours['rows']:,} + {ours['aside']:,} | {max(run[0]['peak'] for run in runs):.0f} "
        f"| {max(run[1]['peak'] for run in runs):.0f} | {ours['still']:.1f} | {machine} |"
    )


def main() -> None:
    """Measure, print, and with `--record` append to FRENCH.md."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--lines", type=int, default=10_000_000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--kind", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--folder", type=Path, help="keep the files there, to measure again without writing them")
    parser.add_argument("--record", action="store_true")
    parser.add_argument("--read", nargs=2, metavar=("HOW", "FILE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.read:
        read(options.read[0], Path(options.read[1]))
        return
    with tempfile.TemporaryDirectory() as passing:
        for kind in options.kind:
            row = compared(kind, options.lines, options.repeats, options.folder or Path(passing))
            print(row, flush=True)
            if options.record:
                with (Path(__file__).parent / "FRENCH.md").open("a", encoding="utf-8") as handle:
                    handle.write(row + "\n")


if __name__ == "__main__":
    main()
