"""Purchase processes: the published CDNOW figures when the file is at hand, and checks that need no file."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import integrate

from analytics.statistics.purchases import (
    PurchaseCounts,
    PurchaseModel,
    fit_purchases,
    group_purchases,
    log_likelihoods,
)
from analytics.statistics.spend import fit_spend, frequency_spend_correlation
from tests.unit.statistics.real_data import rows_of

Floats = NDArray[np.float64]


def cdnow() -> tuple[Floats, Floats, Floats, Floats]:
    """The 2,357 customers of the BG/NBD paper: repeat purchases, recency, age (weeks), mean spend."""
    rows = rows_of("cdnow", "cdnow_customers_summary_with_transactions.csv")
    x, last, age, spend = (np.array([float(r[name]) for r in rows]) for name in ("x", "t_x", "T", "zbar"))
    return x, last, age, spend


def simulate(
    model: PurchaseModel, age: Floats, horizon: float, seed: int
) -> tuple[Floats, Floats, NDArray[np.bool_], Floats]:
    """Draw customers from the story of the model itself: history to `age`, whether alive then, purchases after."""
    rng = np.random.default_rng(seed)
    rate, leave = rng.gamma(model.r, 1 / model.alpha, age.size), rng.beta(model.a, model.b, age.size)
    clock, x, last, after = (np.zeros(age.size) for _ in range(4))
    alive = np.ones(age.size, dtype=bool)
    if model.modified:
        alive = rng.random(age.size) > leave
    at_age = alive.copy()
    active = alive.copy()
    while active.any():
        rows = np.flatnonzero(active)
        clock[rows] += rng.exponential(1 / rate[rows])
        past, future = rows[clock[rows] <= age[rows]], rows[clock[rows] > age[rows]]
        x[past] += 1
        last[past] = clock[past]
        after[future[clock[future] <= age[future] + horizon]] += 1
        gone = rows[(rng.random(rows.size) < leave[rows])]
        over = rows[clock[rows] > age[rows] + horizon]
        active[gone] = active[over] = False
        at_age[np.intersect1d(gone, past)] = False
    return x, last, at_age, after


BG = PurchaseModel(0.5, 6.0, 0.8, 2.5, 0.0, modified=False, reliable=True)
MBG = PurchaseModel(0.6, 6.0, 0.9, 1.6, 0.0, modified=True, reliable=True)


def test_bg_nbd_on_cdnow() -> None:
    """Fader, Hardie and Lee 2005, table 2 and section 4; E[X(t)] from the tests of the BTYD packages."""
    x, last, age, _ = cdnow()
    model = fit_purchases(group_purchases(x, last, age), modified=False)
    assert model.reliable and model.log_likelihood == pytest.approx(-9582.426, abs=0.01)
    found = (model.r, model.alpha, model.a, model.b)
    assert found == pytest.approx((0.2426, 4.4135, 0.7929, 2.4258), rel=2e-3)
    assert model.expected_purchases(39, [2], [30.43], [38.86])[0] == pytest.approx(1.226, abs=1e-3)
    expected = [0.0078, 0.0532, 0.1506, 1.0405, 1.0437, 1.8576]
    np.testing.assert_allclose(model.expected_from_start([1 / 7, 1, 3, 31.857, 32, 78]), expected, atol=6e-4)


def test_mbg_nbd_on_cdnow() -> None:
    """Figures of an independent implementation, Lifetimes' ModifiedBetaGeoFitter."""
    x, last, age, _ = cdnow()
    model = fit_purchases(group_purchases(x, last, age))
    assert model.log_likelihood == pytest.approx(-9582.133, abs=0.01)
    assert (model.r, model.alpha, model.a, model.b) == pytest.approx((0.5248, 6.183, 0.8914, 1.614), rel=3e-3)
    assert model.alive([0], [0], [38.86])[0] == pytest.approx(0.3897, abs=1e-3)


def test_gamma_gamma_on_cdnow() -> None:
    """Fader and Hardie 2013; the ten customers stand in Lifetimes' own tests (rounded there from another optimum)."""
    x, _, _, spend = cdnow()
    model = fit_spend(x, spend)
    assert (model.p, model.q, model.v) == pytest.approx((6.25, 3.74, 15.44), rel=3e-3)
    assert model.log_likelihood == pytest.approx(-4055.92, abs=0.01) and model.n == 946
    expected = [24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17]
    np.testing.assert_allclose(model.expected_spend(x[:10], spend[:10]), expected, atol=0.02)
    assert frequency_spend_correlation(x, spend) == pytest.approx(0.114, abs=1e-3)


@pytest.mark.parametrize("modified", [False, True])
def test_probabilities_of_all_histories_sum_to_one(modified: bool) -> None:
    """The density of x purchases, last at t, summed over where the earlier ones lie and over x, is one."""
    parameters, age = np.array([0.8, 3.0, 0.7, 2.0]), 6.0
    total = math.exp(_one(parameters, 0, 0.0, age, modified))
    for x in range(1, 90):

        def density(t: float, x: int = x) -> float:
            arrangements = (x - 1) * math.log(t) - math.lgamma(x) if t > 0 or x > 1 else 0.0
            return math.exp(_one(parameters, x, t, age, modified) + arrangements)

        total += integrate.quad(density, 1e-12, age)[0]
    assert total == pytest.approx(1.0, abs=2e-4)


def _one(parameters: Floats, x: int, last: float, age: float, modified: bool) -> float:
    history = PurchaseCounts(np.array([float(x)]), np.array([last]), np.array([age]), np.ones(1))
    return float(log_likelihoods(parameters, history, modified=modified)[0])


@pytest.mark.parametrize("model", [BG, MBG], ids=["BG", "MBG"])
def test_fit_finds_the_parameters_customers_were_drawn_from(model: PurchaseModel) -> None:
    age = np.random.default_rng(0).integers(10, 80, 20_000).astype(float)
    x, last, _, _ = simulate(model, age, 0.0, 1)
    found = fit_purchases(group_purchases(x, np.minimum(np.ceil(last * 4) / 4, age), age), modified=model.modified)
    assert found.reliable
    assert (found.r, found.alpha) == pytest.approx((model.r, model.alpha), rel=0.12)
    assert found.a / (found.a + found.b) == pytest.approx(model.a / (model.a + model.b), rel=0.12)


@pytest.mark.parametrize("model", [BG, MBG], ids=["BG", "MBG"])
def test_formulas_agree_with_simulated_customers(model: PurchaseModel) -> None:
    """P(alive), expected purchases and the chance of one at least, by groups of predicted value, against what the drawn customers did."""
    age = np.full(120_000, 40.0)
    x, last, alive, after = simulate(model, age, 30.0, 2)
    for foretold, happened in (
        (model.alive(x, last, age), alive.astype(float)),
        (model.expected_purchases(30, x, last, age), after),
        (model.buys_again(30, x, last, age), (after > 0).astype(float)),
    ):
        for part in np.array_split(np.argsort(foretold, kind="stable"), 5):
            error = happened[part].std() / math.sqrt(part.size)
            assert happened[part].mean() == pytest.approx(foretold[part].mean(), abs=4 * error + 1e-9)
    assert x.mean() == pytest.approx(float(model.expected_from_start(40.0)), rel=0.03)


def test_only_the_modified_model_doubts_one_time_buyers() -> None:
    assert BG.alive([0], [0], [500])[0] == 1.0
    assert MBG.alive([0], [0], [500])[0] < 0.2


def test_frequent_buyers_and_special_parameters_stay_finite() -> None:
    """a = 1 and a + b = 1 are removable poles; 3,000 purchases overflow the textbook form."""
    for a, b in ((1.0, 2.4), (0.4, 0.6), (1.0 + 1e-9, 0.5)):
        for modified in (False, True):
            model = PurchaseModel(0.25, 4.0, a, b, 0.0, modified=modified, reliable=True)
            beside = PurchaseModel(0.25, 4.0, a + 1e-3, b + 1e-3, 0.0, modified=modified, reliable=True)
            history = ([0, 2, 3000], [0, 30, 99.9], [39, 39, 100])
            found = model.expected_purchases(39, *history)
            np.testing.assert_allclose(found, beside.expected_purchases(39, *history), rtol=5e-3)
            assert (found > 0).all()


def test_grouping_changes_nothing_and_refuses_impossible_histories() -> None:
    counts = group_purchases([1, 0, 1, 0], [3, 0, 3, 0], [9, 9, 9, 9])
    assert counts.count.tolist() == [2, 2]
    with pytest.raises(ValueError, match="impossible"):
        group_purchases([0], [3], [9])
    with pytest.raises(ValueError, match="impossible"):
        group_purchases([1], [10], [9])


def test_many_histories_are_grouped_coarsely_with_the_same_fit() -> None:
    age = np.random.default_rng(3).uniform(10, 80, 30_000)
    x, last, _, _ = simulate(MBG, age, 0.0, 4)
    counts = group_purchases(x, last, age)
    assert counts.count.size < 30_000 and counts.count.sum() == 30_000
    found = fit_purchases(counts)
    assert found.r == pytest.approx(MBG.r, rel=0.12)


def test_nobody_ever_came_back_is_not_a_reliable_fit() -> None:
    assert not fit_purchases(group_purchases(np.zeros(50), np.zeros(50), np.full(50, 30.0))).reliable


def test_spend_model_finds_its_parameters_and_shrinks() -> None:
    rng = np.random.default_rng(5)
    x = rng.integers(1, 12, 8000).astype(float)
    scale = rng.gamma(4.0, 1 / 20.0, 8000)
    spend = rng.gamma(6.0 * x, 1 / (scale * x))
    model = fit_spend(x, spend)
    assert (model.p, model.q, model.v) == pytest.approx((6.0, 4.0, 20.0), rel=0.15)
    mean = model.expected_spend([0], [0])[0]
    assert mean == pytest.approx(6 * 20 / 3, rel=0.05)
    one, many = model.expected_spend([1, 50], [4 * mean, 4 * mean])
    assert mean < one < many < 4 * mean
