"""Weights learnt on labelled columns (`tests/roles/learn.py` writes them): the facts of a column make a probability for each role.

A multinomial logistic regression over hashed facts (Hastie, Tibshirani & Friedman 2009, 4.4), its weights kept on one byte each.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

SIZE = 2**15  # places for facts; two facts may share one


@dataclass(frozen=True)
class Weights:
    """`table` holds a row of small integers a fact, a column a class; `scales` and `biases` are one a class.

    `fingerprint` is that of what they were learnt from.
    """

    classes: tuple[str, ...]
    table: NDArray[np.int8]
    scales: NDArray[np.float32]
    biases: NDArray[np.float32]
    fingerprint: str

    def probabilities(self, told: Mapping[str, float]) -> dict[str, float]:
        """How likely each class is, 0..1, summing to one."""
        places = [place_of(fact) for fact in told]
        amounts = np.fromiter(told.values(), np.float32, len(told))
        heights = (amounts @ self.table[places].astype(np.float32)) * self.scales + self.biases
        grown = np.exp(heights - heights.max())
        return dict(zip(self.classes, (grown / grown.sum()).tolist(), strict=True))


@cache
def place_of(fact: str) -> int:
    """Where a fact's weights stand."""
    return zlib.crc32(fact.encode()) % SIZE


@cache
def read_weights(name: str) -> Weights:
    """Read the weights shipped beside this module."""
    data = np.load(BytesIO(files("analytics.datamodel.learned").joinpath(name).read_bytes()), allow_pickle=False)
    return Weights(tuple(str(c) for c in data["classes"]), data["table"], data["scales"], data["biases"], str(data["fingerprint"]))


def write_weights(path: Path, model: Any, fingerprint: str) -> None:
    """Write a fitted `sklearn.linear_model.LogisticRegression`, its weights rounded to one byte each."""
    table = model.coef_.T.astype(np.float32)
    scales = np.maximum(np.abs(table).max(axis=0) / 127, 1e-9).astype(np.float32)
    np.savez_compressed(
        path, classes=np.array([str(name) for name in model.classes_]), scales=scales, biases=model.intercept_.astype(np.float32),
        table=np.round(table / scales).astype(np.int8), fingerprint=np.array(fingerprint),
    )  # fmt: skip
