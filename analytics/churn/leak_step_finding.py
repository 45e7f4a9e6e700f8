"""What `leak_points` says of the number of purchases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from analytics.churn.leak_steps import Step, Steps, readable
from analytics.measures.groups import EMPTY, NOT_A_CAUSE, Grouping, capital, small_groups, timing_caveat
from analytics.measures.lifetime import cases
from analytics.statistics.comparisons import separated, tiers
from analytics.statistics.shrinkage import shrink_rates
from vocabulary.estimate import Estimate, Threshold, Unit
from vocabulary.finding import Chart, ChartKind, Column, Finding, Table
from vocabulary.language import Text
from vocabulary.sentence import Label, Sentence, say
from vocabulary.themes import Strength, Theme

_ENOUGH = 30


def step_finding(steps: Steps, survival: tuple[Estimate, ...], split: Grouping | None) -> Finding:
    """Make the finding: the purchase after which most are lost, or each group's steps when `split` is given."""
    told = [step for step in steps.everyone if readable(step)]
    claim, strength = _claim(told, steps)
    measures = tuple(_again(step) for step in steps.everyone)
    facts = [fact for fact in (_next_fact(told, steps), _survival_fact(survival), _HOW) if fact is not None]
    finding = Finding(
        "leak_points", claim, (*measures, *survival), tuple(facts[:3]),
        tuple(_item(step, steps.horizon) for step in steps.everyone), _table(steps.everyone),
        Chart(ChartKind.BAR, _title(told), "again", "purchase", None, "low", "high"),
        caveats=_caveats(steps, told), strength=strength, themes=(Theme.WELCOME, Theme.PROMOTION, Theme.TARGETING),
        doubt=say(
            "Des clients qui rachètent au-delà de {horizon} : la fuite serait alors un rythme lent, non une perte.",
            "Customers who buy again beyond {horizon}: the leak would then be a slow rhythm, not a loss.",
            horizon=Threshold(steps.horizon, Unit.DAYS),
        ),
        next_questions=_NEXT,
    )  # fmt: skip
    return finding if split is None else _by_group(finding, steps, split)


def _again(step: Step) -> Estimate:
    return step.again.estimate(f"buys_again_after_{step.number}", Unit.RATIO)


def _claim(told: Sequence[Step], steps: Steps) -> tuple[Sentence, Strength]:
    horizon = Threshold(steps.horizon, Unit.DAYS)
    if not told:
        first = steps.everyone[0]
        return say(
            "Trop peu de clients pour situer la fuite : {n} premiers achats suivis.",
            "Too few customers to place the leak: {n} first purchases followed.",
            n=Estimate("customers", first.customers, Unit.COUNT, first.customers),
        ), Strength.WEAK  # fmt: skip
    first = told[0]
    if len(told) > 1 and separated(told[1].again, first.again) and told[1].again.value > first.again.value:
        return say(
            "La fuite est au premier achat : {again} des clients en font un deuxième dans les {horizon} "
            "({again:interval}), puis {then} un troisième.",
            "The leak is at the first purchase: {again} of customers make a second one within {horizon} "
            "({again:interval}), then {then} a third.",
            again=_again(first), then=_again(told[1]), horizon=horizon,
        ), Strength.STRONG if first.customers >= 10 * _ENOUGH else Strength.MODERATE  # fmt: skip
    if len(told) == 1:
        return say(
            "{again} des clients font un deuxième achat dans les {horizon} ({again:interval}, sur {again:n} clients).",
            "{again} of customers make a second purchase within {horizon} ({again:interval}, out of {again:n} "
            "customers).",
            again=_again(first), horizon=horizon,
        ), Strength.MODERATE  # fmt: skip
    worst = min(told, key=lambda step: step.again.value)
    return say(
        "Aucune marche ne retient nettement moins que les autres ; la plus basse : {again} rachètent dans les "
        "{horizon} "
        "après l’achat n° {k} ({again:interval}).",
        "No step keeps plainly fewer than the others; the lowest: {again} buy again within {horizon} "
        "after purchase no. {k} ({again:interval}).",
        again=_again(worst), k=Threshold(worst.number, Unit.COUNT), horizon=horizon,
    ), Strength.MODERATE  # fmt: skip


def _title(told: Sequence[Step]) -> Sentence:
    if len(told) > 1 and separated(told[1].again, told[0].again) and told[1].again.value > told[0].again.value:
        return say("La fuite est au premier achat", "The leak is at the first purchase")
    return say("Clients qui rachètent, après chaque achat", "Customers who buy again, after each purchase")


def _next_fact(told: Sequence[Step], steps: Steps) -> Sentence | None:
    """From which purchase on a customer is more likely than not to come back, and by how much."""
    firm = next((s for s in told if s.number > 1 and s.again.low is not None and s.again.low > 0.8), None)
    shown = firm or (told[-1] if len(told) > 2 else None)
    if shown is None:
        return None
    return say(
        "Après l’achat n° {k}, {again} rachètent dans les {horizon} ({again:interval}, sur {again:n} clients).",
        "After purchase no. {k}, {again} buy again within {horizon} ({again:interval}, out of {again:n} customers).",
        k=Threshold(shown.number, Unit.COUNT), again=_again(shown), horizon=Threshold(steps.horizon, Unit.DAYS),
    )  # fmt: skip


def _survival_fact(survival: tuple[Estimate, ...]) -> Sentence | None:
    if not survival or not survival[0].name.startswith("retention_"):
        return None
    return say(
        "Un an après leur arrivée, {kept} achètent encore ({kept:interval}, sur {kept:n} clients).",
        "One year after they came, {kept} are still buying ({kept:interval}, out of {kept:n} customers).",
        kept=survival[0],
    )


def _by_group(finding: Finding, steps: Steps, split: Grouping) -> Finding:
    """One row a group: how many of its new customers make a second purchase, then a third."""
    firsts = [(name, found[0], found) for name, found in steps.groups.items() if found and found[0].number == 1]
    if not firsts:
        return finding
    firsts.sort(key=lambda row: row[1].again.value)
    fit = [row for row in firsts if row[1].customers >= _ENOUGH]
    claim, strength = _group_claim(fit, steps, split)
    rows = []
    for name, first, found in firsts:
        second = next((s for s in found if s.number == 2), None)
        rows.append((EMPTY if name is None else name, first.customers, first.again.value, first.again.low,
                     first.again.high, second.again.value if second else None))  # fmt: skip
    items = tuple(
        {"kind": "group", "group": name, "customers": first.customers, "days": steps.horizon, "again": first.again.value,
         "low": first.again.low, "high": first.again.high}
        for name, first, _ in firsts
    )  # fmt: skip
    columns = (
        Column("group", split.title),
        Column("customers", Text("clients", "customers"), Unit.CUSTOMERS),
        Column("again", Text("font un deuxième achat", "make a second purchase"), Unit.RATIO),
        Column("low", Text("au moins", "at least"), Unit.RATIO),
        Column("high", Text("au plus", "at most"), Unit.RATIO),
        Column("third", Text("puis un troisième", "then a third"), Unit.RATIO),
    )
    return replace(
        finding, claim=claim, facts=(finding.claim, *finding.facts)[:3], items=(*items, *finding.items),
        table=Table(columns, tuple(rows)), strength=strength,
        chart=Chart(ChartKind.BAR, _group_title(split), "again", "group", None, "low", "high"),
        caveats=(*_warned(split, strength), *small_groups(len(firsts) - len(fit), _ENOUGH), *finding.caveats),
    )  # fmt: skip


def _group_title(split: Grouping) -> Sentence:
    return say("Font un deuxième achat, par {title}", "Make a second purchase, by {title}", title=split.title)


def _group_claim(fit: Sequence[tuple[str | None, Step, Any]], steps: Steps, split: Grouping) -> tuple[Sentence, Strength]:
    ranks: tuple[int, ...] = ()
    if len(fit) >= 2:
        again = [row[1].again for row in fit]
        sizes = [cases(i) for i in again]
        shrunk = shrink_rates([i.value * n for i, n in zip(again, sizes, strict=True)], sizes).intervals
        ranks = tiers(shrunk)
    if ranks and ranks[0] != ranks[-1]:  # the two that are named, not any two
        low, high = fit[0], fit[-1]
        return say(
            "{title} : « {worst} » perd le plus de clients après le premier achat ; {low} en font un deuxième dans les "
            "{horizon} ({low:interval}), contre {high} pour « {best} » ({high:interval}).",
            "{title}: “{worst}” loses most customers after the first purchase; {low} make a second one within "
            "{horizon} ({low:interval}), against {high} for “{best}” ({high:interval}).",
            title=capital(split.title), worst=_word(low[0]), best=_word(high[0]), low=_again(low[1]), high=_again(high[1]),
            horizon=Threshold(steps.horizon, Unit.DAYS),
        ), Strength.MODERATE  # fmt: skip
    return say(
        "{title} : les groupes ne se distinguent pas par leur deuxième achat.",
        "{title}: the groups cannot be told apart by their second purchase.",
        title=capital(split.title),
    ), Strength.WEAK


def _warned(split: Grouping, strength: Strength) -> tuple[Sentence, ...]:
    timing = timing_caveat(split)
    if timing is not None:
        return (timing,)
    return () if strength is Strength.WEAK else (NOT_A_CAUSE,)


def _word(name: str | None) -> Label | Text:
    return EMPTY if name is None else Label(name)


def _item(step: Step, horizon: int) -> dict[str, Any]:
    return {
        "kind": "step", "purchase": step.number, "customers": step.customers, "days": horizon,
        "again": step.again.value, "low": step.again.low, "high": step.again.high,
        "stops": 1 - step.again.value, "again_so_far": step.so_far / step.customers,
    }  # fmt: skip


def _table(steps: Sequence[Step]) -> Table:
    columns = (
        Column("purchase", Text("après l’achat n°", "after purchase no.")),
        Column("customers", Text("clients arrivés là", "customers who got there"), Unit.CUSTOMERS),
        Column("so_far", Text("ont déjà racheté", "have bought again so far"), Unit.CUSTOMERS),
        Column("again", Text("rachètent à temps", "buy again in time"), Unit.RATIO),
        Column("low", Text("au moins", "at least"), Unit.RATIO),
        Column("high", Text("au plus", "at most"), Unit.RATIO),
        Column("stops", Text("s’arrêtent là", "stop there"), Unit.RATIO),
    )
    rows = ((str(s.number), s.customers, s.so_far, s.again.value, s.again.low, s.again.high, 1 - s.again.value) for s in steps)
    return Table(columns, tuple(rows))


def _caveats(steps: Steps, told: Sequence[Step]) -> tuple[Sentence, ...]:
    found = []
    if steps.unknown:
        found.append(
            say(
                "{n} clients, inscrits avant le début des relevés, sont laissés de côté : leur premier achat n’y "
                "est pas.",
                "{n} customers who signed up before records begin are left out: their first purchase is not there.",
                n=Estimate("unknown_first_purchase", steps.unknown, Unit.COUNT, steps.unknown),
            )
        )
    few = len(steps.everyone) - len(told)
    if few:
        found.append(
            say(
                "Les dernières marches comptent moins de {few} clients : elles sont montrées, rien n’en est conclu.",
                "The last steps hold fewer than {few} customers: they are shown, nothing is concluded from them.",
                few=Threshold(_ENOUGH, Unit.COUNT),
            )
        )
    return tuple(found)


_HOW = say(
    "Les clients récents sont comptés pour le temps où l’on a pu les suivre ; un jour d’achat compte pour un achat.",
    "Recent customers count for the time they could be followed; a day of purchase counts as one purchase.",
)
_NEXT = (
    Text("Nos nouveaux clients reviennent-ils ?", "Do our new customers come back?"),
    Text("Notre accueil fonctionne-t-il ?", "Does our welcome programme work?"),
    Text("Quel canal recrute les clients les plus fidèles ?", "Which channel recruits the most loyal customers?"),
)
