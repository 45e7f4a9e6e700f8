"""Intervals: published values, and the coverage they promise."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from analytics.statistics.intervals import (
    Interval,
    bootstrap_mean,
    mean_interval,
    newcombe,
    nps_interval,
    quantile_interval,
    ratio_of_sums,
    wilson,
)
from vocabulary.estimate import Unit


def coverage(draw: Callable[[], Interval], truth: float, times: int) -> float:
    inside = 0
    for _ in range(times):
        found = draw()
        low = -np.inf if found.low is None else found.low
        high = np.inf if found.high is None else found.high
        inside += low <= truth <= high
    return inside / times


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_matches_the_table_of_newcombe_1998a(k: int, n: int, low: float, high: float) -> None:
    """Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3."""
    found = wilson(k, n)
    assert (found.low, found.high) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


@pytest.mark.parametrize(
    ("k", "n", "k2", "n2", "low", "high"),
    [(56, 70, 48, 80, 0.0524, 0.3339), (9, 10, 3, 10, 0.1705, 0.8090), (10, 10, 0, 20, 0.6791, 1.0)],
)
def test_difference_matches_the_table_of_newcombe_1998b(
    k: int, n: int, k2: int, n2: int, low: float, high: float
) -> None:
    """Newcombe, Statistics in Medicine 17 (1998) 873-890, table II, method 10."""
    found = newcombe(k, n, k2, n2)
    assert (found.low, found.high) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


@pytest.mark.parametrize(("n", "share"), [(30, 0.1), (100, 0.03), (500, 0.5)])
def test_wilson_covers(n: int, share: float) -> None:
    rng = np.random.default_rng(1)
    assert coverage(lambda: wilson(int(rng.binomial(n, share)), n), share, 3000) >= 0.92


def test_difference_covers() -> None:
    rng = np.random.default_rng(2)
    draw = lambda: newcombe(int(rng.binomial(40, 0.1)), 40, int(rng.binomial(90, 0.25)), 90)  # noqa: E731
    assert coverage(draw, -0.15, 3000) >= 0.92


def test_student_covers_ten_values() -> None:
    rng = np.random.default_rng(3)
    assert coverage(lambda: mean_interval(rng.normal(5, 2, 10)), 5, 2000) >= 0.92


@pytest.mark.parametrize(("n", "times"), [(150, 150), (400, 80)])
def test_money_mean_covers_skewed_values(n: int, times: int) -> None:
    """Log-normal amounts (sigma 1): Student's interval covers 0.91 to 0.93 here."""
    rng = np.random.default_rng(4)
    assert coverage(lambda: bootstrap_mean(rng.lognormal(3, 1, n)), float(np.exp(3.5)), times) >= 0.92


def test_money_mean_covers_many_very_skewed_values() -> None:
    rng = np.random.default_rng(5)
    assert coverage(lambda: bootstrap_mean(rng.lognormal(0, 1.5, 6000)), float(np.exp(1.125)), 400) >= 0.92


def test_ratio_covers() -> None:
    rng = np.random.default_rng(6)

    def draw() -> Interval:
        orders = rng.poisson(2, 200) + 1.0
        return ratio_of_sums(orders * rng.lognormal(0, 1, 200), orders)

    assert coverage(draw, float(np.exp(0.5)), 300) >= 0.92


@pytest.mark.parametrize(("n", "q"), [(40, 0.5), (200, 0.95), (15, 0.9)])
def test_quantile_covers_even_where_a_side_is_unknown(n: int, q: float) -> None:
    rng = np.random.default_rng(7)
    assert coverage(lambda: quantile_interval(rng.exponential(1, n), q), -float(np.log(1 - q)), 2000) >= 0.92


@pytest.mark.parametrize("n", [12, 50, 300])
def test_nps_covers(n: int) -> None:
    rng = np.random.default_rng(8)
    assert coverage(lambda: nps_interval(*(int(v) for v in rng.multinomial(n, [0.6, 0.25, 0.15]))), 45, 2000) >= 0.92


def test_nps_of_a_large_survey_follows_the_published_variance() -> None:
    """var = p + d - (p - d) squared: 0.5 + 0.2 - 0.09 = 0.61; 1.96 x sqrt(0.61 / 1000) = 4.84 points."""
    found = nps_interval(500, 300, 200)
    assert found.value == pytest.approx(30)
    assert found.high == pytest.approx(34.84, abs=0.01)


def test_nps_when_all_agree_is_not_certain() -> None:
    found = nps_interval(40, 0, 0)
    assert found.value == 100 and found.low is not None and found.low < 98 and found.high == 100


def test_answers_do_not_depend_on_the_order_of_rows() -> None:
    rng = np.random.default_rng(9)
    values, orders = rng.lognormal(0, 1, 100), rng.poisson(2, 100) + 1.0
    shuffle = rng.permutation(100)
    assert bootstrap_mean(values) == bootstrap_mean(values[shuffle])
    assert ratio_of_sums(values, orders) == ratio_of_sums(values[shuffle], orders[shuffle])


def test_missing_values_are_left_out_and_counted_out() -> None:
    assert mean_interval([1.0, 3.0, np.nan]).n == 2


def test_a_single_sale_among_zeros_gives_no_absurd_bound() -> None:
    """A studentised resample of near-constant values explodes; ten different ones are asked for."""
    found = bootstrap_mean([0.0] * 12 + [5.0])
    assert found.high is not None and found.low is not None
    assert found.low <= 5 / 13 <= found.high < 5


def test_one_value_has_no_interval() -> None:
    found = bootstrap_mean([12.0])
    assert (found.value, found.low, found.high) == (12.0, None, None)
    assert found.estimate("basket", Unit.MONEY).low is None


@pytest.mark.parametrize("bad", [(0, 0), (3, 2), (-1, 5)])
def test_impossible_share_is_refused(bad: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="no share"):
        wilson(*bad)
