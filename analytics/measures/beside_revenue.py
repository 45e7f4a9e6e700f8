"""What is said beside a whole revenue: the lists of sales it adds up, and the money that may stand in it twice."""

from __future__ import annotations

from analytics.measures.gift_cards import gift_cards
from analytics.measures.prepaid import prepaid
from analytics.measures.sales_lists import sales_lists_said
from analytics.study import Study
from vocabulary.sentence import Sentence


def beside_revenue(study: Study) -> tuple[Sentence, ...]:
    """Sentences for a revenue that nothing restricts, the one that matters most first.

    Args:
        study: the data.
    """
    return tuple(said for said in (sales_lists_said(study), prepaid(study), gift_cards(study)) if said is not None)
