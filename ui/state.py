"""What a browser tab holds: its session (found again by the address), its language, the work under way."""

from __future__ import annotations

import os
import re
import secrets
import tempfile
from pathlib import Path
from typing import Any, cast

import streamlit as st

from analytics.workspace import Workspace
from assistant.jobs import Job
from assistant.session import Session
from vocabulary.language import Language

_WORKSPACE_ID = re.compile(r"^[0-9a-f]{32}$")


def home() -> Path:
    """The folder of all workspaces: `NOCES_HOME`, else `.noces` in the user's own folder."""
    return Path(os.environ.get("NOCES_HOME") or Path.home() / ".noces")


def language() -> Language:
    """The tab's language: chosen, in the address, or the browser's."""
    chosen = st.session_state.get("language") or st.query_params.get("lang")
    if chosen not in ("fr", "en"):
        chosen = "fr" if (st.context.locale or "fr").lower().startswith("fr") else "en"
    st.session_state["language"] = chosen
    return cast(Language, chosen)


def session() -> Session:
    """The tab's session; one named in the address is reopened, else a fresh one is made and named there."""
    if "session" not in st.session_state:
        identity = st.query_params.get("w", "")
        if not _WORKSPACE_ID.match(identity):
            identity = secrets.token_hex(16)
        opened = Session(Workspace(home() / identity))
        st.session_state["session"], st.session_state["workspace_id"] = opened, identity
    found: Session = st.session_state["session"]
    found.state.language = language()
    st.query_params["w"] = st.session_state["workspace_id"]
    st.query_params["lang"] = language()
    return found


def forget() -> None:
    """Erase the workspace and start afresh."""
    current = session()
    current.close()
    current.workspace.delete()
    for key in list(st.session_state.keys()):
        if key != "language":
            del st.session_state[key]
    del st.query_params["w"]


def upload_folder() -> Path:
    """A private folder under our own name, where uploads are put down to be read."""
    return Path(tempfile.mkdtemp(prefix="noces-upload-"))


def job(name: str) -> Job[Any] | None:
    """The piece of work under way, or just ended, of that name."""
    return cast("Job[Any] | None", st.session_state.get(f"job-{name}"))


def set_job(name: str, work: Job[Any] | None) -> None:
    """Keep, or drop, a piece of work."""
    if work is None:
        st.session_state.pop(f"job-{name}", None)
    else:
        st.session_state[f"job-{name}"] = work
