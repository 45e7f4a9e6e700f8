"""The churn rate of a period the manager named: of all, of each group, beside another period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from analytics.explore.fields import PERIODS, Field, find_field, is_purchase_field
from analytics.explore.parameters import ExploreParameters
from analytics.explore.parameters import Period as Days
from analytics.explore.words import Cell
from analytics.measures.departures import EVERYONE, Among, Period, period_rates
from analytics.measures.groups import about, capital, grouping
from analytics.measures.lifetime import silence_days
from analytics.statistics.intervals import Interval, wilson
from analytics.study import Study
from vocabulary.estimate import Estimate, Unit
from vocabulary.finding import Finding, NotApplicable, Result
from vocabulary.language import Text
from vocabulary.sentence import say
from vocabulary.themes import Strength

_MOST_GROUPS = 60
_GRAINS: dict[str, Period] = {"month": "month", "quarter": "quarter", "year": "year"}


@dataclass(frozen=True, slots=True)
class Departures:
    """Departures of a period, split by a column or set beside another period."""

    groups: tuple[Field, ...]
    total: Estimate
    before: Estimate | None
    cells: list[Cell]


def departures_within(study: Study, parameters: ExploreParameters, period: Days) -> Departures | NotApplicable:
    """The rate of the customers present when a period begins, in each group and beside the period compared.

    Args:
        study: the data.
        parameters: the query, of a rate of departure.
        period: the days it names.
    """
    grain = _GRAINS.get(parameters.by[0]) if len(parameters.by) == 1 else None
    bought = next((name for name in parameters.by if (name in PERIODS and grain is None) or is_purchase_field(study, name)), None)
    if bought is not None or len(parameters.by) > 1:
        title = find_field(study, bought or parameters.by[1], purchases=True).title
        return NotApplicable("explore", "split", say(_SPLIT.fr, _SPLIT.en, by=capital(title)), _WITHOUT)
    total = _shown(study, period)
    if total.value is None:
        return NotApplicable("explore", "end_date", _CANNOT, _UNLOCK)
    before = _shown(study, parameters.compare) if parameters.compare is not None else None
    if grain is not None:
        told = [rate for rate in period_rates(study, grain) if period.start <= rate.start <= period.end]
        return Departures((find_field(study, grain, purchases=False, clock="c.lost_on"),), total, before, [((rate.start,), rate.rate.estimate("lost_rate", Unit.RATIO)) for rate in told])
    groups = tuple(find_field(study, name, purchases=False) for name in parameters.by)
    return Departures(groups, total, before, _split(study, period, groups[0].name) if groups else [])


def _split(study: Study, period: Days, by: str) -> list[Cell]:
    """One group a value of the column; those nobody was present of when the period began are left out."""
    split, (where, values) = grouping(study, by), study.who()
    found = study.rows(
        f"SELECT {split.sql} AS grp FROM customers WHERE {where} GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT {_MOST_GROUPS}", values
    )
    rates = [((value,), _shown(study, period, (f"({split.sql}) IS NOT DISTINCT FROM ?", (value,)))) for (value,) in found]
    return [(group, rate) for group, rate in rates if rate.n]


def _shown(study: Study, period: Days, among: Among = EVERYONE) -> Estimate:
    rate = _calendar(study, period.start, period.end, among) or _dated(study, period.start, period.end, among)
    return Estimate("lost_rate", None, Unit.RATIO, 0) if rate is None or not rate.n else rate.estimate("lost_rate", Unit.RATIO)


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


def _calendar(study: Study, start: date, end: date, among: Among = EVERYONE) -> Interval | None:
    """The rate of a whole month, quarter or year, as `churn_rate` tells it."""
    days = (end - start).days
    grain: Period = "month" if days <= 31 else "quarter" if days <= 92 else "year"
    after = end + timedelta(days=1)
    whole = start.day == 1 and after.day == 1 and (after.year - start.year) * 12 + after.month - start.month in (1, 3, 12)
    found = next((rate for rate in period_rates(study, grain, among) if rate.start == start), None) if whole else None
    return found.rate if found is not None else None


def _dated(study: Study, start: date, end: date, among: Among = EVERYONE) -> Interval | None:
    """The rate of any days, where departures are dated by the files."""
    if silence_days(study) is not None:
        return None
    where, values = study.who()
    present, lost, dated = study.row(
        "SELECT count(*) FILTER (started < ? AND (lost_on IS NULL OR lost_on >= ?) AND (finished_on IS NULL OR finished_on >= ?)),"
        " count(*) FILTER (started < ? AND lost_on BETWEEN ? AND ?), count(lost_on)"
        f" FROM customers WHERE lost IS NOT NULL AND ({where}) AND ({among[0]})",
        [start, start, start, start, start, end, *values, *among[1]],
    )
    return wilson(lost, present) if dated and present else None


_SPLIT = Text(
    "Le taux de départ d’une période ne se partage pas par « {by} » : par une seule colonne des clients.",
    "The rate of departure of a period cannot be split by “{by}”: by one column of the customers only.",
)
_WITHOUT = say("La même question sans la période, ou par une colonne des clients.", "The same question without the period, or by a column of the customers.")
_CANNOT = say(
    "Les départs de cette période ne peuvent pas être comptés : leur date n’est pas connue, ou la période n’est pas encore jugée.",
    "Departures in this period cannot be counted: they have no date, or the period cannot be judged yet.",
)
_UNLOCK = say(
    "La date à laquelle chaque client est parti, ou une période entière plus ancienne.",
    "The date on which each customer left, or an earlier whole period.",
)
