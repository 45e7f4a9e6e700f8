"""Loading: what the profile says of a table, several tables at once, workbooks and Parquet."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from analytics.datamodel.model import ColumnType, TableProfile
from analytics.files import read_sources
from analytics.loading import load
from analytics.workspace import Database
from tests.hostile.books import book
from vocabulary.errors import FileProblem


def loaded(folder: Path, **files: bytes) -> tuple[Database, tuple[TableProfile, ...]]:
    """Load these files into one database."""
    sources = []
    for name, data in files.items():
        (folder / name).write_bytes(data)
        sources += read_sources(folder / name, name=name + ".csv", scratch=folder)
    database = Database(folder / "data.duckdb", writable=True)
    return database, load(database, sources)


def test_profile_of_each_kind_of_column(tmp_path: Path) -> None:
    """Counts, bounds, frequent values, habits: all told by hand from twelve rows."""
    lines = ["id;ville;montant;date;fidèle;vide"]
    lines += [f"{100 + i};{'Paris' if i % 3 else 'Lyon'};{i},50;{i + 1:02d}/06/2025;{'Oui' if i < 4 else 'Non'};"
              for i in range(12)]  # fmt: skip
    database, (profile,) = loaded(tmp_path, a="\n".join(lines).encode())
    key, town, amount, day, member, empty = profile.columns
    assert (key.type, key.integer, key.low, key.high, key.distinct) == (ColumnType.NUMBER, True, 100, 111, 12)
    assert town.top == (("Paris", 8), ("Lyon", 4)) and town.examples == ("Paris", "Lyon") and town.distinct == 2
    assert (amount.low, amount.high, amount.integer, amount.habit) == (0.5, 11.5, False, ("decimal_comma",))
    assert (day.low, day.high) == (date(2025, 6, 1).toordinal(), date(2025, 6, 12).toordinal())
    assert day.ambiguous_order  # all days are below thirteen
    assert member.top == (("Non", 8), ("Oui", 4)) and member.habit == ("oui_non", "yes=Oui", "no=Non")
    assert (empty.type, empty.filled, empty.share_filled) == (ColumnType.EMPTY, 0, 0.0)
    types = database.rows("SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 't0' ORDER BY 1")
    assert [kind for _, kind in types] == ["BIGINT", "VARCHAR", "DOUBLE", "DATE", "BOOLEAN", "VARCHAR"]
    database.close()


def test_several_files_and_what_was_set_aside(tmp_path: Path) -> None:
    """Tables are numbered in order; the lines set aside keep their file, number, reason and text."""
    database, profiles = loaded(tmp_path, a=b"id;v\n1;2\n3;4;5\n", b=b"id,w\n1,2\n2,3\n")
    assert [(p.file, p.table, p.rows, p.set_aside) for p in profiles] == [("a.csv", "t0", 1, 1), ("b.csv", "t1", 2, 0)]
    assert database.rows("SELECT * FROM set_aside") == [("a.csv", 3, "too_many_cells", "3;4;5")]
    database.close()


def test_workbook_with_two_sheets(tmp_path: Path) -> None:
    """Each filled sheet is a table, named after the file and the sheet."""
    data = book(
        {"Clients": [["id", "nom"], [1, "Zoe"]], "Vide": [], "Achats": [["id", "jour"], [1, date(2025, 1, 31)]]}
    )
    database, profiles = loaded(tmp_path, a=data)
    assert [(p.file, p.sheet) for p in profiles] == [("a.csv – Clients", "Clients"), ("a.csv – Achats", "Achats")]
    assert database.rows("SELECT * FROM t1") == [(1, date(2025, 1, 31))]
    database.close()


def test_parquet_is_typed_as_text_would_be(tmp_path: Path) -> None:
    """Numbers, moments, booleans and words of a Parquet file; refused where the caller does not allow it."""
    moment = datetime(2025, 1, 31, 14, 5)
    table = pa.table(
        {"id": [1, 2], "montant": [1.5, None], "quand": [moment, None], "ok": [True, False], "x": ["a", ""]}
    )
    parquet.write_table(table, tmp_path / "t.parquet")
    database = Database(tmp_path / "data.duckdb", writable=True)
    (profile,) = load(database, read_sources(tmp_path / "t.parquet", scratch=tmp_path))
    assert database.rows("SELECT * FROM t0") == [(1, 1.5, moment, True, "a"), (2, None, None, False, None)]
    assert [c.type.value for c in profile.columns] == ["number", "number", "moment", "flag", "category"]
    database.close()
    with pytest.raises(FileProblem):
        read_sources(tmp_path / "t.parquet", scratch=tmp_path, allow_parquet=False)


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    """No traceback and no path for a file that is not there."""
    with pytest.raises(FileProblem) as caught:
        read_sources(tmp_path / "absent.csv", scratch=tmp_path)
    assert str(tmp_path) not in caught.value.in_("fr") and "absent.csv" in caught.value.in_("fr")
