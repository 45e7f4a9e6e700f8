"""How long a cp1252 French export of purchases takes to become a table, beside DuckDB's own reading of its UTF-8 equivalent.

    python -m benchmarks.french --lines 10000000 [--repeats 3] [--folder DIR] [--record]

Each reading is a process of its own, one after the other in the same run, so that its peak memory is its own. DuckDB
guesses and reads; Noces tells the encoding, proves the shape, decides every column's type on all its values, and profiles
it. The target is a ratio of at most 3, and a peak under 2 GB.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import duckdb

_BLOCK = 4 << 20
_PURCHASES = """
COPY (
  SELECT
    'C' || lpad((h1 % ({lines} // 10 + 1))::VARCHAR, 7, '0') AS "N° client",
    'F' || lpad(i::VARCHAR, 8, '0') AS "N° facture",
    strftime(DATE '2022-01-01' + (h2 % 1400)::INT, '%d/%m/%Y') AS "Date d'achat",
    replace(printf('%.2f', (h3 % 30000) / 100.0 * CASE WHEN h3 % 97 = 0 THEN -1 ELSE 1 END), '.', ',')
      AS "Montant TTC (€)",
    (1 + h4 % 5)::VARCHAR AS "Quantité",
    ['Épicerie', 'Crémerie', 'Fruits et légumes', 'Surgelés', 'Hygiène', 'Bœuf et volaille'][(1 + h4 // 8 % 6)::INT]
      AS "Catégorie",
    ['Orléans', 'Béziers', 'Besançon', 'Nîmes', 'Angoulême', 'Châteauroux', 'Évreux'][(1 + h1 // 16 % 7)::INT]
      AS "Magasin",
    ['Oui', 'Non'][(1 + h2 // 4096 % 2)::INT] AS "Carte de fidélité"
  FROM (
    SELECT range AS i, md5_number_lower(range::VARCHAR || 'a') % 1000000007 AS h1,
      md5_number_lower(range::VARCHAR || 'b') % 1000000007 AS h2, md5_number_lower(range::VARCHAR || 'c') % 1000000007 AS h3,
      md5_number_lower(range::VARCHAR || 'd') % 1000000007 AS h4
    FROM range({lines})
  )
) TO '{path}' (FORMAT csv, DELIMITER ';', HEADER true)
"""


def write_files(folder: Path, lines: int) -> tuple[Path, Path]:
    """Write the export in cp1252 and in UTF-8, unless they are there; return both paths."""
    french, utf8 = folder / f"achats-{lines}-cp1252.csv", folder / f"achats-{lines}-utf8.csv"
    if french.exists() and utf8.exists():
        return french, utf8
    with duckdb.connect(config={"threads": "1"}) as connection:
        connection.execute(_PURCHASES.format(lines=lines, path=utf8))
    with utf8.open("rb") as source, french.open("wb") as target:
        carry = b""
        while block := source.read(_BLOCK):
            cut = block.rfind(b"\n") + 1
            target.write((carry + block[:cut]).decode().encode("cp1252"))
            carry = block[cut:]
    return french, utf8


def read(how: str, path: Path) -> None:
    """Read one file into a table on disk, and print what was seen as JSON."""
    events = list[float]()
    with tempfile.TemporaryDirectory() as folder:
        begun, used = time.perf_counter(), time.process_time()
        if how == "duckdb":
            with duckdb.connect(str(Path(folder) / "floor.duckdb")) as connection:
                connection.execute("CREATE TABLE t AS SELECT * FROM read_csv(?)", [str(path)])
        else:
            from analytics.files import read_sources
            from analytics.loading import load
            from analytics.workspace import Database

            sources = read_sources(path, scratch=Path(folder), progress=events.append)
            database = Database(Path(folder) / "ours.duckdb", writable=True)
            load(database, sources, progress=events.append)
            database.close()
        wall, processor = time.perf_counter() - begun, time.process_time() - used
    print(json.dumps({"wall": wall, "processor": processor, "events": len(set(events))}))


def measured(how: str, path: Path) -> dict[str, float]:
    """Read in a process of its own; its wall and processor seconds, progress events, and peak memory in MB."""
    child = subprocess.Popen([sys.executable, "-m", "benchmarks.french", "--read", how, str(path)], stdout=subprocess.PIPE)
    if child.stdout is None:
        raise RuntimeError("the child has no output")
    said = child.stdout.read()
    child.stdout.close()
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        raise RuntimeError(f"the reading by {how} failed")
    return {**json.loads(said), "peak": usage.ru_maxrss / 1024}


def main() -> None:
    """Measure, print, and with `--record` append to FRENCH.md."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--lines", type=int, default=10_000_000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="keep the files there, to measure again without writing them")
    parser.add_argument("--record", action="store_true")
    parser.add_argument("--read", nargs=2, metavar=("HOW", "FILE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.read:
        read(options.read[0], Path(options.read[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        french, utf8 = write_files(options.folder or Path(folder), options.lines)
        runs = [(measured("duckdb", utf8), measured("noces", french)) for _ in range(options.repeats)]
        size = french.stat().st_size / 1e6
    floor, ours = ({key: statistics.median(run[i][key] for run in runs) for key in runs[0][i]} for i in (0, 1))
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, DuckDB {duckdb.__version__}"
    row = (
        f"| {date.today()} | {options.lines:,} | {size:.0f} | {floor['wall']:.1f} | {ours['wall']:.1f} "
        f"| {ours['wall'] / floor['wall']:.1f} | {ours['processor'] / floor['processor']:.1f} "
        f"| {floor['peak']:.0f} | {ours['peak']:.0f} | {ours['events']:.0f} | {machine} |"
    )
    print(row)
    if options.record:
        with (Path(__file__).parent / "FRENCH.md").open("a", encoding="utf-8") as handle:
            handle.write(row + "\n")


if __name__ == "__main__":
    main()
