"""The drawer: what an answer rests on. Claim, numbers, doubt, table, definition, guidance, SQL, columns set aside."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from assistant.answer import Citation
from assistant.documents.tables import cell_words
from assistant.plan.exports import STRENGTH_NAMES
from ui import state
from ui.measures import measure_name
from ui.parts.frames import show_table, show_words
from ui.words import colon, words
from vocabulary import formats
from vocabulary.estimate import Estimate, Unit
from vocabulary.finding import Column, Finding, SetAsideWhy
from vocabulary.formats import day
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
    SetAsideWhy.UNDATED: Text(
        "activité d’aujourd’hui, relevée sans date : elle suit les départs", "today’s activity, without a date: it follows departures"
    ),
}


# How intervals are computed, in the reader's words; a method named after its author is its own name.
_METHODS: dict[str, Text] = {
    "logistic": Text("régression logistique", "logistic regression"),
    "Kaplan-Meier of silences": Text("Kaplan-Meier sur les silences", "Kaplan-Meier on silences"),
    "beta-binomial shrinkage": Text("estimation bêta-binomiale", "beta-binomial estimation"),
    "direct standardisation": Text("standardisation directe", "direct standardisation"),
    "life table": Text("table de survie", "life table"),
    "bootstrap": Text("rééchantillonnage", "resampling"),
    "past returns": Text("retours passés", "past returns"),
    "first silence whose chance of ending within a year is under one in ten, Kaplan-Meier": Text(
        "Kaplan-Meier sur les silences", "Kaplan-Meier on silences"
    ),
    "95th percentile of own gaps, product-limit for right truncation": Text(
        "quantile des intervalles entre achats", "quantile of the gaps between purchases"
    ),
}


def open_drawer(finding: Finding, citations: tuple[Citation, ...] = ()) -> None:
    """Open the drawer over the page."""
    language = state.language()
    drawer(words("evidence_title", language), lambda: _draw(finding, citations, language))


def drawer(title: str, draw: Callable[[], None]) -> None:
    """Open a drawer on the right, with what `draw` draws in it."""
    st.dialog(title, width="medium", position="right")(draw)()


def _draw(finding: Finding, citations: tuple[Citation, ...], language: Language) -> None:
    model = state.session().study.model
    currency = model.currency
    st.markdown(f"**{finding.claim.render(language, currency, markdown=True)}**")
    st.badge(STRENGTH_NAMES[finding.strength].in_(language).capitalize(), color="gray")
    _measures(finding.measures, language, currency, key=finding.id)
    if finding.table is not None and finding.table.rows:
        _heading("table", language)
        show_table(finding.table, language, currency, key=f"evidence-{finding.id}")
    if finding.caveats or finding.doubt:
        _heading("caveats", language)
        lines = [caveat.render(language, currency, markdown=True) for caveat in finding.caveats]
        if finding.doubt is not None:
            lines.append(f"{words('doubt', language)}{colon(language)} {finding.doubt.render(language, currency, markdown=True)}")
        st.markdown("\n".join(f"- {line}" for line in lines))
    _heading("definition", language)
    st.markdown(f"{words('lost_rule', language)}. {model.lost.evidence.render(language, currency, markdown=True)}")
    if citations:
        _heading("guidance", language)
        for citation in citations:
            st.markdown(f"**{escape_markdown(citation.title)}**{colon(language)} {escape_markdown(citation.excerpt)}")
            st.caption(f"{escape_markdown(citation.source)}, {STRENGTH_NAMES[citation.strength].in_(language)}")
    if finding.set_aside:
        with st.expander(words("set_aside", language)):
            st.markdown("\n".join(f"- {escape_markdown(s.column)}, {_WHY[s.why].in_(language)}" for s in finding.set_aside))
    if finding.queries:
        with st.expander(words("sql", language)):
            for query in finding.queries:
                st.code(query.strip(), language="sql", wrap_lines=True)
    level = formats.number(0.95, Unit.RATIO, language, n=1)
    st.caption(f"{words('as_of_day', language, day=day(model.as_of, language))} {words('engine', language, level=level)}")


def _heading(key: str, language: Language) -> None:
    st.subheader(words(key, language), anchor=False)


def _measures(measures: tuple[Estimate, ...], language: Language, currency: str | None, *, key: str) -> None:
    rows = []
    for measure in measures:
        name = measure_name(measure, language)
        if name is None:
            continue
        value = cell_words(measure.value, Column(measure.name, Text("", ""), measure.unit), language, currency)
        cases = "—" if measure.n is None else formats.number(measure.n, Unit.COUNT, language)
        rows.append((name, value, _interval(measure, language, currency), cases))
    if not rows:
        return
    _heading("numbers", language)
    show_words([words(key, language) for key in ("measure", "value", "interval", "cases")], rows, numbers=(1, 2, 3), key=f"numbers-{key}")
    methods = sorted({measure.method for measure in measures if measure.method and measure.low is not None})
    if methods:
        said = ", ".join(_METHODS[method].in_(language) if method in _METHODS else method for method in methods)
        st.caption(f"{words('methods', language)}{colon(language)} {said}")


def _interval(measure: Estimate, language: Language, currency: str | None) -> str:
    if measure.low is None or measure.high is None:
        return "—"
    low, high = (
        formats.number(bound, measure.unit, language, currency=currency, n=measure.n) for bound in (measure.low, measure.high)
    )
    return f"{low} – {high}"
