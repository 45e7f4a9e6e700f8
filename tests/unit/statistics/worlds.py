"""A small planted world for the drivers: three causes, decoys, noise, a leak, a symptom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special

from vocabulary.finding import DriverKind


@dataclass(frozen=True)
class World:
    """A generated base: its outcome, its columns, what the caller believes of them, and the truth."""

    outcome: NDArray[np.bool_]
    features: dict[str, NDArray[Any]]
    kinds: dict[str, DriverKind]
    causes: tuple[str, ...]
    decoys: tuple[str, ...]


def world(n: int, base: float, odds_ratio: float, seed: int, noise: int = 10) -> World:
    """Draw a logistic world.

    Three causes of the same odds ratio: a flag (30 %), a category of four levels of which one acts (30 %), a number
    (its upper third acts). A decoy correlated 0.6 with each latent cause, `noise` columns of all types, a column only
    known after departures, a symptom between causes and departure. An odds ratio of 1 gives a null world.
    """
    rng = np.random.default_rng(seed)
    latent = rng.normal(size=(n, 3))
    decoys = 0.6 * latent + 0.8 * rng.normal(size=(n, 3))
    acts = np.column_stack([latent[:, 0] > 0.524, latent[:, 1] > 0.524, latent[:, 2] > 0.43]).astype(float)
    drive = acts @ np.full(3, np.log(odds_ratio))
    start = optimize.brentq(lambda c: special.expit(c + drive).mean() - base, -15, 15)
    outcome = rng.random(n) < special.expit(start + drive)
    level = np.where(acts[:, 1] > 0, "D", rng.choice(np.array(["A", "B", "C"]), n))
    features: dict[str, NDArray[Any]] = {
        "flag": acts[:, 0].astype(bool),
        "category": level.astype(object),
        "number": np.round(50 + 10 * latent[:, 2], 1),
        "decoy_number": decoys[:, 0],
        "decoy_category": np.where(decoys[:, 1] > 0.5, "x", "y").astype(object),
        "decoy_skewed": np.exp(decoys[:, 2]),
    }
    decoy_names = tuple(name for name in features if name.startswith("decoy"))
    for i in range(noise):
        draws: list[NDArray[Any]] = [
            rng.normal(size=n),
            rng.choice(np.array(["a", "b", "c", "d", "e"], dtype=object), n),
            rng.random(n) < rng.uniform(0.1, 0.5),
            np.where(rng.random(n) < 0.2, np.nan, rng.lognormal(3, 1, n)),
            rng.poisson(2, n).astype(float),
        ]
        features[f"noise_{i}"] = draws[i % 5]
    features["leak"] = np.where(outcome, rng.normal(3, 1, n), np.nan)
    features["symptom"] = 1.0 * outcome + 0.8 * drive + rng.normal(size=n)
    kinds = dict.fromkeys(features, DriverKind.CAUSE) | {"symptom": DriverKind.SYMPTOM}
    causes = ("flag", "category", "number") if odds_ratio != 1 else ()
    return World(outcome, features, kinds, causes, decoy_names)
