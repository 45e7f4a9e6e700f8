"""Extremes come back towards the middle by themselves: a fall of the best or a rise of the worst proves nothing."""

from __future__ import annotations

from analytics.datamodel.health import HealthCode
from analytics.datamodel.model import Effect, HealthCheck
from analytics.measures.defects.base import Base, caution
from vocabulary.estimate import Estimate, Unit
from vocabulary.sentence import say

_LEAST = 100
_FALL = 0.1

_CHANGES = """
WITH seen AS (
    SELECT CAST(amount_prev_12m AS DOUBLE) AS before, CAST(amount_12m AS DOUBLE) AS after
    FROM customers WHERE first_purchase <= $day - INTERVAL 2 YEAR AND amount_prev_12m > 0 AND NOT COALESCE(lost, FALSE)
),
ranked AS (SELECT before, after, PERCENT_RANK() OVER (ORDER BY before) AS place FROM seen)
SELECT COUNT(*), SUM(after) / SUM(before) - 1,
       SUM(after) FILTER (place >= 0.9) / SUM(before) FILTER (place >= 0.9) - 1,
       SUM(after) FILTER (place <= 0.2) / SUM(before) FILTER (place <= 0.2) - 1,
       COUNT(*) FILTER (place >= 0.9)
FROM ranked
"""


def check(base: Base) -> list[HealthCheck]:
    """The best tenth of the year before fell, and the last fifth rose, beside all customers who stayed."""
    if "purchases" not in base.reduction.tables:
        return []
    n, everyone, best, last, top = base.database.row(_CHANGES, {"day": base.model.as_of})
    if n < _LEAST or best is None or last is None:
        return []
    if best - everyone > -_FALL or last - everyone < _FALL:
        return []
    kept = Estimate("change_of_the_best", best, Unit.RATIO, n=top, method="best tenth of the year before")
    without = Estimate("change_of_all", everyone, Unit.RATIO, n=n, method="all customers who stayed")
    said = say(
        "Dépense des meilleurs clients de l’an passé : {kept} en un an ; de tous : {without}.",
        "Spending of last year’s best customers: {kept} in a year; of all: {without}.",
        kept=kept, without=without,
    )  # fmt: skip
    detail = say(
        "Les meilleurs d’une année baissent et les moins bons remontent d’eux-mêmes l’année suivante : gardez un groupe témoin "
        "avant d’y voir l’effet d’une action.",
        "The best of a year fall and the least good rise by themselves the year after: keep a control group before seeing "
        "there the effect of an action.",
    )
    return [caution(HealthCode.REGRESSION_TO_MEAN, int(top), detail, Effect("change", kept, without, said))]
