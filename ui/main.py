"""Sets up a page view: language, navigation, shell, pins."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ui import state
from ui.pages import conversation, data, diagnosis, plan
from ui.parts import pins, shell, work
from ui.words import PAGES

_ICON = Path(__file__).with_name("icon.png")


def main() -> None:
    """Draw the page asked for."""
    st.set_page_config(page_title="Noces", page_icon=str(_ICON), layout="wide", initial_sidebar_state="auto")
    language = state.language()
    session = state.session()
    count = len(session.state.plan.actions)
    plan_title = PAGES["plan"].in_(language) + (f" ({count})" if count else "")
    drawn = (
        ("data", data.draw, PAGES["data"].in_(language), ":material/note_add:"),
        ("diagnosis", diagnosis.draw, PAGES["diagnosis"].in_(language), ":material/monitor_heart:"),
        ("conversation", conversation.draw, PAGES["conversation"].in_(language), ":material/forum:"),
        ("plan", plan.draw, plan_title, ":material/checklist:"),
    )
    pages = {
        name: st.Page(draw, title=title, icon=icon, url_path=name, default=name == "data") for name, draw, title, icon in drawn
    }
    st.session_state["pages"] = pages
    current = st.navigation(list(pages.values()), position="top")
    shell.frame(language)
    shell.phone_pages(list(pages.values()))
    work.take("load", language)
    pins.show(session, language)
    current.run()
