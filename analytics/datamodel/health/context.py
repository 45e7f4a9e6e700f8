"""What detectors are given, and the words they share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from analytics.datamodel.model import (
    Binding,
    Choice,
    ColumnProfile,
    DataModel,
    HealthCheck,
    TableProfile,
    sign_column,
)
from analytics.datamodel.roles import Role, TableKind
from analytics.workspace import Database, quote
from vocabulary.estimate import Estimate, Unit
from vocabulary.sentence import Label, Listing, Sentence
from vocabulary.themes import Severity

Remedy = tuple[tuple[str, str], ...]


class HealthCode(StrEnum):
    """Defects of the data. Closed: published in `docs/schema/`."""

    DUPLICATE_ROWS = "duplicate_rows"
    DUPLICATE_CUSTOMERS = "duplicate_customers"
    MISSING_VALUES = "missing_values"
    FUTURE_DATES = "future_dates"
    IMPOSSIBLE_DATES = "impossible_dates"
    OUTLIER_AMOUNTS = "outlier_amounts"
    NEGATIVE_AMOUNTS = "negative_amounts"
    OUT_OF_RANGE = "out_of_range"
    TEST_ACCOUNTS = "test_accounts"
    MIXED_CURRENCIES = "mixed_currencies"
    ORPHANS = "orphans"
    UNLABELLED_PERSONAL_DATA = "unlabelled_personal_data"
    UNREADABLE_CELLS = "unreadable_cells"
    SET_ASIDE_ROWS = "set_aside_rows"
    AMBIGUOUS_DATES = "ambiguous_dates"
    CONSTANT_COLUMNS = "constant_columns"
    SENSITIVE_DATA = "sensitive_data"
    ROWS_WITHOUT_CUSTOMER = "rows_without_customer"
    LABEL_CONTRADICTION = "label_contradiction"
    SURVIVORS_ONLY = "survivors_only"
    SMALL_FILE = "small_file"
    LEAK_SUSPECT = "leak_suspect"
    INCONSISTENT_SPELLING = "inconsistent_spelling"
    NEAR_DUPLICATES = "near_duplicates"
    ANONYMOUS_ID = "anonymous_id"
    MISSING_PERIOD = "missing_period"
    # read from the reduced tables (analytics/measures/defects)
    FEW_EVENTS = "few_events"
    SEASONALITY = "seasonality"
    CENSORING = "censoring"
    WINNERS_CURSE = "winners_curse"
    REGRESSION_TO_MEAN = "regression_to_mean"
    NEVER_STAYING = "never_staying"
    PUBLIC_ACCOUNTS = "public_accounts"


@dataclass(frozen=True, slots=True)
class Place:
    """A bound column with its table and its profile."""

    table: TableProfile
    column: ColumnProfile
    binding: Binding


@dataclass(frozen=True, slots=True)
class Context:
    """What a detector looks at: the database, the model without its health, and today."""

    database: Database
    model: DataModel
    today: date

    def places(self, *roles: Role, kinds: tuple[TableKind, ...] = ()) -> Iterator[Place]:
        """The columns bound to one of the roles (in tables of `kinds`, or all)."""
        tables = {table.table: table for table in self.model.tables}
        for binding in self.model.bindings:
            if binding.role in roles and (not kinds or self.model.kind(binding.table) in kinds):
                table = tables[binding.table]
                yield Place(table, profile_of(table, binding.column), binding)

    def place(self, table: TableProfile, *roles: Role) -> Place | None:
        """The surest column of a table with the first of the roles that it has."""
        bound = self.model.roles_of(table.table)
        for role in roles:
            if role in bound:
                binding = bound[role][0]
                return Place(table, profile_of(table, binding.column), binding)
        return None

    def count(self, table: TableProfile, condition: str) -> int:
        """Rows of a table (alias `t`) that meet a condition."""
        return int(self.database.row(f"SELECT COUNT(*) FILTER ({condition}) FROM {quote(table.table)} t")[0])


def profile_of(table: TableProfile, column: str) -> ColumnProfile:
    """The profile of a column by its internal name; KeyError when there is none."""
    for profile in table.columns:
        if profile.column == column:
            return profile
    raise KeyError(column)


def counted(count: int, of: int | None = None) -> Estimate:
    """A count of rows, customers or columns, as it reaches a person."""
    return Estimate("count", count, Unit.COUNT, n=of)


def share(count: int, of: int) -> Estimate:
    """A share of rows."""
    return Estimate("share", count / of if of else 0.0, Unit.RATIO, n=of)


def headers(names: list[str], most: int = 5) -> Listing:
    """Some headers, as they stand in the file."""
    return Listing(tuple(Label(f"« {name} »") for name in names[:most]))


def defect(
    code: HealthCode, severity: Severity, count: int, detail: Sentence, place: Place | None = None,
    table: TableProfile | None = None, *, lines: str | None = None, remedy: Remedy = (),
    default: Choice = Choice.IGNORE,
) -> HealthCheck:  # fmt: skip
    """A health check at a column, at a table, or of the whole."""
    file = place.table.file if place else (table.file if table else None)
    column = place.column.name if place else None
    return HealthCheck(
        code.value, severity, count, detail, file, column, lines=lines, remedy=remedy, default=default
    )


def stored_columns(table: TableProfile) -> str:
    """All that a row of the file says, to tell it from another: its columns, and the currencies of its amounts."""
    signs = (sign_column(column.column) for column in table.columns if column.currencies)
    return ", ".join(quote(name) for name in (*(column.column for column in table.columns), *signs))


def rows_where(table: TableProfile, condition: str) -> str:
    """SELECT of the rows of a table (alias t) that meet a condition."""
    return f"SELECT t.* FROM {quote(table.table)} t WHERE {condition}"


def left_out(table: TableProfile, condition: str) -> Remedy:
    """The table without the rows that meet a condition."""
    kept = f"SELECT t.rowid AS rowid, t.* FROM {quote(table.table)} t WHERE NOT COALESCE(({condition}), FALSE)"
    return ((table.table, kept),)


def rewritten(table: TableProfile, column: ColumnProfile, expression: str) -> Remedy:
    """The table with one of its columns written otherwise."""
    name = quote(column.column)
    return ((table.table, f"SELECT t.rowid AS rowid, t.* REPLACE ({expression} AS {name}) FROM {quote(table.table)} t"),)
