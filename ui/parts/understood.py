"""What was understood of the files: tables, columns with their role and the reason, corrections, health."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from analytics.datamodel.model import Corrections, DataModel, LostBasis, TableProfile
from analytics.datamodel.roles import KIND_NAMES, ROLE_NAMES, Role, TableKind
from analytics.study import Study
from assistant.plan.lists import list_csv
from assistant.session import Session
from ui.words import words
from vocabulary.errors import UserError
from vocabulary.estimate import Unit
from vocabulary.formats import day, number
from vocabulary.language import Language
from vocabulary.sentence import escape_markdown
from vocabulary.themes import Severity

_ICONS = {Severity.BLOCKING: ":material/error:", Severity.WARNING: ":material/warning:", Severity.INFO: ":material/info:"}


def show_understood(session: Session, language: Language) -> None:
    """Draw the tables, the definition of lost, the health of the data, and the button that goes on."""
    model = session.study.model
    chosen: Corrections = Corrections()
    for table in model.tables:
        chosen = _table(table, session.study, model, language, chosen)
    chosen = _lost(model, language, chosen)
    if chosen != Corrections() and st.button(words("apply", language), icon=":material/done_all:"):
        try:
            session.correct(merge(session.corrections, chosen))
        except UserError as problem:
            st.error(problem.in_(language))
        else:
            st.rerun()
    _health(model, language)
    with st.container(horizontal=True, horizontal_alignment="right"):
        if st.button(words("make_diagnosis", language), type="primary", icon=":material/arrow_forward:"):
            st.switch_page(st.session_state["pages"]["diagnosis"])


def merge(before: Corrections, now: Corrections) -> Corrections:
    """The manager's earlier corrections, overruled by the new ones."""
    columns = {file: dict(roles) for file, roles in before.columns.items()}
    for file, roles in now.columns.items():
        columns.setdefault(file, {}).update(roles)
    return replace(
        before,
        tables={**before.tables, **now.tables},
        columns=columns,
        lost_column=now.lost_column or before.lost_column,
        lost_days=now.lost_days or before.lost_days,
    )


def _table(table: TableProfile, study: Study, model: DataModel, language: Language, chosen: Corrections) -> Corrections:
    st.header(words("understood", language, file=escape_markdown(table.file)))
    with st.container(horizontal=True, gap="small"):
        st.badge(KIND_NAMES[model.kind(table.table)].in_(language), icon=":material/table:", color="primary")
        st.badge(words("rows_read", language, rows=number(table.rows, Unit.COUNT, language)), icon=":material/check:", color="green")
        if table.set_aside:
            aside = words("rows_aside", language, rows=number(table.set_aside, Unit.COUNT, language))
            st.badge(aside, icon=":material/warning:", color="orange")
        for note in table.notes[:4]:
            st.badge(note.render(language, markdown=True), color="gray")
    chosen = _columns(table, model, language, chosen)
    if table.set_aside:
        _aside(table, study, language)
    return chosen


def _columns(table: TableProfile, model: DataModel, language: Language, chosen: Corrections) -> Corrections:
    bindings = {binding.column: binding for binding in model.bindings if binding.table == table.table}
    none = words("ignore", language)
    names = {role: text.in_(language) for role, text in ROLE_NAMES.items()}
    roles = {label: role for role, label in names.items()}
    rows: list[dict[str, Any]] = []
    for column in table.columns:
        bound = bindings.get(column.column)
        rows.append(
            {
                "column": column.name,
                "examples": " · ".join(column.examples[:3]),
                "role": names[bound.role] if bound else none,
                "confidence": number(bound.confidence, Unit.RATIO, language, n=1) if bound else "",
                "reason": bound.evidence.render(language) if bound else "",
                "empty": 1 - column.share_filled,
            }
        )
    frame = pd.DataFrame(rows)
    edited = st.data_editor(
        frame,
        key=f"roles-{model.as_of}-{table.file}-{table.sheet}-{st.session_state.get('upload-turn', 0)}",
        hide_index=True,
        disabled=["column", "examples", "confidence", "reason", "empty"],
        column_config={
            "column": st.column_config.TextColumn(words("column", language)),
            "examples": st.column_config.TextColumn(words("examples", language)),
            "role": st.column_config.SelectboxColumn(words("role", language), options=[none, *sorted(names.values())], required=True),
            "confidence": st.column_config.TextColumn(words("confidence", language), alignment="right", width="small"),
            "reason": st.column_config.TextColumn(words("reason", language)),
            "empty": st.column_config.ProgressColumn(words("empty", language), format="percent", min_value=0, max_value=1, width="small"),
        },
        height="content" if len(rows) < 11 else 400,
    )
    changed: dict[str, Role | None] = {}
    for before, after in zip(rows, edited["role"], strict=True):
        if before["role"] != after:
            changed[before["column"]] = roles.get(after)
    kinds = {kind: text.in_(language) for kind, text in KIND_NAMES.items()}
    present = model.kind(table.table)
    with st.expander(words("correct", language)):
        kind = st.selectbox(
            words("table_kind", language), list(TableKind), index=list(TableKind).index(present),
            format_func=lambda kind: kinds[kind], key=f"kind-{table.file}-{table.sheet}",
        )  # fmt: skip
    tables = {**chosen.tables, table.file: kind} if kind is not present else chosen.tables
    columns = {**chosen.columns, table.file: changed} if changed else chosen.columns
    return replace(chosen, tables=tables, columns=columns)


def _aside(table: TableProfile, study: Study, language: Language) -> None:
    with st.expander(words("see_aside", language)):
        rows = study.database.rows("SELECT line, reason, content FROM set_aside WHERE file = ? ORDER BY line LIMIT 1000", [table.file])
        shown = [(str(line), str(reason), str(content)) for line, reason, content in rows]
        st.dataframe(pd.DataFrame(shown[:50], columns=["line", "reason", "content"]), hide_index=True)
        name = f"set-aside-{hash(tuple(shown)) & 0xFFFFFFFF:08x}-{st.session_state['workspace_id'][:8]}.csv"
        data = list_csv([("line", "reason", "content"), *shown], language)
        st.download_button(words("download_aside", language), data, file_name=name, mime="text/csv", key=f"aside-{table.file}")


def _lost(model: DataModel, language: Language, chosen: Corrections) -> Corrections:
    st.header(words("lost_rule", language))
    st.markdown(model.lost.evidence.render(language, model.currency, markdown=True))
    st.caption(f"{words('as_of', language)} {day(model.as_of, language)}")
    if model.lost.basis in (LostBasis.RHYTHM, LostBasis.DAYS) and model.lost.days:
        days = st.number_input(words("lost_days", language), 1, 3650, model.lost.days, key=f"days-{model.lost.days}", width=200)
        if days != model.lost.days:
            return replace(chosen, lost_days=int(days))
    return chosen


def _health(model: DataModel, language: Language) -> None:
    if not model.health:
        return
    st.header(words("health", language))
    for check in model.health:
        st.markdown(f"{_ICONS[check.severity]} {check.detail.render(language, model.currency, markdown=True)}")


