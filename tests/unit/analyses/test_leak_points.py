"""C4: Kaplan-Meier figures of public files, and planted leaks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics import importing
from analytics.churn.leak_ages import Ages, age_bands, moment
from analytics.churn.leak_points import ANALYSIS
from analytics.datamodel.model import LostBasis
from analytics.study import Study
from analytics.workspace import Workspace
from tests.unit.analyses.relations import finding, labelled, real, refusal, shop, subscribed
from vocabulary.themes import Strength


@pytest.fixture(scope="module")
def telco(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return real(tmp_path_factory.mktemp("telco"), "telco_ibm", "telco_customer_churn.csv")


@pytest.fixture(scope="module")
def cdnow(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return real(tmp_path_factory.mktemp("cdnow"), "cdnow", "CDNOW_master.txt")


def test_survival_of_the_public_telecom_file(telco: Study) -> None:
    """S at 12, 24, 48 and 72 months, and the first hazards, as computed with lifelines on the same file."""
    measures = {m.name: m.value for m in finding(telco, ANALYSIS).measures}
    expected = {"retention_12m": 0.8432, "retention_24m": 0.7887, "retention_48m": 0.7088, "retention_72m": 0.5928}
    for name, value in expected.items():
        assert measures[name] == pytest.approx(value, abs=5e-5)
    assert measures["hazard_month_1"] == pytest.approx(0.054, abs=5e-4)
    assert measures["hazard_month_2"] == pytest.approx(0.019, abs=5e-4)


def test_the_first_month_is_the_leak(telco: Study) -> None:
    found = finding(telco, ANALYSIS)
    assert "in the first month" in found.claim.render("en")
    assert found.items[0]["raised"] and found.items[0]["lost"] == 380


def test_by_contract(telco: Study) -> None:
    """Month-to-month: 3,875 customers, S(12) = .7031, median 35 months (lifelines on the same file)."""
    found = finding(telco, ANALYSIS, by="Contract")
    monthly = next(item for item in found.items if item["group"] == "Month-to-month")
    assert monthly["customers"] == 3875 and monthly["median_months"] == 35
    assert monthly["retention"] == pytest.approx(0.7031, abs=5e-5)
    assert "Month-to-month" in found.claim.render("fr")


def test_steps_of_cdnow(cdnow: Study) -> None:
    """Share who buy a second time within a year: .459; those who have a third purchase among those with two: .649."""
    steps = [item for item in finding(cdnow, ANALYSIS).items if item["kind"] == "step"]
    assert steps[0]["customers"] == 23570 and steps[0]["again"] == pytest.approx(0.459, abs=5e-4)
    assert steps[1]["again_so_far"] == pytest.approx(0.649, abs=5e-4)


def tenures(seed: int, n: int, peak: int | None = None) -> pd.DataFrame:
    """Months of relation with a constant monthly hazard of .02, or .35 in the month `peak`; censored at random."""
    rng = np.random.default_rng(seed)
    rows = []
    for i in range(n):
        stop, month, gone = int(rng.integers(6, 40)), 1, False
        while month < stop and not gone:
            gone = bool(rng.random() < (0.35 if month == peak else 0.02))
            month += not gone
        rows.append((f"C{i:05d}", gone, float(month), 20.0, str(rng.choice(["a", "b", "c"]))))
    return pd.DataFrame(rows, columns=["id", "gone", "tenure", "bill", "region"])


def test_a_constant_risk_names_no_moment(tmp_path: Path) -> None:
    found = finding(labelled(tmp_path, tenures(1, 3000)), ANALYSIS)
    assert "No age" in found.claim.render("en") and not any(item["raised"] for item in found.items)


def test_a_planted_renewal_is_found(tmp_path: Path) -> None:
    found = finding(labelled(tmp_path, tenures(2, 3000, peak=12)), ANALYSIS)
    spikes = [item for item in found.items if item["from_month"] == item["to_month"] == 12]
    assert spikes and spikes[0]["hazard"] == pytest.approx(0.35, abs=0.05)


@pytest.mark.parametrize("seed", range(6))
def test_a_risk_that_falls_after_two_years_is_a_stretch_and_no_month(seed: int) -> None:
    """The same risk for the first twenty-four months, a third of it afterwards: none of the months of the two years is the moment."""
    rng = np.random.default_rng(seed)
    months, left = [], []
    for followed in rng.integers(1, 60, 2500):
        age, gone = 0, False
        while age < followed and not gone:
            age += 1
            gone = bool(rng.random() < (0.03 if age <= 24 else 0.01))
        months.append(float(age))
        left.append(gone)
    bands = age_bands(Ages(np.array(months), np.array(left), np.zeros(len(months)), (None,) * len(months), counted_from_one=True))
    found = moment(bands)
    assert found is not None and found.last - found.first >= 12


def test_random_groups_are_not_told_apart(tmp_path: Path) -> None:
    found = finding(labelled(tmp_path, tenures(3, 2000)), ANALYSIS, by="region")
    assert found.strength is Strength.WEAK and "cannot be told apart" in found.claim.render("en")


def test_left_truncation_is_seen_and_corrected(tmp_path: Path) -> None:
    """Survivors only before records begin: a hazard of .03 a month, and earlier leavers deleted from the file."""
    rng = np.random.default_rng(7)
    start = pd.to_datetime("2019-01-01") + pd.to_timedelta(rng.integers(0, 2190, 4000), unit="D")
    life = pd.to_timedelta(np.ceil(rng.exponential(30.4 / 0.03, 4000)), unit="D")
    end = start + life
    records, last = pd.Timestamp("2023-06-01"), pd.Timestamp("2025-12-31")
    kept = (end >= records) & (start <= last)
    frame = pd.DataFrame({
        "id": [f"C{i:05d}" for i in np.flatnonzero(kept)], "start": [d.date() for d in start[kept]],
        "end": [d.date() if d <= last else None for d in end[kept]], "bill": 10.0,
    })  # fmt: skip
    found = finding(subscribed(tmp_path, frame), ANALYSIS)
    kept_12 = next(m for m in found.measures if m.name == "retention_12m")
    assert kept_12.low is not None and kept_12.high is not None
    assert kept_12.low <= np.exp(-0.03 * 12) <= kept_12.high
    assert any("oldest departures" in c.render("en") for c in found.caveats)


def test_two_purchases_are_no_curve(tmp_path: Path) -> None:
    lines = pd.DataFrame({"id": ["A", "A"], "day": [pd.Timestamp("2025-01-05").date()] * 2, "amount": [5.0, 6.0]})
    found = finding(shop(tmp_path, lines), ANALYSIS)
    assert found.strength is Strength.WEAK and found.measures[0].n == 1
    assert found.measures[0].high is not None and found.measures[0].high > 0.5  # one customer proves nothing


def test_without_durations_it_says_what_would_help(tmp_path: Path) -> None:
    study = labelled(tmp_path, pd.DataFrame({"id": list("ABC"), "gone": [True, False, False]}))
    assert refusal(study, ANALYSIS).missing == "tenure"


def test_the_second_purchase_is_told_where_nobody_knows_who_is_lost(tmp_path: Path) -> None:
    """Eight customers in four hundred come back: too few to learn a rhythm, enough to say how many buy again."""
    first = pd.DataFrame({
        "customer_id": [f"K{place:03d}" for place in range(400)],
        "purchase_date": pd.date_range("2023-01-01", periods=400), "amount": 20.0,
    })  # fmt: skip
    again = first.iloc[:8].assign(purchase_date=lambda lines: lines["purchase_date"] + pd.Timedelta(days=30))
    pd.concat([first, again]).to_csv(tmp_path / "purchases.csv", index=False)
    workspace = Workspace(tmp_path / "workspace")
    importing.import_files(workspace, [tmp_path / "purchases.csv"])
    study = importing.open_study(workspace)
    assert study.model.lost.basis is LostBasis.NONE
    found = finding(study, ANALYSIS)
    study.database.close()
    assert found.items[0]["again"] == pytest.approx(8 / 400, abs=0.01)


def test_how_long_relations_last_comes_first_when_it_is_asked(tmp_path: Path, telco: Study) -> None:
    """A hazard of .02 a month: half are gone after ln 2 / .02 = 34 months. Of the telecom file, more than half outlive what was seen."""
    found = finding(labelled(tmp_path, tenures(1, 3000)), ANALYSIS, lasting=True)
    median = next(measure for measure in found.measures if measure.name == "median_lifetime")
    assert median.value == pytest.approx(np.log(2) / 0.02, abs=3)
    assert "Half of customers stay 35\u00a0months or longer" in found.claim.render("en")
    assert "More than half of customers stay longer than was seen: 59.3%" in finding(telco, ANALYSIS, lasting=True).claim.render("en")
