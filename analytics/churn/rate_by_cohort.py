"""Churn by year of recruitment, at equal age: older cohorts have had longer to leave."""

from __future__ import annotations

import dataclasses
import math
from typing import Any

from analytics.churn.rate_by_group import GroupRate, group_item, group_table, rate_of
from analytics.measures.groups import Grouping
from analytics.measures.lifetime import kept_at, lifetime, one_minus
from analytics.statistics.comparisons import separated
from analytics.statistics.survival import kaplan_meier_counts
from analytics.study import Study
from vocabulary.estimate import Threshold, Unit
from vocabulary.finding import Chart, ChartKind, Finding
from vocabulary.sentence import Sentence, Value, say

_ENOUGH = 30
_SEVERAL = 3  # years
_HORIZONS = (12.0, 6.0, 3.0)


def rate_by_cohort(study: Study, overall: Finding, split: Grouping) -> Finding:
    """Complete the overall finding with one row a year of recruitment; unchanged when durations are not known."""
    life = lifetime(study)
    if life is None:
        return overall
    where, values = study.who()
    rows = study.rows(
        f"SELECT {split.sql} AS grp, {life.months} AS months, count(*) FILTER ({life.left}), count(*)"
        f" FROM customers WHERE ({where}) AND {life.known} AND {split.sql} IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2",
        values,
    )
    horizon = next((h for h in _HORIZONS if max((row[1] for row in rows), default=0.0) >= h), 1.0)
    groups = [_cohort(value, [row for row in rows if row[0] == value], horizon) for value in sorted({r[0] for r in rows})]
    told = [g for g in groups if g.rate is not None and g.n >= _ENOUGH]
    if len(told) < 2:
        return overall
    trend, extremes = _claim(told[0], told[-1], horizon), _extremes(told, horizon)
    claim = extremes or trend
    young = tuple(_too_young(horizon) for _ in range(any(g.rate is None for g in groups)))
    return dataclasses.replace(
        overall,
        claim=claim,
        facts=(*((trend,) if extremes else ()), life.how, *overall.facts)[:3],
        items=(*(group_item(g) for g in groups), *overall.items),
        table=group_table(groups, split),
        chart=Chart(ChartKind.BAR, claim, "churn_rate", "group", None, "low", "high"),
        caveats=(*young, *overall.caveats),
    )


def _cohort(value: str, rows: list[tuple[Any, ...]], horizon: float) -> GroupRate:
    curve = kaplan_meier_counts([r[1] for r in rows], [r[2] for r in rows], [r[3] - r[2] for r in rows])
    kept = kept_at(curve, horizon)
    lost, n = sum(r[2] for r in rows), sum(r[3] for r in rows)
    return GroupRate(value, lost, n, None if kept is None else one_minus(kept))


def _claim(first: GroupRate, last: GroupRate, horizon: float) -> Sentence:
    values: dict[str, Value] = {"age": Threshold(horizon, Unit.MONTHS), "last": rate_of(last), "first": rate_of(first)}
    if first.rate is None or last.rate is None or not separated(first.rate, last.rate):
        return say(
            "À âge égal ({age}), pas d’écart net entre les clients recrutés en {year} et en {before} : {last} partis pour {year}, "
            "{first} pour {before}.",
            "At equal age ({age}), no clear gap between the customers recruited in {year} and in {before}: {last} gone for {year}, "
            "{first} for {before}.",
            year=last.word, before=first.word, **values,
        )  # fmt: skip
    return say(
        "À âge égal ({age}), {last} des clients recrutés en {year} étaient partis ({last:interval}), "
        "contre {first} de ceux de {before} ({first:interval}).",
        "At equal age ({age}), {last} of the customers recruited in {year} had left ({last:interval}), "
        "against {first} of those of {before} ({first:interval}).",
        year=last.word, before=first.word, **values,
    )  # fmt: skip


def _extremes(told: list[GroupRate], horizon: float) -> Sentence | None:
    """Of three years or more, the one that kept its customers best and the one that kept them least, and whether they differ."""
    ranked = sorted(told, key=lambda group: group.rate.value if group.rate is not None and group.rate.value is not None else 0.0)
    best, worst = ranked[0], ranked[-1]
    if len(told) < _SEVERAL or best.rate is None or worst.rate is None:
        return None
    values: dict[str, Value] = {"age": Threshold(horizon, Unit.MONTHS), "best": best.word, "kept": rate_of(best), "worst": worst.word, "lost": rate_of(worst)}
    if not separated(best.rate, worst.rate, pairs=math.comb(len(told), 2)):
        return say(
            "À âge égal ({age}), de l’année qui a le mieux gardé ses clients, {best} ({kept} partis), à celle qui les a le moins gardés, {worst} ({lost}), l’écart n’est "
            "pas net.",
            "At equal age ({age}), from the year that kept its customers best, {best} ({kept} gone), to the one that kept them least, {worst} ({lost}), the gap is not clear.",
            **values,
        )  # fmt: skip
    return say(
        "À âge égal ({age}), l’année qui a le mieux gardé ses clients est {best} ({kept} partis) ; celle qui les a le moins gardés, {worst} ({lost}).",
        "At equal age ({age}), the year that kept its customers best is {best} ({kept} gone); the one that kept them least, {worst} ({lost}).",
        **values,
    )


def _too_young(horizon: float) -> Sentence:
    return say(
        "Les recrues trop récentes pour être suivies {age} sont laissées sans taux.",
        "Recruits too recent to be followed for {age} are left without a rate.",
        age=Threshold(horizon, Unit.MONTHS),
    )
