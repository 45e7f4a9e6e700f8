"""Analyses the catalogue declares and does not run yet: what each will need is said when it is asked for.

Building one is moving its declaration into its own file, with a `run`, and its line from here to `catalog.BUILT`.
"""

from __future__ import annotations

from analytics.analysis import Analysis
from analytics.planned import churn, loyalty, money, reconquest, recruitment

PLANNED: tuple[Analysis, ...] = (
    *recruitment.PLANNED,
    *loyalty.PLANNED,
    *churn.PLANNED,
    *reconquest.PLANNED,
    *money.PLANNED,
)
