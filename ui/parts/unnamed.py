"""Files in which no column was recognised as the customer: the manager says which one it is, and they are understood again."""

from __future__ import annotations

import streamlit as st

from analytics.customers.nobody_named import why_nobody
from analytics.datamodel.model import Corrections
from analytics.datamodel.roles import Role
from assistant.session import Session
from ui.parts.corrections import apply, mark
from ui.words import words
from vocabulary.language import Language
from vocabulary.sentence import escape_markdown


def show_unnamed(session: Session, language: Language) -> None:
    """Draw why no customer can be told, and the choice of the column that names them; nothing where some can."""
    study = session.study
    if "customers" in study.tables:
        return
    columns = [(table.file, column.name) for table in study.model.tables for column in table.columns]
    many = len(study.model.tables) > 1
    reason, _ = why_nobody(study.model)
    with st.container(border=True, key="card-unnamed"):
        st.markdown(f"**{reason.render(language, markdown=True)}**")
        st.markdown(f"{words('name_the_customer', language)} {words('sales_told', language) if study.sells else ''}")
        chosen = st.selectbox(
            words("customer_column", language), columns, index=None, placeholder=words("choose_column", language),
            format_func=lambda one: _said(one, language) if many else escape_markdown(one[1]), key=f"unnamed-column-{mark()}", width=420,
        )  # fmt: skip
        if st.button(words("read_with", language), type="primary", disabled=chosen is None, key="unnamed-read") and chosen:
            file, header = chosen
            apply(Corrections(columns={file: {header: Role.CUSTOMER_ID}}))


def _said(column: tuple[str, str], language: Language) -> str:
    return words("in_file", language, column=escape_markdown(column[1]), file=escape_markdown(column[0]))
