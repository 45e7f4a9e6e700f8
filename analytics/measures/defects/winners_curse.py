"""The best and the worst of several groups that may all be alike: the gap is luck, and a ranking would reward it."""

from __future__ import annotations

import numpy as np
from scipy import stats

from analytics.datamodel.health import HealthCode
from analytics.datamodel.model import Effect, HealthCheck
from analytics.measures.defects.base import Base, caution
from analytics.statistics.intervals import newcombe
from analytics.statistics.shrinkage import shrink_rates
from vocabulary.estimate import Estimate, Unit
from vocabulary.sentence import Label, say

_GROUPS, _SIZE = 3, 20
_GAP = 0.08
_CHANCE = 0.01


def check(base: Base) -> list[HealthCheck]:
    """Acquisition channels whose gap a reader would see, and a test of all of them together does not."""
    rows = base.database.rows(
        f"SELECT channel, COUNT(*) FILTER (lost), COUNT(*) FROM customers WHERE lost IS NOT NULL AND channel IS NOT NULL"
        f" GROUP BY 1 HAVING COUNT(*) >= {_SIZE} ORDER BY 1"
    )
    if len(rows) < _GROUPS:
        return []
    gone, sizes = np.array([row[1] for row in rows], float), np.array([row[2] for row in rows], float)
    if not 0 < gone.sum() < sizes.sum():
        return []
    rates = gone / sizes
    best, worst = int(np.argmin(rates)), int(np.argmax(rates))
    gap = float(rates[worst] - rates[best])
    p = float(stats.chi2_contingency(np.array([gone, sizes - gone])).pvalue)
    if gap < _GAP or p < _CHANCE:
        return []
    shrunk = shrink_rates(gone, sizes).intervals
    doubt = newcombe(int(gone[worst]), int(sizes[worst]), int(gone[best]), int(sizes[best]))
    kept = doubt.estimate("gap", Unit.POINTS)
    without = Estimate("gap", shrunk[worst].value - shrunk[best].value, Unit.POINTS, n=int(sizes.sum()),
                       method="beta-binomial shrinkage")  # fmt: skip
    said = say(
        "Écart de départs entre « {best} » et « {worst} » : {kept} à première vue, {without} une fois le hasard retiré.",
        "Gap in departures between “{best}” and “{worst}”: {kept} at first sight, {without} once luck is taken out.",
        best=Label(str(rows[best][0])), worst=Label(str(rows[worst][0])), kept=kept, without=without,
    )  # fmt: skip
    detail = say(
        "Les canaux ne se distinguent pas au-delà du hasard : les classer récompenserait la chance.",
        "Channels do not differ beyond chance: ranking them would reward luck.",
    )
    return [caution(HealthCode.WINNERS_CURSE, len(rows), detail, Effect("gap", kept, without, said))]
