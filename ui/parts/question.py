"""The one question asked of the manager: the reading that is least sure among those that change the answers most."""

from __future__ import annotations

import streamlit as st

from analytics.datamodel.model import Binding, Corrections, DataModel, Question, QuestionAbout
from analytics.datamodel.reading import GENERIC_ROLES
from analytics.datamodel.roles import Role
from assistant.session import Session
from ui.parts.corrections import apply, mark
from ui.parts.mapping import role_names
from ui.words import words
from vocabulary.language import Language
from vocabulary.sentence import escape_markdown

_SURE = 0.7
# What everything else stands on: asked about even when fairly sure.
_FOUNDATIONS = frozenset({
    Role.CUSTOMER_ID, Role.CUSTOMER_LINK, Role.PURCHASE_DATE, Role.AMOUNT, Role.CHURN_LABEL, Role.ACCOUNT_STATUS, Role.END_DATE,
    Role.START_DATE, Role.RECURRING_AMOUNT,
})  # fmt: skip
_SURE_ENOUGH = 0.8
# Whoever bears that name, no figure of the diagnosis moves.
_HARMLESS = frozenset({Role.FIRST_NAME, Role.LAST_NAME, Role.EMAIL, Role.PHONE, Role.ADDRESS, Role.COMMENT, Role.FREE_TEXT})


def show_question(session: Session, language: Language) -> None:
    """Draw the question; none when every reading is sure, or once the manager has corrected something.

    Who has left comes before all, whatever was corrected: without it the answers lack.
    """
    model = session.study.model
    if model.question is not None and model.question.about is QuestionAbout.LOST:
        _show_choices(model.question, language)
        return
    if session.corrections != Corrections():
        return
    asked = uncertain(model)
    if asked is None:
        return
    table = next(table for table in model.tables if table.table == asked.table)
    column = next(column for column in table.columns if column.column == asked.column)
    names = role_names(language)
    with st.container(border=True, key="card-question"):
        st.markdown(f":material/help: **{words('one_question', language)}**")
        st.markdown(
            words(
                "is_it", language, column=escape_markdown(asked.name), file=escape_markdown(asked.file),
                values=escape_markdown(" · ".join(column.examples[:3])), role=names[asked.role],
            )
        )  # fmt: skip
        with st.container(horizontal=True, vertical_alignment="bottom", key="row-question"):
            if st.button(words("yes_it_is", language), key=f"question-yes-{mark()}", icon=":material/check:"):
                apply(_said(asked, asked.role))
            others = [words("ignore", language), *sorted(set(names.values()) - {names[asked.role]})]
            other = st.selectbox(
                words("no_it_is", language), others, index=None, placeholder=words("choose_role", language),
                key=f"question-other-{mark()}", width=320,
            )  # fmt: skip
            if other is not None:
                apply(_said(asked, {label: role for role, label in names.items()}.get(other)))


_SHORT = 30  # letters: answers that stand side by side


def _show_choices(asked: Question, language: Language) -> None:
    """A question with its own answers, each a correction."""
    with st.container(border=True, key="card-question"):
        st.markdown(f":material/help: **{words('one_question', language)}**")
        st.markdown(escape_markdown(asked.words.render(language)))
        short = all(len(answer.words.render(language)) <= _SHORT for answer in asked.answers)
        with st.container(horizontal=short):
            for place, answer in enumerate(asked.answers):
                if st.button(escape_markdown(answer.words.render(language)), key=f"question-answer-{place}-{mark()}"):
                    apply(answer.corrections)


def uncertain(model: DataModel) -> Binding | None:
    """The reading to ask about: foundations first, then the least sure; None when nothing is worth a question."""
    doubtful = [
        binding for binding in model.bindings
        if not binding.corrected and binding.role not in _HARMLESS
        and binding.confidence < (_SURE_ENOUGH if binding.role in _FOUNDATIONS else _SURE)
        and (binding.role not in GENERIC_ROLES or binding.role is Role.ROW_ID)
    ]  # fmt: skip
    return min(doubtful, key=lambda binding: (binding.role not in _FOUNDATIONS, binding.confidence), default=None)


def _said(asked: Binding, role: Role | None) -> Corrections:
    return Corrections(columns={asked.file: {asked.name: role}})
