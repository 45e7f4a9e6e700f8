"""An action in a few lines: title, badges, what to do, and a button that puts it in the plan; its whole sheet in a drawer."""

from __future__ import annotations

import streamlit as st

from assistant.answer import Action
from assistant.plan.exports import STAGE_NAMES, STRENGTH_NAMES, action_lines, range_words
from assistant.plan.plan import PlannedAction
from assistant.session import Session
from ui.parts.evidence import drawer
from ui.parts.frames import show_table
from ui.words import colon, words
from vocabulary.estimate import Unit
from vocabulary.formats import number
from vocabulary.language import Language
from vocabulary.sentence import escape_markdown
from vocabulary.themes import JourneyStage, Strength

_STAGE_COLOURS = {
    JourneyStage.RECRUITMENT: "blue", JourneyStage.WELCOME: "violet", JourneyStage.LOYALTY: "green",
    JourneyStage.CHURN: "orange", JourneyStage.RECONQUEST: "red",
}  # fmt: skip
_PROOF_COLOURS = {Strength.STRONG: "green", Strength.MODERATE: "gray", Strength.WEAK: "gray"}


def badges(action: Action, language: Language, *, key: str) -> None:
    """The stage, the customers, the strength of proof."""
    with st.container(horizontal=True, gap="small", key=f"badges-{key}-{action.id}"):
        st.badge(STAGE_NAMES[action.stage].in_(language), color=_STAGE_COLOURS[action.stage])
        st.badge(f"{number(action.count, Unit.COUNT, language)} {words('customers', language)}", color="gray")
        st.badge(STRENGTH_NAMES[action.strength].in_(language).capitalize(), color=_PROOF_COLOURS[action.strength])


def show_action(action: Action, session: Session, language: Language, *, key: str) -> None:
    """Draw a recommended action with its expected effect."""
    currency = session.study.model.currency
    with st.container(border=True, height="stretch", key=f"card-{key}-{action.id}"):
        st.subheader(action.title.render(language, currency, markdown=True), anchor=False)
        badges(action, language, key=key)
        with st.container(key=f"quiet-{key}-{action.id}"):
            st.markdown(action.offer.render(language, currency, markdown=True))
            effect_line(action, language, currency)
        with st.container(horizontal=True, key=f"row-{key}-{action.id}"):
            add_button(action, session, language, key=f"add-{key}-{action.id}")
            if st.button(words("details", language), key=f"sheet-{key}-{action.id}", icon=":material/fact_check:", type="tertiary"):
                open_sheet(PlannedAction(action), session, language)


def effect_line(action: Action, language: Language, currency: str | None) -> None:
    """Say what the action is expected to bring, as a range."""
    said = f"{action.effect_metric.in_(language)}, {escape_markdown(range_words(action.effect, language, currency))}"
    st.markdown(f":gray[{words('effect', language)}{colon(language)}] {said}")


def add_button(action: Action, session: Session, language: Language, *, key: str) -> None:
    """Draw the button that puts an action in the plan; once it is there, the button leads to the plan."""
    inside = session.state.plan.holds(action)
    label, icon = ("in_plan", ":material/check:") if inside else ("add_plan", ":material/playlist_add:")
    if st.button(words(label, language), key=key, icon=icon, type="tertiary"):
        if inside:
            st.switch_page(st.session_state["pages"]["plan"])
        session.add_to_plan(action)
        st.toast(words("added", language), icon=":material/check:")
        st.rerun()


def open_sheet(planned: PlannedAction, session: Session, language: Language) -> None:
    """Open the drawer with all there is to know of an action, and the tables it rests on."""
    title = planned.action.title.render(language, session.study.model.currency)
    drawer(escape_markdown(title), lambda: _sheet(planned, session, language))


def _sheet(planned: PlannedAction, session: Session, language: Language) -> None:
    model = session.study.model
    known = {finding.id: finding for finding in session.known_findings()}
    badges(planned.action, language, key="sheet")
    for label, said in action_lines(planned, known, model, language):
        st.markdown(f"**{label}**{colon(language)} {escape_markdown(said)}")
    for key in planned.action.why:
        finding = known.get(key)
        if finding is not None and finding.table is not None and finding.table.rows:
            st.subheader(words("evidence", language), anchor=False)
            show_table(finding.table, language, model.currency, key=f"sheet-{finding.id}", most=50)

