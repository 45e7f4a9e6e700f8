"""The reader on the Pollock benchmark (2,290 polluted files; Vitagliano et al., VLDB 2023), without any hint.

    python -m benchmarks.pollock FOLDER

FOLDER is a copy of the benchmark, which is not ours to ship: `polluted_files/csv`, `polluted_files/clean` and
`pollock_weights.json`. A file scores one point for being read, and the precision, recall and F1 of its header, records and
cells against the clean file; the simple score is the mean, the weighted one follows how often each pollution is met in
practice. Cells are compared by value where they are numbers, whatever their case where they are words. A file without a
header is written without one. Where a file holds several tables, the first is scored, as the benchmark keeps it.
"""

from __future__ import annotations

import argparse
import csv
import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from analytics.files import Source, read_sources
from vocabulary.errors import FileProblem

Rows = list[list[str]]


def rows_of(source: Source) -> Rows:
    """The table read, its header first where the file has one."""
    with source.path.open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.reader(handle, delimiter=source.delimiter))
    named = not all(name == f"column_{i}" for i, name in enumerate(source.header, start=1))
    return [*([list(source.header)] if named else []), *rows[source.header_line :]]


def plain(cell: str) -> str:
    """A cell as it is compared."""
    try:
        return str(float(cell))
    except ValueError:
        return cell.lower()


def shares(expected: Iterable[str], found: Iterable[str]) -> tuple[float, float, float]:
    """Share of the expected that is found, share of the found that is expected, and their harmonic mean."""
    wanted, had = Counter(expected), Counter(found)
    common = (wanted & had).total()
    if not wanted:
        return 1.0, 1.0, 1.0
    if not common:
        return 0.0, 0.0, 0.0
    recall, precision = common / wanted.total(), common / had.total()
    return recall, precision, 2 * recall * precision / (recall + precision)


def score(clean: Rows, found: Rows | None) -> float:
    """Points of one file, 0 to 10; `found` is None where it was refused."""
    if found is None:
        return 0.0
    if not clean:
        return 10.0
    header = shares(map(plain, clean[0]), map(plain, found[0] if found else []))
    records = shares(*(("".join(map(plain, row)) for row in rows[1:]) for rows in (clean, found)))
    cells = shares(*((cell for row in rows for cell in row) for rows in (clean, found)))
    return 1 + sum(header) + sum(records) + sum(cells)


def read(path: Path) -> Rows | None:
    """The first table of a file; no row for an empty file, None for a refused one."""
    with tempfile.TemporaryDirectory() as scratch:
        try:
            return rows_of(read_sources(path, scratch=Path(scratch))[0])
        except FileProblem:
            return [] if not path.stat().st_size else None


def main(arguments: Sequence[str] | None = None) -> None:
    """Score every file and print both scores, and the files that lost most."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args(arguments).folder
    weights = json.loads((folder / "pollock_weights.json").read_text(encoding="utf-8"))
    points = dict[str, float]()
    for path in sorted((folder / "polluted_files" / "csv").iterdir()):
        with (folder / "polluted_files" / "clean" / path.name).open(encoding="utf-8-sig", newline="") as handle:
            points[path.name] = score(list(csv.reader(handle)), read(path))
    weighted = sum(points[name] * weights[name] for name in points) / sum(weights[name] for name in points)
    print(f"{len(points)} files: simple {sum(points.values()) / len(points):.3f}, weighted {weighted:.3f}")
    for name in sorted(points, key=lambda name: (points[name] - 10) * weights[name])[:8]:
        print(f"  {points[name]:.2f} {name}")


if __name__ == "__main__":
    main()
