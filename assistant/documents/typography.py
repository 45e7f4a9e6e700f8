"""The spaces of a document, as its language asks (`vocabulary/typography.py`)."""

from __future__ import annotations

from dataclasses import replace

from assistant.documents.blocks import Block, Bullets, Document, Fields, Grid, Heading, Paragraph, Picture
from vocabulary.language import Language
from vocabulary.typography import spaced


def spaced_document(document: Document) -> Document:
    """The same document, its spaces as its language asks."""
    language = document.language
    return replace(document, title=spaced(document.title, language), blocks=tuple(_block(b, language) for b in document.blocks))


def _block(block: Block, language: Language) -> Block:
    if isinstance(block, Heading | Paragraph | Picture):
        return replace(block, words=spaced(block.words, language))
    if isinstance(block, Bullets):
        return replace(block, items=tuple(spaced(item, language) for item in block.items))
    if isinstance(block, Fields):
        return replace(block, items=tuple((label, spaced(words, language)) for label, words in block.items))
    assert isinstance(block, Grid)
    rows = tuple(tuple(spaced(cell, language) for cell in row) for row in block.rows)
    return replace(block, heads=tuple(spaced(head, language) for head in block.heads), rows=rows)
