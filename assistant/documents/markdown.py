"""A document as Markdown."""

from __future__ import annotations

from assistant.documents.blocks import Block, Bullets, Document, Fields, Grid, Heading, Paragraph, Picture
from assistant.documents.typography import spaced_document
from vocabulary.language import Language
from vocabulary.sentence import escape_markdown


def to_markdown(document: Document) -> str:
    """Write the document as Markdown; words of the files are made inert."""
    document = spaced_document(document)
    return "\n\n".join((f"# {escape_markdown(document.title)}", *(_block(block, document.language) for block in document.blocks))) + "\n"


def _block(block: Block, language: Language) -> str:
    if isinstance(block, Heading):
        return "#" * block.level + " " + escape_markdown(block.words)
    if isinstance(block, Bullets):
        return "\n".join(f"- {escape_markdown(item)}" for item in block.items)
    if isinstance(block, Fields):
        colon = "\u00a0: " if language == "fr" else ": "
        return "\n".join(f"- **{escape_markdown(label)}**{colon}{escape_markdown(words)}" for label, words in block.items)
    if isinstance(block, Grid):
        marks = ["---:" if position in block.numbers else "---" for position in range(len(block.heads))]
        lines = [block.heads, tuple(marks), *block.rows]
        return "\n".join(
            "| " + " | ".join(cell if line is lines[1] else escape_markdown(cell) for cell in line) + " |" for line in lines
        )
    if isinstance(block, Picture):
        return f"*{escape_markdown(block.words)}*"
    if isinstance(block, Paragraph) and block.strong:
        return f"**{escape_markdown(block.words)}**"
    return escape_markdown(block.words)
