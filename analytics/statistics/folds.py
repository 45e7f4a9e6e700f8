"""Samples and folds that depend on who the customer is, never on the order of the rows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.statistics.arrays import Bools, Ints

Keys = NDArray[np.uint64]


def stable_keys(ids: Iterable[str], seed: int = 0) -> Keys:
    """Hash customers' ids to 64-bit keys, the same on every machine and in every version (BLAKE2b).

    Args:
        ids: one a customer.
        seed: another seed gives an independent set of keys.
    """
    salt = seed.to_bytes(16, "little", signed=True)
    digests = (hashlib.blake2b(str(i).encode(), digest_size=8, salt=salt).digest() for i in ids)
    return np.frombuffer(b"".join(digests), dtype="<u8").astype(np.uint64)


def row_keys(n: int) -> Keys:
    """Give keys to rows whose customers are unknown: the rows' own numbers, well mixed (splitmix64)."""
    z = np.arange(1, n + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(z ^ (z >> np.uint64(31)))


def folds_of(keys: Keys, k: int = 5, outcome: Bools | None = None) -> Ints:
    """Deal customers into k folds by their keys, evenly within each outcome when it is given (stratified).

    Args:
        keys: from `stable_keys`; equal keys (duplicates of one customer) may fall in different folds.
        k: number of folds, at least 2.
        outcome: what to stratify by.

    Returns:
        One fold number, 0..k-1, a customer.
    """
    classes = np.zeros(keys.size, dtype=bool) if outcome is None else np.asarray(outcome, dtype=bool)
    fold = np.empty(keys.size, dtype=np.int64)
    start = 0
    for value in (True, False):
        rows = np.flatnonzero(classes == value)
        ordered = rows[np.argsort(keys[rows], kind="stable")]
        fold[ordered] = (start + np.arange(ordered.size)) % k
        start += ordered.size
    return fold


def sample_of(keys: Keys, size: int) -> NDArray[np.intp]:
    """Choose at most `size` customers, those of the smallest keys, in the order of their keys.

    Returns:
        Row numbers: the same customers in the same order, however the rows were sorted.
    """
    order: NDArray[Any] = np.argsort(keys, kind="stable")
    return order[:size]
