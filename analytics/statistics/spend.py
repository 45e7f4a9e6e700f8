"""What a purchase of each customer is worth, shrunk towards the others': the gamma-gamma model."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize, special, stats

from analytics.statistics.arrays import Floats


@dataclass(frozen=True, slots=True)
class SpendModel:
    """A fitted gamma-gamma model (Fader and Hardie 2013): a customer's purchases vary as gamma(p), means as q, v.

    Args:
        p, q, v: its parameters, v in the money of the data.
        log_likelihood: at the maximum, over customers with a purchase counted.
        n: customers used.
        reliable: False when the optimiser failed or the mean does not exist (q <= 1).
    """

    p: float
    q: float
    v: float
    log_likelihood: float
    n: int
    reliable: bool

    def expected_spend(self, frequency: ArrayLike, mean_spend: ArrayLike) -> Floats:
        """Give the mean value of each customer's future purchases.

        Args:
            frequency: purchases the mean was taken over; 0 gives the portfolio's mean.
            mean_spend: their mean value; ignored where frequency is 0.
        """
        x = np.asarray(frequency, dtype=float)
        spent = np.where(x > 0, x * np.asarray(mean_spend, dtype=float), 0.0)
        return np.asarray(self.p * (self.v + spent) / (self.p * x + self.q - 1))


def fit_spend(frequency: ArrayLike, mean_spend: ArrayLike) -> SpendModel:
    """Fit the model by maximum likelihood on customers with a positive frequency and mean spend.

    Args:
        frequency: purchases each mean is taken over. For a life-time value these are the repeat purchases, or all of
            them, as the mean is.
        mean_spend: mean value of those purchases.

    Raises:
        ValueError: when fewer than ten customers can be used.
    """
    x, z = np.asarray(frequency, dtype=float), np.asarray(mean_spend, dtype=float)
    used = (x > 0) & (z > 0)
    x, z = x[used], z[used]
    if x.size < 10:
        raise ValueError("too few customers with a purchase to learn what one is worth")
    scale = float(z.mean())
    log_z = np.log(z / scale)

    def loss(theta: Floats) -> float:
        p, q, v = np.exp(theta)
        each = special.gammaln(p * x + q) - special.gammaln(p * x) - special.gammaln(q) + q * np.log(v)
        each = each + (p * x - 1) * log_z + p * x * np.log(x) - (p * x + q) * np.log(v + x * z / scale)
        value = -float(each.mean())
        return value if np.isfinite(value) else 1e10

    bounds = [(-9.0, 9.0)] * 3
    starts = (np.zeros(3), np.log([5.0, 4.0, 0.5]), np.log([1.0, 3.0, 2.0]))
    tries = [optimize.minimize(loss, s, method="L-BFGS-B", bounds=bounds) for s in starts]
    best = min(tries, key=lambda found: float(found.fun))
    options = {"xatol": 1e-8, "fatol": 1e-12, "maxiter": 4000}
    polished = optimize.minimize(loss, best.x, method="Nelder-Mead", bounds=bounds, options=options)
    p, q, v = (float(value) for value in np.exp(polished.x))
    likelihood = -float(polished.fun) * x.size - x.size * float(np.log(scale))
    inside = bool((np.abs(polished.x) < 8.5).all())
    return SpendModel(p, q, v * scale, likelihood, int(x.size), inside and q > 1 and bool(polished.success))


def frequency_spend_correlation(frequency: ArrayLike, mean_spend: ArrayLike) -> float:
    """Correlate how often with how much (Pearson), among customers with a purchase counted.

    The gamma-gamma model takes them as independent: beyond 0.3 either way its values mislead. Nil when undefined.
    """
    x, z = np.asarray(frequency, dtype=float), np.asarray(mean_spend, dtype=float)
    used = (x > 0) & (z > 0)
    if used.sum() < 3 or np.ptp(x[used]) == 0 or np.ptp(z[used]) == 0:
        return 0.0
    return float(stats.pearsonr(x[used], z[used]).statistic)
