"""A document as Word: A4, the reader's language, native tables and headings, charts as pictures."""

from __future__ import annotations

import io

from docx import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from assistant.documents.blocks import Block, Bullets, Document, Grid, Heading, Paragraph, Picture
from assistant.documents.pictures import to_png

_ACCENT = RGBColor(0xB5, 0x52, 0x2A)
_QUIET = RGBColor(0x6B, 0x60, 0x59)


def to_word(document: Document) -> bytes:
    """Write the document as a .docx file."""
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


def _add(word: object, block: Block) -> None:
    if isinstance(block, Heading):
        word.add_heading(block.words, level=block.level)
    elif isinstance(block, Bullets):
        for item in block.items:
            word.add_paragraph(item, style="List Bullet")
    elif isinstance(block, Grid):
        _add_grid(word, block)
    elif isinstance(block, Picture):
        word.add_picture(io.BytesIO(to_png(block.spec)), width=Cm(16))
    elif isinstance(block, Paragraph):
        run = word.add_paragraph().add_run(block.words)
        run.bold = block.strong
        if block.quiet:
            run.font.size, run.font.color.rgb = Pt(9), _QUIET


def _add_grid(word: object, grid: Grid) -> None:
    table = word.add_table(rows=1, cols=len(grid.heads), style="Light List Accent 2")
    for cell, head in zip(table.rows[0].cells, grid.heads, strict=True):
        cell.text = head
    for row in grid.rows:
        cells = table.add_row().cells
        for position, words in enumerate(row):
            cells[position].text = words
            if position in grid.numbers:
                cells[position].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _set_language(style: object, code: str) -> None:
    properties = style.element.get_or_add_rPr()
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), code)
    properties.append(language)
