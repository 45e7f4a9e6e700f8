"""Defects only the reduced tables show: each planted, and its clean twin, as threats.md section 5 simulates them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from analytics.customers.customer_table import CustomerQuery, Rhythm
from analytics.customers.reduce import Reduction
from analytics.datamodel.attributes import Attribute, Timing
from analytics.datamodel.model import ColumnType, DataModel, HealthCheck, LostBasis, LostDefinition
from analytics.datamodel.roles import Role
from analytics.measures.defects import reduced_defects
from analytics.workspace import Database
from vocabulary.language import Text
from vocabulary.sentence import say

AS_OF = date(2025, 10, 31)
_CODES = (
    "seasonality", "censoring", "winners_curse", "regression_to_mean", "never_staying", "public_accounts", "few_events",
)  # fmt: skip
Draw = np.random.Generator
World = tuple[pd.DataFrame, pd.DataFrame | None, int | None, bool]  # customers, purchases, silence, has a category a0


def test_the_light_count_of_each_reduced_detector() -> None:
    """Twenty planted and twenty clean worlds each: at least nineteen found, at most one false alarm."""
    for code in DETECTORS:
        found, false = measure(code, 20)
        assert found >= 19 and false <= 1, (code, found, false)


@pytest.mark.slow
@pytest.mark.parametrize("code", _CODES)
def test_two_hundred_planted_and_two_hundred_clean(code: str) -> None:
    """The share found is at least .95, the share of false alarms at most .05."""
    found, false = measure(code, 200)
    assert found >= 190 and false <= 10, (code, found, false)


def test_the_seasonal_shop_says_what_a_blind_rule_would_lose() -> None:
    """Half buy in November and December only and nobody leaves: the effect is the blind share beside the rule's own."""
    customers, purchases, silence, category = seasonal(np.random.default_rng(5), True)
    check = next(c for c in checks_of(customers, purchases, silence, category) if c.check == "seasonality")
    assert check.effect is not None
    kept, without = check.effect.kept.value, check.effect.without.value
    assert kept is not None and without is not None
    assert kept > 0.4 and without < 0.05


def measure(code: str, times: int) -> tuple[int, int]:
    """How many of `times` planted worlds raise the check, and how many clean twins do."""
    world = DETECTORS[code]
    counts = []
    for planted in (True, False):
        made = (world(np.random.default_rng([seed, planted]), planted) for seed in range(times))
        counts.append(sum(any(check.check == code for check in checks_of(*one)) for one in made))
    return counts[0], counts[1]


def checks_of(
    customers: pd.DataFrame, purchases: pd.DataFrame | None, silence: int | None, category: bool
) -> tuple[HealthCheck, ...]:
    """The checks of reduced tables made by hand."""
    basis = LostBasis.LABEL if silence is None else LostBasis.RHYTHM
    lost = LostDefinition(basis, say("", ""), days=silence)
    model = DataModel((), (), (), (), AS_OF, lost)
    title = Text("segment", "segment")
    attributes = (
        (Attribute("segment", title, "a0", ColumnType.CATEGORY, Role.SECTOR, Timing.AT_RECRUITMENT, ()),) if category else ()
    )
    tables = frozenset({"customers"} | ({"purchases"} if purchases is not None else set()))
    query = CustomerQuery(lost, AS_OF, purchases is not None, attributes, {})
    reduction = Reduction(attributes, (), tables, Rhythm(silence, None, None, purchases is not None), query)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "d.duckdb"
        with duckdb.connect(path) as connection:
            for name, frame in (("customers", customers), ("purchases", purchases)):
                if frame is not None:
                    connection.register("given", pa.Table.from_pandas(frame, preserve_index=False))
                    connection.execute(f"CREATE TABLE {name} AS SELECT * FROM given")
        database = Database(path)
        try:
            return reduced_defects(database, model, reduction)
        finally:
            database.close()


def _customers(n: int, **columns: object) -> pd.DataFrame:
    day = [AS_OF - timedelta(days=400)] * n
    base = {
        "customer_key": np.arange(n), "customer_id": [f"C{i}" for i in range(n)], "started": day, "first_purchase": day,
        "last_purchase": day, "orders": np.full(n, 2), "purchase_days": np.full(n, 2), "amount_12m": np.full(n, 10.0),
        "amount_prev_12m": np.full(n, 10.0), "p90_gap": np.full(n, 60.0), "tenure_months": np.full(n, 24.0),
        "promo_share": np.zeros(n), "channel": [None] * (n - 1) + ["-"], "lost": np.zeros(n, bool),
        "lost_on": [None] * (n - 1) + [AS_OF], "a0": ["-"] * n,
    }  # fmt: skip
    return pd.DataFrame({**base, **columns})


def seasonal(draw: Draw, planted: bool) -> World:
    """Four years; half of the customers buy in November and December only, the others every two months."""
    rows = []
    for who in range(240):
        if planted and who % 2:
            for year in range(2021, 2025):
                for _ in range(1 + int(draw.integers(0, 2))):
                    rows.append((who, date(year, 11, 5) + timedelta(days=int(draw.integers(0, 48)))))
        else:
            day = date(2021, 11, 1) + timedelta(days=int(draw.integers(0, 600)))
            while day <= AS_OF:
                rows.append((who, day))
                day += timedelta(days=5 + int(draw.gamma(2, 28)))
    purchases = pd.DataFrame(rows, columns=["customer_key", "day"]).assign(kept=True, amount=20.0)
    by = purchases.groupby("customer_key")["day"]
    last, first = by.max(), by.min()
    silence = 405 if planted else 180
    customers = _customers(
        len(last), customer_key=last.index, first_purchase=first.values, last_purchase=last.values,
        purchase_days=by.nunique().values, lost=[(AS_OF - day).days > silence for day in last],
        p90_gap=np.where(np.arange(len(last)) % 2 == 1, 365.0, 90.0) if planted else np.full(len(last), 90.0),
    )  # fmt: skip
    return customers, purchases, silence, False


def censored(draw: Draw, planted: bool) -> World:
    """Mean life of 25 months, joined over three years; the twin was followed until nearly all had left."""
    n = 600
    life = draw.exponential(25 if planted else 6, n)
    age = draw.uniform(1, 36, n) if planted else np.full(n, 60.0)
    lost = life < age
    lived = np.minimum(life, age)
    started = [AS_OF - timedelta(days=int(a * 30.4375)) for a in age]
    return _customers(n, lost=lost, tenure_months=lived, started=started, lost_on=[None] * n), None, None, False


def lucky(draw: Draw, planted: bool) -> World:
    """Twelve equal channels of fifty, or four that truly differ."""
    sizes, rates = (np.full(12, 50), np.full(12, 0.35)) if planted else (np.full(4, 200), np.array([0.15, 0.3, 0.4, 0.55]))
    channel = np.repeat([f"K{i:02d}" for i in range(len(sizes))], sizes)
    lost = draw.random(sizes.sum()) < np.repeat(rates, sizes)
    return _customers(len(lost), channel=channel, lost=lost), None, None, False


def extremes(draw: Draw, planted: bool) -> World:
    """Nothing changes but luck from a year to the next; in the twin each spends what they spent."""
    n = 500
    level = draw.lognormal(5, 0.5, n)
    noise = 0.45 if planted else 0.03
    before, after = (level * draw.lognormal(0, noise, n) for _ in range(2))
    first = [AS_OF - timedelta(days=900)] * n
    world = _customers(n, first_purchase=first, amount_12m=after, amount_prev_12m=before)
    return world, pd.DataFrame({"customer_key": [0], "day": [AS_OF], "kept": [True], "amount": [1.0]}), 180, False


def trials(draw: Draw, planted: bool) -> World:
    """A fifth came by a free trial and leave twice as often; in the twin they leave like the others."""
    n = 600
    trial = draw.random(n) < 0.2
    rate = np.where(trial & planted, 0.7, 0.2)
    lost = draw.random(n) < rate
    segment = np.where(trial, "Essai gratuit" if planted else "Particulier", "Particulier")
    return _customers(n, lost=lost, a0=segment), None, None, True


def public(draw: Draw, planted: bool) -> World:
    """A fifth are public bodies that never leave; the twin has none."""
    n = 600
    them = draw.random(n) < 0.2
    lost = draw.random(n) < np.where(them & planted, 0.02, 0.35)
    segment = np.where(them & planted, "Secteur public", "Industrie")
    return _customers(n, lost=lost, a0=segment), None, None, True


def few(draw: Draw, planted: bool) -> World:
    """Fourteen of sixty customers left; the twin has six hundred."""
    n = 60 if planted else 600
    lost = np.zeros(n, bool)
    lost[draw.choice(n, round(n * 14 / 60), replace=False)] = True
    return _customers(n, lost=lost), None, None, True


DETECTORS: dict[str, Callable[[Draw, bool], World]] = {
    "seasonality": seasonal, "censoring": censored, "winners_curse": lucky, "regression_to_mean": extremes,
    "never_staying": trials, "public_accounts": public, "few_events": few,
}  # fmt: skip
