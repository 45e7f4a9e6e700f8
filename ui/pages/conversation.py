"""Conversation: a question, the way it was read, an answer with its evidence, three useful next questions."""

from __future__ import annotations

import secrets

import streamlit as st

from assistant import jobs
from assistant.answer import Answer
from assistant.answering import answer
from assistant.session import Session
from ui import state
from ui.parts import shell, work
from ui.parts.answer_card import show_answer
from ui.parts.gate import need_data
from ui.words import words
from vocabulary.language import Language
from vocabulary.sentence import escape_markdown

_LONGEST = 4000


def draw() -> None:
    """Draw the page."""
    language, session = state.language(), state.session()
    if not session.ready:
        st.title(words("ask_title", language))
        need_data(session, language)
        return
    typed = st.chat_input(words("ask", language), max_chars=_LONGEST, key="question")
    asked = typed or st.session_state.pop("asked", None)
    done, finished = work.take("answer", language)
    if done and finished is not None:
        session.add_turn(finished)
        st.session_state.pop("pending", None)
    if asked and state.job("answer") is None:
        _start(asked, session)
    talk, pins = st.columns([3, 1], gap="large")
    with talk:
        _turns(session, language)
    with pins:
        _pins(session, language)
    if done:
        shell.announce(words("next", language))


def _start(question: str, session: Session) -> None:
    turn = secrets.token_hex(8)

    def work_on(job: jobs.Job[Answer]) -> Answer:
        return answer(question, session, turn=turn)

    st.session_state["pending"] = question
    state.set_job("answer", jobs.start(work_on, on_cancel=session.study.database.interrupt))


def _turns(session: Session, language: Language) -> None:
    if not session.state.turns and state.job("answer") is None:
        _welcome(session, language)
    for turn in session.state.turns:
        show_answer(turn, session, language, last=turn is session.state.turns[-1])
    pending = st.session_state.get("pending")
    if pending and state.job("answer") is not None:
        with st.chat_message("user", avatar=":material/person:"):
            st.markdown(escape_markdown(pending))
        with st.chat_message("assistant", avatar=":material/favorite:"):
            st.caption(words("thinking", language))
            work.show("answer", language)
    elif pending and state.job("answer") is None:
        st.session_state.pop("pending")


def _welcome(session: Session, language: Language) -> None:
    st.title(words("ask_title", language))
    st.caption(words("ideas", language))
    ideas = [analysis.examples[language][0] for analysis in session.runner.catalog if analysis.run is not None]
    chosen = st.pills(words("ideas", language), ideas[:8], label_visibility="collapsed", key="ideas")
    if chosen:
        st.session_state["asked"] = chosen
        st.session_state.pop("ideas", None)
        st.rerun()


def _pins(session: Session, language: Language) -> None:
    st.markdown(f"##### {words('pinned', language)}")
    if not session.state.pins:
        st.caption(words("no_pin", language))
    currency = session.study.model.currency
    for position, pin in enumerate(session.state.pins):
        with st.container(border=True):
            st.markdown(pin.claim.render(language, currency, markdown=True))
            if st.button("✕", key=f"unpin-{position}-{pin.id}", type="tertiary"):
                session.state.pins.pop(position)
                session.save()
                st.rerun()
