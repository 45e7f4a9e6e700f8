"""The health of the data: one detector a file, each with a closed code, a count, and what it does to the diagnosis."""

from __future__ import annotations

from collections.abc import Callable

from analytics.datamodel.health import (
    ambiguous_dates,
    anonymous_id,
    constant_columns,
    duplicate_customers,
    duplicate_rows,
    future_dates,
    import_day,
    impossible_dates,
    inconsistent_spelling,
    label_contradiction,
    leak_suspect,
    mangled_ids,
    minor_units,
    missing_period,
    missing_values,
    mixed_currencies,
    namesakes,
    near_duplicates,
    negative_amounts,
    orphans,
    other_unit,
    out_of_range,
    outlier_amounts,
    personal_data,
    reading_losses,
    renamed_states,
    rows_without_customer,
    same_birth,
    sensitive_data,
    small_file,
    survivors_only,
    test_accounts,
    two_lists,
    written_ids,
)
from analytics.datamodel.health.context import Context, HealthCode
from analytics.datamodel.health.titles import CHECK_TITLES, title_of
from analytics.datamodel.model import HealthCheck
from vocabulary.themes import Severity

__all__ = ["CHECK_TITLES", "Context", "HealthCode", "check_health", "in_order", "title_of"]

_DETECTORS: tuple[Callable[[Context], list[HealthCheck]], ...] = (
    mixed_currencies.check,
    survivors_only.check,
    label_contradiction.check,
    leak_suspect.check,
    future_dates.check,
    impossible_dates.check,
    import_day.check,
    ambiguous_dates.check,
    missing_period.check,
    rows_without_customer.check,
    anonymous_id.check,
    mangled_ids.check,
    written_ids.check,
    duplicate_rows.check,
    near_duplicates.check,
    duplicate_customers.check,
    same_birth.check,
    two_lists.check,
    namesakes.check,
    test_accounts.check,
    orphans.check,
    outlier_amounts.check,
    other_unit.check,
    minor_units.check,
    negative_amounts.check,
    out_of_range.check,
    missing_values.check,
    reading_losses.check,
    inconsistent_spelling.check,
    renamed_states.check,
    sensitive_data.check,
    personal_data.check,
    small_file.check,
    constant_columns.check,
)
_ORDER = {Severity.BLOCKING: 0, Severity.WARNING: 1, Severity.INFO: 2}


def check_health(context: Context) -> tuple[HealthCheck, ...]:
    """Run every detector; the gravest defects first, then in the order of the detectors."""
    return in_order(tuple(check for detector in _DETECTORS for check in detector(context)))


def in_order(checks: tuple[HealthCheck, ...]) -> tuple[HealthCheck, ...]:
    """The gravest first; among equals, in the order given."""
    return tuple(sorted(checks, key=lambda check: _ORDER[check.severity]))
