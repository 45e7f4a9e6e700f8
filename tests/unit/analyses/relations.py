"""Studies for the tests of analyses: small worlds with planted truth, and public files when they are at hand."""

from __future__ import annotations

import dataclasses
import os
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analytics.analysis import Analysis
from analytics.customers.reduce import customers_at, reduce
from analytics.datamodel.model import DataModel, LostBasis, LostDefinition
from analytics.datamodel.roles import Role, TableKind
from analytics.importing import import_files, open_study
from analytics.measures.state import state_sql
from analytics.segment import Segment
from analytics.study import Study
from analytics.workspace import Workspace
from tests.unit.customers.worlds import TOLD, World
from vocabulary.finding import Finding, NotApplicable, Result

START, AS_OF = date(2021, 1, 1), date(2025, 12, 31)
LABEL = LostDefinition(LostBasis.LABEL, TOLD, column="gone", table="t0", lost_values=("yes",))


def silence(days: int) -> LostDefinition:
    """Lost after so many days of silence."""
    return LostDefinition(LostBasis.DAYS, TOLD, days=days)


def study_of(world: World, model: DataModel) -> Study:
    """Reduce a world and look at it."""
    done = reduce(world.database, model, state_sql)
    return Study(
        database=world.database, model=model, attributes=done.attributes, purchase_attributes=done.purchase_attributes,
        tables=done.tables, reducer=lambda day, sample: customers_at(world.database, done.query, state_sql, day, sample),
    )  # fmt: skip


def labelled(folder: Path, people: pd.DataFrame) -> Study:
    """A base with a label `gone`, a tenure in months `tenure`, a bill `bill`, and whatever else the frame holds."""
    folder.mkdir(parents=True, exist_ok=True)
    world = World(folder)
    roles = {"id": Role.CUSTOMER_ID, "gone": Role.CHURN_LABEL, "tenure": Role.TENURE, "bill": Role.RECURRING_AMOUNT,
             "channel": Role.ACQUISITION_CHANNEL, "region": Role.REGION, "plan": Role.CONTRACT_TYPE}  # fmt: skip
    said = people["gone"].map({True: "yes", False: "no"})
    world.add(TableKind.CUSTOMERS, people.assign(gone=said), roles)
    return study_of(world, world.model(AS_OF, LABEL))


def subscribed(folder: Path, people: pd.DataFrame) -> Study:
    """A base of contracts: `start`, `end` (None: still running), `bill`, `channel`."""
    folder.mkdir(parents=True, exist_ok=True)
    world = World(folder)
    roles = {"id": Role.CUSTOMER_ID, "start": Role.START_DATE, "end": Role.END_DATE, "bill": Role.RECURRING_AMOUNT,
             "channel": Role.ACQUISITION_CHANNEL}  # fmt: skip
    world.add(TableKind.CUSTOMERS, people, roles)
    lost = LostDefinition(LostBasis.CONTRACT_END, TOLD, column="end", table="t0")
    return study_of(world, world.model(AS_OF, lost))


def shop(folder: Path, lines: pd.DataFrame, people: pd.DataFrame | None = None, days: int = 180) -> Study:
    """A base of purchases: `id`, `day`, `amount`; and perhaps customers with their `channel`."""
    folder.mkdir(parents=True, exist_ok=True)
    world = World(folder)
    bought = {"id": Role.CUSTOMER_ID, "day": Role.PURCHASE_DATE, "amount": Role.AMOUNT}
    t = world.add(TableKind.TRANSACTIONS, lines, bought)
    if people is not None:
        c = world.add(TableKind.CUSTOMERS, people, {"id": Role.CUSTOMER_ID, "channel": Role.ACQUISITION_CHANNEL})
        world.key(t, "id", c, "id", Role.CUSTOMER_ID)
    return study_of(world, world.model(AS_OF, silence(days)))


def ask(study: Study, analysis: Analysis, **arguments: Any) -> Result:
    """Run an analysis as the catalogue's runner does, without the other analyses."""
    assert analysis.run is not None
    parameters = analysis.parameters.model_validate(arguments)
    segment = Segment.from_json([condition.model_dump() for condition in parameters.segment])
    return analysis.run(dataclasses.replace(study, segment=segment, queries=[]), parameters)


def finding(study: Study, analysis: Analysis, **arguments: Any) -> Finding:
    """The finding, which there must be."""
    result = ask(study, analysis, **arguments)
    assert isinstance(result, Finding), result
    return result


def refusal(study: Study, analysis: Analysis, **arguments: Any) -> NotApplicable:
    """What is missing, which there must be."""
    result = ask(study, analysis, **arguments)
    assert isinstance(result, NotApplicable), result
    return result


def real(folder: Path, *parts: str) -> Study:
    """Import a public file under NOCES_DATA (or ../shared/data beside the repository); skip when it is absent."""
    beside = Path(__file__).resolve().parents[3].parent / "shared" / "data"
    path = Path(os.environ.get("NOCES_DATA", beside)).joinpath(*parts)
    if not path.is_file():
        pytest.skip(f"{'/'.join(parts)} is not at hand")
    workspace = Workspace(folder)
    import_files(workspace, [path], today=date(2026, 11, 22))
    return open_study(workspace)


def steady_shop(seed: int, customers: int, *, growth: bool = False) -> pd.DataFrame:
    """Purchases of customers who leave after each purchase with the same chance, whenever they came.

    With `growth`, ever more customers come: the pace of departures must not seem to change.
    """
    rng = np.random.default_rng(seed)
    span = (AS_OF - START).days
    came = np.sort((rng.random(customers) ** (0.4 if growth else 1.0)) * span).astype(int)
    rows = []
    for i, first in enumerate(came):
        day = int(first)
        while day <= span:
            rows.append((f"C{i:05d}", date.fromordinal(START.toordinal() + day), round(float(rng.gamma(2, 20)), 2)))
            if rng.random() < 0.25:
                break
            day += 1 + int(rng.exponential(35))
    return pd.DataFrame(rows, columns=["id", "day", "amount"])
