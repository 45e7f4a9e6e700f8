"""Survival: the published leukaemia trial, the telecom file when at hand, and the coverage promised."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.statistics.returns import return_curve
from analytics.statistics.survival import kaplan_meier, kaplan_meier_counts, log_rank, period_hazards
from tests.unit.statistics.real_data import rows_of

TREATED = [6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
RELAPSED = [True] * 9 + [False] * 12
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]


def test_curve_matches_the_leukaemia_trial() -> None:
    """Freireich 1963, as tabulated in Kalbfleisch and Prentice and in Collett: 6-MP arm, weeks of remission."""
    curve = kaplan_meier(TREATED, RELAPSED)
    expected = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
    assert {t: round(curve.at(t).value, 3) for t in expected} == expected  # type: ignore[union-attr]
    median, other = curve.median(), kaplan_meier(PLACEBO, [True] * 21).median()
    assert median is not None and median.value == 23
    assert other is not None and other.value == 8


def test_log_rank_matches_the_leukaemia_trial() -> None:
    """Chi-squared 16.79 on one degree of freedom (Collett, Modelling Survival Data, 2.5)."""
    found = log_rank(TREATED + PLACEBO, RELAPSED + [True] * 21, ["6-MP"] * 21 + ["placebo"] * 21)
    assert found.statistic == pytest.approx(16.793, abs=0.01)
    assert found.degrees == 1 and found.p_value < 1e-4


def test_counts_give_the_same_curve() -> None:
    times, position = np.unique(TREATED, return_inverse=True)
    events = np.bincount(position, weights=RELAPSED)
    counted = kaplan_meier_counts(times, events, np.bincount(position) - events)
    curve = kaplan_meier(TREATED, RELAPSED)
    np.testing.assert_allclose(counted.survival, curve.survival)
    np.testing.assert_allclose(counted.low, curve.low)
    assert counted.n == 21


def test_whole_weights_count_as_repeated_customers() -> None:
    doubled = kaplan_meier(TREATED, RELAPSED, weights=[2.0] * 21)
    np.testing.assert_allclose(doubled.survival, kaplan_meier(TREATED, RELAPSED).survival)
    np.testing.assert_allclose(doubled.variance, kaplan_meier(TREATED, RELAPSED).variance)


def test_nothing_is_said_past_the_data() -> None:
    curve = kaplan_meier(TREATED, RELAPSED)
    assert curve.at(36) is None and curve.restricted_mean(36) is None
    assert kaplan_meier([1, 2, 3], [False] * 3).median() is None


def test_curve_median_and_mean_cover() -> None:
    """Exponential lives of mean 10, followed 0 to 20: S(5), the median and the mean over 10 are known."""
    rng = np.random.default_rng(0)
    inside = np.zeros(3)
    for _ in range(400):
        life, end = rng.exponential(10, 150), rng.uniform(0, 20, 150)
        curve = kaplan_meier(np.minimum(life, end), life <= end)
        share, median, mean = curve.at(5), curve.median(), curve.restricted_mean(10)
        assert share is not None and median is not None and mean is not None
        truths = (np.exp(-0.5), 10 * np.log(2), 10 * (1 - np.exp(-1)))
        for i, (found, truth) in enumerate(zip((share, median, mean), truths, strict=True)):
            inside[i] += (found.low or 0) <= truth <= (np.inf if found.high is None else found.high)
    assert (inside / 400 >= 0.92).all()


def test_late_entries_are_not_taken_for_long_lives() -> None:
    """Customers only in the file if still there when it began: without `entry` the curve is far too high."""
    rng = np.random.default_rng(1)
    inside, naive = 0, 0
    for _ in range(200):
        life, entry = rng.exponential(10, 300), rng.uniform(0, 10, 300)
        seen = life > entry
        ended, left = np.minimum(life, 15)[seen], (life < 15)[seen]
        found = kaplan_meier(ended, left, entry=entry[seen]).at(8)
        wrong = kaplan_meier(ended, left).at(8)
        assert found is not None and wrong is not None
        inside += (found.low or 0) <= np.exp(-0.8) <= (found.high or 1)
        naive += wrong.value > np.exp(-0.8) + 0.05
    assert inside / 200 >= 0.92
    assert naive / 200 > 0.9


def test_mix_weights_cover_the_reweighted_curve() -> None:
    """Two segments of means 5 and 20 mixed 80/20, weighted to 50/50: S(6) is the plain average of the two."""
    rng = np.random.default_rng(2)
    truth = (np.exp(-6 / 5) + np.exp(-6 / 20)) / 2
    inside = 0
    for _ in range(400):
        first = rng.random(200) < 0.8
        life, end = np.where(first, rng.exponential(5, 200), rng.exponential(20, 200)), rng.uniform(4, 15, 200)
        weights = np.where(first, 0.5 / first.mean(), 0.5 / (1 - first.mean()))
        found = kaplan_meier(np.minimum(life, end), life <= end, weights=weights).at(6)
        assert found is not None
        inside += (found.low or 0) <= truth <= (found.high or 1)
    assert inside / 400 >= 0.92


def test_hazards_cover() -> None:
    rng = np.random.default_rng(3)
    truth, inside, total = 1 - np.exp(-0.1), 0, 0
    for _ in range(150):
        life, end = rng.exponential(10, 200), rng.uniform(0, 12, 200)
        for period in period_hazards(np.minimum(life, end), life <= end, range(7)):
            total += 1
            inside += (period.hazard.low or 0) <= truth <= (period.hazard.high or 1)
    assert inside / total >= 0.92


def test_log_rank_keeps_its_level() -> None:
    rng = np.random.default_rng(4)
    rejected = 0
    for _ in range(400):
        life, end = rng.exponential(10, 120), rng.uniform(0, 20, 120)
        found = log_rank(np.minimum(life, end), life <= end, rng.choice(["a", "b", "c"], 120))
        rejected += found.p_value < 0.05
    assert rejected / 400 <= 0.08


def test_telecom_curve() -> None:
    """IBM telecom sample; lifelines gives the same figures."""
    rows = rows_of("telco_ibm", "telco_customer_churn.csv")
    tenure = np.array([float(r["tenure"]) for r in rows])
    left = np.array([r["Churn"] == "Yes" for r in rows])
    curve = kaplan_meier(tenure, left)
    shares = [round(curve.at(t).value, 4) for t in (12, 24, 48, 72)]  # type: ignore[union-attr]
    assert shares == [0.8432, 0.7887, 0.7088, 0.5928]
    monthly = np.array([r["Contract"] == "Month-to-month" for r in rows])
    median = kaplan_meier(tenure[monthly], left[monthly]).median()
    assert median is not None and median.value == 35 and monthly.sum() == 3875
    hazards = {p.start: p.hazard.value for p in period_hazards(tenure, left, range(4))}
    assert (round(hazards[1], 3), round(hazards[2], 3)) == (0.054, 0.019)


def test_return_chance_of_a_known_silence() -> None:
    """Half the customers are gone for good, the others buy every 30 days on average: Bayes gives the chance."""
    rng = np.random.default_rng(5)
    inside = 0
    truth = 0.5 * np.exp(-2) * (1 - np.exp(-1)) / (0.5 + 0.5 * np.exp(-2))
    for _ in range(200):
        gone = rng.random(800) < 0.5
        next_one, followed = np.where(gone, np.inf, rng.exponential(30, 800)), rng.uniform(60, 400, 800)
        curve = return_curve(next_one[next_one <= followed], followed[next_one > followed])
        found = curve.chance(60, 30)
        assert found is not None
        inside += (found.low or 0) <= truth <= (found.high or 1)
    assert inside / 200 >= 0.92


def test_rare_after_is_where_the_chance_falls_for_good() -> None:
    rng = np.random.default_rng(6)
    gone = rng.random(50_000) < 0.5
    next_one, followed = np.where(gone, np.inf, rng.exponential(30, 50_000)), rng.uniform(60, 400, 50_000)
    curve = return_curve(np.round(next_one[next_one <= followed]), np.round(followed[next_one > followed]))
    # The chance e(s)(1 - 1/e) / (1 + e(s)), with e(s) = exp(-s / 30), crosses 5 % at s = 30 log(0.632 / 0.05 - 1).
    assert curve.rare_after(30) == pytest.approx(30 * np.log((1 - np.exp(-1)) / 0.05 - 1), abs=8)
    assert curve.chance(390, 30) is None


def test_wrong_durations_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        kaplan_meier([1, -1], [True, True])
    with pytest.raises(ValueError, match="length"):
        kaplan_meier([], [])
