"""The sentence encoder: shapes, lengths, meaning across languages, several threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from knowledge.embedding import DIMENSIONS, SentenceEncoder, shared_encoder


def test_vectors_are_unit_and_empty_texts_are_zero() -> None:
    """Cosine is a dot product only for unit vectors; a blank question must match nothing."""
    vectors = shared_encoder().encode(["bonjour", "", "  \n", "\u0000 é 😀", "x" * 20_000])
    assert vectors.shape == (5, DIMENSIONS)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), [1, 0, 0, 1, 1], atol=1e-5)
    assert shared_encoder().encode([]).shape == (0, DIMENSIONS)


def test_a_paraphrase_in_the_other_language_is_near_and_another_subject_is_far() -> None:
    """The two languages share one space (measured when the encoder was chosen: about .79 against .05)."""
    french, english, other = shared_encoder().encode(
        ["Pourquoi mes clients partent-ils ?", "Why do my customers leave?", "The train to Lyon is late."]
    )
    assert french @ english > 0.6
    assert french @ other < 0.25


def test_a_text_has_the_same_vector_alone_and_in_a_batch() -> None:
    """Batching is only for speed."""
    texts = ["essai gratuit", "une phrase beaucoup plus longue pour déplacer les lots", "promo"]
    together = shared_encoder().encode(texts)
    alone = np.vstack([shared_encoder().encode([text]) for text in texts])
    np.testing.assert_allclose(together, alone, atol=1e-4)


def test_threads_may_share_a_fresh_encoder() -> None:
    """The first calls race to load the model; all must get the same answer."""
    encoder = SentenceEncoder()
    texts = ["promo", "essai gratuit", "réclamation", "parrainage"]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda text: encoder.encode([text])[0], texts * 3))
    np.testing.assert_allclose(found, np.vstack([shared_encoder().encode(texts)] * 3), atol=1e-4)


def test_there_is_one_shared_encoder() -> None:
    """130 MB: loaded once."""
    assert shared_encoder() is shared_encoder()
