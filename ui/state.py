"""What a browser tab holds: its session (found again by the address), its language, the work under way.

The workspace's id, 128 random bits, stands in the address. Whoever opens that address, after a refresh or in a second
tab, works on the same `Session` object: the data file is opened once, and no tab writes over what another one decided.
"""

from __future__ import annotations

import os
import re
import secrets
import tempfile
import threading
import time
import weakref
from pathlib import Path
from typing import Any, cast

import streamlit as st

from analytics.workspace import Workspace
from assistant.jobs import Job
from assistant.session import Session
from vocabulary.language import Language

_WORKSPACE_ID = re.compile(r"^[0-9a-f]{32}$")
_KEPT_SECONDS = 13 * 30.5 * 86_400  # announced on the data page
_EMPTY_SECONDS = 86_400


class Desk:
    """One workspace at work in this process: its session, and the jobs under way on it, by name."""

    def __init__(self, identity: str) -> None:
        """Open the workspace of that id."""
        self.identity = identity
        self.session = Session(Workspace(home() / identity))
        self.jobs: dict[str, Job[Any]] = {}
        self.notes: dict[str, Any] = {}  # what a tab must find again after a refresh: the question under way, a stop
        self.lock = threading.RLock()
        weakref.finalize(self, self.session.close)


# Alive as long as a tab holds it (a tab that was closed is kept by the framework for two minutes): never customer data of
# another workspace, since nobody gets a desk without its id.
_DESKS: weakref.WeakValueDictionary[str, Desk] = weakref.WeakValueDictionary()
_OPENING = threading.Lock()


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


def desk() -> Desk:
    """The tab's desk; one named in the address is reopened, else a fresh one is made and named there."""
    found = st.session_state.get("desk")
    if found is None:
        identity = st.query_params.get("w", "")
        if not _WORKSPACE_ID.match(identity):
            identity = secrets.token_hex(16)
        found = st.session_state["desk"] = _open(identity)
    st.query_params["w"] = found.identity
    st.query_params["lang"] = language()
    return cast(Desk, found)


def session() -> Session:
    """The tab's session."""
    found = desk().session
    found.state.language = language()
    return found


def forget() -> None:
    """Stop what is under way, erase the workspace and start afresh."""
    current = desk()
    for work in current.jobs.values():
        work.cancel()
    current.session.close()
    current.session.workspace.delete()
    with _OPENING:
        _DESKS.pop(current.identity, None)
    for key in list(st.session_state.keys()):
        if key != "language":
            del st.session_state[key]
    del st.query_params["w"]


def upload_folder() -> Path:
    """A private folder under our own name, where uploads are put down to be read."""
    return Path(tempfile.mkdtemp(prefix="noces-upload-"))


def job(name: str) -> Job[Any] | None:
    """The piece of work under way, or just ended, of that name."""
    return desk().jobs.get(name)


def set_job(name: str, work: Job[Any] | None) -> None:
    """Keep, or drop, a piece of work."""
    if work is None:
        desk().jobs.pop(name, None)
    else:
        desk().jobs[name] = work


def take_job(name: str) -> Job[Any] | None:
    """The ended piece of work of that name, handed out once, whatever the number of tabs; None while it runs."""
    current = desk()
    with current.lock:
        work = current.jobs.get(name)
        return current.jobs.pop(name) if work is not None and work.done else None


def sweep() -> None:
    """Remove the workspaces nobody opened for thirteen months, and those that never held anything."""
    if not home().is_dir():
        return
    now = time.time()
    for folder in home().iterdir():
        if not _WORKSPACE_ID.match(folder.name) or not folder.is_dir():
            continue
        idle = now - max((path.stat().st_mtime for path in (folder, *folder.iterdir())), default=now)
        empty = not (folder / "current").exists()
        if idle > (_EMPTY_SECONDS if empty else _KEPT_SECONDS):
            Workspace(folder).delete()


def _open(identity: str) -> Desk:
    with _OPENING:
        found = _DESKS.get(identity)
        if found is None:
            if not _DESKS:
                sweep()
            found = _DESKS[identity] = Desk(identity)
            (home() / identity).touch()
        return found
