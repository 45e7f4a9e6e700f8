"""The states of the relation as tiles: how many, which share, and how that moved in a year."""

from __future__ import annotations

import streamlit as st

from ui.words import words
from vocabulary.estimate import Unit
from vocabulary.finding import Finding
from vocabulary.formats import number
from vocabulary.language import Language, Text


def show_states(overview: Finding, language: Language, currency: str | None) -> None:
    """Draw one tile a state that has customers."""
    items = [item for item in overview.items if item.get("customers")]
    if not items:
        return
    with st.grid(columns=len(items), min_column_width=120, gap="small"):
        for item in items:
            with st.container(border=True, height="stretch", key=f"tile-{item['state']}"):
                name = item["name"]
                label = name.in_(language) if isinstance(name, Text) else str(name)
                st.markdown(label[:1].upper() + label[1:])
                st.markdown(f"**{number(item['customers'], Unit.COUNT, language)}**")
                share = number(item["share"], Unit.RATIO, language)
                st.caption(f"{share} {words('of_base', language)}")
                _trend(item["customers"], item.get("year_before"), language)


def _trend(now: int, before: int | None, language: Language) -> None:
    """Where it stood a year ago: the reader sees the direction without our judging it."""
    if before is None:
        return
    gap = now - before
    icon = ":material/trending_up:" if gap > 0 else ":material/trending_down:" if gap < 0 else ":material/trending_flat:"
    sign = "+" if gap > 0 else "−" if gap < 0 else ""
    st.caption(f"{icon} {sign}{number(abs(gap), Unit.COUNT, language)} {words('in_a_year', language)}")
