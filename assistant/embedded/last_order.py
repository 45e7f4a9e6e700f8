"""« Le taux de départ de ceux dont la dernière commande a été remplacée »: a condition on the last order, and not on any order ever made."""

from __future__ import annotations

import re
from dataclasses import replace

from analytics.customers.last_orders import LAST_ORDER
from analytics.study import Study
from assistant.embedded.arguments import Prepared
from assistant.embedded.text import plain

_LAST = re.compile(
    r"\b(?:last|latest|most recent)\b.{0,12}\b(?:orders?|purchases?|deliver\w*|parcels?|baskets?)\b"
    r"|\bdernier\w*\b.{0,12}\b(?:commandes?|achats?|livraisons?|colis|paniers?)\b"
)


def of_last_order(step: Prepared, question: str, study: Study) -> Prepared:
    """The step with its conditions on purchases put on the last order of each customer, when the question says so.

    What only purchases tell splits a rate of departures instead: each customer is then counted once, by the last order.

    Args:
        step: as read.
        question: as typed.
        study: the data, for what is known of last orders.
    """
    asked = step.arguments.get("purchase_filter")
    if step.analysis != "explore" or not asked or _LAST.search(plain(question)) is None:
        return step
    known = {attribute.name for attribute in study.attributes}
    of_last = [one for one in asked if f"{LAST_ORDER}{one['field']}" in known]
    left = [one for one in asked if one not in of_last]
    arguments = {name: value for name, value in step.arguments.items() if name != "purchase_filter"}
    if of_last:
        moved = [{**one, "field": f"{LAST_ORDER}{one['field']}"} for one in of_last]
        arguments["segment"] = [*arguments.get("segment", ()), *moved]
    if left and arguments.get("measure") == "lost_rate" and not arguments.get("by"):
        arguments["by"], left = [left[0]["field"]], left[1:]
    if left:
        arguments["purchase_filter"] = left
    return replace(step, arguments=arguments)
