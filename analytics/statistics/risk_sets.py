"""Who left, beside others who were there on the very day: what passes within days shows there, where months would drown it.

Each departure is set beside customers still in relation on its day (nested case-control, Thomas 1977), so that seasons and bad days are the
same for all; an odds ratio is then one of hazards. Each is also set beside itself some weeks before (case-crossover, Maclure 1991), so that
who always meets more is compared with nobody else. What drives away within days shows both ways.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from analytics.statistics.arrays import Bools, Ints

_ROWS = 9_000  # of departures and of others beside them: odds of two and a half on three customers in a hundred
_MOST_CASES = 2_000
_FEWEST_BESIDE, _MOST_BESIDE = 4, 20
_EARLIER = 8  # windows of the same customer looked at before the last
_LEAST_BEFORE = 60  # days of a relation before its last months, to be compared with them
_LEAST_SPREAD = 8.0  # variance of a count under which nothing could be seen
_MOST_ALIKE = 200
SEEN_FIRST = 14  # days of events before the first departure looked at
_BIG = 1 << 22  # days, many times over: keys of a customer and a day


@dataclass(frozen=True, slots=True)
class Relations:
    """Customers in relation, one a place: the days are counted from any origin.

    Args:
        begun: the first day of each. over: the day each left, or one after the last day looked at.
        gone: who left. first, last: the days followed.
    """

    begun: Ints
    over: Ints
    gone: Bools
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class RiskSets:
    """Moments of customers, one a row: the days of departures, of those who left and of others who were there.

    Args:
        who: the place of each customer. day: the day looked at. case: left on that day.
    """

    who: Ints
    day: Ints
    case: Bools


class Happenings:
    """The days on which something happened to customers, to be counted in any window."""

    def __init__(self, who: Ints, day: Ints) -> None:
        """Sort them once.

        Args:
            who: place of the customer. day: when.
        """
        order = np.lexsort((day, who))
        self.who, self.day = who[order], day[order]
        self._keys = self.who * _BIG + self.day

    def between(self, who: Ints, first: Ints, last: Ints) -> Ints:
        """How many happened to each from one day to another, both in it."""
        return np.searchsorted(self._keys, who * _BIG + last, side="right") - np.searchsorted(self._keys, who * _BIG + first, side="left")

    def again(self, days: int) -> Happenings:
        """Those that follow another of the same customer, on another day, within so many days: the second time, the third.

        Args:
            days: how long the one before is remembered.
        """
        follows = self.between(self.who, self.day - days, self.day - 1) > 0
        return Happenings(self.who[follows], self.day[follows])

    def before(self, who: Ints, day: Ints, days: int) -> Ints:
        """How many happened in the days before one, which is not in it: what is written on the day of a departure belongs to it."""
        return self.between(who, day - days, day - 1)


def risk_sets(told: Relations, keys: Ints) -> RiskSets:
    """Set each departure beside customers who were there that day, drawn the same whoever asks.

    Args:
        told: the relations. keys: of each customer, a stable number.
    """
    left = np.flatnonzero(told.gone & (told.over >= told.first) & (told.over <= told.last) & (told.begun < told.over))
    if left.size > _MOST_CASES:
        left = np.sort(left[np.argsort(keys[left] * 2654435761 % (1 << 32), kind="stable")[:_MOST_CASES]])
    beside = int(np.clip(_ROWS // max(1, left.size), _FEWEST_BESIDE, _MOST_BESIDE))
    rng = np.random.default_rng(20)
    who, day = [left], [told.over[left]]
    for place in left:
        there = np.flatnonzero((told.begun < told.over[place]) & (told.over > told.over[place]))
        drawn = there if there.size <= beside else rng.choice(there, beside, replace=False)
        who.append(drawn)
        day.append(np.full(drawn.size, told.over[place]))
    case = np.zeros(sum(part.size for part in who), dtype=bool)
    case[: left.size] = True
    return RiskSets(np.concatenate(who), np.concatenate(day), case)


def beside_themselves(told: Relations, left: Ints, happened: Happenings, days: int) -> float:
    """How many standard errors more often those who left met something in their last days than in as many days some weeks before.

    Each is compared with themselves alone, over the windows of the same length that they had been there for (Mantel and Haenszel).

    Args:
        told: the relations. left: places of those who left. happened: what may drive away. days: of a window.
    """
    day = told.over[left]
    met = np.zeros((left.size, _EARLIER + 1), dtype=bool)
    there = np.zeros_like(met)
    for place in range(_EARLIER + 1):
        ends = day - place * days
        there[:, place] = (ends - days >= told.begun[left]) & (ends - days >= told.first - SEEN_FIRST)
        met[:, place] = (happened.before(left, ends, days) > 0) & there[:, place]
    known = there[:, 0] & (there.sum(axis=1) > 1)
    if not known.any():
        return 0.0
    share = met[known].sum(axis=1) / there[known].sum(axis=1)
    spread = math.sqrt(float(np.sum(share * (1 - share))))
    return float(met[known, 0].sum() - share.sum()) / spread if spread > 0 else 0.0


def more_than_before(told: Relations, left: Ints, happened: Happenings, days: int, in_all: Happenings | None = None) -> float | None:
    """How many standard errors more of something those who left met in their last months than in all they had lived before.

    Of what each met in all, the part expected lately is that of the days, or of what was lived in all (binomial). Who merely meets more than
    others shows nothing here.

    Args:
        told: the relations. left: places of those who left. happened: what may drive away. days: of their last months. in_all: how much was lived.

    Returns:
        None where too little is known of what was lived before.
    """
    day, since = told.over[left], np.maximum(told.begun[left] + 1, told.first - SEEN_FIRST)
    known = day - days - since >= _LEAST_BEFORE
    left, day, since = left[known], day[known], since[known]
    if in_all is None:
        share = np.full(left.size, float(days)) / (day - since)
    else:
        share = in_all.before(left, day, days) / np.maximum(1, in_all.between(left, since, day - 1))
    every = happened.between(left, since, day - 1)
    spread = float(np.sum(every * share * (1 - share)))
    if spread < _LEAST_SPREAD:
        return None
    return float(np.sum(happened.before(left, day, days) - every * share)) / math.sqrt(spread)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days of presence in the wake of something, and departures in them, over a period; and all others.

    Args:
        days, departures: in its wake. other_days, other_departures: the rest. who: places of the customers touched.
    """

    days: int
    departures: int
    other_days: int
    other_departures: int
    who: Ints


def stretches(told: Relations, happened: Happenings, days: int, first: int, last: int) -> Stretch:
    """Count the days of presence that follow what happened, at most so many after each, and the departures in them.

    Args:
        told: the relations. happened: what may drive away. days: how long it is followed. first, last: the period, both in it.
    """
    begins, ends = np.maximum(told.begun + 1, first), np.minimum(np.where(told.gone, told.over, last), last)
    present = np.maximum(0, ends - begins + 1)
    who, opens = happened.who, np.maximum(happened.day + 1, begins[happened.who])
    closes = np.minimum(happened.day + days, ends[happened.who])
    after: Ints = np.full(who.size, -_BIG, dtype=np.int64)  # the last day covered by an earlier one of the same customer
    if who.size:
        reached = np.maximum.accumulate(who * _BIG + closes)
        same = np.concatenate([[False], who[1:] == who[:-1]])
        after = np.where(same, np.concatenate([[0], reached[:-1]]) - who * _BIG, -_BIG)
    lengths = np.maximum(0, closes - np.maximum(opens, after + 1) + 1)
    left = np.flatnonzero(told.gone & (told.over >= first) & (told.over <= last) & (told.begun < told.over))
    met = happened.before(left, told.over[left], days) > 0
    touched = int(lengths.sum())
    return Stretch(touched, int(met.sum()), int(present.sum()) - touched, int((~met).sum()), np.unique(who[lengths > 0]))


def beside_alike(told: Relations, rows: RiskSets, levels: Ints, happened: Happenings, days: int, least: int = 1) -> float | None:
    """How many standard errors more often those who left met something than customers alike who were there that day (Mantel and Haenszel).

    A town that closes after a bad fortnight is left by all; its customers are compared among themselves.

    Args:
        told: the relations. rows: the moments. levels: what makes customers alike, -1 where unknown. happened: what may drive away.
        days: of the window. least: how many times it must be met in it to count.

    Returns:
        None where too few of those alike differ in what they met for anything to be seen.
    """
    surprise = spread = 0.0
    for who, day in zip(rows.who[rows.case].tolist(), rows.day[rows.case].tolist(), strict=True):
        there = np.flatnonzero((levels == levels[who]) & (told.begun < day) & (told.over > day))[:_MOST_ALIKE]
        if not there.size:
            continue
        everyone = np.append(there, who)
        met = happened.before(everyone, np.full(everyone.size, day), days) >= least
        share = float(met.mean())
        surprise += float(met[-1]) - share
        spread += share * (1 - share)
    return surprise / math.sqrt(spread) if spread >= _LEAST_SPREAD / 2 else None
