"""What `segments` says first, and the facts that follow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from analytics.loyalty.segment_rules import RuleSet
from analytics.statistics.comparisons import separated
from analytics.statistics.intervals import Interval
from vocabulary.estimate import Estimate, Unit
from vocabulary.language import Text
from vocabulary.sentence import Sentence, say

_ENOUGH = 30
_SILENT = ("lost_value", "lost_regular")


class Measured(Protocol):
    """A segment as measured (see `segments.Segmented`)."""

    @property
    def code(self) -> str:
        """Stable code of the rule."""

    @property
    def customers(self) -> int:
        """How many are in it."""

    @property
    def lost(self) -> Interval | None:
        """Share lost, when known."""

    @property
    def money(self) -> float:
        """What they brought in all."""

    @property
    def recent(self) -> float:
        """What they brought in the last twelve months, or bring a month."""

    @property
    def leaving(self) -> Interval | None:
        """Chance of leaving within a year, under a contract."""

    @property
    def again(self) -> Interval | None:
        """Share of last year's members who bought since."""


def headline(found: Sequence[Measured], rules: RuleSet) -> Sentence:
    """The sentence a manager keeps: who makes the revenue, and what share of the base they are."""
    total = sum(s.customers for s in found)
    if not rules.by_purchases:
        return _contract_headline(found, rules, total)
    best = next((s for s in found if s.code == "best"), None)
    recent = sum(s.recent for s in found)
    money, what = (recent, "recent") if recent > 0 else (sum(s.money for s in found), "money")
    largest = max(found, key=lambda s: s.customers)
    if best is not None and money > 0:
        return say(
            "Vos meilleurs clients, {people} de la base ({n}), font {part} du chiffre d’affaires{when} ; "
            "le groupe le plus nombreux : {largest} ({share}).",
            "Your best customers, {people} of the base ({n}), make {part} of revenue{when}; "
            "the largest group: {largest} ({share}).",
            people=_part("best_share", best.customers, total), n=_count(best, total),
            part=Estimate("best_revenue_share", getattr(best, what) / money, Unit.RATIO, total),
            when=Text(" des douze derniers mois", " over the last twelve months") if what == "recent" else Text("", ""),
            largest=_name(largest, rules), share=_part("largest_share", largest.customers, total),
        )  # fmt: skip
    return say(
        "Le groupe le plus nombreux de vos clients : {largest} ({share}, {n}).",
        "The largest group of your customers: {largest} ({share}, {n}).",
        largest=_name(largest, rules), share=_part("largest_share", largest.customers, total), n=_count(largest, total),
    )  # fmt: skip


def facts(found: Sequence[Measured], rules: RuleSet) -> tuple[Sentence, ...]:
    """Up to three sentences: value gone silent, what becomes of the segments, one-time buyers."""
    said = [_silent_value(found), _leaving(found, rules), _becomes(found, rules), _once(found)]
    return tuple(fact for fact in said if fact is not None)


def title(found: Sequence[Measured], rules: RuleSet) -> Sentence:
    """The title of the chart: the largest segment."""
    total = sum(s.customers for s in found)
    largest = max(found, key=lambda s: s.customers)
    return say(
        "Le segment le plus nombreux : {largest} ({share})",
        "The largest segment: {largest} ({share})",
        largest=_name(largest, rules), share=_part("largest_share", largest.customers, total),
    )  # fmt: skip


def _contract_headline(found: Sequence[Measured], rules: RuleSet, total: int) -> Sentence:
    """Who holds the bills; then who leaves most, when truly apart."""
    present = [s for s in found if not s.code.startswith("gone") and s.code != "unknown"]
    here, bills = sum(s.customers for s in present), sum(s.recent for s in present)
    if not here or bills <= 0:
        largest = max(found, key=lambda s: s.customers)
        return say(
            "Le groupe le plus nombreux de vos clients : {largest} ({share}, {n}).",
            "The largest group of your customers: {largest} ({share}, {n}).",
            largest=_name(largest, rules), share=_part("largest_share", largest.customers, total),
            n=_count(largest, total),
        )  # fmt: skip
    first = max(present, key=lambda s: s.recent)
    return say(
        "Les clients « {name} », {people} des clients présents ({n}), portent {part} des factures en cours.",
        "The “{name}” customers, {people} of present customers ({n}), hold {part} of present bills.",
        name=_name(first, rules), people=_part("first_share", first.customers, here), n=_count(first, here),
        part=Estimate("first_bill_share", first.recent / bills, Unit.RATIO, here, method="exact share"),
    )  # fmt: skip


def _leaving(found: Sequence[Measured], rules: RuleSet) -> Sentence | None:
    """The segments that leave most and least within a year, when they differ for certain."""
    ranked = sorted((s for s in found if s.leaving is not None), key=lambda s: s.leaving.value if s.leaving else 0.0)
    if len(ranked) < 2 or ranked[0].leaving is None or ranked[-1].leaving is None:
        return None
    if not separated(ranked[-1].leaving, ranked[0].leaving):
        return None
    return say(
        "On part le plus chez les « {worst} » : {high} dans l’année ({high:interval}) ; le moins chez les « {best} » : "
        "{low} ({low:interval}).",
        "Customers leave most among “{worst}”: {high} within a year ({high:interval}); least among “{best}”: "
        "{low} ({low:interval}).",
        worst=_name(ranked[-1], rules), best=_name(ranked[0], rules),
        high=ranked[-1].leaving.estimate("leaving_12m", Unit.RATIO),
        low=ranked[0].leaving.estimate("leaving_12m", Unit.RATIO),
    )  # fmt: skip


def _silent_value(found: Sequence[Measured]) -> Sentence | None:
    silent = [s for s in found if s.code in _SILENT]
    money = sum(s.money for s in found)
    n, held = sum(s.customers for s in silent), sum(s.money for s in silent)
    if not n or money <= 0:
        return None
    total = sum(s.customers for s in found)
    return say(
        "{n} grands clients ou habitués se taisent désormais : ils avaient apporté {part} de tout le chiffre "
        "d’affaires.",
        "{n} big or regular customers have gone silent: they had brought {part} of all revenue.",
        n=Estimate("silent_best", n, Unit.CUSTOMERS, total), part=Estimate("silent_revenue", held / money, Unit.RATIO, total),
    )  # fmt: skip


def _becomes(found: Sequence[Measured], rules: RuleSet) -> Sentence | None:
    """The segments of a year ago that came back most and least, when they differ for certain."""
    known = [s for s in found if s.again is not None and s.again.n >= _ENOUGH and s.code != "never"]
    ranked = sorted(known, key=lambda s: s.again.value if s.again else 0.0)
    if len(ranked) < 2 or ranked[0].again is None or ranked[-1].again is None:
        return None
    if not separated(ranked[-1].again, ranked[0].again):
        return None
    return say(
        "Rangés de même il y a un an, {high} du segment « {best} » ont racheté depuis ({high:interval}, sur {high:n}), "
        "contre {low} du segment « {worst} » ({low:interval}, sur {low:n}).",
        "Placed likewise a year ago, {high} of “{best}” have bought since ({high:interval}, out of {high:n}), "
        "against {low} of “{worst}” ({low:interval}, out of {low:n}).",
        best=_name(ranked[-1], rules), worst=_name(ranked[0], rules),
        high=ranked[-1].again.estimate("bought_again", Unit.RATIO), low=ranked[0].again.estimate("bought_again", Unit.RATIO),
    )  # fmt: skip


def _once(found: Sequence[Measured]) -> Sentence | None:
    total = sum(s.customers for s in found)
    once = sum(s.customers for s in found if s.code in ("lost_once", "first_purchase"))
    if not once:
        return None
    return say(
        "{n} clients, {part} de la base, n’ont fait qu’une commande.",
        "{n} customers, {part} of the base, have made a single order.",
        n=Estimate("one_order", once, Unit.CUSTOMERS, total), part=_part("one_order_share", once, total),
    )  # fmt: skip


def _name(segment: Measured, rules: RuleSet) -> Text:
    return next(rule.name for rule in rules.rules if rule.code == segment.code)


def _part(name: str, count: int, total: int) -> Estimate:
    return Estimate(name, count / total, Unit.RATIO, total, method="exact share")


def _count(segment: Measured, total: int) -> Estimate:
    return Estimate(f"customers_{segment.code}", segment.customers, Unit.CUSTOMERS, total)
