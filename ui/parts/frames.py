"""A table on the screen: words in the reader's language, numbers right-aligned, never a raw export."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import pandas as pd
import streamlit as st

from assistant.documents.tables import to_grid
from vocabulary.finding import Table
from vocabulary.language import Language
from vocabulary.sentence import escape_markdown

_TALL = 420  # pixels: a longer table scrolls inside
_WHOLE = 12  # rows shown without scrolling
_OPENING = re.compile(r"^(\d*)([#+=-]|(?<=\d)[.)](?=\s|$))")
_READABLE = 6  # columns: a wider table is one to scroll, not to read


def show_table(table: Table, language: Language, currency: str | None, *, key: str, most: int = 500, not_on_a_phone: Iterable[int] = ()) -> None:
    """Draw the first rows of a finding's table, without the columns at `not_on_a_phone` where the screen is narrow."""
    grid = to_grid(table, language, currency, most=most)
    show_words(grid.heads, grid.rows, numbers=grid.numbers, key=key, not_on_a_phone=not_on_a_phone)


def show_words(
    heads: Sequence[str], rows: Iterable[Sequence[str]], *, key: str, numbers: Iterable[int] = (), not_on_a_phone: Iterable[int] = ()
) -> None:
    """Draw rows of words; `numbers` are the positions of right-aligned columns, `not_on_a_phone` of those a narrow screen leaves out.

    A small table is text of the page: it wraps, it is read aloud, nothing in it is cut. A large one scrolls in its frame.
    """
    heads = _distinct([head[:1].upper() + head[1:] for head in heads])
    cells, right = [list(row) for row in rows], frozenset(numbers)
    if len(cells) <= _WHOLE and len(heads) <= _READABLE:
        _small(heads, cells, right, key, frozenset(not_on_a_phone))
        return
    frame = pd.DataFrame(cells, columns=heads)
    config = {
        title: st.column_config.TextColumn(title, alignment="right" if i in right else "left") for i, title in enumerate(heads)
    }
    st.dataframe(
        frame, hide_index=True, column_config=config, key=key, width="stretch",
        height="content" if len(frame) <= _WHOLE else _TALL,
    )  # fmt: skip


def _small(heads: Sequence[str], rows: list[list[str]], right: frozenset[int], key: str, hidden: frozenset[int]) -> None:
    """The places of the numbers, and of what a phone leaves out, stand in the key, where the style finds them."""
    frame = pd.DataFrame([[_inert(cell) for cell in row] for row in rows], columns=[_inert(head) for head in heads])
    places = "".join(f"-r{place + 1}" for place in sorted(right)) + "".join(f"-p{place + 1}" for place in sorted(hidden))
    with st.container(key=f"words-{key}{places}-end"):
        st.table(frame, border="horizontal", hide_index=True)


def _inert(cell: str) -> str:
    """A cell is words: at its start, a mark of title or of list is a character like another."""
    return _OPENING.sub(r"\1\\\2", escape_markdown(cell.strip()))


def _distinct(heads: Sequence[str]) -> list[str]:
    """Two columns may bear the same words: number the second."""
    seen: dict[str, int] = {}
    found = []
    for head in heads:
        seen[head] = seen.get(head, 0) + 1
        found.append(head if seen[head] == 1 else f"{head} ({seen[head]})")
    return found
