"""What was understood of the files: tables, columns with their role and the reason, corrections, health."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from analytics.datamodel.model import ColumnProfile, Corrections, DataModel, LostBasis, TableProfile
from analytics.datamodel.roles import KIND_NAMES, ROLE_NAMES, Role, TableKind
from analytics.files import REASON_NAMES, Reason
from analytics.study import Study
from assistant import jobs
from assistant.plan.lists import list_csv
from assistant.session import Session
from ui import state
from ui.parts import work
from ui.parts.downloads import file_name
from ui.parts.frames import show_words
from ui.words import words
from vocabulary.estimate import Unit
from vocabulary.formats import day, number
from vocabulary.language import Language
from vocabulary.sentence import escape_markdown
from vocabulary.themes import Severity

_ICONS = {Severity.BLOCKING: ":material/error:", Severity.WARNING: ":material/warning:", Severity.INFO: ":material/info:"}
_MOST_REMARKS = 5
_MOST_SEEN = 20


def show_understood(session: Session, language: Language) -> None:
    """Draw the files, the definition of lost, the health of the data, and the button that goes on."""
    model = session.study.model
    st.header(words("all_files", language), anchor=False)
    table = _choose(model, language)
    chosen = _table(table, session.study, model, language)
    st.header(words("lost_rule", language), anchor=False)
    chosen = _lost(model, language, chosen)
    if chosen != Corrections() and st.button(words("apply", language), icon=":material/done_all:", type="primary"):
        _apply(session, chosen)
    _health(model, language)
    go_on(language, "end")


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


def _apply(session: Session, chosen: Corrections) -> None:
    """Everything is computed again from the corrected reading, as a job; a refusal leaves the data as they were."""
    desk, merged = state.desk(), merge(session.corrections, chosen)
    st.session_state["corrected"] = st.session_state.get("corrected", 0) + 1
    desk.jobs.pop("diagnosis", None)
    work.begin("load", jobs.start(lambda job: desk.session.correct(merged)))
    st.rerun()


def go_on(language: Language, key: str) -> None:
    """Draw the button that goes on to the diagnosis."""
    label, width = words("make_diagnosis", language), "stretch" if key == "top" else "content"
    if st.button(label, type="primary", icon=":material/arrow_forward:", icon_position="right", key=f"go-on-{key}", width=width):
        st.switch_page(st.session_state["pages"]["diagnosis"])


def _choose(model: DataModel, language: Language) -> TableProfile:
    """With several files: one line each, and a choice of the one to see."""
    if len(model.tables) == 1:
        return model.tables[0]
    keys = ("file", "kind", "rows", "set_aside_rows", "recognised")
    rows = []
    for table in model.tables:
        known = sum(1 for binding in model.bindings if binding.table == table.table)
        rows.append(
            (
                table.file,
                KIND_NAMES[model.kind(table.table)].in_(language),
                number(table.rows, Unit.COUNT, language),
                number(table.set_aside, Unit.COUNT, language),
                words("of", language, some=str(known), all=str(len(table.columns))),
            )
        )
    show_words([words(key, language) for key in keys], rows, numbers={2, 3, 4})
    names = [f"{table.file} {table.sheet}".strip() if table.sheet else table.file for table in model.tables]
    place = st.selectbox(
        words("one_file", language), range(len(names)), format_func=lambda position: names[position], key="file-seen", width=420,
    )  # fmt: skip
    return model.tables[place or 0]


def _table(table: TableProfile, study: Study, model: DataModel, language: Language) -> Corrections:
    with st.container(horizontal=True, gap="small", key="badges-file"):
        if len(model.tables) == 1:
            st.badge(escape_markdown(table.file), icon=":material/table:", color="gray")
        st.badge(KIND_NAMES[model.kind(table.table)].in_(language), color="primary")
        st.badge(words("rows_read", language, rows=number(table.rows, Unit.COUNT, language)), icon=":material/check:", color="green")
        if table.set_aside:
            aside = words("rows_aside", language, rows=number(table.set_aside, Unit.COUNT, language))
            st.badge(aside, icon=":material/warning:", color="orange")
        for note in table.notes[:4]:
            st.badge(note.render(language, markdown=True), color="gray")
    chosen = _columns(table, model, language)
    if table.set_aside:
        _aside(table, study, language)
    return chosen


def _columns(table: TableProfile, model: DataModel, language: Language) -> Corrections:
    none = words("ignore", language)
    names = {role: text.in_(language) for role, text in ROLE_NAMES.items()}
    bindings = {binding.column: binding for binding in model.bindings if binding.table == table.table}
    rows: list[dict[str, Any]] = []
    for column in table.columns:
        bound = bindings.get(column.column)
        rows.append(
            {
                "column": column.name,
                "role": names[bound.role] if bound else none,
                "confidence": number(bound.confidence, Unit.RATIO, language, n=1) if bound else "—",
                "examples": " · ".join(column.examples[:3]),
                "empty": _empty(column, language),
                "reason": bound.evidence.render(language) if bound else "",
            }
        )
    mark = f"{table.file}-{table.sheet}-{st.session_state.get('corrected', 0)}-{language}"
    edited = st.data_editor(
        pd.DataFrame(rows),
        key=f"roles-{mark}",
        hide_index=True,
        disabled=["column", "examples", "confidence", "reason", "empty"],
        column_config=_columns_config(none, sorted(set(names.values())), language),
        height="content" if len(rows) < 13 else 480,
    )
    roles = {label: role for role, label in names.items()}
    changed: dict[str, Role | None] = {
        before["column"]: roles.get(after)
        for before, after in zip(rows, edited["role"], strict=True)
        if before["role"] != after
    }
    present = model.kind(table.table)
    kind = st.selectbox(
        words("table_kind", language), list(TableKind), index=list(TableKind).index(present),
        format_func=lambda kind: KIND_NAMES[kind].in_(language), key=f"kind-{mark}", width=420,
    )  # fmt: skip
    return Corrections(
        tables={table.file: kind} if kind is not present else {}, columns={table.file: changed} if changed else {}
    )


def _columns_config(none: str, names: list[str], language: Language) -> dict[str, Any]:
    text = st.column_config.TextColumn
    return {
        "column": text(words("column", language), width="medium"),
        "role": st.column_config.SelectboxColumn(words("role", language), options=[none, *names], required=True, width="medium"),
        "confidence": text(words("confidence", language), alignment="right", width="small"),
        "examples": text(words("examples", language), width="medium"),
        "empty": text(words("empty", language), alignment="right", width="small"),
        "reason": text(words("reason", language), width="large"),
    }


def _empty(column: ColumnProfile, language: Language) -> str:
    return "—" if column.filled == column.rows else number(1 - column.share_filled, Unit.RATIO, language, n=column.rows)


def _aside(table: TableProfile, study: Study, language: Language) -> None:
    with st.expander(words("see_aside", language), icon=":material/rule:"):
        counts = {"loaded": table.rows, "aside": table.set_aside, "present": table.present}
        st.markdown(words("present_rows", language, **{key: number(n, Unit.COUNT, language) for key, n in counts.items()}))
        heads = tuple(words(key, language) for key in ("line", "reason", "content"))
        show_words(heads, _set_aside(table, study, language, most=_MOST_SEEN), numbers={0})
        st.download_button(
            words("download_aside", language), lambda: list_csv([heads, *_set_aside(table, study, language)], language),
            file_name=file_name("noces-set-aside", table.file, ".csv", language), mime="text/csv",
            key=f"aside-{table.file}", icon=":material/download:", on_click="ignore",
        )  # fmt: skip


def _set_aside(table: TableProfile, study: Study, language: Language, *, most: int | None = None) -> list[tuple[str, ...]]:
    """The lines set aside, in the file's order, each with its reason in words; all of them unless `most` is given."""
    rows = study.database.rows(
        "SELECT line, reason, content FROM set_aside WHERE file = ? ORDER BY line" + (f" LIMIT {most}" if most else ""),
        [table.file],
    )
    return [(str(line), REASON_NAMES[Reason(reason)].in_(language), str(content)) for line, reason, content in rows]


def _lost(model: DataModel, language: Language, chosen: Corrections) -> Corrections:
    if model.lost.basis is LostBasis.NONE:
        st.markdown(words("no_lost", language))
    st.markdown(model.lost.evidence.render(language, model.currency, markdown=True))
    st.caption(f"{words('as_of', language)} {day(model.as_of, language)}")
    if model.lost.basis in (LostBasis.RHYTHM, LostBasis.DAYS) and model.lost.days:
        days = st.number_input(words("lost_days", language), 1, 3650, model.lost.days, key=f"days-{model.lost.days}", width=220)
        if days != model.lost.days:
            return replace(chosen, lost_days=int(days))
    return chosen


def _health(model: DataModel, language: Language) -> None:
    if not model.health:
        return
    st.header(words("health", language), anchor=False)
    lines = [f"{_ICONS[check.severity]} {check.detail.render(language, model.currency, markdown=True)}" for check in model.health]
    for line in lines[:_MOST_REMARKS]:
        st.markdown(line)
    if lines[_MOST_REMARKS:]:
        with st.expander(words("more_health", language)):
            for line in lines[_MOST_REMARKS:]:
                st.markdown(line)
