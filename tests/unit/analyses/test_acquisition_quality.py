"""R1: a channel is named only for what it does, not for its age, its public or its luck."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.recruitment.acquisition_quality import ANALYSIS
from tests.unit.analyses.relations import AS_OF, finding, labelled, refusal, shop, subscribed
from vocabulary.themes import Strength


def recruits(seed: int, hazards: dict[str, float], size: int, first_year: dict[str, int] | None = None) -> pd.DataFrame:
    """Contracts by channel with a monthly hazard each, starting from `first_year` on (2021 by default)."""
    rng = np.random.default_rng(seed)
    rows = []
    for channel, hazard in hazards.items():
        begin = date((first_year or {}).get(channel, 2021), 1, 1).toordinal()
        for _ in range(size):
            start = int(rng.integers(begin, AS_OF.toordinal() - 30))
            end = start + int(np.ceil(rng.exponential(30.4 / hazard)))
            gone = end <= AS_OF.toordinal()
            rows.append((len(rows), date.fromordinal(start), date.fromordinal(end) if gone else None, 20.0, channel))
    return pd.DataFrame(rows, columns=["id", "start", "end", "bill", "channel"]).astype({"id": str})


def test_a_planted_channel_is_named(tmp_path: Path) -> None:
    """Monthly hazards .02, .05, .05: S(12) = .787 and .549."""
    frame = recruits(1, {"Referral": 0.02, "Web": 0.05, "Fair": 0.05}, 800)
    found = finding(subscribed(tmp_path, frame), ANALYSIS)
    best = found.items[0]
    assert best["channel"] == "Referral" and best["tier"] == 1
    assert best["low"] <= np.exp(-0.02 * 12) <= best["high"]
    assert [item["tier"] for item in found.items[1:]] == [2, 2]
    assert "“Referral” brings the most loyal" in found.claim.render("en")


def test_an_older_channel_is_not_more_loyal_for_being_old(tmp_path: Path) -> None:
    """Same hazard; one channel opened in 2021, the other in 2025: raw shares lost differ, loyalty does not."""
    frame = recruits(2, {"Old": 0.04, "New": 0.04}, 1500, {"New": 2025})
    found = finding(subscribed(tmp_path, frame), ANALYSIS)
    assert {item["tier"] for item in found.items} == {1} and found.strength is Strength.WEAK


@pytest.mark.parametrize("seed", range(4))
def test_equal_channels_are_not_ranked(tmp_path: Path, seed: int) -> None:
    """Twelve equal channels of fifty differ by 20 points in the median file (winner's curse): none may be named."""
    frame = recruits(10 + seed, {f"c{i}": 0.05 for i in range(12)}, 60)
    found = finding(subscribed(tmp_path, frame), ANALYSIS)
    assert len({item["tier"] for item in found.items if item["tier"]}) == 1
    assert "none stands out" in found.claim.render("en")


def test_a_channel_is_not_blamed_for_its_public(tmp_path: Path) -> None:
    """Region alone acts; one channel sells mostly in the hard region. At equal mix the channels are alike."""
    rng = np.random.default_rng(3)
    n = 6000
    channel = rng.choice(["A", "B"], n)
    hard = rng.random(n) < np.where(channel == "A", 0.2, 0.8)
    life, seen = rng.geometric(np.where(hard, 0.08, 0.02)), rng.integers(1, 40, n)
    people = pd.DataFrame({
        "id": [f"C{i:05d}" for i in range(n)], "gone": life <= seen, "tenure": np.minimum(life, seen).astype(float),
        "bill": 20.0, "channel": channel, "region": np.where(hard, "North", "South"),
    })  # fmt: skip
    found = finding(labelled(tmp_path, people), ANALYSIS)
    a, b = sorted(found.items, key=lambda item: item["channel"])
    assert a["retention_12m"] - b["retention_12m"] > 0.15
    assert abs(a["adjusted"] - b["adjusted"]) < 0.05
    assert a["tier"] == b["tier"] == 1
    said = found.claim.render("en")
    assert "none stands out at equal profile" in said and "chance" not in said


@pytest.mark.parametrize("seed", range(6))
def test_the_highest_and_the_lowest_are_those_of_the_table(tmp_path: Path, seed: int) -> None:
    """Six channels of two publics, whose order at equal mix is another one: what is told best or least is so where it is shown."""
    rng = np.random.default_rng(40 + seed)
    n = 1500
    channel = rng.integers(0, 6, n)
    hard = rng.random(n) < 0.2 + 0.12 * channel
    hazard = np.where(hard, 0.06, 0.03) * np.where(channel == seed, 0.4, 1.0) ** (seed % 2)
    life, tenure = rng.geometric(hazard), rng.integers(1, 40, n)
    people = pd.DataFrame({
        "id": [f"C{i:05d}" for i in range(n)], "gone": life <= tenure, "tenure": np.minimum(life, tenure).astype(float),
        "bill": 20.0, "channel": [f"Channel {c}" for c in channel], "region": np.where(hard, "North", "South"),
    })  # fmt: skip
    found = finding(labelled(tmp_path, people), ANALYSIS)
    ranked = [item for item in found.items if item["tier"]]
    kept = [item["retention_12m"] for item in ranked]
    assert [m.value for m in found.measures] == [max(kept), min(kept)]
    assert [(item["tier"], -item["retention_12m"]) for item in ranked] == sorted((item["tier"], -item["retention_12m"]) for item in ranked)
    said = {name: value for name, value in found.claim.values.items() if name in ("high", "low")}
    if "high" in said:
        assert said["high"].value == max(kept)  # type: ignore[union-attr]
    if "least" in found.claim.render("en") or "none stands out" in found.claim.render("en"):
        assert said["low"].value == min(kept)  # type: ignore[union-attr]


def test_small_channels_are_shown_and_not_ranked(tmp_path: Path) -> None:
    frame = pd.concat([recruits(4, {"Web": 0.05, "Shop": 0.05}, 300), recruits(5, {"Fair": 0.2}, 12)])
    frame["id"] = [str(i) for i in range(len(frame))]
    found = finding(subscribed(tmp_path, frame), ANALYSIS)
    fair = next(item for item in found.items if item["channel"] == "Fair")
    assert fair["tier"] is None and any("Fair" in c.render("fr") for c in found.caveats)


def test_first_year_revenue_counts_the_first_year_only(tmp_path: Path) -> None:
    """Ten a month for two years is 120 to 130 in the first year, whatever came later."""
    days = [date(2022 + m // 12, m % 12 + 1, 5) for m in range(24)]
    lines = pd.DataFrame(
        [(f"C{i}", day, 10.0) for i in range(80) for day in days], columns=["id", "day", "amount"]
    )
    people = pd.DataFrame({"id": [f"C{i}" for i in range(80)], "channel": ["Web", "Shop"] * 40})
    found = finding(shop(tmp_path, lines, people), ANALYSIS)
    assert [item["value"] for item in found.items] == [120.0, 120.0]


def test_without_a_channel_it_says_which_column(tmp_path: Path) -> None:
    people = pd.DataFrame({"id": list("AB"), "gone": [True, False], "tenure": [3.0, 4.0], "bill": [1.0, 2.0]})
    assert refusal(labelled(tmp_path, people), ANALYSIS).missing == "acquisition_channel"
