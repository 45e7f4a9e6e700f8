"""Under a contract: the chance of leaving within a year, for those who reach a segment's age with its bill."""

from __future__ import annotations

import numpy as np

from analytics.loyalty.segment_rules import Bound, RuleSet
from analytics.measures.lifetime import kept_at, lifetime, one_minus
from analytics.statistics.intervals import Interval
from analytics.statistics.survival import kaplan_meier
from analytics.study import Study

_YEAR_MONTHS = 12
_ENOUGH, _EVENTS = 30, 10


def leaving_within_a_year(study: Study, rules: RuleSet) -> dict[str, Interval]:
    """One chance a segment of present customers, by its code.

    A share lost by present tenure would mislead: whoever leaves early has a short tenure by definition. So all those
    who reached the segment's youngest age are followed from there for a year (Kaplan-Meier with delayed entry).
    """
    life = lifetime(study)
    if life is None:
        return {}
    where, values = study.who()
    table = study.arrow(
        f"SELECT CAST({life.months} AS DOUBLE) AS months, {life.left} AS lost, CAST(monthly_amount AS DOUBLE) AS bill"
        f" FROM customers WHERE ({where}) AND {life.known} ORDER BY customer_key",
        values,
    )
    months = np.asarray(table.column("months").to_numpy(), dtype=float)
    left = np.asarray(table.column("lost").to_numpy(), dtype=bool)
    bill = np.asarray(table.column("bill").to_numpy(), dtype=float)
    found = {}
    for rule in rules.rules:
        age = next((b for b in rule.bounds if b.column == "tenure_months"), None)
        if age is None:
            continue
        paying = next((b for b in rule.bounds if b.column == "monthly_amount"), Bound("monthly_amount"))
        start = age.low or 0.0
        inside = (months >= start) & (paying.mask(bill) if paying.low is not None or paying.high is not None else True)
        if inside.sum() < _ENOUGH or (left[inside] & (months[inside] <= start + _YEAR_MONTHS)).sum() < _EVENTS:
            continue
        followed = inside & ((months > start) | (start == 0))
        if not followed.any():
            continue
        entry = np.full(int(followed.sum()), start)
        kept = kept_at(kaplan_meier(months[followed], left[followed], entry=entry), start + _YEAR_MONTHS)
        if kept is not None:
            found[rule.code] = one_minus(kept)
    return found
