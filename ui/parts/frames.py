"""A table on the screen: words in the reader's language, numbers right-aligned, never a raw export."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd
import streamlit as st

from assistant.documents.tables import to_grid
from vocabulary.finding import Table
from vocabulary.language import Language

_TALL = 420  # pixels: a longer table scrolls inside
_WHOLE = 12  # rows shown without scrolling


def show_table(table: Table, language: Language, currency: str | None, *, key: str, most: int = 500) -> None:
    """Draw the first rows of a finding's table."""
    grid = to_grid(table, language, currency, most=most)
    show_words(grid.heads, grid.rows, numbers=grid.numbers, key=key)


def show_words(
    heads: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: Iterable[int] = (), key: str | None = None
) -> None:
    """Draw rows of words; `numbers` are the positions of right-aligned columns."""
    heads = [head[:1].upper() + head[1:] for head in heads]
    titles = _distinct(heads)
    right = frozenset(numbers)
    frame = pd.DataFrame([list(row) for row in rows], columns=titles)
    config = {
        title: st.column_config.TextColumn(heads[i], alignment="right" if i in right else "left")
        for i, title in enumerate(titles)
    }
    height = "content" if len(frame) <= _WHOLE else _TALL
    st.dataframe(frame, hide_index=True, column_config=config, key=key, width="stretch", height=height)


def _distinct(heads: Sequence[str]) -> list[str]:
    """Two columns may bear the same words: number the second."""
    seen: dict[str, int] = {}
    found = []
    for head in heads:
        seen[head] = seen.get(head, 0) + 1
        found.append(head if seen[head] == 1 else f"{head} ({seen[head]})")
    return found
