"""One turn of the conversation: the way it was read, the answer, its chart, and what one can do with it."""

from __future__ import annotations

import streamlit as st

from assistant.answer import Answer
from assistant.session import Session
from ui.parts.chart import show_chart
from ui.parts.evidence import open_drawer
from ui.words import words
from vocabulary.estimate import Unit
from vocabulary.formats import number
from vocabulary.language import Language
from vocabulary.sentence import escape_markdown


def show_answer(turn: Answer, session: Session, language: Language, *, last: bool) -> None:
    """Draw a question and its answer; the last one offers its next questions."""
    currency = session.study.model.currency
    with st.chat_message("user", avatar=":material/person:"):
        st.markdown(escape_markdown(turn.question))
    with st.chat_message("assistant", avatar=":material/favorite:"):
        reading = turn.reading.sentence.render(turn.language, currency, markdown=True)
        seconds = number(turn.seconds, Unit.SCORE, turn.language)
        st.caption(f"{reading} · {seconds} s")
        if turn.notice:
            st.caption(escape_markdown(turn.notice))
        st.markdown(turn.text)
        for finding in turn.findings[:1]:
            show_chart(finding, turn.language, currency, key=f"turn-{turn.turn}-{finding.id}")
        _buttons(turn, session, language)
        _choices(turn, language)
        if last:
            _next(turn, language)


def _buttons(turn: Answer, session: Session, language: Language) -> None:
    if not turn.findings:
        return
    finding = turn.findings[0]
    with st.container(horizontal=True, gap="small"):
        if st.button(words("evidence", language), key=f"evidence-{turn.turn}", icon=":material/fact_check:", type="tertiary"):
            open_drawer(finding, turn.guidance)
        pinned = any(pin.id == finding.id for pin in session.state.pins)
        if st.button(words("pin", language), key=f"pin-{turn.turn}", icon=":material/keep:", type="tertiary", disabled=pinned):
            session.state.pins.append(finding)
            session.save()
            st.rerun()
        if turn.actions:
            inside = turn.actions[0].id in session.state.plan
            label = words("in_plan" if inside else "add_plan", language)
            if st.button(label, key=f"plan-{turn.turn}", icon=":material/playlist_add:", type="tertiary", disabled=inside):
                session.state.plan = session.state.plan.adding(turn.actions[0])
                session.save()
                st.toast(words("added", language))
                st.rerun()
        st.feedback("thumbs", key=f"thumbs-{turn.turn}")


def _choices(turn: Answer, language: Language) -> None:
    if turn.status != "clarify" or not turn.reading.choices:
        return
    options = [choice.in_(turn.language) for choice in turn.reading.choices]
    _ask_again(options, f"choices-{turn.turn}", words("ideas", language))


def _next(turn: Answer, language: Language) -> None:
    if turn.follow_ups:
        st.caption(words("next", language))
        _ask_again(list(turn.follow_ups), f"next-{turn.turn}", words("next", language))


def _ask_again(options: list[str], key: str, label: str) -> None:
    chosen = st.pills(label, options, label_visibility="collapsed", key=key)
    if chosen:
        st.session_state["asked"] = chosen
        st.session_state.pop(key, None)
        st.rerun()
