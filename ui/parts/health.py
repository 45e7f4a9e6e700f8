"""The health of the data: what is wrong, what it changes, and what the manager decides of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from analytics.datamodel.model import Choice, Corrections, HealthCheck
from analytics.importing import lines_of
from assistant.session import Session
from ui.parts.corrections import apply, mark
from ui.parts.evidence import drawer
from ui.parts.frames import show_words
from ui.words import words
from vocabulary.estimate import Unit
from vocabulary.formats import day, number
from vocabulary.language import Language
from vocabulary.themes import Severity

_ICONS = {
    Severity.BLOCKING: ":red[:material/error:]", Severity.WARNING: ":orange[:material/warning:]",
    Severity.INFO: ":gray[:material/info:]",
}  # fmt: skip
_MOST_REMARKS = 5
_MOST_LINES = 100


def show_health(session: Session, language: Language) -> None:
    """Draw the checks, the gravest first, each with what the manager can decide of it."""
    model = session.study.model
    st.header(words("health", language), anchor=False)
    if not model.health:
        st.markdown(f":green[:material/check_circle:] {words('sound', language)}")
        return
    for place, check in enumerate(model.health[:_MOST_REMARKS]):
        _remark(place, check, session, language)
    rest = model.health[_MOST_REMARKS:]
    if rest:
        with st.expander(words("more_health", language, n=number(len(rest), Unit.COUNT, language))):
            for place, check in enumerate(rest, _MOST_REMARKS):
                _remark(place, check, session, language)


def _remark(place: int, check: HealthCheck, session: Session, language: Language) -> None:
    currency = session.study.model.currency
    with st.container(key=f"remark-{place}"):
        st.markdown(f"{_ICONS[check.severity]} {check.detail.render(language, currency, markdown=True)}")
        if check.effect is not None:
            st.caption(check.effect.said.render(language, currency, markdown=True))
        if check.choices:
            with st.container(horizontal=True, vertical_alignment="center", key=f"row-remark-{place}"):
                if check.remedy:
                    _decide(place, check, language)
                if check.lines and st.button(
                    words("see_lines", language), key=f"lines-{place}-{mark()}", icon=":material/table_rows:", type="tertiary"
                ):
                    drawer(words("lines_title", language), lambda: _lines(check, session, language))


def _decide(place: int, check: HealthCheck, language: Language) -> None:
    """Two choices, the one in force chosen: a decision is kept with the corrections and can be taken back."""
    now = check.choice or check.default
    chosen = st.segmented_control(
        words("decision", language), list(Choice), default=now, required=True, label_visibility="collapsed",
        format_func=lambda choice: words(f"choice_{choice.value}", language), key=f"choice-{place}-{check.check}-{mark()}",
    )  # fmt: skip
    if chosen is not None and chosen is not now:
        apply(Corrections(health={check.decision: chosen}))


def _lines(check: HealthCheck, session: Session, language: Language) -> None:
    """The lines a check is about, under the headers of the file."""
    found = lines_of(session.study, check, _MOST_LINES)
    st.markdown(check.detail.render(language, session.study.model.currency, markdown=True))
    show_words(found.headers, [[_cell(cell, language) for cell in row] for row in found.rows], key=f"lines-{check.check}")
    if found.truncated:
        st.caption(words("first_lines", language, n=number(len(found.rows), Unit.COUNT, language)))


def _cell(value: Any, language: Language) -> str:
    if value is None:
        return "—"
    if isinstance(value, bool):
        return words("yes" if value else "no", language)
    if isinstance(value, date):
        return day(value, language)
    if isinstance(value, float):
        return number(value, Unit.NUMBER, language)
    return str(value)
