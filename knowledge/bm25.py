"""Okapi BM25 over a small collection held in memory."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_K1 = 1.2
_B = 0.75


class BM25:
    """Score documents against a query by the words they share (Robertson & Zaragoza 2009, usual k1 and b)."""

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        """Index the documents.

        Args:
            documents: the terms of each document, in any order, repeats kept.
        """
        self._size = len(documents)
        lengths = np.array([len(document) for document in documents], dtype=np.float64)
        mean = float(lengths.mean()) if self._size and lengths.any() else 1.0
        self._norm = _K1 * (1 - _B + _B * lengths / mean)
        self._postings: dict[str, list[tuple[int, int]]] = {}
        for place, document in enumerate(documents):
            for term, count in Counter(document).items():
                self._postings.setdefault(term, []).append((place, count))

    def scores(self, query: Sequence[str]) -> NDArray[np.float64]:
        """Return one score per document, 0 where no word is shared."""
        total = np.zeros(self._size)
        for term in set(query):
            postings = self._postings.get(term, [])
            weight = math.log(1 + (self._size - len(postings) + 0.5) / (len(postings) + 0.5))
            for place, count in postings:
                total[place] += weight * count * (_K1 + 1) / (count + self._norm[place])
        return total
