"""C1 on public files with known answers and on planted worlds."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.churn.churn_rate import ANALYSIS
from analytics.importing import import_files, open_study
from analytics.measures.departures import period_rates, year_on_year
from analytics.study import Study
from analytics.workspace import Workspace
from tests.unit.analyses.relations import (
    AS_OF,
    START,
    finding,
    labelled,
    real,
    refusal,
    shop,
    steady_shop,
    subscribed,
)  # fmt: skip
from vocabulary.errors import UserError
from vocabulary.themes import Strength


@pytest.fixture(scope="module")
def telco(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return real(tmp_path_factory.mktemp("telco"), "telco_ibm", "telco_customer_churn.csv")


def test_rate_of_the_public_telecom_file(telco: Study) -> None:
    """IBM's sample: 1,869 of 7,043 left; Wilson's interval by the formula of Wilson (1927)."""
    rate = finding(telco, ANALYSIS).measures[0]
    z, n, p = 1.959964, 7043, 1869 / 7043
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)) ** 0.5
    assert (rate.name, rate.n, rate.value) == ("churn_rate", 7043, pytest.approx(p))
    assert (rate.low, rate.high) == (pytest.approx(centre - half, abs=1e-6), pytest.approx(centre + half, abs=1e-6))


def test_by_contract_gives_one_complete_row_a_value(telco: Study) -> None:
    """Counts of the public file, also printed by many notebooks: 1,655 of 3,875, 166 of 1,473, 48 of 1,695."""
    found = finding(telco, ANALYSIS, by="Contract")
    assert found.table is not None
    assert {(row[0], row[1], row[2]) for row in found.table.rows} == {
        ("Month-to-month", 3875, 1655), ("One year", 1473, 166), ("Two year", 1695, 48),
    }  # fmt: skip
    assert "Month-to-month" in found.claim.render("en")


def test_flags_are_shown_in_the_words_of_the_file(telco: Study) -> None:
    found = finding(telco, ANALYSIS, by="Partner")
    assert {item["group"] for item in found.items} == {"Yes", "No"}


def test_groups_that_chance_explains_are_not_named(telco: Study) -> None:
    """Gender: 26.9 % against 26.2 %, p about .49 by the score test."""
    found = finding(telco, ANALYSIS, by="gender")
    assert found.strength is Strength.WEAK and "Female" not in found.claim.render("en")


def test_a_segment_narrows_the_count_and_is_named(telco: Study) -> None:
    found = finding(telco, ANALYSIS, segment=[{"field": "Contract", "operator": "=", "values": ["Two year"]}])
    assert (found.measures[0].n, found.measures[1].value) == (1695, 48)
    assert "Two year" in found.claim.render("fr")


def test_tenure_does_not_explain_departures(telco: Study) -> None:
    """Whoever leaves early has a short tenure by definition: said first, and nothing stronger than weak."""
    found = finding(telco, ANALYSIS, by="tenure_months")
    assert found.strength is Strength.WEAK and "time itself" in found.caveats[0].render("en")


def test_an_unknown_column_is_refused_in_words(telco: Study) -> None:
    with pytest.raises(UserError):
        finding(telco, ANALYSIS, by="Shoe size")


def contracts(seed: int, change: float, season: int | None = None) -> pd.DataFrame:
    """Five years of contracts, three in a hundred ending each month; times `change` in the last year; a peak month."""
    rng = np.random.default_rng(seed)
    rows = []
    for i in range(6000):
        start = date.fromordinal(START.toordinal() + int(rng.integers(0, 1500)))
        day, end = start, None
        while day <= AS_OF:
            chance = 0.03 * (change if day > date(2024, 12, 31) else 1.0) * (3.0 if day.month == season else 1.0)
            if rng.random() < chance:
                end = min(day + timedelta(days=int(rng.integers(0, 28))), AS_OF)
                break
            day = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
        rows.append((f"C{i:05d}", start, end, 30.0))
    return pd.DataFrame(rows, columns=["id", "start", "end", "bill"])


def test_a_planted_rise_is_said(tmp_path: Path) -> None:
    facts = [fact.render("en") for fact in finding(subscribed(tmp_path, contracts(3, 1.6)), ANALYSIS).facts]
    assert any("rising" in fact for fact in facts)


def test_a_planted_season_is_told_apart_from_a_trend(tmp_path: Path) -> None:
    facts = [fact.render("en") for fact in finding(subscribed(tmp_path, contracts(4, 1.0, season=9)), ANALYSIS).facts]
    assert any("September" in fact and "not to be read as a trend" in fact for fact in facts)
    assert any("No clear trend" in fact for fact in facts)


def test_the_monthly_rate_is_that_planted(tmp_path: Path) -> None:
    """Three in a hundred a month, by construction."""
    rates = period_rates(subscribed(tmp_path, contracts(5, 1.0)), "month")[-24:]
    pooled = sum(r.lost for r in rates) / sum(r.exposed for r in rates)
    assert pooled == pytest.approx(0.03, abs=0.003)


@pytest.mark.parametrize("seed", range(3))
def test_growing_recruitment_is_not_taken_for_falling_churn(tmp_path: Path, seed: int) -> None:
    """New customers cannot be silent for long yet: counting them as exposed would make any growth look like loyalty."""
    study = shop(tmp_path, steady_shop(seed, 3000, growth=True), days=200)
    compared = year_on_year(period_rates(study, "month"), 12)
    assert compared is not None
    now, before, _ = compared
    assert now.value == pytest.approx(before.value, rel=0.2)


def test_periods_without_dates_say_why(telco: Study) -> None:
    found = finding(telco, ANALYSIS, period="month")
    assert "end date" in found.caveats[0].render("en")


def test_few_customers_are_described_and_nothing_is_named(tmp_path: Path) -> None:
    people = pd.DataFrame({"id": list("ABCDEF"), "gone": [True, False] * 3, "region": ["N", "S"] * 3})
    study = labelled(tmp_path, people)
    found = finding(study, ANALYSIS, by="region")
    assert found.strength is Strength.WEAK and found.measures[0].value == 0.5
    assert not any("“N”" in s.render("en") for s in (found.claim, *found.facts))


@pytest.mark.parametrize("mark", ["X", "x", "✓", "oui"])
def test_nothing_beside_the_marks_of_those_who_left_means_that_one_is_here(tmp_path: Path, mark: str) -> None:
    """Sixty crosses and blanks: the share is of everyone, not of those crossed alone."""
    path, workspace = tmp_path / "clients.csv", Workspace(tmp_path / "workspace")
    people = [("Identifiant", "Résilié", "Ville"), *((f"C{n:03d}", mark if n < 60 else "", ["Lyon", "Nice"][n % 2]) for n in range(200))]
    path.write_text("\n".join(map(";".join, people)), encoding="utf-8")
    import_files(workspace, [path])
    study = open_study(workspace)
    try:
        measure = finding(study, ANALYSIS).measures[0]
        assert (measure.value, measure.n) == (0.3, 200)
        assert "200" in study.model.lost.evidence.render("fr")
    finally:
        study.database.close()


def test_nobody_to_count(tmp_path: Path) -> None:
    study = labelled(tmp_path, pd.DataFrame({"id": ["A"], "gone": [False]}))
    assert finding(study, ANALYSIS).measures[0].n == 1
    nobody = [{"field": "tenure_months", "operator": ">", "values": [10]}]
    assert refusal(study, ANALYSIS, segment=nobody).missing == "too_few_customers"


def test_the_yearly_rate_counts_who_is_lost_now_and_not_who_came_back(tmp_path: Path) -> None:
    """Counted apart with pandas: present a year ago (silent for 180 days at most), and silent for more than that today."""
    rng = np.random.default_rng(5)
    rows = []
    for i in range(400):
        day = int(rng.integers(0, 900))
        while day <= (AS_OF - START).days:
            rows.append((f"C{i:03d}", START + timedelta(days=day), 10.0))
            day += int(rng.integers(20, 150)) if rng.random() < 0.8 else int(rng.integers(200, 320))
    lines = pd.DataFrame(rows, columns=["id", "day", "amount"])
    year_ago = AS_OF.replace(year=AS_OF.year - 1)
    last = lines.groupby("id")["day"].max()
    before = lines[lines["day"] <= year_ago].groupby("id")["day"].max()
    present = before[[(year_ago - day).days <= 180 for day in before]].index
    lost_now = sum((AS_OF - day).days > 180 for day in last[present])
    came_back = [i for i in present if (AS_OF - last[i]).days <= 180 and lines[lines["id"] == i]["day"].diff().dropna().max() > timedelta(180)]
    assert came_back and lost_now, "the world must hold both"
    yearly = next(m for m in finding(shop(tmp_path / "w", lines), ANALYSIS).measures if m.name == "churn_rate_12m")
    assert (yearly.n, yearly.value) == (len(present), pytest.approx(lost_now / len(present)))


def test_a_filter_on_a_flag_is_said_in_words(telco: Study) -> None:
    found = finding(telco, ANALYSIS, segment=[{"field": "Partner", "operator": "=", "values": [True]}])
    assert found.claim.render("fr").startswith("Clients considérés (Partner = oui)")
    assert found.claim.render("en").startswith("Customers looked at (Partner = yes)")


def test_the_period_asked_for_is_the_first_number(tmp_path: Path) -> None:
    """The claim tells the last period, and so does the first measure; without a period it is the overall share."""
    study = shop(tmp_path / "w", steady_shop(3, 800))
    asked, overall = finding(study, ANALYSIS, period="quarter"), finding(study, ANALYSIS)
    assert asked.measures[0].name == "churn_rate_last_quarter"
    last = [item for item in asked.items if item["kind"] == "period"][-1]
    assert (asked.measures[0].value, asked.measures[0].n) == (last["churn_rate"], last["customers"])
    assert overall.measures[0].name == "churn_rate"


def test_the_groups_a_manager_names_are_told_their_rates(tmp_path: Path) -> None:
    """Two alike: neither is said to lose more, and both rates stand in the answer; of groups nobody named, how far apart they are."""
    rng = np.random.default_rng(6)
    people = pd.DataFrame({"id": [f"C{i}" for i in range(900)], "gone": rng.random(900) < 0.3, "region": ["N", "S", "E"] * 300})
    study = labelled(tmp_path, people)
    rates = people.groupby("region")["gone"].mean()
    asked = finding(study, ANALYSIS, by="region", segment=[{"field": "region", "operator": "in", "values": ["N", "S"]}])
    said = asked.claim.render("en")
    assert asked.strength is Strength.WEAK and "may be chance" in said
    assert all(f"“{name}” {rates[name]:.1%}" in said for name in "NS") and "“E”" not in said
    every = finding(study, ANALYSIS, by="region").claim.render("en")
    assert "“" not in every and f"{rates.min():.1%} to {rates.max():.1%} left" in every


def test_departures_that_are_dated_are_not_said_to_be_undated(tmp_path: Path) -> None:
    """Every departure of these lodgers has its day; of a third of them, nothing says when they came."""
    rng, rows = np.random.default_rng(8), []
    for n in range(240):
        came, gone = date(2024, 1, 1) + timedelta(days=int(rng.integers(0, 300))), rng.random() < 0.5
        left = came + timedelta(days=int(rng.integers(40, 300))) if gone else None
        rows.append({"lodger_id": f"L{n:03d}", "contract_start": "" if n % 3 == 0 else came, "contract_end": left or "", "house": rng.choice(["Elm", "Oak"])})
    path = tmp_path / "lodgers.csv"
    pd.DataFrame(rows).to_csv(path, index=False)
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, [path], today=date(2025, 12, 31))
    study = open_study(workspace)
    try:
        said = finding(study, ANALYSIS, period="month").caveats[0].render("en")
    finally:
        study.database.close()
    assert "no date" not in said and "the day they came" in said


def test_the_year_between_that_kept_best_is_named(tmp_path: Path) -> None:
    """Planted: the recruits of 2023 leave a quarter as fast as those of the years on either side, which do not differ."""
    draw = np.random.default_rng(5)
    rows = []
    for year, monthly in ((2022, 0.08), (2023, 0.02), (2024, 0.08)):
        for place in range(400):
            start = date(year, 1, 1) + timedelta(days=int(draw.integers(0, 360)))
            end = start + timedelta(days=int(draw.geometric(monthly) * 30))
            rows.append({"id": f"{year}-{place}", "start": start, "end": end if end <= AS_OF else None, "bill": 10.0, "channel": "web"})
    found = finding(subscribed(tmp_path / "years", pd.DataFrame(rows)), ANALYSIS, by="started")
    assert "the year that kept its customers best is 2023" in found.claim.render("en")


def test_of_years_alike_none_is_said_to_keep_best(tmp_path: Path) -> None:
    draw = np.random.default_rng(6)
    rows = []
    for year in (2022, 2023, 2024):
        for place in range(300):
            start = date(year, 1, 1) + timedelta(days=int(draw.integers(0, 360)))
            end = start + timedelta(days=int(draw.geometric(0.05) * 30))
            rows.append({"id": f"{year}-{place}", "start": start, "end": end if end <= AS_OF else None, "bill": 10.0, "channel": "web"})
    found = finding(subscribed(tmp_path / "alike", pd.DataFrame(rows)), ANALYSIS, by="started")
    assert "the gap is not clear" in found.claim.render("en")


def test_who_never_bought_is_no_group_of_its_own(tmp_path: Path) -> None:
    """Customers without a purchase are in no rate: a column of the last order has no third value for them."""
    draw = np.random.default_rng(4)
    buyers = [f"K{place:03d}" for place in range(300)]
    rows = [
        {"customer_id": one, "order_date": START + timedelta(days=int(day)), "amount": 20.0, "Ribboned": draw.choice(["Yes", "No"])}
        for one in buyers for day in sorted(draw.integers(0, 700, draw.integers(2, 9)))
    ]  # fmt: skip
    people = [{"customer_id": one, "signup_date": START, "town": "Deal"} for one in [*buyers, *(f"Z{place:03d}" for place in range(40))]]
    paths = [tmp_path / "orders.csv", tmp_path / "customers.csv"]
    for path, held in zip(paths, (rows, people), strict=True):
        pd.DataFrame(held).to_csv(path, index=False)
    workspace = Workspace(tmp_path / "workspace")
    import_files(workspace, paths, today=AS_OF + timedelta(days=400))
    found = finding(open_study(workspace), ANALYSIS, by="last_order: Ribboned")
    assert found.table is not None and all(row[1] for row in found.table.rows) and len(found.table.rows) == 2
