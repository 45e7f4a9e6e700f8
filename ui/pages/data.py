"""Data: files in, what was understood of them, what to correct, what is wrong, what cannot be told yet."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

import streamlit as st

from analytics.datamodel.model import Corrections
from analytics.files import read_sources
from assistant import jobs
from assistant.memory import carried
from assistant.sample import write_sample
from assistant.session import Session
from ui import state
from ui.parts import work
from ui.parts.understood import go_on, show_understood
from ui.words import words
from vocabulary.errors import FileProblem
from vocabulary.language import Language

_TYPES = ["csv", "tsv", "txt", "xlsx", "json"]


def draw() -> None:
    """Draw the page."""
    language, session = state.language(), state.session()
    title, forward = st.columns([3, 1], vertical_alignment="center")
    title.title(words("your_data", language), anchor=False)
    if not session.ready and state.job("load") is None and os.environ.get("NOCES_OPEN_SAMPLE") and not st.session_state.get("opened"):
        st.session_state["opened"] = True
        _start_sample(language)
    if work.show("load", language):
        return
    if session.ready:
        with forward:
            go_on(language, "top")
        _present(session, language)
    else:
        _ways_in(language)
        _what_to_bring(language)


def _what_to_bring(language: Language) -> None:
    """What is enough, what is better: so that nobody wonders whether their files will do."""
    with st.grid(columns=3, min_column_width=250, gap="medium"):
        for key in ("enough", "better", "best"):
            with st.container(border=True, height="stretch", key=f"quiet-bring-{key}"):
                st.markdown(f"**{words(f'{key}_title', language)}**  \n{words(key, language)}")


def _present(session: Session, language: Language) -> None:
    """Data are there: what was understood comes first, other files and erasing last."""
    show_understood(session, language)
    st.divider()
    with st.expander(words("change_files", language), icon=":material/upload_file:"):
        _ways_in(language)
    with st.popover(words("erase", language), icon=":material/delete:", type="tertiary"):
        if st.button(words("erase_sure", language), type="primary"):
            state.forget()
            st.rerun()


def _ways_in(language: Language) -> None:
    left, right = st.columns([5, 3], gap="medium")
    with left:
        _uploader(language)
    with right, st.container(border=True, height="stretch", key="card-sample"):
        st.markdown(f"**{words('no_file', language)}**")
        st.markdown(words("sample_retail", language))
        if st.button(words("try_sample", language), icon=":material/play_circle:", width="stretch"):
            _start_sample(language)
            st.rerun()


def _uploader(language: Language) -> None:
    st.markdown(words("data_intro", language))
    turn = st.session_state.setdefault("upload-turn", 0)
    files = st.file_uploader(
        words("upload", language), type=_TYPES, accept_multiple_files=True, key=f"upload-{turn}", label_visibility="collapsed",
    )  # fmt: skip
    st.caption(f":material/lock: {words('privacy', language)}")
    if files and st.button(words("read_files", language), type="primary", icon=":material/table_view:"):
        folder = state.upload_folder()
        names: dict[Path, str] = {}
        for position, file in enumerate(files):
            path = folder / f"file-{position}{Path(file.name).suffix.lower()[:8]}"
            with path.open("wb") as handle:
                shutil.copyfileobj(file, handle)
            names[path] = file.name
        st.session_state["upload-turn"] = turn + 1  # drops the uploads from memory
        _start(folder, names)
        st.rerun()


def _start_sample(language: Language) -> None:
    folder = state.upload_folder()

    def load(job: jobs.Job[None]) -> None:
        job.say("writing", 0.0)
        names = {path: path.name for path in write_sample(folder, kind="retail", language=language)}
        _import(job, desk, folder, names)

    desk = state.desk()
    work.begin("load", jobs.start(load))


def _start(folder: Path, names: dict[Path, str]) -> None:
    desk = state.desk()
    work.begin("load", jobs.start(lambda job: _import(job, desk, folder, names)))


def _carried(desk: state.Desk, names: dict[Path, str]) -> Corrections | None:
    """What the manager corrected of the present files, as far as it holds for the next ones."""
    session = desk.session
    if not session.ready or session.corrections == Corrections():
        return None
    return carried(session.corrections, session.study.model.tables, _headers(names))


def _headers(names: dict[Path, str]) -> dict[str, tuple[str, ...]]:
    """The columns of each file, by the name it is shown under; a file that is no table has none."""
    found: dict[str, tuple[str, ...]] = {}
    with tempfile.TemporaryDirectory(prefix="noces-headers-") as scratch:
        for path, name in names.items():
            with suppress(FileProblem):
                found |= {source.name: source.header for source in read_sources(path, name=name, scratch=Path(scratch))}
    return found


def _import(job: jobs.Job[None], desk: state.Desk, folder: Path, names: dict[Path, str]) -> None:
    """Read the files in a process of its own; the copies of the uploads are removed whatever happens."""
    try:
        corrections = _carried(desk, names)
        desk.session.load(
            list(names), names=names, corrections=corrections, progress=job.say, cancelled=lambda: job.cancelled, apart=True
        )
        desk.jobs.pop("diagnosis", None)
        desk.notes.clear()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
