"""Campaign effects and mix-adjusted comparisons: published figures, and the coverage promised."""

from __future__ import annotations

import math

import numpy as np
import pytest

from analytics.statistics.changes import mix_adjusted_difference, seasonal_change, standardised_rate
from analytics.statistics.uplift import (
    adjusted_difference,
    balance,
    control_size,
    detectable_difference,
    difference_in_means,
    difference_in_rates,
    qini,
    qini_curve,
    sample_ratio_p,
)
from tests.unit.statistics.real_data import rows_of


@pytest.mark.parametrize(
    ("events", "n", "control_events", "effect", "half"),
    [(3894, 21307, 2262, 0.0766, 0.0066), (267, 21307, 122, 0.0068, 0.0018),
     (3238, 21387, 2262, 0.0452, 0.0063), (189, 21387, 122, 0.0031, 0.0016)],
)  # fmt: skip
def test_hillstroms_campaign(events: int, n: int, control_events: int, effect: float, half: float) -> None:
    """Hillstrom's e-mail test, 64,000 customers: visits and purchases of both mailings against 21,306 not mailed."""
    found = difference_in_rates(events, n, control_events, 21_306)
    assert found.value == pytest.approx(effect, abs=6e-5)
    assert found.low is not None and found.high is not None
    assert (found.high - found.low) / 2 == pytest.approx(half, abs=6e-5)


def test_arteas_coupon_raised_orders_and_not_revenue() -> None:
    """Artea's A/B test (file at hand only): 12.6 to 15.2 orders a hundred customers, revenue 7.78 to 7.54 each."""
    rows = rows_of("artea", "artea-a_b-experiment.csv")
    treated = np.array([r["test_coupon"] == "1" for r in rows])
    orders = np.array([float(r["trans_after"]) for r in rows])
    revenue = np.array([float(r["revenue_after"]) for r in rows])
    effect = difference_in_means(orders[treated], orders[~treated])
    assert effect.value == pytest.approx(0.152 - 0.126, abs=1e-3)
    money = difference_in_means(revenue[treated], revenue[~treated])
    assert (effect.low or 0) > 0 and money.value == pytest.approx(7.54 - 7.78, abs=0.01)
    assert (money.low or 0) < 0 < (money.high or 0)


def test_differences_cover_and_adjustment_shortens_them() -> None:
    rng = np.random.default_rng(0)
    inside, plain, adjusted = np.zeros(2), 0.0, 0.0
    for _ in range(400):
        before, treated = rng.normal(size=200), rng.random(200) < 0.3
        after = 2 * before + before**2 + 1.5 * treated + rng.normal(size=200)
        raw = difference_in_means(after[treated], after[~treated])
        cuped = adjusted_difference(after, treated, np.column_stack([before, before**2, np.ones(200)]))
        for i, found in enumerate((raw, cuped)):
            inside[i] += (found.low or 0) <= 1.5 <= (found.high or 0)
        plain, adjusted = plain + (raw.high or 0) - (raw.low or 0), adjusted + (cuped.high or 0) - (cuped.low or 0)
    assert (inside / 400 >= 0.92).all()
    assert adjusted < 0.6 * plain


def test_a_wrong_draw_is_seen() -> None:
    """Fabijan and others 2019: 821,588 against 815,482 for an even split cannot be luck."""
    assert sample_ratio_p(821_588, 815_482) < 1e-5
    assert sample_ratio_p(5_050, 4_950) > 0.3
    assert sample_ratio_p(9_000, 1_000, 0.9) > 0.9


def test_sizes_match_the_textbook() -> None:
    """Chow, Shao and Wang, Sample Size Calculations in Clinical Research, 4.2: 0.65 against 0.85, 70 a group."""
    assert control_size(0.65, 0.2) == 70
    assert control_size(0.10, 0.05) == 683
    assert detectable_difference(63, 63, 1.0) == pytest.approx(0.5, abs=2e-3)  # Cohen 1988: d = 0.5 takes 64 a group


def test_control_group_for_a_given_campaign_has_its_power() -> None:
    size = control_size(0.10, 0.03, treated=5000)
    assert size is not None and size < 5000
    rng = np.random.default_rng(1)
    shown = 0
    for _ in range(1500):
        found = difference_in_rates(int(rng.binomial(5000, 0.13)), 5000, int(rng.binomial(size, 0.10)), size)
        shown += (found.low or 0) > 0
    assert 0.78 <= shown / 1500 <= 0.9
    assert control_size(0.10, 0.01, treated=500) is None


def test_balance_is_in_standard_deviations() -> None:
    rng = np.random.default_rng(2)
    assert balance(rng.normal(1, 2, 20_000), rng.normal(0, 2, 20_000)) == pytest.approx(0.5, abs=0.03)
    assert balance([3.0, 3.0], [3.0, 3.0]) == 0.0


def test_qini_rewards_the_score_that_ranks_response_not_risk() -> None:
    """Half the customers respond to the campaign (+0.2); the others buy more anyway and do not respond."""
    rng = np.random.default_rng(3)
    n = 40_000
    responsive, treated = rng.random(n) < 0.5, rng.random(n) < 0.5
    bought = rng.random(n) < np.where(responsive, 0.1 + 0.2 * treated, 0.5)
    assert qini(responsive * 1.0 + rng.random(n) * 0.1, treated, bought) > 0.015
    assert qini(~responsive * 1.0 + rng.random(n) * 0.1, treated, bought) < -0.015
    assert abs(qini(rng.random(n), treated, bought)) < 0.01
    curve = qini_curve(rng.random(n), treated, bought)
    assert curve[0].tolist() == [0, 0] and curve[-1, 1] == pytest.approx(0.1, abs=0.01)


def test_standardised_rates_undo_the_kidney_stones() -> None:
    """Charig 1986: open surgery 78.0 % against 82.6 % overall; standardised on all patients 83.3 % against 77.9 %."""
    everyone = [357, 343]
    open_surgery = standardised_rate([81, 192], [87, 263], everyone)
    punctured = standardised_rate([234, 55], [270, 80], everyone)
    assert open_surgery.value == pytest.approx(0.8325, abs=1e-4)
    assert punctured.value == pytest.approx(0.7789, abs=1e-4)
    change = mix_adjusted_difference([234, 55], [270, 80], [81, 192], [87, 263])
    assert change.total.value < 0 < change.rate_effect.value


def test_parts_of_a_change_add_up_exactly() -> None:
    change = mix_adjusted_difference([5, 40, 0], [100, 200, 0], [9, 30, 4], [150, 120, 20])
    assert change.rate_effect.value + change.mix_effect == pytest.approx(change.total.value, abs=1e-12)
    assert mix_adjusted_difference([5, 40], [100, 200], [50, 400], [1000, 2000]).rate_effect.value == pytest.approx(0)


def test_standardised_rates_and_changes_cover() -> None:
    rng = np.random.default_rng(4)
    rates, other = np.array([0.05, 0.2, 0.4]), np.array([0.08, 0.18, 0.45])
    reference = np.array([500, 300, 200])
    inside = np.zeros(2)
    for _ in range(1000):
        n, n2 = rng.multinomial(300, [0.2, 0.3, 0.5]), rng.multinomial(250, [0.4, 0.3, 0.3])
        k, k2 = rng.binomial(n, rates), rng.binomial(n2, other)
        found = standardised_rate(k, n, reference)
        inside[0] += (found.low or 0) <= reference @ rates / 1000 <= (found.high or 1)
        mix = (n / 300 + n2 / 250) / 2
        change = mix_adjusted_difference(k, n, k2, n2).rate_effect
        inside[1] += (change.low or 0) <= mix @ (other - rates) <= (change.high or 1)
    assert (inside / 1000 >= 0.92).all()


def test_christmas_is_set_against_christmas() -> None:
    season = np.array([100, 90, 100, 110, 100, 95, 80, 70, 100, 110, 150, 300])
    series = np.concatenate([season, season * 1.1, season * 1.21, season[:11] * 1.331, [300 * 1.331 * 0.6]])
    found = seasonal_change(np.round(series), 12)
    assert found.change.value == pytest.approx(1.1 * 0.6 - 1, abs=0.01)
    assert found.unusual is not None and found.unusual < -3
    assert found.trend is not None and 0 < found.trend < 0.1
    usual = seasonal_change(np.round(series[:-12]), 12)
    assert usual.unusual is not None and abs(usual.unusual) < 1 and usual.change.value == pytest.approx(0.1, abs=0.01)


def test_ratio_of_counts_covers() -> None:
    rng = np.random.default_rng(5)
    inside = 0
    for _ in range(1500):
        now, before = rng.poisson(40), max(1, rng.poisson(50))
        change = seasonal_change([before, now], 1).change
        inside += (change.low or -1) <= 40 / 50 - 1 <= (change.high or math.inf)
    assert inside / 1500 >= 0.92


def test_no_season_before_is_refused() -> None:
    with pytest.raises(ValueError, match="season"):
        seasonal_change([1, 2, 3], 12)
