"""Defects only the reduced tables show: worlds made straight as those tables, as threats.md simulates them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

from analytics.customers.customer_table import CustomerQuery, Rhythm
from analytics.customers.reduce import Reduction
from analytics.datamodel.attributes import Attribute, Timing
from analytics.datamodel.health import HealthCode as Code
from analytics.datamodel.model import ColumnType, DataModel, HealthCheck, LostBasis, LostDefinition
from analytics.datamodel.roles import Role
from analytics.measures.defects import reduced_defects
from analytics.workspace import Database
from tests.unit.datamodel.measure.cases import cases
from tests.unit.datamodel.measure.count import Count
from vocabulary.language import Text
from vocabulary.sentence import say

AS_OF = date(2025, 10, 31)
Draw = np.random.Generator


@dataclass(frozen=True)
class Reduced:
    """Reduced tables: the customers, their purchases, the days of silence that make a customer lost, what describes them."""

    customers: pd.DataFrame
    purchases: pd.DataFrame | None = None
    silence: int | None = None
    attributes: tuple[Attribute, ...] = ()


@dataclass(frozen=True)
class ReducedCase:
    """One defect: its alarm, what is planted, and the world with it or, as its twin, without."""

    code: Code
    title: str
    world: Callable[[Draw, bool], Reduced]


def measured(case: ReducedCase, seeds: Iterable[int]) -> Count:
    """How many planted worlds raise the alarm, and how many of their twins do."""
    tried, counts = list(seeds), [0, 0]
    for seed in tried:
        for place, planted in enumerate((True, False)):
            world = case.world(np.random.default_rng([seed, planted]), planted)
            counts[place] += any(check.check == case.code for check in checks_of(world))
    return Count(case.code.value, case.title, counts[0], counts[1], len(tried))


def measured_names() -> set[tuple[str, str]]:
    """Code and title of every case, of the files and of the reduced tables."""
    files = {(case.code.value, case.title) for _, _, case in cases()}
    return files | {(case.code.value, case.title) for case in REDUCED}


def checks_of(world: Reduced) -> tuple[HealthCheck, ...]:
    """The checks of reduced tables made by hand."""
    basis = LostBasis.LABEL if world.silence is None else LostBasis.RHYTHM
    lost = LostDefinition(basis, say("", ""), days=world.silence)
    model = DataModel((), (), (), (), AS_OF, lost)
    attributes = world.attributes
    tables = frozenset({"customers"} | ({"purchases"} if world.purchases is not None else set()))
    query = CustomerQuery(lost, AS_OF, world.purchases is not None, attributes, {})
    rhythm = Rhythm(world.silence, None, None, world.purchases is not None)
    reduction = Reduction(attributes, (), tables, rhythm, query)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "d.duckdb"
        with duckdb.connect(path) as connection:
            seen = {"last_sign": world.customers["last_purchase"]} if "last_purchase" in world.customers else {}
            for name, frame in (("customers", world.customers.assign(**seen)), ("purchases", world.purchases)):
                if frame is not None:
                    connection.register("given", pa.Table.from_pandas(frame, preserve_index=False))
                    connection.execute(f"CREATE TABLE {name} AS SELECT * FROM given")
        database = Database(path)
        try:
            return reduced_defects(database, model, reduction)
        finally:
            database.close()


def seasonal(draw: Draw, planted: bool) -> Reduced:
    """A quarter to six tenths buy at one season only, the others every two months; the twin shuts every August."""
    share, month = (draw.uniform(0.25, 0.6) if planted else 0.0), int(draw.choice([2, 6, 11]))
    rows, once = [], []
    for who in range(int(draw.integers(160, 320))):
        once.append(draw.random() < share)
        if once[-1]:
            for year in range(2021, 2025 + (month < 9)):
                for _ in range(1 + int(draw.integers(0, 2))):
                    rows.append((who, date(year, month, 5) + timedelta(days=int(draw.integers(0, 48)))))
            continue
        day = date(2021, 11, 1) + timedelta(days=int(draw.integers(0, 600)))
        while day <= AS_OF:
            if day.month != 8:
                rows.append((who, day))
            day += timedelta(days=5 + int(draw.gamma(2, 28)))
    purchases = pd.DataFrame(rows, columns=["customer_key", "day"]).assign(kept=True, amount=20.0)
    by = purchases.groupby("customer_key")["day"]
    last, first = by.max(), by.min()
    silence = 405 if planted else 180
    customers = _customers(
        len(last), customer_key=last.index, first_purchase=first.values, last_purchase=last.values,
        purchase_days=by.nunique().values, lost=[(AS_OF - day).days > silence for day in last],
        p90_gap=np.where(np.array(once)[last.index], 365.0, 90.0),
    )  # fmt: skip
    return Reduced(customers, purchases, silence)


def censored(draw: Draw, planted: bool) -> Reduced:
    """Mean life of 15 to 40 months, joined over two to four years; the twin was followed until nearly all had left."""
    n = int(draw.integers(300, 800))
    life = draw.exponential(draw.uniform(15, 40) if planted else draw.uniform(4, 9), n)
    age = draw.uniform(1, draw.uniform(24, 48), n) if planted else np.full(n, 60.0)
    lived = np.minimum(life, age)
    started = [AS_OF - timedelta(days=int(a * 30.4375)) for a in age]
    left = [s + timedelta(days=int(y * 30.4375)) if gone else None for s, y, gone in zip(started, lived, life < age, strict=True)]
    return Reduced(_customers(n, lost=life < age, tenure_months=lived, started=started, lost_on=left, ended=left))


def lucky(draw: Draw, planted: bool) -> Reduced:
    """Eight to fourteen equal channels of forty to sixty; the twin's differ truly, or are large and alike."""
    if planted:
        sizes = draw.integers(40, 60, int(draw.integers(8, 15)))
        rates = np.full(len(sizes), draw.uniform(0.25, 0.45))
    elif draw.random() < 0.5:
        sizes, rates = draw.integers(150, 250, 4), np.array([0.15, 0.3, 0.4, 0.55])
    else:
        sizes, rates = draw.integers(900, 1200, 4), np.full(4, 0.3)
    channel = np.repeat([f"K{i:02d}" for i in range(len(sizes))], sizes)
    lost = draw.random(sizes.sum()) < np.repeat(rates, sizes)
    return Reduced(_customers(len(lost), channel=channel, lost=lost))


def extremes(draw: Draw, planted: bool) -> Reduced:
    """Nothing changes but luck from a year to the next; in the twin each spends what they spent, and a little more."""
    n = int(draw.integers(300, 900))
    level = draw.lognormal(5, draw.uniform(0.4, 0.7), n)
    noise = draw.uniform(0.35, 0.6) if planted else draw.uniform(0, 0.05)
    before, after = (level * draw.lognormal(0, noise, n) for _ in range(2))
    first = [AS_OF - timedelta(days=900)] * n
    customers = _customers(n, first_purchase=first, amount_12m=after * draw.uniform(0.9, 1.2), amount_prev_12m=before)
    return Reduced(customers, _one_purchase(), 180)


def trials(draw: Draw, planted: bool) -> Reduced:
    """Eight to thirty in a hundred came by a free trial, told by a word or by a yes, and leave far more than the others.

    In the twin they leave like the others.
    """
    world = _worded(draw, planted, ["Essai gratuit", "Free trial", "trial 30d", "Freemium"], 0.7, 0.2)
    if draw.random() < 0.5:
        return world
    world.customers["a0"] = world.customers["a0"] != "Particulier"
    return replace(world, attributes=(_attribute(0, ColumnType.FLAG, Role.TRIAL),))


def one_off(draw: Draw, planted: bool) -> Reduced:
    """The same for a single need."""
    return _worded(draw, planted, ["Besoin unique", "one-off", "Achat ponctuel", "Gift"], 0.8, 0.3)


def promotion_only(draw: Draw, planted: bool) -> Reduced:
    """The same for those who only ever bought on promotion."""
    n = int(draw.integers(400, 900))
    them = draw.random(n) < draw.uniform(0.08, 0.3)
    lost = draw.random(n) < np.where(them & planted, 0.7, 0.25)
    customers = _customers(n, lost=lost, promo_share=np.where(them, 1.0, draw.uniform(0, 0.9, n)))
    return Reduced(customers, _one_purchase(), 180)


def public(draw: Draw, planted: bool) -> Reduced:
    """Eight to thirty in a hundred are public bodies that hardly leave; the twin's are the public at large."""
    words = ["Secteur public", "Collectivité", "Public sector", "Mairie"]
    world = _worded(draw, planted, words, 0.02, 0.35)
    if planted:
        return world
    world.customers["lost"] = np.where(world.customers["a0"] != "Particulier", draw.random(len(world.customers)) < 0.02,
                                       world.customers["lost"])  # fmt: skip
    world.customers["a0"] = world.customers["a0"].where(world.customers["a0"] == "Particulier", "Grand public")
    return world


def few(draw: Draw, planted: bool) -> Reduced:
    """Five to twenty-nine departures; the twin has thirty or more."""
    return _departures(draw, (5, 30) if planted else (30, 150), 1)


def few_for_the_factors(draw: Draw, planted: bool) -> Reduced:
    """Thirty to sixty-nine departures for seven to ten columns that could explain them; the twin has a hundred or more."""
    return _departures(draw, (30, 70) if planted else (100, 200), int(draw.integers(7, 11)))


def _departures(draw: Draw, between: tuple[int, int], columns: int) -> Reduced:
    gone = int(draw.integers(*between))
    n = gone * int(draw.integers(2, 8)) + 10
    lost = np.zeros(n, bool)
    lost[draw.choice(n, gone, replace=False)] = True
    described = {f"a{i}": draw.choice(["x", "y", "z"], n) for i in range(columns)}
    attributes = tuple(_attribute(i, ColumnType.CATEGORY, Role.SECTOR) for i in range(columns))
    return Reduced(_customers(n, lost=lost, **described), attributes=attributes)


def _attribute(place: int, kind: ColumnType, role: Role) -> Attribute:
    title = Text(f"segment {place}", f"segment {place}")
    return Attribute(f"segment {place}", title, f"a{place}", kind, role, Timing.AT_RECRUITMENT, ())


def _worded(draw: Draw, planted: bool, words: list[str], theirs: float, others: float) -> Reduced:
    n = int(draw.integers(400, 900))
    them = draw.random(n) < draw.uniform(0.08, 0.3)
    lost = draw.random(n) < np.where(them & planted, theirs, others)
    customers = _customers(n, lost=lost, a0=np.where(them, str(draw.choice(words)), "Particulier"))
    return Reduced(customers, attributes=(_attribute(0, ColumnType.CATEGORY, Role.SECTOR),))


def _one_purchase() -> pd.DataFrame:
    return pd.DataFrame({"customer_key": [0], "day": [AS_OF], "kept": [True], "amount": [1.0]})


def _customers(n: int, **columns: object) -> pd.DataFrame:
    day = [AS_OF - timedelta(days=400)] * n
    base = {
        "customer_key": np.arange(n), "customer_id": [f"C{i}" for i in range(n)], "started": day, "first_purchase": day,
        "last_purchase": day, "orders": np.full(n, 2), "purchase_days": np.full(n, 2), "amount_12m": np.full(n, 10.0),
        "amount_prev_12m": np.full(n, 10.0), "p90_gap": np.full(n, 60.0), "tenure_months": np.full(n, 24.0),
        "promo_share": np.zeros(n), "channel": [None] * (n - 1) + ["-"], "lost": np.zeros(n, bool),
        "lost_on": [None] * (n - 1) + [AS_OF], "ended": [None] * (n - 1) + [AS_OF], "a0": ["-"] * n,
    }  # fmt: skip
    return pd.DataFrame({**base, **columns})


REDUCED = (
    ReducedCase(Code.SEASONALITY, "25 to 60 % buy at one season only", seasonal),
    ReducedCase(Code.CENSORING, "relations still going on", censored),
    ReducedCase(Code.WINNERS_CURSE, "8 to 14 equal channels of 40 to 60", lucky),
    ReducedCase(Code.REGRESSION_TO_MEAN, "nothing but luck from year to year", extremes),
    ReducedCase(Code.NEVER_STAYING, "free trials", trials),
    ReducedCase(Code.NEVER_STAYING, "single needs", one_off),
    ReducedCase(Code.NEVER_STAYING, "bought on promotion only", promotion_only),
    ReducedCase(Code.PUBLIC_ACCOUNTS, "public bodies, beside the public at large", public),
    ReducedCase(Code.FEW_EVENTS, "5 to 29 departures", few),
    ReducedCase(Code.FEW_EVENTS, "30 to 69 departures for 7 to 10 columns", few_for_the_factors),
)
