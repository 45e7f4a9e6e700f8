"""The findings a manager pinned, in the side panel of every page."""

from __future__ import annotations

import streamlit as st

from assistant.session import Session
from ui.parts.evidence import open_drawer
from ui.words import words
from vocabulary.finding import Finding
from vocabulary.language import Language


def show(session: Session, language: Language) -> None:
    """Draw the pins; no panel at all while there are none."""
    if not session.ready or not session.state.pins:
        return
    currency = session.study.model.currency
    with st.sidebar:
        st.markdown(f"**{words('pinned', language)}**")
        for position, pin in enumerate(session.state.pins):
            with st.container(border=True, key=f"quiet-pinned-{position}"):
                st.markdown(pin.claim.render(language, currency, markdown=True))
                with st.container(horizontal=True, key=f"row-pinned-{position}"):
                    if st.button(words("evidence", language), key=f"see-{position}-{pin.id}", type="tertiary"):
                        open_drawer(pin)
                    if st.button(words("unpin", language), key=f"unpin-{position}-{pin.id}", type="tertiary"):
                        session.state.pins.pop(position)
                        session.save()
                        st.rerun()


def pin_button(finding: Finding, session: Session, language: Language, *, key: str) -> None:
    """Draw the button that pins a finding; pressed again, it takes the pin away."""
    pinned = any(pin.id == finding.id for pin in session.state.pins)
    label, icon = ("is_pinned", ":material/keep_off:") if pinned else ("pin", ":material/keep:")
    if st.button(words(label, language), key=key, icon=icon, type="tertiary"):
        kept = [pin for pin in session.state.pins if pin.id != finding.id]
        session.state.pins = kept if pinned else [*kept, finding]
        session.save()
        st.rerun()
