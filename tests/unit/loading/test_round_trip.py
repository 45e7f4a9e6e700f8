"""What is written in any dialect, encoding and national habit is read back equal."""

from __future__ import annotations

import csv
import io
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.files import read_sources
from analytics.loading import load
from analytics.workspace import Database

LETTERS = st.text(st.sampled_from("abcdeéèàçœôZÉ '-&\"\n;,|\t"), min_size=1, max_size=12).map(
    lambda text: "m" + text.rstrip() + "m"
)
ROW = st.tuples(LETTERS, st.integers(-(10**7), 10**7), st.dates(date(1950, 1, 1), date(2049, 12, 31)), st.booleans())
HABITS = st.fixed_dictionaries(
    {
        "encoding": st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"]),
        "delimiter": st.sampled_from([";", ",", "\t", "|"]),
        "end": st.sampled_from(["\n", "\r\n"]),
        "all_quoted": st.booleans(),
        "comma": st.booleans(),
        "thousands": st.sampled_from(["", "\u00a0", "'"]),
        "mark": st.sampled_from(["", " €", "%"]),
        "day": st.sampled_from(["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"]),
        "yes_no": st.sampled_from([("Oui", "Non"), ("Yes", "No"), ("VRAI", "FAUX"), ("true", "false")]),
    }
)


def written_number(cents: int, habits: dict[str, Any]) -> str:
    """An amount with two decimals in the drawn habit."""
    sign, whole, rest = "-" if cents < 0 else "", f"{abs(cents) // 100:,}", f"{abs(cents) % 100:02d}"
    return sign + whole.replace(",", habits["thousands"]) + ("," if habits["comma"] else ".") + rest + habits["mark"]


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=st.lists(ROW, min_size=4, max_size=30), habits=HABITS)
def test_written_then_read_is_equal(rows: list[tuple[Any, ...]], habits: dict[str, Any]) -> None:
    """A key, words with any separator, quote or line break, an amount, a date and a yes/no: 120 drawn tables."""
    buffer = io.StringIO()
    quoting = csv.QUOTE_ALL if habits["all_quoted"] else csv.QUOTE_MINIMAL
    writer = csv.writer(buffer, delimiter=habits["delimiter"], lineterminator=habits["end"], quoting=quoting)
    writer.writerow(["Clé", "Nom", "Montant", "Date", "Fidèle"])
    yes, no = habits["yes_no"]
    for i, (words, cents, day, member) in enumerate(rows):
        cells = [written_number(cents, habits), day.strftime(habits["day"]), yes if member else no]
        writer.writerow([f"K{i}", words, *cells])
    with tempfile.TemporaryDirectory() as folder:
        path, scratch = Path(folder) / "x.csv", Path(folder) / "scratch"
        scratch.mkdir()
        path.write_bytes(buffer.getvalue().encode(habits["encoding"]))
        database = Database(scratch / "data.duckdb", writable=True)
        profile = load(database, read_sources(path, scratch=scratch))[0]
        found = database.rows("SELECT c0, c1, c2, c3, c4 FROM t0")
        database.close()
    scale = 100 if habits["mark"] == "%" else 1
    assert profile.set_aside == 0 and [column.failed for column in profile.columns] == [0] * 5
    assert [(row[0], row[1], round(row[2] * 100 * scale), row[3], row[4]) for row in found] == [
        (f"K{i}", words, cents, day, member) for i, (words, cents, day, member) in enumerate(rows)
    ]
