"""Defects that only the reduced tables show: too few cases, seasons, unequal ages, luck, customers never meant to stay."""

from __future__ import annotations

from collections.abc import Callable

from analytics.customers.reduce import Reduction
from analytics.datamodel.model import DataModel, HealthCheck
from analytics.measures.defects import (
    censoring,
    few_events,
    not_to_stay,
    regression_to_mean,
    seasonality,
    survivors,
    winners_curse,
)
from analytics.measures.defects.base import Base
from analytics.workspace import Database

_DETECTORS: tuple[Callable[[Base], list[HealthCheck]], ...] = (
    few_events.check, survivors.check, seasonality.check, censoring.check, not_to_stay.check, winners_curse.check,
    regression_to_mean.check,
)  # fmt: skip


def reduced_defects(database: Database, model: DataModel, reduction: Reduction) -> tuple[HealthCheck, ...]:
    """Run every detector over the reduced tables.

    Args:
        database: holds `customers` and its sisters.
        model: the data model, its health as found in the files.
        reduction: what was reduced.
    """
    base = Base(database, model, reduction)
    return tuple(check for detector in _DETECTORS for check in detector(base))
