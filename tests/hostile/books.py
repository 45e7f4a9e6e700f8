"""Excel workbooks, and files heavy enough to hurt."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Border, Side

from tests.hostile.case import HEADERS, TRUTH, TYPES, Case, Lang, lines, text
from tests.hostile.refused import archive


def book(
    sheets: dict[str, Sequence[Sequence[Any]]], then: Callable[[openpyxl.Workbook], None] | None = None
) -> bytes:
    """A workbook of these sheets, to which something more may be done."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    if then is not None:
        then(made)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def strict(made: bytes) -> bytes:
    """The same workbook as « Strict Open XML Spreadsheet » writes it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as usual, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as written:
        for part in usual.namelist():
            words = usual.read(part)
            for year in (b"spreadsheetml/2006/main", b"officeDocument/2006/relationships"):
                words = words.replace(b"http://schemas.openxmlformats.org/" + year, b"http://purl.oclc.org/ooxml/" + year.replace(b"/2006", b""))
            written.writestr(part, words)
    return buffer.getvalue()


def all_cases() -> Iterator[Case]:
    """Every case of this module."""
    for lang in ("fr", "en"):
        yield from _books(lang)
        yield from _habits(lang)
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
    yield Case(f"{lang}-book-strict", strict(book({"Clients": table})), "clients.xlsx", **usual)
    yield Case(f"{lang}-book-named-csv", book({"Clients": table}), "clients.csv", **usual)
    yield Case(f"{lang}-book-empty-sheet-first", book({"Vide": [], "Clients": table}), "clients.xlsx", **usual)
    titles = [["Export du 12/03/2026"], [], *table]
    yield Case(f"{lang}-book-preamble", book({"A": titles}), "a.xlsx", notes=["1 line above"], **usual)
    total = [*table, ["Total", None, 11669.75]]
    yield Case(f"{lang}-book-total", book({"A": total}), "a.xlsx", aside=[(10, "total")], **usual)
    shifted = [[None, *row] for row in table]
    yield Case(f"{lang}-book-empty-first-column", book({"A": shifted}), "a.xlsx",
               header=["column_1", *HEADERS[lang]], rows=[(None, *row) for row in TRUTH])  # fmt: skip
    words = [[str(cell) if cell is not None else None for cell in row] for row in table]
    yield Case(f"{lang}-book-numbers-as-text", book({"A": words}), "a.xlsx", **usual)


def _habits(lang: Lang) -> Iterator[Case]:
    """What people do in workbooks: formats, merged cells, hidden sheets, charts, formulas nobody computed."""
    table = [
        list(HEADERS[lang]),
        *([*row[:4], ("Oui" if row[4] else "Non") if lang == "fr" else row[4]] for row in TRUTH),
    ]
    usual: dict[str, Any] = {"header": HEADERS[lang], "types": TYPES, "rows": TRUTH, "encoding": "xlsx"}
    codes = [["code postal" if lang == "fr" else "zip", "n"], [1000, 1], [75001, 2], [6000, 3]]
    yield Case(f"{lang}-book-zeros-by-format", book({"A": codes}, _zeros), "a.xlsx",
               rows=[("01000", 1), ("75001", 2), ("06000", 3)])  # fmt: skip
    yield Case(f"{lang}-book-hidden-sheet", book({"Clients": table, "Listes": [["a", "b"], [1, 2]]}, _hide), "a.xlsx",
               notes=["Hidden sheets, left out: Listes."], **usual)  # fmt: skip
    merged = [["magasin", "mois", "ca"], ["Lyon", 1, 10], [None, 2, 12], [None, 3, 9], ["Nice", 1, 4]]
    yield Case(f"{lang}-book-merged-down", book({"A": merged}, _merge), "a.xlsx",
               rows=[("Lyon", 1, 10), ("Lyon", 2, 12), ("Lyon", 3, 9), ("Nice", 1, 4)])  # fmt: skip
    computed = [["id", "ca", "double"], ["A", 1, "=B2*2"], ["B", 2, "=B3*2"]]
    yield Case(f"{lang}-book-formulas-never-computed", book({"A": computed}), "a.xlsx", types=["category", "number", "empty"],
               rows=[("A", 1, None), ("B", 2, None)], notes=["formulas whose result was not saved"])  # fmt: skip
    yield Case(f"{lang}-book-chart", book({"Clients": table}, _chart), "a.xlsx", **usual)
    yield Case(f"{lang}-book-blanks-far-away", book({"Clients": table}, _far), "a.xlsx", **usual)
    yield Case(f"{lang}-book-bordered-to-the-last-row", book({"Clients": table}, _bordered), "a.xlsx", **usual)
    phones = [["téléphone" if lang == "fr" else "phone", "siret", "n"], [612345678, 552100554, 1], [798765432, 73282932000074, 2]]
    yield Case(f"{lang}-book-zeros-by-format-in-groups", book({"A": phones}, _groups), "a.xlsx",
               rows=[("0612345678", "00000552100554", 1), ("0798765432", "73282932000074", 2)])  # fmt: skip
    orders = [["commande", "total", "taux", "article", "prix"], [1001, 30, 0.055, "A", 10.5], [None, None, None, "B", 19.5],
              [1002, 8, 0.2, "C", 3.25], [None, None, None, "D", 4.75]]  # fmt: skip
    yield Case(f"{lang}-book-merged-amounts", book({"A": orders}, _merge_orders), "a.xlsx",
               rows=[(1001, 30, 0.055, "A", 10.5), (1001, None, 0.055, "B", 19.5), (1002, 8, 0.2, "C", 3.25), (1002, None, 0.2, "D", 4.75)],
               notes=["Amounts in cells merged over several rows, counted once, on the first: “total”."])  # fmt: skip
    rooms = [["chambre", "nuits", "client"], [101, 3, "A"], [102, 2, "B"], [None, None, None], [103, 1, "C"]]
    yield Case(f"{lang}-book-merged-onto-nothing", book({"A": rooms}, _merge_whole), "a.xlsx",
               rows=[(101, 3, "A"), (102, 2, "B"), (103, 1, "C")])  # fmt: skip
    yield Case(f"{lang}-book-two-tables", book({"A": [*table, [], ["magasin", "ville"], ["M1", "Lyon"]]}), "a.xlsx",
               others=[1], notes=["1 other table "], **usual)  # fmt: skip
    yield Case(f"{lang}-book-501-columns", book({"A": [[f"c{i}" for i in range(501)], list(range(501))]}), "a.xlsx",
               refused="too_many_columns")  # fmt: skip


def _zeros(made: openpyxl.Workbook) -> None:
    for row in (2, 3, 4):
        made["A"].cell(row, 1).number_format = "00000"


def _bordered(made: openpyxl.Workbook) -> None:
    """What a border put around a whole column, and a whole line, leaves."""
    edge = Border(bottom=Side(style="thin"))
    made["Clients"].cell(1_048_576, 2).border = edge
    made["Clients"].cell(2, 16_384).border = edge


def _groups(made: openpyxl.Workbook) -> None:
    for row in (2, 3):
        made["A"].cell(row, 1).number_format = '0#" "##" "##" "##" "##'
        made["A"].cell(row, 2).number_format = "000\\ 000\\ 000\\ 00000"


def _merge_orders(made: openpyxl.Workbook) -> None:
    """The number, the total and the rate of an order are merged over its lines."""
    for column in "ABC":
        for row in (2, 4):
            made["A"].merge_cells(f"{column}{row}:{column}{row + 1}")
            made["A"][f"C{row}"].number_format = "0.0%"


def _merge_whole(made: openpyxl.Workbook) -> None:
    """A record whose every cell is merged over two lines is one record."""
    for column in "ABC":
        made["A"].merge_cells(f"{column}3:{column}4")


def _hide(made: openpyxl.Workbook) -> None:
    made["Listes"].sheet_state = "hidden"


def _merge(made: openpyxl.Workbook) -> None:
    made["A"].merge_cells("A2:A4")


def _chart(made: openpyxl.Workbook) -> None:
    chart = BarChart()
    chart.add_data(Reference(made["Clients"], min_col=3, min_row=1, max_row=9))
    made.create_chartsheet("Graphique").add_chart(chart)


def _far(made: openpyxl.Workbook) -> None:
    made["Clients"].cell(3, 700, " ")


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
