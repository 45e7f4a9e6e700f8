"""Days without any sale amid days that sell: a house that was closed, or an export that nobody loaded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from analytics.datamodel.dates import EARLIEST
from analytics.datamodel.health.context import Context, HealthCode, Place, counted, defect
from analytics.datamodel.model import HealthCheck
from analytics.datamodel.roles import SALES, Role
from analytics.datamodel.sql import as_day, as_text
from analytics.workspace import literal, quote
from vocabulary.sentence import Listing, Sentence, say
from vocabulary.themes import Severity

_LEAST_DAYS = 14
_LEAST_SALES = 30  # expected in the run: fewer may be chance
_TIMES_THE_USUAL = 5  # how much longer than the gaps between days of sale, nineteen times in twenty
_AROUND, _REACH = 60, 120  # days on each side that give the pace, found within so many days
_FEW_DAYS = 14  # a side that has fewer tells no pace
_OPEN = 1 / 3  # least share of the days around that sell: a market of three days a week does, fairs and concerts do not
_SPEAKS = 5  # sales expected in the same days of another year, for it to speak
_EMPTY = 0.2  # of what was expected: the same days of another year are as good as empty
_MOVES = 14  # days by which a yearly closing moves from year to year
_SEASON, _YEAR = 100, 360  # days: between them, a run that no other year speaks against may be a season
_HOLIDAY_CLOSING = 25  # days below which a closing at holiday time is nothing to tell
_HOLIDAYS = (((7, 25), (9, 1)), ((12, 20), (12, 31)), ((1, 1), (1, 5)))
_MOST_TOLD = 3


@dataclass(frozen=True, slots=True)
class Gap:
    """Days without any sale, both included, and how many sales the pace of the days around makes in as many days."""

    first: date
    last: date
    expected: float


def check(context: Context) -> list[HealthCheck]:
    """The runs of days without any sale, inside the history, that neither chance, a season nor holidays make."""
    places = _dated_sales(context)
    counts = _by_day(context, places)
    if not counts:
        return []
    start = min(counts)
    sold = np.zeros((max(counts) - start).days + 1)
    for day, number in counts.items():
        sold[(day - start).days] = number
    gaps = list(_gaps(sold, start))
    if not gaps:
        return []
    told = sorted(sorted(gaps, key=lambda gap: -gap.expected)[:_MOST_TOLD], key=lambda gap: gap.first)
    detail = say(
        "Aucune vente {periods} : soit la maison était fermée, soit il manque un fichier. S’il manque un fichier, les chiffres "
        "de ces jours sont trop bas, et des clients qui ont acheté alors paraissent silencieux : ajoutez-le. Si la maison "
        "était fermée, il n’y a rien à faire.",
        "No sale {periods}: either the house was closed or a file is missing. If a file is missing, figures of those days are "
        "too low, and customers who bought then look silent: add it. If the house was closed, there is nothing to do.",
        periods=Listing(tuple(_said(gap) for gap in told)),
    )
    days = sum((gap.last - gap.first).days + 1 for gap in gaps)
    return [defect(HealthCode.MISSING_PERIOD, Severity.WARNING, days, detail, places[0] if len(places) == 1 else None)]


def periods_of(told: HealthCheck) -> list[tuple[date, date]]:
    """The first and last days of the periods that such a check names."""
    listing = told.detail.values["periods"]
    parts = [part.values for part in listing.parts if isinstance(part, Sentence)] if isinstance(listing, Listing) else []
    return [(first, last) for p in parts if isinstance(first := p["first"], date) and isinstance(last := p["last"], date)]


def _said(gap: Gap) -> Sentence:
    figures = max(0, len(str(round(gap.expected))) - 2)  # two are enough of what is about so many
    return say(
        "du {first} au {last} (environ {expected} attendues au rythme des jours voisins)",
        "from {first} to {last} (about {expected} expected at the pace of the days around)",
        first=gap.first, last=gap.last, expected=counted(int(round(gap.expected, -figures))),
    )  # fmt: skip


def _dated_sales(context: Context) -> list[Place]:
    """The days of purchase of all sales together, whatever the shop or file: orders before invoices, before payments."""
    for kind in SALES:
        places = [context.place(table, Role.PURCHASE_DATE) for table in context.model.of_kind(kind)]
        if any(places):
            return [place for place in places if place is not None]
    return []


def _by_day(context: Context, places: list[Place]) -> dict[date, int]:
    """How many sales each day has: those of one number are one, and what a customer buys on one day where there is none."""
    counts: dict[date, int] = {}
    for place in places:
        named = (context.place(place.table, Role.ORDER_ID), context.place(place.table, Role.CUSTOMER_ID, Role.ACCOUNT_ID))
        sale = ", ".join([*(as_text(found.column) for found in named if found is not None), "'row ' || t.rowid"])
        day = as_day(place.column)
        for bought, number in context.database.rows(
            f"SELECT {day}, COUNT(DISTINCT COALESCE({sale})) FROM {quote(place.table.table)} t"
            f" WHERE {day} BETWEEN {literal(EARLIEST)} AND {literal(context.model.as_of)} GROUP BY 1"
        ):
            counts[bought] = counts.get(bought, 0) + number
    return counts


def _gaps(sold: NDArray[np.float64], start: date) -> Iterator[Gap]:
    """The runs without sale worth telling, in order of time."""
    selling = np.flatnonzero(sold)
    steps = np.diff(selling)
    if not steps.size:
        return
    long = steps >= max(_LEAST_DAYS + 1, _TIMES_THE_USUAL * float(np.quantile(steps, 0.95)))
    runs = [(int(before) + 1, int(before + step)) for before, step in zip(selling[:-1][long], steps[long], strict=True)]
    told = np.ones(sold.size, bool)  # days of which the file knows something
    for begin, end in runs:
        told[begin:end] = False
    for begin, end in runs:
        pace = _pace(sold, told, begin, end, _OPEN)
        if pace is None or pace * (end - begin) < _LEAST_SALES:
            continue
        gap = Gap(start + timedelta(days=begin), start + timedelta(days=end - 1), pace * (end - begin))
        others = list(_other_years(sold, told, begin, end))
        if not any(others) and (others or not _may_be_a_closing(gap)):
            yield gap


def _pace(sold: NDArray[np.float64], told: NDArray[np.bool_], begin: int, end: int, open_: float) -> float | None:
    """Sales a day on both sides of some days; None where a side is hardly known, or sells on a smaller share of its days."""
    before = np.flatnonzero(told[max(0, begin - _REACH) : begin])[-_AROUND:] + max(0, begin - _REACH)
    after = np.flatnonzero(told[end : end + _REACH])[:_AROUND] + end
    if min(before.size, after.size) < _FEW_DAYS or min((sold[side] > 0).mean() for side in (before, after)) < open_:
        return None
    return float(sold[before].mean() + sold[after].mean()) / 2


def _other_years(sold: NDArray[np.float64], told: NDArray[np.bool_], begin: int, end: int) -> Iterator[bool]:
    """For each other year whose same days stand amid days that sell, whether these are as good as empty."""
    years = sold.size // 365 + 1
    until = np.concatenate([[0.0], np.cumsum(sold)])
    for shift in (round(365.25 * year) for year in range(-years, years + 1) if year):
        first, last = begin + shift, end + shift
        if first < 0 or last > sold.size:
            continue
        pace = _pace(sold, told, first, last, 0.0)  # a house that was small then closed all the same
        if pace is not None and pace * (end - begin) >= _SPEAKS:
            moves = [move for move in range(-_MOVES, _MOVES + 1) if first + move >= 0 and last + move <= sold.size]
            yield min(until[last + move] - until[first + move] for move in moves) <= _EMPTY * pace * (end - begin)


def _may_be_a_closing(gap: Gap) -> bool:
    """Whether a season, or holidays, may explain days that no other year of the file speaks against."""
    days = [gap.first + timedelta(days=place) for place in range((gap.last - gap.first).days + 1)]
    if len(days) >= _HOLIDAY_CLOSING:
        return _SEASON < len(days) < _YEAR
    on_holiday = [day for day in days if any(low <= (day.month, day.day) <= high for low, high in _HOLIDAYS)]
    return len(on_holiday) >= len(days) / 2
