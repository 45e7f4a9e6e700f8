"""From scores to probabilities that mean what they say, and how well a score ranks."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special, stats

from analytics.statistics.arrays import Bools, Floats
from analytics.statistics.intervals import Interval, normal_quantile, wilson
from analytics.statistics.logistic import design, fit_logistic

_ENOUGH = 1_000  # departures from which the free (isotonic) form is worth its noise


def auc(outcome: Bools, score: Floats) -> float:
    """Give the chance that a departure scores higher than a survivor, ties counting half; 0.5 when one is absent."""
    lost = int(np.count_nonzero(outcome))
    kept = int(outcome.size) - lost
    if lost == 0 or kept == 0:
        return 0.5
    total = float(stats.rankdata(score)[outcome].sum())
    return (total - lost * (lost + 1) / 2) / (lost * kept)


def auc_interval(outcome: Bools, score: Floats) -> Interval:
    """Give the AUC with DeLong's interval (1988), on the logit scale.

    Raises:
        ValueError: when nobody left or everybody did.
    """
    lost, kept = np.sort(score[outcome]), np.sort(score[~outcome])
    if not lost.size or not kept.size:
        raise ValueError("an AUC needs both outcomes")
    value = auc(outcome, score)
    of_lost = (np.searchsorted(kept, lost, "left") + np.searchsorted(kept, lost, "right")) / (2 * kept.size)
    of_kept = 1 - (np.searchsorted(lost, kept, "left") + np.searchsorted(lost, kept, "right")) / (2 * lost.size)
    variance = float(np.var(of_lost)) / lost.size + float(np.var(of_kept)) / kept.size
    n = int(outcome.size)
    if not 0 < value < 1 or variance == 0:
        return Interval(value, None, None, n, "DeLong")
    half = normal_quantile(0.95) * math.sqrt(variance) / (value * (1 - value))
    middle = float(special.logit(value))
    return Interval(value, float(special.expit(middle - half)), float(special.expit(middle + half)), n, "DeLong")


@dataclass(frozen=True, slots=True)
class Calibration:
    """A map from scores to probabilities: increasing, piecewise linear between the points it holds."""

    scores: Floats
    probabilities: Floats

    def probability(self, scores: ArrayLike) -> Floats:
        """Give the probability of leaving for each score (log-odds, as calibrated)."""
        return np.asarray(np.interp(np.asarray(scores, dtype=float), self.scores, self.probabilities))


def calibrate(scores: Floats, outcome: Bools) -> Calibration:
    """Learn what scores are worth from scores given out of fold, never from a model's own training rows.

    Platt's logistic line under 1,000 departures (or survivors), isotonic regression above.

    Args:
        scores: log-odds of each customer, out of fold.
        outcome: True for a departure.

    Raises:
        ValueError: when nobody left or everybody did.
    """
    events = int(outcome.sum())
    if events == 0 or events == outcome.size:
        raise ValueError("calibration needs both outcomes")
    grid = np.linspace(float(scores.min()) - 2, float(scores.max()) + 2, 400)
    if min(events, outcome.size - events) < _ENOUGH:
        middle, spread = float(scores.mean()), float(scores.std()) or 1.0
        fitted = fit_logistic(design((scores - middle) / spread), outcome)
        line = fitted.beta[0] + max(0.0, float(fitted.beta[1])) * (grid - middle) / spread
        return Calibration(grid, special.expit(line))
    order = np.argsort(scores, kind="stable")
    groups = np.array_split(order, max(20, min(200, outcome.size // 100)))
    centres = np.array([scores[g].mean() for g in groups])
    rates = np.array([(outcome[g].sum() + 0.5) / (g.size + 1) for g in groups])
    from sklearn.isotonic import IsotonicRegression

    smooth = IsotonicRegression(out_of_bounds="clip").fit_transform(centres, rates)
    return Calibration(centres, np.asarray(smooth, dtype=float))


@dataclass(frozen=True, slots=True)
class CalibrationRow:
    """A group of customers of like probability: what was foretold, on average, and what happened."""

    foretold: float
    happened: Interval


def calibration_table(probability: Floats, outcome: Bools, groups: int = 10) -> tuple[CalibrationRow, ...]:
    """Compare probabilities with what happened, in groups of equal size from the least to the most at risk."""
    order = np.argsort(probability, kind="stable")
    parts = [part for part in np.array_split(order, groups) if part.size]
    return tuple(
        CalibrationRow(float(probability[part].mean()), wilson(int(outcome[part].sum()), int(part.size)))
        for part in parts
    )
