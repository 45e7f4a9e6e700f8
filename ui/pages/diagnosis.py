"""Diagnosis: one verdict, the states of the relation, the findings that matter, the first actions, what cannot be told."""

from __future__ import annotations

import streamlit as st

from assistant import jobs
from assistant.diagnosis import Diagnosis
from assistant.session import Session
from ui import state
from ui.parts import work
from ui.parts.action_card import show_action
from ui.parts.finding_card import show_finding
from ui.parts.gate import need_data
from ui.words import words
from vocabulary.estimate import Estimate, Unit
from vocabulary.finding import Finding
from vocabulary.formats import number
from vocabulary.language import Language
from vocabulary.sentence import escape_markdown

_SHOWN = (
    "churn_rate", "churn_drivers", "acquisition_quality", "leak_points", "segments", "at_risk", "still_alive",
    "lost_definition", "data_health",
)  # fmt: skip
_MOST_ACTIONS = 3


def draw() -> None:
    """Draw the page."""
    language, session = state.language(), state.session()
    st.title(words("where", language))
    if not need_data(session, language):
        return
    if not session.diagnosed and not _made(session, language):
        return
    _show(session.diagnosis(), session, language)


def _made(session: Session, language: Language) -> bool:
    """Start the diagnosis, or show it at work; True once it is there."""
    if work.show("diagnosis", language, {analysis.name: analysis.title for analysis in session.runner.catalog}):
        return False
    done, _ = work.take("diagnosis", language)
    if done:
        return True
    if state.job("diagnosis") is None and not st.session_state.get("diagnosis-stopped"):
        database = session.study.database

        def make(job: jobs.Job[Diagnosis]) -> Diagnosis:
            return session.diagnosis(progress=job.say, cancelled=lambda: job.cancelled)

        state.set_job("diagnosis", jobs.start(make, on_cancel=database.interrupt))
        st.rerun()
    return False


def _show(done: Diagnosis, session: Session, language: Language) -> None:
    currency = session.study.model.currency
    overview = done.finding("relationship_overview")
    lead = overview or (done.findings[0] if done.findings else None)
    if lead is not None:
        st.markdown(lead.claim.render(language, currency, markdown=True))
    if overview is not None:
        _states(overview, language)
        for fact in overview.facts:
            st.markdown("- " + fact.render(language, currency, markdown=True))
    by_name = {analysis.name: analysis for analysis in session.runner.catalog}
    cards = [finding for name in _SHOWN if (finding := done.finding(name)) is not None]
    for left in range(0, len(cards), 2):
        for column, finding in zip(st.columns(2), cards[left : left + 2], strict=False):
            with column:
                show_finding(finding, by_name[finding.analysis], language)
    if done.actions:
        st.header(words("first_actions", language))
        for column, action in zip(st.columns(_MOST_ACTIONS), done.actions[:_MOST_ACTIONS], strict=False):
            with column:
                show_action(action, language, key="diagnosis")
    with st.expander(words("cannot_yet", language), icon=":material/info:"):
        unlocks = dict.fromkeys(
            f"**{escape_markdown(by_name[missing.analysis].title.in_(language))}** — {missing.would_unlock.render(language, markdown=True)}"
            for missing in done.not_answerable
        )
        st.markdown("\n".join(f"- {line}" for line in unlocks))


def _states(overview: Finding, language: Language) -> None:
    """One tile a state: how many, which share."""
    items = [item for item in overview.items if item.get("customers")]
    if not items:
        return
    for column, item in zip(st.columns(len(items)), items, strict=True):
        share = Estimate("share", float(item["share"]), Unit.RATIO) if item.get("share") is not None else None
        title = item.get("title")
        label = title.in_(language) if hasattr(title, "in_") else str(item.get("state"))
        with column:
            st.metric(
                label[:1].upper() + label[1:],
                number(item["customers"], Unit.COUNT, language),
                number(share.value, Unit.RATIO, language) if share and share.value is not None else None,
                delta_color="off",
                delta_arrow="off",
                border=True,
            )
