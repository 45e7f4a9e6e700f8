"""Cells of a column of amounts that are no numbers: how many are too many, and which may be shown."""

from __future__ import annotations

import re
from collections.abc import Mapping

from analytics.loading.numbers import MAX_FAILED, NUMBER_SHAPE, is_number
from analytics.loading.words import MONEY_HEADER, UNKNOWN, UNSURE_NULLS

MAX_FAILED_MONEY = 0.2  # amounts stay numbers with so many cells aside: said, where another column would be words
_MOSTLY = 0.5  # from which share of numbers a column of words was meant for numbers
_MONEY = re.compile(MONEY_HEADER + r"|prix|price|tarif|(?<![a-z])(?:ttc|ht)(?![a-z])|pay[ée]|paid", re.I)
_CODE = re.compile(r"[A-Za-z]{1,4}[-_]?\d+")  # A12, REP-3: beside bare numbers, the codes of somebody or something (« sales_rep »)
_SHOWN, _OFTEN, _MOST_DIGITS = 3, 3, 7
_DIGIT, _DIGITS = re.compile(r"\d"), re.compile(r"\d+")
_NO_NAME = re.compile(r"#[\w/]+[!?]?|[\d.,\s€$£%?*/~<>=+-]{1,14}|[A-Z]{1,4}|(?:[A-Za-z]\.){1,4}|[a-zà-ÿ'’. ]{2,25}\??")
"""What holds nobody's name nor number: an error of a spreadsheet, signs, letters, or small words seen several times."""


def most_unread(header: str, counts: Mapping[str, int]) -> float:
    """The share of cells that may be no numbers in a column of numbers."""
    return MAX_FAILED_MONEY if _says_amounts(header, counts) else MAX_FAILED


def _says_amounts(header: str, counts: Mapping[str, int]) -> bool:
    """Whether the header is one of amounts, and what is no number among the cells is not mostly codes."""
    if not _MONEY.search(header):
        return False
    odd = {cell: n for cell, n in counts.items() if not is_number(cell)}
    return sum(n for cell, n in odd.items() if _CODE.fullmatch(cell)) <= _MOSTLY * sum(odd.values())


def unread_examples(counts: Mapping[str, int]) -> tuple[str, ...]:
    """Up to three of the cells that are no numbers, those of the most frequent shape first, and none written as a name, an address or a telephone is."""
    shapes: dict[str, list[tuple[int, str]]] = {}
    for cell, n in sorted(counts.items()):
        empty = cell in UNSURE_NULLS or cell.lower() in UNKNOWN
        if not empty and not is_number(cell) and _NO_NAME.fullmatch(cell) and len(_DIGIT.findall(cell)) < _MOST_DIGITS:
            shapes.setdefault(_DIGITS.sub("9", cell), []).append((n, cell))
    often = {shape: sum(n for n, _ in cells) for shape, cells in shapes.items() if not shape[0].islower() or sum(n for n, _ in cells) >= _OFTEN}
    return tuple(max(shapes[shape])[1] for shape in sorted(often, key=lambda shape: (-often[shape], shape))[:_SHOWN])


def meant_for_amounts(header: str, counts: Mapping[str, int]) -> bool:
    """Whether a column of words has the header of amounts, and numbers in most of its cells."""
    return _says_amounts(header, counts) and sum(n for cell, n in counts.items() if is_number(cell)) > _MOSTLY * sum(counts.values())


def no_number_sql(column: str) -> str:
    """SQL: whether a filled cell is no number, however numbers are written."""
    return f"NOT regexp_full_match({column}, '{NUMBER_SHAPE}')"
