"""Sets up a page view: language, navigation, shell."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ui import state
from ui.pages import conversation, data, diagnosis, plan
from ui.parts import shell
from ui.words import PAGES

_ICON = Path(__file__).with_name("icon.png")


def main() -> None:
    """Draw the page asked for."""
    st.set_page_config(page_title="Noces", page_icon=str(_ICON), layout="wide")
    language = state.language()
    session = state.session()
    count = len(session.state.plan.actions)
    plan_title = PAGES["plan"].in_(language) + (f" ({count})" if count else "")
    pages = {
        "data": st.Page(data.draw, title=PAGES["data"].in_(language), icon=":material/note_add:", url_path="data", default=True),
        "diagnosis": st.Page(diagnosis.draw, title=PAGES["diagnosis"].in_(language), icon=":material/monitor_heart:", url_path="diagnosis"),
        "conversation": st.Page(conversation.draw, title=PAGES["conversation"].in_(language), icon=":material/forum:", url_path="conversation"),
        "plan": st.Page(plan.draw, title=plan_title, icon=":material/checklist:", url_path="plan"),
    }
    st.session_state["pages"] = pages
    current = st.navigation(list(pages.values()), position="top")
    shell.frame(language)
    current.run()
