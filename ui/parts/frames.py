"""A finding's table as a grid: words in the reader's language, numbers right-aligned."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from assistant.documents.tables import to_grid
from vocabulary.finding import Table
from vocabulary.language import Language


def show_table(table: Table, language: Language, currency: str | None, *, key: str, most: int = 500) -> None:
    """Draw the first rows of a table."""
    grid = to_grid(table, language, currency, most=most)
    heads = _distinct(grid.heads)
    frame = pd.DataFrame([list(row) for row in grid.rows], columns=heads)
    config = {
        head: st.column_config.TextColumn(grid.heads[i], alignment="right" if i in grid.numbers else "left")
        for i, head in enumerate(heads)
    }
    st.dataframe(frame, hide_index=True, column_config=config, key=key, width="stretch", height="content" if len(frame) < 12 else 420)


def _distinct(heads: tuple[str, ...]) -> list[str]:
    """Two columns may bear the same words: number the second."""
    seen: dict[str, int] = {}
    found = []
    for head in heads:
        seen[head] = seen.get(head, 0) + 1
        found.append(head if seen[head] == 1 else f"{head} ({seen[head]})")
    return found
