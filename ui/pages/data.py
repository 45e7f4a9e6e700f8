"""Data: files in, what was understood of them, what to correct, what is wrong, what cannot be told yet."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import streamlit as st

from assistant import jobs
from assistant.sample import write_sample
from assistant.session import Session
from ui import state
from ui.parts import work
from ui.parts.understood import show_understood
from ui.words import words
from vocabulary.language import Language

_TYPES = ["csv", "tsv", "txt", "xlsx"]


def draw() -> None:
    """Draw the page."""
    language, session = state.language(), state.session()
    st.title(words("your_data", language))
    work.take("load", language)
    if not session.ready and state.job("load") is None and os.environ.get("NOCES_OPEN_SAMPLE") and not st.session_state.get("opened"):
        st.session_state["opened"] = True
        _start_sample(session, language)
    left, right = st.columns([5, 3], gap="medium")
    with left:
        _uploader(session, language)
    with right, st.container(border=True, height="stretch"):
        st.markdown(f"**{words('no_file', language)}**")
        st.caption(words("sample_retail", language))
        if st.button(words("try_sample", language), icon=":material/play_circle:", width="stretch", disabled=state.job("load") is not None):
            _start_sample(session, language)
            st.rerun()
    if work.show("load", language):
        return
    if session.ready:
        show_understood(session, language)
        _erase(language)


def _uploader(session: Session, language: Language) -> None:
    st.markdown(words("data_intro", language))
    turn = st.session_state.setdefault("upload-turn", 0)
    files = st.file_uploader(
        words("upload", language), type=_TYPES, accept_multiple_files=True, key=f"upload-{turn}", label_visibility="collapsed",
    )  # fmt: skip
    st.caption(f":material/lock: {words('privacy', language)} {words('limit', language)}")
    if files and st.button(words("read_files", language), type="primary", icon=":material/table_view:"):
        folder = state.upload_folder()
        names: dict[Path, str] = {}
        for position, file in enumerate(files):
            path = folder / f"file-{position}{Path(file.name).suffix.lower()[:8]}"
            with path.open("wb") as handle:
                shutil.copyfileobj(file, handle)
            names[path] = file.name
        st.session_state["upload-turn"] = turn + 1  # drops the uploads from memory
        _start(session, names, folder)
        st.rerun()


def _start_sample(session: Session, language: Language) -> None:
    folder = state.upload_folder()
    _start(session, {path: path.name for path in write_sample(folder, kind="retail", language=language)}, folder)


def _start(session: Session, names: dict[Path, str], folder: Path) -> None:
    def load(job: jobs.Job[None]) -> None:
        try:
            session.load(list(names), names=names, progress=job.say, cancelled=lambda: job.cancelled, apart=True)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    st.session_state.pop("diagnosis-stopped", None)
    state.set_job("load", jobs.start(load))


def _erase(language: Language) -> None:
    with st.popover(words("erase", language), icon=":material/delete:", type="tertiary"):
        if st.button(words("erase_sure", language), type="primary"):
            state.forget()
            st.rerun()
