"""Files damaged at random: refused in one sentence or read with every line accounted for; never a crash, never slow."""

from __future__ import annotations

import io
import os
import random
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from analytics.files import read_sources
from analytics.loading import load
from analytics.workspace import Database
from tests.hostile import books, layouts, oddities, refused, reports, spelt, values
from tests.hostile.refused import archive
from vocabulary.errors import FileProblem

SEEDS = [case.data for module in (layouts, oddities, values, spelt, reports, refused, books) for case in module.all_cases()
         if 0 < len(case.data) < 4_000]  # fmt: skip
BOOKS = [case.data for case in books.all_cases() if case.data[:2] == b"PK" and len(case.data) < 20_000]
IN_SHEETS = (b'"', b"<", b">", b"&", b"&#0;", b"</c>", b"<row>", b'r="', b'r="XFD1"', b't="s"', b't="d"', b't="e"', b"<v>1e999</v>", b"<v>-1</v>",
             b"99999999999", b'ref="A1:A9"', b'<mergeCell ref="A2:A9999999"/>', b"<f>A1</f>", b's="9999"', b"\xff", b"\xc3\xa9")  # fmt: skip
INTERESTING = (b'"', b"\n", b"\r", b";", b",", b"\t", b"\0", b"\xff", b"\xe9", b"\xef\xbb\xbf", b'""', b"\\", b"'", b"-", b"\x1a",
               b"9999999999999999999", b"00", b"=", b"\xc3", b"%", b"e", b"/", b"NULL", b"2025-02-30", b"\n\n\n")  # fmt: skip


def mutant(seed: int) -> bytes:
    """A file of the corpus damaged; one in five is a workbook, damaged inside its parts or as a whole."""
    rng = random.Random(seed)
    if seed % 5:
        return damaged(rng.choice(SEEDS), rng)
    book = rng.choice(BOOKS)
    if rng.random() < 0.25:
        return damaged(book, rng)
    with zipfile.ZipFile(io.BytesIO(book)) as archive_:
        parts = {name: archive_.read(name) for name in archive_.namelist()}
    sheet = rng.choice([name for name in parts if name.startswith("xl/worksheets/sheet")] or list(parts))
    at = sheet if rng.random() < 0.7 else rng.choice(sorted(parts))
    parts[at] = damaged(parts[at], rng, IN_SHEETS)
    return archive(parts)


def damaged(data_: bytes, rng: random.Random, bits: Sequence[bytes] = INTERESTING) -> bytes:
    """These bytes with one to eight places removed, replaced, repeated, moved or cut."""
    data = bytearray(data_)
    for _ in range(rng.randint(1, 8)):
        at, length = rng.randrange(len(data) + 1), rng.choice((1, 1, 2, 5, 40))
        match rng.randrange(7):
            case 0:
                del data[at : at + length]
            case 1:
                data[at:at] = rng.choice(bits) * rng.choice((1, 1, 3))
            case 2:
                data[at : at + length] = rng.randbytes(length)
            case 3:
                data[at:at] = data[at : at + length * 20]
            case 4:
                other = rng.choice(SEEDS)
                data[at:at] = other[: rng.randrange(200)]
            case 5:
                data = data[: max(1, at)]
            case _:
                data[at : at + 1] = rng.choice(bits)
        data = data or bytearray(b";")
    return bytes(data)


def survives(data: bytes, folder: Path) -> str:
    """Read and load a file as the product does; return what came of it."""
    folder.mkdir()
    path = folder / "upload.bin"
    path.write_bytes(data)
    start = time.process_time()
    try:
        sources = read_sources(path, name="mutant.csv", scratch=folder)
    except FileProblem as problem:
        assert all(len(problem.in_(language)) < 300 for language in ("fr", "en"))
        assert time.process_time() - start < 5
        return "refused"
    database = Database(folder / "data.duckdb", writable=True)
    try:
        for profile in load(database, sources):
            rows = database.row(f"SELECT count(*) FROM {profile.table}")[0]
            aside = database.row("SELECT count(*) FROM set_aside WHERE file = ?", [profile.file])[0]
            assert (rows, aside) == (profile.rows, profile.set_aside) and rows + aside == profile.present
            assert all(column.name and column.filled <= rows for column in profile.columns)
    finally:
        database.close()
    assert time.process_time() - start < 5
    return "read"


def run(seeds: range, folder: Path) -> dict[str, int]:
    """Count the outcomes of the mutants of these seeds."""
    outcomes = {"read": 0, "refused": 0}
    for seed in seeds:
        try:
            outcomes[survives(mutant(seed), folder / str(seed))] += 1
        except Exception as problem:
            raise AssertionError(f"mutant {seed}: {type(problem).__name__}") from problem
    return outcomes


def test_five_hundred_mutants(tmp_path: Path) -> None:
    """500 mutants: no crash, each under five seconds, identity kept; most are still read."""
    start = int(os.environ.get("SEED", "0")) * 10_000
    outcomes = run(range(start, start + 500), tmp_path)
    assert outcomes["read"] > 250 and sum(outcomes.values()) == 500


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_six_thousand_mutants(tmp_path: Path) -> None:
    """6,000 mutants: the same."""
    assert sum(run(range(1_000_000, 1_006_000), tmp_path).values()) == 6_000
