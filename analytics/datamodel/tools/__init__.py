"""The tools' own exports: recognised by their headers, read with the roles they are known to have, their traps undone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from analytics.datamodel.model import ColumnProfile, ColumnType, TableProfile
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.tools.declarations import Declaration, declarations, find
from analytics.datamodel.tools.traps import Written, rewritings
from analytics.workspace import Database, quote
from vocabulary.language import Text
from vocabulary.sentence import Label, Sentence, say

__all__ = ["ToolExport", "prepare", "recognise"]


@dataclass(frozen=True, slots=True)
class ToolExport:
    """A table recognised as a tool's export.

    Args:
        tool, name: whose, and which.
        kind: what one row is.
        roles: internal column -> role, or None for none at all; a column that is not in it is read as any other.
        said: its traps, and what is done about them.
        alone: internal column of the tool's own number of the person: the customer's when no other file is there.
    """

    tool: str
    name: str
    kind: TableKind
    roles: dict[str, Role | None]
    said: Text
    alone: str | None = None

    @property
    def evidence(self) -> Sentence:
        """Why a column or a table is what it is said to be."""
        return say(
            "C’est un export de {tool}, reconnu à ses en-têtes.", "This is an export of {tool}, known by its headers.",
            tool=Label(self.tool),
        )  # fmt: skip


def recognise(table: TableProfile) -> ToolExport | None:
    """The tool whose export a table is; None when its headers are those of none."""
    found = next((one for one in declarations() if one.matches(table)), None)
    return None if found is None else ToolExport(found.tool, found.name, found.kind, _roles(table, found), found.said, _own_number(table, found))


def _roles(table: TableProfile, export: Declaration) -> dict[str, Role | None]:
    roles: dict[str, Role | None] = {}
    taken: set[Role] = set()
    for header, role in export.roles.items():
        column = find(table, header)
        if column is None or column.column in roles:
            continue
        if not column.filled:  # an empty column names nobody
            roles[column.column] = None
            continue
        repeated = role in taken and role in _ONE
        roles[column.column] = None if repeated else role
        if role is not None:
            taken.add(role)
    own = find(table, export.mailless) if export.mailless else None
    everybody = own is not None and own.filled == table.rows and (own.low is None or own.low > 0)  # nobody bought without an account
    if own is not None and own.filled and Role.CUSTOMER_ID not in taken and (Role.EMAIL not in taken or everybody):
        roles[own.column] = Role.CUSTOMER_ID
    for column in table.columns:
        if export.ignore and column.column not in roles and re.match(export.ignore, column.name.strip().lower()):
            roles[column.column] = None
    return roles


def _own_number(table: TableProfile, export: Declaration) -> str | None:
    column = find(table, export.alone) if export.alone else None
    known = Role.CUSTOMER_ID in _roles(table, export).values()
    return column.column if column is not None and column.filled and not known else None


_ONE = frozenset({Role.CUSTOMER_ID, Role.ACCOUNT_ID, Role.EMAIL, Role.ORDER_ID, Role.PURCHASE_DATE, Role.AMOUNT, Role.SIGNUP_DATE})


def prepare(database: Database, tables: Sequence[TableProfile]) -> tuple[TableProfile, ...]:
    """Undo the habits of the tools whose exports are recognised, in the loaded tables, and say so in their notes.

    Args:
        database: the data file, writable, holding the loaded tables.
        tables: their profiles; every row stays, so that rows loaded and set aside still add up.
    """
    return tuple(_prepared(database, table) for table in tables)


def _prepared(database: Database, table: TableProfile) -> TableProfile:
    export = next((one for one in declarations() if one.matches(table)), None)
    if export is None:
        return table
    for written in rewritings(table, export):
        _rewrite(database, table.table, written)
        table = replace(table, columns=tuple(
            _measured(database, table.table, column) if column.column in written else column for column in table.columns
        ))  # fmt: skip
    note = say("{tool} : {said}", "{tool}: {said}", tool=Label(f"{export.tool}"), said=export.said)
    return replace(table, notes=(*table.notes, note))


def _rewrite(database: Database, table: str, written: Written) -> None:
    replaced = ", ".join(f"{expression} AS {quote(column)}" for column, expression in written.items())
    work = quote(f"next_{table}")
    database.execute(
        f"CREATE TABLE {work} AS SELECT * EXCLUDE (place) FROM"
        f" (SELECT t.rowid AS place, t.* REPLACE ({replaced}) FROM {quote(table)} t) ORDER BY place"
    )
    database.execute(f"DROP TABLE {quote(table)}")
    database.execute(f"ALTER TABLE {work} RENAME TO {quote(table)}")


_NUMBERS = ("INT", "DOUBLE", "FLOAT", "DECIMAL")
_TOP, _FEW = 50, 50


def _measured(database: Database, table: str, column: ColumnProfile) -> ColumnProfile:
    """The profile of a column once it was rewritten."""
    name = f"t.{quote(column.column)}"
    stored, filled, distinct, length = database.row(
        f"SELECT ANY_VALUE(TYPEOF({name})), COUNT({name}), COUNT(DISTINCT {name}),"
        f" COALESCE(AVG(LENGTH(CAST({name} AS VARCHAR))), 0) FROM {quote(table)} t"
    )
    rows = database.rows(
        f"SELECT CAST({name} AS VARCHAR), COUNT(*) FROM {quote(table)} t WHERE {name} IS NOT NULL GROUP BY 1"
        f" ORDER BY 2 DESC, 1 LIMIT {_TOP}"
    )
    top = tuple((str(value), int(count)) for value, count in rows)
    kind = _type(str(stored), int(distinct), int(filled))
    low = high = None
    if kind in (ColumnType.NUMBER, ColumnType.DATE, ColumnType.MOMENT) and filled:
        low, high = map(_number, database.row(f"SELECT MIN({name}), MAX({name}) FROM {quote(table)} t"))
    flag = kind is ColumnType.FLAG
    return replace(
        column, type=kind, filled=int(filled), distinct=int(distinct), low=low, high=high, mean_length=float(length),
        examples=column.examples if flag else tuple(value for value, _ in top[:5]),
        top=column.top if flag else (top if kind is ColumnType.CATEGORY else ()),
        integer=column.integer and "INT" in str(stored), ambiguous_order=column.ambiguous_order and kind is column.type,
    )  # fmt: skip


def _type(stored: str, distinct: int, filled: int) -> ColumnType:
    if not filled:
        return ColumnType.EMPTY
    if stored == "BOOLEAN":
        return ColumnType.FLAG
    if stored == "DATE":
        return ColumnType.DATE
    if stored.startswith("TIMESTAMP"):
        return ColumnType.MOMENT
    if any(word in stored for word in _NUMBERS):
        return ColumnType.NUMBER
    return ColumnType.CATEGORY if distinct <= max(_FEW, filled // 20) else ColumnType.TEXT


def _number(value: Any) -> float | None:
    if value is None:
        return None
    return float(value.toordinal()) if hasattr(value, "toordinal") else float(value)
