"""Small bases written straight into loaded tables, with the data model a manager would confirm."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from analytics.datamodel.model import (
    Binding,
    ColumnProfile,
    ColumnType,
    DataModel,
    Key,
    LostBasis,
    LostDefinition,
    TableProfile,
    TableReading,
)  # fmt: skip
from analytics.datamodel.roles import Role, TableKind
from analytics.workspace import Database, literal, quote
from vocabulary.sentence import say

TOLD = say("choisi par le test", "chosen by the test")
_SQL = {
    ColumnType.TEXT: "VARCHAR", ColumnType.CATEGORY: "VARCHAR", ColumnType.NUMBER: "DOUBLE", ColumnType.DATE: "DATE",
    ColumnType.MOMENT: "TIMESTAMP", ColumnType.FLAG: "BOOLEAN",
}  # fmt: skip


def kind_of(values: pd.Series) -> ColumnType:
    """How a column of a test is read."""
    filled = values.dropna()
    if len(filled) and isinstance(filled.iloc[0], bool):
        return ColumnType.FLAG
    if len(filled) and isinstance(filled.iloc[0], date):
        return ColumnType.DATE
    if pd.api.types.is_numeric_dtype(values):
        return ColumnType.NUMBER
    return ColumnType.CATEGORY


class World:
    """A writable data file, filled table by table."""

    def __init__(self, folder: Path) -> None:
        self.database = Database(folder / "work.duckdb", writable=True)
        self.tables: list[TableProfile] = []
        self.readings: list[TableReading] = []
        self.bindings: list[Binding] = []
        self.keys: list[Key] = []

    def add(self, kind: TableKind, frame: pd.DataFrame, roles: dict[str, Role]) -> str:
        """Load a frame as the next table; return its name."""
        table, file = f"t{len(self.tables)}", f"file{len(self.tables)}.csv"
        columns = []
        for i, name in enumerate(frame.columns):
            values = frame[name]
            read = kind_of(values)
            numeric = read is ColumnType.NUMBER and values.notna().any()
            columns.append(
                ColumnProfile(
                    name, f"c{i}", read, len(frame), int(values.notna().sum()), values.nunique(),
                    low=float(values.min()) if numeric else None, high=float(values.max()) if numeric else None,
                )
            )  # fmt: skip
        schema = ", ".join(f"{c.column} {_SQL[c.type]}" for c in columns)
        self.database.execute(f"CREATE TABLE {quote(table)} ({schema})")
        rows = [tuple(None if pd.isna(v) else v for v in row) for row in frame.itertuples(index=False)]
        for start in range(0, len(rows), 500):
            values = ", ".join("(" + ", ".join(_written(v) for v in row) + ")" for row in rows[start : start + 500])
            self.database.execute(f"INSERT INTO {quote(table)} VALUES {values}")
        self.tables.append(TableProfile(file, table, len(frame), len(frame), 0, tuple(columns)))
        self.readings.append(TableReading(file, table, kind, 1.0, TOLD))
        for column in columns:
            if column.name in roles:
                self.bindings.append(Binding(roles[column.name], file, table, column.column, column.name, 1.0, TOLD))
        return table

    def key(self, left: str, left_name: str, right: str, right_name: str, role: Role, coverage: float = 1.0) -> None:
        """Join two tables."""
        profiles = {profile.table: profile for profile in self.tables}
        self.keys.append(
            Key(left, profiles[left].column(left_name).column, right, profiles[right].column(right_name).column, role,
                coverage)
        )  # fmt: skip

    def model(self, as_of: date, lost: LostDefinition | None = None) -> DataModel:
        """The data model of what was added."""
        return DataModel(
            tuple(self.tables), tuple(self.readings), tuple(self.bindings), tuple(self.keys), as_of,
            lost or LostDefinition(LostBasis.RHYTHM, TOLD, days=180),
        )  # fmt: skip


def _written(value: object) -> str:
    return literal(value.isoformat() if isinstance(value, date) else value.item() if hasattr(value, "item") else value)
