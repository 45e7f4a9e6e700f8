"""Purchases without a contract: is a silent customer still there, and how many purchases are to be expected?

BG/NBD (Fader, Hardie and Lee 2005) and its modified form MBG/NBD (Batislam, Denizel and Filiztekin 2007), in which a
customer may leave right after the first purchase too. Only the modified one says something of one-time buyers: plain
BG/NBD holds each of them alive for certain.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize, special

from analytics.statistics.arrays import Floats, Ints

_FLOOR, _CEILING = -9.0, 9.0  # of the logarithm of each parameter; a fit that touches them is not reliable
_NUDGE = 1e-5  # the closed forms have removable poles at a = 1 and a + b = 1: step aside by so much
_HISTORIES, _GRID = 20_000, 500
_STARTS = ((1.0, 1.0, 1.0, 1.0), (0.3, 0.5, 0.8, 2.5), (2.0, 2.0, 0.2, 1.0), (0.5, 1.0, 3.0, 6.0))  # time rescaled


@dataclass(frozen=True, slots=True)
class PurchaseCounts:
    """Customers grouped by their history: the likelihood is computed once a distinct history.

    Args:
        frequency: repeat purchases (the first is not counted).
        recency: age at the last purchase, from the first one; 0 for one-time buyers.
        age: time from the first purchase to the as-of date, same unit.
        count: customers with this history.
    """

    frequency: Floats
    recency: Floats
    age: Floats
    count: Floats


@dataclass(frozen=True, slots=True)
class PurchaseModel:
    """A fitted purchase process.

    Args:
        r, alpha: gamma distribution of purchase rates (shape, rate in the time unit of the data).
        a, b: beta distribution of the chance of leaving after a purchase.
        log_likelihood: at the maximum.
        modified: True for MBG/NBD.
        reliable: False when the optimiser failed or a parameter ran to the edge; show nothing from it then.
    """

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float
    modified: bool
    reliable: bool

    def alive(self, frequency: ArrayLike, recency: ArrayLike, age: ArrayLike) -> Floats:
        """Give the probability that each customer is still a customer.

        Args:
            frequency: repeat purchases of each customer.
            recency: age at the last one, 0 without any.
            age: since the first purchase.
        """
        x, last, total = _arrays(frequency, recency, age)
        return np.asarray(special.expit(-self._log_odds_left(x, last, total)))

    def expected_purchases(self, horizon: float, frequency: ArrayLike, recency: ArrayLike, age: ArrayLike) -> Floats:
        """Give the purchases expected of each customer over the coming `horizon`, knowing the history.

        Args:
            horizon: length of the future, in the data's unit, 0 or more.
            frequency: repeat purchases of each customer.
            recency: age at the last one, 0 without any.
            age: since the first purchase.
        """
        x, last, total = _arrays(frequency, recency, age)
        b = self.b + x + (1.0 if self.modified else 0.0)
        if_alive = _expected(self.r + x, self.alpha + total, self.a, b, horizon)
        return if_alive * self.alive(x, last, total)

    def buys_again(self, horizon: float, frequency: ArrayLike, recency: ArrayLike, age: ArrayLike) -> Floats:
        """Give the probability that each customer buys at least once over the coming `horizon`: what a past can be held against.

        Whoever is there leaves only after a purchase, so the next one comes at a rate drawn from Gamma(r + x, alpha + age).

        Args:
            horizon: length of the future, in the data's unit, 0 or more.
            frequency: repeat purchases of each customer.
            recency: age at the last one, 0 without any.
            age: since the first purchase.
        """
        x, last, total = _arrays(frequency, recency, age)
        waits = (self.r + x) * (np.log(self.alpha + total) - np.log(self.alpha + total + horizon))
        return np.asarray(-np.expm1(waits) * self.alive(x, last, total))

    def expected_from_start(self, time: ArrayLike) -> Floats:
        """Give the repeat purchases expected of a new customer by `time` after the first purchase."""
        t = np.asarray(time, dtype=float)
        expected = _expected(np.asarray(self.r), np.asarray(self.alpha), self.a, np.asarray(self.b), t)
        if not self.modified:
            return expected
        # The first purchase may be the last: alive after it with chance b / (a + b), then one more survival known.
        after = _expected(np.asarray(self.r), np.asarray(self.alpha), self.a, np.asarray(self.b + 1.0), t)
        return after * self.b / (self.a + self.b)

    def _log_odds_left(self, x: Floats, last: Floats, total: Floats) -> Floats:
        wait = (self.r + x) * (np.log(self.alpha + total) - np.log(self.alpha + last))
        if self.modified:
            return np.asarray(np.log(self.a) - np.log(self.b + x) + wait)
        with np.errstate(divide="ignore"):
            left = np.log(self.a) - np.log(self.b + np.maximum(x, 1.0) - 1) + wait
        return np.where(x > 0, left, -np.inf)


def group_purchases(frequency: ArrayLike, recency: ArrayLike, age: ArrayLike) -> PurchaseCounts:
    """Group customers by identical history; above 20,000 histories, by times rounded to a 500th of the longest age.

    Args:
        frequency: repeat purchases of each customer.
        recency: age at the last one, 0 without any.
        age: since the first purchase.

    Raises:
        ValueError: when a history is impossible (recency after age, a one-time buyer with a recency, a negative).
    """
    x, last, total = _arrays(frequency, recency, age)
    if (x < 0).any() or (last < 0).any() or (last > total).any() or (last[x == 0] != 0).any():
        raise ValueError("impossible purchase history: 0 <= recency <= age, and recency 0 without repeat purchase")
    rows, count = np.unique(np.column_stack([x, last, total]), axis=0, return_counts=True)
    if count.size > _HISTORIES:
        step = float(total.max()) / _GRID
        coarse = np.column_stack([rows[:, 0], np.round(rows[:, 1:] / step) * step])
        rows, inverse = np.unique(coarse, axis=0, return_inverse=True)
        count = np.bincount(inverse.ravel(), weights=count)
    return PurchaseCounts(rows[:, 0], rows[:, 1], rows[:, 2], count.astype(float))


def fit_purchases(counts: PurchaseCounts, *, modified: bool = True) -> PurchaseModel:
    """Fit the process by maximum likelihood, from several starts.

    Args:
        counts: grouped histories (`group_purchases`, or counted in SQL).
        modified: MBG/NBD when True (advised), BG/NBD when False.

    Raises:
        ValueError: when there is no customer or nobody has a positive age.
    """
    if not counts.count.sum() > 0 or not counts.age.max() > 0:
        raise ValueError("no purchase history to fit")
    scale = float(np.average(counts.age, weights=counts.count))
    data = PurchaseCounts(counts.frequency, counts.recency / scale, counts.age / scale, counts.count)
    total = float(counts.count.sum())
    frequencies, places = np.unique(data.frequency, return_inverse=True)

    def loss(theta: Floats) -> float:
        value = -float(data.count @ _log_likelihoods(np.exp(theta), data, frequencies, places, modified=modified)) / total
        return value if np.isfinite(value) else 1e10

    bounds = [(_FLOOR, _CEILING)] * 4
    tries = [optimize.minimize(loss, np.log(s), method="L-BFGS-B", bounds=bounds) for s in _STARTS]
    best = min(tries, key=lambda found: float(found.fun))
    polished = optimize.minimize(
        loss, best.x, method="Nelder-Mead", bounds=bounds, options={"xatol": 1e-7, "fatol": 1e-12, "maxiter": 4000}
    )
    theta = polished.x if polished.fun <= best.fun else best.x
    inside = bool(((theta > _FLOOR + 0.5) & (theta < _CEILING - 0.5)).all())
    r, alpha, a, b = (float(v) for v in np.exp(theta))
    final = PurchaseCounts(counts.frequency, counts.recency, counts.age, counts.count)
    parameters = np.array([r, alpha * scale, a, b])
    likelihood = float(final.count @ log_likelihoods(parameters, final, modified=modified))
    repeats = bool((counts.frequency * counts.count).sum() > 0)
    return PurchaseModel(r, alpha * scale, a, b, likelihood, modified, inside and repeats and bool(polished.success))


def log_likelihoods(parameters: Floats, counts: PurchaseCounts, *, modified: bool) -> Floats:
    """Give the log-likelihood of one customer of each history (Fader, Hardie and Lee 2005, eq. 6; Batislam 2007).

    Args:
        parameters: r, alpha, a, b.
        counts: the histories.
        modified: MBG/NBD or BG/NBD.
    """
    return _log_likelihoods(parameters, counts, *np.unique(counts.frequency, return_inverse=True), modified=modified)


def _log_likelihoods(parameters: Floats, counts: PurchaseCounts, frequencies: Floats, places: Ints, *, modified: bool) -> Floats:
    """The same, each history at one of the `places` of the different frequencies: what rests on these alone is dear, and worked out once."""
    r, alpha, a, b = (float(p) for p in parameters)
    x, last, total = counts.frequency, counts.recency, counts.age
    rate = (special.gammaln(r + frequencies) - special.gammaln(r) + r * np.log(alpha))[places]
    survivals = frequencies + 1 if modified else frequencies
    stays = (special.betaln(a, b + survivals) - special.betaln(a, b))[places]
    leaves = (special.betaln(a + 1, b + survivals - 1) - special.betaln(a, b))[places]
    stayed = stays - (r + x) * np.log(alpha + total)
    left = leaves - (r + x) * np.log(alpha + last)
    if not modified:
        left = np.where(x > 0, left, -np.inf)
    return np.asarray(rate + np.logaddexp(stayed, left))


def _expected(r: Floats, alpha: Floats, a: float, b: Floats, time: float | Floats) -> Floats:
    """Purchases expected over `time` of a customer alive now, rates gamma(r, alpha), drop-out beta(a, b).

    The closed form of Fader, Hardie and Lee (2005, eq. 9), its hypergeometric function rewritten by Euler's
    transformation so that nothing overflows for frequent buyers.
    """
    if abs(a - 1) < _NUDGE:
        return (_expected(r, alpha, 1 - 2 * _NUDGE, b, time) + _expected(r, alpha, 1 + 2 * _NUDGE, b, time)) / 2
    c = a + b - 1
    c = np.where(np.abs(c) < _NUDGE, _NUDGE, c)
    z = np.asarray(time) / (alpha + np.asarray(time))
    hypergeometric = special.hyp2f1(c - r, a - 1, c, z)
    return np.asarray(c / (a - 1) * (1 - (1 - z) ** (a - 1) * hypergeometric))


def _arrays(frequency: ArrayLike, recency: ArrayLike, age: ArrayLike) -> tuple[Floats, Floats, Floats]:
    return np.asarray(frequency, dtype=float), np.asarray(recency, dtype=float), np.asarray(age, dtype=float)
