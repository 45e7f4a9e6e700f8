"""The page's frame, and the only raw HTML of the app: constant strings, no value of a file ever."""

from __future__ import annotations

import streamlit as st

from ui.words import words
from vocabulary.language import Language

# Streamlit's own words in the uploader are English: replaced by ours. Widths, rhythm and contrast for all pages.
_STYLE = """
<style>
.block-container {{ padding-top: 4.6rem; max-width: 72rem; }}
[data-testid="stFileUploaderDropzone"] button {{ font-size: 0; }}
[data-testid="stFileUploaderDropzone"] button::after {{ content: "{browse}"; font-size: 0.95rem; }}
[data-testid="stFileUploaderDropzoneInstructions"] > * {{ display: none; }}
[data-testid="stFileUploaderDropzoneInstructions"]::after {{ content: "{drag}"; opacity: 0.8; }}
[data-testid="stCaptionContainer"] {{ opacity: 1; }}
[data-testid="stCaptionContainer"] p {{ color: color-mix(in srgb, currentColor 78%, transparent); }}
[data-testid="stMetricValue"] {{ font-variant-numeric: tabular-nums; }}
h1 {{ font-size: 2rem !important; letter-spacing: -0.01em; }}
h2 {{ font-size: 1.3rem !important; }}
h3 {{ font-size: 1.05rem !important; }}
</style>
"""
_SCRIPT = {
    "fr": "<script>window.parent.document.documentElement.lang = 'fr';</script>",
    "en": "<script>window.parent.document.documentElement.lang = 'en';</script>",
}


def frame(language: Language) -> None:
    """Draw the language switch and lay the style down."""
    st.html(_STYLE.format(browse=words("search_files", language), drag=words("drag", language)))
    st.html(_SCRIPT[language], unsafe_allow_javascript=True)
    with st.container(horizontal=True, horizontal_alignment="right"):
        chosen = st.segmented_control(
            words("language", language), ["fr", "en"], default=language, format_func=str.upper, key=f"switch-{language}",
            label_visibility="collapsed", required=True,
        )  # fmt: skip
    if chosen and chosen != language:
        st.session_state["language"] = chosen
        st.query_params["lang"] = chosen
        st.rerun()


def announce(text: str) -> None:
    """Say that an answer has come, to a reader of the screen; `text` is one of our own constants."""
    st.html(f'<div role="status" aria-live="polite" style="position:absolute;left:-9999px">{text}</div>')
