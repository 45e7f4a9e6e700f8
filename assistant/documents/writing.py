"""Writing a document to a file: whole under a work name, then renamed, so that nobody reads half of it."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from assistant.documents.blocks import Document
from assistant.documents.markdown import to_markdown


def document_bytes(document: Document, suffix: str) -> bytes:
    """The document as .md, .docx or .pdf; ValueError for another suffix."""
    if suffix == ".md":
        return to_markdown(document).encode("utf-8")
    if suffix == ".docx":
        from assistant.documents.word import to_word  # heavy: loaded when asked for

        return to_word(document)
    if suffix == ".pdf":
        from assistant.documents.pdf import to_pdf  # heavy: loaded when asked for

        return to_pdf(document)
    raise ValueError(f"no document is written as {suffix}")


def write_whole(path: Path, data: bytes) -> None:
    """Write bytes under a work name, flush them to disk, rename."""
    work = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
    with work.open("wb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())
    os.replace(work, path)
