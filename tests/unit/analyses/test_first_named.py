"""The first few of a ranking bear a name: what the files leave unnamed stands after them."""

from analytics.explore.first_ones import in_order
from analytics.explore.parameters import ExploreParameters
from vocabulary.estimate import Estimate, Unit


def _cell(name, value):
    return ((name,), Estimate("amount", value, Unit.MONEY, 100, method="exact"))


CELLS = [_cell("tea", 40.0), _cell(None, 1.0), _cell("cake", 90.0)]


def test_the_lowest_of_a_few_is_named():
    assert [cell[0][0] for cell in in_order(CELLS, (), ExploreParameters(measure="amount", by=("product",), top=1, order="asc"))] == ["tea", "cake", None]


def test_all_groups_are_in_the_order_of_their_figures():
    assert [cell[0][0] for cell in in_order(CELLS, (), ExploreParameters(measure="amount", by=("product",), order="asc"))] == [None, "tea", "cake"]
