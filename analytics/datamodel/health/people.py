"""What applying a decision about people puts in the place of each table: some left out, some merged under one identifier."""

from __future__ import annotations

from collections.abc import Iterator

from analytics.datamodel.health.context import Context, Place, Remedy, left_out
from analytics.datamodel.model import ColumnType, TableProfile
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.sql import as_text
from analytics.workspace import quote

_IDENTITY = (Role.CUSTOMER_ID, Role.ACCOUNT_ID)
_CONSENTS = (Role.CONSENT_EMAIL, Role.CONSENT_SMS, Role.CONSENT_PHONE, Role.CONSENT_POST)
_OTHERS = (TableKind.PROSPECTS,)  # people numbered on their own


def identities(context: Context) -> Iterator[Place]:
    """The column that names the customer in each table that has one."""
    for table in context.model.tables:
        if context.model.kind(table.table) in _OTHERS:
            continue
        place = context.place(table, *_IDENTITY)
        if place is not None:
            yield place


def without_people(context: Context, ids: str) -> Remedy:
    """Every table without the rows of some customers.

    Args:
        context: the model.
        ids: SELECT of their identifiers, as text.
    """
    remedies = (left_out(place.table, f"{as_text(place.column)} IN ({ids})") for place in identities(context))
    return tuple(pair for remedy in remedies for pair in remedy)


def merged(context: Context, people: TableProfile, same: str) -> Remedy:
    """Every table with one identifier for each person.

    Args:
        context: the model.
        people: the table of customers; among merged rows, a consent stands only where all of them give it.
        same: SELECT of `id` (text) and `chosen`, the identifier that stands for it, for those that change.
    """
    found = []
    for place in identities(context):
        column = quote(place.column.column)
        stored = context.database.types(place.table.table)[place.column.column]
        written = [f"COALESCE(TRY_CAST(m.chosen AS {stored}), t.{column}) AS {column}"]
        if place.table is people:
            written += _consents(context, people, f"COALESCE(m.chosen, {as_text(place.column)})")
        source = f"{quote(place.table.table)} t LEFT JOIN ({same}) m ON m.id = {as_text(place.column)}"
        found.append((place.table.table, f"SELECT t.rowid AS rowid, t.* REPLACE ({', '.join(written)}) FROM {source}"))
    return tuple(found)


def _consents(context: Context, people: TableProfile, person: str) -> list[str]:
    """The most restrictive consent wins: one refusal, or one silence, among the rows of a person refuses for all."""
    places = (context.place(people, role) for role in _CONSENTS)
    written = []
    for place in places:
        if place is None or place.column.type is not ColumnType.FLAG:
            continue
        name = quote(place.column.column)
        several = f"COUNT(*) OVER (PARTITION BY {person}) > 1"
        all_agree = f"BOOL_AND(COALESCE(t.{name}, FALSE)) OVER (PARTITION BY {person})"
        written.append(f"CASE WHEN {several} THEN {all_agree} ELSE t.{name} END AS {name}")
    return written
