"""The churn rate of a period the manager named."""

from __future__ import annotations

from datetime import date, timedelta

from analytics.measures.departures import Period, period_rates
from analytics.measures.groups import about
from analytics.measures.lifetime import silence_days
from analytics.statistics.intervals import Interval, wilson
from analytics.study import Study
from vocabulary.estimate import Estimate, Unit
from vocabulary.finding import Finding, NotApplicable, Result
from vocabulary.sentence import say
from vocabulary.themes import Strength


def rate_within(study: Study, start: date, end: date) -> Result:
    """The share of customers present at the start of a period who left within it.

    Args:
        study: the data.
        start, end: two days, both included.
    """
    rate = _calendar(study, start, end) or _dated(study, start, end)
    if rate is None or not rate.n:
        return NotApplicable("explore", "end_date", _CANNOT, _UNLOCK)
    shown = rate.estimate("churn_rate_period", Unit.RATIO)
    lost = Estimate("customers_lost", round(rate.value * rate.n), Unit.CUSTOMERS, rate.n, method="exact")
    claim = say(
        "Du {start} au {end} : {rate} des {rate:n} clients exposés sont partis, soit {lost} ({rate:interval}).",
        "From {start} to {end}: {rate} of the {rate:n} customers exposed left, that is {lost} ({rate:interval}).",
        start=start, end=end, rate=shown, lost=lost,
    )  # fmt: skip
    return Finding("explore", about(study, claim), measures=(shown, lost), strength=Strength.MODERATE)


def _calendar(study: Study, start: date, end: date) -> Interval | None:
    """The rate of a whole month, quarter or year, as `churn_rate` tells it."""
    days = (end - start).days
    grain: Period = "month" if days <= 31 else "quarter" if days <= 92 else "year"
    after = end + timedelta(days=1)
    whole = start.day == 1 and after.day == 1 and (after.year - start.year) * 12 + after.month - start.month in (1, 3, 12)
    found = next((rate for rate in period_rates(study, grain) if rate.start == start), None) if whole else None
    return found.rate if found is not None else None


def _dated(study: Study, start: date, end: date) -> Interval | None:
    """The rate of any days, where departures are dated by the files."""
    if silence_days(study) is not None:
        return None
    where, values = study.who()
    present, lost, dated = study.row(
        "SELECT count(*) FILTER (started < ? AND (lost_on IS NULL OR lost_on >= ?)),"
        " count(*) FILTER (started < ? AND lost_on BETWEEN ? AND ?), count(lost_on)"
        f" FROM customers WHERE lost IS NOT NULL AND {where}",
        [start, start, start, start, end, *values],
    )
    return wilson(lost, present) if dated and present else None


_CANNOT = say(
    "Les départs de cette période ne peuvent pas être comptés : leur date n’est pas connue, ou la période n’est pas encore jugée.",
    "Departures in this period cannot be counted: they have no date, or the period cannot be judged yet.",
)
_UNLOCK = say(
    "La date à laquelle chaque client est parti, ou une période entière plus ancienne.",
    "The date on which each customer left, or an earlier whole period.",
)
