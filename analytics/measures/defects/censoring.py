"""Relations still going on: the mean life of those who left says nothing of the life of all."""

from __future__ import annotations

import numpy as np

from analytics.datamodel.health import HealthCode
from analytics.datamodel.model import Effect, HealthCheck
from analytics.measures.defects.base import Base, caution
from analytics.measures.lifetime import lifetime
from analytics.statistics.intervals import mean_interval
from analytics.statistics.survival import kaplan_meier
from vocabulary.estimate import Estimate, Unit
from vocabulary.sentence import say

_LEAST = 30
_FAR = 0.8  # the mean among those who left, beside the median of all


def check(base: Base) -> list[HealthCheck]:
    """The mean life of those who left is under four fifths of the median life of all, present customers counted.

    Lives are counted as every curve counts them (`measures/lifetime.py`): under a rule of silence, who is here was last seen
    alive one silence ago; and where nothing dates the departures of a label, there is no life to tell.
    """
    life = lifetime(base.study())
    if life is None:
        return []
    table = base.database.arrow(
        f"SELECT CAST({life.left} AS INTEGER) AS gone, CAST({life.months} AS DOUBLE) AS months FROM customers"
        f" WHERE {life.known} ORDER BY customer_key"
    )
    gone = np.asarray(table.column("gone")).astype(bool)
    months = np.asarray(table.column("months"), dtype=float)
    usable = np.isfinite(months) & (months >= 0)
    gone, months = gone[usable], months[usable]
    if min(int(gone.sum()), int((~gone).sum())) < _LEAST:
        return []
    curve = kaplan_meier(months, gone)
    median = curve.median()
    naive = mean_interval(months[gone]).estimate("mean_life_of_leavers", Unit.MONTHS)
    if naive.value is None:
        return []
    if median is None:  # half of them have not left yet: the life of all is longer than what was seen
        longest = float(months.max())
        without = Estimate("median_life", longest, Unit.MONTHS, n=int(gone.size), method="Kaplan-Meier, not reached")
    else:
        without = median.estimate("median_life", Unit.MONTHS)
    if without.value is None or naive.value >= _FAR * without.value:
        return []
    said = say(
        "Durée moyenne de ceux qui sont partis : {kept} ; durée médiane de tous, présents compris : {without}.",
        "Mean life of those who left: {kept}; median life of all, present customers included: {without}.",
        kept=naive, without=without,
    ) if median is not None else say(
        "Durée moyenne de ceux qui sont partis : {kept} ; plus de la moitié de tous dépassent {without}.",
        "Mean life of those who left: {kept}; more than half of all outlive {without}.",
        kept=naive, without=without,
    )  # fmt: skip
    detail = say(
        "Beaucoup de relations sont encore en cours : juger leur durée sur les seuls départs la raccourcit.",
        "Many relations are still going on: judging their length by departures alone shortens it.",
    )
    left, known = base.lost()
    return [caution(HealthCode.CENSORING, known - left, detail, Effect("length_of_relation", naive, without, said))]
