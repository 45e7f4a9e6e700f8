"""A document as PDF, typeset by Typst: words reach it as data, never as source."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import typst

from assistant.documents.blocks import Block, Bullets, Document, Fields, Grid, Heading, Paragraph
from assistant.documents.pictures import to_svg
from assistant.documents.typography import spaced_document

_TEMPLATE = Path(__file__).with_name("document.typ")


def to_pdf(document: Document) -> bytes:
    """Write the document as a PDF file."""
    document = spaced_document(document)
    with tempfile.TemporaryDirectory(prefix="noces-pdf-") as folder:
        root = Path(folder)
        (root / "document.typ").write_text(_TEMPLATE.read_text(encoding="utf-8"), encoding="utf-8")
        blocks = [_data(block, position, root) for position, block in enumerate(document.blocks)]
        data = {"title": document.title, "language": document.language, "blocks": blocks}
        compiled: bytes = typst.compile(root / "document.typ", root=root, sys_inputs={"data": json.dumps(data)})
        return compiled


def _data(block: Block, position: int, root: Path) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"kind": "heading", "words": block.words, "level": block.level}
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "words": block.words, "strong": block.strong, "quiet": block.quiet}
    if isinstance(block, Bullets):
        return {"kind": "bullets", "items": list(block.items)}
    if isinstance(block, Fields):
        return {"kind": "fields", "items": [list(item) for item in block.items]}
    if isinstance(block, Grid):
        align = ["right" if i in block.numbers else "left" for i in range(len(block.heads))]
        rows = [list(row) for row in block.rows]
        return {"kind": "grid", "heads": list(block.heads), "rows": rows, "align": align, "widths": list(block.shares)}
    name = f"chart-{position}.svg"
    (root / name).write_text(to_svg(block.spec), encoding="utf-8")
    return {"kind": "picture", "file": name, "words": block.words}
