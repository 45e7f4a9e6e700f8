"""Real files, where they are at hand: the folder named by NOCES_DATA, or `data` beside the repository's `shared`."""

from __future__ import annotations

import csv
import os
from datetime import date
from pathlib import Path

import pytest

from analytics.datamodel.model import ColumnType, TableProfile
from analytics.files import read_sources
from analytics.loading import load
from analytics.workspace import Database

DATA = Path(os.environ.get("NOCES_DATA", Path(__file__).parents[4] / "shared" / "data"))
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the real files are not shipped")


def loaded(tmp_path: Path, *names: str) -> tuple[Database, tuple[TableProfile, ...]]:
    """Load these files into one database."""
    sources = [source for name in names for source in read_sources(DATA / name, scratch=tmp_path)]
    database = Database(tmp_path / "data.duckdb", writable=True)
    return database, load(database, sources)


def test_french_telecom_file_gives_exactly_the_original_values(tmp_path: Path) -> None:
    """`;`, BOM, decimal comma and Oui/Non against the original: 7,043 rows, 21 columns, 0 difference."""
    database, (original, french) = loaded(
        tmp_path, "telco_ibm/telco_customer_churn.csv", "derived_fr/clients_telecom_fr_utf8bom.csv"
    )
    assert [c.type for c in original.columns] == [c.type for c in french.columns]
    assert original.rows == french.rows == 7043 and original.column("TotalCharges").filled == 7032
    for left, right in (("t0", "t1"), ("t1", "t0")):
        assert database.row(f"SELECT count(*) FROM (FROM {left} EXCEPT ALL FROM {right})") == (0,)
    database.close()


def test_french_purchases_in_cp1252(tmp_path: Path) -> None:
    """No-break-space thousands, decimal comma and dd/mm/yyyy: the sums Python's own reading gives."""
    database, (profile,) = loaded(tmp_path, "derived_fr/achats_fr_cp1252.csv")
    with (DATA / "derived_fr/achats_fr_cp1252.csv").open(encoding="cp1252", newline="") as handle:
        rows = list(csv.reader(handle, delimiter=";"))[1:]
    amounts = [round(float(row[1].replace("\u00a0", "").replace(",", ".")) * 100) for row in rows]
    days = [date(int(row[2][6:]), int(row[2][3:5]), int(row[2][:2])).toordinal() for row in rows]
    cents, first, last = database.row("SELECT sum(round(c1 * 100)), min(c2), max(c2) FROM t0")
    assert [c.name for c in profile.columns] == ["N° client", "Montant TTC (€)", "Date d'achat"]
    assert profile.rows == len(rows) == 51243 and int(cents) == sum(amounts)
    assert (first.toordinal(), last.toordinal()) == (min(days), max(days))
    database.close()


def test_blank_separated_cdnow(tmp_path: Path) -> None:
    """The master file holds 69,659 purchases of 23,570 customers (Fader and Hardie's note on the CDNOW data)."""
    database, (master, sample) = loaded(tmp_path, "cdnow/CDNOW_master.txt", "cdnow/CDNOW_sample.txt")
    assert (master.rows, master.column("customer_id").distinct) == (69659, 23570)
    assert (sample.rows, sample.columns[1].distinct) == (6919, 2357)
    assert [c.type for c in master.columns] == [ColumnType.TEXT, ColumnType.DATE, ColumnType.NUMBER, ColumnType.NUMBER]
    database.close()


def test_multi_line_portuguese_reviews(tmp_path: Path) -> None:
    """Quoted line breaks: as many records as Python's csv module finds."""
    database, (profile,) = loaded(tmp_path, "olist_sample/olist_order_reviews_dataset.csv")
    with (DATA / "olist_sample/olist_order_reviews_dataset.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.reader(handle))[1:]
    texts = sorted(row[4].strip() for row in rows if row[4].strip())
    assert profile.rows == len(rows) and profile.set_aside == 0
    assert sorted(row[0].strip() for row in database.rows("SELECT c4 FROM t0 WHERE c4 IS NOT NULL")) == texts
    database.close()


def test_every_file_is_read_whole_and_none_of_its_cells_fails(tmp_path: Path) -> None:
    """All the files: the identity holds, no line is set aside, no cell fails."""
    names = sorted(str(path.relative_to(DATA)) for pattern in ("*.csv", "*.txt") for path in DATA.rglob(pattern))
    database, profiles = loaded(tmp_path, *names)
    assert len(profiles) == len(names)
    for profile in profiles:
        assert profile.rows == profile.present and profile.set_aside == 0, profile.file
        assert all(column.failed == 0 for column in profile.columns), profile.file
    database.close()
