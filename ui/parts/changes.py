"""Since the last diagnosis: what moved, and whether its list of exposed customers was right."""

from __future__ import annotations

import streamlit as st

from assistant.memory import since
from assistant.session import Session
from ui.words import words
from vocabulary.finding import Finding
from vocabulary.formats import day
from vocabulary.language import Language


def show_since(session: Session, language: Language) -> None:
    """Draw the few sentences; nothing for a first upload, or for files about others."""
    memory = session.memory
    if memory is None:
        return
    now = session.runner.run("lost_definition")
    said = since(memory, session.study, [now] if isinstance(now, Finding) else [])
    if not said:
        return
    currency = session.study.model.currency
    with st.container(border=True, key="quiet-since"):
        st.markdown(f":material/history: **{words('since', language, day=day(memory.as_of, language))}**")
        st.markdown("\n".join(f"- {sentence.render(language, currency, markdown=True)}" for sentence in said))
