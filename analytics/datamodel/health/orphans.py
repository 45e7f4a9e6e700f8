"""Rows that point to something no other file holds."""

from __future__ import annotations

from analytics.datamodel.health.context import (
    Context,
    HealthCode,
    Place,
    counted,
    defect,
    left_out,
    profile_of,
    rows_where,
    share,
)
from analytics.datamodel.health.duplicate_rows import alike
from analytics.datamodel.health.mangled_ids import is_mangled
from analytics.datamodel.health.rows_without_customer import NOBODY
from analytics.datamodel.model import HealthCheck, Key
from analytics.datamodel.nobody import zeros
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.sql import as_text
from analytics.workspace import quote
from vocabulary.sentence import Label, say
from vocabulary.themes import Severity

_GRAVE = 0.01


def check(context: Context) -> list[HealthCheck]:
    """For every join, the rows whose value does not exist on the other side; "guest" and its like are told as nobody's."""
    tables = {table.table: table for table in context.model.tables}
    bindings = {(b.table, b.column): b for b in context.model.bindings}
    found = []
    for key in _best(context.model.keys):
        left, right = tables[key.left_table], tables[key.right_table]
        column, binding = profile_of(left, key.left_column), bindings.get((key.left_table, key.left_column))
        if key.coverage >= 1 or binding is None or alike(context, left, right):  # two periods of one export lead nowhere
            continue
        if binding.role is Role.EMAIL and {context.model.kind(left.table), context.model.kind(right.table)} == {TableKind.CUSTOMERS}:
            continue  # two lists of people: one need not hold those of the other
        if binding.role is Role.PROSPECT_ID and context.model.find(Role.CUSTOMER_ID, table=left.table) is not None:
            continue  # a sale's lead stands in the list of leads; that its number is also some customer's is chance
        there = profile_of(right, key.right_column)
        missing = (
            f"{as_text(column)} NOT IN (SELECT {as_text(there, 'o')} FROM {quote(right.table)} o"
            f" WHERE {as_text(there, 'o')} IS NOT NULL) AND NOT REGEXP_MATCHES(LOWER({as_text(column)}), '{NOBODY}')"
            f" AND NOT {zeros(as_text(column))} AND NOT {is_mangled(as_text(column))}"
        )
        rows = context.count(left, missing)
        if not rows:
            continue
        detail = say(
            "{file} : {count} lignes ({share}) portent un « {column} » absent de {other} ; elles restent sans ce que {other} dit.",
            "{file}: {count} rows ({share}) have a “{column}” that is not in {other}; they go without what {other} says.",
            file=Label(left.file), count=counted(rows, column.filled), share=share(rows, column.filled),
            column=Label(column.name), other=Label(right.file),
        )  # fmt: skip
        severity = Severity.WARNING if rows > _GRAVE * column.filled else Severity.INFO
        found.append(defect(
            HealthCode.ORPHANS, severity, rows, detail, Place(left, column, binding), lines=rows_where(left, missing),
            remedy=left_out(left, missing),
        ))  # fmt: skip
    return found


def _best(keys: tuple[Key, ...]) -> list[Key]:
    """One join a left column: the widest (another file may hold only a part of them on purpose)."""
    best: dict[tuple[str, str], Key] = {}
    for key in keys:
        place = (key.left_table, key.left_column)
        if place not in best or key.coverage > best[place].coverage:
            best[place] = key
    return list(best.values())
