"""The drawer: what an answer rests on. Definition, numbers, table, SQL, guidance, columns set aside."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from assistant.answer import Citation
from assistant.documents.tables import cell_words
from ui import state
from ui.parts.frames import show_table
from ui.words import words
from vocabulary import formats
from vocabulary.estimate import Estimate, Unit
from vocabulary.finding import Column, Finding, SetAsideWhy
from vocabulary.language import Language, Text
from vocabulary.sentence import escape_markdown

_WHY: dict[SetAsideWhy, Text] = {
    SetAsideWhy.LEAK: Text("connue seulement une fois le client parti", "only known once the customer has gone"),
    SetAsideWhy.IDENTIFIER: Text("identifiant", "identifier"),
    SetAsideWhy.CONSTANT: Text("toujours la même valeur", "always the same value"),
    SetAsideWhy.TOO_SPARSE: Text("trop peu remplie", "too sparse"),
    SetAsideWhy.TOO_MANY_VALUES: Text("trop de valeurs différentes", "too many values"),
    SetAsideWhy.PERSONAL: Text("donnée personnelle", "personal data"),
    SetAsideWhy.FREE_TEXT: Text("texte libre", "free text"),
    SetAsideWhy.DUPLICATE: Text("dit la même chose qu’une autre colonne", "says the same as another column"),
    SetAsideWhy.NOT_STABLE: Text("ne tient pas d’un échantillon à l’autre", "does not hold from sample to sample"),
    SetAsideWhy.NO_EFFECT: Text("sans effet établi", "no established effect"),
    SetAsideWhy.LABEL: Text("dit elle-même qui est perdu", "says itself who is lost"),
    SetAsideWhy.CLOCK: Text("mesure le temps lui-même", "measures time itself"),
}


def open_drawer(finding: Finding, citations: tuple[Citation, ...] = ()) -> None:
    """Open the drawer over the page."""
    language = state.language()
    _drawer_of(words("evidence_title", language))(finding, citations, language)


def _drawer_of(title: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 - Streamlit's decorator is untyped
    return st.dialog(title, width="large", position="right")(_draw)


def _draw(finding: Finding, citations: tuple[Citation, ...], language: Language) -> None:
    currency = state.session().study.model.currency
    st.markdown(f"**{finding.claim.render(language, currency, markdown=True)}**")
    if finding.measures:
        _measures(finding.measures, language, currency)
    for caveat in finding.caveats:
        st.markdown(":material/info: " + caveat.render(language, currency, markdown=True))
    if finding.table is not None and finding.table.rows:
        st.markdown(f"##### {words('table', language)}")
        show_table(finding.table, language, currency, key=f"evidence-{finding.id}")
    if finding.set_aside:
        with st.expander(words("set_aside", language)):
            st.markdown("\n".join(f"- {escape_markdown(s.column)} — {_WHY[s.why].in_(language)}" for s in finding.set_aside))
    if finding.queries:
        with st.expander(words("sql", language)):
            for query in finding.queries:
                st.code(query.strip(), language="sql", wrap_lines=True)
    if citations:
        st.markdown(f"##### {words('guidance', language)}")
        for citation in citations:
            st.markdown(f"**{escape_markdown(citation.title)}** — {escape_markdown(citation.source)}")
    st.caption(words("engine", language))


def _measures(measures: tuple[Estimate, ...], language: Language, currency: str | None) -> None:
    rows = []
    for measure in measures:
        column = Column(measure.name, Text("", ""), measure.unit)
        interval = "—"
        if measure.low is not None and measure.high is not None:
            low, high = (
                formats.number(bound, measure.unit, language, currency=currency, n=measure.n)
                for bound in (measure.low, measure.high)
            )
            interval = f"{low} – {high}"
        value = cell_words(measure.value, column, language, currency)
        cases = "—" if measure.n is None else formats.number(measure.n, Unit.COUNT, language)
        rows.append((measure.name.replace("_", " "), value, interval, cases, measure.method))
    names = [words(key, language) for key in ("measure", "value", "interval", "cases", "method")]
    config = {name: st.column_config.TextColumn(name, alignment="right") for name in names[1:4]}
    st.dataframe(pd.DataFrame(rows, columns=names), hide_index=True, column_config=config, height="content" if len(rows) < 9 else 330)
