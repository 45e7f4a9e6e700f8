"""« Plus de deux fois » and "only once" count orders."""

import pytest

from assistant.embedded.planner import EmbeddedPlanner
from assistant.planner import Dialogue


@pytest.mark.parametrize(
    ("question", "language", "operator", "value"),
    [
        ("Combien de clients ont acheté plus de deux fois ?", "fr", ">", 2),
        ("How many customers bought more than twice?", "en", ">", 2),
        ("Combien de clients ont acheté au moins 3 fois ?", "fr", ">=", 3),
        ("How many customers bought only once?", "en", "=", 1),
    ],
)
def test_times_are_orders(shop, question, language, operator, value):
    (step,) = EmbeddedPlanner().read(question, language, Dialogue(()), shop).steps
    assert step.analysis == "explore"
    assert list(step.arguments["segment"]) == [{"field": "orders", "operator": operator, "values": [value]}]
