"""How long relations last when many still go on: those that have ended are the shorter ones, and say less than all of them."""

from __future__ import annotations

from datetime import date

from analytics.explore.ended_contracts import until_end
from analytics.explore.parameters import ExploreParameters
from analytics.explore.records_query import followed
from analytics.statistics.survival import kaplan_meier
from analytics.study import Study
from vocabulary.estimate import Estimate, Threshold, Unit
from vocabulary.sentence import Sentence, say

_LEAST = 30  # lines under which no curve is drawn
_YEAR = 365  # days


def counting_those_still_here(study: Study, parameters: ExploreParameters, period: tuple[date, date] | None) -> tuple[Sentence, ...]:
    """What a mean up to the end leaves out, and how long it takes until half have ended, with those still going on counted (Kaplan-Meier).

    Args:
        study: the data.
        parameters: the query.
        period: two days, both included.
    """
    if not until_end(study, parameters):
        return ()
    lines = followed(study, parameters, period)
    ended = sum(over for _, over in lines)
    if not lines or ended == len(lines):
        return ()
    going = Estimate("still_going_on", len(lines) - ended, Unit.COUNT, len(lines), method="exact")
    out = say(
        "{going} sur {going:n} durent encore et ne sont pas dans cette moyenne : elle est celle des plus courts, et sous-estime la durée de tous.",
        "{going} of {going:n} still go on and are not in this mean: it is that of the shorter ones, and understates how long all of them last.",
        going=going,
    )  # fmt: skip
    if len(lines) < _LEAST or not ended:
        return (out,)
    curve = kaplan_meier([length for length, _ in lines], [over for _, over in lines])
    half = curve.median()
    if half is not None:
        told = half.estimate("median_length", Unit.DAYS)
        words = say(
            "En comptant ceux qui durent encore, la moitié dure plus de {half} ({half:interval}).",
            "Counting those that still go on, half of them last longer than {half} ({half:interval}).",
            half=told,
        ) if told.low is not None else say(
            "En comptant ceux qui durent encore, la moitié dure plus de {half}.", "Counting those that still go on, half of them last longer than {half}.", half=told,
        )  # fmt: skip
        return (out, words)
    horizon = int(curve.last // _YEAR) * _YEAR or int(curve.last)
    share = curve.at(horizon)
    if share is None:
        return (out,)
    return (out, say(
        "En comptant ceux qui durent encore, plus de la moitié dure au-delà de ce que l’on a pu suivre : {share} encore là après {days}.",
        "Counting those that still go on, more than half last beyond what could be followed: {share} still here after {days}.",
        share=share.estimate("still_here", Unit.RATIO), days=Threshold(horizon, Unit.DAYS),
    ))  # fmt: skip
