"""Work longer than a moment: what it is at, for how long, a button that stops it, one sentence when it fails."""

from __future__ import annotations

import logging
from typing import Any

import streamlit as st

from assistant.jobs import Job
from ui import state
from ui.words import words
from vocabulary.errors import UserError, trail
from vocabulary.estimate import Unit
from vocabulary.formats import number
from vocabulary.language import Language, Text

_LOG = logging.getLogger("noces.ui")
_STAGES: dict[str, Text] = {
    "writing": Text("Préparation de l’exemple", "Preparing the example"),
    "reading": Text("Lecture des fichiers", "Reading the files"),
    "loading": Text("Mise en tables", "Loading the tables"),
    "understanding": Text("Compréhension des colonnes", "Understanding the columns"),
    "reducing": Text("Reconstitution de chaque client", "Rebuilding each customer"),
    "publishing": Text("Enregistrement", "Saving"),
}


def show(name: str, language: Language, titles: dict[str, Text] | None = None, *, waiting: Text | None = None) -> bool:
    """Show the job called `name` while it runs, without blocking the page; True when there is one under way.

    Args:
        name: of the job.
        language: of the words.
        titles: what to call its stages, beside those of an import.
        waiting: what is said of a job that tells no stage.
    """
    job = state.job(name)
    if job is None:
        return False
    if job.done:  # it ended while the page above was being drawn: nothing would poll it, the page would wait for ever
        if st.session_state.get("drawn-again-for") != id(job):
            st.session_state["drawn-again-for"] = id(job)
            st.rerun()
        return False
    # Often for an answer, which may come at once; every second for what takes a minute, and needs the processor itself.
    st.fragment(_poll, run_every=0.4 if waiting else 1.0)(name, language, {**_STAGES, **(titles or {})}, waiting)
    return True


def _poll(name: str, language: Language, titles: dict[str, Text], waiting: Text | None) -> None:
    job = state.job(name)
    if job is None or job.done:
        st.rerun()
        return
    stage = titles.get(job.progress.stage)
    label = stage.in_(language) if stage else waiting.in_(language) if waiting else words("working", language)
    elapsed = words("seconds", language, seconds=number(int(job.elapsed), Unit.COUNT, language))
    with st.container(horizontal=True, vertical_alignment="center", key=f"row-work-{name}"):
        if waiting is None:
            st.progress(min(1.0, max(0.02, job.progress.share)), text=f"{label} · {elapsed}")
        else:
            st.caption(f":material/progress_activity: {label} · {elapsed}", width="content")
        if st.button(words("stop", language), key=f"stop-{name}", icon=":material/stop_circle:", type="tertiary"):
            job.cancel()
            state.set_job(name, None)
            state.desk().notes[f"stopped-{name}"] = True
            st.rerun(scope="app")


def running(name: str) -> bool:
    """Whether that work is under way."""
    job = state.job(name)
    return job is not None and not job.done


def stopped(name: str) -> bool:
    """Whether the manager stopped that work, and did not start it again."""
    return bool(state.desk().notes.get(f"stopped-{name}"))


def begin(name: str, job: Job[Any]) -> None:
    """Keep a job that was just started; an earlier stop is forgotten."""
    state.desk().notes.pop(f"stopped-{name}", None)
    state.set_job(name, job)


def take(name: str, language: Language) -> tuple[bool, Any]:
    """The result of an ended job, once: (True, result); a failure is told in one sentence and gives (False, None)."""
    job = state.take_job(name)
    if job is None:
        return False, None
    if job.error is None:
        return True, job.result
    state.desk().notes[f"stopped-{name}"] = True
    if isinstance(job.error, UserError):
        st.error(job.error.sentence.render(language, markdown=True), icon=":material/error:")
    else:
        _LOG.error("unexpected failure in %s: %s", name, trail(job.error))
        st.error(words("unexpected", language), icon=":material/error:")
    return False, None
