"""What was sold to nobody known: in the revenue, in no figure told by customer, and said beside both."""

from __future__ import annotations

from dataclasses import replace

from analytics.explore.limits import without_customer
from analytics.explore.measures import BASKETS, SOLD
from analytics.explore.parameters import ExploreParameters
from analytics.study import Study
from vocabulary.estimate import Estimate, Unit
from vocabulary.finding import Finding
from vocabulary.language import Text
from vocabulary.sentence import Sentence, say

KNOWN_REVENUE = Text("chiffre d’affaires des clients connus", "revenue from known customers")

UNNAMED = ("orders", "quantity", "sum")  # told beside themselves; a share or a price beside the revenue
_OF_KNOWN = BASKETS | {"orders", "quantity_per_order"}


def known_only(study: Study, parameters: ExploreParameters, title: Text) -> Text:
    """The title of what is told of orders, where some of them are left out since they name nobody."""
    if parameters.measure not in _OF_KNOWN or parameters.segment or "unnamed_purchases" not in study.tables:
        return title
    return Text(f"{title.fr} des clients connus", f"{title.en} of known customers")


def included(finding: Finding, parameters: ExploreParameters, unnamed: Estimate) -> Finding:
    """The finding of all purchases, with what of it was sold to nobody known: in its claim when it is one total.

    Args:
        finding: what was sold in all purchases, or shares of the revenue.
        parameters: the query.
        unnamed: the same of the purchases that name no customer, under the same conditions.
    """
    if not unnamed.value:
        return finding
    part = replace(unnamed, name=f"{unnamed.name}_without_customer")
    if parameters.by or parameters.per or parameters.compare or parameters.measure not in ("amount", *UNNAMED):
        told = say(
            "Ventes sans client connu, comprises dans l’ensemble : {part}.", "Sales without a known customer, included in the whole: {part}.",
            part=part,
        )  # fmt: skip
        return replace(finding, measures=(*finding.measures, part), caveats=(told, *finding.caveats))
    claim = say(
        "{claim} Dont {part} sans client connu.", "{claim} Of which {part} without a known customer.", claim=finding.claim, part=part
    )
    return replace(finding, claim=claim, measures=(*finding.measures, part))


def left_out(study: Study, parameters: ExploreParameters) -> tuple[Sentence, ...]:
    """How many lines name nobody, wherever something sold is told without them."""
    if parameters.measure not in SOLD or "purchases" not in study.tables or not (lines := without_customer(study)):
        return ()
    count = Estimate("lines_without_customer", lines, Unit.COUNT, method="exact")
    return (
        say(
            "Lignes d’achat sans client identifié, laissées de côté : {count}.",
            "Purchase lines with no customer identified, left out: {count}.",
            count=count,
        ),
    )
