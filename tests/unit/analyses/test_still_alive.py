"""Q1 on CDNOW, whose figures are published, and on small bases."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.reconquest.alive_model import back_test, fit, histories
from analytics.reconquest.still_alive import ANALYSIS
from analytics.study import Study
from tests.unit.analyses.relations import AS_OF, START, finding, labelled, real, refusal, shop, steady_shop
from vocabulary.themes import Strength


@pytest.fixture(scope="module")
def cdnow(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return real(tmp_path_factory.mktemp("cdnow"), "cdnow", "CDNOW_master.txt")


def test_back_test_on_cdnow(cdnow: Study) -> None:
    """As of 1997-09-30 with 273 days ahead, 23,570 customers: AUC of "buys again" .763 by expected purchases, .700 by
    MBG P(alive), .759 by recency, .753 by frequency (computed apart on the same file)."""
    tested = back_test(cdnow)
    assert tested is not None
    assert (tested.day, tested.days, tested.customers) == (date(1997, 9, 30), 273, 23570)
    assert tested.expected_auc.value >= 0.74
    assert tested.alive_auc.value == pytest.approx(0.700, abs=0.01)
    assert tested.recency_auc.value == pytest.approx(0.759, abs=0.002)
    assert tested.frequency_auc.value == pytest.approx(0.753, abs=0.002)


def test_the_paper_sample_read_through_the_pipeline(tmp_path: Path) -> None:
    """The 2,357 customers of the BG/NBD papers in weeks to 1997-09-30: MBG/NBD .5248 6.183 .8914 1.614, LL -9582.13."""
    study = real(tmp_path, "cdnow", "CDNOW_sample.txt")
    known = histories(study, date(1997, 9, 30))
    fitted = fit(known) if known else None
    tested = back_test(study)
    assert known is not None and fitted is not None and tested is not None
    model = fitted.model
    assert known.keys.size == 2357 and model.log_likelihood == pytest.approx(-9582.13, abs=0.02)
    assert (model.r, model.alpha, model.a, model.b) == pytest.approx((0.5248, 6.183, 0.8914, 1.614), rel=2e-3)
    assert tested.expected_auc.value >= 0.74


def test_one_time_buyers_are_not_held_alive_for_certain(cdnow: Study) -> None:
    """The fault of plain BG/NBD: P(alive) of one for whoever bought once."""
    known = histories(cdnow, cdnow.as_of)
    fitted = fit(known) if known else None
    assert known is not None and fitted is not None
    once = known.repeats == 0
    assert fitted.model.alive(known.repeats[once], known.last[once], known.age[once]).max() < 0.6


def test_the_list_is_ranked_by_expected_purchases(cdnow: Study) -> None:
    found = finding(cdnow, ANALYSIS)
    expected = [item["expected_purchases"] for item in found.items]
    assert expected == sorted(expected, reverse=True) and 0 < found.items[0]["score"] < 1
    assert found.measures[0].name == "alive_share_silent" and found.measures[0].low is not None


def test_longer_silence_means_less_hope(cdnow: Study) -> None:
    table = finding(cdnow, ANALYSIS).table
    assert table is not None
    alive = [row[2] for row in table.rows]
    assert alive == sorted(alive, reverse=True)


def mixed_shop(seed: int, customers: int) -> tuple[pd.DataFrame, set[str]]:
    """The world MBG/NBD supposes (rates gamma, drop-out beta after each purchase), and who is really still there."""
    rng = np.random.default_rng(seed)
    span = (AS_OF - START).days
    rows, alive = [], set()
    for i in range(customers):
        rate, drop, day = rng.gamma(1.2, 1 / 60), rng.beta(1.0, 3.0), float(rng.integers(0, span))
        here = True
        while here and day <= span:
            rows.append((f"C{i:05d}", date.fromordinal(START.toordinal() + int(day)), 20.0))
            here = bool(rng.random() >= drop)
            day += rng.exponential(1 / rate)
        if here:
            alive.add(f"C{i:05d}")
    return pd.DataFrame(rows, columns=["id", "day", "amount"]), alive


def test_the_share_alive_is_that_planted(tmp_path: Path) -> None:
    lines, alive = mixed_shop(3, 4000)
    study = shop(tmp_path, lines, days=365)
    share = finding(study, ANALYSIS).measures[0]
    silent = [row[0] for row in study.database.rows("SELECT customer_id FROM customers WHERE recency_days > 365")]
    truth = sum(customer in alive for customer in silent) / len(silent)
    assert share.n == len(silent) and share.low is not None and share.high is not None
    assert share.low <= truth <= share.high


def regular_shop(seed: int, customers: int) -> pd.DataFrame:
    """Each buys at a rhythm of their own, more regular than the model supposes and quicker before Christmas."""
    rng = np.random.default_rng(seed)
    span, rows = (AS_OF - START).days, []
    for i in range(customers):
        day, gap = float(rng.integers(800, span)), rng.gamma(6, 55 / 6)
        while day <= span:
            rows.append((f"C{i:05d}", date.fromordinal(START.toordinal() + int(day)), 20.0))
            if rng.random() < 0.08:
                break
            wait = rng.gamma(3, gap / 3)
            month = date.fromordinal(START.toordinal() + int(day + wait)).month
            day += max(2.0, wait / {8: 0.55, 1: 0.7, 2: 0.8, 9: 1.3, 11: 1.3, 12: 2.2}.get(month, 0.95))
    return pd.DataFrame(rows, columns=["id", "day", "amount"])


def bands(study: Study) -> dict[str, dict[str, object]]:
    table = finding(study, ANALYSIS).table
    assert table is not None
    names = [column.name for column in table.columns]
    return {str(row[0]): dict(zip(names, row, strict=True)) for row in table.rows}


@pytest.mark.parametrize("seed", [7, 9])
def test_a_band_shows_what_befell_those_who_were_in_it(tmp_path: Path, seed: int) -> None:
    """Counted apart, from the lines: silent 91 to 181 days a year before, who bought within that year; and so on."""
    lines = regular_shop(seed, 1500)
    day = date(AS_OF.year - 1, AS_OF.month, AS_OF.day)
    last = lines[lines["day"] <= day].groupby("id")["day"].max()
    later = set(lines.loc[lines["day"] > day, "id"])
    told = bands(shop(tmp_path, lines, days=200))
    seen = 0
    for low, high, name in ((0, 91, "0–90"), (91, 182, "91–181"), (182, 365, "182–364"), (365, 547, "365–546")):
        inside = [customer for customer, when in last.items() if low <= (day - when).days < high]
        if not inside or name not in told:
            continue
        row, share = told[name], sum(customer in later for customer in inside) / len(inside)
        assert (row["returned_n"], row["returned"]) == (len(inside), pytest.approx(share))
        assert row["returned_low"] <= share <= row["returned_high"]  # type: ignore[operator]
        seen += 1
    assert seen >= 3


def test_where_the_chances_were_wrong_past_returns_come_first(tmp_path: Path) -> None:
    """Regular buyers who left are taken for slow ones; where the model's own world is drawn, nothing is said."""
    found = finding(shop(tmp_path / "a", regular_shop(8, 2500), days=120), ANALYSIS)
    assert found.measures[0].name == "returned_share_silent"
    assert found.table is not None and found.table.columns[2].name == "returned"
    assert found.chart is not None and found.chart.x == "returned"
    assert "too high here" in found.caveats[0].render("en")
    right = finding(shop(tmp_path / "b", mixed_shop(3, 4000)[0], days=365), ANALYSIS)
    assert right.measures[0].name == "alive_share_silent"
    assert not any("Trust the past returns" in caveat.render("en") for caveat in right.caveats)


def test_groups_without_difference_are_not_named(tmp_path: Path) -> None:
    lines = steady_shop(4, 1500)
    ids = sorted(lines["id"].unique())
    rng = np.random.default_rng(0)
    people = pd.DataFrame({"id": ids, "channel": rng.choice(["Web", "Shop"], len(ids))})
    found = finding(shop(tmp_path, lines, people), ANALYSIS, by="channel")
    assert {item["group"] for item in found.items} == {"Web", "Shop"}
    assert "cannot be told apart" in found.claim.render("en")


def test_too_few_purchases_promise_nothing(tmp_path: Path) -> None:
    lines = steady_shop(5, 40)
    study = shop(tmp_path, lines)
    result = ANALYSIS.run(study, ANALYSIS.parameters()) if ANALYSIS.run else None
    assert result is not None
    if hasattr(result, "strength"):
        assert result.strength is Strength.WEAK and not result.items


def test_a_contract_has_no_silence(tmp_path: Path) -> None:
    people = pd.DataFrame({"id": list("AB"), "gone": [True, False], "tenure": [3.0, 4.0], "bill": [1.0, 2.0]})
    assert refusal(labelled(tmp_path, people), ANALYSIS).missing == "purchases"
