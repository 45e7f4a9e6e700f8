"""The till's own number: one "customer" who buys as nobody can, and stands for all those who gave no name."""

from __future__ import annotations

from analytics.datamodel.health.context import Context, HealthCode, Place, counted, defect, rewritten, rows_where, share
from analytics.datamodel.model import HealthCheck
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.sql import as_text
from analytics.workspace import literal, quote
from vocabulary.sentence import Label, say
from vocabulary.themes import Severity

_SHARE = 0.02  # of the rows
_TIMES, _APART = 20, 4  # beside the mean customer, and beside the next one
_MOST = 3  # tills, or shops' own numbers
_PEOPLE = 50


def check(context: Context) -> list[HealthCheck]:
    """A customer with far more rows of sales than any other: proposed as nobody in particular."""
    found = []
    for table in context.model.of_kind(TableKind.TRANSACTIONS):
        person = context.place(table, Role.CUSTOMER_ID)
        if person is None or person.column.distinct < _PEOPLE:
            continue
        found += _in(context, person)
    return found


def _in(context: Context, person: Place) -> list[HealthCheck]:
    who, table = as_text(person.column), person.table
    counts = f"SELECT {who} AS who, COUNT(*) AS n FROM {quote(table.table)} t WHERE {who} IS NOT NULL GROUP BY 1"
    first = context.database.rows(f"SELECT who, n FROM ({counts}) ORDER BY n DESC, who LIMIT {_MOST + 1}")
    least = max(_SHARE * table.rows, _TIMES * table.rows / max(person.column.distinct, 1))
    odd = []
    for place, (_, n) in enumerate(first[:_MOST]):
        if n > least and n > _APART * first[place + 1][1]:
            odd = first[: place + 1]
    if not odd:
        return []
    rows = sum(n for _, n in odd)
    nobody = f"{who} IN ({', '.join(literal(name) for name, _ in odd)})"
    detail = say(
        "Le client « {who} » porte à lui seul {count} lignes de vente ({share}) : sans doute la caisse, pas une personne.",
        "Customer “{who}” alone holds {count} rows of sales ({share}): probably the till, not a person.",
        who=Label(odd[0][0]), count=counted(rows, table.rows), share=share(rows, table.rows),
    )  # fmt: skip
    emptied = f"CASE WHEN {nobody} THEN NULL ELSE t.{quote(person.column.column)} END"
    return [defect(
        HealthCode.ANONYMOUS_ID, Severity.WARNING, rows, detail, person, lines=rows_where(table, nobody),
        remedy=rewritten(table, person.column, emptied),
    )]  # fmt: skip
