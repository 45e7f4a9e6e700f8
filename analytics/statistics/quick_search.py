"""A search for what drives away within days: each thing in a few windows, among departures beside others who were there that day.

Named is what stands out of chance for all that was tried (Holm), beside who the customer is, how much they lived in all, and how often they
met the same in the half-year before; what stands out beside the customer's own weeks before; and what is not the work of one month, of one
town whose bad week came before it closed.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from threadpoolctl import threadpool_limits

from analytics.statistics.arrays import Bools, Column, Ints
from analytics.statistics.comparisons import holm
from analytics.statistics.encoding import Encoded, encode
from analytics.statistics.intervals import normal_quantile
from analytics.statistics.logistic import fit_logistic, score_p
from analytics.statistics.repeated import clustered_effect, clustered_z, encoded
from analytics.statistics.risk_sets import (
    Happenings,
    Relations,
    RiskSets,
    beside_alike,
    beside_themselves,
    more_than_before,
    risk_sets,
)
from analytics.statistics.selection import goes_with, matrix

_FEWEST = 30  # departures, and moments touched
_FEWEST_TOUCHED = 8  # departures in the wake of what is named
_LEVEL = 0.01  # of naming anything by chance: a false cause is worse than a miss
_SUSPECT = 0.05
_SHOWS = 2.58
_LEANS = 1.64  # z that chance passes once in twenty, one-sided
_OFTEN = 0.8  # quantile beyond which something is met often
_STILL_SHOWS = 1.96
_HALF_YEAR = 180
_AGES = (15, 30, 60, 90, 180, 365, 730)  # days of relation within which customers are alike
_MOST_LEVELS = 25


@dataclass(frozen=True, slots=True)
class Passing:
    """Something after which customers leave within days.

    Args:
        name: what it is. days: for how long. odds, low, high: of leaving in its wake, against the others.
        p_value: corrected for all that was tried. z: standard errors from none. recent: the same, as often met in the half-year in all.
        talk: other things of its kind are met more before departures too.
    """

    name: str
    days: int
    odds: float
    low: float
    high: float
    p_value: float
    z: float
    recent: float
    talk: bool


@dataclass(frozen=True, slots=True)
class _Tried:
    name: str
    days: int
    inside: Bools
    held: tuple[Encoded, ...]
    z: float


class QuickSearch:
    """The moments of one house, and what each of its happenings says there."""

    def __init__(
        self, told: Relations, keys: Ints, happened: Mapping[str, Happenings], in_all: Mapping[str, Happenings], beside: Mapping[str, Column],
        kin: Mapping[str, Happenings] | None = None,
    ) -> None:  # fmt: skip
        """Draw the moments.

        Args:
            told: the relations. keys: of each customer. happened: what may drive away. in_all: for some, how much was lived in all.
            beside: who the customer is, what they hold: words, one a customer. kin: for some, all that customers of that habit do (who writes
                much writes of everything): held equal as it was before the window.
        """
        self._told, self._happened, self._in_all, self._kin = told, happened, in_all, kin or {}
        self.rows: RiskSets = risk_sets(told, keys)
        self._levels = {name: _codes(column) for name, column in beside.items()}
        self._beside = beside
        self._always: list[Encoded] = []
        self._by_itself = _SHOWS

    @property
    def departures(self) -> int:
        """How many departures are set beside others."""
        return int(self.rows.case.sum())

    def found(self, windows: Sequence[int], *, tried: int, whole: str, parts: Collection[str]) -> list[Passing]:
        """What drives away within days, each in the window that shows it best.

        Args:
            windows: in days. tried: columns paid for beside these. whole, parts: a count, and those it is made of.
        """
        if self.departures < _FEWEST or (~self.rows.case).sum() < 2 * _FEWEST:
            return []
        with threadpool_limits(1, "blas"):
            self._always = self._held_always()
            best, p_values = self._best(windows)
            # Who meets more and leaves more stands out beside others: beside themselves, they must stand out for all that was tried too.
            self._by_itself = max(_SHOWS, normal_quantile(1 - 2 * _LEVEL / (len(windows) * len(p_values))))
            corrected = holm(np.array([*p_values.values(), *[1.0] * tried]))[: len(p_values)]
            p_of = dict(zip(p_values, corrected, strict=True))
            standing = sorted((one for one in best if p_of[one.name] <= _LEVEL), key=lambda one: -one.z)
            kept = self._apart(standing, whole, parts)
            return [one for trial in kept if (one := self._checked(trial, kept, p_of[trial.name], whole, parts)) is not None]

    def left_of(self, touched: Bools, others: Sequence[Passing]) -> tuple[float, float]:
        """How far from none being one of these customers is, alone and with what was found held equal.

        Args:
            touched: one flag a customer. others: what was found.
        """
        inside, case, who = touched[self.rows.who], self.rows.case, self.rows.who
        if min(int(inside.sum()), int((~inside).sum())) < _FEWEST:
            return 0.0, 0.0
        age = self._age()
        lived = [encoded_flag(self._met(one.name, one.days)) for one in others]
        return clustered_z(inside, age, case, who), clustered_z(inside, [*age, *lived], case, who)

    def highest(self, name: str, days: int) -> float | None:
        """The highest odds of leaving within so many days of something that are not excluded, at 95 %; None with too few departures.

        Args:
            name: what happened. days: one window.
        """
        if not self._always:
            return None
        with threadpool_limits(1, "blas"):
            held = [*self._always, *self._beside_of(name, days)]
            log_odds, error = clustered_effect(self._met(name, days), held, self.rows.case, self.rows.who)
        return math.exp(min(50.0, log_odds + normal_quantile(0.95) * error))

    def is_who_they_are(self, name: str, days: int, least: int) -> bool:
        """Whether those who left did not meet something more than before, or than customers alike, where others who meet it more leave more.

        Args:
            name: what happened. days: of the window it was found in. least: how many times in it.
        """
        left = self.rows.who[self.rows.case]
        z = more_than_before(self._told, left, self._happened[name], days, self._in_all.get(name))
        if z is not None and z < _SHOWS:
            return True
        alike = (beside_alike(self._told, self.rows, levels, self._happened[name], days, least) for levels in self._several())
        return any(z is not None and z < _LEANS for z in alike)

    def habit_is_who_they_are(self, every: Happenings, days: int) -> bool:
        """The same of a habit, writing or being written to, whatever of: met more by those who leave, and not more before they left.

        Args:
            every: all of it. days: of the window it is counted in.
        """
        counts = every.before(self.rows.who, self.rows.day, days)
        inside = counts >= max(1, int(np.quantile(counts, _OFTEN)))
        if not self._always or min(int(inside.sum()), int((~inside).sum())) < _FEWEST:
            return False
        if clustered_z(inside, self._always, self.rows.case, self.rows.who) < _SHOWS:
            return False
        z = more_than_before(self._told, self.rows.who[self.rows.case], every, days)
        return z is not None and z < _LEANS

    def _met(self, name: str, days: int) -> Bools:
        return np.asarray(self._happened[name].before(self.rows.who, self.rows.day, days) > 0)

    def _age(self) -> list[Encoded]:
        lived = self.rows.day - self._told.begun[self.rows.who]
        return encoded({"age": np.array([str(one) for one in np.searchsorted(_AGES, lived)], dtype=object), "age in days": lived.astype(float)})

    def _held_always(self) -> list[Encoded]:
        held = self._age()
        season = encode("season", np.array([str(one) for one in self.rows.day // 30], dtype=object))
        held += [season] if isinstance(season, Encoded) else []
        who = encoded({name: column[self.rows.who] for name, column in self._beside.items()})
        return held + [one for one in who if goes_with(one, held, self.rows.case)]

    def _beside_of(self, name: str, days: int, *, total: bool = False) -> tuple[Encoded, ...]:
        """How often the same was met in the half-year (before the window, or in all), and how much was lived."""
        who, day, happened = self.rows.who, self.rows.day, self._happened[name]
        columns: dict[str, Column] = {
            "before": happened.between(who, day - _HALF_YEAR, day - 1 - (0 if total else days)).astype(float)
        }  # fmt: skip
        if name in self._in_all:
            columns["lived"] = self._in_all[name].before(who, day, days).astype(float)
            columns["lived before"] = self._in_all[name].between(who, day - _HALF_YEAR, day - 1 - days).astype(float)
        if name in self._kin:
            columns["kin before"] = self._kin[name].between(who, day - _HALF_YEAR, day - 1 - days).astype(float)
        return tuple(encoded(columns))

    def _best(self, windows: Sequence[int]) -> tuple[list[_Tried], dict[str, float]]:
        """The window of each thing that shows it best, and the chance of it, windows paid for."""
        case, who = self.rows.case, self.rows.who
        x = matrix(self._always, case.size)
        fitted = fit_logistic(x, case)
        best: list[_Tried] = []
        p_values: dict[str, float] = {}
        for name in sorted(self._happened):
            p_values[name] = 1.0
            shown: list[_Tried] = []
            for days in windows:
                inside = self._met(name, days)
                if min(int(inside.sum()), int((~inside).sum())) < _FEWEST or int(case[inside].sum()) < _FEWEST_TOUCHED:
                    continue
                if score_p(fitted, x, case, inside.astype(float)[:, None]) > _SUSPECT:
                    continue
                held = self._beside_of(name, days)
                shown.append(_Tried(name, days, inside, held, clustered_z(inside, [*self._always, *held], case, who)))
            if shown and (top := max(shown, key=lambda one: one.z)).z > 0:
                best.append(top)
                p_values[name] = min(1.0, len(windows) * _two_sided(top.z))
        return best, p_values

    def _apart(self, standing: list[_Tried], whole: str, parts: Collection[str]) -> list[_Tried]:
        """Those that still show once the others are held equal; a whole and its parts never both."""
        kept: list[_Tried] = []
        for one in standing:
            if any({one.name, other.name} <= {whole, *parts} and whole in (one.name, other.name) for other in kept):
                continue
            if self._z_beside(one, kept) >= _SHOWS:
                kept.append(one)
        return [one for one in kept if self._z_beside(one, [other for other in kept if other is not one]) >= _SHOWS]

    def _z_beside(self, one: _Tried, others: Sequence[_Tried]) -> float:
        held = [*self._always, *one.held, *(encoded_flag(other.inside) for other in others)]
        return clustered_z(one.inside, held, self.rows.case, self.rows.who)

    def _checked(self, one: _Tried, kept: Sequence[_Tried], p_value: float, whole: str, parts: Collection[str]) -> Passing | None:
        others = [other for other in kept if other is not one]
        left = self.rows.who[self.rows.case]
        if beside_themselves(self._told, left, self._happened[one.name], one.days) < self._by_itself:
            return None
        if not self._holds_without_a_month(one, others) or not self._holds_within_places(one):
            return None
        held = [*self._always, *one.held, *(encoded_flag(other.inside) for other in others)]
        log_odds, error = clustered_effect(one.inside, held, self.rows.case, self.rows.who)
        width = normal_quantile(0.95) * error
        in_all = [*self._always, *self._beside_of(one.name, one.days, total=True), *(encoded_flag(other.inside) for other in others)]
        recent = clustered_z(one.inside, in_all, self.rows.case, self.rows.who)
        if log_odds - width <= 0:
            return None
        return Passing(
            one.name, one.days, math.exp(log_odds), math.exp(log_odds - width), math.exp(log_odds + width), p_value, log_odds / error, recent,
            self._others_are_met_too(one, whole, parts),
        )  # fmt: skip

    def _holds_without_a_month(self, one: _Tried, others: Sequence[_Tried]) -> bool:
        """Whether the effect stands without the thirty days in which most of its departures fall."""
        case = self.rows.case
        month = self.rows.day // 30
        touched = month[case & one.inside]
        worst = np.bincount(touched - touched.min()).argmax() + touched.min()
        rows = month != worst
        if int(case[rows & one.inside].sum()) < _FEWEST_TOUCHED // 2:
            return False
        held = [_rows_of(column, rows) for column in (*self._always, *one.held, *(encoded_flag(other.inside) for other in others))]
        return clustered_z(one.inside[rows], held, case[rows], self.rows.who[rows]) >= _STILL_SHOWS

    def _holds_within_places(self, one: _Tried) -> bool:
        """Whether it stands among customers alike: a town that closes after a bad fortnight is left by all."""
        alike = (beside_alike(self._told, self.rows, levels, self._happened[one.name], one.days) for levels in self._several())
        return all(z is not None and z >= _SHOWS for z in alike)

    def _several(self) -> list[Ints]:
        return [levels for levels in self._levels.values() if 2 <= int(levels.max()) + 1 <= _MOST_LEVELS]

    def _others_are_met_too(self, one: _Tried, whole: str, parts: Collection[str]) -> bool:
        """Whether customers about to leave also bring up what has nothing to do with it: they write more, whatever of."""
        if one.name not in parts or one.name == whole:
            return False
        column = one.name.rsplit("_", 1)[0]
        rest = np.zeros(one.inside.size, dtype=bool)
        for name in parts:
            if name != one.name and name.startswith(column):
                rest |= self._met(name, one.days)
        if int(rest.sum()) < _FEWEST:
            return False
        return clustered_z(rest, [*self._always, encoded_flag(one.inside)], self.rows.case, self.rows.who) >= _SHOWS


def encoded_flag(inside: Bools) -> Encoded:
    """A yes or no as a regression sees it.

    Args:
        inside: who is touched.
    """
    return Encoded("met", inside.astype(float)[:, None], True, ("no", "yes"), inside.astype(np.int64), np.empty(0), np.zeros(inside.size, dtype=bool))


def _rows_of(column: Encoded, rows: Bools) -> Encoded:
    values = column.values[rows] if column.values.size else column.values
    return Encoded(column.name, column.block[rows], column.category, column.levels, column.codes[rows], values, column.empty[rows])


def _codes(column: Column) -> Ints:
    words = sorted({str(one) for one in column if one is not None})
    place = {word: number for number, word in enumerate(words)}
    return np.array([-1 if one is None else place[str(one)] for one in column], dtype=np.int64)


def _two_sided(z: float) -> float:
    return math.erfc(abs(z) / math.sqrt(2))


