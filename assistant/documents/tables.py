"""A finding's table as words of the reader's language."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from assistant.documents.blocks import Grid
from vocabulary import formats
from vocabulary.estimate import Unit
from vocabulary.finding import Column, Table
from vocabulary.language import Language, Text
from vocabulary.sentence import Sentence


def cell_words(value: Any, column: Column, language: Language, currency: str | None = None) -> str:
    """Write one cell: numbers in their unit, dates in full, yes/no in words."""
    if value is None:
        return "—"
    if isinstance(value, bool):
        return ("oui" if value else "non") if language == "fr" else ("yes" if value else "no")
    if isinstance(value, Sentence):
        return value.render(language, currency)
    if isinstance(value, Text):
        return value.in_(language)
    if isinstance(value, date):
        return formats.day(value, language)
    if isinstance(value, int | float | Decimal) and column.unit is not None:
        unit = Unit.COUNT if column.unit in (Unit.CUSTOMERS, Unit.ORDERS) else column.unit
        number = round(float(value)) if unit is Unit.COUNT else float(value)
        return formats.number(number, unit, language, currency=currency)
    return str(value)


def to_grid(table: Table, language: Language, currency: str | None = None, *, most: int = 30) -> Grid:
    """Write the first `most` rows of a table; numbers are right-aligned."""
    rows = tuple(
        tuple(cell_words(cell, column, language, currency) for cell, column in zip(row, table.columns, strict=True))
        for row in table.rows[:most]
    )
    numbers = frozenset(i for i, column in enumerate(table.columns) if column.unit is not None)
    return Grid(tuple(column.title.in_(language) for column in table.columns), rows, numbers)
