"""Workspaces for the interface's tests: loaded and diagnosed once, opened by each test through the address, as a tab does."""

from __future__ import annotations

import secrets
import shutil
import time

import pytest
from streamlit.testing.v1 import AppTest

from analytics.workspace import Workspace
from assistant.session import Session
from tests.app.files import telecom


def _made(home, name, **how):
    identity = secrets.token_hex(16)
    session = Session(Workspace(home / identity))
    session.load([telecom(home / f"{name}.csv", **how)])
    session.diagnosis()
    session.close()
    return identity


@pytest.fixture(scope="session")
def made_home(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    return home, {"plain": _made(home, "clients"), "nasty": _made(home, "nasty", nasty=True, customers=600)}


@pytest.fixture
def workspaces(made_home, tmp_path, monkeypatch):
    """Ids by name, in a home of the test's own, so that no test sees what another one decided."""
    home, made = made_home
    names = {name: secrets.token_hex(16) for name in made}
    for name, identity in made.items():
        shutil.copytree(home / identity, tmp_path / names[name])
    monkeypatch.setenv("NOCES_HOME", str(tmp_path))
    return names


def _draw(page, asked):
    from importlib import import_module

    import streamlit as st

    if asked and "once" not in st.session_state:
        st.session_state["once"] = True
        st.session_state["asked"] = asked
    import_module(f"ui.pages.{page}").draw()


@pytest.fixture
def show():
    """Draw one page of a workspace, in a language; `wait` runs it again until a job of that name has ended."""

    def shown(page, identity=None, *, language="fr", wait=None, asked=None):
        view = AppTest.from_function(_draw, args=(page, asked), default_timeout=120)
        view.query_params["lang"] = language
        if identity:
            view.query_params["w"] = identity
        view.run()
        return until_done(view, wait) if wait else view

    return shown


def until_done(view, name, *, taken=False):
    """Run a page again until the job called `name` has been taken; `taken`: a page alone, which `ui.main` takes it for."""
    limit, jobs = time.monotonic() + 200, view.session_state["desk"].jobs
    if taken:
        assert jobs[name].wait(200)
        assert jobs.pop(name).error is None
        return view.run()
    while name in jobs:
        assert time.monotonic() < limit, f"{name} is still under way"
        time.sleep(0.2)
        view.run()
    return view


def said(view):
    """Every text of the page that Markdown reads."""
    kinds = ("markdown", "caption", "title", "header", "subheader", "error", "info", "warning", "success")
    texts = [element.value for kind in kinds for element in getattr(view, kind)]
    texts += [element.label for kind in ("button", "expander", "selectbox", "text_input") for element in view.get(kind) if element.label]
    return [text for text in texts if text]
