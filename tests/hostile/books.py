"""Excel workbooks, and files heavy enough to hurt."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

import openpyxl

from tests.hostile.case import HEADERS, TRUTH, TYPES, Case, Lang, lines, text
from tests.hostile.refused import archive


def book(sheets: dict[str, Sequence[Sequence[Any]]]) -> bytes:
    """A workbook of these sheets."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def all_cases() -> Iterator[Case]:
    """Every case of this module."""
    for lang in ("fr", "en"):
        yield from _books(lang)
        yield from _heavy(lang)
    yield Case("book-empty", book({"Feuil1": []}), "vide.xlsx", refused="empty_workbook")
    yield Case("book-no-sheet-xml", archive({"xl/x": b"", "[Content_Types].xml": b""}), refused="broken_workbook")
    typed = [["quand", "entier", "décimal", "vrai", "erreur", "jour"],
             [datetime(2025, 1, 31, 14, 5), 3, 2.5, True, "#N/A", date(2025, 1, 31)],
             [datetime(2025, 2, 1), 4.0, 0.25, False, None, date(2024, 2, 29)]]  # fmt: skip
    yield Case("book-types", book({"A": typed}), "types.xlsx", header=typed[0],
               types=["moment", "number", "number", "flag", "empty", "date"],
               rows=[(datetime(2025, 1, 31, 14, 5), 3, 2.5, True, None, date(2025, 1, 31)),
                     (datetime(2025, 2, 1), 4, 0.25, False, None, date(2024, 2, 29))])  # fmt: skip


def _books(lang: Lang) -> Iterator[Case]:
    table = [
        list(HEADERS[lang]),
        *([*row[:4], ("Oui" if row[4] else "Non") if lang == "fr" else row[4]] for row in TRUTH),
    ]
    usual: dict[str, Any] = {
        "header": HEADERS[lang], "types": TYPES, "rows": TRUTH, "encoding": "xlsx"
    }  # fmt: skip
    yield Case(f"{lang}-book", book({"Clients": table}), "clients.xlsx", **usual)
    yield Case(f"{lang}-book-named-csv", book({"Clients": table}), "clients.csv", **usual)
    yield Case(f"{lang}-book-empty-sheet-first", book({"Vide": [], "Clients": table}), "clients.xlsx", **usual)
    titles = [["Export du 12/03/2026"], [], *table]
    yield Case(f"{lang}-book-preamble", book({"A": titles}), "a.xlsx", notes=["1 line(s) above"], **usual)
    total = [*table, ["Total", None, 11669.75]]
    yield Case(f"{lang}-book-total", book({"A": total}), "a.xlsx", aside=[(10, "total")], **usual)
    shifted = [[None, *row] for row in table]
    yield Case(f"{lang}-book-empty-first-column", book({"A": shifted}), "a.xlsx",
               header=["column_1", *HEADERS[lang]], rows=[(None, *row) for row in TRUTH])  # fmt: skip
    words = [[str(cell) if cell is not None else None for cell in row] for row in table]
    yield Case(f"{lang}-book-numbers-as-text", book({"A": words}), "a.xlsx", **usual)


def _heavy(lang: Lang) -> Iterator[Case]:
    d = ";" if lang == "fr" else ","
    content = lines(lang, d)
    giant = [*content[:3], content[3] + "x" * 1_200_000, *content[4:]]
    kept = [*TRUTH[:2], *TRUTH[3:]]
    base: dict[str, Any] = {"header": HEADERS[lang], "rows": kept}
    yield Case(f"{lang}-giant-line", text(giant), aside=[(4, "line_too_long")], **base)
    fat = [*content[:3], content[3].replace("Chloé", "C" * 150_000), *content[4:]]
    yield Case(f"{lang}-giant-cell", text(fat), aside=[(4, "cell_too_long")], **base)
    quotes = [
        content[0],
        *(f'C{i}{d}"x{i}{d}1{d}2025-01-31{d}' + ("Oui" if lang == "fr" else "Yes") for i in range(20_000)),
    ]
    yield Case(f"{lang}-unclosed-quotes-everywhere", text(quotes), header=HEADERS[lang], rows=20_000)
    yield Case(f"{lang}-one-unclosed-quote-in-many", text([*content[:2], f'C9{d}"x{d}1{d}2025-01-31{d}', *content[2:]] +
               [content[4]] * 50_000), header=HEADERS[lang], rows=50_009)  # fmt: skip
    yield Case(f"{lang}-quotes-only", text([*content, *['"' * 40_002] * 5]), header=HEADERS[lang], rows=TRUTH,
               aside=[(line, "footer") for line in range(10, 15)])  # fmt: skip
