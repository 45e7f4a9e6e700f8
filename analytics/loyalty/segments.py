"""L1: every customer in one segment with a plain name and a rule that can be exported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from analytics.analysis import Analysis, Parameters
from analytics.loyalty.segment_facts import facts, headline, title
from analytics.loyalty.segment_risk import leaving_within_a_year
from analytics.loyalty.segment_rules import RuleSet, rules_for
from analytics.measures.base import COUNTED, not_counted
from analytics.measures.dates import months_before
from analytics.measures.groups import about, small_groups
from analytics.statistics.arrays import Floats
from analytics.statistics.intervals import Interval, wilson
from analytics.study import Study
from vocabulary.estimate import Estimate, Unit
from vocabulary.finding import Chart, ChartKind, Column, Finding, NotApplicable, Result, Table
from vocabulary.language import Text
from vocabulary.sentence import say
from vocabulary.themes import JourneyStage, Strength, Theme

_NAME = "segments"
_ENOUGH = 30
_YEAR_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Segmented:
    """One segment as measured.

    Args:
        lost: share lost today. money, recent: what its customers brought in all, and in twelve months (or bring a month).
        again: of those in it a year ago, the share who bought since.
        leaving: under a contract, the chance of leaving within a year for those who reach that age (Kaplan-Meier).
    """

    code: str
    customers: int
    lost: Interval | None
    money: float
    recent: float
    again: Interval | None
    leaving: Interval | None


def run(study: Study, parameters: Parameters) -> Result:
    """Answer L1; the first measure is the number of segments in use, the items are the segments, best first."""
    rules = rules_for(study)
    if rules is None:
        return NotApplicable(_NAME, "purchases", _REASON, _UNLOCK)
    found = _measure(study, rules)
    if not found:
        return NotApplicable(_NAME, "too_few_customers", _NOBODY, _UNLOCK)
    total = sum(segment.customers for segment in found)
    claim = about(study, headline(found, rules))
    others = not_counted(study)
    return Finding(
        _NAME, claim, _measures(found, total), facts(found, rules)[:3],
        tuple(_item(segment, rules, found) for segment in found), _table(found, rules, told_by_silence=study.model.lost.days is not None),
        Chart(ChartKind.BAR, title(found, rules), "customers_share", "segment"),
        caveats=((others,) if others is not None else ()) + small_groups(sum(s.customers < _ENOUGH for s in found), _ENOUGH),
        themes=(Theme.VALUE, Theme.TARGETING),
        strength=Strength.STRONG if total >= 10 * _ENOUGH else Strength.MODERATE if total >= _ENOUGH else Strength.WEAK,
        doubt=say(
            "D’autres seuils déplaceraient des clients d’un segment à l’autre : les règles sont dans le tableau.",
            "Other thresholds would move customers from one segment to another: the rules are in the table.",
        ),
        next_questions=_NEXT,
    )  # fmt: skip


def _measure(study: Study, rules: RuleSet) -> list[Segmented]:
    where, values = study.who()
    money = rules.money or "NULL"
    recent = "amount_12m" if rules.by_purchases else "CASE WHEN lost IS NOT TRUE THEN monthly_amount END"
    rows = study.rows(
        f"SELECT {rules.case_sql()} AS segment, count(*), count(*) FILTER (lost), count(lost), sum({money}), sum({recent})"
        f" FROM customers WHERE ({where}) AND {COUNTED} GROUP BY 1",
        values,
    )
    again = _bought_again(study, rules) if rules.by_purchases else {}
    leaving = {} if rules.by_purchases else leaving_within_a_year(study, rules)
    measured = {
        code: Segmented(code, n, wilson(lost, known) if known else None, float(paid or 0), float(late or 0),
                        again.get(code), leaving.get(code))
        for code, n, lost, known, paid, late in rows
    }  # fmt: skip
    return [measured[rule.code] for rule in rules.rules if rule.code in measured]


def _bought_again(study: Study, rules: RuleSet) -> dict[str, Interval]:
    """Of the customers each rule held one year before, the share who bought during that year."""
    if study.reducer is None or "purchases" not in study.tables:
        return {}
    cut = months_before(study.as_of, _YEAR_MONTHS)
    where, values = study.who()
    now = dict(study.database.rows(f"SELECT customer_id, last_purchase FROM customers WHERE ({where}) AND {COUNTED}", values))
    then = study.customers_at(cut)
    ids = then.column("customer_id").to_pylist()
    columns: dict[str, Floats] = {
        name: np.array([np.nan if v is None else float(v) for v in then.column(name).to_pylist()]) for name in rules.columns
    }
    codes = rules.assign(columns, len(ids))
    counts: dict[str, list[int]] = {}
    for code, customer in zip(codes, ids, strict=True):
        if customer in now:
            count = counts.setdefault(str(code), [0, 0])
            count[0] += bool(now[customer] and now[customer] > cut)
            count[1] += 1
    return {code: wilson(back, n) for code, (back, n) in counts.items()}


def _measures(found: list[Segmented], total: int) -> tuple[Estimate, ...]:
    named = [Estimate("segments", len(found), Unit.COUNT, total)]
    return (*named, *(Estimate(f"customers_{s.code}", s.customers, Unit.CUSTOMERS, total) for s in found))


def _shares(segment: Segmented, found: list[Segmented]) -> tuple[float, float | None, float | None]:
    """Share of customers, of all money, and of the last twelve months' (or present monthly) money."""
    people = sum(s.customers for s in found)
    money, recent = sum(s.money for s in found), sum(s.recent for s in found)
    return (
        segment.customers / people,
        segment.money / money if money > 0 else None,
        segment.recent / recent if recent > 0 else None,
    )


def _item(segment: Segmented, rules: RuleSet, found: list[Segmented]) -> dict[str, Any]:
    rule = next(rule for rule in rules.rules if rule.code == segment.code)
    people, money, recent = _shares(segment, found)
    return {
        "segment": rule.name, "code": segment.code, "customers": segment.customers, "share": people,
        "revenue_share": money, "recent_revenue_share": recent,
        "lost_rate": segment.lost.value if segment.lost else None,
        "low": segment.lost.low if segment.lost else None, "high": segment.lost.high if segment.lost else None,
        "bought_again": segment.again.value if segment.again else None,
        "leaving_12m": segment.leaving.value if segment.leaving else None,
        "rule": rule.words(rules.columns), "conditions": rule.conditions(), "sql": rule.sql(),
    }  # fmt: skip


def _table(found: list[Segmented], rules: RuleSet, *, told_by_silence: bool) -> Table:
    recent = (
        Text("part du CA de douze mois", "share of twelve-month revenue")
        if rules.by_purchases else Text("part des factures en cours", "share of present bills")
    )  # fmt: skip
    columns = (
        Column("segment", Text("segment", "segment")),
        Column("customers", Text("clients", "customers"), Unit.CUSTOMERS),
        Column("customers_share", Text("part des clients", "share of customers"), Unit.RATIO),
        Column("recent_share", recent, Unit.RATIO),
        Column("money_share", Text("part du CA depuis toujours", "share of all-time revenue"), Unit.RATIO),
        Column("lost_rate", Text("partis", "lost"), Unit.RATIO),
        Column("again", Text("ont racheté dans l’année qui a suivi", "bought again in the year after"), Unit.RATIO),
        Column("leaving", Text("partent dans l’année", "leave within a year"), Unit.RATIO),
        Column("rule", Text("règle", "rule")),
    )
    keep = [
        c for c in columns
        if not (c.name == "money_share" and not rules.by_purchases)
        and not (c.name == "lost_rate" and (told_by_silence or found[0].lost is None or not rules.by_purchases))
        and not (c.name == "again" and all(s.again is None for s in found))
        and not (c.name == "leaving" and all(s.leaving is None for s in found))
        and not (c.name == "recent_share" and sum(s.recent for s in found) <= 0)
        and not (c.name == "money_share" and sum(s.money for s in found) <= 0)
    ]  # fmt: skip
    rows = []
    for segment in found:
        rule = next(rule for rule in rules.rules if rule.code == segment.code)
        people, money, recently = _shares(segment, found)
        cells = {
            "segment": rule.name, "customers": segment.customers, "customers_share": people, "recent_share": recently,
            "money_share": money, "lost_rate": segment.lost.value if segment.lost else None,
            "again": segment.again.value if segment.again else None,
            "leaving": segment.leaving.value if segment.leaving else None, "rule": rule.words(rules.columns),
        }  # fmt: skip
        rows.append(tuple(cells[column.name] for column in keep))
    return Table(tuple(keep), tuple(rows))


_REASON = say(
    "Ni achats ni ancienneté dans ces fichiers : rien sur quoi fonder des segments.",
    "Neither purchases nor tenure in these files: nothing to base segments on.",
)
_NOBODY = say("Aucun client à répartir ici.", "There is no customer to place here.")
_UNLOCK = say(
    "Les achats de chaque client (date et montant), ou son ancienneté et sa facture mensuelle.",
    "Each customer’s purchases (date and amount), or their tenure and monthly bill.",
)
_NEXT = (
    Text("Combien vaut chacun de ces segments ?", "What is each of these segments worth?"),
    Text("Qui reconquérir en premier ?", "Whom should we win back first?"),
    Text("Quel est mon client idéal ?", "What is my ideal customer?"),
)

ANALYSIS = Analysis(
    name=_NAME,
    row="L1",
    stage=JourneyStage.LOYALTY,
    title=Text("Segments de clients", "Customer segments"),
    summary=Text(
        "Chaque client dans un segment au nom clair, avec sa règle, sa taille, sa part de revenu et ce qu’il devient.",
        "Every customer in one plainly named segment, with its rule, size, share of revenue and what becomes of it.",
    ),
    examples={
        "fr": ("Segmente mes clients", "Fais-moi une segmentation RFM de la base"),
        "en": ("Segment my customers", "Group our customers by recency, frequency and value"),
    },
    needs=(),
    run=run,
)
