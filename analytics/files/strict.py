"""Workbooks saved as « Strict Open XML »: the same parts under other namespaces, which the library that reads them does not know."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

_WORKBOOK = "xl/workbook.xml"
_STRICT = b"http://purl.oclc.org/ooxml/"
_USUAL = (  # the longer first: the rest of an address stays
    (_STRICT + b"spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (_STRICT + b"officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (_STRICT + b"drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
)
_PARTS = (".xml", ".rels")
_BLOCK, _HEAD = 1 << 20, 1 << 12
_LONGEST = max(len(strict) for strict, _ in _USUAL)


def is_strict(path: Path) -> bool:
    """Whether a workbook is written under the strict namespaces; zipfile's errors when it is damaged."""
    with zipfile.ZipFile(path) as archive:
        if _WORKBOOK not in archive.namelist():
            return False
        with archive.open(_WORKBOOK) as part:
            return _STRICT in part.read(_HEAD)


def as_usual(path: Path, folder: Path) -> Path:
    """A copy of a strict workbook under the usual namespaces, its cells untouched; zipfile's errors when it is damaged.

    Args:
        path: of the workbook; never written to.
        folder: private, where the copy is written.
    """
    copy = folder / "usual.xlsx"
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as written:
        for item in archive.infolist():
            with archive.open(item) as part, written.open(item.filename, "w", force_zip64=True) as to:
                if item.filename.endswith(_PARTS):
                    to.writelines(_renamed(part))
                else:
                    shutil.copyfileobj(part, to)
    return copy


def _renamed(part: IO[bytes]) -> Iterator[bytes]:
    """The part block by block, its namespaces replaced: an address may stand over the edge of two blocks."""
    held = b""
    while block := part.read(_BLOCK):
        held = _replaced(held + block)
        kept = max(0, len(held) - _LONGEST + 1)  # an address may begin there
        yield held[:kept]
        held = held[kept:]
    yield _replaced(held)


def _replaced(text: bytes) -> bytes:
    for strict, usual in _USUAL:
        text = text.replace(strict, usual)
    return text
