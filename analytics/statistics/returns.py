"""After how long a silence a return becomes rare, learnt from past silences."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analytics.statistics.arrays import Floats
from analytics.statistics.intervals import Interval, normal_quantile
from analytics.statistics.survival import SurvivalCurve, kaplan_meier_counts

_METHOD = "Kaplan-Meier of silences"
_FEWEST = 30  # silences that must have lasted as long before anything is said about them


@dataclass(frozen=True, slots=True)
class ReturnCurve:
    """The share of silences still unbroken after each length, from closed and open silences alike."""

    curve: SurvivalCurve

    def chance(self, silence: float, within: float) -> Interval | None:
        """Give the chance that someone silent for `silence` returns `within` the time that follows.

        Args:
            silence: time since the last purchase, in the unit of the gaps.
            within: length of the window looked at, same unit.

        Returns:
            A share with its interval, n being the silences that lasted that long; None when fewer than 30 did, or
            when no silence was followed up to the end of the window.
        """
        curve = self.curve
        inside = (curve.times > silence) & (curve.times <= silence + within)
        reached = self.reached(silence)
        if silence + within > curve.last or reached < _FEWEST:
            return None
        if not inside.any():
            z = normal_quantile(0.95)
            return Interval(0.0, 0.0, z * z / (reached + z * z), reached, _METHOD)
        events, at_risk = curve.events[inside], curve.at_risk[inside]
        kept = 1 - events / at_risk
        stay = float(np.prod(kept))
        if stay <= 0:
            return Interval(1.0, None, None, reached, _METHOD)
        spread = math.sqrt(float(np.sum((1 - kept) / (at_risk * kept))))
        half = normal_quantile(0.95) * spread / abs(math.log(stay))
        return Interval(1 - stay, 1 - stay ** math.exp(-half), 1 - stay ** math.exp(half), reached, _METHOD)

    def reached(self, silence: float) -> int:
        """Count the silences known to have lasted longer than `silence`, up to the next return."""
        later = np.flatnonzero(self.curve.times > silence)
        return int(self.curve.at_risk[later[0]]) if later.size else 0

    def rare_after(self, within: float, chance: float = 0.05) -> float | None:
        """Give the shortest silence after which a return `within` the time that follows is rarer than `chance`.

        Judged on the estimate, and for good: it must stay rarer for every longer silence that can be judged.
        None when it never is.
        """
        candidates = np.concatenate([[0.0], self.curve.times])
        answer: float | None = None
        for silence in candidates[::-1]:
            found = self.chance(float(silence), within)
            if found is None:
                continue
            if found.value >= chance:
                break
            answer = float(silence)
        return answer


def return_curve(gaps: ArrayLike, open_silences: ArrayLike) -> ReturnCurve:
    """Learn how silences end.

    Args:
        gaps: lengths of the silences that ended in a purchase, any unit.
        open_silences: lengths so far of the silences still going on at the as-of date, same unit.

    Raises:
        ValueError: when there is no silence at all, or one is negative.
    """
    closed, still = _lengths(gaps), _lengths(open_silences)
    times = np.unique(np.concatenate([closed, still]))
    events = np.bincount(np.searchsorted(times, closed), minlength=times.size)
    censored = np.bincount(np.searchsorted(times, still), minlength=times.size)
    return ReturnCurve(kaplan_meier_counts(times, events, censored))


def _lengths(values: ArrayLike) -> Floats:
    data = np.asarray(values, dtype=float).ravel()
    data = data[np.isfinite(data)]
    if (data < 0).any():
        raise ValueError("a silence cannot be negative")
    return np.asarray(data)
