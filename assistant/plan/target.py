"""Who an action is for: a rule, a count, the SQL that gives the list; and what reaching them costs and may bring."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analytics.segment import Segment
from analytics.statistics.uplift import control_size
from analytics.study import Study
from assistant.answer import Range
from vocabulary.estimate import Threshold, Unit
from vocabulary.sentence import Sentence, say

# What a programme usually recovers of what a factor explains. An assumption, shown as such, to be adjusted by a test.
_PART_LOW, _PART_HIGH = 0.1, 0.4
_LEAST_HELD_OUT, _MOST_HELD_OUT = 0.1, 0.5
_WORTH_SEEING = 0.25  # relative change of the base rate a test should be able to see


@dataclass(frozen=True, slots=True)
class Target:
    """Customers still there who match a segment."""

    segment: tuple[Mapping[str, Any], ...]
    sql: str
    count: int
    value: float | None  # yearly revenue they hold


def target(study: Study, conditions: Sequence[Mapping[str, Any]], *, present: bool = True) -> Target:
    """Count the customers of a segment; `present` keeps those not lost.

    Raises:
        UserError: a condition on a column that does not exist.
    """
    rows = [*conditions, {"field": "lost", "operator": "=", "values": [False]}] if present else list(conditions)
    segment = Segment.from_json(rows)
    where, given = segment.sql(study.attributes)
    count, value = study.database.row(
        "SELECT count(*), sum(coalesce(monthly_amount * 12, amount_12m)) "
        f"FROM customers WHERE {where}", given,
    )  # fmt: skip
    sql = f"SELECT customer_id FROM customers WHERE {segment.display_sql(study.attributes)} ORDER BY customer_id"
    return Target(tuple(rows), sql, int(count), None if value is None else float(value))


def action_id(name: str, target: Target) -> str:
    """A stable name: the rule's, and a hash of whom it targets."""
    seed = json.dumps([name, [dict(row) for row in target.segment]], sort_keys=True, default=str)
    return f"{name}-{hashlib.sha256(seed.encode()).hexdigest()[:8]}"


def held_out(count: int, base_rate: float) -> int:
    """How many to leave alone, drawn at random, so that the effect can be told: a tenth to a half of the target.

    Args:
        count: customers targeted.
        base_rate: share expected to leave (or to return) without the action, 0..1.
    """
    if count < 2:
        return 0
    rate = min(max(base_rate, 0.01), 0.7)  # a rise must stay a share
    wanted = control_size(rate, rate * _WORTH_SEEING) or count
    return int(min(max(wanted, math.ceil(_LEAST_HELD_OUT * count)), math.floor(_MOST_HELD_OUT * count)))


def kept_range(low: float, high: float, *, unit: Unit = Unit.CUSTOMERS) -> Range:
    """What an action may keep: a part of what the factor explains, between its interval's bounds."""
    basis = say(
        "Hypothèse à ajuster : un programme récupère {low} à {high} de ce que ce facteur explique ; un test le dira.",
        "An assumption to adjust: a programme recovers {low} to {high} of what this factor explains; a test will tell.",
        low=Threshold(_PART_LOW, Unit.RATIO), high=Threshold(_PART_HIGH, Unit.RATIO),
    )  # fmt: skip
    return Range(round(max(0.0, low) * _PART_LOW, 1), round(max(0.0, high) * _PART_HIGH, 1), unit.value, basis)


def contact_cost(count: int, low: float, high: float) -> Range:
    """What reaching `count` customers costs, from a cost per customer in the file's own currency."""
    basis = say(
        "Hypothèse à ajuster : entre {low} et {high} par client contacté, temps passé compris.",
        "An assumption to adjust: between {low} and {high} per customer contacted, time included.",
        low=Threshold(low, Unit.MONEY), high=Threshold(high, Unit.MONEY),
    )  # fmt: skip
    return Range(round(count * low), round(count * high), Unit.MONEY.value, basis)


def stop_rule() -> Sentence:
    """When to stop: the same words for all actions with a held-out group."""
    return say(
        "Arrêter si, au terme prévu, le groupe contacté ne fait pas mieux que le groupe témoin.",
        "Stop if, at the planned end, the group contacted does no better than the control group.",
    )
