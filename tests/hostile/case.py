"""A nasty file and what must come of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

Row = tuple[Any, ...]
Lang = Literal["fr", "en"]


@dataclass(frozen=True)
class Case:
    """A file and its expected outcome.

    Args:
        name: of the case, unique.
        data: bytes of the file.
        file: name under which it comes.
        refused: code of the sentence, when it is no table.
        header: names of the columns.
        types: `ColumnType` values, one a column.
        rows: every row, typed, in the order of the file; or only their number.
        aside: lines set aside, as (line number, reason).
        notes: words that must be said in English.
        failed: cells that could not be read, by column name.
        habit: codes that must be in a column's habit, by column name.
        ambiguous: columns whose order of day and month must be flagged.
        others: rows of each table further down in the file.
    """

    name: str
    data: bytes
    file: str = "export.csv"
    refused: str | None = None
    header: Sequence[str] | None = None
    types: Sequence[str] | None = None
    rows: Sequence[Row] | int | None = None
    aside: Sequence[tuple[int, str]] = ()
    notes: Sequence[str] = ()
    failed: dict[str, int] = field(default_factory=dict)
    habit: dict[str, tuple[str, ...]] = field(default_factory=dict)
    ambiguous: Sequence[str] = ()
    others: Sequence[int] = ()
    encoding: str | None = None
    delimiter: str | None = None


HEADERS: dict[Lang, tuple[str, ...]] = {
    "fr": ("N° client", "Prénom et nom", "Montant payé", "Date d'achat", "Fidélité"),
    "en": ("Customer ID", "Full name", "Amount paid", "Purchase date", "Loyal member"),
}
TYPES = ("category", "category", "number", "date", "flag")
TRUTH: tuple[Row, ...] = (
    ("C001", "Zoé Lefèvre", 12.5, date(2025, 1, 31), True),
    ("C002", "André Müller", 1234.56, date(2025, 2, 14), False),
    ("C003", "Chloé Dûment", 0.99, date(2024, 12, 25), True),
    ("C004", "Benoît Hérault", 75.0, date(2025, 3, 3), False),
    ("C005", "Maëlle Garçon", -20.4, date(2025, 3, 29), True),
    ("C006", "Noël Forêt", 310.0, date(2023, 7, 14), True),
    ("C007", "Inès Côté", 58.2, date(2025, 5, 8), False),
    ("C008", "Éloïse Bâtard", 9999.9, date(2025, 6, 21), True),
)


def amount(value: float, lang: Lang) -> str:
    """Write an amount with two decimals, French with a comma."""
    text = f"{value:.2f}"
    return text.replace(".", ",") if lang == "fr" else text


def cells(row: Row, lang: Lang) -> list[str]:
    """Write a row of the truth as its export writes it: dd/mm/yyyy in French, ISO in English."""
    code, name, value, day, member = row
    when = day.strftime("%d/%m/%Y") if lang == "fr" else day.isoformat()
    return [code, name, amount(value, lang), when, ("Oui" if member else "Non") if lang == "fr" else
            ("Yes" if member else "No")]  # fmt: skip


def quoted(cell: str, delimiter: str) -> str:
    """Quote a cell where RFC 4180 asks for it."""
    return '"' + cell.replace('"', '""') + '"' if any(c in cell for c in (delimiter, '"', "\n", "\r")) else cell


def lines(lang: Lang, delimiter: str) -> list[str]:
    """The lines of the ordinary export, header first."""
    table = [list(HEADERS[lang]), *(cells(row, lang) for row in TRUTH)]
    return [delimiter.join(quoted(cell, delimiter) for cell in row) for row in table]


def text(all_lines: Sequence[str], end: str = "\n", encoding: str = "utf-8") -> bytes:
    """Join lines and encode them."""
    return "".join(line + end for line in all_lines).encode(encoding)


def usual(name: str, data: bytes, lang: Lang, **more: Any) -> Case:
    """A case whose table is the ordinary export."""
    return Case(name, data, **{"header": HEADERS[lang], "types": TYPES, "rows": TRUTH, **more})
