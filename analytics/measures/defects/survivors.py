"""A base in which nobody is silent: an extract of present customers, where silence is what tells who left."""

from __future__ import annotations

from datetime import timedelta

from analytics.datamodel.health import HealthCode
from analytics.datamodel.model import HealthCheck, LostBasis
from analytics.measures.defects.base import Base, caution
from analytics.workspace import literal
from vocabulary.estimate import Estimate, Threshold, Unit
from vocabulary.sentence import say
from vocabulary.themes import Severity

_LEAST = 50  # customers whose relation is old enough for some to have left
_OLD = 2  # thresholds of silence since the first purchase


def check(base: Base) -> list[HealthCheck]:
    """By the customers' own rhythm nobody is lost, though many began long enough ago for some to be."""
    days = base.model.lost.days
    if base.model.lost.basis is not LostBasis.RHYTHM or days is None:
        return []
    gone, known = base.lost()
    began = base.model.as_of - timedelta(days=_OLD * days)
    old = base.lost(f"first_purchase < {literal(began)}")[1]
    if gone or old < _LEAST:
        return []
    detail = say(
        "Aucun des {count} clients n’est resté silencieux plus de {days} : ces fichiers n’ont sans doute que des clients présents ; ils ne "
        "peuvent dire ni combien partent ni pourquoi.",
        "None of the {count} customers has been silent for more than {days}: these files probably hold present customers only; they can "
        "say neither how many leave nor why.",
        count=Estimate("count", known, Unit.CUSTOMERS, n=known), days=Threshold(days, Unit.DAYS),
    )  # fmt: skip
    return [caution(HealthCode.SURVIVORS_ONLY, known, detail, severity=Severity.WARNING)]
