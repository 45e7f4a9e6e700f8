"""What stays on the machine, for how long, and what erasing takes away."""

from __future__ import annotations

import os
import re
import secrets
import time
from pathlib import Path

from ui import state
from ui.words import PAGES, WORDS

_MONTH = 30.5 * 86_400


def test_the_sweep_keeps_what_was_visited_within_thirteen_months(tmp_path, monkeypatch):
    """Removed: a workspace idle for fourteen months, an empty one of two days. Kept: twelve months, and what is not ours."""
    monkeypatch.setenv("NOCES_HOME", str(tmp_path))

    def folder(idle, *, data, name=None):
        made = tmp_path / (name or secrets.token_hex(16))
        made.mkdir()
        if data:
            (made / "current").write_text("data-0.duckdb")
            os.utime(made / "current", (time.time() - idle,) * 2)
        os.utime(made, (time.time() - idle,) * 2)
        return made

    old, kept = folder(14 * _MONTH, data=True), folder(12 * _MONTH, data=True)
    empty, fresh = folder(2 * 86_400, data=False), folder(3600, data=False)
    foreign = folder(20 * _MONTH, data=True, name="holiday-pictures")
    state.sweep()
    assert [path.exists() for path in (old, kept, empty, fresh, foreign)] == [False, True, False, True, True]


def test_erasing_leaves_nothing(show, workspaces, tmp_path):
    """The folder is gone, and the tab starts afresh under another id."""
    view = show("data", workspaces["plain"])
    next(button for button in view.button if button.label == "Oui, effacer données, conversation et plan").click().run()
    assert not view.exception
    assert not (tmp_path / workspaces["plain"]).exists()
    assert view.session_state["desk"].identity != workspaces["plain"]


def test_the_interface_words_hold_no_digit_and_follow_each_language():
    """Numbers enter by placeholders only; French keeps a space before : ; ? and !, English never has one."""
    for key, text in (WORDS | PAGES).items():
        assert not re.search(r"\d", text.fr + text.en), key
        assert not re.search(r"\w[:;?!](\s|$)", text.fr), key
        assert not re.search(r"\s[:;?!]", text.en), key
        assert set(re.findall(r"{\w+}", text.fr)) == set(re.findall(r"{\w+}", text.en)), key


def test_raw_html_stands_in_one_file_only():
    """T7: `st.html` in shell.py alone, `unsafe_allow_html` nowhere, and no cache shared between sessions."""
    sources = {path: path.read_text(encoding="utf-8") for path in Path(state.__file__).parent.rglob("*.py")}
    assert [path.name for path, text in sources.items() if "st.html(" in text] == ["shell.py"]
    assert not [path for path, text in sources.items() if re.search(r"unsafe_allow_html|cache_data|cache_resource", text)]
