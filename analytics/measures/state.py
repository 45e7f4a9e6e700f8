"""The state of a customer: seven words, one plain rule each, written once as SQL over the columns of `customers`.

The rules are read in order; the first that holds names the state.

Customers known by their purchases:

1. lost: the definition of lost says so.
2. returned: bought again, less than one lost threshold ago, after a silence longer than it.
3. new: bought on one day only, no longer ago than half of those who come back take to do so (three months at least).
4. drifting: silent for longer than nine in ten of their own intervals between purchases. A customer with few intervals
   borrows from the base (as if `BORROWED_GAPS` intervals at the base's ninth decile had been seen).
5. growing: at least `GROWING_ORDERS` orders, and `GROWTH` times more spent over the last twelve months than over the
   twelve before, for as long as they were already a customer then (three months at least).
6. loyal: at least `LOYAL_ORDERS` orders, and spending kept up (not under `DECLINE` times the twelve months before).
7. routine: the rest: still in rhythm, but few orders, or less and less spent.

Customers known by a contract or a label: lost as above; new before `NEW_MONTHS` months; loyal from `LOYAL_MONTHS`
months; routine between. Growing, drifting and returned cannot be told.

Customers known by their visits, log-ins or other acts (nothing sold is told): lost, returned, new and drifting as by
purchases, from the days they were seen; the others are loyal from `LOYAL_MONTHS` months of relation, routine before.

A customer who never bought (no purchase that counts, or a count of nought) has no state (NULL), unless a contract or a label tells;
nor has one who was never seen, where customers are known by what they do.
"""

from __future__ import annotations

from datetime import date, timedelta

from analytics.customers.customer_table import Rhythm
from analytics.customers.statements import years_before
from vocabulary.estimate import Threshold, Unit

NEW_DAYS_AT_LEAST = 90
BORROWED_GAPS = 3
GROWING_ORDERS = 3
GROWTH = 1.2
DECLINE = 0.8
LOYAL_ORDERS = 4
GROWTH_NEEDS_DAYS = 90
NEW_MONTHS = 6
LOYAL_MONTHS = 24
DEFAULT_GAP = 365  # nobody ever bought twice: a year of silence is the least that can mean something


def state_sql(rhythm: Rhythm, day: date) -> str:
    """Write the rules as one CASE over `gone` (the definition of lost) and the fixed columns of `customers`.

    Args:
        rhythm: the base's own pace.
        day: the date looked from.
    """
    contract = _by_tenure()
    if rhythm.lived:
        seen = f"WHEN silent_days IS NOT NULL THEN {_by_signs(rhythm, day)}"
        return f"CASE WHEN gone THEN 'lost' {seen} WHEN monthly_amount IS NOT NULL THEN {contract} END"
    purchases = _by_purchases(rhythm, day)
    bought = "COALESCE(orders, 0) > 0 AND recency_days IS NOT NULL"
    known = "gone IS NOT NULL OR monthly_amount IS NOT NULL"
    if not rhythm.transactional:  # a count of nought purchases says the same as no line in a file of purchases
        known += " OR COALESCE(orders, 1) > 0 OR amount > 0 OR last_purchase IS NOT NULL"
    return f"CASE WHEN gone THEN 'lost' WHEN {bought} THEN {purchases} WHEN {known} THEN {contract} END"


def new_days(rhythm: Rhythm) -> int:
    """How long a customer of one purchase is still new, in days."""
    days = max(NEW_DAYS_AT_LEAST, round(rhythm.second_gap or 0))
    return days if rhythm.silence is None else min(days, rhythm.silence)


def thresholds(rhythm: Rhythm) -> dict[str, Threshold]:
    """The figures the states rest on, to be shown beside them."""
    shown = {
        "new_days": Threshold(new_days(rhythm), Unit.DAYS),
        "usual_gap": Threshold(rhythm.p90_gap or DEFAULT_GAP, Unit.DAYS),
        "growth": Threshold(GROWTH - 1, Unit.RATIO),
        "loyal_orders": Threshold(LOYAL_ORDERS, Unit.ORDERS),
        "new_months": Threshold(NEW_MONTHS, Unit.MONTHS),
        "loyal_months": Threshold(LOYAL_MONTHS, Unit.MONTHS),
    }
    if rhythm.silence is not None:
        shown["silence"] = Threshold(rhythm.silence, Unit.DAYS)
    return shown


def _by_signs(rhythm: Rhythm, day: date) -> str:
    return (
        f"CASE WHEN COALESCE({_returned(rhythm, day)}, FALSE) THEN 'returned'"
        f" WHEN sign_days = 1 AND silent_days <= {new_days(rhythm)} THEN 'new'"
        f" WHEN silent_days > {_usual(rhythm, 'sign_days', 'usual_gap')} THEN 'drifting'"
        f" WHEN tenure_months >= {LOYAL_MONTHS} THEN 'loyal' ELSE 'routine' END"
    )


def _returned(rhythm: Rhythm, day: date) -> str:
    return "FALSE" if rhythm.silence is None else f"DATE_DIFF('day', came_back, {_day(day)}) <= {rhythm.silence}"


def _usual(rhythm: Rhythm, days: str, own: str) -> str:
    """The ninth decile of a customer's own intervals, with some of the base's where they have few."""
    gap = rhythm.p90_gap or DEFAULT_GAP
    gaps = f"GREATEST(COALESCE({days}, 1) - 1, 0)"
    return f"(({gaps} * COALESCE({own}, 0) + {BORROWED_GAPS} * {gap}) / ({gaps} + {BORROWED_GAPS}))"


def _by_purchases(rhythm: Rhythm, day: date) -> str:
    usual, returned = _usual(rhythm, "purchase_days", "p90_gap"), _returned(rhythm, day)
    year_ago = years_before(day, 1)
    year = (year_ago - years_before(day, 2)).days
    seen = f"LEAST(DATE_DIFF('day', first_purchase, {_day(year_ago)}), {year})"
    before = f"(amount_prev_12m * {float(year)} / NULLIF({seen}, 0))"
    settled = f"first_purchase <= {_day(year_ago - timedelta(days=GROWTH_NEEDS_DAYS))}"
    return (
        f"CASE WHEN COALESCE({returned}, FALSE) THEN 'returned'"
        f" WHEN COALESCE(purchase_days, orders) = 1 AND recency_days <= {new_days(rhythm)} THEN 'new'"
        f" WHEN recency_days > {usual} THEN 'drifting'"
        f" WHEN orders >= {GROWING_ORDERS} AND {settled} AND amount_prev_12m > 0"
        f" AND amount_12m > {GROWTH} * {before} THEN 'growing'"
        f" WHEN orders >= {LOYAL_ORDERS} AND NOT COALESCE({settled} AND amount_12m < {DECLINE} * {before}, FALSE)"
        f" THEN 'loyal' ELSE 'routine' END"
    )


def _by_tenure() -> str:
    return (
        f"CASE WHEN tenure_months < {NEW_MONTHS} THEN 'new'"
        f" WHEN tenure_months >= {LOYAL_MONTHS} THEN 'loyal' ELSE 'routine' END"
    )


def _day(day: date) -> str:
    return f"DATE '{day.isoformat()}'"
