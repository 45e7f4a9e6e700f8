"""The search itself: families of columns in turn, then the size of each effect and the checks it must pass."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from analytics.statistics.arrays import Bools, Column, Features, missing
from analytics.statistics.driver_report import Driver
from analytics.statistics.effects import Effect, beside, measure, stability, strata_of, within_strata
from analytics.statistics.encoding import Encoded
from analytics.statistics.folds import Keys
from analytics.statistics.intervals import Interval, normal_quantile, wilson
from analytics.statistics.logistic import fit_logistic
from analytics.statistics.selection import Selection, block_p, matrix, select
from analytics.statistics.touched import Cut
from vocabulary.finding import DriverKind, SetAsideWhy

_STABLE = 0.85
_CONFUSED = 0.5
_EXPLAINED_AWAY = 0.05
_RELATED = 0.3
_REVERSED = -1.96
_SHOWS = 2.58  # z of an effect with time told the other way: chance passes it once in 200
_TOLD_APART = 3.0  # a decoy correlated 0.6 with a cause of z = 4 comes so near 1 time in 8, beats it so 1 in 50
_PRECEDES = (DriverKind.CAUSE, DriverKind.PROFILE)


@dataclass(frozen=True, slots=True)
class Search:
    """What every step shares: outcome and keys of the sample, how columns are bound, factors allowed, seed.

    `age` is the column that measures the age of the relation, held equal throughout and never named. Where it is the time since
    its beginning, gone or not, `reached` is the age at its end: what is found must show at equal value of it too.
    `events` gives, for a share or a count, the number of events it is taken over, held equal when it is measured.
    """

    outcome: Bools
    keys: Keys
    bound: Mapping[tuple[str, str], float]
    most: int
    seed: int
    age: Encoded | None = None
    reached: Encoded | None = None
    events: Mapping[str, Encoded] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tested:
    """A column that stands trial: itself and its twins, the kind it is shown as, and the family it is searched in."""

    column: Encoded
    columns: tuple[str, ...]
    kind: DriverKind
    family: DriverKind


def search_drivers(
    search: Search, tested: Sequence[Tested], aside: dict[str, SetAsideWhy], outcome: Bools, features: Features
) -> list[Driver]:
    """Search each family of columns, and keep the drivers that pass every check.

    Args:
        search: the sample.
        tested: the columns, twins merged.
        aside: filled with the columns that fail a check.
        outcome: of everyone, to count who is touched.
        features: of everyone.
    """
    before = [t for t in tested if t.family in _PRECEDES]
    unclear = [t for t in tested if t.family is DriverKind.UNCLEAR]
    warnings = [t for t in tested if t.family is DriverKind.SYMPTOM]
    tried = len(before) + len(unclear)
    age = () if search.age is None else (search.age,)
    first = _select(search, before, age, tried)
    last = _select(search, unclear, (*age, *first.kept), tried)
    lived = (*age, *first.kept, *last.kept)  # a likeness of a cause is no sign
    signs = _select(search, warnings, lived, len(warnings))
    by_name = {t.column.name: t for t in tested}
    stratifiers = [*age, *(t.column for t in (*before, *unclear))]
    drivers = []
    for selection, held in ((first, age), (last, (*age, *first.kept)), (signs, lived)):
        for name in selection.shaken:
            aside[name] = SetAsideWhy.NOT_STABLE
        for column, p_value in zip(selection.kept, selection.p_values, strict=True):
            others = [*held, *(c for c in selection.kept if c is not column)]
            counted = search.events.get(column.name)
            if counted is not None:
                if _of_the_count(search, column, [*others, counted]):
                    aside[column.name] = SetAsideWhy.NO_EFFECT
                    continue
                others.append(counted)
            strata = stratifiers if selection is not signs else ()
            driver = _driver(search, by_name[column.name], others, p_value, strata, outcome, features)
            if isinstance(driver, SetAsideWhy):
                aside[column.name] = driver
                continue
            if selection is signs:
                drivers.append(driver)
                continue
            unclear_ones = last.kept if selection is first else ()
            if _is_a_likeness(search, column, others, unclear_ones):
                aside[column.name] = SetAsideWhy.NO_EFFECT
                continue
            driver = _explained_away(search, driver, column, others, unclear_ones)
            kept = {*(c.name for c in others), column.name}
            drivers.append(_told_apart(search, driver, column, others, [c for c in stratifiers if c.name not in kept]))
    return drivers


def _of_the_count(search: Search, column: Encoded, others: Sequence[Encoded]) -> bool:
    """Whether a share or a count says nothing once as many events are compared: its effect was that of how many there were."""
    effect = measure(column, others, search.outcome, search.keys)
    return effect is None or _z(effect) < _SHOWS


def _select(search: Search, tested: Sequence[Tested], held: Sequence[Encoded], tried: int) -> Selection:
    candidates = [t.column for t in tested]
    room = search.most - len(held)
    return select(candidates, search.outcome, always=held, tried=tried, most=room)


def _driver(
    search: Search, tested: Tested, others: Sequence[Encoded], p_value: float, stratifiers: Sequence[Encoded],
    outcome: Bools, features: Features,
) -> Driver | SetAsideWhy:  # fmt: skip
    """Measure a driver on everyone; why it is set aside when it fails a check."""
    column = tested.column
    effect = measure(column, others, search.outcome, search.keys)
    if effect is None or (effect.odds_ratio.low or 0.0) <= 1.0:
        return SetAsideWhy.NOT_STABLE
    effect = _at_equal_age(search, effect, column, others)
    if effect is None:
        return SetAsideWhy.CLOCK
    held = stability(column, others, search.outcome, search.seed)
    reversals = _reversals(search, column, effect, stratifiers)
    touched = touched_rows(effect.cut, column, features[column.name])
    inside, outside = int(touched.sum()), int((~touched).sum())
    if held < _STABLE or reversals is None or min(inside, outside) == 0:
        return SetAsideWhy.NOT_STABLE
    lost = wilson(int(outcome[touched].sum()), inside)
    lost_others = wilson(int(outcome[~touched].sum()), outside)
    if lost.value <= lost_others.value:  # raised only once others are held equal: true or not, it reads as its contrary
        return SetAsideWhy.NOT_STABLE
    cut = effect.cut
    return Driver(
        feature=column.name, columns=tested.columns, kind=tested.kind,
        levels=None if cut.codes is None else level_words(cut, column),
        threshold=cut.threshold, side=cut.side, customers=inside, lost_rate=lost, lost_rate_others=lost_others,
        adjusted_effect=effect.odds_ratio, difference=effect.difference,
        explained_departures=_scaled(effect.explained_share, int(outcome.size)),
        p_value=p_value, stability=held, confused_with=_confused(search, column.name, tested.columns),
        reverses_in=reversals, touched=touched,
    )  # fmt: skip


def _at_equal_age(search: Search, effect: Effect, column: Encoded, others: Sequence[Encoded]) -> Effect | None:
    """The weaker of an effect at equal time since the beginning and at equal age reached; None where the latter shows nothing.

    At equal time had to leave, what grows with the age lived (a badge won with time) passes for what keeps customers: who left
    early had no time for it. At equal age reached it does not; but what tells when one came (a price of then) does, for those who
    came first and are still there are no longer met at a young age, only their departures are. A cause stands both.
    """
    if search.reached is None:
        return effect
    other = beside(effect.cut, column, [search.reached, *(one for one in others if one is not search.age)], search.outcome)
    if _z(other) < _SHOWS:
        return None
    return other if other.odds_ratio.value < effect.odds_ratio.value else effect


def _z(effect: Effect) -> float:
    """How many standard errors a log odds ratio is from none."""
    ratio = effect.odds_ratio
    low, high = ratio.low or 0.0, ratio.high or math.inf
    error = (math.log(high) - math.log(low)) / (2 * normal_quantile(0.95)) if 0.0 < low < high < math.inf else math.inf
    return math.log(ratio.value) / error if ratio.value > 0.0 else -math.inf


def _reversals(
    search: Search, column: Encoded, effect: Effect, stratifiers: Sequence[Encoded]
) -> tuple[str, ...] | None:
    """Name the columns within whose strata the effect reverses in places; None when one reverses it altogether."""
    touched = effect.cut.touches(column)
    places = []
    for other in stratifiers:
        if other.name == column.name:
            continue
        found = within_strata(touched, search.outcome, strata_of(other))
        if found is None:
            continue
        if found.z < _REVERSED:
            return None
        if found.somewhere:
            places.append(other.name)
    return tuple(places)


def _told_apart(
    search: Search, driver: Driver, column: Encoded, others: Sequence[Encoded], rivals: Sequence[Encoded]
) -> Driver:
    """Turn a driver unclear when a column bound to it, in its place, does nearly as well (Akaike's criterion)."""
    near = [r for r in rivals if search.bound.get((r.name, column.name), 0.0) > _RELATED]
    if not near:
        return driver
    own = _worth(search, column, others)
    equals = [r.name for r in near if _worth(search, r, others) > own - _TOLD_APART]
    if not equals:
        return driver
    names = dict.fromkeys((*equals, *driver.confused_with))
    return replace(driver, kind=DriverKind.UNCLEAR, confused_with=tuple(names))


def _worth(search: Search, column: Encoded, others: Sequence[Encoded]) -> float:
    """Twice the log-likelihood with a column beside the others, less twice the coefficients it takes."""
    fitted = fit_logistic(matrix([*others, column], search.outcome.size), search.outcome)
    return float(2 * fitted.log_likelihood - 2 * column.block.shape[1])


def _is_a_likeness(
    search: Search, column: Encoded, others: Sequence[Encoded], unclear: Sequence[Encoded]
) -> bool:
    """Whether plain facts of unknown date, bound to a column and named after it, leave it nothing to explain.

    Activity, a number that moves, may stand between a cause and a departure, and swallow the cause. A yes or no, or a word,
    is a fact like the column itself: the one of the two that says nothing beside the other is the other's likeness.
    """
    facts = [u for u in unclear if u.category and search.bound.get((u.name, column.name), 0.0) > _RELATED]
    if not facts:
        return False
    x = matrix([*others, *facts], search.outcome.size)
    return block_p(fit_logistic(x, search.outcome), x, search.outcome, column) > _EXPLAINED_AWAY


def _explained_away(
    search: Search, driver: Driver, column: Encoded, others: Sequence[Encoded], unclear: Sequence[Encoded]
) -> Driver:
    """Turn a driver unclear when an unclear column bound to it explains it away: which precedes which is not known."""
    rivals = [u for u in unclear if search.bound.get((u.name, column.name), 0.0) > _RELATED]
    if not rivals:
        return driver
    x = matrix([*others, *rivals], search.outcome.size)
    if block_p(fit_logistic(x, search.outcome), x, search.outcome, column) <= _EXPLAINED_AWAY:
        return driver
    names = dict.fromkeys((*driver.confused_with, *(r.name for r in rivals)))
    return replace(driver, kind=DriverKind.UNCLEAR, confused_with=tuple(names))


def _confused(search: Search, name: str, twins: tuple[str, ...]) -> tuple[str, ...]:
    pairs = [(other, value) for (one, other), value in search.bound.items() if one == name and value > _CONFUSED]
    return tuple(other for other, _ in sorted(pairs, key=lambda pair: -pair[1]) if other not in twins)


def level_words(cut: Cut, column: Encoded) -> tuple[str | None, ...]:
    """Give the words of a cut's levels, None for missing."""
    return tuple(None if code < 0 else column.levels[code] for code in cut.codes or ())


def touched_rows(cut: Cut, column: Encoded, values: Column) -> Bools:
    """Say who a driver touches among everyone, from the column as it stands.

    Args:
        cut: the levels or the threshold.
        column: as encoded on the sample, for its words.
        values: the whole column.
    """
    empty = missing(values)
    if cut.threshold is not None:
        above = ~empty & (np.where(empty, cut.threshold, values.astype(float)) >= cut.threshold)
        return np.asarray(above if cut.side == "above" else ~above & ~empty)
    words = level_words(cut, column)
    named = {word for word in words if word is not None}
    inside = np.fromiter((str(v) in named for v in values), dtype=bool, count=values.size) & ~empty
    return inside | (empty if None in words else False)


def _scaled(share: Interval, n: int) -> Interval:
    return Interval(share.value * n, (share.low or 0.0) * n, (share.high or 0.0) * n, n, share.method)
