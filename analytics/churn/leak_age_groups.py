"""How long each group's relations last, side by side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from analytics.churn.leak_ages import Ages, group_masks
from analytics.measures.groups import EMPTY, NOT_A_CAUSE, Grouping, capital, small_groups, timing_caveat
from analytics.measures.lifetime import kept_at
from analytics.statistics.comparisons import tiers
from analytics.statistics.intervals import Interval
from analytics.statistics.survival import SurvivalCurve, log_rank
from vocabulary.estimate import Threshold, Unit
from vocabulary.finding import Chart, ChartKind, Column, Finding, Table
from vocabulary.language import Text
from vocabulary.sentence import Label, Sentence, say
from vocabulary.themes import Strength

_ENOUGH, _EVENTS, _RISK = 30, 10, 0.05
_CURVES, _POINTS = 8, 61
_EMPTY = 0.2  # a curve that ends below it has said enough


@dataclass(frozen=True, slots=True)
class _Group:
    value: str | None
    customers: int
    lost: int
    curve: SurvivalCurve | None
    kept: Interval | None

    @property
    def word(self) -> Label | Text:
        return EMPTY if self.value is None else Label(self.value)


def age_by_group(finding: Finding, ages: Ages, split: Grouping) -> Finding:
    """One row a group: share still there at the horizon, median lifetime; curves side by side."""
    curves = [(value, mask, ages.curve(mask)) for value, mask in group_masks(ages)]
    lasting = [c.last for _, m, c in curves if c is not None and m.sum() >= _ENOUGH and not _emptied(c)]
    horizon = next((h for h in (12, 6, 3, 1) if min(lasting, default=0.0) >= h), 1)
    groups = []
    for value, mask, curve in curves:
        # A group that has emptied before the horizon keeps at most what its curve ends on.
        kept = kept_at(curve, min(horizon, curve.last) if _emptied(curve) else horizon) if curve is not None else None
        groups.append(_Group(value, int(mask.sum()), int(ages.left[mask].sum()), curve, kept))
    groups.sort(key=lambda g: g.kept.value if g.kept else 2.0)
    fit = [g for g in groups if g.kept is not None and g.customers >= _ENOUGH and g.lost >= _EVENTS]
    claim, strength = _group_claim(fit, ages, split, horizon)
    medians = [(g, g.curve.median() if g.curve else None) for g in groups]
    items = tuple(_group_item(g, m, horizon) for g, m in medians)
    small = [g for g in groups if g.customers < _ENOUGH]
    return replace(
        finding,
        claim=claim,
        facts=(finding.claim, *finding.facts)[:3],
        items=(*items, *finding.items),
        table=_group_table(medians, split, horizon),
        chart=_curves(sorted(fit, key=lambda g: -g.customers)[:_CURVES], _title(fit, strength, split), split),
        caveats=(*_warned(split, strength), *small_groups(len(small), _ENOUGH), *finding.caveats),
        strength=strength,
    )


def _emptied(curve: SurvivalCurve) -> bool:
    return bool(curve.survival.size and curve.survival[-1] < _EMPTY)


def _group_claim(fit: list[_Group], ages: Ages, split: Grouping, horizon: int) -> tuple[Sentence, Strength]:
    values: dict[str, Any] = {"title": capital(split.title), "age": Threshold(horizon, Unit.MONTHS)}
    if len(fit) >= 2:
        names = np.array([g if g is not None else "" for g in ages.group], dtype=object)
        chosen = np.isin(names, [g.value or "" for g in fit])
        test = log_rank(ages.months[chosen], ages.left[chosen], names[chosen], entry=ages.entry[chosen])
        ranks = tiers([g.kept for g in fit if g.kept])
        first, last = fit[0], fit[-1]
        if test.p_value < _RISK and ranks[0] != ranks[-1] and first.kept and last.kept:
            return say(
                "{title} : « {worst} » perd ses clients le plus vite ; après {age}, {low} sont encore là "
                "({low:interval}), "
                "contre {high} pour « {best} » ({high:interval}).",
                "{title}: “{worst}” loses its customers fastest; after {age}, {low} are still there ({low:interval}), "
                "against {high} for “{best}” ({high:interval}).",
                worst=first.word, best=last.word, low=first.kept.estimate("retention", Unit.RATIO),
                high=last.kept.estimate("retention", Unit.RATIO), **values,
            ), Strength.STRONG  # fmt: skip
    return say(
        "{title} : les groupes ne se distinguent pas par la durée de la relation.",
        "{title}: the groups cannot be told apart by how long the relationship lasts.",
        title=capital(split.title),
    ), Strength.WEAK


def _group_item(group: _Group, median: Interval | None, horizon: int) -> dict[str, Any]:
    kept = group.kept
    return {
        "kind": "group", "group": group.value, "customers": group.customers, "lost": group.lost, "months": horizon,
        "retention": kept.value if kept else None, "low": kept.low if kept else None,
        "high": kept.high if kept else None, "median_months": median.value if median else None,
    }  # fmt: skip


def _group_table(groups: list[tuple[_Group, Interval | None]], split: Grouping, horizon: int) -> Table:
    columns = (
        Column("group", split.title),
        Column("customers", Text("clients", "customers"), Unit.CUSTOMERS),
        Column("lost", Text("partis", "lost"), Unit.CUSTOMERS),
        Column("months", Text("âge de comparaison", "age compared"), Unit.MONTHS),
        Column("retention", Text("encore là", "still there"), Unit.RATIO),
        Column("low", Text("au moins", "at least"), Unit.RATIO),
        Column("high", Text("au plus", "at most"), Unit.RATIO),
        Column("median", Text("durée médiane", "median lifetime"), Unit.MONTHS),
    )
    rows = []
    for g, median in groups:
        kept = (g.kept.value, g.kept.low, g.kept.high) if g.kept else (None, None, None)
        shown = EMPTY if g.value is None else g.value
        rows.append((shown, g.customers, g.lost, horizon, *kept, median.value if median else None))
    return Table(columns, tuple(rows))


def _curves(groups: list[_Group], title: Sentence, split: Grouping) -> Chart | None:
    """Survival curves of the largest groups, as points a chart can draw."""
    rows = []
    for group in groups:
        if group.curve is None:
            continue
        for months in np.linspace(0, group.curve.last, _POINTS):
            kept = kept_at(group.curve, float(months))
            if kept is not None:
                rows.append((round(float(months), 1), kept.value, EMPTY if group.value is None else group.value))
    if not rows:
        return None
    columns = (
        Column("months", Text("mois de relation", "months of relationship"), Unit.MONTHS),
        Column("retention", Text("encore là", "still there"), Unit.RATIO),
        Column("group", split.title),
    )
    return Chart(ChartKind.LINE, title, "months", "retention", "group", table=Table(columns, tuple(rows)))


def _title(fit: list[_Group], strength: Strength, split: Grouping) -> Sentence:
    if strength is Strength.WEAK or not fit:
        return say("Clients encore là, par {title}", "Customers still there, by {title}", title=split.title)
    return say("« {worst} » perd ses clients le plus vite", "“{worst}” loses its customers fastest", worst=fit[0].word)


def _warned(split: Grouping, strength: Strength) -> tuple[Sentence, ...]:
    timing = timing_caveat(split)
    if timing is not None:
        return (timing,)
    return () if strength is Strength.WEAK else (NOT_A_CAUSE,)
