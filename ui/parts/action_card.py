"""An action in a line: title, badges, and a button that puts it in the plan."""

from __future__ import annotations

import streamlit as st

from assistant.answer import Action
from assistant.plan.exports import STAGE_NAMES, STRENGTH_NAMES, range_words
from ui import state
from ui.words import words
from vocabulary.estimate import Unit
from vocabulary.formats import number
from vocabulary.language import Language
from vocabulary.themes import JourneyStage, Strength

STAGE_COLOURS = {
    JourneyStage.RECRUITMENT: "blue", JourneyStage.WELCOME: "violet", JourneyStage.LOYALTY: "green",
    JourneyStage.CHURN: "orange", JourneyStage.RECONQUEST: "red",
}  # fmt: skip
_PROOF_COLOURS = {Strength.STRONG: "green", Strength.MODERATE: "gray", Strength.WEAK: "gray"}


def badges(action: Action, language: Language) -> None:
    """The stage, the customers, the strength of proof."""
    with st.container(horizontal=True, gap="small"):
        st.badge(STAGE_NAMES[action.stage].in_(language), color=STAGE_COLOURS[action.stage])
        st.badge(f"{number(action.count, Unit.COUNT, language)} {words('customers', language)}", color="gray")
        st.badge(STRENGTH_NAMES[action.strength].in_(language), color=_PROOF_COLOURS[action.strength])


def show_action(action: Action, language: Language, *, key: str) -> None:
    """Draw a recommended action with its expected effect."""
    session = state.session()
    currency = session.study.model.currency
    with st.container(border=True, height="stretch"):
        st.markdown(f"**{action.title.render(language, currency, markdown=True)}**")
        badges(action, language)
        st.markdown(action.offer.render(language, currency, markdown=True))
        effect = f"{words('effect', language)}{' :' if language == 'fr' else ':'} {action.effect_metric.in_(language)}, "
        st.caption(effect + range_words(action.effect, language, currency))
        inside = action.id in session.state.plan
        label = words("in_plan" if inside else "add_plan", language)
        if st.button(label, key=f"add-{key}-{action.id}", icon=":material/playlist_add:", disabled=inside):
            session.state.plan = session.state.plan.adding(action)
            session.save()
            st.toast(words("added", language))
            st.rerun()
