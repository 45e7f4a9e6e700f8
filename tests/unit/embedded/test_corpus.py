"""The corpus: every analysis of the catalogue in both languages, varied, and no question asking for two things."""

from collections import Counter, defaultdict

from analytics.catalog import CATALOG
from assistant.embedded import corpus
from assistant.embedded.text import plain

MAIN = {
    "relationship_overview", "churn_rate", "churn_drivers", "leak_points", "at_risk", "segments", "acquisition_quality",
    "still_alive", "data_health", "lost_definition", "explore", "guidance",
}  # fmt: skip


def test_every_analysis_has_enough_examples_in_both_languages():
    counts = Counter((example.intent, example.language) for example in corpus.read())
    for name in {analysis.name for analysis in CATALOG} | {"guidance"}:
        for language in ("fr", "en"):
            assert counts[name, language] >= (25 if name in MAIN else 15), (name, language)
    assert counts["none", "fr"] >= 150
    assert counts["none", "en"] >= 150


def test_nothing_but_the_catalogue_is_learnt():
    names = {analysis.name for analysis in CATALOG} | {"guidance", corpus.NONE}
    assert {example.intent for example in corpus.read()} == names


def test_no_question_asks_for_two_analyses():
    intents = defaultdict(set)
    for example in corpus.read():
        intents[plain(example.text), example.language].add(example.intent)
    assert [question for question, asked in intents.items() if len(asked) > 1] == []


def test_every_analysis_is_asked_in_several_styles():
    styles = defaultdict(set)
    for example in corpus.read():
        styles[example.intent, example.language].add(example.style)
    assert min(len(found) for found in styles.values()) >= 5
