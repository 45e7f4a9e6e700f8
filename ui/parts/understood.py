"""What was understood of the files: how many lines, how they join, what each column is, who is lost, what is wrong."""

from __future__ import annotations

import streamlit as st

from analytics.datamodel.model import Corrections, DataModel, TableProfile
from analytics.datamodel.roles import KIND_NAMES
from assistant.session import Session
from ui.parts.changes import show_since
from ui.parts.corrections import apply, mark
from ui.parts.frames import show_words
from ui.parts.health import show_health
from ui.parts.lacking import show_lacking
from ui.parts.lost_rule import show_lost
from ui.parts.mapping import show_mapping
from ui.parts.question import show_question
from ui.parts.unnamed import show_unnamed
from ui.words import words
from vocabulary.estimate import Unit
from vocabulary.formats import day, number
from vocabulary.language import Language


def show_understood(session: Session, language: Language) -> None:
    """Draw the page of a workspace that holds data, but for the ways to change it."""
    model = session.study.model
    _identity(model, language)
    show_unnamed(session, language)
    show_since(session, language)
    show_question(session, language)
    st.header(words("all_files", language), anchor=False)
    table = _choose(model, language)
    chosen = show_mapping(table, session.study, model, language)
    if chosen != Corrections() and st.button(
        words("apply", language), icon=":material/done_all:", type="primary", key=f"apply-{mark()}"
    ):
        apply(chosen)
    left, right = st.columns(2, gap="large")
    with left:
        show_lost(session, language)
    with right:
        show_health(session, language)
    with st.expander(words("still_lacking", language), icon=":material/info:"):
        show_lacking(session.runner.lacking(), session, language, key="data")
    go_on(language, "end")


def go_on(language: Language, key: str) -> None:
    """Draw the button that goes on to the diagnosis."""
    label, width = words("make_diagnosis", language), "stretch" if key == "top" else "content"
    if st.button(label, type="primary", icon=":material/arrow_forward:", icon_position="right", key=f"go-on-{key}", width=width):
        st.switch_page(st.session_state["pages"]["diagnosis"])


def _identity(model: DataModel, language: Language) -> None:
    """Nothing is lost on the way: what was read and what was set aside make what the files hold."""
    counts = dict(zip(("loaded", "aside", "present"), model.lines, strict=True))
    said = {key: number(count, Unit.COUNT, language) for key, count in counts.items()}
    with st.container(key="lead"):
        st.markdown(words("present_rows", language, count=model.lines[1], **said, day=day(model.as_of, language)))


def _choose(model: DataModel, language: Language) -> TableProfile:
    """With several files: one line each, how they join, and a choice of the one to see."""
    if len(model.tables) == 1:
        return model.tables[0]
    keys = ("file", "kind", "rows", "set_aside_rows", "recognised")
    rows = []
    for table in model.tables:
        known = sum(1 for binding in model.bindings if binding.table == table.table)
        rows.append(
            (
                _name(table),
                KIND_NAMES[model.kind(table.table)].in_(language).capitalize(),
                number(table.rows, Unit.COUNT, language),
                number(table.set_aside, Unit.COUNT, language),
                words("of", language, some=str(known), all=str(len(table.columns))),
            )
        )
    show_words([words(key, language) for key in keys], rows, numbers={2, 3, 4}, key="files")
    _keys(model, language)
    place = st.selectbox(
        words("one_file", language), range(len(rows)), format_func=lambda position: rows[position][0], key="file-seen", width=420,
    )  # fmt: skip
    return model.tables[place or 0]


def _keys(model: DataModel, language: Language) -> None:
    """The joins found, each with the share of lines that find their match."""
    if not model.keys:
        st.caption(f":material/link_off: {words('no_keys', language)}")
        return
    tables = {table.table: table for table in model.tables}
    with st.expander(words("keys_found", language, n=number(len(model.keys), Unit.COUNT, language)), icon=":material/link:"):
        rows = []
        for key in model.keys:
            left, right = tables[key.left_table], tables[key.right_table]
            rows.append(
                (
                    f"{_name(left)} · {_header(left, key.left_column)}",
                    f"{_name(right)} · {_header(right, key.right_column)}",
                    number(key.coverage, Unit.RATIO, language, n=left.rows),
                )
            )
        show_words([words(key, language) for key in ("key_from", "key_to", "key_coverage")], rows, numbers={2}, key="keys")


def _name(table: TableProfile) -> str:
    return f"{table.file} {table.sheet}".strip() if table.sheet and table.sheet not in table.file else table.file


def _header(table: TableProfile, column: str) -> str:
    return next((profile.name for profile in table.columns if profile.column == column), column)
