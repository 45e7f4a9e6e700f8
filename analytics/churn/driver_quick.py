"""What drives away within days, under a contract: searched among departures day by day, and set beside what months and customers told."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from analytics.churn.driver_words import KINDS
from analytics.customers.derived import EVENT_DAYS
from analytics.customers.tickets import EVERY_TICKET, TICKET, TICKET_DAYS
from analytics.measures.exposure import Exposure
from analytics.measures.quick import CONTACTED, WINDOWS, Quick, quick, said_quick
from analytics.statistics.arrays import Bools, Ints
from analytics.statistics.driver_report import Driver, DriverReport
from analytics.statistics.intervals import Interval, normal_quantile, wilson
from analytics.statistics.quick_search import Passing, QuickSearch
from analytics.statistics.risk_sets import Stretch, stretches
from analytics.study import Study
from vocabulary.estimate import Estimate, Unit
from vocabulary.finding import DriverKind, SetAside, SetAsideWhy
from vocabulary.sentence import Sentence, say

_FORTNIGHT = 14
_SHOWS, _LESS = 2.58, 0.8
_TOO_GOOD = 20.0  # odds at least so many times higher: no cause does that, the departure itself does
# What begins the codes of things met day by day -> of the attributes that say whether they ever were.
_HABITS = {
    TICKET: ("complaints", "has_complained", "filed_complaint", "complained_during_welcome"), CONTACTED: (CONTACTED, "welcome_contacts", "welcomed_"),
}  # fmt: skip
_RARELY = 8.0  # odds that a cause hardly ever multiplies by: what comes of a decision already taken does
_MOSTLY = 0.5  # of what is followed by a departure: it is one already


@dataclass(frozen=True, slots=True)
class Days:
    """What was found day by day, and the counts it is told with.

    Args:
        told: the customers. search: what was searched among them. windows: feature -> how long it acts, in days. counts: feature -> days of presence and departures.
        passing: what was found. theirs: the features, found otherwise, that those who left did not meet more before leaving than earlier: who meets them more leaves more.
    """

    told: Quick
    search: QuickSearch
    windows: dict[str, int] = field(default_factory=dict)
    counts: dict[str, Stretch] = field(default_factory=dict)
    theirs: frozenset[str] = field(default_factory=frozenset)
    passing: list[Passing] = field(default_factory=list)

    def among(self, feature: str) -> Sentence:
        """Among how many weeks of presence a driver is counted, in words that stand after “of”."""
        days, counts = self.windows[feature], self.counts[feature]
        n = Estimate("stretches", round((counts.days + counts.other_days) / days * self.told.scale), Unit.COUNT, method="exact")
        return say(
            "les {n} {periods} de présence suivies jusqu’au {until}", "the {n} {periods} of presence followed up to {until}",
            n=n, periods=WINDOWS[days][1], until=self.told.until,
        )  # fmt: skip

    def happened(self, driver: Driver) -> Sentence:
        """What became of those touched, against the others."""
        count = Estimate("stretches_touched", round(driver.customers * self.told.scale), Unit.COUNT, method="exact")
        return say(
            "{rate} des {count} concernées ont fini par un départ, contre {others} des autres",
            "{rate} of the {count} concerned ended in a departure, against {others} of the others",
            rate=driver.lost_rate.estimate("lost_rate", Unit.RATIO), others=driver.lost_rate_others.estimate("lost_rate_others", Unit.RATIO), count=count,
        )  # fmt: skip

    def gone(self, feature: str) -> int:
        """How many departures were followed, as they stand for all."""
        counts = self.counts[feature]
        return round((counts.departures + counts.other_departures) * self.told.scale)

    def highest(self, feature: str) -> float | None:
        """The highest odds of leaving within a fortnight of it that are not excluded; None where it was not followed by day."""
        return self.search.highest(feature, _FORTNIGHT) if feature in self.told.happened else None

    def explains(self, touched: Bools, keys: Ints) -> bool:
        """Whether nothing is left of being one of these customers once what was found is held equal.

        Args:
            touched: one flag a customer. keys: of these customers.
        """
        return bool(self.passing) and _explained(self.search, touched, keys, self.passing, self.told)

    def customers(self, feature: str) -> int:
        """How many customers it touches, in the sample."""
        return int(self.counts[feature].who.size)


def with_days(
    study: Study, report: DriverReport, exposed: Exposure, by_months: frozenset[str], tried: int
) -> tuple[DriverReport, Days | None]:  # fmt: skip
    """The report with what drives away within days first, and without what it explains away.

    Args:
        study: the data. report: of the other searches. exposed: the customers of that report.
        by_months: what was found month by month: each thing is told in one window, the one that explains it best.
        tried: how many columns the other searches tried.
    """
    told = quick(study, exposed) if report.refusal is None else None
    if told is None:
        return report, None
    search = QuickSearch(told.told, told.keys, told.happened, told.in_all, told.beside, told.kin)
    parts = [name for name in told.happened if name.startswith(TICKET) and name != EVERY_TICKET]
    found = search.found(tuple(WINDOWS), tried=tried, whole=EVERY_TICKET, parts=parts)
    found = [one for one in found if not _better_told_by_months(one, by_months, parts)]
    days = Days(told, search)
    drivers: list[Driver] = []
    aside: list[SetAside] = []
    for one in found:
        counts = stretches(told.told, told.happened[one.name], one.days, *told.of_period())
        driver = _driver(one, counts, told, exposed)
        if driver is None:
            continue
        if one.low >= _TOO_GOOD or driver.lost_rate.value > _MOSTLY:
            aside.append(SetAside(one.name, SetAsideWhy.LEAK))
            continue
        days.windows[one.name], days.counts[one.name] = one.days, counts
        days.passing.append(one)
        drivers.append(driver)
    told_apart = {one.column for one in aside} | set(days.windows)
    kept: list[Driver] = []
    theirs: set[str] = set()
    for other in report.drivers:
        if other.feature in told_apart or EVERY_TICKET in (other.feature, *days.windows) and {other.feature, *days.windows} & set(parts):
            continue
        if other.kind is not DriverKind.SYMPTOM and days.explains(other.touched, exposed.frame.keys):
            aside.append(SetAside(other.feature, SetAsideWhy.NO_EFFECT))
            continue
        if other.kind is DriverKind.CAUSE and _is_who_they_are(search, other, told, by_months):
            theirs.add(other.feature)
        kept.append(other)
    theirs |= _of_a_habit(search, kept, told)
    kept = [replace(one, kind=DriverKind.UNCLEAR) if one.feature in theirs else one for one in kept]
    for name in days.windows:
        exposed.frame.attributes[name] = said_quick(told.attributes[name], days.windows[name])
    every = [one for one in report.set_aside if one.column not in told_apart] + aside
    return replace(report, drivers=(*drivers, *kept), set_aside=tuple(sorted(every, key=lambda one: one.column))), replace(days, theirs=frozenset(theirs))


def _is_who_they_are(search: QuickSearch, other: Driver, told: Quick, by_months: frozenset[str]) -> bool:
    """Whether something counted over months only tells apart those who meet it often, and not the months before they left."""
    if other.feature in by_months and other.feature in told.happened:
        days = TICKET_DAYS if other.feature.startswith(TICKET) else EVENT_DAYS
        least = max(1, math.ceil(other.threshold or 1.0))
        return search.is_who_they_are(other.feature, days, least)
    return False


def _of_a_habit(search: QuickSearch, drivers: Sequence[Driver], told: Quick) -> set[str]:
    """Of what was ever written, or received, those that go with a habit of customers who leave more, at any time of their relation."""
    found: set[str] = set()
    for begins, names in _HABITS.items():
        among = {one.feature for one in drivers if one.kind is DriverKind.CAUSE and one.side != "below" and one.feature.startswith(names)}
        every = next((told.kin.get(name, told.happened[name]) for name in told.happened if name.startswith(begins)), None)
        if among and every is not None and search.habit_is_who_they_are(every, TICKET_DAYS):
            found |= among
    return found


def _better_told_by_months(one: Passing, by_months: frozenset[str], parts: Sequence[str]) -> bool:
    """Whether months found the same, and having met it lately adds nothing to having met it in the half-year."""
    same = {one.name} | ({EVERY_TICKET} if one.name in parts else set()) | (set(parts) if one.name == EVERY_TICKET else set())
    return bool(same & by_months) and one.recent < _SHOWS


def _driver(one: Passing, counts: Stretch, told: Quick, exposed: Exposure) -> Driver | None:
    periods, others = round(counts.days / one.days), round(counts.other_days / one.days)
    if not periods or not others:
        return None
    lost = wilson(min(counts.departures, periods), periods)
    lost_others = wilson(min(counts.other_departures, others), others)
    if lost.value <= lost_others.value:
        return None
    touched = np.isin(exposed.frame.keys, told.keys[counts.who])
    share, low, high = (1 - 1 / odds for odds in (one.odds, one.low, one.high))
    sure = one.name in told.faults and not one.talk and one.low < _RARELY
    kind = KINDS[told.attributes[one.name].timing] if sure else DriverKind.UNCLEAR
    departures = float(counts.departures)
    value, ordinary = departures * share, departures / one.odds  # those that would have been: a count has its own chance, besides the ratio's
    width = normal_quantile(0.95) * math.hypot(ordinary * math.log(one.high / one.odds) / normal_quantile(0.95), math.sqrt(ordinary))
    return Driver(
        feature=one.name, columns=(one.name,), kind=kind, levels=("yes",), threshold=None, side=None, customers=periods, lost_rate=lost,
        lost_rate_others=lost_others, adjusted_effect=Interval(one.odds, one.low, one.high, periods + others, "case-control within risk sets"),
        difference=Interval(lost.value * share, lost.value * low, lost.value * high, periods, "attributable risk"),
        explained_departures=Interval(value, max(0.0, value - width), min(departures, value + width), periods + others, "attributable risk"),
        p_value=one.p_value, stability=1.0, confused_with=(), reverses_in=(), touched=touched,
    )  # fmt: skip


def _explained(search: QuickSearch, touched: Bools, keys: Ints, found: Sequence[Passing], told: Quick) -> bool:
    """Whether a factor only raised what customers were exposed to: nothing is left of it once what was found is held equal."""
    place = {int(key): row for row, key in enumerate(keys)}
    inside = np.array([int(key) in place and bool(touched[place[int(key)]]) for key in told.keys], dtype=bool)
    alone, beside = search.left_of(inside, found)
    return beside < _SHOWS and beside < _LESS * alone
