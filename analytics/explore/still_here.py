"""Beside a count of all the customers of the files, how many of them are still here: « combien de clients avons-nous ? »."""

from __future__ import annotations

from dataclasses import replace

from analytics.explore.parameters import ExploreParameters
from analytics.study import Study
from vocabulary.estimate import Estimate, Unit
from vocabulary.finding import Finding
from vocabulary.sentence import say


def with_those_still_here(study: Study, parameters: ExploreParameters, found: Finding) -> Finding:
    """The finding, its headline saying how many are still here where the files tell who left.

    Args:
        study: the data.
        parameters: a count of customers, all of them.
        found: what is said of it.
    """
    if parameters.by or parameters.period is not None or parameters.compare is not None:
        return found
    here, gone = study.row("SELECT count(*) FILTER (lost IS FALSE), count(*) FILTER (lost) FROM customers")
    if not here or not gone:
        return found
    total = found.measures[0]
    said = say(
        "Nombre de clients : {total}, dont {here} encore là au {day}.", "Number of customers: {total}, of whom {here} are still here on {day}.",
        total=total, here=Estimate("customers_still_here", int(here), Unit.COUNT, total.n, method="exact"), day=study.as_of,
    )  # fmt: skip
    return replace(found, claim=said)
