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
_NINES = r"^9{4,}(\.9+|\.0+)?$"  # typed where nothing was known: however many they are, they are no prices
_NEARLY_ALL = 0.8
_WHOLE, _GAP = 0.1, 3  # share of amounts without cents under which they are odd; how far they stand above all those with cents


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
    far = f"{value} > EXP({middle} + GREATEST({_SPREADS} * {spread}, LN({_TIMES})))"
    nines = f"({value} > EXP({middle} + LN({_TIMES})) AND REGEXP_MATCHES(CAST({value} AS VARCHAR), '{_NINES}'))"
    beyond = f"({far} OR {nines}{_without_its_point(context, place, middle)})"
    count, filled, weight = context.database.row(
        f"SELECT COUNT(*), COUNT(*) FILTER ({nines}), COALESCE(SUM({value}), 0) FROM {quote(place.table.table)} t WHERE {beyond}"
    )
    if not count or (count > max(3, _FEW * rows) and filled < _NEARLY_ALL * count):
        return []
    detail = say(
        "« {column} » : {count} montant(s) hors de proportion, soit {weight} du total ; à vérifier avant de croire une moyenne.",
        "“{column}”: {count} amount(s) out of all proportion, {weight} of the total; to be checked before trusting an average.",
        column=Label(place.column.name), count=counted(count, rows),
        weight=Estimate("share_of_total", weight / total, Unit.RATIO, n=rows),
    )  # fmt: skip
    return [defect(
        HealthCode.OUTLIER_AMOUNTS, Severity.WARNING, count, detail, place, lines=rows_where(place.table, beyond),
        remedy=left_out(place.table, beyond),
    )]  # fmt: skip


def _without_its_point(context: Context, place: Place, middle: float) -> str:
    """SQL: the amounts whose decimal point is missing (4990 for 49.90), where amounts have cents; nothing elsewhere.

    Whole, far above all those with cents, and an ordinary amount once divided by a hundred.
    """
    value = as_number(place.column)
    cents = f"ABS({value} - ROUND({value})) > 0.001"
    whole, least, most = context.database.row(
        f"SELECT AVG(CAST(NOT {cents} AS INTEGER)), QUANTILE_CONT({value}, 0.01), MAX({value}) FILTER ({cents})"
        f" FROM {quote(place.table.table)} t WHERE {value} > 0"
    )
    if most is None or whole > _WHOLE:
        return ""
    return (
        f" OR (NOT {cents} AND {value} > {_GAP * float(most)!r} AND {value} > EXP({middle} + LN({_TIMES}))"
        f" AND {value} / 100 BETWEEN {float(least)!r} AND {float(most)!r})"
    )
