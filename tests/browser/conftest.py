"""A real server on a free port, with a home of its own, and a real browser in front of it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SHOTS = ROOT / "artifacts" / "screenshots"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PATIENCE = 240_000  # milliseconds: a diagnosis on a machine that does other things too


@pytest.fixture(scope="session")
def chromium():
    found = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no Chromium on this machine: install Debian's `chromium` to run the browser tests")
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """(address, log file); stopped at the end by its own process id."""
    home = tmp_path_factory.mktemp("server")
    log = home / "server.log"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "assistant.cli", "app", "--port", str(port)],
            cwd=ROOT, stdout=output, stderr=subprocess.STDOUT,
            # One thread a model: on a shared machine, threads that wait for each other are slower than none.
            env={"OMP_NUM_THREADS": "1", **os.environ, "NOCES_HOME": str(home / "workspaces")},
        )  # fmt: skip
    limit = time.monotonic() + 120
    while not _answers(address):
        assert process.poll() is None and time.monotonic() < limit, log.read_text(encoding="utf-8")
        time.sleep(0.3)
    yield address, log
    process.terminate()
    process.wait(30)


def _answers(address):
    try:
        with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as reply:
            return reply.status == 200
    except (urllib.error.URLError, OSError):
        return False


@pytest.fixture
def open_tab(chromium, server):
    """Open tabs; at the end, none of them showed a failure nor asked anything of another machine."""
    address, log = server
    contexts, asked = [], []

    def opened(path="", *, language="fr", width=1280, theme="light", workspace=None):
        locale = "fr-FR" if language == "fr" else "en-GB"
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, locale=locale, color_scheme=theme, accept_downloads=True
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{address}/{path}?lang={language}" + (f"&w={workspace}" if workspace else ""))
        page.get_by_role("heading", level=1).or_(page.get_by_test_id("stChatInput")).first.wait_for()
        return page

    yield opened
    shown = [page.get_by_test_id("stException").count() for context in contexts for page in context.pages]
    for context in contexts:
        context.close()
    assert not any(shown)
    assert "Traceback" not in log.read_text(encoding="utf-8")
    assert not [url for url in asked if not url.startswith((address, "data:", "blob:"))]


def keep(page, name):
    """Keep a picture of the page under `artifacts/`, for people to look at."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.wait_for_function("!document.querySelector('[data-testid=stSkeleton]')")
    page.wait_for_timeout(600)
    page.screenshot(path=SHOTS / f"{name}.png")
