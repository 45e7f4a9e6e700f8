"""Apply what was decided of the defects to the loaded tables, and put them back: what was read is never thrown away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from analytics.datamodel.model import Choice, HealthCheck, TableProfile
from analytics.workspace import Database, quote

_READ = "read_"  # prefix of the table as it was read, kept beside the one that a decision changed
_ORDER = (  # a remedy reads tables as the ones before it left them; those that remove people come last
    "unreadable_cells", "impossible_dates", "mixed_currencies", "ambiguous_dates", "duplicate_rows", "near_duplicates", "outlier_amounts", "negative_amounts",
    "missing_values", "inconsistent_spelling", "orphans", "anonymous_id", "test_accounts", "duplicate_customers",
)  # fmt: skip


def decided(checks: Sequence[HealthCheck], choices: Mapping[str, Choice]) -> tuple[HealthCheck, ...]:
    """The checks with what is done about each: the manager's word on it, on all of its kind, else the check's own default."""
    return tuple(
        replace(check, choice=choices.get(check.decision, choices.get(check.check, check.default))) if check.remedy else check
        for check in checks
    )


def apply(database: Database, checks: Sequence[HealthCheck]) -> bool:
    """Change the loaded tables as decided; whether any was changed. What was read is kept under another name."""
    chosen = [check for check in checks if check.choice is Choice.APPLY]
    for check in sorted(chosen, key=lambda check: _ORDER.index(check.check)):
        # every SELECT of a remedy is over the tables as they were before it: all are made, then all put in place
        for table, select in check.remedy:
            columns = ", ".join(map(quote, database.types(table)))
            database.execute(f"CREATE TABLE {quote('next_' + table)} AS SELECT {columns} FROM ({select}) ORDER BY rowid")
        for table, _ in check.remedy:
            if database.holds(_READ + table):
                database.execute(f"DROP TABLE {quote(table)}")
            else:
                database.execute(f"ALTER TABLE {quote(table)} RENAME TO {quote(_READ + table)}")
            database.execute(f"ALTER TABLE {quote('next_' + table)} RENAME TO {quote(table)}")
    return bool(chosen)


def restore(database: Database, tables: Sequence[TableProfile]) -> None:
    """Put every table back as it was read."""
    for table in tables:
        if database.holds(_READ + table.table):
            database.execute(f"DROP TABLE {quote(table.table)}")
            database.execute(f"ALTER TABLE {quote(_READ + table.table)} RENAME TO {quote(table.table)}")


def as_read(database: Database, select: str, tables: Sequence[TableProfile]) -> str:
    """A SELECT over the loaded tables, turned to the tables as they were read: to see lines that were left out."""
    for table in tables:
        if database.holds(_READ + table.table):
            select = select.replace(quote(table.table), quote(_READ + table.table))
    return select
