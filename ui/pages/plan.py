"""Plan: a board and a list of actions, each with its evidence and its measure of success; one export button."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import date

import pandas as pd
import streamlit as st

from assistant.plan.exports import PROGRESS_NAMES, plan_bytes
from assistant.plan.lists import list_csv, target_list
from assistant.plan.plan import PlannedAction, Progress
from assistant.session import Session
from ui import state
from ui.parts.action_card import badges
from ui.parts.evidence import open_drawer
from ui.parts.gate import need_data
from ui.words import words
from vocabulary.estimate import Unit
from vocabulary.formats import number
from vocabulary.language import Language

_FORMATS = (
    ("word", ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("pdf", ".pdf", "application/pdf"),
    ("excel", ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("markdown", ".md", "text/markdown"),
)


def draw() -> None:
    """Draw the page."""
    language, session = state.language(), state.session()
    title, export = st.columns([3, 1], vertical_alignment="bottom")
    title.title(words("plan", language))
    if not need_data(session, language):
        return
    if not session.state.plan.actions:
        _empty(session, language)
        return
    with export:
        _export(session, language)
    view = st.segmented_control(
        words("plan", language), ["board", "list"], default="board", required=True, key="plan-view",
        format_func=lambda name: words(name, language), label_visibility="collapsed",
    )  # fmt: skip
    if view == "list":
        _list(session, language)
    else:
        _board(session, language)


def _empty(session: Session, language: Language) -> None:
    st.markdown(words("plan_empty", language))
    if st.button(words("recommended", language), type="primary", icon=":material/auto_awesome:"):
        with st.spinner(words("thinking", language)):
            actions = session.diagnosis().actions
        session.state.plan = session.state.plan.adding(*actions)
        session.save()
        st.rerun()


def _board(session: Session, language: Language) -> None:
    for column, progress in zip(st.columns(3), Progress, strict=True):
        planned = list(session.state.plan.of(progress))
        with column:
            st.markdown(f"## {PROGRESS_NAMES[progress].in_(language)} · {number(len(planned), Unit.COUNT, language)}")
            for item in planned:
                _card(item, session, language)


def _card(planned: PlannedAction, session: Session, language: Language) -> None:
    action, currency = planned.action, session.study.model.currency
    with st.container(border=True):
        st.markdown(f"**{action.title.render(language, currency, markdown=True)}**")
        badges(action, language)
        owner = st.text_input(words("owner", language), planned.owner, key=f"owner-{action.id}", max_chars=80)
        due = st.date_input(words("due", language), planned.due, key=f"due-{action.id}", format="DD/MM/YYYY")
        if owner != planned.owner or due != planned.due:
            _change(session, action.id, owner=owner, due=due if isinstance(due, date) else None)
        with st.container(horizontal=True, gap="small"):
            _move(planned, session, language)
            if st.button(words("details", language), key=f"why-{action.id}", icon=":material/fact_check:", type="tertiary"):
                _details(planned, session, language)


def _move(planned: PlannedAction, session: Session, language: Language) -> None:
    action_id = planned.action.id
    with st.popover(words("move", language), icon=":material/swap_horiz:", type="tertiary", key=f"move-{action_id}"):
        for progress in Progress:
            if progress is not planned.progress and st.button(PROGRESS_NAMES[progress].in_(language), key=f"to-{progress}-{action_id}", width="stretch"):
                _change(session, action_id, progress=progress)
        for label, by in (("up", -1), ("down", 1)):
            if st.button(words(label, language), key=f"{label}-{action_id}", width="stretch"):
                session.state.plan = session.state.plan.moving(action_id, by)
                _saved(session)
        if st.button(words("drop", language), key=f"drop-{action_id}", width="stretch"):
            session.state.plan = session.state.plan.without(action_id)
            _saved(session)


def _details(planned: PlannedAction, session: Session, language: Language) -> None:
    done = session.diagnosis()
    finding = next((found for found in done.findings if found.id in planned.action.why), None)
    if finding is None:
        finding = next((f for turn in session.state.turns for f in turn.findings if f.id in planned.action.why), None)
    if finding is not None:
        open_drawer(finding)


def _list(session: Session, language: Language) -> None:
    names = {progress: text.in_(language) for progress, text in PROGRESS_NAMES.items()}
    currency = session.study.model.currency
    frame = pd.DataFrame(
        [
            {
                "action": planned.action.title.render(language, currency), "progress": names[planned.progress],
                "owner": planned.owner, "due": planned.due, "budget": planned.budget, "note": planned.note,
            }
            for planned in session.state.plan.actions
        ]
    )  # fmt: skip
    edited = st.data_editor(
        frame, hide_index=True, disabled=["action"], key="plan-list",
        column_config={
            "action": st.column_config.TextColumn("Action", width="large"),
            "progress": st.column_config.SelectboxColumn(words("move", language), options=list(names.values()), required=True),
            "owner": st.column_config.TextColumn(words("owner", language), max_chars=80),
            "due": st.column_config.DateColumn(words("due", language), format="DD/MM/YYYY"),
            "budget": st.column_config.NumberColumn(words("budget", language), min_value=0),
            "note": st.column_config.TextColumn(words("note", language), max_chars=2000),
        },
    )  # fmt: skip
    if not edited.equals(frame):
        back = {label: progress for progress, label in names.items()}
        for planned, row in zip(session.state.plan.actions, edited.to_dict("records"), strict=True):
            session.state.plan = session.state.plan.changing(
                planned.action.id, progress=back[row["progress"]], owner=row["owner"] or "", note=row["note"] or "",
                due=_day(row["due"]), budget=None if pd.isna(row["budget"]) else float(row["budget"]),
            )  # fmt: skip
        session.save()


def _day(value: object) -> date | None:
    return None if value is None or pd.isna(value) else pd.Timestamp(value).date()


def _export(session: Session, language: Language) -> None:
    with st.popover(words("export", language), icon=":material/download:", type="primary", width="stretch"):
        for name, suffix, mime in _FORMATS:
            st.download_button(
                words(name, language), _writer(session, suffix, language), file_name=_file_name(session, suffix), mime=mime,
                key=f"export-{name}", width="stretch", on_click="ignore",
            )  # fmt: skip
        basis = st.text_input(words("basis", language), key="basis", placeholder=words("basis_hint", language))
        st.download_button(
            words("lists", language), _lists(session, language, basis or None), file_name=_file_name(session, ".zip"),
            mime="application/zip", key=f"export-lists-{bool(basis)}", width="stretch", on_click="ignore",
        )  # fmt: skip


def _writer(session: Session, suffix: str, language: Language):  # type: ignore[no-untyped-def]  # noqa: ANN202
    """A deferred download: the plan is written when it is asked for, from values bound now."""
    plan, model = session.state.plan, session.study.model

    def write() -> bytes:
        return plan_bytes(suffix, plan, session.diagnosis().findings, model, language)

    return write


def _lists(session: Session, language: Language, basis: str | None):  # type: ignore[no-untyped-def]  # noqa: ANN202
    """A deferred download: one CSV an action, its control group apart."""
    plan, study = session.state.plan, session.study

    def write() -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for position, planned in enumerate(plan.actions, start=1):
                made = target_list(planned, study, language, consent_basis=basis)
                archive.writestr(f"{position:02d}-{planned.action.id}.csv", list_csv(made.rows, language))
                if made.held_out:
                    suffix = "temoin" if language == "fr" else "control"
                    rows = [made.rows[0][:1], *((customer,) for customer in made.held_out)]
                    archive.writestr(f"{position:02d}-{planned.action.id}-{suffix}.csv", list_csv(rows, language))
        return out.getvalue()

    return write


def _file_name(session: Session, suffix: str) -> str:
    """Never the same name for other bytes: the browser's copy of an earlier export must not be served."""
    seed = repr([(p.action.id, p.progress, p.owner, p.due, p.budget, p.note) for p in session.state.plan.actions])
    data = session.workspace.data_path
    mark = hashlib.sha256(f"{seed}{data.name if data else ''}{st.session_state['workspace_id']}".encode()).hexdigest()[:10]
    return f"noces-plan-{mark}{suffix}"


def _change(session: Session, action_id: str, **changes: object) -> None:
    session.state.plan = session.state.plan.changing(action_id, **changes)
    _saved(session)


def _saved(session: Session) -> None:
    session.save()
    st.rerun()
