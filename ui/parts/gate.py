"""What a page says before there is any data: the way to it, never a dead end."""

from __future__ import annotations

import streamlit as st

from assistant.session import Session
from ui.parts import work
from ui.words import words
from vocabulary.language import Language


def need_data(session: Session, language: Language) -> bool:
    """True when there is data; else show the loading under way, or say where to begin."""
    if work.show("load", language):
        return False
    if session.ready:
        return True
    st.markdown(words("no_data", language))
    if st.button(words("go_data", language), type="primary", icon=":material/arrow_forward:", icon_position="right"):
        st.switch_page(st.session_state["pages"]["data"])
    return False
