"""Plan: a board and a list of actions, each with its evidence and its measure of success; one export button."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from assistant.plan.exports import PROGRESS_NAMES, plan_bytes
from assistant.plan.lists import list_files, lists_by_action
from assistant.plan.plan import PlannedAction, Progress
from assistant.session import Session
from ui import state
from ui.pages.diagnosis import made
from ui.parts import work
from ui.parts.action_card import badges, effect_line, open_sheet
from ui.parts.downloads import file_name, format_buttons
from ui.parts.gate import need_data
from ui.words import words
from vocabulary.estimate import Unit
from vocabulary.formats import day, number
from vocabulary.language import Language
from vocabulary.sentence import escape_markdown

_LONGEST_NOTE = 2000


def draw() -> None:
    """Draw the page."""
    language, session = state.language(), state.session()
    title, export = st.columns([3, 1], vertical_alignment="center")
    title.title(words("plan", language), anchor=False)
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
    """An empty plan: start from the recommendations, which need the diagnosis."""
    st.markdown(words("plan_empty", language))
    wanted = bool(state.desk().notes.get("wanted"))
    if not wanted and st.button(words("recommended", language), type="primary", icon=":material/auto_awesome:"):
        state.desk().notes["wanted"] = wanted = True
        state.desk().notes.pop("stopped-diagnosis", None)
    if not wanted:
        return
    done = made(session, language)
    if done is None:
        if work.stopped("diagnosis"):
            state.desk().notes.pop("wanted", None)
        return
    state.desk().notes.pop("wanted", None)
    session.add_to_plan(*done.actions)
    st.rerun()


def _board(session: Session, language: Language) -> None:
    for column, progress in zip(st.columns(3, gap="medium"), Progress, strict=True):
        planned = list(session.state.plan.of(progress))
        with column:
            count = number(len(planned), Unit.COUNT, language)
            st.header(f"{PROGRESS_NAMES[progress].in_(language)} · {count}", anchor=False)
            if not planned:
                st.caption(words("nothing_here", language))
            for item in planned:
                _card(item, session, language)


def _card(planned: PlannedAction, session: Session, language: Language) -> None:
    action, currency = planned.action, session.study.model.currency
    with st.container(border=True, key=f"card-plan-{action.id}"):
        st.subheader(action.title.render(language, currency, markdown=True), anchor=False)
        badges(action, language, key="plan")
        with st.container(key=f"quiet-plan-{action.id}"):
            effect_line(action, language, currency)
            _decided(planned, currency, language)
        with st.container(horizontal=True, key=f"row-plan-{action.id}"):
            _edit(planned, session, language)
            _move(planned, session, language)
            if st.button(words("details", language), key=f"why-{action.id}", icon=":material/fact_check:", type="tertiary"):
                open_sheet(planned, session, language)


def _decided(planned: PlannedAction, currency: str | None, language: Language) -> None:
    """Who, for when, at what cost: one line of what has been decided so far."""
    said = [
        (":material/person:", escape_markdown(planned.owner)),
        (":material/event:", day(planned.due, language) if planned.due else ""),
        (":material/payments:", "" if planned.budget is None else number(planned.budget, Unit.MONEY, language, currency=currency)),
        (":material/notes:", escape_markdown(planned.note)),
    ]
    line = " · ".join(f"{icon} {value}" for icon, value in said if value)
    if line:
        st.markdown(line)


def _edit(planned: PlannedAction, session: Session, language: Language) -> None:
    """The fields of one action; what another tab decided is shown, and only what is typed here is kept."""
    action_id = planned.action.id
    for name in ("owner", "due", "budget", "note"):
        st.session_state[f"{name}-{action_id}"] = getattr(planned, name)

    def kept(name: str) -> dict[str, Any]:
        return {"key": f"{name}-{action_id}", "on_change": _keep, "args": (session, action_id, name)}

    with st.popover(words("edit", language), icon=":material/edit:", type="tertiary", key=f"edit-{action_id}"):
        st.text_input(words("owner", language), max_chars=80, **kept("owner"))
        st.date_input(words("due", language), value=None, format="DD/MM/YYYY", **kept("due"))
        st.number_input(
            words("budget", language), min_value=0.0, value=None, step=100.0, format="%.0f", placeholder="—", **kept("budget")
        )
        st.text_area(words("note", language), max_chars=_LONGEST_NOTE, **kept("note"))


def _keep(session: Session, action_id: str, name: str) -> None:
    session.state.plan = session.state.plan.changing(action_id, **{name: st.session_state[f"{name}-{action_id}"]})
    session.save()


def _move(planned: PlannedAction, session: Session, language: Language) -> None:
    action_id = planned.action.id
    with st.popover(words("move", language), icon=":material/swap_horiz:", type="tertiary", key=f"move-{action_id}"):
        for progress in Progress:
            if progress is not planned.progress and st.button(
                PROGRESS_NAMES[progress].in_(language), key=f"to-{progress}-{action_id}", width="stretch"
            ):
                _change(session, action_id, progress=progress)
        for label, icon, by in (("up", ":material/arrow_upward:", -1), ("down", ":material/arrow_downward:", 1)):
            if st.button(words(label, language), key=f"{label}-{action_id}", icon=icon, width="stretch"):
                session.state.plan = session.state.plan.moving(action_id, by)
                _saved(session)
        if st.button(words("drop", language), key=f"drop-{action_id}", icon=":material/close:", width="stretch"):
            session.state.plan = session.state.plan.without(action_id)
            _saved(session)


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
    frame["due"] = pd.to_datetime(frame["due"])
    frame["budget"] = frame["budget"].astype("float64")
    edited = st.data_editor(
        frame, hide_index=True, disabled=["action"], key=f"plan-list-{language}", height="content", placeholder="—",
        column_config={
            "action": st.column_config.TextColumn(words("action", language), width="large"),
            "progress": st.column_config.SelectboxColumn(words("progress", language), options=list(names.values()), required=True),
            "owner": st.column_config.TextColumn(words("owner", language), max_chars=80),
            "due": st.column_config.DateColumn(words("due", language), format="DD/MM/YYYY"),
            "budget": st.column_config.NumberColumn(words("budget", language), min_value=0, format="localized"),
            "note": st.column_config.TextColumn(words("note", language), max_chars=_LONGEST_NOTE),
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


def _day(value: pd.Timestamp | None) -> date | None:
    return None if value is None or pd.isna(value) else pd.Timestamp(value).date()


def _export(session: Session, language: Language) -> None:
    plan, model, findings = session.state.plan, session.study.model, session.known_findings()
    content = repr([(p.action.id, p.progress, p.owner, p.due, p.budget, p.note) for p in plan.actions])

    def write(suffix: str) -> bytes:
        return plan_bytes(suffix, plan, findings, model, language, lists=lists_by_action(plan, session.study, language))

    with st.popover(words("export", language), icon=":material/download:", type="primary", width="stretch"):
        st.caption(words("prepare", language))
        format_buttons("noces-plan", content, write, language)
        st.divider()
        st.caption(words("lists_hint", language))
        basis = st.text_input(words("basis", language), key="basis", placeholder=words("basis_hint", language))
        st.download_button(
            words("lists", language), _lists(session, language, basis or None),
            file_name=file_name("noces-lists", content + basis, ".zip", language), mime="application/zip",
            key="export-lists", width="stretch", on_click="ignore", icon=":material/group:",
        )  # fmt: skip


def _lists(session: Session, language: Language, basis: str | None) -> Callable[[], bytes]:
    """A deferred download: one CSV an action, its control group apart."""
    plan, study = session.state.plan, session.study

    def write() -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in list_files(plan, study, language, consent_basis=basis):
                archive.writestr(name, data)
        return out.getvalue()

    return write


def _change(session: Session, action_id: str, **changes: object) -> None:
    session.state.plan = session.state.plan.changing(action_id, **changes)
    _saved(session)


def _saved(session: Session) -> None:
    session.save()
    st.rerun()
