"""One turn of the conversation: the question, the way it was read, the answer, its chart, and what one can do with it."""

from __future__ import annotations

import re

import streamlit as st

from assistant.answer import Answer
from assistant.compose import lead_and_rest
from assistant.session import Session
from ui.parts.action_card import add_button
from ui.parts.chart import show_exhibit
from ui.parts.evidence import open_drawer
from ui.parts.pins import pin_button
from ui.words import colon, words
from vocabulary.estimate import Unit
from vocabulary.formats import number
from vocabulary.language import Language
from vocabulary.sentence import escape_markdown


def show_question(question: str, *, key: str) -> None:
    """Draw a question as it was asked."""
    with st.container(key=f"asked-{key}"):
        st.markdown(escape_markdown(question))


def show_answer(turn: Answer, session: Session, language: Language, *, last: bool) -> None:
    """Draw a question and its answer; the last one offers its next questions."""
    currency = session.study.model.currency
    show_question(turn.question, key=turn.turn)
    with st.container(key=f"answer-{turn.turn}"):
        reading = turn.reading.sentence.render(turn.language, currency, markdown=True)
        if turn.findings:
            st.caption(f"{reading} · {number(round(turn.seconds, 1), Unit.SCORE, turn.language)} s")
        if turn.notice:
            st.caption(escape_markdown(turn.notice))
        lead, rest = lead_and_rest(turn.text, turn.language)
        st.markdown(_inert(lead) if turn.planner == "llm" else lead)
        for finding in turn.findings[:1]:
            show_exhibit(finding, turn.language, currency, key=f"turn-{turn.turn}-{finding.id}")
        if rest:
            with st.container(key=f"quiet-turn-{turn.turn}"):
                st.markdown(_inert(rest) if turn.planner == "llm" else rest)
        if turn.guidance:
            cited = " · ".join(f"{escape_markdown(c.title)} ({escape_markdown(c.source)})" for c in turn.guidance)
            st.caption(f"{words('guidance', turn.language)}{colon(turn.language)} {cited}")
        _buttons(turn, session, language)
        if last or turn.status == "clarify":
            _next(turn)


def _inert(text: str) -> str:
    """A model's words keep their bold and their lists, and can be neither a picture, a link nor HTML."""
    return re.sub(r"(!?\[|<|\]\()", lambda found: "".join("\\" + mark for mark in found.group()), text)


def _buttons(turn: Answer, session: Session, language: Language) -> None:
    if not turn.findings:
        return
    finding = turn.findings[0]
    with st.container(horizontal=True, vertical_alignment="center", key=f"row-turn-{turn.turn}"):
        if st.button(words("evidence", language), key=f"evidence-{turn.turn}", icon=":material/fact_check:", type="tertiary"):
            open_drawer(finding, turn.guidance)
        pin_button(finding, session, language, key=f"pin-{turn.turn}")
        if turn.actions:
            add_button(turn.actions[0], session, language, key=f"plan-{turn.turn}")
        _thumbs(turn, session)


def _thumbs(turn: Answer, session: Session) -> None:
    key = f"thumbs-{turn.turn}"
    given = st.feedback("thumbs", key=key, default=session.state.ratings.get(turn.turn))
    if given is not None and session.state.ratings.get(turn.turn) != given:
        session.rate(turn.turn, bool(given))


def _next(turn: Answer) -> None:
    """The next questions, or the readings to choose from, as pills."""
    options = list(turn.follow_ups)
    if turn.reading.choices:
        options = [choice.in_(turn.language) for choice in turn.reading.choices]
    if options:
        ask_pills(options, key=f"next-{turn.turn}", label=words("next", turn.language))


def ask_pills(options: list[str], *, key: str, label: str) -> None:
    """Draw questions one click asks: the same path as a typed one."""

    def asked() -> None:
        st.session_state["asked"] = st.session_state[key]
        st.session_state[key] = None

    st.pills(label, options, key=key, label_visibility="collapsed", on_change=asked)
