"""Beside a count of customers of the files, how many of them are still here: « combien de clients avons-nous ? », « combien à Lyon ? »."""

from __future__ import annotations

from dataclasses import replace

from analytics.explore.parameters import ExploreParameters
from analytics.study import Study
from vocabulary.estimate import Estimate, Unit
from vocabulary.finding import Finding
from vocabulary.sentence import say

_ALREADY = frozenset({"lost", "lost_on", "state"})  # it is said of all of them


def with_those_still_here(study: Study, parameters: ExploreParameters, found: Finding) -> Finding:
    """The finding, its headline saying how many are still here where the files tell who left.

    Args:
        study: the data.
        parameters: a count of customers, all of them or some.
        found: what is said of it.
    """
    if parameters.by or parameters.period is not None or parameters.compare is not None:
        return found
    if any(condition.field in _ALREADY for condition in study.segment.conditions):
        return found
    where, given = study.who()
    here, gone = study.row(f"SELECT count(*) FILTER (lost IS FALSE AND finished_on IS NULL), count(*) FILTER (lost) FROM customers WHERE {where}", given)
    if not gone or not (here or parameters.segment):
        return found
    total = found.measures[0]
    if parameters.segment:
        counted = Estimate("customers_still_here", int(here), Unit.COUNT, total.n, method="exact")
        told = say("Dont encore là au {day} : {here}.", "Of whom still here on {day}: {here}.", here=counted, day=study.as_of)
        return replace(found, facts=(told, *found.facts))
    said = say(
        "Nombre de clients : {total}, dont {here} encore là au {day}.", "Number of customers: {total}, of whom {here} are still here on {day}.",
        total=total, here=Estimate("customers_still_here", int(here), Unit.COUNT, total.n, method="exact"), day=study.as_of,
    )  # fmt: skip
    return replace(found, claim=said)
