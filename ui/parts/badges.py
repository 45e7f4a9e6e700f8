"""How a file was written, as badges: what was understood of its separators, its decimals and its dates, and on what proof."""

from __future__ import annotations

import re
from collections.abc import Iterator

import streamlit as st

from analytics.datamodel.model import ColumnProfile, ColumnType, DataModel, TableProfile
from analytics.datamodel.roles import KIND_NAMES
from ui.words import colon, words
from vocabulary.estimate import Unit
from vocabulary.formats import number
from vocabulary.language import Language, Text
from vocabulary.sentence import escape_markdown

_SEPARATORS = {
    ";": Text("point-virgule", "semicolon"), ",": Text("virgule", "comma"), "\t": Text("tabulation", "tab"),
    "|": Text("barre verticale", "vertical bar"), "blanks": Text("espaces", "spaces"),
}  # fmt: skip
_ENCODINGS = {"utf-8": "UTF-8", "cp1252": "Windows-1252", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}
_DAY_PROVES = re.compile(r"^(1[3-9]|2\d|3[01])\D")
_MONTH_PROVES = re.compile(r"^\d{1,2}\D(1[3-9]|2\d|3[01])\D")
_READING_NOTE = re.compile(r"^Texte lu en")  # said by the badges themselves
_MOST_NOTES = 4

Badge = tuple[str, str, str]  # words, icon, colour


def show_badges(table: TableProfile, model: DataModel, language: Language) -> None:
    """Draw the badges of one file, then what was repaired in it."""
    rows = {"rows": number(table.rows, Unit.COUNT, language)}
    said: list[Badge] = [(words("rows_read", language, count=table.rows, **rows), ":material/check:", "green")]
    if table.set_aside:
        aside = words("rows_aside", language, count=table.set_aside, rows=number(table.set_aside, Unit.COUNT, language))
        said.append((aside, ":material/warning:", "orange"))
    said += [*_layout(table, language), *_numbers(table, language), *_dates(table, language)]
    with st.container(horizontal=True, gap="small", key="badges-file"):
        if len(model.tables) == 1:
            st.badge(escape_markdown(table.file), icon=":material/table:", color="gray")
        st.badge(KIND_NAMES[model.kind(table.table)].in_(language).capitalize(), icon=":material/category:", color="gray")
        for text, icon, colour in said:
            st.badge(text, icon=icon or None, color=colour)
    notes = [note.render(language, markdown=True) for note in table.notes if not _READING_NOTE.match(note.template.fr)]
    for note in notes[:_MOST_NOTES]:
        st.caption(f":material/build: {note}")


def _layout(table: TableProfile, language: Language) -> Iterator[Badge]:
    """The encoding and the separator; a workbook has neither."""
    if table.sheet is not None or not table.delimiter:
        return
    name = _SEPARATORS.get(table.delimiter)
    said = name.in_(language) if name else escape_markdown(table.delimiter)
    yield f"{words('separator', language)}{colon(language)} {said}", ":material/check:", "green"
    yield f"{_ENCODINGS.get(table.encoding, table.encoding.upper())}", ":material/check:", "green"


def _numbers(table: TableProfile, language: Language) -> Iterator[Badge]:
    habits = {code for column in table.columns for code in column.habit}
    for code in ("decimal_comma", "decimal_point", "thousands_space"):
        if code in habits:
            yield words(code, language), ":material/check:", "green"
    for code in sorted(habits):
        if code.startswith("currency:"):
            yield f"{words('currency', language)}{colon(language)} {code.removeprefix('currency:')}", ":material/check:", "green"


def _dates(table: TableProfile, language: Language) -> Iterator[Badge]:
    """One badge an order of dates, with a value that proves it; an order no value proves is said to be one."""
    dated = [column for column in table.columns if column.type in (ColumnType.DATE, ColumnType.MOMENT)]
    unsure = [column for column in dated if column.ambiguous_order]
    for column in unsure:
        yield (
            words("dates_unsure", language, column=escape_markdown(column.name), order=_order(column, language)),
            ":material/help:", "orange",
        )  # fmt: skip
    told = set()
    for column in dated:
        code = next((c for c in ("dd/mm/yyyy", "mm/dd/yyyy", "iso") if c in column.habit), None)
        if code is None or column in unsure or code in told:
            continue
        told.add(code)
        proof = _proof(code, [c for c in dated if code in c.habit])
        text = words("dates", language, order=_order(column, language))
        yield text + (f", {words('seen', language, value=escape_markdown(proof))}" if proof else ""), ":material/check:", "green"


def _order(column: ColumnProfile, language: Language) -> str:
    if "mm/dd/yyyy" in column.habit:
        return words("month_first", language)
    return words("day_first" if "dd/mm/yyyy" in column.habit else "year_first", language)


def _proof(code: str, columns: list[ColumnProfile]) -> str | None:
    shape = {"dd/mm/yyyy": _DAY_PROVES, "mm/dd/yyyy": _MONTH_PROVES}.get(code)
    if shape is None:
        return None
    return next((value for column in columns for value in column.examples if shape.match(value)), None)
