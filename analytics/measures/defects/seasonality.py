"""Customers who buy once a year, at the same season: their silence between two seasons is no departure."""

from __future__ import annotations

import math
from datetime import timedelta

from analytics.datamodel.health import HealthCode
from analytics.datamodel.model import Effect, HealthCheck, LostBasis
from analytics.measures.defects.base import Base, caution
from analytics.statistics.intervals import wilson
from analytics.workspace import literal
from vocabulary.estimate import Estimate, Unit
from vocabulary.sentence import say
from vocabulary.themes import Severity

SEASON_DAYS = 75  # a season, and the days by which a feast moves
_SHARE = 0.1
_LEAST = 20
_HISTORY = 700  # days
_SURE = 4  # standard deviations of the number that chance makes
_GAP = 250  # days: from one season to the next there are at least as many

# Customers who came back, all of whose purchases stand in one season of the year, seen at least twice.
SEASONAL = f"""
    SELECT customer_key FROM (
        SELECT customer_key, COUNT(DISTINCT day) AS days, MIN(day) AS first, MAX(day) AS last,
               QUANTILE_CONT(turn, 0) AS low, QUANTILE_CONT(turn, 1) AS high,
               QUANTILE_CONT(half, 0) AS half_low, QUANTILE_CONT(half, 1) AS half_high
        FROM (SELECT customer_key, day, DAYOFYEAR(day) AS turn, (DAYOFYEAR(day) + 183) % 366 AS half
              FROM purchases WHERE kept AND COALESCE(amount, 0) >= 0)
        GROUP BY customer_key)
    WHERE last - first >= {_GAP} AND LEAST(high - low, half_high - half_low) <= {SEASON_DAYS}"""


def check(base: Base) -> list[HealthCheck]:
    """A tenth of those who came back a season later only ever buy in one season, beyond what chance makes."""
    if "purchases" not in base.reduction.tables:
        return []
    span = base.database.row("SELECT MAX(day) - MIN(day) FROM purchases WHERE kept")[0]
    if span is None or span < _HISTORY:  # two seasons of all customers at least: else a wave of newcomers looks like one
        return []
    # k days of a year taken at random all stand in a season with probability k (season / year)^(k - 1)
    seen, long_lived, by_chance = base.database.row(
        f"SELECT COUNT(*) FILTER (customer_key IN ({SEASONAL})), COUNT(*),"
        f" SUM(LEAST(1, purchase_days * POWER({SEASON_DAYS} / 365.0, purchase_days - 1)))"
        f" FROM customers WHERE last_purchase - first_purchase >= {_GAP}"
    )
    seasonal = round(seen - float(by_chance or 0))
    if not long_lived or seasonal < max(_LEAST, _SHARE * long_lived, _SURE * math.sqrt(float(by_chance or 0))):
        return []
    effect = _effect(base)
    detail = say(
        "{share} des clients fidèles depuis plus d’une saison n’achètent qu’à la même saison : leur silence entre deux "
        "saisons est normal.",
        "{share} of customers of more than one season buy in the same season only: their silence between two seasons is "
        "normal.",
        share=Estimate("seasonal_share", seasonal / long_lived, Unit.RATIO, n=long_lived, method="beyond chance"),
    )
    severity = Severity.WARNING if effect is not None else Severity.INFO
    lines = f"SELECT customer_id, orders, first_purchase, last_purchase FROM customers WHERE customer_key IN ({SEASONAL})"
    return [caution(HealthCode.SEASONALITY, int(seasonal), detail, effect, lines=lines, severity=severity)]


def _effect(base: Base) -> Effect | None:
    """The share lost by the rhythm of the others alone, beside the share lost by the rule kept."""
    lost = base.model.lost
    if lost.basis not in (LostBasis.RHYTHM, LostBasis.DAYS) or lost.days is None:
        return None
    usual = base.database.row(
        f"SELECT QUANTILE_CONT(p90_gap, 0.9) FROM customers WHERE purchase_days > 2 AND customer_key NOT IN ({SEASONAL})"
    )[0]
    days = max(60.0, float(usual or 180.0))
    if days >= lost.days:
        return None
    since = literal(base.model.as_of - timedelta(days=round(days)))
    gone, known = base.database.row(
        f"SELECT COUNT(*) FILTER (last_purchase < {since}), COUNT(*) FROM customers WHERE last_purchase IS NOT NULL"
    )
    ours, ours_known = base.lost()
    if not known or not ours_known:
        return None
    kept = wilson(gone, known).estimate("lost_rate", Unit.RATIO)
    without = wilson(ours, ours_known).estimate("lost_rate", Unit.RATIO)
    effect = Effect("lost_rate", kept, without, say(
        "Au rythme des autres clients, {kept} seraient dits perdus ; au leur, {without}.",
        "By the rhythm of other customers {kept} would be called lost; by their own, {without}.",
        kept=kept, without=without,
    ))  # fmt: skip
    return effect if abs((kept.value or 0) - (without.value or 0)) >= 0.001 else None
