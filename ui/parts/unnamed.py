"""Files in which no column was recognised as the customer: the manager says which one it is, and they are read again."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from analytics.datamodel.model import Corrections
from analytics.datamodel.roles import Role
from analytics.files import read_sources
from ui import state
from ui.words import words
from vocabulary.errors import FileProblem
from vocabulary.language import Language
from vocabulary.sentence import escape_markdown

_FOLDER = "waiting-"  # inside the workspace: erased with it, and swept with it


@dataclass(frozen=True, slots=True)
class Waiting:
    """Uploads put aside, the name each is shown under, and the columns of each."""

    folder: Path
    names: dict[Path, str]
    columns: tuple[tuple[str, str], ...]  # (file, header)


def keep(desk: state.Desk, names: dict[Path, str]) -> Waiting:
    """Put the uploads aside in the workspace, and read their headers."""
    folder = Path(tempfile.mkdtemp(prefix=_FOLDER, dir=desk.session.workspace.folder))
    kept = {Path(shutil.copy(path, folder)): name for path, name in names.items()}
    columns = ((file, header) for file, found in headers(kept).items() for header in found)
    return Waiting(folder, kept, tuple(columns))


def headers(names: dict[Path, str]) -> dict[str, tuple[str, ...]]:
    """The columns of each file, by the name it is shown under; a file that is no table has none."""
    found: dict[str, tuple[str, ...]] = {}
    with tempfile.TemporaryDirectory(prefix="noces-headers-") as scratch:
        for path, name in names.items():
            with suppress(FileProblem):
                found |= {source.name: source.header for source in read_sources(path, name=name, scratch=Path(scratch))}
    return found


def show(language: Language, start: Callable[[Path, dict[Path, str], Corrections], None]) -> None:
    """Draw the choice of the column; nothing when no file is waiting."""
    waiting = state.desk().notes.get("unnamed")
    if not isinstance(waiting, Waiting) or not waiting.columns:
        return
    many = len({file for file, _ in waiting.columns}) > 1
    with st.container(border=True, key="card-unnamed"):
        st.markdown(words("unnamed", language))
        chosen = st.selectbox(
            words("customer_column", language), waiting.columns, index=None, placeholder=words("choose_column", language),
            format_func=lambda one: _said(one, language) if many else escape_markdown(one[1]), key="unnamed-column", width=420,
        )  # fmt: skip
        if st.button(words("read_with", language), type="primary", disabled=chosen is None, key="unnamed-read") and chosen:
            file, header = chosen
            state.desk().notes.pop("unnamed")
            start(waiting.folder, waiting.names, Corrections(columns={file: {header: Role.CUSTOMER_ID}}))
            st.rerun()


def _said(column: tuple[str, str], language: Language) -> str:
    return words("in_file", language, column=escape_markdown(column[1]), file=escape_markdown(column[0]))
