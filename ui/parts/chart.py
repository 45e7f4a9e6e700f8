"""A finding's chart, with its title in words and a text for those who cannot see it."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from assistant.charts import DARK, LIGHT, is_customer_list, vega_lite
from ui.parts.frames import show_table
from vocabulary.finding import Finding, Table
from vocabulary.language import Language
from vocabulary.sentence import escape_markdown

_MOST_BARS = 10
_MOST_ROWS = 4
_IN_THE_EVIDENCE = frozenset({"value"})
_NOT_ON_A_PHONE = "at_stake"  # who, how exposed and why come first where there is room for no more


def show_exhibit(
    finding: Finding, language: Language, currency: str | None, *, key: str, most: int = _MOST_BARS
) -> None:
    """Draw what shows a finding best: the head of a list of customers, else its chart."""
    if is_customer_list(finding) and finding.table is not None:
        head = _head(finding.table)
        hidden = [place for place, column in enumerate(head.columns) if column.name == _NOT_ON_A_PHONE]
        show_table(head, language, currency, key=f"{key}-head", most=_MOST_ROWS, not_on_a_phone=hidden)
    elif (names := _names(finding)) is not None:
        show_table(names, language, currency, key=f"{key}-names", most=_MOST_BARS)
    else:
        show_chart(finding, language, currency, key=key, most=most)


def _head(table: Table) -> Table:
    """The columns that fit in a card: who, how exposed, what is at stake, why; the rest is in the evidence."""
    kept = [place for place, column in enumerate(table.columns) if column.name not in _IN_THE_EVIDENCE]
    rows = tuple(tuple(row[place] for place in kept) for row in table.rows)
    return replace(table, columns=tuple(table.columns[place] for place in kept), rows=rows)


def _names(finding: Finding) -> Table | None:
    """Who they are, where names are asked for and each counts for one; None of any other finding."""
    table = finding.table
    if table is None or finding.chart is not None or not table.rows or [column.name for column in table.columns[:2]] != ["customer_id", "customers"]:
        return None
    kept = [place for place, column in enumerate(table.columns) if column.name in ("customer_id", "name")]
    return replace(table, columns=tuple(table.columns[place] for place in kept), rows=tuple(tuple(row[place] for place in kept) for row in table.rows))


def has_exhibit(finding: Finding) -> bool:
    """Whether there is something to draw beside the words."""
    return finding.chart is not None or is_customer_list(finding) or _names(finding) is not None


def show_chart(
    finding: Finding, language: Language, currency: str | None, *, key: str, most: int = _MOST_BARS
) -> None:
    """Draw the chart of a finding in the colours of the page; nothing when it has none."""
    dark = st.context.theme.type == "dark"
    spec = vega_lite(finding, language, currency, palette=DARK if dark else LIGHT, most=most)
    if spec is None:
        return
    heads = spec.pop("title")
    title, subtitle = (_whole(heads.get(name, "")) for name in ("text", "subtitle"))
    words = str(spec.pop("description"))  # given once, below: the framework would log a second one
    spec.pop("$schema")
    if title != finding.claim.render(language, currency):
        st.caption(escape_markdown(title))
    if subtitle:
        st.caption(escape_markdown(subtitle))
    # The words sent are the ones drawn: a bidi trick or a link in a value stays what it is, text of an axis.
    st.vega_lite_chart(spec=spec, width="stretch", key=f"{key}-{'dark' if dark else 'light'}", alt=words)


def _whole(lines: str | list[str]) -> str:
    """A title on one line: the page wraps it as it likes."""
    return lines if isinstance(lines, str) else " ".join(lines)
