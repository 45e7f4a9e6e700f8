"""Analyses the catalogue declares and does not run yet: what each will need is said when it is asked for."""

from __future__ import annotations

from analytics.analysis import Analysis

PLANNED: tuple[Analysis, ...] = ()
