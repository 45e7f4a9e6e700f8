"""What the recruits of each channel bring in a first year, and what recruiting one costs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np

from analytics.datamodel.model import Binding, TableProfile
from analytics.datamodel.roles import Role, TableKind
from analytics.measures.base import COUNTED
from analytics.measures.groups import Grouping
from analytics.recruitment.channel_measures import ENOUGH
from analytics.statistics.arrays import Bools, Floats
from analytics.statistics.intervals import Interval, bootstrap_mean
from analytics.study import Study
from analytics.workspace import quote

_YEAR_DAYS = 365
_FIRST_YEAR = """
SELECT grp, CAST(COALESCE(sum(amount), 0) AS DOUBLE) AS value FROM (
  SELECT customer_key, started, {group} AS grp FROM customers WHERE ({who}) AND {counted} AND started <= ?
) recruits LEFT JOIN (SELECT customer_key, day, amount FROM purchases WHERE kept) bought
  ON bought.customer_key = recruits.customer_key AND bought.day < recruits.started + INTERVAL {days} DAY
GROUP BY recruits.customer_key, grp ORDER BY ALL
"""
_MONTHLY = (
    "SELECT {group} AS grp, monthly_amount AS value FROM customers WHERE ({who}) AND monthly_amount IS NOT NULL"
    " ORDER BY ALL"
)


def value_by_group(study: Study, split: Grouping) -> tuple[dict[str | None, Interval], bool]:
    """Mean revenue of the first year of those with a full year behind them; else mean monthly bill.

    Returns:
        One mean a group large enough, and whether it is a first year's revenue (False: a monthly bill).
    """
    where, values = study.who()
    if "purchases" in study.tables:
        sql = _FIRST_YEAR.format(group=split.sql, who=where, counted=COUNTED, days=_YEAR_DAYS)
        first_year = _means(study, sql, [*values, study.as_of - timedelta(days=_YEAR_DAYS)])
        if any(mean.value for mean in first_year.values()):
            return first_year, True
    return _means(study, _MONTHLY.format(group=split.sql, who=where), values), False


def cost_per_recruit(study: Study, split: Grouping) -> dict[str, float]:
    """Spending of each channel over the customers it recruited while it spent; empty without such a file."""
    if split.name != "channel":
        return {}
    for table in study.model.of_kind(TableKind.MARKETING_SPEND):
        roles = study.model.roles_of(table.table)
        channel = _first(roles, Role.ACQUISITION_CHANNEL, Role.SALE_CHANNEL)
        amount = _first(roles, Role.AMOUNT, Role.COST, Role.TOTAL_SPENT)
        day = _first(roles, Role.EVENT_DATE, Role.PURCHASE_DATE, Role.OTHER_DATE, Role.START_DATE)
        if channel is not None and amount is not None:
            return _cost(study, table, channel, amount, day)
    return {}


def _cost(study: Study, table: TableProfile, channel: Binding, amount: Binding, day: Binding | None) -> dict[str, float]:
    spent = dict(
        study.rows(
            f"SELECT CAST({quote(channel.column)} AS VARCHAR), CAST(sum({quote(amount.column)}) AS DOUBLE)"
            f" FROM {quote(table.table)} WHERE {quote(amount.column)} IS NOT NULL GROUP BY 1 ORDER BY 1"
        )
    )
    since = "TRUE"
    if day is not None:
        since = f"started >= (SELECT min({quote(day.column)}) FROM {quote(table.table)})"
    where, values = study.who()
    recruits = dict(
        study.rows(f"SELECT channel, count(*) FROM customers WHERE ({where}) AND {COUNTED} AND {since} GROUP BY 1 ORDER BY 1", values)
    )
    return {name: spent[name] / recruits[name] for name in spent if recruits.get(name)}


def _first(roles: dict[Role, tuple[Binding, ...]], *wanted: Role) -> Binding | None:
    return next((roles[role][0] for role in wanted if role in roles), None)


def _means(study: Study, sql: str, values: list[Any]) -> dict[str | None, Interval]:
    table = study.arrow(sql, values)
    groups = np.array(table.column("grp").to_pylist(), dtype=object)
    amounts: Floats = np.array(table.column("value").to_pylist(), dtype=float)
    names = sorted({g for g in groups if g is not None})
    masks: list[tuple[str | None, Bools]] = [(name, np.asarray(groups == name)) for name in names]
    masks.append((None, np.array([g is None for g in groups], dtype=bool)))
    return {name: bootstrap_mean(amounts[mask]) for name, mask in masks if mask.sum() >= ENOUGH}
