"""A document as Markdown."""

from __future__ import annotations

from assistant.documents.blocks import Block, Bullets, Document, Grid, Heading, Paragraph, Picture
from vocabulary.sentence import escape_markdown


def to_markdown(document: Document) -> str:
    """Write the document as Markdown; words of the files are made inert."""
    return "\n\n".join((f"# {escape_markdown(document.title)}", *(_block(block) for block in document.blocks))) + "\n"


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return "#" * block.level + " " + escape_markdown(block.words)
    if isinstance(block, Bullets):
        return "\n".join(f"- {escape_markdown(item)}" for item in block.items)
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
