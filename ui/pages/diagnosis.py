"""Diagnosis: one verdict, the states of the relation, what matters most, the first actions, what cannot be told."""

from __future__ import annotations

import streamlit as st

from analytics.customers.nobody_named import why_nobody
from assistant import jobs
from assistant.diagnosis import Diagnosis
from assistant.report import diagnosis_bytes
from assistant.session import Session
from ui import state
from ui.parts import work
from ui.parts.action_card import show_action
from ui.parts.changes import show_since
from ui.parts.chart import has_exhibit
from ui.parts.downloads import format_buttons
from ui.parts.finding_card import show_finding
from ui.parts.gate import need_data
from ui.parts.lacking import show_lacking
from ui.parts.tiles import show_states
from ui.words import words
from vocabulary.finding import Finding
from vocabulary.language import Language

_ORDER = (
    "churn_drivers", "acquisition_quality", "leak_points", "at_risk", "churn_rate", "still_alive", "segments",
    "lost_definition", "data_health",
)  # fmt: skip
_APART = ("relationship_overview", "explore", "guidance")  # the page itself, and what needs a question
_MOST_CARDS = 4
_MOST_ACTIONS = 3


def draw() -> None:
    """Draw the page."""
    language, session = state.language(), state.session()
    title, export = st.columns([3, 1], vertical_alignment="center")
    title.title(words("where", language), anchor=False)
    if not need_data(session, language):
        return
    done = made(session, language)
    if done is None:
        return
    with export:
        _export(done, session, language)
    _show(done, session, language)


def made(session: Session, language: Language) -> Diagnosis | None:
    """The diagnosis; while it is being made, its progress is shown and None is returned."""
    work.take("diagnosis", language)
    if session.diagnosed:
        return session.diagnosis()
    if work.stopped("diagnosis"):
        st.markdown(words("stopped", language))
        if st.button(words("resume", language), type="primary", icon=":material/play_arrow:"):
            _begin()
            st.rerun()
        return None
    if state.job("diagnosis") is None:
        _begin()
    if not work.show("diagnosis", language, {analysis.name: analysis.title for analysis in session.runner.catalog}):
        st.rerun()
    return None


def _begin() -> None:
    desk = state.desk()

    def make(job: jobs.Job[Diagnosis]) -> Diagnosis:
        return desk.session.diagnosis(progress=job.say, cancelled=lambda: job.cancelled)

    work.begin("diagnosis", jobs.start(make, on_cancel=desk.session.study.database.interrupt))


def _show(done: Diagnosis, session: Session, language: Language) -> None:
    currency = session.study.model.currency
    overview = done.finding("relationship_overview")
    first = overview or next(iter(done.findings), None)
    nobody = "customers" not in session.study.tables
    lead = why_nobody(session.study.model)[0] if nobody else first.claim if first is not None else None
    if lead is not None:
        with st.container(key="lead"):
            st.markdown(lead.render(language, currency, markdown=True))
    if overview is not None:
        show_states(overview, language, currency)
    show_since(session, language)
    cards = _cards(done)
    _grid(cards[:_MOST_CARDS], session, language, "matters")
    if done.actions:
        st.header(words("first_actions", language), anchor=False)
        with st.grid(columns=3, min_column_width=270, gap="medium"):
            for action in done.actions[:_MOST_ACTIONS]:
                show_action(action, session, language, key="diagnosis")
    if cards[_MOST_CARDS:]:
        with st.expander(words("all_findings", language), icon=":material/stacks:"):
            _grid(cards[_MOST_CARDS:], session, language, None)
    _cannot(done, session, language)


def _cards(done: Diagnosis) -> list[Finding]:
    """The findings to show: those a manager acts on first, then the others; those with nothing to look at come last."""
    known = {finding.analysis: finding for finding in done.findings if finding.analysis not in _APART}
    names = [*(name for name in _ORDER if name in known), *(name for name in known if name not in _ORDER)]
    return sorted((known[name] for name in names), key=lambda finding: not has_exhibit(finding))


def _grid(cards: list[Finding], session: Session, language: Language, title: str | None) -> None:
    if not cards:
        return
    if title is not None:
        st.header(words(title, language), anchor=False)
    by_name = {analysis.name: analysis for analysis in session.runner.catalog}
    with st.grid(columns=2, min_column_width=320, gap="medium"):
        for finding in cards:
            show_finding(finding, by_name[finding.analysis], session, language)


def _cannot(done: Diagnosis, session: Session, language: Language) -> None:
    with st.expander(words("cannot_yet", language), icon=":material/info:"):
        show_lacking(done.not_answerable, session, language, key="diagnosis")


def _export(done: Diagnosis, session: Session, language: Language) -> None:
    model = session.study.model

    def write(suffix: str) -> bytes:
        return diagnosis_bytes(suffix, done, model, language)

    content = repr([finding.id for finding in done.findings] + [action.id for action in done.actions])
    with st.popover(words("export", language), icon=":material/download:", width="stretch"):
        st.caption(words("prepare_report", language))
        format_buttons("noces-diagnosis", content, write, language)
