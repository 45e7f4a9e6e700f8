"""The table of columns: what each was taken for, how sure we are and why; any role can be corrected in place."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analytics.datamodel.model import Binding, ColumnProfile, Corrections, DataModel, TableProfile
from analytics.datamodel.roles import KIND_NAMES, ROLE_NAMES, Role, TableKind
from analytics.files import REASON_NAMES, Reason
from analytics.study import Study
from assistant.plan.lists import list_csv
from ui.parts.badges import show_badges
from ui.parts.corrections import mark
from ui.parts.downloads import file_name
from ui.parts.frames import show_words
from ui.words import words
from vocabulary.estimate import Unit
from vocabulary.formats import number
from vocabulary.language import Language

_MOST_SEEN = 20
_WHOLE = 18  # columns shown without scrolling
_ROW = 35  # pixels
_MOST_EXAMPLES, _SHOWN = 3, 24  # values, letters


def show_mapping(table: TableProfile, study: Study, model: DataModel, language: Language) -> Corrections:
    """Draw one file's badges, columns, kind and lines set aside; what the manager changed is returned."""
    show_badges(table, model, language)
    chosen = _columns(table, model, language)
    if table.set_aside:
        _aside(table, study, language)
    return chosen


def role_names(language: Language) -> dict[Role, str]:
    """The roles as a menu shows them."""
    return {role: text.in_(language)[:1].upper() + text.in_(language)[1:] for role, text in ROLE_NAMES.items()}


def _columns(table: TableProfile, model: DataModel, language: Language) -> Corrections:
    none, names = words("ignore", language), role_names(language)
    bindings = {binding.column: binding for binding in model.bindings if binding.table == table.table}
    rows = [_row(column, bindings.get(column.column), names, none, language) for column in table.columns]
    edited = st.data_editor(
        pd.DataFrame(rows),
        key=f"roles-{table.table}-{mark()}",
        hide_index=True,
        disabled=["column", "examples", "confidence", "reason", "empty"],
        column_config=_config(none, sorted(set(names.values())), language),
        height="content" if len(rows) <= _WHOLE else int(_ROW * (_WHOLE + 1.5)) + 2,  # half a row tells that it scrolls
        alt=words("mapping_alt", language),
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
        format_func=lambda kind: KIND_NAMES[kind].in_(language).capitalize(), key=f"kind-{table.table}-{mark()}", width=420,
    )  # fmt: skip
    return Corrections(
        tables={table.file: kind} if kind is not present else {}, columns={table.file: changed} if changed else {}
    )


def _row(
    column: ColumnProfile, bound: Binding | None, names: dict[Role, str], none: str, language: Language
) -> dict[str, Any]:
    return {
        "column": column.name,
        "role": names[bound.role] if bound else none,
        "confidence": words("by_you", language) if bound and bound.corrected else _sure(bound, language),
        "examples": _examples(column),
        "empty": _empty(column, language),
        "reason": _reason(bound, language) if bound else "",
    }


def _examples(column: ColumnProfile) -> str:
    """A few values, as many as the cell shows whole."""
    shown = column.examples[:1]
    while len(shown) < _MOST_EXAMPLES and len(" · ".join(column.examples[: len(shown) + 1])) <= _SHOWN and len(column.examples) > len(shown):
        shown = column.examples[: len(shown) + 1]
    return " · ".join(shown)


def _sure(bound: Binding | None, language: Language) -> str:
    return number(bound.confidence, Unit.RATIO, language, n=1) if bound else "—"


def _reason(bound: Binding, language: Language) -> str:
    """Why, without the header itself, which stands in the same row."""
    said = bound.evidence.render(language)
    return said.replace(f" « {bound.name} »", "").replace(f" “{bound.name}”", "")


def _config(none: str, names: list[str], language: Language) -> dict[str, Any]:
    text = st.column_config.TextColumn
    return {
        "column": text(words("column", language), width=150),
        "role": st.column_config.SelectboxColumn(words("role", language), options=[none, *names], required=True, width=185),
        "confidence": text(words("confidence", language), alignment="right", width=85),
        "examples": text(words("examples", language), width=165),
        "empty": text(words("empty", language), alignment="right", width=60),
        "reason": text(words("reason", language), width=520),
    }


def _empty(column: ColumnProfile, language: Language) -> str:
    """The share without a value: a few cells among many are few, not none."""
    if column.filled == column.rows:
        return "—"
    share = 1 - column.share_filled
    least = 0.001
    if share < least:
        return f"< {number(least, Unit.RATIO, language, n=column.rows)}"
    return number(share, Unit.RATIO, language, n=column.rows)


def _aside(table: TableProfile, study: Study, language: Language) -> None:
    with st.expander(words("see_aside", language), icon=":material/rule:"):
        heads = tuple(words(key, language) for key in ("line", "reason", "content"))
        show_words(heads, _set_aside(table, study, language, most=_MOST_SEEN), numbers={0}, key=f"aside-{table.table}")
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
