"""A document as Word: A4, the reader's language, native tables and headings, charts as pictures."""

from __future__ import annotations

import io
from typing import Any

from docx import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from assistant.documents.blocks import Block, Bullets, Document, Fields, Grid, Heading, Paragraph, Picture
from assistant.documents.pictures import to_png
from assistant.documents.typography import spaced_document

_ACCENT = RGBColor(0xB5, 0x52, 0x2A)
_QUIET = RGBColor(0x6B, 0x60, 0x59)
_TEXT_WIDTH = 16.6  # centimetres between the margins of an A4 sheet
_LABEL_WIDTH = 3.6


def to_word(document: Document) -> bytes:
    """Write the document as a .docx file."""
    document = spaced_document(document)
    word = WordDocument()
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2)
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)
    _set_language(normal, "fr-FR" if document.language == "fr" else "en-GB")
    for level in (1, 2, 3):
        style = word.styles[f"Heading {level}"]
        style.font.name, style.font.color.rgb = "Calibri", _ACCENT
    word.core_properties.title = document.title
    word.add_heading(document.title, level=1)
    for block in document.blocks:
        _add(word, block)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _add(word: Any, block: Block) -> None:
    if isinstance(block, Heading):
        word.add_heading(block.words, level=block.level)
    elif isinstance(block, Bullets):
        for item in block.items:
            word.add_paragraph(item, style="List Bullet")
    elif isinstance(block, Fields):
        _add_fields(word, block)
    elif isinstance(block, Grid):
        _add_grid(word, block)
    elif isinstance(block, Picture):
        word.add_picture(io.BytesIO(to_png(block.spec)), width=Cm(16))
    elif isinstance(block, Paragraph):
        run = word.add_paragraph().add_run(block.words)
        run.bold = block.strong
        if block.quiet:
            run.font.size, run.font.color.rgb = Pt(9), _QUIET


def _add_fields(word: Any, fields: Fields) -> None:
    table = word.add_table(rows=0, cols=2)
    table.autofit = False
    for label, words in fields.items:
        left, right = table.add_row().cells
        left.width, right.width = Cm(_LABEL_WIDTH), Cm(_TEXT_WIDTH - _LABEL_WIDTH)
        _write(left, label, quiet=True)
        _write(right, words)
    word.add_paragraph().paragraph_format.space_after = Pt(2)


def _add_grid(word: Any, grid: Grid) -> None:
    """A table that fits the page: a repeated head, thin lines between rows, columns as wide as their words ask."""
    table = word.add_table(rows=1, cols=len(grid.heads))
    table.autofit = False
    widths = [_TEXT_WIDTH * share for share in grid.shares]
    for position, head in enumerate(grid.heads):
        cell = table.rows[0].cells[position]
        _write(cell, head, bold=True, right=position in grid.numbers)
        _shade(cell)
    _repeat(table.rows[0])
    for row in grid.rows:
        cells = table.add_row().cells
        for position, words in enumerate(row):
            _write(cells[position], words, right=position in grid.numbers)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)
            _line_under(cell)
    word.add_paragraph().paragraph_format.space_after = Pt(2)


def _write(cell: Any, words: str, *, bold: bool = False, right: bool = False, quiet: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(2)
    run = paragraph.add_run(words)
    run.bold, run.font.size = bold, Pt(9)
    if quiet:
        run.font.color.rgb = _QUIET
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _repeat(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _shade(cell: Any) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), "F7EFE9")
    cell._tc.get_or_add_tcPr().append(shade)


def _line_under(cell: Any) -> None:
    borders = OxmlElement("w:tcBorders")
    line = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "4"), ("color", "E5DCD4")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    cell._tc.get_or_add_tcPr().append(borders)


def _set_language(style: Any, code: str) -> None:
    properties = style.element.get_or_add_rPr()
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), code)
    properties.append(language)
