"""Finding the cards that answer a question: meaning (vectors, in Chroma) and words (BM25), blended."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from knowledge import corpus
from knowledge.bm25 import BM25
from knowledge.corpus import Card, Corpus
from knowledge.embedding import Encoder, shared_encoder
from knowledge.text import sentences, stems
from vocabulary.language import LANGUAGES, Language
from vocabulary.themes import JourneyStage, Strength, Theme

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

_MEANING: Final = 0.7  # the share of the vectors in the blend; the rest is BM25's
_SUBJECT: Final = 0.30  # no card this close (cosine): the question is about something else; set on such questions
_FLOOR: Final = 0.25  # and a card further than this is not worth citing beside a closer one
_SECOND_SENTENCE: Final = 0.9  # a second sentence joins the excerpt when it is nearly as close as the first
_QUOTED: Final = 2  # paragraphs an excerpt comes from: the advice and what to do, not how to measure it
_ORDER: Final = {Strength.STRONG: 0, Strength.MODERATE: 1, Strength.WEAK: 2}


@dataclass(frozen=True, slots=True)
class Citation:
    """A card found for a question.

    Args:
        card: the card, in the language of the answer.
        excerpt: its one or two sentences closest to the question, as they stand in it.
        score: 0..1, relative to the other cards considered for the same question.
    """

    card: Card
    excerpt: str
    score: float


class CardStore:
    """The cards of one corpus, indexed in memory, one collection a language, built when first searched.

    Safe to share between threads.
    """

    def __init__(self, cards: Corpus, encoder: Encoder) -> None:
        """Keep the cards and the encoder; nothing is computed yet."""
        self._corpus = cards
        self._encoder = encoder
        self._lock = threading.Lock()
        self._indexes: dict[Language, _Index] = {}

    def search(
        self,
        question: str,
        language: Language,
        *,
        stage: JourneyStage | None = None,
        themes: Iterable[Theme] = (),
        top: int = 3,
    ) -> tuple[Citation, ...]:
        """Return the cards that answer a question, best first; fewer than `top`, or none, when none is close.

        Args:
            question: in French or English; it may differ from `language`.
            language: of the answer.
            stage: keep only the cards of this stage.
            themes: keep only the cards about at least one of these themes.
            top: how many at most.
        """
        vector = self._encoder.encode([question])[0]
        if not vector.any() or top < 1:
            return ()
        index = self._index(language)
        meaning = index.near(vector, stage, tuple(themes))
        if max(meaning.values(), default=0) < _SUBJECT:
            return ()
        closeness = np.array(list(meaning.values()))
        worded = index.worded(question)
        blend = _MEANING * _spread(closeness)
        blend += (1 - _MEANING) * _spread(np.array([worded[card_id] for card_id in meaning]))
        ranked = sorted(zip(meaning, closeness, blend, strict=True), key=lambda row: (-row[2], row[0]))
        return tuple(
            Citation(index.cards[card_id], index.excerpt(card_id, vector), float(score))
            for card_id, close, score in ranked[:top]
            if close >= _FLOOR
        )

    def _index(self, language: Language) -> _Index:
        with self._lock:
            if language not in self._indexes:
                self._indexes[language] = _Index(self._corpus, language, self._encoder)
            return self._indexes[language]


class _Index:
    """The cards of one language: a Chroma collection (one vector a card) and BM25."""

    def __init__(self, cards: Corpus, language: Language, encoder: Encoder) -> None:
        self.cards = cards.cards[language]
        self._language: Language = language
        self._encoder = encoder
        self._quotable: dict[str, tuple[tuple[str, ...], NDArray[np.float32]]] = {}
        self._lexical = BM25([stems(_words_of(card), language) for card in self.cards.values()])
        self._collection = _collection(f"cards-{language}-{encoder.name}-{cards.fingerprint}")
        self._collection.upsert(
            ids=list(self.cards),
            embeddings=_centres([_phrases_of(card) for card in self.cards.values()], encoder),
            metadatas=[_metadata(card) for card in self.cards.values()],
        )

    def near(
        self, vector: NDArray[np.float32], stage: JourneyStage | None, themes: Sequence[Theme]
    ) -> dict[str, float]:
        """Return the cosine of every card that passes the filters, by id."""
        found = self._collection.query(
            query_embeddings=vector[np.newaxis, :],
            n_results=len(self.cards),
            where=_where(stage, themes),
            include=["distances"],
        )
        distances = (found["distances"] or [[]])[0]
        return {card_id: 1 - distance for card_id, distance in zip(found["ids"][0], distances, strict=True)}

    def worded(self, question: str) -> dict[str, float]:
        """Return the BM25 score of every card, by id; the question is read in the cards' language."""
        scores = self._lexical.scores(stems(question, self._language))
        return dict(zip(self.cards, scores.tolist(), strict=True))

    def excerpt(self, card_id: str, vector: NDArray[np.float32]) -> str:
        """Return the sentence of a card closest to the question, and its neighbour when nearly as close."""
        if card_id not in self._quotable:
            quotable = sentences("\n\n".join(self.cards[card_id].body.split("\n\n")[:_QUOTED]))
            self._quotable[card_id] = (quotable, self._encoder.encode(quotable))
        parts, vectors = self._quotable[card_id]
        closeness = vectors @ vector
        best = int(closeness.argmax())
        neighbours = [place for place in (best - 1, best + 1) if 0 <= place < len(parts)]
        second = max(neighbours, key=lambda place: float(closeness[place]), default=best)
        chosen = {best, second} if closeness[second] >= _SECOND_SENTENCE * closeness[best] else {best}
        return " ".join(parts[place] for place in standing(parts, chosen))


def standing(parts: Sequence[str], chosen: set[int]) -> list[int]:
    """The places of the sentences quoted, in order, with the one that a fragment leans on: « Ne lui envoyez rien. » says not to whom.

    Args:
        parts: the sentences of a passage.
        chosen: the places of those to quote.
    """
    whole = set(chosen)
    while (first := min(whole)) > 0 and _LEANING.search(parts[first]):
        whole.add(first - 1)
    return list(range(min(whole), max(whole) + 1)) if len(whole) > len(chosen) else sorted(whole)


_LEANING = re.compile(
    r"^(?:Ne (?:lui|leur|l[’']|la|le|les)\b|[A-ZÉÈÀ]\w+-(?:lui|leur|les?|la|y)\b|(?:Do not|Don[’']t|Never) \w+ (?:it|them|him|her)\b|(?:Send|Write|Tell|Give|Show|Ask|Keep|Leave) (?:it|them|him|her)\b)|^\S+(?: \S+){0,3}$"
)  # it begins by an order about something said before, or is of four words at most


def _phrases_of(card: Card) -> list[str]:
    return [card.title, *card.questions, *card.also_asked, card.applies_when]


def _words_of(card: Card) -> str:
    """All a card says; its title counts twice."""
    return "\n".join([card.title, *_phrases_of(card), card.body])


def _centres(groups: Sequence[Sequence[str]], encoder: Encoder) -> NDArray[np.float32]:
    """Return one unit vector per group: the mean direction of its phrases, shape (groups, dimensions)."""
    vectors = encoder.encode([phrase for group in groups for phrase in group])
    ends = np.cumsum([len(group) for group in groups])[:-1]
    means = np.stack([part.mean(axis=0) for part in np.split(vectors, ends)])
    unit: NDArray[np.float32] = means / np.linalg.norm(means, axis=1, keepdims=True)
    return unit


def _spread(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Stretch scores over 0..1; all equal gives zeros (BM25 when no word is shared: meaning decides alone)."""
    low, high = scores.min(), scores.max()
    return (scores - low) / (high - low) if high > low else np.zeros_like(scores, dtype=np.float64)


def _metadata(card: Card) -> dict[str, str | bool]:
    return {"stage": card.stage.value} | {f"theme_{theme.value}": True for theme in card.themes}


def _where(stage: JourneyStage | None, themes: Sequence[Theme]) -> dict[str, Any] | None:
    conditions: list[dict[str, Any]] = []
    if stage is not None:
        conditions.append({"stage": stage.value})
    about: list[dict[str, Any]] = [{f"theme_{theme.value}": True} for theme in themes]
    if about:
        conditions.append({"$or": about} if len(about) > 1 else about[0])
    if not conditions:
        return None
    return {"$and": conditions} if len(conditions) > 1 else conditions[0]


@cache
def _client() -> ClientAPI:
    """Open Chroma in memory, once per process: its clients share their collections anyway."""
    import chromadb  # heavy: 1.5 s, only when a card is first searched
    from chromadb.config import Settings

    return chromadb.EphemeralClient(Settings(anonymized_telemetry=False))


def _collection(name: str) -> Collection:
    # No embedding function: Chroma's default one would download a model. Every search asks for all the cards, which
    # an approximate index only gives when its search width is at least their number.
    return _client().get_or_create_collection(
        name, embedding_function=None, configuration={"hnsw": {"space": "cosine", "ef_search": 1000}}
    )


@cache
def _shipped() -> CardStore:
    return CardStore(corpus.load(), shared_encoder())


def search(
    question: str,
    language: Language,
    *,
    stage: JourneyStage | None = None,
    themes: Iterable[Theme] = (),
    top: int = 3,
) -> tuple[Citation, ...]:
    """Search the shipped cards: see `CardStore.search`.

    Raises:
        GuidanceAltered: the cards are not those that were delivered.
    """
    return _shipped().search(question, language, stage=stage, themes=themes, top=top)


def warm() -> None:
    """Build the indexes of both languages ahead of the first question (about three seconds)."""
    for language in LANGUAGES:
        search("fidélité", language)


def cards_for(themes: Iterable[Theme], stage: JourneyStage | None, language: Language) -> tuple[Card, ...]:
    """Return the shipped cards about some themes, without vectors, always in the same order: for the plan.

    Args:
        themes: most important first; a card about none of them is left out. None at all keeps every card.
        stage: keep only the cards of this stage; None keeps all.
        language: of the cards.

    Returns:
        The cards sharing the most themes first; then those about the most important one, with the stronger
        evidence, by id.
    """
    wanted = tuple(themes)
    place = {theme: rank for rank, theme in enumerate(wanted)}
    kept: list[tuple[tuple[int, int, int, str], Card]] = []
    for card in corpus.load().cards[language].values():
        shared = [place[theme] for theme in card.themes if theme in place]
        if (stage is None or card.stage == stage) and (shared or not wanted):
            kept.append(((-len(shared), min(shared, default=0), _ORDER[card.evidence], card.id), card))
    return tuple(card for _, card in sorted(kept, key=lambda row: row[0]))
