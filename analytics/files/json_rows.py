"""An array of flat JSON objects becomes records, as text that loses nothing; any other JSON is no table."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TextIO

from analytics.files.records import Record
from analytics.files.source import MAX_CELL

_MOST = 100_000_000  # characters held at once; beyond, the CSV or XLSX export is asked for
_BETWEEN = re.compile(r"[\s,]*")
_FEWEST = 2
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)  # a number stays as it is written
Row = dict[str, str]


def json_records(handle: TextIO) -> Iterator[Record] | None:
    """The names of all the objects, then a record for each; None when the text is no array of two flat objects or more.

    A value that holds others (a list, an object), a number alone or a text cut short make it no table.
    """
    text = handle.read(_MOST + 1)
    rows = _rows(text) if len(text) <= _MOST else None
    if rows is None or len(rows) < _FEWEST:
        return None
    names = list(dict.fromkeys(name for row in rows for name in row))
    return _written(names, rows) if names else None


def _rows(text: str) -> list[Row] | None:
    start = text.find("[") + 1
    if not start or text[: start - 1].strip("\ufeff \t\r\n"):
        return None
    rows, place = list[Row](), _between(text, start)
    while place < len(text) and text[place] != "]":
        try:
            value, place = _DECODER.raw_decode(text, place)
        except (ValueError, RecursionError):
            return None
        if not isinstance(value, dict) or any(isinstance(cell, dict | list) for cell in value.values()):
            return None
        rows.append({name: _text(cell) for name, cell in value.items()})
        after = _between(text, place)
        if after < len(text) and text[after] != "]" and "," not in text[place:after]:
            return None
        place = after
    return rows if text[place : place + 1] == "]" and not text[place + 1 :].strip() else None


def _between(text: str, place: int) -> int:
    found = _BETWEEN.match(text, place)
    return place if found is None else found.end()


def _text(cell: object) -> str:
    if cell is None:
        return ""
    return {True: "true", False: "false"}[cell] if isinstance(cell, bool) else str(cell)


def _written(names: list[str], rows: list[Row]) -> Iterator[Record]:
    yield Record(1, names, ";".join(names))
    for number, row in enumerate(rows, start=2):
        cells = [row.get(name, "") for name in names]
        yield Record(number, cells, ";".join(cells), too_long=max(map(len, cells)) > MAX_CELL)
