"""A handful of amounts out of all proportion."""

from __future__ import annotations

from analytics.datamodel.health.context import Context, HealthCode, Place, counted, defect, left_out, rows_where
from analytics.datamodel.model import HealthCheck
from analytics.datamodel.roles import Role
from analytics.datamodel.sql import as_number
from analytics.workspace import quote
from vocabulary.estimate import Estimate, Unit
from vocabulary.sentence import Label, say
from vocabulary.themes import Severity

_SPREADS = 7  # robust standard deviations of the logarithm
_TIMES = 20  # and that many times the median
_FEW = 0.005  # more than that is how amounts are distributed, not a handful
_LEAST_SPREAD = 0.3
_LEAST_ROWS = 30


def check(context: Context) -> list[HealthCheck]:
    """Amounts more than seven robust standard deviations above the median, on the logarithmic scale."""
    found = []
    for place in context.places(Role.AMOUNT, Role.UNIT_PRICE, Role.TOTAL_SPENT, Role.RECURRING_AMOUNT):
        if place.column.high is not None and place.column.high > 0:
            found += _check(context, place)
    return found


def _check(context: Context, place: Place) -> list[HealthCheck]:
    value = as_number(place.column)
    low, middle, high, rows, total = context.database.row(
        f"SELECT APPROX_QUANTILE(LN({value}), 0.25), APPROX_QUANTILE(LN({value}), 0.5), APPROX_QUANTILE(LN({value}), 0.75),"
        f" COUNT(*), SUM({value}) FROM {quote(place.table.table)} t WHERE {value} > 0"
    )
    if rows < _LEAST_ROWS:
        return []
    spread = max((high - low) / 1.349, _LEAST_SPREAD)
    limit = f"EXP({middle} + GREATEST({_SPREADS} * {spread}, LN({_TIMES})))"
    count, weight = context.database.row(
        f"SELECT COUNT(*), COALESCE(SUM({value}), 0) FROM {quote(place.table.table)} t WHERE {value} > {limit}"
    )
    if not count or count > max(3, _FEW * rows):
        return []
    detail = say(
        "« {column} » : {count} montants hors de proportion font à eux seuls {weight} du total ; à vérifier avant de croire une "
        "moyenne.",
        "“{column}”: {count} amounts out of all proportion make {weight} of the total by themselves; check them before trusting "
        "an average.",
        column=Label(place.column.name), count=counted(count, rows),
        weight=Estimate("share_of_total", weight / total, Unit.RATIO, n=rows),
    )  # fmt: skip
    beyond = f"{value} > {limit}"
    return [defect(
        HealthCode.OUTLIER_AMOUNTS, Severity.WARNING, count, detail, place, lines=rows_where(place.table, beyond),
        remedy=left_out(place.table, beyond),
    )]  # fmt: skip
