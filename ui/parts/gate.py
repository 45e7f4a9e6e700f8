"""What a page says before there is any data: the way to it, never a dead end."""

from __future__ import annotations

import streamlit as st

from assistant.session import Session
from ui.words import words
from vocabulary.language import Language


def need_data(session: Session, language: Language) -> bool:
    """True when there is data; else say where to begin."""
    if session.ready:
        return True
    st.info(words("no_data", language), icon=":material/arrow_forward:")
    if st.button(words("go_data", language), type="primary"):
        st.switch_page(st.session_state["pages"]["data"])
    return False
