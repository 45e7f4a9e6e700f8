"""Reading: display names, progress, clean files read where they are, and agreement with Python's csv module."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path

import pytest

from analytics.files import display_name, read_sources
from analytics.files.structure import prove_regular


@pytest.mark.parametrize(("name", "shown"), [
    ("../../etc/passwd", "passwd"), ("C:\\Users\\me\\clients.csv", "clients.csv"), ("a\u202excod.csv", "axcod.csv"),
    ("clients\x00.csv", "clients.csv"), ("  fichier   client .csv ", "fichier client .csv"), ("/", "table"), ("", "table"),
    ("x" * 500, "x" * 120), ("Re\u0301f.csv", "Réf.csv"),
])  # fmt: skip
def test_display_name(name: str, shown: str) -> None:
    """No folder, no control or bidirectional character, one form of accents, bounded."""
    assert display_name(name) == shown


def test_clean_utf8_is_read_where_it_is(tmp_path: Path) -> None:
    """No copy of a clean file; the progress ends at one and never goes back."""
    path = tmp_path / "a.csv"
    path.write_text("id,nom\n" + "".join(f"{i},Zoé {i}\n" for i in range(50_000)), encoding="utf-8")
    seen = list[float]()
    (source,) = read_sources(path, scratch=tmp_path, progress=seen.append)
    assert source.path == path and source.rows == source.rows_present == 50_000 and not source.padded
    assert seen == sorted(seen) and seen[-1] == pytest.approx(1.0)
    assert path.read_text(encoding="utf-8").startswith("id,nom\n0,Zoé 0\n")


@pytest.mark.parametrize("seed", range(60))
def test_what_is_proven_regular_is_what_csv_reads(seed: int, tmp_path: Path) -> None:
    """Random quoted tables, some damaged by one byte: a proof always agrees with Python's csv module on the shape."""
    rng = random.Random(seed)
    width, buffer = rng.randint(1, 6), io.StringIO()
    writer = csv.writer(
        buffer, lineterminator=rng.choice(["\n", "\r\n"]), quoting=rng.choice([csv.QUOTE_ALL, csv.QUOTE_MINIMAL])
    )
    for _ in range(rng.randint(2, 400)):
        writer.writerow(["".join(rng.choices('ab"\n, é', k=rng.randint(1, 6))) + "x" for _ in range(width)])
    data = bytearray(buffer.getvalue().encode())
    if seed % 2:
        data[rng.randrange(len(data))] = rng.choice(b'",\n a')
    path = tmp_path / "a.csv"
    path.write_bytes(bytes(data))
    text = bytes(data).decode("utf-8", "replace")
    rows = [row for row in csv.reader(io.StringIO(text, newline=""))]
    proof = prove_regular(path, 0, ",", width, None, lambda _: None) if "\ufffd" not in text else None
    if proof is not None:
        assert proof.records == len(rows) and {len(row) for row in rows} == {width}
    if seed % 2 == 0:
        assert proof is not None


def test_a_source_draws_its_sample_at_even_distances(tmp_path: Path) -> None:
    """The sample of a large clean file reaches its end."""
    path = tmp_path / "a.csv"
    path.write_text("id,v\n" + "".join(f"{i},{i % 7}\n" for i in range(200_000)), encoding="utf-8")
    (source,) = read_sources(path, scratch=tmp_path)
    assert source.sample is not None and 5_000 < len(source.sample) < 60_000
    assert max(int(row[0]) for row in source.sample) > 199_000
