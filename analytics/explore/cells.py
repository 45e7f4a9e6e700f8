"""From the rows of a compiled query to cells: the values of a group, and its estimate with its interval."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import Any

from analytics.explore.fields import WEEKDAYS, measured_field, of_money, of_shares
from analytics.explore.fields import Field as GroupField
from analytics.explore.in_money import in_money
from analytics.explore.measures import AVERAGED, STATISTICS, UNITS
from analytics.explore.parameters import ExploreParameters, Period
from analytics.explore.query import Query, Scope, bands, compile_query
from analytics.explore.records_query import seen_sql
from analytics.explore.sent_back import every_state
from analytics.explore.told_by_order import told_by_order
from analytics.explore.words import Cell
from analytics.statistics.intervals import wilson
from analytics.study import Study
from vocabulary.estimate import Estimate, Unit


def cells_of(
    study: Study,
    parameters: ExploreParameters,
    groups: tuple[GroupField, ...],
    period: Period | None,
    scope: Scope,
    on_purchases: bool,
) -> list[Cell]:
    """One (group values, estimate) a group, in no particular order."""
    column = None
    if parameters.column is not None:
        column = measured_field(study, parameters.column, purchases=on_purchases)
    query = Query(
        measure=parameters.measure, column=column, groups=groups,
        edges=tuple(bands(study, group) if group.type.value == "number" else None for group in groups),
        period=days_of(period),
        purchase_filter=parameters.purchase_filter, part=parameters.part, on_purchases=on_purchases, scope=scope,
        also=days_of(parameters.also), absent=days_of(parameters.absent), every_state=every_state(study, parameters),
        seen=seen_sql(study, parameters.seen) if parameters.seen is not None else None,
        until_lost=any(held.field in ("lost", "lost_on") for held in study.segment.conditions) or any(group.name == "lost" for group in groups),
        per_order=parameters.per == "order" and on_purchases and parameters.measure == "mean",
        numbered=study.sells_to_nobody,
        by_order=column is not None and on_purchases and told_by_order(study, column),
    )  # fmt: skip
    sql, given = compile_query(study, query)
    unit = UNITS[parameters.measure]
    if column is not None and column.attribute is not None and column.attribute.role is not None:
        unit = Unit.MONEY if in_money(study, column.attribute.role, column.name) or (parameters.measure in STATISTICS and of_money(study, column)) else unit
    if column is not None and column.name == "tenure_months" and parameters.measure in _OF_ONE:
        unit = Unit.MONTHS
    if column is not None and parameters.measure in _OF_ONE and of_shares(study, column):
        unit = Unit.RATIO
    width = len(groups)
    part = parameters.shared or (parameters.measure == "promo_share" and on_purchases)
    return [
        (values_said(groups, row[:width]), estimate_of(parameters.measure, unit, row[width:], part=part))
        for row in study.rows(sql, given)
    ]


def days_of(period: Period | None) -> tuple[date, date] | None:
    """The first and the last day of a period."""
    return (period.start, period.end) if period is not None else None


def values_said(groups: Sequence[GroupField], values: Sequence[Any]) -> tuple[Any, ...]:
    """The values of a group; a day of the week by its name."""
    return tuple(
        WEEKDAYS[value - 1] if group.name == "weekday" and value is not None else value
        for group, value in zip(groups, values, strict=True)
    )


_OF_ONE = frozenset({"mean", "median", "min", "max"})  # rates do not add up


def estimate_of(measure: str, unit: Unit, row: Sequence[Any], *, part: bool) -> Estimate:
    """Columns of a compiled query: value, n, spread (deviation or successes), low, high."""
    value, n, spread, low, high = row
    if measure == "lost_rate" or (part and measure != "share_amount"):
        return wilson(spread or 0, n).estimate(measure, unit) if n else Estimate(measure, None, unit, 0)
    if value is None:
        return Estimate(measure, None, unit, int(n or 0))
    if measure in ("median", "median_basket"):
        return Estimate(measure, float(value), unit, int(n), _number(low), _number(high), "order statistics")
    if measure in AVERAGED or measure == "promo_share":
        return _mean(measure, unit, row)
    exact = int(value) if unit in (Unit.CUSTOMERS, Unit.ORDERS, Unit.COUNT) else float(value)
    return Estimate(measure, exact, unit, int(n), method="exact")


def _mean(measure: str, unit: Unit, row: Sequence[Any]) -> Estimate:
    """A mean with Student's interval, kept between nought and one when it is a share of orders."""
    value, n, spread, *_ = row
    if not n or n < 2 or spread is None:
        return Estimate(measure, float(value), unit, int(n), method="exact")
    half = _t_quantile(int(n)) * float(spread) / math.sqrt(n)
    bounds = (float(value) - half, float(value) + half)
    if measure == "promo_share":
        bounds = (max(0.0, bounds[0]), min(1.0, bounds[1]))
    return Estimate(measure, float(value), unit, int(n), *bounds, "Student")


def _t_quantile(n: int) -> float:
    """The 97.5 % Student quantile for n - 1 degrees, by its Cornish-Fisher expansion (error under .01 for n > 4)."""
    z, v = 1.959964, max(n - 1, 1)
    return z + (z**3 + z) / (4 * v) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * v * v)


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
