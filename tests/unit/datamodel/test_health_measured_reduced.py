"""How many defects of the reduced tables are found, and how many clean twins raise an alarm (threats.md, section 5)."""

from __future__ import annotations

import numpy as np
import pytest

from tests.unit.datamodel.measure.count import SEEDS
from tests.unit.datamodel.measure.publish import published
from tests.unit.datamodel.measure.reduced import REDUCED, ReducedCase, checks_of, measured, seasonal


@pytest.mark.parametrize("case", REDUCED, ids=lambda case: case.title)
def test_the_light_count_of_each_reduced_detector(case: ReducedCase) -> None:
    """Six planted and six clean worlds each: all found, no false alarm."""
    count = measured(case, range(6))
    assert (count.found, count.false) == (6, 0), count


@pytest.mark.slow
@pytest.mark.timeout(3000)
@pytest.mark.parametrize("case", REDUCED, ids=lambda case: case.title)
def test_two_hundred_planted_and_two_hundred_clean(case: ReducedCase) -> None:
    """Found in at least .95 of the planted worlds, raised in at most .05 of the clean ones; and the page says so."""
    count = measured(case, SEEDS)
    assert count.found >= 190 and count.false <= 10, count
    page = next(one for one in published() if (one.code, one.title) == (count.code, count.title))
    assert abs(page.found - count.found) <= 3 and abs(page.false - count.false) <= 3, (page, count)


def test_the_seasonal_shop_says_what_a_blind_rule_would_lose() -> None:
    """A part buy at one season only and nobody leaves: the effect is the blind share beside the rule's own."""
    check = next(c for c in checks_of(seasonal(np.random.default_rng(5), True)) if c.check == "seasonality")
    assert check.effect is not None
    kept, without = check.effect.kept.value, check.effect.without.value
    assert kept is not None and without is not None
    assert kept > 0.2 and without < 0.05
