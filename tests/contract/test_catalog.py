"""What every analysis of the catalogue owes: names, both languages, numbers with their doubt, no digit in a template."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from analytics.analysis import Analysis
from assistant.session import FULL_CATALOG, Session
from assistant.wire import finding_json, not_answerable_json
from assistant.wire_shapes import DiagnosisJson, FindingJson
from vocabulary.estimate import Unit
from vocabulary.finding import Finding, NotApplicable
from vocabulary.language import Text
from vocabulary.sentence import Listing, Sentence

# The names `contract.md` gives, by row of `features.md`.
NAMES = {
    "J0": "relationship_overview", "J1": "anniversaries", "R1": "acquisition_quality", "R2": "ideal_client",
    "R3": "best_and_disappointing", "R4": "false_friends", "R5": "promo_dependence", "R6": "free_trials",
    "R7": "access_limits", "R8": "lookalikes", "R9": "recruitment_brief", "R10": "recruits_now",
    "W1": "second_purchase", "W2": "welcome_effect", "L1": "segments", "L2": "breadth", "L3": "routine",
    "L4": "listening", "L5": "next_needs", "L6": "customer_value", "L7": "loyalty_programme", "L8": "why_they_stay",
    "C1": "churn_rate", "C2": "churn_drivers", "C3": "decline_onset", "C4": "leak_points", "C5": "at_risk",
    "C6": "foresight", "C7": "competitor_signals", "C8": "cohort_table", "Q1": "still_alive", "Q2": "embers",
    "Q3": "winback_targets", "Q4": "winback_budget", "Q5": "campaign_effect", "Q6": "second_life",
    "M1": "revenue_bridge", "M2": "money_definition", "M3": "outlook", "N1": "recurring_revenue",
    "N2": "account_health", "S1": "store_loyalty", "S2": "omnichannel", "E1": "explore", "E2": "customer_story",
    "D3": "data_health", "D4": "lost_definition", "P5": "contact_rights", "T7": "guidance",
}  # fmt: skip
BUILT = [analysis for analysis in FULL_CATALOG if analysis.run is not None]
SHAPES = ["labelled", "purchases", "no_row", "one_row", "one_customer", "all_lost"]
DIGIT = re.compile(r"\d")
# Numbers that are counted or chosen, not sampled, need no interval.
EXACT = (Unit.COUNT, Unit.CUSTOMERS, Unit.ORDERS, Unit.DAYS, Unit.P_VALUE)


def test_every_row_of_the_contract_is_declared_once() -> None:
    assert {analysis.row: analysis.name for analysis in FULL_CATALOG} == NAMES
    assert len(FULL_CATALOG) == len(NAMES)


@pytest.mark.parametrize("analysis", FULL_CATALOG, ids=lambda analysis: analysis.name)
def test_says_what_it_is_in_both_languages(analysis: Analysis) -> None:
    for text in (analysis.title, analysis.summary):
        assert text.fr.strip() and text.en.strip() and text.fr != text.en or text.fr in ("Segments",)
    for language in ("fr", "en"):
        assert len(analysis.examples[language]) == 2
        assert all(example.strip() for example in analysis.examples[language])
    if analysis.run is None:
        assert analysis.needs, "a planned analysis says what it will need"


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("analysis", BUILT, ids=lambda analysis: analysis.name)
def test_answers_or_says_what_is_missing(analysis: Analysis, shape: str, sessions: dict[str, Session]) -> None:
    result = sessions[shape].runner.run(analysis.name)
    for language in ("fr", "en"):
        if isinstance(result, NotApplicable):
            said = not_answerable_json(result, language)
            assert said.missing and said.reason and said.would_unlock
        else:
            said = finding_json(result, language)
            assert FindingJson.model_validate(said.model_dump(mode="json"))
            assert said.claim and "{" not in said.claim


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("analysis", BUILT, ids=lambda analysis: analysis.name)
def test_every_measure_has_its_n_and_its_interval(analysis: Analysis, shape: str, sessions: dict[str, Session]) -> None:
    result = sessions[shape].runner.run(analysis.name)
    if isinstance(result, NotApplicable):
        return
    names = [measure.name for measure in result.measures]
    assert len(names) == len(set(names)), "two measures of one finding share a name"
    for measure in result.measures:
        if measure.low is not None and measure.high is not None and measure.value is not None:
            assert measure.low <= measure.value <= measure.high, measure
        if measure.unit is Unit.RATIO and not measure.method.startswith(("exact", "calibrated", "ratio")) and measure.value is not None:
            assert measure.n is not None and measure.low is not None, measure


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("analysis", BUILT, ids=lambda analysis: analysis.name)
def test_no_digit_stands_in_a_template(analysis: Analysis, shape: str, sessions: dict[str, Session]) -> None:
    result = sessions[shape].runner.run(analysis.name)
    for text in _templates(result):
        for words in (text.fr, text.en):
            assert not DIGIT.search(re.sub(r"\{[^}]*\}", "", words)), words


def test_a_repeated_question_is_not_computed_twice(sessions: dict[str, Session]) -> None:
    runner = sessions["labelled"].runner
    assert runner.run("churn_rate") is runner.run("churn_rate")


def test_the_diagnosis_names_every_analysis_once(sessions: dict[str, Session]) -> None:
    done = sessions["labelled"].diagnosis()
    told = [finding.analysis for finding in done.findings] + [missing.analysis for missing in done.not_answerable]
    assert sorted(told) == sorted(NAMES.values())
    assert DiagnosisJson.model_json_schema()


def _templates(result: Finding | NotApplicable) -> Iterator[Text]:
    if isinstance(result, NotApplicable):
        yield from _of(result.reason)
        yield from _of(result.would_unlock)
        return
    for sentence in (result.claim, *result.facts, *result.caveats, *((result.doubt,) if result.doubt else ())):
        yield from _of(sentence)
    yield from result.next_questions
    if result.chart:
        yield from _of(result.chart.title)


def _of(sentence: Sentence) -> Iterator[Text]:
    yield sentence.template
    for value in sentence.values.values():
        parts = value.parts if isinstance(value, Listing) else (value,)
        for part in parts:
            if isinstance(part, Sentence):
                yield from _of(part)
