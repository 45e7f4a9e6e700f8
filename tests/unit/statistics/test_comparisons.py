"""Tests, corrections and rankings."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.statistics.comparisons import (
    benjamini_hochberg,
    holm,
    permutation_p,
    separated,
    tiers,
    two_proportions_p,
)
from analytics.statistics.intervals import wilson
from analytics.statistics.shrinkage import shrink_rates

P_OF_1995 = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0,
]  # fmt: skip


def test_corrections_decide_as_in_benjamini_and_hochberg_1995() -> None:
    """Their section 4.1: fifteen p-values, four rejected with the false discovery rate, three with the stricter one."""
    assert int((benjamini_hochberg(P_OF_1995) <= 0.05).sum()) == 4
    assert int((holm(P_OF_1995) <= 0.05).sum()) == 3


def test_corrections_keep_the_order_given() -> None:
    shuffled = [P_OF_1995[i] for i in (7, 0, 14, 3)]
    assert list(np.argsort(benjamini_hochberg(shuffled))) == list(np.argsort(shuffled))
    assert list(np.argsort(holm(shuffled))) == list(np.argsort(shuffled))


def test_small_groups_get_fishers_exact_test() -> None:
    """Fisher's tea-tasting lady, three cups of four right: p = 0.4857, two-sided."""
    assert two_proportions_p(3, 4, 1, 4) == pytest.approx(0.4857, abs=1e-4)


def test_two_proportions_keep_their_level() -> None:
    rng = np.random.default_rng(0)
    p = [two_proportions_p(int(rng.binomial(200, 0.2)), 200, int(rng.binomial(300, 0.2)), 300) for _ in range(2000)]
    assert np.mean(np.array(p) < 0.05) <= 0.06


def test_permutation_finds_a_plain_difference_and_nothing_in_noise() -> None:
    group = np.arange(20) < 10
    assert permutation_p(np.where(group, 10.0, 0.0) + np.arange(20) % 3, group) < 0.001
    assert permutation_p(np.arange(20) % 2, group) > 0.5


def test_permutation_of_all_splits_matches_the_exact_count() -> None:
    """Three against three, the highest together: 2 of the 20 splits are as extreme, p = 0.1."""
    assert permutation_p([1, 2, 3, 4, 5, 6], [True] * 3 + [False] * 3) == pytest.approx(0.1, abs=0.015)


def test_separated_agrees_with_the_test_of_two_shares() -> None:
    assert separated(wilson(300, 1000), wilson(250, 1000))
    assert not separated(wilson(30, 100), wilson(25, 100))


def test_tiers_share_a_rank_until_the_data_tell_apart() -> None:
    assert tiers([wilson(300, 1000), wilson(500, 1000), wilson(490, 1000), wilson(9, 20)]) == (2, 1, 1, 1)


@pytest.mark.parametrize(("groups", "spread"), [(3, 0.5), (8, 0.0), (8, 0.3), (30, 0.8)])
def test_shrunk_rates_cover(groups: int, spread: float) -> None:
    rng = np.random.default_rng(groups)
    inside = []
    for _ in range(80):
        truth = 1 / (1 + np.exp(1.2 - spread * rng.normal(size=groups)))
        sizes = rng.integers(5, 200, groups)
        found = shrink_rates(rng.binomial(sizes, truth), sizes)
        inside += [i.low <= p <= i.high for i, p in zip(found.intervals, truth, strict=True)]  # type: ignore[operator]
    assert np.mean(inside) >= 0.92


def test_a_lucky_small_group_does_not_lead() -> None:
    found = shrink_rates([3, 240, 200, 180], [3, 600, 600, 600])
    assert found.intervals[0].value < 0.5
    assert not separated(found.intervals[0], found.intervals[1])
    assert found.intervals[1].value == pytest.approx(0.4, abs=0.02)


def test_a_group_of_none_gets_the_common_mean() -> None:
    found = shrink_rates([0, 30, 32], [0, 100, 100])
    assert found.intervals[0].value == pytest.approx(0.31, abs=0.03)
