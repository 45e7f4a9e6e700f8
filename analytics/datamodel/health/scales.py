"""What a column can hold: the scale its role or its header promises, and nothing where they promise none."""

from __future__ import annotations

import re

from analytics.datamodel.headers import plain, words_of
from analytics.datamodel.health.context import Place
from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import Role

_BY_ROLE: dict[Role, tuple[float, float]] = {
    Role.NPS: (0, 10), Role.AGE: (0, 120), Role.TENURE: (0, 100_000), Role.FREQUENCY: (0, 1_000_000),
    Role.RECENCY: (0, 100_000), Role.DISTANCE: (0, 20_100), Role.AGE_OBSERVED: (0, 100_000),
    Role.LAST_PURCHASE_AGE: (0, 100_000),
}  # fmt: skip
_COUNTED = (Role.USAGE_COUNT, Role.SEATS, Role.COMPLAINT)
_MEASURED = (Role.MEASURE, Role.DISCOUNT, Role.ATTRIBUTE, Role.OPENED, Role.CLICKED)
_PERCENT = frozenset("% pct percent percentage pourcentage pourcent".split())
_OF_A_WHOLE = re.compile(
    r"\b(taux|rate|part|share)\b.*\b(ouverture|clics?|remise|remplissage|satisfaction|presence|reponse|utilisation|open|click|discount"
    r"|usage|response|attendance|fill)\b|\b(open|click|discount|response|usage|fill|attendance)\b.*\b(rate|share)\b"
)
_NO_WHOLE = re.compile(
    r"\b(croissance|evolution|variation|growth|change|progression|roi|retour|return|marge|margin|markup|ecart|interet|interest|vs"
    r"|objectif|target|atteinte|achievement|nps)\b"
)
_LASTING = re.compile(
    r"\b(duree|durees|duration|anciennete|tenure|seniority|attente|waiting|wait|temps passe|time spent|session|sessions|minutes"
    r"|secondes|seconds|handling)\b"
)
_BOTH_WAYS = re.compile(r"\b(ecart|retard|avance|delay|late|until|avant|before|reste|restant|remaining|left|diff|difference|variation)\b")
_COUNTS = re.compile(r"^(nb|nombre|nbr|number|num|count|n)\b|\b(count)$")


def scale_of(place: Place) -> tuple[float | None, float | None]:
    """The least and the most a column of numbers can hold; None on a side that nothing bounds.

    A scale of ratings is not said here: only the values tell whether it is of five or of ten.
    """
    role, column = place.binding.role, place.column
    if column.type is not ColumnType.NUMBER:
        return None, None
    if role in _BY_ROLE:
        return _BY_ROLE[role]
    if role in _COUNTED:
        return 0, None
    if role not in _MEASURED:
        return None, None
    words = " ".join(words_of(column.name)) or plain(column.name)
    if "nps" in words.split():
        return _BY_ROLE[Role.NPS]
    if _is_share(words):
        return 0, 1 if "percent" in column.habit else 100
    counted = _COUNTS.search(words) or _LASTING.search(words)
    return (0, None) if counted and not _BOTH_WAYS.search(words) else (None, None)


def _is_share(words: str) -> bool:
    """Whether a header promises a share of a whole, which has no more than a hundred in a hundred."""
    if _NO_WHOLE.search(words):
        return False
    return not _PERCENT.isdisjoint(words.split()) or _OF_A_WHOLE.search(words) is not None
