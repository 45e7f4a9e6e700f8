"""What the manager corrects of the reading: put together with what was corrected before, then applied as a job."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from analytics.datamodel.model import Corrections, Money
from assistant import jobs
from ui import state
from ui.parts import work


def merge(before: Corrections, now: Corrections) -> Corrections:
    """The manager's earlier corrections, overruled by the new ones; a new rule for lost takes the place of the old."""
    columns = {file: dict(roles) for file, roles in before.columns.items()}
    for file, roles in now.columns.items():
        columns.setdefault(file, {}).update(roles)
    ruled = now.lost_column is not None or now.lost_days is not None
    return replace(
        before,
        tables={**before.tables, **now.tables},
        columns=columns,
        lost_column=now.lost_column if ruled else before.lost_column,
        lost_values=now.lost_values if ruled else before.lost_values,
        lost_days=now.lost_days if ruled else before.lost_days,
        as_of=now.as_of or before.as_of,
        health={**before.health, **now.health},
        money=Money(
            now.money.vat or before.money.vat, now.money.returns or before.money.returns, now.money.date or before.money.date
        ),
    )


def apply(chosen: Corrections) -> None:
    """Compute everything again from the corrected reading; a refusal leaves the data as they were."""
    desk = state.desk()
    merged = merge(desk.session.corrections, chosen)
    st.session_state["corrected"] = st.session_state.get("corrected", 0) + 1
    desk.jobs.pop("diagnosis", None)
    work.begin("load", jobs.start(lambda job: desk.session.correct(merged)))
    st.rerun()


def mark() -> str:
    """Part of the key of any widget that shows the reading: a correction applied draws a fresh one."""
    path = state.session().study.database.path
    return f"{path.stem[-6:]}-{st.session_state.get('corrected', 0)}-{state.language()}"
