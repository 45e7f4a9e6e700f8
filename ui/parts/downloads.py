"""Download buttons: written when asked for, under a name that no other bytes ever had."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import streamlit as st

from ui import state
from ui.words import words
from vocabulary.language import Language

FORMATS = (
    ("word", ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ":material/description:"),
    ("pdf", ".pdf", "application/pdf", ":material/picture_as_pdf:"),
    ("excel", ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ":material/table_view:"),
    ("markdown", ".md", "text/markdown", ":material/notes:"),
)


def format_buttons(base: str, content: str, write: Callable[[str], bytes], language: Language) -> None:
    """Draw one button a format.

    Args:
        base: start of the file's name, `noces-plan`.
        content: all that the bytes depend on, as words: it is hashed into the name.
        write: gives the bytes for a suffix; called in another thread, so bound to values and not to the session state.
        language: of the labels.
    """
    for name, suffix, mime, icon in FORMATS:
        st.download_button(
            words(name, language), _bound(write, suffix), file_name=file_name(base, content, suffix, language), mime=mime,
            key=f"{base}-{name}", width="stretch", on_click="ignore", icon=icon,
        )  # fmt: skip


def file_name(base: str, content: str, suffix: str, language: Language) -> str:
    """Never the same name for other bytes, nor for another workspace: an earlier copy must not be served for this one."""
    path = state.session().workspace.data_path
    seed = "\n".join((state.desk().identity, path.name if path else "", language, content))
    return f"{base}-{hashlib.sha256(seed.encode()).hexdigest()[:12]}{suffix}"


def _bound(write: Callable[[str], bytes], suffix: str) -> Callable[[], bytes]:
    return lambda: write(suffix)
