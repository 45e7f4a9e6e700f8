"""The page's frame, and the only raw HTML of the app: constant files beside this one, no value of a file ever."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from ui.words import words
from vocabulary.language import LANGUAGES, Language

_HERE = Path(__file__).parent
_NAMES = {"fr": "Français", "en": "English"}


def frame(language: Language) -> None:
    """Lay the style down, say the page's language to the browser, and draw the language switch."""
    st.html(_style(language, dark=st.context.theme.type == "dark"))  # noqa: TID251 - the one place, constant files
    st.html(_script(language), unsafe_allow_javascript=True)  # noqa: TID251
    with st.container(key="language"):
        chosen = st.segmented_control(
            words("language", language), LANGUAGES, default=language, format_func=str.upper, key=f"switch-{language}",
            label_visibility="collapsed", required=True,
        )  # fmt: skip
    if chosen and chosen != language:
        st.session_state["language"] = chosen
        st.query_params["lang"] = chosen
        st.rerun()


def phone_pages(pages: Sequence[Page]) -> None:
    """Draw links to the pages in the page itself; the style shows them on a phone only."""
    with st.container(key="phone-pages", horizontal=True):
        for page in pages:
            st.page_link(page)


@lru_cache
def _style(language: Language, *, dark: bool) -> str:
    css = (_HERE / "page.css").read_text(encoding="utf-8").replace("LANGUAGE", language)
    quiet, on_accent, ground = ("#c4b8ae", "#1d1916", "#1d1916") if dark else ("#5d534d", "#ffffff", "#fffdfb")
    failure = words("unexpected", language)
    colours = f"--noces-quiet: {quiet}; --noces-on-accent: {on_accent}; --noces-ground: {ground};"
    return f'<style>:root {{ {colours} }}{css}[data-testid="stException"]::after {{ content: "{failure}"; }}</style>'


@lru_cache
def _script(language: Language) -> str:
    script = (_HERE / "page.js").read_text(encoding="utf-8").replace('"LANGUAGE"', f'"{language}"')
    return f"<span hidden>{_NAMES[language]}</span><script>{script}</script>"
