"""What was lived at one order, one visit: searched moment by moment, and what it explains away among the other factors."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from analytics.churn.driver_quick import Days
from analytics.churn.driver_words import KINDS
from analytics.customers.derived import EVENT, EVENTS_IN_ALL
from analytics.customers.tickets import EVERY_TICKET, TICKET
from analytics.measures.exposure import Exposure
from analytics.measures.moments import Moments, moments
from analytics.statistics.arrays import Bools, Column
from analytics.statistics.driver_report import Driver, DriverReport
from analytics.statistics.intervals import Interval
from analytics.statistics.repeated import clustered_z, drivers_of_moments, encoded
from analytics.study import Study
from vocabulary.estimate import Estimate, Threshold, Unit
from vocabulary.finding import SetAside, SetAsideWhy
from vocabulary.sentence import Sentence, say

_SHOWS = 2.58  # z under which nothing is left of an effect
_LESS = 0.8  # of its z: what another factor must take away to be said to explain it
_LEAST = 30
# A share says how many orders it is over as much as what they were: one order makes it nothing or all.
SHARES = {"promo_share": "orders"}


@dataclass(frozen=True, slots=True)
class Followed:
    """What was followed: customers over one window and, where things lived are told one by one, the moments they were lived at.

    Args:
        exposed: the customers.
        among: of whom, in words.
        moments: the moments; None where nothing is told of them.
        found: the features found among moments: their counts and rates are of moments.
        days: the silence that makes a departure; None under a contract.
        daily: what was found day by day; None where nothing was looked for so.
    """

    exposed: Exposure
    among: Sentence
    moments: Moments | None = None
    found: frozenset[str] = field(default_factory=frozenset)
    days: int | None = None
    daily: Days | None = None

    def within_days(self, driver: Driver) -> Days | None:
        """The days a driver is counted in, when it was found day by day."""
        return self.daily if self.daily is not None and driver.feature in self.daily.windows else None

    def counted_in(self, driver: Driver) -> str:
        """What a driver is counted in: customers, orders, months or weeks."""
        told = self.at(driver)
        if self.within_days(driver) is not None:
            return "weeks"
        return "customers" if told is None else "orders" if told.orders else "months"

    def at(self, driver: Driver) -> Moments | None:
        """The moments a driver is counted in; None when it is counted in customers, or in days."""
        return self.moments if driver.feature in self.found and self.within_days(driver) is None else None

    def scale(self, driver: Driver) -> float:
        """What one case of the sample stands for."""
        told, days = self.at(driver), self.within_days(driver)
        if days is not None:
            return days.told.scale
        return self.exposed.scale if told is None else told.scale

    def customers(self, driver: Driver) -> int:
        """How many customers a driver touches, once or more."""
        told, days = self.at(driver), self.within_days(driver)
        if days is not None:
            return days.customers(driver.feature)
        return driver.customers if told is None else int(np.unique(told.customers[driver.touched]).size)

    def touched(self, driver: Driver) -> Bools:
        """Which of the customers followed it touches."""
        told = self.at(driver)
        return driver.touched if told is None else np.isin(self.exposed.frame.keys, told.customers[driver.touched])

    def gone(self, driver: Driver) -> Estimate:
        """How many departures were followed."""
        told, days = self.at(driver), self.within_days(driver)
        if days is not None:
            return Estimate("departures", days.gone(driver.feature), Unit.CUSTOMERS, method="exact")
        count = self.exposed.outcome.sum() if told is None else told.outcome.sum()
        return Estimate("departures", round(float(count) * self.scale(driver)), Unit.CUSTOMERS, method="exact")

    def of(self, driver: Driver) -> Sentence:
        """Among whom, or among what, a driver is counted."""
        days = self.within_days(driver)
        return self.among_all(self.at(driver)) if days is None else days.among(driver.feature)

    def among_all(self, told: Moments | None) -> Sentence:
        """All the customers, or all the moments, in words."""
        if told is None:
            return self.among
        n = Estimate("moments", round(told.outcome.size * told.scale), Unit.COUNT, method="exact")
        if told.orders:
            if told.within is not None:
                return say(
                    "les {n} commandes passées jusqu’au {until} et non suivies d’une autre avant {within}",
                    "the {n} orders placed up to {until} and not followed by another within {within}",
                    n=n, until=told.until, within=Threshold(told.within, Unit.DAYS),
                )  # fmt: skip
            return say(
                "les {n} commandes passées jusqu’au {until}, dont la suite est connue",
                "the {n} orders placed up to {until}, whose sequel is known",
                n=n, until=told.until,
            )  # fmt: skip
        return say(
            "les {n} mois de présence suivis jusqu’au {until}", "the {n} months of presence followed up to {until}", n=n, until=told.until
        )

    def happened(self, driver: Driver) -> Sentence:
        """What became of those touched, against the others: words that stand after “of whom”."""
        days = self.within_days(driver)
        if days is not None:
            return days.happened(driver)
        return became(self.at(driver), driver.customers, driver.lost_rate, driver.lost_rate_others, self)


def became(told: Moments | None, touched: int, lost: Interval, others: Interval, followed: Followed) -> Sentence:
    """What became of those touched, against the others.

    Args:
        told: the moments they are counted in; None for customers.
        touched: how many, of the sample.
        lost, others: the shares of those touched, and of the others, that left.
        followed: for the scale, and the silence that makes a departure.
    """
    scale = followed.exposed.scale if told is None else told.scale
    values: dict[str, Any] = {
        "count": Estimate("customers_touched", round(touched * scale), Unit.CUSTOMERS, method="exact"),
        "rate": lost.estimate("lost_rate", Unit.RATIO),
        "others": others.estimate("lost_rate_others", Unit.RATIO),
    }
    if told is None:
        return say(
            "{rate} des {count} concernés sont partis, contre {others} des autres",
            "{rate} of the {count} concerned have left, against {others} of the others",
            **values,
        )
    values["count"] = Estimate("moments_touched", values["count"].value, Unit.COUNT, method="exact")
    if told.orders:
        return say(
            "{rate} des {count} concernées n’ont été suivies d’aucune autre en {days}, contre {others} des autres",
            "{rate} of the {count} concerned had no other after them within {days}, against {others} of the others",
            days=Threshold(followed.days or 0, Unit.DAYS), **values,
        )  # fmt: skip
    return say(
        "{rate} des {count} concernés ont fini par un départ, contre {others} des autres",
        "{rate} of the {count} concerned ended in a departure, against {others} of the others",
        **values,
    )


def searched_by_moments(study: Study, exposed: Exposure) -> Moments | None:
    """The moments, when enough departures follow them for what is lived there to be searched there."""
    told = moments(study, exposed)
    return told if told is not None and min(told.outcome.sum(), (~told.outcome).sum()) >= _LEAST else None


def tested_of_customers(features: dict[str, Column], told: Moments | None, exposed: Exposure) -> tuple[dict[str, Column], dict[str, Column]]:
    """The features to search customer by customer, and the number of events each share or count of them is over.

    What is searched moment by moment is not searched twice; what tickets told is searched no other way, since who had longer to write
    wrote more.
    """
    by_moments = frozenset() if told is None else told.candidates.keys()
    kept = {name: column for name, column in features.items() if name not in by_moments and not name.startswith(TICKET)}
    over = SHARES | {name: in_all for name in kept for kind, in_all in EVENTS_IN_ALL.items() if name.startswith(f"{EVENT}{kind}_")}
    known = exposed.frame.features
    return kept, {name: known[events] for name, events in over.items() if name in kept and events in known}


def with_moments(report: DriverReport, told: Moments | None, exposed: Exposure, tried: int) -> tuple[DriverReport, frozenset[str]]:
    """The report with what moments show first, and without what it explains away; the features so found.

    Args:
        report: of the search customer by customer.
        told: the moments.
        exposed: the customers of the report.
        tried: how many columns that search tried.
    """
    if told is None or report.refusal is not None:
        return report, frozenset()
    kinds = {name: KINDS[attribute.timing] for name, attribute in told.attributes.items()}
    found = drivers_of_moments(
        told.outcome, told.customers, told.keys, told.candidates, told.held, tried=tried + len(told.candidates), kinds=kinds,
        beside=told.beside, whole=EVERY_TICKET, parts=[name for name in told.candidates if name.startswith(TICKET) and name != EVERY_TICKET],
    )
    # Meeting something less often is coming less, or choosing otherwise: only what hurts the more it is met is told as lived.
    found = [driver for driver in found if driver.threshold is None or driver.side == "above" or told.orders]
    names = frozenset(driver.feature for driver in found)
    aside = [SetAside(name, SetAsideWhy.NO_EFFECT) for name in told.candidates if name not in names]
    kept = []
    for driver in report.drivers:
        if found and explained_away(driver.touched, names, told, exposed):
            aside.append(SetAside(driver.feature, SetAsideWhy.NO_EFFECT))
        else:
            kept.append(driver)
    every = sorted((*report.set_aside, *aside), key=lambda one: one.column)
    return replace(report, drivers=(*found, *kept), set_aside=tuple(every)), names


def explained_away(touched: Bools, names: Collection[str], told: Moments, exposed: Exposure) -> bool:
    """Whether a factor only raised what customers were exposed to: nothing is left of it once that is held equal.

    Who comes more, or by the crowded door, meets more refusals; the refusal drives away, not the door.

    Args:
        touched: which of the customers followed it touches.
        names: what was found month by month.
        told: the months.
        exposed: the customers followed.
    """
    if told.orders:
        return False
    lived = {name: told.candidates[name] for name in names}
    place = {int(key): row for row, key in enumerate(exposed.frame.keys)}
    rows = np.array([int(key) in place for key in told.customers], dtype=bool)
    inside = np.array([touched[place[int(key)]] for key in told.customers[rows]], dtype=bool)
    outcome, customers = told.outcome[rows], told.customers[rows]
    if min(inside.sum(), (~inside).sum(), outcome.sum()) < _LEAST:
        return False
    age = {name: column[rows] for name, column in told.held.items() if name not in EVENTS_IN_ALL.values()}
    every = {**{name: column[rows] for name, column in told.held.items()}, **{name: column[rows] for name, column in lived.items()}}
    alone = clustered_z(inside, encoded(age), outcome, customers)
    beside = clustered_z(inside, encoded(every), outcome, customers)
    return beside < _SHOWS and beside < _LESS * alone
