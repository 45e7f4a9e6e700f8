"""A remedy never goes against what the data show."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.guidance import asks_what_to_do
from assistant.plan.rules.remedies import remedy
from vocabulary.themes import Theme


@pytest.mark.parametrize(
    ("condition", "weaned"),
    [
        ({"field": "promo_share", "operator": ">=", "values": [0.6]}, True),
        ({"field": "promo_share", "operator": "<", "values": [0.2]}, False),
        ({"field": "first_on_promo", "operator": "=", "values": [False]}, False),
        ({"field": "first_on_promo", "operator": "=", "values": [True]}, True),
    ],
)
def test_nobody_comes_off_promotion_where_the_least_promoted_leave_more(condition: dict[str, Any], weaned: bool) -> None:
    found = remedy({"theme": Theme.PROMOTION.value, "feature": condition["field"], "lacking": False, "segment": [condition]})
    assert ("weaning-off-promotion" in found.cards) is weaned


def test_a_plan_asked_for_in_a_whole_sentence_is_drawn_from_the_data() -> None:
    assert asks_what_to_do("give me an action plan to reduce churn") and asks_what_to_do("donne-moi un plan d'action pour réduire les départs")
    assert not asks_what_to_do("give me an action plan for our promotions")
