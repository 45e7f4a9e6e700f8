"""Who counts as lost: the rule, how the headline moves with another, and the means to set one's own."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from analytics.datamodel.living import LIVING
from analytics.datamodel.lost import lost_values
from analytics.datamodel.model import ColumnType, Corrections, DataModel, LostBasis
from analytics.datamodel.roles import Role, TableKind
from assistant.session import Session
from ui.parts.corrections import apply, mark
from ui.parts.frames import show_words
from ui.words import words
from vocabulary.estimate import Estimate, Unit
from vocabulary.finding import Finding
from vocabulary.formats import day, number
from vocabulary.language import Language
from vocabulary.sentence import escape_markdown

_TELLING = (ColumnType.FLAG, ColumnType.CATEGORY, ColumnType.DATE, ColumnType.MOMENT)
_HOLDS_PEOPLE = (TableKind.CUSTOMERS, TableKind.SUBSCRIPTIONS, TableKind.OTHER)
_MOST_VALUES = 12
_START_DAYS = 365
_LONGEST = 3650


def show_lost(session: Session, language: Language) -> None:
    """Draw the rule and its sensitivity, then the form that sets another."""
    model = session.study.model
    st.header(words("lost_rule", language), anchor=False)
    st.markdown(model.lost.evidence.render(language, model.currency, markdown=True))
    found = session.runner.run("lost_definition")
    if isinstance(found, Finding):
        _sensitivity(found, model, language)
    st.caption(words("as_of_day", language, day=day(model.as_of, language)))
    with st.popover(words("change_rule", language), icon=":material/tune:"):
        _form(model, language)


def _sensitivity(found: Finding, model: DataModel, language: Language) -> None:
    """One line a silence, the one in force marked; for a label, the share it gives."""
    rates = [measure for measure in found.measures if measure.unit is Unit.RATIO]
    if found.table is None:
        if rates:
            share = number(rates[0].value or 0.0, Unit.RATIO, language, n=rates[0].n)
            st.markdown(words("share_lost", language, share=f"**{share}**", interval=_interval(rates[0], language)))
        return
    rows = []
    for cells, rate in zip(found.table.rows, rates[-len(found.table.rows) :], strict=True):
        days = number(cells[0], Unit.DAYS, language)
        mine = cells[0] == model.lost.days
        rows.append(
            (
                f"{days} · {words('rule_in_force', language)}" if mine else days,
                number(cells[1], Unit.COUNT, language),
                number(rate.value or 0.0, Unit.RATIO, language, n=rate.n),
                _interval(rate, language),
            )
        )
    heads = [words(key, language) for key in ("lost_days", "customers_lost", "share_of_customers", "interval")]
    show_words(heads, rows, numbers=(1, 2, 3), key="lost-moves")


def _interval(rate: Estimate, language: Language) -> str:
    if rate.low is None or rate.high is None:
        return "—"
    return f"{number(rate.low, Unit.RATIO, language, n=rate.n)} – {number(rate.high, Unit.RATIO, language, n=rate.n)}"


def _form(model: DataModel, language: Language) -> None:
    columns, silent = _columns(model), _dated_by_silence(model)
    ways = [*(["days"] if silent else []), *(["column"] if columns else [])]
    if not ways:
        st.markdown(words("no_rule", language))
        return
    by_days = model.lost.basis in (LostBasis.RHYTHM, LostBasis.DAYS, LostBasis.NONE)
    start = "days" if "days" in ways and (by_days or "column" not in ways) else "column"
    way = st.radio(
        words("lost_when", language), ways, index=ways.index(start), key=f"lost-way-{mark()}",
        format_func=lambda name: words(f"lost_by_{name}", language),
    )  # fmt: skip
    chosen = Corrections()
    if way == "days":
        days = st.number_input(
            words("lost_days", language), 1, _LONGEST, model.lost.days or _START_DAYS, key=f"lost-days-{mark()}"
        )
        if days != model.lost.days:
            chosen = Corrections(lost_days=int(days))
    elif way == "column":
        place = columns.index(model.lost.column) if model.lost.column in columns else 0
        column = st.selectbox(
            words("column", language), columns, index=place, format_func=escape_markdown, key=f"lost-column-{mark()}"
        )
        chosen = _by_column(model, column, language)
    # Never greyed out: what is being typed is only known once the click has left the field.
    if st.button(words("apply_rule", language), type="primary", key=f"lost-apply-{mark()}") and chosen != Corrections():
        apply(chosen)
    _date_form(model, language)


def _by_column(model: DataModel, name: str, language: Language) -> Corrections:
    """The column chosen, and which of its words mean gone where it holds words."""
    column = next(column for table in model.of_kind(*_HOLDS_PEOPLE) for column in table.columns if column.name == name)
    mine = name == model.lost.column
    if column.type is not ColumnType.CATEGORY or not column.top:
        return Corrections() if mine else Corrections(lost_column=name)
    now = model.lost.lost_values if mine else lost_values(column)
    values = list(dict.fromkeys(value.strip() for value, _ in column.top))
    gone = st.multiselect(
        words("gone_values", language), values, [value for value in values if value in {one.strip() for one in now}],
        format_func=escape_markdown, key=f"lost-values-{name}-{mark()}",
    )  # fmt: skip
    if not gone or (mine and set(gone) == {value.strip() for value in now}):
        return Corrections()
    return Corrections(lost_column=name, lost_values=tuple(gone))


def _dated_by_silence(model: DataModel) -> bool:
    """Whether the files say since when each customer has been silent."""
    dated = any(model.of_kind(TableKind.TRANSACTIONS, TableKind.INVOICES, *LIVING))
    return dated or model.has((Role.LAST_PURCHASE_DATE,)) or model.has((Role.RECENCY,))


def _date_form(model: DataModel, language: Language) -> None:
    """The day the diagnosis looks from: another one, and what came after it is not known."""
    given = st.date_input(
        words("as_of", language), model.as_of, min_value=model.as_of - timedelta(days=_LONGEST),
        max_value=max(model.as_of, date.today()), format="DD/MM/YYYY", key=f"as-of-{mark()}",
    )  # fmt: skip
    if st.button(words("apply_date", language), key=f"as-of-apply-{mark()}") and isinstance(given, date) and given != model.as_of:
        apply(Corrections(as_of=given))


def _columns(model: DataModel) -> list[str]:
    """Columns of people or contracts that could say who has left: few values, or dates."""
    names = [
        column.name
        for table in model.of_kind(*_HOLDS_PEOPLE)
        for column in table.columns
        if column.type in _TELLING and (column.type is not ColumnType.CATEGORY or column.distinct <= _MOST_VALUES)
    ]
    return list(dict.fromkeys([*([model.lost.column] if model.lost.column else []), *names]))
