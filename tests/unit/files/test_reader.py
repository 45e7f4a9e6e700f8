"""Reading: display names, progress, clean files read where they are, and agreement with Python's csv module."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path

import pytest

from analytics.files import display_name, read_sources


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
def test_a_regular_table_is_what_csv_reads(seed: int, tmp_path: Path) -> None:
    """Random quoted tables agree with Python's csv module, and those whose lines end alike stay where they are."""
    rng = random.Random(seed)
    width, buffer, end = rng.randint(2, 6), io.StringIO(), rng.choice(["\n", "\r\n"])
    writer = csv.writer(buffer, lineterminator=end, quoting=rng.choice([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]))
    writer.writerow([f"name {i}" for i in range(width)])
    rows = [
        ["".join(rng.choices('ab"\n,é', k=rng.randint(1, 6))) + "x" for _ in range(width)]
        for _ in range(rng.randint(1, 400))
    ]
    writer.writerows([[f"a{row[0]}", *row[1:]] for row in rows])
    path = tmp_path / "a.csv"
    path.write_bytes(buffer.getvalue().encode())
    (source,) = read_sources(path, scratch=tmp_path, block=rng.choice((50, 3_000, 1 << 20)))
    with source.path.open(encoding="utf-8", newline="") as handle:
        read = list(csv.reader(handle))[source.header_line :]
    assert read == [[f"a{row[0]}", *row[1:]] for row in rows] and source.rows == len(rows)
    assert (source.path == path) is (end == "\n")


def test_a_file_where_little_must_change_is_written_again_from_there(tmp_path: Path) -> None:
    """The rows above a short one and a total are copied as they are, whatever their line ends."""
    path = tmp_path / "a.csv"
    rows = [f"{i};Zoé {i};{i % 7}" for i in range(30_000)]
    path.write_bytes("\r\n".join(["id;nom;v", *rows, "30000;Léa", "30001;Max;3", "Total;;90000"]).encode())
    (source,) = read_sources(path, scratch=tmp_path, block=50_000)
    assert source.path != path and source.path.read_text(encoding="utf-8").splitlines() == [
        *rows,
        "30000;Léa;",
        "30001;Max;3",
    ]
    assert [(one.line, one.reason.value) for one in source.set_aside_lines()] == [(30_004, "total")]


def test_a_table_below_a_large_one_is_read_apart(tmp_path: Path) -> None:
    """The second table begins where the first one ends, and its lines keep their numbers."""
    path = tmp_path / "a.csv"
    below = ["code;prix", *(f"p{i};{i},5" for i in range(20_000)), "# fin"]
    path.write_text(
        "\n".join(["id;nom;v", *(f"{i};Zoé {i};{i % 7}" for i in range(20_000)), "", *below]), encoding="utf-8"
    )
    first, second = read_sources(path, scratch=tmp_path, block=30_000)
    assert (first.rows, second.rows, first.set_aside, second.header) == (20_000, 20_000, 0, ("code", "prix"))
    assert [one.line for one in second.set_aside_lines()] == [40_004]


def test_lines_under_a_declared_separator_keep_their_numbers(tmp_path: Path) -> None:
    """The line `sep=;` counts."""
    path = tmp_path / "a.csv"
    path.write_text("sep=;\na;b\n1;2\n3;4\n# note\n5;6\n7;8\n")
    for block in (0, 1 << 20):
        (source,) = read_sources(path, scratch=tmp_path, block=block)
        assert [(one.line, one.reason.value) for one in source.set_aside_lines()] == [(5, "comment")]


@pytest.mark.parametrize("block", [0, 1 << 20])
def test_a_tab_after_a_cell_of_two_lines_is_a_separator(block: int, tmp_path: Path) -> None:
    """It is no blank around the quoted cell: what follows keeps its first letter, and empty cells their place."""
    path = tmp_path / "a.tsv"
    path.write_text('id\tmot\tn\tv\n1\t"a\nb"\t-5\tx\n2\t"c\nd"\t\ty\n3\te\t6\tz\n')
    (source,) = read_sources(path, scratch=tmp_path, block=block)
    with source.path.open(newline="") as handle:
        rows = list(csv.reader(handle, delimiter=source.delimiter))[source.header_line :]
    assert rows == [["1", "a\nb", "-5", "x"], ["2", "c\nd", "", "y"], ["3", "e", "6", "z"]]


def test_a_source_draws_its_sample_at_even_distances(tmp_path: Path) -> None:
    """The sample of a large clean file reaches its end."""
    path = tmp_path / "a.csv"
    path.write_text("id,v\n" + "".join(f"{i},{i % 7}\n" for i in range(200_000)), encoding="utf-8")
    (source,) = read_sources(path, scratch=tmp_path)
    assert source.sample is not None and 5_000 < len(source.sample) < 60_000
    assert max(int(row[0]) for row in source.sample) > 199_000
