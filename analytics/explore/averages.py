"""What is added up, averaged over the days, weeks, months, quarters or years it covers."""

from __future__ import annotations

from datetime import date

from analytics.explore.parameters import ExploreParameters
from analytics.explore.query import LINES, Scope
from analytics.study import Study
from vocabulary.estimate import Estimate, Unit
from vocabulary.language import Text

PER: dict[str, Text] = {
    "day": Text("par jour en moyenne", "a day on average"), "week": Text("par semaine en moyenne", "a week on average"),
    "month": Text("par mois en moyenne", "a month on average"), "quarter": Text("par trimestre en moyenne", "a quarter on average"),
    "year": Text("par an en moyenne", "a year on average"),
}  # fmt: skip
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


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
