"""Excel workbooks: each filled sheet becomes records, as text that loses nothing."""

from __future__ import annotations

import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from analytics.files.records import Record
from analytics.files.refusals import refuse

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

_MAX_UNPACKED = 2_000_000_000  # bytes
_MAX_RATIO = 200  # unpacked to packed, beyond the first 50 MB
_FREE = 50_000_000
_BROKEN = (zipfile.BadZipFile, zlib.error, SyntaxError, KeyError, ValueError, TypeError, IndexError, AttributeError,
           EOFError, OSError, NotImplementedError, RuntimeError, LookupError, AssertionError)  # fmt: skip


@contextmanager
def workbook(path: Path, name: str) -> Iterator[Workbook]:
    """Open a workbook for reading; FileProblem when it is damaged, protected, or a bomb."""
    import openpyxl

    _refuse_bomb(path, name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and validations, which do not matter here
        with path.open("rb") as handle:  # by its handle: openpyxl trusts the extension of a path
            try:
                book = openpyxl.load_workbook(handle, read_only=True, data_only=True)
            except _BROKEN as problem:
                raise refuse("broken_workbook", name) from problem
            try:
                yield book
            finally:
                book.close()


def sheet_records(sheet: ReadOnlyWorksheet, name: str) -> Iterator[Record]:
    """Yield the filled rows of a sheet; FileProblem when its XML is damaged.

    Args:
        sheet: opened read-only.
        name: display name of the file, for the error.
    """
    try:
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(values_only=True, max_col=16_384), start=1):
            cells = [_text(value) for value in row]
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                yield Record(number, cells, ";".join(cells), max(map(len, cells)) > 100_000)
    except _BROKEN as problem:
        raise refuse("broken_workbook", name) from problem


def _refuse_bomb(path: Path, name: str) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(item.file_size for item in archive.infolist())
    except _BROKEN as problem:
        raise refuse("broken_workbook", name) from problem
    packed = max(1, path.stat().st_size)
    if unpacked > _MAX_UNPACKED or (unpacked > _FREE and unpacked / packed > _MAX_RATIO):
        raise refuse("bomb", name)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        midnight = (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0)
        return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value)
