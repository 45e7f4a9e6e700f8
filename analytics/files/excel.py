"""Excel workbooks: each filled sheet becomes records, as text that loses nothing."""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analytics.files.merged import Merged, merged_down
from analytics.files.records import Record
from analytics.files.refusals import refuse
from analytics.files.strict import as_usual, is_strict

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

_MAX_UNPACKED = 2_000_000_000  # bytes
_MAX_RATIO = 200  # unpacked to packed, beyond the first 50 MB
_FREE = 50_000_000
_ZEROS = re.compile(r"0[0#]{1,14}")
_LITERALS = re.compile(r'"[^"]*"|\\.|[ -]')  # what a format shows between the digits: 0#" "##" "##" "##" "##
_AMOUNT = re.compile(r"0\.00|[€$£]|CHF|EUR")
_BROKEN = (zipfile.BadZipFile, zlib.error, SyntaxError, KeyError, ValueError, TypeError, IndexError, AttributeError,
           EOFError, OSError, NotImplementedError, RuntimeError, LookupError, AssertionError)  # fmt: skip


def readable(path: Path, name: str, folder: Path) -> Path:
    """The workbook as it can be read: itself, or a copy of a strict one; FileProblem when it is damaged, or a bomb.

    Args:
        path: of the workbook; never written to.
        name: display name, for the error.
        folder: private, where a copy may be written.
    """
    _refuse_bomb(path, name)
    try:
        return as_usual(path, folder) if is_strict(path) else path
    except _BROKEN as problem:
        raise refuse("broken_workbook", name) from problem


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


def sheets_of(book: Workbook) -> tuple[list[ReadOnlyWorksheet], list[str]]:
    """The sheets to read, and the titles of the hidden ones, which are read only where nothing else is."""
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not shown:
        return list(book.worksheets), []
    return shown, [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]


def merged_cells(sheet: ReadOnlyWorksheet, path: Path, name: str) -> Merged:
    """The cells of a sheet merged over several rows; FileProblem when the workbook is damaged."""
    try:
        return merged_down(path, sheet._worksheet_path)
    except _BROKEN as problem:
        raise refuse("broken_workbook", name) from problem


def sheet_records(book: Workbook, sheet: ReadOnlyWorksheet, merged: Merged, name: str) -> Iterator[Record]:
    """Yield the filled rows of a sheet; FileProblem when its XML is damaged.

    A number shown with leading zeros (a postcode) keeps them; a value that stands in a cell merged over several rows is
    that of each of them, unless it is an amount.

    Args:
        book, sheet: opened read-only.
        merged: its merged cells.
        name: display name of the file, for the error.
    """
    try:
        sums = _shown_amounts(book)
        for number, cells, found in _filled_rows(book, sheet):
            if merged.spans:
                said = {cell["column"] - 1: cell for cell in found if isinstance(cell["value"], str | int | float) and cells[cell["column"] - 1 : cell["column"]]}
                words = [column for column, cell in said.items() if isinstance(cell["value"], str)]
                amounts = {column for column, cell in said.items() if _is_amount(cell["value"], sums.get(cell["style_id"]))}
                merged.fill(number, cells, amounts, words)
            yield Record(number, cells, ";".join(cells), max(map(len, cells)) > 100_000)
    except _BROKEN as problem:
        raise refuse("broken_workbook", name) from problem


def _is_amount(value: object, shown_as_amount: bool | None) -> bool:
    """Whether a cell holds an amount: its format says so, or says nothing and the number has cents."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and (isinstance(value, float) and not value.is_integer() if shown_as_amount is None else shown_as_amount)


def _shown_amounts(book: Workbook) -> dict[int, bool]:
    """The styles that show a number as an amount, and those that show it as a share."""
    found = dict[int, bool]()
    for style, said in enumerate(book._cell_styles):
        shown = _format(book, said.numFmtId)
        if "%" in shown or _AMOUNT.search(shown):
            found[style] = "%" not in shown
    return found


def _format(book: Workbook, number: int) -> str:
    from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

    own = number - BUILTIN_FORMATS_MAX_SIZE
    return str(book._number_formats[own] if own >= 0 else BUILTIN_FORMATS.get(number, ""))


def _filled_rows(book: Workbook, sheet: ReadOnlyWorksheet) -> Iterator[tuple[int, list[str], list[dict[str, Any]]]]:
    """The number and the cells of each row that holds something, up to its last filled cell, and these cells as they were parsed.

    Read from the parser, not by `iter_rows`: that one makes every row up to the last formatted one, each as wide as a
    sheet can be, and never ends on a sheet whose last row or column was given a border.
    """
    from openpyxl.worksheet._reader import WorkSheetParser

    zeros = _shown_zeros(book)
    with book._archive.open(sheet._worksheet_path) as source:
        parser = WorkSheetParser(
            source, sheet._shared_strings, data_only=True, epoch=book.epoch,
            date_formats=book._date_formats, timedelta_formats=book._timedelta_formats,
        )  # fmt: skip
        for number, found in parser.parse():
            told = {cell["column"]: text.zfill(zeros.get(cell["style_id"], 0)) if text.isdigit() else text
                    for cell in found if (text := _text(cell["value"])).strip()}  # fmt: skip
            if told:
                yield number, [told.get(column, "") for column in range(1, max(told) + 1)], found


def _shown_zeros(book: Workbook) -> dict[int, int]:
    """The styles that write whole numbers with a set number of digits (postcodes, telephones), and that number."""
    found = dict[int, int]()
    for style, said in enumerate(book._cell_styles):
        if _ZEROS.fullmatch(bare := _LITERALS.sub("", _format(book, said.numFmtId))):
            found[style] = len(bare)
    return found


def formulas_without_results(path: Path, title: str, columns: int) -> bool:
    """Whether cells of a sheet are formulas whose result was never saved (a program wrote them, no Excel opened them).

    Args:
        path: of the workbook.
        title: of the sheet.
        columns: of the table.
    """
    import openpyxl

    with path.open("rb") as handle:
        try:
            book = openpyxl.load_workbook(handle, read_only=True)
            rows = book[title].iter_rows(max_row=50, max_col=columns, values_only=True)
            return any(isinstance(value, str) and value.startswith("=") for row in rows for value in row)
        except _BROKEN:
            return False


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
