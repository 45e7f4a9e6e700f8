"""What is added up, averaged over the days, weeks, months, quarters or years it covers."""

from __future__ import annotations

from datetime import date, timedelta

from analytics.explore.parameters import ExploreParameters, Period
from analytics.explore.query import LINES, Scope
from analytics.explore.unfinished import begun_late, under_way
from analytics.study import Study
from vocabulary.estimate import Estimate, Unit
from vocabulary.language import Text
from vocabulary.sentence import say

PER: dict[str, Text] = {
    "day": Text("par jour en moyenne", "a day on average"), "week": Text("par semaine en moyenne", "a week on average"),
    "month": Text("par mois en moyenne", "a month on average"), "quarter": Text("par trimestre en moyenne", "a quarter on average"),
    "year": Text("par an en moyenne", "a year on average"),
}  # fmt: skip
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def over_whole_periods(study: Study, parameters: ExploreParameters, scope: Scope) -> tuple[ExploreParameters, bool]:
    """The query over the periods that the files cover whole, and whether others are left out; as it was when none would be left.

    The month under way, and the first one of files that begin in its middle, would count as a whole one: the average would be too low.

    Args:
        study: the data.
        parameters: the query, with its `per` and its period, if any.
        scope: the purchases it adds up.
    """
    grain, period = str(parameters.per), parameters.period
    first, last = study.row(f"SELECT min(day), max(day) FROM {LINES[scope]} WHERE kept")
    if first is None:
        return parameters, False
    late, begun = under_way(grain, study.as_of), begun_late(grain, first)
    end = late - timedelta(days=1) if late is not None and (period is None or period.end >= late) else None
    start = begun if begun is not None and (period is None or period.start < begun) else None
    if start is None and end is None:
        return parameters, False
    whole = Period(
        start=start or (period.start if period is not None else first), end=end or (min(period.end, study.as_of) if period is not None else last)
    )  # fmt: skip
    if whole.start > whole.end:
        return parameters, False
    return parameters.model_copy(update={"period": whole}), True


OF_WHOLE_PERIODS = say(
    "La moyenne est celle des périodes que les fichiers couvrent en entier : la première ou la dernière, qu’ils ne couvrent qu’en partie, n’y compte pas.",
    "The average is of the periods that the files cover whole: the first or the last, of which they hold a part only, does not count.",
)


def averaged(study: Study, parameters: ExploreParameters, total: Estimate, scope: Scope) -> Estimate:
    """The total over the number of calendar periods between its first and its last day.

    Args:
        study: the data.
        parameters: the query, with its `per` and its period, if any.
        total: what was added up.
        scope: the purchases it was added up over.
    """
    first, last = study.row(f"SELECT min(day), max(day) FROM {LINES[scope]} WHERE kept")
    if parameters.period is not None:
        first, last = max(first, parameters.period.start), min(study.as_of, parameters.period.end)
    count = _periods(first, last, str(parameters.per))
    unit = Unit.NUMBER if total.unit is not Unit.MONEY else total.unit
    value = None if total.value is None or count < 1 else float(total.value) / count
    return Estimate(f"{total.name}_per_{parameters.per}", value, unit, count, method="total over periods")


def _periods(first: date, last: date, per: str) -> int:
    if per == "day":
        return (last - first).days + 1
    if per == "week":
        return ((last.toordinal() - last.weekday()) - (first.toordinal() - first.weekday())) // 7 + 1
    size = _MONTHS[per]
    return (last.year * 12 + last.month - 1) // size - (first.year * 12 + first.month - 1) // size + 1
