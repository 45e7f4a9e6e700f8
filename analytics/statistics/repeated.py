"""Drivers searched over repeated moments of the same customers: each order, each month, with what was known then and what followed.

One look at each customer a year back dilutes what passes quickly: a parcel that went wrong weighs on the next order, not on a year.
Here each moment is a row, and the errors allow for the moments of one customer being alike (sandwich estimate, Liang and Zeger 1986).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence

import numpy as np
from threadpoolctl import threadpool_limits

from analytics.statistics.arrays import Bools, Column, Floats, Ints
from analytics.statistics.driver_report import Driver
from analytics.statistics.driver_search import level_words
from analytics.statistics.effects import beside, measure, stability, strata_of, within_strata
from analytics.statistics.encoding import Encoded, bent_early, encode
from analytics.statistics.folds import Keys
from analytics.statistics.intervals import Interval, wilson
from analytics.statistics.logistic import fit_logistic
from analytics.statistics.selection import goes_with, matrix, select
from vocabulary.finding import DriverKind

_FEWEST = 30  # moments of each outcome
_EVENTS_PER_FACTOR = 10
_SHOWS = 2.58  # z with errors that allow for repeated customers: chance passes it once in 200
_STABLE = 0.85
_REVERSED = -1.96


def drivers_of_moments(
    outcome: Bools, customers: Ints, keys: Keys, candidates: Mapping[str, Column], held: Mapping[str, Column], *,
    tried: int, kinds: Mapping[str, DriverKind], beside: Mapping[str, Column] | None = None, whole: str = "",
    parts: Collection[str] = (),
) -> list[Driver]:  # fmt: skip
    """Name what precedes a departure among moments, what `held` says being equal throughout.

    Args:
        outcome: True where the customer left after that moment.
        customers: of whom each moment is.
        keys: a stable hash of each moment, for the folds.
        candidates: what is tested, known at each moment.
        held: what is held equal and never named: the rank of the moment, the age of the relation, how much was done, the place.
        tried: how many columns are paid for in all (Holm).
        kinds: what each candidate is to a departure.
        beside: what is held equal too where it goes with departures at 5 %: the only ones that can make a cause of something else.

        whole, parts: among the candidates, a count and the counts that add up to it.

    Returns:
        Drivers whose `customers` and rates count moments; empty with too few departures.
    """
    happened = np.asarray(outcome, dtype=bool)
    if min(happened.sum(), (~happened).sum()) < _FEWEST:
        return []
    with threadpool_limits(1, "blas"):
        always = encoded(held)
        always += [one for one in encoded(beside or {}) if goes_with(one, always, happened)]
        tested = encoded(candidates, bent=False)
        most = int(happened.sum()) // _EVENTS_PER_FACTOR
        selection = select(tested, happened, always=always, tried=max(tried, len(tested)), most=most, whole=whole, parts=parts)
        found = []
        for column, p_value in zip(selection.kept, selection.p_values, strict=True):
            others = [*always, *(other for other in selection.kept if other is not column)]
            driver = _driver(column, others, p_value, happened, customers, keys, kinds[column.name])
            if driver is not None:
                found.append(driver)
    return sorted(found, key=lambda driver: -driver.explained_departures.value)


def encoded(columns: Mapping[str, Column], *, bent: bool = True) -> list[Encoded]:
    """These columns as a regression sees them, those that can explain something; numbers bend early when they are held equal."""
    found = [one for name in sorted(columns) if isinstance(one := encode(name, columns[name]), Encoded)]
    return [one if one.category or not bent else bent_early(one) for one in found]


def clustered_z(inside: Bools, others: Sequence[Encoded], outcome: Bools, customers: Ints) -> float:
    """How many standard errors the log odds of those inside are from none, moments of one customer counting as one witness.

    Args:
        inside: the moments touched.
        others: what is held equal.
        outcome: what happened.
        customers: of whom each moment is.
    """
    log_odds, error = clustered_effect(inside, others, outcome, customers)
    return log_odds / error if error > 0 else 0.0


def clustered_effect(inside: Bools, others: Sequence[Encoded], outcome: Bools, customers: Ints) -> tuple[float, float]:
    """The log odds of those inside against the others, and its standard error, moments of one customer counting as one witness.

    Args:
        inside, others, outcome, customers: see `clustered_z`.
    """
    held = matrix(others, outcome.size)
    x = np.column_stack([held[:, :1], inside.astype(float), held[:, 1:]])
    fitted = fit_logistic(x, outcome)
    scores = x * (outcome - fitted.probability)[:, None]
    _, places = np.unique(customers, return_inverse=True)
    summed: Floats = np.zeros((int(places.max()) + 1, x.shape[1]))
    np.add.at(summed, places, scores)
    middle = summed.T @ summed
    robust = fitted.covariance @ middle @ fitted.covariance
    return float(fitted.beta[1]), math.sqrt(max(float(robust[1, 1]), float(fitted.covariance[1, 1])))


def _driver(
    column: Encoded, others: Sequence[Encoded], p_value: float, outcome: Bools, customers: Ints, keys: Keys, kind: DriverKind
) -> Driver | None:
    effect = measure(column, others, outcome, keys)
    if effect is None or (effect.odds_ratio.low or 0.0) <= 1.0:
        return None
    touched = effect.cut.touches(column)
    inside, outside = int(touched.sum()), int((~touched).sum())
    if min(inside, outside) < _FEWEST or clustered_z(touched, others, outcome, customers) < _SHOWS:
        return None
    reversed_in = [found for other in others if (found := within_strata(touched, outcome, strata_of(other))) is not None and found.z < _REVERSED]
    lost, lost_others = wilson(int(outcome[touched].sum()), inside), wilson(int(outcome[~touched].sum()), outside)
    held = stability(column, others, outcome, 0)
    if reversed_in or lost.value <= lost_others.value or held < _STABLE:
        return None
    effect = beside(effect.cut, column, others, outcome)
    share, n = effect.explained_share, int(outcome.size)
    cut = effect.cut
    return Driver(
        feature=column.name, columns=(column.name,), kind=kind,
        levels=None if cut.codes is None else level_words(cut, column), threshold=cut.threshold, side=cut.side, customers=inside,
        lost_rate=lost, lost_rate_others=lost_others, adjusted_effect=effect.odds_ratio, difference=effect.difference,
        explained_departures=Interval(share.value * n, (share.low or 0.0) * n, (share.high or 0.0) * n, n, share.method),
        p_value=p_value, stability=held, confused_with=(), reverses_in=(), touched=touched,
    )  # fmt: skip
