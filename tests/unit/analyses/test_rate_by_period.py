"""The churn rate by period where lost is a silence: drawn only where everyone who could leave is known."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.churn.churn_rate import ANALYSIS
from analytics.explore.explore import ANALYSIS as EXPLORE
from analytics.measures.departures import period_rates
from tests.unit.analyses.relations import AS_OF, START, finding, real, refusal, shop, subscribed
from vocabulary.finding import Finding

_SILENCE = 120
_HAZARD = 0.04


def running_shop(seed: int) -> pd.DataFrame:
    """Eight years of purchases: everyone buys every two months or so and leaves with the same chance every month.

    As many come as leave.
    """
    rng = np.random.default_rng(seed)
    horizon, rows = 3000, []
    for i, came in enumerate(rng.integers(0, horizon, 9000)):
        stays = rng.exponential(30.44 / -np.log(1 - _HAZARD))
        day = 0.0
        while day <= stays and came + day <= horizon:
            rows.append((f"C{i:05d}", AS_OF - timedelta(days=int(horizon - came - day)), 20.0))
            day += rng.uniform(5, 115)  # nobody who stays is ever silent for so long
    return pd.DataFrame(rows, columns=["id", "day", "amount"])


def exported(lines: pd.DataFrame, months: int) -> pd.DataFrame:
    """What an export of the last months holds: the shop had run for years before it."""
    begins = (AS_OF - timedelta(days=round(months * 30.44))).replace(day=1)
    return lines[lines["day"] >= begins]


def series(found: Finding) -> list[tuple[date, float, int]]:
    """The rates of a finding by period: first day, rate, customers who could leave."""
    return [
        (date.fromisoformat(i["period"]), i["churn_rate"], i["customers"]) for i in found.items if i["kind"] == "period"
    ]


def truth(lines: pd.DataFrame, month: date) -> float:
    """From the whole life of the shop: of those between their first and last purchase that month, who made the last."""
    lives = lines.groupby("id")["day"].agg(["min", "max"])
    after = (month + timedelta(days=32)).replace(day=1)
    exposed = lives[(lives["min"] < after) & (lives["max"] >= month)]
    return float((exposed["max"] < after).mean())


@pytest.mark.parametrize("seed", [pytest.param(seed, marks=pytest.mark.slow) for seed in (0, 1, 2)])
def test_a_constant_hazard_is_drawn_flat_and_true_on_a_file_that_begins_late(tmp_path: Path, seed: int) -> None:
    """The first months of the file hold too few of those at risk: drawn, they would read as departures on the wane."""
    lines = running_shop(seed)
    rates = series(finding(shop(tmp_path / "w", exported(lines, 40), days=_SILENCE), ANALYSIS, period="month"))
    assert len(rates) >= 20
    for month, rate, n in rates:
        assert n > 1000 and rate == pytest.approx(truth(lines, month), abs=0.003), month
    assert np.mean([r for _, r, _ in rates]) == pytest.approx(_HAZARD, abs=0.007)  # dated at the last purchase, a little early
    slope = np.polyfit(range(len(rates)), [r for _, r, _ in rates], 1)[0] * len(rates)
    assert abs(slope) < 0.01


def test_no_month_begins_within_one_silence_of_the_files_beginning_or_end(tmp_path: Path) -> None:
    lines = exported(running_shop(4), 24)
    months = [r.start for r in period_rates(shop(tmp_path / "w", lines, days=_SILENCE), "month")]
    assert months[0] >= lines["day"].min() + timedelta(days=_SILENCE)
    assert months[0] < lines["day"].min() + timedelta(days=_SILENCE + 62)
    assert months[-1] <= AS_OF - timedelta(days=_SILENCE)


@pytest.mark.parametrize("period", [None, "month", "quarter", "year"])
def test_a_history_too_short_for_its_silence_draws_nothing_and_says_why(tmp_path: Path, period: str | None) -> None:
    """Ten months of purchases, four of silence on both sides: two months could be judged, which are no series."""
    found = finding(shop(tmp_path / "w", exported(running_shop(5), 10), days=_SILENCE), ANALYSIS, period=period)
    assert found.chart is None and not series(found)
    assert found.measures[0].name == "churn_rate"
    said = [c.render("en") for c in found.caveats if "No rate by period" in c.render("en")]
    assert len(said) == 1 and "120\u00a0days" in said[0]
    assert any("Pas de taux par période\u00a0: il faut 120" in c.render("fr") for c in found.caveats)


def test_one_wrong_year_is_not_the_beginning_of_the_file(tmp_path: Path) -> None:
    lines = exported(running_shop(6), 26)
    stray = pd.DataFrame([("C99999", date(2011, 3, 4), 20.0)], columns=lines.columns)
    study = shop(tmp_path / "w", pd.concat([stray, lines]), days=_SILENCE)
    assert period_rates(study, "month")[0].start >= lines["day"].min() + timedelta(days=_SILENCE)


def test_a_segment_where_nobody_left_is_not_a_short_history(tmp_path: Path) -> None:
    """The history is the file's: a few customers who all stayed have a rate of nothing a month."""
    span = (AS_OF - START).days
    faithful = [(f"F{i}", START + timedelta(days=d), 90.0) for i in range(40) for d in range(i, span, 30)]
    lines = pd.concat([exported(running_shop(7), 26), pd.DataFrame(faithful, columns=["id", "day", "amount"])])
    kept = [{"field": "orders", "operator": ">", "values": [55]}]
    found = finding(shop(tmp_path / "w", lines, days=_SILENCE), ANALYSIS, period="month", segment=kept)
    assert {rate for _, rate, _ in series(found)} == {0.0}


@pytest.mark.parametrize("name", ["electronics_sales/electronic_sales.csv", "cdnow/CDNOW_master.txt"])
def test_public_files_shorter_than_two_silences_have_no_series(tmp_path: Path, name: str) -> None:
    """A year of orders beside 257 days of silence, eighteen months beside 351: first months at 59 % and 45 % would be drawn."""
    found = finding(real(tmp_path / "w", *name.split("/")), ANALYSIS)
    assert found.chart is None and not series(found)


def test_the_rate_of_a_year_is_split_and_compared(tmp_path: Path) -> None:
    """Of those present on the first of January, who left that year: by channel, and beside the year before."""
    rng = np.random.default_rng(4)
    rows = []
    for i in range(900):
        start = AS_OF - timedelta(days=int(rng.integers(30, 1400)))
        channel = ["web", "shop", "fair"][i % 3]
        end = start + timedelta(days=int(rng.exponential({"web": 300, "shop": 900, "fair": 600}[channel])) + 1)
        rows.append((f"C{i:04d}", start, end if end <= AS_OF else None, 30.0, channel))
    people = pd.DataFrame(rows, columns=["id", "start", "end", "bill", "channel"])
    year = AS_OF.year - 1
    first, last = date(year, 1, 1), date(year, 12, 31)
    period, before = {"start": str(first), "end": str(last)}, {"start": f"{year - 1}-01-01", "end": f"{year - 1}-12-31"}
    found = finding(subscribed(tmp_path, people), EXPLORE, measure="lost_rate", by=["channel"], period=period, compare=before)
    for item in found.items:
        there = people[(people["channel"] == item["channel"]) & (people["start"] < first) & ~(people["end"] < first)]
        assert item["lost_rate"] == pytest.approx((there["end"] <= last).mean()) and item["n"] == len(there)
    assert [item["channel"] for item in found.items] == ["web", "fair", "shop"]
    assert found.measures[1].name == "before"


def test_months_of_a_year_are_each_of_those_present_when_it_begins(tmp_path: Path) -> None:
    """The rates are those that the churn rate draws month by month; weeks, of which none is drawn, split nobody."""
    study = shop(tmp_path, exported(running_shop(1), 48), days=_SILENCE)
    year = AS_OF.year - 2
    period = {"start": f"{year}-01-01", "end": f"{year}-12-31"}
    found = finding(study, EXPLORE, measure="lost_rate", by=["month"], period=period)
    drawn = {rate.start: rate.rate.value for rate in period_rates(study, "month") if rate.start.year == year}
    assert len(drawn) == 12
    assert {date.fromisoformat(str(item["month"])[:10]): item["lost_rate"] for item in found.items} == pytest.approx(drawn)
    assert "“Week”" in refusal(study, EXPLORE, measure="lost_rate", by=["week"], period=period).reason.render("en")
