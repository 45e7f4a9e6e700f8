"""Is a silent customer still there? The purchase process fitted on the base, tried on the past, and past returns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

import numpy as np

from analytics.statistics.arrays import Bools, Floats, Ints
from analytics.statistics.calibration import auc_interval
from analytics.statistics.intervals import Interval, normal_quantile, wilson
from analytics.statistics.purchases import (
    PurchaseCounts,
    PurchaseModel,
    fit_purchases,
    group_purchases,
    log_likelihoods,
)
from analytics.statistics.returns import ReturnCurve, return_curve
from analytics.study import Study

WEEK = 7.0
_MOST_FITTED, _MANY_HISTORIES = 20_000, 4_000
_FEWEST, _FEWEST_REPEAT = 100, 30  # customers, and customers with a second purchase, below which nothing is fitted
_HOLDOUT_DAYS, _LONG_HISTORY, _HOLDOUT_SHARE = 273, 540, 0.3
_RETURN_WINDOWS = (365, 182)
_RARE = 0.05
_YEAR, _ENOUGH = 365, 30  # days; customers under whom the model is not said to be wrong
_WRONG = 0.05  # a share foretold further than this from what came misleads
_STEP, _FLAT = 1e-2, 1e-2  # of logarithms: parameters less sure than a factor of e^10 are a ridge, where rounding decides

_HISTORIES = """
SELECT customer_key, count(*) - 1 AS repeats, date_diff('day', min(day), max(day)) AS last,
  date_diff('day', min(day), ?::DATE) AS age
FROM (
  SELECT DISTINCT customer_key, day FROM purchases WHERE kept AND COALESCE(amount, 0) >= 0 AND day <= ?::DATE
) GROUP BY customer_key ORDER BY customer_key
"""
_LATER = """
SELECT customer_key, count(*) AS purchases FROM (
  SELECT DISTINCT customer_key, day FROM purchases
  WHERE kept AND COALESCE(amount, 0) >= 0 AND day > ?::DATE AND day <= ?::DATE
) GROUP BY customer_key ORDER BY customer_key
"""
_YEARLY_GAPS = """
SELECT count(*) FILTER (gap BETWEEN 335 AND 395), count(*) FILTER (gap BETWEEN 260 AND 320),
  count(*) FILTER (gap BETWEEN 410 AND 470)
FROM ({gaps}) silences(gap)
"""
_GAPS = """
SELECT date_diff('day', day, following) FROM (
  SELECT day, lead(day) OVER (PARTITION BY customer_key ORDER BY day) AS following
  FROM (
    SELECT DISTINCT customer_key, day FROM purchases
    WHERE kept AND COALESCE(amount, 0) >= 0 AND customer_key IN (SELECT customer_key FROM customers WHERE {who})
  )
) WHERE following IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Histories:
    """Purchase histories, one row a customer, in weeks: repeat purchases, age at the last one, age now."""

    keys: np.ndarray[tuple[int], np.dtype[np.int64]]
    repeats: Floats
    last: Floats
    age: Floats

    @property
    def silence(self) -> Floats:
        """Days since the last purchase, whole."""
        return np.round((self.age - self.last) * WEEK)


@dataclass(frozen=True, slots=True)
class Fitted:
    """A fitted model, and the covariance of its parameters' logarithms."""

    model: PurchaseModel
    covariance: Floats


@dataclass(frozen=True, slots=True)
class BackTest:
    """The model tried on the past: fitted with what was known at `day`, judged on the `days` that followed.

    `expected_auc`, `alive_auc`, `recency_auc`, `frequency_auc`: chance that a customer who came back is ranked above
    one who did not. `predicted`, `actual`: purchases in the period.
    """

    day: date
    days: int
    customers: int
    expected_auc: Interval
    alive_auc: Interval
    recency_auc: Interval
    frequency_auc: Interval
    predicted: float
    actual: int

    @property
    def calibrated(self) -> bool:
        """Whether the total foreseen stands within a fifth of what came."""
        return self.actual > 0 and 0.8 <= self.predicted / self.actual <= 1.25


@dataclass(frozen=True, slots=True)
class RareReturn:
    """The silence (days) after which fewer than one in twenty come back within the window (days)."""

    silence: float
    within: int
    chance: Interval


@dataclass(frozen=True, slots=True)
class Foretold:
    """Customers by how long they had been silent at a past day, and what befell them in the year that followed.

    Args:
        low, high: days of silence, `high` left out (infinity for the last band).
        came: share of them who bought within that year, n being how many they were.
        foreseen: that share by the model fitted with what was known then, 0..1; None without a model.
    """

    low: float
    high: float
    came: Interval
    foreseen: float | None

    @property
    def off(self) -> bool:
        """Whether the model was plainly wrong about them: by more than chance, and by more than would change a decision."""
        if self.foreseen is None or self.came.n < _ENOUGH or self.came.low is None or self.came.high is None:
            return False
        beyond = not self.came.low <= self.foreseen <= self.came.high
        return beyond and abs(self.foreseen - self.came.value) > _WRONG


@dataclass(frozen=True, slots=True)
class YearBefore:
    """The same day a year before, and so the same season: each length of silence then, and all who were silent."""

    day: date
    bands: tuple[Foretold, ...]
    silent: Foretold | None

    def band(self, low: float) -> Foretold | None:
        """The band that begins at `low` days; None when nobody was in it."""
        return next((band for band in self.bands if band.low == low), None)

    @property
    def furthest_off(self) -> Foretold | None:
        """All the silent when the model was wrong about them, else the length of silence it was most wrong about; None when right."""
        if self.silent is not None and self.silent.off:
            return self.silent
        wrong = [band for band in self.bands if band.off and band.foreseen is not None]
        return max(wrong, key=lambda band: abs((band.foreseen or 0) - band.came.value), default=None)


def histories(study: Study, day: date) -> Histories | None:
    """Read every customer's purchase history as known at `day`; None when nobody had bought."""
    table = study.arrow(_HISTORIES, [day, day])
    if not table.num_rows:
        return None
    repeats, last, age = (np.asarray(table.column(c).to_numpy(), dtype=float) for c in ("repeats", "last", "age"))
    return Histories(np.asarray(table.column("customer_key").to_numpy(), dtype=np.int64), repeats, last / WEEK, age / WEEK)


def fitted_today(study: Study) -> Fitted | None:
    """Fit the model on the whole base as of today, once a study (`fit`); None without histories, or when it can't be told."""
    return _fitted_at(study, study.as_of)


def _fitted_at(study: Study, day: date) -> Fitted | None:
    key = f"alive {day}"
    if key not in study.memo:
        known = histories(study, day)
        study.memo[key] = fit(known) if known is not None else None
    found: Fitted | None = study.memo[key]
    return found


def fit(known: Histories) -> Fitted | None:
    """Fit MBG/NBD on a stable sample of the base; None when it is too small or the data do not pin the model down.

    Many distinct histories are rounded to whole weeks first: the cost falls threefold, the chances move by less than
    a thousandth.
    """
    step = -(-known.keys.size // _MOST_FITTED)
    kept = known.keys % step == 0
    repeats, last, age = known.repeats[kept], known.last[kept], known.age[kept]
    if repeats.size < _FEWEST or (repeats > 0).sum() < _FEWEST_REPEAT or not age.max() > 0:
        return None
    counts = group_purchases(repeats, last, age)
    if counts.count.size > _MANY_HISTORIES:
        last = np.where(repeats > 0, np.round(last), 0.0)
        counts = group_purchases(repeats, last, np.maximum(np.round(age), last))
    model = fit_purchases(counts)
    covariance = _covariance(model, counts) if model.reliable else None
    return Fitted(model, covariance) if covariance is not None else None


def mean_alive(fitted: Fitted, known: Histories, inside: Bools) -> Interval:
    """Mean chance of being alive among `inside`, with the doubt of the model's parameters and of each customer's fate.

    Args:
        fitted: the model.
        known: histories.
        inside: whose mean, at least one.
    """
    x, last, age = known.repeats[inside], known.last[inside], known.age[inside]
    chances = fitted.model.alive(x, last, age)
    mean, n = float(chances.mean()), int(chances.size)
    model, covariance = fitted.model, fitted.covariance
    theta = np.log([model.r, model.alpha, model.a, model.b])
    slope = np.array([_slope(theta, i, x, last, age) for i in range(4)])
    variance = float(slope @ covariance @ slope) + float((chances * (1 - chances)).sum()) / n**2
    half = normal_quantile(0.95) * sqrt(max(variance, 0.0))
    return Interval(mean, max(0.0, mean - half), min(1.0, mean + half), n, "MBG/NBD")


def back_test(study: Study) -> BackTest | None:
    """Try the model on the past: nine months before the end, or the last third of a short history; None if too short."""
    first = study.database.row("SELECT min(first_purchase) FROM customers")[0]
    if first is None:
        return None
    span = (study.as_of - first).days
    days = _HOLDOUT_DAYS if span >= _LONG_HISTORY else int(_HOLDOUT_SHARE * span)
    cut = study.as_of - timedelta(days=days)
    known = histories(study, cut) if days >= 30 else None
    fitted = fit(known) if known is not None else None
    if known is None or fitted is None:
        return None
    model = fitted.model
    later = dict(study.rows(_LATER, [cut, study.as_of]))
    bought = np.array([later.get(int(key), 0) for key in known.keys])
    again = bought > 0
    if not again.any() or again.all():
        return None
    expected = model.expected_purchases(days / WEEK, known.repeats, known.last, known.age)
    alive = model.alive(known.repeats, known.last, known.age)
    return BackTest(
        cut, days, int(known.keys.size), auc_interval(again, expected), auc_interval(again, alive),
        auc_interval(again, -known.silence), auc_interval(again, known.repeats), float(expected.sum()), int(bought.sum()),
    )  # fmt: skip


def year_before(study: Study, keys: Ints, edges: Sequence[float], silent_after: float, *, judged: bool = True) -> YearBefore | None:
    """Hold past silences, and the model, against what really followed; None when nobody had bought a year ago.

    The model is judged only where it then knew a year of purchases: fitted on a few months it is not the model of today.

    Args:
        study: the data.
        keys: the customers looked at.
        edges: days of silence at which the bands begin, the last without an end.
        silent_after: days past which a customer is called silent.
        judged: hold the model too, and not only past silences.
    """
    day = study.as_of - timedelta(days=_YEAR)
    known = histories(study, day)
    if known is None:
        return None
    fitted = _fitted_at(study, day) if judged and known.age.max() * WEEK >= _YEAR else None
    bought = {int(key) for key, _ in study.rows(_LATER, [day, study.as_of])}
    again = np.array([int(key) in bought for key in known.keys])
    inside, silence = np.isin(known.keys, keys), known.silence
    chances = fitted.model.buys_again(_YEAR / WEEK, known.repeats, known.last, known.age) if fitted is not None else None

    def told(low: float, high: float, mask: Bools) -> Foretold | None:
        mask, n = mask & inside, int((mask & inside).sum())
        foreseen = float(chances[mask].mean()) if chances is not None and n else None
        return Foretold(low, high, wilson(int(again[mask].sum()), n), foreseen) if n else None

    bands = [told(low, high, (silence >= low) & (silence < high)) for low, high in zip(edges, (*edges[1:], np.inf), strict=True)]
    return YearBefore(day, tuple(band for band in bands if band is not None), told(silent_after, np.inf, silence > silent_after))


def past_returns(study: Study) -> ReturnCurve | None:
    """How past silences ended, in days, for the customers looked at; None when nobody ever came back."""
    where, values = study.who()
    gaps = [row[0] for row in study.rows(_GAPS.format(who=where), values)]
    still = [
        row[0]
        for row in study.rows(
            f"SELECT date_diff('day', last_purchase, ?::DATE) FROM customers WHERE ({where})"
            " AND last_purchase IS NOT NULL",
            [study.as_of, *values],
        )
    ]
    return return_curve(gaps, still) if gaps else None


def buys_yearly(study: Study) -> bool:
    """Whether silences of about one year are plainly more common than shorter and longer ones: a yearly purchase."""
    where, values = study.who()
    about, shorter, longer = study.database.row(_YEARLY_GAPS.format(gaps=_GAPS.format(who=where)), values)
    return bool(about >= 30 and about > 1.5 * max(shorter, longer, (shorter + longer) / 2))


def rare_return(curve: ReturnCurve) -> RareReturn | None:
    """The silence past which a return within a year (or less, on a short history) is rarer than one in twenty."""
    for within in _RETURN_WINDOWS:
        silence = curve.rare_after(within, _RARE)
        chance = curve.chance(silence, within) if silence is not None else None
        if silence is not None and chance is not None and silence > 0:
            return RareReturn(silence, within, chance)
    return None


def _covariance(model: PurchaseModel, counts: PurchaseCounts) -> Floats | None:
    """Inverse of the observed information, by second differences of the log-likelihood in log parameters; None when flat."""
    theta = np.log([model.r, model.alpha, model.a, model.b])
    step = _STEP

    def total(moved: Floats) -> float:
        return float(counts.count @ log_likelihoods(np.exp(moved), counts, modified=True))

    information = np.empty((4, 4))
    for i in range(4):
        for j in range(i, 4):
            e_i, e_j = np.eye(4)[i] * step, np.eye(4)[j] * step
            second = (
                total(theta + e_i + e_j) - total(theta + e_i - e_j) - total(theta - e_i + e_j) + total(theta - e_i - e_j)
            ) / (4 * step**2)
            information[i, j] = information[j, i] = -second
    if not np.isfinite(information).all() or np.linalg.eigvalsh(information).min() <= _FLAT:
        return None
    return np.asarray(np.linalg.inv(information))


def _slope(theta: Floats, i: int, x: Floats, last: Floats, age: Floats) -> float:
    step = np.eye(4)[i] * 1e-4
    means = []
    for moved in (theta + step, theta - step):
        r, alpha, a, b = (float(v) for v in np.exp(moved))
        means.append(float(PurchaseModel(r, alpha, a, b, 0.0, True, True).alive(x, last, age).mean()))
    return (means[0] - means[1]) / 2e-4
