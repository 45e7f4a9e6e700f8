"""Work longer than a moment: a bar that moves, a button that stops it, one sentence when it fails."""

from __future__ import annotations

import logging
from typing import Any

import streamlit as st

from assistant.jobs import Job
from ui import state
from ui.words import words
from vocabulary.errors import UserError, trail
from vocabulary.language import Language, Text

_LOG = logging.getLogger("noces.ui")
_STAGES: dict[str, Text] = {
    "reading": Text("Lecture des fichiers", "Reading the files"),
    "loading": Text("Mise en tables", "Loading the tables"),
    "understanding": Text("Compréhension des colonnes", "Understanding the columns"),
    "reducing": Text("Reconstitution de chaque client", "Rebuilding each customer"),
    "publishing": Text("Enregistrement", "Saving"),
}


def show(name: str, language: Language, titles: dict[str, Text] | None = None) -> bool:
    """Show the job called `name` while it runs, without blocking the page; True when there is one under way."""
    job = state.job(name)
    if job is None:
        return False
    if job.done:
        return False
    _poll(name, language, {**_STAGES, **(titles or {})})
    return True


@st.fragment(run_every=0.3)
def _poll(name: str, language: Language, titles: dict[str, Text]) -> None:
    job = state.job(name)
    if job is None or job.done:
        st.rerun()
    stage = titles.get(job.progress.stage)
    label = stage.in_(language) if stage else words("working", language)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.progress(min(1.0, max(0.0, job.progress.share)), text=label)
        if st.button(words("stop", language), key=f"stop-{name}", icon=":material/stop_circle:"):
            job.cancel()
            state.set_job(name, None)
            st.rerun(scope="app")


def take(name: str, language: Language) -> tuple[bool, Any]:
    """The result of an ended job, once: (True, result); a failure is told in one sentence and gives (False, None)."""
    job: Job[Any] | None = state.job(name)
    if job is None or not job.done:
        return False, None
    state.set_job(name, None)
    if job.error is None:
        return True, job.result
    if isinstance(job.error, UserError):
        st.error(job.error.in_(language), icon=":material/error:")
    else:
        _LOG.error("unexpected failure in %s: %s", name, trail(job.error))
        st.error(words("unexpected", language), icon=":material/error:")
    return False, None
