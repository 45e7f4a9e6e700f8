"""Too few departures, or too few who stayed, to name a cause."""

from __future__ import annotations

from analytics.datamodel.health import HealthCode
from analytics.datamodel.model import HealthCheck
from analytics.measures.defects.base import Base, caution
from analytics.statistics.intervals import wilson
from vocabulary.estimate import Unit
from vocabulary.sentence import say
from vocabulary.themes import Severity

_GROUP = 30  # fewer cases than that in a group say nothing of it
_BY_FACTOR, _MOST_FACTORS = 10, 10  # cases a factor tested, over the factors a manager would look at


def check(base: Base) -> list[HealthCheck]:
    """The rarer outcome has under thirty cases, or under ten for each of the first ten factors at hand."""
    gone, known = base.lost()
    rarer = min(gone, known - gone)
    factors = min(len([a for a in base.reduction.attributes if not a.derived]), _MOST_FACTORS)
    if not known or rarer >= max(_GROUP, _BY_FACTOR * factors):
        return []
    detail = say(
        "Perdus : {rate:n} clients comptés, {rate} (plausible : {rate:interval}). C’est trop peu de cas pour désigner une "
        "cause parmi d’autres.",
        "Lost: {rate} of {rate:n} customers (plausible: {rate:interval}). These are too few cases to name one cause among "
        "others.",
        rate=wilson(gone, known).estimate("lost_rate", Unit.RATIO),
    )
    severity = Severity.WARNING if rarer < _GROUP else Severity.INFO
    return [caution(HealthCode.FEW_EVENTS, rarer, detail, severity=severity)]
