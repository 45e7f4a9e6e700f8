"""Churn rate by group: one row a value of the file, and a name only where the gap is no accident."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from analytics.churn.equal_age import EqualAge, at_equal_age
from analytics.measures.groups import EMPTY, NOT_A_CAUSE, Grouping, capital, small_groups, timing_caveat
from analytics.statistics.comparisons import holm, two_proportions_p
from analytics.statistics.intervals import Interval, newcombe, wilson
from analytics.study import Study
from vocabulary.estimate import Estimate, Unit
from vocabulary.finding import Chart, ChartKind, Column, Finding, Table
from vocabulary.language import Text
from vocabulary.sentence import Label, Listing, Sentence, Value, say
from vocabulary.themes import Strength

_ENOUGH, _EVENTS, _RISK = 30, 10, 0.05
_FEW = 4  # groups the manager named, whose rates are all said
_DRAWN = 20  # bars a reader can compare; the table holds them all


@dataclass(frozen=True, slots=True)
class GroupRate:
    """A group's rate: `value` as it stands in the file; `rate` is None when it cannot be told yet."""

    value: str | None
    lost: int
    n: int
    rate: Interval | None

    @property
    def shown(self) -> str | Text:
        """The value for a table's cell."""
        return EMPTY if self.value is None else self.value

    @property
    def word(self) -> Label | Text:
        """The value for a sentence."""
        return EMPTY if self.value is None else Label(self.value)


def rate_by_group(study: Study, overall: Finding, rate: Interval, split: Grouping) -> Finding:
    """Complete the overall finding with one row per value of the field."""
    where, values = study.who()
    rows = study.rows(
        f"SELECT {split.sql} AS grp, count(*) FILTER (lost), count(lost) FROM customers WHERE {where}"
        " GROUP BY 1 ORDER BY 1 NULLS LAST",
        values,
    )
    # whoever never bought is in no rate, and fills none of these cells: a group of nobody is no group
    groups = [GroupRate(v, k, n, wilson(k, n) if n else None) for v, k, n in rows if n or v is not None]
    groups.sort(key=lambda g: -g.rate.value if g.rate else 1.0)
    named, facts, stands = _named(study, groups, rate, split)
    warned = timing_caveat(split) or (NOT_A_CAUSE if named else None)
    caveats = [*small_groups(sum(g.n < _ENOUGH for g in groups), _ENOUGH), *overall.caveats]
    if warned is not None:
        caveats.insert(0, warned)
    title = _title(groups[0], split) if stands else _chance(split)
    return dataclasses.replace(
        overall,
        claim=named or _undecided(study, split, rate, groups),
        facts=(*facts, *overall.facts)[:3],
        items=(*(group_item(g) for g in groups), *overall.items),
        table=group_table(groups, split),
        chart=_chart(groups, split, title),
        caveats=tuple(caveats),
        strength=overall.strength if stands and timing_caveat(split) is None else Strength.WEAK,
    )


def _named(study: Study, groups: list[GroupRate], rate: Interval, split: Grouping) -> tuple[Sentence | None, list[Sentence], bool]:
    """The group that loses most and the one that loses least, when each truly differs from all the others; whether it does at equal arrival too."""
    fit = [g for g in groups if g.n >= _ENOUGH and rate.n - g.n >= _ENOUGH and _EVENTS <= g.lost]
    total = sum(g.lost for g in groups)
    if not fit or total < 2 * _EVENTS:
        return None, [], False
    p_values = holm([two_proportions_p(g.lost, g.n, total - g.lost, rate.n - g.n) for g in fit])
    apart = [g for g, p in zip(fit, p_values, strict=True) if p < _RISK and g.rate]
    above = [g for g in apart if g.rate and g.rate.value > rate.value]
    below = [g for g in apart if g.rate and g.rate.value < rate.value]
    facts = []
    if below and len(groups) > 2:
        facts.append(_fact(below[-1], say("le moins", "least")))
    if not above:
        if not below:
            return None, facts, False
        beside = at_equal_age(study, split, below[-1].value)
        if beside is not None and not beside.upholds(more=False):
            return _came_at_other_times(below[-1], total, rate, split, beside), [], False
        return _least(below[-1], total, rate, split), [], True
    top = above[0]
    beside = at_equal_age(study, split, top.value)
    if beside is not None and not beside.upholds(more=True):
        return _came_at_other_times(top, total, rate, split, beside), [], False
    others = wilson(total - top.lost, rate.n - top.n).estimate("churn_rate_others", Unit.RATIO)
    gap = newcombe(top.lost, top.n, total - top.lost, rate.n - top.n).estimate("difference", Unit.POINTS)
    claim = say(
        "{title} : « {group} » perd le plus, {rate} de ses {rate:n} clients ({rate:interval}), contre {others} "
        "ailleurs.",
        "{title}: “{group}” loses most, {rate} of its {rate:n} customers ({rate:interval}), against {others} "
        "elsewhere.",
        title=capital(split.title), group=top.word, rate=rate_of(top), others=others,
    )  # fmt: skip
    facts.append(
        say(
            "L’écart avec les autres est de {gap} ({gap:interval}), hasard écarté.",
            "The gap with the others is {gap} ({gap:interval}), chance ruled out.",
            gap=gap,
        )
    )
    return claim, facts, True


def _came_at_other_times(group: GroupRate, total: int, rate: Interval, split: Grouping, beside: EqualAge) -> Sentence:
    """A gap that comes of when customers came: the earlier, the longer to leave."""
    return say(
        "{title} : {rate} des {rate:n} clients « {group} » sont partis, contre {others} ailleurs, mais ils ne sont pas arrivés en même "
        "temps : à dates d’arrivée égales, {own} contre {alike}, un écart qui peut être dû au hasard.",
        "{title}: {rate} of the {rate:n} “{group}” customers have left, against {others} elsewhere, but they did not arrive at the same "
        "time: at equal dates of arrival, {own} against {alike}, a gap that may be chance.",
        title=capital(split.title), group=group.word, rate=rate_of(group),
        others=wilson(total - group.lost, rate.n - group.n).estimate("churn_rate_others", Unit.RATIO),
        own=Estimate("churn_rate_at_equal_arrival", beside.rate, Unit.RATIO, beside.customers),
        alike=Estimate("churn_rate_others_at_equal_arrival", beside.others, Unit.RATIO, beside.compared),
    )  # fmt: skip


def _title(group: GroupRate, split: Grouping) -> Sentence:
    if group.n < _ENOUGH:
        return say("Taux d’attrition : {title}", "Churn rate: {title}", title=split.title)
    return say("{title} : « {group} » perd le plus", "{title}: “{group}” loses most", title=capital(split.title),
               group=group.word)  # fmt: skip


def _chance(split: Grouping) -> Sentence:
    return say(
        "{title} : les écarts peuvent être dus au hasard", "{title}: the gaps may be chance", title=capital(split.title)
    )


def _least(group: GroupRate, total: int, rate: Interval, split: Grouping) -> Sentence:
    others = wilson(total - group.lost, rate.n - group.n).estimate("churn_rate_others", Unit.RATIO)
    return say(
        "{title} : « {group} » perd le moins, {rate} de ses {rate:n} clients ({rate:interval}), contre {others} "
        "ailleurs.",
        "{title}: “{group}” loses least, {rate} of its {rate:n} customers ({rate:interval}), against {others} "
        "elsewhere.",
        title=capital(split.title), group=group.word, rate=rate_of(group), others=others,
    )  # fmt: skip


def _fact(group: GroupRate, how: Sentence) -> Sentence:
    return say(
        "« {group} » perd {how} : {rate} de {rate:n} clients ({rate:interval}).",
        "“{group}” loses {how}: {rate} of {rate:n} customers ({rate:interval}).",
        group=group.word, how=how, rate=rate_of(group),
    )  # fmt: skip


def _undecided(study: Study, split: Grouping, rate: Interval, groups: list[GroupRate]) -> Sentence:
    """No group is named, but those the manager named: their rates are what was asked. Of others, how far apart they are."""
    values: dict[str, Value] = {"title": capital(split.title), "rate": rate.estimate("churn_rate", Unit.RATIO)}
    asked = any(condition.field == split.name and condition.operator in ("in", "=") for condition in study.segment.conditions)
    large = [group for group in groups if group.rate is not None and group.n >= _ENOUGH]
    if asked and len(large) == len(groups) and 2 <= len(groups) <= _FEW:
        each = tuple(
            say("« {group} » {rate} ({rate:interval})", "“{group}” {rate} ({rate:interval})", group=group.word, rate=rate_of(group))
            for group in groups
        )
        return say(
            "{title} : {each}, un écart qui peut être dû au hasard ; {rate} de tous les clients sont partis ({rate:interval}).",
            "{title}: {each}, a gap that may be chance; {rate} of all customers have left ({rate:interval}).",
            each=Listing(each), **values,
        )  # fmt: skip
    values["count"] = Estimate("groups", len(groups), Unit.COUNT, len(groups))
    if len(large) >= 2:
        ends = sorted((rate_of(group) for group in large), key=lambda found: found.value or 0.0)
        return say(
            "{title} : aucun des {count} groupes ne se détache (de {low} à {high} de départs, un écart qui peut être dû au hasard) ; {rate} "
            "de tous les clients sont partis ({rate:interval}).",
            "{title}: none of the {count} groups stands out ({low} to {high} left, a gap that may be chance); {rate} of all customers have "
            "left ({rate:interval}).",
            low=ends[0], high=ends[-1], **values,
        )  # fmt: skip
    if len(groups) == 1:
        return say(
            "{title} : un seul groupe compte des clients, il n’y a rien à comparer ; {rate} de tous les clients sont partis ({rate:interval}).",
            "{title}: only one group holds customers, there is nothing to compare; {rate} of all customers have left ({rate:interval}).",
            **values,
        )  # fmt: skip
    return say(
        "{title} : aucun des {count} groupes ne se détache ; {rate} de tous les clients sont partis ({rate:interval}).",
        "{title}: none of the {count} groups stands out; {rate} of all customers have left ({rate:interval}).",
        **values,
    )


def rate_of(group: GroupRate) -> Estimate:
    """The group's rate, with the group's size as n."""
    if group.rate is None:
        return Estimate("churn_rate", None, Unit.RATIO, group.n)
    return dataclasses.replace(group.rate.estimate("churn_rate", Unit.RATIO), n=group.n)


def group_item(group: GroupRate) -> dict[str, object]:
    """The group as an item of the finding."""
    rate = rate_of(group)
    return {"kind": "group", "group": group.value, "customers": group.n, "lost": group.lost,
            "churn_rate": rate.value, "low": rate.low, "high": rate.high}  # fmt: skip


def group_table(groups: list[GroupRate], split: Grouping) -> Table:
    """One row a group, complete."""
    columns = (
        Column("group", split.title),
        Column("customers", Text("clients", "customers"), Unit.CUSTOMERS),
        Column("lost", Text("partis", "lost"), Unit.CUSTOMERS),
        Column("churn_rate", Text("taux d’attrition", "churn rate"), Unit.RATIO),
        Column("low", Text("au moins", "at least"), Unit.RATIO),
        Column("high", Text("au plus", "at most"), Unit.RATIO),
    )
    rates = [rate_of(g) for g in groups]
    return Table(
        columns, tuple((g.shown, g.n, g.lost, r.value, r.low, r.high) for g, r in zip(groups, rates, strict=True))
    )


def _chart(groups: list[GroupRate], split: Grouping, title: Sentence) -> Chart:
    drawn = sorted(groups, key=lambda g: -g.n)[:_DRAWN]
    table = group_table([g for g in groups if g in drawn], split) if len(groups) > _DRAWN else None
    return Chart(ChartKind.BAR, title, "churn_rate", "group", None, "low", "high", table)
