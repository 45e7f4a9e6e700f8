"""Strict workbooks are copied under the usual namespaces, whatever the size of a part."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from analytics.files.reader import read_sources
from analytics.files.strict import _renamed, is_strict
from tests.hostile.books import book, strict

_STRICT, _USUAL = b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def test_a_namespace_over_the_edge_of_two_blocks_is_replaced() -> None:
    for before in range(1 << 20, (1 << 20) - 60, -7):
        part = b" " * before + _STRICT + b"x" * 2_000_000 + _STRICT
        assert b"".join(_renamed(io.BytesIO(part))) == part.replace(_STRICT, _USUAL)


def test_a_usual_workbook_is_left_as_it_is(tmp_path: Path) -> None:
    usual = tmp_path / "a.xlsx"
    usual.write_bytes(book({"Locations": [["vélo", "jours"], ["V1", 3]]}))
    assert not is_strict(usual)


def test_each_sheet_of_a_strict_workbook_is_read_and_the_file_is_not_touched(tmp_path: Path) -> None:
    path, scratch = tmp_path / "location.xlsx", tmp_path / "scratch"
    path.write_bytes(strict(book({"Locations": [["vélo", "jours"], ["V1", 3], ["V2", 5]], "Vélos": [["vélo", "taille"], ["V1", "M"]]})))
    scratch.mkdir()
    before = path.read_bytes()
    sources = read_sources(path, scratch=scratch)
    assert [(source.sheet, source.header, source.rows) for source in sources] == [
        ("Locations", ("vélo", "jours"), 2), ("Vélos", ("vélo", "taille"), 1),
    ]  # fmt: skip
    assert path.read_bytes() == before
    with zipfile.ZipFile(path) as archive:
        assert b"purl.oclc.org" in archive.read("xl/workbook.xml")
