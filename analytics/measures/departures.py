"""Departures by period: of those who could leave in a month (quarter, year), how many did."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from analytics.datamodel.model import LostBasis
from analytics.measures.dates import months_before
from analytics.measures.lifetime import NEARLY_ALL, silence_days
from analytics.measures.seen import days_seen
from analytics.statistics.intervals import Interval, newcombe, wilson
from analytics.study import Study

Period = Literal["month", "quarter", "year"]
Among = tuple[str, tuple[Any, ...]]
EVERYONE: Among = ("TRUE", ())
_MONTHS: dict[str, int] = {"month": 1, "quarter": 3, "year": 12}

# A spell is a stretch of relation without a silence longer than `days`; it is over at its last day, and known to
# be so once the silence has passed `days`.
_SILENCE_SPELLS = """
SELECT customer_key, began, CASE WHEN last < ?::DATE - {days} THEN last END AS over, CAST(NULL AS DATE) AS done FROM (
  SELECT customer_key, min(day) AS began, max(day) AS last FROM (
    SELECT customer_key, day, sum(fresh) OVER (PARTITION BY customer_key ORDER BY day) AS spell FROM (
      SELECT customer_key, day,
        CASE WHEN day - lag(day) OVER (PARTITION BY customer_key ORDER BY day) <= {days} THEN 0 ELSE 1 END AS fresh
      FROM (
        SELECT DISTINCT customer_key, day FROM ({seen}) seen
        WHERE customer_key IN (SELECT customer_key FROM customers WHERE {who} AND lost IS NOT NULL)
      )
    )
  ) GROUP BY customer_key, spell
)
"""
_BEGINS = "SELECT min(day)::DATE, quantile_disc(day, 0.005)::DATE FROM ({seen}) seen"
_STRAY = timedelta(days=31)  # a few dates further before the others (a wrong year) are not the beginning of the file
_DATED_SPELLS = """
SELECT customer_key, started AS began, CASE WHEN lost_on <= ?::DATE THEN lost_on END AS over, finished_on AS done FROM customers
WHERE {who} AND lost IS NOT NULL AND started IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class PeriodRate:
    """Departures of one period.

    Args:
        start: first day of the period.
        exposed: customers who could leave in it.
        lost: those of them who did.
    """

    start: date
    exposed: int
    lost: int

    @property
    def rate(self) -> Interval:
        """Share of those exposed who left, with Wilson's interval."""
        return wilson(self.lost, self.exposed)


def period_rates(study: Study, period: Period, among: Among = EVERYONE) -> tuple[PeriodRate, ...]:
    """Give departures by complete period, oldest first; empty when departures have no dates.

    Args:
        study: the data, with the customers looked at.
        period: how long each is.
        among: those of them to count, as a condition over `customers` and its parameters.

    Under a contract: of those present when the period begins. Without one, a departure is dated at the last purchase,
    so only periods that ended one full silence before the as-of date are told, and those exposed are all who were in
    relation during the period: one-time buyers come and leave in the same one. Whoever came before the file begins is
    seen at the next purchase only, so periods that begin within one silence of its beginning are not told either: their
    population at risk is too small, and their rate too high.
    """
    spells = _spells(study, among)
    if spells is None:
        return ()
    sql, parameters = spells
    days = silence_days(study)
    counts = study.rows(
        f"SELECT date_trunc('{period}', began)::DATE, date_trunc('{period}', over)::DATE, date_trunc('{period}', done)::DATE, count(*)"
        f" FROM ({sql}) GROUP BY ALL ORDER BY ALL",
        parameters,
    )
    if days is None:
        ends = [over for _, over, _, _ in counts if over is not None]
        # The first period is seen in part only.
        return _complete(counts, _periods(_next(min(ends), period), study.as_of, period), newcomers=False) if ends else ()
    return _complete(counts, periods_told(study, days, period), newcomers=True)


def periods_told(study: Study, days: int, period: Period) -> tuple[date, ...]:
    """First days of the whole periods that can be judged when lost is a silence of `days`, oldest first."""
    begins = days_begin(study) + timedelta(days=days)
    first = date(begins.year, begins.month - (begins.month - 1) % _MONTHS[period], 1)
    return _periods(first if first == begins else _next(first, period), study.as_of - timedelta(days=days), period)


def days_begin(study: Study) -> date:
    """The day the purchases (visits, log-ins ...) of the whole file begin, a few stray earlier ones aside; the as-of date without any."""
    seen = days_seen(study)
    first, usual = (None, None) if seen is None else study.database.row(_BEGINS.format(seen=seen))
    found: date = study.as_of if first is None else first if usual - first <= _STRAY else usual
    return found


def annual_rate(study: Study) -> Interval | None:
    """Share of the customers present one year before the as-of date who are lost now; None when it cannot be dated.

    Without a contract, present means silent no longer than the threshold; who fell silent for longer and came back since
    is not lost.
    """
    spells = _spells(study)
    if spells is None:
        return None
    sql, parameters = spells
    year_ago, grace = months_before(study.as_of, 12), silence_days(study)
    gone_by = year_ago if grace is None else year_ago - timedelta(days=grace + 1)
    gone = "over IS NOT NULL" if grace is None else "lost"
    exposed, lost, first = study.row(
        f"SELECT count(*) FILTER (began <= ? AND (over IS NULL OR over > ?) AND (done IS NULL OR done > ?)),"
        f" count(*) FILTER (began <= ? AND (over IS NULL OR over > ?) AND {gone}), min(over)"
        f" FROM ({sql}) JOIN (SELECT customer_key, lost FROM customers) USING (customer_key)",
        [year_ago, gone_by, year_ago, year_ago, gone_by, *parameters],
    )
    if not exposed or first is None or first > gone_by:
        return None  # nobody could be seen leaving before the year began
    return wilson(lost, exposed)


def year_on_year(rates: Iterable[PeriodRate], periods_a_year: int) -> tuple[Interval, Interval, Interval] | None:
    """Compare the last year's pooled rate with that of the same periods a year before.

    Returns:
        The pooled rate a period now, the one before, and their difference; None without two full years.
    """
    known = list(rates)
    if len(known) < 2 * periods_a_year:
        return None
    now, before = known[-periods_a_year:], known[-2 * periods_a_year : -periods_a_year]
    k1, n1 = sum(p.lost for p in now), sum(p.exposed for p in now)
    k2, n2 = sum(p.lost for p in before), sum(p.exposed for p in before)
    if not n1 or not n2:
        return None
    return wilson(k1, n1), wilson(k2, n2), newcombe(k1, n1, k2, n2)


def _spells(study: Study, among: Among = EVERYONE) -> tuple[str, list[Any]] | None:
    """SELECT of the study's customers' spells: `customer_key`, `began`, `over` (NULL: not over), `done` (ended otherwise than by leaving); None without dates."""
    who, parameters = study.who()
    who, parameters = f"({who}) AND ({among[0]})", [*parameters, *among[1]]
    days = silence_days(study)
    if days is not None:
        seen = days_seen(study)
        return None if seen is None else (_SILENCE_SPELLS.format(days=int(days), who=who, seen=seen), [study.as_of, *parameters])
    if study.model.lost.basis is LostBasis.NONE:
        return None
    lost, dated = study.database.row(
        "SELECT count(*) FILTER (lost), count(*) FILTER (lost AND lost_on IS NOT NULL AND started IS NOT NULL)"
        " FROM customers"
    )
    if not lost or dated < NEARLY_ALL * lost:
        return None
    return _DATED_SPELLS.format(who=who), [study.as_of, *parameters]


def _complete(counts: list[tuple[Any, ...]], starts: Iterable[date], *, newcomers: bool) -> tuple[PeriodRate, ...]:
    """Turn (period begun, period over or None, period done or None, how many) into exposed and lost by period."""
    found = []
    for start in starts:
        present = [
            (over, n) for began, over, done, n in counts
            if (began < start or newcomers and began == start) and (over is None or over >= start) and (done is None or done >= start)
        ]  # fmt: skip
        exposed = sum(n for _, n in present)
        if exposed:
            found.append(PeriodRate(start, exposed, sum(n for over, n in present if over == start)))
    return tuple(found)


def _periods(first: date, until: date, period: Period) -> tuple[date, ...]:
    """First days of the periods from the one that begins on `first` to the last one over by `until`."""
    starts, start = [], first
    while (following := _next(start, period)) <= until + timedelta(days=1):
        starts.append(start)
        start = following
    return tuple(starts)


def _next(start: date, period: Period) -> date:
    months = start.year * 12 + start.month - 1 + _MONTHS[period]
    return date(months // 12, months % 12 + 1, 1)
