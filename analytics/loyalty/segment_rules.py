"""The rules that put every customer in one segment: bounds on a few columns, no two of which overlap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import floor, log10
from typing import Any

import numpy as np

from analytics.measures.lifetime import silence_days
from analytics.statistics.arrays import Bools, Floats
from analytics.study import Study
from vocabulary.estimate import Threshold, Unit
from vocabulary.language import Text
from vocabulary.sentence import Listing, Sentence, say

_VALUE_RANK, _REGULAR_RANK = 0.8, 0.75  # the best fifth by money, the best quarter of repeat buyers by purchases
_DEFAULT_SILENCE = 365
_NEW_MONTHS, _ESTABLISHED_MONTHS = 12, 36


@dataclass(frozen=True, slots=True)
class Bound:
    """`low <= column < high`; either may be None; `missing` asks for an empty cell, `flag` for true or false."""

    column: str
    low: float | None = None
    high: float | None = None
    missing: bool = False
    flag: bool | None = None

    def sql(self) -> str:
        """The condition over `customers`."""
        if self.missing:
            return f"{self.column} IS NULL"
        if self.flag is not None:
            return f"{self.column} = {str(self.flag).upper()}"
        parts = [f"{self.column} >= {self.low!r}"] if self.low is not None else []
        parts += [f"{self.column} < {self.high!r}"] if self.high is not None else []
        return " AND ".join(parts)

    def mask(self, values: Floats) -> Bools:
        """The same over an array (NaN is an empty cell)."""
        if self.missing:
            return np.isnan(values)
        with np.errstate(invalid="ignore"):
            inside = ~np.isnan(values)
            inside &= True if self.low is None else values >= self.low
            inside &= True if self.high is None else values < self.high
        return inside

    def conditions(self) -> list[dict[str, Any]]:
        """The same as conditions of a `Segment`."""
        if self.missing:
            return [{"field": self.column, "operator": "is null", "values": []}]
        if self.flag is not None:
            return [{"field": self.column, "operator": "=", "values": [self.flag]}]
        found = [{"field": self.column, "operator": ">=", "values": [self.low]}] if self.low is not None else []
        return found + ([{"field": self.column, "operator": "<", "values": [self.high]}] if self.high is not None else [])


@dataclass(frozen=True, slots=True)
class Rule:
    """A segment: its stable code, its name in plain words, and the bounds that make it."""

    code: str
    name: Text
    bounds: tuple[Bound, ...]

    def sql(self) -> str:
        """The rule as a condition over `customers`."""
        return " AND ".join(bound.sql() for bound in self.bounds) or "TRUE"

    def conditions(self) -> list[dict[str, Any]]:
        """The rule as a `Segment`'s JSON, to export or to target."""
        return [condition for bound in self.bounds for condition in bound.conditions()]

    def words(self, units: Mapping[str, tuple[Text, Unit]]) -> Sentence:
        """The rule as a reader says it."""
        if not self.bounds:
            return say("une valeur manque", "a value is missing")
        if self.bounds[0].missing:
            return say("aucun achat daté", "no dated purchase")
        return say("{parts}", "{parts}", parts=Listing(tuple(_bound_words(bound, units) for bound in self.bounds)))


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Rules in order, what their columns are called, and the column that holds a customer's money."""

    rules: tuple[Rule, ...]
    columns: Mapping[str, tuple[Text, Unit]]
    money: str | None
    by_purchases: bool
    thresholds: Mapping[str, float] = field(default_factory=dict)

    def case_sql(self) -> str:
        """An expression over `customers` giving the code of each customer's segment."""
        cases = " ".join(f"WHEN {rule.sql()} THEN '{rule.code}'" for rule in self.rules)
        return f"CASE {cases} END"

    def assign(self, columns: Mapping[str, Floats], n: int) -> np.ndarray[Any, Any]:
        """The same over arrays: the code of each customer's segment."""
        masks = []
        for rule in self.rules:
            mask = np.ones(n, dtype=bool)
            for bound in rule.bounds:
                mask &= bound.mask(columns[bound.column])
            masks.append(mask)
        return np.select(masks, [rule.code for rule in self.rules], default="")


def rules_for(study: Study) -> RuleSet | None:
    """Choose the rules the data allow: purchases (recency, frequency, value), else age and monthly bill.

    Thresholds are learnt on the whole base, never on the segment looked at, and rounded, so that a customer's segment
    does not depend on the question. None when neither purchases nor a tenure is known.
    """
    bought, aged = study.database.row(
        "SELECT count(*) FILTER (orders IS NOT NULL AND recency_days IS NOT NULL),"
        " count(*) FILTER (tenure_months IS NOT NULL) FROM customers"
    )
    if bought:
        return _purchase_rules(study)
    return _tenure_rules(study) if aged else None


def _purchase_rules(study: Study) -> RuleSet:
    money = _money_column(study)
    silence = (silence_days(study) or _DEFAULT_SILENCE) + 1
    (regular,) = study.database.row(
        f"SELECT quantile_disc(orders, {_REGULAR_RANK}) FROM customers WHERE orders >= 2 AND recency_days IS NOT NULL"
    )
    often = max(3, int(regular or 3))
    thresholds = {"silence_days": float(silence - 1), "orders": float(often)}
    names: dict[str, tuple[Text, Unit]] = {
        "recency_days": (Text("dernier achat", "last purchase"), Unit.DAYS),
        "orders": (Text("commandes", "orders"), Unit.COUNT),
    }
    rich: tuple[Bound, ...] = ()
    poor: tuple[Bound, ...] = ()
    if money is not None:
        (high,) = study.database.row(
            f"SELECT quantile_cont({money}, {_VALUE_RANK}) FROM customers WHERE orders > 0 AND {money} > 0"
        )
        thresholds["value"] = _round(high)
        names[money] = (Text("dépensé en tout", "spent in all"), Unit.MONEY)
        rich, poor = (Bound(money, thresholds["value"]),), (Bound(money, None, thresholds["value"]),)
    rules = (*_present(silence, often, rich, poor), *_silent(silence, often, rich, poor), _NEVER, _UNKNOWN)
    return RuleSet(rules, names, money, True, thresholds)


def _present(silence: int, often: int, rich: tuple[Bound, ...], poor: tuple[Bound, ...]) -> list[Rule]:
    recent = Bound("recency_days", None, silence)
    rules = [Rule("regular", Text("les habitués", "the regulars"), (recent, Bound("orders", often), *poor))]
    if rich:
        rules = [
            Rule("best", Text("les meilleurs", "the best"), (recent, Bound("orders", often), *rich)), *rules,
            Rule("big_basket", Text("gros paniers, rares", "big but rare baskets"), (recent, Bound("orders", None, often), *rich)),
        ]  # fmt: skip
    return [
        *rules,
        Rule("promising", Text("ils reviennent", "coming back"), (recent, Bound("orders", 2, often), *poor)),
        Rule("first_purchase", Text("un seul achat, récent", "one recent purchase"), (recent, Bound("orders", None, 2), *poor)),
    ]


def _silent(silence: int, often: int, rich: tuple[Bound, ...], poor: tuple[Bound, ...]) -> list[Rule]:
    silent = Bound("recency_days", silence)
    rules = [
        Rule("lost_regular", Text("habitués devenus silencieux", "regulars gone silent"), (silent, Bound("orders", often), *poor)),
        Rule("lost_occasional", Text("occasionnels devenus silencieux", "occasional customers gone silent"),
             (silent, Bound("orders", 2, often), *poor)),
        Rule("lost_once", Text("venus une seule fois", "came only once"), (silent, Bound("orders", None, 2), *poor)),
    ]  # fmt: skip
    if rich:
        rules.insert(0, Rule("lost_value", Text("gros clients devenus silencieux", "big customers gone silent"), (silent, *rich)))
    return rules


def _money_column(study: Study) -> str | None:
    spent = study.database.row("SELECT count(*) FILTER (amount > 0) FROM customers")[0]
    return "amount" if spent else None


def _tenure_rules(study: Study) -> RuleSet:
    paid, cut, told = study.database.row(
        "SELECT count(*) FILTER (monthly_amount > 0),"
        " quantile_cont(monthly_amount, 0.5) FILTER (lost IS NOT TRUE AND monthly_amount > 0), count(lost) FROM "
        "customers"
    )
    names: dict[str, tuple[Text, Unit]] = {"tenure_months": (Text("ancienneté", "tenure"), Unit.MONTHS)}
    thresholds = {"new_months": float(_NEW_MONTHS), "established_months": float(_ESTABLISHED_MONTHS)}
    here = (Bound("lost", flag=False),) if told else ()
    bills: tuple[tuple[str, Text, tuple[Bound, ...]], ...] = (("", Text("", ""), ()),)
    if paid and cut:
        thresholds["value"] = bill = _round(cut)
        names["monthly_amount"] = (Text("facture mensuelle", "monthly bill"), Unit.MONEY)
        bills = (
            ("_high", Text(", forte facture", ", high bill"), (Bound("monthly_amount", bill),)),
            ("_low", Text(", petite facture", ", low bill"), (Bound("monthly_amount", None, bill),)),
        )
    ages = (
        ("recent", Text("récents", "recent"), Bound("tenure_months", None, _NEW_MONTHS)),
        ("settled", Text("installés", "settled"), Bound("tenure_months", _NEW_MONTHS, _ESTABLISHED_MONTHS)),
        ("old", Text("de longue date", "long-standing"), Bound("tenure_months", _ESTABLISHED_MONTHS)),
    )
    rules = [
        Rule(f"{code}{suffix}", Text(name.fr + said.fr, name.en + said.en), (*here, age, *bill_bounds))
        for code, name, age in ages for suffix, said, bill_bounds in bills
    ]  # fmt: skip
    if told:
        gone = Bound("lost", flag=True)
        rules += [Rule(f"gone{suffix}", Text(f"partis{said.fr}", f"gone{said.en}"), (gone, *b)) for suffix, said, b in bills]
    money = "monthly_amount" if paid and cut else None
    return RuleSet((*rules, _UNKNOWN), names, money, False, thresholds)


def _round(value: float) -> float:
    """Two significant figures: a threshold one can remember, and that a few new rows do not move."""
    number = float(value)
    if number <= 0:
        return number
    unit = 10.0 ** (floor(log10(number)) - 1)
    return round(round(number / unit) * unit, 6)


def _bound_words(bound: Bound, units: Mapping[str, tuple[Text, Unit]]) -> Sentence:
    if bound.flag is not None:
        return say("parti", "gone") if bound.flag else say("encore client", "still a customer")
    name, unit = units[bound.column]
    if bound.column == "recency_days":
        if bound.high is not None:
            return say("dernier achat il y a {days} au plus", "last purchase {days} ago at most",
                       days=Threshold(bound.high - 1, unit))  # fmt: skip
        return say("silencieux depuis plus de {days}", "silent for more than {days}",
                   days=Threshold((bound.low or 1) - 1, unit))  # fmt: skip
    if bound.column == "orders" and bound.low == 2 and bound.high == 3:
        return say("deux commandes", "two orders")
    if bound.column == "orders" and bound.high == 2:
        return say("une seule commande", "a single order")
    low = None if bound.low is None else Threshold(bound.low, unit)
    high = None if bound.high is None else Threshold(bound.high, unit)
    if low is not None and high is not None:
        return say("{name} : de {low} à moins de {high}", "{name}: from {low} to less than {high}", name=name, low=low,
                   high=high)  # fmt: skip
    if low is not None:
        return say("{name} : {low} ou plus", "{name}: {low} or more", name=name, low=low)
    return say("{name} : moins de {high}", "{name}: less than {high}", name=name, high=Threshold(bound.high or 0, unit))


_NEVER = Rule("never", Text("jamais acheté", "never bought"), (Bound("recency_days", missing=True),))
_UNKNOWN = Rule("unknown", Text("données incomplètes", "incomplete data"), ())
