"""What the files cannot tell: the questions without an answer, gathered under what would answer them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assistant.session import Session
from ui.words import words
from vocabulary.finding import NotApplicable
from vocabulary.language import Language
from vocabulary.sentence import escape_markdown


def show_lacking(missing: Sequence[NotApplicable], session: Session, language: Language, *, key: str) -> None:
    """Draw one line a thing to add, with the questions it unlocks; what this version does not do is said apart."""
    titles = {analysis.name: analysis.title.in_(language) for analysis in session.runner.catalog}
    unlocked: dict[str, list[str]] = {}
    for one in missing:
        if one.missing != "planned":
            unlocked.setdefault(one.would_unlock.render(language, markdown=True), []).append(titles[one.analysis])
    planned = [titles[one.analysis] for one in missing if one.missing == "planned"]
    with st.container(key=f"quiet-lacking-{key}"):
        if unlocked:
            st.markdown(words("lacking_intro", language))
            for unlock, names in unlocked.items():
                asked = " · ".join(escape_markdown(name) for name in dict.fromkeys(names))
                st.markdown(f"- **{asked}**  \n{unlock}")
        else:
            st.markdown(words("nothing_lacking", language))
        if planned:
            st.caption(f"{words('not_built', language)} · {escape_markdown(' · '.join(planned))}")
