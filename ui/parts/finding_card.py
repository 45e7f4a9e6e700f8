"""A finding on the diagnosis page: its question, its headline, its chart, and what one can do with it."""

from __future__ import annotations

import streamlit as st

from analytics.analysis import Analysis
from ui import state
from ui.parts.chart import show_chart
from ui.parts.evidence import open_drawer
from ui.words import words
from vocabulary.finding import Finding
from vocabulary.language import Language


def show_finding(finding: Finding, analysis: Analysis, language: Language) -> None:
    """Draw the card."""
    session = state.session()
    currency = session.study.model.currency
    with st.container(border=True, height="stretch"):
        st.markdown(f"### {analysis.title.in_(language)}")
        st.markdown(finding.claim.render(language, currency, markdown=True))
        show_chart(finding, language, currency, key=f"chart-{finding.id}")
        for fact in finding.facts[:2]:
            st.markdown("- " + fact.render(language, currency, markdown=True))
        with st.container(horizontal=True, gap="small"):
            if st.button(words("evidence", language), key=f"evidence-{finding.id}", icon=":material/fact_check:", type="tertiary"):
                open_drawer(finding)
            pinned = any(pin.id == finding.id for pin in session.state.pins)
            if st.button(words("pin", language), key=f"pin-{finding.id}", icon=":material/keep:", type="tertiary", disabled=pinned):
                session.state.pins.append(finding)
                session.save()
                st.rerun()
            if st.button(words("talk", language), key=f"talk-{finding.id}", icon=":material/forum:", type="tertiary"):
                st.session_state["asked"] = analysis.examples[language][0]
                st.switch_page(st.session_state["pages"]["conversation"])
