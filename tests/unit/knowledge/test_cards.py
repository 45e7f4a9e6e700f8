"""Every guidance card, in both languages: form, honesty, typography, nothing copied."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from knowledge import corpus
from knowledge.corpus import Card
from knowledge.text import words
from vocabulary.language import LANGUAGES
from vocabulary.themes import JourneyStage, Strength, Theme

SEEDS = Path(__file__).parents[4] / "shared" / "seeds"  # beside the repository, never in it
ANALYSES = frozenset(
    """relationship_overview anniversaries acquisition_quality ideal_client best_and_disappointing false_friends
    promo_dependence free_trials access_limits lookalikes recruitment_brief recruits_now second_purchase welcome_effect
    segments breadth routine listening next_needs customer_value loyalty_programme why_they_stay churn_rate
    churn_drivers decline_onset leak_points at_risk foresight competitor_signals cohort_table still_alive embers
    winback_targets winback_budget campaign_effect second_life revenue_bridge money_definition outlook
    recurring_revenue account_health store_loyalty omnichannel explore customer_story data_health lost_definition
    contact_rights guidance""".split()
)

ALL = tuple(chain.from_iterable(corpus.load().cards[language].values() for language in LANGUAGES))
every_card = pytest.mark.parametrize("card", ALL, ids=[f"{card.language}-{card.id}" for card in ALL])


def texts(card: Card) -> Iterator[str]:
    """All the words of a card that are ours: the source's title is left as its authors wrote it."""
    yield from (card.title, card.applies_when, card.does_not_apply_when, card.body, card.avoid or "")
    yield from card.questions
    yield from card.also_asked


def test_there_are_enough_cards_and_the_same_in_both_languages() -> None:
    """At least 60 in each (loading refuses ids that stand in one language only)."""
    cards = corpus.load().cards
    assert cards["fr"].keys() == cards["en"].keys()
    assert len(cards["fr"]) >= 60


def test_the_corpus_covers_the_journey_and_the_themes() -> None:
    """Every stage has several cards; every theme but `other` is spoken of."""
    cards = corpus.load().cards["fr"].values()
    for stage in JourneyStage:
        assert sum(card.stage == stage for card in cards) >= 6, stage
    for theme in set(Theme) - {Theme.OTHER}:
        assert sum(theme in card.themes for card in cards) >= 3, theme


@every_card
def test_a_card_says_when_it_applies_and_what_checks_it(card: Card) -> None:
    """K1: when not to apply it; and analyses that exist in the contract."""
    assert card.applies_when != card.does_not_apply_when
    assert set(card.analyses) <= ANALYSES
    assert 2 <= len(card.questions) <= 3
    assert all(question.endswith("?") for question in card.questions)
    assert len(card.body.split("\n\n")) == 4


@every_card
def test_a_card_says_how_to_measure_with_a_control_group(card: Card) -> None:
    """Advice that cannot be tested is an opinion."""
    assert re.search(r"témoin" if card.language == "fr" else r"control|held out", card.body)


@every_card
def test_what_practitioners_say_is_weak_evidence(card: Card) -> None:
    """Blog advice and anecdotes never pass for results, and our own notes neither."""
    if "Know Your People" in card.source.author or card.source.author == "Noces":
        assert card.evidence == Strength.WEAK
    else:
        assert card.source.year is None or 1880 <= card.source.year <= 2026


def test_both_articles_and_the_dissent_are_there() -> None:
    """Many cards carry the articles' advice; the thesis is contradicted beside it."""
    cards = corpus.load().cards["fr"]
    authors = [card.source.author for card in cards.values()]
    assert sum("Know Your People" in author for author in authors) >= 25
    for thesis in ("loyalty-starts-at-prospecting", "ideal-client", "promo-drug", "free-trial-two-reasons"):
        assert cards[thesis].dissent, thesis


def test_the_two_traps_of_the_articles() -> None:
    """The saying is attributed, not quoted; nobody is said to have beaten Amazon."""
    for card in ALL:
        whole = " ".join(texts(card))
        if "Hsieh" in whole:
            assert "attribu" in whole
            assert ("pas la source" if card.language == "fr" else "no source") in card.body
        assert not re.search(r"\bvaincu|\bbeaten|\bdefeated", whole)
        if "Amazon" in whole:
            assert "2009" in whole
    assert not any("laisser à leurs clients" in text for card in ALL for text in texts(card))


@every_card
def test_rules_of_law_send_to_a_specialist(card: Card) -> None:
    """A summary of the law is no legal advice, and says so."""
    if re.search(r"CNIL|Règlement|Loi n°", card.source.author):
        assert re.search(r"délégué|juriste|data protection officer|lawyer", card.body)


@every_card
def test_typography(card: Card) -> None:
    """French spaces and apostrophes in French; none of them in English."""
    for text in texts(card):
        assert not re.search(r"  | $|^ |\s,|\s\.(?!\.)", text), text
        if card.language == "en":
            assert not re.search(r"\s[:;?!%]|«|»", text), text
            continue
        assert not re.search(r"[^\u00a0]:(?!//)|[^\u202f][;?!%]", text), text
        assert not re.search(r"«[^\u00a0]|[^\u00a0]»|[\"“”]", text), text
        assert not re.search(r"\w'\w|\d\.\d", text), text


@every_card
def test_nobody_is_addressed_familiarly(card: Card) -> None:
    """« Vous », never « tu »."""
    if card.language == "fr":
        assert not {"tu", "toi", "tes", "ton"} & (set(words(card.body)) | set(words(card.title)))


def test_nothing_is_copied_from_the_articles() -> None:
    """No run of eight words of the articles stands in a card."""
    if not SEEDS.is_dir():
        pytest.skip("the articles are not on this machine")
    sources = [words(path.read_text(encoding="utf-8")) for path in sorted(SEEDS.glob("*.txt"))]
    assert sources
    runs = {run for source in sources for run in _runs(source)}
    copied = [(card.id, run) for card in ALL for text in texts(card) for run in _runs(words(text)) if run in runs]
    assert copied == []


def _runs(found: list[str]) -> Iterator[tuple[str, ...]]:
    yield from (tuple(found[start : start + 8]) for start in range(len(found) - 7))
