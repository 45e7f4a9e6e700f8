"""Conversation: a question, the way it was read, an answer with its evidence, three useful next questions."""

from __future__ import annotations

import secrets

import streamlit as st

from assistant import jobs
from assistant.answer import Answer
from assistant.answering import LONGEST_QUESTION, answer
from assistant.session import Session
from ui import state
from ui.parts import work
from ui.parts.answer_card import ask_pills, show_answer, show_question
from ui.parts.gate import need_data
from ui.words import WORDS, words
from vocabulary.language import Language

_IDEAS = ("relationship_overview", "churn_rate", "churn_drivers", "acquisition_quality", "at_risk", "leak_points", "segments")


def draw() -> None:
    """Draw the page."""
    language, session = state.language(), state.session()
    if not session.ready or work.running("load"):
        st.title(words("ask_title", language), anchor=False)
        need_data(session, language)
        return
    typed = st.chat_input(
        words("ask", language), max_chars=LONGEST_QUESTION, key="question", disabled=work.running("answer")
    )
    asked = typed or st.session_state.pop("asked", None)
    with st.container(key="talk"):
        work.take("answer", language)
        if asked and state.job("answer") is None:
            _start(asked)
            st.rerun()  # draws the input closed while the answer is sought
        _turns(session, language)


def _start(question: str) -> None:
    """Answer in a thread; the answer is stored before it is shown, so that a refresh loses nothing."""
    desk, turn = state.desk(), secrets.token_hex(8)

    def work_on(job: jobs.Job[Answer]) -> Answer:
        done = answer(question, desk.session, turn=turn, cancelled=lambda: job.cancelled)
        if not job.cancelled:
            desk.session.add_turn(done)
        return done

    desk.notes["pending"] = question
    work.begin("answer", jobs.start(work_on, on_cancel=desk.session.study.database.interrupt))


def _turns(session: Session, language: Language) -> None:
    busy = state.job("answer") is not None
    if not session.state.turns and not busy:
        _welcome(session, language)
    for turn in session.state.turns:
        show_answer(turn, session, language, last=turn is session.state.turns[-1] and not busy)
    if busy:
        show_question(str(state.desk().notes.get("pending", "")), key="pending")
        work.show("answer", language, waiting=WORDS["thinking"])
    elif work.stopped("answer"):
        st.caption(words("stopped", language))


def _welcome(session: Session, language: Language) -> None:
    st.title(words("ask_title", language), anchor=False)
    st.markdown(words("ideas", language))
    known = {analysis.name: analysis for analysis in session.runner.catalog if analysis.run is not None}
    ideas = [known[name].examples[language][0] for name in _IDEAS if name in known]
    ask_pills(ideas, key=f"ideas-{language}", label=words("ideas", language))
