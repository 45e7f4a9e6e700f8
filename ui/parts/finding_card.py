"""A finding on the diagnosis page: its question, its headline, its chart, its doubt, and what one can do with it."""

from __future__ import annotations

import streamlit as st

from analytics.analysis import Analysis
from assistant.session import Session
from ui.parts.chart import show_exhibit
from ui.parts.evidence import open_drawer
from ui.parts.pins import pin_button
from ui.words import colon, words
from vocabulary.finding import Finding
from vocabulary.language import Language

_MOST_FACTS = 1  # the others are in the evidence
_MOST_BARS = 6


def show_finding(finding: Finding, analysis: Analysis, session: Session, language: Language) -> None:
    """Draw the card."""
    currency = session.study.model.currency
    with st.container(border=True, height="stretch", key=f"card-{finding.id}"):
        st.caption(analysis.title.in_(language))
        st.subheader(finding.claim.render(language, currency, markdown=True), anchor=False)
        show_exhibit(finding, language, currency, key=f"chart-{finding.id}", most=_MOST_BARS)
        with st.container(key=f"quiet-{finding.id}"):
            facts = [fact.render(language, currency, markdown=True) for fact in finding.facts[:_MOST_FACTS]]
            st.markdown("\n".join(f"- {fact}" for fact in facts))
            if finding.doubt is not None:
                said = finding.doubt.render(language, currency, markdown=True)
                st.markdown(f":gray[{words('doubt', language)}{colon(language)}] {said}")
        with st.container(horizontal=True, vertical_alignment="bottom", key=f"row-{finding.id}"):
            if st.button(words("evidence", language), key=f"evidence-{finding.id}", icon=":material/fact_check:", type="tertiary"):
                open_drawer(finding)
            pin_button(finding, session, language, key=f"pin-{finding.id}")
            if st.button(words("talk", language), key=f"talk-{finding.id}", icon=":material/forum:", type="tertiary"):
                st.session_state["asked"] = analysis.examples[language][0]
                st.switch_page(st.session_state["pages"]["conversation"])
