"""A finding's chart, with its title in words and a text for those who cannot see it."""

from __future__ import annotations

import streamlit as st

from assistant.charts import vega_lite
from vocabulary.finding import Finding
from vocabulary.language import Language
from vocabulary.sentence import escape_markdown


def show_chart(finding: Finding, language: Language, currency: str | None, *, key: str) -> None:
    """Draw the chart of a finding; nothing when it has none."""
    spec = vega_lite(finding, language, currency)
    if spec is None:
        return
    title = spec.pop("title")["text"]
    spec.pop("$schema")
    st.markdown(f"**{escape_markdown(title)}**")
    st.vega_lite_chart(spec=spec, width="stretch", key=key, alt=str(spec["description"]))
