"""A rate of departure split by a column over the year just told: the groups are of that year too, and not of every customer ever."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from analytics.explore.fields import is_purchase_field
from analytics.measures.dates import months_before
from analytics.measures.departures import period_rates
from analytics.study import Study
from assistant.embedded.arguments import Prepared


def over_the_same_period(step: Prepared, study: Study) -> Prepared:
    """« Taux annuel », « par formule »: the rate of each group in the last year judged; what cannot be told so is said to be left out.

    Args:
        step: what was read.
        study: the data.
    """
    held = step.arguments
    if step.analysis != "churn_rate" or "by" not in held or "period" not in held:
        return step
    rates = period_rates(study, "year") if held["period"] == "year" and not is_purchase_field(study, str(held["by"])) else ()
    if not rates:
        kept = {key: value for key, value in held.items() if key != "period"}
        return replace(step, arguments=kept, left_out=tuple(dict.fromkeys((*step.left_out, "time"))))
    start = rates[-1].start
    end = months_before(start, -12) - timedelta(days=1)
    query = {"measure": "lost_rate", "by": [held["by"]], "period": {"start": start.isoformat(), "end": end.isoformat()}}
    return replace(step, analysis="explore", arguments={**query, **({"segment": held["segment"]} if "segment" in held else {})})
